package file

import (
	"context"
	"errors"
	"fmt"
	"io"

	"tayang/app/fault"
)

// Scanner says whether content is harmful.
type Scanner interface {
	// Scan gives the name of what is found in the content, empty when nothing is. An error of r is given back as it is;
	// every other error means that the content was not judged.
	Scan(ctx context.Context, r io.Reader) (found string, err error)
}

// errUnjudged ends the reading of content that nobody judges any more.
var errUnjudged = errors.New("the scanner stopped")

// scanned gives content to the scanner as it passes, and its end only once the scanner has found nothing.
type scanned struct {
	from    io.Reader
	to      *io.PipeWriter
	verdict chan error
	stop    context.CancelFunc
	end     error // given once reached
}

// scan lets the content pass the scanner on its way; the caller closes what it gets.
func scan(ctx context.Context, s Scanner, content io.Reader) *scanned {
	ctx, stop := context.WithCancel(ctx)
	out, in := io.Pipe()
	r := &scanned{from: content, to: in, verdict: make(chan error, 1), stop: stop}
	go func() {
		found, err := s.Scan(ctx, out)
		_ = out.CloseWithError(errUnjudged)
		switch {
		case err != nil:
			r.verdict <- &fault.Error{Kind: fault.Internal, Code: "internal", Cause: fmt.Errorf("scan a file: %w", err)}
		case found != "":
			r.verdict <- infected(found)
		default:
			r.verdict <- nil
		}
	}()
	return r
}

func (r *scanned) Read(p []byte) (int, error) {
	if r.end != nil {
		return 0, r.end
	}
	n, err := r.from.Read(p)
	if _, lost := r.to.Write(p[:n]); n > 0 && lost != nil {
		if r.end = <-r.verdict; r.end == nil { // it judged without having read all
			r.end = &fault.Error{Kind: fault.Internal, Code: "internal", Cause: errUnjudged}
		}
		return 0, r.end
	}
	switch {
	case errors.Is(err, io.EOF):
		_ = r.to.Close()
		if r.end = <-r.verdict; r.end == nil {
			r.end = io.EOF
		}
		return n, r.end
	case err != nil:
		r.end = err
		_ = r.to.CloseWithError(err)
	}
	return n, err
}

// Close ends the scan.
func (r *scanned) Close() error {
	r.stop()
	return r.to.CloseWithError(errUnjudged)
}

func infected(name string) error {
	args := fault.Args{"found": name}
	return &fault.Error{
		Kind: fault.Invalid, Code: "file_infected", Args: args,
		Fields: []fault.Field{{Pointer: "/file", Code: "file_infected", Args: args}},
	}
}
