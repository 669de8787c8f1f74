package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/trail"
)

// trailFields are what the trail is filtered by, each a column of its own.
var trailFields = list{fields: map[string]field{
	"seq": {"e.seq", ofInt}, "table": {"e.table_name", ofText}, "row_id": {"e.row_id", ofText}, "verb": {"e.verb", ofText},
	"op": {"e.op", ofText}, "outside": {"e.outside", ofBool}, "actor_id": {"e.actor_id", ofUUID}, "recorded_at": {"e.recorded_at", ofTime},
	"request_id": {"e.event::json ->> 'request'", ofText}, "reason": {"e.event::json ->> 'reason'", ofText},
}}

// trailBranches are the parts of a scope: each walks an index of its own as far as a page goes, and the pages are merged.
func trailBranches(s trail.Scope) []clause {
	registry := where("e.table_name = ANY (?)", pq.StringArray(trail.Registry()))
	switch {
	case s.Agency == uuid.Nil:
		return []clause{registry}
	case s.Everything:
		return []clause{where("e.agency_id = ?", s.Agency), where("e.agency_id IS NULL")}
	}
	registry.sql += " AND e.agency_id IS NULL"
	return []clause{where("e.agency_id = ?", s.Agency), registry}
}

// TrailEvents gives a page of the trail; see trail.Lists.
func (tx *Tx) TrailEvents(ctx context.Context, s trail.Scope, f trail.Filter, q listing.Query) (page listing.Page[trail.Event], err error) {
	st, err := tx.trailStatement(ctx, s, f, &q)
	if err != nil {
		return listing.Page[trail.Event]{Items: []trail.Event{}}, err
	}
	return tx.trailPage(ctx, s, st, q)
}

// trailStatement holds what the scope, the filter and the query ask for; what it has taken over is no longer in the query.
func (tx *Tx) trailStatement(ctx context.Context, s trail.Scope, f trail.Filter, q *listing.Query) (st statement, err error) {
	conds, err := tx.trailConditions(ctx, s, f, q)
	if err != nil {
		return st, err
	}
	st.add(where("e.government_id = ?", tx.government()))
	for _, c := range conds {
		st.add(c)
	}
	err = trailFields.filter(&st, *q)
	return st, err
}

// trailPage gives the page that the query's cursor begins.
func (tx *Tx) trailPage(ctx context.Context, s trail.Scope, st statement, q listing.Query) (page listing.Page[trail.Event], err error) {
	ctx = plannedAnew(ctx)
	page.Items = []trail.Event{}
	if q.Count {
		if page.Total, err = tx.trailCount(ctx, s, st, q.CountMax); err != nil {
			return page, err
		}
	}
	keys := []listing.Key{{Desc: len(q.Sort) > 0 && q.Sort[0].Desc}}
	if err := (list{id: field{"e.seq", ofInt}}).after(&st, keys, q.Cursor); err != nil {
		return page, err
	}
	limit := q.Limit
	if limit < 1 || limit > listing.LimitMax {
		limit = listing.LimitDefault
	}
	var found []trail.Stored
	query := trailQuery(&st, s, keys[0].Desc, limit+1)
	if err := tx.all(ctx, &found, query, st.args...); err != nil {
		return page, err
	}
	if len(found) > limit {
		found = found[:limit]
		next := listing.Position{Sort: name(keys), Values: []string{strconv.FormatInt(found[limit-1].Seq, 10)}}.Encode()
		page.NextCursor = &next
	}
	for _, stored := range found {
		page.Items = append(page.Items, stored.Event())
	}
	return page, nil
}

// trailQuery is the statement of one page: that of each branch, merged.
func trailQuery(st *statement, s trail.Scope, desc bool, rows int) string {
	order := "seq"
	if desc {
		order += " DESC"
	}
	var branches []string
	for _, cond := range st.branches(s) {
		branches = append(branches, fmt.Sprintf(`(SELECT e.government_id, e.seq, e.recorded_at, e.actor_id, e.verb, e.table_name, e.row_id, e.op,
			e.outside, e.event FROM audit_event e WHERE %s ORDER BY e.%s LIMIT %d)`, cond, order, rows))
	}
	return fmt.Sprintf(`SELECT e.seq, e.recorded_at, e.actor_id, e.verb, e.table_name, e.row_id, e.op, e.outside, e.event,
			coalesce(u.name, '') AS actor_name, coalesce(u.email, '') AS actor_email, coalesce(lv.legal_name || ' · ' || l.purpose, '') AS actor_link
		FROM (SELECT m.* FROM (%s) m ORDER BY m.%s LIMIT %d) e
		LEFT JOIN user_account u ON u.government_id = e.government_id AND u.id = e.actor_id
		LEFT JOIN vendor_link l ON l.government_id = e.government_id AND l.id = e.actor_id
		LEFT JOIN vendor lv ON lv.government_id = l.government_id AND lv.id = l.vendor_id ORDER BY e.%[2]s`,
		strings.Join(branches, " UNION ALL "), order, rows)
}

