-- Who approves an agreement, in which order: dated rows by kind and amount for a government or one agency; every step that
-- was decided, kept for ever; and what an approver wants mended, field by field, with the answer.
-- +goose Up
CREATE TABLE approval_rule (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid, kind text NOT NULL, gross_from bigint NOT NULL, gross_to bigint,
  steps text[] NOT NULL, valid_from date NOT NULL, valid_to date, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT approval_rule_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT approval_rule_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT approval_rule_kind_known CHECK (kind IN ('media', 'influencer', 'any')),
  CONSTRAINT approval_rule_amounts_ordered CHECK (gross_from >= 0 AND gross_to >= gross_from),
  CONSTRAINT approval_rule_steps_known CHECK (cardinality(steps) BETWEEN 1 AND 6 AND array_position(steps, NULL) IS NULL
    AND steps <@ '{ppk,verifier,head}'::text[]),
  CONSTRAINT approval_rule_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT approval_rule_basis_filled CHECK (basis <> ''),
  CONSTRAINT approval_rule_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX approval_rule_scope ON approval_rule (government_id, agency_id, kind) WHERE voided_at IS NULL;
CALL wall_table('approval_rule');
CALL trail_table('approval_rule');
GRANT UPDATE (valid_to, voided_at, voided_by, void_reason, version) ON approval_rule TO tayang_app;

-- Two rows of one scope never say something about the same amount on the same day. Whoever writes rows of a government
-- waits for the other who does.
-- +goose StatementBegin
CREATE FUNCTION approval_rule_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  other uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('approval_rule ' || NEW.government_id, 0));
  SELECT r.id INTO other FROM approval_rule r
    WHERE r.government_id = NEW.government_id AND r.id <> NEW.id AND r.voided_at IS NULL AND r.kind = NEW.kind
      AND r.agency_id IS NOT DISTINCT FROM NEW.agency_id
      AND int8range(r.gross_from, r.gross_to, '[]') && int8range(NEW.gross_from, NEW.gross_to, '[]')
      AND daterange(r.valid_from, r.valid_to, '[]') && daterange(NEW.valid_from, NEW.valid_to, '[]') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'row % says already who approves these amounts on these days', other USING ERRCODE = '23514', CONSTRAINT = 'approval_rule_no_overlap';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER apart BEFORE INSERT OR UPDATE ON approval_rule FOR EACH ROW WHEN (NEW.voided_at IS NULL) EXECUTE FUNCTION approval_rule_apart();

-- The steps for an agreement: the agency's row before the government's, its own kind before any. No row: the commitment
-- officer alone.
CREATE FUNCTION approval_steps_of(p_government uuid, p_agency uuid, p_kind text, p_gross bigint, p_on date) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT r.steps FROM approval_rule r
    WHERE r.government_id = p_government AND r.voided_at IS NULL AND (r.agency_id IS NULL OR r.agency_id = p_agency) AND r.kind IN (p_kind, 'any')
      AND p_gross >= r.gross_from AND (r.gross_to IS NULL OR p_gross <= r.gross_to)
      AND p_on >= r.valid_from AND (r.valid_to IS NULL OR p_on <= r.valid_to)
    ORDER BY r.agency_id IS NULL, r.kind = 'any' LIMIT 1), '{ppk}')
$$;

-- A round begins with each submission; its steps stand until it ends. Before these columns it was the commitment officer.
ALTER TABLE agreement ADD COLUMN approval_round integer NOT NULL DEFAULT 0, ADD COLUMN approval_steps text[] NOT NULL DEFAULT '{}';
ALTER TABLE amendment ADD COLUMN approval_steps text[] NOT NULL DEFAULT '{}';

CREATE TABLE agreement_approval (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, amendment_id uuid,
  round integer NOT NULL, step integer NOT NULL, role text NOT NULL, verdict text NOT NULL, remark text NOT NULL DEFAULT '',
  decided_at timestamptz NOT NULL, decided_by uuid NOT NULL, acting_override_id uuid, recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT agreement_approval_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_approval_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT agreement_approval_amendment_fkey FOREIGN KEY (government_id, amendment_id) REFERENCES amendment,
  CONSTRAINT agreement_approval_person_fkey FOREIGN KEY (government_id, decided_by) REFERENCES user_account,
  CONSTRAINT agreement_approval_override_fkey FOREIGN KEY (government_id, acting_override_id) REFERENCES override,
  CONSTRAINT agreement_approval_verdict_known CHECK (verdict IN ('approved', 'rejected', 'returned')),
  CONSTRAINT agreement_approval_counted CHECK (round >= 0 AND step >= 1)
);
CREATE UNIQUE INDEX agreement_approval_step_once ON agreement_approval (government_id, agreement_id, coalesce(amendment_id, agreement_id), round, step);
CREATE UNIQUE INDEX agreement_approval_person_once ON agreement_approval (government_id, agreement_id, coalesce(amendment_id, agreement_id), round, decided_by);
CALL wall_table('agreement_approval');
CALL trail_table('agreement_approval');
-- When it was recorded is the database's own clock.
REVOKE INSERT ON agreement_approval FROM tayang_app;
GRANT INSERT (government_id, id, agency_id, agreement_id, amendment_id, round, step, role, verdict, remark, decided_at, decided_by, acting_override_id)
  ON agreement_approval TO tayang_app;

