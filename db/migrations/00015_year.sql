-- A year's cash and its end. Cash: how much of a budget line may be paid out up to each month (anggaran kas, SPD); a line
-- without a cash plan is bound by its ceiling alone. End: what is owed and not paid is carried over by a recognition of debt.
-- +goose Up
CREATE TABLE cash_plan_document (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, fiscal_year integer NOT NULL, number text NOT NULL, date date NOT NULL,
  status text NOT NULL DEFAULT 'draft', created_at timestamptz NOT NULL, created_by uuid NOT NULL, rewritten_by uuid,
  locked_at timestamptz, locked_by uuid, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT cash_plan_document_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT cash_plan_document_number_unique UNIQUE (government_id, agency_id, fiscal_year, number),
  CONSTRAINT cash_plan_document_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT cash_plan_document_year_sane CHECK (fiscal_year BETWEEN 2000 AND 2200),
  CONSTRAINT cash_plan_document_status_known CHECK (status IN ('draft', 'locked')),
  CONSTRAINT cash_plan_document_locked_by_someone CHECK ((status = 'locked') = (locked_by IS NOT NULL AND locked_at IS NOT NULL)),
  CONSTRAINT cash_plan_document_not_locked_by_author
    CHECK (locked_by IS NULL OR locked_by <> created_by AND locked_by IS DISTINCT FROM rewritten_by)
);

CREATE TABLE cash_plan_document_line (
  government_id uuid NOT NULL, id uuid NOT NULL, document_id uuid NOT NULL, position integer NOT NULL, budget_line_id uuid NOT NULL,
  month integer NOT NULL, amount bigint NOT NULL,
  CONSTRAINT cash_plan_document_line_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT cash_plan_document_line_document_fkey FOREIGN KEY (government_id, document_id) REFERENCES cash_plan_document,
  CONSTRAINT cash_plan_document_line_budget_line_fkey FOREIGN KEY (government_id, budget_line_id) REFERENCES budget_line,
  CONSTRAINT cash_plan_document_line_once UNIQUE (government_id, document_id, budget_line_id, month),
  CONSTRAINT cash_plan_document_line_month_known CHECK (month BETWEEN 1 AND 12),
  CONSTRAINT cash_plan_document_line_not_negative CHECK (amount >= 0)
);

-- What is in force: the amount of the last locked document that names the line and month.
CREATE TABLE cash_plan (
  government_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), budget_line_id uuid NOT NULL, month integer NOT NULL,
  agency_id uuid NOT NULL, amount bigint NOT NULL, document_id uuid NOT NULL,
  CONSTRAINT cash_plan_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT cash_plan_month_unique UNIQUE (government_id, budget_line_id, month),
  CONSTRAINT cash_plan_budget_line_fkey FOREIGN KEY (government_id, budget_line_id) REFERENCES budget_line,
  CONSTRAINT cash_plan_document_fkey FOREIGN KEY (government_id, document_id) REFERENCES cash_plan_document,
  CONSTRAINT cash_plan_month_known CHECK (month BETWEEN 1 AND 12),
  CONSTRAINT cash_plan_not_negative CHECK (amount >= 0)
);

