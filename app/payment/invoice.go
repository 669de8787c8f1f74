// Package payment is what is owed and paid: the vendor's invoices over accepted placements, payments along the treasury
// chain (SPP, SPM, SP2D), the taxes kept back and their deposit, and reversals. How taxes are computed lives in tax.
package payment

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
)

// Invoice is the vendor's own paper over accepted placements of one agreement. Amount is their gross, in the smallest
// unit of the agency's currency, and the Excess that an override let through: Price + VAT + Excess + Credited = Amount.
type Invoice struct {
	ID               uuid.UUID     `json:"id" db:"id"`
	AgencyID         uuid.UUID     `json:"agency_id" db:"agency_id"`
	AgreementID      uuid.UUID     `json:"agreement_id" db:"agreement_id"`
	AgreementNumber  string        `json:"agreement_number" db:"agreement_number"`
	VendorID         uuid.UUID     `json:"vendor_id" db:"vendor_id"`
	VendorName       string        `json:"vendor_name" db:"vendor_name"`
	Number           string        `json:"number" db:"number"`
	Date             period.Date   `json:"date" db:"date"`
	Amount           money.Amount  `json:"amount" db:"amount" doc:"VAT included, as the vendor wrote it"`
	Excess           money.Amount  `json:"excess" db:"excess" doc:"what the amount is higher than the placements by; passed under an override, never paid"`
	Price            money.Amount  `json:"price" db:"price" doc:"without VAT"`
	VAT              money.Amount  `json:"vat" db:"vat"`
	Penalty          money.Amount  `json:"penalty" db:"penalty" doc:"for the late delivery of its placements"`
	Credited         money.Amount  `json:"credited" db:"credited" doc:"what credit notes and refunds took off the amount"`
	TaxInvoiceNumber string        `json:"tax_invoice_number" db:"tax_invoice_number" doc:"nomor faktur pajak, digits only"`
	File             string        `json:"file" db:"file" doc:"SHA-256 of the vendor's own file; empty until it is attached"`
	Placements       int64         `json:"placements" db:"placements" doc:"number of placements"`
	AcceptedOn       period.Date   `json:"accepted_on" db:"accepted_on" doc:"date of the last acceptance report of its placements"`
	FiscalYear       int           `json:"fiscal_year" db:"fiscal_year" doc:"the year whose budget bears it"`
	PaymentID        uuid.NullUUID `json:"payment_id" db:"payment_id" doc:"the payment that it is part of, unless that was reversed"`
	Status           InvoiceStatus `json:"status" db:"status" enum:"open,requested,authorised,settled"`
	CreatedAt        time.Time     `json:"created_at" db:"created_at"`
	CreatedBy        uuid.UUID     `json:"created_by" db:"created_by"`
	Version          int64         `json:"version" db:"version"`
	PlacementIDs     []uuid.UUID   `json:"placement_ids,omitempty" db:"-" doc:"on a single invoice only"`
	InspectedOn      period.Date   `json:"inspected_on" db:"inspected_on" doc:"date of the last inspection report (BAP) of its placements"`
	Lines            []InvoiceLine `json:"lines,omitempty" db:"-" doc:"as the vendor wrote them; on a single invoice only"`
	Credits          []Credit      `json:"credits,omitempty" db:"-" doc:"credit notes, on a single invoice only"`
}

// InvoiceStatus is open, or else the state of the payment that the invoice is part of.
type InvoiceStatus string

// Open is the state of an invoice that no payment has asked for.
const Open InvoiceStatus = "open"

// Bill is an invoice as a client enters it.
type Bill struct {
	AgreementID      uuid.UUID    `json:"agreement_id"`
	Number           string       `json:"number"`
	Date             period.Date  `json:"date"`
	Amount           money.Amount `json:"amount" doc:"VAT included, in the smallest unit; the sum of its placements"`
	TaxInvoiceNumber string       `json:"tax_invoice_number,omitempty" doc:"nomor faktur pajak, 16 or 17 digits"`
	PlacementIDs     []uuid.UUID  `json:"placement_ids"`
	File             string       `json:"file,omitempty" doc:"SHA-256 of the vendor's own file, sent before"`
	Lines            []BillLine   `json:"lines,omitempty" doc:"as the vendor wrote them; they sum to the amount"`
}

// Trimmed is the bill without blanks around its texts, its tax invoice number without punctuation.
func (b Bill) Trimmed() Bill {
	papers := Papers{b.TaxInvoiceNumber, b.File}.trimmed()
	b.Number, b.TaxInvoiceNumber, b.File = strings.TrimSpace(b.Number), papers.TaxInvoiceNumber, papers.File
	b.Lines = trimmedLines(b.Lines)
	return b
}

