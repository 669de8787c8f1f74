-- What stations and screens really ran, and what posts reached: logs with their rows, each of which shows one placement at
-- most, and readings of figures, typed or out of the exports of platforms.
-- +goose Up
CREATE TABLE airing_log (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, outlet_id uuid NOT NULL,
  origin text NOT NULL, file_sha256 text NOT NULL, filename text NOT NULL DEFAULT '', status text NOT NULL DEFAULT 'staged',
  first_on date, last_on date, row_count integer NOT NULL DEFAULT 0, wrong_rows integer NOT NULL DEFAULT 0, remarked_rows integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT airing_log_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT airing_log_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT airing_log_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT airing_log_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT airing_log_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT airing_log_origin_known CHECK (origin IN ('vendor', 'staff')),
  CONSTRAINT airing_log_status_known CHECK (status IN ('staged', 'committed', 'voided')),
  CONSTRAINT airing_log_taken_whole CHECK (status <> 'committed' OR wrong_rows = 0),
  CONSTRAINT airing_log_void_for_a_reason CHECK ((status = 'voided') = (void_reason <> '') AND (status = 'voided') = (voided_by IS NOT NULL)
    AND (status = 'voided') = (voided_at IS NOT NULL))
);
CREATE UNIQUE INDEX airing_log_file_once ON airing_log (government_id, agreement_id, outlet_id, file_sha256) WHERE status <> 'voided';
CREATE INDEX airing_log_agency ON airing_log (government_id, agency_id, created_at);
CREATE INDEX airing_log_file ON airing_log (government_id, file_sha256);
CALL wall_table('airing_log');
CALL trail_table('airing_log');
GRANT UPDATE (status, first_on, last_on, row_count, wrong_rows, remarked_rows, voided_at, voided_by, void_reason, version) ON airing_log TO tayang_app;

-- counted: an airing of its own, not one that is known already. The same airing counts once for an agreement and an outlet,
-- whichever file tells of it, and shows one placement at most; a placement is shown by one airing at most.
CREATE TABLE airing (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, log_id uuid NOT NULL, row_number integer NOT NULL,
  agreement_id uuid NOT NULL, outlet_id uuid NOT NULL, aired_on date NOT NULL, aired_at text NOT NULL,
  programme text NOT NULL DEFAULT '', title text NOT NULL DEFAULT '', seconds integer NOT NULL DEFAULT 0, station text NOT NULL DEFAULT '',
  remarks text[] NOT NULL DEFAULT '{}', counted boolean NOT NULL, airing_key text NOT NULL,
  placement_id uuid, confirmed_at timestamptz, confirmed_by uuid, created_at timestamptz NOT NULL, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT airing_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT airing_log_row_once UNIQUE (government_id, log_id, row_number),
  CONSTRAINT airing_log_fkey FOREIGN KEY (government_id, log_id) REFERENCES airing_log,
  CONSTRAINT airing_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT airing_time_of_day CHECK (aired_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$'),
  CONSTRAINT airing_seconds_sane CHECK (seconds BETWEEN 0 AND 86400),
  CONSTRAINT airing_shows_when_counted CHECK (placement_id IS NULL OR counted),
  CONSTRAINT airing_confirmed_by_someone CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL) AND (confirmed_at IS NULL OR placement_id IS NOT NULL))
);
CREATE UNIQUE INDEX airing_once ON airing (government_id, agreement_id, outlet_id, airing_key) WHERE counted;
CREATE UNIQUE INDEX airing_placement_once ON airing (government_id, placement_id) WHERE placement_id IS NOT NULL;
CALL wall_table('airing');
CALL trail_table('airing');
GRANT UPDATE (placement_id, confirmed_at, confirmed_by, counted, version) ON airing TO tayang_app;

CREATE TABLE insight_import (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, platform text NOT NULL, taken_on date NOT NULL,
  file_sha256 text NOT NULL, filename text NOT NULL DEFAULT '', status text NOT NULL DEFAULT 'staged',
  new_rows integer NOT NULL DEFAULT 0, unchanged_rows integer NOT NULL DEFAULT 0, unknown_rows integer NOT NULL DEFAULT 0, wrong_rows integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT insight_import_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT insight_import_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT insight_import_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT insight_import_platform_known CHECK (platform IN ('meta', 'tiktok', 'youtube', 'x')),
  CONSTRAINT insight_import_status_known CHECK (status IN ('staged', 'committed', 'voided')),
  CONSTRAINT insight_import_taken_whole CHECK (status <> 'committed' OR wrong_rows = 0),
  CONSTRAINT insight_import_void_for_a_reason CHECK ((status = 'voided') = (void_reason <> '') AND (status = 'voided') = (voided_by IS NOT NULL)
    AND (status = 'voided') = (voided_at IS NOT NULL))
);
CREATE UNIQUE INDEX insight_import_file_once ON insight_import (government_id, agency_id, file_sha256, taken_on) WHERE status <> 'voided';
CREATE INDEX insight_import_agency ON insight_import (government_id, agency_id, created_at);
CREATE INDEX insight_import_file ON insight_import (government_id, file_sha256);
CALL wall_table('insight_import');
CALL trail_table('insight_import');
GRANT UPDATE (status, new_rows, unchanged_rows, unknown_rows, wrong_rows, voided_at, voided_by, void_reason, version) ON insight_import TO tayang_app;

CREATE TABLE insight (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, placement_id uuid NOT NULL, taken_on date NOT NULL,
  due_day integer NOT NULL DEFAULT 0, late_days integer NOT NULL DEFAULT 0,
  reach bigint, views bigint, likes bigint, comments bigint, shares bigint, saves bigint, impressions bigint,
  source text NOT NULL, import_id uuid, file_sha256 text, row_number integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT insight_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT insight_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT insight_import_fkey FOREIGN KEY (government_id, import_id) REFERENCES insight_import,
  CONSTRAINT insight_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT insight_source_known CHECK (source IN ('typed', 'export')),
  CONSTRAINT insight_export_has_file CHECK ((source = 'export') = (file_sha256 IS NOT NULL) AND (source = 'export') = (import_id IS NOT NULL)),
  CONSTRAINT insight_due_day_sane CHECK (due_day BETWEEN 0 AND 365 AND late_days >= 0 AND (due_day > 0 OR late_days = 0)),
  CONSTRAINT insight_says_something CHECK (num_nonnulls(reach, views, likes, comments, shares, saves, impressions) > 0),
  CONSTRAINT insight_figures_sane CHECK (least(reach, views, likes, comments, shares, saves, impressions) >= 0),
  CONSTRAINT insight_void_for_a_reason CHECK ((voided_at IS NULL) = (void_reason = '') AND (voided_at IS NULL) = (voided_by IS NULL))
);
CREATE UNIQUE INDEX insight_day_once ON insight (government_id, placement_id, taken_on) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX insight_due_day_once ON insight (government_id, placement_id, due_day) WHERE voided_at IS NULL AND due_day > 0;
CREATE INDEX insight_by_import ON insight (government_id, import_id) WHERE import_id IS NOT NULL;
CREATE INDEX insight_file ON insight (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CALL wall_table('insight');
CALL trail_table('insight');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON insight TO tayang_app;

-- In the history of their record: logs in that of the agreement, matches and readings in that of the placement.
CALL trail_child('airing_log', 'agreement_id');
CALL trail_child('airing', 'placement_id');
CALL trail_child('insight', 'placement_id');

-- +goose Down
DROP TABLE insight, insight_import, airing, airing_log;
SELECT write_audit_parent();
