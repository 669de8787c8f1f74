package money

import (
	"encoding/json"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"tayang/app/fault"
)

func TestAmountIsAJSONInteger(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(struct{ A Amount }{math.MaxInt64})
	if err != nil || string(text) != `{"A":9223372036854775807}` {
		t.Fatalf("%s %v", text, err)
	}
	var a Amount
	if err := json.Unmarshal([]byte("1.5"), &a); err == nil {
		t.Fatal("read a fraction")
	}
}

func TestMulDivRounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a            Amount
		num, den     int64
		halfUp, down Amount
	}{
		{10_000_000, 11, 12, 9_166_667, 9_166_666},
		{1, 1, 2, 1, 0},
		{-1, 1, 2, -1, 0},
		{1, -1, 2, -1, 0},
		{-1, -1, -2, -1, 0},
		{1, 49, 100, 0, 0},
		{7, 0, 3, 0, 0},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{math.MinInt64, math.MinInt64, math.MinInt64, math.MinInt64, math.MinInt64},
		{math.MinInt64, 1, 1, math.MinInt64, math.MinInt64},
	} {
		up, err := MulDiv(c.a, c.num, c.den, HalfUp)
		down, err2 := MulDiv(c.a, c.num, c.den, Down)
		if up != c.halfUp || down != c.down || err != nil || err2 != nil {
			t.Errorf("%d × %d ÷ %d = %d, %d (%v, %v)", c.a, c.num, c.den, up, down, err, err2)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		code string
		do   func() (Amount, error)
	}{
		"add":     {"amount_overflow", func() (Amount, error) { return Amount(math.MaxInt64).Add(1) }},
		"add neg": {"amount_overflow", func() (Amount, error) { return Amount(math.MinInt64).Add(-1) }},
		"sub":     {"amount_overflow", func() (Amount, error) { return Amount(0).Sub(math.MinInt64) }},
		"times":   {"amount_overflow", func() (Amount, error) { return Amount(math.MaxInt64).Times(2) }},
		"negate":  {"amount_overflow", func() (Amount, error) { return Amount(math.MinInt64).Times(-1) }},
		"sum":     {"amount_overflow", func() (Amount, error) { return Sum(math.MaxInt64, 1, -1) }},
		"muldiv":  {"amount_overflow", func() (Amount, error) { return MulDiv(math.MaxInt64, 3, 2, Down) }},
		"by zero": {"division_by_zero", func() (Amount, error) { return MulDiv(1, 1, 0, Down) }},
	} {
		got, err := c.do()
		if !fault.Is(err, c.code) || fault.From(err).Kind != fault.Invalid || got != 0 {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
}

// anyAmount draws amounts with the limits of int64 among them.
func anyAmount() *rapid.Generator[Amount] {
	return rapid.Custom(func(t *rapid.T) Amount { return Amount(rapid.Int64().Draw(t, "amount")) })
}

// fits says what checked arithmetic must answer, given the exact result.
func fits(t *rapid.T, got Amount, err error, exact *big.Int) {
	if exact.IsInt64() != (err == nil) || err == nil && int64(got) != exact.Int64() {
		t.Fatalf("got %d, %v; exact %s", got, err, exact)
	}
}

func TestArithmeticIsExactOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyAmount().Draw(t, "a"), anyAmount().Draw(t, "b")
		x, y := big.NewInt(int64(a)), big.NewInt(int64(b))
		sum, err := a.Add(b)
		fits(t, sum, err, new(big.Int).Add(x, y))
		difference, err := a.Sub(b)
		fits(t, difference, err, new(big.Int).Sub(x, y))
		product, err := a.Times(int64(b))
		fits(t, product, err, new(big.Int).Mul(x, y))
	})
}

func TestMulDivAgreesWithExactArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, num := anyAmount().Draw(t, "a"), rapid.Int64().Draw(t, "num")
		den := rapid.Int64().Filter(func(n int64) bool { return n != 0 }).Draw(t, "den")
		product := new(big.Int).Mul(big.NewInt(int64(a)), big.NewInt(num))
		quotient, rest := new(big.Int).QuoRem(product, big.NewInt(den), new(big.Int))
		down, err := MulDiv(a, num, den, Down)
		fits(t, down, err, quotient)
		if twice := new(big.Int).Lsh(rest, 1); twice.CmpAbs(big.NewInt(den)) >= 0 {
			quotient.Add(quotient, big.NewInt(int64(product.Sign()*big.NewInt(den).Sign())))
		}
		up, err := MulDiv(a, num, den, HalfUp)
		fits(t, up, err, quotient)
	})
}

func TestAllocate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		total   Amount
		weights []int64
		want    []Amount
	}{
		{100, []int64{1, 1, 1}, []Amount{34, 33, 33}},
		{-100, []int64{1, 1, 1}, []Amount{-34, -33, -33}},
		{10, []int64{1, 2, 4}, []Amount{1, 3, 6}},
		{7, []int64{0, 5, -3}, []Amount{0, 7, 0}},
		{5, []int64{0, 0}, []Amount{3, 2}},
		{5, nil, nil},
		{math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []Amount{
			3074457345618258603, 3074457345618258602, 3074457345618258602,
		}},
	} {
		got := Allocate(c.total, c.weights)
		if len(got) != len(c.want) {
			t.Fatalf("%d over %v: %v", c.total, c.weights, got)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d over %v: %v, not %v", c.total, c.weights, got, c.want)
			}
		}
	}
}

func TestAllocateSumsExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := anyAmount().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Int64Min(0), 1, 20).Draw(t, "weights")
		sum := new(big.Int)
		for _, w := range weights {
			sum.Add(sum, big.NewInt(w))
		}
		var got Amount
		for i, share := range Allocate(total, weights) {
			got += share
			if sum.Sign() == 0 {
				continue
			}
			// |share × sum − total × weight| < sum: within one unit of the exact proportion.
			off := new(big.Int).Mul(big.NewInt(int64(share)), sum)
			off.Sub(off, new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(weights[i])))
			if off.CmpAbs(sum) >= 0 {
				t.Fatalf("share %d of %d is %d", i, total, share)
			}
		}
		if got != total {
			t.Fatalf("shares of %d sum to %d", total, got)
		}
	})
}

func TestCurrencies(t *testing.T) {
	t.Parallel()
	for c, digits := range map[Currency]int{IDR: 0, MXN: 2, EUR: 2, USD: 2} {
		if !c.Known() || c.Digits() != digits {
			t.Errorf("%s: %v %d", c, c.Known(), c.Digits())
		}
	}
	if Currency("idr").Known() || Currency("").Known() {
		t.Error("knows a currency that is none")
	}
}
