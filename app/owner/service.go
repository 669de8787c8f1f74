package owner

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people do with owner groups.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
	now   func() time.Time
}

// NewService makes the service over its storage; now is the office's clock.
func NewService(write access.Transactor[Store], read access.Reader[Store], now func() time.Time) *Service {
	return &Service{write, read, now}
}

// Create enters a group. Faults: Forbidden, Invalid by field, duplicate (its name).
func (s *Service) Create(ctx context.Context, actor access.Actor, f Form) (g Group, err error) {
	f = f.Trimmed()
	err = s.writing(ctx, actor, "", func(tx Store) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.SaveOwnerGroup(ctx, Group{ID: id, Form: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		g, err = tx.OwnerGroup(ctx, id)
		return g, err
	})
	return g, err
}

// Change rewrites what may be written of a group. Faults: as Create, and NotFound, stale.
func (s *Service) Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(Form) (Form, error)) (g Group, err error) {
	err = s.writing(ctx, actor, "", func(tx Store) (any, error) {
		old, err := tx.OwnerGroup(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if old.Form, err = change(old.Form); err != nil {
			return nil, err
		}
		old.Form = old.Form.Trimmed()
		if err := old.Form.Check(); err != nil {
			return nil, err
		}
		if err := tx.SaveOwnerGroup(ctx, old); err != nil {
			return nil, err
		}
		g, err = tx.OwnerGroup(ctx, id)
		return g, err
	})
	return g, err
}

// Group gives one group.
func (s *Service) Group(ctx context.Context, actor access.Actor, id uuid.UUID) (g Group, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		g, err = tx.OwnerGroup(ctx, id)
		return err
	})
	return g, err
}

// List lists groups.
func (s *Service) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Group], err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		p, err = tx.OwnerGroups(ctx, q)
		return err
	})
	return p, err
}

// AddMember puts an outlet or a vendor into a group. Faults: Forbidden, NotFound, Invalid by field, owner_group_taken when it
// belongs to another group in that time.
func (s *Service) AddMember(ctx context.Context, actor access.Actor, group uuid.UUID, f MemberForm) (m Member, err error) {
	f = f.Trimmed()
	err = s.writing(ctx, actor, "", func(tx Store) (any, error) {
		if _, err := tx.OwnerGroup(ctx, group); err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.SaveOwnerGroupMember(ctx, Member{ID: id, GroupID: group, MemberForm: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		m, err = tx.OwnerGroupMember(ctx, id)
		return m, err
	})
	return m, err
}

// EndMember ends a membership on a day, or voids it with a reason. Faults: Forbidden, NotFound, stale, wrong_state, Invalid
// by field.
func (s *Service) EndMember(ctx context.Context, actor access.Actor, group, id uuid.UUID, expected *int64, e End) (m Member, err error) {
	err = s.writing(ctx, actor, e.Reason, func(tx Store) (any, error) {
		old, err := tx.OwnerGroupMember(ctx, id)
		if err == nil && old.GroupID != group {
			err = fault.Missing()
		}
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if old, err = old.Ended(e, actor.User, s.now().UTC()); err != nil {
			return nil, err
		}
		if err := tx.SaveOwnerGroupMember(ctx, old); err != nil {
			return nil, err
		}
		m, err = tx.OwnerGroupMember(ctx, id)
		return m, err
	})
	return m, err
}

// Members lists memberships, of every group unless the query names one; voided ones too.
func (s *Service) Members(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Member], err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		p, err = tx.OwnerGroupMembers(ctx, q)
		return err
	})
	return p, err
}

// Concentration tells how an agency's money of a fiscal year gathers. Faults: NotFound, Forbidden.
func (s *Service) Concentration(ctx context.Context, actor access.Actor, agency string, fiscalYear int) (c Concentration, err error) {
	err = s.read(ctx, actor, func(tx Store) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.Read, agency)
		if err != nil {
			return err
		}
		portions, err := tx.Portions(ctx, ag.ID, fiscalYear)
		if err != nil {
			return err
		}
		c = Concentration{AgencyID: ag.ID, AgencyCode: ag.Code, AgencyName: ag.Name, FiscalYear: fiscalYear}
		c.Total, c.ByVendor, c.ByGroup = Gather(portions)
		return nil
	})
	return c, err
}

func (s *Service) writing(ctx context.Context, actor access.Actor, reason string, do func(tx Store) (any, error)) error {
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return err
	}
	return s.write(ctx, actor.Does(ctx, access.RegistryWrite, reason), do)
}

func (s *Service) reading(ctx context.Context, actor access.Actor, do func(tx Store) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, actor, do)
}
