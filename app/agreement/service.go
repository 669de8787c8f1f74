package agreement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/tax"
)

// Service is what people do with agreements.
type Service struct {
	write access.Transactor[Store]
	moves access.Transactor[MoveStore]
	read  access.Reader[Lists]
	rates tax.Rates
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage. rates are those of the law; now and place are the office's clock and
// calendar.
func NewService(write access.Transactor[Store], moves access.Transactor[MoveStore], read access.Reader[Lists],
	rates tax.Rates, now func() time.Time, place *time.Location,
) *Service {
	return &Service{write, moves, read, rates, now, place}
}

// Create enters an agreement as a draft. Faults: Forbidden, Invalid by field, duplicate (its number).
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, t Terms) (a Agreement, err error) {
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		a, err = s.save(ctx, tx, ag, Agreement{ID: id, AgencyID: ag.ID, CreatedBy: actor.User, Status: Draft}, t)
		return a, err
	})
	return a, err
}

// Rewrite replaces the terms of a draft or a rejected agreement. Faults: as Create, and stale, wrong_state.
func (s *Service) Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, change func(Terms) (Terms, error)) (a Agreement, err error) {
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.Agreement(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if !oneOf(old.Status, []Status{Draft, Rejected}) {
			return nil, fault.WrongState(string(old.Status), "edit")
		}
		t, err := change(old.Terms())
		if err != nil {
			return nil, err
		}
		a, err = s.save(ctx, tx, ag, old, t)
		return a, err
	})
	return a, err
}

// save checks and prices the terms, puts them into a and saves it.
func (s *Service) save(ctx context.Context, tx Store, ag registry.Agency, a Agreement, t Terms) (Agreement, error) {
	a, _, err := s.draft(ctx, tx, ag, a, t)
	if err != nil {
		return a, err
	}
	if err := tx.SaveDraft(ctx, a); err != nil {
		return a, err
	}
	return tx.Agreement(ctx, ag.ID, a.ID)
}

// surveyor looks up what terms name.
type surveyor interface {
	Surroundings(ctx context.Context, agency uuid.UUID, t Terms) (Surroundings, error)
	Pricer
}

func (s *Service) draft(ctx context.Context, tx surveyor, ag registry.Agency, a Agreement, t Terms) (Agreement, Surroundings, error) {
	t = t.Trimmed()
	if err := t.Check(); err != nil {
		return a, Surroundings{}, err
	}
	around, err := tx.Surroundings(ctx, ag.ID, t)
	if err != nil {
		return a, around, err
	}
	if a.FiscalYear, err = t.Fit(around); err != nil {
		return a, around, err
	}
	items, value, vat, err := t.Price(*around.Vendor, s.ratesOf(ag))
	if err != nil {
		return a, around, err
	}
	if err := identify(items, a); err != nil {
		return a, around, err
	}
	a.Kind, a.Number, a.Title, a.CampaignID, a.VendorID = t.Kind, t.Number, t.Title, t.CampaignID, t.VendorID
	a.Method, a.Form, a.RUPCode, a.Procurement = t.Method, t.Form, t.RUPCode, t.Procurement
	a.OrderDate, a.StartDate, a.EndDate, a.OwnerEstimate = t.OrderDate, t.StartDate, t.EndDate, t.OwnerEstimate
	a.FeeVia, a.PaymentTerms = t.FeeVia, t.PaymentTerms
	a.Deliverables, a.Value, a.VAT, a.Gross = items, value, vat, value+vat
	a.frame(t)
	if around.Framework != nil {
		if err := checkFrameworkPrices(items, *around.Framework); err != nil {
			return a, around, err
		}
	}
	if around.Prices, err = a.judge(ctx, tx); err != nil {
		return a, around, err
	}
	for i := range items {
		items[i].Channel = around.ChannelName[items[i].channel()]
		items[i].ChannelVendorID, _ = around.owner(items[i].channel())
	}
	shared, err := t.LookThrough.share(a.LookThrough.Recipients, around)
	a.LookThrough = shared.Weighed(a.Gross, items)
	return a, around, err
}

