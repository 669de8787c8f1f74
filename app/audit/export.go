package audit

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// An exported log is lines of JSON: a header, then for each seal a line of the seal and a line for each of its events,
// exactly as stored. Who has the file and the keys needs neither us nor a database.

// ExportKind is how the header of an exported log begins.
const ExportKind = "tayang-log/1"

// ExportHeader is the first line of an exported log.
type ExportHeader struct {
	Kind       string `json:"kind"`
	Origin     string `json:"origin"`
	Government string `json:"government"`
	Keys       []Key  `json:"keys"`
}

// Exporter writes an exported log.
type Exporter struct{ w *bufio.Writer }

// NewExporter writes the header.
func NewExporter(w io.Writer, h ExportHeader) (*Exporter, error) {
	h.Kind = ExportKind
	e := &Exporter{bufio.NewWriterSize(w, 1<<16)}
	return e, e.line(h)
}

func (e *Exporter) line(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = e.w.Write(append(text, '\n'))
	return err
}

// Add writes a seal with its events.
func (e *Exporter) Add(s Seal, events map[int64][]byte) error {
	if err := e.line(s); err != nil {
		return err
	}
	for _, seq := range s.Seqs {
		if err := e.line(string(events[seq])); err != nil {
			return err
		}
	}
	return nil
}

// Close writes what is left; the writer below stays open.
func (e *Exporter) Close() error { return e.w.Flush() }

// lineMax bounds a line of an exported log: a seal of 4096 events with its hashes, or an event.
const lineMax = 64 << 20

// errNoExport is a file that is no exported log, or not a whole one.
var errNoExport = errors.New("not an exported log, or not the whole of it")

// VerifyExport verifies an exported log from its file alone. trusted, when there are any, are public keys that the reader
// has from elsewhere: one of them must have signed, and vouches for what came before its checkpoints and for the keys
// that followed it. Without them the file's own keys only show that it is whole and signed by whoever made it.
func VerifyExport(r io.Reader, trusted []string, found func(Problem)) (*Verification, ExportHeader, error) {
	var h ExportHeader
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), lineMax)
	if err := next(lines, &h); err != nil || h.Kind != ExportKind {
		return nil, h, errors.Join(errNoExport, err)
	}
	if len(trusted) > 0 && !slices.ContainsFunc(h.Keys, func(k Key) bool { return slices.Contains(trusted, k.Verifier) }) {
		found(Problem{CheckCheckpoints, h.Origin, "none of its keys is one that is trusted"})
	}
	v := NewVerification(h.Origin, h.Keys)
	for lines.Scan() {
		var s Seal
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return v, h, errors.Join(errNoExport, err)
		}
		events := make(map[int64][]byte, len(s.Seqs))
		for _, seq := range s.Seqs {
			var text string
			if err := next(lines, &text); err != nil {
				return v, h, fmt.Errorf("event %d: %w", seq, errors.Join(errNoExport, err))
			}
			events[seq] = []byte(text)
		}
		for _, p := range v.Add(s, events) {
			found(p)
		}
	}
	return v, h, lines.Err()
}

func next(lines *bufio.Scanner, into any) error {
	if !lines.Scan() {
		return errors.Join(io.ErrUnexpectedEOF, lines.Err())
	}
	return json.Unmarshal(lines.Bytes(), into)
}
