package agreement

import (
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// PenaltyRates are the penalty for late delivery: Permil thousandths a calendar day of the late part without VAT, at most
// CapPercent of it.
type PenaltyRates struct {
	Permil, CapPercent int64
	Basis              string
}

// PenaltyRatesOn are the rates for an agreement that was ordered on the day; agencies outside the country's budget schemes
// have none.
func PenaltyRatesOn(set rule.Set, scheme registry.Scheme, ordered period.Date) PenaltyRates {
	if scheme == registry.Other {
		return PenaltyRates{}
	}
	day := set.On(rule.LatePenaltyPermil, ordered)
	return PenaltyRates{Permil: day.Figure, CapPercent: set.On(rule.LatePenaltyCapPercent, ordered).Figure, Basis: day.Basis}
}

// Of is the penalty for a part of that price without VAT that came so many calendar days late, rounded half up; never more
// than the cap, nor than the price.
func (r PenaltyRates) Of(net money.Amount, days int64) money.Amount {
	if days <= 0 || net <= 0 {
		return 0
	}
	most := min(part(net, r.CapPercent, 100), net)
	if r.Permil > 0 && days > 1_000_000/r.Permil { // a thousand times the price: the cap is reached long before
		return most
	}
	return min(part(net, r.Permil*days, 1000), most)
}

// part is that share of an amount, rounded half up; all of it where the share cannot be told.
func part(of money.Amount, num, den int64) money.Amount {
	a, err := money.MulDiv(of, num, den, money.HalfUp)
	if err != nil {
		return of
	}
	return a
}

// DaysLate counts the calendar days from the due day to that of publication, without those on which the agreement was
// suspended: they are not the vendor's.
func DaysLate(due, published period.Date, s Suspensions) int64 {
	if published.IsZero() || due.IsZero() || !published.After(due) {
		return 0
	}
	days := int64(published.Sub(due))
	return max(0, days-s.days(period.Range{From: due.AddDays(1), To: published}))
}
