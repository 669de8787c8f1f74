package portal

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/rule"
)

// Proves is the use case by which a file becomes evidence.
type Proves interface {
	Prepare(ctx context.Context, f placement.Proof, sent file.Sent) (placement.Prepared, error)
	RecordOf(ctx context.Context, tx placement.ProofStore, agency uuid.UUID, ready placement.Prepared) (placement.Proof, error)
}

// Desk is what a vendor on a visit sees and sends.
type Desk struct {
	write  access.Transactor[SendStore]
	read   access.Reader[SendStore]
	proofs Proves
	files  Files
	now    func() time.Time
	place  *time.Location
}

// NewDesk makes the service over its storage. now and place are the office's clock and calendar.
func NewDesk(write access.Transactor[SendStore], read access.Reader[SendStore], proofs Proves, files Files, now func() time.Time, place *time.Location) *Desk {
	return &Desk{write, read, proofs, files, now, place}
}

// Prove keeps a file as proof of a placement of the vendor's, and what he proposes about the publication for the office to
// confirm. The same form sent again gives the first submission. Faults: NotFound, wrong_state, Invalid by field, duplicate,
// TooMany, those of the files.
func (s *Desk) Prove(ctx context.Context, v Visitor, id uuid.UUID, f ProofForm, sent file.Sent) (out Submission, err error) {
	item, err := s.Item(ctx, v, id)
	if err != nil {
		return out, err
	}
	if err := f.Check(s.today()); err != nil {
		return out, err
	}
	if done, err := s.before(ctx, v, f.Once); err != nil || done.ID != uuid.Nil {
		return done, err
	}
	if !item.Open {
		return out, fault.WrongState(string(item.Status), "prove")
	}
	p := placement.Proof{PlacementID: id, Kind: f.Kind, Origin: placement.FromVendor, CreatedAt: s.now().UTC(), CreatedBy: v.Link}
	p.Source, p.Agent = access.ClientOf(ctx)
	ready, err := s.proofs.Prepare(ctx, p, sent)
	if err != nil {
		return out, err
	}
	return s.send(ctx, v, f.Once, func(tx SendStore, one Submission) (Submission, error) {
		own, err := tx.OwnItem(ctx, v.Vendor, id)
		if err != nil {
			return one, err
		}
		kept, err := s.proofs.RecordOf(ctx, tx, v.Agency, ready)
		if err != nil {
			return one, err
		}
		one.Kind, one.Status, one.AgreementID = Proof, Received, own.AgreementID
		one.PlacementID, one.ProofID = uuid.NullUUID{UUID: id, Valid: true}, uuid.NullUUID{UUID: kept.ID, Valid: true}
		one.SHA256, one.Size, one.Filename = kept.SHA256, kept.Size, kept.Filename
		if f.proposes() {
			one.Status, one.URL, one.PublishedOn = Waiting, strings.TrimSpace(f.URL), f.PublishedOn
		}
		return one, nil
	})
}

// Bill keeps the vendor's own invoice for the office to take in. The same form sent again gives the first submission.
// Faults as Prove.
func (s *Desk) Bill(ctx context.Context, v Visitor, f InvoiceForm, sent file.Sent) (out Submission, err error) {
	f.Bill = f.Trimmed()
	f.File = ""
	if err := s.read(ctx, v.Actor(), func(tx SendStore) error { return s.mayBill(ctx, tx, v, f) }); err != nil {
		return out, err
	}
	if done, err := s.before(ctx, v, f.Once); err != nil || done.ID != uuid.Nil {
		return done, err
	}
	sent.Purpose = file.Paper
	kept, err := s.files.Receive(ctx, sent)
	if err != nil {
		return out, err
	}
	return s.send(ctx, v, f.Once, func(tx SendStore, one Submission) (Submission, error) {
		if err := s.mayBill(ctx, tx, v, f); err != nil {
			return one, err
		}
		if err := tx.SaveFile(ctx, kept); err != nil {
			return one, err
		}
		one.Kind, one.Status, one.AgreementID = Invoice, Waiting, f.AgreementID
		one.Number, one.Date, one.Amount, one.TaxInvoiceNumber, one.PlacementIDs = f.Number, f.Date, f.Amount, f.TaxInvoiceNumber, f.PlacementIDs
		one.SHA256, one.Size, one.Filename = kept.SHA256, kept.Size, kept.Filename
		return one, nil
	})
}