-- What an approver wants mended; the author's side answers once.
CREATE TABLE agreement_remark (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, approval_id uuid NOT NULL,
  position integer NOT NULL, pointer text NOT NULL, remark text NOT NULL, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  answer text NOT NULL DEFAULT '', answered_at timestamptz, answered_by uuid,
  CONSTRAINT agreement_remark_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_remark_position_unique UNIQUE (government_id, approval_id, position),
  CONSTRAINT agreement_remark_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT agreement_remark_approval_fkey FOREIGN KEY (government_id, approval_id) REFERENCES agreement_approval,
  CONSTRAINT agreement_remark_filled CHECK (remark <> ''),
  CONSTRAINT agreement_remark_answered_by_someone CHECK ((answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (answer = ''))
);
CREATE INDEX agreement_remark_agreement ON agreement_remark (government_id, agreement_id);
CALL wall_table('agreement_remark');
CALL trail_table('agreement_remark');
GRANT UPDATE (answer, answered_at, answered_by) ON agreement_remark TO tayang_app;

-- What was decided stays, whoever asks.
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps what was decided, and cannot be changed', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
-- +goose StatementEnd
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON agreement_approval FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stands BEFORE UPDATE ON agreement_remark FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL
  OR (OLD.agreement_id, OLD.approval_id, OLD.pointer, OLD.remark, OLD.created_at, OLD.created_by)
    IS DISTINCT FROM (NEW.agreement_id, NEW.approval_id, NEW.pointer, NEW.remark, NEW.created_at, NEW.created_by)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stays BEFORE DELETE ON agreement_remark FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A decision is taken on what waits, at the step that is next, by somebody who holds its role (or acts for who does, under
-- a decree that holds on that day), and who neither made nor submitted what it is about.
-- +goose StatementBegin
CREATE FUNCTION approval_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a agreement; m amendment; steps text[]; waits boolean; decided integer; allowed boolean;
BEGIN
  SELECT * INTO a FROM agreement x WHERE x.government_id = NEW.government_id AND x.id = NEW.agreement_id FOR NO KEY UPDATE;
  IF NEW.amendment_id IS NULL THEN
    steps := a.approval_steps; waits := a.status = 'submitted' AND NEW.round = a.approval_round;
  ELSE
    SELECT * INTO m FROM amendment x WHERE x.government_id = NEW.government_id AND x.id = NEW.amendment_id AND x.agreement_id = NEW.agreement_id;
    steps := m.approval_steps; waits := m.status = 'proposed' AND NEW.round = m.position;
  END IF;
  IF cardinality(steps) = 0 THEN steps := '{ppk}'; END IF;
  SELECT count(*) INTO decided FROM agreement_approval p WHERE p.government_id = NEW.government_id AND p.agreement_id = NEW.agreement_id
    AND p.amendment_id IS NOT DISTINCT FROM NEW.amendment_id AND p.round = NEW.round;
  IF waits IS NOT TRUE OR NEW.agency_id <> a.agency_id OR NEW.step <> decided + 1 OR NEW.role IS DISTINCT FROM steps[NEW.step] THEN
    RAISE EXCEPTION 'step % of round % is not what waits', NEW.step, NEW.round USING ERRCODE = '23514', CONSTRAINT = 'agreement_approval_in_order';
  END IF;
  IF NEW.decided_by IN (a.created_by, a.submitted_by, m.created_by) THEN
    RAISE EXCEPTION 'decided by its author' USING ERRCODE = '23514', CONSTRAINT = 'agreement_not_approved_by_author';
  END IF;
  IF NEW.acting_override_id IS NULL THEN
    allowed := EXISTS (SELECT FROM user_role r WHERE r.government_id = NEW.government_id AND r.user_id = NEW.decided_by AND r.role = NEW.role
      AND r.revoked_at IS NULL AND (r.agency_id IS NULL OR r.agency_id = NEW.agency_id));
  ELSE
    allowed := EXISTS (SELECT FROM override o JOIN government g ON g.government_id = o.government_id
      JOIN user_account u ON u.government_id = o.government_id AND u.email = o.subject ->> 'email'
      WHERE o.government_id = NEW.government_id AND o.id = NEW.acting_override_id AND o.kind = 'acting' AND o.status = 'approved'
        AND o.agency_id = NEW.agency_id AND o.subject ->> 'role' = NEW.role AND u.id = NEW.decided_by
        AND o.valid_until >= (NEW.decided_at AT TIME ZONE g.timezone)::date);
  END IF;
  IF NOT allowed THEN
    RAISE EXCEPTION 'decided by somebody who is not % that day', NEW.role USING ERRCODE = '23514', CONSTRAINT = 'agreement_approval_by_role';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER in_order BEFORE INSERT ON agreement_approval FOR EACH ROW EXECUTE FUNCTION approval_in_order();

-- Whether every step of a round was approved.
CREATE FUNCTION all_steps_approved(p_government uuid, p_agreement uuid, p_amendment uuid, p_round integer, p_steps text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) = greatest(cardinality(p_steps), 1) AND bool_and(p.verdict = 'approved') FROM agreement_approval p
  WHERE p.government_id = p_government AND p.agreement_id = p_agreement AND p.amendment_id IS NOT DISTINCT FROM p_amendment AND p.round = p_round
$$;

-- Submission begins a round; nothing comes into force without every step of it; and what is being decided on stands still.
-- +goose StatementBegin
CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an agreement begins as a draft' USING ERRCODE = '23514', CONSTRAINT = 'agreement_begins_as_draft';
  ELSIF NEW.status = 'submitted' AND OLD.status <> 'submitted' THEN
    NEW.approval_round := OLD.approval_round + 1;
    NEW.approval_steps := approval_steps_of(NEW.government_id, NEW.agency_id, NEW.kind, NEW.gross, NEW.order_date);
    RETURN NEW;
  ELSIF (NEW.approval_round, NEW.approval_steps) IS DISTINCT FROM (OLD.approval_round, OLD.approval_steps) THEN
    RAISE EXCEPTION 'the steps of agreement % follow from its submission', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_steps_stand';
  ELSIF OLD.status = 'submitted' AND (NEW.agency_id, NEW.kind, NEW.gross, NEW.order_date, NEW.created_by, NEW.submitted_by)
      IS DISTINCT FROM (OLD.agency_id, OLD.kind, OLD.gross, OLD.order_date, OLD.created_by, OLD.submitted_by) THEN
    RAISE EXCEPTION 'agreement % is being decided on', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_stands_while_submitted';
  ELSIF NEW.status IN ('active', 'completed') AND OLD.status NOT IN ('active', 'completed')
      AND NOT (OLD.status = 'submitted' AND all_steps_approved(OLD.government_id, OLD.id, NULL, OLD.approval_round, OLD.approval_steps)) THEN
    RAISE EXCEPTION 'agreement % lacks a step of its approval', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_approved_by_all';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_amendment_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.approval_steps := (SELECT approval_steps_of(a.government_id, a.agency_id, a.kind, (NEW.after ->> 'gross')::bigint, a.order_date)
      FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = NEW.agreement_id);
    NEW.approval_steps := coalesce(NEW.approval_steps, '{ppk}');
  ELSIF NEW.approval_steps IS DISTINCT FROM OLD.approval_steps OR (NEW.after ->> 'gross') IS DISTINCT FROM (OLD.after ->> 'gross') THEN
    RAISE EXCEPTION 'the steps of amendment % follow from its proposal', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_steps_stand';
  ELSIF NEW.status = 'approved' AND EXISTS (SELECT FROM agreement a WHERE a.government_id = OLD.government_id AND a.id = OLD.agreement_id
      AND NEW.decided_by IN (a.created_by, a.submitted_by)) THEN
    RAISE EXCEPTION 'amendment % approved by the author of the agreement', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'amendment_not_decided_by_author';
  ELSIF NEW.status = 'approved' AND OLD.status <> 'approved' AND NEW.decided_by <> NEW.created_by -- the rest is the table's to refuse
      AND NOT all_steps_approved(OLD.government_id, OLD.agreement_id, OLD.id, OLD.position, OLD.approval_steps) THEN
    RAISE EXCEPTION 'amendment % lacks a step of its approval', OLD.number USING ERRCODE = '23514', CONSTRAINT = 'agreement_approved_by_all';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER approval_begins BEFORE INSERT ON agreement FOR EACH ROW WHEN (NEW.status <> 'draft' OR NEW.approval_round <> 0 OR NEW.approval_steps <> '{}')
  EXECUTE FUNCTION guard_approval();
