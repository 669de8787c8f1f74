package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/placement"
)

// planForm plans placements of an agreement: one row each.
func planForm(in reader, a agreement.Agreement, rows int) formPage {
	here := in.path("agreements", a.ID.String())
	g := &grid{ID: "items", Title: in.T("nav.placements"), Add: in.T("placement.add"), Columns: []column{
		{Label: in.T("field.deliverable_id")},
		{Label: in.T("field.title")},
		{Label: in.T("field.scheduled_on")},
	}}
	for i := range rows {
		at := "placements." + strconv.Itoa(i) + "."
		of := in.choice(at+"deliverable_id", true, nil)
		for _, d := range a.Deliverables {
			left := in.T("placement.left", "n", d.Quantity-d.Placed)
			of.Options = append(of.Options, option{Value: d.ID.String(), Label: d.Product + " · " + in.channelName(d.Channel) + " — " + left})
		}
		g.Rows = append(g.Rows, gridRow{Fields: []field{of, in.input(at+"title", "text", true), in.input(at+"scheduled_on", "date", true)}})
	}
	return formPage{
		heading: heading{Title: in.T("placement.enter"), Subtitle: a.Number + " · " + a.Title, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/placements", Back: here, Guard: true, Grid: g,
		Intro:   in.T("placement.plan.intro", "from", in.date(a.StartDate), "to", in.date(a.EndDate)),
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
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
		if of := func(d agreement.Deliverable) bool { return d.ID == plan.DeliverableID }; plan.DeliverableID != uuid.Nil && !slices.ContainsFunc(a.Deliverables, of) {
			t.wrong.Add(pointer(at+"deliverable_id"), "other_agreement")
		}
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
