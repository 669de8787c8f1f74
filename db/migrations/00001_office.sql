-- The office: governments, agencies, people, and what each may open.
-- government_id leads every key, so that rows can later be distributed by it.
-- +goose Up
-- +goose StatementBegin
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tayang_app') THEN
    CREATE ROLE tayang_app LOGIN;
    EXECUTE format('GRANT tayang_app TO %I', current_user);
  END IF;
END $$;
-- +goose StatementEnd

CREATE TABLE government (
  government_id uuid NOT NULL, name text NOT NULL, timezone text NOT NULL DEFAULT 'Asia/Jakarta',
  created_at timestamptz NOT NULL,
  CONSTRAINT government_pkey PRIMARY KEY (government_id),
  CONSTRAINT government_name_filled CHECK (name <> '')
);

CREATE TABLE agency (
  government_id uuid NOT NULL, id uuid NOT NULL, code text NOT NULL, name text NOT NULL,
  scheme text NOT NULL, currency text NOT NULL, version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL, created_by uuid,
  CONSTRAINT agency_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT agency_code_unique UNIQUE (government_id, code),
  CONSTRAINT agency_government_fkey FOREIGN KEY (government_id) REFERENCES government,
  CONSTRAINT agency_scheme_known CHECK (scheme IN ('apbd', 'apbn', 'other')),
  CONSTRAINT agency_currency_known CHECK (currency IN ('IDR', 'MXN', 'EUR', 'USD'))
);

CREATE TABLE user_account (
  government_id uuid NOT NULL, id uuid NOT NULL, email text NOT NULL, name text NOT NULL, nip text,
  password_hash text NOT NULL, language text NOT NULL DEFAULT 'id', disabled_at timestamptz,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
  CONSTRAINT user_account_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT user_account_email_unique UNIQUE (government_id, email),
  CONSTRAINT user_account_email_lower CHECK (email = lower(email)),
  CONSTRAINT user_account_government_fkey FOREIGN KEY (government_id) REFERENCES government,
  CONSTRAINT user_account_language_known CHECK (language IN ('id', 'en'))
);
CREATE INDEX user_account_email ON user_account (email);

-- A role without an agency holds in every agency of the government.
CREATE TABLE user_role (
  government_id uuid NOT NULL, id uuid NOT NULL, user_id uuid NOT NULL, role text NOT NULL, agency_id uuid,
  CONSTRAINT user_role_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT user_role_unique UNIQUE NULLS NOT DISTINCT (government_id, user_id, role, agency_id),
  CONSTRAINT user_role_user_fkey FOREIGN KEY (government_id, user_id) REFERENCES user_account,
  CONSTRAINT user_role_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT user_role_known CHECK (role IN ('staff', 'ppk', 'verifier', 'treasurer', 'head', 'auditor', 'admin'))
);

CREATE TABLE session (
  government_id uuid NOT NULL, id uuid NOT NULL, user_id uuid NOT NULL, secret_hash bytea NOT NULL,
  kind text NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz,
  CONSTRAINT session_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT session_user_fkey FOREIGN KEY (government_id, user_id) REFERENCES user_account,
  CONSTRAINT session_kind_known CHECK (kind IN ('api', 'web', 'token'))
);

-- The first answer to a request that carried an Idempotency-Key, written in the transaction of the work itself.
CREATE TABLE idempotency (
  government_id uuid NOT NULL, user_id uuid NOT NULL, key text NOT NULL, request_hash bytea NOT NULL,
  status integer NOT NULL, etag text NOT NULL DEFAULT '', body bytea NOT NULL, created_at timestamptz NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (government_id, user_id, key)
);

-- Who has this e-mail address, over all governments: sign-in happens before the government is known.
CREATE FUNCTION login_candidates(p_email text)
RETURNS TABLE (government_id uuid, id uuid, name text, language text, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT government_id, id, name, language, password_hash FROM user_account
  WHERE email = lower(p_email) AND disabled_at IS NULL
$$;

-- The user behind a session and every role of his, in one round trip.
CREATE FUNCTION session_actor(p_government uuid, p_session uuid, p_secret_hash bytea, p_now timestamptz)
RETURNS TABLE (user_id uuid, email text, name text, language text, roles jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.email, u.name, u.language,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'agency_id', r.agency_id)), '[]')
       FROM user_role r WHERE r.government_id = u.government_id AND r.user_id = u.id)
  FROM session s JOIN user_account u ON u.government_id = s.government_id AND u.id = s.user_id
  WHERE s.government_id = p_government AND s.id = p_session AND s.secret_hash = p_secret_hash
    AND s.revoked_at IS NULL AND s.expires_at > p_now AND u.disabled_at IS NULL
$$;

-- +goose Down
DROP FUNCTION session_actor; DROP FUNCTION login_candidates;
DROP TABLE idempotency, session, user_role, user_account, agency, government;
