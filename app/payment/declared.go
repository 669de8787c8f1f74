package payment

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/app/tax"
)

// Owed is a tax of a settled payment, with the payment that it was kept back from: what the state is owed, and since when.
type Owed struct {
	ID          uuid.UUID    `json:"id" db:"id"`
	PaymentID   uuid.UUID    `json:"payment_id" db:"payment_id"`
	Payment     string       `json:"payment" db:"payment" doc:"number of the SP2D"`
	PaidOn      period.Date  `json:"paid_on" db:"paid_on" doc:"date of the SP2D"`
	FiscalYear  int          `json:"fiscal_year" db:"fiscal_year"`
	VendorID    uuid.UUID    `json:"vendor_id" db:"vendor_id"`
	VendorName  string       `json:"vendor_name" db:"vendor_name"`
	Kind        tax.Kind     `json:"kind" db:"kind"`
	Base        money.Amount `json:"base" db:"base"`
	Rate        string       `json:"rate" db:"rate" doc:"decimal"`
	Amount      money.Amount `json:"amount" db:"amount"`
	DueOn       period.Date  `json:"due_on" db:"due_on"`
	DaysLate    int64        `json:"days_late" db:"-" doc:"past the due day until the deposit, or until today"`
	Deposited   bool         `json:"deposited" db:"deposited"`
	BillingCode string       `json:"billing_code" db:"billing_code"`
	NTPN        string       `json:"ntpn" db:"ntpn"`
	DepositedOn period.Date  `json:"deposited_on" db:"deposited_on"`
	SlipNumber  string       `json:"slip_number" db:"slip_number"`
	ObjectCode  string       `json:"object_code" db:"object_code"`
}

// Declared reads taxes, slips and kinds of objects.
type Declared interface {
	// Taxes lists the taxes of settled payments; the filter due_before narrows them to those that are due before a day.
	Taxes(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Owed], error)
	// TaxesDue gives the taxes that are owed and due on the day or before, the oldest first, so many at most.
	TaxesDue(ctx context.Context, agency uuid.UUID, until period.Date, most int) ([]Owed, error)
	WithholdingSlips(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[WithholdingSlip], error)
	WithholdingSlip(ctx context.Context, agency, id uuid.UUID) (WithholdingSlip, error)
	TaxObjects(ctx context.Context, q listing.Query) (listing.Page[TaxObject], error)
	TaxObject(ctx context.Context, id uuid.UUID) (TaxObject, error)
}

// Depositing is what is written about taxes of a settled payment.
type Depositing interface {
	// SaveDeposit writes the deposit of a tax, once.
	SaveDeposit(ctx context.Context, p Payment, t Tax) error
	// SaveDue writes on which day each tax of the payment is due.
	SaveDue(ctx context.Context, p Payment) error
	// SaveReversedDeposit keeps a deposit that was entered wrongly, and takes it off its tax.
	SaveReversedDeposit(ctx context.Context, p Payment, was ReversedDeposit) error
	// OtherDeposit gives the number of a payment of the government under whose deposit the NTPN stands with another billing
	// code or day; "" when there is none. Nobody else enters that NTPN before the transaction ends.
	OtherDeposit(ctx context.Context, t Tax) (agency, payment string, err error)
}

// remindedMost is how many taxes are reminded of at once.
const remindedMost = 100

// Taxes lists the taxes that were kept back from settled payments, with how late each is as of today. The filter late=true
// gives those that are owed and past their day.
func (s *Service) Taxes(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Owed], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if late := q.Filters["late"]; len(late) == 1 && late[0] == "true" {
			q = q.Where("due_before", s.today().String()).Where("deposited", "false")
			delete(q.Filters, "late")
		}
		page, err = tx.Taxes(ctx, agency, q)
		s.late(page.Items)
		return err
	})
	return page, err
}

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

func (s *Service) late(items []Owed) {
	for i, o := range items {
		items[i].DaysLate = daysLate(o.DueOn, o.DepositedOn, s.today())
	}
}

