package web

import (
	"bufio"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/placement"
)

// planForm plans placements of an agreement: one row each.
func planForm(in reader, a agreement.Agreement, rows int) formPage {
	here := in.path("agreements", a.ID.String())
	g := &grid{ID: "items", Title: in.T("nav.placements"), Add: in.T("placement.add"), Columns: []column{{Label: in.T("field.deliverable_id")},
		{Label: in.T("field.title")}, {Label: in.T("field.scheduled_on")}}}
	for i := range rows {
		at := "placements." + strconv.Itoa(i) + "."
		of := in.choice(at+"deliverable_id", true, nil)
		for _, d := range a.Deliverables {
			left := in.T("placement.left", "n", d.Quantity-d.Placed)
			of.Options = append(of.Options, option{Value: d.ID.String(), Label: d.Product + " · " + d.Channel + " — " + left})
		}
		g.Rows = append(g.Rows, gridRow{Fields: []field{of, in.input(at+"title", "text", true), in.input(at+"scheduled_on", "date", true)}})
	}
	return formPage{heading: heading{Title: in.T("placement.enter"), Subtitle: a.Number + " · " + a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action: here + "/placements", Back: here, Guard: true, Intro: in.T("placement.plan.intro", "from", in.date(a.StartDate), "to", in.date(a.EndDate)), Grid: g,
		Buttons: []button{{Label: in.T("word.save"), Main: true}}}
}

func (w *Web) newPlacements(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err == nil {
		err = r.Actor.Can(access.PlacementWrite, r.Agency.ID)
	}
	if err != nil {
		return answer{}, err
	}
	return show(planForm(r.reader, a, 1))
}

// createPlacements saves row by row; what was refused stays on the form, what was saved is gone from it.
func (w *Web) createPlacements(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err != nil {
		return answer{}, err
	}
	rows, t := max(1, r.rows("placements")), r.typed()
	if r.c.FormValue("add") != "" || r.c.FormValue("remove") != "" {
		return w.reshapePlan(r, a, rows)
	}
	for i := range rows {
		at := "placements." + strconv.Itoa(i) + "."
		t.wrong = nil
		plan := placement.Plan{DeliverableID: t.uuid(at + "deliverable_id"), ScheduledOn: t.date(at + "scheduled_on"), Title: t.text(at + "title")}
		err := t.wrong.Err()
		if err == nil {
			_, err = w.services.Placements.Create(r.ctx(), r.Actor, r.Agency.Code, plan)
		}
		if err != nil {
			return w.planRefused(r, a, i, rows, below(err, i))
		}
	}
	return done(r.path("agreements", a.ID.String())+"#placements", "flash.planned", "n", r.Number(int64(rows)))
}

// below puts the faults of the row that was refused under the first row, where it will stand when those before it
// are saved and gone.
func below(err error, refused int) error {
	f, ok := isFault(err)
	if !ok {
		return err
	}
	moved := *f
	moved.Fields = nil
	for _, field := range f.Fields {
		field.Pointer = "/placements/0" + strings.TrimPrefix(field.Pointer, "/placements/"+strconv.Itoa(refused))
		moved.Fields = append(moved.Fields, field)
	}
	return &moved
}

func (w *Web) planRefused(r *request, a agreement.Agreement, saved, rows int, err error) (answer, error) {
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p, get := planForm(r.reader, a, rows-saved), r.typed().get
	for range saved {
		get = withoutRow("placements", get, 0)
	}
	p.fill(get)
	p.mark(r.reader, f)
	if saved > 0 {
		p.Intro = r.T("placement.plan.partly", "n", saved, "rest", rows-saved)
	}
	return again(p, f)
}

func (w *Web) reshapePlan(r *request, a agreement.Agreement, rows int) (answer, error) {
	get := r.typed().get
	if gone, err := strconv.Atoi(r.c.FormValue("remove")); err == nil && gone >= 0 && gone < rows {
		rows, get = max(1, rows-1), withoutRow("placements", get, gone)
	} else {
		rows++
	}
	p := planForm(r.reader, a, rows)
	p.fill(get)
	return show(p)
}

// publicationForm records what appeared, asking what that kind of channel can answer.
func publicationForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	url := in.input("url", "url", false)
	url.Wide, url.Help = true, in.T("placement.help.url")
	where := []field{in.input("published_on", "date", false), url}
	switch p.ChannelKind {
	case placement.Print:
		where = append(where, in.input("edition", "text", false), in.input("page", "text", false))
	case placement.Radio, placement.TV:
		where = append(where, in.input("slot", "text", false))
	case placement.Online, placement.Social, placement.Outdoor:
	}
	label := in.choice("label_present", false, []option{{Value: "", Label: in.T("word.unanswered")}, {Value: "yes", Label: in.T("word.yes")}, {Value: "no", Label: in.T("word.no")}})
	label.Help = in.T("placement.help.label")
	where = append(where, label)
	var figures []field
	for _, name := range placement.MetricNames() {
		f := in.input("metrics."+name, "number", false)
		f.Label = in.T("metric." + name)
		figures = append(figures, f)
	}
	title := in.input("title", "text", true)
	title.Wide = true
	return formPage{heading: heading{Title: in.T("placement.record"), Subtitle: p.Title + " · " + p.Channel, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action: here + "/publication", Back: here, Guard: true, Hidden: []box{version64(p.Version)},
		Groups: []group{{Title: in.T("placement.group.plan"), Fields: []field{title, in.input("scheduled_on", "date", true)}},
			{Title: in.T("placement.publication"), Fields: where}, {Title: in.T("field.metrics"), Help: in.T("placement.help.metrics"), Fields: figures}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}}}
}

