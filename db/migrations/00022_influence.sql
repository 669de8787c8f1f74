-- Creators: whose account it is and who saw the proof, what its owner declared, the local tiers by followers, what is
-- agreed per content, and through whom the fee goes.
-- +goose Up
-- Tells equal uuids and texts apart in an exclusion constraint, as every engine that is shared out by government wants it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A platform's own id is one account; the handle may change.
CREATE UNIQUE INDEX social_account_platform_user_unique ON social_account (government_id, platform, platform_user_id) WHERE platform_user_id <> '';
-- The person behind the account.
ALTER TABLE social_account ADD COLUMN creator_name text NOT NULL DEFAULT '', ADD COLUMN creator_born_on date;
GRANT UPDATE (creator_name, creator_born_on) ON social_account TO tayang_app;

CREATE TABLE account_ownership (
  government_id uuid NOT NULL, id uuid NOT NULL, social_account_id uuid NOT NULL, vendor_id uuid NOT NULL, handle text NOT NULL,
  proven_by text NOT NULL, proven_on date NOT NULL, note text NOT NULL DEFAULT '', file_sha256 text NOT NULL,
  status text NOT NULL DEFAULT 'submitted', remark text NOT NULL DEFAULT '', decided_at timestamptz, decided_by uuid,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT account_ownership_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT account_ownership_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT account_ownership_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT account_ownership_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT account_ownership_file_once UNIQUE (government_id, social_account_id, file_sha256),
  CONSTRAINT account_ownership_proven_by_known CHECK (proven_by IN ('bio_code', 'direct_message', 'screen_recording', 'statement', 'other')),
  CONSTRAINT account_ownership_other_told CHECK (proven_by <> 'other' OR note <> ''),
  CONSTRAINT account_ownership_status_known CHECK (status IN ('submitted', 'verified', 'rejected')),
  CONSTRAINT account_ownership_decided_by_someone CHECK ((status = 'submitted') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT account_ownership_rejected_with_reason CHECK (status <> 'rejected' OR remark <> ''),
  CONSTRAINT account_ownership_not_decided_by_author CHECK (decided_by IS NULL OR decided_by <> created_by)
);
CREATE INDEX account_ownership_file ON account_ownership (government_id, file_sha256);
CALL wall_table('account_ownership');
CALL trail_table('account_ownership');
GRANT UPDATE (status, remark, decided_at, decided_by, version) ON account_ownership TO tayang_app;
CREATE POLICY undecided_only ON account_ownership AS RESTRICTIVE FOR UPDATE USING (status = 'submitted') WITH CHECK (true);

-- What the person behind an account declared. A newer statement stands beside the older one.
CREATE TABLE creator_statement (
  government_id uuid NOT NULL, id uuid NOT NULL, social_account_id uuid NOT NULL, kind text NOT NULL, answer text NOT NULL DEFAULT '',
  given_on date NOT NULL, details text NOT NULL DEFAULT '', guardian_name text NOT NULL DEFAULT '', relation text NOT NULL DEFAULT '',
  file_sha256 text NOT NULL, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT creator_statement_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT creator_statement_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT creator_statement_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT creator_statement_kind_known CHECK (kind IN ('conflict_of_interest', 'civil_servant', 'guardian_consent')),
  CONSTRAINT creator_statement_answer_of_kind CHECK (CASE kind WHEN 'conflict_of_interest' THEN answer IN ('none', 'exists')
    WHEN 'civil_servant' THEN answer IN ('no', 'yes') ELSE answer = '' END),
  CONSTRAINT creator_statement_conflict_told CHECK (answer <> 'exists' OR details <> ''),
  CONSTRAINT creator_statement_guardian_named CHECK ((kind = 'guardian_consent') = (guardian_name <> '' AND relation <> ''))
);
CREATE INDEX creator_statement_account ON creator_statement (government_id, social_account_id, kind, given_on);
CREATE INDEX creator_statement_file ON creator_statement (government_id, file_sha256);
CALL wall_table('creator_statement');
CALL trail_table('creator_statement');

-- The classes into which local rules put accounts by their followers; platform '' is all of them that have no rows of
-- their own. followers_to is the first number that is no longer in it.
CREATE TABLE tier (
  government_id uuid NOT NULL, id uuid NOT NULL, platform text NOT NULL DEFAULT '', name text NOT NULL,
  followers_from bigint NOT NULL, followers_to bigint, valid_from date NOT NULL, valid_to date, basis text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT tier_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT tier_platform_known CHECK (platform IN ('', 'instagram', 'tiktok', 'youtube', 'facebook', 'x', 'threads')),
  CONSTRAINT tier_name_filled CHECK (name <> '' AND basis <> ''),
  CONSTRAINT tier_bounds_ordered CHECK (followers_from >= 0 AND (followers_to IS NULL OR followers_to > followers_from)),
  CONSTRAINT tier_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT tier_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = '')),
  CONSTRAINT tier_no_overlap EXCLUDE USING gist (government_id WITH =, platform WITH =, int8range(followers_from, followers_to) WITH &&,
    daterange(valid_from, valid_to, '[]') WITH &&) WHERE (voided_at IS NULL)
);
CALL wall_table('tier');
CALL trail_table('tier');
GRANT UPDATE (platform, name, followers_from, followers_to, valid_from, valid_to, basis, voided_at, voided_by, void_reason, version) ON tier TO tayang_app;
CREATE POLICY unvoided_only ON tier AS RESTRICTIVE FOR UPDATE USING (voided_at IS NULL) WITH CHECK (true);

