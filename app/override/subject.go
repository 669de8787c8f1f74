package override

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/rule"
)

// Check is a check that a mode can be set for.
type Check string

// The checks.
const (
	Budget   Check = "budget"   // what a line has left, and its cash plan
	Matching Check = "matching" // an invoice against what its placements give
)

// Checks lists the checks: those of documents in general, and the rules that one agreement may depart from.
func Checks() []Check {
	out := []Check{Budget, Matching}
	for _, k := range rule.Statutory() {
		if k.Mode != "" {
			out = append(out, Check(k.Code))
		}
	}
	return out
}

// OfRule reports whether the check is a rule that one document may depart from.
func (c Check) OfRule() bool { return c != Budget && c != Matching && slices.Contains(Checks(), c) }

// Document is the kind of document that a rule is about.
func (c Check) Document() DocumentType {
	for _, k := range rule.Statutory() {
		if Check(k.Code) == c && k.Of != rule.OfAgreement {
			return DocumentType(k.Of)
		}
	}
	return Agreement
}

// DocumentType is the kind of document that a check looks at.
type DocumentType string

// The documents.
const (
	Agreement DocumentType = "agreement"
	Placement DocumentType = "placement"
	Payment   DocumentType = "payment"
	Invoice   DocumentType = "invoice"
)

// Warn is the one mode that is set; to stop again is to revoke it.
const Warn = "warn"

// Action is what a role change does.
type Action string

// The actions.
const (
	Give     Action = "grant"
	TakeBack Action = "revoke"
)

// Subject is what an override is about. Which fields a kind needs and takes is said by its table; others are refused.
type Subject struct {
	Check          Check        `json:"check,omitempty" doc:"check_mode: budget, matching, or the rule that one agreement, placement or payment may depart from (see /rules)"`
	DocumentType   DocumentType `json:"document_type,omitempty" enum:"agreement,placement,payment,invoice" doc:"check_mode, tolerance"`
	Mode           string       `json:"mode,omitempty" enum:"warn" doc:"check_mode"`
	Amount         money.Amount `json:"amount,omitempty" doc:"tolerance, without_agreement: tax included, in the smallest unit"`
	Month          string       `json:"month,omitempty" doc:"period_reopen, back_date: 2026-03"`
	DocumentNumber string       `json:"document_number,omitempty" doc:"back_date; check_mode of a rule: the agreement's number, the placement's id, or the payment's SPP number"`
	Email          string       `json:"email,omitempty" doc:"role_change, acting: whose account"`
	ForEmail       string       `json:"for_email,omitempty" doc:"acting: for whom"`
	Role           access.Role  `json:"role,omitempty" enum:"staff,ppk,verifier,treasurer,head,auditor,admin" doc:"role_change, acting"`
	AgencyCode     string       `json:"agency_code,omitempty" doc:"role_change: none for all of the government; acting"`
	Action         Action       `json:"action,omitempty" enum:"grant,revoke" doc:"role_change"`
	DecreeNumber   string       `json:"decree_number,omitempty" doc:"acting: number of the decree (SK)"`
	VendorID       uuid.UUID    `json:"vendor_id,omitzero" doc:"without_agreement"`
	BudgetLineID   uuid.UUID    `json:"budget_line_id,omitzero" doc:"without_agreement"`
	Date           period.Date  `json:"date,omitzero" doc:"without_agreement: of the paper"`
	Number         string       `json:"number,omitempty" doc:"without_agreement: of the vendor's paper"`
	Description    string       `json:"description,omitempty" doc:"without_agreement"`
}

// Value writes the subject as the JSON that is stored.
func (s Subject) Value() (driver.Value, error) {
	text, err := json.Marshal(s)
	return string(text), err
}

// Scan reads a stored subject.
func (s *Subject) Scan(src any) error {
	*s = Subject{}
	switch v := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(v, s)
	case string:
		return json.Unmarshal([]byte(v), s)
	}
	return fmt.Errorf("override.Subject: cannot scan %T", src)
}

// takes are the fields of a kind's subject: those that it needs, and those that it may have besides.
func (k Kind) takes() (needs, may []string) {
	switch k {
	case CheckMode:
		return []string{"check", "document_type", "mode"}, []string{"document_number"}
	case Tolerance:
		return []string{"document_type", "amount"}, nil
	case PeriodReopen:
		return []string{"month"}, nil
	case BackDate:
		return []string{"month", "document_number"}, nil
	case RoleChange:
		return []string{"email", "role", "action"}, []string{"agency_code"}
	case Acting:
		return []string{"email", "for_email", "role", "agency_code", "decree_number"}, nil
	case WithoutAgreement:
		return []string{"vendor_id", "budget_line_id", "amount", "date", "number", "description"}, nil
	}
	return nil, nil
}

type given struct {
	name string
	is   bool
}