func publicationValues(in reader, p placement.Placement) func(string) string {
	values := map[string]string{"title": p.Title, "scheduled_on": p.ScheduledOn.String(), "published_on": p.PublishedOn.String(), "url": p.URL,
		"edition": p.Edition, "page": p.Page, "slot": p.Slot}
	if p.LabelPresent != nil {
		values["label_present"] = map[bool]string{true: "yes", false: "no"}[*p.LabelPresent]
	}
	for name, n := range p.Metrics {
		values["metrics."+name] = in.Number(n)
	}
	return func(name string) string { return values[name] }
}

func publicationTyped(t *typed) (placement.Entry, error) {
	e := placement.Entry{ScheduledOn: t.date("scheduled_on"), Title: t.text("title"), PublishedOn: t.date("published_on"), URL: t.text("url"),
		Edition: t.text("edition"), Page: t.text("page"), Slot: t.text("slot"), Metrics: placement.Metrics{}}
	if answer := t.text("label_present"); answer != "" {
		present := answer == "yes"
		e.LabelPresent = &present
	}
	for _, name := range placement.MetricNames() {
		if t.text("metrics."+name) != "" {
			e.Metrics[name] = t.whole("metrics." + name)
		}
	}
	return e, t.wrong.Err()
}

func (w *Web) askPublication(r *request) (answer, error) {
	p, _, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	form := publicationForm(r.reader, p)
	form.fill(publicationValues(r.reader, p))
	return show(form)
}

func (w *Web) recordPublication(r *request) (answer, error) {
	p, _, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	e, err := publicationTyped(r.typed())
	if err == nil {
		_, err = w.services.Placements.Enter(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), func(placement.Entry) (placement.Entry, error) { return e, nil })
	}
	if err != nil {
		p.Version = r.seen()
		return r.refused(publicationForm(r.reader, p), err)
	}
	return done(r.path("placements", p.ID.String()), "flash.saved", "what", e.Title)
}

// proofForm adds a file as evidence, with a look at it before it is sent.
func proofForm(in reader, p placement.Placement) formPage {
	captured := in.input("captured_at", "datetime-local", false)
	captured.Help = in.T("placement.help.captured")
	upload := in.upload("file", true, evidence)
	upload.Wide = true
	return formPage{Action: in.path("placements", p.ID.String(), "proofs"), Multipart: true,
		Groups: []group{{Fields: []field{in.choice("kind", true, in.options("proof.kind", "screenshot", "page_scan", "recording", "photo", "log", "other")),
			in.choice("origin", true, in.options("proof.origin", "vendor", "staff")), captured, upload}}},
		Buttons: []button{{Label: in.T("placement.prove"), Main: true, Icon: "upload"}}}
}

