package api

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"tayang/app/fault"
)

// Bounds of a JSON body.
const (
	bodyBytesMax    = 8 << 20
	listElementsMax = 20_000
	fieldFaultsMax  = 100
)

// Decode reads a JSON object into dest, strictly: fields that dest does not know, fields given twice, wrong types,
// numbers that are not whole or beyond 64 bits, and (when all is wanted) missing fields are each named by pointer.
// Fields are required unless they say omitempty or required:"false". A null clears a field; for a required field it
// counts as missing. The fault is Malformed when the body is not JSON in UTF-8 at all, else Invalid.
func Decode(body []byte, dest any, all bool) error {
	if !utf8.Valid(body) {
		return fault.New(fault.Malformed, "not_utf8")
	}
	if len(body) > bodyBytesMax {
		return fault.With(fault.TooLarge, "body_too_large", fault.Args{"max": bodyBytesMax})
	}
	if !json.Valid(body) {
		return fault.New(fault.Malformed, "not_json")
	}
	d := decoder{all: all}
	if string(bytes.TrimSpace(body)) == "null" {
		d.add("", "not_object")
	}
	d.value("", body, reflect.ValueOf(dest).Elem())
	return d.wrong.Err()
}

type decoder struct {
	all   bool
	wrong fault.Fields
}

func (d *decoder) add(at, code string) {
	if len(d.wrong) < fieldFaultsMax {
		d.wrong.Add(at, code)
	}
}

func (d *decoder) value(at string, raw json.RawMessage, v reflect.Value) {
	raw = bytes.TrimSpace(raw)
	if string(raw) == "null" {
		v.SetZero()
		return
	}
	if v.Kind() == reflect.Pointer {
		fresh := reflect.New(v.Type().Elem())
		d.value(at, raw, fresh.Elem())
		v.Set(fresh)
		return
	}
	if d.own(at, raw, v) {
		return
	}
	switch v.Kind() { //nolint:exhaustive // every kind that a body may hold; the rest falls to default
	case reflect.Struct:
		d.object(at, raw, v)
	case reflect.Slice:
		d.list(at, raw, v)
	case reflect.Map:
		d.counts(at, raw, v)
	case reflect.Int, reflect.Int64:
		d.whole(at, raw, v)
	case reflect.Bool:
		d.scalar(at, raw, v, "not_boolean")
	case reflect.String:
		d.text(at, raw, v)
	default:
		d.add(at, "not_readable")
	}
}

// own lets types that read themselves (dates, ids) do so.
func (d *decoder) own(at string, raw json.RawMessage, v reflect.Value) bool {
	reader, isJSON := v.Addr().Interface().(json.Unmarshaler)
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	if !isJSON && !isText {
		return false
	}
	if raw[0] != '"' {
		d.add(at, "not_text")
		return true
	}
	var err error
	if isJSON {
		err = reader.UnmarshalJSON(raw)
	} else {
		err = json.Unmarshal(raw, v.Addr().Interface())
	}
	if err == nil {
		return true
	}
	var f *fault.Error
	if errors.As(err, &f) {
		d.add(at, f.Code)
	} else {
		d.add(at, "not_readable")
	}
	return true
}

func (d *decoder) object(at string, raw json.RawMessage, v reflect.Value) {
	if raw[0] != '{' {
		d.add(at, "not_object")
		return
	}
	known, seen := map[string]slot{}, map[string]bool{}
	slots(v, known)
	walk(raw, func(name string, value json.RawMessage) bool {
		pointer := at + "/" + escape(name)
		s, ok := known[name]
		switch {
		case !ok:
			d.add(pointer, "unknown_field")
		case seen[name]:
			d.add(pointer, "doubled")
		case string(bytes.TrimSpace(value)) == "null" && s.required:
			d.add(pointer, "required")
		default:
			d.value(pointer, value, s.value)
		}
		seen[name] = true
		return len(d.wrong) < fieldFaultsMax
	})
	if !d.all {
		return
	}
	for _, s := range inOrder(known) {
		if s.required && !seen[s.name] {
			d.add(at+"/"+s.name, "required")
		}
	}
}

// slot is one field that an object may have.
type slot struct {
	name     string
	place    int
	required bool
	value    reflect.Value
}

func slots(v reflect.Value, into map[string]slot) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			slots(v.Field(i), into)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		optional := strings.Contains(options, "omit") || f.Tag.Get("required") == "false"
		into[name] = slot{name, len(into), !optional, v.Field(i)}
	}
}

