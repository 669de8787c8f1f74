package web

import (
	"slices"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/period"
	"tayang/app/trail"
)

// wholeMax is how many events an agreement shows: all of one that people wrote by hand.
const wholeMax = 300

// withWhole ends an agreement's record with its whole history: each event with the system's time, its number and seal, and
// beside them the date that the document itself carries, so that what was written back shows.
func (in reader) withWhole(p recordPage, a agreement.Agreement, r trail.Reading) recordPage {
	next := r.Next
	r.Events = trail.Fold(r.Events)
	events := in.events(r)
	for i, e := range r.Events {
		events[i].Seal = in.sealed(r.Seals, e.Seq)
		events[i].Legal, events[i].Late = in.legal(a, e)
	}
	h, note := &history{Events: events}, in.T("trail.history.whole")
	if in.Agency.Code != "" && in.can(access.Read) {
		h.More = in.path("trail") + "?record=" + a.ID.String()
	}
	if next != nil {
		note += " " + in.T("trail.history.newest", "n", wholeMax)
	}
	p.Parts = append(slices.Clip(p.Parts), part{ID: "history", Title: in.T("trail.history"), Note: note, History: h})
	return p
}

func (in reader) sealed(seals trail.Seals, seq int64) string {
	s, ok := seals[seq]
	if !ok {
		return in.T("trail.history.unsealed")
	}
	return in.T("trail.history.sealed", "size", in.Number(s.Size), "time", in.teller(nil).Moment(s.SealedAt))
}

// legal is the date that the document of the event carries, and whether the event came after it: of a decision the order's.
func (in reader) legal(a agreement.Agreement, e trail.Event) (words string, late bool) {
	column := map[string]string{"agreement": "order_date", "amendment": "date", "acceptance": "date"}[e.Table]
	date := a.OrderDate
	switch {
	case column != "":
		said, _ := e.Image()[column].(string)
		parsed, err := period.ParseDate(said)
		if err != nil {
			return "", false
		}
		date = parsed
	case e.Table == "agreement_approval":
		column = "order_date"
	default:
		return "", false
	}
	days := period.DateOf(e.RecordedAt, in.Place).Sub(date)
	key := "trail.history.legal"
	if late = days > 0; late {
		key = "trail.history.late"
	}
	return in.T(key, "what", in.T("field."+column), "date", in.date(date), "days", days), late
}

// wholeRecord shows an agreement with its whole history.
func (w *Web) wholeRecord(r *request, p recordPage, a agreement.Agreement) (answer, error) {
	read, err := w.services.Trail.History(r.ctx(), r.Actor, r.Agency.Code, a.ID.String(), wholeMax)
	if err != nil {
		return answer{}, err
	}
	return show(r.withWhole(p, a, read))
}
