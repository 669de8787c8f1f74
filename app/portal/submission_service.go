package portal

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/registry"
)

// Enters is the use case that a proposal about a placement becomes part of.
type Enters interface {
	EnterWithin(ctx context.Context, tx placement.Store, actor access.Actor, agency string, id uuid.UUID, change func(placement.Entry) (placement.Entry, error)) (placement.Placement, error)
}

// Bills is the use case that an invoice becomes part of.
type Bills interface {
	CreateWithin(ctx context.Context, tx payment.InvoiceStore, actor access.Actor, agency string, b payment.Bill) (payment.Invoice, error)
}

// Submissions is what the office does with what vendors sent.
type Submissions struct {
	write      access.Transactor[DecisionStore]
	read       access.Reader[Lists]
	placements Enters
	invoices   Bills
	now        func() time.Time
}

// NewSubmissions makes the service over its storage and the use cases by which it takes in.
func NewSubmissions(write access.Transactor[DecisionStore], read access.Reader[Lists], placements Enters, invoices Bills, now func() time.Time) *Submissions {
	return &Submissions{write, read, placements, invoices, now}
}

// Accept takes a submission in: an invoice is entered with the vendor's own file, what a proof proposes is written to its
// placement; whoever takes in is its author then. Faults: Forbidden, stale, wrong_state, and those of the use case that enters it.
func (s *Submissions) Accept(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (Submission, error) {
	return s.decide(ctx, actor, agency, id, expected, Accepted, "", func(tx DecisionStore, one Submission) (Submission, error) {
		if one.Kind == Proof {
			_, err := s.placements.EnterWithin(ctx, tx, actor, agency, one.PlacementID.UUID, one.confirmed)
			return one, err
		}
		i, err := s.invoices.CreateWithin(ctx, tx, actor, agency, one.bill())
		one.InvoiceID = uuid.NullUUID{UUID: i.ID, Valid: true}
		return one, err
	})
}

// Return gives a submission back with a remark that the vendor reads. A proof's file stays evidence. Faults: Forbidden,
// stale, wrong_state, Invalid by field.
func (s *Submissions) Return(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Submission, error) {
	reason = strings.TrimSpace(reason)
	return s.decide(ctx, actor, agency, id, expected, Returned, reason, func(_ DecisionStore, one Submission) (Submission, error) {
		var wrong fault.Fields
		wrong.Text("/reason", reason, true, reasonMax)
		return one, wrong.Err()
	})
}

func (s *Submissions) decide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, to Status, reason string,
	enter func(DecisionStore, Submission) (Submission, error),
) (out Submission, err error) {
	right := access.InvoiceWrite
	if before, err := s.Get(ctx, actor, agency, id); err == nil {
		right = before.right()
	}
	err = s.write(ctx, actor.Does(ctx, right, reason), func(tx DecisionStore) (any, error) {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return nil, err
		}
		one, err := tx.HoldVendorSubmission(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := actor.Can(one.right(), ag.ID); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, one.Version); err != nil {
			return nil, err
		}
		if out, err = one.decide(to, actor.User, s.now().UTC(), reason); err != nil {
			return nil, err
		}
		if out, err = enter(tx, out); err != nil {
			return nil, err
		}
		if err := tx.DecideVendorSubmission(ctx, out); err != nil {
			return nil, err
		}
		out.Version++
		return out, nil
	})
	return out, err
}

// Get gives one submission.
func (s *Submissions) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (one Submission, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		one, err = tx.VendorSubmission(ctx, agency, id)
		return err
	})
	return one, err
}

// List lists what vendors sent, newest first.
func (s *Submissions) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Submission], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.VendorSubmissions(ctx, agency, q)
		return err
	})
	return page, err
}
