// Package listing is how every list of the program is asked for and answered: limit, cursor, count, search, sort
// and filters by field name. What the fields of a list are is said where its SQL is, in db.
package listing

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tayang/app/fault"
)

// Limits of one page.
const (
	LimitDefault = 50
	LimitMax     = 500
	textBytesMax = 200
)

// Key is one field to sort by.
type Key struct {
	Field string
	Desc  bool
}

// Query is what a reader asks of a list. Filters hold the accepted values of a field; several mean any of them. Whole
// holds those that were sent with a comma in them as they came: a text may be meant as it is.
type Query struct {
	Limit    int
	Cursor   string
	Count    bool
	CountMax int64 // counting may stop behind so many: a total beyond it says only that there are more; 0: to the end
	Text     string
	Sort     []Key
	Filters  map[string][]string
	Whole    map[string][]string
}

// Page is one page of a list. NextCursor is nil on the last page, Total is there only when it was asked for.
type Page[T any] struct {
	Items      []T     `json:"items"`
	NextCursor *string `json:"next_cursor"`
	Total      *int64  `json:"total,omitempty"`
}

// All is the query for the first page at its largest.
func All() Query { return Query{Limit: LimitMax} }

// Where gives the query narrowed to a value of a field.
func (q Query) Where(field string, values ...string) Query {
	filters := map[string][]string{field: values}
	for k, v := range q.Filters {
		if k != field {
			filters[k] = v
		}
	}
	q.Filters = filters
	if q.Whole[field] != nil {
		q.Whole = maps.Clone(q.Whole)
		delete(q.Whole, field)
	}
	return q
}

// Parse reads a query from URL parameters. Every parameter that is not of the list itself is a filter, by name;
// faults are Invalid with pointers /query/NAME.
func Parse(params map[string][]string) (Query, error) {
	q := Query{Limit: LimitDefault, Filters: map[string][]string{}, Whole: map[string][]string{}}
	var wrong fault.Fields
	for name, values := range params {
		last := values[len(values)-1]
		switch name {
		case "limit":
			n, err := strconv.Atoi(last)
			if err != nil || n < 1 || n > LimitMax {
				wrong.AddWith("/query/limit", "out_of_range", fault.Args{"min": 1, "max": LimitMax})
			}
			q.Limit = n
		case "cursor":
			q.Cursor = last
		case "count":
			on, err := strconv.ParseBool(last)
			if err != nil {
				wrong.Add("/query/count", "not_boolean")
			}
			q.Count = on
		case "q":
			if len(last) > textBytesMax {
				wrong.AddWith("/query/q", "too_long", fault.Args{"max": textBytesMax})
			}
			q.Text = strings.TrimSpace(last)
		case "sort":
			q.Sort = keys(last)
		default:
			q.Filters[name] = split(values)
			if strings.Contains(strings.Join(values, ""), ",") {
				q.Whole[name] = values
			}
		}
	}
	return q, wrong.Err()
}

func keys(text string) (out []Key) {
	for _, f := range strings.Split(text, ",") {
		if f = strings.TrimSpace(f); f != "" {
			name, desc := strings.CutPrefix(f, "-")
			out = append(out, Key{Field: name, Desc: desc})
		}
	}
	return out
}

func split(values []string) (out []string) {
	for _, v := range values {
		out = append(out, strings.Split(v, ",")...)
	}
	return slices.Compact(out)
}

// Position is where a page ended: the sort it was made with and the last row's values in it, as text.
type Position struct {
	Sort   string   `json:"s"`
	Values []string `json:"v"`
}

// Encode makes the opaque cursor.
func (p Position) Encode() string {
	b, _ := json.Marshal(p) // strings only: cannot fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// Decode reads a cursor that was made for the same sort, with n values; any other is refused.
func Decode(cursor, sort string, n int) (Position, error) {
	var p Position
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || p.Sort != sort || len(p.Values) != n {
		return Position{}, Refuse("cursor", "cursor_invalid")
	}
	return p, nil
}

// Refuse is the fault for one wrong parameter.
func Refuse(parameter, code string) error {
	var wrong fault.Fields
	wrong.Add("/query/"+parameter, code)
	return wrong.Err()
}
