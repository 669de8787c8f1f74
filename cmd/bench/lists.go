package main

import (
	"context"
	"database/sql"
	_ "embed" // the bare queries
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"tayang/db/sample"
)

// listMax is the most that the slowest request in a hundred may take, in milliseconds.
const listMax = 100

// columns are those of a placement as the API shows it, with its joins.
//
//go:embed rows/bare.sql
var columns string

// question is one kind of request, and the bare query that answers it. Both vary with n.
type question struct {
	name  string
	path  func(n int64) string
	where string // the rest of the query behind the agency
	args  func(n int64) []any
	rows  int // of the answer; 1 is a single record
}

// lists asks for each list with several clients at once, and compares one client's median with that of the bare query.
func (h *house) lists(ctx context.Context, f *figures) error {
	token, err := h.signIn(ctx, "staff")
	if err != nil {
		return err
	}
	questions, err := h.questions(ctx, token)
	if err != nil {
		return err
	}
	for _, q := range questions {
		if err := h.ask(ctx, f, token, q); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

const (
	listPath = "/api/v1/agencies/" + sample.Kominfo + "/placements"
	pagePath = "/a/" + sample.Kominfo + "/placements"
	pageRows = 50
)

// questions are the lists that people open, and a record.
func (h *house) questions(ctx context.Context, token string) ([]question, error) {
	y := h.years[sample.Kominfo]
	spread := func(n, of int64) int64 { return n * 7919 % of } // over all rows, none twice in a row
	fixed := func(path string) func(int64) string {
		return func(int64) string { return path }
	}
	middle, cursor, err := h.middle(ctx, token)
	if err != nil {
		return nil, err
	}
	of := func(kind int, all int64) func(int64) string {
		return func(n int64) string { return y.key(kind, spread(n, all)) }
	}
	deal, one := of(agreementKind, y.agreements), of(placementKind, y.placements)
	const newest = " ORDER BY p.created_at DESC, p.id DESC LIMIT 50"
	return []question{
		{name: "list", path: fixed(listPath), where: newest, rows: pageRows},
		{name: "list_by_status", path: fixed(listPath + "?status=published"), where: "AND p.status = 'published'" + newest, rows: pageRows},
		{
			name: "list_by_agreement", path: func(n int64) string { return listPath + "?agreement_id=" + deal(n) },
			where: "AND p.agreement_id = $3" + newest, args: func(n int64) []any { return []any{deal(n)} }, rows: pageRows,
		},
		{name: "list_by_day", path: fixed(listPath + "?sort=scheduled_on"), where: "ORDER BY p.scheduled_on, p.id LIMIT 50", rows: pageRows},
		{name: "list_by_amount", path: fixed(listPath + "?sort=-gross"), where: "ORDER BY p.gross DESC, p.id DESC LIMIT 50", rows: pageRows},
		{
			name: "list_deep", path: fixed(listPath + "?cursor=" + cursor), where: "AND (p.created_at, p.id) < ($3, $4)" + newest,
			args: func(int64) []any { return []any{middle.At, middle.ID} }, rows: pageRows,
		},
		{
			name: "record", path: func(n int64) string { return listPath + "/" + one(n) },
			where: "AND p.id = $3", args: func(n int64) []any { return []any{one(n)} }, rows: 1,
		},
		{name: "page_of_list", path: fixed(pagePath), where: newest, rows: pageRows},
		{name: "page_of_list_by_status", path: fixed(pagePath + "?status=published"), where: "AND p.status = 'published'" + newest, rows: pageRows},
		{
			name: "page_of_record", path: func(n int64) string { return pagePath + "/" + one(n) },
			where: "AND p.id = $3", args: func(n int64) []any { return []any{one(n)} }, rows: 1,
		},
	}, nil
}

// middle gives a placement halfway down the default list and the cursor behind it: a cursor holds a position, whatever
// filter led there.
func (h *house) middle(ctx context.Context, token string) (first item, cursor string, err error) {
	w, err := h.dial(ctx)
	if err != nil {
		return first, "", err
	}
	defer w.close()
	raw, err := w.want(http.StatusOK, get(listPath+"?limit=1&created_at_to=2026-06-12T00:00:00Z", token))
	if err != nil {
		return first, "", err
	}
	var p page
	if err := json.Unmarshal(raw, &p); err != nil {
		return first, "", err
	}
	if len(p.Items) != 1 || p.NextCursor == "" {
		return first, "", fmt.Errorf("no placement before June: %.300s", raw)
	}
	return p.Items[0], p.NextCursor, nil
}

// page is a list as it is answered, or one item.
type page struct {
	item
	Items      []item `json:"items"`
	NextCursor string `json:"next_cursor"`
}

type item struct {
	ID string    `json:"id"`
	At time.Time `json:"created_at"`
}

func (h *house) ask(ctx context.Context, f *figures, token string, q question) error {
	if err := h.same(ctx, token, q); err != nil {
		return err
	}
	many, err := h.asked(ctx, token, q, h.readers)
	if err != nil {
		return err
	}
	alone, err := h.asked(ctx, token, q, 1)
	if err != nil {
		return err
	}
	bare, err := h.bare(ctx, q)
	if err != nil {
		return err
	}
	f.add(q.name+"_p50", many.quantile(0.5), "ms", limit{})
	f.add(q.name+"_p99", many.quantile(0.99), "ms", atMost(listMax))
	f.add(q.name+"_alone_p50", alone.quantile(0.5), "ms", limit{})
	f.add(q.name+"_bare_p50", bare.quantile(0.5), "ms", limit{})
	f.add(q.name+"_ratio", alone.quantile(0.5)/bare.quantile(0.5), "times", limit{})
	return nil
}

// same makes sure that the answer has the rows of the bare query, in their order.
func (h *house) same(ctx context.Context, token string, q question) error {
	w, err := h.dial(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	raw, err := w.want(http.StatusOK, get(q.path(1), token))
	if err != nil {
		return err
	}
	ids, err := h.query(ctx, q, 1)
	if err != nil {
		return err
	}
	if len(ids) != q.rows {
		return fmt.Errorf("%d rows by SQL, want %d", len(ids), q.rows)
	}
	rest := string(raw)
	for i, id := range ids {
		_, after, ok := strings.Cut(rest, id)
		if !ok {
			return fmt.Errorf("row %d, %s, is missing by HTTP or not in its place", i, id)
		}
		rest = after
	}
	return nil
}

func (h *house) asked(ctx context.Context, token string, q question, clients int) (times, error) {
	var n atomic.Int64
	return h.drive(ctx, clients, http.StatusOK, func(int) ([]byte, bool) {
		at := n.Add(1)
		return get(q.path(at), token), at <= int64(h.requests)
	})
}

// bare is the query alone, on one connection that does nothing else.
func (h *house) bare(ctx context.Context, q question) (took times, err error) {
	for n := range int64(h.requests) {
		begin := time.Now()
		if _, err := h.query(ctx, q, n+1); err != nil {
			return nil, err
		}
		took = append(took, time.Since(begin))
	}
	return took, nil
}

// query reads all columns of all rows and gives the ids.
func (h *house) query(ctx context.Context, q question, n int64) (ids []string, err error) {
	args := []any{h.government, h.years[sample.Kominfo].id}
	if q.args != nil {
		args = append(args, q.args(n)...)
	}
	rows, err := h.sql.QueryContext(ctx, columns+q.where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	cells, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		ids = append(ids, string(cells[0]))
	}
	return ids, rows.Err()
}
