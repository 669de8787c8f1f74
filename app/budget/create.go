package budget

import (
	"regexp"
	"strconv"
	"strings"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// CreateCommand enters a budget document as a draft.
type CreateCommand struct {
	FiscalYear     int           `json:"fiscal_year" example:"2026"`
	Kind           VersionKind   `json:"kind" enum:"original,shift,revision"`
	Number         string        `json:"number" example:"DPA/2.16/001/2026"`
	Date           period.Date   `json:"date" example:"2026-01-02"`
	ApprovalNumber string        `json:"approval_number" required:"false" doc:"of the treasury's approval (persetujuan PPKD)"`
	ApprovalDate   period.Date   `json:"approval_date" required:"false"`
	Lines          []VersionLine `json:"lines"`
}

// Bounds of a budget document.
const (
	linesMax = 5000
	codeMax  = 60
	nameMax  = 300
	yearMin  = 2000
	yearMax  = 2100
)

// pattern is how a scheme writes its codes (domain.md §3); both widths of account codes are in use.
type pattern struct{ subActivity, account *regexp.Regexp }

func patternOf(s registry.Scheme) pattern {
	switch s {
	case registry.APBD:
		return pattern{regexp.MustCompile(`^[0-9X]{1,2}(\.[0-9X]{1,5}){2,6}$`), regexp.MustCompile(`^[0-9](\.[0-9]{1,5}){2,6}$`)}
	case registry.APBN:
		return pattern{regexp.MustCompile(`^[0-9A-Z]{2,6}(\.[0-9A-Z]{1,6}){0,6}$`), regexp.MustCompile(`^[0-9]{6}$`)}
	case registry.Other:
	}
	return pattern{regexp.MustCompile(`^\S.*$`), regexp.MustCompile(`^\S.*$`)}
}

// Check says everything that is wrong with the document, by field.
func (c CreateCommand) Check(scheme registry.Scheme) error {
	var wrong fault.Fields
	wrong.Within("/fiscal_year", int64(c.FiscalYear), yearMin, yearMax)
	fault.Choice(&wrong, "/kind", c.Kind, Original, Shift, Revision)
	wrong.Text("/number", c.Number, true, codeMax)
	c.checkDate(&wrong)
	wrong.Text("/approval_number", c.ApprovalNumber, !c.ApprovalDate.IsZero(), codeMax)
	if c.ApprovalNumber != "" && c.ApprovalDate.IsZero() {
		wrong.Add("/approval_date", "required")
	}
	if len(c.Lines) == 0 {
		wrong.Add("/lines", "required")
	}
	if len(c.Lines) > linesMax {
		wrong.AddWith("/lines", "too_many", fault.Args{"max": linesMax})
		return wrong.Err()
	}
	seen := make(map[Code]bool, len(c.Lines))
	codes := patternOf(scheme)
	for i, l := range c.Lines {
		l.check(&wrong, linePointer(i), codes)
		if seen[l.Code] {
			wrong.Add(linePointer(i), "duplicate")
		}
		seen[l.Code] = true
	}
	return wrong.Err()
}

// checkDate allows December of the year before, when budgets of the next year are signed.
func (c CreateCommand) checkDate(wrong *fault.Fields) {
	if c.Date.IsZero() {
		wrong.Add("/date", "required")
		return
	}
	signed := period.FiscalYear(c.FiscalYear).Range()
	signed.From = signed.From.AddDays(-31)
	if !signed.Contains(c.Date) {
		wrong.AddWith("/date", "outside_fiscal_year", fault.Args{"fiscal_year": c.FiscalYear})
	}
}

func (l VersionLine) check(wrong *fault.Fields, at string, codes pattern) {
	checkCode(wrong, at+"/sub_activity_code", l.SubActivityCode, codes.subActivity)
	checkCode(wrong, at+"/account_code", l.AccountCode, codes.account)
	wrong.Text(at+"/sub_activity_name", l.SubActivityName, true, nameMax)
	wrong.Text(at+"/account_name", l.AccountName, true, nameMax)
	wrong.Text(at+"/fund_source", l.FundSource, true, codeMax)
	wrong.Within(at+"/appropriation", int64(l.Appropriation), 0, fault.AmountMax)
}

func checkCode(wrong *fault.Fields, at, code string, form *regexp.Regexp) {
	before := len(*wrong)
	wrong.Text(at, code, true, codeMax)
	if len(*wrong) == before && !form.MatchString(code) {
		wrong.Add(at, "bad_code")
	}
}

// put writes the document into a draft.
func (c CreateCommand) put(v Version) Version {
	v.FiscalYear, v.Kind, v.Number, v.Date, v.Lines = c.FiscalYear, c.Kind, c.Number, c.Date, c.Lines
	v.ApprovalNumber, v.ApprovalDate = c.ApprovalNumber, c.ApprovalDate
	return v
}

// command is the document as it was entered.
func (v Version) command() CreateCommand {
	return CreateCommand{
		FiscalYear: v.FiscalYear, Kind: v.Kind, Number: v.Number, Date: v.Date,
		ApprovalNumber: v.ApprovalNumber, ApprovalDate: v.ApprovalDate, Lines: v.Lines,
	}
}

// Trimmed is the command without blanks around its texts.
func (c CreateCommand) Trimmed() CreateCommand {
	c.Number, c.ApprovalNumber = strings.TrimSpace(c.Number), strings.TrimSpace(c.ApprovalNumber)
	lines := make([]VersionLine, len(c.Lines))
	for i, l := range c.Lines {
		for _, s := range []*string{&l.SubActivityCode, &l.SubActivityName, &l.AccountCode, &l.AccountName, &l.FundSource} {
			*s = strings.TrimSpace(*s)
		}
		lines[i] = l
	}
	c.Lines = lines
	return c
}

func linePointer(i int) string { return "/lines/" + strconv.Itoa(i) }
