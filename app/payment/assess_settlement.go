package payment

import (
	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/rule"
)

// TermsFact is what an assessment asks about how the agreement is paid: its terms, its gross, and the accepted work for which
// payment was asked up to now, this payment's with it.
type TermsFact struct {
	Terms agreement.PaymentTerms `json:"terms,omitzero" db:"payment_terms"`
	Gross money.Amount           `json:"gross" db:"gross"`
	Work  money.Amount           `json:"work" db:"work"`
}

// Work is the accepted work that the payment is for, VAT included: what is paid, what settles the advance and what is kept back.
func (p Payment) Work() money.Amount { return p.Gross + p.Recouped + p.Retained }

// settlement doubts an advance without a guarantee that covers it until the agreement's end, and work beyond what the
// instalments up to the named one come to.
func (s *assessing) settlement() {
	p, f := s.payment, s.facts.Terms
	if p.Purpose == ForAdvance {
		g := Guarantee{}
		if p.Basis != nil && p.Basis.Guarantee != nil {
			g = *p.Basis.Guarantee
		}
		if g.Amount < p.Gross || g.ValidUntil.Before(s.day) {
			s.say(rule.GuaranteeMissing, "/basis/guarantee", AtPayment, p.ID, fault.Args{"advance": p.Gross, "covered": g.Amount})
		}
	}
	if p.Purpose != ForWork && (p.Basis == nil || p.Basis.File == "") {
		number := ""
		if p.Basis != nil {
			number = p.Basis.Number
		}
		s.say(rule.InvoiceFileMissing, "/basis/file", AtPayment, uuid.Nil, fault.Args{"number": number})
	}
	percent, found := f.Terms.UpTo(p.Instalment)
	if !found {
		return
	}
	if most, err := money.MulDiv(f.Gross, percent, 100, money.HalfUp); err == nil && f.Work > most {
		s.say(rule.InstalmentExceeded, "/instalment", AtAgreement, p.AgreementID, fault.Args{
			"instalment": p.Instalment, "work": f.Work, "most": most, "percent": percent,
		})
	}
}
