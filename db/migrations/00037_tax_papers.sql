-- The vendor's own papers behind an invoice, why a payment keeps back which tax, when each is due, and the slips that vendors
-- get for it. A deposit that was entered wrongly is reversed and stays; kinds of tax objects are rows with dates and a source.
-- +goose Up
CREATE TABLE invoice_paper (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, invoice_id uuid NOT NULL, kind text NOT NULL,
  number text NOT NULL DEFAULT '', date date, amount bigint NOT NULL DEFAULT 0, covers text NOT NULL DEFAULT '',
  file_sha256 text NOT NULL, origin text NOT NULL, passport jsonb NOT NULL DEFAULT '{}', office_name text NOT NULL DEFAULT '',
  meterai_number text NOT NULL DEFAULT '', meterai_on date, base bigint NOT NULL DEFAULT 0, vat bigint NOT NULL DEFAULT 0,
  seller_npwp text NOT NULL DEFAULT '', created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT invoice_paper_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT invoice_paper_invoice_fkey FOREIGN KEY (government_id, invoice_id) REFERENCES invoice,
  CONSTRAINT invoice_paper_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT invoice_paper_kind_known CHECK (kind IN ('invoice', 'receipt', 'tax_invoice', 'other')),
  CONSTRAINT invoice_paper_origin_known CHECK (origin IN ('vendor', 'scan')),
  CONSTRAINT invoice_paper_covers_known CHECK (covers IN ('', 'gross', 'net')),
  CONSTRAINT invoice_paper_amounts_not_negative CHECK (least(amount, base, vat) >= 0),
  CONSTRAINT invoice_paper_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX invoice_paper_file_once ON invoice_paper (government_id, invoice_id, kind, file_sha256) WHERE voided_at IS NULL;
CREATE INDEX invoice_paper_file ON invoice_paper (government_id, file_sha256);
CREATE INDEX invoice_paper_tax_number ON invoice_paper (government_id, number) WHERE kind = 'tax_invoice';
CALL wall_table('invoice_paper');
CALL trail_table('invoice_paper');
CALL trail_child('invoice_paper', 'invoice_id');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON invoice_paper TO tayang_app;
CREATE INDEX invoice_tax_number ON invoice (government_id, tax_invoice_number) WHERE tax_invoice_number <> '';

ALTER TABLE payment ADD COLUMN taxes_explained jsonb NOT NULL DEFAULT '[]';
ALTER TABLE payment_tax
  ADD COLUMN due_on date, ADD COLUMN billed_on date, ADD COLUMN deposited_amount bigint NOT NULL DEFAULT 0,
  ADD COLUMN deposit_note text NOT NULL DEFAULT '',
  ADD CONSTRAINT payment_tax_deposited_amount_not_negative CHECK (deposited_amount >= 0);
CREATE INDEX payment_tax_ntpn ON payment_tax (government_id, ntpn) WHERE ntpn <> '';

-- Deposits that turned out to be entered wrongly, as they were.
CREATE TABLE reversed_deposit (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, tax_id uuid NOT NULL,
  kind text NOT NULL, billing_code text NOT NULL, billed_on date, ntpn text NOT NULL, deposited_on date NOT NULL, deposited_by uuid,
  amount bigint NOT NULL, note text NOT NULL DEFAULT '', reason text NOT NULL, reversed_at timestamptz NOT NULL, reversed_by uuid NOT NULL,
  CONSTRAINT reversed_deposit_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT reversed_deposit_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT reversed_deposit_tax_fkey FOREIGN KEY (government_id, tax_id) REFERENCES payment_tax,
  CONSTRAINT reversed_deposit_for_a_reason CHECK (reason <> '')
);
CREATE INDEX reversed_deposit_payment ON reversed_deposit (government_id, payment_id);
CALL wall_table('reversed_deposit');
CALL trail_table('reversed_deposit');
CALL trail_child('reversed_deposit', 'payment_id');

CREATE TABLE withholding_slip (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, tax_id uuid NOT NULL,
  number text NOT NULL, date date NOT NULL, object_code text NOT NULL DEFAULT '', handed_on date, file_sha256 text,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT withholding_slip_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT withholding_slip_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT withholding_slip_tax_fkey FOREIGN KEY (government_id, tax_id) REFERENCES payment_tax,
  CONSTRAINT withholding_slip_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT withholding_slip_object_form CHECK (object_code = '' OR object_code ~ '^[0-9]{2}-[0-9]{3}-[0-9]{2}$'),
  CONSTRAINT withholding_slip_given_after_made CHECK (handed_on >= date),
  CONSTRAINT withholding_slip_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX withholding_slip_once ON withholding_slip (government_id, tax_id) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX withholding_slip_number_unique ON withholding_slip (government_id, agency_id, number) WHERE voided_at IS NULL;
CREATE INDEX withholding_slip_file ON withholding_slip (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX withholding_slip_payment ON withholding_slip (government_id, payment_id);
CALL wall_table('withholding_slip');
CALL trail_table('withholding_slip');
CALL trail_child('withholding_slip', 'payment_id');
GRANT UPDATE (handed_on, voided_at, voided_by, void_reason, version) ON withholding_slip TO tayang_app;

-- Which kind of object a tax is declared under, where a government says otherwise than the program knows.
CREATE TABLE tax_object (
  government_id uuid NOT NULL, id uuid NOT NULL, kind text NOT NULL, code text NOT NULL, name text NOT NULL, valid_from date NOT NULL,
  valid_to date, source text NOT NULL, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT tax_object_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT tax_object_kind_known CHECK (kind IN ('ppn', 'pph21', 'pph23', 'pph_final', 'pph4_2')),
  CONSTRAINT tax_object_code_form CHECK (code ~ '^[0-9]{2}-[0-9]{3}-[0-9]{2}$'),
  CONSTRAINT tax_object_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT tax_object_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX tax_object_kind ON tax_object (government_id, kind, valid_from);
CALL wall_table('tax_object');
CALL trail_table('tax_object');
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON tax_object TO tayang_app;

DROP INDEX audit_event_registry;
CREATE INDEX audit_event_registry ON audit_event (government_id, seq) WHERE agency_id IS NULL AND table_name IN (
  'account_ownership', 'agency', 'approval_rule', 'blacklist', 'cooperation_entry', 'cooperation_list', 'creator_statement',
  'grade_bound', 'journalist_certificate', 'outlet', 'owner_group', 'owner_group_member', 'paper_requirement', 'press_check',
  'price_reference', 'product_rule', 'requirement', 'requirement_result', 'rule', 'social_account', 'social_snapshot',
  'tax_object', 'tax_rate', 'tier', 'vendor', 'vendor_check', 'vendor_document');

-- +goose Down
DROP INDEX audit_event_registry;
CREATE INDEX audit_event_registry ON audit_event (government_id, seq) WHERE agency_id IS NULL AND table_name IN (
  'account_ownership', 'agency', 'approval_rule', 'blacklist', 'cooperation_entry', 'cooperation_list', 'creator_statement',
  'grade_bound', 'journalist_certificate', 'outlet', 'owner_group', 'owner_group_member', 'paper_requirement', 'press_check',
  'price_reference', 'product_rule', 'requirement', 'requirement_result', 'rule', 'social_account', 'social_snapshot',
  'tax_rate', 'tier', 'vendor', 'vendor_check', 'vendor_document');
DROP TABLE tax_object, withholding_slip, reversed_deposit, invoice_paper;
DROP INDEX invoice_tax_number, payment_tax_ntpn;
ALTER TABLE payment DROP COLUMN taxes_explained;
ALTER TABLE payment_tax DROP CONSTRAINT payment_tax_deposited_amount_not_negative, DROP COLUMN due_on, DROP COLUMN billed_on,
  DROP COLUMN deposited_amount, DROP COLUMN deposit_note;
SELECT write_audit_parent();
