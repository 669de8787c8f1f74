package payment

import (
	"context"
	"errors"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/passport"
	"tayang/app/registry"
)

// Issuing knows what the program itself made.
type Issuing interface {
	// Issued reports whether the file is one that the program itself made: a workbook, what it opened, a small picture.
	Issued(ctx context.Context, sha256 string) (bool, error)
}

// InvoicePaperStore is what the papers of invoices need of storage, inside one transaction. What is not there is a NotFound
// fault.
type InvoicePaperStore interface {
	registry.Agencies
	Invoice(ctx context.Context, agency, id uuid.UUID) (Invoice, error)
	InvoicePaper(ctx context.Context, invoice, id uuid.UUID) (InvoicePaper, error)
	InvoicePapers(ctx context.Context, invoice uuid.UUID, q listing.Query) (listing.Page[InvoicePaper], error)
	// AddInvoicePaper puts a paper to the invoice; an open invoice that names no file, or no tax invoice, names this one from
	// then on. duplicate when the same file stands there as the same kind.
	AddInvoicePaper(ctx context.Context, p InvoicePaper) error
	// VoidInvoicePaper takes a paper away, unless it changed since it was read.
	VoidInvoicePaper(ctx context.Context, p InvoicePaper) error
	Issuing
	// NameInOffice gives the person of the government who is called so, by name or e-mail address; "" when nobody is.
	NameInOffice(ctx context.Context, name string) (string, error)
}

// Opener opens files for those who may see them.
type Opener interface {
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
}

// InvoicePapers is what people do with the vendor's papers behind an invoice. Nothing here writes any of them.
type InvoicePapers struct {
	write access.Transactor[InvoicePaperStore]
	read  access.Reader[InvoicePaperStore]
	files Opener
}

// NewInvoicePapers makes the service over its storage.
func NewInvoicePapers(write access.Transactor[InvoicePaperStore], read access.Reader[InvoicePaperStore], files Opener) *InvoicePapers {
	return &InvoicePapers{write, read, files}
}

// Add puts a paper of the vendor to an invoice. Faults: NotFound, Forbidden, Invalid by field (a file that was not sent, one
// that the program itself made, a receipt over another amount), duplicate.
func (s *InvoicePapers) Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, f InvoicePaperForm) (p InvoicePaper, err error) {
	f = f.Trimmed()
	if err := s.ask(ctx, actor, agency, id, f); err != nil {
		return p, err
	}
	says, err := s.says(ctx, actor, f.File)
	if err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.InvoiceWrite, ""), func(tx InvoicePaperStore) (any, error) {
		i, err := s.invoice(ctx, tx, actor, access.InvoiceWrite, agency, id)
		if err != nil {
			return nil, err
		}
		if err := notIssued(ctx, tx, f.File); err != nil {
			return nil, err
		}
		name, err := tx.NameInOffice(ctx, says.Author)
		if err != nil {
			return nil, err
		}
		made, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddInvoicePaper(ctx, InvoicePaper{
			ID: made, AgencyID: i.AgencyID, InvoiceID: i.ID, InvoicePaperForm: f, Passport: says, OfficeName: name, CreatedBy: actor.User,
		}); err != nil {
			return nil, err
		}
		p, err = tx.InvoicePaper(ctx, i.ID, made)
		return p, err
	})
	return p, err
}

// ask refuses early, before the file is read.
func (s *InvoicePapers) ask(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, f InvoicePaperForm) error {
	return s.read(ctx, actor, func(tx InvoicePaperStore) error {
		i, err := s.invoice(ctx, tx, actor, access.InvoiceWrite, agency, id)
		if err != nil {
			return err
		}
		if err := f.Check(); err != nil {
			return err
		}
		return f.Holds(i)
	})
}

// says reads what a document says of its making; pictures say nothing that counts here.
func (s *InvoicePapers) says(ctx context.Context, actor access.Actor, sha256 string) (p passport.Passport, err error) {
	f, content, err := s.files.Open(ctx, actor, sha256)
	if fault.Is(err, "not_found") {
		var wrong fault.Fields
		wrong.Add("/file", "not_found")
		return p, wrong.Err()
	}
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	if f.MediaType != "application/pdf" {
		return p, nil
	}
	body, err := io.ReadAll(content)
	if err != nil {
		return p, err
	}
	p, _ = passport.Read(body, f.MediaType)
	return p, nil
}

// notIssued refuses a file that the program itself made: the office writes no paper of the vendor.
func notIssued(ctx context.Context, tx Issuing, sha256 string) error {
	if sha256 == "" {
		return nil
	}
	ours, err := tx.Issued(ctx, sha256)
	if err != nil || !ours {
		return err
	}
	var wrong fault.Fields
	wrong.Add("/file", "not_the_vendors_file")
	return wrong.Err()
}

// Void takes a paper away that was entered wrongly, with a reason, until the payment of its invoice is ordered. Faults:
// NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *InvoicePapers) Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (p InvoicePaper, err error) {
	if err := cmd.Legible(); err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.InvoiceWrite, cmd.Reason), func(tx InvoicePaperStore) (any, error) {
		i, err := s.invoice(ctx, tx, actor, access.InvoiceWrite, agency, id)
		if err != nil {
			return nil, err
		}
		if err := cmd.Check(); err != nil {
			return nil, err
		}
		if p, err = tx.InvoicePaper(ctx, i.ID, which); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, p.Version); err != nil {
			return nil, err
		}
		if p.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		if i.Status == InvoiceStatus(Authorised) || i.Status == InvoiceStatus(Settled) {
			return nil, fault.WrongState(string(i.Status), "void")
		}
		p.VoidedBy, p.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidInvoicePaper(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.InvoicePaper(ctx, i.ID, which)
		return p, err
	})
	return p, err
}

// List lists the papers of an invoice, voided ones too, newest first.
func (s *InvoicePapers) List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[InvoicePaper], err error) {
	err = s.read(ctx, actor, func(tx InvoicePaperStore) error {
		i, err := s.invoice(ctx, tx, actor, access.Read, agency, id)
		if err != nil {
			return err
		}
		page, err = tx.InvoicePapers(ctx, i.ID, q)
		return err
	})
	return page, err
}

// Get gives one paper.
func (s *InvoicePapers) Get(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (p InvoicePaper, err error) {
	err = s.read(ctx, actor, func(tx InvoicePaperStore) error {
		i, err := s.invoice(ctx, tx, actor, access.Read, agency, id)
		if err != nil {
			return err
		}
		p, err = tx.InvoicePaper(ctx, i.ID, which)
		return err
	})
	return p, err
}

func (s *InvoicePapers) invoice(ctx context.Context, tx InvoicePaperStore, actor access.Actor, verb access.Verb, agency string, id uuid.UUID) (Invoice, error) {
	ag, err := registry.Allowed(ctx, tx, actor, verb, agency)
	if err != nil {
		return Invoice{}, err
	}
	return tx.Invoice(ctx, ag.ID, id)
}
