package portal

import (
	"context"

	"github.com/google/uuid"
)

// Overview gives the vendor's agreements and what he sent last.
func (s *Desk) Overview(ctx context.Context, v Visitor) (o Overview, err error) {
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		if o.Orders, err = tx.OwnOrders(ctx, v.Vendor, ordersMax); err != nil {
			return err
		}
		o.Sent, err = tx.OwnSubmissions(ctx, v.Vendor, uuid.NullUUID{}, sentMax)
		return err
	})
	return o, err
}

// Affair gives everything about one agreement of the vendor; page counts from 0. NotFound when it is not his, or not his
// link's.
func (s *Desk) Affair(ctx context.Context, v Visitor, id uuid.UUID, page int) (a Affair, err error) {
	page = min(max(page, 0), 1000)
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		if a.Order, err = tx.OwnOrder(ctx, v.Vendor, id); err != nil {
			return err
		}
		if a.Items, err = tx.OwnItems(ctx, v.Vendor, id, PageSize+1, page*PageSize); err != nil {
			return err
		}
		if a.Page = page; len(a.Items) > PageSize {
			a.Items, a.More = a.Items[:PageSize], true
		}
		if a.Handovers, err = tx.OwnHandovers(ctx, v.Vendor, id, papersMax); err != nil {
			return err
		}
		if a.Claims, err = tx.OwnClaims(ctx, v.Vendor, id, papersMax); err != nil {
			return err
		}
		if a.Payouts, err = tx.OwnPayouts(ctx, v.Vendor, id, papersMax); err != nil {
			return err
		}
		a.Sent, err = tx.OwnSubmissions(ctx, v.Vendor, uuid.NullUUID{UUID: id, Valid: true}, sentMax)
		return err
	})
	return a, err
}

// Item gives one placement of the vendor. NotFound when it is not his, or not his link's.
func (s *Desk) Item(ctx context.Context, v Visitor, id uuid.UUID) (p Item, err error) {
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		p, err = tx.OwnItem(ctx, v.Vendor, id)
		return err
	})
	return p, err
}

// ToBill gives an agreement and its placements that an invoice may be sent over. NotFound as Affair.
func (s *Desk) ToBill(ctx context.Context, v Visitor, id uuid.UUID) (o Order, items []Item, err error) {
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		if o, err = tx.OwnOrder(ctx, v.Vendor, id); err != nil {
			return err
		}
		items, err = tx.OwnToBill(ctx, v.Vendor, id)
		return err
	})
	return o, items, err
}

// Receipt gives what the vendor sent. NotFound when it is not his, or not his link's.
func (s *Desk) Receipt(ctx context.Context, v Visitor, id uuid.UUID) (one Submission, err error) {
	err = s.read(ctx, v.Actor(), func(tx SendStore) error {
		one, err = tx.OwnSubmission(ctx, v.Vendor, id)
		return err
	})
	return one, err
}
