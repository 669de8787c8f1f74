package sample

import (
	"fmt"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

// fate is what becomes of an agreement that does not simply go on until everything is paid.
type fate string

const (
	drafted    fate = "drafted"    // nobody submits it
	withdrawn  fate = "withdrawn"  // submitted and taken back
	submitted  fate = "submitted"  // waits for the commitment officer
	turnedDown fate = "turnedDown" // rejected
	ended      fate = "ended"      // closed with units left, or after the last payment
	brokenOff  fate = "brokenOff"  // terminated
)

// rhythm is how units are spread and paid.
type rhythm string

const (
	monthly rhythm = ""       // spread at random, paid month by month
	steady  rhythm = "steady" // as many units each month
	once    rhythm = "once"   // paid at the end
)

// deal is an agreement of the story. Dates are month and day; what is empty is not there.
type deal struct {
	key, title, vendor, campaign string
	kind                         agreement.Kind // empty: media
	method                       agreement.Method
	form                         agreement.Form
	rup                          string
	order, start, end            string
	items                        []item
	rhythm                       rhythm
	pace                         int          // days from one paper to the next
	purse                        payment.Kind // empty: LS
	fate                         fate
	on, why                      string // day of the fate and its reason
	addenda                      []addendum
	ceiling                      money.Amount // of a framework agreement
	under                        string       // key of the framework agreement of an order
	holds                        []hold
	fee                          money.Amount // of an agency
	shares                       []passed     // whom it pays
	paying                       agreement.PaymentTerms

	agency string
	no     int // place in the agency's table
	serial int // place among all agreements
}

// item is a deliverable. A price of a VAT-registered vendor is without VAT unless it is inclusive.
type item struct {
	product, channel, line string
	quantity               int64
	unit                   string
	offered, price         money.Amount
	inclusive, label       bool
	placed                 int64 // units that are ever ordered; 0: all
}

// number is the agreement's number.
func (d deal) number() string { return fmt.Sprintf("027/%03d/%s/%d", d.no, d.agency, year) }

// paper is the number of a paper under the agreement.
func (d deal) paper(kind string, n int) string {
	return fmt.Sprintf("%s/%03d.%02d/%s/%d", kind, d.no, n, d.agency, year)
}

// term is from the first to the last day of publication.
func (d deal) term() period.Range { return period.Range{From: day(d.start), To: day(d.end)} }

// deals are all agreements, agency by agency.
func deals() (all []deal) {
	for _, agency := range []struct {
		code string
		of   []deal
	}{{Kominfo, kominfoDeals()}, {Setwan, setwanDeals()}, {Dispar, disparDeals()}} {
		for i, d := range agency.of {
			d.agency, d.no, d.serial = agency.code, i+1, len(all)+1
			all = append(all, d)
		}
	}
	// Told last, for their numbers: those before them keep theirs.
	for i, d := range lifeDeals() {
		d.agency, d.no, d.serial = Kominfo, len(kominfoDeals())+i+1, len(all)+1
		all = append(all, d)
	}
	all = append(all, throughDeals(len(kominfoDeals())+len(lifeDeals()), len(all))...)
	return append(all, advanceDeal(len(kominfoDeals())+len(lifeDeals())+1, len(all)))
}

// dealOf finds an agreement by its key.
func dealOf(key string) deal {
	for _, d := range deals() {
		if d.key == key {
			return d
		}
	}
	panic("sample: no agreement " + key)
}
