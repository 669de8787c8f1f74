// Package fault is the one kind of error that people outside the program may read: what went wrong, on which
// fields, with which figures. It knows nothing of HTTP, SQL or languages; the edges translate it.
package fault

import (
	"errors"
	"strings"
)

// Kind says what sort of refusal a fault is; each edge maps it to its own vocabulary.
type Kind int

// The kinds of refusal.
const (
	Internal             Kind = iota // something of ours broke; nothing of it is told outside
	Malformed                        // the request cannot be read
	Unauthenticated                  // nobody is signed in
	Forbidden                        // signed in, and not allowed
	NotFound                         // not there, or not visible to the caller
	Conflict                         // the state of the data refuses it
	Stale                            // somebody changed the object since it was read
	TooLarge                         // over a size limit
	UnsupportedMedia                 // not a content type that is read here
	Invalid                          // readable, and some fields are wrong
	PreconditionRequired             // a version must be named
	TooMany                          // a rate limit
	Full                             // no room is left to keep what was sent
	Unavailable                      // something that the work needs does not answer; the same again may do later
)

// Args are the figures and names that a message needs, by placeholder.
type Args map[string]any

// Field names one wrong field by JSON pointer (RFC 6901) and says by code what is wrong with it.
type Field struct {
	Pointer string
	Code    string
	Args    Args
}

// Error is a refusal. Code is stable vocabulary; Cause is for the log only.
type Error struct {
	Kind   Kind
	Code   string
	Args   Args
	Fields []Field
	Cause  error
}

// Error gives code and fields for the log, never for a reader.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, f := range e.Fields {
		b.WriteString(" " + f.Pointer + ":" + f.Code)
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault without arguments.
func New(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// With makes a fault with arguments for its message.
func With(kind Kind, code string, args Args) *Error {
	return &Error{Kind: kind, Code: code, Args: args}
}

// Missing is the answer for what is not there or not visible.
func Missing() *Error { return New(NotFound, "not_found") }

// WrongState refuses a verb in the object's present status.
func WrongState(status, verb string) *Error {
	return With(Conflict, "wrong_state", Args{"status": status, "verb": verb})
}

// From finds the fault in err's chain; anything else is Internal, with err as its cause.
func From(err error) *Error {
	var f *Error
	if errors.As(err, &f) {
		return f
	}
	return &Error{Kind: Internal, Code: "internal", Cause: err}
}

// Is reports whether err is a fault of that code.
func Is(err error, code string) bool {
	var f *Error
	return errors.As(err, &f) && f.Code == code
}

// Fields collects what is wrong with an input, so that a person hears everything at once.
type Fields []Field

// Add notes a wrong field.
func (fs *Fields) Add(pointer, code string) { *fs = append(*fs, Field{Pointer: pointer, Code: code}) }

// AddWith notes a wrong field with arguments for its message.
func (fs *Fields) AddWith(pointer, code string, args Args) {
	*fs = append(*fs, Field{Pointer: pointer, Code: code, Args: args})
}

// Err is nil when nothing was noted, else an Invalid fault with every field.
func (fs Fields) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid", Fields: fs}
}

// Expect refuses with stale when the caller names a version (If-Match) and the object has another one by now.
func Expect(expected *int64, version int64) error {
	if expected != nil && *expected != version {
		return With(Stale, "stale", Args{"version": version})
	}
	return nil
}
