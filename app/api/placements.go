package api

import (
	"errors"
	"io"
	"reflect"
	"time"

	"github.com/gofiber/fiber/v2"

	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/placement"
)

func (a *API) mountPlacements() {
	const tag, path = "Placements", "/agencies/{agency}/placements"
	create(a, path, tag, "Plan one unit of a deliverable", func(c call, body placement.Plan) (placement.Placement, error) {
		return a.Placements.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List placements", func(c call, q listing.Query) (listing.Page[placement.Placement], error) {
		return a.Placements.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A placement", func(c call) (placement.Placement, error) {
		return a.Placements.Get(c.ctx, c.actor, c.agency, c.id)
	})
	patch(a, path+"/{id}", tag, "Enter what is known; a day of publication publishes", func(c call, change func(placement.Entry) (placement.Entry, error)) (placement.Placement, error) {
		return a.Placements.Enter(c.ctx, c.actor, c.agency, c.id, c.expected, change)
	})
	get(a, path+"/{id}/assessment", tag, "Where its evidence was seen before, and which rules its proof does not meet", func(c call) (placement.Assessment, error) {
		return a.Placements.Assessment(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/verify", tag, "Verify the proof; not by who entered the placement or a proof", func(c call, _ none) (placement.Placement, error) {
		return a.Placements.Verify(c.ctx, c.actor, c.agency, c.id, c.expected)
	})
	act(a, path+"/{id}/reject", tag, "Send back, with a reason", func(c call, body remark) (placement.Placement, error) {
		return a.Placements.Reject(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	act(a, path+"/{id}/cancel", tag, "Cancel, with a reason: the unit can be placed anew", func(c call, body remark) (placement.Placement, error) {
		return a.Placements.Cancel(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	a.mountProofs(path + "/{id}/proofs")
	a.mountCaptures(path + "/{id}/captures")
	a.mountLive(path + "/{id}/live-checks")
}

// proofForm is the form of a proof on its way in.
type proofForm struct {
	File       string           `json:"file" format:"binary"`
	Kind       string           `json:"kind" enum:"screenshot,page_scan,recording,photo,log,other"`
	Origin     placement.Origin `json:"origin" enum:"vendor,staff"`
	CapturedAt *time.Time       `json:"captured_at,omitempty"`
}

func (a *API) mountProofs(path string) {
	const tag = "Proofs"
	upload[proofForm](a, path, tag, "Add a proof of publication", func(c call) (f placement.Proof, err error) {
		form, err := a.readForm(c.http, "kind", "origin", "captured_at")
		if err != nil {
			return f, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		e, err := evidence(form)
		if err != nil {
			return f, err
		}
		return a.Proofs.Add(c.ctx, c.actor, c.agency, c.id, e)
	})
	list(a, path, tag, "List the proofs of a placement", func(c call, q listing.Query) (listing.Page[placement.Proof], error) {
		return a.Proofs.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/{sub}", tag, "A proof", func(c call) (placement.Proof, error) {
		return a.Proofs.Get(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	download(a, path+"/{sub}/thumbnail", tag, "A small picture made from a proof; not evidence", func(c call) (file.File, io.ReadCloser, error) {
		return a.Proofs.Thumbnail(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	download(a, path+"/{sub}/file", tag, "The file of a proof", func(c call) (file.File, io.ReadCloser, error) {
		return a.Proofs.Open(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
}

func evidence(f form) (placement.Evidence, error) {
	e := placement.Evidence{Kind: placement.ProofKind(f.values["kind"]), Origin: placement.Origin(f.values["origin"]), File: f.sent}
	text := f.values["captured_at"]
	if text == "" {
		return e, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		var wrong fault.Fields
		wrong.AddWith("/captured_at", "not_readable", fault.Args{"type": "timestamptz"})
		return e, wrong.Err()
	}
	at = at.UTC()
	e.CapturedAt = &at
	return e, nil
}

func (a *API) mountCaptures(path string) {
	const tag = "Captures"
	a.document(route{"POST", path, tag, "Have the placement's page opened and kept; not to be verified by who asks", 202}, nil, reflect.TypeFor[capture.Capture]())
	a.post(path, fiber.StatusAccepted, func(c *fiber.Ctx) (any, error) {
		cl := a.read(c)
		if cl.err != nil {
			return nil, cl.err
		}
		return a.Captures.Ask(cl.call.ctx, cl.call.actor, cl.call.agency, cl.call.id, cl.call.expected)
	})
	list(a, path, tag, "List the captures of a placement, newest first", func(c call, q listing.Query) (listing.Page[capture.Capture], error) {
		return a.Captures.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/{sub}", tag, "A capture: how far it is, and what the page said", func(c call) (capture.Capture, error) {
		return a.Captures.Get(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	download(a, path+"/{sub}/bundle", tag, "The sealed bundle of a capture: manifest, picture and page", func(c call) (file.File, io.ReadCloser, error) {
		return a.Captures.Open(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
}
