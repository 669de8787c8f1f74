package agreement

import (
	"strings"

	"tayang/app/fault"
	"tayang/app/period"
)

// Shortfall is what the parties agreed on for the case that less is published than ordered.
type Shortfall string

// The rules. NoShortfall means that nothing was agreed.
const (
	NoShortfall Shortfall = ""
	PerUnit     Shortfall = "per_unit"      // only what is evidenced is paid
	MakeGood    Shortfall = "make_good"     // it is published later
	ProRataDays Shortfall = "pro_rata_days" // as per_unit, and what is taken down early is paid by the days that it stayed
)

// Minutes are the minutes of the negotiation.
type Minutes struct {
	Number string      `json:"number" db:"number" required:"false"`
	Date   period.Date `json:"date" db:"date" required:"false"`
}

// Procurement is how the vendor was chosen, and what the file says about it.
type Procurement struct {
	Package          string      `json:"package" db:"package" required:"false" doc:"name of the package (paket); empty: the title"`
	RUPAnnouncedOn   period.Date `json:"rup_announced_on" db:"rup_announced_on" required:"false" doc:"when the RUP was announced"`
	NoEstimateReason string      `json:"no_estimate_reason" db:"no_estimate_reason" required:"false" doc:"why there is no HPS"`
	LegalBasis       string      `json:"legal_basis" db:"legal_basis" required:"false" doc:"the regulation (Perkada) on cooperation with media"`
	MediaPlan        string      `json:"media_plan" db:"media_plan" required:"false" doc:"number of the need analysis and media plan"`
	Minutes          Minutes     `json:"minutes" db:"minutes" required:"false" doc:"of the negotiation"`
	ShortfallRule    *Shortfall  `json:"shortfall_rule" db:"shortfall_rule" required:"false" enum:"per_unit,make_good,pro_rata_days," doc:"when less is published: per_unit pays only what is evidenced, make_good publishes later, pro_rata_days is per_unit but what is taken down before the end of its minimum live period is paid by the days that it stayed, empty: nothing agreed. Left out: per_unit"`
}

// Shortfall is the rule that was agreed on; empty when there is none.
func (p Procurement) Shortfall() Shortfall {
	if p.ShortfallRule == nil {
		return NoShortfall
	}
	return *p.ShortfallRule
}

// trimmed is the procurement without blanks around its texts, and with the usual rule where the client says none.
func (p Procurement) trimmed() Procurement {
	for _, s := range []*string{&p.Package, &p.NoEstimateReason, &p.LegalBasis, &p.MediaPlan, &p.Minutes.Number} {
		*s = strings.TrimSpace(*s)
	}
	if p.ShortfallRule == nil {
		usual := PerUnit
		p.ShortfallRule = &usual
	}
	return p
}

func (p Procurement) check(wrong *fault.Fields) {
	wrong.Text("/procurement/package", p.Package, false, titleMax)
	wrong.Text("/procurement/no_estimate_reason", p.NoEstimateReason, false, titleMax)
	wrong.Text("/procurement/legal_basis", p.LegalBasis, false, titleMax)
	wrong.Text("/procurement/media_plan", p.MediaPlan, false, numberMax)
	wrong.Text("/procurement/minutes/number", p.Minutes.Number, false, numberMax)
	if p.ShortfallRule != nil {
		fault.Choice(wrong, "/procurement/shortfall_rule", *p.ShortfallRule, PerUnit, MakeGood, ProRataDays, NoShortfall)
	}
}
