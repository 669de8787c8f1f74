package sample_test

import (
	"slices"
	"testing"

	"github.com/jmoiron/sqlx"

	"tayang/db/sample"
)

// finder finds what an audit test would look for; each query gives the objects, once each.
type finder struct{ test, query string }

func finders() []finder {
	return []finder{
		{"RF04", `SELECT legal_name FROM vendor WHERE bank_account_owner <> legal_name`},
		{"RF05", `SELECT DISTINCT a.number FROM placement p JOIN placement q ON q.url = p.url AND q.id <> p.id
				JOIN agreement a ON a.id = p.agreement_id WHERE p.url <> ''
			UNION SELECT DISTINCT a.number FROM proof f JOIN proof g ON g.file_sha256 = f.file_sha256 AND g.placement_id <> f.placement_id
				JOIN placement p ON p.id = f.placement_id JOIN agreement a ON a.id = p.agreement_id`},
		{"RF06", `SELECT DISTINCT a.number FROM agreement a JOIN deliverable d ON d.agreement_id = a.id JOIN outlet o ON o.id = d.outlet_id
			WHERE o.press_certificate_valid_until < a.order_date`},
		{"RF09", `SELECT number FROM agreement WHERE form = 'kuitansi' AND gross > 50000000
			OR form = 'bukti_pembelian' AND gross > 10000000 OR form = 'spk' AND gross > 200000000
			OR method = 'pengadaan_langsung' AND gross > 200000000`},
		{"RF10", `SELECT number FROM (SELECT a.number, a.gross, sum(b.gross) AS together FROM agreement a JOIN agreement b
				ON b.agency_id = a.agency_id AND b.vendor_id = a.vendor_id AND b.method = 'pengadaan_langsung'
				AND abs(b.order_date - a.order_date) <= 14
			WHERE a.method = 'pengadaan_langsung' GROUP BY a.number, a.gross) g WHERE gross <= 200000000 AND together > 200000000`},
		{"RF11", `SELECT DISTINCT a.number FROM agreement a JOIN deliverable d ON d.agreement_id = a.id
			JOIN agreement b ON b.vendor_id = a.vendor_id AND b.agency_id <> a.agency_id
			JOIN deliverable e ON e.agreement_id = b.id AND e.product = d.product AND e.unit_gross < d.unit_gross`},
		{"RF12", `SELECT DISTINCT a.number FROM payment y JOIN payment_tax x ON x.payment_id = y.id JOIN agreement a ON a.id = y.agreement_id
			WHERE y.status = 'settled' AND x.deposited_on IS NULL
				AND date_trunc('month', y.sp2d_date) + interval '1 month 14 days' < '2026-11-20'`},
		{"RF13", `SELECT number FROM agreement WHERE rup_code = ''`},
		{"RF14", `SELECT DISTINCT a.number FROM placement p JOIN deliverable d ON d.id = p.deliverable_id JOIN agreement a ON a.id = p.agreement_id
			WHERE d.label_required AND p.label_present = false`},
		{"RF15", `SELECT number FROM agreement WHERE gross BETWEEN 9900000 AND 10000000
			OR gross BETWEEN 49000000 AND 50000000 OR gross BETWEEN 199000000 AND 200000000`},
		{"RF16", `SELECT DISTINCT a.number FROM invoice i JOIN placement p ON p.invoice_id = i.id JOIN agreement a ON a.id = i.agreement_id
				JOIN acceptance c ON c.id = p.acceptance_id LEFT JOIN payment y ON y.id = i.payment_id
			WHERE p.published_on < a.order_date OR i.date < p.published_on OR c.date < i.date OR y.spp_date < c.date`},
		{"RF18", `SELECT DISTINCT v.legal_name FROM vendor v JOIN vendor w
			ON w.bank_account_number = v.bank_account_number AND w.id <> v.id`},
		{"RF20", `SELECT DISTINCT a.number FROM agreement a JOIN deliverable d ON d.agreement_id = a.id WHERE d.social_account_id IS NOT NULL
			AND NOT EXISTS (SELECT FROM social_snapshot n WHERE n.social_account_id = d.social_account_id
				AND n.taken_on BETWEEN a.order_date - 30 AND a.order_date)`},
		{"RF21", `SELECT DISTINCT a.number FROM placement p JOIN deliverable d ON d.id = p.deliverable_id JOIN agreement a ON a.id = p.agreement_id
				LEFT JOIN outlet o ON o.id = d.outlet_id LEFT JOIN social_account s ON s.id = d.social_account_id
			WHERE p.url <> '' AND split_part(p.url, '/', 3) <> coalesce(o.domain, s.platform || '.example')`},
		{"RF23", `SELECT DISTINCT a.number FROM agreement a JOIN deliverable d ON d.agreement_id = a.id JOIN budget_line l ON l.id = d.budget_line_id
			WHERE l.account_code <> CASE WHEN d.product LIKE 'langganan%' THEN '5.1.02.02.01.0062' ELSE '5.1.02.02.01.0055' END`},
		{"RF24", `SELECT a.number FROM agreement a JOIN deliverable d ON d.agreement_id = a.id
				GROUP BY a.number HAVING bool_and(d.offered_price = d.unit_price)
			UNION SELECT a.number FROM agreement a JOIN payment y ON y.agreement_id = a.id AND y.status = 'settled'
				GROUP BY a.number HAVING count(*) >= 6 AND count(DISTINCT y.gross) = 1`},
	}
}

func faults(t *testing.T, all *sqlx.DB) {
	named := map[string][]string{}
	for _, f := range sample.Faults() {
		if f.Note == "" {
			t.Errorf("%s of %s has no note", f.Test, f.Object)
		}
		if !slices.Contains(named[f.Test], f.Object) {
			named[f.Test] = append(named[f.Test], f.Object)
		}
	}
	for _, f := range finders() {
		var found []string
		if err := all.SelectContext(t.Context(), &found, f.query); err != nil {
			t.Fatalf("%s: %v", f.test, err)
		}
		slices.Sort(found)
		slices.Sort(named[f.test])
		if !slices.Equal(found, named[f.test]) {
			t.Errorf("%s: found %v, named %v", f.test, found, named[f.test])
		}
		delete(named, f.test)
	}
	if len(named) > 0 {
		t.Errorf("named and not looked for: %v", named)
	}
}
