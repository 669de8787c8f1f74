package vetting

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// desk is where rows are written and read.
type desk struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
}

func (d desk) writing(ctx context.Context, actor access.Actor, reason string, fn func(tx Store) (any, error)) error {
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return err
	}
	return d.write(ctx, actor.Does(ctx, access.RegistryWrite, reason), fn)
}

func (d desk) reading(ctx context.Context, actor access.Actor, fn func(tx Store) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return d.read(ctx, actor, fn)
}

// entry is a row on its way in: what was written, about what, by whom.
type entry[F any] struct {
	Row
	form  F
	about Subject
	actor access.Actor
}

// Subject is what a row is about, where it is about something.
type Subject struct{ Vendor, Outlet, Account uuid.UUID }

// Book is what people do with one kind of row: enter one, list them, look at one, void one.
type Book[F registry.Written[F], R interface{ Common() Row }] struct {
	desk
	rows func(Store) Rows[R]
	make func(ctx context.Context, tx Store, n entry[F]) (R, error)
}

// Enter writes a row. Faults: Forbidden, NotFound (what it is about), Invalid by field, duplicate.
func (b *Book[F, R]) Enter(ctx context.Context, actor access.Actor, about Subject, f F) (r R, err error) {
	f = f.Trimmed()
	err = b.writing(ctx, actor, "", func(tx Store) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		r, err = b.add(ctx, tx, actor, about, f)
		return r, err
	})
	return r, err
}

func (b *Book[F, R]) add(ctx context.Context, tx Store, actor access.Actor, about Subject, f F) (r R, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return r, err
	}
	n := entry[F]{Row: Row{ID: id, CreatedAt: tx.Now(), CreatedBy: actor.User, Version: 1}, form: f, about: about, actor: actor}
	if r, err = b.make(ctx, tx, n); err != nil {
		return r, err
	}
	if err := b.rows(tx).Add(ctx, r); err != nil {
		return r, err
	}
	return b.rows(tx).Find(ctx, id)
}

// List lists rows, voided ones too.
func (b *Book[F, R]) List(ctx context.Context, actor access.Actor, about Subject, q listing.Query) (p listing.Page[R], err error) {
	err = b.reading(ctx, actor, func(tx Store) error {
		for name, id := range map[string]uuid.UUID{"vendor_id": about.Vendor, "outlet_id": about.Outlet, "social_account_id": about.Account} {
			if id != uuid.Nil {
				q = q.Where(name, id.String())
			}
		}
		if err := about.there(ctx, tx); err != nil {
			return err
		}
		p, err = b.rows(tx).List(ctx, q)
		return err
	})
	return p, err
}

// there refuses a subject that is not in the registry.
func (s Subject) there(ctx context.Context, tx Store) (err error) {
	if s.Vendor != uuid.Nil {
		_, err = tx.Vendor(ctx, s.Vendor)
	}
	if s.Outlet != uuid.Nil && err == nil {
		_, err = tx.Outlet(ctx, s.Outlet)
	}
	if s.Account != uuid.Nil && err == nil {
		_, err = tx.SocialAccount(ctx, s.Account)
	}
	return err
}

// Row gives one row.
func (b *Book[F, R]) Row(ctx context.Context, actor access.Actor, id uuid.UUID) (r R, err error) {
	err = b.reading(ctx, actor, func(tx Store) error {
		r, err = b.rows(tx).Find(ctx, id)
		return err
	})
	return r, err
}

// Void takes a row out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (b *Book[F, R]) Void(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, reason string) (r R, err error) {
	reason = strings.TrimSpace(reason)
	err = b.writing(ctx, actor, reason, func(tx Store) (any, error) {
		if r, err = b.rows(tx).Find(ctx, id); err != nil {
			return nil, err
		}
		row := r.Common()
		if err := fault.Expect(expected, row.Version); err != nil {
			return nil, err
		}
		if !row.Holds() {
			return nil, fault.WrongState("voided", "void")
		}
		var wrong fault.Fields
		wrong.Text("/reason", reason, true, noteMax)
		if err := wrong.Err(); err != nil {
			return nil, err
		}
		row.VoidedBy, row.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, reason
		if err := b.rows(tx).Void(ctx, row); err != nil {
			return nil, err
		}
		r, err = b.rows(tx).Find(ctx, id)
		return r, err
	})
	return r, err
}

