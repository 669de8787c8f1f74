-- The vendor's file: his papers, and what was checked about him. Neither is ever changed; a newer row stands beside
-- the older one.
-- +goose Up
CREATE TABLE vendor_document (
  government_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, kind text NOT NULL, name text NOT NULL,
  number text NOT NULL DEFAULT '', date date, valid_until date, file_sha256 text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT vendor_document_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_document_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT vendor_document_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT vendor_document_file_once UNIQUE (government_id, vendor_id, kind, file_sha256),
  CONSTRAINT vendor_document_name_filled CHECK (kind <> '' AND name <> ''),
  CONSTRAINT vendor_document_dates_ordered CHECK (valid_until >= date)
);
CREATE INDEX vendor_document_file ON vendor_document (government_id, file_sha256);

CREATE TABLE vendor_check (
  government_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, subject text NOT NULL, checked_on date NOT NULL,
  result text NOT NULL, remark text NOT NULL DEFAULT '', created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT vendor_check_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_check_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT vendor_check_subject_filled CHECK (subject <> ''),
  CONSTRAINT vendor_check_result_known CHECK (result IN ('pass', 'fail', 'unknown'))
);
CREATE INDEX vendor_check_vendor ON vendor_check (government_id, vendor_id);

-- A company's 15-digit NPWP is its 16-digit one without the leading zero: both are one taxpayer.
CREATE UNIQUE INDEX vendor_npwp_unique ON vendor (government_id, lpad(npwp, 16, '0')) WHERE npwp <> '';
CREATE INDEX social_snapshot_file ON social_snapshot (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX proof_file ON proof (government_id, file_sha256);
CREATE INDEX invoice_file ON invoice (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX campaign_agency ON campaign (government_id, agency_id, id);

ALTER TABLE vendor_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE vendor_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_government ON vendor_document
  USING (government_id = nullif(current_setting('tayang.government', true), '')::uuid);
CREATE POLICY own_government ON vendor_check
  USING (government_id = nullif(current_setting('tayang.government', true), '')::uuid);
GRANT SELECT, INSERT ON vendor_document, vendor_check TO tayang_app;

-- +goose Down
DROP INDEX campaign_agency, invoice_file, proof_file, social_snapshot_file, vendor_npwp_unique;
DROP TABLE vendor_check, vendor_document;
