package payment

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/app/tax"
)

// Facts are what is known around a payment on a day: one part for each room of questions.
type Facts struct {
	Agency   registry.Agency `json:"-"`
	Rules    rule.Set        `json:"-"`
	Invoices []InvoiceFact   `json:"invoices"`
	Terms    TermsFact       `json:"payment_terms"`
	Match    MatchFacts      `json:"match"`
	Live     []LiveFact      `json:"live"`

	Papered   []PaperedInvoice `json:"papered,omitempty" doc:"the invoices with the vendor's papers"`
	Explained []tax.Reason     `json:"taxes_explained,omitempty" doc:"why which tax is kept back, as of the payment request"`
	Money     MoneyFacts       `json:"money"`
	File      FileFacts        `json:"file"`
}

// InvoiceFact is an invoice of the payment, as it is asked about.
type InvoiceFact struct {
	ID     uuid.UUID `json:"id" db:"id"`
	Number string    `json:"number" db:"number"`
	File   string    `json:"file" db:"file" doc:"SHA-256 of the vendor's own file"`
}

// Place is where something is mended.
type Place string

// The places.
const (
	AtPayment   Place = "payment"
	AtInvoice   Place = "invoice"
	AtPlacement Place = "placement"
	AtAgreement Place = "agreement"
	AtVendor    Place = "vendor"

	AtAcceptance Place = "acceptance"
)

// Doubt is a rule that a payment does not meet, and where that is mended. OverrideID is the departure under which it passed.
type Doubt struct {
	Rule       rule.Code     `json:"rule"`
	Mode       rule.Mode     `json:"mode" enum:"refuse,warn"`
	Basis      string        `json:"basis"`
	Pointer    string        `json:"pointer" doc:"JSON pointer into the payment; empty: the whole"`
	Place      Place         `json:"place" enum:"payment,invoice,placement,agreement,vendor,acceptance" doc:"where it is mended"`
	PlaceID    uuid.NullUUID `json:"place_id"`
	Args       fault.Args    `json:"args,omitempty"`
	OverrideID uuid.NullUUID `json:"override_id"`
}

// Stops reports whether the payment cannot be ordered because of it.
func (d Doubt) Stops() bool { return d.Mode == rule.Refuse && !d.OverrideID.Valid }

// Field is the doubt as a refusal names it.
func (d Doubt) Field() fault.Field {
	return fault.Field{Pointer: d.Pointer, Code: string(d.Rule), Args: d.Args}
}

// Assessment is what is known of a payment: as of today until it is ordered (SPM), then as it was on that day.
type Assessment struct {
	Frozen bool        `json:"frozen" doc:"true once the payment is ordered: nothing of it changes any more"`
	Day    period.Date `json:"day" doc:"the day whose rules count"`
	MadeAt time.Time   `json:"made_at"`
	Doubts []Doubt     `json:"doubts"`
	Facts  Facts       `json:"facts"`
}

// Value writes the assessment as the JSON that is stored.
func (s Assessment) Value() (driver.Value, error) {
	text, err := json.Marshal(s)
	return string(text), err
}

// Scan reads a stored assessment.
func (s *Assessment) Scan(src any) error {
	*s = Assessment{}
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("payment.Assessment: cannot scan %T", src)
	}
	if err := json.Unmarshal(text, s); err != nil {
		return err
	}
	for i := range s.Doubts {
		s.Doubts[i].Args = agreement.ReadArgs(s.Doubts[i].Args)
	}
	for i := range s.Facts.Explained {
		s.Facts.Explained[i].Args = agreement.ReadArgs(s.Facts.Explained[i].Args)
	}
	return nil
}

// assessing collects the doubts about one payment.
type assessing struct {
	payment Payment
	facts   Facts
	day     period.Date
	inForce []override.Override
	doubts  []Doubt
}

// say notes a doubt, as strict as its rule is on the day. Nothing is noted of a rule that is off.
func (s *assessing) say(code rule.Code, pointer string, place Place, id uuid.UUID, args fault.Args) {
	set := s.facts.Rules.On(code, s.day)
	silent := set.National && s.facts.Agency.Scheme == registry.Other
	if silent || set.Mode != rule.Refuse && set.Mode != rule.Warn {
		return
	}
	d := Doubt{Rule: code, Mode: set.Mode, Basis: set.Basis, Pointer: pointer, Place: place, Args: args}
	d.PlaceID = uuid.NullUUID{UUID: id, Valid: id != uuid.Nil}
	if o, ok := override.Warns(s.inForce, override.Check(code), override.Payment, s.payment.SPP.Number); ok && set.Mode == rule.Refuse {
		d.OverrideID = uuid.NullUUID{UUID: o.ID, Valid: true}
	}
	s.doubts = append(s.doubts, d)
}

// Assess holds the payment against everything that is known around it, by the rules of the day. inForce are the agency's
// overrides that hold.
func (p Payment) Assess(f Facts, inForce []override.Override, day period.Date, now time.Time) Assessment {
	s := assessing{payment: p, facts: f, day: day, inForce: inForce, doubts: []Doubt{}}
	s.papers()
	s.settlement()
	s.match()
	s.handover()
	s.stays()
	s.vendorPapers()
	s.dates()
	s.cash()
	s.payee()
	s.file()
	return Assessment{Day: day, MadeAt: now, Doubts: s.doubts, Facts: s.facts}
}

// papers doubts an invoice without the vendor's own file: the office cannot write it for him.
func (s *assessing) papers() {
	for _, i := range s.facts.Invoices {
		if i.File == "" {
			s.say(rule.InvoiceFileMissing, "/invoice_ids", AtInvoice, i.ID, fault.Args{"number": i.Number})
		}
	}
}

// Ready refuses to order the payment, with every reason at once. Fault: not_payable, with a field for each.
func (s Assessment) Ready() error {
	var fields fault.Fields
	for _, d := range s.Doubts {
		if d.Stops() {
			fields = append(fields, d.Field())
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Code: "not_payable", Args: fault.Args{"count": len(fields)}, Fields: fields}
}

// passed are the overrides that the payment needs, each once.
func (s Assessment) passed() (out []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for _, d := range s.Doubts {
		if id := d.OverrideID.UUID; d.OverrideID.Valid && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
