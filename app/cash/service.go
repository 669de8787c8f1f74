package cash

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people do with cash plans.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Store], read access.Reader[Lists]) *Service {
	return &Service{write, read}
}

// Create enters a plan as a draft. Faults: Forbidden, Invalid by field, duplicate (its number).
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, cmd Command) (p Plan, err error) {
	cmd = cmd.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.CashWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.CashWrite, agency)
		if err != nil {
			return nil, err
		}
		if err := fit(ctx, tx, ag.ID, cmd); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.InsertCashPlan(ctx, cmd.put(Plan{ID: id, AgencyID: ag.ID, Status: Draft, CreatedBy: actor.User, Version: 1})); err != nil {
			return nil, err
		}
		p, err = tx.CashPlan(ctx, ag.ID, id)
		return p, err
	})
	return p, err
}

func fit(ctx context.Context, tx Store, agency uuid.UUID, cmd Command) error {
	if err := cmd.Check(); err != nil {
		return err
	}
	lines, _, err := tx.YearLines(ctx, agency, cmd.FiscalYear)
	if err != nil {
		return err
	}
	return cmd.Fit(lines)
}

// Rewrite replaces the content of a draft. Faults: as Create, and stale, wrong_state.
func (s *Service) Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(Command) (Command, error)) (p Plan, err error) {
	err = s.write(ctx, actor.Does(ctx, access.CashWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.CashWrite, agency)
		if err != nil {
			return nil, err
		}
		if p, err = tx.CashPlan(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, p.Version); err != nil {
			return nil, err
		}
		if p.Status != Draft {
			return nil, fault.WrongState(string(p.Status), "edit")
		}
		cmd, err := change(p.Command())
		if err != nil {
			return nil, err
		}
		cmd = cmd.Trimmed()
		if err := fit(ctx, tx, ag.ID, cmd); err != nil {
			return nil, err
		}
		if err := tx.RewriteCashPlan(ctx, cmd.put(p)); err != nil {
			return nil, err
		}
		p, err = tx.CashPlan(ctx, ag.ID, id)
		return p, err
	})
	return p, err
}

// Lock puts a draft in force. expected, when given, is the version that the caller has seen. Faults: Forbidden, stale,
// those of Plan.Lock, and then segregation_of_duties for who wrote it.
func (s *Service) Lock(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (p Plan, err error) {
	err = s.write(ctx, actor.Does(ctx, access.CashLock, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.CashLock, agency)
		if err != nil {
			return nil, err
		}
		if p, err = tx.CashPlan(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, p.Version); err != nil {
			return nil, err
		}
		if err := enforce(ctx, tx, actor, p); err != nil {
			return nil, err
		}
		p, err = tx.CashPlan(ctx, ag.ID, id)
		return p, err
	})
	return p, err
}

func enforce(ctx context.Context, tx Store, actor access.Actor, p Plan) error {
	lines, _, err := tx.YearLines(ctx, p.AgencyID, p.FiscalYear)
	if err != nil {
		return err
	}
	inForce, err := tx.CashInForce(ctx, p.AgencyID, p.FiscalYear)
	if err != nil {
		return err
	}
	if err := p.Lock(inForce, lines); err != nil {
		return err
	}
	if err := p.Apart(actor); err != nil {
		return err
	}
	return tx.LockCashPlan(ctx, p)
}

// Get gives one plan with its lines.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (p Plan, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.CashPlan(ctx, agency, id)
		return err
	})
	return p, err
}

// List lists plans without their lines.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Plan], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.CashPlans(ctx, agency, q)
		return err
	})
	return page, err
}

// InForce gives the amounts in force of a fiscal year.
func (s *Service) InForce(ctx context.Context, actor access.Actor, agency string, year int) (out []Line, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		out, err = tx.CashInForce(ctx, agency, year)
		return err
	})
	return out, err
}

// Outlook gives the year of a budget line in cash; NotFound when the agency has no such line.
func (s *Service) Outlook(ctx context.Context, actor access.Actor, agency string, line uuid.UUID) (o Outlook, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		l, err := tx.BudgetLine(ctx, agency, line)
		if err != nil {
			return err
		}
		months, planned, err := tx.CashMonths(ctx, agency, l.ID)
		o = NewOutlook(l.ID, planned, months)
		return err
	})
	return o, err
}

// Suggest gives a first plan of a year: each line's appropriation, or what is in force, in twelve months. What does not
// divide by twelve falls to December.
func Suggest(lines []budget.Line, inForce []Line) []Line {
	known := overlay(inForce, nil)
	planned := map[uuid.UUID]bool{}
	for _, l := range inForce {
		planned[l.BudgetLineID] = true
	}
	out := make([]Line, 0, 12*len(lines))
	for _, l := range lines {
		for m := 1; m <= 12; m++ {
			amount := known[place{l.ID, m}]
			if !planned[l.ID] {
				amount = l.Appropriation / 12
				if m == 12 {
					amount = l.Appropriation - 11*amount
				}
			}
			out = append(out, Line{l.ID, m, amount})
		}
	}
	return out
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
