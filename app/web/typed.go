package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// typed is what a person sent, read field by field. What cannot be read is noted and the zero value goes on, so that
// everything wrong is said at once.
type typed struct {
	reader
	get   func(name string) string
	wrong fault.Fields
}

func (r *request) typed() *typed {
	return &typed{reader: r.reader, get: func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(r.c.FormValue(name), "\r\n", "\n")) // browsers end lines so
	}}
}

// pointer turns a field's name into its JSON pointer.
func pointer(name string) string { return "/" + strings.ReplaceAll(name, ".", "/") }

// err is everything that is wrong: what could not be read, and what check finds elsewhere.
func (t *typed) err(check error) error {
	f := fault.From(check)
	if check != nil && f.Kind != fault.Invalid {
		return check
	}
	unread := slices.Clone(t.wrong)
	if check == nil {
		return unread.Err()
	}
	for _, w := range f.Fields {
		said := func(u fault.Field) bool { return w.Pointer == u.Pointer || strings.HasPrefix(w.Pointer, u.Pointer+"/") }
		if !slices.ContainsFunc(unread, said) {
			t.wrong = append(t.wrong, w)
		}
	}
	return t.wrong.Err()
}

// text reads a text; one that no database can keep is noted, whatever it is for.
func (t *typed) text(name string) string {
	s := t.get(name)
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		t.wrong.Add(pointer(name), "bad_text")
	}
	return s
}

func (t *typed) note(name string, err error) {
	f := fault.From(err)
	t.wrong.AddWith(pointer(name), f.Code, f.Args)
}

// date reads a date; nothing typed is no date.
func (t *typed) date(name string) period.Date {
	if t.get(name) == "" {
		return period.Date{}
	}
	d, err := period.ParseDate(t.get(name))
	if err != nil {
		t.note(name, err)
	}
	return d
}

// month reads a month that was chosen; nothing chosen is no month.
func (t *typed) month(name string) period.Month {
	if t.get(name) == "" {
		return period.Month{}
	}
	m, err := period.ParseMonth(t.get(name))
	if err != nil {
		t.note(name, err)
	}
	return m
}

// amount reads an amount as people type it; nothing typed is zero.
func (t *typed) amount(name string) money.Amount {
	if t.get(name) == "" {
		return 0
	}
	a, err := money.Parse(t.get(name), t.Agency.Currency)
	if err != nil {
		t.note(name, err)
	}
	return a
}

// amountOr is amount, or nil when nothing was typed.
func (t *typed) amountOr(name string) *money.Amount {
	if t.get(name) == "" {
		return nil
	}
	a := t.amount(name)
	return &a
}

// whole reads a whole number, with or without thousands marks: they stand where those of rupiah do.
func (t *typed) whole(name string) int64 {
	s := t.get(name)
	if s == "" {
		return 0
	}
	n, err := money.Parse(s, money.IDR)
	if err != nil || strings.ContainsAny(s, "Rp") {
		t.wrong.Add(pointer(name), "not_number")
	}
	return int64(n)
}

// uuid reads an id that was chosen; nothing chosen is uuid.Nil.
func (t *typed) uuid(name string) uuid.UUID {
	if t.get(name) == "" {
		return uuid.Nil
	}
	id, err := uuid.Parse(t.get(name))
	if err != nil {
		t.wrong.Add(pointer(name), "not_found")
	}
	return id
}

// uuidOr is uuid, or none when nothing was chosen.
func (t *typed) uuidOr(name string) uuid.NullUUID {
	id := t.uuid(name)
	return uuid.NullUUID{UUID: id, Valid: id != uuid.Nil}
}

func (t *typed) yes(name string) bool { return t.get(name) != "" }

// rowOf splits "items.3.unit" into 3 and "unit".
func rowOf(prefix, name string) (i int, rest string, ok bool) {
	tail, ok := strings.CutPrefix(name, prefix+".")
	index, rest, found := strings.Cut(tail, ".")
	i, err := strconv.Atoi(index)
	return i, rest, ok && found && err == nil
}

// withoutRow reads the rows after the removed one as if they had moved up.
func withoutRow(prefix string, get func(string) string, gone int) func(string) string {
	return func(name string) string {
		i, rest, ok := rowOf(prefix, name)
		if !ok || i < gone {
			return get(name)
		}
		return get(prefix + "." + strconv.Itoa(i+1) + "." + rest)
	}
}

// rows counts the rows of a grid by the highest index that was sent; the bound keeps a hostile form small.
func (r *request) rows(prefix string) int {
	const rowsMax = 1001 // one more than a form may hold, so that the rule says it
	n := 0
	seen := func(key string) {
		if i, _, ok := rowOf(prefix, key); ok && i >= 0 && i < rowsMax {
			n = max(n, i+1)
		}
	}
	for key := range r.c.Request().PostArgs().All() {
		seen(string(key))
	}
	if form, err := r.c.MultipartForm(); err == nil {
		for key := range form.Value {
			seen(key)
		}
	}
	return n
}

// all gives every value of a repeated field, such as checkboxes.
func (r *request) all(name string) (out []string) {
	for _, v := range r.c.Request().PostArgs().PeekMulti(name) {
		out = append(out, string(v))
	}
	if form, err := r.c.MultipartForm(); err == nil {
		out = append(out, form.Value[name]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// expected is the version of the object that the person has seen; a form that names none is out of date.
func (r *request) expected() *int64 {
	n, err := strconv.ParseInt(r.c.FormValue("version"), 10, 64)
	if err != nil {
		n = -1
	}
	return &n
}

// version is what a form that was refused carries on: the version that the person saw, or the present one once he has
// been told that somebody else changed the object.
func (r *request) version(err error, present int64) int64 {
	if fault.From(err).Kind == fault.Stale {
		return present
	}
	return r.seen()
}

// seen is expected for a form that is shown again.
func (r *request) seen() int64 {
	return *r.expected()
}
