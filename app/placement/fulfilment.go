package placement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
)

// Fulfilment is what was ordered under an agreement against what came of it: of each deliverable, and of all.
type Fulfilment struct {
	AgreementID uuid.UUID     `json:"agreement_id"`
	Lines       []Fulfilled   `json:"lines" doc:"in the order of the agreement"`
	Total       FulfilmentSum `json:"total"`
}

// Fulfilled is one deliverable with its units by how far they came: each counts what is further as well, so that Ordered >=
// Planned >= Published >= Verified >= Accepted >= Invoiced >= Paid. Rejected ones are among Planned.
type Fulfilled struct {
	DeliverableID uuid.UUID    `json:"deliverable_id" db:"deliverable_id"`
	Position      int          `json:"position" db:"position"`
	Product       string       `json:"product" db:"product"`
	Channel       string       `json:"channel" db:"channel"`
	Unit          string       `json:"unit" db:"unit"`
	UnitPrice     money.Amount `json:"unit_price" db:"unit_price"`
	TaxInclusive  bool         `json:"tax_inclusive" db:"tax_inclusive"`
	UnitGross     money.Amount `json:"unit_gross" db:"unit_gross"`
	Units
	OrderedGross   money.Amount `json:"ordered_gross" db:"ordered_gross"`
	EvidencedGross money.Amount `json:"evidenced_gross" db:"evidenced_gross" doc:"of what was verified"`
	PaidGross      money.Amount `json:"paid_gross" db:"paid_gross"`
	ShortGross     money.Amount `json:"short_gross" db:"short_gross" doc:"of the units that acceptance reports say do not come"`
	MissingGross   money.Amount `json:"missing_gross" db:"missing_gross" doc:"of what is ordered, not short and not evidenced yet"`
}

// Units are units by how far they came.
type Units struct {
	Ordered   int64 `json:"ordered" db:"ordered"`
	Planned   int64 `json:"planned" db:"planned" doc:"placed and not cancelled"`
	Published int64 `json:"published" db:"published"`
	Verified  int64 `json:"verified" db:"verified" doc:"evidenced"`
	Accepted  int64 `json:"accepted" db:"accepted"`
	Invoiced  int64 `json:"invoiced" db:"invoiced"`
	Paid      int64 `json:"paid" db:"paid"`
	MakeGoods int64 `json:"make_goods" db:"make_goods" doc:"those of Planned that stand in for another placement"`
	Short     int64 `json:"short" db:"short" doc:"that acceptance reports say do not come"`
}

// FulfilmentSum sums units and amounts over deliverables.
type FulfilmentSum struct {
	Units
	OrderedGross   money.Amount `json:"ordered_gross"`
	EvidencedGross money.Amount `json:"evidenced_gross"`
	PaidGross      money.Amount `json:"paid_gross"`
	ShortGross     money.Amount `json:"short_gross"`
	MissingGross   money.Amount `json:"missing_gross"`
}

// Missing are the units that are ordered, not short and not evidenced yet.
func (u Units) Missing() int64 { return u.Ordered - u.Short - u.Verified }

// NewFulfilment sums the lines of an agreement.
func NewFulfilment(agreement uuid.UUID, lines []Fulfilled) Fulfilment {
	f := Fulfilment{AgreementID: agreement, Lines: lines}
	t := &f.Total
	for _, l := range lines {
		t.Units.add(l.Units)
		t.OrderedGross, t.EvidencedGross, t.PaidGross = t.OrderedGross+l.OrderedGross, t.EvidencedGross+l.EvidencedGross, t.PaidGross+l.PaidGross
		t.ShortGross, t.MissingGross = t.ShortGross+l.ShortGross, t.MissingGross+l.MissingGross
	}
	return f
}

func (u *Units) add(l Units) {
	u.Ordered, u.Planned, u.Published = u.Ordered+l.Ordered, u.Planned+l.Planned, u.Published+l.Published
	u.Verified, u.Accepted, u.Invoiced = u.Verified+l.Verified, u.Accepted+l.Accepted, u.Invoiced+l.Invoiced
	u.Paid, u.MakeGoods, u.Short = u.Paid+l.Paid, u.MakeGoods+l.MakeGoods, u.Short+l.Short
}

// Fulfilments tells what was ordered against what came.
type Fulfilments interface {
	// FulfilmentOf gives the deliverables of an agreement of the agency with their units; NotFound when it has none of that id.
	FulfilmentOf(ctx context.Context, agency, agreement uuid.UUID) ([]Fulfilled, error)
}

// Fulfilment gives what was ordered under an agreement against what came of it. Faults: NotFound, Forbidden.
func (s *Service) Fulfilment(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) (f Fulfilment, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		lines, err := tx.FulfilmentOf(ctx, agency, agreement)
		f = NewFulfilment(agreement, lines)
		return err
	})
	return f, err
}
