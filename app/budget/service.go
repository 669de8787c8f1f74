package budget

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people do with budgets.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Store], read access.Reader[Lists]) *Service {
	return &Service{write, read}
}

// Create enters a budget document as a draft. Faults: Forbidden, Invalid by field, duplicate (its number).
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, cmd CreateCommand) (v Version, err error) {
	cmd = cmd.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.BudgetWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.BudgetWrite, agency)
		if err != nil {
			return nil, err
		}
		if err := cmd.Check(ag.Scheme); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		draft := cmd.put(Version{ID: id, AgencyID: ag.ID, Status: Draft, CreatedBy: actor.User, Version: 1})
		if err := tx.InsertVersion(ctx, draft); err != nil {
			return nil, err
		}
		v, err = tx.BudgetVersion(ctx, ag.ID, id)
		return v, err
	})
	return v, err
}

// Rewrite replaces the content of a draft. Faults: as Create, and stale, wrong_state.
func (s *Service) Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(CreateCommand) (CreateCommand, error)) (v Version, err error) {
	err = s.write(ctx, actor.Does(ctx, access.BudgetWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.BudgetWrite, agency)
		if err != nil {
			return nil, err
		}
		if v, err = tx.BudgetVersion(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if v, err = v.rewritten(ag.Scheme, expected, change); err != nil {
			return nil, err
		}
		if err := tx.RewriteVersion(ctx, v); err != nil {
			return nil, err
		}
		v, err = tx.BudgetVersion(ctx, ag.ID, id)
		return v, err
	})
	return v, err
}

func (v Version) rewritten(scheme registry.Scheme, expected *int64, change func(CreateCommand) (CreateCommand, error)) (Version, error) {
	if err := fault.Expect(expected, v.Version); err != nil {
		return v, err
	}
	if v.Status != Draft {
		return v, fault.WrongState(string(v.Status), "edit")
	}
	cmd, err := change(v.command())
	if err != nil {
		return v, err
	}
	cmd = cmd.Trimmed()
	return cmd.put(v), cmd.Check(scheme)
}

// Lock puts a draft in force: its appropriations become the ceilings. expected, when given, is the version that
// the caller has seen. Faults: Forbidden, stale, wrong_state, original_exists, original_missing,
// version_out_of_order, budget_exceeded with every line that would fall below what is promised, and then
// segregation_of_duties for who wrote a shift or a revision; period_closed.
func (s *Service) Lock(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (v Version, err error) {
	err = s.write(ctx, actor.Does(ctx, access.BudgetLock, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.BudgetLock, agency)
		if err != nil {
			return nil, err
		}
		if v, err = tx.BudgetVersion(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, v.Version); err != nil {
			return nil, err
		}
		if err := s.enforce(ctx, tx, actor, v); err != nil {
			return nil, err
		}
		v, err = tx.BudgetVersion(ctx, ag.ID, id)
		return v, err
	})
	return v, err
}

func (s *Service) enforce(ctx context.Context, tx Store, actor access.Actor, v Version) error {
	lines, locked, err := tx.YearLines(ctx, v.AgencyID, v.FiscalYear)
	if err != nil {
		return err
	}
	if v.Status == Draft {
		if err := v.Follows(locked); err != nil {
			return err
		}
	}
	var begin []Line
	for _, m := range v.Missing(lines) {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		begin = append(begin, Line{
			ID: id, AgencyID: v.AgencyID, FiscalYear: v.FiscalYear, Code: m.Code,
			SubActivityName: m.SubActivityName, AccountName: m.AccountName,
		})
	}
	moves, err := v.Lock(append(lines, begin...))
	if err != nil {
		return err
	}
	if err := v.Apart(actor); err != nil {
		return err
	}
	if err := tx.BeginLines(ctx, v, begin); err != nil {
		return err
	}
	if err := tx.Post(ctx, v.AgencyID, moves); err != nil {
		return err
	}
	return tx.LockVersion(ctx, v)
}

// Version gives one budget document with its lines.
func (s *Service) Version(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (v Version, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		v, err = tx.BudgetVersion(ctx, agency, id)
		return err
	})
	return v, err
}

// Versions lists budget documents.
func (s *Service) Versions(ctx context.Context, actor access.Actor, agency string, q listing.Query) (p listing.Page[Version], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.BudgetVersions(ctx, agency, q)
		return err
	})
	return p, err
}

// Line gives one budget line with its first entries.
func (s *Service) Line(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (l Line, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if l, err = tx.BudgetLine(ctx, agency, id); err != nil {
			return err
		}
		page, err := tx.Entries(ctx, agency, listing.All().Where("budget_line_id", id.String()))
		l.Entries = page.Items
		return err
	})
	return l, err
}

// Lines lists budget lines in force.
func (s *Service) Lines(ctx context.Context, actor access.Actor, agency string, q listing.Query) (p listing.Page[Line], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.BudgetLines(ctx, agency, q)
		return err
	})
	return p, err
}

// Entries lists the agency's ledger, oldest first.
func (s *Service) Entries(ctx context.Context, actor access.Actor, agency string, q listing.Query) (p listing.Page[Entry], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		p, err = tx.Entries(ctx, agency, q)
		return err
	})
	return p, err
}

// LineEntries lists the entries of one line, oldest first; NotFound when the agency has no such line.
func (s *Service) LineEntries(ctx context.Context, actor access.Actor, agency string, line uuid.UUID, q listing.Query) (p listing.Page[Entry], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.BudgetLine(ctx, agency, line); err != nil {
			return err
		}
		p, err = tx.Entries(ctx, agency, q.Where("budget_line_id", line.String()))
		return err
	})
	return p, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
