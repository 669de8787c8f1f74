package placement

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// MakeGood is what a placement stands in for: one of the same deliverable that failed, whose unit it fills at the same price.
type MakeGood struct {
	MakeGoodFor    uuid.NullUUID `json:"make_good_for" db:"make_good_for" required:"false" doc:"the placement that failed; it is cancelled with this one's planning"`
	MakeGoodReason string        `json:"make_good_reason" db:"make_good_reason" required:"false" doc:"why that one failed"`
}

// check wants a reason with what failed, and only then.
func (m MakeGood) check(wrong *fault.Fields) {
	if m.MakeGoodFor.Valid {
		wrong.Text("/make_good_reason", m.MakeGoodReason, true, ReasonMax)
	} else if strings.TrimSpace(m.MakeGoodReason) != "" {
		wrong.Add("/make_good_for", "required")
	}
}

// StandIn is the placement that a make-good of the deliverable stands in for, as it is afterwards: cancelled, so that its unit
// is free. What was verified is turned down by a verifier first; what was taken over or paid keeps its unit. Faults:
// wrong_state at /make_good_for, Invalid by field.
func (p Placement) StandIn(deliverable uuid.UUID, reason string) (Placement, error) {
	if p.DeliverableID != deliverable || p.Carried {
		var wrong fault.Fields
		wrong.Add("/make_good_for", "make_good_other")
		return p, wrong.Err()
	}
	if p.Status == Cancelled {
		return p, nil
	}
	if !p.in(Planned, Published, Rejected) {
		refusal := fault.WrongState(string(p.Status), "make_good")
		refusal.Fields = fault.Fields{{Pointer: "/make_good_for", Code: "wrong_state", Args: fault.Args{"status": string(p.Status), "verb": "make_good"}}}
		return p, refusal
	}
	return p.end(Cancelled, reason)
}

// Replacing frees units, so that others fill them.
type Replacing interface {
	// ReturnUnit gives the deliverable the unit of a cancelled placement back.
	ReturnUnit(ctx context.Context, p Placement) error
	// HoldReplaced is HoldPlacement for what a make-good stands in for; Invalid at /make_good_for when the agency has none of
	// that id.
	HoldReplaced(ctx context.Context, agency, id uuid.UUID) (Placement, error)
}

// standIn frees the unit of the placement that failed. Faults: as StandIn; Invalid at /make_good_for when the agency has none
// of that id.
func (s *Service) standIn(ctx context.Context, tx Store, agency uuid.UUID, n Plan) error {
	failed, err := tx.HoldReplaced(ctx, agency, n.MakeGoodFor.UUID)
	if err != nil {
		return err
	}
	next, err := failed.StandIn(n.DeliverableID, n.MakeGoodReason)
	if err != nil || failed.Status == Cancelled {
		return err
	}
	return s.save(ctx, tx, failed, next)
}
