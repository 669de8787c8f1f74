package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/tax"
)

// SlipStore is what slips and kinds of objects need of storage, inside one transaction. What is not there is a NotFound
// fault.
type SlipStore interface {
	registry.Agencies
	Declared
	// PaymentOfTax gives the payment that a tax was kept back from; Invalid at /tax_id when the agency has none.
	PaymentOfTax(ctx context.Context, agency, id uuid.UUID) (Payment, error)
	// AddWithholdingSlip enters a slip; duplicate when the tax has one, or the agency one of that number.
	AddWithholdingSlip(ctx context.Context, w WithholdingSlip) error
	// SaveWithholdingSlip writes when it was given and that it is void, unless it changed since it was read.
	SaveWithholdingSlip(ctx context.Context, w WithholdingSlip) error
	AddTaxObject(ctx context.Context, o TaxObject) error
	// VoidTaxObject marks a row as entered wrongly, unless it changed since it was read.
	VoidTaxObject(ctx context.Context, o TaxObject) error
}

// Slips is what people do with the register of withholding slips.
type Slips struct {
	write access.Transactor[SlipStore]
	read  access.Reader[SlipStore]
}

// NewSlips makes the service over its storage.
func NewSlips(write access.Transactor[SlipStore], read access.Reader[SlipStore]) *Slips {
	return &Slips{write, read}
}

// Create enters the slip of a tax. Faults: Forbidden, Invalid by field, wrong_state, duplicate.
func (s *Slips) Create(ctx context.Context, actor access.Actor, agency string, f WithholdingSlipForm) (w WithholdingSlip, err error) {
	f = f.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.TaxDeposit, ""), func(tx SlipStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.TaxDeposit, agency)
		if err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		p, err := tx.PaymentOfTax(ctx, ag.ID, f.TaxID)
		if err != nil {
			return nil, err
		}
		objects, err := objectsOf(ctx, tx)
		if err != nil {
			return nil, err
		}
		if w, err = p.Slip(f, objects, actor.User); err != nil {
			return nil, err
		}
		if w.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		if err := tx.AddWithholdingSlip(ctx, w); err != nil {
			return nil, err
		}
		w, err = tx.WithholdingSlip(ctx, ag.ID, w.ID)
		return w, err
	})
	return w, err
}

// objectsOf gives the government's kinds of objects that are not void.
func objectsOf(ctx context.Context, tx Declared) (out []tax.Object, err error) {
	page, err := tx.TaxObjects(ctx, listing.All())
	for _, o := range page.Items {
		if o.VoidedAt == nil {
			out = append(out, o.Object)
		}
	}
	return out, err
}

// Give notes when the vendor got a slip. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Slips) Give(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, on period.Date) (WithholdingSlip, error) {
	return s.change(ctx, actor, agency, deed{id, expected, access.TaxDeposit, ""}, func(w WithholdingSlip) (WithholdingSlip, error) { return w.Give(on) })
}

// Void takes a slip out of the register that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid
// by field.
func (s *Slips) Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd paper.VoidCommand) (w WithholdingSlip, err error) {
	if err := cmd.Legible(); err != nil {
		return w, err
	}
	return s.change(ctx, actor, agency, deed{id, cmd.Expected, access.TaxDeposit, cmd.Reason}, func(w WithholdingSlip) (WithholdingSlip, error) {
		if err := cmd.Check(); err != nil {
			return w, err
		}
		if w.VoidedAt != nil {
			return w, fault.WrongState("voided", "void")
		}
		w.VoidedBy, w.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		return w, nil
	})
}

func (s *Slips) change(ctx context.Context, actor access.Actor, agency string, d deed, do func(WithholdingSlip) (WithholdingSlip, error)) (w WithholdingSlip, err error) {
	err = s.write(ctx, actor.Does(ctx, d.right, d.reason), func(tx SlipStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, d.right, agency)
		if err != nil {
			return nil, err
		}
		if w, err = tx.WithholdingSlip(ctx, ag.ID, d.id); err != nil {
			return nil, err
		}
		if err := fault.Expect(d.expected, w.Version); err != nil {
			return nil, err
		}
		if w, err = do(w); err != nil {
			return nil, err
		}
		if err := tx.SaveWithholdingSlip(ctx, w); err != nil {
			return nil, err
		}
		w, err = tx.WithholdingSlip(ctx, ag.ID, d.id)
		return w, err
	})
	return w, err
}

// Get gives one slip.
func (s *Slips) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (w WithholdingSlip, err error) {
	err = s.read(ctx, actor, func(tx SlipStore) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		w, err = tx.WithholdingSlip(ctx, ag.ID, id)
		return err
	})
	return w, err
}

// List lists the register, voided slips too.
func (s *Slips) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[WithholdingSlip], err error) {
	err = s.read(ctx, actor, func(tx SlipStore) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		page, err = tx.WithholdingSlips(ctx, ag.ID, q)
		return err
	})
	return page, err
}

// SetObject enters under which kind of object a tax is declared, from a day on; for administrators. Faults: Forbidden,
// Invalid by field.
func (s *Slips) SetObject(ctx context.Context, actor access.Actor, f TaxObjectForm) (o TaxObject, err error) {
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return o, err
	}
	if err := f.Check(); err != nil {
		return o, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, f.Source), func(tx SlipStore) (any, error) {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddTaxObject(ctx, TaxObject{ID: id, TaxObjectForm: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		o, err = tx.TaxObject(ctx, id)
		return o, err
	})
	return o, err
}

// VoidObject takes a row out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Slips) VoidObject(ctx context.Context, actor access.Actor, id uuid.UUID, cmd paper.VoidCommand) (o TaxObject, err error) {
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return o, err
	}
	if err := cmd.Check(); err != nil {
		return o, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, cmd.Reason), func(tx SlipStore) (any, error) {
		if o, err = tx.TaxObject(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, o.Version); err != nil {
			return nil, err
		}
		if o.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		o.VoidedBy, o.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidTaxObject(ctx, o); err != nil {
			return nil, err
		}
		o, err = tx.TaxObject(ctx, id)
		return o, err
	})
	return o, err
}

// Objects lists the government's kinds of objects, voided rows too; those that the program knows are tax.Objects.
func (s *Slips) Objects(ctx context.Context, actor access.Actor, q listing.Query) (page listing.Page[TaxObject], err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return page, err
	}
	err = s.read(ctx, actor, func(tx SlipStore) error {
		page, err = tx.TaxObjects(ctx, q)
		return err
	})
	return page, err
}

// Object gives one row.
func (s *Slips) Object(ctx context.Context, actor access.Actor, id uuid.UUID) (o TaxObject, err error) {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return o, err
	}
	err = s.read(ctx, actor, func(tx SlipStore) error {
		o, err = tx.TaxObject(ctx, id)
		return err
	})
	return o, err
}
