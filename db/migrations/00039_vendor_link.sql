-- What a vendor sees and sends through a signed link: the link (its secret only as a hash), each visit through it, and what was
-- sent, which waits for the staff. A link is nobody's account: what it sends carries the link's id as its author.
-- +goose Up
CREATE TABLE vendor_link (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, vendor_id uuid NOT NULL, agreement_id uuid,
  purpose text NOT NULL, email text NOT NULL DEFAULT '', secret_hash bytea NOT NULL, expires_at timestamptz NOT NULL,
  revoked_at timestamptz, revoked_by uuid, revoke_reason text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT vendor_link_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_link_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT vendor_link_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT vendor_link_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT vendor_link_author_fkey FOREIGN KEY (government_id, created_by) REFERENCES user_account,
  CONSTRAINT vendor_link_secret_hashed CHECK (length(secret_hash) = 32),
  CONSTRAINT vendor_link_ends CHECK (expires_at > created_at AND expires_at <= created_at + interval '90 days'),
  CONSTRAINT vendor_link_revoked_for_a_reason CHECK ((revoked_at IS NULL) = (revoke_reason = '') AND (revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX vendor_link_agency ON vendor_link (government_id, agency_id, created_at);
CREATE INDEX vendor_link_vendor ON vendor_link (government_id, vendor_id);
CREATE INDEX vendor_link_agreement ON vendor_link (government_id, agreement_id) WHERE agreement_id IS NOT NULL;
CALL wall_table('vendor_link');
CALL trail_table('vendor_link');
CALL trail_child('vendor_link', 'vendor_id');
GRANT UPDATE (revoked_at, revoked_by, revoke_reason, version) ON vendor_link TO tayang_app;

-- One opening of a link: the session of whoever holds it, for some hours.
CREATE TABLE vendor_visit (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, link_id uuid NOT NULL, secret_hash bytea NOT NULL,
  source text NOT NULL, agent text NOT NULL, opened_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, ended_at timestamptz,
  CONSTRAINT vendor_visit_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_visit_link_fkey FOREIGN KEY (government_id, link_id) REFERENCES vendor_link,
  CONSTRAINT vendor_visit_secret_hashed CHECK (length(secret_hash) = 32),
  CONSTRAINT vendor_visit_ends CHECK (expires_at > opened_at AND expires_at <= opened_at + interval '1 day')
);
CREATE INDEX vendor_visit_link ON vendor_visit (government_id, link_id, opened_at);
CALL wall_table('vendor_visit');
CALL trail_table('vendor_visit');
GRANT UPDATE (ended_at) ON vendor_visit TO tayang_app;

-- What came through a link. A proof stands at its placement at once; what it says of the publication, and an invoice, wait for
-- the staff. once tells the same form sent twice.
CREATE TABLE vendor_submission (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, link_id uuid NOT NULL, visit_id uuid NOT NULL, vendor_id uuid NOT NULL,
  agreement_id uuid NOT NULL, placement_id uuid, kind text NOT NULL, status text NOT NULL, once uuid NOT NULL,
  file_sha256 text NOT NULL, filename text NOT NULL DEFAULT '', proof_id uuid, url text NOT NULL DEFAULT '', published_on date,
  number text NOT NULL DEFAULT '', date date, amount bigint NOT NULL DEFAULT 0, tax_invoice_number text NOT NULL DEFAULT '',
  placement_ids uuid[] NOT NULL DEFAULT '{}', invoice_id uuid, remark text NOT NULL DEFAULT '', decided_at timestamptz, decided_by uuid,
  created_at timestamptz NOT NULL, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT vendor_submission_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_submission_once UNIQUE (government_id, link_id, once),
  CONSTRAINT vendor_submission_invoice_once UNIQUE (government_id, invoice_id),
  CONSTRAINT vendor_submission_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT vendor_submission_link_fkey FOREIGN KEY (government_id, link_id) REFERENCES vendor_link,
  CONSTRAINT vendor_submission_visit_fkey FOREIGN KEY (government_id, visit_id) REFERENCES vendor_visit,
  CONSTRAINT vendor_submission_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT vendor_submission_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT vendor_submission_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT vendor_submission_proof_fkey FOREIGN KEY (government_id, proof_id) REFERENCES proof,
  CONSTRAINT vendor_submission_invoice_fkey FOREIGN KEY (government_id, invoice_id) REFERENCES invoice,
  CONSTRAINT vendor_submission_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  -- Only somebody of the office takes in or returns; a link has no account.
  CONSTRAINT vendor_submission_decider_fkey FOREIGN KEY (government_id, decided_by) REFERENCES user_account,
  CONSTRAINT vendor_submission_kind_known CHECK (kind IN ('proof', 'invoice')),
  CONSTRAINT vendor_submission_status_known CHECK (status IN ('received', 'waiting', 'accepted', 'returned')),
  CONSTRAINT vendor_submission_decided_by_whom CHECK ((status IN ('accepted', 'returned')) = (decided_at IS NOT NULL)
    AND (decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT vendor_submission_returned_for_a_reason CHECK ((status = 'returned') = (remark <> '')),
  CONSTRAINT vendor_submission_whole CHECK (CASE kind
    WHEN 'proof' THEN placement_id IS NOT NULL AND proof_id IS NOT NULL AND invoice_id IS NULL AND number = ''
    ELSE placement_id IS NULL AND proof_id IS NULL AND number <> '' AND date IS NOT NULL AND amount > 0 AND cardinality(placement_ids) > 0
      AND (status = 'accepted') = (invoice_id IS NOT NULL) AND status <> 'received' END)
);
CREATE INDEX vendor_submission_link ON vendor_submission (government_id, link_id, created_at);
CREATE INDEX vendor_submission_agency ON vendor_submission (government_id, agency_id, created_at);
CREATE INDEX vendor_submission_waiting ON vendor_submission (government_id, agency_id, created_at) WHERE status = 'waiting';
CREATE INDEX vendor_submission_file ON vendor_submission (government_id, file_sha256);
CREATE INDEX vendor_submission_placement ON vendor_submission (government_id, placement_id) WHERE placement_id IS NOT NULL;
CREATE INDEX vendor_submission_agreement ON vendor_submission (government_id, agreement_id, created_at);
CALL wall_table('vendor_submission');
CALL trail_table('vendor_submission');
CALL trail_child('vendor_submission', 'placement_id', 'agreement_id');
GRANT UPDATE (status, invoice_id, remark, decided_at, decided_by, version) ON vendor_submission TO tayang_app;

-- +goose Down
DROP TABLE vendor_submission, vendor_visit, vendor_link;
SELECT write_audit_parent();
