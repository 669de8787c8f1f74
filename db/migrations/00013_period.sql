-- The ceiling's documents and months: who may put a budget document in force, which one agreements and payments were
-- made under, and months that take no more entries.
-- +goose Up
-- A shift or a revision is put in force by another person than who wrote it. What was locked before this rule stands.
ALTER TABLE budget_version
  ADD COLUMN rewritten_by uuid, ADD COLUMN approval_number text NOT NULL DEFAULT '', ADD COLUMN approval_date date,
  ADD CONSTRAINT budget_version_not_locked_by_author
    CHECK (kind = 'original' OR locked_by IS NULL OR locked_by <> created_by AND locked_by IS DISTINCT FROM rewritten_by) NOT VALID,
  ADD CONSTRAINT budget_version_approval_whole CHECK ((approval_number = '') = (approval_date IS NULL));
CREATE INDEX budget_version_in_force ON budget_version (government_id, agency_id, fiscal_year, locked_at) WHERE status = 'locked';

-- The budget document in force when a promise or a payment was made.
ALTER TABLE agreement ADD COLUMN budget_version_id uuid,
  ADD CONSTRAINT agreement_budget_version_fkey FOREIGN KEY (government_id, budget_version_id) REFERENCES budget_version;
ALTER TABLE payment ADD COLUMN budget_version_id uuid,
  ADD CONSTRAINT payment_budget_version_fkey FOREIGN KEY (government_id, budget_version_id) REFERENCES budget_version;

-- The last budget document of the agency and year that was put in force; NULL when there is none.
CREATE FUNCTION budget_in_force(p_government uuid, p_agency uuid, p_year integer) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT v.id FROM budget_version v
  WHERE v.government_id = p_government AND v.agency_id = p_agency AND v.fiscal_year = p_year AND v.status = 'locked'
  ORDER BY v.locked_at DESC LIMIT 1
$$;

