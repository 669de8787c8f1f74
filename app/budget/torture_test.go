package budget_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

// commandsMin is how many commands the torture gives in an ordinary run of the tests; TORTURE names another number.
const commandsMin = 10_000

// model is what the balances of one budget line must be: the sum of what was acknowledged. Effects are only added, so
// their order among the clerks does not matter.
type model struct{ available, reserved, committed, realised atomic.Int64 }

func (m *model) move(from, to *atomic.Int64, amount money.Amount) {
	from.Add(-int64(amount))
	to.Add(int64(amount))
}

// deal is one agreement that a clerk drives, with what he knows of it.
type deal struct {
	a    agreement.Agreement
	line int
	paid []payment.Payment // settled, and not reversed
	bill *payment.Invoice  // open: reversed, or not asked for yet
}

// clerk gives commands at random to deals of his own, against budget lines that all clerks share.
type clerk struct {
	*chain.Chain
	ctx     context.Context
	rand    *rand.Rand
	lines   []*model
	done    *atomic.Int64
	refused *atomic.Int64
	name    string
	serial  int
	deals   []*deal
	errs    []error
}

func (c *clerk) number(kind string) string {
	c.serial++
	return fmt.Sprint(kind, "/", c.name, "/", c.serial)
}

// did counts a command; a refusal by the ceiling changes nothing, anything else that goes wrong fails the test.
func (c *clerk) did(err error) bool {
	c.done.Add(1)
	if fault.Is(err, "budget_exceeded") {
		c.refused.Add(1)
	} else if err != nil {
		c.errs = append(c.errs, err)
	}
	return err == nil
}

func (c *clerk) step() {
	if len(c.deals) == 0 || c.rand.IntN(4) == 0 {
		c.enter()
		return
	}
	i := c.rand.IntN(len(c.deals))
	d := c.deals[i]
	m := c.lines[d.line]
	switch d.a.Status {
	case agreement.Draft, agreement.Rejected:
		c.move(d, c.Staff, agreement.Submit, func(g money.Amount) { m.move(&m.available, &m.reserved, g) })
	case agreement.Submitted:
		switch c.rand.IntN(5) {
		case 0:
			c.move(d, c.PPK, agreement.Reject, func(g money.Amount) { m.move(&m.reserved, &m.available, g) })
		case 1:
			c.move(d, c.Staff, agreement.Withdraw, func(g money.Amount) { m.move(&m.reserved, &m.available, g) })
		default:
			c.move(d, c.PPK, agreement.Approve, func(g money.Amount) { m.move(&m.reserved, &m.committed, g) })
		}
	case agreement.Active:
		c.work(d, m)
	case agreement.Completed, agreement.Closed, agreement.Terminated:
		c.deals = append(c.deals[:i], c.deals[i+1:]...)
	}
}

// enter makes a draft of one to three units at about a hundredth of the ceiling each.
func (c *clerk) enter() {
	line := c.rand.IntN(len(c.lines))
	item := c.Item(int64(1 + c.rand.IntN(3)))
	item.BudgetLineID, item.UnitPrice = c.Lines[line].ID, money.Amount(5_000_000+c.rand.IntN(10_000_000))
	a, err := c.Agreements.Create(c.ctx, c.Staff, c.Agency.Code, agreement.Terms{
		Kind: agreement.Media, Number: c.number("SPK"), Title: "Siksa", VendorID: c.Vendor.ID, Method: "e_purchasing",
		Form: "surat_pesanan", OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"),
		Deliverables: []agreement.Item{item},
	})
	if c.did(err) {
		c.deals = append(c.deals, &deal{a: a, line: line})
	}
}

func (c *clerk) move(d *deal, by access.Actor, verb agreement.Verb, effect func(gross money.Amount)) {
	a, err := c.Agreements.Move(c.ctx, by, c.Agency.Code, d.a.ID, agreement.MoveCommand{Verb: verb, Reason: "siksa"})
	if c.did(err) {
		d.a = a
		effect(a.Gross)
	}
}

