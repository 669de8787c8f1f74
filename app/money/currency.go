package money

// Currency is an ISO 4217 code.
type Currency string

// The currencies that an agency may keep its books in.
const (
	IDR Currency = "IDR"
	MXN Currency = "MXN"
	EUR Currency = "EUR"
	USD Currency = "USD"
)

// Digits is the number of decimals of the smallest unit: 0 for the rupiah, whose sen is out of use, else 2.
func (c Currency) Digits() int {
	if c == IDR {
		return 0
	}
	return 2
}

// Known reports whether the program can keep books in the currency.
func (c Currency) Known() bool {
	switch c {
	case IDR, MXN, EUR, USD:
		return true
	}
	return false
}
