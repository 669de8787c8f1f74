package web

import (
	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/registry"
	"tayang/app/rule"
)

// overrideStep asks first which rule is to be departed from; kinds are those that the reader may ask for.
func overrideStep(in reader, kinds []override.Kind) formPage {
	return formPage{
		heading: heading{Title: in.T("override.enter"), Crumbs: []link{in.overrideCrumb()}},
		Action:  in.path("overrides", "new"), Get: true, Back: in.path("overrides"), Intro: in.T("override.intro"),
		Groups:  []group{{Fields: []field{in.choice("kind", true, in.overrideKinds(kinds))}}},
		Buttons: []button{{Label: in.T("form.continue"), Main: true}},
	}
}

// overrideChoices is what the form of spending offers to choose from.
type overrideChoices struct {
	Vendors []registry.Vendor
	Lines   []budget.Line
}

func overrideForm(in reader, k override.Kind, c overrideChoices) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide, reason.Help = true, in.T("override.help.reason")
	fields := in.subjectFields(k, c)
	if k != override.RoleChange && k != override.WithoutAgreement {
		until := in.input("valid_until", "date", k == override.Acting)
		until.Help = in.T("override.help.until")
		fields = append(fields, until)
	}
	return formPage{
		heading: heading{Title: in.T("override.kind." + string(k)), Subtitle: in.T("override.enter"), Crumbs: []link{in.overrideCrumb()}},
		Action:  in.path("overrides"), Back: in.path("overrides"), Guard: true, Intro: in.T("override.intro." + string(k)),
		Hidden: []box{{Name: "kind", Value: string(k)}}, Groups: []group{{Fields: append(fields, reason)}},
		Buttons: []button{{Label: in.T("override.ask"), Main: true, Icon: "send", Key: "s"}},
	}
}

// subjectFields are the fields that the kind's subject needs.
func (in reader) subjectFields(k override.Kind, c overrideChoices) []field {
	amount := in.input("subject.amount", "money", true)
	amount.Unit = in.sign()
	role := func(roles ...access.Role) field { return in.choice("subject.role", true, wordsOf(in, "role", roles)) }
	here := option{Value: in.Agency.Code, Label: in.Agency.Name}
	switch k {
	case override.CheckMode:
		check := in.choice("subject.document_type", true, in.options("override.check", "agreement", "payment", "invoice"))
		check.Also = []string{"subject.check", "subject.mode"}
		return []field{check}
	case override.Tolerance:
		amount.Help = in.T("override.help.tolerance")
		return []field{amount}
	case override.PeriodReopen:
		return []field{in.input("subject.month", "month", true)}
	case override.BackDate:
		return []field{in.input("subject.month", "month", true), in.input("subject.document_number", "text", true)}
	case override.RoleChange:
		agency := in.choice("subject.agency_code", false, []option{here, {Label: in.T("override.whole")}})
		agency.Help = in.T("override.help.agency")
		return []field{
			in.input("subject.email", "text", true), in.choice("subject.action", true, in.options("override.action", "grant", "revoke")),
			role(access.Roles()...), agency,
		}
	case override.Acting:
		return []field{
			in.input("subject.email", "text", true), in.input("subject.for_email", "text", true),
			role(access.Staff, access.PPK, access.Verifier, access.Treasurer, access.Head), in.choice("subject.agency_code", true, []option{here}),
			in.input("subject.decree_number", "text", true),
		}
	case override.WithoutAgreement:
		vendors := []option{{Label: in.T("form.choose")}}
		for _, v := range c.Vendors {
			vendors = append(vendors, option{Value: v.ID.String(), Label: v.LegalName})
		}
		what := in.input("subject.description", "text", true)
		what.Wide = true
		return []field{
			in.choice("subject.vendor_id", true, vendors), in.choice("subject.budget_line_id", true, in.lineOptions(c.Lines)),
			in.input("subject.number", "text", true), in.input("subject.date", "date", true), amount, what,
		}
	}
	return nil
}

