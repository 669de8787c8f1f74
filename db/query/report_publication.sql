-- What the placement and the influencer register have in common, as one common table expression: the placements of
-- the year's agreements, and those carried into the year by a recognition of debt, whose day of publication, or else of plan, lies in the period.
-- Sums beside a row are looked up row by row through an index: a plan made without statistics, right after a large
-- import, then takes no longer than one made with them.
-- $1 government, $2 agency, $3 fiscal year, $4 from, $5 to (each may be NULL).
WITH span AS (
  SELECT coalesce($4::date, '-infinity'::date) AS first, coalesce($5::date, 'infinity'::date) AS last
), frozen AS MATERIALIZED (
  -- How every outlet stood when its agreement came into force.
  SELECT f.agreement_id, nullif(c ->> 'outlet_id', '')::uuid AS outlet_id, c #>> '{press,status}' AS press_status
  FROM agreement_assessment f CROSS JOIN LATERAL jsonb_array_elements(coalesce(nullif(f.assessment #> '{facts,vetting,channels}', 'null'), '[]')) c
  WHERE f.government_id = $1 AND f.agency_id = $2
), publication AS (
  SELECT p.id, a.number AS agreement, coalesce(o.name, '@' || s.handle) AS channel, coalesce(o.kind, 'social') AS channel_kind,
    coalesce(frozen.press_status, pressed.status,
      CASE WHEN o.press_certificate_date > a.order_date THEN '' ELSE coalesce(o.press_status, '') END) AS press_status,
    d.product, p.title, a.order_date, p.scheduled_on, p.published_on,
    CASE looked.result WHEN 'gone' THEN coalesce(looked.gone_on, (looked.checked_at AT TIME ZONE g.timezone)::date) END AS taken_down_on, coalesce(looked.result, '') AS still_live, p.url, p.edition, p.page, p.slot,
    coalesce((SELECT to_char(make_interval(secs => r.seconds), 'HH24:MI:SS') FROM airing r
      WHERE r.government_id = $1 AND r.placement_id = p.id AND r.confirmed_at IS NOT NULL AND r.seconds > 0), '') AS extent, p.label_present,
    CASE WHEN p.status IN ('verified', 'accepted', 'invoiced', 'paid') AND evidence.proofs > 0 THEN 1 ELSE 0 END::bigint AS evidenced,
    p.net AS price, p.vat, p.gross, judged.reference_price,
    CASE WHEN judged.reference_tax_inclusive THEN p.gross ELSE p.net END - judged.reference_price AS price_difference,
    coalesce('price_' || judged.verdict, '') AS price_verdict, CASE WHEN p.status = 'paid' AND coalesce(p.carried_year, a.fiscal_year) = $3 THEN p.gross ELSE 0 END AS paid,
    coalesce(i.number, '') AS invoice, coalesce(c.number, '') AS acceptance, coalesce(pay.spp_number, '') AS spp,
    coalesce(pay.spm_number, '') AS spm, coalesce(pay.sp2d_number, '') AS sp2d, evidence.proofs,
    coalesce(evidence.hashes, '') AS proof_hashes, evidence.taken AS proof_taken, coalesce(u.name, '') AS officer, p.remark, array_to_string(p.clock_flags, ' ') AS flags,
    p.status, p.metrics, d.social_account_id, a.vendor_id, d.agreement_id, d.content, a.fee_via, d.position, a.via_agency
  FROM placement p CROSS JOIN span
  JOIN government g ON g.government_id = p.government_id
  JOIN agreement a ON a.government_id = p.government_id AND a.id = p.agreement_id
  JOIN deliverable d ON d.government_id = p.government_id AND d.id = p.deliverable_id
  LEFT JOIN deliverable_price judged ON judged.government_id = d.government_id AND judged.id = d.id
  LEFT JOIN outlet o ON o.government_id = d.government_id AND o.id = d.outlet_id
  LEFT JOIN frozen ON frozen.agreement_id = a.id AND frozen.outlet_id = d.outlet_id
  LEFT JOIN LATERAL (
    -- The last look up to the order, else the first one after it, unless its certificate is younger.
    SELECT CASE WHEN h.checked_on > a.order_date AND h.certificate_date > a.order_date THEN '' ELSE h.status END AS status
    FROM press_check h WHERE h.government_id = $1 AND h.outlet_id = d.outlet_id
    ORDER BY h.checked_on <= a.order_date DESC, abs(h.checked_on - a.order_date), h.created_at DESC LIMIT 1
  ) pressed ON true
  LEFT JOIN LATERAL (
    -- The last clear look at its page.
    SELECT l.result, l.gone_on, l.checked_at FROM live_check l WHERE l.government_id = $1 AND l.placement_id = p.id AND l.result IN ('there', 'gone')
    ORDER BY l.checked_at DESC, l.id DESC LIMIT 1
  ) looked ON true
  LEFT JOIN social_account s ON s.government_id = d.government_id AND s.id = d.social_account_id
  LEFT JOIN invoice i ON i.government_id = p.government_id AND i.id = p.invoice_id
  LEFT JOIN acceptance c ON c.government_id = p.government_id AND c.id = p.acceptance_id
  LEFT JOIN payment pay ON pay.government_id = p.government_id AND pay.id = coalesce(p.payment_id, i.payment_id)
  LEFT JOIN user_account u ON u.government_id = p.government_id AND u.id = p.created_by
  CROSS JOIN LATERAL (
    SELECT count(f.id) AS proofs, string_agg(f.file_sha256, ' ' ORDER BY f.created_at, f.id) AS hashes, min(f.captured_at) AS taken
    FROM proof f WHERE f.government_id = $1 AND f.placement_id = p.id
  ) evidence
  WHERE p.government_id = $1 AND p.agency_id = $2 AND (a.fiscal_year = $3 OR p.carried_year = $3)
    AND coalesce(p.published_on, p.scheduled_on) BETWEEN span.first AND span.last
)
