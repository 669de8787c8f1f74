-- The program's own figures, each reckoned another way than the register that it is held against: balances out of the
-- ledger, what was paid out of what the agreements remember.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last, g.timezone AS zone
  FROM government g WHERE g.government_id = $1
), entry AS (
  SELECT e.kind, e.from_account, e.to_account, e.amount, e.effective_on, e.document_type, e.document_id
  FROM ledger_entry e CROSS JOIN span
  JOIN budget_line l ON l.government_id = e.government_id AND l.id = e.budget_line_id
  WHERE e.government_id = $1 AND e.agency_id = $2 AND l.fiscal_year = $3 AND e.effective_on <= span.last
), deal AS (
  SELECT a.id, a.vendor_id, a.fiscal_year, a.status, a.value, a.vat, a.gross, a.paid, a.framework
  FROM agreement a CROSS JOIN span
  WHERE a.government_id = $1 AND a.agency_id = $2 AND (a.fiscal_year = $3 OR EXISTS (SELECT FROM debt_recognition r
    WHERE r.government_id = $1 AND r.agreement_id = a.id AND r.fiscal_year = $3 AND r.status = 'approved')) AND a.order_date <= span.last
), pay AS (
  SELECT p.id, p.gross, p.net, p.sp2d_date, p.sp2d_date <= span.last AND (p.status = 'settled' OR p.status = 'reversed' AND p.sts_date > span.last) AS counts,
    CASE WHEN p.status = 'reversed' AND p.sts_date > span.last THEN 'settled' ELSE p.status END AS status,
    coalesce(p.sp2d_date, p.spm_date, p.spp_date) BETWEEN span.first AND span.last AS shown
  FROM payment p CROSS JOIN span
  JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
  WHERE p.government_id = $1 AND p.agency_id = $2 AND coalesce(p.fiscal_year, a.fiscal_year) = $3
), place AS (
  SELECT p.id, p.status, p.gross, d.social_account_id
  FROM placement p CROSS JOIN span
  JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
  JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
  WHERE p.government_id = $1 AND p.agency_id = $2 AND (a.fiscal_year = $3 OR p.carried_year = $3)
    AND coalesce(p.published_on, p.scheduled_on) BETWEEN span.first AND span.last
), spent AS (
  SELECT document_id, sum(CASE kind WHEN 'realise' THEN amount WHEN 'refund' THEN -amount ELSE 0 END) AS amount
  FROM entry WHERE document_type = 'spending' GROUP BY document_id HAVING min(effective_on) >= (SELECT first FROM span)
), asked AS (
  SELECT o.id, o.kind, o.status, (o.created_at AT TIME ZONE span.zone)::date AS on_day, o.subject ->> 'date' AS spent_on
  FROM override o CROSS JOIN span WHERE o.government_id = $1 AND (o.agency_id = $2 OR o.agency_id IS NULL)
), used AS (
  SELECT asked.kind, asked.id AS override_id, u.amount,
    coalesce(document_fiscal_year($1, u.document_type, u.document_id), extract(year FROM u.used_at AT TIME ZONE span.zone)::integer) AS year,
    CASE u.document_type WHEN 'spending' THEN asked.spent_on::date ELSE (u.used_at AT TIME ZONE span.zone)::date END AS on_day
  FROM asked CROSS JOIN span JOIN override_use u ON u.government_id = $1 AND u.override_id = asked.id AND u.agency_id = $2
), passed AS (
  SELECT kind, override_id, amount FROM used CROSS JOIN span WHERE year = $3 AND on_day BETWEEN first AND last
), trailed AS (
  SELECT e.outside, e.table_name, e.op, e.event, e.recorded_at, (e.recorded_at AT TIME ZONE span.zone)::date AS on_day
  FROM audit_event e CROSS JOIN span
  WHERE e.government_id = $1 AND (e.agency_id = $2 OR e.agency_id IS NULL) AND e.op <> 'baseline'
    AND (e.outside OR e.table_name = 'user_role' AND e.actor_id = '00000000-0000-0000-0000-000000000000')
), tax AS (
  SELECT t.kind, t.amount, t.deposited_on <= span.last AS deposited
  FROM pay CROSS JOIN span
  JOIN payment_tax t ON t.government_id = $1 AND t.payment_id = pay.id
  WHERE pay.counts AND pay.shown
)
SELECT 'account' AS figure_group, account AS figure_key, 0::bigint AS row_count,
  coalesce(sum(CASE WHEN account = 'appropriation' AND e.from_account = account THEN e.amount
                    WHEN account = 'appropriation' AND e.to_account = account THEN -e.amount
                    WHEN e.to_account = account THEN e.amount WHEN e.from_account = account THEN -e.amount ELSE 0 END), 0)::bigint AS amount
  FROM unnest(ARRAY['appropriation', 'available', 'reserved', 'committed', 'realised']) AS account LEFT JOIN entry e ON true
  GROUP BY account
