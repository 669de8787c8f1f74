-- Payments that the year's budget bears whose last paper is dated in the period, in the state of the period's end.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
)
SELECT p.id, p.spp_number, p.spp_date, p.kind, a.number AS agreement, a.title, coalesce(billed.numbers, '') AS invoices,
  v.legal_name AS payee, v.bank_name AS bank, v.bank_account_number AS account, v.bank_account_owner AS account_owner, v.npwp,
  p.price, p.vat, p.gross, kept.vat_collected, kept.income_21,
  kept.income_23, kept.income_4_2,
  kept.income_final, p.penalty, p.net, back.amount AS refunded, p.spm_number, p.spm_date, p.sp2d_number, p.sp2d_date,
  concat_ws('; ', back.numbers, CASE WHEN p.sts_date > span.last THEN NULL ELSE nullif(p.sts_number, '') END) AS sts_number,
  CASE WHEN p.sts_date <= span.last THEN p.sts_date ELSE back.last_on END AS sts_date,
  CASE WHEN p.status = 'reversed' AND p.sts_date > span.last THEN 'settled' ELSE p.status END AS status,
  coalesce(bv.number, '') AS budget_version, coalesce(nullif(p.purpose, ''), 'work') AS purpose,
  CASE WHEN p.purpose = '' THEN p.gross + p.recouped + p.retained ELSE 0 END AS work, p.recouped, p.retained,
  coalesce((z.assessment #>> '{facts,file,present}') || '/' || (z.assessment #>> '{facts,file,asked}'), '') AS papers,
  coalesce(jsonb_array_length(jsonb_path_query_array(z.assessment, '$.facts.file.papers[*] ? (@.stops == true)')), 0) AS lacking
FROM payment p CROSS JOIN span
JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
JOIN vendor v ON v.government_id = p.government_id AND v.id = p.vendor_id
LEFT JOIN payment_assessment z ON z.government_id = p.government_id AND z.payment_id = p.id
LEFT JOIN budget_version bv ON bv.government_id = p.government_id AND bv.id = p.budget_version_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(t.amount) FILTER (WHERE t.kind = 'ppn'), 0)::bigint AS vat_collected,
    coalesce(sum(t.amount) FILTER (WHERE t.kind = 'pph21'), 0)::bigint AS income_21,
    coalesce(sum(t.amount) FILTER (WHERE t.kind = 'pph23'), 0)::bigint AS income_23,
    coalesce(sum(t.amount) FILTER (WHERE t.kind = 'pph4_2'), 0)::bigint AS income_4_2,
    coalesce(sum(t.amount) FILTER (WHERE t.kind = 'pph_final'), 0)::bigint AS income_final
  FROM payment_tax t WHERE t.government_id = $1 AND t.payment_id = p.id
) kept
CROSS JOIN LATERAL (
  SELECT coalesce(sum(r.amount), 0)::bigint AS amount, string_agg(r.sts_number, '; ' ORDER BY r.sts_date, r.sts_number) AS numbers, max(r.sts_date) AS last_on
  FROM payment_refund r WHERE r.government_id = $1 AND r.payment_id = p.id AND r.sts_date <= span.last
) back
CROSS JOIN LATERAL (
  SELECT string_agg(i.number, '; ' ORDER BY i.date, i.number) AS numbers
  FROM invoice i WHERE i.government_id = $1 AND i.id = ANY (p.invoice_ids)
) billed
WHERE p.government_id = $1 AND p.agency_id = $2 AND coalesce(p.fiscal_year, a.fiscal_year) = $3
  AND coalesce(p.sp2d_date, p.spm_date, p.spp_date) BETWEEN span.first AND span.last
ORDER BY p.spp_date, p.spp_number
