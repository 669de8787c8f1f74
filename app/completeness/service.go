package completeness

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/period"
	"tayang/app/registry"
)

// Store is what files of agreements and payments need of storage, inside one transaction. What is not there is a NotFound
// fault.
type Store interface {
	registry.Agencies
	// Checklist gives the rows of the government that say which papers a file must hold.
	Checklist(ctx context.Context) (paper.Set, error)
	// Subject gives an agreement or a payment, with what decides which papers it needs.
	Subject(ctx context.Context, agency uuid.UUID, d Document, id uuid.UUID) (Subject, error)
	// Subjects gives those of the agency whose file is still asked about.
	Subjects(ctx context.Context, agency uuid.UUID, d Document) ([]Subject, error)
	// InFile gives everything that stands in the file.
	InFile(ctx context.Context, s Subject) ([]Found, error)
	// PapersStanding gives how many of each paper stand in the files of the agency's subjects.
	PapersStanding(ctx context.Context, agency uuid.UUID, d Document) ([]Found, error)
}

// PaperStore is what the papers of payments need of storage, inside one transaction.
type PaperStore interface {
	Store
	// SaveFile notes a received file.
	SaveFile(ctx context.Context, f file.File) error
	PaymentPaper(ctx context.Context, payment, id uuid.UUID) (Paper, error)
	PaymentPapers(ctx context.Context, payment uuid.UUID, q listing.Query) (listing.Page[Paper], error)
	// AddPaymentPaper puts a paper into the file; duplicate when it has that file as that paper.
	AddPaymentPaper(ctx context.Context, p Paper) error
	// VoidPaymentPaper takes a paper out of the file, unless it changed since it was read.
	VoidPaymentPaper(ctx context.Context, p Paper) error
}

// Files takes and gives the content of papers; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
	// Content gives what was received, to be asked for only of what the person sees.
	Content(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Service is what people do with the file of an agreement or a payment.
type Service struct {
	write access.Transactor[PaperStore]
	read  access.Reader[PaperStore]
	files Files
	now   func() time.Time
	place *time.Location
}

// NewService makes the service over its storage; now and place are the office's clock and calendar.
func NewService(write access.Transactor[PaperStore], read access.Reader[PaperStore], files Files, now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, files, now, place}
}

// Of gives the checklist of an agreement's or a payment's file. Faults: NotFound, Forbidden.
func (s *Service) Of(ctx context.Context, actor access.Actor, agency string, d Document, id uuid.UUID) (c Checklist, err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		subject, err := s.subject(ctx, tx, actor, access.Read, agency, d, id)
		if err != nil {
			return err
		}
		c, err = Look(ctx, tx, subject)
		return err
	})
	return c, err
}

// Look holds everything that stands in a file against what it must hold, inside a transaction.
func Look(ctx context.Context, tx Store, s Subject) (Checklist, error) {
	set, err := tx.Checklist(ctx)
	if err != nil {
		return Checklist{}, err
	}
	found, err := tx.InFile(ctx, s)
	return Check(s, set, found), err
}

func (s *Service) subject(ctx context.Context, tx Store, actor access.Actor, verb access.Verb, agency string, d Document, id uuid.UUID) (Subject, error) {
	ag, err := registry.Visible(ctx, tx, actor, agency)
	if err != nil {
		return Subject{}, err
	}
	if err := actor.Can(verb, ag.ID); err != nil {
		return Subject{}, err
	}
	return tx.Subject(ctx, ag.ID, d, id)
}

// Sent is a paper on its way in.
type Sent struct {
	PaperForm
	File file.Sent
}

// Add keeps a paper in the file of a payment. Faults: NotFound, Forbidden, wrong_state of a reversed payment, Invalid by field,
// duplicate, and those of file.Service.Receive. What the content cannot change is asked before the content is read.
func (s *Service) Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, in Sent) (p Paper, err error) {
	f := in.Trimmed()
	if err := s.read(ctx, actor, func(tx PaperStore) error {
		_, err := s.open(ctx, tx, actor, agency, id, f)
		return err
	}); err != nil {
		return p, err
	}
	in.File.Purpose = file.Paper
	kept, err := s.files.Receive(ctx, in.File)
	if err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PaymentPaper, ""), func(tx PaperStore) (any, error) {
		of, err := s.open(ctx, tx, actor, agency, id, f)
		if err != nil {
			return nil, err
		}
		if err := tx.SaveFile(ctx, kept); err != nil {
			return nil, err
		}
		made, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		p = Paper{ID: made, AgencyID: of.AgencyID, PaymentID: of.ID, PaperForm: f, File: kept.SHA256, Filename: kept.Filename, CreatedBy: actor.User}
		if err := tx.AddPaymentPaper(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.PaymentPaper(ctx, of.ID, made)
		return p, err
	})
	return p, err
}

// open lets a paper be put into a payment's file.
func (s *Service) open(ctx context.Context, tx PaperStore, actor access.Actor, agency string, id uuid.UUID, f PaperForm) (Subject, error) {
	of, err := s.subject(ctx, tx, actor, access.PaymentPaper, agency, Payment, id)
	if err != nil {
		return of, err
	}
	if of.Status == "reversed" {
		return of, fault.WrongState(of.Status, "add")
	}
	known, err := tx.Checklist(ctx)
	if err != nil {
		return of, err
	}
	return of, f.Check(known)
}

// Void takes a paper out of the file, with a reason. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by
// field.
func (s *Service) Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (p Paper, err error) {
	if err := cmd.Legible(); err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PaymentPaper, cmd.Reason), func(tx PaperStore) (any, error) {
		of, err := s.subject(ctx, tx, actor, access.PaymentPaper, agency, Payment, id)
		if err != nil {
			return nil, err
		}
		if err := cmd.Check(); err != nil {
			return nil, err
		}
		if p, err = tx.PaymentPaper(ctx, of.ID, which); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, p.Version); err != nil {
			return nil, err
		}
		if p.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		p.VoidedBy, p.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidPaymentPaper(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.PaymentPaper(ctx, of.ID, which)
		return p, err
	})
	return p, err
}

// List lists the papers of a payment, voided ones too, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[Paper], err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		of, err := s.subject(ctx, tx, actor, access.Read, agency, Payment, id)
		if err != nil {
			return err
		}
		page, err = tx.PaymentPapers(ctx, of.ID, q)
		return err
	})
	return page, err
}

// Paper gives one paper of a payment.
func (s *Service) Paper(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (p Paper, err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		of, err := s.subject(ctx, tx, actor, access.Read, agency, Payment, id)
		if err != nil {
			return err
		}
		p, err = tx.PaymentPaper(ctx, of.ID, which)
		return err
	})
	return p, err
}

// today is the day in the office.
func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }
