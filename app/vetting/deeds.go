package vetting

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// Verify makes a result count: the actor has seen its evidence and did not enter it. Faults: NotFound, Forbidden,
// segregation_of_duties, stale, wrong_state.
func (s *Service) Verify(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64) (r Result, err error) {
	if err := actor.Can(access.VettingVerify, uuid.Nil); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.VettingVerify, ""), func(tx Store) (any, error) {
		if r, err = tx.Results().Find(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, r.Version); err != nil {
			return nil, err
		}
		next, err := r.Verified(actor)
		if err != nil {
			return nil, err
		}
		if err := tx.VerifyResult(ctx, next); err != nil {
			return nil, err
		}
		r, err = tx.Results().Find(ctx, id)
		return r, err
	})
	return r, err
}

// Lift ends a blacklisting. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Lift(ctx context.Context, actor access.Actor, id uuid.UUID, cmd LiftCommand) (b Blacklisting, err error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	err = s.writing(ctx, actor, cmd.Reason, func(tx Store) (any, error) {
		if b, err = tx.Blacklist().Find(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, b.Version); err != nil {
			return nil, err
		}
		next, err := b.Lifted(actor, cmd)
		if err != nil {
			return nil, err
		}
		if err := tx.LiftBlacklisting(ctx, next); err != nil {
			return nil, err
		}
		b, err = tx.Blacklist().Find(ctx, id)
		return b, err
	})
	return b, err
}

// CopyCommand carries the checklist of one year into another, under the regulation of the new year.
type CopyCommand struct {
	FromYear int    `json:"from_year"`
	ToYear   int    `json:"to_year"`
	Basis    string `json:"basis"`
}

func (c CopyCommand) check() error {
	var wrong fault.Fields
	const first, last = 2000, 2200
	wrong.Within("/from_year", int64(c.FromYear), first, last)
	wrong.Within("/to_year", int64(c.ToYear), first, last)
	if c.FromYear == c.ToYear {
		wrong.Add("/to_year", "same_year")
	}
	wrong.Text("/basis", c.Basis, true, basisMax)
	return wrong.Err()
}

// Copied is what a year was given.
type Copied struct {
	Requirements []Requirement `json:"requirements"`
	Grades       []Grade       `json:"grades"`
}

// Copy gives a year the requirements and grades of another, but those that it has already. Faults: Forbidden, Invalid by
// field; nothing_to_copy when there is none.
func (s *Service) Copy(ctx context.Context, actor access.Actor, cmd CopyCommand) (out Copied, err error) {
	cmd.Basis = strings.TrimSpace(cmd.Basis)
	err = s.writing(ctx, actor, cmd.Basis, func(tx Store) (any, error) {
		out = Copied{Requirements: []Requirement{}, Grades: []Grade{}}
		if err := cmd.check(); err != nil {
			return nil, err
		}
		from, err := tx.Known(ctx, cmd.FromYear)
		if err != nil {
			return nil, err
		}
		to, err := tx.Known(ctx, cmd.ToYear)
		if err != nil {
			return nil, err
		}
		for _, f := range cmd.requirements(from, to) {
			r, err := s.Requirements.add(ctx, tx, actor, Subject{}, f)
			if err != nil {
				return nil, err
			}
			out.Requirements = append(out.Requirements, r)
		}
		for _, f := range cmd.grades(from, to) {
			g, err := s.Grades.add(ctx, tx, actor, Subject{}, f)
			if err != nil {
				return nil, err
			}
			out.Grades = append(out.Grades, g)
		}
		if len(out.Requirements)+len(out.Grades) == 0 {
			return nil, fault.With(fault.Conflict, "nothing_to_copy", fault.Args{"year": cmd.FromYear})
		}
		return out, nil
	})
	return out, err
}

// requirements are those of the old year that the new one lacks.
func (c CopyCommand) requirements(from, to Known) (out []RequirementForm) {
	type key struct {
		kind registry.OutletKind
		code string
	}
	there := map[key]bool{}
	for _, r := range to.Requirements {
		there[key{r.OutletKind, r.Code}] = true
	}
	for _, r := range from.Requirements {
		if f := r.RequirementForm; !there[key{f.OutletKind, f.Code}] {
			f.FiscalYear, f.Basis = c.ToYear, c.Basis
			out = append(out, f)
		}
	}
	return out
}

