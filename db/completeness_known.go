package db

import "strings"

// knownPapers is what stands in files, from each table that holds any of it. A piece gives one row for each paper and thing that
// it is about: subject_id, code, about (NULL: it stands for all), source, paper_id, name, number, date, file, origin, at. To let
// a table of its own satisfy a paper (recap, bap, receipt, tax_invoice, withholding_slip, live_check, insights, …) add a piece
// here. subject, placed, item, channel and billed are those of withSubjects.
func knownPapers() string {
	return strings.Join([]string{uploadedPapers, agreementRecords, vendorRecords, channelRecords, publicationRecords, handoverRecords, paymentRecords}, "\nUNION ALL\n")
}

const uploadedPapers = `
	SELECT s.id AS subject_id, p.code, NULL::uuid AS about, 'agreement' AS source, p.id AS paper_id, p.name, p.number, p.date, p.file_sha256 AS file,
		'staff' AS origin, p.created_at AS at
	FROM subject s JOIN agreement_paper p ON p.government_id = $1 AND p.agreement_id = s.agreement_id AND p.voided_at IS NULL
	UNION ALL
	SELECT s.id, p.code, NULL, 'payment', p.id, CASE p.name WHEN '' THEN p.filename ELSE p.name END, p.number, p.date, p.file_sha256, p.origin, p.created_at
	FROM subject s JOIN payment_paper p ON p.government_id = $1 AND p.payment_id = s.payment_id AND p.voided_at IS NULL`

// agreementRecords: the agreement itself, its order, plan, legal basis, budget, addenda and prices.
const agreementRecords = `
	SELECT s.id, c.code, NULL::uuid, 'record', NULL::uuid, '', c.number, c.date, NULL, '', c.at
	FROM subject s JOIN agreement a ON a.government_id = $1 AND a.id = s.agreement_id
	LEFT JOIN budget_version b ON b.government_id = $1 AND b.id = s.budget_version_id
	CROSS JOIN LATERAL (VALUES
		('agreement', a.number, a.order_date, a.approved_at), ('order', a.number, a.order_date, a.approved_at),
		('rup', a.rup_code, a.rup_announced_on, a.created_at), ('legal_basis', a.legal_basis, NULL, a.created_at),
		('dpa', coalesce(b.number, ''), b.date, a.approved_at)) AS c(code, number, date, at)
	WHERE c.number <> '' AND (c.code NOT IN ('agreement', 'order') OR a.approved_at IS NOT NULL)
	UNION ALL
	SELECT s.id, 'addendum', m.id, 'record', NULL, '', m.number, m.date, NULL, '', m.decided_at
	FROM subject s JOIN amendment m ON m.government_id = $1 AND m.agreement_id = s.agreement_id AND m.status = 'approved'
	UNION ALL
	SELECT DISTINCT i.subject_id, 'price_reference', i.id, 'record', NULL::uuid, '', r.basis, r.valid_from, NULL, '', NULL::timestamptz
	FROM item i JOIN deliverable_price d ON d.government_id = $1 AND d.id = i.id
	JOIN price_reference r ON r.government_id = $1 AND r.id = d.price_reference_id
	UNION ALL
	SELECT s.id, 'cooperation_list', NULL, 'record', NULL, '', l.number, l.date, NULL, '', l.created_at
	FROM subject s JOIN cooperation_list l ON l.government_id = $1 AND l.fiscal_year = s.fiscal_year AND (l.agency_id IS NULL OR l.agency_id = s.agency_id)
		AND l.voided_at IS NULL AND l.date <= s.order_date`

// vendorRecords: what the vendor's file held on the order date. Numbers that are personal are not repeated.
const vendorRecords = `
	SELECT s.id, CASE WHEN d.kind IN ('account_ownership', 'conflict_statement') THEN d.kind WHEN d.kind = 'press_certificate' THEN 'vendor_press_status' ELSE 'vendor_' || d.kind END, NULL::uuid, 'record', NULL::uuid, d.name,
		CASE WHEN d.kind IN ('npwp', 'identity', 'bank_account') THEN '' ELSE d.number END, d.date, d.file_sha256, 'vendor', d.created_at
	FROM subject s JOIN vendor_document d ON d.government_id = $1 AND d.vendor_id = s.vendor_id AND d.kind <> 'other'
		AND coalesce(d.date, '-infinity') <= s.day AND coalesce(d.valid_until, 'infinity') >= s.order_date
	UNION ALL
	SELECT s.id, c.code, NULL, 'record', NULL, '', c.number, NULL, NULL, '', NULL
	FROM subject s JOIN vendor v ON v.government_id = $1 AND v.id = s.vendor_id
	CROSS JOIN LATERAL (VALUES ('vendor_npwp', v.npwp <> '' OR v.nik <> '', ''), ('vendor_nib', v.nib <> '', v.nib),
		('vendor_bank_account', v.bank_account_number <> '', '')) AS c(code, there, number)
	WHERE c.there`

