package web

import (
	"slices"
	"strings"

	"tayang/app/fault"
)

// mark puts what is wrong beside the fields and into the summary. A complaint whose field is not on the form still
// stands in the summary.
func (p *formPage) mark(in reader, f *fault.Error) {
	if len(f.Fields) == 0 || f.Kind == fault.Conflict || f.Kind == fault.Stale {
		p.Errors = append(p.Errors, link{Text: in.Fault(f, in.Agency.Currency)})
	}
	for _, wrong := range f.Fields {
		name := strings.ReplaceAll(strings.TrimPrefix(wrong.Pointer, "/"), "/", ".")
		l := link{Text: in.Field(wrong, in.Agency.Currency)}
		if target := p.find(name); target != nil {
			if target.Error == "" {
				target.Error = in.FieldMessage(wrong, in.Agency.Currency)
			}
			l.Href = "#" + target.ID()
		}
		p.Errors = append(p.Errors, l)
	}
}

// find gives the field of that name, or the first below it (for /bank, of bank.*), or the one above it (for a line of
// a pasted text, the text).
func (p *formPage) find(name string) *field {
	for {
		if f := p.findBelow(name); f != nil {
			return f
		}
		at := strings.LastIndexByte(name, '.')
		if at < 0 {
			return nil
		}
		name = name[:at]
	}
}

func (p *formPage) findBelow(name string) *field {
	if f := p.each(func(f *field) bool { return f.Name == name || slices.Contains(f.Also, name) }); f != nil {
		return f
	}
	return p.each(func(f *field) bool { return strings.HasPrefix(f.Name, name+".") })
}

// fill puts back what was typed.
func (p *formPage) fill(get func(name string) string) {
	p.each(func(f *field) bool {
		if f.Kind == "password" || f.Kind == "file" {
			return false
		}
		f.Value = get(f.Name)
		for i := range f.Options {
			f.Options[i].Selected = f.Options[i].Value == f.Value
		}
		return false
	})
}

// isFault splits an error: a refusal that belongs on the form, or one that has a page of its own.
func isFault(err error) (*fault.Error, bool) {
	f := fault.From(err)
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.Stale, fault.TooLarge, fault.UnsupportedMedia:
		return f, true
	case fault.Forbidden:
		return f, f.Code == "segregation_of_duties"
	case fault.Internal, fault.Malformed, fault.Unauthenticated, fault.NotFound, fault.PreconditionRequired, fault.TooMany:
	}
	return f, false
}

// refused shows the form again with what was typed, or hands a refusal of another kind on.
func (r *request) refused(p formPage, err error) (answer, error) {
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p.fill(r.typed().get)
	p.mark(r.reader, f)
	return answer{page: p, status: statusOf(f.Kind)}, nil
}

// become is the change of an object into what a form says, for the use cases that change in part.
func become[T any](f T) func(T) (T, error) {
	return func(T) (T, error) { return f, nil }
}