-- Locking a document puts its amounts in force, whatever program does it: the lines are held first, so that nobody pays
-- out of the old plan meanwhile; then each must lie between what is realised and the ceiling.
-- +goose StatementBegin
CREATE FUNCTION lock_cash_plan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  r record;
BEGIN
  IF OLD.status = 'locked' THEN
    RAISE EXCEPTION 'cash plan % is locked', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'cash_plan_document_locked_once';
  END IF;
  IF NEW.status <> 'locked' THEN RETURN NEW; END IF;
  PERFORM FROM budget_line b WHERE b.government_id = NEW.government_id AND b.id IN (SELECT d.budget_line_id FROM cash_plan_document_line d
    WHERE d.government_id = NEW.government_id AND d.document_id = NEW.id) ORDER BY b.id FOR UPDATE;
  INSERT INTO cash_plan (government_id, budget_line_id, month, agency_id, amount, document_id)
    SELECT d.government_id, d.budget_line_id, d.month, NEW.agency_id, d.amount, NEW.id FROM cash_plan_document_line d
    WHERE d.government_id = NEW.government_id AND d.document_id = NEW.id ORDER BY d.budget_line_id, d.month
    ON CONFLICT (government_id, budget_line_id, month) DO UPDATE SET amount = excluded.amount, document_id = excluded.document_id;
  FOR r IN
    SELECT b.id, b.appropriation, b.realised, b.agency_id = NEW.agency_id AND b.fiscal_year = NEW.fiscal_year AS own,
      (SELECT sum(c.amount) FROM cash_plan c WHERE c.government_id = b.government_id AND c.budget_line_id = b.id) AS planned
    FROM budget_line b WHERE b.government_id = NEW.government_id AND b.id IN (SELECT d.budget_line_id FROM cash_plan_document_line d
      WHERE d.government_id = NEW.government_id AND d.document_id = NEW.id) ORDER BY b.id
  LOOP
    IF NOT r.own OR r.planned > r.appropriation OR r.planned < r.realised THEN
      RAISE EXCEPTION 'cash plan of line % comes to %, ceiling %, realised %', r.id, r.planned, r.appropriation, r.realised USING ERRCODE = '23514',
        CONSTRAINT = CASE WHEN NOT r.own THEN 'cash_plan_of_the_year' WHEN r.planned > r.appropriation THEN 'cash_plan_within_ceiling' ELSE 'cash_plan_covers_realised' END;
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER lock BEFORE UPDATE ON cash_plan_document FOR EACH ROW EXECUTE FUNCTION lock_cash_plan();
REVOKE EXECUTE ON FUNCTION lock_cash_plan FROM PUBLIC;

CALL wall_table('cash_plan_document');
CALL wall_table('cash_plan_document_line');
CALL wall_table('cash_plan');
CALL trail_table('cash_plan_document');
CALL trail_table('cash_plan_document_line');
CALL trail_table('cash_plan');
REVOKE INSERT ON cash_plan_document, cash_plan FROM tayang_app;
GRANT INSERT (government_id, id, agency_id, fiscal_year, number, date, created_at, created_by) ON cash_plan_document TO tayang_app;
GRANT UPDATE (fiscal_year, number, date, status, rewritten_by, locked_at, locked_by, version) ON cash_plan_document TO tayang_app;
GRANT DELETE ON cash_plan_document_line TO tayang_app;
CREATE POLICY draft_only ON cash_plan_document_line AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT FROM cash_plan_document d
  WHERE d.government_id = cash_plan_document_line.government_id AND d.id = cash_plan_document_line.document_id AND d.status = 'draft'));
CREATE POLICY draft_only_new ON cash_plan_document_line AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (SELECT FROM cash_plan_document d
  WHERE d.government_id = cash_plan_document_line.government_id AND d.id = cash_plan_document_line.document_id AND d.status = 'draft'));

