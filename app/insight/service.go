package insight

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/registry"
)

// Service is what people do with figures.
type Service struct {
	write  access.Transactor[Store]
	read   access.Reader[Lists]
	files  Files
	reader price.Reader
	now    func() time.Time
	place  *time.Location
}

// NewService makes the service over its storage; reader takes exports apart. now and place are the office's clock and
// calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], files Files, reader price.Reader, now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, files, reader, now, place}
}

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

// reasonMax bounds why a reading or an import is void, in characters.
const reasonMax = 2000

// Enter enters a reading of a placement's figures; it lays them over the placement's own. Faults: Forbidden, NotFound,
// wrong_state unless it is published, Invalid by field.
func (s *Service) Enter(ctx context.Context, actor access.Actor, agency string, placement uuid.UUID, f Form) (i Insight, err error) {
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		found, err := tx.HoldSubjects(ctx, ag.ID, []uuid.UUID{placement})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.Missing()
		}
		known, err := tx.InsightsOf(ctx, []uuid.UUID{placement})
		if err != nil {
			return nil, err
		}
		if i, err = found[0].Read(f, known, s.today()); err != nil {
			return nil, err
		}
		if i.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		i.CreatedBy = actor.User
		if err := tx.AddInsights(ctx, []Insight{i}); err != nil {
			return nil, err
		}
		i, err = tx.Insight(ctx, placement, i.ID)
		return i, err
	})
	return i, err
}

// Void takes a reading out that was entered wrongly, with a reason. Faults: Forbidden, NotFound, stale, wrong_state,
// Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID, expected *int64, reason string) (i Insight, err error) {
	reason = strings.TrimSpace(reason)
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		if found, err := tx.HoldSubjects(ctx, ag.ID, []uuid.UUID{placement}); err != nil || len(found) == 0 {
			return nil, firstOf(err, fault.Missing())
		}
		if i, err = tx.Insight(ctx, placement, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, i.Version); err != nil {
			return nil, err
		}
		if i.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		if err := checkReason(reason); err != nil {
			return nil, err
		}
		if err := tx.VoidInsights(ctx, Voiding{ID: id, By: actor.User, Reason: reason}); err != nil {
			return nil, err
		}
		i, err = tx.Insight(ctx, placement, id)
		return i, err
	})
	return i, err
}

// Voiding says which readings are void: one, or all of an import.
type Voiding struct {
	ID     uuid.UUID
	Import uuid.UUID
	By     uuid.UUID
	Reason string
}

// VoidImport takes an import back with all of its readings, with a reason. Faults: as Void.
func (s *Service) VoidImport(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (out Import, err error) {
	reason = strings.TrimSpace(reason)
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		if out, err = tx.Import(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, out.Version); err != nil {
			return nil, err
		}
		if out.Status == Voided {
			return nil, fault.WrongState(string(out.Status), "void")
		}
		if err := checkReason(reason); err != nil {
			return nil, err
		}
		if err := tx.VoidInsights(ctx, Voiding{Import: id, By: actor.User, Reason: reason}); err != nil {
			return nil, err
		}
		out.Status, out.VoidedBy, out.VoidReason = Voided, uuid.NullUUID{UUID: actor.User, Valid: true}, reason
		if err := tx.SaveImport(ctx, out); err != nil {
			return nil, err
		}
		out, err = tx.Import(ctx, ag.ID, id)
		return out, err
	})
	return out, err
}

func checkReason(reason string) error {
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	return wrong.Err()
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Get gives one reading of a placement.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (i Insight, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.InsightSubject(ctx, agency, placement); err != nil {
			return err
		}
		i, err = tx.Insight(ctx, placement, id)
		return err
	})
	return i, err
}

// List lists the readings of a placement, void ones too, the latest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, placement uuid.UUID, q listing.Query) (page listing.Page[Insight], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.InsightSubject(ctx, agency, placement); err != nil {
			return err
		}
		page, err = tx.Insights(ctx, placement, q)
		return err
	})
	return page, err
}

// reading runs fn for somebody who may read the agency's affairs.
func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
