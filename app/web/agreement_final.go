package web

import (
	"tayang/app/agreement"
)

// finalRecord is the final account as a page of its own, for print.
func finalRecord(in reader, a agreement.Agreement, f agreement.FinalAccount) recordPage {
	here := in.path("agreements", a.ID.String())
	status := in.status(string(f.Kind))
	return recordPage{
		heading: heading{Title: in.T("final.of", "number", a.Number), Subtitle: a.Title + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		State:   &status,
		Figures: []figure{
			{in.T("final.ordered"), in.shown(f.Ordered), ""},
			{in.T("final.evidenced"), in.shown(f.Evidenced), ""},
			{in.T("final.accepted"), in.shown(f.Accepted), "fill-committed"},
			{in.T("final.paid"), in.shown(f.Paid), "fill-realised"},
			{in.T("final.owed"), in.shown(f.Owed), "fill-reserved"},
			{in.T("final.released"), in.shown(f.Released), "fill-frame"},
			{in.T("field.penalty"), in.shown(f.Penalty), ""},
		},
		Parts: []part{
			{ID: "account", Title: in.T("final.paper"), Facts: in.finalFacts(f)},
			{ID: "lines", Title: in.T("field.deliverables"), Note: in.T("final.note"), Table: in.finalRows(f)},
		},
	}
}

func (in reader) finalFacts(f agreement.FinalAccount) []fact {
	return []fact{
		{in.T("field.number"), text(orDash(f.Number))},
		{in.T("field.date"), text(in.date(f.Date))},
		{in.T("field.reason"), text(orDash(f.Reason))},
		{in.T("final.made"), text(in.moment(f.CreatedAt))},
	}
}

// finalRows is what became of each line: units and amounts.
func (in reader) finalRows(f agreement.FinalAccount) *table {
	t := &table{ID: "final-rows", Columns: []column{
		{Label: in.T("field.product")},
		{Label: in.moneyLabel("final.ordered"), Class: "money"},
		{Label: in.T("final.evidenced"), Class: "money"},
		{Label: in.T("final.accepted"), Class: "money"},
		{Label: in.T("final.paid"), Class: "money"},
		{Label: in.T("final.owed"), Class: "money"},
		{Label: in.T("final.lapsed"), Class: "money"},
		{Label: in.T("final.released"), Class: "money"},
		{Label: in.T("final.short"), Class: "money"},
		{Label: in.T("field.penalty"), Class: "money"},
	}}
	for _, l := range f.Lines {
		of := func(c cell, n int64) cell {
			if n > 0 {
				c.Sub = in.Number(n) + " " + l.Unit
			}
			return c
		}
		t.add("", two(l.Product, in.channelName(l.Channel)), of(in.money(l.Ordered), l.Units.Ordered), of(in.money(l.Evidenced), l.Units.Evidenced),
			of(in.money(l.Accepted), l.Units.Accepted), of(in.money(l.Paid), l.Units.Paid), of(in.money(l.Owed), l.Units.Owed),
			of(in.money(l.Lapsed), l.Units.Lapsed), of(in.money(l.Released), l.Units.Released), of(in.money(l.Short), l.Units.Short), in.money(l.Penalty))
	}
	t.Foot = []cell{
		text(in.T("list.total")), in.money(f.Ordered), in.money(f.Evidenced), in.money(f.Accepted), in.money(f.Paid), in.money(f.Owed),
		in.money(f.Lapsed), in.money(f.Released), in.money(f.Lines.Short()), in.money(f.Penalty),
	}
	return t
}

func (w *Web) finalAccount(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err != nil {
		return answer{}, err
	}
	f, err := w.services.Agreements.FinalAccount(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	if err != nil {
		return answer{}, err
	}
	return show(finalRecord(r.reader, a, f))
}

// pauseForm suspends an agreement, or lets it go on.
func pauseForm(in reader, a agreement.Agreement, verb agreement.Verb) formPage {
	here, key := in.path("agreements", a.ID.String()), "suspension."+string(verb)
	date, reason := in.input("date", "date", true), in.input("reason", "textarea", verb == agreement.Suspend)
	date.Label, date.Help, reason.Wide = in.T(key+".date"), in.T(key+".help"), true
	p := formPage{
		heading: heading{Title: in.T(key+".title", "number", a.Number), Subtitle: a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/" + string(verb), Back: here, Intro: in.T(key + ".intro"), Hidden: []box{version64(a.Version)},
		Facts:   []fact{{in.T("field.vendor_id"), text(a.VendorName)}, {in.T("agreement.term"), text(in.date(a.StartDate) + " – " + in.date(a.EndDate))}},
		Groups:  []group{{Fields: []field{date, reason}}},
		Buttons: []button{{Label: in.T(key + ".button"), Main: true, Icon: map[agreement.Verb]string{agreement.Suspend: "hand-stop", agreement.Resume: "rotate"}[verb]}},
	}
	if a.Suspension != "" {
		p.Facts = append(p.Facts, fact{in.T("field.from_on"), two(in.date(a.SuspendedOn), a.Suspension)})
	}
	return p
}

func (w *Web) askPause(verb agreement.Verb) handler {
	return func(r *request) (answer, error) {
		a, err := w.agreementOf(r)
		if err != nil {
			return answer{}, err
		}
		return show(pauseForm(r.reader, a, verb))
	}
}

func (w *Web) pause(verb agreement.Verb) handler {
	return func(r *request) (answer, error) {
		a, err := w.agreementOf(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		p := agreement.Pause{Date: t.date("date"), Reason: t.text("reason")}
		if err = t.err(nil); err == nil {
			_, err = w.services.Agreements.Pause(r.ctx(), r.Actor, r.Agency.Code, a.ID, r.expected(), verb, p)
		}
		if err != nil {
			a.Version = r.version(err, a.Version)
			return r.refused(pauseForm(r.reader, a, verb), err)
		}
		return done(r.path("agreements", a.ID.String()), "flash.agreement."+string(verb), "number", a.Number)
	}
}

// accountGroup asks for the paper of a final account.
func (in reader) accountGroup() group {
	number, date := in.input("final_account.number", "text", false), in.input("final_account.date", "date", false)
	number.Label, date.Label, number.Help = in.T("field.number"), in.T("field.date"), in.T("final.help.number")
	return group{Title: in.T("final.title"), Help: in.T("final.help"), Fields: []field{number, date}}
}
