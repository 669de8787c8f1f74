package payment_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

func TestNumbersAreComparedAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b       string
		same, near bool
	}{
		{"INV/001/2026", "inv 1-2026", true, true},
		{"A-0123", "a.123", true, true},
		{"INV/001/2026", "INV/002/2026", false, false},
		{"INV/001/2026", "INV/100/2026", false, false},
		{"INV/O01/2026", "INV/001/2026", false, true},
		{"KC-I2/2026", "KC-12/2026", false, true},
		{"INV/KC/2026/031", "2026/031", false, true},
		{"INV-7", "7", false, false},          // too short to say
		{"92026031", "2026031", false, false}, // a figure more is another number
		{"000", "0", true, true},
		{"ÉTÉ-5", "été-05", true, true},
	} {
		if got := payment.Normal(c.a) == payment.Normal(c.b); got != c.same {
			t.Errorf("%q and %q: same %v (%q, %q)", c.a, c.b, got, payment.Normal(c.a), payment.Normal(c.b))
		}
		if got := payment.Near(c.a, c.b); got != c.near {
			t.Errorf("%q and %q: near %v", c.a, c.b, got)
		}
	}
}

// anyNumber draws what vendors write on invoices, and worse.
func anyNumber() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringMatching(`[A-Za-zOIl0-9/. -]{1,20}`), rapid.String())
}

// TestNormalNumbers: to normalise again changes nothing, punctuation and case never count, and nearness goes both ways.
func TestNormalNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyNumber().Draw(t, "a"), anyNumber().Draw(t, "b")
		once := payment.Normal(a)
		if twice := payment.Normal(once); twice != once {
			t.Fatalf("%q becomes %q and then %q", a, once, twice)
		}
		if got := payment.Normal("  " + strings.ReplaceAll(a, "/", "-") + " "); got != once {
			t.Fatalf("%q is %q with other punctuation, %q with its own", a, got, once)
		}
		if payment.Near(a, b) != payment.Near(b, a) {
			t.Fatalf("%q and %q are near one way only", a, b)
		}
		if !payment.Near(a, a) || once == payment.Normal(b) && !payment.Near(a, b) {
			t.Fatalf("%q is not near itself or what is the same", a)
		}
	})
}

// TestTwinsGoBothWays: who is told of one invoice beside the other is told the same of it.
func TestTwinsGoBothWays(t *testing.T) {
	t.Parallel()
	vendors := []uuid.UUID{uuid.New(), uuid.New()}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) payment.Invoice {
			return payment.Invoice{
				Number: anyNumber().Draw(t, name), Amount: money.Amount(rapid.IntRange(1, 2).Draw(t, name+" amount")),
				VendorID: rapid.SampledFrom(vendors).Draw(t, name+" vendor"), Date: period.MustDate("2026-03-01").AddDays(rapid.IntRange(0, 1).Draw(t, name+" day")),
			}
		}
		a, b := draw("a"), draw("b")
		file := rapid.Bool().Draw(t, "file")
		as := func(i payment.Invoice) payment.Twin {
			return payment.Twin{Number: i.Number, Amount: i.Amount, VendorID: i.VendorID, Date: i.Date, SameFile: file}
		}
		there, ok := a.Alike(as(b))
		back, also := b.Alike(as(a))
		if there != back || ok != also {
			t.Fatalf("%+v and %+v: %q and %q", a, b, there, back)
		}
		if ok && there != payment.SameFile && a.Amount != b.Amount {
			t.Fatalf("%q with other amounts", there)
		}
	})
}