// work pays a unit, takes a payment back, or ends the agreement.
func (c *clerk) work(d *deal, m *model) {
	paid := money.Amount(0)
	for _, p := range d.paid {
		paid += p.Gross
	}
	unit := d.a.Deliverables[0]
	switch n := c.rand.IntN(10); {
	case d.bill != nil:
		c.pay(d, m)
	case n < 5 && int64(len(d.paid)) < unit.Quantity-1: // the last unit stays open, so that the agreement stays active
		c.bill(d)
	case n < 7 && len(d.paid) > 0:
		c.reverse(d, m)
	case n < 9:
		c.move(d, c.PPK, agreement.Close, func(g money.Amount) { m.move(&m.committed, &m.available, g-paid) })
	default:
		c.move(d, c.Head, agreement.Terminate, func(g money.Amount) { m.move(&m.committed, &m.available, g-paid) })
	}
}

// bill brings one unit from plan to invoice.
func (c *clerk) bill(d *deal) {
	code := c.Agency.Code
	p, err := c.Placements.Create(c.ctx, c.Staff, code, placement.Plan{DeliverableID: d.a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "Berita"})
	if !c.did(err) {
		return
	}
	_, err = c.Placements.Enter(c.ctx, c.Staff, code, p.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		yes := true
		e.PublishedOn, e.URL, e.LabelPresent = chain.Day("2026-06-02"), "https://kabar.test/"+p.ID.String(), &yes
		return e, nil
	})
	c.did(err)
	_, err = c.Proofs.Add(c.ctx, c.Staff, code, p.ID, chain.Screenshot(p.ID.String()))
	c.did(err)
	_, err = c.Placements.Verify(c.ctx, c.Verifier, code, p.ID, nil)
	c.did(err)
	ids := []uuid.UUID{p.ID}
	_, err = c.Acceptances.Create(c.ctx, c.PPK, code, placement.Report{AgreementID: d.a.ID, Number: c.number("BAST"), Date: chain.Day("2026-06-10"), PlacementIDs: ids})
	c.did(err)
	i, err := c.Invoices.Create(c.ctx, c.Staff, code, payment.Bill{AgreementID: d.a.ID, Number: c.number("INV"), Date: chain.Day("2026-06-11"), Amount: p.Gross, PlacementIDs: ids})
	if c.did(err) {
		d.bill = &i
	}
}

// pay asks for, authorises and settles the open invoice.
func (c *clerk) pay(d *deal, m *model) {
	code := c.Agency.Code
	p, err := c.Payments.Request(c.ctx, c.Staff, code, payment.Request{
		AgreementID: d.a.ID, Kind: payment.LS, InvoiceIDs: []uuid.UUID{d.bill.ID},
		SPP: payment.Paper{Number: c.number("SPP"), Date: chain.Day("2026-06-12")},
	})
	if !c.did(err) {
		return
	}
	p, err = c.Payments.Authorise(c.ctx, c.Head, code, p.ID, nil, payment.Paper{Number: c.number("SPM"), Date: chain.Day("2026-06-13")})
	c.did(err)
	p, err = c.Payments.Settle(c.ctx, c.Treasurer, code, p.ID, nil, payment.Paper{Number: c.number("SP2D"), Date: chain.Day("2026-06-15")})
	if c.did(err) {
		d.paid, d.bill = append(d.paid, p), nil
		m.move(&m.committed, &m.realised, p.Gross)
	}
}

// reverse takes the last payment back; its invoice can be paid anew.
func (c *clerk) reverse(d *deal, m *model) {
	last := d.paid[len(d.paid)-1]
	_, err := c.Payments.Reverse(c.ctx, c.Treasurer, c.Agency.Code, last.ID, nil,
		payment.Reversal{Reason: "siksa", STS: payment.Paper{Number: c.number("STS"), Date: chain.Day("2026-06-20")}})
	if !c.did(err) {
		return
	}
	d.paid = d.paid[:len(d.paid)-1]
	m.move(&m.realised, &m.committed, last.Gross)
	i, err := c.Invoices.Get(c.ctx, c.Staff, c.Agency.Code, last.InvoiceIDs[0])
	if c.did(err) {
		d.bill = &i
	}
}

