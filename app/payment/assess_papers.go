package payment

import (
	"slices"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/rule"
	"tayang/app/tax"
)

// PaperedInvoice is an invoice of the payment with the vendor's papers behind it.
type PaperedInvoice struct {
	ID               uuid.UUID    `json:"id" db:"id"`
	Number           string       `json:"number" db:"number"`
	Date             period.Date  `json:"date" db:"date"`
	Price            money.Amount `json:"price" db:"price"`
	VAT              money.Amount `json:"vat" db:"vat"`
	TaxInvoiceNumber string       `json:"tax_invoice_number" db:"tax_invoice_number"`
	SellerNPWP       string       `json:"-" db:"seller_npwp"`
	Issued           bool         `json:"issued,omitempty" db:"issued" doc:"its file is one that the program itself made"`
	Base             money.Amount `json:"base" db:"-" doc:"taxable base of VAT as we compute it"`
	Papers           []PaperFact  `json:"papers" db:"-"`
	Reused           []Elsewhere  `json:"reused" db:"-" doc:"other invoices with the same tax invoice"`
	Twins            []Twin       `json:"twins" db:"-"`
}

// PaperFact is a paper of the vendor, as it is asked about.
type PaperFact struct {
	InvoiceID  uuid.UUID    `json:"-" db:"invoice_id"`
	Kind       PaperKind    `json:"kind" db:"kind"`
	Number     string       `json:"number" db:"number"`
	Date       period.Date  `json:"date,omitzero" db:"date"`
	Amount     money.Amount `json:"amount,omitempty" db:"amount"`
	Covers     Covers       `json:"covers,omitempty" db:"covers"`
	File       string       `json:"file" db:"file_sha256"`
	Meterai    string       `json:"meterai_number,omitempty" db:"meterai_number"`
	Base       money.Amount `json:"base,omitempty" db:"base"`
	VAT        money.Amount `json:"vat,omitempty" db:"vat"`
	SellerNPWP string       `json:"-" db:"seller_npwp"`
}

// Elsewhere is another invoice of the government, as far as everybody may know it.
type Elsewhere struct {
	InvoiceID  uuid.UUID `json:"-" db:"invoice_id"`
	AgencyCode string    `json:"agency_code" db:"agency_code"`
	Number     string    `json:"number" db:"number"`
}

// of gives the papers of a kind.
func (i PaperedInvoice) of(kind PaperKind) (out []PaperFact) {
	for _, p := range i.Papers {
		if p.Kind == kind {
			out = append(out, p)
		}
	}
	return out
}

// vendorPapers doubts what the vendor's papers lack, and where they are not his or not over what is paid.
func (s *assessing) vendorPapers() {
	s.receipts()
	for _, i := range s.facts.Papered {
		if i.Issued {
			s.say(rule.NotTheVendors, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number})
		}
		s.taxInvoice(i)
		for _, t := range i.Twins {
			code := rule.InvoiceLooksAlike
			if t.How.Refused() {
				code = rule.InvoiceTwin
			}
			s.say(code, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "other": t.Number, "agency": t.AgencyName, "twin": string(t.How)})
		}
	}
}

// receipts wants a receipt of each invoice, or one over all that is paid.
func (s *assessing) receipts() {
	p, sum := s.payment, money.Amount(0)
	above := s.facts.Rules.On(rule.MeteraiAbove, s.day).Figure
	whole := false
	for _, i := range s.facts.Papered {
		for _, r := range i.of(ReceiptPaper) {
			sum += r.Amount
			whole = whole || r.Amount == p.Gross || r.Amount == p.Net
			if int64(r.Amount) > above && r.Meterai == "" {
				s.say(rule.MeteraiMissing, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "amount": r.Amount, "limit": money.Amount(above)})
			}
		}
	}
	together := sum == p.Gross || sum == p.Net
	for _, i := range s.facts.Papered {
		found := i.of(ReceiptPaper)
		if len(found) == 0 && !whole {
			s.say(rule.ReceiptMissing, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number})
		}
		for _, r := range found {
			if r.Amount != i.Price+i.VAT && !together && r.Amount != p.Gross && r.Amount != p.Net {
				s.say(rule.ReceiptDiffers, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "amount": r.Amount, "gross": p.Gross, "net": p.Net})
			}
		}
	}
}

// taxInvoice doubts the tax invoice of an invoice with VAT: that it is there, its form, and what it says.
func (s *assessing) taxInvoice(i PaperedInvoice) {
	papers := i.of(TaxInvoice)
	if i.TaxInvoiceNumber == "" && len(papers) == 0 {
		if i.VAT > 0 {
			s.say(rule.TaxInvoiceMissing, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number})
		}
		return
	}
	on := map[string]period.Date{}
	var numbers []string
	for _, p := range papers {
		if on[p.Number] = p.Date; p.Date.IsZero() {
			on[p.Number] = i.Date
		}
		numbers = append(numbers, p.Number)
		s.taxInvoiceSays(i, p)
	}
	if n := i.TaxInvoiceNumber; n != "" && !slices.Contains(numbers, n) {
		on[n], numbers = i.Date, append(numbers, n)
	}
	for _, n := range numbers {
		read, flaws := tax.ReadInvoiceNumber(n, on[n])
		for _, f := range flaws {
			s.say(rule.TaxInvoiceMalformed, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "tax_number": n, "flaw": string(f)})
		}
		if len(flaws) == 0 && i.VAT > 0 && !read.Usual(s.payment.VATCollected) {
			code, usual := rule.TaxInvoiceCode, "04"
			if s.payment.VATCollected {
				usual = "02"
			}
			s.say(code, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "tax_number": n, "transaction": read.Transaction, "usual": usual})
		}
	}
	for _, r := range i.Reused {
		s.say(rule.TaxInvoiceReused, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "other": r.Number, "agency": r.AgencyCode})
	}
}

// taxInvoiceSays holds what the tax invoice says against ours. Its base may be the price, or the part of it that is taxed.
func (s *assessing) taxInvoiceSays(i PaperedInvoice, p PaperFact) {
	tolerance := money.Amount(s.facts.Rules.On(rule.TaxInvoiceTolerance, s.day).Figure)
	off := func(a, b money.Amount) bool { return max(a-b, b-a) > tolerance }
	say := func(part string, theirs, ours any) {
		s.say(rule.TaxInvoiceDiffers, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number, "part": part, "amount": theirs, "expected": ours})
	}
	if p.Base > 0 && off(p.Base, i.Base) && off(p.Base, i.Price) {
		say("base", p.Base, i.Base)
	}
	if p.VAT > 0 && off(p.VAT, i.VAT) {
		say("vat", p.VAT, i.VAT)
	}
	if p.SellerNPWP != "" && i.SellerNPWP != "" && sixteen(p.SellerNPWP) != sixteen(i.SellerNPWP) {
		say("seller", masked(p.SellerNPWP), masked(i.SellerNPWP))
	}
}

// sixteen is a tax number with 16 digits: the old 15 begin with a nought.
func sixteen(npwp string) string {
	if len(npwp) == 15 {
		return "0" + npwp
	}
	return npwp
}

// masked leaves the last four digits of a tax number.
func masked(npwp string) string { return "…" + npwp[max(0, len(npwp)-4):] }