-- As in 00013, and: a line with a cash plan pays out no more than was released up to the month of the entry, unless an
-- override turns the check into a warning; then the override keeps the document. The plan changes only while its lines
-- are held, so that what is read here stands.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION post_entries(p_government uuid, p_agency uuid, p_actor uuid, p_recorded_at timestamptz, p_entries jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e record; held bigint; line text; begins date; open_months date[] := '{}'; pass uuid; passed jsonb := '[]';
  spent bigint; year integer; released bigint;
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
                        WHEN 'realised' THEN realised ELSE e.amount END >= e.amount
    RETURNING realised, fiscal_year INTO spent, year;
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
    IF e.kind = 'realise' THEN
      SELECT coalesce(sum(c.amount) FILTER (WHERE make_date(year, c.month, 1) <= e.effective_on), 0) INTO released
      FROM cash_plan c WHERE c.government_id = p_government AND c.budget_line_id = e.budget_line_id HAVING count(*) > 0;
      IF spent > released THEN
        pass := override_in_force(p_government, p_agency, 'check_mode', '{"check": "budget", "document_type": "payment", "mode": "warn"}',
          (p_recorded_at AT TIME ZONE 'Asia/Jakarta')::date);
        IF pass IS NULL THEN
          SELECT sub_activity_code || ' / ' || account_code INTO line FROM budget_line WHERE government_id = p_government AND id = e.budget_line_id;
          RAISE EXCEPTION 'budget line % has cash of % up to %, realised would be %', e.budget_line_id, released, e.effective_on, spent
            USING ERRCODE = '23514', CONSTRAINT = 'cash_exceeded', DETAIL = jsonb_build_object('budget_line_id', e.budget_line_id, 'line', line,
              'available', greatest(released - spent + e.amount, 0), 'requested', e.amount)::text;
        END IF;
        passed := passed || jsonb_build_object('override_id', pass, 'document_type', e.document_type, 'document_id', e.document_id,
          'document_number', e.document_number, 'amount', e.amount);
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
-- +goose StatementEnd

-- A recognition of debt (pengakuan utang): what is owed under an agreement of a past year is released on that year's line
-- and committed on a line of the year in which it will be paid.
CREATE TABLE debt_recognition (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, fiscal_year integer NOT NULL,
  number text NOT NULL, date date NOT NULL, status text NOT NULL DEFAULT 'requested', remark text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, decided_at timestamptz, decided_by uuid, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT debt_recognition_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT debt_recognition_number_unique UNIQUE (government_id, agency_id, number),
  CONSTRAINT debt_recognition_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT debt_recognition_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT debt_recognition_year_of_date CHECK (fiscal_year = extract(year FROM date)),
  CONSTRAINT debt_recognition_status_known CHECK (status IN ('requested', 'approved', 'refused', 'withdrawn')),
  CONSTRAINT debt_recognition_decided_by_someone CHECK ((status IN ('approved', 'refused')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT debt_recognition_not_decided_by_author CHECK (decided_by IS NULL OR decided_by <> created_by)
);
CREATE INDEX debt_recognition_agreement ON debt_recognition (government_id, agreement_id);
CREATE UNIQUE INDEX debt_recognition_one_at_a_time ON debt_recognition (government_id, agreement_id) WHERE status = 'requested';

CREATE TABLE debt_recognition_line (
  government_id uuid NOT NULL, id uuid NOT NULL, debt_recognition_id uuid NOT NULL, position integer NOT NULL, from_line uuid NOT NULL,
  to_line uuid NOT NULL, amount bigint NOT NULL,
  CONSTRAINT debt_recognition_line_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT debt_recognition_line_document_fkey FOREIGN KEY (government_id, debt_recognition_id) REFERENCES debt_recognition,
  CONSTRAINT debt_recognition_line_from_fkey FOREIGN KEY (government_id, from_line) REFERENCES budget_line,
  CONSTRAINT debt_recognition_line_to_fkey FOREIGN KEY (government_id, to_line) REFERENCES budget_line,
  CONSTRAINT debt_recognition_line_once UNIQUE (government_id, debt_recognition_id, from_line),
  CONSTRAINT debt_recognition_line_positive CHECK (amount > 0)
);

-- +goose StatementBegin
CREATE FUNCTION decide_debt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'requested' THEN
    RAISE EXCEPTION 'recognition of debt % is %', OLD.number, OLD.status USING ERRCODE = '23514', CONSTRAINT = 'debt_recognition_decided_once';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decide BEFORE UPDATE ON debt_recognition FOR EACH ROW EXECUTE FUNCTION decide_debt();

CALL wall_table('debt_recognition');
CALL wall_table('debt_recognition_line');
CALL trail_table('debt_recognition');
CALL trail_table('debt_recognition_line');
REVOKE INSERT ON debt_recognition FROM tayang_app;
GRANT INSERT (government_id, id, agency_id, agreement_id, fiscal_year, number, date, created_at, created_by) ON debt_recognition TO tayang_app;
GRANT UPDATE (status, remark, decided_at, decided_by, version) ON debt_recognition TO tayang_app;

-- The line and year that bear a placement since its debt was recognised; before, its deliverable's.
ALTER TABLE placement ADD COLUMN carried_line_id uuid, ADD COLUMN carried_year integer,
  ADD CONSTRAINT placement_carried_line_fkey FOREIGN KEY (government_id, carried_line_id) REFERENCES budget_line,
  ADD CONSTRAINT placement_carried_whole CHECK ((carried_line_id IS NULL) = (carried_year IS NULL));
CREATE INDEX placement_carried ON placement (government_id, agency_id, carried_year) WHERE carried_year IS NOT NULL;
-- The year whose budget bears the payment; before this column, its agreement's.
ALTER TABLE payment ADD COLUMN fiscal_year integer;

-- The fiscal year that a document which passed under an override belongs to, with the documents of this migration.
CREATE OR REPLACE FUNCTION document_fiscal_year(p_government uuid, p_type text, p_id uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE p_type
    WHEN 'agreement' THEN (SELECT a.fiscal_year FROM agreement a WHERE a.government_id = p_government AND a.id = p_id)
    WHEN 'invoice' THEN (SELECT a.fiscal_year FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
      WHERE i.government_id = p_government AND i.id = p_id)
    WHEN 'payment' THEN (SELECT coalesce(y.fiscal_year, a.fiscal_year) FROM payment y JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
      WHERE y.government_id = p_government AND y.id = p_id)
    WHEN 'placement' THEN (SELECT a.fiscal_year FROM placement p JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
      WHERE p.government_id = p_government AND p.id = p_id)
    WHEN 'acceptance' THEN (SELECT a.fiscal_year FROM acceptance c JOIN agreement a ON a.government_id = c.government_id AND a.id = c.agreement_id
      WHERE c.government_id = p_government AND c.id = p_id)
    WHEN 'budget_version' THEN (SELECT v.fiscal_year FROM budget_version v WHERE v.government_id = p_government AND v.id = p_id)
    WHEN 'debt_recognition' THEN (SELECT r.fiscal_year FROM debt_recognition r WHERE r.government_id = p_government AND r.id = p_id)
    WHEN 'cash_plan' THEN (SELECT c.fiscal_year FROM cash_plan_document c WHERE c.government_id = p_government AND c.id = p_id)
    WHEN 'period' THEN (SELECT extract(year FROM p.month)::integer FROM period p WHERE p.government_id = p_government AND p.id = p_id)
    WHEN 'spending' THEN (SELECT extract(year FROM (o.subject ->> 'date')::date)::integer FROM override o
      WHERE o.government_id = p_government AND o.id = p_id)
  END
$$;

-- +goose Down
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
-- +goose StatementEnd
CREATE OR REPLACE FUNCTION document_fiscal_year(p_government uuid, p_type text, p_id uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE p_type
    WHEN 'agreement' THEN (SELECT a.fiscal_year FROM agreement a WHERE a.government_id = p_government AND a.id = p_id)
    WHEN 'invoice' THEN (SELECT a.fiscal_year FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
      WHERE i.government_id = p_government AND i.id = p_id)
    WHEN 'payment' THEN (SELECT a.fiscal_year FROM payment y JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
      WHERE y.government_id = p_government AND y.id = p_id)
    WHEN 'placement' THEN (SELECT a.fiscal_year FROM placement p JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
      WHERE p.government_id = p_government AND p.id = p_id)
    WHEN 'acceptance' THEN (SELECT a.fiscal_year FROM acceptance c JOIN agreement a ON a.government_id = c.government_id AND a.id = c.agreement_id
      WHERE c.government_id = p_government AND c.id = p_id)
    WHEN 'budget_version' THEN (SELECT v.fiscal_year FROM budget_version v WHERE v.government_id = p_government AND v.id = p_id)
    WHEN 'spending' THEN (SELECT extract(year FROM (o.subject ->> 'date')::date)::integer FROM override o
      WHERE o.government_id = p_government AND o.id = p_id)
  END
$$;
ALTER TABLE payment DROP COLUMN fiscal_year;
DROP INDEX placement_carried;
ALTER TABLE placement DROP COLUMN carried_line_id, DROP COLUMN carried_year;
DROP TABLE debt_recognition_line, debt_recognition, cash_plan, cash_plan_document_line, cash_plan_document;
DROP FUNCTION lock_cash_plan, decide_debt;
