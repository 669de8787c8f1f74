-- Budgets and the ledger. Only post_entries may write balances or entries.
-- +goose Up
CREATE TABLE budget_version (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, fiscal_year integer NOT NULL,
  kind text NOT NULL, number text NOT NULL, date date NOT NULL, status text NOT NULL DEFAULT 'draft',
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  locked_at timestamptz, locked_by uuid,
  CONSTRAINT budget_version_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT budget_version_number_unique UNIQUE (government_id, agency_id, fiscal_year, number),
  CONSTRAINT budget_version_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT budget_version_year_sane CHECK (fiscal_year BETWEEN 2000 AND 2200),
  CONSTRAINT budget_version_kind_known CHECK (kind IN ('original', 'shift', 'revision')),
  CONSTRAINT budget_version_status_known CHECK (status IN ('draft', 'locked')),
  CONSTRAINT budget_version_locked_by_someone CHECK ((status = 'locked') = (locked_by IS NOT NULL AND locked_at IS NOT NULL))
);
CREATE UNIQUE INDEX budget_version_one_original ON budget_version (government_id, agency_id, fiscal_year)
  WHERE kind = 'original' AND status = 'locked';

CREATE TABLE budget_line (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, fiscal_year integer NOT NULL,
  sub_activity_code text NOT NULL, sub_activity_name text NOT NULL, account_code text NOT NULL, account_name text NOT NULL,
  fund_source text NOT NULL,
  appropriation bigint NOT NULL DEFAULT 0, available bigint NOT NULL DEFAULT 0, reserved bigint NOT NULL DEFAULT 0,
  committed bigint NOT NULL DEFAULT 0, realised bigint NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
  CONSTRAINT budget_line_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT budget_line_code_unique UNIQUE (government_id, agency_id, fiscal_year, sub_activity_code, account_code, fund_source),
  CONSTRAINT budget_line_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT budget_line_available_not_negative CHECK (available >= 0),
  CONSTRAINT budget_line_reserved_not_negative CHECK (reserved >= 0),
  CONSTRAINT budget_line_committed_not_negative CHECK (committed >= 0),
  CONSTRAINT budget_line_realised_not_negative CHECK (realised >= 0),
  CONSTRAINT budget_line_balanced CHECK (appropriation = available + reserved + committed + realised)
) WITH (fillfactor = 70);

CREATE TABLE budget_version_line (
  government_id uuid NOT NULL, id uuid NOT NULL, budget_version_id uuid NOT NULL, position integer NOT NULL,
  sub_activity_code text NOT NULL, sub_activity_name text NOT NULL, account_code text NOT NULL, account_name text NOT NULL,
  fund_source text NOT NULL, appropriation bigint NOT NULL,
  CONSTRAINT budget_version_line_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT budget_version_line_version_fkey FOREIGN KEY (government_id, budget_version_id) REFERENCES budget_version,
  CONSTRAINT budget_version_line_code_unique UNIQUE (government_id, budget_version_id, sub_activity_code, account_code, fund_source),
  CONSTRAINT budget_version_line_not_negative CHECK (appropriation >= 0)
);

CREATE TABLE ledger_entry (
  government_id uuid NOT NULL, seq bigint GENERATED ALWAYS AS IDENTITY, budget_line_id uuid NOT NULL, agency_id uuid NOT NULL,
  kind text NOT NULL, from_account text NOT NULL, to_account text NOT NULL, amount bigint NOT NULL,
  effective_on date NOT NULL, recorded_at timestamptz NOT NULL, actor_id uuid NOT NULL,
  document_type text NOT NULL, document_id uuid NOT NULL, document_number text NOT NULL, reason text NOT NULL DEFAULT '',
  CONSTRAINT ledger_entry_pkey PRIMARY KEY (government_id, seq),
  CONSTRAINT ledger_entry_amount_positive CHECK (amount > 0),
  CONSTRAINT ledger_entry_move_known CHECK ((kind, from_account, to_account) IN (
    ('appropriate', 'appropriation', 'available'), ('appropriate', 'available', 'appropriation'),
    ('reserve', 'available', 'reserved'), ('commit', 'reserved', 'committed'), ('commit', 'available', 'committed'),
    ('realise', 'committed', 'realised'), ('release', 'reserved', 'available'), ('release', 'committed', 'available'),
    ('refund', 'realised', 'committed'), ('refund', 'realised', 'available')))
);
CREATE INDEX ledger_entry_line ON ledger_entry (government_id, budget_line_id, seq);
CREATE INDEX ledger_entry_agency ON ledger_entry (government_id, agency_id, seq);

