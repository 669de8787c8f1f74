package db

// moneyChecks are the checks of payments with what departs from the plain way.
func moneyChecks() []Check {
	return []Check{
		asked("agreements_paid_by_payments", `SELECT a.number AS subject, format('paid %s, its payments less refunds sum to %s', a.paid, y.paid) AS detail
			FROM agreement a CROSS JOIN LATERAL (SELECT coalesce(sum(y.gross - y.refunded), 0) AS paid FROM payment y
				WHERE y.government_id = $1 AND y.agreement_id = a.id AND y.status = 'settled') y
			WHERE a.government_id = $1 AND a.paid <> y.paid`),
		asked("refunds_add_up", `SELECT y.spp_number AS subject, format('refunded %s, its slips sum to %s', y.refunded, r.amount) AS detail
			FROM payment y CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount), 0) AS amount FROM payment_refund r
				WHERE r.government_id = $1 AND r.payment_id = y.id) r
			WHERE y.government_id = $1 AND y.refunded <> r.amount`),
		asked("payments_add_up", `SELECT y.spp_number AS subject, format('gross %s, net %s, penalty %s, taxes %s', y.gross, y.net, y.penalty, t.amount) AS detail
			FROM payment y CROSS JOIN LATERAL (SELECT coalesce(sum(t.amount), 0) AS amount FROM payment_tax t WHERE t.government_id = $1 AND t.payment_id = y.id) t
			WHERE y.government_id = $1 AND y.gross <> y.net + y.penalty + t.amount`),
	}
}
