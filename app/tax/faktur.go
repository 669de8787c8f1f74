package tax

import (
	"strings"

	"tayang/app/money"
	"tayang/app/period"
)

// InvoiceFlaw is what is odd about a tax invoice's number (faktur pajak).
type InvoiceFlaw string

// The flaws.
const (
	FlawLength      InvoiceFlaw = "length"      // neither 16 nor 17 digits
	FlawTransaction InvoiceFlaw = "transaction" // no such transaction code
	FlawStatus      InvoiceFlaw = "status"      // 16 digits: neither normal (0) nor replaced (1)
	FlawYear        InvoiceFlaw = "year"        // another year than the invoice's date
	FlawEra         InvoiceFlaw = "era"         // 17 digits before they came in
	FlawSerial      InvoiceFlaw = "serial"      // the serial is nought
)

// InvoiceFlaws lists the flaws, for the test that wants words for each.
func InvoiceFlaws() []InvoiceFlaw {
	return []InvoiceFlaw{FlawLength, FlawTransaction, FlawStatus, FlawYear, FlawEra, FlawSerial}
}

// InvoiceNumber is the number of a tax invoice, taken apart.
type InvoiceNumber struct {
	Transaction string // 01 to 10: to whom the sale is and who pays the tax in
	Status      string // replaced or not
	Year        string // the last two digits of the year
	Serial      string
}

// coretax is the first day of numbers of 17 digits.
const coretax = "2025-01-01"

// ReadInvoiceNumber takes a number apart and says what is odd about it. Until 2024 it has 16 digits (transaction 2, status 1,
// branch 3, year 2, serial 8); since then the state gives it 17 (PER-11/PJ/2025 article 37: transaction 2, status 2, year 2,
// serial 11), while the old ones were still made for some time. on is the day of the tax invoice, or else of the invoice.
func ReadInvoiceNumber(text string, on period.Date) (n InvoiceNumber, flaws []InvoiceFlaw) {
	digits := strings.NewReplacer(".", "", "-", "", " ", "").Replace(text)
	if strings.Trim(digits, "0123456789") != "" {
		return n, []InvoiceFlaw{FlawLength}
	}
	switch len(digits) {
	case 16:
		n = InvoiceNumber{digits[:2], digits[2:3], digits[6:8], digits[8:]}
		if n.Status > "1" {
			flaws = append(flaws, FlawStatus)
		}
	case 17:
		n = InvoiceNumber{digits[:2], digits[2:4], digits[4:6], digits[6:]}
		if on.Before(period.MustDate(coretax)) {
			flaws = append(flaws, FlawEra)
		}
	default:
		return n, []InvoiceFlaw{FlawLength}
	}
	if n.Transaction < "01" || n.Transaction > "10" {
		flaws = append(flaws, FlawTransaction)
	}
	if year := on.String(); n.Year != year[2:4] {
		flaws = append(flaws, FlawYear)
	}
	if strings.Trim(n.Serial, "0") == "" {
		flaws = append(flaws, FlawSerial)
	}
	return n, flaws
}

// Usual reports whether the transaction code goes with a sale to a public body: 02 when it collects the tax itself, 01, 04
// or 05 when the vendor pays it in. 03, for other collectors, is left to the reader; the rest is unusual and not forbidden,
// for the codes are the tax office's and not ours.
func (n InvoiceNumber) Usual(collected bool) bool {
	switch n.Transaction {
	case "02":
		return collected
	case "01", "04", "05":
		return !collected
	case "03":
		return true
	}
	return false
}

// TaxableBase is the taxable base of VAT for a price without VAT. The faults are tax_rate_missing and amount_overflow.
func (rs Rates) TaxableBase(price money.Amount, on period.Date) (money.Amount, error) {
	r, err := rs.At(PPN, on)
	if err != nil {
		return 0, err
	}
	return r.base(price)
}