// mayBill asks whether the invoice is over the vendor's own accepted placements, unless the same form was sent before.
func (s *Desk) mayBill(ctx context.Context, tx SendStore, v Visitor, f InvoiceForm) error {
	if _, err := tx.OwnOrder(ctx, v.Vendor, f.AgreementID); err != nil {
		return err
	}
	if err := f.Check(); err != nil {
		return err
	}
	if f.Date.After(s.today()) {
		var wrong fault.Fields
		wrong.AddWith("/date", "in_future", fault.Args{"today": s.today()})
		return wrong.Err()
	}
	if _, err := tx.VendorSentOnce(ctx, v.Vendor, f.Once); err == nil {
		return nil
	}
	found, err := tx.OwnToBill(ctx, v.Vendor, f.AgreementID)
	if err != nil {
		return err
	}
	return f.over(found)
}

// before gives what the same form made already, and refuses early what is too much for a day.
func (s *Desk) before(ctx context.Context, v Visitor, once uuid.UUID) (out Submission, err error) {
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		if out, err = tx.VendorSentOnce(ctx, v.Vendor, once); err == nil || fault.From(err).Kind != fault.NotFound {
			return err
		}
		return s.room(ctx, tx, v, 1, 0)
	})
	return out, err
}

// send records a submission, one at a time for each link, or gives the one that the same form made.
func (s *Desk) send(ctx context.Context, v Visitor, once uuid.UUID, fill func(SendStore, Submission) (Submission, error)) (out Submission, err error) {
	err = s.write(ctx, v.Actor().Does(ctx, access.VendorLinkSend, ""), func(tx SendStore) (any, error) {
		now := s.now().UTC()
		if err := tx.HoldVendorLink(ctx, v.Vendor, now); err != nil {
			if fault.From(err).Kind == fault.NotFound {
				err = gone()
			}
			return nil, err
		}
		if out, err = tx.VendorSentOnce(ctx, v.Vendor, once); err == nil || fault.From(err).Kind != fault.NotFound {
			return out, err
		}
		out = Submission{AgencyID: v.Agency, LinkID: v.Link, VisitID: v.Visit, VendorID: v.Vendor.Vendor, Once: once, PlacementIDs: placement.People{}, CreatedAt: now, Version: 1}
		if out.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		if out, err = fill(tx, out); err != nil {
			return nil, err
		}
		if err := s.room(ctx, tx, v, 1, out.Size); err != nil {
			return nil, err
		}
		return out, tx.AddVendorSubmission(ctx, out)
	})
	return out, err
}

// room is TooMany when so much more than was sent through the link today is over what it may carry in a day.
func (s *Desk) room(ctx context.Context, tx SendStore, v Visitor, more, bytes int64) error {
	set, err := tx.RulesOf(ctx, v.Agency)
	if err != nil {
		return err
	}
	day := s.now().In(s.place)
	begin := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, s.place)
	n, size, err := tx.VendorSent(ctx, v.Link, begin)
	if err != nil {
		return err
	}
	if most := set.On(rule.VendorLinkUploads, s.today()).Figure; n+more > most {
		return fault.With(fault.TooMany, "vendor_link_full", fault.Args{"max": most})
	}
	if size+bytes > bytesADay {
		return fault.With(fault.TooMany, "vendor_link_heavy", fault.Args{"max": int64(bytesADay)})
	}
	return nil
}

func (s *Desk) today() period.Date { return period.DateOf(s.now(), s.place) }
