-- The life of an agreement: framework agreements with their orders under a ceiling, suspensions, late delivery, the final
-- account of what ended, and the clock: system times that nobody sets, and what was published before it should have been.
-- +goose Up
ALTER TABLE agreement
  ADD COLUMN framework boolean NOT NULL DEFAULT false, ADD COLUMN ceiling bigint NOT NULL DEFAULT 0, ADD COLUMN framework_id uuid,
  ADD COLUMN suspended_on date, ADD COLUMN suspension_reason text NOT NULL DEFAULT '',
  ADD CONSTRAINT agreement_framework_fkey FOREIGN KEY (government_id, framework_id) REFERENCES agreement,
  ADD CONSTRAINT agreement_framework_shape CHECK (framework = (ceiling > 0) AND NOT (framework AND framework_id IS NOT NULL)),
  ADD CONSTRAINT agreement_framework_promises_nothing CHECK (NOT framework OR gross = 0),
  ADD CONSTRAINT agreement_suspension_reasoned CHECK ((suspended_on IS NULL) = (suspension_reason = ''));
CREATE INDEX agreement_framework ON agreement (government_id, framework_id) WHERE framework_id IS NOT NULL;
CREATE INDEX agreement_running ON agreement (government_id, agency_id, status, end_date) WHERE status IN ('draft', 'submitted', 'active');

-- Keeps the orders under a framework agreement within it: same agency and vendor, inside its term, and in sum, VAT
-- included, not above its ceiling. Whoever raises the sum holds the framework's row until he commits; of an order that was
-- closed only what was paid counts.
-- +goose StatementBegin
CREATE FUNCTION keep_framework() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  f agreement; ordered bigint; counts boolean := NEW.status NOT IN ('draft', 'rejected');
  rises boolean := TG_OP = 'INSERT';
BEGIN
  IF NEW.framework THEN
    IF TG_OP = 'UPDATE' AND NEW.ceiling < OLD.ceiling AND OLD.status NOT IN ('draft', 'rejected') THEN
      SELECT coalesce(sum(CASE WHEN a.status = 'closed' THEN a.paid ELSE a.gross END), 0) INTO ordered FROM agreement a
        WHERE a.government_id = NEW.government_id AND a.framework_id = NEW.id AND a.status NOT IN ('draft', 'rejected');
      IF ordered > NEW.ceiling THEN
        RAISE EXCEPTION 'ceiling of % below what is ordered', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'framework_exceeded',
          DETAIL = json_build_object('framework_id', NEW.id, 'framework', NEW.number, 'ceiling', NEW.ceiling, 'called_off', ordered, 'left', 0, 'requested', 0);
      END IF;
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.framework_id IS NULL THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    rises := OLD.status IN ('draft', 'rejected') OR NEW.gross > OLD.gross OR NEW.framework_id IS DISTINCT FROM OLD.framework_id;
    IF NOT rises AND (NEW.vendor_id, NEW.order_date, NEW.start_date, NEW.end_date) = (OLD.vendor_id, OLD.order_date, OLD.start_date, OLD.end_date) THEN
      RETURN NEW;
    END IF;
  END IF;
  IF counts AND rises THEN
    SELECT * INTO f FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = NEW.framework_id FOR NO KEY UPDATE;
  ELSE
    SELECT * INTO f FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = NEW.framework_id;
  END IF;
  IF NOT FOUND OR NOT f.framework OR f.agency_id <> NEW.agency_id OR f.vendor_id <> NEW.vendor_id THEN
    RAISE EXCEPTION 'order % is of no framework agreement of its vendor', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'framework_other';
  END IF;
  IF NEW.order_date < f.order_date OR NEW.start_date < f.start_date OR NEW.end_date > f.end_date THEN
    RAISE EXCEPTION 'order % outside the term of its framework agreement', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'framework_outside_term',
      DETAIL = json_build_object('from', f.start_date, 'to', f.end_date);
  END IF;
  IF NOT (counts AND rises) THEN RETURN NEW; END IF;
  IF f.status <> 'active' AND (TG_OP = 'INSERT' OR OLD.status IN ('draft', 'rejected')) THEN
    RAISE EXCEPTION 'framework agreement % is %', f.number, f.status USING ERRCODE = '23514', CONSTRAINT = 'framework_not_active',
      DETAIL = json_build_object('framework', f.number, 'status', f.status);
  END IF;
  SELECT coalesce(sum(CASE WHEN a.status = 'closed' THEN a.paid ELSE a.gross END), 0) INTO ordered FROM agreement a
    WHERE a.government_id = NEW.government_id AND a.framework_id = f.id AND a.id <> NEW.id AND a.status NOT IN ('draft', 'rejected');
  IF ordered + NEW.gross > f.ceiling THEN
    RAISE EXCEPTION 'order % above the ceiling of framework agreement %', NEW.number, f.number USING ERRCODE = '23514', CONSTRAINT = 'framework_exceeded',
      DETAIL = json_build_object('framework_id', f.id, 'framework', f.number, 'ceiling', f.ceiling, 'called_off', ordered,
        'left', f.ceiling - ordered, 'requested', NEW.gross);
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_framework BEFORE INSERT OR UPDATE ON agreement FOR EACH ROW
  WHEN (NEW.framework OR NEW.framework_id IS NOT NULL) EXECUTE FUNCTION keep_framework();

