package web

import (
	"strconv"
	"strings"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
)

// remarkable is something of an agreement that an approver can write a remark on: where it is and what it says.
type remarkable struct {
	pointer, label, value string
}

// remarkables are the fields of the terms and each deliverable, in the order of the page.
func (in reader) remarkables(a agreement.Agreement) []remarkable {
	out := []remarkable{{"/number", "", a.Number}, {"/title", "", a.Title}}
	for _, f := range []struct{ name, value string }{
		{"vendor_id", a.VendorName}, {"kind", in.T("agreement.kind." + string(a.Kind))}, {"method", in.T("method." + string(a.Method))},
		{"form", in.T("form." + string(a.Form))}, {"rup_code", orDash(a.RUPCode)}, {"owner_estimate", in.estimate(a.OwnerEstimate)},
		{"order_date", in.date(a.OrderDate)}, {"start_date", in.date(a.StartDate)}, {"end_date", in.date(a.EndDate)},
	} {
		out = append(out, remarkable{pointer(f.name), "", f.value})
	}
	for i, d := range a.Deliverables {
		out = append(out, remarkable{
			"/deliverables/" + strconv.Itoa(i), in.T("approval.item", "n", i+1, "product", d.Product),
			in.channelName(d.Channel) + " · " + in.Number(d.Quantity) + " " + d.Unit + " × " + in.cash(d.UnitPrice),
		})
	}
	for i := range out {
		if out[i].label == "" {
			out[i].label = in.Label(out[i].pointer)
		}
	}
	return out
}

func (in reader) estimate(a *money.Amount) string {
	if a == nil {
		return in.T("agreement.no_estimate")
	}
	return in.cash(*a)
}

// decision fills the page on which an approver decides: why it is asked for, who decided before, a remark beside each
// field, and the three answers.
func (in reader) decision(p *formPage, a agreement.Agreement) {
	here := in.path("agreements", a.ID.String())
	p.Action = here + "/decide"
	p.Groups = []group{in.reasonGroup()}
	if len(a.Decisions) > 0 {
		p.Tables = append(p.Tables, *in.stepTable(a))
	}
	if len(a.Remarks) > 0 {
		p.Tables = append(p.Tables, *in.remarkTable(a))
	}
	if err := a.Decidable(in.Actor); err != nil {
		p.Errors = []link{{Text: in.Fault(fault.From(err), in.Agency.Currency)}}
		if fault.From(err).Kind == fault.Forbidden {
			p.Groups = nil
			return
		}
	}
	if t, ok := a.Turn(); ok {
		p.Subtitle = in.waitsFor(t)
		if !t.Last() {
			p.Intro = in.T("approval.more", "role", in.T("role."+string(t.Steps[t.Step])))
		}
	}
	remarks := group{Title: in.T("approval.remarks"), Help: in.T("approval.remarks.help")}
	for i, r := range in.remarkables(a) {
		remarks.Fields = append(remarks.Fields, field{Name: "remarks." + strconv.Itoa(i) + ".text", Kind: "text", Label: r.label, Help: r.value, Also: []string{"remarks." + strconv.Itoa(i) + ".pointer"}})
	}
	p.Groups = append([]group{remarks}, p.Groups...)
	p.Buttons = []button{
		{Label: in.T("agreement.move.approve.button"), Name: "verb", Value: "approve", Main: true, Icon: "check", Key: "s"},
		{Label: in.T("agreement.move.return.button"), Name: "verb", Value: "return", Icon: "rotate", Key: "k"},
		{Label: in.T("agreement.move.refuse.button"), Name: "verb", Value: "reject", Danger: true, Icon: "x", Key: "t"},
	}
}

func (in reader) reasonGroup() group {
	reason := in.input("reason", "textarea", false)
	reason.Wide, reason.Help = true, in.T("approval.help.reason")
	return group{Fields: []field{reason}}
}

// correctionsTyped reads the remarks that were written; rows tells which field of the form each is.
func (r *request) correctionsTyped(a agreement.Agreement) (corrections []agreement.Correction, rows []int) {
	t := r.typed()
	for i, of := range r.remarkables(a) {
		if words := t.get("remarks." + strconv.Itoa(i) + ".text"); words != "" {
			corrections, rows = append(corrections, agreement.Correction{Pointer: of.pointer, Text: words}), append(rows, i)
		}
	}
	return corrections, rows
}

// corrections reads the remarks of a decision. They go with a return only: another verb is refused, lest they are lost.
func (w *Web) corrections(r *request, verb agreement.Verb) (found []agreement.Correction, rows []int, err error) {
	if r.rows("remarks") == 0 {
		return nil, nil, nil
	}
	a, err := w.agreementOf(r)
	if err != nil {
		return nil, nil, err
	}
	found, rows = r.correctionsTyped(a)
	var wrong fault.Fields
	for i := range found {
		if verb != agreement.Return {
			wrong.Add("/remarks/"+strconv.Itoa(i)+"/text", "only_with_return")
		}
	}
	return found, rows, wrong.Err()
}

// moveCommand reads what a verb needs of the form. A refusal of its n-th remark or answer is about the row of the form
// that rows has there.
func (w *Web) moveCommand(r *request, verb agreement.Verb) (cmd agreement.MoveCommand, rows map[string][]int, err error) {
	t := r.typed()
	cmd = agreement.MoveCommand{
		Verb: verb, Expected: r.expected(), Reason: t.get("reason"),
		Account: agreement.Account{Number: t.text("final_account.number"), Date: t.date("final_account.date")},
	}
	rows = map[string][]int{}
	if err := t.err(nil); err != nil {
		return cmd, rows, err
	}
	switch verb { //nolint:exhaustive // the verbs that carry more
	case agreement.Submit:
		cmd.Answers, rows["answers"] = r.answersTyped()
	case agreement.Return, agreement.Approve, agreement.Reject:
		if cmd.Remarks, rows["remarks"], err = w.corrections(r, verb); err != nil {
			return cmd, rows, err
		}
	}
	return cmd, rows, nil
}

// inRows turns the positions that a refusal speaks of into those of the form.
func inRows(err error, rows map[string][]int) error {
	f := *fault.From(err)
	f.Fields = append(fault.Fields{}, f.Fields...)
	for i, wrong := range f.Fields {
		for name, of := range rows {
			n, rest, ok := rowOf(name, strings.ReplaceAll(strings.TrimPrefix(wrong.Pointer, "/"), "/", "."))
			if ok && n >= 0 && n < len(of) {
				f.Fields[i].Pointer = pointer(name + "." + strconv.Itoa(of[n]) + "." + rest)
			}
		}
	}
	return &f
}

// carry puts the version that the person has seen back into the form.
func (p *formPage) carry(version int64) {
	for i := range p.Hidden {
		if p.Hidden[i].Name == "version" {
			p.Hidden[i] = version64(version)
		}
	}
}
