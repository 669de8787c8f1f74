package web

import (
	"bufio"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/airing"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/placement"
)

func (w *Web) airingLogs(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Airings.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(airingLogList(r.reader, q, page))
}

func (w *Web) newLog(r *request) (answer, error) {
	frames, err := w.services.Airings.Frames(r.ctx(), r.Actor, r.Agency.Code)
	if err != nil {
		return answer{}, err
	}
	return show(logForm(r.reader, frames, r.c.Query("agreement_id")))
}

// bringLog keeps a log and shows what it tells.
func (w *Web) bringLog(r *request) (answer, error) {
	frames, err := w.services.Airings.Frames(r.ctx(), r.Actor, r.Agency.Code)
	if err != nil {
		return answer{}, err
	}
	var found airing.Log
	if found, err = w.stageLog(r); err != nil {
		return r.refused(logForm(r.reader, frames, ""), err)
	}
	if found.Repeated {
		return done(r.path("airing-logs", found.ID.String()), "flash.import_repeated", "what", found.Filename)
	}
	return answer{location: r.path("airing-logs", found.ID.String())}, nil
}

func (w *Web) stageLog(r *request) (airing.Log, error) {
	t := r.typed()
	agreement, outlet, _ := strings.Cut(t.text("target"), " ")
	in := airing.Sending{Origin: placement.Origin(t.text("origin"))}
	in.AgreementID, _ = uuid.Parse(agreement)
	in.OutletID, _ = uuid.Parse(outlet)
	if err := t.wrong.Err(); err != nil {
		return airing.Log{}, err
	}
	header, body, err := r.sent()
	if err != nil {
		return airing.Log{}, err
	}
	defer func() { _ = body.Close() }()
	in.File = file.Sent{Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body)}
	return w.services.Airings.Stage(r.ctx(), r.Actor, r.Agency.Code, in)
}

func (w *Web) logOf(r *request) (airing.Log, error) {
	id, err := r.id("id")
	if err != nil {
		return airing.Log{}, err
	}
	return w.services.Airings.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) airingLog(r *request) (answer, error) {
	l, err := w.logOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, logRecord(r.reader, l), l.ID)
}

// logDeed does something to a log and shows it anew, with what is wrong on top when it is refused.
func (w *Web) logDeed(flash string, do func(r *request, id uuid.UUID) (airing.Log, error)) handler {
	return func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		l, err := do(r, id)
		if err == nil {
			return done(r.path("airing-logs", id.String()), flash, "n", r.Number(l.Confirmed), "rows", r.Number(l.RowCount))
		}
		f, ok := isFault(err)
		if !ok || f.Kind == fault.NotFound || f.Kind == fault.Forbidden {
			return answer{}, err
		}
		if l, err = w.logOf(r); err != nil {
			return answer{}, err
		}
		page := formPage{heading: heading{Title: r.T("airing.of", "outlet", l.OutletName), Subtitle: l.Filename, Crumbs: []link{r.placementCrumb(), r.logCrumb()}}, Back: r.path("airing-logs", id.String())}
		page.mark(r.reader, f)
		return again(page, f)
	}
}

func (w *Web) askVoidLog(r *request) (answer, error) {
	l, err := w.logOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(voidLogForm(r.reader, l))
}

func (w *Web) voidLog(r *request) (answer, error) {
	l, err := w.logOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Airings.Void(r.ctx(), r.Actor, r.Agency.Code, l.ID, r.expected(), reason)
	}
	if err != nil {
		l.Version = r.version(err, l.Version)
		return r.refused(voidLogForm(r.reader, l), err)
	}
	return done(r.path("airing-logs", l.ID.String()), "flash.import_void", "what", l.Filename)
}

func (w *Web) airingRoutes(get, post route) {
	s := w.services
	get("/airing-logs", w.airingLogs)
	get("/airing-logs/new", may(access.PlacementWrite, w.newLog))
	post("/airing-logs", w.bringLog)
	get("/airing-logs/:id", w.airingLog)
	post("/airing-logs/:id/commit", w.logDeed("flash.log_taken", func(r *request, id uuid.UUID) (airing.Log, error) {
		return s.Airings.Commit(r.ctx(), r.Actor, r.Agency.Code, id, r.expected())
	}))
	post("/airing-logs/:id/confirm", w.logDeed("flash.log_confirmed", func(r *request, id uuid.UUID) (airing.Log, error) {
		picked := ids(r.all("airing_ids"))
		if len(picked) == 0 {
			return airing.Log{}, fault.Fields{{Pointer: "/airing_ids", Code: "required"}}.Err()
		}
		return s.Airings.Confirm(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), picked)
	}))
	post("/airing-logs/:id/unmatch", w.logDeed("flash.log_unmatched", func(r *request, id uuid.UUID) (airing.Log, error) {
		return s.Airings.Unmatch(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), ids(r.all("airing_ids")))
	}))
	post("/airing-logs/:id/match", w.logDeed("flash.log_confirmed", func(r *request, id uuid.UUID) (airing.Log, error) {
		t := r.typed()
		m := airing.Matching{AiringID: t.uuid("airing_id"), PlacementID: t.uuid("placement_id")}
		if err := t.wrong.Err(); err != nil {
			return airing.Log{}, err
		}
		return s.Airings.Match(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), m)
	}))
	get("/airing-logs/:id/void", may(access.PlacementWrite, w.askVoidLog))
	post("/airing-logs/:id/void", w.voidLog)
}
