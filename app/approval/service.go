package approval

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

// Store is what the matrix needs of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	ApprovalRule(ctx context.Context, id uuid.UUID) (Rule, error)
	ApprovalRules(ctx context.Context, q listing.Query) (listing.Page[Rule], error)
	// MatrixOf gives the rows that count for an agency.
	MatrixOf(ctx context.Context, agency uuid.UUID) (Matrix, error)
	// AddApprovalRule inserts a row; approval_rule_overlaps when another of its scope says something about the same amounts and days.
	AddApprovalRule(ctx context.Context, r Rule) error
	// EndApprovalRule saves the last day of a row, unless it changed since it was read. Faults as of AddApprovalRule.
	EndApprovalRule(ctx context.Context, r Rule) error
	// VoidApprovalRule marks a row as entered wrongly, unless it changed since it was read.
	VoidApprovalRule(ctx context.Context, r Rule) error
}

// Service is what people do with the matrix: an administrator writes it, everybody may read it.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Store], read access.Reader[Store]) *Service {
	return &Service{write, read}
}

// Set enters a row. Faults: Forbidden, Invalid by field, approval_rule_overlaps.
func (s *Service) Set(ctx context.Context, actor access.Actor, f Form) (r Rule, err error) {
	f = f.Trimmed()
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	if err := f.Check(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, f.Basis), func(tx Store) (any, error) {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddApprovalRule(ctx, Rule{ID: id, Form: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		r, err = tx.ApprovalRule(ctx, id)
		return r, err
	})
	return r, err
}

// EndCommand says the last day of a row, and why it ends.
type EndCommand struct {
	Expected *int64
	ValidTo  period.Date
	Reason   string
}

// End gives a row its last day, so that another may follow. Faults: NotFound, Forbidden, stale, wrong_state (void),
// Invalid by field, approval_rule_overlaps.
func (s *Service) End(ctx context.Context, actor access.Actor, id uuid.UUID, cmd EndCommand) (Rule, error) {
	return s.change(ctx, actor, id, cmd.Expected, "end", cmd.Reason, func(tx Store, r Rule) error {
		var wrong fault.Fields
		if cmd.ValidTo.IsZero() {
			wrong.Add("/valid_to", "required")
		}
		checkEnd(&wrong, r.ValidFrom, cmd.ValidTo)
		if err := wrong.Err(); err != nil {
			return err
		}
		r.ValidTo = cmd.ValidTo
		return tx.EndApprovalRule(ctx, r)
	})
}

// VoidCommand says why a row is void.
type VoidCommand struct {
	Expected *int64
	Reason   string
}

// Void takes a row out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd VoidCommand) (Rule, error) {
	return s.change(ctx, actor, id, cmd.Expected, "void", cmd.Reason, func(tx Store, r Rule) error {
		r.VoidedBy, r.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, strings.TrimSpace(cmd.Reason)
		return tx.VoidApprovalRule(ctx, r)
	})
}

// change does something to a row that is not void, with a reason.
func (s *Service) change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, verb, reason string, do func(Store, Rule) error) (r Rule, err error) {
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	reason = strings.TrimSpace(reason)
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	if err := wrong.Err(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, reason), func(tx Store) (any, error) {
		if r, err = tx.ApprovalRule(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, r.Version); err != nil {
			return nil, err
		}
		if r.VoidedAt != nil {
			return nil, fault.WrongState("voided", verb)
		}
		if err := do(tx, r); err != nil {
			return nil, err
		}
		r, err = tx.ApprovalRule(ctx, id)
		return r, err
	})
	return r, err
}

// List lists every row, voided ones too.
func (s *Service) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Rule], err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		p, err = tx.ApprovalRules(ctx, q)
		return err
	})
	return p, err
}

// Rule gives one row.
func (s *Service) Rule(ctx context.Context, actor access.Actor, id uuid.UUID) (r Rule, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		r, err = tx.ApprovalRule(ctx, id)
		return err
	})
	return r, err
}

// Matrix gives the rows that count for an agency, so that a page can tell who will approve.
func (s *Service) Matrix(ctx context.Context, actor access.Actor, agency uuid.UUID) (m Matrix, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		m, err = tx.MatrixOf(ctx, agency)
		return err
	})
	return m, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, fn func(tx Store) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, actor, fn)
}
