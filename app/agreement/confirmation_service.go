package agreement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// ConfirmationStore is what confirmations need of storage, inside one transaction.
type ConfirmationStore interface {
	registry.Agencies
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	// AddConfirmation inserts a confirmation; an unknown file is Invalid at /file.
	AddConfirmation(ctx context.Context, agency uuid.UUID, c Confirmation) error
	Confirmation(ctx context.Context, id uuid.UUID) (Confirmation, error)
	// Confirmations lists those of one recipient, or of the whole agreement when recipient is uuid.Nil.
	Confirmations(ctx context.Context, agreement, recipient uuid.UUID, q listing.Query) (listing.Page[Confirmation], error)
}

// ConfirmationService keeps what final recipients themselves say that they are paid.
type ConfirmationService struct {
	write access.Transactor[ConfirmationStore]
	read  access.Reader[ConfirmationStore]
	now   func() time.Time
	place *time.Location
}

// NewConfirmations makes the service over its storage. now and place are the office's clock and calendar.
func NewConfirmations(write access.Transactor[ConfirmationStore], read access.Reader[ConfirmationStore], now func() time.Time, place *time.Location) *ConfirmationService {
	return &ConfirmationService{write, read, now, place}
}

// Add puts a recipient's confirmation into the file, at any time: one of another amount than his net is kept as well, and
// shown as a difference. Faults: Forbidden, NotFound, Invalid by field.
func (s *ConfirmationService) Add(ctx context.Context, actor access.Actor, agency string, id, recipient uuid.UUID, f ConfirmationForm) (c Confirmation, err error) {
	f = f.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, ""), func(tx ConfirmationStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return nil, err
		}
		a, err := tx.Agreement(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if _, err := a.Recipient(recipient); err != nil {
			return nil, err
		}
		if err := f.Check(period.DateOf(s.now(), s.place)); err != nil {
			return nil, err
		}
		c = Confirmation{AgreementID: a.ID, RecipientID: recipient, ConfirmationForm: f, CreatedAt: s.now().UTC(), CreatedBy: actor.User}
		if c.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		if err := tx.AddConfirmation(ctx, ag.ID, c); err != nil {
			return nil, err
		}
		c, err = tx.Confirmation(ctx, c.ID)
		return c, err
	})
	return c, err
}

// List lists the confirmations of a recipient, or of all of the agreement when recipient is uuid.Nil.
func (s *ConfirmationService) List(ctx context.Context, actor access.Actor, agency string, id, recipient uuid.UUID, q listing.Query) (p listing.Page[Confirmation], err error) {
	err = s.read(ctx, actor, func(tx ConfirmationStore) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		a, err := tx.Agreement(ctx, ag.ID, id)
		if err != nil {
			return err
		}
		if _, err := a.Recipient(recipient); recipient != uuid.Nil && err != nil {
			return fault.Missing()
		}
		p, err = tx.Confirmations(ctx, a.ID, recipient, q)
		return err
	})
	return p, err
}