-- What is agreed about one piece of content.
ALTER TABLE deliverable ADD COLUMN content jsonb,
  ADD CONSTRAINT deliverable_content_on_account CHECK (content IS NULL OR social_account_id IS NOT NULL),
  ADD CONSTRAINT deliverable_content_type_known CHECK (content IS NULL OR coalesce(
    content ->> 'type' IN ('feed_post', 'reel', 'story', 'video', 'live', 'repost'), false)),
  ADD CONSTRAINT deliverable_content_sane CHECK (content IS NULL OR coalesce(
    (content ->> 'minimum_live_days')::bigint BETWEEN 0 AND 3650 AND (content ->> 'revision_rounds')::bigint BETWEEN 0 AND 50
    AND jsonb_typeof(content -> 'insights_due') = 'array' AND NOT content @? '$.insights_due[*] ? (@ < 1 || @ > 365)', false)),
  ADD CONSTRAINT deliverable_story_lives_a_day CHECK (content IS NULL OR content ->> 'type' <> 'story' OR (content ->> 'minimum_live_days')::bigint <= 1);
ALTER TABLE agreement ADD COLUMN fee_via text NOT NULL DEFAULT '',
  ADD CONSTRAINT agreement_fee_via_known CHECK (fee_via IN ('', 'personal', 'agency'));
GRANT UPDATE (fee_via) ON agreement TO tayang_app;