-- System times are the database's: the program's role cannot choose or change them. The sample office is told at its own
-- time (tayang.clock); the trail's recorded_at is the database's there too.
-- +goose StatementBegin
CREATE FUNCTION keep_times() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz := coalesce(nullif(current_setting('tayang.clock', true), '')::timestamptz, now());
BEGIN
  IF current_user <> 'tayang_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.created_at := at;
    RETURN NEW;
  END IF;
  IF (NEW.created_at, NEW.created_by) IS DISTINCT FROM (OLD.created_at, OLD.created_by) THEN
    RAISE EXCEPTION 'system times of % are sealed', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'system_times_sealed';
  END IF;
  IF TG_TABLE_NAME <> 'agreement' THEN RETURN NEW; END IF;
  IF NEW.status = 'submitted' AND OLD.status <> 'submitted' THEN NEW.submitted_at := at;
  ELSIF NEW.submitted_at IS DISTINCT FROM OLD.submitted_at THEN
    RAISE EXCEPTION 'system times of % are sealed', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'system_times_sealed';
  END IF;
  IF NEW.status = 'active' AND OLD.status = 'submitted' THEN NEW.approved_at := at;
  ELSIF NEW.approved_at IS DISTINCT FROM OLD.approved_at THEN
    RAISE EXCEPTION 'system times of % are sealed', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'system_times_sealed';
  END IF;
  IF NEW.status IN ('closed', 'terminated') AND OLD.status NOT IN ('closed', 'terminated') THEN NEW.ended_at := at;
  ELSIF NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
    RAISE EXCEPTION 'system times of % are sealed', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'system_times_sealed';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_times BEFORE INSERT OR UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION keep_times();
CREATE TRIGGER keep_times BEFORE INSERT OR UPDATE OF created_at, created_by ON placement FOR EACH ROW EXECUTE FUNCTION keep_times();

-- Suspensions: from the first day on which nothing is published until the day work goes on.
CREATE TABLE agreement_suspension (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, from_on date NOT NULL, reason text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, resumed_on date, resume_reason text NOT NULL DEFAULT '', resumed_at timestamptz, resumed_by uuid,
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT agreement_suspension_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_suspension_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT agreement_suspension_reason_filled CHECK (reason <> ''),
  CONSTRAINT agreement_suspension_dates_ordered CHECK (resumed_on > from_on),
  CONSTRAINT agreement_suspension_resumed_by_someone CHECK ((resumed_on IS NULL) = (resumed_by IS NULL) AND (resumed_on IS NULL) = (resumed_at IS NULL))
);
CREATE INDEX agreement_suspension_agreement ON agreement_suspension (government_id, agreement_id, from_on);
CREATE UNIQUE INDEX agreement_suspension_one_open ON agreement_suspension (government_id, agreement_id) WHERE resumed_on IS NULL;
CALL wall_table('agreement_suspension');
CALL trail_table('agreement_suspension');
GRANT UPDATE (resumed_on, resume_reason, resumed_at, resumed_by, version) ON agreement_suspension TO tayang_app;