// revise moves a ceiling up or down by documents, as the head does while the clerks work.
func (c *clerk) revise(ceilings []money.Amount) {
	line := c.rand.IntN(len(ceilings))
	next := append([]money.Amount(nil), ceilings...)
	next[line] += money.Amount(c.rand.IntN(80_000_000) - 40_000_000)
	cmd := budget.CreateCommand{FiscalYear: 2026, Kind: budget.Shift, Number: c.number("DPPA"), Date: chain.Day("2026-07-01")}
	for i, l := range c.Lines {
		cmd.Lines = append(cmd.Lines, budget.VersionLine{Code: l.Code, SubActivityName: l.SubActivityName, AccountName: l.AccountName, Appropriation: next[i]})
	}
	v, err := c.Budgets.Create(c.ctx, c.Staff, c.Agency.Code, cmd)
	if !c.did(err) {
		return
	}
	if _, err = c.Budgets.Lock(c.ctx, c.Head, c.Agency.Code, v.ID, nil); c.did(err) {
		c.lines[line].available.Add(int64(next[line] - ceilings[line]))
		ceilings[line] = next[line]
	}
}

// TestTorture lets many clerks spend from two budget lines at once while the ceilings move, and compares the database
// with the sum of what it acknowledged.
func TestTorture(t *testing.T) {
	t.Parallel()
	commands, seed := int64(commandsMin), rand.Uint64()
	if n, err := strconv.ParseInt(os.Getenv("TORTURE"), 10, 64); err == nil {
		commands = n
	}
	if testing.Short() {
		commands /= 10
	}
	t.Logf("%d commands, seed %d", commands, seed)
	office := chain.New(t)
	lines := []*model{{}, {}}
	ceilings := []money.Amount{chain.Ceiling, chain.Ceiling}
	for _, m := range lines {
		m.available.Store(int64(chain.Ceiling))
	}
	var done, refused atomic.Int64
	clerks := make([]*clerk, 8)
	var wg sync.WaitGroup
	for i := range clerks {
		c := &clerk{Chain: office, ctx: t.Context(), rand: rand.New(rand.NewPCG(seed, uint64(i))), lines: lines, done: &done, refused: &refused, name: strconv.Itoa(i)}
		clerks[i] = c
		wg.Go(func() {
			for done.Load() < commands && len(c.errs) == 0 {
				if i == 0 && c.rand.IntN(10) == 0 {
					c.revise(ceilings)
				}
				c.step()
			}
		})
	}
	wg.Wait()
	for _, c := range clerks {
		for _, err := range c.errs {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	t.Logf("%d commands, %d refused by the ceiling", done.Load(), refused.Load())
	compare(t, office, lines)
}

// compare holds the balances against the model, against themselves, and against the entries.
func compare(t *testing.T, c *chain.Chain, lines []*model) {
	t.Helper()
	for i, l := range c.Balances(t) {
		m := lines[i]
		for account, pair := range map[string][2]int64{
			"available": {m.available.Load(), int64(l.Available)}, "reserved": {m.reserved.Load(), int64(l.Reserved)},
			"committed": {m.committed.Load(), int64(l.Committed)}, "realised": {m.realised.Load(), int64(l.Realised)},
		} {
			if pair[0] != pair[1] || pair[1] < 0 {
				t.Errorf("line %d: %s is %d, acknowledged were %d", i, account, pair[1], pair[0])
			}
		}
		if l.Appropriation != l.Available+l.Reserved+l.Committed+l.Realised {
			t.Errorf("line %d does not balance: %+v", i, l)
		}
		sums := map[budget.Account]money.Amount{}
		for q := listing.All(); ; {
			page, err := c.Budgets.LineEntries(t.Context(), c.Auditor, c.Agency.Code, l.ID, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Items {
				sums[e.From] -= e.Amount
				sums[e.To] += e.Amount
				if e.Document.ID == uuid.Nil || e.Document.Number == "" {
					t.Errorf("entry %d has no document", e.Seq)
				}
			}
			if page.NextCursor == nil {
				break
			}
			q.Cursor = *page.NextCursor
		}
		for account, want := range map[budget.Account]money.Amount{
			budget.Available: l.Available, budget.Reserved: l.Reserved,
			budget.Committed: l.Committed, budget.Realised: l.Realised, budget.Appropriation: -l.Appropriation,
		} {
			if sums[account] != want {
				t.Errorf("line %d: entries of %s sum to %d, the balance is %d", i, account, sums[account], want)
			}
		}
	}
}
