package closing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// Service is what people do with months.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage. now and place are the office's clock and calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, now, place}
}

// Ask asks for a month to be closed. Faults: Forbidden, Invalid by field, and those of Request.Period.
func (s *Service) Ask(ctx context.Context, actor access.Actor, agency string, r Request) (p Period, err error) {
	r.Reason = strings.TrimSpace(r.Reason)
	if err := readable(r.Reason); err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PeriodRequest, r.Reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PeriodRequest, agency)
		if err != nil {
			return nil, err
		}
		if err := r.Check(); err != nil {
			return nil, err
		}
		year, err := tx.YearPeriods(ctx, ag.ID, r.Month.Year())
		if err != nil {
			return nil, err
		}
		now := s.now()
		if p, err = r.Period(actor.User, now.UTC(), period.DateOf(now, s.place), year); err != nil {
			return nil, err
		}
		if p.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		p.AgencyID = ag.ID
		if err := tx.AddPeriod(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.Period(ctx, ag.ID, p.ID)
		return p, err
	})
	return p, err
}

// readable looks at a reason before it goes with the transaction.
func readable(reason string) error {
	var wrong fault.Fields
	wrong.Text("/reason", reason, false, reasonMax)
	return wrong.Err()
}

// MoveCommand asks for a verb; Reason is needed to refuse.
type MoveCommand struct {
	Verb     Verb
	Expected *int64
	Reason   string
}

// Move decides about a request or withdraws it. Faults: NotFound, stale, and those of Period.Move.
func (s *Service) Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd MoveCommand) (p Period, err error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	if err := readable(cmd.Reason); err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, cmd.Verb.right(), cmd.Reason), func(tx Store) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		if p, err = tx.Period(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, p.Version); err != nil {
			return nil, err
		}
		year, err := tx.YearPeriods(ctx, ag.ID, p.FiscalYear)
		if err != nil {
			return nil, err
		}
		if p, err = p.Move(cmd.Verb, actor, cmd.Reason, s.now().UTC(), year); err != nil {
			return nil, err
		}
		if err := tx.DecidePeriod(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.Period(ctx, ag.ID, id)
		return p, err
	})
	return p, err
}

// Get gives one request.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (p Period, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.Period(ctx, agency, id)
		return err
	})
	return p, err
}

// Year gives the requests of a fiscal year, in the order in which they were made.
func (s *Service) Year(ctx context.Context, actor access.Actor, agency string, year int) (out []Period, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		out, err = tx.YearPeriods(ctx, agency, year)
		return err
	})
	return out, err
}

// List lists requests.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Period], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Periods(ctx, agency, q)
		return err
	})
	return page, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
