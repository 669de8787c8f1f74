-- The trail: every change of a row, with who made it and why, kept as the exact text that is sealed into the log.
-- +goose Up
CREATE SEQUENCE audit_event_seq;
CREATE TABLE audit_event (
  government_id uuid NOT NULL, seq bigint NOT NULL, recorded_at timestamptz NOT NULL, agency_id uuid, actor_id uuid,
  verb text NOT NULL, table_name text NOT NULL, row_id text NOT NULL, op text NOT NULL, outside boolean NOT NULL, event text NOT NULL,
  CONSTRAINT audit_event_pkey PRIMARY KEY (government_id, seq),
  CONSTRAINT audit_event_op_known CHECK (op IN ('baseline', 'insert', 'update', 'delete'))
);
CREATE INDEX audit_event_row ON audit_event (government_id, row_id, seq);
CREATE INDEX audit_event_actor ON audit_event (government_id, actor_id, seq);
CREATE INDEX audit_event_agency ON audit_event (government_id, agency_id, seq);
CREATE INDEX audit_event_outside ON audit_event (government_id, seq) WHERE outside;
CREATE INDEX audit_event_time ON audit_event USING brin (government_id, recorded_at);

-- What is sealed: one row for each growth of the tree to the size. seqs are the events that became leaves, in order,
-- the first of them leaf size - cardinality(seqs); hashes are those that the growth adds to the tree's storage (tlog),
-- from hash_from on. Every event up to low is in this seal or in an earlier one.
CREATE TABLE audit_seal (
  government_id uuid NOT NULL, size bigint NOT NULL, seqs bigint[] NOT NULL, seq_min bigint NOT NULL, seq_max bigint NOT NULL,
  low bigint NOT NULL, hash_from bigint NOT NULL, hashes bytea NOT NULL, root bytea NOT NULL, note text NOT NULL, key_name text NOT NULL,
  sealed_at timestamptz NOT NULL,
  CONSTRAINT audit_seal_pkey PRIMARY KEY (government_id, size),
  CONSTRAINT audit_seal_hashes_unique UNIQUE (government_id, hash_from),
  CONSTRAINT audit_seal_sane CHECK (size >= cardinality(seqs) AND cardinality(seqs) > 0 AND length(root) = 32 AND length(hashes) % 32 = 0)
);
ALTER TABLE audit_seal ALTER COLUMN hashes SET STORAGE EXTERNAL;
CREATE INDEX audit_seal_seq ON audit_seal (government_id, seq_max);

-- The keys that sign the log of a government, in the order in which they came. The first checkpoint of a key says what
-- it follows; reason is 'first', 'rotated' or 'lost'.
CREATE TABLE audit_key (
  government_id uuid NOT NULL, id uuid NOT NULL, verifier text NOT NULL, begins_at_size bigint NOT NULL, reason text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT audit_key_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT audit_key_verifier_unique UNIQUE (government_id, verifier),
  CONSTRAINT audit_key_reason_known CHECK (reason IN ('first', 'rotated', 'lost'))
);

