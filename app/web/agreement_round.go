package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/listing"
)

// decides reports whether the reader can decide on what waits of the agreement.
func (in reader) decides(a agreement.Agreement) bool { return a.Decidable(in.Actor) == nil }

// stepsInWords is who approves, in order: "PPK → PA/KPA".
func (in reader) stepsInWords(steps approval.Steps) string {
	names := make([]string, len(steps))
	for i, role := range steps {
		names[i] = in.T("role." + string(role))
	}
	return strings.Join(names, " → ")
}

// waitsFor says whose decision the agreement or its amendment waits for.
func (in reader) waitsFor(t agreement.Turn) string {
	return in.T("approval.waits", "role", in.T("role."+string(t.Role())), "step", t.Step, "steps", len(t.Steps))
}

// roundParts are the steps of the approval, and what is or was to be mended.
func (in reader) roundParts(a agreement.Agreement) (out []part) {
	if a.SubmittedAt == nil && len(a.Decisions) == 0 {
		return nil
	}
	out = append(out, part{ID: "approval", Title: in.T("approval.title"), Note: in.roundNote(a), Table: in.stepTable(a)})
	if len(a.Remarks) > 0 {
		out = append(out, part{ID: "remarks", Title: in.T("field.remarks"), Note: in.T("approval.remarks.note"), Table: in.remarkTable(a)})
	}
	return out
}

func (in reader) roundNote(a agreement.Agreement) string {
	steps := a.ApprovalSteps
	if len(steps) == 0 {
		steps = approval.Alone()
	}
	note := in.T("approval.note", "steps", in.stepsInWords(steps))
	if t, ok := a.Turn(); ok {
		note += " " + in.waitsFor(t)
	}
	return note
}

// stepTable is every step that was decided, oldest first, and those that are still to come.
func (in reader) stepTable(a agreement.Agreement) *table {
	t := &table{ID: "approval-rows", Columns: []column{
		{Label: in.T("field.round")}, {Label: in.T("field.step")}, {Label: in.T("approval.office")}, {Label: in.T("field.verdict")},
		{Label: in.T("approval.who")}, {Label: in.T("approval.when")}, {Label: in.T("field.remark")},
	}, Empty: empty{Text: in.T("approval.none")}}
	for _, d := range a.Decisions {
		t.add("", text(in.roundName(a, d)), in.count(int64(d.Step)), text(in.T("role."+string(d.Role))), in.decidedAs(d.Verdict), in.decider(d),
			in.decidedAt(d), text(orDash(d.Remark)))
	}
	turn, ok := a.Turn()
	if !ok {
		return t
	}
	for i := turn.Step; i <= len(turn.Steps); i++ {
		state := in.status("planned")
		state.Text = in.T("approval.later")
		if i == turn.Step {
			state = in.status("submitted")
			state.Text = in.T("approval.now")
		}
		d := agreement.Decision{AmendmentID: turn.Amendment, Round: turn.Round}
		t.add("", text(in.roundName(a, d)), in.count(int64(i)), text(in.T("role."+string(turn.Steps[i-1]))), state, text("–"), text("–"), text("–"))
	}
	return t
}

func (in reader) roundName(a agreement.Agreement, d agreement.Decision) string {
	for _, m := range a.Amendments {
		if d.AmendmentID.Valid && m.ID == d.AmendmentID.UUID {
			return m.Number
		}
	}
	return strconv.Itoa(max(1, d.Round))
}

func (in reader) decidedAs(v agreement.Verdict) cell {
	c := in.status(string(v))
	c.Text = in.T("approval.verdict." + string(v))
	return c
}

