-- Departures from a rule: each is asked for by one person with a reason, decided by another, may expire, and keeps the
-- documents that passed under it.
-- +goose Up
CREATE TABLE override (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid, kind text NOT NULL, subject jsonb NOT NULL, reason text NOT NULL,
  status text NOT NULL DEFAULT 'requested', valid_until date, remark text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, decided_at timestamptz, decided_by uuid,
  revoked_at timestamptz, revoked_by uuid, version bigint NOT NULL DEFAULT 1,
  CONSTRAINT override_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT override_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT override_kind_known CHECK (kind IN ('check_mode', 'tolerance', 'period_reopen', 'back_date', 'role_change', 'acting', 'without_agreement')),
  CONSTRAINT override_status_known CHECK (status IN ('requested', 'approved', 'refused', 'withdrawn', 'revoked')),
  CONSTRAINT override_reason_filled CHECK (reason <> ''),
  CONSTRAINT override_decided_by_someone CHECK ((status IN ('approved', 'refused', 'revoked')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT override_revoked_by_someone CHECK ((status = 'revoked') = (revoked_by IS NOT NULL AND revoked_at IS NOT NULL)),
  CONSTRAINT override_not_decided_by_author CHECK (decided_by IS NULL OR decided_by <> created_by)
);
CREATE INDEX override_agency ON override (government_id, agency_id, created_at, id);
CREATE INDEX override_in_force ON override (government_id, agency_id, kind) WHERE status = 'approved';

-- A document that passed under an override, with its money (tax included, smallest unit of the agency's currency).
CREATE TABLE override_use (
  government_id uuid NOT NULL, id uuid NOT NULL, override_id uuid NOT NULL, agency_id uuid NOT NULL, document_type text NOT NULL,
  document_id uuid NOT NULL, document_number text NOT NULL, amount bigint NOT NULL, used_at timestamptz NOT NULL, used_by uuid NOT NULL,
  CONSTRAINT override_use_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT override_use_override_fkey FOREIGN KEY (government_id, override_id) REFERENCES override,
  CONSTRAINT override_use_amount_not_negative CHECK (amount >= 0)
);
CREATE INDEX override_use_override ON override_use (government_id, override_id, used_at, id);

CALL wall_table('override');
CALL wall_table('override_use');
CALL trail_table('override');
CALL trail_table('override_use');
GRANT UPDATE (status, remark, decided_at, decided_by, revoked_at, revoked_by, version) ON override TO tayang_app;

-- The override of the kind that holds on the day and whose subject has everything that p_subject has; NULL when none does.
CREATE FUNCTION override_in_force(p_government uuid, p_agency uuid, p_kind text, p_subject jsonb, p_on date) RETURNS uuid
LANGUAGE sql STABLE AS $$
  SELECT o.id FROM override o
  WHERE o.government_id = p_government AND o.agency_id = p_agency AND o.kind = p_kind AND o.status = 'approved'
    AND o.subject @> p_subject AND (o.valid_until IS NULL OR o.valid_until >= p_on)
  ORDER BY o.decided_at DESC, o.id LIMIT 1
$$;

-- +goose Down
DROP FUNCTION override_in_force;
DROP TABLE override_use, override;
