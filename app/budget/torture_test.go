package budget_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/db/dbtest/chain"
)

const (
	commandsMin = 10_000 // of an ordinary run; TORTURE names another number
	clerksAtOne = 6      // desks that work at the same moment
)

// command is one thing that a clerk is told to do: with which of his agreements, and for a new one on which line, how
// many units at which price; change is by how many units an amendment changes the quantity, roll chooses what is next.
type command struct {
	op           op
	which, line  int
	units, price int64
	change       int64
	roll         uint64
}

// GoString is how rapid writes a command.
func (c command) GoString() string {
	switch c.op { //nolint:exhaustive // the rest needs no more than its agreement
	case rest:
		return "rest"
	case enter:
		return fmt.Sprintf("enter %d × %d on %d", c.units, c.price, c.line)
	case amend:
		return fmt.Sprintf("amend #%d by %d", c.which, c.change)
	case onward:
		return fmt.Sprintf("next #%d, %d or by %d", c.which, c.roll, c.change)
	}
	return fmt.Sprintf("%s #%d", c.op, c.which)
}

// commands draws what one clerk does.
func commands() *rapid.Generator[[]command] {
	// Most commands fit, for a long life; the others are refused, or come at the wrong time.
	ops := []op{rest, onward, onward, onward, onward, onward, onward, onward, enter, submit, approve, amend, reject, withdraw, bill, pay, reverse, end, terminate}
	one := rapid.Custom(func(t *rapid.T) command {
		return command{
			op: rapid.SampledFrom(ops).Draw(t, "op"), roll: rapid.Uint64().Draw(t, "roll"), which: rapid.IntRange(0, 1).Draw(t, "which"), line: rapid.IntRange(0, 1).Draw(t, "line"),
			units: rapid.Int64Range(1, 14).Draw(t, "units"), price: rapid.Int64Range(25_000_000, 80_000_000).Draw(t, "price"), change: rapid.Int64Range(-3, 2).Draw(t, "change"),
		}
	})
	return rapid.SliceOfN(one, 8, 32)
}

// deal is one agreement with what its clerk knows of it.
type deal struct {
	model
	a     agreement.Agreement
	line  int
	paid  []payment.Payment // settled, and not reversed
	bills []payment.Invoice // open
}

// clerk does what he is told with agreements of his own, on budget lines that all clerks share.
type clerk struct {
	*chain.Chain
	ctx    context.Context
	name   string
	lines  []*shares
	tally  *tally
	serial int
	deals  []*deal
	errs   []error
}

// tally counts the lives that were lived, the commands that were given, those that the ceiling refused, and those that
// were done to an agreement, by kind.
type tally struct {
	lives, given, ceiling atomic.Int64
	done                  [opsEnd]atomic.Int64
}

// number gives each paper a number that differs from all others without its punctuation too, as invoices have to.
func (c *clerk) number(kind string) string {
	c.serial++
	return fmt.Sprintf("%s/%s/%04d", kind, c.name, c.serial)
}

