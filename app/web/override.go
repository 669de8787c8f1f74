package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
)

func (in reader) overrideCrumb() link { return link{in.T("nav.overrides"), in.path("overrides")} }

// overrideKinds are the kinds as choices.
func (in reader) overrideKinds(kinds []override.Kind) []option {
	return wordsOf(in, "override.kind", kinds)
}

func overrideList(in reader, q listing.Query, page listing.Page[override.Override]) listPage {
	p := in.listOf(in.path("overrides"), q, []column{
		{Label: in.T("override.one"), Sort: "kind"},
		{Label: in.T("override.asked"), Sort: "created_at"},
		{Label: in.T("override.decided")},
		{Label: in.T("field.valid_until"), Class: "date", Sort: "valid_until"},
		{Label: in.moneyLabel("override.passed_money"), Class: "money", Sort: "passed"},
		{Label: in.T("field.status"), Sort: "status"},
	}, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("status", "requested", "approved", "refused", "withdrawn", "revoked")},
		{Name: "kind", Label: in.T("field.kind"), Options: in.overrideKinds(override.Kinds())},
	})
	p.heading = heading{Title: in.T("nav.overrides"), Subtitle: in.T("override.subtitle")}
	p.Hint = in.T("override.hint")
	p.Table.Empty = empty{Text: in.T("override.empty")}
	if in.can(access.OverrideAsk) || in.can(access.RoleAsk) {
		ask := action{Label: in.T("override.enter"), Icon: "plus", Href: in.path("overrides", "new"), Main: true}
		p.Actions = append(p.Actions, ask)
		p.Table.Empty.Action = &ask
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, o := range page.Items {
		href := in.path("overrides", o.ID.String())
		decided := two(orDash(o.Decider), in.moments(o.DecidedAt))
		if o.DecidedAt == nil {
			decided = text("–")
		}
		p.Table.add(href, number(in.T("override.kind."+string(o.Kind)), href, in.overrideSubject(o)), two(o.AskedBy, in.moment(o.CreatedAt)),
			decided, in.day(o.ValidUntil), in.money(o.Passed), in.overrideState(o))
	}
	if len(page.Items) > 0 {
		p.Table.Foot = []cell{
			text(in.T("list.page_total")), text(""), text(""), text(""),
			in.money(total(page.Items, func(o override.Override) money.Amount { return o.Passed })), text(""),
		}
	}
	return p
}

// overrideState is the state on the day: what is approved and past its last day has expired.
func (in reader) overrideState(o override.Override) cell {
	if o.Status == override.Approved && o.Expired {
		return in.status("expired")
	}
	return in.status(string(o.Status))
}

// overrideSubject says in words what an override is about.
func (in reader) overrideSubject(o override.Override) string {
	s := o.Subject
	key := "override.subject." + string(o.Kind)
	where := s.AgencyCode
	if where == "" {
		where = in.T("override.whole")
	}
	switch o.Kind {
	case override.CheckMode:
		if s.Check != override.Budget && s.Check != override.Matching {
			return in.T(key+".rule", "rule", in.T("rule."+string(s.Check)), "document", s.DocumentNumber)
		}
		return in.T(key + "." + string(s.DocumentType))
	case override.RoleChange:
		return in.T(key+"."+string(s.Action), "email", s.Email, "role", in.T("role."+string(s.Role)), "where", where)
	case override.Acting:
		return in.T(key, "email", s.Email, "for", s.ForEmail, "role", in.T("role."+string(s.Role)), "decree", s.DecreeNumber)
	case override.Tolerance, override.PeriodReopen, override.BackDate, override.WithoutAgreement:
	}
	return in.T(key, "amount", in.cash(s.Amount), "month", s.Month, "document", s.DocumentNumber, "number", s.Number,
		"what", s.Description, "date", in.date(s.Date))
}

// overrideFacts is what the record of an override shows besides itself: the names behind spending.
type overrideFacts struct {
	Override override.Override
	Vendor   string
	Line     budget.Line
}

func overrideRecord(in reader, f overrideFacts) recordPage {
	o := f.Override
	status := in.overrideState(o)
	p := recordPage{
		heading: heading{
			Title: in.T("override.kind." + string(o.Kind)), Subtitle: in.overrideSubject(o), Crumbs: []link{in.overrideCrumb()},
			Actions: in.overrideActions(o),
		},
		State: &status, Steps: in.overrideSteps(o),
		Figures: []figure{{in.T("override.passed_money"), in.cash(o.Passed), ""}, {in.T("override.documents"), in.Number(o.Count), ""}},
	}
	if o.Status == override.Refused || o.Status == override.Revoked {
		p.Warn = in.T("record.reason", "reason", orDash(o.Remark))
	}
	facts := []fact{{in.T("field.reason"), text(o.Reason)}}
	if o.Kind == override.WithoutAgreement {
		facts = append(facts, fact{in.T("field.vendor_id"), to(f.Vendor, "/vendors/"+o.Subject.VendorID.String())},
			fact{in.T("field.budget_line_id"), to(f.Line.SubActivityName+" · "+f.Line.AccountCode, in.path("budget-lines", o.Subject.BudgetLineID.String()))},
			fact{in.T("field.number"), code(o.Subject.Number)}, fact{in.T("field.date"), text(in.date(o.Subject.Date))},
			fact{in.T("field.amount"), text(in.cash(o.Subject.Amount))})
	}
	facts = append(facts, fact{in.T("field.valid_until"), text(in.date(o.ValidUntil))})
	if o.Remark != "" {
		facts = append(facts, fact{in.T("field.remark"), text(o.Remark)})
	}
	p.Parts = []part{
		{ID: "facts", Title: in.T("override.about"), Facts: facts},
		{ID: "uses", Title: in.T("override.documents"), Note: in.T("override.documents.note"), Table: in.overrideUses(o.Uses)},
	}
	return p
}

