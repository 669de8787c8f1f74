-- Whether what was published is still there: looks that are due, under way and done, and the money of what was taken down
-- early. A look is the program's, with a sealed bundle, or a person's word with a picture.
-- +goose Up
CREATE TABLE live_check (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, placement_id uuid NOT NULL, url text NOT NULL,
  purpose text NOT NULL, due_on date NOT NULL,
  status text NOT NULL DEFAULT 'queued', step text NOT NULL DEFAULT '', attempts integer NOT NULL DEFAULT 0, lease uuid, due_at timestamptz NOT NULL,
  error text NOT NULL DEFAULT '', result text NOT NULL DEFAULT '', http_status integer NOT NULL DEFAULT 0, final_url text NOT NULL DEFAULT '',
  page_title text NOT NULL DEFAULT '', origin text NOT NULL DEFAULT '', file_sha256 text, filename text NOT NULL DEFAULT '',
  statement text NOT NULL DEFAULT '', gone_on date, checked_at timestamptz, checked_by uuid,
  created_at timestamptz NOT NULL, created_by uuid, started_at timestamptz, finished_at timestamptz, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT live_check_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT live_check_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT live_check_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT live_check_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT live_check_purpose_known CHECK (purpose IN ('live_period_end', 'before_payment', 'manual')),
  CONSTRAINT live_check_status_known CHECK (status IN ('queued', 'running', 'done', 'failed')),
  CONSTRAINT live_check_result_known CHECK (result IN ('', 'there', 'gone', 'unclear')),
  CONSTRAINT live_check_origin_known CHECK (origin IN ('', 'capture', 'staff')),
  CONSTRAINT live_check_done_is_whole CHECK (status <> 'done' OR (result <> '' AND origin <> '' AND file_sha256 IS NOT NULL AND checked_at IS NOT NULL)),
  CONSTRAINT live_check_word_of_somebody CHECK (origin <> 'staff' OR (checked_by IS NOT NULL AND statement <> '')),
  CONSTRAINT live_check_failed_for_a_reason CHECK ((status = 'failed') = (error <> ''))
);
CREATE UNIQUE INDEX live_check_one_at_a_time ON live_check (government_id, placement_id) WHERE status IN ('queued', 'running');
CREATE UNIQUE INDEX live_check_period_end_once ON live_check (government_id, placement_id, due_on) WHERE purpose = 'live_period_end';
CREATE INDEX live_check_placement ON live_check (government_id, placement_id, created_at);
CREATE INDEX live_check_agency ON live_check (government_id, agency_id, created_at, id);
CREATE INDEX live_check_open ON live_check (government_id, agency_id, due_on) WHERE status <> 'done' OR result = 'unclear';
CREATE INDEX live_check_file ON live_check (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE INDEX live_check_due ON live_check (due_at, id) WHERE status IN ('queued', 'running');
CALL wall_table('live_check');
CALL trail_table('live_check', 'id', '{step,lease,due_at,attempts,started_at,version}');
CALL trail_child('live_check', 'placement_id');
GRANT UPDATE (status, step, attempts, lease, due_at, error, result, http_status, final_url, page_title, origin, file_sha256, filename, statement,
  gone_on, checked_at, checked_by, started_at, finished_at, version) ON live_check TO tayang_app;

CREATE TABLE shortfall (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, placement_id uuid NOT NULL, live_check_id uuid,
  kind text NOT NULL, rule text NOT NULL, days_agreed bigint NOT NULL DEFAULT 0, days_missing bigint NOT NULL DEFAULT 0, seen_on date, gone_on date,
  net bigint NOT NULL, vat bigint NOT NULL, gross bigint NOT NULL, whole boolean NOT NULL,
  status text NOT NULL DEFAULT 'open', remark text NOT NULL DEFAULT '', reference text NOT NULL DEFAULT '', recovered_on date, ended_by_check_id uuid,
  created_at timestamptz NOT NULL, created_by uuid, decided_at timestamptz, decided_by uuid, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT shortfall_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT shortfall_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT shortfall_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT shortfall_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT shortfall_live_check_fkey FOREIGN KEY (government_id, live_check_id) REFERENCES live_check,
  CONSTRAINT shortfall_ended_by_check_fkey FOREIGN KEY (government_id, ended_by_check_id) REFERENCES live_check,
  CONSTRAINT shortfall_kind_known CHECK (kind IN ('gone_early', 'quantity')),
  CONSTRAINT shortfall_rule_known CHECK (rule IN ('per_unit', 'pro_rata_days')),
  CONSTRAINT shortfall_status_known CHECK (status IN ('open', 'decided', 'recovered', 'void', 'ended')),
  CONSTRAINT shortfall_sums CHECK (gross = net + vat AND net >= 0 AND vat >= 0 AND gross > 0),
  CONSTRAINT shortfall_days_within CHECK (days_missing BETWEEN 0 AND days_agreed),
  CONSTRAINT shortfall_decided_by_somebody CHECK (status NOT IN ('decided', 'recovered', 'void') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL AND remark <> '')),
  CONSTRAINT shortfall_decided_by_another CHECK (decided_by IS NULL OR created_by IS NULL OR decided_by <> created_by),
  CONSTRAINT shortfall_recovered_on_paper CHECK ((status = 'recovered') = (reference <> '') AND (status = 'recovered') = (recovered_on IS NOT NULL)),
  CONSTRAINT shortfall_ended_by_a_check CHECK ((status = 'ended') = (ended_by_check_id IS NOT NULL))
);
CREATE UNIQUE INDEX shortfall_one_stands ON shortfall (government_id, placement_id, kind) WHERE status IN ('open', 'decided');
CREATE INDEX shortfall_placement ON shortfall (government_id, placement_id);
CREATE INDEX shortfall_agency ON shortfall (government_id, agency_id, created_at, id);
CALL wall_table('shortfall');
CALL trail_table('shortfall', 'id', '{version}');
CALL trail_child('shortfall', 'placement_id');
GRANT UPDATE (status, remark, reference, recovered_on, ended_by_check_id, decided_at, decided_by, version) ON shortfall TO tayang_app;

