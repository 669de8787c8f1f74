package agreement

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/rule"
)

// PaymentTerms are how the parties agreed to pay: part of the gross in advance, part of each payment kept back until a day,
// and in which instalments. Percentages are whole, of amounts with VAT. The zero value is: what is accepted is paid.
type PaymentTerms struct {
	AdvancePercent   int64        `json:"advance_percent,omitempty" doc:"uang muka: of the gross, paid before anything appears"`
	RetentionPercent int64        `json:"retention_percent,omitempty" doc:"retensi: of each payment, kept back"`
	RetentionUntil   period.Date  `json:"retention_until,omitzero" doc:"the first day on which what was kept back may be paid"`
	Instalments      []Instalment `json:"instalments,omitempty" doc:"termin, in their order"`
}

// Instalment is one of the payments that the parties planned.
type Instalment struct {
	Name      string      `json:"name"`
	Percent   int64       `json:"percent" doc:"of the gross; all of them come to 100"`
	DueOn     period.Date `json:"due_on,omitzero" doc:"when it is planned; null: not said"`
	Condition string      `json:"condition,omitempty" doc:"what has to be done for it"`
}

// IsZero reports whether nothing was agreed but that what is accepted is paid.
func (p PaymentTerms) IsZero() bool {
	return p.AdvancePercent == 0 && p.RetentionPercent == 0 && p.RetentionUntil.IsZero() && len(p.Instalments) == 0
}

// Settles reports whether payments are other than what is accepted: something was paid before, or is kept back.
func (p PaymentTerms) Settles() bool { return p.AdvancePercent > 0 || p.RetentionPercent > 0 }

// UpTo is how much of the gross, in per cent, the instalments come to up to and with the named one; false when there is none
// of that name.
func (p PaymentTerms) UpTo(name string) (percent int64, found bool) {
	for _, i := range p.Instalments {
		if percent += i.Percent; strings.EqualFold(i.Name, name) {
			return percent, true
		}
	}
	return 0, false
}

// Value writes the terms as the JSON that is stored; NULL for none.
func (p PaymentTerms) Value() (driver.Value, error) {
	if p.IsZero() {
		return nil, nil
	}
	text, err := json.Marshal(p)
	return string(text), err
}

// Scan reads stored terms; NULL is none.
func (p *PaymentTerms) Scan(src any) error {
	*p = PaymentTerms{}
	switch text := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(text, p)
	}
	return fmt.Errorf("agreement.PaymentTerms: cannot scan %T", src)
}

func (p PaymentTerms) trimmed() PaymentTerms {
	out := make([]Instalment, len(p.Instalments))
	for i, x := range p.Instalments {
		x.Name, x.Condition = strings.TrimSpace(x.Name), strings.TrimSpace(x.Condition)
		out[i] = x
	}
	if p.Instalments = out; len(out) == 0 {
		p.Instalments = nil
	}
	return p
}

// Bounds of terms of payment.
const (
	instalmentsMax  = 36
	percentAll      = 100
	advanceMax      = 80 // what is left must always be more than what is kept back and settled
	retentionMax    = 20
	instalmentNamed = 60
)

func (p PaymentTerms) check(wrong *fault.Fields, framework bool) {
	wrong.Within("/payment_terms/advance_percent", p.AdvancePercent, 0, advanceMax)
	wrong.Within("/payment_terms/retention_percent", p.RetentionPercent, 0, retentionMax)
	if p.RetentionPercent > 0 && p.RetentionUntil.IsZero() {
		wrong.Add("/payment_terms/retention_until", "required")
	}
	if p.RetentionPercent == 0 && !p.RetentionUntil.IsZero() {
		wrong.Add("/payment_terms/retention_percent", "required")
	}
	if framework && !p.IsZero() {
		wrong.Add("/payment_terms", "not_for_framework")
	}
	if len(p.Instalments) > instalmentsMax {
		wrong.AddWith("/payment_terms/instalments", "too_many", fault.Args{"max": instalmentsMax})
		return
	}
	sum, seen := int64(0), map[string]bool{}
	for i, x := range p.Instalments {
		at := "/payment_terms/instalments/" + strconv.Itoa(i)
		wrong.Text(at+"/name", x.Name, true, instalmentNamed)
		wrong.Text(at+"/condition", x.Condition, false, titleMax)
		wrong.Within(at+"/percent", x.Percent, 1, percentAll)
		key := strings.ToLower(x.Name)
		if seen[key] && utf8.RuneCountInString(key) > 0 {
			wrong.Add(at+"/name", "duplicate")
		}
		seen[key], sum = true, sum+x.Percent
	}
	if len(p.Instalments) > 0 && sum != percentAll {
		wrong.AddWith("/payment_terms/instalments", "percent_sum", fault.Args{"sum": sum})
	}
}

// assessPaymentTerms asks whether more is promised in advance than the law allows.
func (a Agreement) assessPaymentTerms(s *assessing) {
	if most := s.figure(rule.AdvanceOverLimit); a.PaymentTerms.AdvancePercent > most {
		s.say(rule.AdvanceOverLimit, "/payment_terms/advance_percent", AtAgreement, a.ID, fault.Args{"percent": a.PaymentTerms.AdvancePercent, "max": most})
	}
}
