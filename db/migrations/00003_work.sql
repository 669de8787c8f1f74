-- The registry, agreements, placements with proof, and the papers up to payment.
-- +goose Up
CREATE TABLE file (
  government_id uuid NOT NULL, sha256 text NOT NULL, size bigint NOT NULL, media_type text NOT NULL, created_at timestamptz NOT NULL,
  CONSTRAINT file_pkey PRIMARY KEY (government_id, sha256),
  CONSTRAINT file_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT file_size_positive CHECK (size > 0)
);

CREATE TABLE vendor (
  government_id uuid NOT NULL, id uuid NOT NULL, kind text NOT NULL, legal_name text NOT NULL,
  npwp text NOT NULL DEFAULT '', nik text NOT NULL DEFAULT '', nib text NOT NULL DEFAULT '', kbli text[] NOT NULL DEFAULT '{}',
  vat_registered boolean NOT NULL DEFAULT false, pp55_number text NOT NULL DEFAULT '', pp55_valid_until date,
  bank_name text NOT NULL DEFAULT '', bank_account_number text NOT NULL DEFAULT '', bank_account_owner text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT vendor_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT vendor_kind_known CHECK (kind IN ('company', 'individual')),
  CONSTRAINT vendor_name_filled CHECK (legal_name <> ''),
  CONSTRAINT vendor_npwp_form CHECK (npwp = '' OR npwp ~ '^[0-9]{15,16}$'),
  CONSTRAINT vendor_nik_form CHECK (nik = '' OR nik ~ '^[0-9]{16}$'),
  CONSTRAINT vendor_nib_form CHECK (nib = '' OR nib ~ '^[0-9]{13}$')
);

CREATE TABLE outlet (
  government_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, kind text NOT NULL, name text NOT NULL,
  domain text NOT NULL DEFAULT '', press_status text NOT NULL DEFAULT 'unlisted',
  press_certificate_number text NOT NULL DEFAULT '', press_certificate_date date, press_certificate_valid_until date,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT outlet_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT outlet_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT outlet_kind_known CHECK (kind IN ('print', 'online', 'radio', 'tv', 'outdoor')),
  CONSTRAINT outlet_press_status_known CHECK (press_status IN ('unlisted', 'in_process', 'administrative', 'factual', 'revoked'))
);
CREATE INDEX outlet_vendor ON outlet (government_id, vendor_id);

CREATE TABLE social_account (
  government_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, platform text NOT NULL, handle text NOT NULL,
  platform_user_id text NOT NULL DEFAULT '', url text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT social_account_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT social_account_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT social_account_platform_known CHECK (platform IN ('instagram', 'tiktok', 'youtube', 'facebook', 'x', 'threads'))
);
CREATE UNIQUE INDEX social_account_handle_unique ON social_account (government_id, platform, lower(handle));
CREATE INDEX social_account_vendor ON social_account (government_id, vendor_id);

CREATE TABLE social_snapshot (
  government_id uuid NOT NULL, id uuid NOT NULL, social_account_id uuid NOT NULL, taken_on date NOT NULL,
  followers bigint NOT NULL, engagement_rate numeric(9,6) NOT NULL, file_sha256 text,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT social_snapshot_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT social_snapshot_day_unique UNIQUE (government_id, social_account_id, taken_on),
  CONSTRAINT social_snapshot_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT social_snapshot_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT social_snapshot_followers_not_negative CHECK (followers >= 0),
  CONSTRAINT social_snapshot_rate_sane CHECK (engagement_rate BETWEEN 0 AND 100)
);

CREATE TABLE campaign (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, name text NOT NULL, objective text NOT NULL DEFAULT '',
  start_date date NOT NULL, end_date date NOT NULL, version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT campaign_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT campaign_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT campaign_dates_ordered CHECK (start_date <= end_date)
);

