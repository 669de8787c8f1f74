package payment

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Basis is the vendor's paper for a payment without invoices over placements, and the guarantee behind an advance.
type Basis struct {
	Number    string      `json:"number" doc:"of the vendor's invoice or letter"`
	Date      period.Date `json:"date"`
	File      string      `json:"file,omitempty" doc:"SHA-256 of the vendor's own file, sent before"`
	Guarantee *Guarantee  `json:"guarantee,omitempty" doc:"jaminan uang muka"`
}

// Guarantee is a bank's or insurer's promise to give an advance back.
type Guarantee struct {
	Number     string       `json:"number"`
	Issuer     string       `json:"issuer"`
	Amount     money.Amount `json:"amount"`
	ValidUntil period.Date  `json:"valid_until"`
	File       string       `json:"file,omitempty" doc:"SHA-256"`
}

// Value writes the basis as the JSON that is stored; NULL for none.
func (b *Basis) Value() (driver.Value, error) {
	if b == nil {
		return nil, nil
	}
	text, err := json.Marshal(b)
	return string(text), err
}

// Scan reads a stored basis.
func (b *Basis) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("payment.Basis: cannot scan %T", src)
	}
	return json.Unmarshal(text, b)
}

func (b *Basis) trim() {
	if b == nil {
		return
	}
	b.Number, b.File = strings.TrimSpace(b.Number), strings.ToLower(strings.TrimSpace(b.File))
	if g := b.Guarantee; g != nil {
		g.Number, g.Issuer, g.File = strings.TrimSpace(g.Number), strings.TrimSpace(g.Issuer), strings.ToLower(strings.TrimSpace(g.File))
	}
}

const issuerMax = 200

func (b *Basis) check(wrong *fault.Fields) {
	if b == nil {
		wrong.Add("/basis", "required")
		return
	}
	checkNumber(wrong, "/basis/number", b.Number)
	checkDate(wrong, "/basis/date", b.Date)
	checkHash(wrong, "/basis/file", b.File)
	if g := b.Guarantee; g != nil {
		checkNumber(wrong, "/basis/guarantee/number", g.Number)
		wrong.Text("/basis/guarantee/issuer", g.Issuer, true, issuerMax)
		wrong.Within("/basis/guarantee/amount", int64(g.Amount), 1, fault.AmountMax)
		checkDate(wrong, "/basis/guarantee/valid_until", g.ValidUntil)
		checkHash(wrong, "/basis/guarantee/file", g.File)
	}
}

// checkPurpose says what is wrong with what the payment is for: invoices belong to work, a basis to everything else.
func (r *Request) checkPurpose(wrong *fault.Fields) {
	fault.Choice(wrong, "/purpose", r.Purpose, ForWork, ForAdvance, ForRetention)
	r.Basis.trim()
	r.Instalment = strings.TrimSpace(r.Instalment)
	if r.Purpose == ForWork {
		if r.Basis != nil {
			wrong.Add("/basis", "not_for_work")
		}
		if r.Amount != 0 {
			wrong.Add("/amount", "not_for_work")
		}
		return
	}
	r.Basis.check(wrong)
	if len(r.InvoiceIDs) > 0 {
		wrong.Add("/invoice_ids", "only_for_work")
	}
	if r.Amount != 0 && r.Purpose == ForRetention {
		wrong.Add("/amount", "not_for_work")
	}
	wrong.Within("/amount", int64(r.Amount), 0, fault.AmountMax)
	if r.Instalment != "" {
		wrong.Add("/instalment", "only_for_work")
	}
	if r.Basis != nil {
		notBefore(wrong, "/spp/date", r.SPP.Date, "basis.date", r.Basis.Date)
	}
}

// Book is how the agreement's money stands, and the accepted work of the invoices by budget line. It is looked at where
// something was agreed on besides paying what is accepted.
type Book struct {
	Settlement
	WorkByLine []Share
}

// deduct takes what settles the advance and what is kept back off the price of work, or gives an advance or a retention its
// price. A plain payment stays as it is. Faults: those of Settlement, nothing_payable, Invalid about /instalment.
func (r Request) deduct(p *Payment, a agreement.Agreement, book Book) (err error) {
	p.Purpose, p.Instalment, p.Basis = r.Purpose, r.Instalment, r.Basis
	if r.Purpose == ForWork && !a.PaymentTerms.Settles() {
		return r.named(a)
	}
	var sum Sum
	switch r.Purpose {
	case ForAdvance:
		p.Parts, sum, err = book.ForAdvance(a, r.Amount)
	case ForRetention:
		p.Parts, sum, err = book.ForRetention(a.PaymentTerms, r.SPP.Date)
	case ForWork:
		if err = r.named(a); err != nil {
			return err
		}
		var recouped, retained Sum
		if p.Parts, recouped, retained, err = book.ForWork(a.PaymentTerms, book.WorkByLine); err != nil {
			return err
		}
		if retained.VAT, err = inProportion(p.VAT, retained.Gross, p.Gross, 0); err != nil {
			return err
		}
		p.Recouped, p.Retained = recouped.Gross, retained.Gross
		sum = Sum{p.Gross - recouped.Gross - retained.Gross, p.VAT - recouped.VAT - retained.VAT}
		p.RetainedVAT, p.RecoupedVAT = retained.VAT, recouped.VAT
	}
	if err != nil {
		return err
	}
	if sum.Gross <= sum.VAT {
		return fault.New(fault.Conflict, "nothing_payable")
	}
	p.Gross, p.VAT, p.Price = sum.Gross, sum.VAT, sum.Gross-sum.VAT
	return nil
}

// named wants an instalment of the agreement, where one is named.
func (r Request) named(a agreement.Agreement) error {
	var wrong fault.Fields
	if _, found := a.PaymentTerms.UpTo(r.Instalment); r.Instalment != "" && !found {
		wrong.Add("/instalment", "not_found")
	}
	return wrong.Err()
}
