package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tayang/app/listing"
	"tayang/app/money"
)

// listPage is a list of one noun: search, filters, sort, table, paging.
type listPage struct {
	heading
	Path    string // where the list lives; the form sends its filters there
	Count   string
	Search  string
	Hint    string // what the search looks in
	Filters []filter
	Chips   []chip
	Sort    string
	Keep    []box // filters that are not offered and stay
	Narrow  bool  // a search or filter is in force, so that no rows does not mean that there are none
	Table   table
	Next    string
	First   string
}

func (listPage) template() string { return "list" }

// filter is a choice of one field's values.
type filter struct {
	Name    string
	Label   string
	Options []option
	Any     string // what no choice means, when it is not "all"
	Date    bool   // a day is typed instead
	Value   string
}

type option struct {
	Value    string
	Label    string
	Selected bool
}

// chip is a filter in force, with the address of the list without it.
type chip struct {
	Text string
	Href string
}

// listOf begins a list page from its query. Columns that can be sorted carry the field's name in Sort, which is
// replaced by an address. A list that is sorted or filtered anew begins at its first page.
func (in reader) listOf(path string, q listing.Query, columns []column, fields []filter) listPage {
	p := listPage{Path: path, Search: q.Text, Sort: sortText(q), Narrow: q.Text != "" || len(q.Filters) > 0}
	further := q.Cursor != ""
	q.Cursor = ""
	for i, c := range columns {
		if c.Sort == "" {
			continue
		}
		next := q
		next.Sort = []listing.Key{{Field: c.Sort}}
		if len(q.Sort) > 0 && q.Sort[0].Field == c.Sort {
			columns[i].Order = "ascending"
			if q.Sort[0].Desc {
				columns[i].Order = "descending"
			}
			next.Sort[0].Desc = !q.Sort[0].Desc
		}
		columns[i].Sort = address(path, next)
	}
	for _, f := range fields {
		for j, o := range f.Options {
			if slices.Contains(q.Filters[f.Name], o.Value) {
				f.Options[j].Selected = true
				p.Chips = append(p.Chips, chip{f.Label + ": " + o.Label, address(path, without(q, f.Name))})
			}
		}
	}
	if q.Text != "" {
		bare := q
		bare.Text = ""
		p.Chips = append(p.Chips, chip{in.T("list.search") + ": " + q.Text, address(path, bare)})
	}
	p.Table = table{ID: "rows", Columns: columns}
	p.Filters = fields
	if further {
		p.First = address(path, q)
	}
	return p
}

// paged fills in what the answer says: how many there are and where the next page is.
func (p *listPage) paged(in reader, q listing.Query, total *int64, next *string) {
	if total != nil && q.CountMax > 0 && *total > q.CountMax {
		p.Count = in.T("list.count_more", "n", in.Number(q.CountMax))
	} else if total != nil {
		p.Count = in.T("list.count", "n", *total)
	}
	if next != nil {
		q.Cursor = *next
		p.Next = address(p.Path, q)
	}
}

// fromAgreements says of an empty list that its rows begin with an agreement.
func (in reader) fromAgreements(key string) empty {
	return empty{Text: in.T(key), Action: &action{Label: in.T("nav.agreements"), Icon: "file-text", Href: in.path("agreements") + "?status=active"}}
}

// options makes the choices of a filter out of statuses or kinds; their words are PREFIX.VALUE.
func (in reader) options(prefix string, values ...string) []option {
	out := make([]option, len(values))
	for i, v := range values {
		out[i] = option{Value: v, Label: in.T(prefix + "." + v)}
	}
	return out
}

func without(q listing.Query, name string) listing.Query {
	kept := map[string][]string{}
	for k, v := range q.Filters {
		if k != name {
			kept[k] = v
		}
	}
	q.Filters = kept
	return q
}

// address is where the list with that query lives; the cursor only when it is set.
func address(path string, q listing.Query) string {
	v := url.Values{}
	for name, values := range q.Filters {
		v.Set(name, strings.Join(values, ","))
	}
	for name, value := range map[string]string{"q": q.Text, "sort": sortText(q), "cursor": q.Cursor} {
		if value != "" && (name != "cursor" || q.Cursor != "") {
			v.Set(name, value)
		}
	}
	if q.Limit != listing.LimitDefault && q.Limit != 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

func sortText(q listing.Query) string {
	var keys []string
	for _, k := range q.Sort {
		if k.Desc {
			k.Field = "-" + k.Field
		}
		keys = append(keys, k.Field)
	}
	return strings.Join(keys, ",")
}

// countMax is how far rows are counted for a heading; beyond that people read "more than".
const countMax = 1_000

// query reads the list's query from the address; empty filters do not count, and the total is always wanted.
func (r *request) query() (listing.Query, error) {
	params := map[string][]string{}
	for name, value := range r.c.Queries() {
		if value != "" {
			params[name] = []string{value}
		}
	}
	q, err := listing.Parse(params)
	q.Count, q.CountMax = true, countMax
	return q, err
}

// total adds the amounts of the rows shown.
func total[T any](items []T, of func(T) money.Amount) money.Amount {
	var sum money.Amount
	for _, i := range items {
		sum += of(i)
	}
	return sum
}