// branches are the conditions of each branch, those of the statement among them; their values are added to its own.
func (s *statement) branches(scope trail.Scope) (out []string) {
	shared := strings.Join(s.conds, " AND ")
	for _, b := range trailBranches(scope) {
		branch := statement{args: s.args}
		branch.add(b)
		s.args = branch.args
		out = append(out, shared+" AND "+branch.conds[0])
	}
	return out
}

// trailCount counts the events of all branches, each one row further than most when it may stop there.
func (tx *Tx) trailCount(ctx context.Context, s trail.Scope, st statement, most int64) (*int64, error) {
	stop := ""
	if most > 0 {
		stop = fmt.Sprintf(" LIMIT %d", most+1)
	}
	var branches []string
	for _, cond := range st.branches(s) {
		branches = append(branches, "(SELECT FROM audit_event e WHERE "+cond+stop+")")
	}
	total := new(int64)
	err := tx.get(ctx, total, "SELECT count(*) FROM (SELECT FROM ("+strings.Join(branches, " UNION ALL ")+") b"+stop+") c", st.args...)
	return total, err
}

// trailConditions are those of the filter, and of the query's actors, whose addresses are made ids: an index then gives
// their events.
func (tx *Tx) trailConditions(ctx context.Context, s trail.Scope, f trail.Filter, q *listing.Query) (conds []clause, err error) {
	if f.From != "" || f.To != "" {
		if conds, err = tx.trailPeriod(ctx, f.From, f.To); err != nil {
			return nil, err
		}
	}
	if f.Record != "" {
		related, err := tx.trailRelated(ctx, f.Record)
		if err != nil {
			return nil, err
		}
		if len(related) > 0 {
			conds = append(conds, where("(e.row_id = ANY (?) OR e.parent_id = ?)", pq.StringArray(append(related, f.Record)), f.Record))
		} else {
			conds = append(conds, where("(e.row_id = ? OR e.parent_id = ?)", f.Record, f.Record))
		}
	}
	if f.Text != "" {
		ids, err := tx.trailRecords(ctx, s, f.Text)
		if err != nil {
			return nil, err
		}
		conds = append(conds, where("(e.row_id = ANY (?) OR e.parent_id = ANY (?))", pq.StringArray(ids), pq.StringArray(ids)))
	}
	actors, asked := q.Filters["actor"]
	if !asked {
		return conds, nil
	}
	filters := map[string][]string{}
	for name, values := range q.Filters {
		if name != "actor" {
			filters[name] = values
		}
	}
	q.Filters = filters
	var ids []string
	if err := tx.all(ctx, &ids, `SELECT id::text FROM user_account WHERE government_id = $1 AND email = ANY ($2)
		UNION ALL SELECT id::text FROM vendor_link WHERE government_id = $1 AND $5 || id::text = ANY ($2)
		UNION ALL SELECT $3 WHERE $4 = ANY ($2)`, tx.government(), pq.StringArray(lower(actors)), uuid.Nil.String(), trail.Operator, trail.ByLink); err != nil {
		return nil, err
	}
	return append(conds, where("e.actor_id = ANY (?::uuid[])", pq.StringArray(ids))), nil
}

// trailRelatedQuery is what belongs to a document without being below it in the trail: the overrides under which it passed,
// which are told below the override.
const trailRelatedQuery = `SELECT id::text FROM override_use WHERE government_id = $1 AND document_id = $2`

func (tx *Tx) trailRelated(ctx context.Context, record string) (ids []string, err error) {
	id, err := uuid.Parse(record)
	if err != nil {
		return nil, nil //nolint:nilerr // what has another key has nothing of that sort
	}
	err = tx.all(ctx, &ids, trailRelatedQuery, tx.government(), id)
	return ids, err
}

