package sample

import (
	"bytes"
	"context"
	"fmt"

	"github.com/google/uuid"

	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/portal"
)

// tellPortal has the communication office give the vendor of what was accepted last a link, through which he sends his
// invoice; it waits. Nobody knows the link's address any more.
func (s *story) tellPortal(d *desk) {
	s.agenda.add(s.at(day(lastDay), 17*60), d, "send an invoice through a link", func(ctx context.Context) error {
		accepted, err := s.lastAccepted(ctx, d)
		if err != nil || len(accepted) == 0 {
			return err
		}
		store := s.store.At(d.clock.now)
		staff, first := s.crews[Kominfo].staff, accepted[0]
		links := portal.NewLinks(within[portal.LinkStore](store), reading[portal.Lists](store), "", d.clock.now, s.place)
		door := portal.NewDoor(within[portal.VisitStore](store), reading[portal.Doors](store), d.clock.now)
		table := portal.NewDesk(within[portal.SendStore](store), reading[portal.SendStore](store), d.proofs, d.files, d.clock.now, s.place)
		made, err := links.Create(ctx, staff, Kominfo, portal.LinkForm{VendorID: first.VendorID, Purpose: "Bukti dan tagihan triwulan IV", Email: "keuangan@penyedia.example"})
		if err != nil {
			return err
		}
		opened, err := door.Open(ctx, made.URL[len("/v/"):], "")
		if err != nil {
			return err
		}
		v, err := door.Visitor(ctx, opened.Secret, "")
		if err != nil {
			return err
		}
		bill := portal.InvoiceForm{Once: uuid.New(), Bill: payment.Bill{AgreementID: first.AgreementID, Number: "TAUTAN/1/XI/2026", Date: day(lastDay)}}
		for _, p := range accepted {
			bill.Amount += p.Gross
			bill.PlacementIDs = append(bill.PlacementIDs, p.ID)
		}
		content := document("TAGIHAN "+bill.Number, first.VendorName, first.AgreementNumber, fmt.Sprintf("Rp%d", bill.Amount))
		_, err = table.Bill(ctx, v, bill, file.Sent{Name: "tagihan.pdf", DeclaredType: "application/pdf", Content: bytes.NewReader(content)})
		return err
	})
}

// lastAccepted are the accepted placements of one agreement that are in no invoice.
func (s *story) lastAccepted(ctx context.Context, d *desk) (out []placement.Placement, err error) {
	q := listing.Query{Limit: listing.LimitMax, Sort: []listing.Key{{Field: "agreement_number"}, {Field: "scheduled_on"}, {Field: "title"}}}.Where("status", string(placement.Accepted))
	page, err := d.placements.List(ctx, s.crews[Kominfo].staff, Kominfo, q)
	for _, p := range page.Items {
		if p.AgreementID == page.Items[0].AgreementID {
			out = append(out, p)
		}
	}
	return out, err
}
