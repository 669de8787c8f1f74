package web

import (
	"tayang/app/access"
	"tayang/app/agreement"
)

// cautionsOpen is how many warnings a record shows at once; more are folded, so that what stops it is seen.
const cautionsOpen = 3

// doubts names each rule that the agreement does not meet, with a link to where it is mended: what stops it, and what only
// warns.
func (in reader) doubts(f agreementFacts) (stops, warns []link) {
	for _, d := range f.Known.Doubts {
		l := link{in.Field(d.Field(), in.Agency.Currency), in.mended(f.Agreement, d)}
		if d.Stops() && !f.Known.Frozen {
			stops = append(stops, l)
		} else {
			warns = append(warns, l)
		}
	}
	return stops, warns
}

// mended is where a doubt is mended, for who may.
func (in reader) mended(a agreement.Agreement, d agreement.Doubt) string {
	here := in.path("agreements", a.ID.String())
	switch d.Place {
	case agreement.AtRecipients:
		return in.mends(access.AgreementWrite, here+"#new-confirmation")
	case agreement.AtVendor:
		return in.mends(access.RegistryWrite, "/vendors/"+d.PlaceID.UUID.String())
	case agreement.AtOutlet:
		return in.mends(access.RegistryWrite, "/outlets/"+d.PlaceID.UUID.String())
	case agreement.AtAccount:
		return in.mends(access.RegistryWrite, "/social-accounts/"+d.PlaceID.UUID.String())
	case agreement.AtCooperation:
		return "/cooperation-lists/" + d.PlaceID.UUID.String()
	case agreement.AtPrices:
		return "/price-references"
	case agreement.AtPapers:
		return here + "#papers"
	case agreement.AtAgreement:
	}
	if a.Status == agreement.Draft || a.Status == agreement.Rejected {
		return in.mends(access.AgreementWrite, here+"/edit")
	}
	if a.Status == agreement.Submitted {
		return in.mends(access.AgreementWrite, here+"/withdraw")
	}
	return ""
}