func inOrder(known map[string]slot) []slot {
	out := make([]slot, len(known))
	for _, s := range known {
		out[s.place] = s
	}
	return out
}

// walk calls fn for each field of a valid JSON object, in order, doubles included.
func walk(raw json.RawMessage, fn func(name string, value json.RawMessage) bool) {
	for rest := raw[1:]; ; {
		key, after := element(rest)
		if key == nil {
			return
		}
		value, next := element(after)
		if rest = next; !fn(nameOf(key), value) {
			return
		}
	}
}

func nameOf(key json.RawMessage) (name string) {
	if bytes.IndexByte(key, '\\') < 0 {
		return string(key[1 : len(key)-1])
	}
	_ = json.Unmarshal(key, &name) // valid JSON: cannot fail
	return name
}

// element cuts the next key or value off the inside of a valid JSON object or list; nil at its end.
func element(inside json.RawMessage) (value, rest json.RawMessage) {
	inside = bytes.TrimLeft(inside, " \t\r\n,:")
	depth := 0
	for i := 0; i < len(inside); i++ {
		switch inside[i] {
		case '"':
			i += quoted(inside[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			if depth--; depth < 0 && i == 0 {
				return nil, nil
			} else if depth < 0 {
				return inside[:i:i], inside[i:]
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return inside[:i:i], inside[i:]
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return inside[: i+1 : i+1], inside[i+1:]
		}
	}
	return nil, nil
}

// quoted is the length of the JSON text that begins here, with its quotes.
func quoted(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func (d *decoder) list(at string, raw json.RawMessage, v reflect.Value) {
	if raw[0] != '[' {
		d.add(at, "not_list")
		return
	}
	out := reflect.MakeSlice(v.Type(), 0, 8)
	value, rest := element(raw[1:])
	for i := 0; value != nil; i++ {
		if i == listElementsMax {
			d.wrong.AddWith(at, "too_many", fault.Args{"max": listElementsMax})
			return
		}
		item := reflect.New(v.Type().Elem()).Elem()
		pointer := at + "/" + strconv.Itoa(i)
		if string(bytes.TrimSpace(value)) == "null" {
			d.add(pointer, "required")
		} else {
			whole := decoder{all: true, wrong: d.wrong}
			whole.value(pointer, value, item)
			d.wrong = whole.wrong
		}
		out = reflect.Append(out, item)
		value, rest = element(rest)
	}
	v.Set(out)
}

// counts reads an object of whole numbers by name.
func (d *decoder) counts(at string, raw json.RawMessage, v reflect.Value) {
	if raw[0] != '{' {
		d.add(at, "not_object")
		return
	}
	out := reflect.MakeMap(v.Type())
	walk(raw, func(name string, value json.RawMessage) bool {
		pointer, key := at+"/"+escape(name), reflect.ValueOf(name).Convert(v.Type().Key())
		if out.MapIndex(key).IsValid() {
			d.add(pointer, "doubled")
		}
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(pointer, value, item)
		out.SetMapIndex(key, item)
		return len(d.wrong) < fieldFaultsMax
	})
	v.Set(out)
}

func (d *decoder) whole(at string, raw json.RawMessage, v reflect.Value) {
	if raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		d.add(at, "not_number")
		return
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	switch {
	case err == nil:
		v.SetInt(n)
	case errors.Is(err, strconv.ErrRange):
		d.add(at, "beyond_64_bits")
	default:
		d.add(at, "not_whole")
	}
}

func (d *decoder) scalar(at string, raw json.RawMessage, v reflect.Value, code string) {
	if json.Unmarshal(raw, v.Addr().Interface()) != nil {
		d.add(at, code)
	}
}

// text refuses NUL, and the mark that stands for what was no character: half a surrogate pair becomes it, and a record
// would hold something else than what was sent.
func (d *decoder) text(at string, raw json.RawMessage, v reflect.Value) {
	if d.scalar(at, raw, v, "not_text"); strings.ContainsAny(v.String(), "\x00\ufffd") {
		d.add(at, "bad_text")
		v.SetZero()
	}
}

// escape writes a name as a JSON pointer token (RFC 6901).
func escape(name string) string {
	if len(name) > 80 {
		name = name[:80] + "…"
	}
	if !strings.ContainsAny(name, "~/") {
		return strings.ToValidUTF8(name, "�")
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(strings.ToValidUTF8(name, "�"))
}
