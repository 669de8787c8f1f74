-- Departures from a rule: a row for each document that passed under an override in the period, one for each override that
-- was asked for in it and let nothing pass; then roles that the command line changed, and changes past the program, those of
-- one second, table and hand together.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL), $6 the office's day.
WITH span AS (
  SELECT g.timezone AS zone, coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
  FROM government g WHERE g.government_id = $1
), used AS (
  SELECT u.id, u.override_id, u.document_type, u.document_number, u.amount, u.used_at, w.name AS used_by
  FROM override_use u CROSS JOIN span
  JOIN override o ON o.government_id = u.government_id AND o.id = u.override_id
  LEFT JOIN user_account w ON w.government_id = u.government_id AND w.id = u.used_by
  WHERE u.government_id = $1 AND u.agency_id = $2
    AND coalesce(document_fiscal_year($1, u.document_type, u.document_id), extract(year FROM u.used_at AT TIME ZONE span.zone)::integer) = $3
    AND CASE u.document_type WHEN 'spending' THEN (o.subject ->> 'date')::date ELSE (u.used_at AT TIME ZONE span.zone)::date END
      BETWEEN span.first AND span.last
), event AS (
  SELECT e.seq, e.recorded_at, e.actor_id, e.table_name, e.row_id, e.op, e.outside, e.event::jsonb AS event
  FROM audit_event e CROSS JOIN span
  WHERE e.government_id = $1 AND (e.agency_id = $2 OR e.agency_id IS NULL) AND e.op <> 'baseline'
    AND (e.outside OR e.table_name = 'user_role' AND e.actor_id = '00000000-0000-0000-0000-000000000000')
    AND extract(year FROM e.recorded_at AT TIME ZONE span.zone) = $3
    AND (e.recorded_at AT TIME ZONE span.zone)::date BETWEEN span.first AND span.last
)
SELECT coalesce(u.id, o.id)::text AS id, o.kind AS category, o.subject, coalesce(v.legal_name, '') AS vendor,
  coalesce(l.sub_activity_code || ' / ' || l.account_code, '') AS line, '' AS changed, 0::bigint AS rows, '' AS op, '' AS program,
  o.reason, coalesce(a.name, '') AS asked_by, o.created_at AS asked_at, coalesce(d.name, '') AS decided_by, o.decided_at, o.valid_until,
  CASE
    WHEN o.kind = 'without_agreement' AND o.status = 'revoked' AND span.last < greatest((o.subject ->> 'date')::date,
      least((o.revoked_at AT TIME ZONE span.zone)::date, make_date($3, 12, 31))) THEN 'approved'
    WHEN o.status = 'approved' AND o.valid_until < $6::date THEN 'expired'
    ELSE o.status END AS status,
  o.remark, coalesce(u.document_type, '') AS document_type, coalesce(u.document_number, '') AS document_number, u.amount, u.used_at,
  coalesce(u.used_by, '') AS used_by, o.id::text AS override_id
FROM override o CROSS JOIN span
LEFT JOIN used u ON u.override_id = o.id
LEFT JOIN user_account a ON a.government_id = o.government_id AND a.id = o.created_by
LEFT JOIN user_account d ON d.government_id = o.government_id AND d.id = o.decided_by
LEFT JOIN vendor v ON v.government_id = o.government_id AND v.id = (o.subject ->> 'vendor_id')::uuid
LEFT JOIN budget_line l ON l.government_id = o.government_id AND l.id = (o.subject ->> 'budget_line_id')::uuid
WHERE o.government_id = $1 AND (o.agency_id = $2 OR o.agency_id IS NULL)
  AND (u.id IS NOT NULL
    OR NOT (o.kind = 'without_agreement' AND o.status IN ('approved', 'revoked'))
      AND extract(year FROM o.created_at AT TIME ZONE span.zone) = $3
      AND (o.created_at AT TIME ZONE span.zone)::date BETWEEN span.first AND span.last)
UNION ALL
SELECT 'audit ' || e.seq, 'role_change', jsonb_strip_nulls(jsonb_build_object('email', coalesce(p.email, r.row ->> 'user_id'), 'role', r.row ->> 'role',
    'agency_code', g.code, 'action', CASE WHEN e.op = 'delete' OR r.row ->> 'revoked_at' IS NOT NULL THEN 'revoke' ELSE 'grant' END)),
  '', '', '', 0, '', '', coalesce(e.event ->> 'reason', ''), '', e.recorded_at, '', NULL, NULL, '', '', 'user_role', e.row_id, NULL, NULL, '', ''
FROM event e
CROSS JOIN LATERAL (SELECT CASE e.op WHEN 'delete' THEN e.event -> 'old' ELSE e.event -> 'new' END AS row) r
LEFT JOIN user_account p ON p.government_id = $1 AND p.id = (r.row ->> 'user_id')::uuid
LEFT JOIN agency g ON g.government_id = $1 AND g.id = (r.row ->> 'agency_id')::uuid
WHERE NOT e.outside
UNION ALL
SELECT 'audit ' || min(e.seq), 'outside', NULL, '', '', e.table_name, count(*), e.op, coalesce(e.event -> 'outside' ->> 'program', ''), '',
  coalesce(e.event -> 'outside' ->> 'role', ''), min(e.recorded_at), '', NULL, NULL, '', '', e.table_name,
  CASE count(*) WHEN 1 THEN min(e.row_id) ELSE '' END, NULL, NULL, '', ''
FROM event e WHERE e.outside
GROUP BY e.table_name, e.op, e.event -> 'outside' ->> 'program', e.event -> 'outside' ->> 'role', date_trunc('second', e.recorded_at)
ORDER BY 12, 1