func (w *Web) addProof(r *request) (answer, error) {
	p, proofs, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	if err = w.prove(r, p.ID); err == nil {
		return done(r.path("placements", p.ID.String())+"#proofs", "flash.proved")
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	page := placementRecord(r.reader, p, proofs)
	form := page.Parts[len(page.Parts)-1].Form
	if form == nil {
		return answer{}, err
	}
	form.fill(r.typed().get)
	form.mark(r.reader, f)
	return again(page, f)
}

func (w *Web) prove(r *request, id uuid.UUID) error {
	t := r.typed()
	e := placement.Evidence{Kind: placement.ProofKind(t.text("kind")), Origin: placement.Origin(t.text("origin")), CapturedAt: t.moment("captured_at")}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	header, body, err := r.sent("file")
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	e.File = file.Sent{Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body), Purpose: file.Proof}
	_, err = w.services.Proofs.Add(r.ctx(), r.Actor, r.Agency.Code, id, e)
	return err
}

// judgeForm is the decision on a placement: the claim beside its proofs, large.
func judgeForm(in reader, p placement.Placement, proofs []placement.Proof) formPage {
	here := in.path("placements", p.ID.String())
	reason := in.input("reason", "textarea", false)
	reason.Wide, reason.Help = true, in.T("placement.help.reject")
	buttons := []button{{Label: in.T("placement.verify"), Name: "verb", Value: "verify", Main: true, Icon: "check", Key: "s"}}
	if p.Status == placement.Verified {
		buttons = nil
	}
	return formPage{heading: heading{Title: in.T("placement.decide.title"), Subtitle: p.Title, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action: here + "/decide", Back: here, Hidden: []box{version64(p.Version)}, Facts: in.publication(p), Images: in.proofs(p, proofs),
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: append(buttons, button{Label: in.T("placement.reject"), Name: "verb", Value: "reject", Danger: true, Icon: "x", Key: "t"})}
}

func (w *Web) askJudgement(r *request) (answer, error) {
	p, proofs, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(judgeForm(r.reader, p, proofs))
}

func (w *Web) judge(r *request) (answer, error) {
	p, proofs, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	verb := r.c.FormValue("verb")
	switch verb {
	case "verify":
		_, err = w.services.Placements.Verify(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected())
	case "reject":
		_, err = w.services.Placements.Reject(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), r.c.FormValue("reason"))
	default:
		return answer{}, fault.Missing()
	}
	if err != nil {
		return r.refused(judgeForm(r.reader, p, proofs), err)
	}
	next, err := w.nextToJudge(r)
	if err != nil {
		return answer{}, err
	}
	return done(next, "flash.placement."+verb, "title", p.Title)
}

// nextToJudge is the oldest publication that the reader may decide on, else the list.
func (w *Web) nextToJudge(r *request) (string, error) {
	q := listing.Query{Limit: 20, Sort: []listing.Key{{Field: "published_on"}}}.Where("status", string(placement.Published))
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	for _, p := range page.Items {
		if r.judges(p) {
			return r.path("placements", p.ID.String(), "decide"), err
		}
	}
	return r.path("placements"), err
}

// cancelForm gives a placement up.
func cancelForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{heading: heading{Title: in.T("placement.cancel.title"), Subtitle: p.Title, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action: here + "/cancel", Back: here, Intro: in.T("placement.cancel.intro"), Hidden: []box{version64(p.Version)}, Facts: in.publication(p),
		Groups: []group{{Fields: []field{reason}}}, Buttons: []button{{Label: in.T("placement.cancel"), Danger: true, Icon: "ban"}}}
}

func (w *Web) askCancel(r *request) (answer, error) {
	p, _, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(cancelForm(r.reader, p))
}

func (w *Web) cancelPlacement(r *request) (answer, error) {
	p, _, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	if _, err = w.services.Placements.Cancel(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), r.c.FormValue("reason")); err != nil {
		return r.refused(cancelForm(r.reader, p), err)
	}
	return done(r.path("placements", p.ID.String()), "flash.placement.cancel", "title", p.Title)
}

// openProof shows the file of a proof.
func (w *Web) openProof(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	proof, err := r.id("below")
	if err != nil {
		return answer{}, err
	}
	f, body, err := w.services.Proofs.Open(r.ctx(), r.Actor, r.Agency.Code, id, proof)
	if err != nil {
		return answer{}, err
	}
	return answer{sent: true}, stream(r.c, f.MediaType, f.Filename, f.Size, body)
}
