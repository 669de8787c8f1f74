package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"tayang/app/airing"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

// Rows of a log by what they show.
const (
	rowsMatched   = `(SELECT count(*) FROM airing r WHERE r.government_id = l.government_id AND r.log_id = l.id AND r.placement_id IS NOT NULL)`
	rowsConfirmed = `(SELECT count(*) FROM airing r WHERE r.government_id = l.government_id AND r.log_id = l.id AND r.confirmed_at IS NOT NULL)`
	rowsOver      = `(SELECT count(*) FROM airing r WHERE r.government_id = l.government_id AND r.log_id = l.id AND r.placement_id IS NULL AND r.counted)`
)

var airingLogList = list{
	columns: `l.id, l.agency_id, l.agreement_id, a.number AS agreement_number, l.outlet_id, o.name AS outlet_name, o.kind AS outlet_kind, l.origin,
		l.file_sha256, l.filename, l.first_on, l.last_on, l.status, l.row_count, l.wrong_rows, l.remarked_rows, ` +
		rowsMatched + ` AS matched, ` + rowsConfirmed + ` AS confirmed, ` + rowsOver + ` AS over_rows,
		l.created_at, l.created_by, l.voided_at, l.voided_by, l.void_reason, l.version`,
	from: `airing_log l JOIN agreement a ON a.government_id = l.government_id AND a.id = l.agreement_id
		JOIN outlet o ON o.government_id = l.government_id AND o.id = l.outlet_id`,
	fields: map[string]field{
		"id": {"l.id", ofUUID}, "agreement_id": {"l.agreement_id", ofUUID}, "agreement_number": {"a.number", ofText}, "outlet_id": {"l.outlet_id", ofUUID},
		"outlet_name": {"o.name", ofText}, "outlet_kind": {"o.kind", ofText}, "origin": {"l.origin", ofText}, "file_sha256": {"l.file_sha256", ofText},
		"filename": {"l.filename", ofText}, "status": {"l.status", ofText}, "first_on": {"coalesce(l.first_on, 'infinity')", ofDate},
		"last_on": {"coalesce(l.last_on, 'infinity')", ofDate}, "row_count": {"l.row_count", ofInt}, "wrong": {"l.wrong_rows", ofInt},
		"remarked": {"l.remarked_rows", ofInt}, "matched": {rowsMatched, ofInt}, "confirmed": {rowsConfirmed, ofInt}, "over": {rowsOver, ofInt},
		"created_at": {"l.created_at", ofTime}, "created_by": {"l.created_by", ofUUID}, "voided_at": {"coalesce(l.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(l.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"l.void_reason", ofText},
	},
	search: []string{"a.number", "o.name", "l.filename"},
	id:     field{"l.id", ofUUID},
	sort:   "-created_at",
}

var airingList = list{
	columns: `r.id, r.log_id, r.row_number, r.aired_on, r.aired_at, r.programme, r.title, r.seconds, r.station, r.remarks, r.placement_id,
		coalesce(p.title, '') AS placement, r.confirmed_at, r.confirmed_by, r.version`,
	from: `airing r LEFT JOIN placement p ON p.government_id = r.government_id AND p.id = r.placement_id`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "row": {"r.row_number", ofInt}, "aired_on": {"r.aired_on", ofDate}, "aired_at": {"r.aired_at", ofText},
		"programme": {"r.programme", ofText}, "title": {"r.title", ofText}, "seconds": {"r.seconds", ofInt}, "station": {"r.station", ofText},
		"placement_id": {"coalesce(r.placement_id, '00000000-0000-0000-0000-000000000000')", ofUUID}, "placement": {"coalesce(p.title, '')", ofText},
		"matched": {"r.placement_id IS NOT NULL", ofBool}, "confirmed": {"r.confirmed_at IS NOT NULL", ofBool}, "remarked": {"r.remarks <> '{}'", ofBool},
		"log_id": {"r.log_id", ofUUID}, "confirmed_at": {"coalesce(r.confirmed_at, 'infinity')", ofTime},
		"confirmed_by": {"coalesce(r.confirmed_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
	},
	search: []string{"r.title", "r.programme", "p.title"},
	id:     field{"r.id", ofUUID},
	sort:   "row",
}

// Logs lists the logs of an agency.
func (tx *Tx) Logs(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[airing.Log], error) {
	return pageOf[airing.Log](ctx, tx, airingLogList, q, where("l.government_id = ?", tx.government()), where("l.agency_id = ?", agency))
}

// Airings lists the rows of a log that was taken.
func (tx *Tx) Airings(ctx context.Context, log uuid.UUID, q listing.Query) (listing.Page[airing.Airing], error) {
	return pageOf[airing.Airing](ctx, tx, airingList, q, where("r.government_id = ?", tx.government()), where("r.log_id = ?", log))
}

// Log gives one log; NotFound when the agency has none of that id.
func (tx *Tx) Log(ctx context.Context, agency, id uuid.UUID) (l airing.Log, err error) {
	err = tx.get(ctx, &l, "SELECT "+airingLogList.columns+" FROM "+airingLogList.from+
		" WHERE l.government_id = $1 AND l.agency_id = $2 AND l.id = $3", tx.government(), agency, id)
	return l, err
}

// LogOf finds the log of a file for an agreement and an outlet that is not void; NotFound when there is none.
func (tx *Tx) LogOf(ctx context.Context, l airing.Log) (out airing.Log, err error) {
	err = tx.get(ctx, &out, "SELECT "+airingLogList.columns+" FROM "+airingLogList.from+
		" WHERE l.government_id = $1 AND l.agreement_id = $2 AND l.outlet_id = $3 AND l.file_sha256 = $4 AND l.status <> 'voided'",
		tx.government(), l.AgreementID, l.OutletID, l.File)
	return out, faultOf(err)
}

// RowsOf gives all rows of a log, as its sheet has them.
func (tx *Tx) RowsOf(ctx context.Context, log uuid.UUID) (out []airing.Airing, err error) {
	err = tx.all(ctx, &out, "SELECT "+airingList.columns+" FROM "+airingList.from+
		" WHERE r.government_id = $1 AND r.log_id = $2 ORDER BY r.row_number", tx.government(), log)
	return out, err
}

// LogFrame gives what an outlet was ordered for; Invalid at /agreement_id or /outlet_id when the agency has no such agreement
// with such an outlet.
func (tx *Tx) LogFrame(ctx context.Context, agency, agreement, outlet uuid.UUID) (f airing.Frame, err error) {
	err = tx.get(ctx, &f, `SELECT a.id AS agreement_id, a.number AS agreement_number, a.start_date, a.end_date, a.order_date,
			coalesce(o.id, '00000000-0000-0000-0000-000000000000') AS outlet_id, coalesce(o.name, '') AS outlet_name, coalesce(o.kind, '') AS outlet_kind
		FROM agreement a LEFT JOIN outlet o ON o.government_id = a.government_id AND o.id = $4
			AND EXISTS (SELECT FROM deliverable d WHERE d.government_id = a.government_id AND d.agreement_id = a.id AND d.outlet_id = o.id)
		WHERE a.government_id = $1 AND a.agency_id = $2 AND a.id = $3`, tx.government(), agency, agreement, outlet)
	if err = named(err, "/agreement_id"); err == nil && f.OutletID == uuid.Nil {
		err = fault.Fields{{Pointer: "/outlet_id", Code: "not_of_agreement"}}.Err()
	}
	return f, err
}

// LogFrames gives the outlets with logs for which agreements in force were made, the latest agreement first.
func (tx *Tx) LogFrames(ctx context.Context, agency uuid.UUID) (out []airing.Frame, err error) {
	err = tx.all(ctx, &out, `SELECT DISTINCT a.id AS agreement_id, a.number AS agreement_number, a.start_date, a.end_date, a.order_date, o.id AS outlet_id,
			o.name AS outlet_name, o.kind AS outlet_kind
		FROM agreement a JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id
		JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
		WHERE a.government_id = $1 AND a.agency_id = $2 AND o.kind IN ('radio', 'tv', 'outdoor') AND a.status IN ('active', 'terminated')
		ORDER BY a.order_date DESC, a.number, o.name LIMIT 500`, tx.government(), agency)
	return out, err
}

// Spots gives the planned and published placements of the agreement at the outlet that no row shows.
func (tx *Tx) Spots(ctx context.Context, agreement, outlet uuid.UUID) (out []airing.Spot, err error) {
	err = tx.all(ctx, &out, `SELECT p.id, p.title, d.product, d.unit, p.scheduled_on, p.published_on, p.slot, p.status
		FROM placement p JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
		WHERE p.government_id = $1 AND p.agreement_id = $2 AND d.outlet_id = $3 AND p.status IN ('planned', 'published')
			AND NOT EXISTS (SELECT FROM airing r WHERE r.government_id = p.government_id AND r.placement_id = p.id)
		ORDER BY p.scheduled_on, p.id`, tx.government(), agreement, outlet)
	return out, err
}

// Aired gives what other logs of the outlet tell of for the agreement.
func (tx *Tx) Aired(ctx context.Context, agreement, outlet, but uuid.UUID) (out []airing.Airing, err error) {
	err = tx.all(ctx, &out, `SELECT r.aired_on, r.aired_at, r.title, r.programme FROM airing r
		WHERE r.government_id = $1 AND r.agreement_id = $2 AND r.outlet_id = $3 AND r.counted AND r.log_id <> $4`, tx.government(), agreement, outlet, but)
	return out, err
}

// AddLog inserts a staged log whose file is noted.
func (tx *Tx) AddLog(ctx context.Context, l airing.Log) error {
	return tx.exec(ctx, `INSERT INTO airing_log (government_id, id, agency_id, agreement_id, outlet_id, origin, file_sha256, filename, status, first_on,
			last_on, row_count, wrong_rows, remarked_rows, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, tx.government(), l.ID, l.AgencyID, l.AgreementID, l.OutletID,
		l.Origin, l.File, l.Filename, l.Status, l.FirstOn, l.LastOn, l.RowCount, l.Wrong, l.Remarked, tx.now, l.CreatedBy)
}

// SaveLog writes the state and the counts of a log, unless it changed since it was read.
func (tx *Tx) SaveLog(ctx context.Context, l airing.Log) error {
	return tx.exec(ctx, `UPDATE airing_log SET status = $4, first_on = $5, last_on = $6, row_count = $7, wrong_rows = $8, remarked_rows = $9,
			voided_at = $10, voided_by = $11, void_reason = $12, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), l.ID, l.Version, l.Status, l.FirstOn, l.LastOn, l.RowCount, l.Wrong,
		l.Remarked, l.VoidedAt, l.VoidedBy, l.VoidReason)
}