-- A row as the trail keeps it: secrets by their hash.
CREATE FUNCTION audit_image(p_table text, p_row jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_table
    WHEN 'user_account' THEN p_row || jsonb_build_object('password_hash', encode(sha256(convert_to(p_row ->> 'password_hash', 'UTF8')), 'hex'))
    WHEN 'session' THEN p_row || jsonb_build_object('secret_hash', encode(sha256(convert_to(p_row ->> 'secret_hash', 'UTF8')), 'hex'))
    ELSE p_row END
$$;

-- A row without what the program counts by itself: balances follow from the ledger, counters from the rows they count.
CREATE FUNCTION audit_lasting(p_table text, p_row jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_table
    WHEN 'budget_line' THEN p_row - '{appropriation,available,reserved,committed,realised,version}'::text[]
    WHEN 'deliverable' THEN p_row - 'placed'
    WHEN 'report_run' THEN p_row - '{rows_done,rows_total,lease,due_at,attempts,started_at,version}'::text[]
    ELSE p_row END
$$;

-- What a row says otherwise than its last image in the trail, by columns; NULL when nothing. A column that the image does
-- not know was added later: it is as it began when it is empty.
-- +goose StatementBegin
CREATE FUNCTION audit_difference(p_table text, p_row jsonb, p_image jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  r jsonb := audit_lasting(p_table, audit_image(p_table, p_row)); i jsonb := audit_lasting(p_table, p_image);
BEGIN
  IF r = i THEN RETURN NULL; END IF;
  RETURN (SELECT string_agg(c.key, ', ' ORDER BY c.key) FROM jsonb_each(r) c
    WHERE CASE WHEN i ? c.key THEN i -> c.key <> c.value ELSE c.value NOT IN ('null', '""', '0', 'false', '[]', '{}') END);
END $$;
-- +goose StatementEnd

-- Writes one event. Whoever changes a row without saying who he is has come past the program.
-- +goose StatementBegin
CREATE FUNCTION write_event(p_government uuid, p_table text, p_row text, p_op text, p_agency text, p_old jsonb, p_new jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  s bigint := nextval('audit_event_seq'); at timestamptz := clock_timestamp();
  actor text := coalesce(current_setting('tayang.actor', true), ''); verb text := coalesce(current_setting('tayang.verb', true), '');
  agency text := coalesce(p_agency, nullif(current_setting('tayang.agency', true), ''));
BEGIN
  IF actor = '' THEN verb := 'outside'; END IF;
  INSERT INTO audit_event (government_id, seq, recorded_at, agency_id, actor_id, verb, table_name, row_id, op, outside, event)
  VALUES (p_government, s, at, agency::uuid, nullif(actor, '')::uuid, verb, p_table, p_row, p_op, actor = '', json_build_object(
    'seq', s, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'government', p_government, 'agency', agency,
    'actor', nullif(actor, ''), 'verb', verb, 'reason', coalesce(current_setting('tayang.reason', true), ''),
    'request', coalesce(current_setting('tayang.request', true), ''), 'table', p_table, 'row', p_row, 'op', p_op, 'old', p_old, 'new', p_new,
    'outside', CASE WHEN actor = '' THEN json_build_object('role', session_user, 'program', current_setting('application_name')) END)::text);
END $$;

-- The trigger of every table; its argument names the column that tells one row of a government from another. An update
-- keeps the whole new row and of the old one what differs. The time zone is fixed, for a row must read the same to all.
CREATE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  o jsonb; n jsonb; r jsonb;
BEGIN
  IF TG_OP <> 'INSERT' THEN o := audit_image(TG_TABLE_NAME, to_jsonb(OLD)); END IF;
  IF TG_OP <> 'DELETE' THEN n := audit_image(TG_TABLE_NAME, to_jsonb(NEW)); END IF;
  r := coalesce(n, o);
  IF TG_OP = 'UPDATE' THEN
    IF o = n OR coalesce(current_setting('tayang.actor', true), '') <> '' AND audit_lasting(TG_TABLE_NAME, o) = audit_lasting(TG_TABLE_NAME, n) THEN
      RETURN NULL;
    END IF;
    o := (SELECT jsonb_object_agg(was.key, was.value) FROM jsonb_each(o) was WHERE n -> was.key IS DISTINCT FROM was.value);
  END IF;
  PERFORM write_event((r ->> 'government_id')::uuid, TG_TABLE_NAME, r ->> TG_ARGV[0], lower(TG_OP), r ->> 'agency_id', o, n);
  RETURN NULL;
END $$;

-- The law's tax rates belong to no government: each is told.
CREATE FUNCTION record_rate_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o jsonb; n jsonb; r jsonb; g uuid;
BEGIN
  IF TG_OP <> 'INSERT' THEN o := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN n := to_jsonb(NEW); END IF;
  r := coalesce(n, o);
  FOR g IN SELECT government_id FROM government LOOP
    PERFORM write_event(g, 'tax_rate', (r ->> 'kind') || ' ' || (r ->> 'valid_from'), lower(TG_OP), NULL, o, n);
  END LOOP;
  RETURN NULL;
END $$;

-- A government begins with the rates that are in force.
CREATE FUNCTION record_rates_at_begin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM write_event(NEW.government_id, 'tax_rate', kind || ' ' || valid_from, 'baseline', NULL, NULL, to_jsonb(t)) FROM tax_rate t;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps public records and cannot be emptied', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

-- For each new table: what may be recorded about whom (wall_table), and that every change is recorded (trail_table).
-- p_key tells a row of a government from another; p_counters are columns whose updates alone are no event.
CREATE PROCEDURE wall_table(p_table text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format($p$CREATE POLICY own_government ON %I USING (government_id = nullif(current_setting('tayang.government', true), '')::uuid)$p$, p_table);
  EXECUTE format('GRANT SELECT, INSERT ON %I TO tayang_app', p_table);
END $$;

CREATE PROCEDURE trail_table(p_table text, p_key text DEFAULT 'id', p_counters text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
  lasting text;
BEGIN
  EXECUTE format('CREATE TRIGGER trail AFTER INSERT OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION record_change(%L)', p_table, p_key);
  SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', a.attname), ' OR ') INTO lasting FROM pg_attribute a
    WHERE a.attrelid = p_table::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (p_counters);
  EXECUTE format('CREATE TRIGGER trail_update AFTER UPDATE ON %I FOR EACH ROW %s EXECUTE FUNCTION record_change(%L)', p_table,
    CASE WHEN p_counters <> '{}' THEN 'WHEN (coalesce(current_setting(''tayang.actor'', true), '''') = '''' OR ' || lasting || ')' END, p_key);
  EXECUTE format('CREATE TRIGGER keep AFTER TRUNCATE ON %I EXECUTE FUNCTION refuse_truncate()', p_table);
END $$;

DO $$
DECLARE
  t record;
BEGIN
  PERFORM set_config('tayang.actor', '00000000-0000-0000-0000-000000000000', true), set_config('tayang.verb', 'trail.begin', true),
    set_config('timezone', 'UTC', true);
  FOR t IN SELECT * FROM (VALUES
    ('government', 'government_id', '{}'), ('agency', 'id', '{}'), ('user_account', 'id', '{}'), ('user_role', 'id', '{}'),
    ('session', 'id', '{}'), ('budget_version', 'id', '{}'), ('budget_version_line', 'id', '{}'),
    ('budget_line', 'id', '{appropriation,available,reserved,committed,realised,version}'), ('ledger_entry', 'seq', '{}'),
    ('file', 'sha256', '{}'), ('vendor', 'id', '{}'), ('vendor_document', 'id', '{}'), ('vendor_check', 'id', '{}'),
    ('outlet', 'id', '{}'), ('social_account', 'id', '{}'), ('social_snapshot', 'id', '{}'), ('campaign', 'id', '{}'),
    ('agreement', 'id', '{}'), ('deliverable', 'id', '{placed}'), ('placement', 'id', '{}'), ('proof', 'id', '{}'),
    ('acceptance', 'id', '{}'), ('invoice', 'id', '{}'), ('payment', 'id', '{}'), ('payment_tax', 'id', '{}'),
    ('report_run', 'id', '{rows_done,rows_total,lease,due_at,attempts,started_at,version}')
  ) AS v(name, key, counters) LOOP
    CALL trail_table(t.name, t.key, t.counters::text[]);
    -- What is there before the trail begins is its first image.
    EXECUTE format($q$SELECT write_event(r.government_id, %1$L, r.%2$I::text, 'baseline', to_jsonb(r) ->> 'agency_id', NULL, audit_image(%1$L, to_jsonb(r)))
      FROM %1$I r ORDER BY r.government_id, r.%2$I$q$, t.name, t.key);
  END LOOP;
  PERFORM write_event(g.government_id, 'tax_rate', r.kind || ' ' || r.valid_from, 'baseline', NULL, NULL, to_jsonb(r))
    FROM government g CROSS JOIN tax_rate r;
END $$;
-- +goose StatementEnd
CREATE TRIGGER trail AFTER INSERT OR UPDATE OR DELETE ON tax_rate FOR EACH ROW EXECUTE FUNCTION record_rate_change();
CREATE TRIGGER keep AFTER TRUNCATE ON tax_rate EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER begin_rates AFTER INSERT ON government FOR EACH ROW EXECUTE FUNCTION record_rates_at_begin();
CREATE TRIGGER keep AFTER TRUNCATE ON audit_event EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER keep AFTER TRUNCATE ON audit_seal EXECUTE FUNCTION refuse_truncate();

CALL wall_table('audit_event');
CALL wall_table('audit_seal');
CALL wall_table('audit_key');
REVOKE INSERT ON audit_event FROM tayang_app;
CALL trail_table('audit_key');

-- Which governments have events above p_after, over all walls: the sealer asks before it looks into one.
CREATE FUNCTION governments_to_seal(p_after bigint) RETURNS TABLE (government_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT g.government_id FROM government g
  WHERE EXISTS (SELECT FROM audit_event e WHERE e.government_id = g.government_id AND e.seq > p_after)
$$;
GRANT SELECT ON audit_event_seq TO tayang_app;
REVOKE EXECUTE ON FUNCTION record_change, record_rate_change, record_rates_at_begin, governments_to_seal, write_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION governments_to_seal TO tayang_app;

-- +goose Down
DROP TRIGGER begin_rates ON government;
DROP FUNCTION governments_to_seal;
DROP TABLE audit_key, audit_seal, audit_event;
DROP FUNCTION record_change, record_rate_change, record_rates_at_begin, refuse_truncate CASCADE;
DROP PROCEDURE trail_table, wall_table;
DROP FUNCTION write_event, audit_difference, audit_lasting, audit_image;
DROP SEQUENCE audit_event_seq;