// decider is who decided, and for whom under which decree when it was not by his own office.
func (in reader) decider(d agreement.Decision) cell {
	if d.ActingFor == "" {
		return two(d.Name, d.Email)
	}
	principal := d.ActingName
	if principal == "" {
		principal = d.ActingFor
	}
	return two(in.T("approval.acting", "name", d.Name, "role", in.T("role."+string(d.Role)), "for", principal),
		in.T("approval.decree", "number", orDash(d.DecreeNumber), "from", in.date(d.DecreeFrom), "until", in.date(d.DecreeUntil)))
}

// decidedAt is when it was decided, and the database's own time where that is another.
func (in reader) decidedAt(d agreement.Decision) cell {
	c := text(in.moment(d.DecidedAt))
	if recorded := in.moment(d.RecordedAt); !d.RecordedAt.IsZero() && recorded != c.Text {
		c.Sub = in.T("approval.recorded", "time", recorded)
	}
	return c
}

func (in reader) remarkTable(a agreement.Agreement) *table {
	t := &table{ID: "remark-rows", Columns: []column{
		{Label: in.T("field.round")}, {Label: in.T("field.pointer")}, {Label: in.T("field.remark")}, {Label: in.T("approval.who")}, {Label: in.T("field.answer")},
	}}
	for _, r := range a.Remarks {
		answer := text(in.T("approval.unanswered"))
		if r.AnsweredAt != nil {
			answer = two(r.Answer, r.Answerer+" · "+in.moment(*r.AnsweredAt))
		}
		t.add("", text(strconv.Itoa(r.Round)), text(in.pointed(r.Pointer)), text(r.Text), two(r.Author, in.moment(r.CreatedAt)), answer)
	}
	return t
}

// pointed is the name of the field that a remark is about.
func (in reader) pointed(pointer string) string {
	if pointer == "" {
		return in.T("approval.whole")
	}
	return in.Label(pointer)
}

// agreementState is the status, and that it was rejected so that it is mended.
func (in reader) agreementState(a agreement.Agreement) cell {
	status := in.lifeStatus(a)
	if a.Returned {
		status = "returned"
	}
	c := in.status(status)
	if a.Awaiting != "" {
		c.Sub = in.T("approval.waits_for", "role", in.T("role."+string(a.Awaiting)))
	}
	return c
}

func (in reader) awaitingOptions() []option {
	out := []option{{Value: "me", Label: in.T("approval.me")}}
	for _, role := range approval.Roles() {
		out = append(out, option{Value: string(role), Label: in.T("role." + string(role))})
	}
	return out
}

// decidesAt is where the reader decides on what waits, if he can.
func (in reader) decidesAt(a agreement.Agreement, href string) string {
	if in.decides(a) {
		return href
	}
	return ""
}

// toMend names each remark that nobody has answered, with a link to where it is mended.
func (in reader) toMend(a agreement.Agreement) (out []link) {
	if a.Status != agreement.Rejected {
		return nil
	}
	for _, r := range a.OpenRemarks() {
		out = append(out, link{in.pointed(r.Pointer) + ": " + r.Text, in.mends(access.AgreementWrite, in.path("agreements", a.ID.String(), "edit"))})
	}
	return out
}

// remarkedFacts puts the open remarks under the terms that they are about.
func (in reader) remarkedFacts(a agreement.Agreement, facts []fact) []fact {
	for i, f := range facts {
		for _, name := range []string{"vendor_id", "kind", "method", "form", "rup_code", "owner_estimate", "order_date"} {
			if f.Label == in.T("field."+name) {
				facts[i].Value.Sub = in.beside(f.Value.Sub, in.remarked(a, pointer(name)))
			}
		}
		if f.Label == in.T("agreement.term") {
			facts[i].Value.Sub = in.beside(in.remarked(a, "/start_date"), in.remarked(a, "/end_date"))
		}
	}
	return facts
}

// beside writes two texts in one line.
func (in reader) beside(a, b string) string {
	if a != "" && b != "" {
		return a + " · " + b
	}
	return a + b
}

// itemPointer is where the terms have the line.
func itemPointer(d agreement.Deliverable) string {
	return "/deliverables/" + strconv.Itoa(d.Position-1)
}

