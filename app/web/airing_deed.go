package web

import (
	"bufio"
	"slices"
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
		l, errFound := w.logOf(r)
		if errFound != nil {
			return answer{}, errFound
		}
		return r.refusedPart(logRecord(r.reader, l), err)
	}
}

// refusedPart shows a record once more with the form of it that was sent: what was typed, and what is wrong with it.
func (r *request) refusedPart(p recordPage, err error) (answer, error) {
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	for i := range p.Parts {
		form := p.Parts[i].Form
		if form == nil || form.Action != r.c.Path() {
			continue
		}
		for n := range form.Hidden {
			if form.Hidden[n].Name == "version" && f.Kind != fault.Stale {
				form.Hidden[n] = version64(r.seen())
			}
		}
		picked := r.all("airing_ids")
		for t := range form.Tables {
			for n := range form.Tables[t].Rows {
				if check := form.Tables[t].Rows[n].Check; check != nil {
					check.Checked = slices.Contains(picked, check.Value)
				}
			}
		}
		form.fill(r.typed().get)
		form.mark(r.reader, f)
		return again(p, f)
	}
	return answer{}, err
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
