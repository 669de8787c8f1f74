package web

import (
	"time"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/placement"
)

// lifeFacts is what the record shows of an agreement's life.
type lifeFacts struct {
	Orders []agreement.Agreement  // under a framework agreement
	Late   []placement.Placement  // what appeared late
	First  []placement.Placement  // the one entered first, when any is
	Early  []placement.Placement  // the one that appeared first, when any has
	Final  agreement.FinalAccount // of what ended; its ID is zero while there is none
}

// lifeParts are the parts of a record about its life.
func (in reader) lifeParts(a agreement.Agreement, l lifeFacts, c chain) (out []part) {
	if a.Framework {
		out = append(out, in.ordersPart(a, l.Orders))
	}
	if len(a.Suspensions) > 0 {
		out = append(out, part{ID: "suspensions", Title: in.T("suspension.title"), Note: in.T("suspension.note"), Table: in.suspensionRows(a)})
	}
	if len(l.Late) > 0 {
		out = append(out, part{ID: "penalty", Title: in.T("penalty.title"), Note: in.T("penalty.note"), Actions: in.penaltyActions(a), Table: in.lateRows(a, l.Late)})
	}
	if l.Final.Kind != "" {
		print := []action{{Label: in.T("final.open"), Icon: "printer", Href: in.path("agreements", a.ID.String(), "final-account")}}
		out = append(out, part{ID: "final-account", Title: in.T("final.title"), Actions: print, Facts: in.finalFacts(l.Final), Table: in.finalRows(l.Final)})
	}
	return append(out, part{ID: "clock", Title: in.T("clock.title"), Note: in.T("clock.note"), Table: in.clockRows(a, l, c)})
}

// ordersPart is how far a framework agreement is used: its orders, and the one deed that there is.
func (in reader) ordersPart(a agreement.Agreement, orders []agreement.Agreement) part {
	t := in.agreementRows(orders)
	t.ID, t.Empty = "order-rows", empty{Text: in.T("framework.orders.empty")}
	p := part{ID: "orders", Title: in.T("framework.orders"), Note: in.T("framework.note", "called", in.cash(a.CalledOff), "ceiling", in.cash(a.Ceiling), "left", in.cash(a.Left())), Table: &t}
	if a.Status == agreement.Active && in.can(access.AgreementWrite) {
		p.Actions = []action{{Label: in.T("framework.order"), Icon: "plus", Href: in.orderHref(a)}}
	}
	return p
}

// orderHref is where an order under a framework agreement is entered.
func (in reader) orderHref(a agreement.Agreement) string {
	return in.path("agreements", "new") + "?framework_id=" + a.ID.String()
}

func (in reader) suspensionRows(a agreement.Agreement) *table {
	t := &table{ID: "suspension-rows", Columns: []column{
		{Label: in.T("field.from_on"), Class: "date"},
		{Label: in.T("field.resumed_on"), Class: "date"},
		{Label: in.T("suspension.days"), Class: "num"},
		{Label: in.T("field.reason")},
	}}
	var sum int64
	for _, s := range a.Suspensions {
		days := s.Days(in.today())
		sum += days
		ended := in.day(s.ResumedOn)
		if s.ResumedOn.IsZero() {
			ended = in.status("held")
		}
		t.add("", in.day(s.FromOn), ended, in.count(days), two(s.Reason, s.ResumeReason))
	}
	t.Foot = []cell{text(in.T("list.total")), text(""), in.count(sum), text("")}
	return t
}

func (in reader) lateRows(a agreement.Agreement, late []placement.Placement) *table {
	t := &table{ID: "late-rows", Columns: []column{
		{Label: in.T("field.title")},
		{Label: in.T("field.due_on"), Class: "date"},
		{Label: in.T("field.published_on"), Class: "date"},
		{Label: in.T("field.late_days"), Class: "num"},
		{Label: in.moneyLabel("agreement.value"), Class: "money"},
		{Label: in.T("field.penalty"), Class: "money"},
		{Label: in.T("field.status")},
	}}
	for _, p := range late {
		due, href := p.DueOn, in.path("placements", p.ID.String())
		if due.IsZero() {
			due = p.ScheduledOn
		}
		t.add(href, number(p.Title, href, p.Product), in.day(due), in.day(p.PublishedOn), in.count(p.LateDays), in.money(p.Net), in.money(p.Penalty), in.status(string(p.Status)))
	}
	t.Foot = []cell{text(in.T("list.total")), text(""), text(""), text(""), text(""), in.money(a.Penalty), text("")}
	return t
}

