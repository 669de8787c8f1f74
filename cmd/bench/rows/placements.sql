-- Placements $1 to $2, each with its proof once it is published. One after the other goes to the next agreement; the
-- older ones are paid, the youngest planned.
WITH unit AS (
  SELECT i, each, i % agreements AS deal, i / agreements AS nth, i / agreements * 100 / each AS age, government, agency, staff, ppk, tag
  FROM year, generate_series($1::bigint, $2::bigint) AS i
), staged AS (
  SELECT unit.*, date '2026-01-13' + (nth * 300 / each + i % 7)::integer AS day,
    CASE WHEN age < 70 THEN 'paid' WHEN age < 75 THEN 'invoiced' WHEN age < 80 THEN 'accepted' WHEN age < 85 THEN 'verified'
         WHEN age < 95 THEN 'published' WHEN age < 96 THEN 'rejected' ELSE 'planned' END AS status
  FROM unit
), placed AS (
  INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, published_on, url, label_present,
    metrics, status, remark, acceptance_id, invoice_id, payment_id, net, vat, gross, created_at, created_by, verified_by, verified_at, recorded_by)
  SELECT government, pg_temp.key(tag + 9, i), agency, pg_temp.key(tag + 7, deal), pg_temp.key(tag + 8, deal * 5 + nth % 5), day,
    'Liputan kegiatan nomor ' || i, CASE WHEN status <> 'planned' THEN day END,
    CASE WHEN status <> 'planned' THEN 'https://contoh-' || deal / 10 || '.example/2026/liputan-' || i ELSE '' END,
    CASE WHEN status <> 'planned' THEN true END, CASE WHEN status <> 'planned' THEN '{"views": 1840, "likes": 94}'::jsonb ELSE '{}' END,
    status, CASE status WHEN 'rejected' THEN 'Tautan tidak terbuka' ELSE '' END,
    CASE WHEN status IN ('paid', 'invoiced', 'accepted') THEN pg_temp.key(tag + 10, deal) END,
    CASE status WHEN 'paid' THEN pg_temp.key(tag + 11, deal * 2) WHEN 'invoiced' THEN pg_temp.key(tag + 11, deal * 2 + 1) END,
    CASE status WHEN 'paid' THEN pg_temp.key(tag + 12, deal) END, 500000, 55000, 555000, day + time '08:00', staff,
    CASE WHEN status IN ('paid', 'invoiced', 'accepted', 'verified') THEN ppk END,
    CASE WHEN status IN ('paid', 'invoiced', 'accepted', 'verified') THEN day + time '10:00' END, ARRAY[staff]
  FROM staged
)
INSERT INTO proof (government_id, id, placement_id, kind, origin, captured_at, file_sha256, filename, created_at, created_by)
SELECT government, pg_temp.key(tag + 13, i), pg_temp.key(tag + 9, i), 'screenshot', 'staff', day + time '09:00',
  encode(sha256(convert_to(tag || '/' || i, 'UTF8')), 'hex'), 'tayang.png', day + time '09:00', staff
FROM staged WHERE status <> 'planned'
