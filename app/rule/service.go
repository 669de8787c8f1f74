package rule

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

// Store is what rules need of storage, inside one transaction. What is not there is a NotFound fault.
type Store interface {
	Rule(ctx context.Context, id uuid.UUID) (Rule, error)
	Rules(ctx context.Context, q listing.Query) (listing.Page[Rule], error)
	// RulesOf gives the rows that count for an agency; uuid.Nil gives those of the whole government.
	RulesOf(ctx context.Context, agency uuid.UUID) (Set, error)
	// HasAgency reports whether the government has that agency.
	HasAgency(ctx context.Context, id uuid.UUID) (bool, error)
	AddRule(ctx context.Context, r Rule) error
	// VoidRule marks a row as entered wrongly, unless it changed since it was read.
	VoidRule(ctx context.Context, r Rule) error
}

// Service is what people do with rules: an administrator writes them, everybody may read them.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage. now and place are the office's clock and calendar.
func NewService(write access.Transactor[Store], read access.Reader[Store], now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, now, place}
}

// Set enters a row. Faults: Forbidden, Invalid by field.
func (s *Service) Set(ctx context.Context, actor access.Actor, f Form) (r Rule, err error) {
	f = f.Trimmed()
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	if err := f.Check(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, f.Basis), func(tx Store) (any, error) {
		if err := ofAgency(ctx, tx, f.AgencyID); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddRule(ctx, Rule{ID: id, Form: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		r, err = tx.Rule(ctx, id)
		return r, err
	})
	return r, err
}

// ofAgency wants the agency of a row to be there.
func ofAgency(ctx context.Context, tx Store, agency uuid.NullUUID) error {
	if !agency.Valid {
		return nil
	}
	ok, err := tx.HasAgency(ctx, agency.UUID)
	if ok || err != nil {
		return err
	}
	return fault.Fields{{Pointer: "/agency_id", Code: "not_found"}}.Err()
}

// VoidCommand says why a row is void.
type VoidCommand struct {
	Expected *int64
	Reason   string
}

// reasonMax bounds why a row is void, in characters.
const reasonMax = 2000

// Void takes a row out that was entered wrongly. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Service) Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd VoidCommand) (r Rule, err error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	if err := actor.Can(access.RuleWrite, uuid.Nil); err != nil {
		return r, err
	}
	var wrong fault.Fields
	wrong.Text("/reason", cmd.Reason, true, reasonMax)
	if err := wrong.Err(); err != nil {
		return r, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RuleWrite, cmd.Reason), func(tx Store) (any, error) {
		if r, err = tx.Rule(ctx, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, r.Version); err != nil {
			return nil, err
		}
		if r.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		r.VoidedBy, r.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidRule(ctx, r); err != nil {
			return nil, err
		}
		r, err = tx.Rule(ctx, id)
		return r, err
	})
	return r, err
}

// List lists every row, voided ones too, by rule.
func (s *Service) List(ctx context.Context, actor access.Actor, q listing.Query) (p listing.Page[Rule], err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		p, err = tx.Rules(ctx, q)
		return err
	})
	return p, err
}

// Rule gives one row.
func (s *Service) Rule(ctx context.Context, actor access.Actor, id uuid.UUID) (r Rule, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		r, err = tx.Rule(ctx, id)
		return err
	})
	return r, err
}

// Standing gives every rule as it stands today for an agency; uuid.Nil as it stands for the whole government.
func (s *Service) Standing(ctx context.Context, actor access.Actor, agency uuid.UUID) (out []Setting, err error) {
	err = s.reading(ctx, actor, func(tx Store) error {
		set, err := tx.RulesOf(ctx, agency)
		if err != nil {
			return err
		}
		today := period.DateOf(s.now(), s.place)
		out = nil
		for _, k := range Statutory() {
			out = append(out, set.On(k.Code, today))
		}
		return nil
	})
	return out, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, fn func(tx Store) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, actor, fn)
}
