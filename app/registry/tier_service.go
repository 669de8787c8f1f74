package registry

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
)

// TierService is what people do with the tiers of the local rules.
type TierService struct{ desk desk[TierStore] }

// NewTierService makes the service over its storage.
func NewTierService(write access.Transactor[TierStore], read access.Reader[TierStore]) *TierService {
	return &TierService{desk[TierStore]{write, read}}
}

// Create enters a tier. Faults: Forbidden, Invalid by field, overlap (another row has such followers on a day of it).
func (s *TierService) Create(ctx context.Context, actor access.Actor, f TierForm) (t Tier, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx TierStore) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.SaveTier(ctx, Tier{ID: id, TierForm: f}); err != nil {
			return nil, err
		}
		t, err = tx.Tier(ctx, id)
		return t, err
	})
	return t, err
}

// Change rewrites a tier, for one to give it its last day; see Revise. Faults: NotFound, Forbidden, stale, wrong_state
// when it is void, Invalid by field, overlap.
func (s *TierService) Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(TierForm) (TierForm, error)) (t Tier, err error) {
	err = s.desk.writing(ctx, actor, func(tx TierStore) (any, error) {
		old, err := tx.Tier(ctx, id)
		if err != nil {
			return nil, err
		}
		if old.VoidedAt != nil {
			return nil, fault.WrongState("voided", "edit")
		}
		if old.TierForm, err = Revise(expected, old.Version, old.TierForm, change); err != nil {
			return nil, err
		}
		if err := tx.SaveTier(ctx, old); err != nil {
			return nil, err
		}
		t, err = tx.Tier(ctx, id)
		return t, err
	})
	return t, err
}

// Void takes a row out that was entered wrongly, with a reason. Faults: NotFound, Forbidden, stale, wrong_state, Invalid
// by field.
func (s *TierService) Void(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, reason string) (t Tier, err error) {
	reason = strings.TrimSpace(reason)
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return t, err
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, remarkMax)
	if err := wrong.Err(); err != nil {
		return t, err
	}
	err = s.desk.write(ctx, actor.Does(ctx, access.RegistryWrite, reason), func(tx TierStore) (any, error) {
		if t, err = tx.Tier(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, t.Version); err != nil {
			return nil, err
		}
		if t.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		t.VoidedBy, t.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, reason
		if err := tx.VoidTier(ctx, t); err != nil {
			return nil, err
		}
		t, err = tx.Tier(ctx, id)
		return t, err
	})
	return t, err
}

// Tier gives one row.
func (s *TierService) Tier(ctx context.Context, actor access.Actor, id uuid.UUID) (t Tier, err error) {
	err = s.desk.reading(ctx, actor, func(tx TierStore) error {
		t, err = tx.Tier(ctx, id)
		return err
	})
	return t, err
}

// List lists every row, void ones too.
func (s *TierService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Tier], err error) {
	err = s.desk.reading(ctx, actor, func(tx TierStore) error {
		p, err = tx.Tiers(ctx, q)
		return err
	})
	return p, err
}
