package db

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx/reflectx"
	"github.com/lib/pq"

	"tayang/app/fault"
	"tayang/app/listing"
)

// kind is what a filter's text must be; it is also the SQL type that the text is cast to.
type kind string

const (
	ofText kind = "text"
	ofUUID kind = "uuid"
	ofDate kind = "date"
	ofTime kind = "timestamptz"
	ofInt  kind = "bigint"
	ofBool kind = "boolean"
)

// field is one name that a list can be filtered and sorted by. The expression must not be NULL.
type field struct {
	expr string
	kind kind
}

// list describes one list of the program: FROM with its joins, the columns of a row, fields by name, what free text
// is looked for in, the unique key that ends every sort, and the sort when none is asked for ("-" is that key,
// newest first). A long list also names its own table, when everything else in FROM is an outer join to one row at most.
type list struct {
	columns, from string
	own           string // "table alias"
	fields        map[string]field
	search        []string
	id            field
	sort          string
}

// clause is a piece of WHERE with its values; each ? stands for the next value.
type clause struct {
	sql  string
	args []any
}

func where(sql string, args ...any) clause { return clause{sql, args} }

// statement collects SQL with numbered placeholders.
type statement struct {
	conds []string
	args  []any
}

func (s *statement) add(c clause) {
	for _, a := range c.args {
		s.args = append(s.args, a)
		c.sql = strings.Replace(c.sql, "?", "$"+strconv.Itoa(len(s.args)), 1)
	}
	s.conds = append(s.conds, c.sql)
}

// pageOf answers a list query within its scope (the government and, as a rule, the agency). Unknown fields and
// unreadable values are Invalid faults with pointers /query/NAME.
func pageOf[T any](ctx context.Context, tx *Tx, l list, q listing.Query, scope ...clause) (listing.Page[T], error) {
	page := listing.Page[T]{Items: []T{}}
	sort, err := l.order(q)
	if err != nil {
		return page, err
	}
	var s statement
	for _, c := range scope {
		s.add(c)
	}
	if err := l.filter(&s, q); err != nil {
		return page, err
	}
	if !l.alone(s, sort) {
		ctx = plannedAnew(ctx)
	}
	if q.Count {
		page.Total = new(int64)
		if err := tx.get(ctx, page.Total, l.counting(s, q.CountMax), s.args...); err != nil {
			return page, err
		}
	}
	if err := l.after(&s, sort, q.Cursor); err != nil {
		return page, err
	}
	limit := q.Limit
	if limit < 1 || limit > listing.LimitMax {
		limit = listing.LimitDefault
	}
	items, last, err := readPage[T](ctx, tx, l.statement(s, sort, limit+1), s.args, limit)
	page.Items = items
	if last != nil {
		next := listing.Position{Sort: name(sort), Values: last}.Encode()
		page.NextCursor = &next
	}
	return page, err
}

func (l list) statement(s statement, sort []listing.Key, limit int) string {
	var order, keys []string
	for _, k := range sort {
		dir := ""
		if k.Desc {
			dir = " DESC"
		}
		order = append(order, l.expr(k.Field).expr+dir)
		keys = append(keys, "("+l.expr(k.Field).expr+")::text")
	}
	return fmt.Sprintf("SELECT %s, ARRAY[%s] AS list_keys FROM %s WHERE %s ORDER BY %s LIMIT %d",
		l.columns, strings.Join(keys, ", "), l.from, strings.Join(s.conds, " AND "), strings.Join(order, ", "), limit)
}

// counting is the statement that counts, one row further than most when it may stop there.
func (l list) counting(s statement, most int64) string {
	from := " FROM " + l.counted(s) + " WHERE " + strings.Join(s.conds, " AND ")
	if most > 0 {
		return fmt.Sprintf("SELECT count(*) FROM (SELECT%s LIMIT %d) AS few", from, most+1)
	}
	return "SELECT count(*)" + from
}

// counted is the FROM of a count: the list's own table alone when no condition looks into its outer joins, for then an
// index can answer without the table.
func (l list) counted(s statement) string {
	if l.owns(s.conds...) {
		return l.own
	}
	return l.from
}

// alone reports whether conditions and sort look at the list's own table only. Then one plan along an index of that table
// serves all values, and planning the joins anew would take longer than the rows do.
func (l list) alone(s statement, sort []listing.Key) bool {
	exprs := slices.Clone(s.conds)
	for _, k := range sort {
		exprs = append(exprs, l.expr(k.Field).expr)
	}
	return l.owns(exprs...)
}