// grades are the last bounds of the old year that the new one lacks, from its first day on.
func (c CopyCommand) grades(from, to Known) (out []GradeForm) {
	type key struct {
		kind  registry.OutletKind
		grade string
	}
	there, last := map[key]bool{}, map[key]int{}
	for _, g := range to.Grades {
		there[key{g.OutletKind, g.Grade}] = true
	}
	for _, g := range from.Grades {
		k := key{g.OutletKind, g.Grade}
		f := g.GradeForm
		f.FiscalYear, f.Basis = c.ToYear, c.Basis
		if i, seen := last[k]; seen && out[i].ValidFrom.Before(g.ValidFrom) {
			out[i] = f
		} else if !seen && !there[k] {
			last[k] = len(out)
			out = append(out, f)
		}
	}
	for i := range out {
		out[i].ValidFrom = period.Date{}
		out[i] = out[i].Trimmed()
	}
	return out
}

// Standing gives how an outlet or a social account stands on a day; without one, today. Fault: NotFound.
func (s *Service) Standing(ctx context.Context, actor access.Actor, about Subject, on period.Date) (out Standing, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		on, err := dayOr(ctx, tx, on)
		if err != nil {
			return err
		}
		if about.Outlet != uuid.Nil {
			o, err := tx.Outlet(ctx, about.Outlet)
			if err != nil {
				return err
			}
			about.Vendor = o.VendorID
		} else {
			a, err := tx.SocialAccount(ctx, about.Account)
			if err != nil {
				return err
			}
			about.Vendor = a.VendorID
		}
		k, err := tx.Known(ctx, on.Year(), about.Vendor)
		if err != nil {
			return err
		}
		if about.Outlet != uuid.Nil {
			out, _ = k.Outlet(about.Outlet, on)
		} else {
			out, _ = k.Account(about.Account, on)
		}
		return nil
	})
	return out, err
}

func dayOr(ctx context.Context, tx Store, on period.Date) (period.Date, error) {
	if on.IsZero() {
		return tx.Today(ctx)
	}
	return on, nil
}

// VendorStanding is how a vendor stands on a day, with all that is his.
type VendorStanding struct {
	On       period.Date    `json:"on"`
	VendorID uuid.UUID      `json:"vendor_id"`
	Channels []Standing     `json:"channels"`
	Barred   []Blacklisting `json:"barred" doc:"blacklistings that hold on the day"`
	Shared   []Shared       `json:"shared" doc:"other vendors with the same account, phone, address, NPWP or director"`
	OwnName  bool           `json:"account_owner_agrees" doc:"the bank account's owner is the vendor, or there is no account"`
}

// Vendor gives how a vendor stands on a day; without one, today. Fault: NotFound.
func (s *Service) Vendor(ctx context.Context, actor access.Actor, id uuid.UUID, on period.Date) (out VendorStanding, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		on, err := dayOr(ctx, tx, on)
		if err != nil {
			return err
		}
		v, err := tx.Vendor(ctx, id)
		if err != nil {
			return err
		}
		k, err := tx.Known(ctx, on.Year(), id)
		if err != nil {
			return err
		}
		all, err := tx.Compared(ctx)
		out = VendorStanding{On: on, VendorID: id, Channels: k.All(on), Barred: k.Barred(id, on), Shared: SharedWith(v, all), OwnName: OwnAccount(v)}
		return err
	})
	return out, err
}

// OwnAccount reports whether a vendor's bank account is in his own name; true when he has none.
func OwnAccount(v registry.Vendor) bool {
	return v.Bank.AccountOwner == "" || SameName(v.Bank.AccountOwner, v.LegalName)
}

// Pairs lists every two vendors that share something, as the actor may see them; with a vendor, only his.
func (s *Service) Pairs(ctx context.Context, actor access.Actor, vendor uuid.UUID) (out []Pair, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		if vendor != uuid.Nil {
			if _, err := tx.Vendor(ctx, vendor); err != nil {
				return err
			}
		}
		all, err := tx.Compared(ctx)
		if err != nil {
			return err
		}
		out = []Pair{}
		for _, p := range Pairs(all) {
			if vendor == uuid.Nil || p.A.ID == vendor || p.B.ID == vendor {
				p.A, p.B = p.A.For(actor), p.B.For(actor)
				out = append(out, p)
			}
		}
		return nil
	})
	return out, err
}

// Year gives the requirements and grades of a fiscal year, none of them void, and the product rules.
func (s *Service) Year(ctx context.Context, actor access.Actor, year int) (k Known, rules []ProductRule, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		if k, err = tx.Known(ctx, year); err != nil {
			return err
		}
		page, err := tx.ProductRules().List(ctx, listing.All())
		rules = page.Items
		return err
	})
	return k, rules, err
}
