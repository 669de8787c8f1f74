-- What lists sort by and filter by, each with what orders the rows behind it, so that every page of a long list is one
-- short walk along an index; and the look-up of the session, planned once for a connection.
-- +goose Up
DROP INDEX placement_agency, placement_agreement;
CREATE INDEX placement_created_at ON placement (government_id, agency_id, created_at, id);
CREATE INDEX placement_agreement ON placement (government_id, agreement_id, created_at, id);
CREATE INDEX placement_status ON placement (government_id, agency_id, status, created_at, id);
CREATE INDEX placement_scheduled_on ON placement (government_id, agency_id, scheduled_on, id);
CREATE INDEX placement_published_on ON placement (government_id, agency_id, coalesce(published_on, 'infinity'), id);
CREATE INDEX placement_gross ON placement (government_id, agency_id, gross, id);
CREATE INDEX placement_title ON placement (government_id, agency_id, title, id);
-- Each placement counts itself on its deliverable; room in the page spares that the indexes.
ALTER TABLE deliverable SET (fillfactor = 60);

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

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION session_actor(p_government uuid, p_session uuid, p_secret_hash bytea, p_now timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, language text, roles jsonb)
LANGUAGE sql STABLE ROWS 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.email, u.name, u.language,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'agency_id', r.agency_id)), '[]')
       FROM user_role r WHERE r.government_id = u.government_id AND r.user_id = u.id)
  FROM session s JOIN user_account u ON u.government_id = s.government_id AND u.id = s.user_id
  WHERE s.government_id = p_government AND s.id = p_session AND s.secret_hash = p_secret_hash
    AND s.revoked_at IS NULL AND s.expires_at > p_now AND u.disabled_at IS NULL
$$;
-- +goose StatementEnd
ALTER TABLE deliverable RESET (fillfactor);
DROP INDEX placement_title, placement_gross, placement_published_on, placement_scheduled_on, placement_status,
  placement_agreement, placement_created_at;
CREATE INDEX placement_agency ON placement (government_id, agency_id, id);
CREATE INDEX placement_agreement ON placement (government_id, agreement_id);
