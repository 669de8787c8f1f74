package portal

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Links is what the office does with links.
type Links struct {
	write access.Transactor[LinkStore]
	read  access.Reader[Lists]
	base  string
	now   func() time.Time
	place *time.Location
}

// NewLinks makes the service over its storage. base is the program's public address; now and place are the office's clock
// and calendar.
func NewLinks(write access.Transactor[LinkStore], read access.Reader[Lists], base string, now func() time.Time, place *time.Location) *Links {
	return &Links{write, read, strings.TrimSuffix(base, "/"), now, place}
}

// Create makes a link and tells its address, once. Faults: Forbidden, Invalid by field, also when the agreement is another
// vendor's.
func (s *Links) Create(ctx context.Context, actor access.Actor, agency string, f LinkForm) (out Issued, err error) {
	f = f.trimmed()
	err = s.write(ctx, actor.Does(ctx, access.VendorLinkWrite, f.Purpose), func(tx LinkStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.VendorLinkWrite, agency)
		if err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		out, err = s.issue(ctx, tx, ag, actor, f)
		return out, err
	})
	return out, err
}

func (s *Links) issue(ctx context.Context, tx LinkStore, ag registry.Agency, actor access.Actor, f LinkForm) (out Issued, err error) {
	if f.AgreementID.Valid {
		a, err := tx.AgreementNamed(ctx, ag.ID, f.AgreementID.UUID)
		if err != nil {
			return out, err
		}
		if a.VendorID != f.VendorID {
			var wrong fault.Fields
			wrong.Add("/agreement_id", "other_vendor")
			return out, wrong.Err()
		}
	}
	set, err := tx.RulesOf(ctx, ag.ID)
	if err != nil {
		return out, err
	}
	now := s.now().UTC()
	id, err := uuid.NewV7()
	if err != nil {
		return out, err
	}
	secret, err := access.NewSecret(actor.Government, id)
	if err != nil {
		return out, err
	}
	l := Link{
		ID: id, AgencyID: ag.ID, VendorID: f.VendorID, AgreementID: f.AgreementID, Purpose: f.Purpose, Email: f.Email, Status: Live,
		ExpiresAt: now.Add(f.days(set.On(rule.VendorLinkDays, period.DateOf(now, s.place)))), CreatedAt: now, CreatedBy: actor.User, Version: 1,
	}
	if err := tx.AddVendorLink(ctx, l, secret.Hash()); err != nil {
		return out, err
	}
	out.Link, err = tx.VendorLink(ctx, ag.ID, id)
	out.URL = s.base + "/v/" + secret.String()
	return out, err
}

// Revoke takes a link back: whoever is on a visit through it is out. Faults: Forbidden, stale, wrong_state, Invalid by field.
func (s *Links) Revoke(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (l Link, err error) {
	err = s.write(ctx, actor.Does(ctx, access.VendorLinkWrite, strings.TrimSpace(reason)), func(tx LinkStore) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.VendorLinkWrite, agency)
		if err != nil {
			return nil, err
		}
		old, err := tx.VendorLink(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if l, err = old.Revoke(actor.User, s.now().UTC(), reason); err != nil {
			return nil, err
		}
		if err := tx.RevokeVendorLink(ctx, l); err != nil {
			return nil, err
		}
		l.Version++
		return l, nil
	})
	return l, err
}

// Get gives one link, without its address.
func (s *Links) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (l Link, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		l, err = tx.VendorLink(ctx, agency, id)
		return err
	})
	return l, err
}

// List lists links, newest first.
func (s *Links) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Link], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.VendorLinks(ctx, agency, q)
		return err
	})
	return page, err
}

// reading runs fn for somebody who may read the agency's affairs.
func reading(ctx context.Context, read access.Reader[Lists], actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