func (c *clerk) wrong(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

// did holds the answer to a command against what the model says: done, or refused by that code; the ceiling may refuse
// what takes from it. It reports whether the command was done.
func (c *clerk) did(what string, err error, refused string, takes bool) bool {
	c.tally.given.Add(1)
	switch {
	case takes && refused == "" && fault.Is(err, "budget_exceeded"):
		c.tally.ceiling.Add(1)
	case refused == "" && err != nil, refused != "" && !fault.Is(err, refused):
		c.wrong("%s: %v, the model says %q", what, err, refused)
	}
	return err == nil
}

func (c *clerk) obey(all []command) {
	for i, cmd := range all {
		if len(c.errs) > 0 {
			return
		}
		if cmd.op == rest {
			continue
		}
		if cmd.op == enter || len(c.deals) == 0 {
			c.enter(cmd)
			continue
		}
		d := c.deals[max(0, len(c.deals)-1-cmd.which)]
		if fit := d.fitting(cmd.change); cmd.op == onward && len(fit) > 0 {
			cmd.op = fit[cmd.roll%uint64(len(fit))]
		} else if cmd.op == onward {
			c.enter(cmd)
			continue
		}
		c.act(d, cmd, fmt.Sprintf("%s, command %d, %#v", c.name, i, cmd))
	}
}

func (c *clerk) enter(cmd command) {
	item := c.Item(cmd.units)
	item.BudgetLineID, item.UnitPrice = c.Lines[cmd.line].ID, money.Amount(cmd.price)
	a, err := c.Agreements.Create(c.ctx, c.Staff, c.Agency.Code, agreement.Terms{
		Kind: agreement.Media, Number: c.number("SPK"), Title: "Siksa", VendorID: c.Vendor.ID, Method: "e_purchasing",
		Form: "surat_pesanan", OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"),
		Deliverables: []agreement.Item{item},
	})
	if c.did("enter", err, "", false) {
		d := a.Deliverables[0]
		c.deals = append(c.deals, &deal{a: a, line: cmd.line, model: model{
			status: agreement.Draft, net: d.UnitNet, gross: d.UnitGross, original: cmd.units, quantity: cmd.units,
		}})
	}
}

// act gives one command to an agreement and keeps the model in step.
func (c *clerk) act(d *deal, cmd command, what string) {
	if cmd.op == pay && len(d.bills) == 0 || cmd.op == reverse && len(d.paid) == 0 {
		return // there is nothing to name
	}
	next, e, refused := d.after(cmd)
	if !c.did(what, c.give(d, cmd), refused, e.from == budget.Available && e.amount > 0) {
		return
	}
	d.model = next
	c.tally.done[cmd.op].Add(1)
	if c.lines[d.line].move(e); next.worth(next.quantity) != d.a.Gross || d.a.Status != next.status {
		c.wrong("%s: the agreement is %s and worth %d, the model says %s and %d", what, d.a.Status, d.a.Gross, next.status, next.worth(next.quantity))
	}
}

func (c *clerk) give(d *deal, cmd command) (err error) {
	switch cmd.op { //nolint:exhaustive // what begins an agreement is given elsewhere
	case bill:
		return c.bill(d)
	case amend:
		return c.amend(d, cmd.change)
	case pay:
		err = c.pay(d)
	case reverse:
		err = c.reverse(d)
	default:
		return c.move(d, cmd.op)
	}
	if err == nil {
		d.a, err = c.Agreements.Get(c.ctx, c.Staff, c.Agency.Code, d.a.ID)
	}
	return err
}

// keep puts what was answered into the deal, unless it was refused.
func (d *deal) keep(a agreement.Agreement, err error) error {
	if err == nil {
		d.a = a
	}
	return err
}

func (c *clerk) move(d *deal, o op) error {
	by := c.Staff
	switch o { //nolint:exhaustive // the others are the staff's
	case approve, reject, end:
		by = c.PPK
	case terminate:
		by = c.Head
	}
	return d.keep(c.Agreements.Move(c.ctx, by, c.Agency.Code, d.a.ID, agreement.MoveCommand{Verb: agreement.Verb(o.String()), Reason: "siksa"}))
}

func (c *clerk) amend(d *deal, change int64) error {
	quantity := d.quantity + change
	return d.keep(c.Agreements.Amend(c.ctx, c.Colleague, c.Agency.Code, d.a.ID, nil, agreement.Proposal{
		Number: c.number("ADD"), Date: chain.Day("2026-05-20"), Reason: "siksa",
		Deliverables: []agreement.Change{{ID: uuid.NullUUID{UUID: d.a.Deliverables[0].ID, Valid: true}, Quantity: &quantity}},
	}))
}

// bill brings one unit from plan to invoice. Once it is planned, nothing may refuse it.
func (c *clerk) bill(d *deal) error {
	code := c.Agency.Code
	p, err := c.Placements.Create(c.ctx, c.Staff, code, placement.Plan{DeliverableID: d.a.Deliverables[0].ID, ScheduledOn: chain.Day("2026-06-01"), Title: "Berita"})
	if err != nil {
		return err
	}
	_, err = c.Placements.Enter(c.ctx, c.Staff, code, p.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		yes := true
		e.PublishedOn, e.URL, e.LabelPresent = chain.Day("2026-06-02"), "https://kabar.test/"+p.ID.String(), &yes
		return e, nil
	})
	c.did("publish", err, "", false)
	_, err = c.Proofs.Add(c.ctx, c.Staff, code, p.ID, chain.Screenshot(p.ID.String()))
	c.did("prove", err, "", false)
	_, err = c.Placements.Verify(c.ctx, c.Verifier, code, p.ID, nil)
	c.did("verify", err, "", false)
	ids := []uuid.UUID{p.ID}
	_, err = c.Acceptances.Create(c.ctx, c.PPK, code, placement.Report{AgreementID: d.a.ID, Number: c.number("BAST"), Date: chain.Day("2026-06-10"), PlacementIDs: ids})
	c.did("accept", err, "", false)
	i, err := c.Invoices.Create(c.ctx, c.Staff, code, payment.Bill{AgreementID: d.a.ID, Number: c.number("INV"), Date: chain.Day("2026-06-11"), Amount: p.Gross, PlacementIDs: ids, TaxInvoiceNumber: "04002600123456789"})
	c.did("invoice", err, "", false)
	d.bills = append(d.bills, i)
	return nil
}

