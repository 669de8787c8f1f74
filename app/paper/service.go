package paper

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// Store is what requirements need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	PaperRequirement(ctx context.Context, id uuid.UUID) (Requirement, error)
	PaperRequirements(ctx context.Context, q listing.Query) (listing.Page[Requirement], error)
	AddPaperRequirement(ctx context.Context, r Requirement) error
	// VoidPaperRequirement marks a row as entered wrongly, unless it changed since it was read.
	VoidPaperRequirement(ctx context.Context, r Requirement) error
}

// Service is what people do with the checklist of the file: an administrator writes it, everybody may read it.
type Service struct {
	write          access.Transactor[Store]
	read           access.Reader[Store]
	methods, forms []string
}

// NewService makes the service over its storage. methods and forms are those that agreements know.
func NewService[M, F ~string](write access.Transactor[Store], read access.Reader[Store], methods []M, forms []F) *Service {
	return &Service{write, read, words(methods), words(forms)}
}

func words[T ~string](names []T) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = string(n)
	}
	return out
}

// Add enters a row. Faults: Forbidden, Invalid by field.
func (s *Service) Add(ctx context.Context, actor access.Actor, f RequirementForm) (r Requirement, err error) {
	f = f.Trimmed()
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	if err := f.Check(s.methods, s.forms); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, f.Basis), func(tx Store) (any, error) {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddPaperRequirement(ctx, Requirement{ID: id, RequirementForm: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		r, err = tx.PaperRequirement(ctx, id)
		return r, err
	})
	return r, err
}

// VoidCommand says why something is void.
type VoidCommand struct {
	Expected *int64
	Reason   string
}

// reasonMax bounds why something is void, in characters.
const reasonMax = 2000

// Legible wants a reason that can be kept, if there is any. Fault: Invalid by field.
func (c VoidCommand) Legible() error {
	var wrong fault.Fields
	wrong.Text("/reason", c.Reason, false, reasonMax)
	return wrong.Err()
}

// Check wants a reason, without blanks around it. Fault: Invalid by field.
func (c *VoidCommand) Check() error {
	c.Reason = strings.TrimSpace(c.Reason)
	var wrong fault.Fields
	wrong.Text("/reason", c.Reason, true, reasonMax)
	return wrong.Err()
}

// Void takes a row out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd VoidCommand) (r Requirement, err error) {
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	if err := cmd.Check(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, cmd.Reason), func(tx Store) (any, error) {
		if r, err = tx.PaperRequirement(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, r.Version); err != nil {
			return nil, err
		}
		if r.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		r.VoidedBy, r.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidPaperRequirement(ctx, r); err != nil {
			return nil, err
		}
		r, err = tx.PaperRequirement(ctx, id)
		return r, err
	})
	return r, err
}

// List lists every row of the government, voided ones too, by code; those of the law are Statutory.
func (s *Service) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Requirement], err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return p, err
	}
	err = s.read(ctx, actor, func(tx Store) error {
		p, err = tx.PaperRequirements(ctx, q)
		return err
	})
	return p, err
}

// Requirement gives one row.
func (s *Service) Requirement(ctx context.Context, actor access.Actor, id uuid.UUID) (r Requirement, err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return r, err
	}
	err = s.read(ctx, actor, func(tx Store) error {
		r, err = tx.PaperRequirement(ctx, id)
		return err
	})
	return r, err
}
