package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
)

// addendum changes an agreement under way: more units of its first item, and another end. It is approved in the
// afternoon, or waits.
type addendum struct {
	on, end, why string
	more         int64
	waits        bool
}

// tellAddenda puts the amendments of the agreement on the agenda.
func (r *run) tellAddenda() {
	for i, d := range r.addenda {
		r.add(day(d.on), 10*60, "amend", func(ctx context.Context) error { return r.amend(ctx, i+1, d) })
		if !d.waits {
			r.approve(day(d.on), "approve the amendment")
		}
	}
}

func (r *run) amend(ctx context.Context, no int, d addendum) error {
	first := r.agreement.Deliverables[0]
	quantity := first.Quantity + d.more
	_, err := r.desk.agreements.Amend(ctx, r.staff, r.agency, r.agreement.ID, nil, agreement.Proposal{
		Number: r.paper("ADD", no), Date: day(d.on), Reason: d.why, EndDate: day(d.end),
		Deliverables: []agreement.Change{{ID: uuid.NullUUID{UUID: first.ID, Valid: true}, Quantity: &quantity}},
	})
	return err
}
