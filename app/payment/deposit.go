package payment

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/rule"
	"tayang/app/tax"
)

// Declaration is when a tax is due, what was deposited, and what was handed to the vendor for it.
type Declaration struct {
	DueOn           period.Date       `json:"due_on" db:"due_on" doc:"last day for the deposit; from the settlement on"`
	BilledOn        period.Date       `json:"billed_on" db:"billed_on" doc:"day of the billing code"`
	DepositedAmount money.Amount      `json:"deposited_amount" db:"deposited_amount" doc:"0: the amount of the tax"`
	DepositNote     string            `json:"deposit_note" db:"deposit_note" doc:"why another amount was deposited"`
	SlipNumber      string            `json:"slip_number" db:"slip_number" doc:"of the withholding slip"`
	ObjectCode      string            `json:"object_code" db:"object_code" doc:"kind of object on the withholding slip"`
	ReversedSlips   []ReversedDeposit `json:"reversed_deposits,omitempty" db:"-" doc:"deposits that were entered wrongly, as they were"`
}

// ReversedDeposit is a deposit that was entered wrongly.
type ReversedDeposit struct {
	ID          uuid.UUID     `json:"id" db:"id"`
	TaxID       uuid.UUID     `json:"-" db:"tax_id"`
	BillingCode string        `json:"billing_code" db:"billing_code"`
	BilledOn    period.Date   `json:"billed_on" db:"billed_on"`
	NTPN        string        `json:"ntpn" db:"ntpn"`
	DepositedOn period.Date   `json:"deposited_on" db:"deposited_on"`
	DepositedBy uuid.NullUUID `json:"deposited_by" db:"deposited_by"`
	Amount      money.Amount  `json:"amount" db:"amount"`
	Note        string        `json:"note" db:"note"`
	Reason      string        `json:"reason" db:"reason"`
	ReversedAt  time.Time     `json:"reversed_at" db:"reversed_at"`
	ReversedBy  uuid.UUID     `json:"reversed_by" db:"reversed_by"`
}

// Reasons are the sentences about a payment's taxes, as they are stored.
type Reasons []tax.Reason

// Value writes the sentences as the JSON that is stored.
func (r Reasons) Value() (driver.Value, error) {
	if r == nil {
		r = Reasons{}
	}
	text, err := json.Marshal([]tax.Reason(r))
	return string(text), err
}

// Scan reads stored sentences.
func (r *Reasons) Scan(src any) error {
	*r = Reasons{}
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("payment.Reasons: cannot scan %T", src)
	}
	if err := json.Unmarshal(text, r); err != nil {
		return err
	}
	for i := range *r {
		(*r)[i].Args = agreement.ReadArgs((*r)[i].Args)
	}
	return nil
}

// Slip is the state's receipt for a deposited tax.
type Slip struct {
	BillingCode string       `json:"billing_code" doc:"15 digits"`
	NTPN        string       `json:"ntpn" doc:"16 letters and digits"`
	Date        period.Date  `json:"date"`
	BilledOn    period.Date  `json:"billed_on,omitempty" required:"false" doc:"day of the billing code"`
	Amount      money.Amount `json:"amount,omitempty" required:"false" doc:"what was deposited, when it is not the amount of the tax"`
	Note        string       `json:"note,omitempty" required:"false" doc:"why another amount was deposited"`
}

// Deposit notes that a tax of a settled payment was deposited. Faults: NotFound, wrong_state unless settled and once
// only, Invalid by field.
func (p Payment) Deposit(id uuid.UUID, slip Slip, s Stamp) (Payment, Tax, error) {
	t, err := p.taxOf(id, "deposit")
	if err != nil {
		return p, t, err
	}
	if !t.DepositedOn.IsZero() {
		return p, t, fault.WrongState("deposited", "deposit")
	}
	t.BillingCode, t.NTPN = strings.TrimSpace(slip.BillingCode), strings.ToUpper(strings.TrimSpace(slip.NTPN))
	t.DepositedOn, t.DepositedBy = slip.Date, uuid.NullUUID{UUID: s.By, Valid: true}
	t.BilledOn, t.DepositNote = slip.BilledOn, strings.TrimSpace(slip.Note)
	if t.DepositedAmount = slip.Amount; slip.Amount == 0 {
		t.DepositedAmount = t.Amount
	}
	var wrong fault.Fields
	if !regexp.MustCompile(`^[0-9]{15}$`).MatchString(t.BillingCode) {
		wrong.AddWith("/billing_code", "digits", fault.Args{"count": 15})
	}
	if !regexp.MustCompile(`^[0-9A-Z]{16}$`).MatchString(t.NTPN) {
		wrong.AddWith("/ntpn", "alphanumerics", fault.Args{"count": 16})
	}
	checkDate(&wrong, "/date", slip.Date)
	notBefore(&wrong, "/date", slip.Date, "sp2d.date", p.SP2D.Date)
	if !slip.BilledOn.IsZero() {
		notBefore(&wrong, "/date", slip.Date, "billed_on", slip.BilledOn)
	}
	wrong.Within("/amount", int64(slip.Amount), 0, fault.AmountMax)
	if wrong.Text("/note", t.DepositNote, false, reasonMax); t.DepositedAmount != t.Amount && t.DepositNote == "" {
		wrong.AddWith("/note", "deposit_differs", fault.Args{"amount": t.DepositedAmount, "expected": t.Amount})
	}
	return p.with(t), t, wrong.Err()
}

