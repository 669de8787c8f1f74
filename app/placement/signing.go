package placement

import (
	"regexp"
	"strings"

	"tayang/app/fault"
	"tayang/app/period"
)

// Signing is who signed a paper for the office and for the vendor, where and when, and the signed paper itself.
type Signing struct {
	Place          string      `json:"place" db:"place" required:"false" doc:"where it was signed"`
	SignedOn       period.Date `json:"signed_on" db:"signed_on" required:"false"`
	OfficeSigner   string      `json:"office_signer" db:"office_signer" required:"false" doc:"who signed for the office (PPK or PPTK)"`
	OfficeNIP      string      `json:"office_nip" db:"office_nip" required:"false" doc:"his NIP, 18 digits"`
	VendorSigner   string      `json:"vendor_signer" db:"vendor_signer" required:"false" doc:"who signed for the vendor"`
	VendorPosition string      `json:"vendor_position" db:"vendor_position" required:"false"`
	File           string      `json:"file" db:"file" required:"false" doc:"SHA-256 of the signed paper, sent before"`
	FileOrigin     Origin      `json:"file_origin" db:"file_origin" required:"false" enum:"vendor,staff," doc:"from whom it came"`
}

// Bounds of what stands under a paper.
const signerMax = 200

// Trimmed is the signing without blanks around its texts, the NIP without blanks at all.
func (s Signing) Trimmed() Signing {
	for _, text := range []*string{&s.Place, &s.OfficeSigner, &s.VendorSigner, &s.VendorPosition} {
		*text = strings.TrimSpace(*text)
	}
	s.OfficeNIP = strings.ReplaceAll(s.OfficeNIP, " ", "")
	s.File = strings.ToLower(strings.TrimSpace(s.File))
	if s.File != "" && s.FileOrigin == "" {
		s.FileOrigin = FromStaff
	}
	return s
}

// Signed reports whether both sides signed and the signed paper is there.
func (s Signing) Signed() bool { return s.File != "" && s.OfficeSigner != "" && s.VendorSigner != "" }

// Check says by field what is wrong with the signing of a paper of the date; whole wants both signers, the day and the file.
func (s Signing) Check(wrong *fault.Fields, date period.Date, whole bool) {
	whole = whole || s.File != ""
	wrong.Text("/place", s.Place, false, signerMax)
	wrong.Text("/office_signer", s.OfficeSigner, whole, signerMax)
	wrong.Text("/vendor_signer", s.VendorSigner, whole, signerMax)
	wrong.Text("/vendor_position", s.VendorPosition, false, signerMax)
	if s.OfficeNIP != "" && !regexp.MustCompile(`^[0-9]{18}$`).MatchString(s.OfficeNIP) {
		wrong.AddWith("/office_nip", "digits", fault.Args{"count": 18})
	}
	switch {
	case s.SignedOn.IsZero() && whole:
		wrong.Add("/signed_on", "required")
	case !s.SignedOn.IsZero() && s.SignedOn.Before(date):
		wrong.AddWith("/signed_on", "before", fault.Args{"field": "date", "date": date})
	}
	switch {
	case s.File == "" && whole:
		wrong.Add("/file", "required")
	case s.File != "" && !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(s.File):
		wrong.Add("/file", "bad_hash")
	}
	if s.FileOrigin != "" {
		fault.Choice(wrong, "/file_origin", s.FileOrigin, FromVendor, FromStaff)
	}
}
