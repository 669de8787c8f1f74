package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"tayang/app/payment"
	"tayang/app/period"
)

// cash names the receipt that the treasurer paid before he asked for his cash back.
func (r *run) cash(kind payment.Kind, no int, on period.Date, i *payment.Invoice) payment.Cash {
	if kind == payment.LS {
		return payment.Cash{}
	}
	return payment.Cash{Receipts: []payment.Receipt{{Number: r.paper("KW", no), Date: on, Amount: i.Price + i.VAT}}}
}

// tellHold puts on the agenda that the verifier holds a payment for an hour, until the treasurer has asked the bank.
func (r *run) tellHold(on period.Date, p *payment.Payment) {
	r.add(on, 9*60+30, "hold", func(ctx context.Context) error {
		_, err := r.desk.corrections.Hold(ctx, r.verifier, r.agency, p.ID, nil, "Nomor rekening pada kuitansi berbeda dengan data penyedia")
		return err
	})
	r.add(on, 10*60+30, "release", func(ctx context.Context) error {
		_, err := r.desk.corrections.Release(ctx, r.treasurer, r.agency, p.ID, nil, "Bank memastikan rekening lama sudah diganti")
		return err
	})
}

// credit takes the last placement of an invoice off it by the vendor's credit note.
func (r *run) credit(ctx context.Context, p *parcel, on period.Date, i *payment.Invoice) error {
	u := p.good()[len(p.good())-1].placement
	n := payment.Note{
		Number: r.paper("NK", p.no), Date: on, Amount: u.Gross, PlacementIDs: []uuid.UUID{u.ID}, Reason: "Durasi tayang kurang dari yang dipesan",
	}
	var err error
	if n.File, err = r.keep(ctx, r.desk, r.staff, document("NOTA KREDIT "+n.Number, r.agreement.VendorName, r.title, fmt.Sprintf("Rp%d", n.Amount)), "nota-kredit.pdf"); err != nil {
		return err
	}
	*i, err = r.desk.corrections.Credit(ctx, r.staff, r.agency, i.ID, nil, n)
	return err
}

// refund notes that the vendor gave the money of one placement back.
func (r *run) refund(ctx context.Context, p *parcel, on period.Date, of *payment.Payment) error {
	_, err := r.desk.corrections.Refund(ctx, r.treasurer, r.agency, of.ID, nil, payment.Return{
		PlacementIDs: []uuid.UUID{p.good()[0].placement.ID}, Reason: "Inspektorat: teks tayang kurang dari jadwal",
		STS: payment.Paper{Number: r.paper("STS", p.no), Date: on},
	})
	return err
}

// payPenalty notes that the vendor paid the penalty of what came late in himself, so that no payment keeps it back.
func (r *run) payPenalty(ctx context.Context, no int, on period.Date) error {
	known, err := r.desk.corrections.Penalties(ctx, r.treasurer, r.agency, r.agreement.ID)
	if err != nil {
		return err
	}
	_, err = r.desk.corrections.PayPenalty(ctx, r.treasurer, r.agency, r.agreement.ID, payment.PenaltyPaid{
		STS: payment.Paper{Number: r.paper("STS-D", no), Date: on}, Amount: known.Open, Remark: "Denda keterlambatan disetor penyedia",
	})
	return err
}
