// Package tax computes what a public body withholds from a vendor: the VAT that it collects and the one income tax
// that it keeps back. It is pure: who is paid, for what, how much, on which day and by which rates go in, lines come
// out. Rates are dated data, never constants in a rule. Deposits and tax papers belong to payment.
package tax

import (
	"fmt"
	"strconv"
	"strings"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Kind is a tax that a body may collect or withhold.
type Kind string

// The taxes.
const (
	PPN      Kind = "ppn"       // value added tax (UU PPN)
	PPh21    Kind = "pph21"     // income tax of individuals who are not employees (UU PPh, article 21)
	PPh23    Kind = "pph23"     // income tax of companies on services (UU PPh, article 23)
	PPhFinal Kind = "pph_final" // final income tax of small companies with a certificate (PP 55/2022)
	PPh42    Kind = "pph4_2"    // final income tax on rental of land and buildings (UU PPh, article 4(2))
)

// Fraction is an exact part, such as 11/12.
type Fraction struct {
	Num int64
	Den int64
}

// Bracket is the rate on the part of the base up to UpTo; 0 as UpTo means without end.
type Bracket struct {
	UpTo   money.Amount
	Points int64 // basis points: 200 is 2%
}

// Rate is one tax as it stood in one period: tax = Brackets(Base × price), rounded once for the base and once for
// the tax.
type Rate struct {
	Kind       Kind
	ValidFrom  period.Date
	ValidTo    period.Date // the last day; none while the rate is in force
	LegalBasis string
	Base       Fraction  // the part of the price that is taxed
	Brackets   []Bracket // one for a flat rate
	// Unnumbered multiplies the tax of a payee who has no tax number: 2/1 for PPh 23, 6/5 for PPh 21, else 1/1.
	Unnumbered Fraction
	Rounding   money.Rounding
	// CollectAbove, of VAT alone, is the price without VAT up to which the vendor pays the tax in himself.
	CollectAbove money.Amount
}

func (r Rate) valid() period.Range { return period.Range{From: r.ValidFrom, To: r.ValidTo} }

// Rates are the rates that a body lives under. The zero Rates know no tax and answer tax_rate_missing to all; a
// body outside Indonesia has Untaxed rates.
type Rates struct {
	rows    []Rate
	untaxed bool
}

// Untaxed are the rates of a body without Indonesian taxes (agency scheme "other"): amounts pass untouched.
func Untaxed() Rates { return Rates{untaxed: true} }

// NewRates makes rates of dated rows. The fault is invalid, and names each row that cannot be computed with or
// that overlaps an earlier one of its kind.
func NewRates(rows []Rate) (Rates, error) {
	var wrong fault.Fields
	for i, r := range rows {
		at := "/" + strconv.Itoa(i)
		if r.ValidFrom.IsZero() || !r.valid().Valid() {
			wrong.Add(at+"/valid_from", "invalid")
		}
		if !r.Base.positive() || !r.Unnumbered.positive() {
			wrong.Add(at+"/base", "invalid")
		}
		if !ascending(r.Brackets) || r.Kind == PPN && len(r.Brackets) != 1 {
			wrong.Add(at+"/brackets", "invalid")
		}
		for _, earlier := range rows[:i] {
			if earlier.Kind == r.Kind && earlier.valid().Overlaps(r.valid()) {
				wrong.Add(at+"/valid_from", "overlaps")
			}
		}
	}
	return Rates{rows: rows}, wrong.Err()
}

// positive also keeps figures small enough for products of them to fit.
func (f Fraction) positive() bool {
	const limit = 1_000
	return f.Num > 0 && f.Den > 0 && f.Num <= limit && f.Den <= limit
}

// ascending reports whether the brackets rise, with rates of 0 to 100%, and the last one has no end.
func ascending(brackets []Bracket) bool {
	var below money.Amount
	for i, b := range brackets {
		last := i == len(brackets)-1
		if b.Points < 0 || b.Points > whole || last != (b.UpTo == 0) || !last && b.UpTo <= below {
			return false
		}
		below = b.UpTo
	}
	return len(brackets) > 0
}

// Rows lists the rates, for the dictionary and the page that shows them; the caller must not change them.
func (rs Rates) Rows() []Rate { return rs.rows }

// At gives the rate in force on the day, or the fault tax_rate_missing (Args "kind", "date").
func (rs Rates) At(kind Kind, on period.Date) (Rate, error) {
	for _, r := range rs.rows {
		if r.Kind == kind && r.valid().Contains(on) {
			return r, nil
		}
	}
	return Rate{}, fault.With(fault.Invalid, "tax_rate_missing", fault.Args{"kind": string(kind), "date": on.String()})
}

// whole is 100% in basis points.
const whole = 10_000

// base is the taxed part of a price, rounded.
func (r Rate) base(price money.Amount) (money.Amount, error) {
	return money.MulDiv(price, r.Base.Num, r.Base.Den, r.Rounding)
}

// onBase is the tax on a base above 0, rounded once, and the rate that it comes to. The surcharge is for payees
// without a tax number. Bases from some 2.6 thousand trillion up give the fault amount_overflow.
func (r Rate) onBase(base money.Amount, surcharge bool) (tax money.Amount, rate string, err error) {
	times := Fraction{1, 1}
	if surcharge {
		times = r.Unnumbered
	}
	points, err := r.points(base)
	if err != nil {
		return 0, "", err
	}
	if tax, err = money.MulDiv(points, times.Num, times.Den*whole, r.Rounding); err != nil {
		return 0, "", err
	}
	divisor, err := base.Times(times.Den)
	if err != nil {
		return 0, "", err
	}
	millionths, err := money.MulDiv(points, times.Num*perPoint, int64(divisor), money.HalfUp)
	return tax, decimal(int64(millionths)), err
}

// points sums, over the brackets, the part of the base in a bracket times its basis points.
func (r Rate) points(base money.Amount) (sum money.Amount, err error) {
	var below money.Amount
	for _, b := range r.Brackets {
		upTo := b.UpTo
		if upTo == 0 {
			upTo = max(base, below)
		}
		part, err := max(0, min(base, upTo)-below).Times(b.Points)
		if err != nil {
			return 0, err
		}
		if sum, err = sum.Add(part); err != nil {
			return 0, err
		}
		below = upTo
	}
	return sum, nil
}

// perPoint is the number of millionths in a basis point.
const perPoint = 100

// decimal writes millionths as a decimal without trailing zeros, "0.02".
func decimal(millionths int64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%06d", millionths/1e6, millionths%1e6), "0"), ".")
}
