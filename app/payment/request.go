package payment

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/tax"
)

// Request is a payment request (SPP) as a client enters it.
type Request struct {
	AgreementID uuid.UUID   `json:"agreement_id"`
	Kind        Kind        `json:"kind" enum:"ls,up,gu,tu"`
	InvoiceIDs  []uuid.UUID `json:"invoice_ids"`
	SPP         Paper       `json:"spp"`
	Cash
}

const invoicesMax = 500

// Check says by field what is wrong with the request by itself.
func (r *Request) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", r.Kind, LS, UP, GU, TU)
	placement.CheckIDs(&wrong, "/invoice_ids", r.InvoiceIDs, invoicesMax)
	r.SPP.check(&wrong, "/spp")
	r.Cash.check(&wrong, r.Kind, r.SPP.Date)
	return wrong.Err()
}

// Payment makes the requested payment of the found invoices, with the taxes of the day of the request; taxes and receipts have
// no ids yet. Faults: wrong_state when nothing can be owed under the agreement or an invoice is in another payment;
// Invalid by field.
func (r Request) Payment(a agreement.Agreement, found []Invoice, payee tax.Payee, rates tax.Rates) (Payment, error) {
	if err := placement.Owing(a.Status, "request"); err != nil {
		return Payment{}, err
	}
	chosen, err := r.choose(a, found)
	if err != nil {
		return Payment{}, err
	}
	p := Payment{
		AgencyID: a.AgencyID, AgreementID: a.ID, AgreementNumber: a.Number, AgreementStatus: a.Status, FiscalYear: a.FiscalYear,
		VendorID: a.VendorID, VendorName: a.VendorName, Kind: r.Kind, Status: Requested, SPP: r.SPP, InvoiceIDs: r.InvoiceIDs,
		Taxes: []Tax{}, Version: 1,
	}
	for n, i := range chosen {
		p.Price, p.VAT = p.Price+i.Price, p.VAT+i.VAT
		if n == 0 {
			p.FiscalYear = i.FiscalYear
		}
	}
	p.Gross = p.Price + p.VAT
	kept, err := tax.Withhold(tax.Input{Payee: payee, Class: tax.Service, Price: p.Price, VAT: p.VAT, On: r.SPP.Date, DealPrice: a.Value}, rates)
	if err != nil {
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

// checkChain wants the request not before the last invoice and the last acceptance report.
func (r Request) checkChain(wrong *fault.Fields, chosen []Invoice) {
	var invoiced, accepted period.Date
	for _, i := range chosen {
		if i.Date.After(invoiced) {
			invoiced = i.Date
		}
		if i.AcceptedOn.After(accepted) {
			accepted = i.AcceptedOn
		}
	}
	notBefore(wrong, "/spp/date", r.SPP.Date, "invoice.date", invoiced)
	notBefore(wrong, "/spp/date", r.SPP.Date, "acceptance.date", accepted)
}
