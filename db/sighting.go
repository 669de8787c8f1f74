package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/placement"
)

// PlacementAround looks up the ordered channel of a placement, and every other placement of the government that has the
// same address, post, file or picture, the oldest first.
func (tx *Tx) PlacementAround(ctx context.Context, p placement.Placement) (around placement.Around, err error) {
	if err = tx.get(ctx, &around, `SELECT g.scheme, coalesce(o.domain, '') AS domain, coalesce(s.platform, '') AS platform, coalesce(s.handle, '') AS handle,
			(SELECT count(*) FROM proof f WHERE f.government_id = $1 AND f.placement_id = $4 AND f.uninspected) AS uninspected
		FROM deliverable d JOIN agency g ON g.government_id = d.government_id AND g.id = $3
		LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
		LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
		WHERE d.government_id = $1 AND d.id = $2`, tx.government(), p.DeliverableID, p.AgencyID, p.ID); err != nil {
		return around, err
	}
	if err = tx.get(ctx, &around.Page, `SELECT c.final_url, c.http_status, c.title AS page_title, c.published FROM capture c
		WHERE c.government_id = $1 AND c.placement_id = $2 AND c.url = $3 AND c.status = 'done' ORDER BY c.created_at DESC, c.id DESC LIMIT 1`,
		tx.government(), p.ID, p.URL); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return around, err
	}
	if around.GoneEarly, err = tx.shortOf(ctx, p.ID); err != nil {
		return around, err
	}
	if p.Story() {
		if err = tx.get(ctx, &around.TakenAt, `SELECT min(coalesce(captured_at, created_at)) FROM proof WHERE government_id = $1 AND placement_id = $2`, tx.government(), p.ID); err != nil {
			return around, err
		}
	}
	if err = tx.around(ctx, p, &around); err != nil {
		return around, err
	}
	at := p.Address()
	err = tx.all(ctx, &around.Sightings, sightings, tx.government(), p.ID, at.Text)
	return around, err
}

// around looks up the placement's own evidence: its proofs, the rows of logs that show it, and its figures.
func (tx *Tx) around(ctx context.Context, p placement.Placement, into *placement.Around) (err error) {
	if err = tx.all(ctx, &into.Held, `SELECT f.kind, f.captured_at, coalesce(f.passport ->> 'taken_at', '') AS taken_at FROM proof f
		WHERE f.government_id = $1 AND f.placement_id = $2 ORDER BY f.created_at, f.id`, tx.government(), p.ID); err != nil {
		return err
	}
	if err = tx.get(ctx, &into.Airings, `SELECT count(*) FROM airing r WHERE r.government_id = $1 AND r.placement_id = $2 AND r.confirmed_at IS NOT NULL`,
		tx.government(), p.ID); err != nil {
		return err
	}
	into.Insights, err = tx.InsightsOf(ctx, []uuid.UUID{p.ID})
	return err
}

// sightings finds the others by each way. A log shows many placements, each by a row of its own. A hundred of them is enough to tell: the first is named, the rest counted.
const sightings = `WITH same AS (
		SELECT CASE WHEN w.post THEN 'post' ELSE 'url' END AS how, NULL::uuid AS proof_id, 0 AS score, w.placement_id, NULL::uuid AS other_proof_id
		FROM placement_address w WHERE w.government_id = $1 AND w.address = $3 AND $3 <> ''
		UNION ALL
		SELECT 'file', f.id, 100, o.placement_id, o.id
		FROM proof f JOIN proof o ON o.government_id = f.government_id AND o.file_sha256 = f.file_sha256
		WHERE f.government_id = $1 AND f.placement_id = $2 AND NOT (f.kind = 'log' AND o.kind = 'log' AND (
			SELECT count(*) FROM airing r JOIN airing_log l ON l.government_id = r.government_id AND l.id = r.log_id
			WHERE r.government_id = f.government_id AND r.placement_id IN (f.placement_id, o.placement_id) AND l.file_sha256 = f.file_sha256) = 2)
		UNION ALL
		SELECT 'image', f.id, m.score, o.placement_id, o.id
		FROM proof f JOIN picture_match m ON m.government_id = f.government_id AND m.file_sha256 = f.file_sha256
		JOIN proof o ON o.government_id = m.government_id AND o.file_sha256 = m.other_sha256
		WHERE f.government_id = $1 AND f.placement_id = $2)
	SELECT same.how, same.proof_id, same.score, p.agency_id, g.code AS agency_code, g.name AS agency_name, a.number AS agreement_number,
		p.id AS placement_id, same.other_proof_id, p.title, p.status, p.published_on
	FROM same JOIN placement p ON p.government_id = $1 AND p.id = same.placement_id
	JOIN agency g ON g.government_id = p.government_id AND g.id = p.agency_id
	JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
	WHERE p.id <> $2 AND p.status <> 'cancelled'
	ORDER BY p.created_at, p.id, same.how, same.proof_id LIMIT 100`

