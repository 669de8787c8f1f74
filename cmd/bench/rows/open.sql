-- One agency's year to be filled in: who works there and how much there is of everything. The connection keeps it.
-- All keys are reckoned from the kind of a row and its number, so that nothing has to be looked up.
CREATE FUNCTION pg_temp.key(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT ('01a00000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;
CREATE TEMP TABLE year (government uuid, agency uuid, staff uuid, ppk uuid, treasurer uuid, tag integer, placements bigint,
  agreements bigint, each bigint, quantity bigint);
SET session_replication_role = replica; -- every reference below is right by its making; the other checks stay on
