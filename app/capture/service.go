package capture

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
	"tayang/app/placement"
	"tayang/app/registry"
)

// Store is what asking for a capture needs of storage, inside one transaction.
type Store interface {
	registry.Agencies
	HoldPlacement(ctx context.Context, agency, id uuid.UUID) (placement.Placement, error)
	// AddCapture puts a capture into the queue; duplicate while another of the placement waits or runs.
	AddCapture(ctx context.Context, c Capture) error
}

// Lists is what the pages and lists of captures read.
type Lists interface {
	registry.Agencies
	Placement(ctx context.Context, agency, id uuid.UUID) (placement.Placement, error)
	Capture(ctx context.Context, placement, id uuid.UUID) (Capture, error)
	Captures(ctx context.Context, placement uuid.UUID, q listing.Query) (listing.Page[Capture], error)
}

// Files gives kept files to those who may see them; it is the file service.
type Files interface {
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}

// Gate says which addresses are never opened; nil where no browser is.
type Gate interface {
	// Refusal is nil when the address may be opened; else capture_address_refused.
	Refusal(ctx context.Context, address string) error
}

// Service is what people do with captures.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Lists]
	files Files
	gate  Gate
	now   func() time.Time
}

// NewService makes the service over its storage; gate is nil where this machine has no browser. now is the office's clock.
func NewService(write access.Transactor[Store], read access.Reader[Lists], files Files, gate Gate, now func() time.Time) *Service {
	return &Service{write, read, files, gate, now}
}

// Available reports whether pages can be opened here at all.
func (s *Service) Available() bool { return s.gate != nil }

// Ask puts the placement's page into the queue; who asks cannot verify the placement. Faults: Forbidden, stale, wrong_state,
// Invalid at /url without an address or with one that is not opened, capture_unavailable, duplicate while one waits.
func (s *Service) Ask(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (c Capture, err error) {
	if s.gate == nil {
		return c, fault.New(fault.Conflict, "capture_unavailable")
	}
	address, err := s.addressOf(ctx, actor, agency, id)
	if err != nil {
		return c, err
	}
	if err := s.gate.Refusal(ctx, address); err != nil {
		return c, &fault.Error{Kind: fault.Invalid, Code: "invalid", Cause: err, Fields: []fault.Field{{Pointer: "/url", Code: "capture_address_refused"}}}
	}
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		p, err := tx.HoldPlacement(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, p.Version); err != nil {
			return nil, err
		}
		if _, err := p.Prove(actor.User); err != nil {
			return nil, err
		}
		c = Capture{AgencyID: ag.ID, PlacementID: id, URL: address, Status: Queued, CreatedAt: s.now().UTC(), CreatedBy: actor.User, Version: 1}
		if c.ID, err = uuid.NewV7(); err != nil {
			return nil, err
		}
		return c, tx.AddCapture(ctx, c)
	})
	return c, err
}

// addressOf is the address to open, asked before a name is looked up.
func (s *Service) addressOf(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (address string, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return err
		}
		p, err := tx.Placement(ctx, ag.ID, id)
		if err != nil {
			return err
		}
		if address = strings.TrimSpace(p.URL); address == "" {
			var wrong fault.Fields
			wrong.Add("/url", "required")
			return wrong.Err()
		}
		return nil
	})
	return address, err
}

// List lists the captures of a placement, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[Capture], err error) {
	err = s.reading(ctx, actor, agency, id, func(tx Lists) error {
		page, err = tx.Captures(ctx, id, q)
		return err
	})
	return page, err
}

// Get gives one capture of a placement.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (c Capture, err error) {
	err = s.reading(ctx, actor, agency, of, func(tx Lists) error {
		c, err = tx.Capture(ctx, of, id)
		return err
	})
	return c, err
}

// Open gives the sealed bundle of a capture; NotFound until it is done. The caller closes the content.
func (s *Service) Open(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (file.File, io.ReadCloser, error) {
	c, err := s.Get(ctx, actor, agency, of, id)
	if err == nil && c.Bundle == "" {
		err = fault.Missing()
	}
	if err != nil {
		return file.File{}, nil, err
	}
	f, content, err := s.files.Open(ctx, actor, c.Bundle)
	f.Filename = "tangkapan-" + c.CapturedAt.UTC().Format("20060102T150405Z") + ".zip"
	return f, content, err
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, of uuid.UUID, fn func(tx Lists) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		if _, err := tx.Placement(ctx, ag.ID, of); err != nil {
			return err
		}
		return fn(tx)
	})
}
