-- Placements on social accounts, out of report_publication.sql, with what was known of the account when its agreement came
-- into force; before that, and for agreements older than such knowledge, with the last follower snapshot up to the order.
, reached AS (
  SELECT b.id, b.agreement, b.channel, b.channel_kind, b.press_status, b.product, b.title, b.order_date, b.scheduled_on,
    b.published_on, b.taken_down_on, b.still_live, b.url, b.edition, b.page, b.slot, b.extent, b.label_present, b.evidenced, b.price, b.vat, b.gross, b.reference_price,
    b.price_difference, b.price_verdict, b.paid, b.invoice,
    b.acceptance, b.spp, b.spm, b.sp2d, b.proofs, b.proof_hashes, b.proof_taken, b.officer, b.remark, b.flags, b.status,
    b.social_account_id, b.vendor_id, b.agreement_id, b.content, b.fee_via, b.position, b.via_agency, m.reach, m.views, m.interactions
  FROM publication b
  CROSS JOIN LATERAL (
    SELECT (sum(value::bigint) FILTER (WHERE key = 'reach'))::bigint AS reach,
      (sum(value::bigint) FILTER (WHERE key = 'views'))::bigint AS views,
      (sum(value::bigint) FILTER (WHERE key IN ('likes', 'comments', 'shares', 'saves')))::bigint AS interactions
    FROM jsonb_each_text(b.metrics) WHERE value ~ '^[0-9]{1,18}$'
  ) m
  WHERE b.social_account_id IS NOT NULL
)
SELECT r.id, r.agreement, r.channel, r.channel_kind, r.press_status, r.product, r.title, r.order_date, r.scheduled_on, r.published_on, r.taken_down_on, r.still_live,
  r.url, r.edition, r.page, r.slot, r.extent, r.label_present, r.evidenced, r.price, r.vat, r.gross, r.reference_price, r.price_difference, r.price_verdict,
  r.paid, r.invoice, r.acceptance, r.spp,
  r.spm, r.sp2d, r.proofs, r.proof_hashes, r.proof_taken, r.officer, r.remark, r.flags, r.status, '@' || s.handle AS handle, s.platform,
  CASE WHEN frozen.x IS NULL THEN known.followers ELSE (frozen.x ->> 'followers')::bigint END AS followers,
  CASE WHEN frozen.x IS NULL THEN known.taken_on ELSE (frozen.x ->> 'snapshot_on')::date END AS snapshot_on,
  coalesce(CASE WHEN frozen.x IS NULL THEN class.name ELSE frozen.x ->> 'tier' END, '') AS tier,
  CASE WHEN r.via_agency OR r.fee_via = 'agency' OR r.fee_via = '' AND v.kind = 'company' THEN v.legal_name ELSE '' END AS agent,
  coalesce(r.content ->> 'type', '') AS content_type,
  r.published_on + nullif((r.content ->> 'minimum_live_days')::integer, 0) AS live_until,
  coalesce(passed.name, '') AS recipient, passed.net AS recipient_net, passed.confirmed,
  r.reach, r.views, r.interactions
FROM reached r
JOIN social_account s ON s.government_id = $1 AND s.id = r.social_account_id
JOIN vendor v ON v.government_id = $1 AND v.id = r.vendor_id
LEFT JOIN LATERAL (
  SELECT n.taken_on, n.followers FROM social_snapshot n
  WHERE n.government_id = $1 AND n.social_account_id = r.social_account_id AND n.taken_on <= r.order_date
  ORDER BY n.taken_on DESC LIMIT 1
) known ON true
LEFT JOIN agreement_assessment z ON z.government_id = $1 AND z.agreement_id = r.agreement_id
LEFT JOIN LATERAL (
  SELECT x FROM jsonb_array_elements(CASE jsonb_typeof(z.assessment #> '{facts,influence,accounts}') WHEN 'array'
    THEN z.assessment #> '{facts,influence,accounts}' ELSE '[]' END) x
  WHERE x ->> 'social_account_id' = r.social_account_id::text LIMIT 1
) frozen ON true
LEFT JOIN LATERAL (
  SELECT t.name FROM tier t
  WHERE frozen.x IS NULL AND t.government_id = $1 AND t.voided_at IS NULL AND r.order_date BETWEEN t.valid_from AND coalesce(t.valid_to, 'infinity')
    AND known.followers >= t.followers_from AND (t.followers_to IS NULL OR known.followers < t.followers_to)
    AND (t.platform = s.platform OR t.platform = '' AND NOT EXISTS (SELECT FROM tier o WHERE o.government_id = $1 AND o.voided_at IS NULL
      AND o.platform = s.platform AND r.order_date BETWEEN o.valid_from AND coalesce(o.valid_to, 'infinity')))
  LIMIT 1
) class ON true
LEFT JOIN LATERAL (
  SELECT coalesce(nullif(p.name, ''), w.legal_name) AS name, p.net, said.amount AS confirmed FROM recipient p
  LEFT JOIN outlet po ON po.government_id = $1 AND po.id = p.outlet_id
  LEFT JOIN social_account ps ON ps.government_id = $1 AND ps.id = p.social_account_id
  JOIN vendor w ON w.government_id = $1 AND w.id = coalesce(po.vendor_id, ps.vendor_id)
  LEFT JOIN LATERAL (SELECT k.amount FROM recipient_confirmation k WHERE k.government_id = $1 AND k.recipient_id = p.id
    ORDER BY k.date DESC, k.created_at DESC, k.id DESC LIMIT 1) said ON true
  WHERE p.government_id = $1 AND p.agreement_id = r.agreement_id AND (r.position = ANY (p.deliverables) OR p.social_account_id = r.social_account_id)
  ORDER BY r.position = ANY (p.deliverables) DESC LIMIT 1
) passed ON r.via_agency
ORDER BY coalesce(r.published_on, r.scheduled_on), r.agreement, r.id
