package agreement

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Facts are what is known around an agreement, as of its order date: one part for each room of questions. Rules are the
// rows that count for its agency.
type Facts struct {
	Agency      registry.Agency  `json:"-"`
	EnteredOn   period.Date      `json:"entered_on" doc:"the day on which the program first heard of the agreement"`
	Rules       rule.Set         `json:"-"`
	Procurement ProcurementFacts `json:"procurement"`
	Prices      PriceFacts       `json:"prices"`
	Vetting     VettingFacts     `json:"vetting"`
	Influence   InfluenceFacts   `json:"influence"`
	Recipients  RecipientFacts   `json:"recipients"`
}

// Place is where something is mended.
type Place string

// The places.
const (
	AtAgreement   Place = "agreement"
	AtPapers      Place = "papers" // the file of the agreement
	AtVendor      Place = "vendor"
	AtOutlet      Place = "outlet"
	AtAccount     Place = "social_account"
	AtPrices      Place = "price_references"
	AtCooperation Place = "cooperation_list"
	AtRecipients  Place = "recipients" // the confirmations of the agreement
)

// Doubt is something that an auditor would ask about: which rule, where in the agreement, and where it is mended.
// OverrideID is the departure under which it passed.
type Doubt struct {
	Rule       rule.Code     `json:"rule"`
	Mode       rule.Mode     `json:"mode" enum:"refuse,warn"`
	Basis      string        `json:"basis"`
	Pointer    string        `json:"pointer" doc:"JSON pointer into the agreement; empty: the whole"`
	Place      Place         `json:"place" enum:"agreement,papers,vendor,outlet,social_account,price_references,cooperation_list,recipients" doc:"where it is mended"`
	PlaceID    uuid.NullUUID `json:"place_id" doc:"of the vendor, outlet, account or list"`
	Args       fault.Args    `json:"args"`
	OverrideID uuid.NullUUID `json:"override_id"`
}

// Field is the doubt as a refusal names it.
func (d Doubt) Field() fault.Field {
	return fault.Field{Pointer: d.Pointer, Code: string(d.Rule), Args: d.Args}
}

// Stops reports whether the agreement cannot come into force because of it.
func (d Doubt) Stops() bool { return d.Mode == rule.Refuse && !d.OverrideID.Valid }

// Assessment is what is known of an agreement: live until it comes into force, then as it was on that day.
type Assessment struct {
	Frozen bool      `json:"frozen" doc:"true once the agreement is in force: nothing of it changes any more"`
	MadeAt time.Time `json:"made_at"`
	Doubts []Doubt   `json:"doubts"`
	Facts  Facts     `json:"facts"`
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
		return fmt.Errorf("agreement.Assessment: cannot scan %T", src)
	}
	if err := json.Unmarshal(text, s); err != nil {
		return err
	}
	for i := range s.Doubts {
		s.Doubts[i].Args = ReadArgs(s.Doubts[i].Args)
	}
	return nil
}

// ReadArgs makes whole numbers and dates again of what JSON made of them, so that a doubt that was kept is told as it was.
func ReadArgs(args fault.Args) fault.Args {
	for name, value := range args {
		switch v := value.(type) {
		case float64:
			args[name] = int64(v)
		case string:
			if d, err := period.ParseDate(v); err == nil {
				args[name] = d
			}
		}
	}
	return args
}

// assessing collects the doubts about one agreement.
type assessing struct {
	facts   Facts
	day     period.Date
	inForce []override.Override
	number  string
	doubts  []Doubt
}

// say notes a doubt, as strict as its rule is on the order date. Nothing is noted of a rule that is off.
func (s *assessing) say(code rule.Code, pointer string, place Place, id uuid.UUID, args fault.Args) {
	set := s.facts.Rules.On(code, s.day)
	silent := set.National && s.facts.Agency.Scheme == registry.Other
	if silent || set.Mode != rule.Refuse && set.Mode != rule.Warn {
		return
	}
	d := Doubt{Rule: code, Mode: set.Mode, Basis: set.Basis, Pointer: pointer, Place: place, Args: args}
	d.PlaceID = uuid.NullUUID{UUID: id, Valid: id != uuid.Nil}
	if o, ok := override.Warns(s.inForce, override.Check(code), override.Agreement, s.number); ok && set.Mode == rule.Refuse {
		d.OverrideID = uuid.NullUUID{UUID: o.ID, Valid: true}
	}
	s.doubts = append(s.doubts, d)
}

// figure is what a rule's figure is on the order date.
func (s *assessing) figure(code rule.Code) int64 { return s.facts.Rules.On(code, s.day).Figure }

// Assess holds the agreement against everything that is known around it. inForce are the agency's overrides that hold.
func (a Agreement) Assess(f Facts, inForce []override.Override, now time.Time) Assessment {
	s := assessing{facts: f, day: a.OrderDate, inForce: inForce, number: a.Number, doubts: []Doubt{}}
	a.assessProcurement(&s)
	a.assessPrices(&s)
	a.assessVetting(&s)
	a.assessInfluence(&s)
	a.assessRecipients(&s)
	a.assessClock(&s)
	return Assessment{MadeAt: now, Doubts: s.doubts, Facts: s.facts}
}

// Ready refuses an agreement with every reason at once. Fault: not_ready, with a field for each.
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
	return &fault.Error{Kind: fault.Conflict, Code: "not_ready", Args: fault.Args{"count": len(fields)}, Fields: fields}
}

// passed are the overrides that the agreement needs, each once.
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
