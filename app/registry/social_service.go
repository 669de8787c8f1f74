package registry

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
)

// SocialService is what people do with social accounts and the snapshots of their reach.
type SocialService struct{ desk desk[SocialStore] }

// NewSocialService makes the service over its storage.
func NewSocialService(write access.Transactor[SocialStore], read access.Reader[SocialStore]) *SocialService {
	return &SocialService{desk[SocialStore]{write, read}}
}

// Create registers a social account. Faults: Forbidden, Invalid by field (a vendor that is not there is not_found),
// duplicate (its handle on the platform).
func (s *SocialService) Create(ctx context.Context, actor access.Actor, f SocialForm) (a SocialAccount, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx SocialStore) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.SaveSocialAccount(ctx, SocialAccount{ID: id, SocialForm: f}); err != nil {
			return nil, err
		}
		a, err = tx.SocialAccount(ctx, id)
		return a, err
	})
	return a.For(actor), err
}

// Change rewrites what may be written of a social account; see Revise. Faults: NotFound, Forbidden, stale, Invalid by
// field, duplicate.
func (s *SocialService) Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(SocialForm) (SocialForm, error)) (a SocialAccount, err error) {
	err = s.desk.writing(ctx, actor, func(tx SocialStore) (any, error) {
		old, err := tx.SocialAccount(ctx, id)
		if err != nil {
			return nil, err
		}
		if old.SocialForm, err = Revise(expected, old.Version, old.SocialForm, change); err != nil {
			return nil, err
		}
		if err := tx.SaveSocialAccount(ctx, old); err != nil {
			return nil, err
		}
		a, err = tx.SocialAccount(ctx, id)
		return a, err
	})
	return a.For(actor), err
}

// AddSnapshot records an account's reach on a day. Faults: NotFound, Forbidden, Invalid by field (a file that was not
// sent is not_found), duplicate (a second one of the day).
func (s *SocialService) AddSnapshot(ctx context.Context, actor access.Actor, account uuid.UUID, f SnapshotForm) (n Snapshot, err error) {
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
		n = Snapshot{ID: id, SocialAccountID: account, SnapshotForm: f, CreatedAt: tx.Now(), CreatedBy: actor.User}
		return n, tx.AddSnapshot(ctx, n)
	})
	return n, err
}

// Account gives one social account.
func (s *SocialService) Account(ctx context.Context, actor access.Actor, id uuid.UUID) (a SocialAccount, err error) {
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		a, err = tx.SocialAccount(ctx, id)
		return err
	})
	return a.For(actor), err
}

// List lists social accounts. Who does not see a day of birth does not find or sort by it either.
func (s *SocialService) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[SocialAccount], err error) {
	if err := hidesBirth(actor, q); err != nil {
		return p, err
	}
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		p, err = tx.SocialAccounts(ctx, q)
		return err
	})
	for i, a := range p.Items {
		p.Items[i] = a.For(actor)
	}
	return p, err
}

// Snapshots lists the snapshots of an account, newest first.
func (s *SocialService) Snapshots(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (p listing.Page[Snapshot], err error) {
	err = s.desk.reading(ctx, actor, func(tx SocialStore) error {
		if _, err := tx.SocialAccount(ctx, account); err != nil {
			return err
		}
		p, err = tx.Snapshots(ctx, account, q)
		return err
	})
	return p, err
}

func hidesBirth(actor access.Actor, q listing.Query) error {
	const born = "creator_born_on"
	if seesNumbers(actor) {
		return nil
	}
	for name := range q.Filters {
		if strings.HasPrefix(name, born) {
			return listing.Refuse(name, "unknown_filter")
		}
	}
	for _, k := range q.Sort {
		if k.Field == born {
			return listing.Refuse("sort", "unknown_field")
		}
	}
	return nil
}
