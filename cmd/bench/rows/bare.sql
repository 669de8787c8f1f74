-- The rows of a list of placements without anything around them. $1 government, $2 agency.
SELECT p.id, p.agency_id, d.agreement_id, a.number, d.id, d.budget_line_id, a.vendor_id, v.legal_name, d.product,
  coalesce(o.name, s.platform || ' @' || s.handle), coalesce(o.kind, 'social'), d.label_required, a.fiscal_year, a.status, a.order_date,
  a.start_date, a.end_date, p.scheduled_on, p.title, p.published_on, p.url, p.edition, p.page, p.slot, p.label_present, p.metrics,
  p.status, p.remark, p.net, p.vat, p.gross,
  (SELECT count(*) FROM proof f WHERE f.government_id = p.government_id AND f.placement_id = p.id), p.acceptance_id, p.invoice_id,
  p.payment_id, p.created_at, p.created_by, p.recorded_by, p.verified_at, p.verified_by, p.version
FROM placement p
JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
JOIN agreement a ON a.government_id = d.government_id AND a.id = d.agreement_id
JOIN vendor v ON v.government_id = a.government_id AND v.id = a.vendor_id
LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
WHERE p.government_id = $1 AND p.agency_id = $2
