package web

import (
	"tayang/app/capture"
	"tayang/app/fault"
)

// captures is the part of a placement's page that shows what the program saw when it opened the page itself, and asks for
// it again.
func (in reader) captures(f placementFacts) part {
	p := part{ID: "captures", Title: in.T("capture.title"), Note: in.T("capture.note"), Table: in.captureRows(f)}
	switch {
	case !in.records(f.Placement) || f.URL == "":
	case !f.Opens:
		p.Note = in.T("capture.unavailable")
	default:
		p.Form = &formPage{
			Action: in.path("placements", f.ID.String(), "captures"), Hidden: []box{version64(f.Version)},
			Buttons: []button{{Label: in.T("capture.ask"), Icon: "eye"}},
		}
	}
	return p
}

func (in reader) captureRows(f placementFacts) *table {
	t := &table{ID: "capture-rows", Empty: empty{Text: in.T("capture.none")}, Columns: []column{
		{Label: in.T("capture.asked"), Class: "date"}, {Label: in.T("field.url")}, {Label: in.T("field.title")}, {Label: in.T("capture.answer"), Class: "num"},
		{Label: in.T("field.status")}, {Label: in.T("capture.bundle")},
	}}
	for _, c := range f.Captures {
		at, answer, bundle := c.URL, text("–"), text("–")
		if c.FinalURL != "" {
			at, answer = c.FinalURL, cell{Text: in.Number(int64(c.HTTPStatus)), Class: "num"}
		}
		state := two(in.T("capture.status."+string(c.Status)), "")
		switch c.Status {
		case capture.Running:
			state.Sub = in.T("capture.running", "progress", c.Progress, "attempt", c.Attempts)
		case capture.Failed:
			state.Sub = in.Fault(&fault.Error{Code: c.Error}, in.Agency.Currency)
		case capture.Done:
			bundle = to(c.Bundle[:min(12, len(c.Bundle))]+"…", in.path("placements", f.ID.String(), "captures", c.ID.String()))
		case capture.Queued:
		}
		t.add("", text(in.moment(c.CreatedAt)), webAddress(at), two(c.Title, c.Published), answer, state, bundle)
	}
	return t
}

func (w *Web) askCapture(r *request) (answer, error) {
	f, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	if _, err = w.services.Captures.Ask(r.ctx(), r.Actor, r.Agency.Code, f.ID, r.expected()); err == nil {
		return done(r.path("placements", f.ID.String())+"#captures", "flash.capture")
	}
	refused, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	page := placementRecord(r.reader, f)
	for i := range page.Parts {
		if form := page.Parts[i].Form; form != nil && page.Parts[i].ID == "captures" {
			form.mark(r.reader, refused)
			return again(page, refused)
		}
	}
	return answer{}, err
}

// openCapture sends the sealed bundle of a capture.
func (w *Web) openCapture(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	below, err := r.id("below")
	if err != nil {
		return answer{}, err
	}
	f, body, err := w.services.Captures.Open(r.lasting(), r.Actor, r.Agency.Code, id, below)
	if err != nil {
		return answer{}, err
	}
	return answer{sent: true}, stream(r.c, f.MediaType, f.Filename, f.Size, body)
}
