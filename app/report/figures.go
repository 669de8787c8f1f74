package report

import "tayang/app/money"

// Figure is one of the program's own figures, reckoned by the database apart from the registers' rows.
type Figure struct {
	Group  string       `db:"figure_group"`
	Key    string       `db:"figure_key"`
	Rows   int64        `db:"row_count"`
	Amount money.Amount `db:"amount"`
}

// Figures are the program's own figures of one snapshot.
type Figures []Figure

// Groups of figures. The key of an account, status or kind follows; "" where there is only one.
const (
	figAccount    = "account"     // amount of each of the five accounts, out of the ledger
	figLines      = "lines"       // rows of budget lines
	figAgreement  = "agreement"   // by status: rows, gross
	figValue      = "value"       // value of all agreements
	figVAT        = "vat"         // VAT of all agreements
	figOffered    = "offered"     // offered on all agreements whose every line has an offer
	figNegotiated = "negotiated"  // negotiated on all agreements
	figPaid       = "paid"        // paid on all agreements, as the agreements remember it
	figPlacement  = "placement"   // by status: rows, gross
	figProof      = "proof"       // rows of proofs
	figInfluencer = "influencer"  // rows and gross on social accounts
	figPayment    = "payment"     // by status: rows, gross
	figNet        = "net"         // net of settled payments
	figTax        = "tax"         // by kind: rows, amount withheld
	figDeposit    = "tax_deposit" // by kind: rows, amount deposited
	figVendor     = "vendor"      // rows of vendors with an agreement
	figLedger     = "ledger"      // by kind: rows, amount
	figOverride   = "override"    // by category: rows, amount that passed
	figSpending   = "spending"    // amount of spending without agreement, out of the ledger
	figTrail      = "trail"       // by operation: rows of events
	figOutside    = "outside"     // rows of events past the program
)

func (f Figures) rows(group, key string) (n money.Amount) {
	for _, x := range f {
		if x.Group == group && x.Key == key {
			n += money.Amount(x.Rows)
		}
	}
	return n
}

func (f Figures) amount(group, key string) (a money.Amount) {
	for _, x := range f {
		if x.Group == group && x.Key == key {
			a += x.Amount
		}
	}
	return a
}

// all is the rows and the amount of a group, whatever the key.
func (f Figures) all(group string) (rows, amount money.Amount) {
	for _, x := range f {
		if x.Group == group {
			rows += money.Amount(x.Rows)
			amount += x.Amount
		}
	}
	return rows, amount
}

// Rows is how many rows all registers will have: what progress is measured by.
func (f Figures) Rows() (n int64) {
	for _, group := range []string{figLines, figAgreement, figPlacement, figInfluencer, figPayment, figTax, figVendor, figLedger, figOverride, figTrail} {
		rows, _ := f.all(group)
		n += int64(rows)
	}
	return n
}
