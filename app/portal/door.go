package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

// Door lets vendors in and out.
type Door struct {
	write access.Transactor[VisitStore]
	find  access.Reader[Doors]
	now   func() time.Time
	wrong access.Guesses
}

// NewDoor makes the door over its storage and the office's clock.
func NewDoor(write access.Transactor[VisitStore], find access.Reader[Doors], now func() time.Time) *Door {
	return &Door{write: write, find: find, now: now}
}

// Opened is a visit that begins: the secret that its cookie holds, and when it ends.
type Opened struct {
	Secret string
	Ends   time.Time
}

// gone is the one answer to every secret that opens nothing: one that never was, that expired or was taken back.
func gone() error { return fault.New(fault.NotFound, "vendor_link_gone") }

// Try says whether the address of a link opens anything; nothing is recorded, for programs that look at mail follow
// addresses too. Faults: NotFound vendor_link_gone, TooMany.
func (d *Door) Try(ctx context.Context, address, from string) error {
	_, err := d.match(ctx, address, from, Doors.LinkDoor)
	return err
}

// Open begins a visit through a link. Faults as Try.
func (d *Door) Open(ctx context.Context, address, from string) (out Opened, err error) {
	v, err := d.match(ctx, address, from, Doors.LinkDoor)
	if err != nil {
		return out, err
	}
	now := d.now().UTC()
	id, err := uuid.NewV7()
	if err != nil {
		return out, err
	}
	secret, err := access.NewSecret(v.Government, id)
	if err != nil {
		return out, err
	}
	visit := Visit{ID: id, AgencyID: v.Agency, LinkID: v.Link, Hash: secret.Hash(), OpenedAt: now, Ends: now.Add(visitHours * time.Hour)}
	if visit.Ends.After(v.LinkEnds) {
		visit.Ends = v.LinkEnds
	}
	visit.Source, visit.Agent = access.ClientOf(ctx)
	err = d.write(ctx, v.Actor().Does(ctx, access.VendorLinkOpen, ""), func(tx VisitStore) (any, error) {
		return nil, tx.AddVisit(ctx, visit)
	})
	return Opened{secret.String(), visit.Ends}, err
}

// Visitor finds who is on the visit of a cookie, and signs nothing that the link does not open any more. Faults as Try.
func (d *Door) Visitor(ctx context.Context, cookie, from string) (Visitor, error) {
	return d.match(ctx, cookie, from, Doors.VisitDoor)
}

// Leave ends the visit.
func (d *Door) Leave(ctx context.Context, v Visitor) error {
	return d.write(ctx, v.Actor().Does(ctx, access.VendorLinkLeave, ""), func(tx VisitStore) (any, error) {
		return nil, tx.EndVisit(ctx, v.Visit, d.now().UTC())
	})
}

// match finds what the secret opens; every guess that opens nothing counts against the place that it came from and the link
// that it was for.
func (d *Door) match(ctx context.Context, text, from string, find func(Doors, context.Context, uuid.UUID, time.Time) (Keyed, error)) (Visitor, error) {
	now := d.now()
	secret, ok := access.ParseSecret(text)
	government, id := secret.Of()
	who := from + " " + id.String() // not the place alone: behind a proxy all come from one
	if err := d.wrong.Allow(who, now); err != nil {
		return Visitor{}, err
	}
	var k Keyed
	err := gone()
	if ok {
		err = d.find(ctx, access.Actor{Government: government}, func(tx Doors) error {
			k, err = find(tx, ctx, id, now)
			return err
		})
	}
	if err != nil && fault.From(err).Kind != fault.NotFound {
		return Visitor{}, err
	}
	if err != nil || !secret.Opens(k.Hash) {
		d.wrong.Wrong(who, now)
		return Visitor{}, gone()
	}
	k.Government, k.Secret = government, secret
	return k.Visitor, nil
}
