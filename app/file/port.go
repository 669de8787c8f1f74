package file

import (
	"context"
	"io"

	"github.com/google/uuid"
)

// Store keeps content by its SHA-256, in hexadecimal.
type Store interface {
	// Put keeps everything that r gives; the content is durable once it returns. An error of r is given back as it is,
	// and nothing is kept. Faults: storage_full when no room is left, storage_unavailable.
	Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
	// Open reads content again; NotFound when it is not there, another error when it is not what it was.
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Spool holds what is still arriving, until it is known what it is for. It is gone when it is closed, and when the program
// ends however that comes.
type Spool interface {
	io.ReadWriteSeeker
	io.Closer
}

// Register is what files need of the database, inside one transaction.
type Register interface {
	// SaveFile notes a file of the government; noting it again changes nothing.
	SaveFile(ctx context.Context, f File) error
	// File finds a file of the government; NotFound when there is none.
	File(ctx context.Context, sha256 string) (File, error)
	// FileUsers gives the agencies in whose affairs the file is; uuid.Nil stands for the registry.
	FileUsers(ctx context.Context, sha256 string) ([]uuid.UUID, error)
}
