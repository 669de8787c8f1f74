package live

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
)

// Kind says what fell short.
type Kind string

// The kinds.
const (
	GoneEarly Kind = "gone_early" // taken down before the end of its minimum live period, or before it was paid
	Quantity  Kind = "quantity"   // less was published than ordered
)

// ShortfallStatus is the state of a shortfall.
type ShortfallStatus string

// The states.
const (
	Open      ShortfallStatus = "open"      // found, and nobody has decided on it
	Decided   ShortfallStatus = "decided"   // another person says that the money is not owed
	Recovered ShortfallStatus = "recovered" // the money was given back or kept back
	Voided    ShortfallStatus = "void"      // no shortfall, for a reason
	Ended     ShortfallStatus = "ended"     // put back online
)

// Shortfall is money that is not owed because a placement did not stay. Net, VAT and Gross are in the smallest unit of the
// agency's currency; Gross = Net + VAT, never more than the placement's own.
type Shortfall struct {
	ID              uuid.UUID           `json:"id" db:"id"`
	AgencyID        uuid.UUID           `json:"-" db:"agency_id"`
	AgreementID     uuid.UUID           `json:"agreement_id" db:"agreement_id"`
	AgreementNumber string              `json:"agreement_number" db:"agreement_number"`
	VendorName      string              `json:"vendor_name" db:"vendor_name"`
	PlacementID     uuid.UUID           `json:"placement_id" db:"placement_id"`
	PlacementTitle  string              `json:"placement_title" db:"placement_title"`
	LiveCheckID     uuid.NullUUID       `json:"live_check_id" db:"live_check_id" doc:"the check that found it"`
	Kind            Kind                `json:"kind" db:"kind" enum:"gone_early,quantity"`
	Rule            agreement.Shortfall `json:"rule" db:"rule" enum:"per_unit,pro_rata_days" doc:"per_unit: the whole unit is not owed; pro_rata_days: only the days that are missing"`
	DaysAgreed      int64               `json:"days_agreed" db:"days_agreed" doc:"the minimum live period; 0: none was agreed"`
	DaysMissing     int64               `json:"days_missing" db:"days_missing" doc:"of them without evidence that it was there"`
	SeenOn          period.Date         `json:"seen_on" db:"seen_on" doc:"last day on which evidence shows it"`
	GoneOn          period.Date         `json:"gone_on" db:"gone_on" doc:"when it was taken down, where that is known; else the day on which it was found gone"`
	Net             money.Amount        `json:"net" db:"net"`
	VAT             money.Amount        `json:"vat" db:"vat"`
	Gross           money.Amount        `json:"gross" db:"gross" doc:"net + vat"`
	Whole           bool                `json:"whole" db:"whole" doc:"the whole unit is not owed"`
	Status          ShortfallStatus     `json:"status" db:"status" enum:"open,decided,recovered,void,ended"`
	Remark          string              `json:"remark" db:"remark" doc:"why it was decided so, or is void"`
	Reference       string              `json:"reference" db:"reference" doc:"the paper under which the money came back or was kept back"`
	RecoveredOn     period.Date         `json:"recovered_on" db:"recovered_on"`
	EndedBy         uuid.NullUUID       `json:"ended_by_check_id" db:"ended_by_check_id" doc:"the check that saw it online again"`
	CreatedAt       time.Time           `json:"created_at" db:"created_at"`
	CreatedBy       uuid.NullUUID       `json:"created_by" db:"created_by" doc:"who found it; null: the program"`
	DecidedAt       *time.Time          `json:"decided_at" db:"decided_at"`
	DecidedBy       uuid.NullUUID       `json:"decided_by" db:"decided_by"`
	Version         int64               `json:"version" db:"version"`
}

// Stands reports whether the money is not owed, as things are, and has not come back.
func (s Shortfall) Stands() bool { return s.Status == Open || s.Status == Decided }

// Document names the shortfall for a deed's record.
func (s Shortfall) Document() access.Document {
	return access.Document{Agency: s.AgencyID, Type: "shortfall", ID: s.ID, Number: s.PlacementTitle, Amount: s.Gross}
}

// Known is what else is known of a placement that was found gone: what the parties agreed on, and the last time at which
// evidence shows it.
type Known struct {
	Rule agreement.Shortfall `db:"shortfall_rule"`
	Seen *time.Time          `db:"seen_at"`
}

