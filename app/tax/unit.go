package tax

import (
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Unit is one deliverable's price with its VAT; Net + VAT = Gross always.
type Unit struct {
	Net   money.Amount // the price without VAT
	VAT   money.Amount
	Gross money.Amount // what the budget must bear
}

// SplitUnit parts a unit price into net, VAT and gross, rounded once, so that any number of units sums exactly.
// VAT is computed from the price, not from the rounded base; of a price that includes it, VAT is what remains
// after the price. A payee who is not registered for VAT has none. The faults are amount_negative,
// amount_overflow and tax_rate_missing.
func SplitUnit(unitPrice money.Amount, taxInclusive bool, payee Payee, on period.Date, rates Rates) (Unit, error) {
	if unitPrice < 0 {
		return Unit{}, fault.New(fault.Invalid, "amount_negative")
	}
	if rates.untaxed || !payee.VATRegistered {
		return Unit{Net: unitPrice, Gross: unitPrice}, nil
	}
	rate, err := rates.At(PPN, on)
	if err != nil {
		return Unit{}, err
	}
	num, den := rate.Base.Num*rate.Brackets[0].Points, rate.Base.Den*whole
	if taxInclusive {
		net, err := money.MulDiv(unitPrice, den, den+num, rate.Rounding)
		return Unit{Net: net, VAT: unitPrice - net, Gross: unitPrice}, err
	}
	vat, err := money.MulDiv(unitPrice, num, den, rate.Rounding)
	if err != nil {
		return Unit{}, err
	}
	gross, err := unitPrice.Add(vat)
	if err != nil {
		return Unit{}, err
	}
	return Unit{Net: unitPrice, VAT: vat, Gross: gross}, nil
}