// TrailSeals tells which of the events are sealed, and in what.
func (tx *Tx) TrailSeals(ctx context.Context, seqs []int64) (trail.Seals, error) {
	var found []struct {
		Seq int64 `db:"seq"`
		trail.Seal
	}
	err := tx.all(ctx, &found, `SELECT e.seq, s.size, s.sealed_at FROM unnest($2::bigint[]) AS e(seq)
		CROSS JOIN LATERAL (SELECT s.size, s.sealed_at FROM audit_seal s WHERE s.government_id = $1 AND s.seq_max >= e.seq AND s.seq_min <= e.seq
			AND e.seq = ANY (s.seqs) ORDER BY s.seq_max LIMIT 1) s`, tx.government(), pq.Array(seqs))
	out := make(trail.Seals, len(found))
	for _, f := range found {
		out[f.Seq] = f.Seal
	}
	return out, err
}

func lower(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = strings.ToLower(t)
	}
	return out
}

// trailPeriod are the conditions of a span of the office's days: exact by time, and by number so far that an index finds
// where the span begins and ends. audit_seq_at says why a day is added on each side.
func (tx *Tx) trailPeriod(ctx context.Context, from, to string) (conds []clause, err error) {
	var wrong fault.Fields
	for _, d := range []struct{ name, text string }{{"from", from}, {"to", to}} {
		if d.text != "" && !readable(ofDate, d.text) {
			wrong.AddWith("/query/"+d.name, "not_readable", fault.Args{"type": string(ofDate)})
		}
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	for _, end := range []struct {
		day, sql, on string
		beyond       time.Duration
	}{
		{from, "(e.recorded_at >= ?) IS TRUE AND e.seq >= ?", "0", -24 * time.Hour}, // IS TRUE: no index is searched by time
		{to, "(e.recorded_at < ?) IS TRUE AND e.seq < ?", "1", 24 * time.Hour},
	} {
		if end.day == "" {
			continue
		}
		var at time.Time
		if err := tx.get(ctx, &at, `SELECT ($2::date + `+end.on+`)::timestamp AT TIME ZONE timezone FROM government WHERE government_id = $1`,
			tx.government(), end.day); err != nil {
			return nil, err
		}
		var seq int64
		if err := tx.get(ctx, &seq, `SELECT audit_seq_at($1, $2)`, tx.government(), at.Add(end.beyond)); err != nil {
			return nil, err
		}
		conds = append(conds, where(end.sql, at, seq))
	}
	return conds, nil
}

// trailMatchesMax is how many records a search may fit before it says too little.
const trailMatchesMax = 2_000

// trailRecords finds the records whose number or name has every word of the text.
func (tx *Tx) trailRecords(ctx context.Context, s trail.Scope, text string) (ids []string, err error) {
	st := statement{args: []any{tx.government(), s.Agency, s.Everything}}
	for _, word := range strings.Fields(text) {
		pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word) + "%"
		st.add(where("r.named ILIKE ?", pattern))
	}
	if len(st.conds) == 0 {
		return nil, nil
	}
	query := fmt.Sprintf(`SELECT r.id::text FROM (%s) r WHERE %s LIMIT %d`, trailNamedQuery, strings.Join(st.conds, " AND "), trailMatchesMax+1)
	if err := tx.all(plannedAnew(ctx), &ids, query, st.args...); err != nil {
		return nil, err
	}
	if len(ids) > trailMatchesMax {
		return nil, listing.Refuse("q", "too_many_matches")
	}
	return ids, nil
}

// trailNamedQuery is every record with what it is searched by: $1 government, $2 agency, $3 also people.
const trailNamedQuery = `SELECT id, concat_ws(' ', number, title, id) AS named FROM agreement WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', title, id) FROM placement WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', number, id) FROM acceptance WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', number, id) FROM invoice WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', spp_number, spm_number, sp2d_number, sts_number, id) FROM payment WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', number, id) FROM budget_version WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', sub_activity_code, account_code, sub_activity_name, id) FROM budget_line WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', name, id) FROM campaign WHERE government_id = $1 AND agency_id = $2
	UNION ALL SELECT id, concat_ws(' ', legal_name, id) FROM vendor WHERE government_id = $1
	UNION ALL SELECT id, concat_ws(' ', name, domain, id) FROM outlet WHERE government_id = $1
	UNION ALL SELECT id, concat_ws(' ', handle, id) FROM social_account WHERE government_id = $1
	UNION ALL SELECT id, concat_ws(' ', code, name, id) FROM agency WHERE government_id = $1
	UNION ALL SELECT id, concat_ws(' ', name, email, id) FROM user_account WHERE government_id = $1 AND $3`

