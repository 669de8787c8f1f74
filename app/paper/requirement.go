// Package paper says which papers the file of an agreement must hold: by kind, method and form of the agreement, as dated
// rows that the law and the government set. The papers themselves belong to the agreement; those of a vendor to the registry.
package paper

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Code names a paper of the file.
type Code string

// Other is a paper that no requirement asks for; it has a name of its own.
const Other Code = "other"

// Owner is who owes a paper.
type Owner string

// The owners.
const (
	Staff       Owner = "staff"       // PPTK and his staff
	PPK         Owner = "ppk"         // the commitment officer
	Procurement Owner = "procurement" // pejabat pengadaan, pokja pemilihan
	Vendor      Owner = "vendor"
	Treasurer   Owner = "treasurer" // bendahara pengeluaran
	Verifier    Owner = "verifier"  // PPK-SKPD
)

// Owners are all of them.
func Owners() []Owner { return []Owner{Staff, PPK, Procurement, Vendor, Treasurer, Verifier} }

// Stage is when a paper is asked for.
type Stage string

// The stages.
const (
	AtAgreement  Stage = "agreement"  // before an agreement comes into force
	AtPayment    Stage = "payment"    // before a payment is ordered (SPM)
	AtSettlement Stage = "settlement" // it can only exist once a payment is ordered or settled
)

// RequirementForm is a row as an administrator writes it. An empty kind, method or form of contract means any, and so do
// the conditions.
type RequirementForm struct {
	Code      Code        `json:"code" db:"code"`
	NameID    string      `json:"name_id" db:"name_id" doc:"in Indonesian"`
	NameEN    string      `json:"name_en" db:"name_en" doc:"in English"`
	Kind      string      `json:"kind" db:"kind" required:"false" enum:",media,influencer" doc:"empty: any"`
	Method    string      `json:"method" db:"method" required:"false" doc:"empty: any"`
	Form      string      `json:"form" db:"form" required:"false" doc:"empty: any"`
	Mandatory bool        `json:"mandatory" db:"mandatory" doc:"without it an agreement does not come into force, or a payment is not ordered"`
	Owner     Owner       `json:"owner" db:"owner" enum:"staff,ppk,procurement,vendor,treasurer,verifier" doc:"who owes it"`
	ValidFrom period.Date `json:"valid_from" db:"valid_from"`
	ValidTo   period.Date `json:"valid_to" db:"valid_to" required:"false" doc:"last day; none while it is in force"`
	Basis     string      `json:"basis" db:"basis" doc:"the regulation that says so"`
	Stage     Stage       `json:"stage" db:"stage" required:"false" enum:"agreement,payment,settlement" doc:"when it is asked for; agreement when left out"`
	Conditions
}

// Conditions narrow a row further; what is empty does not.
type Conditions struct {
	PaymentKind string       `json:"payment_kind" db:"payment_kind" required:"false" enum:",ls,up,gu,tu" doc:"empty: any"`
	Channel     string       `json:"channel" db:"channel" required:"false" enum:",print,online,radio,tv,outdoor,social" doc:"where something was published; empty: any"`
	VendorKind  string       `json:"vendor_kind" db:"vendor_kind" required:"false" enum:",company,individual" doc:"empty: any"`
	VAT         bool         `json:"vat" db:"vat" required:"false" doc:"only where VAT is charged"`
	ViaAgency   bool         `json:"via_agency" db:"via_agency" required:"false" doc:"only where an agency stands between"`
	Above       money.Amount `json:"above" db:"above" required:"false" doc:"only above this amount with VAT; 0: any"`
}

