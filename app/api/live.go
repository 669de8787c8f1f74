package api

import (
	"errors"
	"io"
	"reflect"

	"github.com/gofiber/fiber/v2"

	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/period"
)

// statementForm is the form of a person's word on a check.
type statementForm struct {
	File      string      `json:"file" format:"binary" doc:"the picture that shows what was seen"`
	Result    live.Result `json:"result" enum:"there,gone"`
	Statement string      `json:"statement"`
	GoneOn    period.Date `json:"gone_on,omitempty" doc:"when it was taken down, as far as is known"`
}

func (a *API) mountLive(path string) {
	const tag = "Live checks"
	a.document(route{"POST", path, tag, "Look now whether the placement's page is still there", 202}, nil, reflect.TypeFor[live.Check]())
	a.post(path, fiber.StatusAccepted, func(c *fiber.Ctx) (any, error) {
		cl := a.read(c)
		if cl.err != nil {
			return nil, cl.err
		}
		found, err := a.Live.Ask(cl.call.ctx, cl.call.actor, cl.call.agency, cl.call.id)
		if err != nil {
			return nil, a.refusal(cl.call, path, err)
		}
		return found, nil
	})
	list(a, path, tag, "List the live checks of a placement, newest first", func(c call, q listing.Query) (listing.Page[live.Check], error) {
		return a.Live.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/{sub}", tag, "A live check: how far it is, and what was found", func(c call) (live.Check, error) {
		return a.Live.Get(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	download(a, path+"/{sub}/evidence", tag, "The evidence of a live check: the sealed bundle, or the picture that a person brought", func(c call) (file.File, io.ReadCloser, error) {
		return a.Live.Open(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	uploadAs[statementForm](a, fiber.StatusOK, path+"/{sub}/state", tag, "State what one saw, where the program could not look or found nothing clear", func(c call) (found live.Check, err error) {
		form, err := a.readForm(c.http, "result", "statement", "gone_on")
		if err != nil {
			return found, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		said := live.Statement{Result: live.Result(form.values["result"]), Text: form.values["statement"]}
		if text := form.values["gone_on"]; text != "" {
			if said.GoneOn, err = period.ParseDate(text); err != nil {
				var wrong fault.Fields
				wrong.AddWith("/gone_on", "not_readable", fault.Args{"type": "date"})
				return found, wrong.Err()
			}
		}
		return a.Live.State(c.ctx, c.actor, c.agency, c.id, c.sub, c.expected, said, form.sent)
	})
}

func (a *API) mountShortfalls() {
	const checks, path = "/agencies/{agency}/live-checks", "/agencies/{agency}/shortfalls"
	list(a, checks, "Live checks", "List live checks, newest first; due=true gives those that wait for an answer", func(c call, q listing.Query) (listing.Page[live.Check], error) {
		return a.Live.All(c.ctx, c.actor, c.agency, q)
	})
	const tag = "Shortfalls"
	list(a, path, tag, "List shortfalls, newest first", func(c call, q listing.Query) (listing.Page[live.Shortfall], error) {
		return a.Live.Shortfalls(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A shortfall, with its money", func(c call) (live.Shortfall, error) {
		return a.Live.Shortfall(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/decide", tag, "Say that the money is not owed; not by who found it", func(c call, body remark) (live.Shortfall, error) {
		return a.Live.Decide(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	act(a, path+"/{id}/void", tag, "Say that there is no shortfall, with a reason; not by who found it", func(c call, body remark) (live.Shortfall, error) {
		return a.Live.Void(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	act(a, path+"/{id}/recover", tag, "Say that the money came back or was kept back", func(c call, body live.Recovery) (live.Shortfall, error) {
		return a.Live.Recover(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
}