CREATE TABLE agreement (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, kind text NOT NULL, number text NOT NULL,
  title text NOT NULL, campaign_id uuid, vendor_id uuid NOT NULL, method text NOT NULL, form text NOT NULL,
  rup_code text NOT NULL DEFAULT '', order_date date NOT NULL, start_date date NOT NULL, end_date date NOT NULL,
  fiscal_year integer NOT NULL, owner_estimate bigint, status text NOT NULL DEFAULT 'draft',
  value bigint NOT NULL, vat bigint NOT NULL, gross bigint NOT NULL, paid bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, submitted_at timestamptz, submitted_by uuid,
  approved_at timestamptz, approved_by uuid, ended_at timestamptz, ended_by uuid, remark text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT agreement_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agreement_number_unique UNIQUE (government_id, agency_id, number),
  CONSTRAINT agreement_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT agreement_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT agreement_campaign_fkey FOREIGN KEY (government_id, campaign_id) REFERENCES campaign,
  CONSTRAINT agreement_kind_known CHECK (kind IN ('media', 'influencer')),
  CONSTRAINT agreement_status_known CHECK (status IN ('draft', 'submitted', 'active', 'completed', 'closed', 'rejected', 'terminated')),
  CONSTRAINT agreement_dates_ordered CHECK (start_date <= end_date AND order_date <= end_date),
  CONSTRAINT agreement_sums CHECK (value >= 0 AND vat >= 0 AND gross = value + vat AND paid BETWEEN 0 AND gross),
  CONSTRAINT agreement_not_approved_by_author CHECK (approved_by IS NULL OR approved_by <> created_by),
  CONSTRAINT agreement_approval_known CHECK (status NOT IN ('active', 'completed') OR approved_by IS NOT NULL)
);
CREATE INDEX agreement_agency ON agreement (government_id, agency_id, id);
CREATE INDEX agreement_vendor ON agreement (government_id, vendor_id);

CREATE TABLE deliverable (
  government_id uuid NOT NULL, id uuid NOT NULL, agreement_id uuid NOT NULL, position integer NOT NULL, product text NOT NULL,
  outlet_id uuid, social_account_id uuid, budget_line_id uuid NOT NULL, quantity bigint NOT NULL, unit text NOT NULL,
  offered_price bigint, unit_price bigint NOT NULL, tax_inclusive boolean NOT NULL, label_required boolean NOT NULL,
  unit_net bigint NOT NULL, unit_vat bigint NOT NULL, unit_gross bigint NOT NULL, placed bigint NOT NULL DEFAULT 0,
  CONSTRAINT deliverable_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT deliverable_position_unique UNIQUE (government_id, agreement_id, position),
  CONSTRAINT deliverable_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT deliverable_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT deliverable_social_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT deliverable_budget_line_fkey FOREIGN KEY (government_id, budget_line_id) REFERENCES budget_line,
  CONSTRAINT deliverable_one_channel CHECK (num_nonnulls(outlet_id, social_account_id) = 1),
  CONSTRAINT deliverable_quantity_positive CHECK (quantity > 0),
  CONSTRAINT deliverable_price_positive CHECK (unit_price > 0 AND (offered_price IS NULL OR offered_price > 0)),
  CONSTRAINT deliverable_unit_sums CHECK (unit_net > 0 AND unit_vat >= 0 AND unit_gross = unit_net + unit_vat),
  CONSTRAINT deliverable_placed_within_quantity CHECK (placed BETWEEN 0 AND quantity)
);

CREATE TABLE acceptance (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, number text NOT NULL, date date NOT NULL,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT acceptance_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT acceptance_number_unique UNIQUE (government_id, agency_id, number),
  CONSTRAINT acceptance_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement
);

CREATE TABLE payment (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, vendor_id uuid NOT NULL,
  kind text NOT NULL, status text NOT NULL DEFAULT 'requested', spp_number text NOT NULL, spp_date date NOT NULL,
  spm_number text NOT NULL DEFAULT '', spm_date date, sp2d_number text NOT NULL DEFAULT '', sp2d_date date,
  sts_number text NOT NULL DEFAULT '', sts_date date, reason text NOT NULL DEFAULT '',
  price bigint NOT NULL, vat bigint NOT NULL, gross bigint NOT NULL, vat_collected boolean NOT NULL, net bigint NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, authorised_by uuid, authorised_at timestamptz,
  settled_by uuid, settled_at timestamptz, reversed_by uuid, reversed_at timestamptz, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT payment_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_spp_unique UNIQUE (government_id, agency_id, spp_number),
  CONSTRAINT payment_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT payment_kind_known CHECK (kind IN ('ls', 'up', 'gu', 'tu')),
  CONSTRAINT payment_status_known CHECK (status IN ('requested', 'authorised', 'settled', 'reversed')),
  CONSTRAINT payment_sums CHECK (price > 0 AND vat >= 0 AND gross = price + vat AND net BETWEEN 0 AND gross),
  CONSTRAINT payment_dates_ordered CHECK (spm_date >= spp_date AND sp2d_date >= spm_date AND sts_date >= sp2d_date),
  CONSTRAINT payment_not_authorised_by_author CHECK (authorised_by IS NULL OR authorised_by <> created_by)
);

