package web

import (
	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
)

func (w *Web) createAgreement(r *request) (answer, error) {
	return w.saveAgreement(r, 0, func(t agreement.Terms) (agreement.Agreement, error) {
		return w.services.Agreements.Create(r.ctx(), r.Actor, r.Agency.Code, t)
	})
}

func (w *Web) rewriteAgreement(r *request) (answer, error) {
	old, err := w.agreementOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.saveAgreement(r, old.Version, func(t agreement.Terms) (agreement.Agreement, error) {
		return w.services.Agreements.Rewrite(r.ctx(), r.Actor, r.Agency.Code, old.ID, r.expected(), become(t))
	})
}

// saveAgreement saves the form, or shows it again: with one row more or less when that was asked for, with what is
// wrong when something is. present is the version that an agreement to change has now.
func (w *Web) saveAgreement(r *request, present int64, save func(agreement.Terms) (agreement.Agreement, error)) (answer, error) {
	if r.reshapes() {
		return w.previewAgreement(r)
	}
	t := r.typed()
	terms := termsTyped(t, r.rows("deliverables"))
	terms.LookThrough = r.splitTyped(t)
	err := t.err(terms.Trimmed().Check())
	var a agreement.Agreement
	if err == nil {
		a, err = save(terms)
	}
	if err == nil {
		here := r.path("agreements", a.ID.String())
		if r.c.FormValue("next") == "submit" {
			here += "/submit"
		}
		return done(here, "flash.saved", "what", a.Number)
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p, err := w.typedForm(r, terms, r.version(err, present))
	if err != nil {
		return answer{}, err
	}
	p.mark(r.reader, f)
	if err := w.look(r, &p, terms); err != nil {
		return answer{}, err
	}
	return again(p, f)
}

// moveForm is the page before a verb: what it will do, in figures. Approval offers rejection beside it.
func moveForm(in reader, a agreement.Agreement, verb agreement.Verb, lines []budget.Line) formPage {
	here := in.path("agreements", a.ID.String())
	key := "agreement.move." + string(verb)
	p := formPage{
		heading: heading{Title: in.T(key+".title", "number", a.Number), Subtitle: a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/" + string(verb), Back: here, Intro: in.T(key + ".intro"), Hidden: []box{version64(a.Version)},
		Facts: append([]fact{{in.T("agreement.gross"), text(in.cash(a.Gross))}, {in.T("agreement.paid"), text(in.cash(a.Paid))}}, in.terms(a)...),
	}
	around := agreement.Surroundings{Lines: map[uuid.UUID]agreement.LineFacts{}}
	for _, l := range lines {
		around.Lines[l.ID] = agreement.LineFacts{Available: l.Available, Name: l.SubActivityName + " · " + l.AccountCode + " · " + l.FundSource}
	}
	p.Tables = []table{*in.deliverables(agreementFacts{Agreement: a, Lines: byID(lines)})}
	p.Tables = append(p.Tables, in.flowTables(a)...)
	reason := in.input("reason", "textarea", false)
	reason.Wide = true
	switch verb {
	case agreement.Submit:
		p.Tables = append(p.Tables, in.reservation(a, around))
		if answers, hidden := in.answerFields(a); len(answers) > 0 {
			p.Groups = []group{{Title: in.T("approval.answers"), Help: in.T("approval.answers.help"), Fields: answers}}
			p.Hidden = append(p.Hidden, hidden...)
		}
		p.Buttons = []button{{Label: in.T(key + ".button"), Main: true, Icon: "send", Key: "s"}}
	case agreement.Approve, agreement.Reject, agreement.Return:
		in.decision(&p, a)
		if a.Unreserved {
			p.Intro = in.T("agreement.move.unreserved")
			p.Tables = append(p.Tables, in.reservation(a, around))
		}
	case agreement.Withdraw, agreement.Close, agreement.Terminate, agreement.Amend:
		reason.Required = verb == agreement.Terminate
		p.Groups = []group{{Fields: []field{reason}}}
		if verb.Ends() && !a.Framework {
			p.Groups = append(p.Groups, in.accountGroup())
		}
		p.Buttons = []button{{Label: in.T(key + ".button"), Main: verb != agreement.Terminate, Danger: verb == agreement.Terminate}}
	}
	return p
}

// verbs are what the address of a decision may name.
func verbOf(name string) (agreement.Verb, error) {
	switch v := agreement.Verb(name); v {
	case agreement.Submit, agreement.Approve, agreement.Reject, agreement.Return, agreement.Withdraw, agreement.Close, agreement.Terminate:
		return v, nil
	}
	return "", fault.Missing()
}

// askMove shows the page before a verb.
func (w *Web) askMove(verb agreement.Verb) handler {
	return func(r *request) (answer, error) {
		a, err := w.agreementOf(r)
		if err != nil {
			return answer{}, err
		}
		lines, err := w.linesOf(r, a.FiscalYear)
		if err != nil {
			return answer{}, err
		}
		if err := a.Decidable(r.Actor); verb == agreement.Approve && fault.Is(err, "forbidden") {
			return answer{}, err
		}
		if verb.Decides() && a.Amendment != nil {
			return show(decideForm(r.reader, a, verb, lines))
		}
		p := moveForm(r.reader, a, verb, lines)
		if verb == agreement.Submit || verb == agreement.Approve || verb == agreement.Reject {
			known, err := w.services.Agreements.Assessment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
			if err != nil {
				return answer{}, err
			}
			p.Tables = append([]table{r.doubtTable(agreementFacts{Agreement: a, Known: known})}, p.Tables...)
		}
		err = w.pricesOfMove(r, &p, a, verb)
		if err == nil && verb == agreement.Submit {
			err = w.willDecide(r, &p, a)
		}
		if err != nil {
			return answer{}, err
		}
		return show(p)
	}
}

// move does a verb; an empty one is named by the button that was pressed.
func (w *Web) move(verb agreement.Verb) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		verb := verb
		if verb == "" {
			if verb, err = verbOf(r.c.FormValue("verb")); err != nil {
				return answer{}, err
			}
		}
		cmd, rows, err := w.moveCommand(r, verb)
		var a agreement.Agreement
		if err == nil {
			a, err = w.services.Agreements.Move(r.ctx(), r.Actor, r.Agency.Code, id, cmd)
		}
		if err == nil {
			said, number := saidOf(a, verb)
			return done(r.path("agreements", id.String()), said, "number", number)
		}
		if _, ok := isFault(err); !ok {
			return answer{}, err
		}
		shown, errShown := w.askMove(verb)(r)
		if errShown != nil {
			return answer{}, errShown
		}
		p, _ := shown.page.(formPage)
		if fault.From(err).Kind != fault.Stale {
			p.carry(r.seen())
		}
		return r.refused(p, inRows(err, rows))
	}
}

// saidOf is the message after a verb, and the number of what it is about.
func saidOf(a agreement.Agreement, verb agreement.Verb) (key, number string) {
	key, number = "flash.agreement.", a.Number
	if n := len(a.Amendments); n > 0 && verb.Decides() {
		key, number = "flash.amendment.", a.Amendments[n-1].Number
	}
	switch {
	case a.Awaiting != "" && verb == agreement.Approve:
		return key + "step", number
	case a.Unreserved:
		return key + "unreserved", number
	}
	return key + string(verb), number
}
