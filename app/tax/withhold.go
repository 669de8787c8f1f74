package tax

import (
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Input is one payment to one payee for one class of work.
type Input struct {
	Payee Payee
	Class Class
	Price money.Amount // without VAT
	VAT   money.Amount // the sum of the units' VAT
	On    period.Date  // the day whose rates apply
	// DealPrice is the price without VAT of the whole agreement. It decides whether the body collects the VAT, for a
	// part payment does not bring a deal under the threshold; Price counts when it is the larger.
	DealPrice money.Amount
}

// Line is one tax that the body keeps back and deposits.
type Line struct {
	Kind       Kind
	Base       money.Amount
	Rate       string // a decimal, "0.02"; of several brackets what they come to with the surcharge, to 6 decimals
	Amount     money.Amount
	LegalBasis string
}

// Result is a payment with its taxes: Net + the amounts of Lines = Price + VAT.
type Result struct {
	Price        money.Amount
	TaxableBase  money.Amount // of VAT; 0 when the payment carries none
	VAT          money.Amount
	VATCollected bool // the body keeps the VAT back; otherwise the vendor receives it and pays it in
	Lines        []Line
	Net          money.Amount // what the vendor receives
}

// Withhold computes the taxes of a payment: VAT when the body collects it (price of the deal above the threshold),
// and the one income tax that fits payee and class, on the price without VAT. A tax of 0 gives no line.
// The faults are amount_negative, vat_unregistered (VAT for a payee who is not registered for it), class_unknown,
// payee_kind_unknown, tax_rate_missing and amount_overflow.
func Withhold(in Input, rates Rates) (Result, error) {
	if in.Price < 0 || in.VAT < 0 {
		return Result{}, fault.New(fault.Invalid, "amount_negative")
	}
	gross, err := in.Price.Add(in.VAT)
	if err != nil {
		return Result{}, err
	}
	result := Result{Price: in.Price, VAT: in.VAT, Net: gross}
	if rates.untaxed {
		return result, nil
	}
	if err := result.collectVAT(in, rates); err != nil {
		return Result{}, err
	}
	if err := result.keepIncomeTax(in, rates); err != nil {
		return Result{}, err
	}
	return result, nil
}

func (r *Result) collectVAT(in Input, rates Rates) error {
	if in.VAT == 0 {
		return nil
	}
	if !in.Payee.VATRegistered {
		return fault.New(fault.Invalid, "vat_unregistered")
	}
	rate, err := rates.At(PPN, in.On)
	if err != nil {
		return err
	}
	if r.TaxableBase, err = rate.base(in.Price); err != nil {
		return err
	}
	r.VATCollected = max(in.DealPrice, in.Price) > rate.CollectAbove
	if r.VATCollected {
		r.keep(Line{PPN, r.TaxableBase, decimal(rate.Brackets[0].Points * perPoint), in.VAT, rate.LegalBasis})
	}
	return nil
}

func (r *Result) keepIncomeTax(in Input, rates Rates) error {
	kind, err := in.Payee.incomeTax(in.Class, in.On)
	if err != nil {
		return err
	}
	rate, err := rates.At(kind, in.On)
	if err != nil {
		return err
	}
	base, err := rate.base(in.Price)
	if err != nil || base == 0 {
		return err
	}
	amount, decimals, err := rate.onBase(base, !in.Payee.numbered())
	if err != nil || amount == 0 {
		return err
	}
	r.keep(Line{kind, base, decimals, amount, rate.LegalBasis})
	return nil
}

func (r *Result) keep(l Line) {
	r.Lines = append(r.Lines, l)
	r.Net -= l.Amount
}
