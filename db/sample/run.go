package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/placement"
)

// run is one agreement being told, at a desk of its own.
type run struct {
	*story
	deal
	crew
	desk      *desk
	agreement agreement.Agreement // once it is entered
}

// tellDeal puts an agreement with all that follows on the agenda.
func (s *story) tellDeal(d deal) {
	r := &run{story: s, deal: d, crew: s.crews[d.agency], desk: newDesk(s.store, s.files, s.place)}
	order := day(d.order)
	r.add(order, 8*60, "draft", r.draft)
	r.add(order, 8*60+30, "fill the file", r.fill)
	if d.fate == drafted {
		return
	}
	r.add(order, 9*60, "submit", r.move(r.staff, agreement.Submit))
	if len(d.shares) > 0 {
		r.add(order, 10*60, "confirm", r.confirm)
	}
	switch d.fate {
	case submitted:
		return
	case withdrawn:
		r.add(day(d.on), 9*60, "withdraw", r.move(r.staff, agreement.Withdraw))
		return
	case turnedDown:
		r.add(day(d.on), 9*60, "reject", r.sendBack)
		return
	case ended:
		r.add(day(d.on), 16*60, "close", r.move(r.ppk, agreement.Close))
	case brokenOff:
		r.add(day(d.on), 7*60, "terminate", r.move(r.ppk, agreement.Terminate))
	case drafted:
	}
	r.approve(order, "approve")
	if d.ceiling > 0 {
		return
	}
	r.tellTerms()
	r.tellHolds()
	r.tellAddenda()
	parcels := d.parcels()
	for _, p := range parcels {
		r.tellParcel(p)
	}
	r.tellLog(parcels)
}

func (r *run) tellParcel(p *parcel) {
	if r.fate == brokenOff && !p.planned.Before(day(r.on)) {
		return
	}
	p.planned = r.outside(p.planned)
	if !p.planned.After(day(r.order)) {
		p.planned = workday(day(r.order).AddDays(1))
	}
	for _, u := range p.units {
		r.tellUnit(p, u)
	}
	if len(p.good()) > 0 {
		r.tellPapers(p)
	}
}

func (r *run) draft(ctx context.Context) (err error) {
	r.agreement, err = r.desk.agreements.Create(ctx, r.staff, r.agency, r.terms())
	r.frameworks[r.key] = r.agreement.ID
	return err
}

// move does a verb; what the agreement holds besides its state does not change by it.
func (r *run) move(actor access.Actor, verb agreement.Verb) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		cmd := agreement.MoveCommand{Verb: verb}
		if verb == agreement.Terminate {
			cmd.Reason = r.why
		}
		_, err := r.desk.agreements.Move(ctx, actor, r.agency, r.agreement.ID, cmd)
		return err
	}
}

func (r *run) terms() agreement.Terms {
	t := agreement.Terms{
		Kind: r.kind, Number: r.number(), Title: r.title, VendorID: r.vendors[r.vendor], Method: r.method, Form: r.form,
		LookThrough: r.split(), RUPCode: r.rup, OrderDate: day(r.order), StartDate: day(r.start), EndDate: day(r.end), OwnerEstimate: r.estimate(), Procurement: r.procurement(),
		FeeVia: feeOf(r.deal), PaymentTerms: r.paying,
	}
	if t.Kind == "" {
		t.Kind = agreement.Media
	}
	if r.campaign != "" {
		t.CampaignID = uuid.NullUUID{UUID: r.campaigns[r.campaign], Valid: true}
	}
	t.Framework, t.Ceiling = r.ceiling > 0, r.ceiling
	if r.under != "" {
		t.FrameworkID = uuid.NullUUID{UUID: r.frameworks[r.under], Valid: true}
	}
	for _, it := range r.items {
		t.Deliverables = append(t.Deliverables, r.ordered(it))
	}
	return t
}

func (r *run) ordered(it item) agreement.Item {
	out := agreement.Item{
		Product: it.product, BudgetLineID: r.lines[it.line], Quantity: it.quantity, Unit: it.unit,
		OfferedPrice: &it.offered, UnitPrice: it.price, TaxInclusive: it.inclusive, LabelRequired: it.label,
	}
	c := r.channels[it.channel]
	if id := (uuid.NullUUID{UUID: c.id, Valid: true}); c.kind == placement.Social {
		out.SocialAccountID, out.Content = id, contentOf(it.product)
	} else {
		out.OutletID = id
	}
	return out
}

// estimate is the owner's estimate: the offers with VAT, up to the next hundred thousand; none up to ten million, and
// up to a hundred million when the catalogue gives the prices (domain.md §4).
func (r *run) estimate() *money.Amount {
	const step = 100_000
	pkp := partyOf(r.vendor).pkp
	var sum money.Amount
	for _, it := range r.items {
		offered := it.offered * money.Amount(it.quantity)
		if pkp && !it.inclusive {
			offered += offered * 11 / 100
		}
		sum += offered
	}
	if sum <= 10_000_000 || r.method == "e_purchasing" && sum <= 100_000_000 {
		return nil
	}
	sum = (sum + step - 1) / step * step
	return &sum
}
