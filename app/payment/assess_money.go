package payment

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/app/tax"
	"tayang/app/vetting"
)

// MoneyFacts is what is known for the questions about dates, cash and payee.
type MoneyFacts struct {
	Today    period.Date            `json:"today"`
	Payee    PayeeFact              `json:"payee"`
	Expired  []ExpiredFact          `json:"expired" doc:"papers of the payee that are not valid on the day, with none of their kind in their place"`
	Barred   []vetting.Blacklisting `json:"barred" doc:"blacklistings that hold on the day"`
	Chain    []DateFact             `json:"chain"`
	Receipts []Receipt              `json:"receipts"`
}

// PayeeFact is the vendor as he is on the day. Numbers are not kept here, only that they are there.
type PayeeFact struct {
	ID            uuid.UUID           `json:"id" db:"id"`
	LegalName     string              `json:"legal_name" db:"legal_name"`
	Kind          registry.VendorKind `json:"kind" db:"kind"`
	HasNPWP       bool                `json:"has_npwp" db:"has_npwp"`
	HasNIK        bool                `json:"has_nik" db:"has_nik"`
	HasBank       bool                `json:"has_bank" db:"has_bank"`
	AccountOwner  string              `json:"account_owner" db:"account_owner"`
	VATRegistered bool                `json:"vat_registered" db:"vat_registered"`
	Suket         period.Date         `json:"pp55_valid_until" db:"pp55_valid_until"`
}

// ExpiredFact is a paper that is not valid any more.
type ExpiredFact struct {
	Kind       string      `json:"kind" db:"kind"`
	Name       string      `json:"name" db:"name"`
	ValidUntil period.Date `json:"valid_until" db:"valid_until"`
}

// DateFact is the dates behind an invoice: order, first and last publication, the invoice itself.
type DateFact struct {
	InvoiceID uuid.UUID   `json:"invoice_id" db:"invoice_id"`
	Number    string      `json:"number" db:"number"`
	Ordered   period.Date `json:"ordered" db:"ordered"`
	First     period.Date `json:"first" db:"first"`
	Last      period.Date `json:"last" db:"last"`
	Invoiced  period.Date `json:"invoiced" db:"invoiced"`
}

// dates doubts an order of dates that cannot be: order, publication, invoice; and an order from the future. What follows the
// invoice is refused where it is entered. Days that are the same are in order.
func (s *assessing) dates() {
	for _, c := range s.facts.Money.Chain {
		if !c.First.IsZero() && c.First.Before(c.Ordered) {
			s.say(rule.DocumentDates, "/invoice_ids", AtInvoice, c.InvoiceID, fault.Args{
				"number": c.Number, "earlier": "published_on", "earlier_date": c.First, "later": "order_date", "later_date": c.Ordered,
			})
		}
		if !c.Last.IsZero() && c.Invoiced.Before(c.Last) {
			s.say(rule.DocumentDates, "/invoice_ids", AtInvoice, c.InvoiceID, fault.Args{
				"number": c.Number, "earlier": "invoice.date", "earlier_date": c.Invoiced, "later": "published_on", "later_date": c.Last,
			})
		}
	}
	if !s.payment.SPM.IsZero() && s.day.After(s.facts.Money.Today) {
		s.say(rule.DatedAhead, "/spm/date", AtPayment, s.payment.ID, fault.Args{"date": s.day})
	}
}

// cash doubts a payment out of cash: without receipts, above what may be paid so, accounted for late, with a rest kept.
func (s *assessing) cash() {
	p := s.payment
	if p.Kind == LS {
		return
	}
	largest := p.Gross
	if len(p.Receipts) == 0 {
		s.say(rule.ImprestReceiptMissing, "/receipts", AtPayment, p.ID, fault.Args{"kind": strings.ToUpper(string(p.Kind))})
	} else {
		largest = 0
		for _, r := range p.Receipts {
			largest = max(largest, r.Amount)
		}
	}
	if limit := money.Amount(s.facts.Rules.On(rule.UPOverLimit, s.day).Figure); p.Kind != TU && largest > limit {
		s.say(rule.UPOverLimit, "/receipts", AtPayment, p.ID, fault.Args{"amount": largest, "limit": limit})
	}
	if p.Drawn.IsZero() {
		return
	}
	if days := s.facts.Rules.On(rule.TULate, s.day).Figure; int64(s.day.Sub(p.Drawn.Date)) > days {
		s.say(rule.TULate, "/drawn/date", AtPayment, p.ID, fault.Args{"days": int64(s.day.Sub(p.Drawn.Date)), "most": days, "date": p.Drawn.Date})
	}
	if left := p.Drawn.Left(p.Gross); left > 0 && p.Drawn.STS.IsZero() {
		s.say(rule.TULeftover, "/drawn/sts", AtPayment, p.ID, fault.Args{"amount": left})
	}
}

// payee doubts a vendor whose tax and bank papers are not in order on the day.
func (s *assessing) payee() {
	v := s.facts.Money.Payee
	named := fault.Args{"vendor": v.LegalName, "date": s.day}
	switch {
	case !v.HasBank:
		s.say(rule.BankMissingPayment, "", AtVendor, v.ID, named)
	case !vetting.SameName(v.AccountOwner, v.LegalName):
		s.say(rule.BankOwnerPayment, "", AtVendor, v.ID, fault.Args{"owner": v.AccountOwner, "vendor": v.LegalName})
	}
	if !v.HasNPWP && (v.Kind == registry.Company || !v.HasNIK) {
		s.say(rule.NPWPMissingPayment, "", AtVendor, v.ID, named)
	}
	if s.payment.VAT > 0 && !v.VATRegistered {
		s.say(rule.PKPMissingPayment, "", AtVendor, v.ID, named)
	}
	for _, t := range s.payment.Taxes {
		if t.Kind == tax.PPhFinal && (v.Suket.IsZero() || v.Suket.Before(s.day)) {
			s.say(rule.SuketExpiredPayment, "", AtVendor, v.ID, fault.Args{"vendor": v.LegalName, "date": s.day, "until": v.Suket})
		}
	}
	for _, e := range s.facts.Money.Expired {
		s.say(rule.DocumentExpired, "", AtVendor, v.ID, fault.Args{"vendor": v.LegalName, "name": e.Name, "until": e.ValidUntil})
	}
	for _, b := range s.facts.Money.Barred {
		s.say(rule.BlacklistedPayment, "", AtVendor, v.ID, fault.Args{"vendor": v.LegalName, "date": s.day, "decree": b.DecreeNumber})
	}
}
