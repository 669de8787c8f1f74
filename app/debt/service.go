package debt

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people do at the end of a year.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	now   func() time.Time
}

// NewService makes the service over its storage; now is the office's clock.
func NewService(write access.Transactor[Store], read access.Reader[Lists], now func() time.Time) *Service {
	return &Service{write, read, now}
}

// Propose enters a recognition of debt. Faults: Forbidden, Invalid by field, duplicate, and those of Form.Recognition.
func (s *Service) Propose(ctx context.Context, actor access.Actor, agency string, f Form) (r Recognition, err error) {
	f = f.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.DebtWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.DebtWrite, agency)
		if err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		standing, to, err := around(ctx, tx, ag.ID, f.AgreementID, f.Lines)
		if err != nil {
			return nil, err
		}
		if r, err = f.Recognition(standing, to); err != nil {
			return nil, err
		}
		if r.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		r.CreatedAt, r.CreatedBy = s.now().UTC(), actor.User
		if err := tx.AddDebt(ctx, r); err != nil {
			return nil, err
		}
		r, err = tx.Debt(ctx, ag.ID, r.ID)
		return r, err
	})
	return r, err
}

func around(ctx context.Context, tx Store, agency, agreement uuid.UUID, lines []Line) (s Standing, to map[uuid.UUID]budget.Line, err error) {
	if s, err = tx.Standing(ctx, agency, agreement); err != nil {
		return s, nil, err
	}
	ids := make([]uuid.UUID, len(lines))
	for i, l := range lines {
		ids[i] = l.ToLine
	}
	to, err = tx.LinesNamed(ctx, agency, ids)
	return s, to, err
}

// MoveCommand asks for a verb; Reason is needed to refuse.
type MoveCommand struct {
	Verb     Verb
	Expected *int64
	Reason   string
}

// Move decides about a recognition or withdraws it; approval carries the debt over. Faults: NotFound, stale, those of
// Recognition.Move, budget_exceeded when the new year's line has less, period_closed.
func (s *Service) Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd MoveCommand) (r Recognition, err error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	var wrong fault.Fields
	wrong.Text("/reason", cmd.Reason, false, reasonMax)
	if err := wrong.Err(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, cmd.Verb.right(), cmd.Reason), func(tx Store) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		if r, err = tx.Debt(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, r.Version); err != nil {
			return nil, err
		}
		if err := s.move(ctx, tx, actor, r, cmd); err != nil {
			return nil, err
		}
		r, err = tx.Debt(ctx, ag.ID, id)
		return r, err
	})
	return r, err
}

func (s *Service) move(ctx context.Context, tx Store, actor access.Actor, r Recognition, cmd MoveCommand) error {
	var standing Standing
	var to map[uuid.UUID]budget.Line
	if cmd.Verb == Approve {
		var err error
		if standing, to, err = around(ctx, tx, r.AgencyID, r.AgreementID, r.Lines); err != nil {
			return err
		}
	}
	r, moves, err := r.Move(cmd.Verb, actor, cmd.Reason, s.now().UTC(), standing, to)
	if err != nil {
		return err
	}
	if err := tx.Post(ctx, r.AgencyID, moves); err != nil {
		return err
	}
	if r.Status == Approved {
		if err := tx.CarryOver(ctx, r); err != nil {
			return err
		}
	}
	return tx.DecideDebt(ctx, r)
}

// Get gives one recognition with its lines.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (r Recognition, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		r, err = tx.Debt(ctx, agency, id)
		return err
	})
	return r, err
}

// List lists recognitions without their lines.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Recognition], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Debts(ctx, agency, q)
		return err
	})
	return page, err
}

// Owed gives what is owed under an agreement of the agency, by budget line.
func (s *Service) Owed(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) (out []Owed, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, _ uuid.UUID) error {
		out, err = tx.OwedUnder(ctx, agreement)
		return err
	})
	return out, err
}

// Open lists the agreements that still bind money, by the year whose budget is bound.
func (s *Service) Open(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Open], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.OpenCommitments(ctx, agency, q)
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