// OwedList is the taxes that somebody is reminded of.
type OwedList struct {
	Items []Owed `json:"items"`
}

// TaxReminders gives the taxes that are owed and late, or due within the days that the rules say, to those who deposit them
// and to the head; to others none.
func (s *Service) TaxReminders(ctx context.Context, actor access.Actor, agency string) (out OwedList, err error) {
	out.Items = []Owed{}
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if actor.Can(access.PaymentReverse, agency) != nil { // the treasurer, and the head
			return nil
		}
		set, err := tx.RulesOf(ctx, agency)
		if err != nil {
			return err
		}
		soon := set.On(rule.DepositDueSoon, s.today()).Figure
		out.Items, err = tx.TaxesDue(ctx, agency, s.today().AddDays(int(min(soon, 366))), remindedMost)
		s.late(out.Items)
		return err
	})
	return out, err
}

// Deposit notes that a tax of a settled payment was deposited with the state. Faults: Forbidden, NotFound, stale,
// wrong_state, Invalid by field, duplicate (an NTPN that stands on another billing code or day).
func (s *Service) Deposit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, taxID uuid.UUID, slip Slip) (Payment, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.TaxDeposit, ""}, func(tx Store, old Payment) (Payment, error) {
		p, t, err := old.Deposit(taxID, slip, s.stamp(actor))
		if err != nil {
			return p, err
		}
		if err := s.once(ctx, tx, p, t); err != nil {
			return p, err
		}
		if err := tx.SaveDeposit(ctx, p, t); err != nil {
			return p, err
		}
		return saved(ctx, tx, p)
	})
}

// once wants an NTPN to stand for one billing code on one day, as far as the rule refuses the contrary.
func (s *Service) once(ctx context.Context, tx Store, p Payment, t Tax) error {
	inAgency, number, err := tx.OtherDeposit(ctx, t)
	if err != nil || number == "" {
		return err
	}
	set, err := tx.RulesOf(ctx, p.AgencyID)
	if err != nil || set.On(rule.NTPNReused, t.DepositedOn).Mode != rule.Refuse {
		return err
	}
	args := fault.Args{"agency": inAgency, "other": number}
	return &fault.Error{
		Kind: fault.Conflict, Code: "duplicate", Args: args, Fields: []fault.Field{{Pointer: "/ntpn", Code: string(rule.NTPNReused), Args: args}},
	}
}

// ReverseDeposit takes back a deposit that was entered wrongly: it stays visible, and the tax is owed again. Faults:
// Forbidden, NotFound, stale, wrong_state, Invalid by field.
func (s *Service) ReverseDeposit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, taxID uuid.UUID, reason string) (Payment, error) {
	return s.move(ctx, actor, agency, deed{id, expected, access.TaxDeposit, reason}, func(tx Store, old Payment) (Payment, error) {
		p, was, err := old.ReverseDeposit(taxID, reason, s.stamp(actor))
		if err != nil {
			return p, err
		}
		if was.ID, err = uuid.NewV7(); err != nil {
			return p, err
		}
		if err := tx.SaveReversedDeposit(ctx, p, was); err != nil {
			return p, err
		}
		return saved(ctx, tx, p)
	})
}

// Preview gives the payment that a request would make, with its taxes and why, and keeps nothing. Faults: those of Request,
// but for its number.
func (s *Service) Preview(ctx context.Context, actor access.Actor, agency string, r Request) (p Payment, err error) {
	if r.SPP.Number == "" {
		r.SPP.Number = "–"
	}
	if r.SPP.Date.IsZero() {
		r.SPP.Date = s.today()
	}
	if r.Kind == "" {
		r.Kind = LS
	}
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.PaymentRequest, agency)
		if err != nil {
			return err
		}
		p, err = s.reckon(ctx, tx, ag, r)
		return err
	})
	return p, err
}
