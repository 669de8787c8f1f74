-- Walls between governments, and what the program's own role may do: it does not own a table, and it has
-- neither UPDATE nor DELETE on the ledger, nor any way to a balance but post_entries.
-- +goose Up
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['government', 'agency', 'user_account', 'user_role', 'session', 'idempotency', 'budget_version',
    'budget_version_line', 'budget_line', 'ledger_entry', 'file', 'vendor', 'outlet', 'social_account', 'social_snapshot',
    'campaign', 'agreement', 'deliverable', 'acceptance', 'payment', 'invoice', 'payment_tax', 'placement', 'proof'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY own_government ON %I USING (government_id = nullif(current_setting('tayang.government', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tayang_app', t);
    EXECUTE format('GRANT UPDATE ON %I TO tayang_app', t);
  END LOOP;
END $$;
-- +goose StatementEnd
REVOKE INSERT, UPDATE ON ledger_entry FROM tayang_app;
REVOKE UPDATE ON budget_line, idempotency, file, proof, social_snapshot FROM tayang_app;
-- A new line begins empty: its money comes only through post_entries.
REVOKE INSERT ON budget_line FROM tayang_app;
GRANT INSERT (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name, account_code, account_name,
  fund_source, created_at) ON budget_line TO tayang_app;
GRANT UPDATE (sub_activity_name, account_name) ON budget_line TO tayang_app;
-- A line of a draft may be written anew; once the document is in force its lines stand, and only the count of
-- placements moves.
GRANT DELETE ON deliverable, budget_version_line TO tayang_app;
CREATE POLICY draft_only ON deliverable AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT FROM agreement a
  WHERE a.government_id = deliverable.government_id AND a.id = deliverable.agreement_id AND a.status IN ('draft', 'rejected')));
CREATE POLICY draft_only ON budget_version_line AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT FROM budget_version v
  WHERE v.government_id = budget_version_line.government_id AND v.id = budget_version_line.budget_version_id AND v.status = 'draft'));
REVOKE UPDATE ON deliverable, budget_version_line FROM tayang_app;
GRANT UPDATE (placed) ON deliverable TO tayang_app;
REVOKE EXECUTE ON FUNCTION post_entries, login_candidates, session_actor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_entries, login_candidates, session_actor TO tayang_app;

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE p record;
BEGIN
  FOR p IN SELECT tablename FROM pg_policies WHERE policyname = 'own_government' LOOP
    EXECUTE format('DROP POLICY own_government ON %I', p.tablename);
    EXECUTE format('DROP POLICY IF EXISTS draft_only ON %I', p.tablename);
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', p.tablename);
    EXECUTE format('REVOKE ALL ON %I FROM tayang_app', p.tablename);
  END LOOP;
END $$;
-- +goose StatementEnd