// airingRow is a row on its way in.
type airingRow struct {
	ID          uuid.UUID     `json:"id"`
	Row         int64         `json:"row_number"`
	AiredOn     period.Date   `json:"aired_on"`
	AiredAt     string        `json:"aired_at"`
	Programme   string        `json:"programme"`
	Title       string        `json:"title"`
	Seconds     int64         `json:"seconds"`
	Station     string        `json:"station"`
	Remarks     string        `json:"remarks"`
	Counted     bool          `json:"counted"`
	Key         string        `json:"airing_key"`
	PlacementID uuid.NullUUID `json:"placement_id"`
}

// AddAirings inserts the rows of a log, all of them or none. Fault: duplicate when another log tells of one already.
func (tx *Tx) AddAirings(ctx context.Context, l airing.Log, all []airing.Airing) error {
	rows := make([]airingRow, len(all))
	for i, a := range all {
		remarks, err := a.Remarks.Value()
		if err != nil {
			return err
		}
		text, _ := remarks.(string)
		rows[i] = airingRow{a.ID, a.Row, a.AiredOn, a.AiredAt, a.Programme, a.Title, a.Seconds, a.Station, text, a.Counts(), a.Key(), a.PlacementID}
	}
	return tx.bulk(ctx, `INSERT INTO airing (government_id, id, agency_id, log_id, row_number, agreement_id, outlet_id, aired_on, aired_at, programme, title,
			seconds, station, remarks, counted, airing_key, placement_id, created_at)
		SELECT $1, x.id, $3, $4, x.row_number, $5, $6, x.aired_on, x.aired_at, x.programme, x.title, x.seconds, x.station, x.remarks::text[], x.counted,
			x.airing_key, x.placement_id, $7
		FROM jsonb_to_recordset($2) AS x(id uuid, row_number integer, aired_on date, aired_at text, programme text, title text, seconds integer,
			station text, remarks text, counted boolean, airing_key text, placement_id uuid)`, rows, l.AgencyID, l.ID, l.AgreementID, l.OutletID, tx.now)
}

