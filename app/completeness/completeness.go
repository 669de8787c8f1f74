// Package completeness says how complete the file (SPJ) of an agreement or a payment is: each paper that is asked for, whether
// the program holds it already or somebody uploaded it, and who owes what is missing. What is asked for is in paper; what a
// missing paper stops is in payment. It also makes the index of a file, and the file as one archive.
package completeness

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/period"
)

// Document is whose file it is.
type Document string

// The documents.
const (
	Agreement Document = "agreement"
	Payment   Document = "payment"
)

// Subject is an agreement or a payment, with what decides which papers its file must hold, and how many of each.
type Subject struct {
	Document    Document     `db:"document"`
	ID          uuid.UUID    `db:"id"`
	AgencyID    uuid.UUID    `db:"agency_id"`
	AgreementID uuid.UUID    `db:"agreement_id"`
	VendorID    uuid.UUID    `db:"vendor_id"`
	Number      string       `db:"number"`
	Title       string       `db:"title"`
	VendorName  string       `db:"vendor_name"`
	Status      string       `db:"status"`
	Kind        string       `db:"kind"`
	Method      string       `db:"method"`
	Form        string       `db:"form"`
	PaymentKind string       `db:"payment_kind"`
	Channels    string       `db:"channels"` // kinds of outlets, and social, by blanks
	VendorKind  string       `db:"vendor_kind"`
	VAT         bool         `db:"vat"`
	ViaAgency   bool         `db:"via_agency"`
	Amount      money.Amount `db:"amount"`
	OrderDate   period.Date  `db:"order_date"`
	Day         period.Date  `db:"day"` // whose rows count for what a payment needs
	SettledOn   period.Date  `db:"settled_on"`
	Counts
}

// Counts is of how many things a file must hold something.
type Counts struct {
	Placements int `db:"placements"`
	Labelled   int `db:"labelled"` // placements that must carry a label
	Invoices   int `db:"invoices"`
	Items      int `db:"items"`
	Accounts   int `db:"accounts"`
	Outlets    int `db:"outlets"` // of the press
	Recipients int `db:"recipients"`
	Addenda    int `db:"addenda"`
	Penalties  int `db:"penalties"`
	Taxes      int `db:"taxes"`
	Withheld   int `db:"withheld"` // income taxes
}

// Found is something that stands in a file: what the program knows of itself, or a paper that somebody uploaded (PaperID).
// About is what it is about where one is wanted of each: a placement, an invoice, an account.
type Found struct {
	Subject  uuid.UUID     `json:"-" db:"subject_id"`
	Code     paper.Code    `json:"code" db:"code"`
	About    uuid.NullUUID `json:"about" db:"about"`
	Source   Source        `json:"source" db:"source" enum:"record,agreement,payment" doc:"known to the program, or uploaded at the agreement or payment"`
	PaperID  uuid.NullUUID `json:"paper_id" db:"paper_id"`
	Name     string        `json:"name" db:"name" doc:"of the file, or of a paper that nobody asks for"`
	Number   string        `json:"number" db:"number"`
	Date     period.Date   `json:"date" db:"date"`
	File     string        `json:"file" db:"file" doc:"SHA-256"`
	Size     int64         `json:"size" db:"size" doc:"in bytes"`
	Media    string        `json:"media_type" db:"media_type"`
	Origin   string        `json:"origin" db:"origin"`
	At       *time.Time    `json:"at" db:"at" doc:"when it came into the program"`
	Standing int           `json:"-" db:"standing"` // how many of it there are, where they are only counted
}

// Source is how something came into a file.
type Source string

// The sources.
const (
	Record      Source = "record"
	OfAgreement Source = "agreement"
	OfPayment   Source = "payment"
)

// State is how a paper stands.
type State string

// The states.
const (
	Present       State = "present"
	Missing       State = "missing"
	Later         State = "later"          // not asked for yet
	NotApplicable State = "not_applicable" // there is nothing that it would be about
)

// Place is where a paper is mended.
type Place string

// The places.
const (
	AtPayment   Place = "payment"
	AtInvoice   Place = "invoice"
	AtPlacement Place = "placement"
	AtAgreement Place = "agreement"
	AtVendor    Place = "vendor"
)

// Item is one paper of the checklist.
type Item struct {
	paper.RequirementForm
	State  State       `json:"state" enum:"present,missing,later,not_applicable"`
	Have   int         `json:"have" doc:"how many there are"`
	Want   int         `json:"want" doc:"of how many"`
	Due    period.Date `json:"due" doc:"last day, where it follows a settlement"`
	Upload bool        `json:"upload" doc:"it can be uploaded; otherwise it is entered where it belongs"`
	Place  Place       `json:"place" enum:"payment,invoice,placement,agreement,vendor" doc:"where it is mended"`
	Papers []Found     `json:"papers"`
}

