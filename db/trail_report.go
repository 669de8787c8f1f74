package db

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/report"
	"tayang/app/trail"
)

// TrailSnapshot runs fn over one read-only snapshot of the trail as the actor may see it; see report.Source.
func (s *Store) TrailSnapshot(ctx context.Context, actor access.Actor, req report.Request, fn func(report.TrailSnapshot) error) error {
	return s.Read(ctx, actor, func(tx *Tx) error {
		heading, err := tx.reportHeading(ctx, req)
		if err != nil {
			return err
		}
		from, to := req.Span()
		scope, f := trail.ScopeFor(actor, req.AgencyID), trail.Filter{From: from.String(), To: to.String(), Record: req.Record}
		q := listing.All()
		if req.Person != "" {
			q = q.Where("actor", req.Person)
		}
		st, err := tx.trailStatement(ctx, scope, f, &q)
		if err != nil {
			return err
		}
		figures, err := tx.trailFigures(ctx, scope, st)
		if err != nil {
			return err
		}
		return fn(report.TrailSnapshot{Heading: heading, Figures: figures, Events: tx.trailBatches(ctx, scope, st, q)})
	})
}

// trailBatches reads the trail page by page along its index, so that a register of any length takes the same memory.
func (tx *Tx) trailBatches(ctx context.Context, s trail.Scope, st statement, q listing.Query) iter.Seq2[report.TrailBatch, error] {
	return func(yield func(report.TrailBatch, error) bool) {
		for {
			page, err := tx.trailPage(ctx, s, st, q)
			if err != nil {
				yield(report.TrailBatch{}, err)
				return
			}
			names, err := tx.TrailNames(ctx, s, trail.Refer(page.Items))
			if !yield(report.TrailBatch{Events: page.Items, Names: names}, err) || err != nil || page.NextCursor == nil {
				return
			}
			q.Cursor = *page.NextCursor
		}
	}
}

// trailFigures counts the events apart from their rows, by operation, and those past the program.
func (tx *Tx) trailFigures(ctx context.Context, s trail.Scope, st statement) (out report.Figures, err error) {
	var branches []string
	for _, cond := range st.branches(s) {
		branches = append(branches, "SELECT e.op, e.outside FROM audit_event e WHERE "+cond)
	}
	err = tx.all(plannedAnew(ctx), &out, fmt.Sprintf(`WITH c AS (SELECT op, outside, count(*) AS n FROM (%s) e GROUP BY op, outside)
		SELECT 'trail' AS figure_group, op AS figure_key, sum(n)::bigint AS row_count, 0 AS amount FROM c GROUP BY op
		UNION ALL SELECT 'outside', '', sum(n)::bigint, 0 FROM c WHERE outside HAVING count(*) > 0`, strings.Join(branches, " UNION ALL ")), st.args...)
	return out, err
}

// TrailHas reports whether the scope has an event of the record, and the government somebody of that e-mail address.
func (tx *Tx) TrailHas(ctx context.Context, s trail.Scope, record, person string) (recordThere, personThere bool, err error) {
	page, err := tx.TrailEvents(ctx, s, trail.Filter{Record: record}, listing.Query{Limit: 1})
	if err != nil {
		return false, false, err
	}
	err = tx.get(ctx, &personThere, `SELECT $2 = $3 OR EXISTS (SELECT FROM user_account WHERE government_id = $1 AND email = $2)`,
		tx.government(), person, trail.Operator)
	return len(page.Items) > 0, personThere, err
}