func askTyped(t *typed, k override.Kind) override.Ask {
	ask := override.Ask{Kind: k, Reason: t.text("reason"), ValidUntil: t.date("valid_until")}
	s := &ask.Subject
	switch k {
	case override.CheckMode:
		s.DocumentType, s.Mode = override.DocumentType(t.text("subject.document_type")), override.Warn
		s.Check, s.DocumentNumber = override.Check(t.text("subject.check")), t.text("subject.document_number")
		if s.Check == "" {
			s.Check = override.Budget
		}
		if s.DocumentType == override.Invoice {
			s.Check = override.Matching
		}
	case override.Tolerance:
		s.DocumentType, s.Amount = override.Invoice, t.amount("subject.amount")
	case override.PeriodReopen:
		s.Month = t.text("subject.month")
	case override.BackDate:
		s.Month, s.DocumentNumber = t.text("subject.month"), t.text("subject.document_number")
	case override.RoleChange:
		s.Email, s.Action = t.text("subject.email"), override.Action(t.text("subject.action"))
		s.Role, s.AgencyCode = access.Role(t.text("subject.role")), t.text("subject.agency_code")
	case override.Acting:
		s.Email, s.ForEmail, s.Role = t.text("subject.email"), t.text("subject.for_email"), access.Role(t.text("subject.role"))
		s.AgencyCode, s.DecreeNumber = t.text("subject.agency_code"), t.text("subject.decree_number")
	case override.WithoutAgreement:
		s.VendorID, s.BudgetLineID, s.Amount = t.uuid("subject.vendor_id"), t.uuid("subject.budget_line_id"), t.amount("subject.amount")
		s.Date, s.Number, s.Description = t.date("subject.date"), t.text("subject.number"), t.text("subject.description")
	}
	return ask
}

// mayAskFor are the kinds that the reader may ask for.
func (in reader) mayAskFor() (out []override.Kind) {
	for _, k := range override.Kinds() {
		if in.can(k.AskRight()) {
			out = append(out, k)
		}
	}
	return out
}

func (w *Web) newOverride(r *request) (answer, error) {
	k := override.Kind(r.c.Query("kind"))
	if kinds := r.mayAskFor(); !k.Known() && len(kinds) > 0 {
		return show(overrideStep(r.reader, kinds))
	}
	if err := r.Actor.Can(k.AskRight(), r.Agency.ID); err != nil {
		return answer{}, err
	}
	if check := override.Check(r.c.Query("check")); k == override.CheckMode && check.OfRule() {
		return show(departureForm(r.reader, rule.Code(check), string(check.Document()), r.c.Query("number")))
	}
	c, err := w.overrideChoices(r, k)
	if err != nil {
		return answer{}, err
	}
	return show(overrideForm(r.reader, k, c))
}

// overrideChoices fetches vendors and lines for the form of spending.
func (w *Web) overrideChoices(r *request, k override.Kind) (c overrideChoices, err error) {
	if k != override.WithoutAgreement {
		return c, nil
	}
	page, err := w.services.Vendors.List(r.ctx(), r.Actor, listing.Query{Limit: listing.LimitMax, Sort: []listing.Key{{Field: "legal_name"}}})
	if err != nil {
		return c, err
	}
	c.Vendors = page.Items
	c.Lines, err = w.linesOf(r, int(r.year()))
	return c, err
}

func (w *Web) askOverride(r *request) (answer, error) {
	k := override.Kind(r.c.FormValue("kind"))
	if !k.Known() {
		return answer{}, fault.Missing()
	}
	if err := r.Actor.Can(k.AskRight(), r.Agency.ID); err != nil {
		return answer{}, err
	}
	t := r.typed()
	ask := askTyped(t, k)
	var o override.Override
	err := t.err(ask.Trimmed().Check(r.today()))
	if err == nil {
		o, err = w.services.Overrides.Ask(r.ctx(), r.Actor, r.Agency.Code, ask)
	}
	if err != nil && ask.Subject.Check.OfRule() {
		return r.refused(departureForm(r.reader, rule.Code(ask.Subject.Check), string(ask.Subject.DocumentType), ask.Subject.DocumentNumber), err)
	}
	if err != nil {
		c, errChoices := w.overrideChoices(r, k)
		if errChoices != nil {
			return answer{}, errChoices
		}
		return r.refused(overrideForm(r.reader, k, c), err)
	}
	return done(r.path("overrides", o.ID.String()), "flash.override.ask")
}