// pay asks for, authorises and settles the last open invoice.
func (c *clerk) pay(d *deal) error {
	code, last := c.Agency.Code, len(d.bills)-1
	p, err := c.Payments.Request(c.ctx, c.Staff, code, payment.Request{
		AgreementID: d.a.ID, Kind: payment.LS, InvoiceIDs: []uuid.UUID{d.bills[last].ID},
		SPP: payment.Paper{Number: c.number("SPP"), Date: chain.Day("2026-06-12")},
	})
	if err != nil {
		return err
	}
	p, err = c.Payments.Authorise(c.ctx, c.Head, code, p.ID, nil, payment.Paper{Number: c.number("SPM"), Date: chain.Day("2026-06-13")})
	c.did("authorise", err, "", false)
	p, err = c.Payments.Settle(c.ctx, c.Treasurer, code, p.ID, nil, payment.Paper{Number: c.number("SP2D"), Date: chain.Day("2026-06-15")})
	c.did("settle", err, "", false)
	d.bills, d.paid = d.bills[:last], append(d.paid, p)
	return nil
}

// reverse takes the last payment back; its invoice can be paid anew.
func (c *clerk) reverse(d *deal) error {
	last := d.paid[len(d.paid)-1]
	_, err := c.Payments.Reverse(c.ctx, c.Treasurer, c.Agency.Code, last.ID, nil,
		payment.Reversal{Reason: "siksa", STS: payment.Paper{Number: c.number("STS"), Date: chain.Day("2026-06-20")}})
	if err != nil {
		return err
	}
	i, err := c.Invoices.Get(c.ctx, c.Staff, c.Agency.Code, last.InvoiceIDs[0])
	d.paid, d.bills = d.paid[:len(d.paid)-1], append(d.bills, i)
	return err
}

// revise moves the ceilings up and down by documents, while the clerks work.
func (c *clerk) revise(changes []int64) {
	ceilings := []money.Amount{chain.Ceiling, chain.Ceiling}
	for i, change := range changes {
		line := i % len(ceilings)
		next := append([]money.Amount(nil), ceilings...)
		next[line] = max(0, next[line]+money.Amount(change))
		cmd := budget.CreateCommand{FiscalYear: 2026, Kind: budget.Shift, Number: c.number("DPPA"), Date: chain.Day("2026-07-01")}
		for i, l := range c.Lines {
			cmd.Lines = append(cmd.Lines, budget.VersionLine{Code: l.Code, SubActivityName: l.SubActivityName, AccountName: l.AccountName, Appropriation: next[i]})
		}
		v, err := c.Budgets.Create(c.ctx, c.Staff, c.Agency.Code, cmd)
		if !c.did("draft a revision", err, "", false) {
			return
		}
		if _, err = c.Budgets.Lock(c.ctx, c.Head, c.Agency.Code, v.ID, nil); c.did("revise", err, "", true) {
			c.lines[line].available.Add(int64(next[line] - ceilings[line]))
			ceilings = next
		}
	}
}

