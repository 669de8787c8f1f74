package registry

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// CooperationStore is what lists of cooperating media need of storage; see AgencyStore. The voids are refused when the row
// changed since it was read.
type CooperationStore interface {
	CooperationLists(ctx context.Context, q listing.Query) (listing.Page[CooperationList], error)
	// CooperationList gives a list with its entries.
	CooperationList(ctx context.Context, id uuid.UUID) (CooperationList, error)
	AddCooperationList(ctx context.Context, l CooperationList) error
	VoidCooperationList(ctx context.Context, l CooperationList) error
	AddCooperationEntry(ctx context.Context, e CooperationEntry) error
	VoidCooperationEntry(ctx context.Context, e CooperationEntry) error
}

// CooperationService is what people do with the year's lists of cooperating media.
type CooperationService struct {
	write access.Transactor[CooperationStore]
	read  access.Reader[CooperationStore]
}

// NewCooperationService makes the service over its storage.
func NewCooperationService(write access.Transactor[CooperationStore], read access.Reader[CooperationStore]) *CooperationService {
	return &CooperationService{write, read}
}

// Create enters a list. Faults: Forbidden, Invalid by field, duplicate (its number in that year).
func (s *CooperationService) Create(ctx context.Context, actor access.Actor, f CooperationForm) (l CooperationList, err error) {
	f = f.Trimmed()
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return l, err
	}
	if err := f.Check(); err != nil {
		return l, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RegistryWrite, ""), func(tx CooperationStore) (any, error) {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddCooperationList(ctx, CooperationList{ID: id, CooperationForm: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		l, err = tx.CooperationList(ctx, id)
		return l, err
	})
	return l, err
}

// Removal says why something is taken out of the registry.
type Removal struct {
	Expected *int64
	Reason   string
}

func (c *Removal) check() error {
	c.Reason = strings.TrimSpace(c.Reason)
	var wrong fault.Fields
	wrong.Text("/reason", c.Reason, true, remarkMax)
	return wrong.Err()
}

// Void takes a list out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *CooperationService) Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd Removal) (CooperationList, error) {
	return s.change(ctx, actor, id, cmd.Reason, cmd.check, func(tx CooperationStore, l CooperationList) error {
		if err := fault.Expect(cmd.Expected, l.Version); err != nil {
			return err
		}
		l.VoidedBy, l.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		return tx.VoidCooperationList(ctx, l)
	})
}

// Add puts a medium on a list. Faults: NotFound, Forbidden, wrong_state, Invalid by field, duplicate.
func (s *CooperationService) Add(ctx context.Context, actor access.Actor, id uuid.UUID, m CooperationMember) (CooperationList, error) {
	return s.change(ctx, actor, id, "", m.Check, func(tx CooperationStore, l CooperationList) error {
		made, err := uuid.NewV7()
		if err != nil {
			return err
		}
		return tx.AddCooperationEntry(ctx, CooperationEntry{ID: made, ListID: l.ID, CooperationMember: m, CreatedBy: actor.User})
	})
}

// Remove takes a medium off a list, with a reason. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *CooperationService) Remove(ctx context.Context, actor access.Actor, id, entry uuid.UUID, cmd Removal) (CooperationList, error) {
	return s.change(ctx, actor, id, cmd.Reason, cmd.check, func(tx CooperationStore, l CooperationList) error {
		e, ok := l.Entry(entry)
		if !ok {
			return fault.Missing()
		}
		if err := fault.Expect(cmd.Expected, e.Version); err != nil {
			return err
		}
		if e.VoidedAt != nil {
			return fault.WrongState("voided", "void")
		}
		e.VoidedBy, e.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		return tx.VoidCooperationEntry(ctx, e)
	})
}

// Entry finds an entry of the list.
func (l CooperationList) Entry(id uuid.UUID) (CooperationEntry, bool) {
	for _, e := range l.Entries {
		if e.ID == id {
			return e, true
		}
	}
	return CooperationEntry{}, false
}

// change does something to a list that is not void, once check finds nothing wrong, and gives it as it is then.
func (s *CooperationService) change(ctx context.Context, actor access.Actor, id uuid.UUID, reason string, check func() error,
	do func(tx CooperationStore, l CooperationList) error,
) (l CooperationList, err error) {
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return l, err
	}
	if err := check(); err != nil {
		return l, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RegistryWrite, reason), func(tx CooperationStore) (any, error) {
		if l, err = tx.CooperationList(ctx, id); err != nil {
			return nil, err
		}
		if l.VoidedAt != nil {
			return nil, fault.WrongState("voided", "edit")
		}
		if err := do(tx, l); err != nil {
			return nil, err
		}
		l, err = tx.CooperationList(ctx, id)
		return l, err
	})
	return l, err
}

// List lists the lists, voided ones too, newest year first.
func (s *CooperationService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[CooperationList], err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return p, err
	}
	err = s.read(ctx, actor, func(tx CooperationStore) error {
		p, err = tx.CooperationLists(ctx, q)
		return err
	})
	return p, err
}

// Get gives a list with its entries.
func (s *CooperationService) Get(ctx context.Context, actor access.Actor, id uuid.UUID) (l CooperationList, err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return l, err
	}
	err = s.read(ctx, actor, func(tx CooperationStore) error {
		l, err = tx.CooperationList(ctx, id)
		return err
	})
	return l, err
}