CREATE TRIGGER approval BEFORE UPDATE ON agreement FOR EACH ROW WHEN (NEW.status <> OLD.status OR OLD.status = 'submitted'
  OR NEW.approval_round <> OLD.approval_round OR NEW.approval_steps <> OLD.approval_steps) EXECUTE FUNCTION guard_approval();
CREATE TRIGGER approval BEFORE INSERT OR UPDATE ON amendment FOR EACH ROW EXECUTE FUNCTION guard_amendment_approval();
REVOKE EXECUTE ON FUNCTION approval_rule_apart, approval_in_order, all_steps_approved, guard_approval, guard_amendment_approval FROM PUBLIC;

-- +goose Down
DROP TRIGGER approval ON amendment;
DROP TRIGGER approval ON agreement;
DROP TRIGGER approval_begins ON agreement;
DROP FUNCTION guard_amendment_approval, guard_approval, all_steps_approved;
DROP TABLE agreement_remark, agreement_approval;
DROP FUNCTION approval_in_order, refuse_change;
ALTER TABLE amendment DROP COLUMN approval_steps;
ALTER TABLE agreement DROP COLUMN approval_steps, DROP COLUMN approval_round;
DROP FUNCTION approval_steps_of;
DROP TABLE approval_rule;
DROP FUNCTION approval_rule_apart;
