-- Rules with dates, set by the government or for one agency, and what was known of an agreement on the day it came into
-- force: which rules it met, under what it passed, and the facts that were looked at.
-- +goose Up
CREATE TABLE rule (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid, code text NOT NULL, mode text NOT NULL DEFAULT '', figure bigint,
  valid_from date NOT NULL, valid_to date, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT rule_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT rule_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT rule_mode_known CHECK (mode IN ('', 'refuse', 'warn', 'off')),
  CONSTRAINT rule_says_something CHECK (mode <> '' OR figure IS NOT NULL),
  CONSTRAINT rule_figure_not_negative CHECK (figure >= 0),
  CONSTRAINT rule_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT rule_basis_filled CHECK (basis <> ''),
  CONSTRAINT rule_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX rule_code ON rule (government_id, code, valid_from);
CALL wall_table('rule');
CALL trail_table('rule');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON rule TO tayang_app;

CREATE TABLE agreement_assessment (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, order_date date NOT NULL,
  made_at timestamptz NOT NULL, made_by uuid NOT NULL, assessment jsonb NOT NULL,
  CONSTRAINT agreement_assessment_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_assessment_once UNIQUE (government_id, agreement_id),
  CONSTRAINT agreement_assessment_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement
);
CALL wall_table('agreement_assessment');
CALL trail_table('agreement_assessment');

-- +goose Down
DROP TABLE agreement_assessment, rule;