ALTER TABLE agreement DROP CONSTRAINT agreement_shortfall_known,
  ADD CONSTRAINT agreement_shortfall_known CHECK (shortfall_rule IN ('', 'per_unit', 'make_good', 'pro_rata_days'));
-- Deliverables whose content has a minimum live period, and payments that were asked for: few, and looked for over all governments.
CREATE INDEX deliverable_live ON deliverable (government_id, id) WHERE coalesce((content ->> 'minimum_live_days')::integer, 0) > 0;
CREATE INDEX payment_requested ON payment (government_id, id) WHERE status = 'requested';

-- +goose StatementBegin
CREATE FUNCTION claim_live_check(p_lease uuid, p_now timestamptz, p_until timestamptz, p_attempts_max integer)
RETURNS TABLE (government_id uuid, id uuid, user_id uuid, email text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE live_check SET status = 'failed', error = 'attempts_exhausted', lease = NULL, finished_at = p_now, version = version + 1
  WHERE status = 'running' AND due_at <= p_now AND attempts >= p_attempts_max;
  RETURN QUERY
  WITH next AS (
    SELECT c.government_id, c.id FROM live_check c
    WHERE c.status IN ('queued', 'running') AND c.due_at <= p_now
    ORDER BY c.due_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE live_check c SET status = 'running', lease = p_lease, due_at = p_until, attempts = c.attempts + 1,
      started_at = coalesce(c.started_at, p_now), step = '', version = c.version + 1
    FROM next WHERE c.government_id = next.government_id AND c.id = next.id
    RETURNING c.government_id, c.id, c.created_by
  )
  SELECT taken.government_id, taken.id, u.id, u.email, u.name
  FROM taken LEFT JOIN user_account u ON u.government_id = taken.government_id AND u.id = taken.created_by;
END $$;

-- Puts what is due into the queue, over all governments: published content whose minimum live period ends, by the day and up
-- to two months late, and pages of payments that were asked for, at which nobody looked lately. Each once: a placement has at
-- most one check that waits or runs, and one for each end of its period. A story is never looked at again; nor is, before
-- payment, what was seen at the end of its period.
CREATE FUNCTION schedule_live_checks(p_now timestamptz, p_today date, p_age integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ended bigint; asked bigint;
BEGIN
  INSERT INTO live_check (government_id, id, agency_id, placement_id, url, purpose, due_on, due_at, created_at)
  SELECT p.government_id, gen_random_uuid(), p.agency_id, p.id, p.url, 'live_period_end', d.until, p_now, p_now
  FROM deliverable v
  JOIN placement p ON p.government_id = v.government_id AND p.deliverable_id = v.id
  CROSS JOIN LATERAL (SELECT p.published_on + (v.content ->> 'minimum_live_days')::integer AS until) d
  WHERE coalesce((v.content ->> 'minimum_live_days')::integer, 0) > 0 AND v.content ->> 'type' <> 'story'
    AND p.status IN ('published', 'verified', 'accepted', 'invoiced', 'paid') AND p.url <> ''
    AND d.until BETWEEN p_today - 60 AND p_today
    AND NOT EXISTS (SELECT FROM live_check c WHERE c.government_id = p.government_id AND c.placement_id = p.id AND c.purpose = 'live_period_end' AND c.due_on = d.until)
    AND NOT EXISTS (SELECT FROM live_check c WHERE c.government_id = p.government_id AND c.placement_id = p.id AND c.status IN ('queued', 'running'))
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS ended = ROW_COUNT;
  INSERT INTO live_check (government_id, id, agency_id, placement_id, url, purpose, due_on, due_at, created_at)
  SELECT p.government_id, gen_random_uuid(), p.agency_id, p.id, p.url, 'before_payment', p_today, p_now, p_now
  FROM payment y
  JOIN government g ON g.government_id = y.government_id
  JOIN invoice i ON i.government_id = y.government_id AND i.payment_id = y.id
  JOIN placement p ON p.government_id = i.government_id AND p.invoice_id = i.id
  JOIN deliverable v ON v.government_id = p.government_id AND v.id = p.deliverable_id
  LEFT JOIN outlet o ON o.government_id = v.government_id AND o.id = v.outlet_id
  WHERE y.status = 'requested' AND p.url <> '' AND coalesce(o.kind, 'social') IN ('online', 'social')
    AND CASE WHEN v.content IS NULL THEN o.id IS NOT NULL OR v.product NOT ILIKE '%story%' ELSE v.content ->> 'type' <> 'story' END
    AND NOT EXISTS (SELECT FROM live_check c WHERE c.government_id = p.government_id AND c.placement_id = p.id AND (
      c.status IN ('queued', 'running') OR (c.status = 'failed' OR c.result = 'unclear') AND c.finished_at >= p_now - make_interval(days => p_age)
      OR c.result IN ('there', 'gone') AND c.checked_at >= p_now - make_interval(days => coalesce((
          SELECT r.figure FROM rule r WHERE r.government_id = p.government_id AND r.code = 'live_check_age' AND r.voided_at IS NULL AND r.figure IS NOT NULL
            AND (r.agency_id IS NULL OR r.agency_id = p.agency_id) AND p_today BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')
          ORDER BY r.agency_id IS NULL, r.valid_from DESC, r.created_at DESC LIMIT 1)::integer, p_age))
      OR c.result = 'there' AND (c.checked_at AT TIME ZONE g.timezone)::date >= p.published_on + nullif((v.content ->> 'minimum_live_days')::integer, 0)))
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS asked = ROW_COUNT;
  RETURN ended + asked;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION claim_live_check, schedule_live_checks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_live_check, schedule_live_checks TO tayang_app;

-- +goose Down
DROP FUNCTION claim_live_check, schedule_live_checks;
DROP INDEX deliverable_live, payment_requested;
UPDATE agreement SET shortfall_rule = 'per_unit' WHERE shortfall_rule = 'pro_rata_days';
ALTER TABLE agreement DROP CONSTRAINT agreement_shortfall_known,
  ADD CONSTRAINT agreement_shortfall_known CHECK (shortfall_rule IN ('', 'per_unit', 'make_good'));
DROP TABLE shortfall, live_check;
SELECT write_audit_parent();