// TestTorture lets clerks drive agreements through random lives at the same moment, on two budget lines whose ceilings move,
// and holds every answer against a model of the agreement, and every balance against the sum of what was acknowledged. A
// failure shrinks and is repeated by the flag that rapid names; how the clerks meet is left to the machine.
func TestTorture(t *testing.T) {
	t.Parallel()
	wanted := int64(commandsMin)
	if n, err := strconv.ParseInt(os.Getenv("TORTURE"), 10, 64); err == nil {
		wanted = n
	}
	if testing.Short() {
		wanted /= 10
	}
	office, all := chain.New(t), tally{}
	for all.given.Load() < wanted {
		rapid.Check(t, func(rt *rapid.T) {
			plans := rapid.SliceOfN(commands(), clerksAtOne, clerksAtOne).Draw(rt, "plans")
			changes := rapid.SliceOfN(rapid.Int64Range(-400_000_000, 400_000_000), 0, 8).Draw(rt, "changes of ceilings")
			for _, err := range live(t, office, plans, changes, &all) {
				rt.Error(err)
			}
		})
	}
	for o := submit; o < opsEnd; o++ {
		t.Logf("%s: %d", o, all.done[o].Load())
	}
	t.Logf("%d lives, %d commands, %d refused by the ceiling", all.lives.Load(), all.given.Load(), all.ceiling.Load())
}

// live lets the clerks of a new agency follow their plans, and tells what came out otherwise than the model says.
func live(t *testing.T, of *chain.Chain, plans [][]command, changes []int64, all *tally) (errs []error) {
	t.Helper()
	no := strconv.FormatInt(all.lives.Add(1), 10)
	office, lines := of.Branch(t, "c"+no), []*shares{{}, {}}
	for _, l := range lines {
		l.available.Store(int64(chain.Ceiling))
	}
	var working sync.WaitGroup
	clerks := make([]*clerk, len(plans)+1)
	for i := range clerks {
		clerks[i] = &clerk{Chain: office, ctx: t.Context(), name: fmt.Sprintf("%06s.%02d", no, i), lines: lines, tally: all}
		working.Go(func() {
			if i < len(plans) {
				clerks[i].obey(plans[i])
			} else {
				clerks[i].revise(changes)
			}
		})
	}
	working.Wait()
	for _, c := range clerks {
		errs = append(errs, c.errs...)
	}
	return append(errs, compare(t, office, lines)...)
}

// compare holds the balances against the model, against themselves, and against the entries.
func compare(t *testing.T, c *chain.Chain, lines []*shares) (errs []error) {
	t.Helper()
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for i, l := range c.Balances(t) {
		balances := map[budget.Account]money.Amount{
			budget.Available: l.Available, budget.Reserved: l.Reserved, budget.Committed: l.Committed, budget.Realised: l.Realised,
		}
		for account, have := range balances {
			if want := lines[i].of(account).Load(); int64(have) != want || have < 0 {
				wrong("line %d: %s is %d, acknowledged were %d", i, account, have, want)
			}
		}
		if l.Appropriation != l.Available+l.Reserved+l.Committed+l.Realised {
			wrong("line %d does not balance: %+v", i, l)
		}
		balances[budget.Appropriation] = -l.Appropriation
		sums := map[budget.Account]money.Amount{}
		for q := listing.All(); ; {
			page, err := c.Budgets.LineEntries(t.Context(), c.Auditor, c.Agency.Code, l.ID, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Items {
				sums[e.From] -= e.Amount
				sums[e.To] += e.Amount
				if e.Document.ID == uuid.Nil || e.Document.Number == "" || e.Document.Type == "" {
					wrong("entry %d has no document", e.Seq)
				}
			}
			if page.NextCursor == nil {
				break
			}
			q.Cursor = *page.NextCursor
		}
		for account, want := range balances {
			if sums[account] != want {
				wrong("line %d: entries of %s sum to %d, the balance is %d", i, account, sums[account], want)
			}
		}
	}
	return errs
}
