package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/registry"
)

// Invoices is what people do with the vendors' invoices.
type Invoices struct {
	write access.Transactor[InvoiceStore]
	read  access.Reader[Lists]
}

// NewInvoices makes the service over its storage.
func NewInvoices(write access.Transactor[InvoiceStore], read access.Reader[Lists]) *Invoices {
	return &Invoices{write, read}
}

// Create records a vendor's invoice over accepted placements. Faults: Forbidden, Invalid by field (amount_mismatch with
// both figures), wrong_state naming each placement that is not accepted, duplicate (the vendor's number).
func (s *Invoices) Create(ctx context.Context, actor access.Actor, agency string, b Bill) (i Invoice, err error) {
	err = s.write(ctx, actor.Does(ctx, access.InvoiceWrite, ""), func(tx InvoiceStore) (any, error) {
		i, err = s.CreateWithin(ctx, tx, actor, agency, b)
		return i, err
	})
	return i, err
}

// CreateWithin is Create as part of another deed, inside its transaction.
func (s *Invoices) CreateWithin(ctx context.Context, tx InvoiceStore, actor access.Actor, agency string, b Bill) (i Invoice, err error) {
	b = b.Trimmed()
	ag, err := registry.Allowed(ctx, tx, actor, access.InvoiceWrite, agency)
	if err != nil {
		return i, err
	}
	if err := b.Check(); err != nil {
		return i, err
	}
	var pass uuid.UUID
	if i, pass, err = bill(ctx, tx, ag.ID, b); err != nil {
		return i, err
	}
	if i.ID, err = uuid.NewV7(); err != nil {
		return i, err
	}
	i.CreatedBy = actor.User
	if err := notIssued(ctx, tx, i.File); err != nil {
		return i, err
	}
	if err := tx.AddInvoice(ctx, i); err != nil {
		return i, err
	}
	if pass != uuid.Nil {
		if err := tx.UseOverride(ctx, pass, i.Document()); err != nil {
			return i, err
		}
	}
	return tx.Invoice(ctx, ag.ID, i.ID)
}

// bill makes the invoice, and names the override under which it asks for more than its placements give.
func bill(ctx context.Context, tx InvoiceStore, agency uuid.UUID, b Bill) (i Invoice, pass uuid.UUID, err error) {
	of, err := tx.AgreementNamed(ctx, agency, b.AgreementID)
	if err != nil {
		return i, pass, err
	}
	found, err := tx.PlacementsNamed(ctx, agency, b.PlacementIDs)
	if err != nil {
		return i, pass, err
	}
	inForce, err := tx.InForce(ctx, agency, override.Tolerance, override.CheckMode)
	if err != nil {
		return i, pass, err
	}
	rows, tolerance, err := itemised(ctx, tx, agency, b)
	if err != nil {
		return i, pass, err
	}
	i, err = b.Invoice(of, found, func(excess money.Amount) bool {
		if excess <= slack(b.Lines, tolerance) {
			return true
		}
		o, ok := override.Allows(inForce, excess)
		pass = o.ID
		return ok
	})
	if err != nil || len(b.Lines) == 0 {
		return i, pass, err
	}
	i, err = i.detail(b.Lines, rows, found, tolerance)
	return i, pass, err
}

// Put gives an invoice its papers, among them the vendor's own file, kept before; change lays them over those that it
// has. Faults: Forbidden, stale, Invalid by field, wrong_state once a payment has asked for the invoice.
func (s *Invoices) Put(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(Papers) (Papers, error)) (i Invoice, err error) {
	err = s.write(ctx, actor.Does(ctx, access.InvoiceWrite, ""), func(tx InvoiceStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.InvoiceWrite, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.Invoice(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		papers, err := change(old.Papers())
		if err != nil {
			return nil, err
		}
		if i, err = old.Put(papers); err != nil {
			return nil, err
		}
		if err := notIssued(ctx, tx, i.File); err != nil {
			return nil, err
		}
		if err := tx.SaveInvoicePapers(ctx, i); err != nil {
			return nil, err
		}
		i.Version++
		return i, nil
	})
	return i, err
}

// Get gives one invoice with the ids of its placements.
func (s *Invoices) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (i Invoice, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		i, err = tx.Invoice(ctx, agency, id)
		return err
	})
	return i, err
}

// List lists invoices without the ids of their placements.
func (s *Invoices) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Invoice], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Invoices(ctx, agency, q)
		return err
	})
	return page, err
}

// reading runs fn for somebody who may read the agency's affairs.
func reading(ctx context.Context, read access.Reader[Lists], actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