// early is the shortfall of a placement that the check found gone; false when it had stayed as long as was agreed. The
// last day with evidence counts, unless a person states the day on which it was taken down. where is the office's calendar.
func early(p placement.Placement, known Known, c Check, where *time.Location) (s Shortfall, ok bool, err error) {
	seen := p.PublishedOn
	if known.Seen != nil {
		if day := period.DateOf(*known.Seen, where); day.After(seen) {
			seen = day
		}
	}
	last, gone := seen, period.DateOf(*c.CheckedAt, where)
	if !c.GoneOn.IsZero() {
		last, gone = c.GoneOn, c.GoneOn
	}
	if Kept(p, last) || Kept(p, seen) {
		return s, false, nil
	}
	s = Shortfall{
		AgencyID: p.AgencyID, AgreementID: p.AgreementID, AgreementNumber: p.AgreementNumber, VendorName: p.VendorName, PlacementID: p.ID,
		PlacementTitle: p.Title, LiveCheckID: uuid.NullUUID{UUID: c.ID, Valid: true}, Kind: GoneEarly, Rule: agreedRule(p, known.Rule),
		SeenOn: seen, GoneOn: gone, Status: Open, CreatedBy: c.CheckedBy, Version: 1,
	}
	if until := Until(p); !until.IsZero() {
		s.DaysAgreed = int64(until.Sub(p.PublishedOn))
		s.DaysMissing = min(s.DaysAgreed, int64(until.Sub(last)))
	}
	s.Net, s.VAT, s.Gross, err = worth(p, s.Rule, s.DaysMissing, s.DaysAgreed)
	s.Whole = s.Gross == p.Gross
	return s, err == nil && s.Gross > 0, err
}

// worth is what of the unit is not owed, each rounded half up; the tax is what is left of the gross.
func worth(p placement.Placement, by agreement.Shortfall, missing, agreed int64) (net, vat, gross money.Amount, err error) {
	if by != agreement.ProRataDays || agreed == 0 || missing >= agreed {
		return p.Net, p.VAT, p.Gross, nil
	}
	if gross, err = money.MulDiv(p.Gross, missing, agreed, money.HalfUp); err != nil {
		return 0, 0, 0, err
	}
	if net, err = money.MulDiv(p.Net, missing, agreed, money.HalfUp); err != nil {
		return 0, 0, 0, err
	}
	return net, gross - net, gross, nil
}

const reasonMax = 2000

func (s Shortfall) judged(as ShortfallStatus, remark string, by uuid.UUID, at time.Time) Shortfall {
	s.Status, s.Remark, s.DecidedAt, s.DecidedBy = as, remark, &at, uuid.NullUUID{UUID: by, Valid: true}
	return s
}

// Decide says that the money is not owed. Faults: wrong_state unless open, Invalid without a reason. That by is another
// person than who found it is asked before.
func (s Shortfall) Decide(remark string, by uuid.UUID, at time.Time) (Shortfall, error) {
	if s.Status != Open {
		return s, fault.WrongState(string(s.Status), "decide")
	}
	return s.judged(Decided, remark, by, at), reasoned(remark)
}

// Void says that there is no shortfall. Faults: wrong_state unless it stands, Invalid without a reason.
func (s Shortfall) Void(reason string, by uuid.UUID, at time.Time) (Shortfall, error) {
	if !s.Stands() {
		return s, fault.WrongState(string(s.Status), "void")
	}
	return s.judged(Voided, reason, by, at), reasoned(reason)
}

// Recovery is how the money came back: on which day, under which paper.
type Recovery struct {
	Reference string      `json:"reference" doc:"number of the deposit slip (STS), or of the paper that kept the money back"`
	Date      period.Date `json:"date"`
}

// Recover says that the money came back or was kept back. Faults: wrong_state unless decided, Invalid by field.
func (s Shortfall) Recover(r Recovery, today period.Date) (Shortfall, error) {
	if s.Status != Decided {
		return s, fault.WrongState(string(s.Status), "recover")
	}
	var wrong fault.Fields
	r.Reference = strings.TrimSpace(r.Reference)
	wrong.Text("/reference", r.Reference, true, placement.NumberMax)
	switch {
	case r.Date.IsZero():
		wrong.Add("/date", "required")
	case r.Date.After(today):
		wrong.AddWith("/date", "after", fault.Args{"field": "today", "date": today})
	case r.Date.Before(s.GoneOn):
		wrong.AddWith("/date", "before", fault.Args{"field": "gone_on", "date": s.GoneOn})
	}
	s.Status, s.Reference, s.RecoveredOn = Recovered, r.Reference, r.Date
	return s, wrong.Err()
}

func reasoned(text string) error {
	var wrong fault.Fields
	wrong.Text("/reason", text, true, reasonMax)
	return wrong.Err()
}