CREATE TABLE invoice (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, vendor_id uuid NOT NULL,
  number text NOT NULL, number_key text NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(number, '[^[:alnum:]]', '', 'g'))) STORED,
  date date NOT NULL, amount bigint NOT NULL, tax_invoice_number text NOT NULL DEFAULT '', file_sha256 text, payment_id uuid,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT invoice_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT invoice_number_unique UNIQUE (government_id, vendor_id, number_key),
  CONSTRAINT invoice_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT invoice_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT invoice_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT invoice_number_filled CHECK (number_key <> ''),
  CONSTRAINT invoice_amount_positive CHECK (amount > 0)
);

CREATE TABLE payment_tax (
  government_id uuid NOT NULL, id uuid NOT NULL, payment_id uuid NOT NULL, kind text NOT NULL, base bigint NOT NULL,
  rate numeric(9,6) NOT NULL, amount bigint NOT NULL, legal_basis text NOT NULL,
  billing_code text NOT NULL DEFAULT '', ntpn text NOT NULL DEFAULT '', deposited_on date, deposited_by uuid,
  CONSTRAINT payment_tax_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_tax_kind_unique UNIQUE (government_id, payment_id, kind),
  CONSTRAINT payment_tax_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_tax_billing_form CHECK (billing_code = '' OR billing_code ~ '^[0-9]{15}$'),
  CONSTRAINT payment_tax_ntpn_form CHECK (ntpn = '' OR ntpn ~ '^[0-9A-Z]{16}$')
);

CREATE TABLE placement (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, deliverable_id uuid NOT NULL,
  scheduled_on date NOT NULL, title text NOT NULL, published_on date, url text NOT NULL DEFAULT '', edition text NOT NULL DEFAULT '',
  page text NOT NULL DEFAULT '', slot text NOT NULL DEFAULT '', label_present boolean, metrics jsonb NOT NULL DEFAULT '{}',
  status text NOT NULL DEFAULT 'planned', remark text NOT NULL DEFAULT '',
  acceptance_id uuid, invoice_id uuid, payment_id uuid, net bigint NOT NULL, vat bigint NOT NULL, gross bigint NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, verified_by uuid, verified_at timestamptz, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT placement_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT placement_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT placement_deliverable_fkey FOREIGN KEY (government_id, deliverable_id) REFERENCES deliverable,
  CONSTRAINT placement_acceptance_fkey FOREIGN KEY (government_id, acceptance_id) REFERENCES acceptance,
  CONSTRAINT placement_invoice_fkey FOREIGN KEY (government_id, invoice_id) REFERENCES invoice,
  CONSTRAINT placement_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT placement_status_known CHECK (status IN ('planned', 'published', 'verified', 'rejected', 'accepted', 'invoiced', 'paid', 'cancelled')),
  CONSTRAINT placement_sums CHECK (net > 0 AND vat >= 0 AND gross = net + vat),
  CONSTRAINT placement_not_verified_by_author CHECK (verified_by IS NULL OR verified_by <> created_by),
  CONSTRAINT placement_verified_first CHECK (status NOT IN ('verified', 'accepted', 'invoiced', 'paid') OR (verified_by IS NOT NULL AND published_on IS NOT NULL)),
  CONSTRAINT placement_accepted_first CHECK (status NOT IN ('accepted', 'invoiced', 'paid') OR acceptance_id IS NOT NULL),
  CONSTRAINT placement_invoiced_first CHECK (status NOT IN ('invoiced', 'paid') OR invoice_id IS NOT NULL),
  CONSTRAINT placement_paid_by_payment CHECK ((status = 'paid') = (payment_id IS NOT NULL))
);
CREATE INDEX placement_agency ON placement (government_id, agency_id, id);
CREATE INDEX placement_agreement ON placement (government_id, agreement_id);
CREATE INDEX placement_invoice ON placement (government_id, invoice_id) WHERE invoice_id IS NOT NULL;

CREATE TABLE proof (
  government_id uuid NOT NULL, id uuid NOT NULL, placement_id uuid NOT NULL, kind text NOT NULL, origin text NOT NULL,
  captured_at timestamptz, file_sha256 text NOT NULL, filename text NOT NULL DEFAULT '', created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT proof_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT proof_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT proof_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT proof_file_once UNIQUE (government_id, placement_id, file_sha256),
  CONSTRAINT proof_origin_known CHECK (origin IN ('vendor', 'staff'))
);

-- +goose Down
DROP TABLE proof, placement, payment_tax, invoice, payment, acceptance, deliverable, agreement, campaign, social_snapshot,
  social_account, outlet, vendor, file;