// Requirement is a row in force or past. One of the program's own has no id. It stays as it is; a later row takes its place.
type Requirement struct {
	ID uuid.UUID `json:"id" db:"id"`
	RequirementForm
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"a row that was entered wrongly"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Set is the rows of a government, without those of the program and without voided ones.
type Set []Requirement

// File is what decides which papers are asked for: kind, method and form of an agreement, its order date, and when they are
// asked for (empty: before the agreement). The rest is what conditions ask about.
type File struct {
	Kind, Method, Form string
	Day                period.Date
	Stage              Stage
	PaymentKind        string
	Channels           []string // kinds of outlets, and social
	VendorKind         string
	VAT, ViaAgency     bool
	Amount             money.Amount // with VAT
}

// Of gives one row for each paper that belongs in the file, in the order of the law, then those of the government alone by
// code. Of several rows for one paper a government's own comes before the program's, then the one that says more about
// which agreements, then the one that begins last, then the one entered last.
func (s Set) Of(f File) []Requirement {
	var order []Code
	best := map[Code]Requirement{}
	for _, r := range slices.Concat(Statutory(), s) {
		if r.VoidedAt != nil || !r.covers(f) {
			continue
		}
		old, ok := best[r.Code]
		if !ok {
			order = append(order, r.Code)
		}
		if !ok || r.before(old) {
			best[r.Code] = r
		}
	}
	own := slices.IndexFunc(order, func(c Code) bool { return !statutory(c) })
	if own >= 0 {
		slices.Sort(order[own:])
	}
	out := make([]Requirement, len(order))
	for i, c := range order {
		out[i] = best[c]
	}
	return out
}

// Codes are the papers that any row asks for, past ones too, each once, and last those that nobody asks for.
func (s Set) Codes() (out []Code) {
	for _, r := range slices.Concat(Statutory(), s) {
		if !slices.Contains(out, r.Code) {
			out = append(out, r.Code)
		}
	}
	return append(out, Other)
}

func statutory(c Code) bool {
	return slices.ContainsFunc(Statutory(), func(r Requirement) bool { return r.Code == c })
}

func (f RequirementForm) covers(a File) bool {
	return f.Stage.or() == a.Stage.or() && f.Conditions.meet(a) &&
		(f.Kind == "" || f.Kind == a.Kind) && (f.Method == "" || f.Method == a.Method) && (f.Form == "" || f.Form == a.Form) &&
		!a.Day.Before(f.ValidFrom) && (f.ValidTo.IsZero() || !a.Day.After(f.ValidTo))
}

func (s Stage) or() Stage {
	if s == "" {
		return AtAgreement
	}
	return s
}

func (c Conditions) meet(a File) bool {
	return (c.PaymentKind == "" || c.PaymentKind == a.PaymentKind) && (c.Channel == "" || slices.Contains(a.Channels, c.Channel)) &&
		(c.VendorKind == "" || c.VendorKind == a.VendorKind) && (!c.VAT || a.VAT) && (!c.ViaAgency || a.ViaAgency) && (c.Above == 0 || a.Amount > c.Above)
}

// before reports whether r counts more than other.
func (r Requirement) before(other Requirement) bool {
	if own := r.ID != uuid.Nil; own != (other.ID != uuid.Nil) {
		return own
	}
	if a, b := r.narrow(), other.narrow(); a != b {
		return a > b
	}
	if r.ValidFrom != other.ValidFrom {
		return r.ValidFrom.After(other.ValidFrom)
	}
	return r.CreatedAt.After(other.CreatedAt)
}

// narrow is by how many properties the row picks its agreements.
func (f RequirementForm) narrow() (n int) {
	for _, narrows := range []bool{
		f.Kind != "", f.Method != "", f.Form != "", f.PaymentKind != "", f.Channel != "", f.VendorKind != "", f.VAT, f.ViaAgency, f.Above > 0,
	} {
		if narrows {
			n++
		}
	}
	return n
}

// Bounds of a row.
const (
	nameMax  = 200
	basisMax = 500
)

var codePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{1,59}$`)

// Trimmed is the form without blanks around its texts.
func (f RequirementForm) Trimmed() RequirementForm {
	f.Code = Code(strings.TrimSpace(string(f.Code)))
	for _, s := range []*string{&f.NameID, &f.NameEN, &f.Kind, &f.Method, &f.Form, &f.Basis} {
		*s = strings.TrimSpace(*s)
	}
	f.Stage = f.Stage.or()
	return f
}

// check says what is wrong with the conditions: those of payments are unknown before an agreement is in force.
func (c Conditions) check(wrong *fault.Fields, stage Stage) {
	fault.Choice(wrong, "/stage", stage.or(), AtAgreement, AtPayment, AtSettlement)
	fault.Choice(wrong, "/payment_kind", c.PaymentKind, "", "ls", "up", "gu", "tu")
	fault.Choice(wrong, "/channel", c.Channel, "", "print", "online", "radio", "tv", "outdoor", "social")
	fault.Choice(wrong, "/vendor_kind", c.VendorKind, "", "company", "individual")
	if c.Above < 0 || c.Above > fault.AmountMax {
		wrong.AddWith("/above", "out_of_range", fault.Args{"min": 0, "max": int64(fault.AmountMax)})
	}
	if c != (Conditions{}) && stage.or() == AtAgreement {
		wrong.Add("/stage", "conditions_of_payment")
	}
}

// Check says everything that is wrong with the form, by field. methods and forms are those that agreements know.
func (f RequirementForm) Check(methods, forms []string) error {
	var wrong fault.Fields
	if !codePattern.MatchString(string(f.Code)) || f.Code == Other {
		wrong.Add("/code", "not_code")
	}
	wrong.Text("/name_id", f.NameID, true, nameMax)
	wrong.Text("/name_en", f.NameEN, true, nameMax)
	fault.Choice(&wrong, "/kind", f.Kind, "", "media", "influencer")
	fault.Choice(&wrong, "/method", f.Method, append([]string{""}, methods...)...)
	fault.Choice(&wrong, "/form", f.Form, append([]string{""}, forms...)...)
	fault.Choice(&wrong, "/owner", f.Owner, Owners()...)
	f.Conditions.check(&wrong, f.Stage)
	if f.ValidFrom.IsZero() {
		wrong.Add("/valid_from", "required")
	}
	if !f.ValidTo.IsZero() && f.ValidTo.Before(f.ValidFrom) {
		wrong.AddWith("/valid_to", "before", fault.Args{"field": "valid_from", "date": f.ValidFrom})
	}
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}
