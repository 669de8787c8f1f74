package payment

import (
	"fmt"
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
	"tayang/app/tax"
)

// Kind is how the money flows: to the vendor directly, or out of the treasurer's imprest.
type Kind string

// The kinds.
const (
	LS Kind = "ls" // langsung, directly to the vendor
	UP Kind = "up" // uang persediaan, the imprest
	GU Kind = "gu" // ganti uang, its refill
	TU Kind = "tu" // tambahan uang, its increase
)

// Status is the state of a payment.
type Status string

// The states.
const (
	Requested  Status = "requested"  // SPP
	Authorised Status = "authorised" // SPM
	Settled    Status = "settled"    // SP2D: realised
	Reversed   Status = "reversed"   // withdrawn, or paid back by STS
)

// Paper is a paper of the treasury chain: SPP, SPM, SP2D or STS.
type Paper struct {
	Number string      `json:"number" db:"number"`
	Date   period.Date `json:"date" db:"date"`
}

// IsZero reports whether there is no such paper yet.
func (p Paper) IsZero() bool { return p == Paper{} }

// check wants a paper with a number and a date.
func (p *Paper) check(wrong *fault.Fields, at string) {
	p.Number = strings.TrimSpace(p.Number)
	checkNumber(wrong, at+"/number", p.Number)
	checkDate(wrong, at+"/date", p.Date)
}

// Tax is one tax that is kept back from a payment and deposited with the state.
type Tax struct {
	ID          uuid.UUID     `json:"id" db:"id"`
	Kind        tax.Kind      `json:"kind" db:"kind"`
	Base        money.Amount  `json:"base" db:"base"`
	Rate        string        `json:"rate" db:"rate" doc:"decimal"`
	Amount      money.Amount  `json:"amount" db:"amount"`
	LegalBasis  string        `json:"legal_basis" db:"legal_basis"`
	BillingCode string        `json:"billing_code" db:"billing_code"`
	NTPN        string        `json:"ntpn" db:"ntpn"`
	DepositedOn period.Date   `json:"deposited_on" db:"deposited_on"`
	DepositedBy uuid.NullUUID `json:"deposited_by" db:"deposited_by"`
	Declaration
}

