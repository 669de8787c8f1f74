package tax

import (
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// ReasonCode names one sentence about a payment's taxes; the words are tax.why.CODE.
type ReasonCode string

// The sentences. Those that begin with "not" say why another tax does not apply.
const (
	Exempt            ReasonCode = "untaxed"
	PPNUnregistered   ReasonCode = "ppn_unregistered"
	PPNNone           ReasonCode = "ppn_none"
	PPNCollected      ReasonCode = "ppn_collected"
	PPNCollectedDeal  ReasonCode = "ppn_collected_deal"
	PPNSelf           ReasonCode = "ppn_self"
	PPNBase           ReasonCode = "ppn_base"
	PPNBaseWhole      ReasonCode = "ppn_base_whole"
	IsPPh23           ReasonCode = "pph23"
	IsPPh23Unnumbered ReasonCode = "pph23_unnumbered"
	IsPPhFinal        ReasonCode = "pph_final"
	IsPPh21           ReasonCode = "pph21"
	IsPPh21Brackets   ReasonCode = "pph21_brackets"
	IsPPh21Unnumbered ReasonCode = "pph21_unnumbered"
	IsPPh42           ReasonCode = "pph4_2"
	NotFinalNone      ReasonCode = "not_pph_final_none"
	NotFinalExpired   ReasonCode = "not_pph_final_expired"
	NotFinalPerson    ReasonCode = "not_pph_final_person"
	NotPPh21          ReasonCode = "not_pph21"
	NotPPh23Person    ReasonCode = "not_pph23_person"
	NotPPh23Final     ReasonCode = "not_pph23_final"
	NotPPh23Rental    ReasonCode = "not_pph23_rental"
	IncomeZero        ReasonCode = "income_zero"
	RoundedHalfUp     ReasonCode = "rounding_half_up"
	RoundedDown       ReasonCode = "rounding_down"
)

// ReasonCodes lists the sentences, for the test that wants words for each.
func ReasonCodes() []ReasonCode {
	return []ReasonCode{
		Exempt, PPNUnregistered, PPNNone, PPNCollected, PPNCollectedDeal, PPNSelf, PPNBase, PPNBaseWhole,
		IsPPh23, IsPPh23Unnumbered, IsPPhFinal, IsPPh21, IsPPh21Brackets, IsPPh21Unnumbered, IsPPh42,
		NotFinalNone, NotFinalExpired, NotFinalPerson, NotPPh21, NotPPh23Person, NotPPh23Final, NotPPh23Rental,
		IncomeZero, RoundedHalfUp, RoundedDown,
	}
}

// Reason is one sentence about a payment's taxes: why this one and not another, from what base, and how it is rounded.
// Text is the sentence in the reader's language, filled where it is shown.
type Reason struct {
	Code ReasonCode `json:"code"`
	Tax  Kind       `json:"tax,omitempty" doc:"the tax that it is about"`
	Args fault.Args `json:"args,omitempty"`
	Text string     `json:"text,omitempty" doc:"in the reader's language"`
}

// Explain says why Withhold keeps back what it does, in the order of VAT, income tax, the income taxes that do not apply,
// and rounding. The faults are those of Withhold.
func Explain(in Input, rates Rates) ([]Reason, error) {
	kept, err := Withhold(in, rates)
	if err != nil {
		return nil, err
	}
	if rates.untaxed {
		return []Reason{{Code: Exempt}}, nil
	}
	e := explaining{in: in, kept: kept}
	if err := e.vat(rates); err != nil {
		return nil, err
	}
	if err := e.income(rates); err != nil {
		return nil, err
	}
	return e.reasons, nil
}

// explaining collects the sentences about one payment.
type explaining struct {
	in      Input
	kept    Result
	reasons []Reason
}

func (e *explaining) say(code ReasonCode, of Kind, args fault.Args) {
	e.reasons = append(e.reasons, Reason{Code: code, Tax: of, Args: args})
}

func (e *explaining) vat(rates Rates) error {
	if e.in.VAT == 0 {
		code := PPNNone
		if !e.in.Payee.VATRegistered {
			code = PPNUnregistered
		}
		e.say(code, PPN, nil)
		return nil
	}
	rate, err := rates.At(PPN, e.in.On)
	if err != nil {
		return err
	}
	deal := max(e.in.DealPrice, e.in.Price)
	args := fault.Args{"price": e.in.Price, "deal": deal, "limit": rate.CollectAbove, "vat": e.in.VAT}
	switch {
	case !e.kept.VATCollected:
		e.say(PPNSelf, PPN, args)
	case e.in.Price > rate.CollectAbove:
		e.say(PPNCollected, PPN, args)
	default:
		e.say(PPNCollectedDeal, PPN, args)
	}
	of := fault.Args{"rate": decimal(rate.Brackets[0].Points * perPoint), "base": e.kept.TaxableBase, "vat": e.in.VAT}
	if rate.Base == (Fraction{1, 1}) {
		e.say(PPNBaseWhole, PPN, of)
		return nil
	}
	of["num"], of["den"] = rate.Base.Num, rate.Base.Den
	e.say(PPNBase, PPN, of)
	return nil
}

func (e *explaining) income(rates Rates) error {
	kind, err := e.in.Payee.incomeTax(e.in.Class, e.in.On)
	if err != nil {
		return err
	}
	rate, err := rates.At(kind, e.in.On)
	if err != nil {
		return err
	}
	if l, ok := e.line(kind); ok {
		e.chosen(l, rate)
	} else {
		e.say(IncomeZero, kind, nil)
	}
	e.others(kind)
	rounding := RoundedDown
	if rate.Rounding == money.HalfUp {
		rounding = RoundedHalfUp
	}
	e.say(rounding, "", nil)
	return nil
}

func (e *explaining) line(kind Kind) (Line, bool) {
	for _, l := range e.kept.Lines {
		if l.Kind == kind {
			return l, true
		}
	}
	return Line{}, false
}

// chosen says why the income tax is the one that it is, and what its rate comes from.
func (e *explaining) chosen(l Line, rate Rate) {
	args := fault.Args{"rate": l.Rate, "base": l.Base, "amount": l.Amount, "price": e.in.Price}
	numbered := e.in.Payee.numbered()
	switch l.Kind {
	case PPh23:
		code := IsPPh23
		if !numbered {
			code = IsPPh23Unnumbered
		}
		e.say(code, PPh23, args)
	case PPhFinal:
		args["date"] = e.in.Payee.PP55ValidUntil
		e.say(IsPPhFinal, PPhFinal, args)
	case PPh21:
		code := IsPPh21
		if below := rate.Brackets[0].UpTo; below != 0 && l.Base > below {
			code = IsPPh21Brackets
		}
		e.say(code, PPh21, args)
		if !numbered {
			e.say(IsPPh21Unnumbered, PPh21, nil)
		}
	case PPh42:
		e.say(IsPPh42, PPh42, args)
	case PPN: // no income tax
	}
}

// others says why the other income taxes do not apply.
func (e *explaining) others(chosen Kind) {
	until := e.in.Payee.PP55ValidUntil
	switch chosen {
	case PPh23:
		if until.IsZero() {
			e.say(NotFinalNone, PPhFinal, nil)
		} else {
			e.say(NotFinalExpired, PPhFinal, fault.Args{"date": until, "day": e.in.On})
		}
		e.say(NotPPh21, PPh21, nil)
	case PPhFinal:
		e.say(NotPPh23Final, PPh23, nil)
	case PPh21:
		e.say(NotPPh23Person, PPh23, nil)
		if !until.IsZero() {
			e.say(NotFinalPerson, PPhFinal, nil)
		}
	case PPh42:
		e.say(NotPPh23Rental, PPh23, nil)
	case PPN: // no income tax
	}
}

// DueOn is the last day for depositing a tax that was kept back from a payment of that day: the day-th of the month after,
// or the Monday that follows when it is a Saturday or Sunday. Public holidays are not known here, so that the law may leave
// some days more than this says.
func DueOn(paid period.Date, day int) period.Date {
	next := paid.Month().Next()
	due := next.Start().AddDays(max(day, 1) - 1)
	if last := next.End(); due.After(last) {
		due = last
	}
	switch due.Time().Weekday() {
	case 6:
		return due.AddDays(2)
	case 0:
		return due.AddDays(1)
	}
	return due
}
