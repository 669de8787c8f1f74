-- How an agreement was procured, the papers of its file, which papers a file must hold, and the year's lists of cooperating
-- media. Agreements from before say nothing of it.
-- +goose Up
ALTER TABLE agreement
  ADD COLUMN package text NOT NULL DEFAULT '', ADD COLUMN rup_announced_on date, ADD COLUMN no_estimate_reason text NOT NULL DEFAULT '',
  ADD COLUMN legal_basis text NOT NULL DEFAULT '', ADD COLUMN media_plan text NOT NULL DEFAULT '', ADD COLUMN minutes_number text NOT NULL DEFAULT '',
  ADD COLUMN minutes_date date, ADD COLUMN shortfall_rule text NOT NULL DEFAULT '',
  ADD CONSTRAINT agreement_shortfall_known CHECK (shortfall_rule IN ('', 'per_unit', 'make_good'));

CREATE TABLE agreement_paper (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, code text NOT NULL, name text NOT NULL DEFAULT '',
  number text NOT NULL DEFAULT '', date date, file_sha256 text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT agreement_paper_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_paper_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT agreement_paper_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT agreement_paper_code_filled CHECK (code <> ''),
  CONSTRAINT agreement_paper_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX agreement_paper_file_once ON agreement_paper (government_id, agreement_id, code, file_sha256) WHERE voided_at IS NULL;
CREATE INDEX agreement_paper_file ON agreement_paper (government_id, file_sha256);
CALL wall_table('agreement_paper');
CALL trail_table('agreement_paper');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON agreement_paper TO tayang_app;

-- An empty kind, method or form means any.
CREATE TABLE paper_requirement (
  government_id uuid NOT NULL, id uuid NOT NULL, code text NOT NULL, name_id text NOT NULL, name_en text NOT NULL, kind text NOT NULL DEFAULT '',
  method text NOT NULL DEFAULT '', form text NOT NULL DEFAULT '', mandatory boolean NOT NULL, owner text NOT NULL,
  valid_from date NOT NULL, valid_to date, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT paper_requirement_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT paper_requirement_kind_known CHECK (kind IN ('', 'media', 'influencer')),
  CONSTRAINT paper_requirement_owner_known CHECK (owner IN ('staff', 'ppk', 'procurement', 'vendor')),
  CONSTRAINT paper_requirement_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT paper_requirement_filled CHECK (code <> '' AND name_id <> '' AND name_en <> '' AND basis <> ''),
  CONSTRAINT paper_requirement_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX paper_requirement_code ON paper_requirement (government_id, code, valid_from);
CALL wall_table('paper_requirement');
CALL trail_table('paper_requirement');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON paper_requirement TO tayang_app;

CREATE TABLE cooperation_list (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid, fiscal_year integer NOT NULL, number text NOT NULL, date date NOT NULL, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT cooperation_list_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT cooperation_list_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT cooperation_list_year_known CHECK (fiscal_year BETWEEN 2000 AND 2100),
  CONSTRAINT cooperation_list_filled CHECK (number <> '' AND basis <> ''),
  CONSTRAINT cooperation_list_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX cooperation_list_number_unique ON cooperation_list (government_id, fiscal_year, number) WHERE voided_at IS NULL;
CALL wall_table('cooperation_list');
CALL trail_table('cooperation_list');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON cooperation_list TO tayang_app;

CREATE TABLE cooperation_entry (
  government_id uuid NOT NULL, id uuid NOT NULL, cooperation_list_id uuid NOT NULL, outlet_id uuid, social_account_id uuid,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT cooperation_entry_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT cooperation_entry_list_fkey FOREIGN KEY (government_id, cooperation_list_id) REFERENCES cooperation_list,
  CONSTRAINT cooperation_entry_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT cooperation_entry_social_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT cooperation_entry_one_channel CHECK (num_nonnulls(outlet_id, social_account_id) = 1),
  CONSTRAINT cooperation_entry_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX cooperation_entry_outlet_once ON cooperation_entry (government_id, cooperation_list_id, outlet_id) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX cooperation_entry_account_once ON cooperation_entry (government_id, cooperation_list_id, social_account_id) WHERE voided_at IS NULL;
CALL wall_table('cooperation_entry');
CALL trail_table('cooperation_entry');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON cooperation_entry TO tayang_app;

-- +goose Down
DROP TABLE cooperation_entry, cooperation_list, paper_requirement, agreement_paper;
ALTER TABLE agreement DROP COLUMN package, DROP COLUMN rup_announced_on, DROP COLUMN no_estimate_reason, DROP COLUMN legal_basis,
  DROP COLUMN media_plan, DROP COLUMN minutes_number, DROP COLUMN minutes_date, DROP COLUMN shortfall_rule;