// channelRecords: what was known of outlets and accounts on the order date.
const channelRecords = `
	SELECT c.subject_id, 'vendor_press_status', c.outlet_id, 'record', NULL::uuid, o.name, o.press_certificate_number, o.press_certificate_date, NULL, '', NULL::timestamptz
	FROM channel c JOIN outlet o ON o.government_id = $1 AND o.id = c.outlet_id
	WHERE o.press_status IN ('administrative', 'factual') AND c.kind <> 'outdoor'
	UNION ALL
	SELECT c.subject_id, 'vendor_competence', c.outlet_id, 'record', NULL, j.name, j.number, j.date, j.file_sha256, 'vendor', j.created_at
	FROM channel c JOIN subject s ON s.id = c.subject_id
	JOIN journalist_certificate j ON j.government_id = $1 AND j.outlet_id = c.outlet_id AND j.voided_at IS NULL AND coalesce(j.valid_until, 'infinity') >= s.order_date
	WHERE c.kind <> 'outdoor'
	UNION ALL
	SELECT c.subject_id, 'follower_snapshot', c.social_account_id, 'record', NULL, '', n.followers::text, n.taken_on, n.file_sha256, 'staff', n.created_at
	FROM channel c JOIN subject s ON s.id = c.subject_id
	CROSS JOIN LATERAL (SELECT followers, taken_on, file_sha256, created_at FROM social_snapshot n
		WHERE n.government_id = $1 AND n.social_account_id = c.social_account_id AND n.taken_on <= s.order_date ORDER BY n.taken_on DESC LIMIT 1) n
	UNION ALL
	SELECT c.subject_id, 'account_ownership', c.social_account_id, 'record', NULL, o.handle, '', o.proven_on, o.file_sha256, 'vendor', o.created_at
	FROM channel c JOIN subject s ON s.id = c.subject_id
	JOIN social_account u ON u.government_id = $1 AND u.id = c.social_account_id
	JOIN account_ownership o ON o.government_id = $1 AND o.social_account_id = u.id AND o.vendor_id = u.vendor_id AND o.status = 'verified' AND o.proven_on <= s.order_date
	UNION ALL
	SELECT c.subject_id, 'conflict_statement', c.social_account_id, 'record', NULL, '', '', n.given_on, n.file_sha256, 'vendor', n.created_at
	FROM channel c JOIN creator_statement n ON n.government_id = $1 AND n.social_account_id = c.social_account_id AND n.kind = 'conflict_of_interest'`

// publicationRecords: what shows each placement, and its acceptance.
const publicationRecords = `
	SELECT p.subject_id, 'proof', p.id, 'record', NULL::uuid, f.filename, p.title, p.published_on, f.file_sha256, f.origin, f.created_at
	FROM placed p JOIN proof f ON f.government_id = $1 AND f.placement_id = p.id
	UNION ALL
	SELECT p.subject_id, 'proof', p.id, 'record', NULL, '', p.title, p.published_on, c.bundle_sha256, 'staff', c.captured_at
	FROM placed p JOIN capture c ON c.government_id = $1 AND c.placement_id = p.id AND c.bundle_sha256 IS NOT NULL
	UNION ALL
	SELECT p.subject_id, 'label_screenshot', p.id, 'record', NULL, f.filename, p.title, p.published_on, f.file_sha256, f.origin, f.created_at
	FROM placed p JOIN proof f ON f.government_id = $1 AND f.placement_id = p.id AND f.kind = 'screenshot'
	WHERE p.label_required AND p.label_present
	UNION ALL
	SELECT p.subject_id, 'permalink', p.id, 'record', NULL, '', p.url, p.published_on, NULL, '', NULL FROM placed p WHERE p.url <> ''
	UNION ALL
	SELECT p.subject_id, 'insights', p.id, 'record', NULL, '', p.title, p.published_on, NULL, '', NULL FROM placed p WHERE p.metrics <> '{}'
	UNION ALL
	SELECT p.subject_id, 'bast', p.id, 'record', NULL, '', b.number, b.date, NULL, '', b.created_at
	FROM placed p JOIN acceptance b ON b.government_id = $1 AND b.id = p.acceptance_id
	UNION ALL
	SELECT s.id, 'creator_receipt', r.recipient_id, 'record', NULL, '', '', r.date, r.file_sha256, r.origin, r.created_at
	FROM subject s JOIN recipient_confirmation r ON r.government_id = $1 AND r.agreement_id = s.agreement_id
	JOIN recipient t ON t.government_id = $1 AND t.id = r.recipient_id
	WHERE EXISTS (SELECT FROM channel c WHERE c.subject_id = s.id AND (c.outlet_id = t.outlet_id OR c.social_account_id = t.social_account_id))`

