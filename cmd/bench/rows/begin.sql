-- What stands before the first placement: budget, vendors with their channels, agreements in force of five deliverables.
INSERT INTO budget_version (government_id, id, agency_id, fiscal_year, kind, number, date, status, created_at, created_by, locked_at, locked_by)
SELECT government, pg_temp.key(tag + 1, 0), agency, 2026, 'original', 'DPA/1', '2026-01-05', 'locked', '2026-01-05T02:00Z', staff,
  '2026-01-05T03:00Z', ppk FROM year;

INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name, account_code, account_name,
  fund_source, created_at)
SELECT government, pg_temp.key(tag + 2, n), agency, 2026, '2.16.02.2.01.' || lpad((14 + n)::text, 4, '0'), 'Relasi Media ' || n,
  '5.1.02.02.01.0055', 'Belanja Jasa Iklan/Reklame, Film, dan Pemotretan', 'PAD', '2026-01-05T03:00Z'
FROM year, generate_series(0, 7) AS n;

INSERT INTO vendor (government_id, id, kind, legal_name, npwp, nik, vat_registered, bank_name, bank_account_number, bank_account_owner,
  address, created_at, created_by)
SELECT government, pg_temp.key(tag + 3, n), CASE WHEN n % 10 = 9 THEN 'individual' ELSE 'company' END, 'PT Media Contoh ' || tag || '-' || n,
  lpad((tag * 1000000 + n)::text, 16, '0'), '', n % 10 <> 9, 'Bank Contoh', lpad(n::text, 10, '0'), 'PT Media Contoh ' || n,
  'Jalan Contoh ' || n, '2026-01-06T02:00Z', staff
FROM year, generate_series(0, agreements / 10) AS n;

INSERT INTO outlet (government_id, id, vendor_id, kind, name, domain, press_status, created_at, created_by)
SELECT government, pg_temp.key(tag + 4, n), pg_temp.key(tag + 3, n), 'online', 'Contoh Pos ' || n, 'contoh-' || n || '.example', 'factual',
  '2026-01-06T02:00Z', staff
FROM year, generate_series(0, agreements / 10) AS n WHERE n % 10 <> 9;

INSERT INTO social_account (government_id, id, vendor_id, platform, handle, created_at, created_by)
SELECT government, pg_temp.key(tag + 5, n), pg_temp.key(tag + 3, n), 'instagram', 'contoh_' || tag || '_' || n, '2026-01-06T02:00Z', staff
FROM year, generate_series(0, agreements / 10) AS n WHERE n % 10 = 9;

INSERT INTO social_snapshot (government_id, id, social_account_id, taken_on, followers, engagement_rate, created_at, created_by)
SELECT s.government_id, pg_temp.key(tag + 6, row_number() OVER (ORDER BY s.id)), s.id, '2026-01-07', 52000, 3.2, '2026-01-07T02:00Z', staff
FROM year JOIN social_account s ON s.government_id = government AND s.handle LIKE 'contoh\_' || tag || '\_%';

INSERT INTO agreement (government_id, id, agency_id, kind, number, title, vendor_id, method, form, rup_code, order_date, start_date, end_date,
  fiscal_year, owner_estimate, status, value, vat, gross, created_at, created_by, submitted_at, submitted_by, approved_at, approved_by)
SELECT government, pg_temp.key(tag + 7, n), agency, CASE WHEN n / 10 % 10 = 9 THEN 'influencer' ELSE 'media' END, '027/' || n || '/SPK/2026',
  'Kerja sama publikasi ' || n, pg_temp.key(tag + 3, n / 10), 'e_purchasing', 'spk', lpad(n::text, 8, '0'), '2026-01-12', '2026-01-12',
  '2026-12-15', 2026, quantity * 5 * 560000, 'active', quantity * 5 * 500000, quantity * 5 * 55000, quantity * 5 * 555000,
  '2026-01-12T02:00Z', staff, '2026-01-12T03:00Z', staff, '2026-01-12T04:00Z', ppk
FROM year, generate_series(0, agreements - 1) AS n;

INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id, budget_line_id, quantity, unit,
  offered_price, unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross)
SELECT government, pg_temp.key(tag + 8, n), pg_temp.key(tag + 7, n / 5), n % 5 + 1, 'advertorial',
  CASE WHEN n / 50 % 10 <> 9 THEN pg_temp.key(tag + 4, n / 50) END, CASE WHEN n / 50 % 10 = 9 THEN pg_temp.key(tag + 5, n / 50) END,
  pg_temp.key(tag + 2, n % 8), quantity, 'artikel', 560000, 555000, true, true, 500000, 55000, 555000
FROM year, generate_series(0, agreements * 5 - 1) AS n;
