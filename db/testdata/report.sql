-- A small year: two lines and a revision, a media and an influencer agreement, a payment with taxes, one reversed.
SET tayang.government = '01930000-0000-7000-8000-000000000001';
INSERT INTO government (government_id, name, created_at) VALUES ('01930000-0000-7000-8000-000000000001', 'Kabupaten Contoh', '2026-01-01Z');
INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000a1', 'DISKOMINFO', 'Dinas Kominfo', 'apbd', 'IDR', '2026-01-01Z'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000a2', 'SETWAN', 'Sekretariat Dewan', 'apbd', 'IDR', '2026-01-01Z');
INSERT INTO user_account (government_id, id, email, name, password_hash, created_at) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000b1', 'staff@contoh.go.id', 'Sari', 'x', '2026-01-01Z'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000b2', 'ppk@contoh.go.id', 'Budi', 'x', '2026-01-01Z');
INSERT INTO budget_version (government_id, id, agency_id, fiscal_year, kind, number, date, status, created_at, created_by, locked_at, locked_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000c1', '01930000-0000-7000-8000-0000000000a1', 2026, 'original', 'DPA/01',
   '2026-01-02', 'locked', '2026-01-02Z', '01930000-0000-7000-8000-0000000000b1', '2026-01-02Z', '01930000-0000-7000-8000-0000000000b2');
