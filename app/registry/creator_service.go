package registry

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
)

// Prove records a proof that an account is its vendor's; it counts once another person has seen it. Faults: NotFound,
// Forbidden, Invalid by field (a file that was not sent is not_found), duplicate (the same file again).
func (s *SocialService) Prove(ctx context.Context, actor access.Actor, account uuid.UUID, f OwnershipForm) (o Ownership, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx SocialStore) (any, error) {
		a, err := tx.SocialAccount(ctx, account)
		if err != nil {
			return nil, err
		}
		if err := f.Check(tx.Now()); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		o = Ownership{ID: id, SocialAccountID: account, VendorID: a.VendorID, Handle: a.Handle, OwnershipForm: f, CreatedAt: tx.Now(), CreatedBy: actor.User}
		if err := tx.AddOwnership(ctx, o); err != nil {
			return nil, err
		}
		o, err = tx.Ownership(ctx, account, id)
		return o, err
	})
	return o, err
}

// Judge verifies or rejects a proof of ownership. Faults: NotFound, Forbidden (also segregation_of_duties), stale,
// wrong_state, Invalid by field.
func (s *SocialService) Judge(ctx context.Context, actor access.Actor, account, id uuid.UUID, v OwnershipVerdict) (o Ownership, err error) {
	v.Reason = strings.TrimSpace(v.Reason)
	if err := actor.Can(access.AccountVerify, uuid.Nil); err != nil {
		return o, err
	}
	if err := v.check(); err != nil {
		return o, err
	}
	err = s.desk.write(ctx, actor.Does(ctx, access.AccountVerify, v.Reason), func(tx SocialStore) (any, error) {
		if o, err = tx.Ownership(ctx, account, id); err != nil {
			return nil, err
		}
		if o, err = o.decided(actor, v); err != nil {
			return nil, err
		}
		if err := tx.DecideOwnership(ctx, o); err != nil {
			return nil, err
		}
		o, err = tx.Ownership(ctx, account, id)
		return o, err
	})
	return o, err
}

// Ownerships lists the proofs of an account's ownership, newest first.
func (s *SocialService) Ownerships(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (p listing.Page[Ownership], err error) {
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		if _, err := tx.SocialAccount(ctx, account); err != nil {
			return err
		}
		p, err = tx.Ownerships(ctx, account, q)
		return err
	})
	return p, err
}

// Ownership gives one proof.
func (s *SocialService) Ownership(ctx context.Context, actor access.Actor, account, id uuid.UUID) (o Ownership, err error) {
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		o, err = tx.Ownership(ctx, account, id)
		return err
	})
	return o, err
}

// Declare records a statement of the person behind an account. Faults: NotFound, Forbidden, Invalid by field (a file that
// was not sent is not_found).
func (s *SocialService) Declare(ctx context.Context, actor access.Actor, account uuid.UUID, f StatementForm) (n Statement, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx SocialStore) (any, error) {
		if _, err := tx.SocialAccount(ctx, account); err != nil {
			return nil, err
		}
		if err := f.Check(tx.Now()); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		n = Statement{ID: id, SocialAccountID: account, StatementForm: f, CreatedAt: tx.Now(), CreatedBy: actor.User}
		return n, tx.AddStatement(ctx, n)
	})
	return n, err
}

// Statements lists what was declared about the person behind an account, newest first.
func (s *SocialService) Statements(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (p listing.Page[Statement], err error) {
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		if _, err := tx.SocialAccount(ctx, account); err != nil {
			return err
		}
		p, err = tx.Statements(ctx, account, q)
		return err
	})
	return p, err
}
