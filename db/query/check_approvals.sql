-- Agreements and amendments that took effect without every step of their approval, or whose author decided on them. Those
-- that took effect before steps were recorded were never submitted in a round; what was under way then was decided by one
-- commitment officer. Migrations keep the database's local time, hence a day more. $1 government.
WITH since AS (
  SELECT max(v.tstamp) + interval '1 day' AS at FROM goose_db_version v WHERE v.version_id = 24 AND v.is_applied
), document AS (
  SELECT a.id AS agreement_id, NULL::uuid AS amendment_id, a.number AS subject, a.approval_round AS round, a.approval_steps AS steps,
    ARRAY[a.created_by, a.submitted_by] AS authors
  FROM agreement a WHERE a.government_id = $1 AND a.approved_at IS NOT NULL
    AND (a.approval_round > 0 OR a.approved_at > (SELECT since.at FROM since))
  UNION ALL
  SELECT m.agreement_id, m.id, a.number || ' / ' || m.number, m.position, m.approval_steps, ARRAY[a.created_by, a.submitted_by, m.created_by]
  FROM amendment m JOIN agreement a ON a.government_id = m.government_id AND a.id = m.agreement_id
  WHERE m.government_id = $1 AND m.status = 'approved' AND m.approval_steps <> '{}'
)
SELECT d.subject, CASE WHEN p.own > 0 THEN 'an author of it approved step ' || p.own
  ELSE format('%s of the steps %s were approved', p.approved, array_to_string(s.steps, ', ')) END AS detail
FROM document d CROSS JOIN LATERAL (SELECT CASE d.steps WHEN '{}' THEN '{ppk}' ELSE d.steps END AS steps) s
CROSS JOIN LATERAL (
  SELECT count(DISTINCT p.decided_by) FILTER (WHERE p.verdict = 'approved' AND p.role = s.steps[p.step]) AS approved, count(*) AS decided,
    coalesce(min(p.step) FILTER (WHERE p.decided_by = ANY (d.authors)), 0) AS own
  FROM agreement_approval p WHERE p.government_id = $1 AND p.agreement_id = d.agreement_id
    AND coalesce(p.amendment_id, p.agreement_id) = coalesce(d.amendment_id, d.agreement_id) AND p.round = d.round
) p
WHERE p.own > 0 OR p.approved <> cardinality(s.steps) OR p.decided <> cardinality(s.steps)
