package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/handover"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
)

// whole reports whether the agreement is one of those whose papers are complete already: recap, signed BAST, BAP and an
// itemised invoice; the others come later, as the regency's circular lets them.
func (d deal) whole() bool { return d.key == "kabar" || d.key == "harian" }

// sign is the paper as both sides signed it on the day.
func (r *run) sign(ctx context.Context, on period.Date, lines ...string) (placement.Signing, error) {
	kept, err := r.keep(ctx, r.desk, r.staff, document(append(lines, "ditandatangani kedua pihak")...), "bertanda-tangan.pdf")
	return placement.Signing{
		Place: "Contoh", SignedOn: on, OfficeSigner: "Pramono Contoh", OfficeNIP: "198001012005011001", VendorSigner: "Pimpinan " + r.agreement.VendorName,
		VendorPosition: "Direktur", File: kept, FileOrigin: placement.FromVendor,
	}, err
}

// recap draws up and signs the recap of a parcel before it is taken over.
func (r *run) recap(ctx context.Context, p *parcel, on period.Date) error {
	if !r.whole() {
		return nil
	}
	from, to := on, period.Date{}
	for _, u := range p.good() {
		if u.published.Before(from) {
			from = u.published
		}
		to = later(to, u.published)
	}
	made, err := r.desk.handovers.DrawUp(ctx, r.staff, r.agency, handover.RecapForm{AgreementID: r.agreement.ID, Number: r.paper("REKAP", p.no), Date: on, From: from, To: to})
	if err != nil {
		return err
	}
	by, err := r.sign(ctx, on, "Rekap penayangan", made.Number)
	if err != nil {
		return err
	}
	_, err = r.desk.handovers.SignRecap(ctx, r.staff, r.agency, made.ID, nil, by)
	return err
}

// inspect draws up the BAP over the parcel's BAST.
func (r *run) inspect(ctx context.Context, p *parcel, over placement.Acceptance, on period.Date) error {
	by, err := r.sign(ctx, on, "BAP", r.paper("BAP", p.no))
	if err != nil {
		return err
	}
	_, err = r.desk.handovers.Inspect(ctx, r.ppk, r.agency, handover.InspectionForm{
		AgreementID: r.agreement.ID, Number: r.paper("BAP", p.no), Date: on, AcceptanceIDs: []uuid.UUID{over.ID}, Signing: by,
	})
	return err
}

// itemised is what the vendor wrote line by line.
func (r *run) itemised(p *parcel) (out []payment.BillLine) {
	if !r.whole() {
		return nil
	}
	for i, d := range r.agreement.Deliverables {
		l := payment.BillLine{DeliverableID: d.ID, Description: d.Product + ", " + r.title, UnitPrice: d.UnitPrice, TaxInclusive: d.TaxInclusive}
		for _, u := range p.good() {
			if u.item == i {
				l.Quantity++
			}
		}
		if l.Amount = d.UnitGross * money.Amount(l.Quantity); l.Quantity > 0 {
			out = append(out, l)
		}
	}
	return out
}

// short says in a BAST of the running texts that the one which gave way to urgent news does not come any more.
func (r *run) short(p *parcel) []placement.Short {
	if r.key != "teks" || p.no != 6 {
		return nil
	}
	return []placement.Short{{DeliverableID: r.agreement.Deliverables[0].ID, Quantity: 1, Reason: "Satu siaran diganti liputan darurat dan tidak ditayangkan lagi"}}
}

// tellMakeGood plans a unit anew in the place of one that the vendor withdrew, and lets it appear.
func (r *run) tellMakeGood(u *unit) {
	if r.key != "warta" {
		return
	}
	on := workday(u.entered.AddDays(2))
	good := &unit{no: u.no, item: u.item, scheduled: workday(on.AddDays(10)), topic: u.topic + " (pengganti)"}
	good.published = good.scheduled
	good.entered = workday(good.published.AddDays(1))
	good.verified = workday(good.entered.AddDays(2))
	r.add(on, 9*60, "make good", func(ctx context.Context) (err error) {
		plan := placement.Plan{DeliverableID: r.agreement.Deliverables[u.item].ID, ScheduledOn: good.scheduled, Title: good.topic}
		plan.MakeGoodFor, plan.MakeGoodReason = uuid.NullUUID{UUID: u.placement.ID, Valid: true}, "Siaran pers ditarik; penyedia menayangkan penggantinya"
		good.placement, err = r.desk.placements.Create(ctx, r.staff, r.agency, plan)
		return err
	})
	r.add(good.entered, 9*60, "publish the make-good", func(ctx context.Context) error { return r.publish(ctx, good) })
	r.add(good.entered, 10*60, "prove the make-good", func(ctx context.Context) error { return r.prove(ctx, good, "-pengganti") })
	r.add(good.verified, 13*60, "verify the make-good", func(ctx context.Context) error {
		_, err := r.desk.placements.Verify(ctx, r.verifier, r.agency, good.placement.ID, nil)
		return err
	})
}
