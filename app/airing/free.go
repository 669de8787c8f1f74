package airing

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
)

// Unmatch says that rows do not show their spots. A placement that a confirmed row had published is planned again, unless
// something else was written since. Faults: Forbidden, NotFound, stale, wrong_state, Invalid naming the row whose
// placement was verified.
func (s *Service) Unmatch(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, airings []uuid.UUID) (Log, error) {
	return s.does(ctx, actor, agency, id, expected, "", func(d *deed) error {
		if err := d.taken(ctx, "unmatch"); err != nil {
			return err
		}
		chosen, err := d.named(airings)
		if err != nil {
			return err
		}
		if len(chosen) == 0 {
			return fault.Fields{{Pointer: "/airing_ids", Code: "required"}}.Err()
		}
		return d.free(ctx, chosen)
	})
}

func (d *deed) free(ctx context.Context, chosen []*Airing) error {
	clock, err := d.clock(ctx)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	var saved []Airing
	for _, a := range chosen {
		if !a.PlacementID.Valid {
			continue
		}
		if a.ConfirmedAt != nil {
			if err := d.takeBack(ctx, *a, clock); err != nil {
				if err := a.said(err, &wrong); err != nil {
					return err
				}
				continue
			}
		}
		a.PlacementID, a.Placement, a.ConfirmedAt, a.ConfirmedBy = uuid.NullUUID{}, "", nil, uuid.NullUUID{}
		saved = append(saved, *a)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.tx.SaveShown(ctx, saved)
}

// takeBack takes day and slot off a placement that the row had given it. Fault: wrong_state once it is verified.
func (d *deed) takeBack(ctx context.Context, a Airing, clock *placement.Clock) error {
	p, err := d.tx.HoldPlacement(ctx, d.agency.ID, a.PlacementID.UUID)
	if err != nil {
		return err
	}
	if p.Status == placement.Cancelled {
		return nil
	}
	e := p.Entry()
	if e.PublishedOn == a.AiredOn && e.Slot == a.slot(d.s.zone()) && p.Status == placement.Published {
		e.PublishedOn, e.Slot = period.Date{}, ""
	}
	if p, err = p.Enter(e, d.actor.User, clock); err != nil {
		return err
	}
	return d.tx.SavePlacement(ctx, p)
}

// Void takes a log back that was brought wrongly, with a reason: none of its rows shows anything any more. Faults:
// Forbidden, NotFound, stale, wrong_state, log_used while a placement that it shows is verified, Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Log, error) {
	reason = strings.TrimSpace(reason)
	return s.does(ctx, actor, agency, id, expected, reason, func(d *deed) error {
		if d.log.Status == Voided {
			return fault.WrongState(string(d.log.Status), "void")
		}
		if err := checkReason(reason); err != nil {
			return err
		}
		var err error
		if d.rows, err = d.tx.RowsOf(ctx, d.log.ID); err != nil {
			return err
		}
		var all []*Airing
		for i := range d.rows {
			if d.rows[i].PlacementID.Valid {
				all = append(all, &d.rows[i])
			}
		}
		if err := d.free(ctx, all); err != nil {
			if f := fault.From(err); f.Kind == fault.Invalid && len(f.Fields) > 0 {
				return &fault.Error{Kind: fault.Conflict, Code: "log_used", Args: fault.Args{"count": len(f.Fields)}, Fields: f.Fields}
			}
			return err
		}
		at := d.s.now().UTC()
		d.log.Status, d.log.VoidedAt, d.log.VoidedBy, d.log.VoidReason = Voided, &at, uuid.NullUUID{UUID: actor.User, Valid: true}, reason
		return d.tx.FreeAirings(ctx, d.log.ID)
	})
}
