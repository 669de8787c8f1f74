package sample

import (
	"context"
	"fmt"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

// advanceDeal is the one that is paid partly in advance, with some of each payment kept back until the work has proved good;
// before and all are how many agreements the office and the story have before it.
func advanceDeal(office, all int) deal {
	return deal{
		key: "spot", title: "Spot Televisi Gempur Rokok Ilegal", vendor: "tivi", campaign: "cukai", method: "e_purchasing", form: "surat_pesanan",
		rup: "50260150", order: "06-10", start: "06-22", end: "09-11", pace: 2,
		items:  []item{{"spot televisi", "tivi", "cukai", 12, "tayang", 3_200_000, 3_000_000, false, false, 0}},
		paying: agreement.PaymentTerms{AdvancePercent: 20, RetentionPercent: 5, RetentionUntil: day("10-15")},
		agency: Kominfo, no: office + 1, serial: all + 1,
	}
}

// The numbers of the papers of payments for no parcel.
const (
	inAdvance = 70
	keptBack  = 80
)

// tellTerms puts the advance, soon after the approval, and the payment of what was kept back on the agenda.
func (r *run) tellTerms() {
	if r.paying.AdvancePercent > 0 {
		asked := workday(day(r.order).AddDays(2))
		advance := money.Amount(0)
		for _, it := range r.items {
			advance += it.price * money.Amount(it.quantity)
		}
		r.tellOther(inAdvance, asked, payment.ForAdvance, "PERMOHONAN UANG MUKA", &payment.Guarantee{
			Number: r.paper("JUM", 1), Issuer: "Bank Contoh Daerah", Amount: advance, ValidUntil: day(r.end),
		})
	}
	if r.paying.RetentionPercent > 0 {
		r.tellOther(keptBack, workday(r.paying.RetentionUntil.AddDays(3)), payment.ForRetention, "PERMOHONAN PEMBAYARAN RETENSI", nil)
	}
}

// tellOther puts a payment for something else than work on the agenda, with the vendor's letter as its basis.
func (r *run) tellOther(no int, asked period.Date, purpose payment.Purpose, title string, guarantee *payment.Guarantee) {
	paid, of := r.tellPayment(no, asked, func(ctx context.Context, request *payment.Request) error {
		number := r.paper("PMH", no)
		kept, err := r.keep(ctx, r.desk, r.staff, document(title+" "+number, r.agreement.VendorName, r.title), "permohonan.pdf")
		if err != nil {
			return err
		}
		request.Kind, request.Purpose, request.Basis = payment.LS, purpose, &payment.Basis{Number: number, Date: asked, File: kept}
		if guarantee != nil {
			g := *guarantee
			if g.File, err = r.keep(ctx, r.desk, r.staff, document("JAMINAN UANG MUKA "+g.Number, g.Issuer, fmt.Sprintf("Rp%d", g.Amount)), "jaminan.pdf"); err != nil {
				return err
			}
			request.Basis.Guarantee = &g
		}
		return nil
	})
	due := workday(paid.Month().Next().Start().AddDays(9))
	r.add(due, 10*60, "deposit", func(ctx context.Context) error { return r.deposit(ctx, no, due, of) })
}
