package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"tayang/db"
)

// historyRatioMin is what must be left of a rate when the history is five hundred times as long.
const historyRatioMin = 0.8

// entriesFew is the history that the long one is held against.
const entriesFew = 10_000

// history approves agreements with ten thousand entries in the ledger and events in the trail, and again with five
// million of each, in a database of its own.
func (h *house) history(ctx context.Context, f *figures) error {
	old, err := h.beside(ctx, "history")
	if err != nil {
		return err
	}
	defer func() { _ = old.close() }()
	if err := old.stopServer(); err != nil {
		return err
	}
	rec, err := newRecorder(old.cluster.AppDSN())
	if err != nil {
		return err
	}
	store, err := db.OpenBy(ctx, rec)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	y := &yard{code: "BENCH-PAST", tag: 0x600, lines: 1000}
	if err := old.fillYard(ctx, y, store, int64(h.seconds)*20_000); err != nil {
		return err
	}
	few, alone, err := old.pastOf(ctx, f, y, entriesFew)
	if err != nil {
		return err
	}
	many, aloneLong, err := old.pastOf(ctx, f, y, h.entries)
	if err != nil {
		return err
	}
	f.add("history_short", few, "a second", limit{})
	f.add("history_long", many, "a second", limit{})
	f.add("history_ratio", many/few, "times", atLeast(historyRatioMin))
	f.add("history_short_alone", alone, "ms", limit{})
	f.add("history_long_alone", aloneLong, "ms", limit{})
	f.add("history_alone_ratio", alone/aloneLong, "times", atLeast(historyRatioMin))
	return nil
}

// beside is a house of its own in a subfolder, with next to nothing in it.
func (h *house) beside(ctx context.Context, name string) (*house, error) {
	s := settings{sizes: h.sizes, program: h.program, data: filepath.Join(h.folder, name)}
	s.placements, s.workbook = 1000, 1000
	return open(ctx, s, &figures{out: discard{}})
}

// discard is where the figures of a house beside another go.
type discard struct{}

// Write takes everything.
func (discard) Write(p []byte) (int, error) { return len(p), nil }

// pastOf makes the history as long as that, and gives the rate of approving with many clients and the median time of one
// alone, in milliseconds.
func (h *house) pastOf(ctx context.Context, f *figures, y *yard, entries int64) (rate, alone float64, err error) {
	begin := time.Now()
	if err := h.lengthen(ctx, y, entries); err != nil {
		return 0, 0, err
	}
	f.note("a history of %d entries, loaded in %.0f s", entries, time.Since(begin).Seconds())
	turn := max(time.Second, time.Duration(h.seconds)*time.Second)
	clients := h.clients
	if _, _, err := h.approve(ctx, y, turn/5); err != nil { // statements are prepared, pages are read
		return 0, 0, err
	}
	if _, rate, err = h.approve(ctx, y, turn); err != nil {
		return 0, 0, err
	}
	h.clients = 1
	took, _, err := h.approve(ctx, y, turn/3)
	h.clients = clients
	return rate, took.quantile(0.5), err
}

// lengthen adds entries, and an event for each, until there are that many.
func (h *house) lengthen(ctx context.Context, y *yard, entries int64) error {
	conn, err := h.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	agency := uuid.MustParse(fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag, 0))
	for _, q := range []string{
		"SET session_replication_role = replica",
		fmt.Sprintf(`INSERT INTO ledger_entry (government_id, budget_line_id, agency_id, kind, from_account, to_account, amount, effective_on, recorded_at,
				actor_id, document_type, document_id, document_number)
			SELECT '%[1]s', ('01a00000-%[3]s-7000-8000-' || lpad(to_hex(n %% 1000), 12, '0'))::uuid, '%[2]s', 'reserve', 'available', 'reserved', 1000000,
				'2026-05-04', timestamptz '2026-05-04T03:00Z' + n * interval '1 ms', '%[4]s', 'agreement', gen_random_uuid(), 'SPK/' || n
			FROM generate_series((SELECT count(*) FROM ledger_entry), %[5]d - 1) AS n`, h.government, agency, fmt.Sprintf("%04x", y.tag+2), y.actor.User, entries),
		fmt.Sprintf(`INSERT INTO audit_event (government_id, seq, recorded_at, agency_id, actor_id, verb, table_name, row_id, op, outside, event)
			SELECT e.government_id, nextval('audit_event_seq'), e.recorded_at, e.agency_id, e.actor_id, 'agreement.submit', 'ledger_entry', e.seq::text, 'insert', false,
				json_build_object('seq', e.seq, 'at', e.recorded_at, 'government', e.government_id, 'agency', e.agency_id, 'actor', e.actor_id,
					'verb', 'agreement.submit', 'reason', '', 'request', '', 'table', 'ledger_entry', 'row', e.seq, 'op', 'insert', 'old', NULL,
					'new', to_jsonb(e), 'outside', NULL)::text
			FROM (SELECT * FROM ledger_entry ORDER BY seq DESC LIMIT greatest(0, %d - (SELECT count(*) FROM audit_event))) e`, entries),
		"VACUUM ANALYZE", "CHECKPOINT", "RESET ALL",
	} {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%.60s: %w", q, err)
		}
	}
	return nil
}
