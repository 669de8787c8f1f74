package payment

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/tax"
)

// Request is a payment request (SPP) as a client enters it.
type Request struct {
	AgreementID uuid.UUID    `json:"agreement_id"`
	Kind        Kind         `json:"kind" enum:"ls,up,gu,tu"`
	InvoiceIDs  []uuid.UUID  `json:"invoice_ids"`
	SPP         Paper        `json:"spp"`
	Purpose     Purpose      `json:"purpose,omitempty" enum:",advance,retention" doc:"empty: for accepted work"`
	Instalment  string       `json:"instalment,omitempty" doc:"of the agreement's terms of payment"`
	Amount      money.Amount `json:"amount,omitempty" doc:"of an advance, VAT included; left out: as much as was agreed"`
	Basis       *Basis       `json:"basis,omitempty" doc:"the vendor's paper where there is no invoice"`
	Cash
}

const invoicesMax = 500

// Check says by field what is wrong with the request by itself.
func (r *Request) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", r.Kind, LS, UP, GU, TU)
	if r.Purpose == ForWork {
		placement.CheckIDs(&wrong, "/invoice_ids", r.InvoiceIDs, invoicesMax)
	}
	r.checkPurpose(&wrong)
	r.SPP.check(&wrong, "/spp")
	r.Cash.check(&wrong, r.Kind, r.SPP.Date)
	return wrong.Err()
}

// Payment makes the requested payment of the found invoices, with the taxes of the day of the request; taxes and receipts have
// no ids yet. book is looked at where more was agreed on than paying what is accepted. Faults: wrong_state when nothing can be owed under the agreement or an invoice is in another payment;
// Invalid by field.
func (r Request) Payment(a agreement.Agreement, found []Invoice, payee tax.Payee, rates tax.Rates, book Book) (Payment, error) {
	if err := placement.Owing(a.Status, "request"); err != nil {
		return Payment{}, err
	}
	chosen, err := r.choose(a, found)
	if err != nil {
		return Payment{}, err
	}
	p := Payment{
		AgencyID: a.AgencyID, AgreementID: a.ID, AgreementNumber: a.Number, AgreementStatus: a.Status, FiscalYear: a.FiscalYear,
		VendorID: a.VendorID, VendorName: a.VendorName, Kind: r.Kind, Status: Requested, SPP: r.SPP, InvoiceIDs: append([]uuid.UUID{}, r.InvoiceIDs...),
		Taxes: []Tax{}, Version: 1,
	}
	for n, i := range chosen {
		p.Price, p.VAT = p.Price+i.Price, p.VAT+i.VAT
		if n == 0 {
			p.FiscalYear = i.FiscalYear
		}
	}
	p.Gross = p.Price + p.VAT
	if err := r.deduct(&p, a, book); err != nil {
		return Payment{}, err
	}
	in := tax.Input{Payee: payee, Class: tax.Service, Price: p.Price, VAT: p.VAT, On: r.SPP.Date, DealPrice: a.Value}
	kept, err := tax.Withhold(in, rates)
	if err != nil {
		return Payment{}, err
	}
	if p.Explained, err = tax.Explain(in, rates); err != nil {
		return Payment{}, err
	}
	p.VATCollected, p.Net = kept.VATCollected, kept.Net
	for _, l := range kept.Lines {
		p.Taxes = append(p.Taxes, Tax{Kind: l.Kind, Base: l.Base, Rate: l.Rate, Amount: l.Amount, LegalBasis: l.LegalBasis})
	}
	return r.Cash.on(p)
}

// choose puts the invoices in the order asked for and holds each against the request.
func (r Request) choose(a agreement.Agreement, found []Invoice) ([]Invoice, error) {
	byID := make(map[uuid.UUID]Invoice, len(found))
	for _, i := range found {
		byID[i.ID] = i
	}
	var wrong, taken fault.Fields
	year := 0
	var state InvoiceStatus
	chosen := make([]Invoice, 0, len(r.InvoiceIDs))
	for n, id := range r.InvoiceIDs {
		at := "/invoice_ids/" + strconv.Itoa(n)
		switch i, ok := byID[id]; {
		case !ok:
			wrong.Add(at, "not_found")
		case i.AgreementID != a.ID:
			wrong.Add(at, "other_agreement")
		case i.Status != Open:
			state = i.Status
			taken.AddWith(at, "wrong_state", fault.Args{"status": string(i.Status), "verb": "request"})
		case i.Price == 0 && i.Credited > 0:
			wrong.Add(at, "all_credited")
		case year != 0 && i.FiscalYear != year:
			wrong.AddWith(at, "outside_fiscal_year", fault.Args{"fiscal_year": year})
		default:
			chosen, year = append(chosen, i), i.FiscalYear
		}
	}
	r.checkChain(&wrong, chosen)
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if len(taken) > 0 {
		refusal := fault.WrongState(string(state), "request")
		refusal.Fields = taken
		return nil, refusal
	}
	return chosen, nil
}

// checkChain wants the request not before the last invoice, acceptance report and inspection report.
func (r Request) checkChain(wrong *fault.Fields, chosen []Invoice) {
	var invoiced, accepted, inspected period.Date
	for _, i := range chosen {
		if i.Date.After(invoiced) {
			invoiced = i.Date
		}
		if i.AcceptedOn.After(accepted) {
			accepted = i.AcceptedOn
		}
		if i.InspectedOn.After(inspected) {
			inspected = i.InspectedOn
		}
	}
	notBefore(wrong, "/spp/date", r.SPP.Date, "invoice.date", invoiced)
	notBefore(wrong, "/spp/date", r.SPP.Date, "acceptance.date", accepted)
	notBefore(wrong, "/spp/date", r.SPP.Date, "inspection.date", inspected)
}
