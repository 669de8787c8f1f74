package db

import (
	"context"
	_ "embed" // the long checks
	"fmt"
	"strings"

	"github.com/lib/pq"

	"tayang/app/access"
	"tayang/app/audit"
)

// Check is one named check of the data of a government. It gives up to offendersMax problems, worst first or by number.
type Check struct {
	Name string
	run  func(ctx context.Context, tx *Tx) ([]audit.Problem, error)
}

const offendersMax = 100

var (
	//go:embed query/check_approvals.sql
	checkApprovalsQuery string
	//go:embed query/check_balances.sql
	checkBalancesQuery string
	//go:embed query/check_documents.sql
	checkDocumentsQuery string
	//go:embed query/check_guards.sql
	checkGuardsQuery string
	//go:embed query/check_labels.sql
	checkLabelsQuery string
	//go:embed query/check_settlements.sql
	checkSettlementsQuery string
	//go:embed query/check_verified.sql
	checkVerifiedQuery string
)

// Checks are the named checks that PostgreSQL can answer by itself; the store must be opened as the schema's owner. The
// log's own checks are in app/audit, that of files needs the store of files.
func Checks() []Check {
	return append([]Check{
		asked("ledger_balanced", `SELECT l.sub_activity_code || ' / ' || l.account_code AS subject,
				format('appropriation %s, the other accounts sum to %s', l.appropriation, l.available + l.reserved + l.committed + l.realised) AS detail
			FROM budget_line l WHERE l.government_id = $1 AND l.appropriation <> l.available + l.reserved + l.committed + l.realised`),
		asked("no_overspend", `SELECT l.sub_activity_code || ' / ' || l.account_code AS subject,
				format('appropriation %s, available %s, reserved %s, committed %s, realised %s', l.appropriation, l.available, l.reserved, l.committed, l.realised) AS detail
			FROM budget_line l WHERE l.government_id = $1
				AND (least(l.available, l.reserved, l.committed, l.realised) < 0 OR l.reserved + l.committed + l.realised > l.appropriation)`),
		asked("balances_are_entries", checkBalancesQuery),
		asked("entries_have_documents", checkDocumentsQuery),
		asked("agreements_approved", checkApprovalsQuery),
		asked("agreements_assessed", `SELECT a.number AS subject, 'came into force without an assessment that stands' AS detail FROM agreement a
			WHERE a.government_id = $1 AND a.approved_at IS NOT NULL AND (a.approval_round > 0 OR a.approved_at > (
					SELECT max(v.tstamp) + interval '1 day' FROM goose_db_version v WHERE v.version_id = 18 AND v.is_applied))
				AND NOT EXISTS (SELECT FROM agreement_assessment s WHERE s.government_id = $1 AND s.agreement_id = a.id)`),
		asked("splits_leave_nothing", `SELECT a.number AS subject, format('gross %s, the agency keeps %s, the recipients get %s', a.gross, a.agency_fee, r.net) AS detail
			FROM agreement a CROSS JOIN LATERAL (SELECT coalesce(sum(r.net), 0) AS net FROM recipient r WHERE r.government_id = $1 AND r.agreement_id = a.id) r
			WHERE a.government_id = $1 AND a.via_agency AND a.status NOT IN ('draft', 'rejected') AND a.gross <> a.agency_fee + r.net`),
		asked("frameworks_within_ceiling", `SELECT f.number AS subject, format('ceiling %s, its orders sum to %s', f.ceiling, o.ordered) AS detail
			FROM agreement f CROSS JOIN LATERAL (SELECT sum(CASE WHEN a.status = 'closed' THEN a.paid ELSE a.gross END) AS ordered FROM agreement a
				WHERE a.government_id = $1 AND a.framework_id = f.id AND a.status NOT IN ('draft', 'rejected')) o
			WHERE f.government_id = $1 AND f.framework AND o.ordered > f.ceiling`),
		asked("settlements_whole", checkSettlementsQuery),
		asked("verified_by_another", checkVerifiedQuery),
		asked("gone_units_unpaid", `SELECT y.spp_number AS subject, format('%s was not owed as a whole when the payment was ordered', p.title) AS detail
			FROM shortfall f JOIN placement p ON p.government_id = f.government_id AND p.id = f.placement_id
			JOIN invoice i ON i.government_id = p.government_id AND i.id = p.invoice_id
			JOIN payment y ON y.government_id = i.government_id AND y.id = i.payment_id
			JOIN payment_assessment z ON z.government_id = y.government_id AND z.payment_id = y.id
			WHERE f.government_id = $1 AND f.whole AND f.status IN ('open', 'decided') AND f.created_at < z.made_at AND y.status IN ('authorised', 'settled')
				AND NOT EXISTS (SELECT FROM jsonb_array_elements(z.assessment -> 'doubts') d WHERE d ->> 'rule' = 'gone_early' AND d ->> 'place_id' = p.id::text)`),
		asked("trail_guarded", checkGuardsQuery),
		asked("trail_labels", checkLabelsQuery),
		{"rows_match_trail", rowsMatchTrail},
		{"rows_are_there", rowsAreThere},
	}, append(matchChecks(), moneyChecks()...)...)
}

