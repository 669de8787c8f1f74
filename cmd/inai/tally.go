package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// tally is the account of a load: what the record says, what of it stands in the books, what was refused, and whether it ties.
type tally struct {
	lines           int
	total           centavos
	byItem          map[string]centavos // by the item's code
	withoutContract centavos
	looseLines      int      // lines without contract
	withoutBudget   centavos // lines whose item has no budget
	strangers       []string // invoices whose vendor is not their contract's or order's

	exactContracts int // invoiced to exactly their amount
	paidContracts  int // paid in the books to exactly their amount
	contracts      int

	loaded, refused centavos
	loadedByItem    map[string]centavos
	refusals        []refusedBill
	moved           []string // payments that are dated later than the record dates them
	services        int      // lines that appear nowhere, under outdoor
	noPage, noURL   int      // placements verified without what the record does not hold
	undated         int      // lines that do not say when they were published
	early           []string // contracts signed after their service began

	books    books
	workbook workbook
	timings  []timing
}

type refusedBill struct {
	bill   *bill
	vendor string
	why    *refusal
}

// tally counts the record and compares it with the books.
func (l *loader) tally(b books) *tally {
	t := &tally{byItem: map[string]centavos{}, loadedByItem: map[string]centavos{}, books: b}
	for _, each := range l.plan.bills {
		t.count(l, each)
	}
	for _, p := range l.plan.purchases {
		t.countContract(p, b)
	}
	slices.Sort(t.early)
	slices.SortFunc(t.refusals, func(a, b refusedBill) int { return cmp.Compare(b.bill.amount, a.bill.amount) })
	return t
}

func (t *tally) count(l *loader, b *bill) {
	item := l.record.items[b.item]["partida"]
	t.lines += len(b.lines)
	t.total += b.amount
	t.byItem[item] += b.amount
	if b.of == nil || !b.of.contract {
		t.withoutContract += b.amount
		t.looseLines += len(b.lines)
	}
	if l.budgetLines[b.item] == "" {
		t.withoutBudget += b.amount
	}
	if b.of != nil && b.vendor != b.of.vendor {
		t.strangers = append(t.strangers, fmt.Sprintf("invoice %s (id_factura %s, %s) is from %s, but %s is an order to %s", b.number, b.id,
			b.amount, l.record.vendor[b.vendor]["nombre_razon_social"], b.of.number, l.record.vendor[b.of.vendor]["nombre_razon_social"]))
	}
	if why := b.refusal(); why != nil {
		t.refused += b.amount
		t.refusals = append(t.refusals, refusedBill{b, l.record.vendor[b.vendor]["nombre_razon_social"], why})
		return
	}
	t.loaded += b.amount
	t.loadedByItem[item] += b.amount
	for _, each := range b.lines {
		t.countEvidence(each)
		if !b.of.within(each.first) {
			t.undated++
		}
	}
	if b.accepted != b.date {
		t.moved = append(t.moved, fmt.Sprintf("invoice %s (id_factura %s): the record says it was spent on %s, before the service of %s could begin on %s; paid on that day",
			b.number, b.id, b.date, b.of.number, b.accepted))
	}
}

func (t *tally) countEvidence(of *line) {
	switch {
	case of.outlet.kind == "print":
		t.noPage += int(of.quantity)
	case of.outlet.kind == "online" && of.outlet.host == "":
		t.noURL += int(of.quantity)
	case of.service:
		t.services++
	}
}

func (t *tally) countContract(p *purchase, b books) {
	if !p.contract {
		return
	}
	t.contracts++
	if p.start < p.ordered {
		t.early = append(t.early, p.number)
	}
	var invoiced centavos
	for _, each := range p.bills {
		invoiced += each.amount
	}
	if invoiced == p.promised {
		t.exactContracts++
	}
	if a := b.agreements[p.number]; a.Paid == p.promised && a.Gross == p.promised && a.Status == "completed" {
		t.paidContracts++
	}
}

// differences says where record and books do not tie; none when every centavo does.
func (t *tally) differences() (out []string) {
	differ := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if t.loaded+t.refused != t.total {
		differ("loaded %s and refused %s are not %s", t.loaded, t.refused, t.total)
	}
	var realised centavos
	for _, line := range t.books.lines {
		realised += line.Realised
		if want := t.loadedByItem[line.AccountCode]; line.Realised != want {
			differ("the books realise %s on item %s, the load says %s", line.Realised, line.AccountCode, want)
		}
		if line.Appropriation != line.Available+line.Reserved+line.Committed+line.Realised {
			differ("the accounts of item %s do not sum to its appropriation", line.AccountCode)
		}
	}
	if realised+t.refused != t.total {
		differ("the books realise %s; with the refused %s that is not %s", realised, t.refused, t.total)
	}
	if t.paidContracts != t.exactContracts {
		differ("%d contracts are invoiced to exactly their amount, %d are paid so in the books", t.exactContracts, t.paidContracts)
	}
	return out
}

// print writes the account for people.
func (t *tally) print(w io.Writer) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("\nThe record, in MXN")
	say("%16s  in %d invoice lines", t.total, t.lines)
	for _, item := range slices.Sorted(maps.Keys(t.byItem)) {
		say("%16s  charged to budget item %s", t.byItem[item], item)
	}
	say("%16s  in %d lines without a contract; they are entered under their purchase orders", t.withoutContract, t.looseLines)
	say("%16s  charged to an item that has no budget line", t.withoutBudget)
	say("%13d/%d  contracts invoiced to exactly 100.00%% of their amount", t.exactContracts, t.contracts)
	for _, s := range t.strangers {
		say("%16s  %s", "flagged", s)
	}
	say("\nThe books, as the API tells them")
	for _, line := range t.books.lines {
		say("  item %s: appropriation %s, realised %s, committed %s, reserved %s, available %s", line.AccountCode, line.Appropriation,
			line.Realised, line.Committed, line.Reserved, line.Available)
	}
	say("%13d/%d  contracts paid to exactly 100.00%% of their amount", t.paidContracts, t.contracts)
	say("%16s  loaded", t.loaded)
	say("%16s  refused", t.refused)
	for _, r := range t.refusals {
		say("%16s  invoice %s (id_factura %s) of %s, at its %s: %v", r.bill.amount, r.bill.number, r.bill.id, r.vendor, r.why.step, r.why.err)
	}
	t.printNotes(say)
	for _, d := range t.differences() {
		say("DIFFERENCE: %s", d)
	}
	if len(t.differences()) == 0 {
		say("\nLoaded %s + refused %s = %s, and the books say the same.", t.loaded, t.refused, t.total)
	}
}

func (t *tally) printNotes(say func(string, ...any)) {
	say("\nWhat the record does not hold")
	say("  %d printed placements say %q for edition and page; %d online ones give %s as address", t.noPage, notRecorded, t.noURL, addressNotRecorded)
	say("  %d lines are productions and a survey, which appear in no medium; they stand under outdoor", t.services)
	say("  %d lines name no day of publication that lies within their terms; they count from the first day that does", t.undated)
	say("  %d contracts were signed after their service began, and count from the day of signing: %s", len(t.early), strings.Join(t.early, ", "))
	for _, m := range t.moved {
		say("  %s", m)
	}
	say("\nParts")
	for _, p := range t.timings {
		say("  %-28s %5d requests %8s", p.part, p.requests, p.took.Round(time.Millisecond))
	}
	if t.workbook.path != "" {
		say("\n%s, %d bytes, SHA-256 %s", t.workbook.path, t.workbook.bytes, t.workbook.sha256)
	}
}
