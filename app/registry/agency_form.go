package registry

import (
	"strings"

	"tayang/app/fault"
	"tayang/app/money"
)

// AgencyForm is what an administrator writes about an agency.
type AgencyForm struct {
	Code     string         `json:"code" example:"diskominfo" doc:"letters, digits, dots, dashes; part of every address of the agency"`
	Name     string         `json:"name" example:"Dinas Komunikasi dan Informatika"`
	Scheme   Scheme         `json:"scheme" enum:"apbd,apbn,other"`
	Currency money.Currency `json:"currency" enum:"IDR,MXN,EUR,USD"`
}

// Trimmed is the form without blanks around its texts.
func (f AgencyForm) Trimmed() AgencyForm {
	f.Code, f.Name = strings.TrimSpace(f.Code), strings.TrimSpace(f.Name)
	return f
}

// Check says everything that is wrong with the form, by field.
func (f AgencyForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/code", f.Code, true, codeMax)
	form(&wrong, "/code", f.Code, `^[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$`, "bad_agency_code")
	wrong.Text("/name", f.Name, true, nameMax)
	fault.Choice(&wrong, "/scheme", f.Scheme, APBD, APBN, Other)
	fault.Choice(&wrong, "/currency", f.Currency, money.IDR, money.MXN, money.EUR, money.USD)
	return wrong.Err()
}

// Form is what may be written of the agency.
func (a Agency) Form() AgencyForm {
	return AgencyForm{Code: a.Code, Name: a.Name, Scheme: a.Scheme, Currency: a.Currency}
}

// With is the agency as the form says. An agency in use keeps the scheme and the currency of its books; another one
// is the fault agency_in_use.
func (a Agency) With(f AgencyForm, inUse bool) (Agency, error) {
	var wrong fault.Fields
	if inUse && f.Scheme != a.Scheme {
		wrong.Add("/scheme", "agency_in_use")
	}
	if inUse && f.Currency != a.Currency {
		wrong.Add("/currency", "agency_in_use")
	}
	if len(wrong) > 0 {
		return Agency{}, &fault.Error{Kind: fault.Conflict, Code: "agency_in_use", Fields: wrong}
	}
	a.Code, a.Name, a.Scheme, a.Currency = f.Code, f.Name, f.Scheme, f.Currency
	return a, nil
}
