package tax

import (
	"tayang/app/fault"
	"tayang/app/period"
)

// PayeeKind is a company or a person.
type PayeeKind string

// The kinds of payee, as vendors are registered.
const (
	Company    PayeeKind = "company"
	Individual PayeeKind = "individual"
)

// Payee is what the taxes ask of a vendor.
type Payee struct {
	Kind          PayeeKind
	VATRegistered bool // PKP
	HasNPWP       bool
	HasNIK        bool // a person's NIK is his tax number (PMK 112/PMK.03/2022)
	// PP55ValidUntil is the last day of the certificate (Suket) for the final tax of PP 55/2022; none without one.
	PP55ValidUntil period.Date
}

// numbered reports whether the payee has a tax number.
func (p Payee) numbered() bool { return p.HasNPWP || p.Kind == Individual && p.HasNIK }

// Class is what is paid for, as far as income tax distinguishes.
type Class string

// The classes.
const (
	Service            Class = "service"              // advertising, media space, content, expertise
	LandBuildingRental Class = "land_building_rental" // the site of a billboard
)

// incomeTax is the one income tax that applies. Rental of land and buildings is final whoever lets it, so it comes
// before PP 55; a person's fee cannot use PP 55 (PP 55/2022 article 56(3)). The faults are class_unknown and
// payee_kind_unknown.
func (p Payee) incomeTax(class Class, on period.Date) (Kind, error) {
	switch {
	case class == LandBuildingRental:
		return PPh42, nil
	case class != Service:
		return "", fault.New(fault.Invalid, "class_unknown")
	case p.Kind == Individual:
		return PPh21, nil
	case p.Kind != Company:
		return "", fault.New(fault.Invalid, "payee_kind_unknown")
	case !p.PP55ValidUntil.IsZero() && !on.After(p.PP55ValidUntil):
		return PPhFinal, nil
	}
	return PPh23, nil
}