INSERT INTO budget_version_line (government_id, id, budget_version_id, position, sub_activity_code, sub_activity_name, account_code, account_name, fund_source, appropriation) VALUES
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000c1', 1, '2.16.02.2.01.0014', 'Relasi Media', '5.1.02.02.01.0055', 'Belanja Jasa Iklan', 'PAD', 450000000),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000c1', 2, '2.16.02.2.01.0020', 'Diseminasi Informasi', '5.1.02.02.01.0055', 'Belanja Jasa Iklan', 'DAU', 307600000);
INSERT INTO budget_line (government_id, id, agency_id, fiscal_year, sub_activity_code, sub_activity_name, account_code, account_name, fund_source, created_at) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000d1', '01930000-0000-7000-8000-0000000000a1', 2026, '2.16.02.2.01.0014', 'Relasi Media', '5.1.02.02.01.0055', 'Belanja Jasa Iklan', 'PAD', '2026-01-02Z'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000d2', '01930000-0000-7000-8000-0000000000a1', 2026, '2.16.02.2.01.0020', 'Diseminasi Informasi', '5.1.02.02.01.0055', 'Belanja Jasa Iklan', 'DAU', '2026-01-02Z');
INSERT INTO vendor (government_id, id, kind, legal_name, npwp, nik, vat_registered, bank_name, bank_account_number, bank_account_owner, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000e1', 'company', 'PT Warta Contoh', '0123456789012345', '', true, 'Bank Contoh', '0011223344', 'PT Warta Contoh', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000e2', 'individual', 'Dewi Contoh', '', '3500000000000001', false, '', '', '', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO outlet (government_id, id, vendor_id, kind, name, press_status, press_certificate_date, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000f1', '01930000-0000-7000-8000-0000000000e1', 'online', 'Warta Contoh', 'revoked', '2025-05-05', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO press_check (government_id, id, outlet_id, status, checked_on, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f1', 'in_process', '2026-02-10', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f1', 'factual', '2026-03-01', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f1', 'revoked', '2026-03-02', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO social_account (government_id, id, vendor_id, platform, handle, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000f2', '01930000-0000-7000-8000-0000000000e2', 'instagram', 'kota.contoh', '2026-01-03Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO social_snapshot (government_id, id, social_account_id, taken_on, followers, engagement_rate, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f2', '2026-01-15', 41000, 1, '2026-01-15Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f2', '2026-02-20', 52000, 1, '2026-02-20Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000f2', '2026-06-20', 90000, 1, '2026-06-20Z', '01930000-0000-7000-8000-0000000000b1');
-- These stand in force without anybody's decision: the fixture is about registers.
ALTER TABLE agreement DISABLE TRIGGER approval_begins;
INSERT INTO agreement (government_id, id, agency_id, kind, number, title, vendor_id, method, form, rup_code, order_date, start_date, end_date, fiscal_year,
  status, value, vat, gross, paid, created_at, created_by, approved_at, approved_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-0000000000a1', 'media', '027/01', 'Kerja sama publikasi',
   '01930000-0000-7000-8000-0000000000e1', 'pengadaan_langsung', 'spk', '01234567', '2026-03-01', '2026-03-01', '2026-12-31', 2026, 'active', 3000000, 330000, 3330000, 1110000,
   '2026-03-01Z', '01930000-0000-7000-8000-0000000000b1', '2026-03-02Z', '01930000-0000-7000-8000-0000000000b2'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000102', '01930000-0000-7000-8000-0000000000a1', 'influencer', '027/02', '=HYPERLINK("x")',
   '01930000-0000-7000-8000-0000000000e2', 'direct_purchase', 'kuitansi', '', '2026-03-05', '2026-03-05', '2026-06-30', 2026, 'active', 1500000, 0, 1500000, 0,
   '2026-03-05Z', '01930000-0000-7000-8000-0000000000b1', '2026-03-06Z', '01930000-0000-7000-8000-0000000000b2');
ALTER TABLE agreement ENABLE TRIGGER approval_begins;
INSERT INTO deliverable (government_id, id, agreement_id, position, product, outlet_id, social_account_id, budget_line_id, quantity, unit, offered_price, unit_price,
  tax_inclusive, label_required, unit_net, unit_vat, unit_gross, placed) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000111', '01930000-0000-7000-8000-000000000101', 1, 'advertorial', '01930000-0000-7000-8000-0000000000f1', NULL,
   '01930000-0000-7000-8000-0000000000d1', 3, 'tayang', 1200000, 1000000, false, true, 1000000, 110000, 1110000, 3),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000112', '01930000-0000-7000-8000-000000000102', 1, 'reel', NULL, '01930000-0000-7000-8000-0000000000f2',
   '01930000-0000-7000-8000-0000000000d2', 1, 'konten', NULL, 1500000, true, true, 1500000, 0, 1500000, 1);
INSERT INTO amendment (government_id, id, agency_id, agreement_id, position, number, date, reason, status, value_before, value_after, before, after,
  created_at, created_by, decided_at, decided_by) VALUES
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', 1, 'ADD/01', '2026-03-10', 'Tema baru', 'approved', 3000000, 3000000, '{}', '{}', '2026-03-10Z', '01930000-0000-7000-8000-0000000000b1', '2026-03-10Z', '01930000-0000-7000-8000-0000000000b2'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', 2, 'ADD/02', '2026-03-11', 'Tema baru', 'rejected', 3000000, 3000000, '{}', '{}', '2026-03-11Z', '01930000-0000-7000-8000-0000000000b1', '2026-03-11Z', '01930000-0000-7000-8000-0000000000b2'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', 3, 'ADD/02', '2026-04-11', 'Tema baru', 'approved', 3000000, 3000000, '{}', '{}', '2026-04-11Z', '01930000-0000-7000-8000-0000000000b1', '2026-04-11Z', '01930000-0000-7000-8000-0000000000b2'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', 4, 'ADD/03', '2026-05-11', 'Tema baru', 'proposed', 3000000, 3000000, '{}', '{}', '2026-05-11Z', '01930000-0000-7000-8000-0000000000b1', NULL, NULL);
INSERT INTO acceptance (government_id, id, agency_id, agreement_id, number, date, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000121', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', 'BAST/01', '2026-03-15', '2026-03-15Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO payment (government_id, id, agency_id, agreement_id, vendor_id, kind, status, spp_number, spp_date, spm_number, spm_date, sp2d_number, sp2d_date,
  sts_number, sts_date, price, vat, gross, vat_collected, net, invoice_ids, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000131', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-0000000000e1',
   'ls', 'settled', 'SPP/01', '2026-03-16', 'SPM/01', '2026-03-18', 'SP2D/01', '2026-03-20', '', NULL, 1000000, 110000, 1110000, true, 980000,
   '{01930000-0000-7000-8000-000000000141}', '2026-03-16Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000132', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-0000000000e1',
   'ls', 'reversed', 'SPP/02', '2026-04-16', 'SPM/02', '2026-04-18', 'SP2D/02', '2026-04-20', 'STS/02', '2026-06-02', 1000000, 110000, 1110000, true, 980000,
   '{01930000-0000-7000-8000-000000000142}', '2026-04-16Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO payment_tax (government_id, id, payment_id, kind, base, rate, amount, legal_basis, billing_code, ntpn, deposited_on) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000151', '01930000-0000-7000-8000-000000000131', 'ppn', 916667, 0.12, 110000, 'PMK 131/2024', '012345678901234', '0A1B2C3D4E5F6G7H', '2026-04-20'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000152', '01930000-0000-7000-8000-000000000131', 'pph23', 1000000, 0.02, 20000, 'UU PPh 23', '', '', NULL),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000153', '01930000-0000-7000-8000-000000000132', 'ppn', 916667, 0.12, 110000, 'PMK 131/2024', '', '', NULL),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000154', '01930000-0000-7000-8000-000000000132', 'pph23', 1000000, 0.02, 20000, 'UU PPh 23', '', '', NULL);
INSERT INTO invoice (government_id, id, agency_id, agreement_id, vendor_id, number, date, amount, tax_invoice_number, payment_id, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000141', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-0000000000e1',
   'INV/0001', '2026-03-14', 1110000, '0100012345678901', '01930000-0000-7000-8000-000000000131', '2026-03-14Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000142', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-0000000000e1',
   'INV/0002', '2026-04-14', 1110000, '', NULL, '2026-04-14Z', '01930000-0000-7000-8000-0000000000b1');
INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, published_on, url, label_present, metrics, status,
  acceptance_id, invoice_id, payment_id, net, vat, gross, created_at, created_by, verified_by, verified_at) VALUES
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000161', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-000000000111',
   '2026-03-10', 'Pelayanan satu pintu', '2026-03-10', 'https://warta.example/1', true, '{}', 'paid', '01930000-0000-7000-8000-000000000121', '01930000-0000-7000-8000-000000000141',
   '01930000-0000-7000-8000-000000000131', 1000000, 110000, 1110000, '2026-03-10Z', '01930000-0000-7000-8000-0000000000b1', '01930000-0000-7000-8000-0000000000b2', '2026-03-11Z'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000162', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-000000000111',
   '2026-04-10', 'Jadwal layanan', '2026-04-10', 'https://warta.example/2', false, '{}', 'invoiced', '01930000-0000-7000-8000-000000000121', '01930000-0000-7000-8000-000000000142',
   NULL, 1000000, 110000, 1110000, '2026-04-10Z', '01930000-0000-7000-8000-0000000000b1', '01930000-0000-7000-8000-0000000000b2', '2026-04-11Z'),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000163', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000101', '01930000-0000-7000-8000-000000000111',
   '2026-07-10', 'Festival kota', NULL, '', NULL, '{}', 'planned', NULL, NULL, NULL, 1000000, 110000, 1110000, '2026-04-10Z', '01930000-0000-7000-8000-0000000000b1', NULL, NULL),
  ('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000164', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-000000000102', '01930000-0000-7000-8000-000000000112',
   '2026-03-20', 'Jelajah pasar', '2026-03-20', 'https://instagram.example/1', true, '{"views": 18400, "likes": 900, "comments": 40, "reach": 30000, "odd": "text"}', 'verified', NULL, NULL, NULL,
   1500000, 0, 1500000, '2026-03-20Z', '01930000-0000-7000-8000-0000000000b1', '01930000-0000-7000-8000-0000000000b2', '2026-03-21Z');
