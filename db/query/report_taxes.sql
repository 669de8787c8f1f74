-- Taxes kept back from payments that were settled in the period and stood settled at its end.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
)
SELECT t.id, t.kind, p.sp2d_number AS payment, p.sp2d_date AS paid_on, v.legal_name AS payee,
  coalesce(nullif(v.npwp, ''), v.nik) AS tax_number, coalesce(billed.numbers, '') AS tax_invoices, t.base,
  (t.rate * 1000000)::bigint AS rate, t.amount, t.legal_basis,
  CASE WHEN t.deposited_on > span.last THEN '' ELSE t.billing_code END AS billing_code,
  CASE WHEN t.deposited_on > span.last THEN '' ELSE t.ntpn END AS ntpn,
  CASE WHEN t.deposited_on > span.last THEN NULL ELSE t.deposited_on END AS deposited_on,
  CASE WHEN t.deposited_on > span.last THEN NULL ELSE t.billed_on END AS billed_on, t.due_on,
  coalesce(slip.number, '') AS slip_number, coalesce(slip.object_code, '') AS object_code
FROM payment p CROSS JOIN span
JOIN payment_tax t ON t.government_id = p.government_id AND t.payment_id = p.id
JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
JOIN vendor v ON v.government_id = p.government_id AND v.id = p.vendor_id
CROSS JOIN LATERAL (
  SELECT string_agg(i.tax_invoice_number, '; ' ORDER BY i.date, i.number) AS numbers
  FROM invoice i WHERE i.government_id = $1 AND i.id = ANY (p.invoice_ids) AND i.tax_invoice_number <> ''
) billed
LEFT JOIN withholding_slip slip ON slip.government_id = t.government_id AND slip.tax_id = t.id AND slip.voided_at IS NULL AND slip.date <= span.last
WHERE p.government_id = $1 AND p.agency_id = $2 AND coalesce(p.fiscal_year, a.fiscal_year) = $3 AND p.sp2d_date BETWEEN span.first AND span.last
  AND (p.status = 'settled' OR p.status = 'reversed' AND p.sts_date > span.last)
ORDER BY p.sp2d_date, p.sp2d_number, t.kind, t.id
