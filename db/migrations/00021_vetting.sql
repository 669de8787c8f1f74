-- Vetting: what a year asks of outlets and influencers, what was found of each, the standing with the Press Council as it
-- was on every day, which business classes and account codes a product may have, and who may not be ordered from.
-- +goose Up
ALTER TABLE vendor ADD COLUMN phone text NOT NULL DEFAULT '', ADD COLUMN email text NOT NULL DEFAULT '',
  ADD COLUMN directors jsonb NOT NULL DEFAULT '[]';

CREATE TABLE requirement (
  government_id uuid NOT NULL, id uuid NOT NULL, fiscal_year integer NOT NULL, outlet_kind text NOT NULL, code text NOT NULL, name text NOT NULL,
  mandatory boolean NOT NULL, points integer NOT NULL, expires boolean NOT NULL, criterion text NOT NULL DEFAULT 'none', basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT requirement_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT requirement_kind_known CHECK (outlet_kind IN ('print', 'online', 'radio', 'tv', 'outdoor', 'influencer')),
  CONSTRAINT requirement_criterion_known CHECK (criterion IN ('none', 'press_administrative', 'press_factual', 'competence', 'npwp', 'bank_account', 'nib', 'domain', 'active_2_years')),
  CONSTRAINT requirement_filled CHECK (code <> '' AND name <> '' AND basis <> ''),
  CONSTRAINT requirement_points_sane CHECK (points BETWEEN 0 AND 1000),
  CONSTRAINT requirement_year_sane CHECK (fiscal_year BETWEEN 2000 AND 2200),
  CONSTRAINT requirement_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX requirement_code_unique ON requirement (government_id, fiscal_year, outlet_kind, code) WHERE voided_at IS NULL;

CREATE TABLE grade_bound (
  government_id uuid NOT NULL, id uuid NOT NULL, fiscal_year integer NOT NULL, outlet_kind text NOT NULL DEFAULT '', grade text NOT NULL,
  min_points integer NOT NULL, valid_from date NOT NULL, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT grade_bound_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT grade_bound_kind_known CHECK (outlet_kind IN ('', 'print', 'online', 'radio', 'tv', 'outdoor', 'influencer')),
  CONSTRAINT grade_bound_filled CHECK (grade <> '' AND basis <> ''),
  CONSTRAINT grade_bound_points_sane CHECK (min_points BETWEEN 0 AND 100000),
  CONSTRAINT grade_bound_day_in_year CHECK (extract(year FROM valid_from) = fiscal_year),
  CONSTRAINT grade_bound_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX grade_bound_unique ON grade_bound (government_id, fiscal_year, outlet_kind, grade, valid_from) WHERE voided_at IS NULL;

-- A result stays as it is; a newer one stands beside it. It counts once somebody else has verified it.
CREATE TABLE requirement_result (
  government_id uuid NOT NULL, id uuid NOT NULL, requirement_id uuid NOT NULL, vendor_id uuid NOT NULL, outlet_id uuid, social_account_id uuid,
  met boolean NOT NULL, valid_from date NOT NULL, valid_until date, file_sha256 text, note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, verified_at timestamptz, verified_by uuid,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT requirement_result_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT requirement_result_requirement_fkey FOREIGN KEY (government_id, requirement_id) REFERENCES requirement,
  CONSTRAINT requirement_result_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT requirement_result_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT requirement_result_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT requirement_result_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT requirement_result_one_subject CHECK (num_nonnulls(outlet_id, social_account_id) <= 1),
  CONSTRAINT requirement_result_dates_ordered CHECK (valid_until >= valid_from),
  CONSTRAINT requirement_result_verified_by_someone CHECK ((verified_at IS NULL) = (verified_by IS NULL)),
  CONSTRAINT requirement_result_not_verified_by_author CHECK (verified_by <> created_by),
  CONSTRAINT requirement_result_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX requirement_result_vendor ON requirement_result (government_id, vendor_id);
CREATE INDEX requirement_result_file ON requirement_result (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- What the Press Council said of an outlet, and when somebody looked.
CREATE TABLE press_check (
  government_id uuid NOT NULL, id uuid NOT NULL, outlet_id uuid NOT NULL, status text NOT NULL, checked_on date NOT NULL,
  certificate_number text NOT NULL DEFAULT '', certificate_date date, certificate_valid_until date, file_sha256 text, note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT press_check_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT press_check_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT press_check_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT press_check_status_known CHECK (status IN ('unlisted', 'in_process', 'administrative', 'factual', 'revoked')),
  CONSTRAINT press_check_dates_ordered CHECK (certificate_valid_until >= certificate_date)
);
CREATE INDEX press_check_outlet ON press_check (government_id, outlet_id, checked_on);
CREATE INDEX press_check_file ON press_check (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

CREATE TABLE journalist_certificate (
  government_id uuid NOT NULL, id uuid NOT NULL, outlet_id uuid NOT NULL, name text NOT NULL, number text NOT NULL, level text NOT NULL,
  date date, valid_until date, file_sha256 text,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT journalist_certificate_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT journalist_certificate_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT journalist_certificate_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT journalist_certificate_filled CHECK (name <> '' AND number <> ''),
  CONSTRAINT journalist_certificate_level_known CHECK (level IN ('muda', 'madya', 'utama')),
  CONSTRAINT journalist_certificate_dates_ordered CHECK (valid_until >= date),
  CONSTRAINT journalist_certificate_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX journalist_certificate_number_unique ON journalist_certificate (government_id, outlet_id, number) WHERE voided_at IS NULL;
CREATE INDEX journalist_certificate_file ON journalist_certificate (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

CREATE TABLE product_rule (
  government_id uuid NOT NULL, id uuid NOT NULL, product text NOT NULL, kbli text[] NOT NULL, accounts text[] NOT NULL,
  valid_from date NOT NULL, valid_to date, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT product_rule_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT product_rule_filled CHECK (product <> '' AND basis <> ''),
  CONSTRAINT product_rule_says_something CHECK (cardinality(kbli) + cardinality(accounts) > 0),
  CONSTRAINT product_rule_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT product_rule_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX product_rule_unique ON product_rule (government_id, product, valid_from) WHERE voided_at IS NULL;

CREATE TABLE blacklist (
  government_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, valid_from date NOT NULL, valid_until date, ground text NOT NULL,
  decree_number text NOT NULL, file_sha256 text, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  lifted_on date, lifted_at timestamptz, lifted_by uuid, lift_reason text NOT NULL DEFAULT '',
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT blacklist_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT blacklist_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT blacklist_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT blacklist_filled CHECK (ground <> '' AND decree_number <> ''),
  CONSTRAINT blacklist_dates_ordered CHECK (valid_until >= valid_from AND lifted_on >= valid_from),
  CONSTRAINT blacklist_lifted_by_someone CHECK ((lifted_on IS NULL) = (lifted_by IS NULL) AND (lifted_on IS NULL) = (lifted_at IS NULL) AND (lifted_on IS NULL) = (lift_reason = '')),
  CONSTRAINT blacklist_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX blacklist_decree_unique ON blacklist (government_id, vendor_id, decree_number) WHERE voided_at IS NULL;
CREATE INDEX blacklist_file ON blacklist (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['requirement', 'grade_bound', 'requirement_result', 'press_check', 'journalist_certificate', 'product_rule', 'blacklist'] LOOP
    CALL wall_table(t);
    CALL trail_table(t);
    IF t <> 'press_check' THEN
      EXECUTE format('GRANT UPDATE (voided_at, voided_by, void_reason, version) ON %I TO tayang_app', t);
    END IF;
  END LOOP;
END $$;
-- +goose StatementEnd
GRANT UPDATE (verified_at, verified_by) ON requirement_result TO tayang_app;
GRANT UPDATE (lifted_on, lifted_at, lifted_by, lift_reason) ON blacklist TO tayang_app;

-- +goose Down
DROP TABLE blacklist, product_rule, journalist_certificate, press_check, requirement_result, grade_bound, requirement;
ALTER TABLE vendor DROP COLUMN phone, DROP COLUMN email, DROP COLUMN directors;