-- A new line of an amendment carries its content too; all else is as it was.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION decide_amendment(p_government uuid, p_amendment uuid, p_status text, p_remark text, p_actor uuid, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  m amendment; fixed uuid;
BEGIN
  IF p_government::text IS DISTINCT FROM current_setting('tayang.government', true) THEN
    RAISE EXCEPTION 'decide_amendment for another government' USING ERRCODE = '42501';
  END IF;
  UPDATE amendment SET status = p_status, remark = p_remark, decided_by = p_actor, decided_at = p_at
    WHERE government_id = p_government AND id = p_amendment AND status = 'proposed' RETURNING * INTO m;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_status <> 'approved' THEN
    RETURN true;
  END IF;
  IF EXISTS (SELECT FROM agreement a WHERE a.government_id = p_government AND a.id = m.agreement_id AND p_actor IN (a.created_by, a.submitted_by)) THEN
    RAISE EXCEPTION 'amendment % approved by the author of the agreement', m.number USING ERRCODE = '23514', CONSTRAINT = 'amendment_not_decided_by_author';
  END IF;
  SELECT d.id INTO fixed FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, unit_price bigint)
    JOIN deliverable d ON d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
    WHERE d.placed > 0 AND d.unit_price <> x.unit_price LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'line % has placements at its price', fixed USING ERRCODE = '23514', CONSTRAINT = 'deliverable_price_fixed_by_placements';
  END IF;
  UPDATE deliverable d SET quantity = x.quantity, unit_price = x.unit_price, unit_net = x.unit_net, unit_vat = x.unit_vat, unit_gross = x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, quantity bigint, unit_price bigint, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
      AND (d.quantity, d.unit_price, d.unit_net, d.unit_vat) IS DISTINCT FROM (x.quantity, x.unit_price, x.unit_net, x.unit_vat);
  INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id, budget_line_id, quantity,
      unit, offered_price, unit_price, tax_inclusive, label_required, content, unit_net, unit_vat, unit_gross)
    SELECT p_government, x.id, m.agreement_id, x.position, x.product, x.outlet_id, x.social_account_id, x.budget_line_id, x.quantity,
      x.unit, x.offered_price, x.unit_price, x.tax_inclusive, x.label_required, x.content,
      x.unit_net, x.unit_vat, x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, position integer, product text, outlet_id uuid,
      social_account_id uuid, budget_line_id uuid, quantity bigint, unit text, offered_price bigint, unit_price bigint,
      tax_inclusive boolean, label_required boolean, content jsonb, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE NOT EXISTS (SELECT FROM deliverable d WHERE d.government_id = p_government AND d.id = x.id);
  RETURN true;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION decide_amendment(p_government uuid, p_amendment uuid, p_status text, p_remark text, p_actor uuid, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  m amendment; fixed uuid;
BEGIN
  IF p_government::text IS DISTINCT FROM current_setting('tayang.government', true) THEN
    RAISE EXCEPTION 'decide_amendment for another government' USING ERRCODE = '42501';
  END IF;
  UPDATE amendment SET status = p_status, remark = p_remark, decided_by = p_actor, decided_at = p_at
    WHERE government_id = p_government AND id = p_amendment AND status = 'proposed' RETURNING * INTO m;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_status <> 'approved' THEN
    RETURN true;
  END IF;
  IF EXISTS (SELECT FROM agreement a WHERE a.government_id = p_government AND a.id = m.agreement_id AND p_actor IN (a.created_by, a.submitted_by)) THEN
    RAISE EXCEPTION 'amendment % approved by the author of the agreement', m.number USING ERRCODE = '23514', CONSTRAINT = 'amendment_not_decided_by_author';
  END IF;
  SELECT d.id INTO fixed FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, unit_price bigint)
    JOIN deliverable d ON d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
    WHERE d.placed > 0 AND d.unit_price <> x.unit_price LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'line % has placements at its price', fixed USING ERRCODE = '23514', CONSTRAINT = 'deliverable_price_fixed_by_placements';
  END IF;
  UPDATE deliverable d SET quantity = x.quantity, unit_price = x.unit_price, unit_net = x.unit_net, unit_vat = x.unit_vat, unit_gross = x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, quantity bigint, unit_price bigint, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE d.government_id = p_government AND d.agreement_id = m.agreement_id AND d.id = x.id
      AND (d.quantity, d.unit_price, d.unit_net, d.unit_vat) IS DISTINCT FROM (x.quantity, x.unit_price, x.unit_net, x.unit_vat);
  INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id, budget_line_id, quantity,
      unit, offered_price, unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross)
    SELECT p_government, x.id, m.agreement_id, x.position, x.product, x.outlet_id, x.social_account_id, x.budget_line_id, x.quantity,
      x.unit, x.offered_price, x.unit_price, x.tax_inclusive, x.label_required, x.unit_net, x.unit_vat, x.unit_gross
    FROM jsonb_to_recordset(m.after -> 'deliverables') AS x(id uuid, position integer, product text, outlet_id uuid,
      social_account_id uuid, budget_line_id uuid, quantity bigint, unit text, offered_price bigint, unit_price bigint,
      tax_inclusive boolean, label_required boolean, unit_net bigint, unit_vat bigint, unit_gross bigint)
    WHERE NOT EXISTS (SELECT FROM deliverable d WHERE d.government_id = p_government AND d.id = x.id);
  RETURN true;
END $$;
-- +goose StatementEnd
ALTER TABLE agreement DROP COLUMN fee_via;
ALTER TABLE deliverable DROP COLUMN content;
DROP TABLE tier, creator_statement, account_ownership;
ALTER TABLE social_account DROP COLUMN creator_born_on, DROP COLUMN creator_name;
DROP INDEX social_account_platform_user_unique;
DROP EXTENSION btree_gist;
