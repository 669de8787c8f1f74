package agreement

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// FinalAccount (neraca akhir) is what became of an agreement that ended: written once, when it is closed or broken off.
// All amounts have VAT in them but the penalty. Ordered = Paid + Owed + Lapsed + Released, of the whole and of each line.
type FinalAccount struct {
	ID          uuid.UUID   `json:"id" db:"id"`
	AgreementID uuid.UUID   `json:"agreement_id" db:"agreement_id"`
	Kind        Status      `json:"kind" db:"kind" enum:"closed,terminated"`
	Number      string      `json:"number" db:"number" doc:"of the paper, where there is one"`
	Date        period.Date `json:"date" db:"date"`
	Reason      string      `json:"reason" db:"reason"`
	Tally
	Lines     FinalLines `json:"lines" db:"lines"`
	CreatedAt time.Time  `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID  `json:"created_by" db:"created_by"`
}

// Tally are the figures of a final account.
type Tally struct {
	Ordered   money.Amount `json:"ordered" db:"ordered"`
	Evidenced money.Amount `json:"evidenced" db:"evidenced" doc:"verified, whether accepted already or not"`
	Accepted  money.Amount `json:"accepted" db:"accepted"`
	Paid      money.Amount `json:"paid" db:"paid"`
	Owed      money.Amount `json:"owed" db:"owed" doc:"appeared and not paid yet: stays committed"`
	Lapsed    money.Amount `json:"lapsed" db:"lapsed" doc:"carried over to a later year and turned down there"`
	Released  money.Amount `json:"released" db:"released" doc:"goes back to the budget line"`
	Penalty   money.Amount `json:"penalty" db:"penalty" doc:"for late delivery"`
}

// FinalLine is one line of a final account, with its units beside its amounts.
type FinalLine struct {
	DeliverableID uuid.UUID    `json:"deliverable_id"`
	BudgetLineID  uuid.UUID    `json:"budget_line_id"`
	Position      int          `json:"position"`
	Product       string       `json:"product"`
	Channel       string       `json:"channel"`
	Unit          string       `json:"unit"`
	UnitGross     money.Amount `json:"unit_gross"`
	Short         money.Amount `json:"short" doc:"of Released: what acceptance reports say does not come"`
	Units         Units        `json:"units"`
	Tally
}

// Units are the units behind the amounts of a line.
type Units struct {
	Ordered   int64 `json:"ordered"`
	Evidenced int64 `json:"evidenced"`
	Accepted  int64 `json:"accepted"`
	Paid      int64 `json:"paid"`
	Owed      int64 `json:"owed"`
	Lapsed    int64 `json:"lapsed"`
	Released  int64 `json:"released"`
	Short     int64 `json:"short" doc:"of Released: that acceptance reports say do not come"`
}

// FinalLines are the lines of a final account.
type FinalLines []FinalLine

// Short sums what acceptance reports say does not come.
func (l FinalLines) Short() (sum money.Amount) {
	for _, one := range l {
		sum += one.Short
	}
	return sum
}

// Scan reads the lines from JSON.
func (l *FinalLines) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("agreement.FinalLines: cannot scan %T", src)
	}
	return json.Unmarshal(b, l)
}

// Account is what the paper of a final account says besides its figures; it may be left out.
type Account struct {
	Number string      `json:"number,omitempty" doc:"of the final account, where it is a paper of its own"`
	Date   period.Date `json:"date,omitempty" doc:"of the final account; today when left out"`
}

// check wants the paper inside the agreement's life.
func (c Account) check(a Agreement) error {
	var wrong fault.Fields
	wrong.Text("/final_account/number", c.Number, false, numberMax)
	if !c.Date.IsZero() && c.Date.Before(a.OrderDate) {
		wrong.AddWith("/final_account/date", "before", fault.Args{"field": "order_date", "date": a.OrderDate})
	}
	return wrong.Err()
}

// finalAccount draws up what became of each line. a has ended; open is what was placed under it.
func (a Agreement) finalAccount(c Account, open []Open, today period.Date) FinalAccount {
	f := FinalAccount{AgreementID: a.ID, Kind: a.Status, Number: strings.TrimSpace(c.Number), Date: c.Date, Reason: a.Remark, Lines: FinalLines{}}
	if f.Date.IsZero() {
		f.Date = today
	}
	for _, d := range a.Deliverables {
		l := d.final(openOf(open, d.ID))
		f.Lines = append(f.Lines, l)
		f.add(l.Tally)
	}
	return f
}

func openOf(open []Open, deliverable uuid.UUID) Open {
	for _, o := range open {
		if o.DeliverableID == deliverable {
			return o
		}
	}
	return Open{}
}

func (d Deliverable) final(o Open) FinalLine {
	u := Units{Ordered: d.Quantity, Evidenced: o.Evidenced, Accepted: o.Accepted, Paid: o.Settled, Owed: o.Owed, Lapsed: o.Paid - o.Settled, Short: o.Short}
	u.Released = u.Ordered - u.Paid - u.Owed - u.Lapsed
	of := func(n int64) money.Amount { return d.UnitGross * money.Amount(n) }
	return FinalLine{
		DeliverableID: d.ID, BudgetLineID: d.BudgetLineID, Position: d.Position, Product: d.Product, Channel: d.Channel, Unit: d.Unit,
		UnitGross: d.UnitGross, Short: of(u.Short), Units: u, Tally: Tally{
			Ordered: of(u.Ordered), Evidenced: of(u.Evidenced), Accepted: of(u.Accepted), Paid: of(u.Paid), Owed: of(u.Owed),
			Lapsed: of(u.Lapsed), Released: of(u.Released), Penalty: o.Penalty,
		},
	}
}

func (t *Tally) add(l Tally) {
	t.Ordered += l.Ordered
	t.Evidenced += l.Evidenced
	t.Accepted += l.Accepted
	t.Paid += l.Paid
	t.Owed += l.Owed
	t.Lapsed += l.Lapsed
	t.Released += l.Released
	t.Penalty += l.Penalty
}
