package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
)

// again is added to the number of a parcel's papers when it is paid a second time.
const again = 50

// tellPapers puts acceptance, invoice and payment of a parcel on the agenda, each some days after the one before.
func (r *run) tellPapers(p *parcel) {
	last := p.last()
	accepted := r.after(last)
	billed := r.after(accepted)
	var invoice payment.Invoice
	r.add(accepted, 15*60, "accept", func(ctx context.Context) error { return r.accept(ctx, p, accepted) })
	r.add(billed, 15*60, "bill", func(ctx context.Context) (err error) {
		invoice, err = r.bill(ctx, p, r.billDate(p, last))
		return err
	})
	if p.what == paidIn {
		r.add(accepted, 15*60+30, "pay a penalty", func(ctx context.Context) error { return r.payPenalty(ctx, p.no, accepted) })
	}
	if p.what == credited {
		r.add(billed, 15*60+30, "credit", func(ctx context.Context) error { return r.credit(ctx, p, billed, &invoice) })
	}
	paid, of := r.tellPayment(p.no, r.after(billed), r.billed(p.no, r.after(billed), &invoice))
	switch p.what {
	case heldUp:
		r.tellHold(r.after(r.after(billed)), of)
	case givenBack:
		back := workday(paid.AddDays(9))
		r.add(back, 10*60, "refund", func(ctx context.Context) error { return r.refund(ctx, p, back, of) })
	}
	if p.what == returned {
		back, first := workday(paid.AddDays(4)), of
		r.add(back, 10*60, "return", func(ctx context.Context) error { return r.giveBack(ctx, p.no, back, first) })
		paid, of = r.tellPayment(p.no+again, r.after(back), r.billed(p.no+again, r.after(back), &invoice))
	}
	if p.what == undeposited {
		return
	}
	due := workday(paid.Month().Next().Start().AddDays(9))
	if p.what == returned {
		due = workday(due.AddDays(12)) // a week late
	}
	r.add(due, 10*60, "deposit", func(ctx context.Context) error {
		if p.what == returned {
			if err := r.mistyped(ctx, due, of); err != nil {
				return err
			}
		}
		return r.deposit(ctx, p.no, due, of)
	})
}

// after is the day of the next paper.
func (r *run) after(d period.Date) period.Date { return workday(d.AddDays(r.pace)) }

// billDate is the date on the vendor's invoice: after all has appeared, unless he was in a hurry.
func (r *run) billDate(p *parcel, last period.Date) period.Date {
	if p.what == billedEarly {
		return later(p.planned, r.term().From)
	}
	return last
}

func (r *run) accept(ctx context.Context, p *parcel, on period.Date) error {
	if err := r.recap(ctx, p, on); err != nil {
		return err
	}
	report := placement.Report{
		AgreementID: r.agreement.ID,
		Number:      r.paper("BAST", p.no), Date: on, PlacementIDs: ids(p.good()), Shortfalls: r.short(p),
	}
	if r.whole() {
		var err error
		if report.Signing, err = r.sign(ctx, on, "BAST", report.Number); err != nil {
			return err
		}
	}
	made, err := r.desk.acceptances.Create(ctx, r.ppk, r.agency, report)
	if err != nil || !r.whole() {
		return err
	}
	return r.inspect(ctx, p, made, on)
}

func ids(units []*unit) []uuid.UUID {
	out := make([]uuid.UUID, len(units))
	for i, u := range units {
		out[i] = u.placement.ID
	}
	return out
}

func (r *run) bill(ctx context.Context, p *parcel, on period.Date) (payment.Invoice, error) {
	b := payment.Bill{AgreementID: r.agreement.ID, Number: r.paper("INV", p.no), Date: on, PlacementIDs: ids(p.good()), Lines: r.itemised(p)}
	for _, u := range p.good() {
		b.Amount += u.placement.Gross
		if u.placement.VAT > 0 {
			b.TaxInvoiceNumber = r.taxInvoice(p.no)
		}
	}
	if p.what == roundedUp {
		b.Amount += 2_500
	}
	kept, err := r.keep(ctx, r.desk, r.staff, document("TAGIHAN "+b.Number, r.agreement.VendorName, r.title, fmt.Sprintf("Rp%d", b.Amount)), "tagihan.pdf")
	if err != nil {
		return payment.Invoice{}, err
	}
	b.File = kept
	i, err := r.desk.invoices.Create(ctx, r.staff, r.agency, b)
	if err != nil {
		return i, err
	}
	return i, r.papersOf(ctx, p.no, i)
}

// billed is what a payment of an invoice asks for.
func (r *run) billed(no int, requested period.Date, invoice *payment.Invoice) func(context.Context, *payment.Request) error {
	return func(_ context.Context, request *payment.Request) error {
		if request.Kind = r.purse; request.Kind == "" {
			request.Kind = payment.LS
		}
		request.InvoiceIDs, request.Cash = []uuid.UUID{invoice.ID}, r.cash(request.Kind, no, requested, invoice)
		return nil
	}
}

// tellPayment puts request, order and disbursement on the agenda, what being asked for; it returns the day of the
// disbursement, and where the payment will be.
func (r *run) tellPayment(no int, requested period.Date, what func(context.Context, *payment.Request) error) (period.Date, *payment.Payment) {
	p := &payment.Payment{}
	ordered := r.after(requested)
	paid := r.after(ordered)
	r.add(requested, 9*60, "request", func(ctx context.Context) (err error) {
		request := payment.Request{AgreementID: r.agreement.ID, SPP: payment.Paper{Number: r.paper("SPP", no), Date: requested}}
		if err = what(ctx, &request); err == nil {
			*p, err = r.desk.payments.Request(ctx, r.staff, r.agency, request)
		}
		return err
	})
	r.tellFile(no, requested, paid, p)
	r.add(ordered, 11*60, "authorise", func(ctx context.Context) (err error) {
		_, err = r.desk.payments.Authorise(ctx, r.head, r.agency, p.ID, nil, payment.Paper{Number: r.paper("SPM", no), Date: ordered})
		return err
	})
	r.add(paid, 14*60, "settle", func(ctx context.Context) (err error) {
		*p, err = r.desk.payments.Settle(ctx, r.treasurer, r.agency, p.ID, nil, payment.Paper{Number: r.paper("SP2D", no), Date: paid})
		return err
	})
	return paid, p
}

// giveBack reverses a settled payment whose money the bank returned.
func (r *run) giveBack(ctx context.Context, no int, on period.Date, p *payment.Payment) error {
	_, err := r.desk.payments.Reverse(ctx, r.treasurer, r.agency, p.ID, nil, payment.Reversal{
		Reason: "Dana diretur bank: rekening penyedia pasif",
		STS:    payment.Paper{Number: r.paper("STS", no), Date: on},
	})
	return err
}

func (r *run) deposit(ctx context.Context, no int, on period.Date, p *payment.Payment) error {
	for i, t := range p.Taxes {
		n := (r.serial*100+no)*10 + i
		slip := payment.Slip{BillingCode: fmt.Sprintf("026%012d", n), NTPN: fmt.Sprintf("C0NT0H%010d", n), Date: on}
		if _, err := r.desk.payments.Deposit(ctx, r.treasurer, r.agency, p.ID, nil, t.ID, slip); err != nil {
			return err
		}
	}
	return r.slipsOf(ctx, no, on, p)
}
