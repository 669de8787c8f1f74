-- What overrides do: an agreement may be submitted without a reservation, an invoice may be higher than what is evidenced,
-- a role is given and taken back without a row being lost, and somebody may hold another's role for a time.
-- +goose Up
ALTER TABLE agreement ADD COLUMN unreserved boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT agreement_unreserved_while_submitted CHECK (NOT unreserved OR status = 'submitted');
-- What the vendor asks for beyond the evidence: kept, and never paid.
ALTER TABLE invoice ADD COLUMN excess bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT invoice_excess_sane CHECK (excess >= 0 AND excess < amount);

ALTER TABLE user_role ADD COLUMN revoked_at timestamptz, DROP CONSTRAINT user_role_unique;
CREATE UNIQUE INDEX user_role_unique ON user_role (government_id, user_id, role, agency_id) NULLS NOT DISTINCT WHERE revoked_at IS NULL;
REVOKE UPDATE ON user_role FROM tayang_app;
GRANT UPDATE (revoked_at) ON user_role TO tayang_app;

ALTER TABLE override
  ADD CONSTRAINT override_acting_expires CHECK (kind <> 'acting' OR valid_until IS NOT NULL),
  ADD CONSTRAINT override_agency_unless_role CHECK (agency_id IS NOT NULL OR kind = 'role_change');
-- The same spending is recorded once, however its number is punctuated.
CREATE UNIQUE INDEX override_spending_unique ON override (government_id, (subject ->> 'vendor_id'),
  lower(regexp_replace(subject ->> 'number', '[^[:alnum:]]', '', 'g'))) WHERE kind = 'without_agreement' AND status IN ('requested', 'approved');
CREATE INDEX override_acting ON override (government_id, (subject ->> 'email')) WHERE kind = 'acting' AND status = 'approved';
CREATE INDEX override_use_document ON override_use (government_id, document_id);
CREATE INDEX override_use_agency ON override_use (government_id, agency_id, used_at, id);
-- Roles that the command line gave are told among the overrides.
CREATE INDEX audit_event_role ON audit_event (government_id, seq) WHERE table_name = 'user_role';

-- The fiscal year that a document which passed under an override belongs to; NULL for one without.
CREATE FUNCTION document_fiscal_year(p_government uuid, p_type text, p_id uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE p_type
    WHEN 'agreement' THEN (SELECT a.fiscal_year FROM agreement a WHERE a.government_id = p_government AND a.id = p_id)
    WHEN 'invoice' THEN (SELECT a.fiscal_year FROM invoice i JOIN agreement a ON a.government_id = i.government_id AND a.id = i.agreement_id
      WHERE i.government_id = p_government AND i.id = p_id)
    WHEN 'payment' THEN (SELECT a.fiscal_year FROM payment y JOIN agreement a ON a.government_id = y.government_id AND a.id = y.agreement_id
      WHERE y.government_id = p_government AND y.id = p_id)
    WHEN 'placement' THEN (SELECT a.fiscal_year FROM placement p JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
      WHERE p.government_id = p_government AND p.id = p_id)
    WHEN 'acceptance' THEN (SELECT a.fiscal_year FROM acceptance c JOIN agreement a ON a.government_id = c.government_id AND a.id = c.agreement_id
      WHERE c.government_id = p_government AND c.id = p_id)
    WHEN 'budget_version' THEN (SELECT v.fiscal_year FROM budget_version v WHERE v.government_id = p_government AND v.id = p_id)
    WHEN 'spending' THEN (SELECT extract(year FROM (o.subject ->> 'date')::date)::integer FROM override o
      WHERE o.government_id = p_government AND o.id = p_id)
  END
$$;

-- The user behind a session with his roles, and those that he holds for somebody else today.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION session_actor(p_government uuid, p_session uuid, p_secret_hash bytea, p_now timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, language text, roles jsonb)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT u.id, u.email, u.name, u.language,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'agency_id', r.agency_id)), '[]')
       FROM user_role r WHERE r.government_id = u.government_id AND r.user_id = u.id AND r.revoked_at IS NULL)
    || (SELECT coalesce(jsonb_agg(jsonb_build_object('role', o.subject ->> 'role', 'agency_id', o.agency_id,
           'override_id', o.id, 'acting_for', o.subject ->> 'for_email') ORDER BY o.id), '[]')
       FROM override o JOIN government g ON g.government_id = o.government_id
       WHERE o.government_id = u.government_id AND o.kind = 'acting' AND o.status = 'approved'
         AND o.subject ->> 'email' = u.email AND o.valid_until >= (p_now AT TIME ZONE g.timezone)::date)
  FROM session s JOIN user_account u ON u.government_id = s.government_id AND u.id = s.user_id
  WHERE s.government_id = p_government AND s.id = p_session AND s.secret_hash = p_secret_hash
    AND s.revoked_at IS NULL AND s.expires_at > p_now AND u.disabled_at IS NULL;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION session_actor(p_government uuid, p_session uuid, p_secret_hash bytea, p_now timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, language text, roles jsonb)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT u.id, u.email, u.name, u.language,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'agency_id', r.agency_id)), '[]')
       FROM user_role r WHERE r.government_id = u.government_id AND r.user_id = u.id)
  FROM session s JOIN user_account u ON u.government_id = s.government_id AND u.id = s.user_id
  WHERE s.government_id = p_government AND s.id = p_session AND s.secret_hash = p_secret_hash
    AND s.revoked_at IS NULL AND s.expires_at > p_now AND u.disabled_at IS NULL;
END $$;
-- +goose StatementEnd
DROP FUNCTION document_fiscal_year;
DROP INDEX audit_event_role, override_use_agency, override_use_document, override_acting, override_spending_unique;
ALTER TABLE override DROP CONSTRAINT override_agency_unless_role, DROP CONSTRAINT override_acting_expires;
-- A role that was taken back must not come to life again.
DELETE FROM user_role WHERE revoked_at IS NOT NULL;
DROP INDEX user_role_unique;
REVOKE UPDATE (revoked_at) ON user_role FROM tayang_app;
ALTER TABLE user_role DROP COLUMN revoked_at,
  ADD CONSTRAINT user_role_unique UNIQUE NULLS NOT DISTINCT (government_id, user_id, role, agency_id);
GRANT UPDATE ON user_role TO tayang_app;
ALTER TABLE invoice DROP COLUMN excess;
ALTER TABLE agreement DROP COLUMN unreserved;