UNION ALL SELECT 'lines', '', count(l.id), 0 FROM budget_line l
  WHERE l.government_id = $1 AND l.agency_id = $2 AND l.fiscal_year = $3
UNION ALL SELECT 'agreement', status, count(id), sum(gross)::bigint FROM deal GROUP BY status
UNION ALL SELECT 'value', '', 0, coalesce(sum(value), 0)::bigint FROM deal
UNION ALL SELECT 'vat', '', 0, coalesce(sum(vat), 0)::bigint FROM deal
UNION ALL SELECT 'offered', '', 0, coalesce(sum(d.offered_price * d.quantity), 0)::bigint
  FROM deal JOIN deliverable d ON d.government_id = $1 AND d.agreement_id = deal.id
  WHERE NOT deal.framework AND NOT EXISTS (SELECT FROM deliverable o WHERE o.government_id = $1 AND o.agreement_id = deal.id AND o.offered_price IS NULL)
UNION ALL SELECT 'negotiated', '', 0, coalesce(sum(d.unit_price * d.quantity), 0)::bigint
  FROM deal JOIN deliverable d ON d.government_id = $1 AND d.agreement_id = deal.id WHERE NOT deal.framework
UNION ALL SELECT 'vendor', '', count(DISTINCT vendor_id), 0 FROM deal
UNION ALL SELECT 'paid', '', 0, (coalesce((SELECT sum(paid) FROM deal), 0)
  + coalesce(sum(CASE WHEN p.sp2d_date <= span.last AND coalesce(p.fiscal_year, deal.fiscal_year) <= $3
      AND (p.status = 'settled' OR p.status = 'reversed' AND p.sts_date > span.last) THEN p.gross - (SELECT coalesce(sum(r.amount), 0)
        FROM payment_refund r WHERE r.government_id = $1 AND r.payment_id = p.id AND r.sts_date <= span.last) ELSE 0 END
    - CASE WHEN p.status = 'settled' THEN p.gross - p.refunded ELSE 0 END), 0))::bigint
  FROM deal CROSS JOIN span JOIN payment p ON p.government_id = $1 AND p.agreement_id = deal.id
UNION ALL SELECT 'placement', status, count(id), sum(gross)::bigint FROM place GROUP BY status
UNION ALL SELECT 'proof', '', count(f.id), 0 FROM place JOIN proof f ON f.government_id = $1 AND f.placement_id = place.id
UNION ALL SELECT 'influencer', '', count(id), coalesce(sum(gross), 0)::bigint FROM place WHERE social_account_id IS NOT NULL
UNION ALL SELECT 'payment', status, count(id), sum(gross)::bigint FROM pay WHERE shown GROUP BY status
UNION ALL SELECT 'net', '', 0, coalesce(sum(net), 0)::bigint FROM pay WHERE shown AND counts
UNION ALL SELECT 'tax', kind, count(amount), sum(amount)::bigint FROM tax GROUP BY kind
UNION ALL SELECT 'tax_deposit', kind, count(amount), sum(amount)::bigint FROM tax WHERE deposited GROUP BY kind
UNION ALL SELECT 'ledger', kind, count(amount), sum(amount)::bigint FROM entry GROUP BY kind
UNION ALL SELECT 'spending', '', 0, coalesce(sum(amount), 0)::bigint FROM spent
UNION ALL SELECT 'override', kind, count(amount), sum(amount)::bigint FROM passed GROUP BY kind
UNION ALL SELECT 'override', kind, count(id), 0 FROM asked CROSS JOIN span
  WHERE extract(year FROM on_day) = $3 AND on_day BETWEEN first AND last AND id NOT IN (SELECT override_id FROM passed)
    AND (kind <> 'without_agreement' OR status NOT IN ('approved', 'revoked')) GROUP BY kind
UNION ALL SELECT 'override', 'role_change', count(table_name), 0 FROM trailed CROSS JOIN span
  WHERE NOT outside AND extract(year FROM on_day) = $3 AND on_day BETWEEN first AND last
UNION ALL SELECT 'override', 'outside', count(DISTINCT (table_name, op, event::jsonb -> 'outside', date_trunc('second', recorded_at))), 0
  FROM trailed CROSS JOIN span WHERE outside AND extract(year FROM on_day) = $3 AND on_day BETWEEN first AND last