// remarked puts the open remarks beside what they are about: labels by pointer.
func (in reader) remarked(a agreement.Agreement, pointer string) string {
	var texts []string
	for _, r := range a.OpenRemarks() {
		if r.Pointer == pointer || pointer != "" && strings.HasPrefix(r.Pointer, pointer+"/") {
			words := r.Text
			if r.Pointer != pointer {
				words = in.Label(r.Pointer) + ": " + words
			}
			texts = append(texts, in.T("approval.remark", "text", words))
		}
	}
	return strings.Join(texts, " · ")
}

// withRemarks notes the open remarks of a rejected agreement beside the fields of its form.
func (in reader) withRemarks(p *formPage, a agreement.Agreement) {
	for _, r := range a.OpenRemarks() {
		words := in.T("approval.remark", "text", r.Text)
		target := p.find(strings.ReplaceAll(strings.TrimPrefix(r.Pointer, "/"), "/", "."))
		if r.Pointer == "" || target == nil {
			p.Remarks = append(p.Remarks, link{Text: in.pointed(r.Pointer) + ": " + r.Text})
			continue
		}
		if target.Remark != "" {
			words = target.Remark + " · " + words
		}
		target.Remark = words
		p.Remarks = append(p.Remarks, link{Text: in.pointed(r.Pointer) + ": " + r.Text, Href: "#" + target.ID()})
	}
}

// answerFields let the author's side answer each open remark with the submission.
func (in reader) answerFields(a agreement.Agreement) (fields []field, hidden []box) {
	for i, r := range a.OpenRemarks() {
		at := "answers." + strconv.Itoa(i) + "."
		f := field{Name: at + "text", Kind: "textarea", Label: in.pointed(r.Pointer), Help: r.Author + ": " + r.Text, Wide: true}
		fields, hidden = append(fields, f), append(hidden, box{Name: at + "remark_id", Value: r.ID.String()})
	}
	return fields, hidden
}

// willDecide tells before a submission who will decide on it.
func (w *Web) willDecide(r *request, p *formPage, a agreement.Agreement) error {
	m, err := w.services.Approvals.Matrix(r.ctx(), r.Actor, r.Agency.ID)
	if err != nil {
		return err
	}
	r.tellSteps(p, m.StepsOn(approval.Kind(a.Kind), a.Weight(), a.OrderDate))
	return nil
}

func (in reader) tellSteps(p *formPage, steps approval.Steps) {
	p.Facts = append([]fact{{in.T("field.steps"), text(in.stepsInWords(steps))}}, p.Facts...)
}

// answersTyped reads the answers that were written; rows tells which of the form each is.
func (r *request) answersTyped() (answers []agreement.Answer, rows []int) {
	t := r.typed()
	for i := range r.rows("answers") {
		at := "answers." + strconv.Itoa(i) + "."
		if words := t.get(at + "text"); words != "" {
			answers, rows = append(answers, agreement.Answer{RemarkID: t.uuid(at + "remark_id"), Text: words}), append(rows, i)
		}
	}
	return answers, rows
}

// nextInQueue offers the next decision to somebody who decides: the oldest that waits for him, other than this one.
func (w *Web) nextInQueue(r *request, p *recordPage, here agreement.Agreement) error {
	if !r.can(access.AgreementApprove) {
		return nil
	}
	q := listing.Query{Limit: 2, Sort: []listing.Key{{Field: "awaiting_since"}}}.Where("awaiting", "me")
	page, err := w.services.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	for _, a := range page.Items {
		if a.ID != here.ID {
			p.Actions = append(p.Actions, action{Label: r.T("approval.next", "number", a.Number), Icon: "arrow-right", Key: "b",
				Href: r.path("agreements", a.ID.String(), "approve"), Main: len(p.Actions) == 0})
			break
		}
	}
	return err
}
