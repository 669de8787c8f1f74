package report

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/app/trail"
)

// Runs is what runs need of storage, inside one transaction. What is not there is a NotFound fault.
type Runs interface {
	registry.Agencies
	Now() time.Time
	InsertReportRun(ctx context.Context, r Run) error
	ReportRun(ctx context.Context, agency, id uuid.UUID) (Run, error)
	// CancelReportRun cancels a run that has not ended; wrong_state when it has.
	CancelReportRun(ctx context.Context, agency, id uuid.UUID) error
	TrailTargets
}

// TrailTargets knows what a register of the trail may be about.
type TrailTargets interface {
	// TrailHas reports whether the scope has an event of the record, and the government somebody of that e-mail address.
	TrailHas(ctx context.Context, s trail.Scope, record, person string) (recordThere, personThere bool, err error)
}

// RunLists is what is read of runs.
type RunLists interface {
	registry.Agencies
	ReportRun(ctx context.Context, agency, id uuid.UUID) (Run, error)
	ReportRuns(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[Run], error)
}

// Service is what people do with reports. Reports are made by a Worker.
type Service struct {
	write access.Transactor[Runs]
	read  access.Reader[RunLists]
	files Files
}

// NewService makes the service over its storage.
func NewService(write access.Transactor[Runs], read access.Reader[RunLists], files Files) *Service {
	return &Service{write, read, files}
}

// Create asks for a report of the agency of that code; a worker makes it. Faults: Forbidden, NotFound, Invalid by field.
func (s *Service) Create(ctx context.Context, actor access.Actor, agency string, cmd CreateCommand) (run Run, err error) {
	err = s.write(ctx, actor.Does(ctx, access.ReportMake, ""), func(tx Runs) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.ReportMake, agency)
		if err != nil {
			return nil, err
		}
		req := cmd.request(ag.ID, actor.Language)
		if err := checked(req.Check(), cmd.checkAsOf(tx.Now())); err != nil {
			return nil, err
		}
		if err := Known(ctx, tx, actor, req); err != nil {
			return nil, err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.InsertReportRun(ctx, Run{ID: id, Request: req, Status: Queued, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		run, err = tx.ReportRun(ctx, ag.ID, id)
		return run, err
	})
	return run, err
}

// Known refuses a record without events, and a person that is none: a register about nothing would look like proof.
// Faults: Invalid by field.
func Known(ctx context.Context, tx TrailTargets, actor access.Actor, req Request) error {
	if req.Record == "" && req.Person == "" {
		return nil
	}
	record, person, err := tx.TrailHas(ctx, trail.ScopeFor(actor, req.AgencyID), req.Record, req.Person)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	if req.Record != "" && !record {
		wrong.Add("/record", "not_found")
	}
	if req.Person != "" && !person {
		wrong.Add("/person", "not_found")
	}
	return wrong.Err()
}

// checked joins the wrong fields of several checks.
func checked(checks ...error) error {
	var wrong fault.Fields
	for _, err := range checks {
		if err != nil {
			wrong = append(wrong, fault.From(err).Fields...)
		}
	}
	return wrong.Err()
}

// Get finds a run. Faults: Forbidden, NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (run Run, err error) {
	err = s.read(ctx, actor, func(tx RunLists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		run, err = tx.ReportRun(ctx, ag.ID, id)
		return err
	})
	return run, err
}

// List lists runs, newest first. Faults: Forbidden, NotFound, Invalid by query parameter.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Run], err error) {
	err = s.read(ctx, actor, func(tx RunLists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		page, err = tx.ReportRuns(ctx, ag.ID, q)
		return err
	})
	return page, err
}

// Cancel stops a run that has not ended. Faults: Forbidden, NotFound, wrong_state.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (run Run, err error) {
	err = s.write(ctx, actor.Does(ctx, access.ReportMake, ""), func(tx Runs) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.ReportMake, agency)
		if err != nil {
			return nil, err
		}
		if err := tx.CancelReportRun(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		run, err = tx.ReportRun(ctx, ag.ID, id)
		return run, err
	})
	return run, err
}

// File opens the workbook of a run that is done; the caller closes it. Faults: Forbidden, NotFound, wrong_state while
// there is none.
func (s *Service) File(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (Run, io.ReadCloser, error) {
	run, err := s.Get(ctx, actor, agency, id)
	if err != nil {
		return Run{}, nil, err
	}
	if run.Status != Done {
		return Run{}, nil, fault.WrongState(string(run.Status), "download")
	}
	content, err := s.files.Open(ctx, run.SHA256)
	return run, content, err
}
