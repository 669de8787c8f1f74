package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/insight"
	"tayang/app/listing"
	"tayang/app/period"
)

const insightColumns = `i.id, i.agency_id, i.placement_id, i.taken_on, i.due_day, i.late_days, i.reach, i.views, i.likes, i.comments, i.shares, i.saves,
	i.impressions, i.source, i.import_id, coalesce(i.file_sha256, '') AS file_sha256, i.row_number, i.created_at, i.created_by, i.voided_at, i.voided_by,
	i.void_reason, i.version`

var insightList = list{
	columns: insightColumns,
	from:    `insight i`,
	fields: map[string]field{
		"id": {"i.id", ofUUID}, "placement_id": {"i.placement_id", ofUUID}, "taken_on": {"i.taken_on", ofDate}, "due_day": {"i.due_day", ofInt},
		"late_days": {"i.late_days", ofInt}, "source": {"i.source", ofText}, "row": {"i.row_number", ofInt},
		"reach": {"coalesce(i.reach, 0)", ofInt}, "views": {"coalesce(i.views, 0)", ofInt}, "likes": {"coalesce(i.likes, 0)", ofInt},
		"comments": {"coalesce(i.comments, 0)", ofInt}, "shares": {"coalesce(i.shares, 0)", ofInt}, "saves": {"coalesce(i.saves, 0)", ofInt},
		"impressions": {"coalesce(i.impressions, 0)", ofInt}, "file_sha256": {"coalesce(i.file_sha256, '')", ofText},
		"import_id":  {"coalesce(i.import_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"created_at": {"i.created_at", ofTime}, "created_by": {"i.created_by", ofUUID}, "voided": {"i.voided_at IS NOT NULL", ofBool},
		"voided_at": {"coalesce(i.voided_at, 'infinity')", ofTime}, "void_reason": {"i.void_reason", ofText},
		"voided_by": {"coalesce(i.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	id:   field{"i.id", ofUUID},
	sort: "-taken_on",
}

var insightImportList = list{
	columns: `m.id, m.agency_id, m.platform, m.taken_on, m.file_sha256, m.filename, m.status, m.new_rows, m.unchanged_rows, m.unknown_rows, m.wrong_rows,
		m.created_at, m.created_by, m.voided_at, m.voided_by, m.void_reason, m.version`,
	from: `insight_import m`,
	fields: map[string]field{
		"id": {"m.id", ofUUID}, "platform": {"m.platform", ofText}, "taken_on": {"m.taken_on", ofDate}, "file_sha256": {"m.file_sha256", ofText},
		"filename": {"m.filename", ofText}, "status": {"m.status", ofText}, "new": {"m.new_rows", ofInt}, "unchanged": {"m.unchanged_rows", ofInt},
		"unknown": {"m.unknown_rows", ofInt}, "wrong": {"m.wrong_rows", ofInt}, "created_at": {"m.created_at", ofTime}, "created_by": {"m.created_by", ofUUID},
		"voided_at": {"coalesce(m.voided_at, 'infinity')", ofTime}, "void_reason": {"m.void_reason", ofText},
		"voided_by": {"coalesce(m.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"m.filename"},
	id:     field{"m.id", ofUUID},
	sort:   "-created_at",
}

const insightSubject = `SELECT p.id, p.agency_id, p.title, a.number AS agreement_number, p.status, coalesce(w.address, '') AS address, p.published_on,
		d.content -> 'insights_due' AS due
	FROM placement p JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
	JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
	LEFT JOIN placement_address w ON w.government_id = p.government_id AND w.placement_id = p.id
	WHERE p.government_id = $1 AND p.agency_id = $2 AND `

// InsightSubject gives one placement that figures are of, as it is.
func (tx *Tx) InsightSubject(ctx context.Context, agency, id uuid.UUID) (s insight.Subject, err error) {
	err = tx.get(ctx, &s, insightSubject+"p.id = $3", tx.government(), agency, id)
	return s, err
}

// HoldSubjects gives placements to enter figures of; nobody changes them before the transaction ends.
func (tx *Tx) HoldSubjects(ctx context.Context, agency uuid.UUID, ids []uuid.UUID) (out []insight.Subject, err error) {
	err = tx.all(ctx, &out, insightSubject+"p.id = ANY ($3) ORDER BY p.id FOR UPDATE OF p", tx.government(), agency, pq.Array(ids))
	return out, err
}

// SubjectsAt gives the placements of the agency that are at the addresses.
func (tx *Tx) SubjectsAt(ctx context.Context, agency uuid.UUID, addresses []string) (out []insight.Subject, err error) {
	err = tx.all(ctx, &out, insightSubject+"w.address = ANY ($3) AND w.address <> '' AND p.status NOT IN ('cancelled', 'rejected') ORDER BY p.id",
		tx.government(), agency, pq.Array(addresses))
	return out, err
}

// InsightsOf gives the readings that stand, of several placements at once, the earliest first.
func (tx *Tx) InsightsOf(ctx context.Context, placements []uuid.UUID) (out []insight.Insight, err error) {
	err = tx.all(ctx, &out, `SELECT `+insightColumns+` FROM insight i WHERE i.government_id = $1 AND i.placement_id = ANY ($2) AND i.voided_at IS NULL
		ORDER BY i.taken_on, i.created_at, i.id`, tx.government(), pq.Array(placements))
	return out, err
}

// Insight gives one reading of a placement.
func (tx *Tx) Insight(ctx context.Context, placement, id uuid.UUID) (i insight.Insight, err error) {
	err = tx.get(ctx, &i, `SELECT `+insightColumns+` FROM insight i WHERE i.government_id = $1 AND i.placement_id = $2 AND i.id = $3`, tx.government(), placement, id)
	return i, err
}

// Insights lists the readings of a placement, void ones too.
func (tx *Tx) Insights(ctx context.Context, placement uuid.UUID, q listing.Query) (listing.Page[insight.Insight], error) {
	return pageOf[insight.Insight](ctx, tx, insightList, q, where("i.government_id = ?", tx.government()), where("i.placement_id = ?", placement))
}

// readingRow is a reading on its way in.
type readingRow struct {
	ID          uuid.UUID      `json:"id"`
	AgencyID    uuid.UUID      `json:"agency_id"`
	PlacementID uuid.UUID      `json:"placement_id"`
	TakenOn     period.Date    `json:"taken_on"`
	DueDay      int64          `json:"due_day"`
	LateDays    int64          `json:"late_days"`
	Source      insight.Source `json:"source"`
	ImportID    uuid.NullUUID  `json:"import_id"`
	File        string         `json:"file_sha256"`
	Row         int64          `json:"row_number"`
	CreatedBy   uuid.UUID      `json:"created_by"`
	insight.Figures
}

// AddInsights inserts readings and lays the latest of each placement over its figures; who entered them is noted at those that
// are not verified yet.
func (tx *Tx) AddInsights(ctx context.Context, all []insight.Insight) error {
	rows, ids := make([]readingRow, len(all)), make([]uuid.UUID, len(all))
	for n, i := range all {
		ids[n] = i.PlacementID
		rows[n] = readingRow{i.ID, i.AgencyID, i.PlacementID, i.TakenOn, i.DueDay, i.LateDays, i.Source, i.ImportID, i.File, i.Row, i.CreatedBy, i.Figures}
	}
	if err := tx.bulk(ctx, `INSERT INTO insight (government_id, id, agency_id, placement_id, taken_on, due_day, late_days, reach, views, likes, comments,
			shares, saves, impressions, source, import_id, file_sha256, row_number, created_at, created_by)
		SELECT $1, x.id, x.agency_id, x.placement_id, x.taken_on, x.due_day, x.late_days, x.reach, x.views, x.likes, x.comments, x.shares, x.saves,
			x.impressions, x.source, x.import_id, nullif(x.file_sha256, ''), x.row_number, $3, x.created_by
		FROM jsonb_to_recordset($2) AS x(id uuid, agency_id uuid, placement_id uuid, taken_on date, due_day integer, late_days integer, reach bigint,
			views bigint, likes bigint, comments bigint, shares bigint, saves bigint, impressions bigint, source text, import_id uuid, file_sha256 text,
			row_number integer, created_by uuid)`, rows, tx.now); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE placement p SET metrics = p.metrics || `+latestFigures+`, version = p.version + 1,
			recorded_by = CASE WHEN p.status = 'published' AND $3 <> ALL (p.recorded_by) THEN p.recorded_by || $3::uuid ELSE p.recorded_by END
		WHERE p.government_id = $1 AND p.id = ANY ($2)`, tx.government(), pq.Array(ids), tx.act.Actor.User)
	return err
}

// latestFigures are the figures of a placement's last reading that stands, as its metrics have them.
const latestFigures = `coalesce((SELECT jsonb_strip_nulls(jsonb_build_object('reach', i.reach, 'views', i.views, 'likes', i.likes, 'comments', i.comments,
		'shares', i.shares, 'saves', i.saves, 'impressions', i.impressions))
	FROM insight i WHERE i.government_id = p.government_id AND i.placement_id = p.id AND i.voided_at IS NULL
	ORDER BY i.taken_on DESC, i.created_at DESC, i.id DESC LIMIT 1), '{}')`

// VoidInsights marks readings as entered wrongly, and gives their placements the figures of the latest that is left.
func (tx *Tx) VoidInsights(ctx context.Context, v insight.Voiding) error {
	var placements []uuid.UUID
	if err := tx.all(ctx, &placements, `UPDATE insight SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND (id = $2 OR import_id = $3) AND voided_at IS NULL RETURNING placement_id`,
		tx.government(), v.ID, v.Import, tx.now, v.By, v.Reason); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE placement p SET version = p.version + 1,
			metrics = (p.metrics - '{reach,views,likes,comments,shares,saves,impressions}'::text[]) || `+latestFigures+`
		WHERE p.government_id = $1 AND p.id = ANY ($2)`, tx.government(), pq.Array(placements))
	return err
}

// Imports lists the imports of an agency.
func (tx *Tx) Imports(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[insight.Import], error) {
	return pageOf[insight.Import](ctx, tx, insightImportList, q, where("m.government_id = ?", tx.government()), where("m.agency_id = ?", agency))
}

// Import gives one import; NotFound when the agency has none of that id.
func (tx *Tx) Import(ctx context.Context, agency, id uuid.UUID) (m insight.Import, err error) {
	err = tx.one(ctx, &m, insightImportList, agency, "m", id)
	return m, err
}

// ImportOf finds the import of a file as of a day that is not void; NotFound when there is none.
func (tx *Tx) ImportOf(ctx context.Context, agency uuid.UUID, of insight.Import) (m insight.Import, err error) {
	err = tx.get(ctx, &m, "SELECT "+insightImportList.columns+" FROM "+insightImportList.from+
		" WHERE m.government_id = $1 AND m.agency_id = $2 AND m.file_sha256 = $3 AND m.taken_on = $4 AND m.status <> 'voided'",
		tx.government(), agency, of.File, of.TakenOn)
	return m, faultOf(err)
}

// AddImport inserts a staged import whose file is noted.
func (tx *Tx) AddImport(ctx context.Context, m insight.Import) error {
	return tx.exec(ctx, `INSERT INTO insight_import (government_id, id, agency_id, platform, taken_on, file_sha256, filename, status, new_rows,
			unchanged_rows, unknown_rows, wrong_rows, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, tx.government(), m.ID, m.AgencyID, m.Platform, m.TakenOn, m.File, m.Filename,
		m.Status, m.New, m.Unchanged, m.Unknown, m.Wrong, tx.now, m.CreatedBy)
}

// SaveImport writes the state of an import, unless it changed since it was read.
func (tx *Tx) SaveImport(ctx context.Context, m insight.Import) error {
	return tx.exec(ctx, `UPDATE insight_import SET status = $4, new_rows = $5, unchanged_rows = $6, unknown_rows = $7, wrong_rows = $8,
			voided_at = CASE WHEN $4 = 'voided' THEN $9::timestamptz END, voided_by = $10, void_reason = $11, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), m.ID, m.Version, m.Status, m.New, m.Unchanged, m.Unknown, m.Wrong,
		tx.now, m.VoidedBy, m.VoidReason)
}
