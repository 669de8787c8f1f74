package override

import (
	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/money"
	"tayang/app/period"
)

// Warns gives the override by which the check only warns about a document of that type and number. inForce are those that
// hold.
func Warns(inForce []Override, c Check, t DocumentType, number string) (found Override, ok bool) {
	for _, o := range inForce {
		if of := o.Subject.DocumentNumber; o.Kind == CheckMode && o.Subject.Check == c && o.Subject.DocumentType == t && (of == "" || of == number) {
			return o, true
		}
	}
	return found, false
}

// Allows gives the override under which an invoice may ask for that much more than what is evidenced: the narrowest
// tolerance that suffices, else the matching check that only warns.
func Allows(inForce []Override, excess money.Amount) (found Override, ok bool) {
	for _, o := range inForce {
		suffices := o.Kind == Tolerance && o.Subject.DocumentType == Invoice && o.Subject.Amount >= excess
		if suffices && (!ok || o.Subject.Amount < found.Subject.Amount) {
			found, ok = o, true
		}
	}
	if ok {
		return found, true
	}
	return Warns(inForce, Matching, Invoice, "")
}

// Spending is the document type of money that was spent without an agreement.
const Spending = "spending"

// SpendingDocument names the spending that the override records.
func (o Override) SpendingDocument() access.Document {
	return access.Document{Agency: o.AgencyID.UUID, Type: Spending, ID: o.ID, Number: o.Subject.Number, Amount: o.Subject.Amount}
}

// Spend gives the entries of spending without agreement: the money is committed and realised on the day of its paper.
// The ceiling holds for it as for everything.
func (o Override) Spend() []budget.Move {
	commit := o.spending(budget.Commit, budget.Available, budget.Committed, o.Subject.Date)
	return []budget.Move{commit, o.spending(budget.Realise, budget.Committed, budget.Realised, o.Subject.Date)}
}

// Refund gives the entry of spending that was revoked: the money is free again, on that day of the line's fiscal year.
func (o Override) Refund(today period.Date) []budget.Move {
	on, year := today, period.FiscalYear(o.Subject.Date.Year())
	if on.After(year.End()) {
		on = year.End()
	}
	if on.Before(o.Subject.Date) {
		on = o.Subject.Date
	}
	return []budget.Move{o.spending(budget.Refund, budget.Realised, budget.Available, on)}
}

func (o Override) spending(kind budget.EntryKind, from, to budget.Account, on period.Date) budget.Move {
	return budget.Move{
		Line: o.Subject.BudgetLineID, Kind: kind, From: from, To: to, Amount: o.Subject.Amount, EffectiveOn: on,
		Document: budget.Document{Type: Spending, ID: o.ID, Number: o.Subject.Number}, Reason: o.Reason,
	}
}
