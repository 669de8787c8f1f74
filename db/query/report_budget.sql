-- Budget lines with their balances at the end of the period: what stands in the line, less what moved later.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL), $6 and $7 the period's last month.
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
), original AS (
  SELECT vl.sub_activity_code, vl.account_code, vl.fund_source, vl.appropriation
  FROM budget_version v
  JOIN budget_version_line vl ON vl.government_id = v.government_id AND vl.budget_version_id = v.id
  WHERE v.government_id = $1 AND v.agency_id = $2 AND v.fiscal_year = $3 AND v.kind = 'original' AND v.status = 'locked'
)
SELECT l.id, l.sub_activity_code, l.sub_activity_name, l.account_code, l.account_name, l.fund_source,
  coalesce(original.appropriation, 0) AS original,
  l.appropriation - coalesce(later.appropriation, 0) AS appropriation,
  l.available - coalesce(later.available, 0) AS available,
  l.reserved - coalesce(later.reserved, 0) AS reserved,
  l.committed - coalesce(later.committed, 0) AS committed,
  l.realised - coalesce(later.realised, 0) AS realised,
  coalesce(month.realised, 0) AS realised_month
FROM budget_line l CROSS JOIN span
CROSS JOIN LATERAL (
  SELECT
    sum(CASE 'appropriation' WHEN e.from_account THEN e.amount WHEN e.to_account THEN -e.amount ELSE 0 END)::bigint AS appropriation,
    sum(CASE 'available' WHEN e.to_account THEN e.amount WHEN e.from_account THEN -e.amount ELSE 0 END)::bigint AS available,
    sum(CASE 'reserved' WHEN e.to_account THEN e.amount WHEN e.from_account THEN -e.amount ELSE 0 END)::bigint AS reserved,
    sum(CASE 'committed' WHEN e.to_account THEN e.amount WHEN e.from_account THEN -e.amount ELSE 0 END)::bigint AS committed,
    sum(CASE 'realised' WHEN e.to_account THEN e.amount WHEN e.from_account THEN -e.amount ELSE 0 END)::bigint AS realised
  FROM ledger_entry e
  WHERE e.government_id = $1 AND e.budget_line_id = l.id AND e.effective_on > span.last
) later
CROSS JOIN LATERAL (
  SELECT sum(CASE e.kind WHEN 'realise' THEN e.amount ELSE -e.amount END)::bigint AS realised
  FROM ledger_entry e
  WHERE e.government_id = $1 AND e.budget_line_id = l.id AND e.kind IN ('realise', 'refund')
    AND e.effective_on BETWEEN $6::date AND $7::date AND e.effective_on <= span.last
) month
LEFT JOIN original ON original.sub_activity_code = l.sub_activity_code AND original.account_code = l.account_code
  AND original.fund_source = l.fund_source
WHERE l.government_id = $1 AND l.agency_id = $2 AND l.fiscal_year = $3
ORDER BY l.sub_activity_code, l.account_code, l.fund_source
