package file

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

// Service takes and gives files.
type Service struct {
	store   Store
	write   access.Transactor[Register]
	read    access.Reader[Register]
	sizeMax int64
	scanner Scanner // nil: nothing is scanned
}

// NewService makes the service over its storage; sizeMax bounds each file, in bytes.
func NewService(store Store, write access.Transactor[Register], read access.Reader[Register], sizeMax int64) *Service {
	return &Service{store, write, read, sizeMax, nil}
}

// Scanned is the service with a scanner that everything sent has to pass: what is harmful is refused as file_infected, and
// nothing is taken while the scanner gives no verdict.
func (s *Service) Scanned(by Scanner) *Service {
	out := *s
	out.scanner = by
	return &out
}

// SizeMax is the largest file that is taken, in bytes.
func (s *Service) SizeMax() int64 { return s.sizeMax }

// Sent is a file on its way in. DeclaredType may be empty.
type Sent struct {
	Name         string
	DeclaredType string
	Content      io.Reader
	Purpose      Purpose
}

// Receive keeps the content without noting whose it is: the use case that needs the file saves it in its own
// transaction (SaveFile). Faults: Invalid (empty_file), file_too_large, file_type_not_allowed, file_type_mismatch, file_infected.
func (s *Service) Receive(ctx context.Context, in Sent) (File, error) {
	body := bufio.NewReaderSize(&bounded{in.Content, s.sizeMax, s.sizeMax}, headBytes)
	head, err := body.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return File{}, err
	}
	if len(head) == 0 {
		var wrong fault.Fields
		wrong.Add("/file", "empty_file")
		return File{}, wrong.Err()
	}
	name := Name(in.Name)
	mediaType, err := sniff(head, name, in.DeclaredType, in.Purpose)
	if err != nil {
		return File{}, err
	}
	content := io.Reader(body)
	if s.scanner != nil {
		passing := scan(ctx, s.scanner, body)
		defer func() { _ = passing.Close() }()
		content = passing
	}
	sum, size, err := s.store.Put(ctx, content)
	return File{SHA256: sum, Size: size, MediaType: mediaType, Filename: name}, err
}

// Keep receives a file and notes it in the government's register, to be used by its SHA-256. Faults: Forbidden for
// those who record nothing, and those of Receive.
func (s *Service) Keep(ctx context.Context, actor access.Actor, in Sent) (f File, err error) {
	verb := keeps(actor)
	if err := actor.Can(verb, uuid.Nil); err != nil {
		return File{}, err
	}
	sent, err := s.Receive(ctx, in)
	if err != nil {
		return File{}, err
	}
	err = s.write(ctx, actor.Does(ctx, verb, ""), func(tx Register) (any, error) {
		if err := tx.SaveFile(ctx, sent); err != nil {
			return nil, err
		}
		f, err = tx.File(ctx, sent.SHA256)
		f.Filename = sent.Filename
		return f, err
	})
	return f, err
}

// keeps is the verb by which the actor may keep files: the first of those that files are kept for.
func keeps(actor access.Actor) access.Verb {
	for _, v := range []access.Verb{access.RegistryWrite, access.PlacementWrite, access.InvoiceWrite, access.AcceptanceWrite} {
		if actor.Can(v, uuid.Nil) == nil {
			return v
		}
	}
	return access.RegistryWrite
}

// Open gives a file of the government; the caller closes it. It is NotFound when the actor sees none of the affairs
// that it is used in. A file that is not used yet is as open as the registry.
func (s *Service) Open(ctx context.Context, actor access.Actor, sha256 string) (f File, content io.ReadCloser, err error) {
	err = s.read(ctx, actor, func(tx Register) error {
		if f, err = tx.File(ctx, sha256); err != nil {
			return err
		}
		users, err := tx.FileUsers(ctx, sha256)
		if err != nil {
			return err
		}
		return visible(actor, users)
	})
	if err != nil {
		return File{}, nil, err
	}
	content, err = s.store.Open(ctx, sha256)
	if fault.Is(err, "not_found") {
		// It is in the register, so its loss is ours and not the caller's.
		err = &fault.Error{Kind: fault.Internal, Code: "internal", Cause: errors.New("content of file " + sha256 + " is missing")}
	}
	return f, content, err
}

// Content gives what was received; the caller has received it himself, and closes it. NotFound when it is not there.
func (s *Service) Content(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	return s.store.Open(ctx, sha256)
}

func visible(actor access.Actor, users []uuid.UUID) error {
	if len(users) == 0 {
		users = []uuid.UUID{uuid.Nil}
	}
	for _, u := range users {
		if actor.Sees(u) {
			return nil
		}
	}
	return fault.Missing()
}

// bounded gives file_too_large instead of the byte after the last allowed one.
type bounded struct {
	from      io.Reader
	left, max int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, tooLarge(b.max)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.from.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, tooLarge(b.max)
	}
	return n, err
}

func tooLarge(max int64) error {
	args := fault.Args{"max": max}
	return &fault.Error{
		Kind: fault.TooLarge, Code: "file_too_large", Args: args,
		Fields: []fault.Field{{Pointer: "/file", Code: "file_too_large", Args: args}},
	}
}
