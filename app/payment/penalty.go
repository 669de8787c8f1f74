package payment

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// PenaltyAccount is what became of an agreement's penalties for late delivery, in the smallest unit: Due those of what was
// accepted, Withheld by payments that stand, PaidIn by the vendor himself, Open the rest.
type PenaltyAccount struct {
	Due      money.Amount     `json:"due" db:"due"`
	Withheld money.Amount     `json:"withheld" db:"withheld"`
	PaidIn   money.Amount     `json:"paid_in" db:"paid_in"`
	Open     money.Amount     `json:"open" db:"open"`
	Receipts []PenaltyReceipt `json:"receipts" db:"-"`
}

// PenaltyReceipt is a penalty that the vendor paid in himself, by STS.
type PenaltyReceipt struct {
	ID         uuid.UUID     `json:"id" db:"id"`
	STS        Paper         `json:"sts" db:"sts"`
	Amount     money.Amount  `json:"amount" db:"amount"`
	Remark     string        `json:"remark" db:"remark"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// PenaltyPaid is a paid-in penalty as a client enters it.
type PenaltyPaid struct {
	STS    Paper        `json:"sts"`
	Amount money.Amount `json:"amount"`
	Remark string       `json:"remark,omitempty"`
}

// keepBack keeps the penalties of the invoices' placements back from what the vendor receives, as far as they are owed still.
// Fault: Invalid when that is less than the penalties: they are paid in by STS first.
func (p Payment) keepBack(of []Invoice, owed PenaltyAccount) (Payment, error) {
	for _, i := range of {
		p.Penalty += i.Penalty
	}
	p.Penalty = min(p.Penalty, max(0, owed.Open))
	var wrong fault.Fields
	if p.Penalty > p.Net {
		wrong.AddWith("/invoice_ids", "penalty_exceeds_net", fault.Args{"penalty": p.Penalty, "net": p.Net})
	}
	p.Net -= p.Penalty
	return p, wrong.Err()
}

// Pay makes the receipt of a penalty that was paid in. ordered is the agreement's order date. Fault: Invalid by field.
func (a PenaltyAccount) Pay(in PenaltyPaid, ordered period.Date, s Stamp) (PenaltyReceipt, error) {
	var wrong fault.Fields
	in.Remark = strings.TrimSpace(in.Remark)
	in.STS.check(&wrong, "/sts")
	notBefore(&wrong, "/sts/date", in.STS.Date, "order_date", ordered)
	wrong.Text("/remark", in.Remark, false, reasonMax)
	wrong.Within("/amount", int64(in.Amount), 1, fault.AmountMax)
	if len(wrong) == 0 && in.Amount > a.Open {
		wrong.AddWith("/amount", "penalty_exceeded", fault.Args{"amount": in.Amount, "open": a.Open})
	}
	return PenaltyReceipt{STS: in.STS, Amount: in.Amount, Remark: in.Remark, CreatedAt: s.At, CreatedBy: s.By, Version: 1}, wrong.Err()
}

// Void takes a receipt back that was entered wrongly. Faults: wrong_state, Invalid by field.
func (r PenaltyReceipt) Void(reason string, s Stamp) (PenaltyReceipt, error) {
	if r.VoidedAt != nil {
		return r, fault.WrongState("voided", "void")
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	r.VoidReason = reason
	s.set(&r.VoidedAt, &r.VoidedBy)
	return r, wrong.Err()
}
