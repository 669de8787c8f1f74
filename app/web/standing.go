package web

import (
	"strconv"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// gradeWord is the grade of a channel, or why it has none.
func (in reader) gradeWord(s vetting.Standing) cell {
	points := in.T("vetting.points", "n", in.Number(s.Points), "of", in.Number(s.Possible))
	switch {
	case len(s.Items) == 0:
		return text("–")
	case !s.Eligible:
		st := stateOf("rejected")
		return cell{Text: in.T("vetting.not_eligible"), State: &st}
	case s.Grade == "":
		return two(in.T("vetting.no_grade"), points)
	}
	return two(s.Grade, points)
}

// pressWord is a standing with the Press Council in words, and until when its certificate holds.
func (in reader) pressWord(s registry.Standing) cell {
	if s.Status == "" {
		return text(in.T("vetting.press.unknown"))
	}
	under := ""
	if until := s.Certificate.ValidUntil; !until.IsZero() {
		under = in.T("field.press_certificate.valid_until") + " " + in.date(until)
	}
	return two(in.T("press."+string(s.Status)), under)
}

// checklist is every requirement of channels as it stands, those that are missing among them.
func (in reader) checklist(channels []vetting.Standing) *table {
	t := &table{ID: "checklist", Empty: empty{Text: in.T("vetting.checklist.empty")}, Columns: []column{
		{Label: in.T("vetting.channel")}, {Label: in.T("vetting.requirement")}, {Label: in.T("field.mandatory")}, {Label: in.T("field.points"), Class: "num"},
		{Label: in.T("field.status")}, {Label: in.T("field.valid_from"), Class: "date"}, {Label: in.T("field.valid_until"), Class: "date"},
		{Label: in.T("vetting.evidence")}, {Label: in.T("vetting.verifier")},
	}}
	for _, s := range channels {
		for _, it := range s.Items {
			verifier := text(orDash(it.Verifier))
			if it.VerifiedAt != nil {
				verifier = two(it.Verifier, in.moment(*it.VerifiedAt))
			}
			file := text("–")
			if it.Evidence != "" {
				file = to(in.T("word.open_file"), "/files/"+it.Evidence)
			}
			t.add("", text(s.Name), cell{Text: it.Name, Sub: it.Basis, Class: "main"}, text(in.yes(it.Mandatory)), in.count(it.Points),
				in.itemState(it), in.day(it.ValidFrom), in.day(it.ValidUntil), file, verifier)
		}
	}
	return t
}

// itemState is how a requirement stands, in a word with its colour.
func (in reader) itemState(it vetting.Item) cell {
	status := "open"
	switch {
	case it.Met:
		status = "verified"
	case it.Why == vetting.Unverified:
		status = "submitted"
	case it.Mandatory:
		status = "rejected"
	}
	st := stateOf(status)
	return cell{Text: in.T("why." + string(it.Why)), State: &st}
}

// resultTable lists what was found, with what each reader may do about it.
func (in reader) resultTable(results []vetting.Result) *table {
	t := &table{ID: "result-rows", Empty: empty{Text: in.T("vetting.results.empty")}, Columns: []column{
		{Label: in.T("vetting.requirement")}, {Label: in.T("field.met")}, {Label: in.T("field.valid_from"), Class: "date"}, {Label: in.T("field.valid_until"), Class: "date"},
		{Label: in.T("vetting.evidence")}, {Label: in.T("field.note")}, {Label: in.T("vetting.entered")}, {Label: in.T("vetting.verifier")}, {Label: in.T("vetting.void")},
	}}
	for _, r := range results {
		file := text("–")
		if r.File != "" {
			file = to(in.T("word.open_file"), "/files/"+r.File)
		}
		verifier := text("–")
		here := vettingPath + "/requirement-results/" + r.ID.String()
		switch {
		case r.VerifiedAt != nil:
			verifier = two(r.Verifier, in.moment(*r.VerifiedAt))
		case r.Holds() && r.CreatedBy != in.Actor.User && in.Actor.Can(access.VettingVerify, registryWide) == nil:
			verifier = to(in.T("vetting.verify"), here+"/verify")
		case r.Holds():
			verifier = text(in.T("why.unverified"))
		}
		t.add("", cell{Text: r.RequirementName, Sub: r.RequirementCode, Class: "main"}, text(in.yes(r.Met)), in.day(r.ValidFrom), in.day(r.ValidUntil), file,
			text(orDash(r.Note)), two(r.EnteredBy, in.moment(r.CreatedAt)), verifier, in.voids("requirement-results", r.Row))
	}
	return t
}

func (in reader) journalistTable(items []vetting.Journalist) *table {
	t := &table{ID: "journalist-rows", Empty: empty{Text: in.T("journalist.empty")}, Columns: []column{
		{Label: in.T("field.name")}, {Label: in.T("field.level")}, {Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"},
		{Label: in.T("field.valid_until"), Class: "date"}, {Label: in.T("field.status")}, {Label: in.T("vetting.void")},
	}}
	for _, j := range items {
		name := cell{Text: j.Name, Class: "main"}
		if j.File != "" {
			name.Href = "/files/" + j.File
		}
		status := "expired"
		if j.On(in.today()) {
			status = "verified"
		} else if !j.Holds() {
			status = "cancelled"
		}
		st := stateOf(status)
		t.add("", name, text(in.T("level."+string(j.Level))), code(j.Number), in.day(j.Date), in.day(j.ValidUntil),
			cell{Text: in.T("journalist.state." + status), State: &st}, in.voids("journalist-certificates", j.Row))
	}
	return t
}

func (in reader) pressTable(looks []registry.PressCheck) *table {
	t := &table{ID: "press-rows", Empty: empty{Text: in.T("press.empty")}, Columns: []column{
		{Label: in.T("field.checked_on"), Class: "date"}, {Label: in.T("field.press_status")}, {Label: in.T("field.press_certificate")},
		{Label: in.T("field.press_certificate.valid_until"), Class: "date"}, {Label: in.T("ledger.who")}, {Label: in.T("field.note")}, {Label: in.T("vetting.evidence")},
	}}
	for _, c := range looks {
		file := text("–")
		if c.File != "" {
			file = to(in.T("word.open_file"), "/files/"+c.File)
		}
		t.add("", in.day(c.CheckedOn), cell{Text: in.T("press." + string(c.Status)), Class: "main"}, two(orDash(c.Certificate.Number), in.date(c.Certificate.Date)),
			in.day(c.Certificate.ValidUntil), two(c.CheckedBy, in.moment(c.CreatedAt)), text(orDash(c.Note)), file)
	}
	return t
}

// unmet names every mandatory requirement that a channel does not meet; each leads to the channel, or to href.
func (in reader) unmet(channels []vetting.Standing, href string) (out []link) {
	for _, s := range channels {
		for _, it := range s.Items {
			if it.Mandatory && !it.Met {
				at := href
				if s.OutletID.Valid && at != "" {
					at = "/outlets/" + s.OutletID.UUID.String()
				}
				out = append(out, link{in.T("vetting.unmet", "channel", s.Name, "requirement", it.Name, "why", in.T("why."+string(it.Why))), at})
			}
		}
	}
	return out
}

// vettedParts are what vetting says of a vendor.
func (in reader) vettedParts(v registry.Vendor, s vetting.VendorStanding, bars []vetting.Blacklisting, pairs []vetting.Pair, results []vetting.Result) []part {
	var bar, result []action
	if in.writesRegistry() {
		bar = []action{{Label: in.T("blacklist.enter"), Icon: "ban", Href: vettingPath + "/blacklist-entries/new?vendor_id=" + v.ID.String()}}
		result = []action{{Label: in.T("vetting.result.enter"), Icon: "plus", Href: vettingPath + "/requirement-results/new?vendor_id=" + v.ID.String()}}
		for _, c := range s.Channels {
			if c.SocialAccountID.Valid {
				result = append(result, action{
					Label: in.T("vetting.result.enter_for", "channel", c.Name), Icon: "plus",
					Href: vettingPath + "/requirement-results/new?social_account_id=" + c.SocialAccountID.UUID.String(),
				})
			}
		}
	}
	t := &table{ID: "bar-rows", Empty: empty{Text: in.T("blacklist.none")}, Columns: []column{
		{Label: in.T("field.decree_number")}, {Label: in.T("field.ground")}, {Label: in.T("field.valid_from"), Class: "date"},
		{Label: in.T("field.valid_until"), Class: "date"}, {Label: in.T("field.status")}, {Label: in.T("blacklist.next")},
	}}
	for _, b := range bars {
		t.add("", in.barCells(b)...)
	}
	parts := []part{
		{ID: "checklist-part", Title: in.T("vetting.checklist", "year", in.today().String()[:4]), Note: in.T("vetting.checklist.note"), Actions: result, Table: in.checklist(s.Channels)},
		{ID: "results", Title: in.T("vetting.results"), Table: in.resultTable(results)},
		{ID: "blacklist", Title: in.T("blacklist.title"), Actions: bar, Table: t},
	}
	for i, p := range pairs[:min(len(pairs), pairsMax)] {
		parts = append(parts, in.pairPart("pair-"+strconv.Itoa(i+1), p))
	}
	return parts
}

// vettedChannels is how the channels of an agreement stand on its order date, or stood when it came into force.
func (in reader) vettedChannels(known agreement.Assessment) []part {
	channels := known.Facts.Vetting.Channels
	if len(channels) == 0 {
		return nil
	}
	t := &table{ID: "vetted-rows", Columns: []column{
		{Label: in.T("vetting.channel")}, {Label: in.T("field.press_status")}, {Label: in.T("field.checked_on"), Class: "date"}, {Label: in.T("field.grade")},
	}}
	for _, s := range channels {
		name := cell{Text: s.Name, Class: "main"}
		press := text("–")
		if s.OutletID.Valid {
			name.Href, press = "/outlets/"+s.OutletID.UUID.String(), in.pressWord(s.Press)
		}
		t.add("", name, press, in.day(s.Press.CheckedOn), in.gradeWord(s))
	}
	note := in.T("vetting.live", "date", in.date(channels[0].On))
	if known.Frozen {
		note = in.T("vetting.frozen", "date", in.date(channels[0].On), "at", in.moment(known.MadeAt))
	}
	return []part{
		{ID: "vetted", Title: in.T("vetting.vetted"), Note: note, Table: t},
		{ID: "vetted-items", Title: in.T("vetting.requirements.met"), Table: in.checklist(channels)},
	}
}
