package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/period"
	"tayang/app/placement"
)

// liveDue is a check that waits for an answer: nothing was found yet, or nothing clear, and no later one knows better.
const liveDue = `((c.status <> 'done' OR c.result = 'unclear') AND NOT EXISTS (SELECT FROM live_check l WHERE l.government_id = c.government_id
	AND l.placement_id = c.placement_id AND l.result IN ('there', 'gone') AND l.created_at > c.created_at))`

const liveFrom = `live_check c JOIN placement p ON p.government_id = c.government_id AND p.id = c.placement_id` + deliverableJoin + agreementJoin + partyJoins

var liveCheckList = list{
	columns: `c.id, c.agency_id, c.placement_id, p.title AS placement_title, p.agreement_id, a.number AS agreement_number, v.legal_name AS vendor_name,
		coalesce(o.name, s.platform || ' @' || s.handle) AS channel, c.url, c.purpose, c.due_on, ` + liveDue + ` AS due, c.status, c.step, c.attempts,
		c.error, c.result, c.http_status, c.final_url, c.page_title, c.origin, coalesce(c.file_sha256, '') AS sha256, c.filename, c.statement,
		c.gone_on, c.checked_at, c.checked_by, c.created_at, c.created_by, c.finished_at, c.version`,
	from: liveFrom,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "placement_id": {"c.placement_id", ofUUID}, "placement_title": {"p.title", ofText}, "url": {"c.url", ofText},
		"agreement_id": {"p.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText}, "vendor_name": {"v.legal_name", ofText},
		"channel": {"coalesce(o.name, s.platform || ' @' || s.handle)", ofText},
		"purpose": {"c.purpose", ofText}, "due_on": {"c.due_on", ofDate}, "due": {liveDue, ofBool}, "status": {"c.status", ofText},
		"step": {"c.step", ofText}, "attempts": {"c.attempts", ofInt}, "error": {"c.error", ofText}, "result": {"c.result", ofText},
		"http_status": {"c.http_status", ofInt}, "final_url": {"c.final_url", ofText}, "page_title": {"c.page_title", ofText},
		"origin": {"c.origin", ofText}, "sha256": {"coalesce(c.file_sha256, '')", ofText}, "filename": {"c.filename", ofText},
		"statement": {"c.statement", ofText}, "gone_on": {"coalesce(c.gone_on, 'infinity')", ofDate},
		"checked_at":  {"coalesce(c.checked_at, 'infinity')", ofTime},
		"checked_by":  {"coalesce(c.checked_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"created_at":  {"c.created_at", ofTime},
		"created_by":  {"coalesce(c.created_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"finished_at": {"coalesce(c.finished_at, 'infinity')", ofTime},
	},
	search: []string{"p.title", "c.url", "a.number", "v.legal_name"},
	id:     field{"c.id", ofUUID},
	sort:   "-created_at",
}

// LiveChecks lists the checks of an agency, or of one placement of it, newest first.
func (tx *Tx) LiveChecks(ctx context.Context, agency uuid.UUID, of uuid.NullUUID, q listing.Query) (listing.Page[live.Check], error) {
	scope := []clause{where("c.government_id = ?", tx.government()), where("c.agency_id = ?", agency)}
	if of.Valid {
		scope = append(scope, where("c.placement_id = ?", of.UUID))
	}
	return pageOf[live.Check](ctx, tx, liveCheckList, q, scope...)
}

// LiveCheck gives one check of a placement; NotFound when it has none of that id.
func (tx *Tx) LiveCheck(ctx context.Context, of, id uuid.UUID) (c live.Check, err error) {
	err = tx.get(ctx, &c, "SELECT "+liveCheckList.columns+" FROM "+liveFrom+" WHERE c.government_id = $1 AND c.placement_id = $2 AND c.id = $3",
		tx.government(), of, id)
	return c, faultOf(err)
}

// HoldLiveCheck gives a check to change; no worker can take it before the transaction is over.
func (tx *Tx) HoldLiveCheck(ctx context.Context, of, id uuid.UUID) (c live.Check, err error) {
	err = tx.get(ctx, &c, "SELECT "+liveCheckList.columns+" FROM "+liveFrom+
		" WHERE c.government_id = $1 AND c.placement_id = $2 AND c.id = $3 FOR UPDATE OF c", tx.government(), of, id)
	return c, err
}

// AddLiveCheck puts a check into the queue, to be taken at once.
func (tx *Tx) AddLiveCheck(ctx context.Context, c live.Check) error {
	return tx.exec(ctx, `INSERT INTO live_check (government_id, id, agency_id, placement_id, url, purpose, due_on, due_at, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.government(), c.ID, c.AgencyID, c.PlacementID, c.URL, c.Purpose, c.DueOn, tx.now, c.CreatedAt, c.CreatedBy)
}

// SaveLiveCheck writes a person's word, unless the check changed since it was read.
func (tx *Tx) SaveLiveCheck(ctx context.Context, c live.Check) error {
	return tx.exec(ctx, `UPDATE live_check SET status = $4, step = $5, lease = NULL, error = $6, result = $7, origin = $8, file_sha256 = $9, filename = $10,
			statement = $11, gone_on = $12, checked_at = $13, checked_by = $14, finished_at = $15, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), c.ID, c.Version, c.Status, c.Step, c.Error, c.Result, c.Origin, c.File, c.Filename, c.Statement, c.GoneOn, c.CheckedAt,
		c.CheckedBy, c.FinishedAt)
}

// LiveKnown gives what the parties agreed on, and when evidence last showed the placement: a proof, a capture that
// found a page, or a check that found it there.
func (tx *Tx) LiveKnown(ctx context.Context, p placement.Placement, at time.Time) (known live.Known, err error) {
	err = tx.get(ctx, &known, `SELECT a.shortfall_rule, (SELECT max(e.at) FROM (
			SELECT f.captured_at AS at FROM proof f WHERE f.government_id = $1 AND f.placement_id = $2
			UNION ALL SELECT c.captured_at FROM capture c WHERE c.government_id = $1 AND c.placement_id = $2 AND c.http_status BETWEEN 200 AND 299
			UNION ALL SELECT l.checked_at FROM live_check l WHERE l.government_id = $1 AND l.placement_id = $2 AND l.result = 'there') e
			WHERE e.at <= $4) AS seen_at
		FROM agreement a WHERE a.government_id = $1 AND a.id = $3`, tx.government(), p.ID, p.AgreementID, at)
	return known, err
}

// LiveWaiting counts what waits: checks that are due, and shortfalls that nobody decided on.
func (tx *Tx) LiveWaiting(ctx context.Context, agency uuid.UUID, today period.Date) (w live.Waiting, err error) {
	err = tx.get(ctx, &w, `SELECT due.n AS due, due.since AS due_since, open.n AS open, open.since AS open_since, open.gross AS open_gross
		FROM (SELECT count(*) AS n, min(c.due_on) AS since FROM live_check c
			WHERE c.government_id = $1 AND c.agency_id = $2 AND c.due_on <= $3 AND `+liveDue+`) due,
		(SELECT count(*) AS n, min(f.gone_on) AS since, coalesce(sum(f.gross), 0)::bigint AS gross FROM shortfall f
			WHERE f.government_id = $1 AND f.agency_id = $2 AND f.status = 'open') open`, tx.government(), agency, today)
	return w, err
}

// storiesMax is how many stories are reminded of at once.
const storiesMax = 20

// UncapturedStories gives the stories published on that day or later of which no proof is kept, oldest first.
func (tx *Tx) UncapturedStories(ctx context.Context, agency uuid.UUID, from period.Date) (found []placement.Placement, err error) {
	err = tx.all(ctx, &found, "SELECT "+placementList.columns+" FROM placement p"+deliverableJoin+agreementJoin+partyJoins+`
		WHERE p.government_id = $1 AND p.agency_id = $2 AND p.status = 'published' AND coalesce(p.published_on, 'infinity') >= $3 AND p.published_on IS NOT NULL
			AND CASE WHEN d.content IS NULL THEN s.id IS NOT NULL AND d.product ILIKE '%story%' ELSE d.content ->> 'type' = 'story' END
			AND NOT EXISTS (SELECT FROM proof f WHERE f.government_id = $1 AND f.placement_id = p.id)
		ORDER BY p.published_on, p.id LIMIT $4`, tx.government(), agency, from, storiesMax)
	return found, err
}

// shortOf gives the shortfall of a placement that stands; none leaves it empty.
func (tx *Tx) shortOf(ctx context.Context, of uuid.UUID) (s placement.GoneEarly, err error) {
	err = tx.get(ctx, &s, `SELECT f.status AS short_status, f.gross AS short_gross, f.whole AS short_whole, f.gone_on AS short_gone_on FROM shortfall f
		WHERE f.government_id = $1 AND f.placement_id = $2 AND f.status IN ('open', 'decided') ORDER BY f.whole DESC, f.created_at LIMIT 1`, tx.government(), of)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return s, err
}
