-- What a payment's file holds beside what the program knows already, and when each paper of a file is asked for.
-- +goose Up
ALTER TABLE paper_requirement
  ADD COLUMN stage text NOT NULL DEFAULT '', ADD COLUMN payment_kind text NOT NULL DEFAULT '', ADD COLUMN channel text NOT NULL DEFAULT '',
  ADD COLUMN vendor_kind text NOT NULL DEFAULT '', ADD COLUMN vat boolean NOT NULL DEFAULT false,
  ADD COLUMN via_agency boolean NOT NULL DEFAULT false, ADD COLUMN above bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT paper_requirement_owner_known,
  ADD CONSTRAINT paper_requirement_owner_known CHECK (owner IN ('staff', 'ppk', 'procurement', 'vendor', 'treasurer', 'verifier')),
  ADD CONSTRAINT paper_requirement_stage_known CHECK (stage IN ('', 'agreement', 'payment', 'settlement')),
  ADD CONSTRAINT paper_requirement_payment_kind_known CHECK (payment_kind IN ('', 'ls', 'up', 'gu', 'tu')),
  ADD CONSTRAINT paper_requirement_channel_known CHECK (channel IN ('', 'print', 'online', 'radio', 'tv', 'outdoor', 'social')),
  ADD CONSTRAINT paper_requirement_vendor_kind_known CHECK (vendor_kind IN ('', 'company', 'individual')),
  ADD CONSTRAINT paper_requirement_above_not_negative CHECK (above >= 0),
  ADD CONSTRAINT paper_requirement_conditions_of_payment CHECK (stage NOT IN ('', 'agreement')
    OR payment_kind = '' AND channel = '' AND vendor_kind = '' AND NOT vat AND NOT via_agency AND above = 0);

CREATE TABLE payment_paper (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, code text NOT NULL, name text NOT NULL DEFAULT '',
  number text NOT NULL DEFAULT '', date date, file_sha256 text NOT NULL, filename text NOT NULL DEFAULT '', origin text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT payment_paper_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_paper_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_paper_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT payment_paper_author_fkey FOREIGN KEY (government_id, created_by) REFERENCES user_account,
  CONSTRAINT payment_paper_code_filled CHECK (code <> ''),
  CONSTRAINT payment_paper_other_named CHECK (code <> 'other' OR name <> ''),
  CONSTRAINT payment_paper_origin_known CHECK (origin IN ('vendor', 'staff')),
  CONSTRAINT payment_paper_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX payment_paper_file_once ON payment_paper (government_id, payment_id, code, file_sha256) WHERE voided_at IS NULL;
CREATE INDEX payment_paper_file ON payment_paper (government_id, file_sha256);
CALL wall_table('payment_paper');
CALL trail_table('payment_paper');
CALL trail_child('payment_paper', 'payment_id');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON payment_paper TO tayang_app;

-- +goose Down
DROP TABLE payment_paper;
SELECT write_audit_parent();
ALTER TABLE paper_requirement DROP COLUMN stage, DROP COLUMN payment_kind, DROP COLUMN channel, DROP COLUMN vendor_kind, DROP COLUMN vat,
  DROP COLUMN via_agency, DROP COLUMN above, DROP CONSTRAINT paper_requirement_owner_known,
  ADD CONSTRAINT paper_requirement_owner_known CHECK (owner IN ('staff', 'ppk', 'procurement', 'vendor'));