// shownRow is what a row shows, on its way in.
type shownRow struct {
	ID          uuid.UUID     `json:"id"`
	Version     int64         `json:"version"`
	PlacementID uuid.NullUUID `json:"placement_id"`
	ConfirmedBy uuid.NullUUID `json:"confirmed_by"`
}

// SaveShown writes which spot each row shows and who confirmed it, unless a row changed since it was read. Fault: duplicate
// when another row shows the spot.
func (tx *Tx) SaveShown(ctx context.Context, all []airing.Airing) error {
	if len(all) == 0 {
		return nil
	}
	rows := make([]shownRow, len(all))
	for i, a := range all {
		rows[i] = shownRow{a.ID, a.Version, a.PlacementID, a.ConfirmedBy}
	}
	body, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	done := 0
	if err := tx.get(ctx, &done, `WITH saved AS (
			UPDATE airing r SET placement_id = x.placement_id, confirmed_by = x.confirmed_by, version = r.version + 1,
				confirmed_at = CASE WHEN x.confirmed_by IS NULL THEN NULL ELSE coalesce(r.confirmed_at, $3) END
			FROM jsonb_to_recordset($2) AS x(id uuid, version bigint, placement_id uuid, confirmed_by uuid)
			WHERE r.government_id = $1 AND r.id = x.id AND r.version = x.version RETURNING 1)
		SELECT count(*) FROM saved`, tx.government(), string(body), tx.now); err != nil {
		return err
	}
	if done != len(all) {
		return errRetry
	}
	return nil
}

// FreeAirings takes the rows of a void log out of what counts.
func (tx *Tx) FreeAirings(ctx context.Context, log uuid.UUID) error {
	_, err := tx.conn.ExecContext(ctx, `UPDATE airing SET counted = false, placement_id = NULL, confirmed_at = NULL, confirmed_by = NULL, version = version + 1
		WHERE government_id = $1 AND log_id = $2 AND counted`, tx.government(), log)
	return err
}

// HasProof reports whether the placement has the file among its proofs.
func (tx *Tx) HasProof(ctx context.Context, placement uuid.UUID, sha256 string) (there bool, err error) {
	err = tx.get(ctx, &there, `SELECT EXISTS (SELECT FROM proof f WHERE f.government_id = $1 AND f.placement_id = $2 AND f.file_sha256 = $3)`,
		tx.government(), placement, sha256)
	return there, err
}
