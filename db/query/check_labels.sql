-- Events whose columns, by which they are found, say something else than their sealed text. $1 government.
SELECT 'event ' || e.seq AS subject, 'its columns are not those of its text' AS detail
FROM audit_event e CROSS JOIN LATERAL json_to_record(e.event::json) AS x(
  seq bigint, government uuid, agency uuid, actor uuid, verb text, "table" text, "row" text, op text)
WHERE e.government_id = $1 AND (e.seq, e.government_id, e.agency_id, e.actor_id, e.verb, e.table_name, e.row_id, e.op)
  IS DISTINCT FROM (x.seq, x.government, x.agency, x.actor, x.verb, x."table", x."row", x.op)
