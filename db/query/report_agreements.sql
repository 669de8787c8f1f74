-- Agreements of the fiscal year ordered up to the end of the period, and those whose debt was carried into the year. What
-- was paid is what budgets up to that year bore.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
)
SELECT a.id, a.kind, a.rup_code, coalesce(nullif(a.package, ''), a.title) AS title, coalesce(item.sub_activities, '') AS sub_activities, coalesce(item.accounts, '') AS accounts,
  coalesce(item.fund_sources, '') AS fund_sources, a.method, a.form, a.number, a.order_date, v.legal_name AS vendor, v.npwp,
  a.owner_estimate, CASE WHEN NOT a.framework THEN item.offered END AS offered, CASE WHEN a.framework THEN 0 ELSE coalesce(item.negotiated, 0) END AS negotiated, coalesce('price_' || item.verdict, '') AS price_verdict, a.value, a.vat, a.gross, a.start_date, a.end_date,
  coalesce(amended.numbers, '') AS addenda, coalesce(accepted.numbers, '') AS acceptances, accepted.last_on AS accepted_on, coalesce(late.penalty, 0) AS penalty, coalesce(paid.gross, 0) AS paid,
  coalesce(paid.gross_period, 0) AS paid_period, a.status, coalesce(bv.number, '') AS budget_version,
  a.rup_announced_on, a.no_estimate_reason, a.legal_basis, a.minutes_number, a.minutes_date, a.shortfall_rule, CASE WHEN a.via_agency THEN v.legal_name ELSE '' END AS agent,
  passed.recipients, passed.net AS recipients_net, CASE WHEN a.via_agency THEN a.agency_fee END AS agency_fee, passed.confirmed
FROM agreement a CROSS JOIN span
JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
LEFT JOIN budget_version bv ON bv.government_id = a.government_id AND bv.id = a.budget_version_id
CROSS JOIN LATERAL (
  SELECT string_agg(DISTINCT l.sub_activity_code, '; ' ORDER BY l.sub_activity_code) AS sub_activities,
    string_agg(DISTINCT l.account_code, '; ' ORDER BY l.account_code) AS accounts,
    string_agg(DISTINCT l.fund_source, '; ' ORDER BY l.fund_source) AS fund_sources,
    CASE WHEN count(d.offered_price) = count(d.id) THEN sum(d.offered_price * d.quantity)::bigint END AS offered,
    sum(d.unit_price * d.quantity)::bigint AS negotiated,
    (array_agg(judged.verdict ORDER BY array_position(ARRAY['above', 'check', 'not_found', 'equal', 'below'], judged.verdict)))[1] AS verdict
  FROM deliverable d
  LEFT JOIN deliverable_price judged ON judged.government_id = d.government_id AND judged.id = d.id
  JOIN budget_line l ON l.government_id = d.government_id AND l.id = d.budget_line_id
  WHERE d.government_id = $1 AND d.agreement_id = a.id
) item
CROSS JOIN LATERAL (
  SELECT string_agg(m.number, '; ' ORDER BY m.position) AS numbers
  FROM amendment m WHERE m.government_id = $1 AND m.agreement_id = a.id AND m.status = 'approved' AND m.date <= span.last
) amended
CROSS JOIN LATERAL (
  SELECT string_agg(c.number, '; ' ORDER BY c.date, c.number) AS numbers, max(c.date) AS last_on
  FROM acceptance c WHERE c.government_id = $1 AND c.agreement_id = a.id AND c.date <= span.last
) accepted
CROSS JOIN LATERAL (
  SELECT sum(p.penalty)::bigint AS penalty FROM placement p
  WHERE p.government_id = $1 AND p.agreement_id = a.id AND p.penalty > 0 AND p.status NOT IN ('planned', 'rejected', 'cancelled') AND p.published_on <= span.last
) late
CROSS JOIN LATERAL (
  SELECT sum(p.gross - back.amount)::bigint AS gross, (sum(p.gross - back.amount) FILTER (WHERE p.sp2d_date >= span.first AND coalesce(p.fiscal_year, a.fiscal_year) = $3))::bigint AS gross_period
  FROM payment p CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount), 0)::bigint AS amount FROM payment_refund r
    WHERE r.government_id = $1 AND r.payment_id = p.id AND r.sts_date <= span.last) back
  WHERE p.government_id = $1 AND p.agreement_id = a.id AND p.sp2d_date <= span.last AND coalesce(p.fiscal_year, a.fiscal_year) <= $3
    AND (p.status = 'settled' OR p.status = 'reversed' AND p.sts_date > span.last)
) paid
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE r.net > 0) AS recipients, coalesce(sum(r.net), 0)::bigint AS net, coalesce(sum(said.amount), 0)::bigint AS confirmed
  FROM recipient r
  LEFT JOIN LATERAL (SELECT k.amount FROM recipient_confirmation k WHERE k.government_id = $1 AND k.recipient_id = r.id AND k.date <= span.last
    ORDER BY k.date DESC, k.created_at DESC, k.id DESC LIMIT 1) said ON true
  WHERE r.government_id = $1 AND r.agreement_id = a.id
) passed ON a.via_agency
WHERE a.government_id = $1 AND a.agency_id = $2 AND (a.fiscal_year = $3 OR EXISTS (SELECT FROM debt_recognition r
    WHERE r.government_id = $1 AND r.agreement_id = a.id AND r.fiscal_year = $3 AND r.status = 'approved')) AND a.order_date <= span.last
ORDER BY a.order_date, a.number
