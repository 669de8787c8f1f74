package placement

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/passport"
	"tayang/app/registry"
)

// Files takes and gives the content of proofs; it is the file service.
type Files interface {
	Receive(ctx context.Context, in file.Sent) (file.File, error)
	Open(ctx context.Context, actor access.Actor, sha256 string) (file.File, io.ReadCloser, error)
	// Content gives what was received, before anybody has recorded it.
	Content(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Proofs is what people do with proofs of publication.
type Proofs struct {
	write access.Transactor[ProofStore]
	read  access.Reader[Lists]
	files Files
	now   func() time.Time
	turn  chan struct{} // held by those who unpack a file
	later bool          // files are looked into after they were kept
}

// NewProofs makes the service over its storage. now is the office's clock.
func NewProofs(write access.Transactor[ProofStore], read access.Reader[Lists], files Files, now func() time.Time) *Proofs {
	return &Proofs{write, read, files, now, make(chan struct{}, unpackedMax), false}
}

// Later is the service that leaves what is in the files to an Inspector: whoever sends one does not wait for it.
func (s *Proofs) Later() *Proofs {
	out := *s
	out.later = true
	return &out
}

// Evidence is a proof on its way in.
type Evidence struct {
	Kind       ProofKind
	Origin     Origin
	CapturedAt *time.Time
	File       file.Sent
}

// Add keeps a file as proof of a placement; who adds one cannot verify the placement. Faults: Forbidden, wrong_state,
// Invalid by field, duplicate when the placement has that file, and those of file.Service.Receive. What the content
// cannot change is asked before the content is read.
func (s *Proofs) Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, e Evidence) (f Proof, err error) {
	now := s.now().UTC()
	f = Proof{PlacementID: id, Kind: e.Kind, Origin: e.Origin, CapturedAt: e.CapturedAt, CreatedAt: now, CreatedBy: actor.User}
	f.Source, f.Agent = access.ClientOf(ctx)
	if err := s.ask(ctx, actor, agency, f); err != nil {
		return Proof{}, err
	}
	ready, err := s.Prepare(ctx, f, e.File)
	if err != nil {
		return Proof{}, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx ProofStore) (any, error) {
		f, err = s.Record(ctx, tx, actor, agency, ready)
		return f, err
	})
	return f, err
}

// Prepared is a proof whose file is kept and read, and that nobody has recorded yet.
type Prepared struct {
	proof Proof
	kept  file.File
	found inspection
}

// Prepare keeps a proof's file and reads what it says of itself, unless that is left to an Inspector. Faults: those of
// file.Service.Receive.
func (s *Proofs) Prepare(ctx context.Context, f Proof, sent file.Sent) (ready Prepared, err error) {
	sent.Purpose = file.Proof
	if ready.kept, err = s.files.Receive(ctx, sent); err != nil {
		return ready, err
	}
	if f.Inspected = !s.later || !passport.Reads(ready.kept.MediaType); f.Inspected {
		if ready.found, err = s.inspect(ctx, ready.kept); err != nil {
			return ready, err
		}
	}
	f.SHA256, f.Size, f.MediaType, f.Filename = ready.kept.SHA256, ready.kept.Size, ready.kept.MediaType, ready.kept.Filename
	f.Passport, f.Thumbnail = ready.found.passport, ready.found.thumbnail.SHA256
	ready.proof = f
	return ready, nil
}

// Record adds a prepared proof to its placement, inside a transaction. Faults: Forbidden, wrong_state, duplicate when the
// placement has that file.
func (s *Proofs) Record(ctx context.Context, tx ProofStore, actor access.Actor, agency string, ready Prepared) (f Proof, err error) {
	f = ready.proof
	if f.ID, err = uuid.NewV7(); err != nil {
		return Proof{}, err
	}
	if err := s.add(ctx, tx, actor, agency, f, ready.kept, ready.found); err != nil {
		return Proof{}, err
	}
	return f, nil
}

// ask refuses early, by the same rules that add goes by.
func (s *Proofs) ask(ctx context.Context, actor access.Actor, agency string, f Proof) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return err
		}
		p, err := tx.Placement(ctx, ag.ID, f.PlacementID)
		if err != nil {
			return err
		}
		if _, err := p.Prove(actor.User); err != nil {
			return err
		}
		return f.Check()
	})
}

func (s *Proofs) add(ctx context.Context, tx ProofStore, actor access.Actor, agency string, f Proof, kept file.File, found inspection) error {
	ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
	if err != nil {
		return err
	}
	return s.put(ctx, tx, ag.ID, f, kept, found)
}

// RecordOf is Record for an author who is no person of the office: that he may prove this placement is the caller's to ask.
func (s *Proofs) RecordOf(ctx context.Context, tx ProofStore, agency uuid.UUID, ready Prepared) (f Proof, err error) {
	f = ready.proof
	if f.ID, err = uuid.NewV7(); err != nil {
		return Proof{}, err
	}
	return f, s.put(ctx, tx, agency, f, ready.kept, ready.found)
}

// put adds a proof to its placement in the name of its author.
func (s *Proofs) put(ctx context.Context, tx ProofStore, agency uuid.UUID, f Proof, kept file.File, found inspection) error {
	p, err := tx.HoldPlacement(ctx, agency, f.PlacementID)
	if err != nil {
		return err
	}
	if p, err = p.Prove(f.CreatedBy); err != nil {
		return err
	}
	if err := tx.SaveFile(ctx, kept); err != nil {
		return err
	}
	if found.thumbnail.SHA256 != "" {
		if err := tx.SaveFile(ctx, found.thumbnail); err != nil {
			return err
		}
	}
	if err := tx.AddProof(ctx, f); err != nil {
		return err
	}
	if err := found.compare(ctx, tx, f.SHA256); err != nil {
		return err
	}
	return tx.SavePlacement(ctx, p)
}

// List lists the proofs of a placement, oldest first.
func (s *Proofs) List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[Proof], err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.Placement(ctx, agency, id); err != nil {
			return err
		}
		page, err = tx.Proofs(ctx, id, q)
		return err
	})
	return page, err
}

// Get gives one proof of a placement.
func (s *Proofs) Get(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (f Proof, err error) {
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		if _, err := tx.Placement(ctx, agency, placement); err != nil {
			return err
		}
		f, err = tx.Proof(ctx, placement, id)
		return err
	})
	return f, err
}

// Thumbnail gives the small picture of a proof; NotFound when it has none. The caller closes the content.
func (s *Proofs) Thumbnail(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (file.File, io.ReadCloser, error) {
	proof, err := s.Get(ctx, actor, agency, placement, id)
	if err == nil && proof.Thumbnail == "" {
		err = fault.Missing()
	}
	if err != nil {
		return file.File{}, nil, err
	}
	return s.files.Open(ctx, actor, proof.Thumbnail)
}

// Open gives the file of a proof, under the name that it was sent with; the caller closes the content.
func (s *Proofs) Open(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (file.File, io.ReadCloser, error) {
	proof, err := s.Get(ctx, actor, agency, placement, id)
	if err != nil {
		return file.File{}, nil, err
	}
	f, content, err := s.files.Open(ctx, actor, proof.SHA256)
	f.Filename = proof.Filename
	return f, content, err
}
