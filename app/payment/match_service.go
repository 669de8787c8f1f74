package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Ordered is what the lines of invoices are held against.
type Ordered interface {
	placement.Fulfilments
	placement.Rules
	// PlacementsNamed gives those of the named placements that exist in the agency.
	PlacementsNamed(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) ([]placement.Placement, error)
}

// LineStore keeps the lines of invoices.
type LineStore interface {
	Ordered
	// AddInvoiceLines inserts the lines of an invoice that has none, unless it changed since it was read.
	AddInvoiceLines(ctx context.Context, i Invoice) error
}

func toleranceOn(set rule.Set, day period.Date) money.Amount {
	return money.Amount(set.On(rule.MatchTolerance, day).Figure)
}

// itemised is what bill asks for beside the placements: the deliverables when there are lines, and the tolerance.
func itemised(ctx context.Context, tx InvoiceStore, agency uuid.UUID, b Bill) (rows []placement.Fulfilled, tolerance money.Amount, err error) {
	if len(b.Lines) == 0 {
		return nil, 0, nil
	}
	set, err := tx.RulesOf(ctx, agency)
	if err != nil {
		return nil, 0, err
	}
	rows, err = tx.FulfilmentOf(ctx, agency, b.AgreementID)
	return rows, toleranceOn(set, b.Date), err
}

// Detail gives an open invoice without lines those that its vendor wrote. Faults: Forbidden, NotFound, stale, wrong_state,
// Invalid with a pointer for each line that is wrong.
func (s *Invoices) Detail(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, lines []BillLine) (i Invoice, err error) {
	lines = trimmedLines(lines)
	err = s.write(ctx, actor.Does(ctx, access.InvoiceWrite, ""), func(tx InvoiceStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.InvoiceWrite, agency)
		if err != nil {
			return nil, err
		}
		if i, err = tx.Invoice(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, i.Version); err != nil {
			return nil, err
		}
		if i, err = itemise(ctx, tx, i, lines); err != nil {
			return nil, err
		}
		if err := tx.AddInvoiceLines(ctx, i); err != nil {
			return nil, err
		}
		i.Version++
		return i, nil
	})
	return i, err
}

func itemise(ctx context.Context, tx InvoiceStore, i Invoice, lines []BillLine) (Invoice, error) {
	if i.Status != Open {
		return i, fault.WrongState(string(i.Status), "change")
	}
	if len(i.Lines) > 0 {
		return i, fault.WrongState("itemised", "change")
	}
	var wrong fault.Fields
	if len(lines) == 0 {
		wrong.Add("/lines", "required")
	}
	checkLines(&wrong, lines, i.Amount)
	if err := wrong.Err(); err != nil {
		return i, err
	}
	rows, chosen, set, err := ordered(ctx, tx, i)
	if err != nil {
		return i, err
	}
	return i.detail(lines, rows, chosen, toleranceOn(set, i.Date))
}

// ordered looks up what the lines of an invoice are held against.
func ordered(ctx context.Context, tx Ordered, i Invoice) (rows []placement.Fulfilled, chosen []placement.Placement, set rule.Set, err error) {
	if rows, err = tx.FulfilmentOf(ctx, i.AgencyID, i.AgreementID); err != nil {
		return nil, nil, nil, err
	}
	if chosen, err = tx.PlacementsNamed(ctx, i.AgencyID, i.PlacementIDs); err != nil {
		return nil, nil, nil, err
	}
	set, err = tx.RulesOf(ctx, i.AgencyID)
	return rows, chosen, set, err
}

// Match holds an invoice against what was ordered and what came of it, line by line.
func (s *Invoices) Match(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (m Match, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		i, err := tx.Invoice(ctx, agency, id)
		if err != nil {
			return err
		}
		rows, chosen, set, err := ordered(ctx, tx, i)
		m = i.Match(rows, chosen, toleranceOn(set, i.Date))
		return err
	})
	return m, err
}
