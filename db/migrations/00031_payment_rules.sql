-- What was known of a payment when it was ordered (SPM), kept for ever. And: the tables whose rows are told in the history of
-- another record say so themselves, so that a new one needs no new trail.
-- +goose Up
CREATE TABLE payment_assessment (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, day date NOT NULL,
  made_at timestamptz NOT NULL, made_by uuid NOT NULL, assessment jsonb NOT NULL,
  CONSTRAINT payment_assessment_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_assessment_once UNIQUE (government_id, payment_id),
  CONSTRAINT payment_assessment_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment
);
CALL wall_table('payment_assessment');
CALL trail_table('payment_assessment');

-- From the comments on their columns: the id of the record in whose history an event is told; NULL for one of its own.
-- +goose StatementBegin
CREATE FUNCTION write_audit_parent() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  cases text;
BEGIN
  SELECT string_agg(format('WHEN %L THEN coalesce(%s)', t.name, t.columns), E'\n    ' ORDER BY t.name) INTO cases FROM (
    SELECT c.relname AS name,
      string_agg(format('p_event::json -> CASE p_op WHEN ''delete'' THEN ''old'' ELSE ''new'' END ->> %L', a.attname), ', ' ORDER BY d.description) AS columns
    FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_class'::regclass AND c.relnamespace = 'public'::regnamespace AND d.description LIKE 'told in the history of this record, _'
    GROUP BY c.relname) t;
  EXECUTE format('CREATE OR REPLACE FUNCTION audit_parent(p_table text, p_op text, p_event text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
    format('SELECT CASE p_table %s END', cases));
END $$;

-- Says that rows of the table are told in the history of the record that a column names; of several columns the first that
-- is filled counts.
CREATE PROCEDURE trail_child(p_table text, VARIADIC p_columns text[]) LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. array_length(p_columns, 1) LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', p_table, p_columns[i], 'told in the history of this record, ' || i);
  END LOOP;
  PERFORM write_audit_parent();
END $$;

DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT unnest(string_to_array(tables, ' ')) AS name, string_to_array(columns, ' ') AS columns FROM (VALUES
    ('acceptance agreement_approval agreement_assessment agreement_final_account agreement_paper agreement_remark agreement_suspension amendment deliverable deliverable_price recipient recipient_confirmation', 'agreement_id'),
    ('blacklist outlet social_account vendor_check vendor_document', 'vendor_id'),
    ('account_ownership creator_statement social_snapshot', 'social_account_id'),
    ('journalist_certificate press_check', 'outlet_id'),
    ('capture proof', 'placement_id'), ('payment_tax payment_assessment', 'payment_id'), ('budget_version_line', 'budget_version_id'),
    ('cash_plan', 'budget_line_id'), ('cash_plan_document_line', 'document_id'), ('debt_recognition_line', 'debt_recognition_id'),
    ('cooperation_entry', 'cooperation_list_id'), ('owner_group_member', 'owner_group_id'), ('override_use', 'override_id'),
    ('session user_role', 'user_id'), ('requirement_result', 'outlet_id social_account_id vendor_id')) AS v(tables, columns) LOOP
    EXECUTE format('CALL trail_child(%L, VARIADIC %L::text[])', t.name, t.columns);
  END LOOP;
END $$;
-- +goose StatementEnd

-- Written anew for the last time.
ALTER TABLE audit_event DROP COLUMN parent_id;
DROP FUNCTION audit_parent(text, json);
ALTER TABLE audit_event ADD COLUMN parent_id text GENERATED ALWAYS AS (audit_parent(table_name, op, event)) STORED;
CREATE INDEX audit_event_parent ON audit_event (government_id, parent_id, seq) WHERE parent_id IS NOT NULL;

-- +goose Down
DROP TABLE payment_assessment;
ALTER TABLE audit_event DROP COLUMN parent_id;
DROP PROCEDURE trail_child;
DROP FUNCTION write_audit_parent, audit_parent(text, text, text);
CREATE FUNCTION audit_parent(p_table text, p_image json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_table IN (
      'acceptance', 'agreement_approval', 'agreement_assessment', 'agreement_final_account', 'agreement_paper',
      'agreement_remark', 'agreement_suspension', 'amendment', 'deliverable', 'deliverable_price', 'recipient',
      'recipient_confirmation') THEN p_image ->> 'agreement_id'
    WHEN p_table IN (
      'blacklist', 'outlet', 'social_account', 'vendor_check', 'vendor_document') THEN p_image ->> 'vendor_id'
    WHEN p_table IN ('account_ownership', 'creator_statement', 'social_snapshot') THEN p_image ->> 'social_account_id'
    WHEN p_table IN ('journalist_certificate', 'press_check') THEN p_image ->> 'outlet_id'
    WHEN p_table IN ('capture', 'proof') THEN p_image ->> 'placement_id'
    WHEN p_table = 'payment_tax' THEN p_image ->> 'payment_id'
    WHEN p_table = 'budget_version_line' THEN p_image ->> 'budget_version_id'
    WHEN p_table = 'cash_plan' THEN p_image ->> 'budget_line_id'
    WHEN p_table = 'cash_plan_document_line' THEN p_image ->> 'document_id'
    WHEN p_table = 'debt_recognition_line' THEN p_image ->> 'debt_recognition_id'
    WHEN p_table = 'cooperation_entry' THEN p_image ->> 'cooperation_list_id'
    WHEN p_table = 'owner_group_member' THEN p_image ->> 'owner_group_id'
    WHEN p_table = 'override_use' THEN p_image ->> 'override_id'
    WHEN p_table IN ('session', 'user_role') THEN p_image ->> 'user_id'
    WHEN p_table = 'requirement_result' THEN coalesce(p_image ->> 'outlet_id', p_image ->> 'social_account_id', p_image ->> 'vendor_id')
  END
$$;
ALTER TABLE audit_event ADD COLUMN parent_id text GENERATED ALWAYS AS (
  CASE WHEN table_name IN (
    'acceptance', 'account_ownership', 'agreement_approval', 'agreement_assessment', 'agreement_final_account',
    'agreement_paper', 'agreement_remark', 'agreement_suspension', 'amendment', 'blacklist', 'budget_version_line', 'capture', 'cash_plan',
    'cash_plan_document_line', 'cooperation_entry', 'creator_statement', 'debt_recognition_line', 'deliverable',
    'deliverable_price', 'journalist_certificate', 'outlet', 'override_use', 'owner_group_member', 'payment_tax', 'press_check',
    'proof', 'recipient', 'recipient_confirmation', 'requirement_result', 'session', 'social_account', 'social_snapshot',
    'user_role', 'vendor_check', 'vendor_document') THEN
    audit_parent(table_name, event::json -> CASE op WHEN 'delete' THEN 'old' ELSE 'new' END)
  END) STORED;
CREATE INDEX audit_event_parent ON audit_event (government_id, parent_id, seq) WHERE parent_id IS NOT NULL;