// verdictForm is the page before a decision, a withdrawal or a revocation: what was asked, by whom and why.
func verdictForm(in reader, f overrideFacts, verb override.Verb) formPage {
	o := f.Override
	here := in.path("overrides", o.ID.String())
	record := overrideRecord(in, f)
	remark := in.input("reason", "textarea", verb == override.Revoke)
	remark.Wide, remark.Label, remark.Also = true, in.T("field.remark"), []string{"remark"}
	key := "override.move." + string(verb)
	p := formPage{
		heading: heading{Title: in.T("override.kind." + string(o.Kind)), Subtitle: record.Subtitle, Crumbs: []link{in.overrideCrumb(), {in.T("override.one"), here}}},
		Action:  here + "/" + string(verb), Back: here, Intro: in.T(key + ".intro"), Hidden: []box{version64(o.Version)},
		Facts: append([]fact{{in.T("override.asked"), two(o.AskedBy, in.moment(o.CreatedAt))}}, record.Parts[0].Facts...),
	}
	switch verb {
	case override.Approve, override.Refuse:
		p.Action, remark.Help = here+"/decide", in.T("override.help.refuse")
		p.Buttons = []button{
			{Label: in.T("override.move.approve.button"), Name: "verb", Value: "approve", Main: true, Icon: "check", Key: "s"},
			{Label: in.T("override.move.refuse.button"), Name: "verb", Value: "refuse", Danger: true, Icon: "x", Key: "t"},
		}
	case override.Withdraw:
		p.Buttons = []button{{Label: in.T(key + ".button"), Main: true}}
	case override.Revoke:
		p.Tables = []table{*in.overrideUses(o.Uses)}
		p.Buttons = []button{{Label: in.T(key + ".button"), Danger: true}}
	}
	p.Groups = []group{{Fields: []field{remark}}}
	return p
}

// askVerdict shows the page before a verb, to those whose right it is.
func (w *Web) askVerdict(verb override.Verb) handler {
	return func(r *request) (answer, error) {
		o, err := w.overrideOf(r)
		if err != nil {
			return answer{}, err
		}
		right := o.Kind.DecideRight()
		if verb == override.Withdraw {
			right = o.Kind.AskRight()
			if o.CreatedBy != r.Actor.User {
				return answer{}, fault.With(fault.Forbidden, "not_yours", fault.Args{"verb": string(verb)})
			}
		}
		if err := r.Actor.Can(right, r.Agency.ID); err != nil {
			return answer{}, err
		}
		f, err := w.overrideFacts(r, o)
		if err != nil {
			return answer{}, err
		}
		return show(verdictForm(r.reader, f, verb))
	}
}

// decideOverride does a verb; an empty one is named by the button that was pressed.
func (w *Web) decideOverride(verb override.Verb) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		verb := verb
		if verb == "" {
			if verb = override.Verb(r.c.FormValue("verb")); verb != override.Approve && verb != override.Refuse {
				return answer{}, fault.Missing()
			}
		}
		t := r.typed()
		cmd := override.DecideCommand{Verb: verb, Expected: r.expected(), Remark: t.text("reason")}
		if err = t.err(nil); err == nil {
			_, err = w.services.Overrides.Decide(r.ctx(), r.Actor, r.Agency.Code, id, cmd)
		}
		if err == nil {
			return done(r.path("overrides", id.String()), "flash.override."+string(verb))
		}
		if _, ok := isFault(err); !ok {
			return answer{}, err
		}
		shown, errShown := w.askVerdict(verb)(r)
		if errShown != nil {
			return answer{}, errShown
		}
		p, _ := shown.page.(formPage)
		if fault.From(err).Kind != fault.Stale {
			p.Hidden = []box{version64(r.seen())}
		}
		return r.refused(p, err)
	}
}
