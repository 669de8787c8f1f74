package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// DocumentKind is what a vendor's paper is (domain.md §6 and §7).
type DocumentKind string

// The kinds.
const (
	Deed              DocumentKind = "deed"               // akta
	LegalEntity       DocumentKind = "legal_entity"       // SK kemenkumham
	BusinessNumber    DocumentKind = "nib"                // NIB with KBLI
	TaxNumber         DocumentKind = "npwp"               // NPWP card
	VATStatement      DocumentKind = "vat_statement"      // PKP or non-PKP
	SmallTax          DocumentKind = "pp55"               // Suket PP 55
	PressCertificate  DocumentKind = "press_certificate"  // Dewan Pers
	Competence        DocumentKind = "competence"         // UKW
	BankAccount       DocumentKind = "bank_account"       // proof of the account and its owner
	IntegrityPact     DocumentKind = "integrity_pact"     // pakta integritas
	Identity          DocumentKind = "identity"           // KTP
	Representation    DocumentKind = "representation"     // who may sign or sell for the vendor
	AccountOwnership  DocumentKind = "account_ownership"  // of a social account
	ConflictStatement DocumentKind = "conflict_statement" // of interests
	OtherPaper        DocumentKind = "other"
)

// DocumentForm is what staff write about a paper; the file was sent before and is named by its SHA-256.
type DocumentForm struct {
	Kind       DocumentKind `json:"kind" db:"kind" enum:"deed,legal_entity,nib,npwp,vat_statement,pp55,press_certificate,competence,bank_account,integrity_pact,identity,representation,account_ownership,conflict_statement,other"`
	Name       string       `json:"name" db:"name"`
	Number     string       `json:"number" db:"number" required:"false"`
	Date       period.Date  `json:"date" db:"date" required:"false"`
	ValidUntil period.Date  `json:"valid_until" db:"valid_until" required:"false"`
	File       string       `json:"file" db:"file_sha256" doc:"SHA-256 of the file"`
}

// Document is a paper in a vendor's file. It stays as it is; a newer one stands beside it.
type Document struct {
	ID       uuid.UUID `json:"id" db:"id"`
	VendorID uuid.UUID `json:"vendor_id" db:"vendor_id"`
	DocumentForm
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
}

// For is the paper as the actor may see it: the number of a tax, identity or bank paper is masked like the vendor's own.
func (d Document) For(actor access.Actor) Document {
	private := d.Kind == TaxNumber || d.Kind == Identity || d.Kind == BankAccount
	if private && !seesNumbers(actor) {
		d.Number = masked(d.Number)
	}
	return d
}

// Trimmed is the form without blanks around its texts.
func (f DocumentForm) Trimmed() DocumentForm {
	f.Name, f.Number, f.File = strings.TrimSpace(f.Name), strings.TrimSpace(f.Number), strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form, by field.
func (f DocumentForm) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, Deed, LegalEntity, BusinessNumber, TaxNumber, VATStatement, SmallTax, PressCertificate,
		Competence, BankAccount, IntegrityPact, Identity, Representation, AccountOwnership, ConflictStatement, OtherPaper)
	wrong.Text("/name", f.Name, true, nameMax)
	wrong.Text("/number", f.Number, false, nameMax)
	paperDate(&wrong, "/date", f.Date, false)
	paperDate(&wrong, "/valid_until", f.ValidUntil, false)
	if !f.ValidUntil.IsZero() && f.ValidUntil.Before(f.Date) {
		wrong.Add("/valid_until", "before_date")
	}
	fileHash(&wrong, "/file", f.File, true)
	return wrong.Err()
}

// CheckResult is the outcome of a check.
type CheckResult string

// The outcomes.
const (
	Pass    CheckResult = "pass"
	Fail    CheckResult = "fail"
	Unknown CheckResult = "unknown"
)

// CheckForm is what staff write about a check of a vendor, such as a look at his press certificate.
type CheckForm struct {
	Subject   string      `json:"subject" db:"subject" doc:"what was checked" example:"NPWP at ereg.pajak.go.id"`
	CheckedOn period.Date `json:"checked_on" db:"checked_on"`
	Result    CheckResult `json:"result" db:"result" enum:"pass,fail,unknown"`
	Remark    string      `json:"remark" db:"remark" required:"false"`
}

// Check is a check of a vendor by the person who recorded it.
type Check struct {
	ID       uuid.UUID `json:"id" db:"id"`
	VendorID uuid.UUID `json:"vendor_id" db:"vendor_id"`
	CheckForm
	CheckedBy string    `json:"checked_by" db:"checked_by" doc:"e-mail address"`
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
}

// Trimmed is the form without blanks around its texts.
func (f CheckForm) Trimmed() CheckForm {
	f.Subject, f.Remark = strings.TrimSpace(f.Subject), strings.TrimSpace(f.Remark)
	return f
}

// Check says everything that is wrong with the form at the moment now, by field.
func (f CheckForm) Check(now time.Time) error {
	var wrong fault.Fields
	wrong.Text("/subject", f.Subject, true, nameMax)
	pastDate(&wrong, "/checked_on", f.CheckedOn, now)
	fault.Choice(&wrong, "/result", f.Result, Pass, Fail, Unknown)
	wrong.Text("/remark", f.Remark, false, remarkMax)
	return wrong.Err()
}