// Run runs the check on one snapshot of the government.
func (c Check) Run(ctx context.Context, s *Store, actor access.Actor) (found []audit.Problem, err error) {
	err = s.Read(plannedAnew(ctx), actor, func(tx *Tx) error {
		// Times are compared as the trail wrote them.
		if _, err := tx.conn.ExecContext(ctx, "SET LOCAL timezone = 'UTC'"); err != nil {
			return err
		}
		found, err = c.run(plannedAnew(ctx), tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", c.Name, err)
	}
	return found, nil
}

// asked is a check whose query gives subject and detail of each offender; $1 is the government.
func asked(name, query string) Check {
	return Check{name, func(ctx context.Context, tx *Tx) ([]audit.Problem, error) {
		return offenders(ctx, tx, name, query)
	}}
}

func offenders(ctx context.Context, tx *Tx, name, query string) ([]audit.Problem, error) {
	var found []struct{ Subject, Detail string }
	if err := tx.all(ctx, &found, fmt.Sprintf("SELECT subject, detail FROM (%s) AS offender LIMIT %d", query, offendersMax), tx.government()); err != nil {
		return nil, err
	}
	out := make([]audit.Problem, len(found))
	for i, f := range found {
		out[i] = audit.Problem{Check: name, Subject: f.Subject, Detail: f.Detail}
	}
	return out, nil
}

// trailed is a table whose rows are in the trail, with the expression that names a row there.
type trailed struct {
	Name string `db:"name"`
	Key  string `db:"key"`
}

// trailedTables asks the catalogue, not the triggers: somebody may have dropped those.
func (tx *Tx) trailedTables(ctx context.Context) (out []trailed, err error) {
	err = tx.all(ctx, &out, `SELECT c.relname AS name, (SELECT a.attname FROM pg_attribute a
			WHERE a.attrelid = c.oid AND a.attname IN ('id', 'sha256', 'seq', 'government_id') AND NOT a.attisdropped
			ORDER BY array_position(ARRAY['id', 'sha256', 'seq', 'government_id'], a.attname::text) LIMIT 1) AS key
		FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%'
			AND c.relname NOT IN ('idempotency', 'audit_event', 'audit_seal', 'tax_rate', 'placement_address', 'vendor_sign', 'picture', 'picture_key', 'picture_match', 'proof_inspection') ORDER BY c.relname`)
	return out, err
}

// rowsMatchTrail wants every row to be what the trail last recorded of it.
func rowsMatchTrail(ctx context.Context, tx *Tx) (out []audit.Problem, err error) {
	tables, err := tx.trailedTables(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range append(tables, trailed{"tax_rate", ""}) {
		name, key, own := pq.QuoteIdentifier(t.Name), "r."+pq.QuoteIdentifier(t.Key)+"::text", "r.government_id = $1"
		if t.Key == "" {
			key, own = "r.kind || ' ' || r.valid_from", "true"
		}
		found, err := offenders(ctx, tx, "rows_match_trail", fmt.Sprintf(`
			SELECT %[2]s || ' ' || (%[3]s) AS subject, CASE WHEN e.op IS NULL THEN 'was never recorded' WHEN e.op = 'delete' THEN 'was recorded as deleted'
				ELSE 'changed past the trail: ' || d.differs END AS detail
			FROM %[1]s r LEFT JOIN LATERAL (SELECT e.op, e.event FROM audit_event e
					WHERE e.government_id = $1 AND e.row_id = %[3]s AND e.table_name = %[2]s ORDER BY e.seq DESC LIMIT 1) e ON true
				CROSS JOIN LATERAL (SELECT CASE WHEN e.op <> 'delete' THEN audit_difference(%[2]s, to_jsonb(r), e.event::jsonb -> 'new') END AS differs) d
			WHERE %[4]s AND (e.op IS NULL OR e.op = 'delete' OR d.differs IS NOT NULL)`, name, pq.QuoteLiteral(t.Name), key, own))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// rowsAreThere wants every row that the trail knows, and not as deleted, to be there.
func rowsAreThere(ctx context.Context, tx *Tx) ([]audit.Problem, error) {
	tables, err := tx.trailedTables(ctx)
	if err != nil {
		return nil, err
	}
	parts := make([]string, 0, len(tables)+1)
	for _, t := range tables {
		parts = append(parts, fmt.Sprintf(`SELECT last.table_name, last.row_id, last.seq FROM last
			WHERE last.table_name = %s AND NOT EXISTS (SELECT FROM %s r WHERE r.government_id = $1 AND r.%s::text = last.row_id)`,
			pq.QuoteLiteral(t.Name), pq.QuoteIdentifier(t.Name), pq.QuoteIdentifier(t.Key)))
	}
	parts = append(parts, `SELECT last.table_name, last.row_id, last.seq FROM last
		WHERE last.table_name = 'tax_rate' AND NOT EXISTS (SELECT FROM tax_rate r WHERE r.kind || ' ' || r.valid_from = last.row_id)`)
	return offenders(ctx, tx, "rows_are_there", `WITH last AS MATERIALIZED (SELECT e.table_name, e.row_id, e.seq FROM (
			SELECT DISTINCT ON (e.row_id, e.table_name) e.table_name, e.row_id, e.seq, e.op FROM audit_event e
			WHERE e.government_id = $1 ORDER BY e.row_id, e.table_name, e.seq DESC) e WHERE e.op <> 'delete')
		SELECT table_name || ' ' || row_id AS subject, 'was deleted past the trail; event ' || seq || ' still knows it' AS detail
		FROM (`+strings.Join(parts, " UNION ALL ")+`) AS gone`)
}

// UnsealedSince counts the events that were recorded at least age ago and are in no seal.
func (tx *Tx) UnsealedSince(ctx context.Context, low int64, age string) (n int64, err error) {
	err = tx.get(ctx, &n, `SELECT count(*) FROM audit_event e WHERE e.government_id = $1 AND e.seq > $2 AND e.recorded_at < now() - $3::interval
		AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.government_id = $1 AND s.seq_max >= e.seq AND s.seq_min <= e.seq AND e.seq = ANY (s.seqs))`,
		tx.government(), low, age)
	return n, err
}

// FileHashes streams the content that the government's rows speak of: files, and the workbooks that were made.
func (tx *Tx) FileHashes(ctx context.Context, fn func(sha256 string) error) error {
	for sha256, err := range streamed[struct {
		SHA256 string `db:"sha256"`
	}](ctx, tx, `SELECT f.sha256 FROM file f WHERE f.government_id = $1
		UNION SELECT r.sha256 FROM report_run r WHERE r.government_id = $1 AND r.status = 'done' ORDER BY 1`, tx.government()) {
		if err != nil {
			return err
		}
		if err := fn(sha256.SHA256); err != nil {
			return err
		}
	}
	return nil
}