// trailNamesQuery is what records are called: $1 government, $2 agency, then the ids by noun in the order of trail.Nouns.
const trailNamesQuery = `SELECT id::text, number AS named, agreement_id::text AS owner FROM acceptance WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($3::uuid[])
	UNION ALL SELECT id::text, name, '' FROM agency WHERE government_id = $1 AND id = ANY ($4::uuid[])
	UNION ALL SELECT id::text, number, '' FROM agreement WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($5::uuid[])
	UNION ALL SELECT id::text, sub_activity_code || ' / ' || account_code || ' · ' || sub_activity_name, '' FROM budget_line WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($6::uuid[])
	UNION ALL SELECT id::text, number, '' FROM budget_version WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($7::uuid[])
	UNION ALL SELECT id::text, name, '' FROM campaign WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($8::uuid[])
	UNION ALL SELECT d.id::text, d.position || '. ' || d.product, a.id::text FROM deliverable d JOIN agreement a ON a.government_id = d.government_id AND a.id = d.agreement_id
		WHERE d.government_id = $1 AND a.government_id = $1 AND a.agency_id = $2 AND d.id = ANY ($9::uuid[])
	UNION ALL SELECT id::text, number, '' FROM invoice WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($10::uuid[])
	UNION ALL SELECT id::text, name, vendor_id::text FROM outlet WHERE government_id = $1 AND id = ANY ($11::uuid[])
	UNION ALL SELECT id::text, reason, '' FROM override WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($12::uuid[])
	UNION ALL SELECT id::text, spp_number, '' FROM payment WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($13::uuid[])
	UNION ALL SELECT id::text, title, '' FROM placement WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($14::uuid[])
	UNION ALL SELECT id::text, handle, vendor_id::text FROM social_account WHERE government_id = $1 AND id = ANY ($15::uuid[])
	UNION ALL SELECT id::text, name, '' FROM user_account WHERE government_id = $1 AND id = ANY ($16::uuid[])
	UNION ALL SELECT l.id::text, v.legal_name || ' · ' || l.purpose, '' FROM vendor_link l JOIN vendor v ON v.government_id = l.government_id AND v.id = l.vendor_id
		WHERE l.government_id = $1 AND v.government_id = $1 AND l.id = ANY ($16::uuid[])
	UNION ALL SELECT id::text, legal_name, '' FROM vendor WHERE government_id = $1 AND id = ANY ($17::uuid[])
	UNION ALL SELECT id::text, name, '' FROM requirement WHERE government_id = $1 AND id = ANY ($18::uuid[])
	UNION ALL SELECT id::text, name, '' FROM owner_group WHERE government_id = $1 AND id = ANY ($19::uuid[])
	UNION ALL SELECT id::text, number, '' FROM cooperation_list WHERE government_id = $1 AND (agency_id IS NULL OR agency_id = $2) AND id = ANY ($20::uuid[])
	UNION ALL SELECT id::text, number, '' FROM cash_plan_document WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($21::uuid[])
	UNION ALL SELECT id::text, number, '' FROM debt_recognition WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($22::uuid[])`

// TrailNames says what records are called; those of other agencies have no name here.
func (tx *Tx) TrailNames(ctx context.Context, s trail.Scope, refs trail.References) (trail.Names, error) {
	names := trail.Names{}
	if len(refs) == 0 {
		return names, nil
	}
	args := []any{tx.government(), s.Agency}
	for _, noun := range trail.Nouns() {
		args = append(args, pq.Array(refs[noun]))
	}
	var found []struct {
		ID    string `db:"id"`
		Named string `db:"named"`
		Owner string `db:"owner"`
	}
	if err := tx.all(ctx, &found, trailNamesQuery, args...); err != nil {
		return nil, err
	}
	for _, f := range found {
		names[f.ID] = trail.Name{Text: f.Named, Owner: f.Owner}
	}
	return names, nil
}

// TrailPeople lists who has a role in the agency, by name.
func (tx *Tx) TrailPeople(ctx context.Context, agency uuid.UUID) (out []trail.Person, err error) {
	err = tx.all(ctx, &out, `SELECT u.email, u.name FROM user_account u WHERE u.government_id = $1 AND EXISTS (SELECT FROM user_role r
		WHERE r.government_id = $1 AND r.user_id = u.id AND (r.agency_id = $2 OR r.agency_id IS NULL)) ORDER BY u.name, u.email`, tx.government(), agency)
	return out, err
}
