-- All placements, out of report_publication.sql.
SELECT id, agreement, channel, channel_kind, press_status, product, title, order_date, scheduled_on, published_on, taken_down_on, url, edition,
  page, slot, extent, label_present, evidenced, price, vat, gross, reference_price, price_difference, price_verdict, paid, invoice, acceptance, spp, spm, sp2d, proofs, proof_hashes,
  proof_taken, officer, remark, flags, status
FROM publication
ORDER BY coalesce(published_on, scheduled_on), agreement, id
