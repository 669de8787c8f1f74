INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at)
SELECT government, pg_temp.key(tag, 0), code, 'Halaman ' || code, 'apbd', 'IDR', '2026-01-02T02:00Z' FROM yard;

INSERT INTO budget_version (government_id, id, agency_id, fiscal_year, kind, number, date, status, created_at, created_by, locked_at, locked_by)
SELECT government, pg_temp.key(tag + 1, 0), pg_temp.key(tag, 0), 2026, 'original', 'DPA/1', '2026-01-05', 'locked', '2026-01-05T02:00Z', staff,
  '2026-01-05T03:00Z', ppk FROM yard;

INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name, account_code, account_name,
  fund_source, created_at, appropriation, reserved)
SELECT government, pg_temp.key(tag + 2, n), pg_temp.key(tag, 0), 2026, '2.16.02.2.01.' || lpad(n::text, 4, '0'), 'Relasi Media ' || n,
  '5.1.02.02.01.0055', 'Belanja Jasa Iklan/Reklame, Film, dan Pemotretan', 'PAD', '2026-01-05T03:00Z',
  (agreements / lines + 1) * 1000000, (agreements / lines + 1) * 1000000
FROM yard, generate_series(0, lines - 1) AS n;

INSERT INTO vendor (government_id, id, kind, legal_name, created_at, created_by)
SELECT government, pg_temp.key(tag + 3, n), 'company', 'PT Media Contoh ' || tag || '-' || n, '2026-01-06T02:00Z', staff
FROM yard, generate_series(0, agreements / 100) AS n;

INSERT INTO outlet (government_id, id, vendor_id, kind, name, domain, press_status, created_at, created_by)
SELECT government, pg_temp.key(tag + 4, n), pg_temp.key(tag + 3, n), 'online', 'Contoh Pos ' || n, 'contoh.example', 'factual', '2026-01-06T02:00Z', staff
FROM yard, generate_series(0, agreements / 100) AS n;

INSERT INTO agreement (government_id, id, agency_id, kind, number, title, vendor_id, method, form, rup_code, order_date, start_date, end_date,
  fiscal_year, owner_estimate, status, value, vat, gross, created_at, created_by, submitted_at, submitted_by,
  approval_round, approval_steps, shortfall_rule)
SELECT government, pg_temp.key(tag + 7, n), pg_temp.key(tag, 0), 'media', pg_temp.key(tag + 7, n)::text, 'Kerja sama publikasi',
  pg_temp.key(tag + 3, n / 100), 'e_purchasing', 'spk', lpad(n::text, 8, '0'), '2026-05-04', '2026-05-05', '2026-11-30', 2026, 1100000, 'submitted',
  900901, 99099, 1000000, '2026-05-04T02:00Z', staff, '2026-05-04T03:00Z', staff, 1, '{ppk}', 'per_unit'
FROM yard, generate_series(0, agreements - 1) AS n;

INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, budget_line_id, quantity, unit, offered_price,
  unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross)
SELECT government, pg_temp.key(tag + 8, n), pg_temp.key(tag + 7, n), 1, 'advertorial', pg_temp.key(tag + 4, n / 100), pg_temp.key(tag + 2, n % lines), 1,
  'artikel', 1100000, 1000000, true, true, 900901, 99099, 1000000
FROM yard, generate_series(0, agreements - 1) AS n;

INSERT INTO user_role (government_id, id, user_id, role, agency_id)
SELECT government, pg_temp.key(tag + 9, 0), ppk, 'ppk', pg_temp.key(tag, 0) FROM yard;
