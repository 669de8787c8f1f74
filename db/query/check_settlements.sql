-- Payments in advance and with part kept back: what the budget lines bear adds up to the payment, no work settled more than was
-- paid in advance, nothing was paid of a retention but what was kept back, and no ended agreement has either open. $1 government.
SELECT y.spp_number AS subject, format('gross %s, its budget lines bear %s; work %s, its lines %s', y.gross, s.gross, y.gross + y.recouped + y.retained, s.work) AS detail
FROM payment y CROSS JOIN LATERAL (SELECT coalesce(sum(h.gross), 0) AS gross, coalesce(sum(h.work), 0) AS work FROM payment_share h
  WHERE h.government_id = $1 AND h.payment_id = y.id) s
WHERE y.government_id = $1 AND (y.purpose <> '' OR y.recouped + y.retained > 0) AND (s.gross, s.work) <> (y.gross, y.gross + y.recouped + y.retained)
UNION ALL
SELECT a.number, format('advance %s, settled %s; kept back %s, paid of it %s', sum(s.advanced), sum(s.recouped), sum(s.kept), sum(s.released))
FROM agreement a CROSS JOIN LATERAL settlement_of(a.government_id, a.id) s
WHERE a.government_id = $1 AND a.payment_terms IS NOT NULL
GROUP BY a.id, a.number, a.status
HAVING bool_or(s.recouped > s.advanced OR s.released > s.kept)
  OR a.status IN ('closed', 'terminated') AND sum(s.advanced) > sum(s.recouped) OR a.status = 'closed' AND sum(s.kept) > sum(s.released)
