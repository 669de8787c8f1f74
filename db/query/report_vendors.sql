-- Vendors with an agreement of the fiscal year, or one carried into it, ordered up to the end of the period.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
), deal AS (
  SELECT a.vendor_id, count(a.approved_at) AS agreements,
    coalesce(sum(a.gross) FILTER (WHERE a.approved_at IS NOT NULL), 0)::bigint AS gross
  FROM agreement a CROSS JOIN span
  WHERE a.government_id = $1 AND a.agency_id = $2 AND (a.fiscal_year = $3 OR EXISTS (SELECT FROM debt_recognition r
    WHERE r.government_id = $1 AND r.agreement_id = a.id AND r.fiscal_year = $3 AND r.status = 'approved')) AND a.order_date <= span.last
  GROUP BY a.vendor_id
)
SELECT v.id, v.kind, v.legal_name AS name, v.npwp, v.nik, v.nib, array_to_string(v.kbli, '; ') AS kbli, v.vat_registered,
  v.pp55_number, v.pp55_valid_until, v.bank_name AS bank, v.bank_account_number AS account,
  v.bank_account_owner AS account_owner, v.address, coalesce(channel.names, '') AS channels, deal.agreements, deal.gross,
  coalesce(paid.gross, 0) AS paid
FROM deal CROSS JOIN span
JOIN vendor v ON v.government_id = $1 AND v.id = deal.vendor_id
CROSS JOIN LATERAL (
  SELECT sum(p.gross - (SELECT coalesce(sum(r.amount), 0) FROM payment_refund r
    WHERE r.government_id = $1 AND r.payment_id = p.id AND r.sts_date <= span.last))::bigint AS gross
  FROM agreement a
  JOIN payment p ON p.government_id = a.government_id AND p.agreement_id = a.id
  WHERE a.government_id = $1 AND a.agency_id = $2 AND (a.fiscal_year = $3 OR EXISTS (SELECT FROM debt_recognition r
    WHERE r.government_id = $1 AND r.agreement_id = a.id AND r.fiscal_year = $3 AND r.status = 'approved')) AND a.vendor_id = v.id
    AND a.order_date <= span.last AND p.sp2d_date <= span.last AND coalesce(p.fiscal_year, a.fiscal_year) <= $3
    AND (p.status = 'settled' OR p.status = 'reversed' AND p.sts_date > span.last)
) paid
CROSS JOIN LATERAL (
  SELECT string_agg(c.name, '; ' ORDER BY c.name) AS names
  FROM (
    SELECT o.name FROM outlet o WHERE o.government_id = $1 AND o.vendor_id = v.id
    UNION ALL
    SELECT s.platform || ' @' || s.handle FROM social_account s WHERE s.government_id = $1 AND s.vendor_id = v.id
  ) c
) channel
ORDER BY v.legal_name, v.id
