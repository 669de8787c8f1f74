package web

import (
	"tayang/app/access"
	"tayang/app/payment"
)

// paymentDoubts names each rule that the payment does not meet, what stops it first, with a link to where it is mended.
func (in reader) paymentDoubts(p payment.Payment, known payment.Assessment) (out []link) {
	if p.Status == payment.Reversed {
		return nil
	}
	var warns []link
	for _, d := range known.Doubts {
		l := link{in.Field(d.Field(), in.Agency.Currency), in.paymentMended(p, d)}
		if d.Stops() && !known.Frozen {
			out = append(out, l)
		} else {
			warns = append(warns, l)
		}
	}
	return append(out, warns...)
}

// paymentMended is where a doubt is mended, else where a departure is asked for.
func (in reader) paymentMended(p payment.Payment, d payment.Doubt) string {
	id := d.PlaceID.UUID.String()
	switch d.Place {
	case payment.AtInvoice:
		return in.path("invoices", id)
	case payment.AtPlacement:
		return in.path("placements", id)
	case payment.AtAgreement:
		return in.path("agreements", id)
	case payment.AtVendor:
		return "/vendors/" + id
	case payment.AtPayment:
	}
	if d.Stops() {
		return in.mends(access.OverrideAsk, in.departure(string(d.Rule), p.SPP.Number))
	}
	return ""
}

// paymentDoubtFacts are the rules that a payment does not meet, beside the decision to order it.
func (in reader) paymentDoubtFacts(known payment.Assessment, verb string) (out []fact) {
	if verb != "authorise" {
		return nil
	}
	for _, d := range known.Doubts {
		out = append(out, fact{in.T("rule." + string(d.Rule)), text(in.FieldMessage(d.Field(), in.Agency.Currency))})
	}
	return out
}
