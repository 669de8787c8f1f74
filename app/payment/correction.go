package payment

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
)

// Hold keeps a payment from being ordered or disbursed until another person lets it go.
type Hold struct {
	ID            uuid.UUID     `json:"id" db:"id"`
	Reason        string        `json:"reason" db:"reason"`
	CreatedAt     time.Time     `json:"created_at" db:"created_at"`
	CreatedBy     uuid.UUID     `json:"created_by" db:"created_by"`
	ReleasedAt    *time.Time    `json:"released_at" db:"released_at"`
	ReleasedBy    uuid.NullUUID `json:"released_by" db:"released_by"`
	ReleaseReason string        `json:"release_reason" db:"release_reason"`
}

// free refuses a payment that is held. Fault: payment_held with its reason.
func (p Payment) free() error {
	if p.Held == "" {
		return nil
	}
	return fault.With(fault.Conflict, "payment_held", fault.Args{"reason": p.Held})
}

// Hold holds a payment that is not settled yet. Faults: wrong_state, also when it is held already; Invalid by field.
func (p Payment) Hold(reason string, s Stamp) (Hold, error) {
	if p.Held != "" {
		return Hold{}, fault.WrongState("held", "hold")
	}
	if p.Status != Requested && p.Status != Authorised {
		return Hold{}, fault.WrongState(string(p.Status), "hold")
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	return Hold{Reason: reason, CreatedAt: s.At, CreatedBy: s.By}, wrong.Err()
}

// Release lets a held payment go on. Faults: wrong_state unless it is held, segregation_of_duties for who holds it, Invalid
// by field.
func (p Payment) Release(reason string, actor access.Actor, at time.Time) (Hold, error) {
	i := slices.IndexFunc(p.Holds, func(h Hold) bool { return h.ReleasedAt == nil })
	if i < 0 {
		return Hold{}, fault.WrongState(string(p.Status), "release")
	}
	h := p.Holds[i]
	if err := actor.Apart(access.PaymentHold, h.CreatedBy); err != nil {
		return h, err
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	h.ReleasedAt, h.ReleasedBy, h.ReleaseReason = &at, uuid.NullUUID{UUID: actor.User, Valid: true}, reason
	return h, wrong.Err()
}

// Refund is part of a settled payment that came back by STS: whole placements, which are cancelled. Amount is their gross, in
// the smallest unit.
type Refund struct {
	ID           uuid.UUID    `json:"id" db:"id"`
	STS          Paper        `json:"sts" db:"sts"`
	Amount       money.Amount `json:"amount" db:"amount"`
	Reason       string       `json:"reason" db:"reason"`
	PlacementIDs []uuid.UUID  `json:"placement_ids" db:"-"`
	CreatedAt    time.Time    `json:"created_at" db:"created_at"`
	CreatedBy    uuid.UUID    `json:"created_by" db:"created_by"`
}

// Return is a partial refund as a client enters it.
type Return struct {
	PlacementIDs []uuid.UUID  `json:"placement_ids" doc:"whole placements of the payment; all of them together are a reversal"`
	Amount       money.Amount `json:"amount,omitzero" required:"false" doc:"on the slip, as a check: the gross of the placements"`
	STS          Paper        `json:"sts"`
	Reason       string       `json:"reason"`
}

// Standing is what the budget bears of the payment: its gross less what came back in part.
func (p Payment) Standing() money.Amount { return p.Gross - p.Refunded }

// Refunding makes the refund of some of the payment's placements. Faults: wrong_state unless settled; refund_of_part where an advance or a retention is part of it; Invalid by field, also
// when all that stands would come back: that is a reversal.
func (p Payment) Refunding(r Return, found []placement.Placement, s Stamp) (Payment, Refund, error) {
	if p.Status != Settled {
		return p, Refund{}, fault.WrongState(string(p.Status), "refund")
	}
	if p.Purpose != ForWork || p.Recouped+p.Retained > 0 {
		return p, Refund{}, fault.New(fault.Conflict, "refund_of_part")
	}
	var wrong fault.Fields
	wrong.Text("/reason", r.Reason, true, reasonMax)
	placement.CheckIDs(&wrong, "/placement_ids", r.PlacementIDs, placement.PlacementsMax)
	r.STS.check(&wrong, "/sts")
	notBefore(&wrong, "/sts/date", r.STS.Date, "sp2d.date", p.SP2D.Date)
	p.inYear(&wrong, "/sts/date", r.STS.Date)
	if err := wrong.Err(); err != nil {
		return p, Refund{}, err
	}
	chosen, err := placement.Choose(r.PlacementIDs, found, p.AgreementID, placement.Paid, "refund")
	if err != nil {
		return p, Refund{}, err
	}
	out := Refund{STS: r.STS, Reason: r.Reason, PlacementIDs: r.PlacementIDs, CreatedAt: s.At, CreatedBy: s.By}
	for i, one := range chosen {
		if one.PaymentID.UUID != p.ID {
			wrong.Add("/placement_ids/"+strconv.Itoa(i), "other_payment")
		}
		out.Amount += one.Gross
	}
	if r.Amount != 0 && r.Amount != out.Amount {
		wrong.AddWith("/amount", "amount_mismatch", fault.Args{"amount": r.Amount, "expected": out.Amount})
	}
	if len(wrong) == 0 && out.Amount >= p.Standing() {
		wrong.Add("/placement_ids", "whole_payment")
	}
	p.Refunded += out.Amount
	return p, out, wrong.Err()
}

// Returned gives the entries of a partial refund. The money is committed again for the units that may be placed anew; nothing
// is owed, and it is free, under an agreement that ended or on a line to which a debt was carried.
func (p Payment) Returned(r Refund, shares []Share) []budget.Move {
	moves := make([]budget.Move, len(shares))
	for i, s := range shares {
		moves[i] = budget.Move{
			Kind: budget.Refund, Line: s.Line, From: budget.Realised, To: p.freed(s), Amount: s.Gross,
			EffectiveOn: r.STS.Date, Document: p.document(r.STS), Reason: r.Reason,
		}
	}
	return moves
}

func (p Payment) freed(s Share) budget.Account {
	if s.Carried || p.AgreementStatus == agreement.Closed || p.AgreementStatus == agreement.Terminated {
		return budget.Available
	}
	return budget.Committed
}

// Credit is a credit note (nota kredit): the vendor's own paper that takes whole placements off an invoice. Before payment
// they are cancelled; of a paid invoice (PaymentID) the money is asked back, by a refund or a reversal.
type Credit struct {
	ID           uuid.UUID     `json:"id" db:"id"`
	InvoiceID    uuid.UUID     `json:"invoice_id" db:"invoice_id"`
	PaymentID    uuid.NullUUID `json:"payment_id" db:"payment_id" doc:"the invoice was paid by it already"`
	Number       string        `json:"number" db:"number"`
	Date         period.Date   `json:"date" db:"date"`
	Price        money.Amount  `json:"price" db:"price" doc:"without VAT"`
	VAT          money.Amount  `json:"vat" db:"vat"`
	Amount       money.Amount  `json:"amount" db:"amount" doc:"price + vat"`
	Open         money.Amount  `json:"open" db:"open" doc:"of a paid invoice: what has not come back yet"`
	Reason       string        `json:"reason" db:"reason"`
	PlacementIDs []uuid.UUID   `json:"placement_ids" db:"-"`
	File         string        `json:"file" db:"file" doc:"SHA-256 of the vendor's own file"`
	CreatedAt    time.Time     `json:"created_at" db:"created_at"`
	CreatedBy    uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt     *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy     uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason   string        `json:"void_reason" db:"void_reason"`
	Version      int64         `json:"version" db:"version"`
}

// Note is a credit note as a client enters it.
type Note struct {
	Number       string       `json:"number"`
	Date         period.Date  `json:"date"`
	Amount       money.Amount `json:"amount" doc:"VAT included; the gross of the placements"`
	PlacementIDs []uuid.UUID  `json:"placement_ids"`
	Reason       string       `json:"reason"`
	File         string       `json:"file,omitempty" doc:"SHA-256 of the vendor's own file, sent before"`
}

// Credit makes the credit note over some placements of the invoice. Faults: wrong_state while a payment that is not settled
// has the invoice, or a placement is credited already; Invalid by field.
func (i Invoice) Credit(n Note, found []placement.Placement, s Stamp) (Credit, error) {
	var wrong fault.Fields
	n.Number, n.Reason = strings.TrimSpace(n.Number), strings.TrimSpace(n.Reason)
	papers := Papers{File: n.File}.trimmed()
	checkNumber(&wrong, "/number", n.Number)
	checkDate(&wrong, "/date", n.Date)
	notBefore(&wrong, "/date", n.Date, "invoice.date", i.Date)
	wrong.Text("/reason", n.Reason, true, reasonMax)
	wrong.Within("/amount", int64(n.Amount), 1, fault.AmountMax)
	placement.CheckIDs(&wrong, "/placement_ids", n.PlacementIDs, placement.PlacementsMax)
	papers.check(&wrong)
	if err := wrong.Err(); err != nil {
		return Credit{}, err
	}
	state := placement.Invoiced
	switch i.Status {
	case Open:
	case InvoiceStatus(Settled):
		state = placement.Paid
	default:
		return Credit{}, fault.WrongState(string(i.Status), "credit")
	}
	chosen, err := placement.Choose(n.PlacementIDs, found, i.AgreementID, state, "credit")
	if err != nil {
		return Credit{}, err
	}
	out := Credit{
		InvoiceID: i.ID, PaymentID: i.PaymentID, Number: n.Number, Date: n.Date, Reason: n.Reason, PlacementIDs: n.PlacementIDs,
		File: papers.File, CreatedAt: s.At, CreatedBy: s.By, Version: 1,
	}
	for k, one := range chosen {
		if at := "/placement_ids/" + strconv.Itoa(k); one.InvoiceID.UUID != i.ID {
			wrong.Add(at, "other_invoice")
		} else if slices.ContainsFunc(i.Credits, func(c Credit) bool { return c.VoidedAt == nil && slices.Contains(c.PlacementIDs, one.ID) }) {
			wrong.Add(at, "credited_before")
		}
		out.Price, out.VAT = out.Price+one.Net, out.VAT+one.VAT
	}
	if out.Amount = out.Price + out.VAT; n.Amount != out.Amount {
		wrong.AddWith("/amount", "amount_mismatch", fault.Args{"amount": n.Amount, "expected": out.Amount})
	}
	return out, wrong.Err()
}

// Frees gives the entries of a credit note before payment: under an agreement that ended, or on a line to which a debt was
// carried, what it takes off is owed to nobody any more. Else the units may be placed anew.
func (c Credit) Frees(a agreement.Agreement, shares []Share) (moves []budget.Move) {
	for _, s := range shares {
		if (Payment{AgreementStatus: a.Status}).freed(s) == budget.Committed {
			continue
		}
		moves = append(moves, budget.Move{
			Kind: budget.Release, Line: s.Line, From: budget.Committed, To: budget.Available, Amount: s.Gross, EffectiveOn: c.Date,
			Document: budget.Document{Type: "agreement", ID: a.ID, Number: a.Number}, Reason: c.Reason,
		})
	}
	return moves
}

// Void takes a credit note back that was entered wrongly: only while the money of a paid invoice is still asked back; what it
// cancelled stays cancelled. Faults: wrong_state, Invalid by field.
func (c Credit) Void(reason string, s Stamp) (Credit, error) {
	switch {
	case c.VoidedAt != nil:
		return c, fault.WrongState("voided", "void")
	case c.Open < c.Amount:
		return c, fault.New(fault.Conflict, "credit_used")
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	c.VoidReason = reason
	s.set(&c.VoidedAt, &c.VoidedBy)
	return c, wrong.Err()
}
