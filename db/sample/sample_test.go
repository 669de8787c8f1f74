package sample_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"tayang/app/access"
	"tayang/app/report"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest"
	"tayang/db/sample"
)

// dsns are how the owner of the schema and the program reach the database.
type dsns struct{ owner, app string }

// load tells the story in a database of its own, and opens that as its owner, who sees everything.
func load(t *testing.T) (*sqlx.DB, *db.Store, dsns) {
	t.Helper()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	files, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = files.Close() }()
	begin := time.Now()
	if err := sample.Load(t.Context(), store, files, time.FixedZone("WIB", 7*60*60)); err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %v", time.Since(begin))
	all, err := sqlx.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = all.Close() })
	return all, store, dsns{owner, app}
}

// walled tries every table that the office has filled with the session of another government: nothing is seen, nothing
// of this office is changed, and nothing is entered in its name.
func walled(t *testing.T, all *sqlx.DB, dsn string) {
	app, err := sqlx.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.Close() }()
	var tables []string
	if err := all.SelectContext(t.Context(), &tables, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'government_id'
		WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`); err != nil || len(tables) < 30 {
		t.Fatal(tables, err)
	}
	var untried []string
	for _, table := range tables {
		var row string
		switch err := all.GetContext(t.Context(), &row, "SELECT to_jsonb(t)::text FROM "+table+" t LIMIT 1"); {
		case errors.Is(err, sql.ErrNoRows):
			untried = append(untried, table)
		case err != nil:
			t.Fatal(err)
		default:
			trespass(t, app, table, row)
		}
	}
	if len(untried) > 12 {
		t.Errorf("the sample office leaves these untried: %v", untried)
	}
}

// trespass tries everything on a table as another government, and takes it back.
func trespass(t *testing.T, app *sqlx.DB, table, row string) {
	t.Helper()
	for _, try := range []struct {
		statement string
		args      []any
		refused   bool // it must be an error, not only touch nothing
	}{
		{"SELECT FROM " + table, nil, false},
		{"UPDATE " + table + " SET government_id = government_id", nil, false},
		{"DELETE FROM " + table, nil, false},
		{"INSERT INTO " + table + " SELECT * FROM jsonb_populate_record(NULL::" + table + ", $1)", []any{row}, true},
	} {
		tx, err := app.BeginTxx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), "SET LOCAL tayang.government = '"+uuid.NewString()+"'"); err != nil {
			t.Fatal(err)
		}
		done, err := tx.ExecContext(t.Context(), try.statement, try.args...)
		if err == nil {
			if n, _ := done.RowsAffected(); n > 0 || try.refused {
				t.Errorf("another government: %.60s: %d rows", try.statement, n)
			}
		} else if strings.HasPrefix(try.statement, "SELECT") {
			t.Errorf("%s: %v", try.statement, err)
		}
		_ = tx.Rollback()
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	all, store, at := load(t)
	t.Run("is as large as an office", func(t *testing.T) { counts(t, all) })
	t.Run("has every state", func(t *testing.T) { states(t, all) })
	t.Run("ties to the ledger", func(t *testing.T) { balances(t, all) })
	t.Run("is told in order", func(t *testing.T) { chronology(t, all) })
	t.Run("tells what passed under overrides", func(t *testing.T) { passed(t, all) })
	t.Run("judges its prices", func(t *testing.T) { judged(t, all) })
	t.Run("makes workbooks that agree", func(t *testing.T) { agrees(t, all, store) })
	t.Run("is what the trail says", func(t *testing.T) { checked(t, at.owner) })
	t.Run("shows logs and figures", func(t *testing.T) { medium(t, all) })
	t.Run("is out of reach of another government", func(t *testing.T) { walled(t, all, at.app) })
	t.Run("has the faults that it names, and no others", func(t *testing.T) { faults(t, all) })
}

func TestBrokenLoadIsKnown(t *testing.T) {
	t.Parallel()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	files, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	if err := sample.Load(t.Context(), store, files, time.UTC); err == nil {
		t.Error("loaded without a place for files")
	}
	all, err := sqlx.Open("postgres", owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = all.Close() }()
	name(t, all, sample.Unfinished)
}

func name(t *testing.T, all *sqlx.DB, want string) {
	t.Helper()
	var got string
	if err := all.GetContext(t.Context(), &got, "SELECT name FROM government"); err != nil || got != want {
		t.Errorf("the government is %q, %v; want %q", got, err, want)
	}
}

func counts(t *testing.T, all *sqlx.DB) {
	name(t, all, sample.Government)
	for query, want := range map[string]int64{
		`SELECT count(*) FROM agency`:                3,
		`SELECT count(*) FROM vendor`:                25,
		`SELECT count(*) FROM social_account`:        10,
		`SELECT count(DISTINCT kind) FROM outlet`:    5,
		`SELECT count(*) FROM agreement`:             46,
		`SELECT count(DISTINCT kind) FROM agreement`: 2,
		`SELECT count(*) FROM placement`:             632,
		`SELECT sum(appropriation) FROM budget_version_line l JOIN budget_version v ON v.id = l.budget_version_id
			JOIN agency a ON a.id = v.agency_id WHERE v.kind = 'original' AND a.code = 'DISKOMINFO'`: 1_758_612_800,
		`SELECT count(*) FROM budget_version WHERE kind = 'revision' AND status = 'locked'`:                                             1,
		`SELECT count(*) FROM period WHERE status = 'closed' AND month < '2026-04-01'`:                                                  3,
		`SELECT count(*) FROM cash_plan_document WHERE status = 'locked'`:                                                               2,
		`SELECT count(*) FROM budget_line l WHERE appropriation <> (SELECT sum(amount) FROM cash_plan c WHERE c.budget_line_id = l.id)`: 0,
		`SELECT count(*) FROM placement WHERE status NOT IN ('planned', 'cancelled')
			AND NOT EXISTS (SELECT FROM proof WHERE placement_id = placement.id)`: 0,
		`SELECT count(*) FROM invoice WHERE file_sha256 IS NULL`:                                                                                                0,
		`SELECT count(*) FROM agreement o JOIN agreement f ON f.id = o.framework_id WHERE f.framework`:                                                          3,
		`SELECT count(*) FROM agreement_suspension WHERE resumed_on IS NOT NULL`:                                                                                1,
		`SELECT count(*) FROM placement p JOIN agreement_suspension s USING (agreement_id) WHERE p.published_on >= s.from_on AND p.published_on < s.resumed_on`: 0,
		`SELECT count(*) FROM agreement a WHERE status IN ('closed', 'terminated') AND NOT framework
			AND NOT EXISTS (SELECT FROM agreement_final_account f WHERE f.agreement_id = a.id)`: 0,
		`SELECT count(*) FROM placement WHERE (late_days > 0) <> (penalty > 0) OR late_days > 0 AND published_on <= scheduled_on`:                                         0,
		`SELECT count(*) FROM agreement WHERE id IN (SELECT agreement_id FROM placement WHERE penalty > 0)`:                                                               31,
		`SELECT count(*) FROM recipient r JOIN recipient_confirmation c ON c.recipient_id = r.id`:                                                                         5,
		`SELECT sum(r.net - c.amount) FROM recipient r JOIN recipient_confirmation c ON c.recipient_id = r.id`:                                                            640_000,
		`SELECT gross - agency_fee - (SELECT sum(net) FROM recipient r WHERE r.agreement_id = a.id) FROM agreement a WHERE via_agency`:                                    0,
		`SELECT sum(recouped) FROM payment WHERE purpose = '' AND status = 'settled'`:                                                                                     7_992_000,
		`SELECT sum(gross) FROM payment WHERE purpose = 'advance' AND status = 'settled'`:                                                                                 7_992_000,
		`SELECT sum(gross) FROM payment WHERE purpose = 'retention' AND status = 'settled'`:                                                                               1_998_000,
		`SELECT count(*) FROM owner_group_member`:                                                                                                                         2,
		`SELECT count(*) FROM placement WHERE make_good_for IS NOT NULL AND status = 'verified'`:                                                                          1,
		`SELECT sum(quantity) FROM acceptance_shortfall`:                                                                                                                  1,
		`SELECT count(*) FROM recap WHERE file_sha256 IS NULL`:                                                                                                            0,
		`SELECT count(*) - count(i.id) FROM acceptance c LEFT JOIN inspection i ON i.id = c.inspection_id WHERE c.file_sha256 IS NOT NULL`:                                0,
		`SELECT count(*) - count(DISTINCT agreement_id) FROM (SELECT i.agreement_id FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id GROUP BY i.agreement_id) x`: 0,
	} {
		var got int64
		if err := all.GetContext(t.Context(), &got, query); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", query, got, err, want)
		}
	}
	var share float64
	if err := all.GetContext(t.Context(), &share, `SELECT avg((g.code = 'DISKOMINFO')::int)
		FROM agreement a JOIN agency g ON g.id = a.agency_id`); err != nil || share < 0.5 {
		t.Errorf("the communication office has %v of the agreements, %v", share, err)
	}
}

func states(t *testing.T, all *sqlx.DB) {
	for table, want := range map[string][]string{
		"agreement": {"active", "closed", "completed", "draft", "rejected", "submitted", "terminated"},
		"placement": {"accepted", "cancelled", "invoiced", "paid", "planned", "published", "rejected", "verified"},
		"amendment": {"approved", "proposed"},
		"payment":   {"authorised", "requested", "reversed", "settled"},
		"override":  {"approved", "refused", "requested", "revoked", "withdrawn"},

		"vendor_submission": {"waiting"},
	} {
		var got []string
		if err := all.SelectContext(t.Context(), &got, "SELECT DISTINCT status FROM "+table+" ORDER BY status"); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", table, got, want)
		}
	}
}

// balances holds each line against its entries, and realisation and commitment against what was paid and promised.
func balances(t *testing.T, all *sqlx.DB) {
	none(t, all, "lines whose accounts do not sum to the appropriation", `SELECT id::text FROM budget_line
		WHERE appropriation <> available + reserved + committed + realised`)
	for _, account := range []string{"available", "reserved", "committed", "realised"} {
		none(t, all, "lines whose "+account+" is not the sum of its entries", `SELECT l.id::text FROM budget_line l
			LEFT JOIN ledger_entry e ON e.budget_line_id = l.id GROUP BY l.government_id, l.id
			HAVING l.`+account+` <> coalesce(sum(e.amount) FILTER (WHERE e.to_account = '`+account+`'), 0)
				- coalesce(sum(e.amount) FILTER (WHERE e.from_account = '`+account+`'), 0)`)
	}
	none(t, all, "lines whose commitment is not what is promised on them and not paid", `SELECT l.id::text FROM budget_line l
		LEFT JOIN (SELECT d.budget_line_id, d.quantity * d.unit_gross - coalesce((SELECT sum(p.gross) FROM placement p
				WHERE p.deliverable_id = d.id AND p.status = 'paid'), 0) AS open
			FROM deliverable d JOIN agreement a ON a.id = d.agreement_id WHERE a.status = 'active' AND NOT a.framework) d ON d.budget_line_id = l.id
		GROUP BY l.government_id, l.id HAVING l.committed < coalesce(sum(d.open), 0)`)
	none(t, all, "lines whose realisation is not what was paid on them or spent without agreement", `SELECT l.id::text FROM budget_line l
		LEFT JOIN deliverable d ON d.budget_line_id = l.id LEFT JOIN placement p ON p.deliverable_id = d.id AND p.status = 'paid'
		GROUP BY l.government_id, l.id HAVING l.realised <> coalesce(sum(p.gross), 0) + (SELECT coalesce(sum((o.subject ->> 'amount')::bigint), 0)
			FROM override o WHERE o.kind = 'without_agreement' AND o.status = 'approved' AND o.subject ->> 'budget_line_id' = l.id::text)`)
	none(t, all, "agreements whose payments are not what they say", `SELECT a.number FROM agreement a
		LEFT JOIN payment y ON y.agreement_id = a.id AND y.status = 'settled' GROUP BY a.government_id, a.id
		HAVING a.paid <> coalesce(sum(y.gross - y.refunded), 0)`)
	none(t, all, "payments whose net is not gross less taxes and penalty", `SELECT y.spp_number FROM payment y
		LEFT JOIN payment_tax x ON x.payment_id = y.id GROUP BY y.government_id, y.id HAVING y.net <> y.gross - y.penalty - coalesce(sum(x.amount), 0)`)
}

// passed wants a document under each override that lets something through in the story.
func passed(t *testing.T, all *sqlx.DB) {
	var got []string
	if err := all.SelectContext(t.Context(), &got, `SELECT o.kind || ' ' || u.document_type || ' ' || u.document_number || ' ' || u.amount
		FROM override_use u JOIN override o ON o.id = u.override_id ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"acting agreement 027/029/DISKOMINFO/2026 6000000", "check_mode agreement 027/002/SETWAN/2026 199800000",
		"check_mode agreement 027/018/DISKOMINFO/2026 179820000", "check_mode agreement 027/025/DISKOMINFO/2026 71040000",
		"tolerance invoice INV/011.02/DISKOMINFO/2026 4442500", "without_agreement spending KW-114/SC/2026 2750000",
	}
	if !slices.Equal(got, want) {
		t.Errorf("passed %q, want %q", got, want)
	}
	none(t, all, "expired tolerances that are not there", `SELECT 'none' WHERE NOT EXISTS (SELECT FROM override
		WHERE kind = 'tolerance' AND status = 'approved' AND valid_until < '2026-11-20')`)
	none(t, all, "agreements that are submitted and unreserved still", `SELECT number FROM agreement WHERE unreserved`)
}