// identify gives each item the id that its place in the agreement has, so that a client may go on naming what he has
// read after a change of the terms, and a new one where there was none.
func identify(items []Deliverable, a Agreement) (err error) {
	for i := range items {
		items[i].AgreementID = a.ID
		if i < len(a.Deliverables) {
			items[i].ID = a.Deliverables[i].ID
		} else if items[i].ID, err = uuid.NewV7(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) ratesOf(ag registry.Agency) tax.Rates {
	if ag.Scheme == registry.Other {
		return tax.Untaxed()
	}
	return s.rates
}

// Terms gives what was entered, so that it can be changed in part.
func (a Agreement) Terms() Terms {
	t := Terms{
		Kind: a.Kind, Number: a.Number, Title: a.Title, CampaignID: a.CampaignID, VendorID: a.VendorID, Method: a.Method,
		Form: a.Form, RUPCode: a.RUPCode, Procurement: a.Procurement, OrderDate: a.OrderDate, StartDate: a.StartDate, EndDate: a.EndDate, OwnerEstimate: a.OwnerEstimate,
		Framing: a.Framing, FeeVia: a.FeeVia, PaymentTerms: a.PaymentTerms, LookThrough: a.LookThrough.split(),
	}
	for _, d := range a.Deliverables {
		t.Deliverables = append(t.Deliverables, Item{
			Product: d.Product, OutletID: d.OutletID, SocialAccountID: d.SocialAccountID,
			BudgetLineID: d.BudgetLineID, Quantity: d.Quantity, Unit: d.Unit, OfferedPrice: d.OfferedPrice, UnitPrice: d.UnitPrice,
			TaxInclusive: d.TaxInclusive, LabelRequired: d.LabelRequired,
			Tier: d.Tier, PriceReferenceID: d.named(), Content: d.Content,
		})
	}
	return t
}

// MoveCommand asks for a verb; Reason is needed to reject and to terminate, Remarks to return. Answers to remarks go with a
// submission.
// Account is of the final account, when it is closed or terminated.
type MoveCommand struct {
	Verb     Verb
	Expected *int64
	Reason   string
	Account  Account
	Remarks  []Correction
	Answers  []Answer
}

// Move does a verb to an agreement and moves its money; while an amendment waits, Approve, Reject and Withdraw decide on
// that. Faults: see Agreement.Move and Agreement.Decide, and stale, budget_exceeded.
func (s *Service) Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd MoveCommand) (a Agreement, err error) {
	var wrong fault.Fields
	wrong.Text("/reason", cmd.Reason, false, titleMax)
	if err := wrong.Err(); err != nil {
		return a, err
	}
	right := transitionOf(cmd.Verb).right
	err = s.moves(ctx, actor.Does(ctx, right, cmd.Reason), func(tx MoveStore) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		if a, err = tx.Agreement(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := a.admits(cmd.Verb, actor); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, a.Version); err != nil {
			return nil, err
		}
		if !cmd.Verb.Ends() && (!cmd.Verb.Decides() || a.Pending() == nil) {
			a, err = s.move(ctx, tx, actor, a, cmd)
			return a, err
		}
		by, err := s.settle(ctx, tx, actor, a, cmd)
		if err != nil {
			return nil, err
		}
		a, err = tx.Agreement(ctx, ag.ID, id)
		a.by = by
		return a, err
	})
	return a, err
}

// move does a verb that looks at nothing but the agreement itself. It is the way of most, so it asks the database for
// little: the row's version holds it against others, and the budget line, which many want, is held last and shortest.
func (s *Service) move(ctx context.Context, tx MoveStore, actor access.Actor, a Agreement, cmd MoveCommand) (Agreement, error) {
	now := s.now()
	moved, err := a.Move(cmd.Verb, actor, now, period.DateOf(now, s.place), cmd.Reason, nil)
	if err != nil {
		return a, err
	}
	if cmd.Verb == Submit {
		if moved, err = s.submit(ctx, tx, moved, cmd.Answers); err != nil {
			return a, err
		}
		if err := rejudge(ctx, tx, moved.Agreement); err != nil {
			return a, err
		}
	}
	if moved.Agreement.Status == Active {
		if err := s.ready(ctx, tx, a); err != nil {
			return a, err
		}
	}
	if moved.Decision != nil {
		if moved, err = s.keepDecision(ctx, tx, moved, cmd); err != nil {
			return a, err
		}
	}
	by := moved.Agreement.by
	if a, err = tx.MoveAgreement(ctx, moved.Agreement); err != nil {
		return a, err
	}
	if err := tx.Post(ctx, a.AgencyID, moved.Moves); err != nil {
		return a, err
	}
	if cmd.Verb == Submit || by != nil && (by.For != "" || cmd.Verb == Return) { // the database knows more than was moved
		a, err = tx.Agreement(ctx, a.AgencyID, a.ID)
		a.by = by
	}
	return a, err
}

// settle does a verb that depends on what was placed: it ends the agreement, or decides on an amendment.
func (s *Service) settle(ctx context.Context, tx MoveStore, actor access.Actor, a Agreement, cmd MoveCommand) (*access.Grant, error) {
	open, err := tx.OpenPlacements(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if !cmd.Verb.Ends() {
		return s.decide(ctx, tx, actor, a, cmd, open)
	}
	now := s.now()
	moved, err := a.Move(cmd.Verb, actor, now, period.DateOf(now, s.place), cmd.Reason, open)
	if err != nil {
		return nil, err
	}
	return nil, s.end(ctx, tx, actor, moved, cmd.Account, open)
}

// reserve lets a submission through that a line has no money for, when an override makes the check a warning: nothing is
// reserved then, and the ceiling is met at the approval.
func reserve(ctx context.Context, tx Money, m Moved) (Moved, error) {
	inForce, err := tx.InForce(ctx, m.Agreement.AgencyID, override.CheckMode)
	if err != nil {
		return m, err
	}
	pass, ok := override.Warns(inForce, override.Budget, override.Agreement, m.Agreement.Number)
	if !ok {
		return m, nil
	}
	if short, err := tx.Short(ctx, m.Agreement.AgencyID, m.Moves); err != nil || !short {
		return m, err
	}
	return m.Unreserved(), tx.UseOverride(ctx, pass.ID, m.Agreement.Document())
}

// Preview prices terms without saving them, and tells what each budget line would have left after they are
// submitted. Terms that are not complete yet give the faults that Create would give.
func (s *Service) Preview(ctx context.Context, actor access.Actor, agency string, t Terms) (a Agreement, around Surroundings, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.AgreementWrite, agency)
		if err != nil {
			return err
		}
		if a, around, err = s.draft(ctx, tx, ag, Agreement{AgencyID: ag.ID, Status: Draft}, t); err != nil {
			return err
		}
		rules, err := tx.RulesOf(ctx, ag.ID)
		around.Advice = a.Advise(ag, rules)
		return err
	})
	return a, around, err
}

// Get gives an agreement with its deliverables.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (a Agreement, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		a, err = tx.Agreement(ctx, ag.ID, id)
		return err
	})
	return a, err
}

// List lists agreements without their deliverables.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (p listing.Page[Agreement], err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		p, err = tx.Agreements(ctx, ag.ID, q)
		return err
	})
	return p, err
}