// Service is what people do in vetting: staff of any agency write, everybody may read.
type Service struct {
	desk
	Requirements *Book[RequirementForm, Requirement]
	Grades       *Book[GradeForm, Grade]
	ProductRules *Book[ProductRuleForm, ProductRule]
	Results      *Book[ResultForm, Result]
	Journalists  *Book[JournalistForm, Journalist]
	Blacklist    *Book[BlacklistForm, Blacklisting]
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Store], read access.Reader[Store]) *Service {
	d := desk{write, read}
	return &Service{
		desk: d,
		Requirements: &Book[RequirementForm, Requirement]{desk: d, rows: Store.Requirements, make: plainly(func(n entry[RequirementForm]) Requirement {
			return Requirement{n.Row, n.form}
		})},
		Grades: &Book[GradeForm, Grade]{desk: d, rows: Store.Grades, make: plainly(func(n entry[GradeForm]) Grade { return Grade{n.Row, n.form} })},
		ProductRules: &Book[ProductRuleForm, ProductRule]{desk: d, rows: Store.ProductRules, make: plainly(func(n entry[ProductRuleForm]) ProductRule {
			return ProductRule{n.Row, n.form}
		})},
		Results: &Book[ResultForm, Result]{desk: d, rows: Store.Results, make: newResult},
		Journalists: &Book[JournalistForm, Journalist]{desk: d, rows: Store.Journalists, make: func(ctx context.Context, tx Store, n entry[JournalistForm]) (Journalist, error) {
			return Journalist{n.Row, n.about.Outlet, n.form}, n.about.there(ctx, tx)
		}},
		Blacklist: &Book[BlacklistForm, Blacklisting]{desk: d, rows: Store.Blacklist, make: plainly(func(n entry[BlacklistForm]) Blacklisting {
			return Blacklisting{Row: n.Row, BlacklistForm: n.form}
		})},
	}
}

// plainly is the making of a row that is nothing but its form.
func plainly[F, R any](of func(entry[F]) R) func(context.Context, Store, entry[F]) (R, error) {
	return func(_ context.Context, _ Store, n entry[F]) (R, error) { return of(n), nil }
}

// newResult is a result about an outlet, an account or a whole vendor.
func newResult(ctx context.Context, tx Store, n entry[ResultForm]) (Result, error) {
	r := Result{Row: n.Row, ResultForm: n.form, VendorID: n.about.Vendor}
	kind := registry.OutletKind("")
	switch {
	case n.about.Outlet != uuid.Nil:
		o, err := tx.Outlet(ctx, n.about.Outlet)
		if err != nil {
			return r, err
		}
		kind, r.VendorID, r.OutletID = o.Kind, o.VendorID, uuid.NullUUID{UUID: o.ID, Valid: true}
	case n.about.Account != uuid.Nil:
		a, err := tx.SocialAccount(ctx, n.about.Account)
		if err != nil {
			return r, err
		}
		kind, r.VendorID, r.SocialAccountID = Influencer, a.VendorID, uuid.NullUUID{UUID: a.ID, Valid: true}
	}
	if _, err := tx.Vendor(ctx, r.VendorID); err != nil {
		return r, err
	}
	asked, err := tx.Requirements().Find(ctx, n.form.RequirementID)
	if fault.Is(err, "not_found") {
		return r, fault.Fields{{Pointer: "/requirement_id", Code: "not_found"}}.Err()
	}
	if err != nil {
		return r, err
	}
	return r, n.form.fits(asked, kind)
}