INSERT INTO file (government_id, sha256, size, media_type, created_at) VALUES
  ('01930000-0000-7000-8000-000000000001', repeat('a', 64), 10, 'image/png', '2026-03-10Z'), ('01930000-0000-7000-8000-000000000001', repeat('b', 64), 10, 'image/png', '2026-03-10Z');
INSERT INTO proof (government_id, id, placement_id, kind, origin, captured_at, file_sha256, created_at, created_by) VALUES
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-000000000161', 'screenshot', 'staff', '2026-03-10T03:00:00Z', repeat('b', 64), '2026-03-10T04:00:00Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-000000000161', 'screenshot', 'staff', '2026-03-10T02:00:00Z', repeat('a', 64), '2026-03-10T05:00:00Z', '01930000-0000-7000-8000-0000000000b1'),
  ('01930000-0000-7000-8000-000000000001', gen_random_uuid(), '01930000-0000-7000-8000-000000000164', 'screenshot', 'vendor', NULL, repeat('a', 64), '2026-03-20T05:00:00Z', '01930000-0000-7000-8000-0000000000b1');
SELECT post_entries('01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-0000000000a1', '01930000-0000-7000-8000-0000000000b1', '2026-06-02Z', jsonb_build_array(m))
FROM (VALUES
  (1, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'appropriate', 'from', 'appropriation', 'to', 'available', 'amount', 450000000, 'effective_on', '2026-01-02', 'document_type', 'budget_version', 'document_id', '01930000-0000-7000-8000-0000000000c1', 'document_number', 'DPA/01')),
  (2, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d2', 'kind', 'appropriate', 'from', 'appropriation', 'to', 'available', 'amount', 307600000, 'effective_on', '2026-01-02', 'document_type', 'budget_version', 'document_id', '01930000-0000-7000-8000-0000000000c1', 'document_number', 'DPA/01')),
  (3, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'commit', 'from', 'available', 'to', 'committed', 'amount', 3330000, 'effective_on', '2026-03-02', 'document_type', 'agreement', 'document_id', '01930000-0000-7000-8000-000000000101', 'document_number', '027/01')),
  (4, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d2', 'kind', 'commit', 'from', 'available', 'to', 'committed', 'amount', 1500000, 'effective_on', '2026-03-06', 'document_type', 'agreement', 'document_id', '01930000-0000-7000-8000-000000000102', 'document_number', '027/02')),
  (5, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'realise', 'from', 'committed', 'to', 'realised', 'amount', 1110000, 'effective_on', '2026-03-20', 'document_type', 'payment', 'document_id', '01930000-0000-7000-8000-000000000131', 'document_number', 'SP2D/01')),
  (6, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'realise', 'from', 'committed', 'to', 'realised', 'amount', 1110000, 'effective_on', '2026-04-20', 'document_type', 'payment', 'document_id', '01930000-0000-7000-8000-000000000132', 'document_number', 'SP2D/02')),
  (7, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'refund', 'from', 'realised', 'to', 'committed', 'amount', 1110000, 'effective_on', '2026-06-02', 'document_type', 'payment', 'document_id', '01930000-0000-7000-8000-000000000132', 'document_number', 'STS/02')),
  (8, jsonb_build_object('budget_line_id', '01930000-0000-7000-8000-0000000000d1', 'kind', 'appropriate', 'from', 'appropriation', 'to', 'available', 'amount', 8805000, 'effective_on', '2026-09-01', 'document_type', 'budget_version', 'document_id', '01930000-0000-7000-8000-0000000000c1', 'document_number', 'DPA/02'))
) AS moves(n, m) ORDER BY n;
