-- Reports are made in the background: each row is one request for a workbook, and at the same time its place in
-- the queue. due_at says when a worker may take it: at once, after a pause, or when the lease of a worker that
-- died has run out.
-- +goose Up
CREATE TABLE report_run (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, kind text NOT NULL, fiscal_year integer NOT NULL,
  from_date date, to_date date, language text NOT NULL, status text NOT NULL DEFAULT 'queued',
  rows_done bigint NOT NULL DEFAULT 0, rows_total bigint NOT NULL DEFAULT 0, as_of timestamptz,
  sha256 text NOT NULL DEFAULT '', size bigint NOT NULL DEFAULT 0, agrees boolean, error text NOT NULL DEFAULT '',
  attempts integer NOT NULL DEFAULT 0, lease uuid, due_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, started_at timestamptz, finished_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT report_run_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT report_run_agency_fkey FOREIGN KEY (government_id, agency_id) REFERENCES agency,
  CONSTRAINT report_run_user_fkey FOREIGN KEY (government_id, created_by) REFERENCES user_account,
  CONSTRAINT report_run_kind_known CHECK (kind IN ('accountability')),
  CONSTRAINT report_run_year_sane CHECK (fiscal_year BETWEEN 2000 AND 2200),
  CONSTRAINT report_run_language_known CHECK (language IN ('id', 'en')),
  CONSTRAINT report_run_status_known CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  CONSTRAINT report_run_dates_ordered CHECK (from_date <= to_date),
  CONSTRAINT report_run_progress_sane CHECK (rows_done >= 0 AND rows_total >= 0 AND attempts >= 0),
  CONSTRAINT report_run_lease_while_running CHECK ((status = 'running') = (lease IS NOT NULL)),
  CONSTRAINT report_run_done_has_file CHECK (
    (status = 'done') = (sha256 ~ '^[0-9a-f]{64}$' AND size > 0 AND as_of IS NOT NULL AND agrees IS NOT NULL))
);
CREATE INDEX report_run_agency ON report_run (government_id, agency_id, id);
CREATE INDEX report_run_due ON report_run (government_id, due_at) WHERE status IN ('queued', 'running');

ALTER TABLE report_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_government ON report_run
  USING (government_id = nullif(current_setting('tayang.government', true), '')::uuid);
GRANT SELECT, INSERT ON report_run TO tayang_app;
GRANT UPDATE (status, rows_done, rows_total, as_of, sha256, size, agrees, error, attempts, lease, due_at, finished_at, version)
  ON report_run TO tayang_app;

-- Takes the run that waits longest, over all governments, until p_until; a run that was tried p_attempts_max times
-- without an end has failed. Gives the run's place and the person for whom it is made.
-- +goose StatementBegin
CREATE FUNCTION claim_report_run(p_lease uuid, p_now timestamptz, p_until timestamptz, p_attempts_max integer)
RETURNS TABLE (government_id uuid, id uuid, user_id uuid, email text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE report_run SET status = 'failed', error = 'attempts_exhausted', lease = NULL, finished_at = p_now, version = version + 1
  WHERE status = 'running' AND due_at <= p_now AND attempts >= p_attempts_max;
  RETURN QUERY
  WITH next AS (
    SELECT r.government_id, r.id FROM report_run r
    WHERE r.status IN ('queued', 'running') AND r.due_at <= p_now
    ORDER BY r.due_at, r.id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE report_run r SET status = 'running', lease = p_lease, due_at = p_until, attempts = r.attempts + 1,
      started_at = coalesce(r.started_at, p_now), rows_done = 0, version = r.version + 1
    FROM next WHERE r.government_id = next.government_id AND r.id = next.id
    RETURNING r.government_id, r.id, r.created_by
  )
  SELECT taken.government_id, taken.id, u.id, u.email, u.name
  FROM taken JOIN user_account u ON u.government_id = taken.government_id AND u.id = taken.created_by;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION claim_report_run FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_report_run TO tayang_app;

-- +goose Down
DROP FUNCTION claim_report_run;
DROP TABLE report_run;
