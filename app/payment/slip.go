package payment

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/tax"
)

// WithholdingSlipForm is a withholding slip (bukti potong) as the treasurer enters it.
type WithholdingSlipForm struct {
	TaxID      uuid.UUID   `json:"tax_id" db:"tax_id" doc:"a tax of a settled payment"`
	Number     string      `json:"number" db:"number"`
	Date       period.Date `json:"date" db:"date"`
	ObjectCode string      `json:"object_code,omitempty" db:"object_code" required:"false" doc:"kode objek pajak, NN-NNN-NN; empty: the one of the register of tax objects"`
	HandedOn   period.Date `json:"handed_on,omitempty" db:"handed_on" required:"false" doc:"when the vendor got it"`
	File       string      `json:"file,omitempty" db:"file" required:"false" doc:"SHA-256 of the slip, sent before"`
}

// WithholdingSlip is a slip in the register. It stays as it is, but for the day on which it was given; a wrong one is voided.
type WithholdingSlip struct {
	ID        uuid.UUID `json:"id" db:"id"`
	AgencyID  uuid.UUID `json:"agency_id" db:"agency_id"`
	PaymentID uuid.UUID `json:"payment_id" db:"payment_id"`
	WithholdingSlipForm
	Kind       tax.Kind      `json:"kind" db:"kind"`
	Base       money.Amount  `json:"base" db:"base"`
	Amount     money.Amount  `json:"amount" db:"amount"`
	Payment    string        `json:"payment" db:"payment" doc:"number of the SP2D"`
	PaidOn     period.Date   `json:"paid_on" db:"paid_on"`
	VendorID   uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	VendorName string        `json:"vendor_name" db:"vendor_name"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	Author     string        `json:"author" db:"author" doc:"who entered it, by e-mail address"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts.
func (f WithholdingSlipForm) Trimmed() WithholdingSlipForm {
	f.Number, f.ObjectCode, f.File = strings.TrimSpace(f.Number), strings.TrimSpace(f.ObjectCode), strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form, by field.
func (f WithholdingSlipForm) Check() error {
	var wrong fault.Fields
	if f.TaxID == uuid.Nil {
		wrong.Add("/tax_id", "required")
	}
	wrong.Text("/number", f.Number, true, placement.NumberMax)
	checkDate(&wrong, "/date", f.Date)
	if f.ObjectCode != "" && !tax.IsObjectCode(f.ObjectCode) {
		wrong.Add("/object_code", "bad_object_code")
	}
	if !f.HandedOn.IsZero() {
		notBefore(&wrong, "/handed_on", f.HandedOn, "date", f.Date)
	}
	Papers{File: f.File}.check(&wrong)
	return wrong.Err()
}

// Slip makes the withholding slip of a tax. Faults: NotFound, wrong_state unless the payment is settled, Invalid by field:
// there is no slip for VAT, whose paper is the tax invoice.
func (p Payment) Slip(f WithholdingSlipForm, objects []tax.Object, by uuid.UUID) (WithholdingSlip, error) {
	t, err := p.taxOf(f.TaxID, "slip")
	if err != nil {
		return WithholdingSlip{}, err
	}
	var wrong fault.Fields
	if t.Kind == tax.PPN {
		wrong.Add("/tax_id", "no_slip_for_vat")
	}
	notBefore(&wrong, "/date", f.Date, "sp2d.date", p.SP2D.Date)
	if f.ObjectCode == "" {
		f.ObjectCode = tax.ObjectAt(objects, t.Kind, p.SP2D.Date).Code
	}
	return WithholdingSlip{AgencyID: p.AgencyID, PaymentID: p.ID, WithholdingSlipForm: f, CreatedBy: by}, wrong.Err()
}

// Give notes on which day the vendor got the slip, once. Faults: wrong_state, Invalid by field.
func (w WithholdingSlip) Give(on period.Date) (WithholdingSlip, error) {
	switch {
	case w.VoidedAt != nil:
		return w, fault.WrongState("voided", "give")
	case !w.HandedOn.IsZero():
		return w, fault.WrongState("given", "give")
	}
	var wrong fault.Fields
	checkDate(&wrong, "/handed_on", on)
	notBefore(&wrong, "/handed_on", on, "date", w.Date)
	w.HandedOn = on
	return w, wrong.Err()
}

// TaxObjectForm is a kind of object under which a tax is declared, as an administrator enters it.
type TaxObjectForm struct {
	tax.Object
}

// TaxObject is a row of the government's own kinds of objects. It stays as it is; a wrong one is voided.
type TaxObject struct {
	ID uuid.UUID `json:"id" db:"id"`
	TaxObjectForm
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

const objectTextMax = 300

// Check says everything that is wrong with the form, by field.
func (f *TaxObjectForm) Check() error {
	f.Code, f.Name, f.Source = strings.TrimSpace(f.Code), strings.TrimSpace(f.Name), strings.TrimSpace(f.Source)
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, tax.PPN, tax.PPh21, tax.PPh23, tax.PPhFinal, tax.PPh42)
	if !tax.IsObjectCode(f.Code) {
		wrong.Add("/code", "bad_object_code")
	}
	wrong.Text("/name", f.Name, true, objectTextMax)
	wrong.Text("/source", f.Source, true, objectTextMax)
	checkDate(&wrong, "/valid_from", f.ValidFrom)
	if !f.ValidTo.IsZero() {
		notBefore(&wrong, "/valid_to", f.ValidTo, "valid_from", f.ValidFrom)
	}
	return wrong.Err()
}