// owns reports whether the expressions name columns of the list's own table only.
func (l list) owns(exprs ...string) bool {
	_, alias, there := strings.Cut(l.own, " ")
	for _, word := range strings.FieldsFunc(strings.Join(exprs, " "), func(r rune) bool {
		return r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if table, _, named := strings.Cut(word, "."); named && table != alias {
			return false
		}
	}
	return there
}

// expr finds a field; "" is the unique key.
func (l list) expr(name string) field {
	if name == "" {
		return l.id
	}
	return l.fields[name]
}

func (l list) order(q listing.Query) ([]listing.Key, error) {
	keys := q.Sort
	if len(keys) == 0 {
		for _, f := range strings.Split(l.sort, ",") {
			n, desc := strings.CutPrefix(f, "-")
			keys = append(keys, listing.Key{Field: n, Desc: desc})
		}
	}
	for _, k := range keys {
		if _, ok := l.fields[k.Field]; !ok && k.Field != "" {
			return nil, listing.Refuse("sort", "unknown_field")
		}
	}
	if keys[len(keys)-1].Field == "" {
		return keys, nil
	}
	return append(slices.Clone(keys), listing.Key{Desc: keys[0].Desc}), nil
}

func name(sort []listing.Key) string {
	var b strings.Builder
	for _, k := range sort {
		if k.Desc {
			b.WriteByte('-')
		}
		b.WriteString(k.Field + ",")
	}
	return b.String()
}

func (l list) filter(s *statement, q listing.Query) error {
	var wrong fault.Fields
	for _, n := range sortedKeys(q.Filters) {
		f, op, ok := l.lookup(n)
		if !ok {
			wrong.Add("/query/"+n, "unknown_filter")
			continue
		}
		for _, v := range q.Filters[n] {
			if !readable(f.kind, v) {
				wrong.AddWith("/query/"+n, "not_readable", fault.Args{"type": string(f.kind)})
			}
		}
		if len(wrong) > 0 {
			continue
		}
		values := q.Filters[n]
		if f.kind == ofText {
			values = slices.Concat(values, q.Whole[n])
		}
		if op == "=" && len(values) != 1 {
			s.add(where("("+f.expr+") = ANY (?::"+string(f.kind)+"[])", pq.StringArray(values)))
		} else { // one value as itself: an index then gives the rows in their order
			s.add(where("("+f.expr+") "+op+" ?::"+string(f.kind), values[0]))
		}
	}
	if len(l.search) > 0 {
		for _, word := range strings.Fields(q.Text) {
			pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word) + "%"
			s.add(where("concat_ws(' ', "+strings.Join(l.search, ", ")+") ILIKE ?", pattern))
		}
	}
	return wrong.Err()
}

// lookup finds the field of a filter; ordered kinds also take NAME_from and NAME_to.
func (l list) lookup(n string) (f field, op string, ok bool) {
	if f, ok = l.fields[n]; ok {
		return f, "=", true
	}
	for suffix, op := range map[string]string{"_from": ">=", "_to": "<="} {
		if base, cut := strings.CutSuffix(n, suffix); cut {
			f, ok = l.fields[base]
			return f, op, ok && (f.kind == ofDate || f.kind == ofInt || f.kind == ofTime)
		}
	}
	return field{}, "", false
}

func readable(k kind, v string) bool {
	var err error
	switch k {
	case ofUUID:
		err = uuid.Validate(v)
	case ofDate:
		_, err = time.Parse(time.DateOnly, v)
	case ofTime:
		_, err = time.Parse(time.RFC3339, v)
	case ofInt:
		_, err = strconv.ParseInt(v, 10, 64)
	case ofBool:
		_, err = strconv.ParseBool(v)
	case ofText:
	}
	return err == nil
}

// after continues behind the cursor: one row comparison when all keys run the same way, else spelled out.
func (l list) after(s *statement, sort []listing.Key, cursor string) error {
	if cursor == "" {
		return nil
	}
	p, err := listing.Decode(cursor, name(sort), len(sort))
	if err != nil {
		return err
	}
	var exprs, marks []string
	var args []any
	for i, k := range sort {
		f := l.expr(k.Field)
		if f.kind != ofTime && p.Values[i] != "infinity" && !readable(f.kind, p.Values[i]) {
			return listing.Refuse("cursor", "cursor_invalid")
		}
		exprs, marks, args = append(exprs, f.expr), append(marks, "?::"+string(f.kind)), append(args, p.Values[i])
	}
	if uniform(sort) {
		s.add(where("("+strings.Join(exprs, ", ")+") "+beyond(sort[0])+" ("+strings.Join(marks, ", ")+")", args...))
		return nil
	}
	var c clause
	var alternatives []string
	for i := range sort {
		var same []string
		for j := range i {
			same = append(same, exprs[j]+" = "+marks[j])
			c.args = append(c.args, args[j])
		}
		c.args = append(c.args, args[i])
		alternatives = append(alternatives, strings.Join(append(same, exprs[i]+" "+beyond(sort[i])+" "+marks[i]), " AND "))
	}
	c.sql = "(" + strings.Join(alternatives, " OR ") + ")"
	s.add(c)
	return nil
}

func uniform(sort []listing.Key) bool {
	return !slices.ContainsFunc(sort, func(k listing.Key) bool { return k.Desc != sort[0].Desc })
}

func beyond(k listing.Key) string {
	if k.Desc {
		return "<"
	}
	return ">"
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// readPage scans rows into T by db tags, and the last column into the position of the last row that is kept; last is
// nil when no row lies beyond.
func readPage[T any](ctx context.Context, tx *Tx, query string, args []any, limit int) (items []T, last []string, err error) {
	rows, err := tx.conn.QueryxContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, nil, err
	}
	paths := rows.Mapper.TraversalsByName(reflect.TypeFor[T](), columns[:len(columns)-1])
	items = []T{}
	var keys pq.StringArray
	for rows.Next() {
		if len(items) == limit {
			return items, keys, nil
		}
		var item T
		dest := make([]any, len(columns))
		for i, path := range paths {
			if len(path) == 0 {
				return nil, nil, fmt.Errorf("no field for column %s", columns[i])
			}
			dest[i] = reflectx.FieldByIndexes(reflect.ValueOf(&item), path).Addr().Interface()
		}
		dest[len(columns)-1] = &keys
		if err := rows.Scan(dest...); err != nil {
			return nil, nil, err
		}
		items = append(items, item)
	}
	return items, nil, rows.Err()
}