func (s Subject) fields() []given {
	return []given{
		{"check", s.Check != ""}, {"document_type", s.DocumentType != ""}, {"mode", s.Mode != ""}, {"amount", s.Amount != 0},
		{"month", s.Month != ""}, {"document_number", s.DocumentNumber != ""}, {"email", s.Email != ""}, {"for_email", s.ForEmail != ""},
		{"role", s.Role != ""}, {"agency_code", s.AgencyCode != ""}, {"action", s.Action != ""}, {"decree_number", s.DecreeNumber != ""},
		{"vendor_id", s.VendorID != uuid.Nil}, {"budget_line_id", s.BudgetLineID != uuid.Nil}, {"date", !s.Date.IsZero()},
		{"number", s.Number != ""}, {"description", s.Description != ""},
	}
}

// trimmed is the subject without blanks around its texts, its addresses as accounts have them.
func (s Subject) trimmed() Subject {
	for _, text := range []*string{&s.Month, &s.DocumentNumber, &s.Email, &s.ForEmail, &s.AgencyCode, &s.DecreeNumber, &s.Number, &s.Description} {
		*text = strings.TrimSpace(*text)
	}
	s.Email, s.ForEmail = strings.ToLower(s.Email), strings.ToLower(s.ForEmail)
	return s
}

// Bounds of a subject's texts.
const (
	numberMax      = 100
	descriptionMax = 300
	reasonMax      = 2000
)

// check says by field what is wrong with a subject of the kind by itself.
func (s Subject) check(wrong *fault.Fields, k Kind) {
	needs, may := k.takes()
	for _, f := range s.fields() {
		switch at := "/subject/" + f.name; {
		case f.is && !slices.Contains(needs, f.name) && !slices.Contains(may, f.name):
			wrong.AddWith(at, "not_of_kind", fault.Args{"kind": string(k)})
		case !f.is && slices.Contains(needs, f.name):
			wrong.Add(at, "required")
		case f.is:
			s.checkField(wrong, k, f.name, at)
		}
	}
	if k == CheckMode {
		s.checkNumber(wrong)
	}
}

// checkNumber wants the agreement or placement that may depart from a rule; other checks are about every document of their type.
func (s Subject) checkNumber(wrong *fault.Fields) {
	switch at := "/subject/document_number"; {
	case s.Check.OfRule() && s.DocumentNumber == "":
		wrong.Add(at, "required")
	case !s.Check.OfRule() && s.DocumentNumber != "":
		wrong.AddWith(at, "not_of_kind", fault.Args{"kind": string(CheckMode)})
	case s.Check.OfRule() && s.Check.Document() == Placement && uuid.Validate(s.DocumentNumber) != nil:
		wrong.AddWith(at, "not_readable", fault.Args{"type": "uuid"})
	}
}

var (
	email = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	alnum = regexp.MustCompile(`[\pL\pN]`)
)

func (s Subject) checkField(wrong *fault.Fields, k Kind, name, at string) {
	texts := map[string]string{
		"document_number": s.DocumentNumber, "email": s.Email, "for_email": s.ForEmail, "agency_code": s.AgencyCode,
		"decree_number": s.DecreeNumber, "number": s.Number, "description": s.Description,
	}
	if text, ok := texts[name]; ok {
		s.checkText(wrong, name, at, text)
		return
	}
	switch name {
	case "check":
		fault.Choice(wrong, at, s.Check, Checks()...)
	case "document_type":
		fault.Choice(wrong, at, s.DocumentType, s.documents(k)...)
	case "mode":
		fault.Choice(wrong, at, s.Mode, Warn)
	case "amount":
		wrong.Within(at, int64(s.Amount), 1, fault.AmountMax)
	case "month":
		if _, err := period.ParseMonth(s.Month); err != nil {
			wrong.Add(at, "date_invalid")
		}
	case "role":
		fault.Choice(wrong, at, s.Role, roles(k)...)
	case "action":
		fault.Choice(wrong, at, s.Action, Give, TakeBack)
	}
}

func (s Subject) checkText(wrong *fault.Fields, name, at, text string) {
	before := len(*wrong)
	most := numberMax
	if name == "description" {
		most = descriptionMax
	}
	wrong.Text(at, text, true, most)
	switch {
	case len(*wrong) > before:
	case strings.HasSuffix(name, "email") && !email.MatchString(text):
		wrong.Add(at, "bad_email")
	case strings.HasSuffix(name, "number") && !alnum.MatchString(text):
		wrong.Add(at, "bad_code")
	case name == "for_email" && s.Email == text:
		wrong.Add(at, "same_person")
	}
}

// documents are those that the subject's check looks at.
func (s Subject) documents(k Kind) []DocumentType {
	switch {
	case k == Tolerance || s.Check == Matching:
		return []DocumentType{Invoice}
	case s.Check == Budget:
		return []DocumentType{Agreement, Payment}
	case s.Check.OfRule():
		return []DocumentType{s.Check.Document()}
	}
	return []DocumentType{Agreement, Payment, Invoice}
}

// roles are those that the kind can be about: nobody audits or administers for another.
func roles(k Kind) []access.Role {
	if k == Acting {
		return []access.Role{access.Staff, access.PPK, access.Verifier, access.Treasurer, access.Head}
	}
	return access.Roles()
}

// wide reports whether the role holds in all of the government.
func wide(r access.Role) bool { return r == access.Auditor || r == access.Admin }