// clockRows puts what papers say beside when the program heard of it, by the database's clock.
func (in reader) clockRows(a agreement.Agreement, l lifeFacts, c chain) *table {
	t := &table{ID: "clock-rows", Columns: []column{
		{Label: in.T("clock.event")},
		{Label: in.T("clock.legal"), Class: "date"},
		{Label: in.T("clock.system"), Class: "date"},
		{Label: in.T("clock.lag"), Class: "num"},
	}}
	add := func(key string, legal period.Date, at *time.Time) {
		if legal.IsZero() && at == nil {
			return
		}
		lag := cell{Text: "–", Class: "num"}
		if !legal.IsZero() && at != nil {
			lag = in.count(int64(period.DateOf(*at, in.Place).Sub(legal)))
		}
		t.add("", text(in.T("clock."+key)), in.day(legal), text(in.moments(at)), lag)
	}
	add("created", a.OrderDate, &a.CreatedAt)
	add("submitted", a.OrderDate, a.SubmittedAt)
	add("approved", a.OrderDate, a.ApprovedAt)
	add("started", a.StartDate, a.ApprovedAt)
	for _, p := range l.First {
		add("planned", p.ScheduledOn, &p.CreatedAt)
	}
	for _, p := range l.Early {
		add("published", p.PublishedOn, &p.CreatedAt)
	}
	if n := len(c.Acceptances); n > 0 {
		first := c.Acceptances[n-1]
		add("accepted", first.Date, &first.CreatedAt)
	}
	add("ended", a.EndDate, a.EndedAt)
	return t
}

// flagged are the warnings of a placement's record: what its publication was before or outside of.
func (in reader) flagged(p placement.Placement) (out []link) {
	for _, code := range p.ClockFlags {
		out = append(out, link{in.T("clock.flag." + string(code)), in.path("agreements", p.AgreementID.String()) + "#clock"})
	}
	return out
}

// lateFacts say how late a placement appeared and what it costs.
func (in reader) lateFacts(p placement.Placement) []fact {
	if p.LateDays == 0 {
		return nil
	}
	return []fact{
		{in.T("field.late_days"), text(in.T("penalty.days", "n", p.LateDays))},
		{in.T("field.penalty"), text(in.cash(p.Penalty))},
	}
}

// life fetches what the record shows of an agreement's life.
func (w *Web) life(r *request, a agreement.Agreement) (l lifeFacts, err error) {
	if a.Framework {
		page, err := w.services.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("framework_id", a.ID.String()))
		if err != nil {
			return l, err
		}
		l.Orders = page.Items
	}
	few := func(n int, sort string) listing.Query {
		return listing.Query{Limit: n, Sort: []listing.Key{{Field: sort}}}.Where("agreement_id", a.ID.String())
	}
	for _, part := range []struct {
		into *[]placement.Placement
		q    listing.Query
	}{
		{&l.Late, few(listing.LimitMax, "published_on").Where("late", "true")},
		{&l.First, few(1, "created_at")},
		{&l.Early, few(1, "published_on").Where("published_on_from", "2000-01-01")},
	} {
		page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, part.q)
		if err != nil {
			return l, err
		}
		*part.into = page.Items
	}
	if a.EndedAt == nil || a.Framework {
		return l, nil
	}
	l.Final, err = w.services.Agreements.FinalAccount(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	if f, ok := isFault(err); ok && f.Code == "not_found" { // it ended before there were any
		return l, nil
	}
	return l, err
}

// lifeStatus is the state that lists and records show: held while it is suspended.
func (in reader) lifeStatus(a agreement.Agreement) string {
	if a.Suspension != "" && a.Status == agreement.Active {
		return "held"
	}
	return string(a.Status)
}

// kindOf says what kind of agreement it is, and its place under a framework.
func (in reader) kindOf(a agreement.Agreement) string {
	kind := in.T("agreement.kind." + string(a.Kind))
	switch {
	case a.Framework:
		return kind + " · " + in.T("framework.of", "ceiling", in.cash(a.Ceiling))
	case a.FrameworkID.Valid:
		return kind + " · " + in.T("framework.under", "number", a.FrameworkNumber)
	}
	return kind
}

// framing are the facts about a framework agreement or an order under one.
func (in reader) framing(a agreement.Agreement) []fact {
	switch {
	case a.Framework:
		return []fact{{in.T("field.framework"), text(in.T("framework.is"))}, {in.T("field.ceiling"), text(in.cash(a.Ceiling))}}
	case a.FrameworkID.Valid:
		return []fact{{in.T("field.framework_id"), to(a.FrameworkNumber, in.path("agreements", a.FrameworkID.UUID.String()))}}
	}
	return nil
}

// framed shows a framework agreement by its ceiling: it has no money of its own.
func (in reader) framed(p *recordPage, a agreement.Agreement) {
	p.Figures = []figure{
		{in.T("field.ceiling"), in.shown(a.Ceiling), ""},
		{in.T("framework.called_off"), in.shown(a.CalledOff), "fill-committed"},
		{in.T("framework.left"), in.shown(a.Left()), "fill-frame"},
	}
	p.Bar = newBar(in.T("framework.bar", "percent", percent(a.CalledOff, a.Ceiling)), a.Ceiling, share{a.CalledOff, "fill-committed", in.T("framework.called_off")})
}

// appeared is the day of publication, with how late it was and what it departed from.
func (in reader) appeared(p placement.Placement) cell {
	c := in.day(p.PublishedOn)
	if p.LateDays > 0 {
		c.Sub = in.T("penalty.days", "n", p.LateDays)
	}
	for _, code := range p.ClockFlags {
		if c.Sub != "" {
			c.Sub += " · "
		}
		c.Sub += in.T("rule." + string(code))
	}
	return c
}
