package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
)

// VendorKind says whether a vendor is a company or a person.
type VendorKind string

// The kinds.
const (
	Company    VendorKind = "company"
	Individual VendorKind = "individual"
)

// VendorForm is what staff write about a vendor. Identifiers are digits kept as text, leading zeros and all.
type VendorForm struct {
	Kind             VendorKind `json:"kind" db:"kind" enum:"company,individual"`
	LegalName        string     `json:"legal_name" db:"legal_name"`
	NPWP             string     `json:"npwp" db:"npwp" required:"false" doc:"tax number, 16 digits or 15 of old"`
	NIK              string     `json:"nik" db:"nik" required:"false" doc:"identity number, 16 digits"`
	NIB              string     `json:"nib" db:"nib" required:"false" doc:"business number, 13 digits"`
	KBLI             Codes      `json:"kbli" db:"kbli" required:"false" doc:"business classes, 5 digits each"`
	VATRegistered    bool       `json:"vat_registered" db:"vat_registered" required:"false" doc:"PKP"`
	PP55             PP55       `json:"pp55" db:"pp55" required:"false"`
	Bank             Bank       `json:"bank" db:"bank" required:"false"`
	Address          string     `json:"address" db:"address" required:"false"`
	Phone            string     `json:"phone" db:"phone" required:"false"`
	Email            string     `json:"email" db:"email" required:"false"`
	Directors        Directors  `json:"directors" db:"directors" required:"false" doc:"who answers for a company"`
	RepresentsOthers bool       `json:"represents_others" db:"represents_others" required:"false" doc:"an agency (agensi): sells outlets or creators of others and passes money on"`
}

// PP55 is the certificate (surat keterangan) for the final income tax of small companies.
type PP55 struct {
	Number     string      `json:"number" db:"number" required:"false"`
	ValidUntil period.Date `json:"valid_until" db:"valid_until" required:"false"`
}

// Bank is the account that a vendor is paid to.
type Bank struct {
	Name          string `json:"name" db:"name" required:"false"`
	AccountNumber string `json:"account_number" db:"account_number" required:"false"`
	AccountOwner  string `json:"account_owner" db:"account_owner" required:"false"`
}

// Vendor is a company or person with whom agencies contract.
type Vendor struct {
	ID uuid.UUID `json:"id" db:"id"`
	VendorForm
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
	Version   int64     `json:"version" db:"version"`
}

// Trimmed is the form without blanks around its texts and without the points with which identifiers are printed.
func (f VendorForm) Trimmed() VendorForm {
	for _, s := range []*string{&f.LegalName, &f.PP55.Number, &f.Bank.Name, &f.Bank.AccountOwner, &f.Address, &f.Phone, &f.Email} {
		*s = strings.TrimSpace(*s)
	}
	for _, s := range []*string{&f.NPWP, &f.NIK, &f.NIB, &f.Bank.AccountNumber} {
		*s = digits(*s)
	}
	f.Bank.AccountNumber = strings.ToUpper(f.Bank.AccountNumber)
	f.KBLI, f.Directors = f.KBLI.trimmed(), f.Directors.trimmed()
	return f
}

// Check says everything that is wrong with the form, by field.
func (f VendorForm) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, Company, Individual)
	wrong.Text("/legal_name", f.LegalName, true, nameMax)
	form(&wrong, "/npwp", f.NPWP, `^[0-9]{15,16}$`, "bad_npwp")
	form(&wrong, "/nik", f.NIK, `^[0-9]{16}$`, "bad_nik")
	form(&wrong, "/nib", f.NIB, `^[0-9]{13}$`, "bad_nib")
	f.KBLI.check(&wrong)
	f.checkPP55(&wrong)
	f.Bank.check(&wrong)
	wrong.Text("/address", f.Address, false, remarkMax)
	form(&wrong, "/phone", f.Phone, `^\+?[0-9][0-9 ()./-]{4,29}$`, "bad_phone")
	form(&wrong, "/email", f.Email, `^[^@\s]{1,64}@[^@\s]{1,190}$`, "bad_email")
	f.Directors.check(&wrong)
	return wrong.Err()
}

// checkPP55 wants number and validity together. A person's own fee cannot use the certificate (domain.md §5).
func (f VendorForm) checkPP55(wrong *fault.Fields) {
	if f.PP55 == (PP55{}) {
		return
	}
	if f.Kind == Individual {
		wrong.Add("/pp55", "not_for_individual")
	}
	wrong.Text("/pp55/number", f.PP55.Number, true, nameMax)
	paperDate(wrong, "/pp55/valid_until", f.PP55.ValidUntil, true)
}

// check wants all parts of an account or none.
func (b Bank) check(wrong *fault.Fields) {
	if b == (Bank{}) {
		return
	}
	wrong.Text("/bank/name", b.Name, true, nameMax)
	wrong.Text("/bank/account_owner", b.AccountOwner, true, nameMax)
	if b.AccountNumber == "" {
		wrong.Add("/bank/account_number", "required")
	}
	form(wrong, "/bank/account_number", b.AccountNumber, `^[0-9A-Z]{4,34}$`, "bad_account_number")
}

// For is the vendor as the actor may see him. Tax, identity and account numbers are personal data (UU 27/2022): full
// for whoever works on an agency's spending or audits it, the last four digits for an administrator.
func (v Vendor) For(actor access.Actor) Vendor {
	if !seesNumbers(actor) {
		for _, s := range []*string{&v.NPWP, &v.NIK, &v.Bank.AccountNumber, &v.Phone} {
			*s = masked(*s)
		}
		v.Directors = v.Directors.masked()
	}
	return v
}

func seesNumbers(actor access.Actor) bool { return actor.Can(access.Read, uuid.Nil) == nil }

// masked hides all but the last four characters, and how many there are.
func masked(s string) string {
	if s == "" {
		return ""
	}
	return strings.Repeat("*", 12) + s[max(len(s)-4, 0):]
}
