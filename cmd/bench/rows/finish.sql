-- The papers and the money that follow from the placements.
INSERT INTO file (government_id, sha256, size, media_type, created_at)
SELECT f.government_id, f.file_sha256, 48000, 'image/png', f.created_at
FROM year JOIN proof f ON f.government_id = government AND f.id BETWEEN pg_temp.key(tag + 13, 0) AND pg_temp.key(tag + 13, placements);

UPDATE deliverable d SET placed = n.placed
FROM (SELECT p.government_id, p.deliverable_id, count(*) AS placed FROM year JOIN placement p ON p.government_id = government AND p.agency_id = agency
  GROUP BY p.government_id, p.deliverable_id) n
WHERE d.government_id = n.government_id AND d.id = n.deliverable_id;

INSERT INTO acceptance (government_id, id, agency_id, agreement_id, number, date, created_at, created_by)
SELECT DISTINCT p.government_id, p.acceptance_id, agency, p.agreement_id, 'BAST/' || p.agreement_id, date '2026-11-02', timestamptz '2026-11-02T02:00Z', staff
FROM year JOIN placement p ON p.government_id = government AND p.agency_id = agency AND p.acceptance_id IS NOT NULL;

CREATE TEMP TABLE billed AS
SELECT p.government_id, p.agreement_id, a.vendor_id, p.invoice_id, p.payment_id, d.budget_line_id, sum(p.net)::bigint AS net, sum(p.vat)::bigint AS vat,
  sum(p.gross)::bigint AS gross
FROM year JOIN placement p ON p.government_id = government AND p.agency_id = agency AND p.invoice_id IS NOT NULL
JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
GROUP BY p.government_id, p.agreement_id, a.vendor_id, p.invoice_id, p.payment_id, d.budget_line_id;

INSERT INTO payment (government_id, id, agency_id, agreement_id, vendor_id, kind, status, spp_number, spp_date, spm_number, spm_date, sp2d_number,
  sp2d_date, price, vat, gross, vat_collected, net, created_at, created_by, authorised_by, authorised_at, settled_by, settled_at, invoice_ids)
SELECT government_id, payment_id, agency, agreement_id, vendor_id, 'ls', 'settled', 'SPP/' || agreement_id, '2026-11-05', 'SPM/' || agreement_id,
  '2026-11-06', 'SP2D/' || agreement_id, '2026-11-09', sum(net), sum(vat), sum(gross), false, sum(gross) - sum(net) / 50, '2026-11-05T02:00Z', staff,
  ppk, '2026-11-06T02:00Z', treasurer, '2026-11-09T02:00Z', ARRAY[invoice_id]
FROM year, billed WHERE payment_id IS NOT NULL GROUP BY government_id, payment_id, agency, agreement_id, vendor_id, staff, ppk, treasurer, invoice_id;

INSERT INTO payment_tax (government_id, id, payment_id, kind, base, rate, amount, legal_basis)
SELECT government_id, pg_temp.key(tag + 14, row_number() OVER (ORDER BY payment_id)), payment_id, 'pph23', sum(net), 0.02, sum(net) / 50, 'UU PPh Pasal 23'
FROM year, billed WHERE payment_id IS NOT NULL GROUP BY government_id, payment_id, tag;

INSERT INTO invoice (government_id, id, agency_id, agreement_id, vendor_id, number, date, amount, payment_id, created_at, created_by)
SELECT government_id, invoice_id, agency, agreement_id, vendor_id, 'INV/' || invoice_id, '2026-11-03', sum(gross), payment_id, '2026-11-03T02:00Z', staff
FROM year, billed GROUP BY government_id, invoice_id, agency, agreement_id, vendor_id, payment_id, staff;

UPDATE agreement a SET paid = b.gross
FROM (SELECT government_id, agreement_id, sum(gross) AS gross FROM billed WHERE payment_id IS NOT NULL GROUP BY government_id, agreement_id) b
WHERE a.government_id = b.government_id AND a.id = b.agreement_id;

INSERT INTO ledger_entry (government_id, budget_line_id, agency_id, kind, from_account, to_account, amount, effective_on, recorded_at, actor_id,
  document_type, document_id, document_number)
SELECT d.government_id, d.budget_line_id, agency, 'appropriate', 'appropriation', 'available', 2 * sum(d.quantity * d.unit_gross)::bigint, date '2026-01-05',
  timestamptz '2026-01-05T03:00Z', staff, 'budget_version', pg_temp.key(tag + 1, 0), 'DPA/1'
FROM year JOIN agreement a ON a.government_id = government AND a.agency_id = agency
JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id
GROUP BY d.government_id, d.budget_line_id, agency, staff, tag
UNION ALL
SELECT d.government_id, d.budget_line_id, agency, 'commit', 'available', 'committed', d.quantity * d.unit_gross, a.order_date, a.approved_at, ppk,
  'agreement', a.id, a.number
FROM year JOIN agreement a ON a.government_id = government AND a.agency_id = agency
JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id
UNION ALL
SELECT b.government_id, b.budget_line_id, agency, 'realise', 'committed', 'realised', b.gross, date '2026-11-09', timestamptz '2026-11-09T02:00Z', treasurer,
  'payment', b.payment_id, 'SP2D/' || b.agreement_id
FROM year, billed b WHERE b.payment_id IS NOT NULL;

UPDATE budget_line l SET appropriation = s.appropriated, available = s.appropriated - s.committed, committed = s.committed - s.realised, realised = s.realised
FROM (SELECT e.government_id, e.budget_line_id, coalesce(sum(e.amount) FILTER (WHERE e.kind = 'appropriate'), 0)::bigint AS appropriated,
    coalesce(sum(e.amount) FILTER (WHERE e.kind = 'commit'), 0)::bigint AS committed, coalesce(sum(e.amount) FILTER (WHERE e.kind = 'realise'), 0)::bigint AS realised
  FROM year JOIN ledger_entry e ON e.government_id = government AND e.agency_id = agency GROUP BY e.government_id, e.budget_line_id) s
WHERE l.government_id = s.government_id AND l.id = s.budget_line_id;

INSERT INTO budget_version_line (government_id, id, budget_version_id, position, sub_activity_code, sub_activity_name, account_code, account_name,
  fund_source, appropriation)
SELECT l.government_id, pg_temp.key(tag + 15, row_number() OVER (ORDER BY l.id)), pg_temp.key(tag + 1, 0), row_number() OVER (ORDER BY l.id),
  l.sub_activity_code, l.sub_activity_name, l.account_code, l.account_name, l.fund_source, l.appropriation
FROM year JOIN budget_line l ON l.government_id = government AND l.agency_id = agency;
