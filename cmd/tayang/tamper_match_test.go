package main

import (
	"strings"
	"testing"
)

// TestUnitsAndLinesPastTheirRulesAreNamed: a superuser with the triggers off makes units that are paid twice and lines that
// are not what was paid; the checks name each, and only while it is so.
func TestUnitsAndLinesPastTheirRulesAreNamed(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	const line = `INSERT INTO invoice_line (government_id, id, agency_id, invoice_id, deliverable_id, position, description, quantity, unit_price, tax_inclusive, amount,
			created_at, created_by)
		SELECT i.government_id, gen_random_uuid(), i.agency_id, i.id, d.id, 1, 'x', %QUANTITY%, d.unit_price, d.tax_inclusive, i.amount, now(), i.created_by
		FROM invoice i JOIN placement p ON p.invoice_id = i.id JOIN deliverable d ON d.id = p.deliverable_id WHERE i.number = 'A-4' LIMIT 1`
	const gone = `DELETE FROM invoice_line`
	for _, c := range []struct{ name, do, undo, check, want string }{
		{"more billed than came", strings.ReplaceAll(line, "%QUANTITY%", "2"), gone, "paid_invoices_agree", "A-4: billed 2 of a deliverable of which it names 1"},
		{"another amount", strings.ReplaceAll(line, "%QUANTITY%", "1") + `; UPDATE invoice_line SET amount = amount - 1`, gone, "paid_invoices_agree", "A-4: a line has another price, tax or amount"},
		{"another price", strings.ReplaceAll(line, "%QUANTITY%", "1") + `; UPDATE invoice_line SET unit_price = unit_price + 1`, gone, "paid_invoices_agree", "A-4: a line has another price, tax or amount"},
		{"a unit twice", `UPDATE placement p SET make_good_for = q.id, make_good_reason = 'x' FROM placement q WHERE p.status = 'paid' AND q.deliverable_id = p.deliverable_id AND q.status = 'invoiced'`,
			`UPDATE placement SET make_good_for = NULL, make_good_reason = ''`, "units_paid_once", "which is invoiced"},
		{"fewer ordered than placed", `UPDATE deliverable SET quantity = placed - 1, placed = placed - 1 WHERE placed > 1`, "", "units_paid_once", "fall short"},
	} {
		if text, _ := s.checked(t); strings.Contains(text, "FAILED "+c.check) || !strings.Contains(text, c.check) {
			t.Errorf("%s: before anything was done:\n%s", c.name, text)
		}
		s.superuser(t, c.do)
		text, failed := s.checked(t)
		_, after, named := strings.Cut(text, "FAILED "+c.check)
		after, _, _ = strings.Cut(after, "\n  ok")
		if !failed || !named || !strings.Contains(after, c.want) {
			t.Errorf("%s: want %s: %q in\n%s", c.name, c.check, c.want, text)
		}
		if c.undo != "" {
			s.superuser(t, c.undo)
		}
	}
}
