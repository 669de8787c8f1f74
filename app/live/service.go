package live

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
)

// Service is what people do with checks and shortfalls.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	files Files
	opens bool
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage; opens says whether this machine has a browser that looks by itself. now
// and place are the office's clock and calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], files Files, opens bool, now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, files, opens, now, place}
}

// Opens reports whether the program looks by itself here; else every check waits for a person's word.
func (s *Service) Opens() bool { return s.opens }

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

// Ask puts a check of the placement into the queue, due now. Faults: Forbidden, wrong_state unless the placement is
// published and counts, Invalid at /url when there is no page to look at, duplicate while a check waits or runs.
func (s *Service) Ask(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (c Check, err error) {
	err = s.write(ctx, actor.Does(ctx, access.PlacementVerify, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementVerify, agency)
		if err != nil {
			return nil, err
		}
		p, err := tx.HoldPlacement(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if c, err = ask(p, Manual, s.today()); err != nil {
			return nil, err
		}
		if c.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		c.CreatedAt, c.CreatedBy = s.now().UTC(), uuid.NullUUID{UUID: actor.User, Valid: true}
		return c, tx.AddLiveCheck(ctx, c)
	})
	return c, err
}

// State gives a check that waits the word of a person, with the picture that shows what he saw. What is gone early becomes
// a shortfall, what is back ends one. Faults: Forbidden, stale, wrong_state, Invalid by field, and those of receiving a file.
func (s *Service) State(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID, expected *int64, said Statement, shown file.Sent) (c Check, err error) {
	said.Text = strings.TrimSpace(said.Text)
	if err := s.mayState(ctx, actor, agency, of, said); err != nil {
		return c, err
	}
	shown.Purpose = file.Proof
	kept, err := s.files.Receive(ctx, shown)
	if err != nil {
		return c, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PlacementVerify, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementVerify, agency)
		if err != nil {
			return nil, err
		}
		p, err := tx.HoldPlacement(ctx, ag.ID, of)
		if err != nil {
			return nil, err
		}
		if c, err = tx.HoldLiveCheck(ctx, of, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, c.Version); err != nil {
			return nil, err
		}
		if c, err = c.state(said, actor.User, s.now().UTC()); err != nil {
			return nil, err
		}
		c.File, c.Filename = kept.SHA256, kept.Filename
		if err := tx.SaveFile(ctx, kept); err != nil {
			return nil, err
		}
		if err := tx.SaveLiveCheck(ctx, c); err != nil {
			return nil, err
		}
		c.Version++
		return c, conclude(ctx, tx, p, c, s.place)
	})
	return c, err
}

// mayState refuses early, before a file is read.
func (s *Service) mayState(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, said Statement) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementVerify, agency)
		if err != nil {
			return err
		}
		p, err := tx.Placement(ctx, ag.ID, of)
		if err != nil {
			return err
		}
		return said.check(p, s.today())
	})
}

// List lists the checks of a placement, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, q listing.Query) (page listing.Page[Check], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.Placement(ctx, agency, of); err != nil {
			return err
		}
		page, err = tx.LiveChecks(ctx, agency, uuid.NullUUID{UUID: of, Valid: true}, q)
		return err
	})
	return page, err
}

// All lists the checks of an agency, newest first.
func (s *Service) All(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Check], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.LiveChecks(ctx, agency, uuid.NullUUID{}, q)
		return err
	})
	return page, err
}

// Get gives one check of a placement.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (c Check, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.Placement(ctx, agency, of); err != nil {
			return err
		}
		c, err = tx.LiveCheck(ctx, of, id)
		return err
	})
	return c, err
}

// Open gives the evidence of a check; NotFound until there is some. The caller closes the content.
func (s *Service) Open(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (file.File, io.ReadCloser, error) {
	c, err := s.Get(ctx, actor, agency, of, id)
	if err == nil && c.File == "" {
		err = fault.Missing()
	}
	if err != nil {
		return file.File{}, nil, err
	}
	f, content, err := s.files.Open(ctx, actor, c.File)
	f.Filename = c.Filename
	return f, content, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}
