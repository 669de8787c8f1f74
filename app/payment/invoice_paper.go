package payment

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/passport"
	"tayang/app/period"
	"tayang/app/placement"
)

// PaperKind is what a paper of the vendor is.
type PaperKind string

// The kinds of papers.
const (
	InvoicePaperKind PaperKind = "invoice"     // tagihan
	ReceiptPaper     PaperKind = "receipt"     // kuitansi
	TaxInvoice       PaperKind = "tax_invoice" // faktur pajak
	OtherPaper       PaperKind = "other"
)

// PaperKinds lists the kinds.
func PaperKinds() []PaperKind {
	return []PaperKind{InvoicePaperKind, ReceiptPaper, TaxInvoice, OtherPaper}
}

// PaperOrigin is how the vendor's paper came: as the vendor's own file, or scanned by staff from his paper.
type PaperOrigin string

// The origins.
const (
	VendorFile PaperOrigin = "vendor"
	StaffScan  PaperOrigin = "scan"
)

// Covers is what the amount of a receipt is.
type Covers string

// What a receipt may be over.
const (
	CoversGross Covers = "gross" // what the budget bears, taxes included
	CoversNet   Covers = "net"   // what the vendor receives
)

// InvoicePaperForm is what staff write about a paper of the vendor; the file was sent before, or comes with the form.
type InvoicePaperForm struct {
	Kind          PaperKind    `json:"kind" db:"kind" enum:"invoice,receipt,tax_invoice,other"`
	Number        string       `json:"number,omitempty" db:"number" required:"false"`
	Date          period.Date  `json:"date,omitempty" db:"date" required:"false"`
	Amount        money.Amount `json:"amount,omitempty" db:"amount" required:"false" doc:"as the paper has it"`
	Covers        Covers       `json:"covers,omitempty" db:"covers" required:"false" enum:"gross,net" doc:"of a receipt: whether it is over what the budget bears or what the vendor receives"`
	File          string       `json:"file" db:"file_sha256" doc:"SHA-256 of the vendor's own file"`
	Origin        PaperOrigin  `json:"origin" db:"origin" enum:"vendor,scan" doc:"the vendor's file, or scanned by staff from his paper"`
	MeteraiNumber string       `json:"meterai_number,omitempty" db:"meterai_number" required:"false" doc:"serial number of the e-meterai on a receipt"`
	MeteraiOn     period.Date  `json:"meterai_on,omitempty" db:"meterai_on" required:"false"`
	Base          money.Amount `json:"base,omitempty" db:"base" required:"false" doc:"of a tax invoice: DPP as it has it"`
	VAT           money.Amount `json:"vat,omitempty" db:"vat" required:"false" doc:"of a tax invoice: PPN as it has it"`
	SellerNPWP    string       `json:"seller_npwp,omitempty" db:"seller_npwp" required:"false" doc:"of a tax invoice: NPWP of the seller as it has it"`
}

// InvoicePaper is a paper of the vendor behind an invoice. It stays as it is; a wrong one is voided.
type InvoicePaper struct {
	ID        uuid.UUID `json:"id" db:"id"`
	AgencyID  uuid.UUID `json:"agency_id" db:"agency_id"`
	InvoiceID uuid.UUID `json:"invoice_id" db:"invoice_id"`
	InvoicePaperForm
	Passport   passport.Passport `json:"passport" db:"passport" doc:"what the file says of itself"`
	OfficeName string            `json:"office_name" db:"office_name" doc:"somebody of the government whom the file names as its author: the vendor has not written it"`
	CreatedAt  time.Time         `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID         `json:"created_by" db:"created_by"`
	Author     string            `json:"author" db:"author" doc:"who put it there, by e-mail address"`
	VoidedAt   *time.Time        `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID     `json:"voided_by" db:"voided_by"`
	VoidReason string            `json:"void_reason" db:"void_reason"`
	Version    int64             `json:"version" db:"version"`
}

// meteraiText is how the serial number of an e-meterai looks; its makers have changed the length, so that it is not judged.
var meteraiText = regexp.MustCompile(`^[0-9A-Z]{10,32}$`)

// Trimmed is the form without blanks around its texts and punctuation in its numbers.
func (f InvoicePaperForm) Trimmed() InvoicePaperForm {
	bare := strings.NewReplacer(".", "", "-", "", " ", "")
	f.Number, f.File = strings.TrimSpace(f.Number), strings.ToLower(strings.TrimSpace(f.File))
	f.MeteraiNumber, f.SellerNPWP = strings.ToUpper(bare.Replace(f.MeteraiNumber)), bare.Replace(f.SellerNPWP)
	if f.Kind == TaxInvoice {
		f.Number = bare.Replace(f.Number)
	}
	return f
}

// Check says everything that is wrong with the form, by field. The number of a tax invoice is not judged here: what is odd
// about it is a doubt about the payment.
func (f InvoicePaperForm) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, PaperKinds()...)
	fault.Choice(&wrong, "/origin", f.Origin, VendorFile, StaffScan)
	wrong.Text("/number", f.Number, f.Kind == TaxInvoice, placement.NumberMax)
	if f.Covers != "" {
		fault.Choice(&wrong, "/covers", f.Covers, CoversGross, CoversNet)
	}
	for at, amount := range map[string]money.Amount{"/amount": f.Amount, "/base": f.Base, "/vat": f.VAT} {
		wrong.Within(at, int64(amount), 0, fault.AmountMax)
	}
	if f.Kind == ReceiptPaper {
		wrong.Within("/amount", int64(f.Amount), 1, fault.AmountMax)
		checkDate(&wrong, "/date", f.Date)
	}
	f.only(&wrong)
	if f.MeteraiNumber != "" && !meteraiText.MatchString(f.MeteraiNumber) {
		wrong.Add("/meterai_number", "bad_meterai")
	}
	if f.SellerNPWP != "" && !regexp.MustCompile(`^[0-9]{15,16}$`).MatchString(f.SellerNPWP) {
		wrong.AddWith("/seller_npwp", "digits", fault.Args{"count": "15-16"})
	}
	if f.File == "" {
		wrong.Add("/file", "required")
	} else if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(f.File) {
		wrong.Add("/file", "bad_hash")
	}
	return wrong.Err()
}

// only refuses what belongs to another kind of paper.
func (f InvoicePaperForm) only(wrong *fault.Fields) {
	for _, one := range []struct {
		at   string
		of   PaperKind
		here bool
	}{
		{"/covers", ReceiptPaper, f.Covers != ""},
		{"/meterai_number", ReceiptPaper, f.MeteraiNumber != ""},
		{"/meterai_on", ReceiptPaper, !f.MeteraiOn.IsZero()},
		{"/base", TaxInvoice, f.Base != 0},
		{"/vat", TaxInvoice, f.VAT != 0},
		{"/seller_npwp", TaxInvoice, f.SellerNPWP != ""},
	} {
		if one.here && f.Kind != one.of {
			wrong.AddWith(one.at, "not_of_paper", fault.Args{"paper": string(one.of)})
		}
	}
}

// Holds wants a receipt over the gross of its invoice to say that gross. Fault: Invalid with both figures.
func (f InvoicePaperForm) Holds(i Invoice) error {
	var wrong fault.Fields
	if gross := i.Price + i.VAT; f.Kind == ReceiptPaper && f.Covers == CoversGross && f.Amount != gross {
		wrong.AddWith("/amount", "amount_mismatch", fault.Args{"amount": f.Amount, "expected": gross})
	}
	return wrong.Err()
}
