-- Reading the trail: which events belong to a record that people open as one page, where a period begins, and the
-- register of the trail among the reports.
-- +goose Up

-- The record below which people look for a row that has no page of its own: the agreement of a deliverable, the placement
-- of a proof. It follows from the event's own text, so that it cannot say anything else.
ALTER TABLE audit_event ADD COLUMN parent_id text GENERATED ALWAYS AS (
  CASE WHEN table_name IN ('deliverable', 'acceptance', 'amendment', 'proof', 'payment_tax', 'budget_version_line', 'vendor_document',
    'vendor_check', 'outlet', 'social_account', 'social_snapshot', 'user_role', 'session', 'override_use') THEN
    (event::json -> CASE op WHEN 'delete' THEN 'old' ELSE 'new' END) ->> CASE table_name
      WHEN 'proof' THEN 'placement_id' WHEN 'payment_tax' THEN 'payment_id' WHEN 'budget_version_line' THEN 'budget_version_id'
      WHEN 'social_snapshot' THEN 'social_account_id' WHEN 'user_role' THEN 'user_id' WHEN 'session' THEN 'user_id'
      WHEN 'override_use' THEN 'override_id' WHEN 'deliverable' THEN 'agreement_id' WHEN 'acceptance' THEN 'agreement_id'
      WHEN 'amendment' THEN 'agreement_id' ELSE 'vendor_id' END
  END) STORED;
CREATE INDEX audit_event_parent ON audit_event (government_id, parent_id, seq) WHERE parent_id IS NOT NULL;
-- What seldom changes is soon found among what often does: the registry in the order of its events, and every other kind.
CREATE INDEX audit_event_registry ON audit_event (government_id, seq) WHERE agency_id IS NULL AND table_name IN
  ('agency', 'outlet', 'social_account', 'social_snapshot', 'tax_rate', 'vendor', 'vendor_check', 'vendor_document');
CREATE INDEX audit_event_seldom ON audit_event (government_id, table_name, seq) WHERE table_name NOT IN ('acceptance', 'agreement',
  'budget_line', 'budget_version_line', 'deliverable', 'file', 'invoice', 'ledger_entry', 'payment', 'payment_tax', 'placement', 'proof', 'session');

-- The first number of a government's trail that can have been given at p_at or later. Numbers follow the clock but for
-- what goes on at once and for a clock that is set back: who reads from p_at on asks for a day earlier, and looks at the
-- time of each event.
-- +goose StatementBegin
CREATE FUNCTION audit_seq_at(p_government uuid, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint; high bigint; middle bigint; e record;
BEGIN
  SELECT min(seq), max(seq) + 1 INTO low, high FROM audit_event WHERE government_id = p_government;
  WHILE low < high LOOP
    middle := low + (high - low) / 2;
    SELECT seq, recorded_at INTO e FROM audit_event WHERE government_id = p_government AND seq >= middle ORDER BY seq LIMIT 1;
    IF e.recorded_at < p_at THEN low := e.seq + 1; ELSE high := middle; END IF;
  END LOOP;
  RETURN coalesce(low, 0);
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION audit_seq_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_seq_at TO tayang_app;

-- A register of the trail may be about one record or one person, and about no fiscal year (0).
ALTER TABLE report_run
  ADD COLUMN record text NOT NULL DEFAULT '', ADD COLUMN person text NOT NULL DEFAULT '',
  DROP CONSTRAINT report_run_kind_known, ADD CONSTRAINT report_run_kind_known CHECK (kind IN ('accountability', 'trail')),
  DROP CONSTRAINT report_run_year_sane, ADD CONSTRAINT report_run_year_sane
    CHECK (fiscal_year BETWEEN 2000 AND 2200 OR kind = 'trail' AND fiscal_year = 0);

-- +goose Down
-- The trail's registers cannot stay where nothing knows them; report runs are requests, not records.
DELETE FROM report_run WHERE kind = 'trail';
ALTER TABLE report_run DROP CONSTRAINT report_run_year_sane, DROP CONSTRAINT report_run_kind_known, DROP COLUMN person, DROP COLUMN record,
  ADD CONSTRAINT report_run_kind_known CHECK (kind IN ('accountability')),
  ADD CONSTRAINT report_run_year_sane CHECK (fiscal_year BETWEEN 2000 AND 2200);
DROP FUNCTION audit_seq_at;
DROP INDEX audit_event_seldom, audit_event_registry, audit_event_parent;
ALTER TABLE audit_event DROP COLUMN parent_id;