func (in reader) overrideSteps(o override.Override) []step {
	steps := []step{
		{Label: in.T("status.requested"), By: o.AskedBy, At: in.moment(o.CreatedAt), Done: true, Current: o.Status == override.Requested},
		{Label: in.T("status.approved")},
	}
	switch {
	case o.Status == override.Withdrawn:
		steps[1] = step{Label: in.T("status.withdrawn"), By: o.AskedBy, Done: true, Current: true}
	case o.Status == override.Refused:
		steps[1] = step{Label: in.T("status.refused"), By: o.Decider, At: in.moments(o.DecidedAt), Done: true, Current: true}
	case o.DecidedAt != nil:
		steps[1] = step{Label: in.T("status.approved"), By: o.Decider, At: in.moments(o.DecidedAt), Done: true, Current: o.Status == override.Approved && !o.Expired}
	}
	switch {
	case o.Status == override.Revoked:
		steps = append(steps, step{Label: in.T("status.revoked"), By: o.Revoker, At: in.moments(o.RevokedAt), Done: true, Current: true})
	case o.Status == override.Approved && o.Expired:
		steps = append(steps, step{Label: in.T("status.expired"), At: in.date(o.ValidUntil), Done: true, Current: true})
	}
	return steps
}

// overrideActions is what the reader may do with an override now.
func (in reader) overrideActions(o override.Override) (out []action) {
	here := in.path("overrides", o.ID.String())
	offers := func(v override.Verb) bool { return o.Offers(v, in.Actor, in.Agency.ID, in.today()) }
	if offers(override.Approve) || offers(override.Refuse) {
		out = append(out, action{Label: in.T("override.decide"), Icon: "clipboard-check", Href: here + "/decide", Main: true, Key: "s"})
	}
	if offers(override.Withdraw) {
		out = append(out, action{Label: in.T("override.withdraw"), Icon: "rotate", Href: here + "/withdraw"})
	}
	if offers(override.Revoke) {
		out = append(out, action{Label: in.T("override.revoke"), Icon: "ban", Href: here + "/revoke", Danger: true})
	}
	return out
}

func (in reader) overrideUses(uses []override.Use) *table {
	t := &table{ID: "use-rows", Empty: empty{Text: in.T("override.documents.none")}, Columns: []column{
		{Label: in.T("ledger.document")},
		{Label: in.T("field.number")},
		{Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("ledger.who")},
	}}
	for _, u := range uses {
		href := in.document(budget.Document{Type: u.DocumentType, ID: u.DocumentID})
		who := u.User
		if u.For != "" {
			who = in.T("override.for", "who", u.User, "for", u.For)
		}
		t.add("", text(in.T("override.document."+u.DocumentType)), cell{Text: u.DocumentNumber, Href: href}, in.money(u.Amount), two(who, in.moment(u.UsedAt)))
	}
	if len(uses) > 0 {
		t.Foot = []cell{text(in.T("list.total")), text(""), in.money(total(uses, func(u override.Use) money.Amount { return u.Amount })), text("")}
	}
	return t
}

// passedBy are the warnings of a document's record: under which overrides it passed, and for whom it was acted.
func (in reader) passedBy(uses []override.Use) (out []link) {
	for _, u := range uses {
		key, args := "override.passed", []any{"kind", in.T("override.kind." + string(u.Kind)), "time", in.moment(u.UsedAt), "who", u.User, "for", u.For}
		if u.For != "" {
			key = "override.passed.acting"
		}
		out = append(out, link{in.T(key, args...), in.path("overrides", u.OverrideID.String())})
	}
	return out
}

// usesOf fetches under which overrides a document passed.
func (w *Web) usesOf(r *request, document uuid.UUID) ([]override.Use, error) {
	page, err := w.services.Overrides.Uses(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("document_id", document.String()))
	return page.Items, err
}

func (w *Web) overrides(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Overrides.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(overrideList(r.reader, q, page))
}

// overrideOf fetches the override that the address names.
func (w *Web) overrideOf(r *request) (override.Override, error) {
	id, err := r.id("id")
	if err != nil {
		return override.Override{}, err
	}
	return w.services.Overrides.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) override(r *request) (answer, error) {
	o, err := w.overrideOf(r)
	if err != nil {
		return answer{}, err
	}
	f, err := w.overrideFacts(r, o)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, overrideRecord(r.reader, f), o.ID)
}

// overrideFacts fetches the names behind spending; other kinds name nothing else.
func (w *Web) overrideFacts(r *request, o override.Override) (f overrideFacts, err error) {
	f.Override = o
	if o.Kind != override.WithoutAgreement {
		return f, nil
	}
	v, err := w.services.Vendors.Vendor(r.ctx(), r.Actor, o.Subject.VendorID)
	if err != nil {
		return f, err
	}
	f.Vendor = v.LegalName
	f.Line, err = w.services.Budgets.Line(r.ctx(), r.Actor, r.Agency.Code, o.Subject.BudgetLineID)
	return f, err
}
