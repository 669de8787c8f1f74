-- What the checks of the data found, each time they ran by themselves.
-- +goose Up
CREATE TABLE check_run (
  government_id uuid NOT NULL, id uuid NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL,
  problems bigint NOT NULL, report text NOT NULL,
  CONSTRAINT check_run_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT check_run_sane CHECK (problems >= 0 AND finished_at >= started_at)
);
CALL wall_table('check_run');
CALL trail_table('check_run');

-- +goose Down
DROP TABLE check_run;