// judged wants a line of each verdict, and the one that is above to be in force under an override.
func judged(t *testing.T, all *sqlx.DB) {
	var got []string
	if err := all.SelectContext(t.Context(), &got, `SELECT DISTINCT p.verdict || ' ' || p.reason || ' ' || a.status FROM deliverable_price p
		JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"above  active", "above  rejected", "below  active", "check several_prices active", "check tier_unknown completed", "equal  active", "not_found  active"} {
		if !slices.Contains(got, want) {
			t.Errorf("no line is %q: %q", want, got)
		}
	}
	none(t, all, "lines that nobody judged", `SELECT d.id::text FROM deliverable d WHERE NOT EXISTS (SELECT FROM deliverable_price p WHERE p.id = d.id)`)
	none(t, all, "prices that did not change", `SELECT 'none' WHERE (SELECT count(DISTINCT unit_price) FROM price_reference WHERE product = 'galeri foto'
		AND (valid_from, valid_until) IN (('2026-01-01', '2026-06-30'), ('2026-07-01', '2026-12-31'))) <> 2`)
}

// unread takes every row of a report and keeps none.
type unread struct{ t *testing.T }

func (u unread) WriteAccountability(_ context.Context, doc *report.Document, _ io.Writer) error {
	for _, r := range doc.Registers {
		for _, err := range r.Rows {
			if err != nil {
				return err
			}
		}
	}
	for _, c := range doc.Differences() {
		u.t.Errorf("%s: %s: sheet %d, other %d", doc.Heading.AgencyCode, c.Label.EN, c.Sheet.Total(), c.Other())
	}
	return nil
}

func (u unread) WriteTrail(ctx context.Context, doc *report.Document, w io.Writer) error {
	return u.WriteAccountability(ctx, doc, w)
}

// checked runs every check of the data.
func checked(t *testing.T, dsn string) {
	owner, err := db.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	all, err := owner.Governments(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	for _, c := range db.Checks() {
		found, err := c.Run(t.Context(), owner, access.Actor{Government: all[0].ID})
		if err != nil || len(found) > 0 {
			t.Errorf("%s: %v %v", c.Name, found[:min(3, len(found))], err)
		}
	}
}

// agrees makes every agency's report and wants all of its controls to agree.
func agrees(t *testing.T, all *sqlx.DB, store *db.Store) {
	var agencies []struct {
		Government uuid.UUID `db:"government_id"`
		ID         uuid.UUID `db:"id"`
	}
	if err := all.SelectContext(t.Context(), &agencies, "SELECT government_id, id FROM agency"); err != nil || len(agencies) != 3 {
		t.Fatal(agencies, err)
	}
	for _, a := range agencies {
		out, err := report.Maker{Source: store, Writer: unread{t}}.Make(t.Context(), access.Actor{Government: a.Government}, report.Request{
			Kind: report.Accountability, AgencyID: a.ID, FiscalYear: 2026, Language: report.Indonesian,
		}, io.Discard, nil)
		if err != nil || !out.Agrees {
			t.Errorf("%s: %+v, %v", a.ID, out, err)
		}
	}
}

// chronology wants nothing before its cause and nothing outside the story.
func chronology(t *testing.T, all *sqlx.DB) {
	none(t, all, "entries outside the story", `SELECT seq::text FROM ledger_entry
		WHERE recorded_at NOT BETWEEN '2026-01-02 00:00+07' AND '2026-11-21 00:00+07'`)
	none(t, all, "days of entries that are out of turn", `SELECT seq::text FROM (SELECT seq, recorded_at::date AS on_day,
		lag(recorded_at::date) OVER (ORDER BY seq) AS before FROM ledger_entry) e WHERE on_day < before`)
	none(t, all, "placements verified before they were recorded", `SELECT p.title FROM placement p JOIN proof f ON f.placement_id = p.id
		WHERE p.verified_at <= f.created_at`)
	none(t, all, "publications recorded before they were", `SELECT p.title FROM placement p JOIN proof f ON f.placement_id = p.id
		WHERE f.created_at <= p.published_on`)
}

func none(t *testing.T, all *sqlx.DB, what, query string) {
	t.Helper()
	var found []string
	if err := all.SelectContext(t.Context(), &found, query); err != nil || len(found) > 0 {
		t.Errorf("%s: %v %v", what, found, err)
	}
}