// handoverRecords: the recaps that both sides signed, the inspection reports, and looks at what should still be there.
const handoverRecords = `
	SELECT p.subject_id, 'recap', p.id, 'record', NULL::uuid, '', r.number, r.date, r.file_sha256, CASE r.file_origin WHEN '' THEN 'staff' ELSE r.file_origin END, r.created_at
	FROM placed p JOIN recap r ON r.government_id = $1 AND p.id = ANY (r.placement_ids) AND r.voided_at IS NULL AND r.file_sha256 IS NOT NULL
	UNION ALL
	SELECT p.subject_id, 'bap', p.id, 'record', NULL, '', n.number, n.date, n.file_sha256, CASE n.file_origin WHEN '' THEN 'staff' ELSE n.file_origin END, n.created_at
	FROM placed p JOIN acceptance b ON b.government_id = $1 AND b.id = p.acceptance_id
	JOIN inspection n ON n.government_id = $1 AND n.id = b.inspection_id AND n.voided_at IS NULL AND n.file_sha256 IS NOT NULL
	UNION ALL
	SELECT p.subject_id, 'live_check', p.id, 'record', NULL, '', p.title, p.published_on, k.file_sha256, 'staff', k.checked_at
	FROM placed p JOIN live_check k ON k.government_id = $1 AND k.placement_id = p.id AND k.status = 'done' AND k.result = 'there'`

// paymentRecords: the vendor's papers, the treasury's numbers and the taxes.
const paymentRecords = `
	SELECT b.subject_id, 'invoice', b.id, 'record', NULL::uuid, '', b.number, b.date, b.file_sha256, 'vendor', b.created_at FROM billed b WHERE b.file_sha256 IS NOT NULL
	UNION ALL
	SELECT b.subject_id, 'tax_invoice', b.id, 'record', NULL, '', b.tax_invoice_number, b.date, NULL, 'vendor', b.created_at FROM billed b WHERE b.tax_invoice_number <> ''
	UNION ALL
	SELECT b.subject_id, v.kind, b.id, 'record', NULL, '', v.number, v.date, v.file_sha256, CASE v.origin WHEN 'vendor' THEN 'vendor' ELSE 'staff' END, v.created_at
	FROM billed b JOIN invoice_paper v ON v.government_id = $1 AND v.invoice_id = b.id AND v.voided_at IS NULL AND v.kind IN ('receipt', 'tax_invoice')
	UNION ALL
	SELECT s.id, 'withholding_slip', w.tax_id, 'record', NULL, '', w.number, w.date, w.file_sha256, 'staff', w.created_at
	FROM subject s JOIN withholding_slip w ON w.government_id = $1 AND w.payment_id = s.payment_id AND w.voided_at IS NULL
	UNION ALL
	SELECT s.id, c.code, NULL, 'record', NULL, '', c.number, c.date, NULL, '', c.at
	FROM subject s JOIN payment y ON y.government_id = $1 AND y.id = s.payment_id
	CROSS JOIN LATERAL (VALUES ('spp', y.spp_number, y.spp_date, y.created_at), ('spm', y.spm_number, y.spm_date, y.authorised_at),
		('sp2d', y.sp2d_number, y.sp2d_date, y.settled_at), ('transfer_slip', y.transfer_number, y.transfer_date, y.settled_at)) AS c(code, number, date, at)
	WHERE c.number <> ''
	UNION ALL
	SELECT s.id, 'ntpn', t.id, 'record', NULL, t.kind, t.ntpn, t.deposited_on, NULL, '', NULL
	FROM subject s JOIN payment_tax t ON t.government_id = $1 AND t.payment_id = s.payment_id AND t.deposited_on IS NOT NULL`
