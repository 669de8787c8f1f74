package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/money"
	"tayang/app/period"
)

// tellMatrix sets who approves what: the council secretariat's larger agreements need its head after the commitment
// officer, as do influencer agreements of the communication office from a thousand million on. All else is the commitment
// officer's alone.
func (s *story) tellMatrix(ctx context.Context, d *desk) error {
	admin := s.people["admin@contoh.go.id"]
	at := s.store.At(d.clock.now)
	matrix := approval.NewService(within[approval.Store](at), reading[approval.Store](at))
	for _, row := range []struct {
		agency string
		kind   approval.Kind
		from   money.Amount
		basis  string
	}{
		{Setwan, approval.Any, 50_000_001, "Keputusan Sekretaris DPRD Nomor 188/03/SETWAN/2026"},
		{Kominfo, approval.Influencer, 1_000_000_000, "Keputusan Kepala Dinas Nomor 188/05/DISKOMINFO/2026"},
	} {
		agency := s.crews[row.agency].head.Grants[0].Agency
		if _, err := matrix.Set(ctx, admin, approval.Form{
			AgencyID: uuid.NullUUID{UUID: agency, Valid: true}, Kind: row.kind, GrossFrom: row.from, Steps: approval.Steps{access.PPK, access.Head},
			ValidFrom: day("01-01"), Basis: row.basis,
		}); err != nil {
			return err
		}
	}
	return nil
}

// approve is the decision of the commitment officer, or of who stands in for him, in the afternoon, and of the head after
// him where the matrix wants that.
func (r *run) approve(on period.Date, what string) {
	r.add(on, 13*60, what, func(ctx context.Context) error { return r.move(r.standIn(on), agreement.Approve)(ctx) })
	r.add(on, 15*60, what+" as its head", func(ctx context.Context) error {
		a, err := r.desk.agreements.Get(ctx, r.staff, r.agency, r.agreement.ID)
		if err != nil || a.Awaiting != access.Head {
			return err
		}
		return r.move(r.head, agreement.Approve)(ctx)
	})
}

// sendBack returns the agreement, with what is to be mended beside the price of its first item and its end.
func (r *run) sendBack(ctx context.Context) error {
	_, err := r.desk.agreements.Move(ctx, r.ppk, r.agency, r.agreement.ID, agreement.MoveCommand{
		Verb: agreement.Return, Reason: r.why, Remarks: []agreement.Correction{
			{Pointer: "/deliverables/0/unit_price", Text: "Negosiasikan sampai standar harga satuan, lalu lampirkan berita acaranya"},
			{Pointer: "/deliverables/0/quantity", Text: "Sesuaikan dengan jadwal yang disepakati studio"},
		},
	})
	return err
}