// taxOf finds a tax of a settled payment. Faults: NotFound, wrong_state.
func (p Payment) taxOf(id uuid.UUID, verb string) (Tax, error) {
	i := indexOf(p.Taxes, id)
	if i < 0 {
		return Tax{}, fault.Missing()
	}
	if p.Status != Settled {
		return Tax{}, fault.WrongState(string(p.Status), verb)
	}
	return p.Taxes[i], nil
}

// with is the payment with one of its taxes anew.
func (p Payment) with(t Tax) Payment {
	taxes := append([]Tax{}, p.Taxes...)
	taxes[indexOf(taxes, t.ID)] = t
	p.Taxes = taxes
	return p
}

// ReverseDeposit takes back a deposit that was entered wrongly; it stays as it was beside the tax, which is owed again.
// Faults: NotFound, wrong_state when nothing was deposited, Invalid by field.
func (p Payment) ReverseDeposit(id uuid.UUID, reason string, s Stamp) (Payment, ReversedDeposit, error) {
	t, err := p.taxOf(id, "reverse")
	if err != nil {
		return p, ReversedDeposit{}, err
	}
	if t.DepositedOn.IsZero() {
		return p, ReversedDeposit{}, fault.WrongState("undeposited", "reverse")
	}
	var wrong fault.Fields
	wrong.Text("/reason", reason, true, reasonMax)
	was := ReversedDeposit{
		TaxID: t.ID, BillingCode: t.BillingCode, BilledOn: t.BilledOn, NTPN: t.NTPN, DepositedOn: t.DepositedOn, DepositedBy: t.DepositedBy,
		Amount: t.Deposited(), Note: t.DepositNote, Reason: reason, ReversedAt: s.At, ReversedBy: s.By,
	}
	t.BillingCode, t.NTPN, t.DepositNote, t.DepositedAmount = "", "", "", 0
	t.BilledOn, t.DepositedOn, t.DepositedBy = period.Date{}, period.Date{}, uuid.NullUUID{}
	t.ReversedSlips = append(append([]ReversedDeposit{}, t.ReversedSlips...), was)
	return p.with(t), was, wrong.Err()
}

// Deposited is what was deposited of a tax; 0 while it is owed.
func (t Tax) Deposited() money.Amount {
	switch {
	case t.DepositedOn.IsZero():
		return 0
	case t.DepositedAmount == 0:
		return t.Amount
	}
	return t.DepositedAmount
}

// Late is by how many days a tax was deposited after it was due, or is owed since, as of today.
func (t Tax) Late(today period.Date) int64 { return daysLate(t.DueOn, t.DepositedOn, today) }

func daysLate(due, deposited, today period.Date) int64 {
	if deposited.IsZero() {
		deposited = today
	}
	if due.IsZero() || !deposited.After(due) {
		return 0
	}
	return int64(deposited.Sub(due))
}

// due gives the last day of each tax, by the rules of the day of settlement.
func (p Payment) due(set rule.Set) Payment {
	taxes := append([]Tax{}, p.Taxes...)
	for i, t := range taxes {
		taxes[i].DueOn = DueOn(set, t.Kind, p.SP2D.Date)
	}
	p.Taxes = taxes
	return p
}

// DueOn is the last day for depositing a tax that was kept back from a payment of that day, by the rules of that day.
func DueOn(set rule.Set, kind tax.Kind, paid period.Date) period.Date {
	code := rule.DepositDuePPh
	if kind == tax.PPN {
		code = rule.DepositDuePPN
	}
	return tax.DueOn(paid, int(min(set.On(code, paid).Figure, 31)))
}