// Check says by field what is wrong with the bill by itself.
func (b Bill) Check() error {
	var wrong fault.Fields
	checkNumber(&wrong, "/number", b.Number)
	checkDate(&wrong, "/date", b.Date)
	wrong.Within("/amount", int64(b.Amount), 1, fault.AmountMax)
	placement.CheckIDs(&wrong, "/placement_ids", b.PlacementIDs, placement.PlacementsMax)
	Papers{b.TaxInvoiceNumber, b.File}.check(&wrong)
	checkLines(&wrong, b.Lines, b.Amount)
	return wrong.Err()
}

// Document names the invoice for a deed's record.
func (i Invoice) Document() access.Document {
	return access.Document{Agency: i.AgencyID, Type: "invoice", ID: i.ID, Number: i.Number, Amount: i.Amount}
}

// Papers are what may follow an invoice until a payment asks for it.
type Papers struct {
	TaxInvoiceNumber string `json:"tax_invoice_number,omitempty"`
	File             string `json:"file,omitempty"`
}

func (p Papers) trimmed() Papers {
	return Papers{strings.NewReplacer(".", "", "-", "", " ", "").Replace(p.TaxInvoiceNumber), strings.ToLower(strings.TrimSpace(p.File))}
}

func (p Papers) check(wrong *fault.Fields) {
	if p.TaxInvoiceNumber != "" && !regexp.MustCompile(`^[0-9]{16,17}$`).MatchString(p.TaxInvoiceNumber) {
		wrong.AddWith("/tax_invoice_number", "digits", fault.Args{"count": "16-17"})
	}
	checkHash(wrong, "/file", p.File)
}

// checkHash wants the SHA-256 of a file, or none.
func checkHash(wrong *fault.Fields, at, hash string) {
	if hash != "" && !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(hash) {
		wrong.Add(at, "bad_hash")
	}
}

// checkNumber wants a number with a letter or digit in it, for the rest does not count when numbers are compared.
func checkNumber(wrong *fault.Fields, at, number string) {
	before := len(*wrong)
	wrong.Text(at, number, true, placement.NumberMax)
	counts := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if len(*wrong) == before && !strings.ContainsFunc(number, counts) {
		wrong.Add(at, "bad_code")
	}
}

func checkDate(wrong *fault.Fields, at string, date period.Date) {
	if date.IsZero() {
		wrong.Add(at, "required")
	}
}

func notBefore(wrong *fault.Fields, at string, date period.Date, field string, earliest period.Date) {
	if !date.IsZero() && date.Before(earliest) {
		wrong.AddWith(at, "before", fault.Args{"field": field, "date": earliest})
	}
}

// Invoice makes the invoice over the named placements. found are those of them that exist in the agency; allows says
// whether the amount may be so much higher than what they give. Faults: wrong_state when nothing can be owed under the
// agreement or a placement is not accepted; Invalid by field.
func (b Bill) Invoice(a agreement.Agreement, found []placement.Placement, allows func(excess money.Amount) bool) (Invoice, error) {
	if err := placement.Owing(a.Status, "invoice"); err != nil {
		return Invoice{}, err
	}
	chosen, err := placement.Choose(b.PlacementIDs, found, a.ID, placement.Accepted, "invoice")
	if err != nil {
		return Invoice{}, err
	}
	if err := placement.Unsuspended(chosen, a.Suspensions); err != nil {
		return Invoice{}, err
	}
	out := Invoice{
		AgencyID: a.AgencyID, AgreementID: a.ID, AgreementNumber: a.Number, VendorID: a.VendorID, VendorName: a.VendorName,
		Number: b.Number, Date: b.Date, Amount: b.Amount, TaxInvoiceNumber: b.TaxInvoiceNumber, File: b.File, Status: Open,
		Placements: int64(len(chosen)), PlacementIDs: b.PlacementIDs, Version: 1,
	}
	for _, p := range chosen {
		out.Price, out.VAT = out.Price+p.Net, out.VAT+p.VAT
		out.FiscalYear = max(out.FiscalYear, p.BudgetYear)
	}
	var wrong fault.Fields
	notBefore(&wrong, "/date", b.Date, "order_date", a.OrderDate)
	due := out.Price + out.VAT
	if out.Excess = max(b.Amount-due, 0); b.Amount < due || out.Excess > 0 && !allows(out.Excess) {
		wrong.AddWith("/amount", "amount_mismatch", fault.Args{"amount": b.Amount, "expected": due})
	}
	return out, wrong.Err()
}

// Papers are those that the invoice has.
func (i Invoice) Papers() Papers { return Papers{i.TaxInvoiceNumber, i.File} }

// Put gives the invoice its papers. Faults: wrong_state once a payment has asked for it, Invalid by field.
func (i Invoice) Put(p Papers) (Invoice, error) {
	if i.Status != Open {
		return i, fault.WrongState(string(i.Status), "change")
	}
	p = p.trimmed()
	var wrong fault.Fields
	p.check(&wrong)
	i.TaxInvoiceNumber, i.File = p.TaxInvoiceNumber, p.File
	return i, wrong.Err()
}
