// Package money holds amounts of public money: whole numbers of a currency's smallest unit, arithmetic that
// refuses to overflow, rounding, division among shares, and the reading and writing of amounts for people.
// It knows no rates and no taxes (those are in tax), and no floating point.
package money

import (
	"math"
	"math/bits"

	"tayang/app/fault"
)

// Amount is a sum of money in the smallest unit of its currency: whole rupiah, or cents. In JSON it is an integer.
type Amount int64

// Rounding says what happens to a fraction of the smallest unit.
type Rounding int

// The two roundings that Indonesian tax rules use. Both work on the size of the amount, whatever its sign.
const (
	HalfUp Rounding = iota // a half or more goes away from zero
	Down                   // the fraction is dropped
)

func overflow() error { return fault.New(fault.Invalid, "amount_overflow") }

// Add gives a + b, or the fault amount_overflow.
func (a Amount) Add(b Amount) (Amount, error) {
	sum := a + b
	if (sum > a) != (b > 0) {
		return 0, overflow()
	}
	return sum, nil
}

// Sub gives a - b, or the fault amount_overflow.
func (a Amount) Sub(b Amount) (Amount, error) {
	difference := a - b
	if (difference < a) != (b > 0) {
		return 0, overflow()
	}
	return difference, nil
}

// Times gives a × n, or the fault amount_overflow.
func (a Amount) Times(n int64) (Amount, error) { return MulDiv(a, n, 1, Down) }

// Sum adds all amounts, or gives the fault amount_overflow.
func Sum(amounts ...Amount) (Amount, error) {
	var total Amount
	for _, a := range amounts {
		var err error
		if total, err = total.Add(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// MulDiv gives a × num ÷ den, rounded once; the product is held in 128 bits. The faults are amount_overflow when
// the result does not fit, and division_by_zero when den is 0.
func MulDiv(a Amount, num, den int64, r Rounding) (Amount, error) {
	if den == 0 {
		return 0, fault.New(fault.Invalid, "division_by_zero")
	}
	negative := (a < 0) != (num < 0) != (den < 0)
	divisor := size(den)
	high, low := bits.Mul64(size(int64(a)), size(num))
	if high >= divisor {
		return 0, overflow()
	}
	quotient, rest := bits.Div64(high, low, divisor)
	if r == HalfUp && rest >= divisor-rest {
		if quotient++; quotient == 0 {
			return 0, overflow()
		}
	}
	return signed(negative, quotient)
}

// size is the absolute value, also of the smallest int64.
func size(n int64) uint64 {
	if n < 0 {
		return -uint64(n) //nolint:gosec // two's complement: right for the least int64 too
	}
	return uint64(n)
}

// signed puts the sign back on a size, or gives the fault amount_overflow.
func signed(negative bool, n uint64) (Amount, error) {
	if negative {
		if n > 1<<63 {
			return 0, overflow()
		}
		return Amount(-n), nil //nolint:gosec // n was held against the bounds above
	}
	if n > math.MaxInt64 {
		return 0, overflow()
	}
	return Amount(n), nil
}
