package db

// matchChecks are the named checks of units, make-goods and the lines of paid invoices.
func matchChecks() []Check {
	return []Check{
		asked("units_paid_once", `SELECT g.title AS subject, format('stands in for %s, which is %s', r.title, r.status) AS detail
			FROM placement g JOIN placement r ON r.government_id = g.government_id AND r.id = g.make_good_for
			WHERE g.government_id = $1 AND g.status <> 'cancelled' AND r.status <> 'cancelled'
			UNION ALL SELECT a.number || ' / ' || d.product, format('ordered %s, placed %s and %s fall short', d.quantity, p.placed, coalesce(s.short, 0))
			FROM deliverable d JOIN agreement a ON a.government_id = d.government_id AND a.id = d.agreement_id
			JOIN (SELECT deliverable_id, count(*) AS placed FROM placement WHERE government_id = $1 AND status <> 'cancelled' GROUP BY deliverable_id) p ON p.deliverable_id = d.id
			LEFT JOIN (SELECT deliverable_id, sum(quantity) AS short FROM acceptance_shortfall WHERE government_id = $1 GROUP BY deliverable_id) s ON s.deliverable_id = d.id
			WHERE d.government_id = $1 AND p.placed + coalesce(s.short, 0) > d.quantity`),
		asked("paid_invoices_agree", `WITH paid AS MATERIALIZED (SELECT i.id, i.number, i.amount FROM invoice i
				JOIN payment y ON y.government_id = i.government_id AND y.id = i.payment_id AND y.status IN ('authorised', 'settled')
				WHERE i.government_id = $1 AND EXISTS (SELECT FROM invoice_line l WHERE l.government_id = $1 AND l.invoice_id = i.id)),
			line AS (SELECT l.invoice_id, l.deliverable_id, sum(l.quantity) AS billed,
					bool_or((l.unit_price, l.tax_inclusive) <> (d.unit_price, d.tax_inclusive)) AS dearer,
					bool_or(l.amount <> l.quantity * d.unit_gross + l.difference) AS wrong
				FROM invoice_line l JOIN paid ON paid.id = l.invoice_id JOIN deliverable d ON d.government_id = l.government_id AND d.id = l.deliverable_id
				WHERE l.government_id = $1 GROUP BY l.invoice_id, l.deliverable_id),
			unit AS (SELECT p.invoice_id, p.deliverable_id, count(*) AS named FROM placement p JOIN paid ON paid.id = p.invoice_id
				WHERE p.government_id = $1 GROUP BY p.invoice_id, p.deliverable_id)
			SELECT paid.number AS subject, format('billed %s of a deliverable of which it names %s', coalesce(line.billed, 0), coalesce(unit.named, 0)) AS detail
			FROM line FULL JOIN unit ON unit.invoice_id = line.invoice_id AND unit.deliverable_id = line.deliverable_id
			JOIN paid ON paid.id = coalesce(line.invoice_id, unit.invoice_id) WHERE line.billed IS DISTINCT FROM unit.named
			UNION ALL SELECT paid.number, 'a line has another price, tax or amount than its deliverable'
			FROM line JOIN paid ON paid.id = line.invoice_id WHERE line.dearer OR line.wrong
			UNION ALL SELECT paid.number, format('its lines sum to %s, it is %s', s.sum, paid.amount)
			FROM paid CROSS JOIN LATERAL (SELECT sum(l.amount) AS sum FROM invoice_line l WHERE l.government_id = $1 AND l.invoice_id = paid.id) s WHERE s.sum <> paid.amount`),
	}
}