-- The final account of an agreement that ended: per line what was ordered, evidenced, accepted, paid, still owed and
-- released. It is written once, and its figures are the sums of its lines.
CREATE FUNCTION final_account_sum(p_lines jsonb, p_field text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(sum((l ->> p_field)::bigint), 0)::bigint FROM jsonb_array_elements(p_lines) l
$$;
CREATE TABLE agreement_final_account (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, kind text NOT NULL,
  number text NOT NULL DEFAULT '', date date NOT NULL, reason text NOT NULL DEFAULT '',
  ordered bigint NOT NULL, evidenced bigint NOT NULL, accepted bigint NOT NULL, paid bigint NOT NULL, owed bigint NOT NULL,
  lapsed bigint NOT NULL, released bigint NOT NULL, penalty bigint NOT NULL, lines jsonb NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT agreement_final_account_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_final_account_once UNIQUE (government_id, agreement_id),
  CONSTRAINT agreement_final_account_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT agreement_final_account_kind_known CHECK (kind IN ('closed', 'terminated')),
  CONSTRAINT agreement_final_account_balances CHECK (ordered = paid + owed + lapsed + released AND least(paid, owed, lapsed, released, penalty) >= 0
    AND accepted <= evidenced AND evidenced <= ordered),
  CONSTRAINT agreement_final_account_sums CHECK (
    ordered = final_account_sum(lines, 'ordered') AND evidenced = final_account_sum(lines, 'evidenced') AND accepted = final_account_sum(lines, 'accepted')
    AND paid = final_account_sum(lines, 'paid') AND owed = final_account_sum(lines, 'owed') AND lapsed = final_account_sum(lines, 'lapsed')
    AND released = final_account_sum(lines, 'released') AND penalty = final_account_sum(lines, 'penalty'))
);
CALL wall_table('agreement_final_account');
CALL trail_table('agreement_final_account');

-- Lateness: due_on is the day that counts where it is not the plan's; days and penalty stand when the placement is
-- accepted. clock_flags say what was published before or outside of what allows it, for ever.
ALTER TABLE placement
  ADD COLUMN due_on date, ADD COLUMN late_days integer NOT NULL DEFAULT 0, ADD COLUMN penalty bigint NOT NULL DEFAULT 0,
  ADD COLUMN clock_flags text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT placement_penalty_sane CHECK (late_days >= 0 AND penalty BETWEEN 0 AND net AND (late_days > 0 OR penalty = 0));
CREATE INDEX placement_penalty ON placement (government_id, agreement_id) WHERE penalty > 0;
-- +goose StatementBegin
CREATE FUNCTION keep_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = NEW.agreement_id AND a.framework) THEN
      RAISE EXCEPTION 'placement under a framework agreement' USING ERRCODE = '23514', CONSTRAINT = 'placement_under_framework';
    END IF;
  ELSE
    IF OLD.acceptance_id IS NOT NULL AND (NEW.late_days, NEW.penalty) <> (OLD.late_days, OLD.penalty) THEN
      RAISE EXCEPTION 'the penalty of placement % stands', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_penalty_kept';
    END IF;
    IF NOT NEW.clock_flags @> OLD.clock_flags THEN
      RAISE EXCEPTION 'placement % keeps its flags', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_flags_kept';
    END IF;
    IF (NEW.scheduled_on, NEW.published_on) IS NOT DISTINCT FROM (OLD.scheduled_on, OLD.published_on) THEN RETURN NEW; END IF;
  END IF;
  IF EXISTS (SELECT FROM agreement_suspension s WHERE s.government_id = NEW.government_id AND s.agreement_id = NEW.agreement_id
      AND (NEW.scheduled_on IS DISTINCT FROM OLD.scheduled_on AND NEW.scheduled_on >= s.from_on AND NEW.scheduled_on < coalesce(s.resumed_on, 'infinity')
        OR NEW.published_on IS DISTINCT FROM OLD.published_on AND NEW.published_on >= s.from_on AND NEW.published_on < coalesce(s.resumed_on, 'infinity'))) THEN
    RAISE EXCEPTION 'placement % within a suspension', NEW.title USING ERRCODE = '23514', CONSTRAINT = 'placement_in_suspension';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_life BEFORE INSERT OR UPDATE OF scheduled_on, published_on, late_days, penalty, clock_flags ON placement
  FOR EACH ROW EXECUTE FUNCTION keep_life();

-- +goose Down
DROP TRIGGER keep_life ON placement;
DROP FUNCTION keep_life;
DROP INDEX placement_penalty;
ALTER TABLE placement DROP COLUMN due_on, DROP COLUMN late_days, DROP COLUMN penalty, DROP COLUMN clock_flags;
DROP TABLE agreement_final_account, agreement_suspension;
DROP FUNCTION final_account_sum;
DROP TRIGGER keep_times ON placement;
DROP TRIGGER keep_times ON agreement;
DROP FUNCTION keep_times;
DROP TRIGGER keep_framework ON agreement;
DROP FUNCTION keep_framework;
DROP INDEX agreement_running, agreement_framework;
ALTER TABLE agreement DROP COLUMN framework, DROP COLUMN ceiling, DROP COLUMN framework_id, DROP COLUMN suspended_on, DROP COLUMN suspension_reason;
