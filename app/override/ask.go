package override

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// Ask is an override as a client asks for it.
type Ask struct {
	Kind       Kind        `json:"kind" enum:"check_mode,tolerance,period_reopen,back_date,role_change,acting,without_agreement"`
	Subject    Subject     `json:"subject"`
	Reason     string      `json:"reason"`
	ValidUntil period.Date `json:"valid_until,omitempty" doc:"last day; acting needs it, role_change and without_agreement have none"`
}

// Trimmed is the request without blanks around its texts.
func (a Ask) Trimmed() Ask {
	a.Reason, a.Subject = strings.TrimSpace(a.Reason), a.Subject.trimmed()
	return a
}

// Check says by field what is wrong with the request by itself, asked for on that day.
func (a Ask) Check(today period.Date) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", a.Kind, Kinds()...)
	if a.Kind.Known() {
		a.Subject.check(&wrong, a.Kind)
		a.checkAgency(&wrong)
	}
	wrong.Text("/reason", a.Reason, true, reasonMax)
	switch {
	case a.Kind.atOnce() && !a.ValidUntil.IsZero():
		wrong.Add("/valid_until", "does_not_expire")
	case a.Kind == Acting && a.ValidUntil.IsZero():
		wrong.Add("/valid_until", "required")
	case !a.ValidUntil.IsZero() && a.ValidUntil.Before(today):
		wrong.AddWith("/valid_until", "past", fault.Args{"date": today})
	}
	return wrong.Err()
}

// checkAgency wants an agency for every role but those of the whole government.
func (a Ask) checkAgency(wrong *fault.Fields) {
	if a.Kind != RoleChange || a.Subject.Role == "" {
		return
	}
	switch {
	case wide(a.Subject.Role) && a.Subject.AgencyCode != "":
		wrong.Add("/subject/agency_code", "whole_government")
	case !wide(a.Subject.Role) && a.Subject.AgencyCode == "":
		wrong.Add("/subject/agency_code", "required")
	}
}

// Around is what a subject names, as it is now.
type Around struct {
	Person     *Person // nil: nobody has the address
	For        *Person
	Vendor     bool
	FiscalYear int // of the budget line; 0: the agency has no such line
}

// Person is an account; Holds says whether the subject's role is his in the subject's agency.
type Person struct {
	ID       uuid.UUID
	Disabled bool
	Holds    bool
}

// fit holds the subject against what it names, by field; agency is the code of the agency in which it is asked for.
func (s Subject) fit(k Kind, agency string, around Around) error {
	var wrong fault.Fields
	if s.AgencyCode != "" && s.AgencyCode != agency {
		wrong.AddWith("/subject/agency_code", "other_agency", fault.Args{"agency": agency})
	}
	switch k {
	case RoleChange:
		s.fitRole(&wrong, around.Person)
	case Acting:
		if around.Person == nil || around.Person.Disabled {
			wrong.Add("/subject/email", "no_account")
		}
		if around.For == nil {
			wrong.Add("/subject/for_email", "no_account")
		}
	case WithoutAgreement:
		if !around.Vendor {
			wrong.Add("/subject/vendor_id", "not_found")
		}
		if around.FiscalYear == 0 {
			wrong.Add("/subject/budget_line_id", "not_found")
		} else if !period.FiscalYear(around.FiscalYear).Contains(s.Date) {
			wrong.AddWith("/subject/date", "outside_fiscal_year", fault.Args{"fiscal_year": around.FiscalYear})
		}
	case CheckMode, Tolerance, PeriodReopen, BackDate:
	}
	return wrong.Err()
}

func (s Subject) fitRole(wrong *fault.Fields, p *Person) {
	switch {
	case p == nil || p.Disabled && s.Action == Give:
		wrong.Add("/subject/email", "no_account")
	case s.Action == Give && p.Holds:
		wrong.Add("/subject/role", "held_already")
	case s.Action == TakeBack && !p.Holds:
		wrong.Add("/subject/role", "not_held")
	}
}