// Payment pays invoices of one agreement. Amounts are in the smallest unit of the agency's currency: Gross = Price +
// VAT is what the budget bears, Net = Gross less Taxes and Penalty what the vendor receives. Work = Gross + Recouped + Retained.
type Payment struct {
	ID              uuid.UUID        `json:"id" db:"id"`
	AgencyID        uuid.UUID        `json:"agency_id" db:"agency_id"`
	AgreementID     uuid.UUID        `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string           `json:"agreement_number" db:"agreement_number"`
	AgreementStatus agreement.Status `json:"-" db:"agreement_status"`
	FiscalYear      int              `json:"fiscal_year" db:"fiscal_year"`
	VendorID        uuid.UUID        `json:"vendor_id" db:"vendor_id"`
	VendorName      string           `json:"vendor_name" db:"vendor_name"`
	Kind            Kind             `json:"kind" db:"kind" enum:"ls,up,gu,tu"`
	Status          Status           `json:"status" db:"status" enum:"requested,authorised,settled,reversed"`
	SPP             Paper            `json:"spp" db:"spp"`
	SPM             Paper            `json:"spm,omitzero" db:"spm"`
	SP2D            Paper            `json:"sp2d,omitzero" db:"sp2d"`
	STS             Paper            `json:"sts,omitzero" db:"sts"`
	Reason          string           `json:"reason" db:"reason" doc:"why it was reversed"`
	Purpose         Purpose          `json:"purpose" db:"purpose" enum:",advance,retention" doc:"empty: for accepted work"`
	Instalment      string           `json:"instalment" db:"instalment" doc:"of the agreement's terms of payment"`
	Recouped        money.Amount     `json:"recouped" db:"recouped" doc:"of the work, what settles the advance and so is not paid again; VAT included"`
	Retained        money.Amount     `json:"retained" db:"retained" doc:"of the work, what is kept back; VAT included"`
	RecoupedVAT     money.Amount     `json:"-" db:"recouped_vat"`
	RetainedVAT     money.Amount     `json:"-" db:"retained_vat"`
	Basis           *Basis           `json:"basis,omitempty" db:"basis" doc:"the vendor's paper where there is no invoice"`
	Parts           []Part           `json:"-" db:"-"`
	Price           money.Amount     `json:"price" db:"price" doc:"without VAT"`
	VAT             money.Amount     `json:"vat" db:"vat"`
	Gross           money.Amount     `json:"gross" db:"gross" doc:"price + vat"`
	VATCollected    bool             `json:"vat_collected" db:"vat_collected" doc:"the agency keeps the VAT back and deposits it"`
	Penalty         money.Amount     `json:"penalty" db:"penalty" doc:"for late delivery, kept back; income of the region, realised all the same"`
	Net             money.Amount     `json:"net" db:"net" doc:"what the vendor receives: gross less taxes and penalty"`
	Refunded        money.Amount     `json:"refunded" db:"refunded" doc:"of the gross, what came back in part by STS"`
	Held            string           `json:"held" db:"held" doc:"why it is held; empty unless it is"`
	Transfer        Paper            `json:"transfer,omitzero" db:"transfer" doc:"the bank's slip"`
	Drawn           Drawing          `json:"drawn,omitzero" db:"drawn" doc:"the additional cash (TU) that paid it"`
	Receipts        []Receipt        `json:"receipts" db:"-" doc:"what the treasurer paid out of cash, made good by this payment"`
	Holds           []Hold           `json:"holds" db:"-"`
	Refunds         []Refund         `json:"refunds" db:"-"`
	CreatedAt       time.Time        `json:"created_at" db:"created_at"`
	CreatedBy       uuid.UUID        `json:"created_by" db:"created_by"`
	AuthorisedAt    *time.Time       `json:"authorised_at" db:"authorised_at"`
	AuthorisedBy    uuid.NullUUID    `json:"authorised_by" db:"authorised_by"`
	SettledAt       *time.Time       `json:"settled_at" db:"settled_at"`
	SettledBy       uuid.NullUUID    `json:"settled_by" db:"settled_by"`
	ReversedAt      *time.Time       `json:"reversed_at" db:"reversed_at"`
	ReversedBy      uuid.NullUUID    `json:"reversed_by" db:"reversed_by"`
	Version         int64            `json:"version" db:"version"`
	Taxes           []Tax            `json:"taxes" db:"-"`
	InvoiceIDs      []uuid.UUID      `json:"invoice_ids" db:"-" doc:"what was asked for, also when it was reversed"`
	Explained       Reasons          `json:"taxes_explained" db:"taxes_explained" doc:"why which tax is kept back, as of the payment request"`
	agreement.BudgetVersion
}

// Document names the payment for a deed's record, by its last paper.
func (p Payment) Document() access.Document {
	paper := p.SPP
	for _, later := range []Paper{p.SPM, p.SP2D, p.STS} {
		if !later.IsZero() {
			paper = later
		}
	}
	return access.Document{Agency: p.AgencyID, Type: "payment", ID: p.ID, Number: paper.Number, Amount: p.Gross}
}

// Stamp is who does something, and when.
type Stamp struct {
	By uuid.UUID
	At time.Time
}

func (s Stamp) set(at **time.Time, by *uuid.NullUUID) {
	*at, *by = &s.At, uuid.NullUUID{UUID: s.By, Valid: true}
}

// Authorise puts the payment order (SPM) to a request. That by is not its author is asked before. Faults: wrong_state,
// payment_held, Invalid by field.
func (p Payment) Authorise(spm Paper, s Stamp) (Payment, error) {
	if p.Status != Requested {
		return p, fault.WrongState(string(p.Status), "authorise")
	}
	if err := p.free(); err != nil {
		return p, err
	}
	var wrong fault.Fields
	spm.check(&wrong, "/spm")
	notBefore(&wrong, "/spm/date", spm.Date, "spp.date", p.SPP.Date)
	p.Status, p.SPM = Authorised, spm
	s.set(&p.AuthorisedAt, &p.AuthorisedBy)
	return p, wrong.Err()
}

// Settle puts the disbursement order (SP2D) to an authorised payment: from that day it is realised. Faults:
// wrong_state, also when nothing can be owed under the agreement any more; payment_held; Invalid by field.
func (p Payment) Settle(sp2d Paper, s Stamp) (Payment, error) {
	if p.Status != Authorised {
		return p, fault.WrongState(string(p.Status), "settle")
	}
	if err := p.free(); err != nil {
		return p, err
	}
	if err := placement.Owing(p.AgreementStatus, "settle"); err != nil {
		return p, err
	}
	var wrong fault.Fields
	sp2d.check(&wrong, "/sp2d")
	notBefore(&wrong, "/sp2d/date", sp2d.Date, "spm.date", p.SPM.Date)
	p.inYear(&wrong, "/sp2d/date", sp2d.Date)
	p.Status, p.SP2D = Settled, sp2d
	s.set(&p.SettledAt, &p.SettledBy)
	return p, wrong.Err()
}

// inYear wants a day of the payment's fiscal year: the budget of that year bears what moves on it.
func (p Payment) inYear(wrong *fault.Fields, at string, on period.Date) {
	if !on.IsZero() && !period.FiscalYear(p.FiscalYear).Contains(on) {
		wrong.AddWith(at, "outside_fiscal_year", fault.Args{"fiscal_year": p.FiscalYear})
	}
}

// Reversal is why a payment is undone, and the slip (STS) by which settled money came back.
type Reversal struct {
	Reason string `json:"reason"`
	STS    Paper  `json:"sts,omitzero" required:"false" doc:"only for a settled payment"`
}

// Reverse undoes a payment: before settlement it is withdrawn, after it the money has come back by STS. Faults:
// wrong_state when it is reversed already, Invalid by field.
func (p Payment) Reverse(r Reversal, s Stamp) (Payment, error) {
	if p.Status == Reversed {
		return p, fault.WrongState(string(p.Status), "reverse")
	}
	var wrong fault.Fields
	wrong.Text("/reason", r.Reason, true, reasonMax)
	switch {
	case p.Status == Settled:
		r.STS.check(&wrong, "/sts")
		notBefore(&wrong, "/sts/date", r.STS.Date, "sp2d.date", p.SP2D.Date)
		p.inYear(&wrong, "/sts/date", r.STS.Date)
	case !r.STS.IsZero():
		wrong.Add("/sts", "not_settled")
	}
	p.Status, p.Reason, p.STS = Reversed, r.Reason, r.STS
	s.set(&p.ReversedAt, &p.ReversedBy)
	return p, wrong.Err()
}

const reasonMax = 2000

// Share is what one budget line bears of a payment, VAT included.
type Share struct {
	Line  uuid.UUID    `db:"budget_line_id"`
	Year  int          `db:"fiscal_year"`
	Gross money.Amount `db:"gross"`
	// Carried: a recognition of debt carried it to the line; what is not owed any more is free there.
	Carried bool `db:"carried"`
}

// borne is the payment in the year whose budget bears it now: a debt may have been carried over since it was asked for.
func (p Payment) borne(shares []Share) Payment {
	for i, s := range shares {
		if i == 0 || s.Year > p.FiscalYear {
			p.FiscalYear = s.Year
		}
	}
	return p
}

// Realise gives the entries of a settled payment. Shares that do not sum to it are a fault of the program.
func (p Payment) Realise(shares []Share) ([]budget.Move, error) {
	return p.moves(shares, budget.Move{
		Kind: budget.Realise, From: budget.Committed, To: budget.Realised,
		EffectiveOn: p.SP2D.Date, Document: p.document(p.SP2D),
	})
}

// Refund gives the entries of a reversed payment that was settled: the money is committed again for the vendor, or
// free when the agreement is closed and owes nothing.
func (p Payment) Refund(shares []Share) ([]budget.Move, error) {
	to := budget.Committed
	if p.AgreementStatus == agreement.Closed {
		to = budget.Available
	}
	return p.moves(shares, budget.Move{
		Kind: budget.Refund, From: budget.Realised, To: to,
		EffectiveOn: p.STS.Date, Document: p.document(p.STS), Reason: p.Reason,
	})
}

func (p Payment) document(paper Paper) budget.Document {
	return budget.Document{Type: "payment", ID: p.ID, Number: paper.Number}
}

func (p Payment) moves(shares []Share, m budget.Move) ([]budget.Move, error) {
	moves := make([]budget.Move, len(shares))
	var sum money.Amount
	for i, s := range shares {
		m.Line, m.Amount = s.Line, s.Gross
		moves[i] = m
		sum += s.Gross
	}
	if sum != p.Standing() {
		return nil, fmt.Errorf("payment %s: its placements are worth %d, not %d", p.ID, sum, p.Standing())
	}
	return moves, nil
}

func indexOf(taxes []Tax, id uuid.UUID) int {
	for i, t := range taxes {
		if t.ID == id {
			return i
		}
	}
	return -1
}