// Stops reports whether a payment cannot be ordered without it.
func (i Item) Stops() bool {
	return i.State == Missing && i.Mandatory && i.Stage != paper.AtSettlement
}

// Checklist is the file of an agreement or a payment held against what it must hold.
type Checklist struct {
	Document  Document  `json:"document" enum:"agreement,payment"`
	ID        uuid.UUID `json:"id"`
	Agreement uuid.UUID `json:"agreement_id"`
	Vendor    uuid.UUID `json:"vendor_id"`
	Number    string    `json:"number"`
	Title     string    `json:"title"`
	Name      string    `json:"vendor_name"`
	Present   int       `json:"present" doc:"papers that are there"`
	Asked     int       `json:"asked" doc:"papers that apply"`
	Lacking   int       `json:"lacking" doc:"mandatory ones that are missing"`
	Items     []Item    `json:"items"`
	Other     []Found   `json:"other" doc:"papers that nobody asks for"`
}

// Check holds what was found against what the file must hold; set is the government's rows.
func Check(s Subject, set paper.Set, found []Found) Checklist {
	out := Checklist{
		Document: s.Document, ID: s.ID, Agreement: s.AgreementID, Vendor: s.VendorID, Number: s.Number, Title: s.Title, Name: s.VendorName,
		Items: []Item{}, Other: []Found{},
	}
	ways, asked := ways(), map[paper.Code]bool{}
	for _, r := range s.asked(set) {
		way := ways[r.Code]
		if s.Document == Agreement && way.place == AtPayment { // a payment's own
			continue
		}
		asked[r.Code] = true
		out.Items = append(out.Items, s.item(r.RequirementForm, way, found))
	}
	for _, f := range found {
		if f.Source != Record && !asked[f.Code] && (s.Document == Agreement || f.Source == OfPayment) {
			out.Other = append(out.Other, f)
		}
	}
	for _, i := range out.Items {
		if i.State == NotApplicable {
			continue
		}
		out.Asked++
		if i.State == Present {
			out.Present++
		}
		if i.State == Missing && i.Mandatory {
			out.Lacking++
		}
	}
	return out
}

// asked are the rows for the file, in the order of the law. A paper that both an agreement and its payment need is asked once.
func (s Subject) asked(set paper.Set) (out []paper.Requirement) {
	f := paper.File{
		Kind: s.Kind, Method: s.Method, Form: s.Form, Day: s.OrderDate, Stage: paper.AtAgreement, PaymentKind: s.PaymentKind, Channels: strings.Fields(s.Channels),
		VendorKind: s.VendorKind, VAT: s.VAT, ViaAgency: s.ViaAgency, Amount: s.Amount,
	}
	stages := []paper.Stage{paper.AtAgreement, paper.AtPayment}
	if s.Document == Payment {
		stages = append(stages, paper.AtSettlement)
	}
	for _, f.Stage = range stages {
		for _, r := range set.Of(f) {
			if !slices.ContainsFunc(out, func(o paper.Requirement) bool { return o.Code == r.Code }) {
				out = append(out, r)
			}
		}
		f.Day = s.Day
	}
	return out
}

// item holds one row against what was found.
func (s Subject) item(r paper.RequirementForm, w way, found []Found) Item {
	i := Item{RequirementForm: r, Want: 1, Upload: !w.known, Place: w.at(s.Document, r.Stage), Papers: []Found{}}
	if w.each != nil {
		i.Want = w.each(s.Counts)
	}
	about, whole := map[uuid.UUID]bool{}, false
	for _, f := range found {
		if f.Code != r.Code || !w.takes(s.Document, f) {
			continue
		}
		i.Have += f.Standing
		if f.About.Valid {
			about[f.About.UUID] = true
		} else if f.Standing == 0 {
			whole = true
		}
		i.Papers = append(i.Papers, f)
	}
	i.Have = min(i.Have+len(about), i.Want)
	if whole {
		i.Have = i.Want
	}
	i.State = s.state(r, i)
	if i.State == Missing && r.Stage == paper.AtSettlement {
		i.Due = w.due(s)
	}
	return i
}

func (s Subject) state(r paper.RequirementForm, i Item) State {
	switch {
	case i.Want == 0:
		return NotApplicable
	case i.Have >= i.Want:
		return Present
	case s.Document == Agreement && r.Stage != paper.AtAgreement, r.Stage == paper.AtSettlement && s.SettledOn.IsZero():
		return Later
	}
	return Missing
}
