-- What a proof's file says of itself, its small picture and whether it was seen before are worked out after it was kept, not
-- while its sender waits. Until then it is uninspected, and its placement cannot be verified. The queue is worked out from
-- that: the trail has the proof.
-- +goose Up
ALTER TABLE proof ADD COLUMN uninspected boolean NOT NULL DEFAULT false;
GRANT UPDATE (passport, thumbnail_sha256, uninspected) ON proof TO tayang_app;
CREATE INDEX proof_uninspected ON proof (government_id, placement_id) WHERE uninspected;

CREATE TABLE proof_inspection (
  government_id uuid NOT NULL, proof_id uuid NOT NULL, done boolean NOT NULL DEFAULT false, attempts integer NOT NULL DEFAULT 0,
  lease uuid, due_at timestamptz NOT NULL,
  CONSTRAINT proof_inspection_pkey PRIMARY KEY (government_id, proof_id),
  CONSTRAINT proof_inspection_proof_fkey FOREIGN KEY (government_id, proof_id) REFERENCES proof
);
CREATE INDEX proof_inspection_due ON proof_inspection (due_at, proof_id) WHERE NOT done;
CALL wall_table('proof_inspection');
GRANT UPDATE (done, attempts, lease, due_at) ON proof_inspection TO tayang_app;
CREATE TRIGGER keep AFTER TRUNCATE ON proof_inspection EXECUTE FUNCTION refuse_truncate();

-- +goose StatementBegin
CREATE FUNCTION refuse_uninspected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM proof f WHERE f.government_id = NEW.government_id AND f.placement_id = NEW.id AND f.uninspected) THEN
    RAISE EXCEPTION 'placement % has a proof that was not inspected', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'placement_proofs_inspected';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER inspected BEFORE UPDATE OF status ON placement FOR EACH ROW
  WHEN (NEW.status = 'verified' AND OLD.status <> 'verified') EXECUTE FUNCTION refuse_uninspected();

-- +goose StatementBegin
CREATE FUNCTION claim_inspection(p_lease uuid, p_now timestamptz, p_until timestamptz)
RETURNS TABLE (government_id uuid, id uuid, attempts integer, user_id uuid, email text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH next AS (
    SELECT q.government_id, q.proof_id FROM proof_inspection q
    WHERE NOT q.done AND q.due_at <= p_now
    ORDER BY q.due_at, q.proof_id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    -- One that ended the program each time is tried ever more seldom.
    UPDATE proof_inspection q SET lease = p_lease, attempts = q.attempts + 1, due_at = p_until + least(q.attempts, 30) * interval '2 minutes'
    FROM next WHERE q.government_id = next.government_id AND q.proof_id = next.proof_id
    RETURNING q.government_id, q.proof_id, q.attempts
  )
  SELECT taken.government_id, taken.proof_id, taken.attempts, u.id, u.email, u.name
  FROM taken JOIN proof f ON f.government_id = taken.government_id AND f.id = taken.proof_id
  JOIN user_account u ON u.government_id = f.government_id AND u.id = f.created_by;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION claim_inspection FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_inspection TO tayang_app;

-- +goose Down
DROP FUNCTION claim_inspection;
DROP TRIGGER inspected ON placement;
DROP FUNCTION refuse_uninspected;
DROP TABLE proof_inspection;
DROP INDEX proof_uninspected;
REVOKE UPDATE (passport, thumbnail_sha256) ON proof FROM tayang_app;
ALTER TABLE proof DROP COLUMN uninspected;
