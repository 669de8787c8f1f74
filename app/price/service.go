package price

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// Service is what people do with price references. A role in any agency opens the government's registry.
type Service struct {
	write  access.Transactor[Store]
	read   access.Reader[Store]
	reader Reader
}

// NewService makes the service over its storage; reader takes price lists apart.
func NewService(write access.Transactor[Store], read access.Reader[Store], reader Reader) *Service {
	return &Service{write, read, reader}
}

func writing(actor access.Actor) error { return actor.Can(access.RegistryWrite, uuid.Nil) }

// Create enters a price reference. The row of the same product, scope and unit that is in force on its first day ends the
// day before. Faults: Forbidden, Invalid by field, overlaps (a row that begins on that day or while this one is in force).
func (s *Service) Create(ctx context.Context, actor access.Actor, f Form) (r Reference, err error) {
	if err := writing(actor); err != nil {
		return r, err
	}
	f = f.Trimmed()
	if err := f.Check(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RegistryWrite, f.Basis), func(tx Store) (any, error) {
		standing, err := tx.StandingPrices(ctx, []string{Key(f.Product)}, f.ValidFrom)
		if err != nil {
			return nil, err
		}
		ended, err := f.replaces(standing)
		if err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.WritePrices(ctx, ended, []Reference{{ID: id, Form: f, CreatedBy: actor.User}}); err != nil {
			return nil, err
		}
		r, err = tx.PriceReference(ctx, id)
		return r, err
	})
	return r, err
}

// replaces gives the rows that end when the form begins, each with its new last day. Fault: overlaps.
func (f Form) replaces(standing []Reference) (ended []Reference, err error) {
	for _, old := range f.meets(standing) {
		if !old.ValidFrom.Before(f.ValidFrom) {
			return nil, overlaps(old)
		}
		old.ValidUntil = f.ValidFrom.AddDays(-1)
		ended = append(ended, old)
	}
	return ended, nil
}

// meets are the rows of the same scope that share a day with the form.
func (f Form) meets(standing []Reference) (out []Reference) {
	scope := f.scope()
	for _, old := range standing {
		apart := !old.ValidUntil.IsZero() && old.ValidUntil.Before(f.ValidFrom) || !f.ValidUntil.IsZero() && f.ValidUntil.Before(old.ValidFrom)
		if !apart && old.VoidedAt == nil && old.scope() == scope {
			out = append(out, old)
		}
	}
	return out
}

func overlaps(old Reference) error {
	args := fault.Args{"date": old.ValidFrom, "price": old.UnitPrice}
	return &fault.Error{Kind: fault.Conflict, Code: "overlaps", Args: args, Fields: []fault.Field{{Pointer: "/valid_from", Code: "price_overlaps", Args: args}}}
}

// VoidCommand says why a row is void.
type VoidCommand struct {
	Expected *int64
	Reason   string
}

// Void takes a row out that was entered wrongly. What was judged by it stays. Faults: NotFound, Forbidden, stale,
// wrong_state, Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd VoidCommand) (r Reference, err error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	if err := writing(actor); err != nil {
		return r, err
	}
	var wrong fault.Fields
	wrong.Text("/reason", cmd.Reason, true, reasonMax)
	if err := wrong.Err(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RegistryWrite, cmd.Reason), func(tx Store) (any, error) {
		if r, err = tx.PriceReference(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, r.Version); err != nil {
			return nil, err
		}
		if r.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		r.VoidedBy, r.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidPrice(ctx, r); err != nil {
			return nil, err
		}
		r, err = tx.PriceReference(ctx, id)
		return r, err
	})
	return r, err
}

// Reference gives one row.
func (s *Service) Reference(ctx context.Context, actor access.Actor, id uuid.UUID) (r Reference, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		r, err = tx.PriceReference(ctx, id)
		return err
	})
	return r, err
}

// List lists every row, ended and void ones too, by product.
func (s *Service) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Reference], err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		p, err = tx.PriceReferences(ctx, q)
		return err
	})
	return p, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, fn func(tx Store) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, actor, fn)
}