-- Moves money: first the conditional update of the line, then the entry, so that no client can pass the ceiling.
-- p_entries: [{budget_line_id, kind, from, to, amount, effective_on, document_type, document_id, document_number, reason}].
-- Lines are taken in the order of their ids, which is the lock order of the whole program; the entries of one line
-- keep the order in which they were handed in.
-- +goose StatementBegin
CREATE FUNCTION post_entries(p_government uuid, p_agency uuid, p_actor uuid, p_recorded_at timestamptz, p_entries jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e record; held bigint; line text;
BEGIN
  IF p_government::text IS DISTINCT FROM current_setting('tayang.government', true) THEN
    RAISE EXCEPTION 'post_entries for another government' USING ERRCODE = '42501';
  END IF;
  FOR e IN
    SELECT x.* FROM ROWS FROM (jsonb_to_recordset(p_entries) AS (budget_line_id uuid, kind text, "from" text, "to" text, amount bigint,
      effective_on date, document_type text, document_id uuid, document_number text, reason text)) WITH ORDINALITY
      AS x(budget_line_id, kind, "from", "to", amount, effective_on, document_type, document_id, document_number, reason, place)
    ORDER BY x.budget_line_id, x.place
  LOOP
    IF e.amount IS NULL OR e.amount <= 0 THEN
      RAISE EXCEPTION 'entry amount % is not positive', e.amount USING ERRCODE = '23514', CONSTRAINT = 'ledger_entry_amount_positive';
    END IF;
    UPDATE budget_line SET
      appropriation = appropriation + CASE WHEN e."from" = 'appropriation' THEN e.amount WHEN e."to" = 'appropriation' THEN -e.amount ELSE 0 END,
      available = available + CASE WHEN e."to" = 'available' THEN e.amount WHEN e."from" = 'available' THEN -e.amount ELSE 0 END,
      reserved = reserved + CASE WHEN e."to" = 'reserved' THEN e.amount WHEN e."from" = 'reserved' THEN -e.amount ELSE 0 END,
      committed = committed + CASE WHEN e."to" = 'committed' THEN e.amount WHEN e."from" = 'committed' THEN -e.amount ELSE 0 END,
      realised = realised + CASE WHEN e."to" = 'realised' THEN e.amount WHEN e."from" = 'realised' THEN -e.amount ELSE 0 END,
      version = version + 1
    WHERE government_id = p_government AND agency_id = p_agency AND id = e.budget_line_id
      AND CASE e."from" WHEN 'available' THEN available WHEN 'reserved' THEN reserved WHEN 'committed' THEN committed
                        WHEN 'realised' THEN realised ELSE e.amount END >= e.amount;
    IF NOT FOUND THEN
      SELECT CASE e."from" WHEN 'available' THEN available WHEN 'reserved' THEN reserved WHEN 'committed' THEN committed
                           ELSE realised END, sub_activity_code || ' / ' || account_code INTO held, line
      FROM budget_line WHERE government_id = p_government AND agency_id = p_agency AND id = e.budget_line_id;
      RAISE EXCEPTION 'budget line % holds % in %, asked for %', e.budget_line_id, held, e."from", e.amount
        USING ERRCODE = '23514', CONSTRAINT = CASE WHEN held IS NULL THEN 'budget_line_missing' ELSE 'budget_line_ceiling' END,
        DETAIL = jsonb_build_object('budget_line_id', e.budget_line_id, 'line', line, 'available', held, 'requested', e.amount)::text;
    END IF;
    INSERT INTO ledger_entry (government_id, budget_line_id, agency_id, kind, from_account, to_account, amount, effective_on,
      recorded_at, actor_id, document_type, document_id, document_number, reason)
    VALUES (p_government, e.budget_line_id, p_agency, e.kind, e."from", e."to", e.amount, e.effective_on,
      p_recorded_at, p_actor, e.document_type, e.document_id, e.document_number, coalesce(e.reason, ''));
  END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION post_entries;
DROP TABLE ledger_entry, budget_version_line, budget_line, budget_version;