-- A month of an agency: somebody asks for it to be closed, with a reason, and another person decides. A closed month
-- takes no entry; it is reopened only by an override.
CREATE TABLE period (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, month date NOT NULL, status text NOT NULL DEFAULT 'requested',
  reason text NOT NULL, remark text NOT NULL DEFAULT '', requested_at timestamptz NOT NULL, requested_by uuid NOT NULL,
  decided_at timestamptz, decided_by uuid, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT period_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT period_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT period_month_begins CHECK (extract(day FROM month) = 1),
  CONSTRAINT period_status_known CHECK (status IN ('requested', 'closed', 'refused', 'withdrawn')),
  CONSTRAINT period_reason_filled CHECK (reason <> ''),
  CONSTRAINT period_decided_by_someone CHECK ((status IN ('closed', 'refused')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT period_not_decided_by_author CHECK (decided_by IS NULL OR decided_by <> requested_by)
);
CREATE UNIQUE INDEX period_month_once ON period (government_id, agency_id, month) WHERE status IN ('requested', 'closed');
CREATE INDEX period_agency ON period (government_id, agency_id, month, id);

-- What is decided stays. Whoever closes a month first waits for everybody who moves money of the agency, whatever program
-- he uses: who posts after him finds the month closed. The agency's row holds off lines that are only just beginning.
-- +goose StatementBegin
CREATE FUNCTION decide_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'requested' THEN
    RAISE EXCEPTION 'period % of % is %', OLD.month, OLD.agency_id, OLD.status USING ERRCODE = '23514', CONSTRAINT = 'period_decided_once';
  END IF;
  IF NEW.status = 'closed' THEN
    PERFORM FROM agency a WHERE a.government_id = NEW.government_id AND a.id = NEW.agency_id FOR UPDATE;
    PERFORM FROM budget_line l WHERE l.government_id = NEW.government_id AND l.agency_id = NEW.agency_id ORDER BY l.id FOR UPDATE;
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decide BEFORE UPDATE ON period FOR EACH ROW EXECUTE FUNCTION decide_period();

CALL wall_table('period');
CALL trail_table('period');
REVOKE INSERT ON period FROM tayang_app;
GRANT INSERT (government_id, id, agency_id, month, reason, requested_at, requested_by) ON period TO tayang_app;
GRANT UPDATE (status, remark, decided_at, decided_by, version) ON period TO tayang_app;

-- As in 00002, and: an entry whose day lies in a closed month is refused, unless an override reopened the month or lets
-- the one document pass; then the override keeps the document. The month is looked up while the line is held, once for
-- each month that a call names, and closing waits for every line, so that one lookup answers for all of them.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION post_entries(p_government uuid, p_agency uuid, p_actor uuid, p_recorded_at timestamptz, p_entries jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e record; held bigint; line text; begins date; open_months date[] := '{}'; pass uuid; passed jsonb := '[]';
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
    begins := e.effective_on - (extract(day FROM e.effective_on)::integer - 1);
    IF NOT begins = ANY (open_months) THEN
      IF EXISTS (SELECT FROM period p WHERE p.government_id = p_government AND p.agency_id = p_agency AND p.month = begins AND p.status = 'closed') THEN
        pass := pass_into_month(p_government, p_agency, begins, e.document_number, p_recorded_at);
        IF pass IS NULL THEN
          RAISE EXCEPTION 'month % of agency % is closed', begins, p_agency USING ERRCODE = '23514', CONSTRAINT = 'period_closed',
            DETAIL = jsonb_build_object('month', to_char(begins, 'YYYY-MM'), 'document', e.document_number, 'document_type', e.document_type, 'kind', e.kind)::text;
        END IF;
        passed := passed || jsonb_build_object('override_id', pass, 'document_type', e.document_type, 'document_id', e.document_id,
          'document_number', e.document_number, 'amount', e.amount);
      ELSE
        open_months := open_months || begins;
      END IF;
    END IF;
    INSERT INTO ledger_entry (government_id, budget_line_id, agency_id, kind, from_account, to_account, amount, effective_on,
      recorded_at, actor_id, document_type, document_id, document_number, reason)
    VALUES (p_government, e.budget_line_id, p_agency, e.kind, e."from", e."to", e.amount, e.effective_on,
      p_recorded_at, p_actor, e.document_type, e.document_id, e.document_number, coalesce(e.reason, ''));
  END LOOP;
  IF passed <> '[]' THEN
    PERFORM use_overrides(p_government, p_agency, p_actor, p_recorded_at, passed);
  END IF;
END $$;

-- The override under which a document passes into a closed month: the month's reopening, or one for the document alone.
CREATE FUNCTION pass_into_month(p_government uuid, p_agency uuid, p_month date, p_number text, p_at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    override_in_force(p_government, p_agency, 'period_reopen', jsonb_build_object('month', to_char(p_month, 'YYYY-MM')), (p_at AT TIME ZONE 'Asia/Jakarta')::date),
    override_in_force(p_government, p_agency, 'back_date', jsonb_build_object('month', to_char(p_month, 'YYYY-MM'), 'document_number', p_number), (p_at AT TIME ZONE 'Asia/Jakarta')::date))
$$;

-- Notes the documents that passed: one row for each override and document, with the money that moved under it.
CREATE FUNCTION use_overrides(p_government uuid, p_agency uuid, p_actor uuid, p_at timestamptz, p_passed jsonb) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
  INSERT INTO override_use (government_id, id, override_id, agency_id, document_type, document_id, document_number, amount, used_at, used_by)
  SELECT p_government, gen_random_uuid(), x.override_id, p_agency, x.document_type, x.document_id, x.document_number, sum(x.amount), p_at, p_actor
  FROM jsonb_to_recordset(p_passed) AS x(override_id uuid, document_type text, document_id uuid, document_number text, amount bigint)
  GROUP BY x.override_id, x.document_type, x.document_id, x.document_number
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION post_entries(p_government uuid, p_agency uuid, p_actor uuid, p_recorded_at timestamptz, p_entries jsonb)
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
DROP FUNCTION pass_into_month, use_overrides;
DROP TABLE period;
DROP FUNCTION decide_period, budget_in_force;
ALTER TABLE payment DROP COLUMN budget_version_id;
ALTER TABLE agreement DROP COLUMN budget_version_id;
DROP INDEX budget_version_in_force;
ALTER TABLE budget_version DROP CONSTRAINT budget_version_not_locked_by_author, DROP CONSTRAINT budget_version_approval_whole,
  DROP COLUMN rewritten_by, DROP COLUMN approval_number, DROP COLUMN approval_date;
