package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/registry"
)

// PaperStore is what the papers of agreements need of storage, inside one transaction. What is not there is a NotFound fault.
type PaperStore interface {
	registry.Agencies
	Agreement(ctx context.Context, agency, id uuid.UUID) (Agreement, error)
	Paper(ctx context.Context, agreement, id uuid.UUID) (Paper, error)
	Papers(ctx context.Context, agreement uuid.UUID, q listing.Query) (listing.Page[Paper], error)
	AddPaper(ctx context.Context, p Paper) error
	// VoidPaper takes a paper out of the file, unless it changed since it was read.
	VoidPaper(ctx context.Context, p Paper) error
	// Checklist gives the rows of the government that say which papers a file must hold.
	Checklist(ctx context.Context) (paper.Set, error)
}

// Papers is what people do with the file of an agreement, before it is in force and after.
type Papers struct {
	write access.Transactor[PaperStore]
	read  access.Reader[PaperStore]
}

// NewPapers makes the service over its storage.
func NewPapers(write access.Transactor[PaperStore], read access.Reader[PaperStore]) *Papers {
	return &Papers{write, read}
}

// Add puts a paper into the file. Faults: NotFound, Forbidden, Invalid by field (a file that was not sent), duplicate.
func (s *Papers) Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, f PaperForm) (p Paper, err error) {
	f = f.Trimmed()
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, ""), func(tx PaperStore) (any, error) {
		a, err := s.agreement(ctx, tx, actor, access.AgreementWrite, agency, id)
		if err != nil {
			return nil, err
		}
		known, err := tx.Checklist(ctx)
		if err != nil {
			return nil, err
		}
		if err := f.Check(known); err != nil {
			return nil, err
		}
		made, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		if err := tx.AddPaper(ctx, Paper{ID: made, AgencyID: a.AgencyID, AgreementID: a.ID, PaperForm: f, CreatedBy: actor.User}); err != nil {
			return nil, err
		}
		p, err = tx.Paper(ctx, a.ID, made)
		return p, err
	})
	return p, err
}

// Void takes a paper out of the file, with a reason. Faults: NotFound, Forbidden, stale, wrong_state, Invalid by field.
func (s *Papers) Void(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID, cmd paper.VoidCommand) (p Paper, err error) {
	if err := cmd.Legible(); err != nil {
		return p, err
	}
	err = s.write(ctx, actor.Does(ctx, access.AgreementWrite, cmd.Reason), func(tx PaperStore) (any, error) {
		a, err := s.agreement(ctx, tx, actor, access.AgreementWrite, agency, id)
		if err != nil {
			return nil, err
		}
		if err := cmd.Check(); err != nil {
			return nil, err
		}
		if p, err = tx.Paper(ctx, a.ID, which); err != nil {
			return nil, err
		}
		if err := fault.Expect(cmd.Expected, p.Version); err != nil {
			return nil, err
		}
		if p.VoidedAt != nil {
			return nil, fault.WrongState("voided", "void")
		}
		p.VoidedBy, p.VoidReason = uuid.NullUUID{UUID: actor.User, Valid: true}, cmd.Reason
		if err := tx.VoidPaper(ctx, p); err != nil {
			return nil, err
		}
		p, err = tx.Paper(ctx, a.ID, which)
		return p, err
	})
	return p, err
}

// List lists the papers of the file, voided ones too, newest first.
func (s *Papers) List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[Paper], err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		a, err := s.agreement(ctx, tx, actor, access.Read, agency, id)
		if err != nil {
			return err
		}
		page, err = tx.Papers(ctx, a.ID, q)
		return err
	})
	return page, err
}

// Paper gives one paper of the file.
func (s *Papers) Paper(ctx context.Context, actor access.Actor, agency string, id, which uuid.UUID) (p Paper, err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		a, err := s.agreement(ctx, tx, actor, access.Read, agency, id)
		if err != nil {
			return err
		}
		p, err = tx.Paper(ctx, a.ID, which)
		return err
	})
	return p, err
}

// Dossier gives the checklist of the file: what is there and what is owed.
func (s *Papers) Dossier(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (d Dossier, err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		a, err := s.agreement(ctx, tx, actor, access.Read, agency, id)
		if err != nil {
			return err
		}
		set, err := tx.Checklist(ctx)
		if err != nil {
			return err
		}
		page, err := tx.Papers(ctx, a.ID, listing.All())
		if err != nil {
			return err
		}
		d = a.Dossier(set, page.Items)
		return nil
	})
	return d, err
}

func (s *Papers) agreement(ctx context.Context, tx PaperStore, actor access.Actor, verb access.Verb, agency string, id uuid.UUID) (Agreement, error) {
	ag, err := registry.Allowed(ctx, tx, actor, verb, agency)
	if err != nil {
		return Agreement{}, err
	}
	return tx.Agreement(ctx, ag.ID, id)
}
