-- The year's ledger from its first entry up to the end of the period.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
)
SELECT e.seq, e.recorded_at, e.effective_on, e.kind, l.sub_activity_code, l.account_code, l.fund_source, e.from_account,
  e.to_account, e.amount, e.document_type, e.document_number, e.document_id, e.budget_line_id, coalesce(u.name, '') AS actor, e.reason
FROM ledger_entry e CROSS JOIN span
JOIN budget_line l ON l.government_id = e.government_id AND l.id = e.budget_line_id
LEFT JOIN user_account u ON u.government_id = e.government_id AND u.id = e.actor_id
WHERE e.government_id = $1 AND e.agency_id = $2 AND l.fiscal_year = $3 AND e.effective_on <= span.last
ORDER BY e.seq
