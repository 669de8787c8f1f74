package registry

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
)

// OutletService is what people do with outlets.
type OutletService struct{ desk desk[OutletStore] }

// NewOutletService makes the service over its storage.
func NewOutletService(write access.Transactor[OutletStore], read access.Reader[OutletStore]) *OutletService {
	return &OutletService{desk[OutletStore]{write, read}}
}

// Create registers an outlet. Faults: Forbidden, Invalid by field (a vendor that is not there is not_found).
func (s *OutletService) Create(ctx context.Context, actor access.Actor, f OutletForm) (o Outlet, err error) {
	said := f.PressStatus != ""
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx OutletStore) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.SaveOutlet(ctx, Outlet{ID: id, OutletForm: f}); err != nil {
			return nil, err
		}
		if said {
			if err := notePress(ctx, tx, actor, id, f); err != nil {
				return nil, err
			}
		}
		o, err = tx.Outlet(ctx, id)
		return o, err
	})
	return o, err
}

// Change rewrites what may be written of an outlet; see Revise. Another standing with the Press Council is noted as a look
// at it today. Faults: NotFound, Forbidden, stale, Invalid by field.
func (s *OutletService) Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(OutletForm) (OutletForm, error)) (o Outlet, err error) {
	err = s.desk.writing(ctx, actor, func(tx OutletStore) (any, error) {
		old, err := tx.Outlet(ctx, id)
		if err != nil {
			return nil, err
		}
		was := old.OutletForm
		if old.OutletForm, err = Revise(expected, old.Version, old.OutletForm, change); err != nil {
			return nil, err
		}
		if err := tx.SaveOutlet(ctx, old); err != nil {
			return nil, err
		}
		if was.PressStatus != old.PressStatus || was.PressCertificate != old.PressCertificate {
			if err := notePress(ctx, tx, actor, id, old.OutletForm); err != nil {
				return nil, err
			}
		}
		o, err = tx.Outlet(ctx, id)
		return o, err
	})
	return o, err
}

// Outlet gives one outlet.
func (s *OutletService) Outlet(ctx context.Context, actor access.Actor, id uuid.UUID) (o Outlet, err error) {
	err = s.desk.reading(ctx, actor, func(tx OutletStore) error {
		o, err = tx.Outlet(ctx, id)
		return err
	})
	return o, err
}

// List lists outlets.
func (s *OutletService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Outlet], err error) {
	err = s.desk.reading(ctx, actor, func(tx OutletStore) error {
		p, err = tx.Outlets(ctx, q)
		return err
	})
	return p, err
}