// pictureLock is the class of the locks under which pictures are kept.
const pictureLock = 26

// candidatesMax bounds how many kept pictures a new one is laid over.
const candidatesMax = 400

// SavePicture keeps the print of a file under its keys; false when it was kept already.
func (tx *Tx) SavePicture(ctx context.Context, sha256 string, print []byte, keys []int32) (fresh bool, err error) {
	// Two pictures that come at once do not know of each other: they are kept one after the other, and the second sees the first.
	if _, err := tx.conn.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, hashtext($2))`, pictureLock, tx.government().String()); err != nil {
		return false, err
	}
	var saved string
	err = tx.get(ctx, &saved, `INSERT INTO picture (government_id, file_sha256, print) VALUES ($1, $2, $3)
		ON CONFLICT (government_id, file_sha256) DO NOTHING RETURNING file_sha256`, tx.government(), sha256, print)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = tx.conn.ExecContext(ctx, `INSERT INTO picture_key (government_id, key, file_sha256) SELECT DISTINCT $1::uuid, k, $2 FROM unnest($3::integer[]) k`,
		tx.government(), sha256, pq.Array(keys))
	return true, err
}

// PicturesUnder gives the kept pictures that share a key, those that share most first.
func (tx *Tx) PicturesUnder(ctx context.Context, keys []int32) (found []placement.Kept, err error) {
	err = tx.all(ctx, &found, `SELECT p.file_sha256, p.print FROM (
			SELECT k.file_sha256, count(*) AS shared FROM picture_key k
			WHERE k.government_id = $1 AND k.key = ANY ($2) GROUP BY k.file_sha256 ORDER BY shared DESC, k.file_sha256 LIMIT $3) c
		JOIN picture p ON p.government_id = $1 AND p.file_sha256 = c.file_sha256 ORDER BY c.shared DESC, c.file_sha256`,
		tx.government(), pq.Array(keys), candidatesMax)
	return found, err
}

// SaveMatches notes which kept pictures the file is nearly the same as, both ways.
func (tx *Tx) SaveMatches(ctx context.Context, sha256 string, found []placement.Match) error {
	if len(found) == 0 {
		return nil
	}
	var others []string
	var scores []int64
	for _, m := range found {
		others, scores = append(others, m.SHA256), append(scores, int64(m.Score))
	}
	_, err := tx.conn.ExecContext(ctx, `INSERT INTO picture_match (government_id, file_sha256, other_sha256, score)
		SELECT $1::uuid, w.a, w.b, m.score FROM unnest($3::text[], $4::integer[]) AS m(other, score)
			CROSS JOIN LATERAL (VALUES ($2, m.other), (m.other, $2)) AS w(a, b)
		ON CONFLICT (government_id, file_sha256, other_sha256) DO NOTHING`, tx.government(), sha256, pq.Array(others), pq.Array(scores))
	return err
}

// saveAddress notes what a placement's address names; it is looked for among all of the government.
func (tx *Tx) saveAddress(ctx context.Context, id uuid.UUID, a placement.Address) error {
	_, err := tx.conn.ExecContext(ctx, `INSERT INTO placement_address (government_id, placement_id, address, post) VALUES ($1, $2, $3, $4)
		ON CONFLICT (government_id, placement_id) DO UPDATE SET address = excluded.address, post = excluded.post
		WHERE (placement_address.address, placement_address.post) IS DISTINCT FROM (excluded.address, excluded.post)`,
		tx.government(), id, a.Text, a.Post)
	return err
}
