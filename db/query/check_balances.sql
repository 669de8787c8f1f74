-- Balances that are not the sums of their entries. $1 government.
SELECT l.sub_activity_code || ' / ' || l.account_code AS subject,
  format('%s is %s, its entries sum to %s', a.account, a.balance, a.summed) AS detail
FROM budget_line l
LEFT JOIN LATERAL (
  SELECT coalesce(sum(CASE WHEN e.from_account = 'appropriation' THEN e.amount WHEN e.to_account = 'appropriation' THEN -e.amount ELSE 0 END), 0) AS appropriation,
    coalesce(sum(CASE WHEN e.to_account = 'available' THEN e.amount WHEN e.from_account = 'available' THEN -e.amount ELSE 0 END), 0) AS available,
    coalesce(sum(CASE WHEN e.to_account = 'reserved' THEN e.amount WHEN e.from_account = 'reserved' THEN -e.amount ELSE 0 END), 0) AS reserved,
    coalesce(sum(CASE WHEN e.to_account = 'committed' THEN e.amount WHEN e.from_account = 'committed' THEN -e.amount ELSE 0 END), 0) AS committed,
    coalesce(sum(CASE WHEN e.to_account = 'realised' THEN e.amount WHEN e.from_account = 'realised' THEN -e.amount ELSE 0 END), 0) AS realised
  FROM ledger_entry e WHERE e.government_id = l.government_id AND e.budget_line_id = l.id
) s ON true
CROSS JOIN LATERAL (VALUES ('appropriation', l.appropriation, s.appropriation), ('available', l.available, s.available),
  ('reserved', l.reserved, s.reserved), ('committed', l.committed, s.committed), ('realised', l.realised, s.realised)) AS a(account, balance, summed)
WHERE l.government_id = $1 AND a.balance <> a.summed
