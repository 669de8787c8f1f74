package tax

import (
	"slices"
	"testing"

	"tayang/app/period"
)

// TestTaxInvoiceNumbers takes numbers apart, old and new, and finds what is odd about each.
func TestTaxInvoiceNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		on    string
		flaws []InvoiceFlaw
	}{
		{"010.000-24.00000001", "2024-03-01", nil},
		{"0200002400000001", "2024-12-31", nil},
		{"0210002400000001", "2024-12-31", nil}, // replaced
		{"0220002400000001", "2024-12-31", []InvoiceFlaw{FlawStatus}},
		{"02002500000000001", "2025-01-02", nil},
		{"04012600000012345", "2026-11-23", nil},
		{"10002600000012345", "2026-11-23", nil},
		{"02002500000000001", "2024-06-01", []InvoiceFlaw{FlawEra, FlawYear}},
		{"02002500000000001", "2026-01-02", []InvoiceFlaw{FlawYear}},
		{"0400260012345678", "2026-03-11", []InvoiceFlaw{FlawYear}}, // the year stands elsewhere in 16 digits
		{"00002600000012345", "2026-11-23", []InvoiceFlaw{FlawTransaction}},
		{"11002600000012345", "2026-11-23", []InvoiceFlaw{FlawTransaction}},
		{"02002600000000000", "2026-11-23", []InvoiceFlaw{FlawSerial}},
		{"", "2026-11-23", []InvoiceFlaw{FlawLength}},
		{"123", "2026-11-23", []InvoiceFlaw{FlawLength}},
		{"020026000000123456", "2026-11-23", []InvoiceFlaw{FlawLength}},
		{"FP-2600000012345", "2026-11-23", []InvoiceFlaw{FlawLength}},
	} {
		_, got := ReadInvoiceNumber(c.text, period.MustDate(c.on))
		if !slices.Equal(got, c.flaws) {
			t.Errorf("%q of %s: %v, want %v", c.text, c.on, got, c.flaws)
		}
	}
	n, _ := ReadInvoiceNumber("02012600000012345", period.MustDate("2026-11-23"))
	if want := (InvoiceNumber{"02", "01", "26", "00000012345"}); n != want {
		t.Errorf("%+v", n)
	}
	n, _ = ReadInvoiceNumber("010.000-24.00000001", period.MustDate("2024-11-23"))
	if want := (InvoiceNumber{"01", "0", "24", "00000001"}); n != want {
		t.Errorf("%+v", n)
	}
}

func TestUsualTransactionCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[string][2]bool{"02": {true, false}, "01": {false, true}, "04": {false, true}, "05": {false, true}, "03": {true, true}, "07": {false, false}} {
		n := InvoiceNumber{Transaction: code}
		if got := [2]bool{n.Usual(true), n.Usual(false)}; got != want {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
}

// TestDueDays: the 15th of the next month, or the Monday after it.
func TestDueDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		paid string
		day  int
		want string
	}{
		{"2026-04-08", 15, "2026-05-15"}, // a Friday
		{"2026-01-31", 15, "2026-02-16"}, // the 15th is a Sunday
		{"2026-07-01", 15, "2026-08-17"}, // the 15th is a Saturday; that the 17th is a holiday is not known
		{"2026-12-31", 15, "2027-01-15"},
		{"2024-10-09", 10, "2024-11-11"}, // the 10th is a Sunday
		{"2026-01-10", 31, "2026-03-02"}, // February has no 31st; its 28th is a Saturday
	} {
		if got := DueOn(period.MustDate(c.paid), c.day); got != period.MustDate(c.want) {
			t.Errorf("paid %s: due %s, want %s", c.paid, got, c.want)
		}
	}
}

// TestObjects: the government's own row comes before what the program knows, and nothing is made up.
func TestObjects(t *testing.T) {
	t.Parallel()
	own := []Object{
		{Kind: PPh23, Code: "24-104-01", ValidFrom: period.MustDate("2026-01-01"), ValidTo: period.MustDate("2026-06-30")},
		{Kind: PPh23, Code: "24-104-02", ValidFrom: period.MustDate("2026-03-01")},
	}
	for _, c := range []struct {
		kind Kind
		on   string
		want string
	}{
		{PPh23, "2025-12-31", "24-104-34"}, {PPh23, "2026-01-01", "24-104-01"}, {PPh23, "2026-03-01", "24-104-02"}, {PPh21, "2026-03-01", "21-100-09"},
		{PPhFinal, "2026-03-01", "28-423-01"}, {PPh42, "2026-03-01", ""}, {PPN, "2026-03-01", ""}, {PPh23, "2020-03-01", ""},
	} {
		if got := ObjectAt(own, c.kind, period.MustDate(c.on)).Code; got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.kind, c.on, got, c.want)
		}
	}
	for _, o := range Objects() {
		if !IsObjectCode(o.Code) || o.Source == "" {
			t.Errorf("%+v", o)
		}
	}
}
