-- What tells whether a proof was seen before: the address of each publication without what does not matter, and of each
-- picture a small grey copy with the keys under which it is found. All of it is worked out from placements and files, so
-- that the trail, which has those, says nothing of it. What a proof says of itself and from where it came stands with it.
-- +goose Up
CREATE TABLE placement_address (
  government_id uuid NOT NULL, placement_id uuid NOT NULL, address text NOT NULL, post boolean NOT NULL,
  CONSTRAINT placement_address_pkey PRIMARY KEY (government_id, placement_id),
  CONSTRAINT placement_address_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement
);
CREATE INDEX placement_address_same ON placement_address (government_id, address) WHERE address <> '';
CALL wall_table('placement_address');
GRANT UPDATE (address, post) ON placement_address TO tayang_app;
CREATE TRIGGER keep AFTER TRUNCATE ON placement_address EXECUTE FUNCTION refuse_truncate();

CREATE TABLE picture (
  government_id uuid NOT NULL, file_sha256 text NOT NULL, print bytea NOT NULL,
  CONSTRAINT picture_pkey PRIMARY KEY (government_id, file_sha256),
  CONSTRAINT picture_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file
);
CALL wall_table('picture');
CREATE TRIGGER keep AFTER TRUNCATE ON picture EXECUTE FUNCTION refuse_truncate();

CREATE TABLE picture_key (
  government_id uuid NOT NULL, key integer NOT NULL, file_sha256 text NOT NULL,
  CONSTRAINT picture_key_pkey PRIMARY KEY (government_id, key, file_sha256),
  CONSTRAINT picture_key_picture_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES picture
);
CALL wall_table('picture_key');
CREATE TRIGGER keep AFTER TRUNCATE ON picture_key EXECUTE FUNCTION refuse_truncate();

-- Both ways, so that either picture finds the other.
CREATE TABLE picture_match (
  government_id uuid NOT NULL, file_sha256 text NOT NULL, other_sha256 text NOT NULL, score integer NOT NULL,
  CONSTRAINT picture_match_pkey PRIMARY KEY (government_id, file_sha256, other_sha256),
  CONSTRAINT picture_match_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES picture,
  CONSTRAINT picture_match_other_fkey FOREIGN KEY (government_id, other_sha256) REFERENCES picture,
  CONSTRAINT picture_match_percent CHECK (score BETWEEN 0 AND 100),
  CONSTRAINT picture_match_two CHECK (file_sha256 <> other_sha256)
);
CALL wall_table('picture_match');
CREATE TRIGGER keep AFTER TRUNCATE ON picture_match EXECUTE FUNCTION refuse_truncate();

ALTER TABLE proof
  ADD COLUMN thumbnail_sha256 text, ADD COLUMN source text NOT NULL DEFAULT '', ADD COLUMN agent text NOT NULL DEFAULT '',
  ADD COLUMN passport jsonb NOT NULL DEFAULT '{}',
  ADD CONSTRAINT proof_thumbnail_fkey FOREIGN KEY (government_id, thumbnail_sha256) REFERENCES file,
  DROP CONSTRAINT proof_origin_known, ADD CONSTRAINT proof_origin_known CHECK (origin IN ('vendor', 'staff', 'capture'));
CREATE INDEX proof_thumbnail ON proof (government_id, thumbnail_sha256) WHERE thumbnail_sha256 IS NOT NULL;

-- Pages that the program opens itself: a queue, and what came of it.
CREATE TABLE capture (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, placement_id uuid NOT NULL, url text NOT NULL,
  status text NOT NULL DEFAULT 'queued', step text NOT NULL DEFAULT '', progress integer NOT NULL DEFAULT 0, attempts integer NOT NULL DEFAULT 0,
  lease uuid, due_at timestamptz NOT NULL, error text NOT NULL DEFAULT '',
  final_url text NOT NULL DEFAULT '', http_status integer NOT NULL DEFAULT 0, title text NOT NULL DEFAULT '', published text NOT NULL DEFAULT '',
  bundle_sha256 text, proof_id uuid, captured_at timestamptz,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, started_at timestamptz, finished_at timestamptz, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT capture_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT capture_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT capture_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement,
  CONSTRAINT capture_bundle_fkey FOREIGN KEY (government_id, bundle_sha256) REFERENCES file,
  CONSTRAINT capture_proof_fkey FOREIGN KEY (government_id, proof_id) REFERENCES proof,
  CONSTRAINT capture_status_known CHECK (status IN ('queued', 'running', 'done', 'failed')),
  CONSTRAINT capture_progress_percent CHECK (progress BETWEEN 0 AND 100),
  CONSTRAINT capture_done_is_whole CHECK (status <> 'done' OR (bundle_sha256 IS NOT NULL AND proof_id IS NOT NULL AND captured_at IS NOT NULL)),
  CONSTRAINT capture_failed_for_a_reason CHECK ((status = 'failed') = (error <> ''))
);
CREATE UNIQUE INDEX capture_one_at_a_time ON capture (government_id, placement_id) WHERE status IN ('queued', 'running');
CREATE INDEX capture_placement ON capture (government_id, placement_id, created_at);
CREATE INDEX capture_bundle ON capture (government_id, bundle_sha256) WHERE bundle_sha256 IS NOT NULL;
CREATE INDEX capture_due ON capture (due_at, id) WHERE status IN ('queued', 'running');
CALL wall_table('capture');
CALL trail_table('capture', 'id', '{step,progress,lease,due_at,attempts,started_at,version}');
GRANT UPDATE (status, step, progress, attempts, lease, due_at, error, final_url, http_status, title, published, bundle_sha256, proof_id,
  captured_at, started_at, finished_at, version) ON capture TO tayang_app;

-- +goose StatementBegin
CREATE FUNCTION claim_capture(p_lease uuid, p_now timestamptz, p_until timestamptz, p_attempts_max integer)
RETURNS TABLE (government_id uuid, id uuid, user_id uuid, email text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE capture SET status = 'failed', error = 'attempts_exhausted', lease = NULL, finished_at = p_now, version = version + 1
  WHERE status = 'running' AND due_at <= p_now AND attempts >= p_attempts_max;
  RETURN QUERY
  WITH next AS (
    SELECT c.government_id, c.id FROM capture c
    WHERE c.status IN ('queued', 'running') AND c.due_at <= p_now
    ORDER BY c.due_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE capture c SET status = 'running', lease = p_lease, due_at = p_until, attempts = c.attempts + 1,
      started_at = coalesce(c.started_at, p_now), progress = 0, step = '', version = c.version + 1
    FROM next WHERE c.government_id = next.government_id AND c.id = next.id
    RETURNING c.government_id, c.id, c.created_by
  )
  SELECT taken.government_id, taken.id, u.id, u.email, u.name
  FROM taken JOIN user_account u ON u.government_id = taken.government_id AND u.id = taken.created_by;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION claim_capture FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_capture TO tayang_app;

-- +goose Down
DROP FUNCTION claim_capture;
DROP TABLE capture;
ALTER TABLE proof DROP CONSTRAINT proof_thumbnail_fkey, DROP COLUMN thumbnail_sha256, DROP COLUMN source, DROP COLUMN agent, DROP COLUMN passport,
  DROP CONSTRAINT proof_origin_known, ADD CONSTRAINT proof_origin_known CHECK (origin IN ('vendor', 'staff'));

DROP TABLE picture_match, picture_key, picture, placement_address;
