package handover

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
)

// Service is what people do with the papers of handing over.
type Service struct {
	write access.Transactor[Store]
	read  access.Reader[Store]
	now   func() time.Time
}

// NewService makes the service over its storage. now is the office's clock.
func NewService(write access.Transactor[Store], read access.Reader[Store], now func() time.Time) *Service {
	return &Service{write, read, now}
}

// doing runs fn in one transaction for somebody who may write the papers.
func (s *Service) doing(ctx context.Context, actor access.Actor, agency, reason string, fn func(tx Store, ag registry.Agency) (any, error)) error {
	return s.write(ctx, actor.Does(ctx, access.AcceptanceWrite, reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.AcceptanceWrite, agency)
		if err != nil {
			return nil, err
		}
		return fn(tx, ag)
	})
}

func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Store, agency uuid.UUID) error) error {
	return s.read(ctx, actor, func(tx Store) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag.ID)
	})
}

// head begins a paper of an agreement.
func (s *Service) head(ctx context.Context, tx Store, actor access.Actor, agency, of uuid.UUID, number string, date period.Date) (h Head, err error) {
	a, err := tx.AgreementNamed(ctx, agency, of)
	if err != nil {
		return h, err
	}
	h = Head{
		AgencyID: agency, AgreementID: a.ID, AgreementNumber: a.Number, VendorID: a.VendorID, VendorName: a.VendorName,
		Number: strings.TrimSpace(number), Date: date, CreatedAt: s.now().UTC(), CreatedBy: actor.User, Version: 1,
	}
	h.ID, err = uuid.NewV7()
	return h, err
}

// DrawUp makes a recap of what was verified of an agreement and published in a period. Faults: Forbidden, Invalid by field
// (recap_empty when there is nothing), duplicate (its number).
func (s *Service) DrawUp(ctx context.Context, actor access.Actor, agency string, f RecapForm) (r Recap, err error) {
	err = s.doing(ctx, actor, agency, "", func(tx Store, ag registry.Agency) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		h, err := s.head(ctx, tx, actor, ag.ID, f.AgreementID, f.Number, f.Date)
		if err != nil {
			return nil, err
		}
		lines, err := tx.RecapLines(ctx, ag.ID, f)
		if err != nil {
			return nil, err
		}
		if r, err = f.recap(h, lines); err != nil {
			return nil, err
		}
		return r, tx.AddRecap(ctx, r)
	})
	return r, err
}

// SignRecap puts both signers and the signed paper to a recap, once. Faults: Forbidden, NotFound, stale, wrong_state, Invalid by
// field.
func (s *Service) SignRecap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by placement.Signing) (Recap, error) {
	return s.changeRecap(ctx, actor, agency, id, expected, "", func(r Recap) (_ Recap, err error) {
		r.Head, err = r.sign(by.Trimmed(), true)
		return r, err
	})
}

// VoidRecap takes a recap back, with a reason. Faults: Forbidden, NotFound, stale, wrong_state, Invalid by field.
func (s *Service) VoidRecap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Recap, error) {
	reason = strings.TrimSpace(reason)
	return s.changeRecap(ctx, actor, agency, id, expected, reason, func(r Recap) (_ Recap, err error) {
		r.Head, err = r.void(reason, actor.User, s.now().UTC())
		return r, err
	})
}

func (s *Service) changeRecap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string, change func(Recap) (Recap, error)) (r Recap, err error) {
	err = s.doing(ctx, actor, agency, reason, func(tx Store, ag registry.Agency) (any, error) {
		old, err := tx.Recap(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if r, err = change(old); err != nil {
			return nil, err
		}
		if err := tx.SaveRecap(ctx, r); err != nil {
			return nil, err
		}
		r.Version++
		return r, nil
	})
	return r, err
}

// Recap gives one recap with its lines.
func (s *Service) Recap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (r Recap, err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		r, err = tx.Recap(ctx, agency, id)
		return err
	})
	return r, err
}

// Recaps lists recaps without their lines.
func (s *Service) Recaps(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Recap], err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		page, err = tx.Recaps(ctx, agency, q)
		return err
	})
	return page, err
}

// Inspect draws up an inspection report (BAP) over acceptance reports. Faults: Forbidden, Invalid by field, duplicate (its
// number), stale when somebody else inspected one of them meanwhile.
func (s *Service) Inspect(ctx context.Context, actor access.Actor, agency string, f InspectionForm) (i Inspection, err error) {
	err = s.doing(ctx, actor, agency, "", func(tx Store, ag registry.Agency) (any, error) {
		if err := f.Check(); err != nil {
			return nil, err
		}
		h, err := s.head(ctx, tx, actor, ag.ID, f.AgreementID, f.Number, f.Date)
		if err != nil {
			return nil, err
		}
		found, err := tx.ToInspect(ctx, ag.ID, f.AcceptanceIDs)
		if err != nil {
			return nil, err
		}
		if i, err = f.inspection(h, found); err != nil {
			return nil, err
		}
		return i, tx.AddInspection(ctx, i)
	})
	return i, err
}

// SignInspection puts both signers and the signed paper to a report. Faults: Forbidden, NotFound, stale, wrong_state, Invalid by
// field.
func (s *Service) SignInspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by placement.Signing) (Inspection, error) {
	return s.changeInspection(ctx, actor, agency, id, expected, "", func(i Inspection) (_ Inspection, err error) {
		i.Head, err = i.sign(by.Trimmed(), true)
		return i, err
	})
}

// VoidInspection takes a report back until something of it is paid, with a reason. Faults: Forbidden, NotFound, stale,
// wrong_state, inspection_paid, Invalid by field.
func (s *Service) VoidInspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (Inspection, error) {
	reason = strings.TrimSpace(reason)
	return s.changeInspection(ctx, actor, agency, id, expected, reason, func(i Inspection) (_ Inspection, err error) {
		i.Head, err = i.void(reason, actor.User, s.now().UTC())
		return i, err
	})
}

func (s *Service) changeInspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string, change func(Inspection) (Inspection, error)) (i Inspection, err error) {
	err = s.doing(ctx, actor, agency, reason, func(tx Store, ag registry.Agency) (any, error) {
		old, err := tx.Inspection(ctx, ag.ID, id)
		if err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, old.Version); err != nil {
			return nil, err
		}
		if i, err = change(old); err != nil {
			return nil, err
		}
		if err := tx.SaveInspection(ctx, i); err != nil {
			return nil, err
		}
		i.Version++
		return i, nil
	})
	return i, err
}

// Inspection gives one report with the ids of its acceptance reports.
func (s *Service) Inspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (i Inspection, err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		i, err = tx.Inspection(ctx, agency, id)
		return err
	})
	return i, err
}

// Inspections lists reports without the ids of their acceptance reports.
func (s *Service) Inspections(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Inspection], err error) {
	err = s.reading(ctx, actor, agency, func(tx Store, agency uuid.UUID) error {
		page, err = tx.Inspections(ctx, agency, q)
		return err
	})
	return page, err
}
