package agreement

import (
	"errors"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Limit is how far amendments may raise the value of an agreement above the original, in percent, and where that is said.
type Limit struct {
	Percent int64
	Basis   string
}

// limitOf is the limit on the day of an amendment; nil when none holds: the government has lifted it, or the agency is
// outside the country's budget schemes.
func limitOf(set rule.Set, ag registry.Agency, day period.Date) *Limit {
	if ag.Scheme == registry.Other || set.On(rule.AddendumOverLimit, day).Mode != rule.Refuse {
		return nil
	}
	s := set.On(rule.AddendumPercent, day)
	return &Limit{s.Figure, s.Basis}
}

// most is the highest value that an agreement of that original value may have.
func (l Limit) most(original money.Amount) money.Amount {
	more, err := money.MulDiv(original, l.Percent, 100, money.Down)
	if err != nil {
		return original
	}
	return original + more
}

// overLimit reports whether an amendment was refused for its value and for nothing else.
func overLimit(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && len(f.Fields) == 1 && f.Fields[0].Code == "above_amendment_limit"
}
