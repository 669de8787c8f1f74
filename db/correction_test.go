package db_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/lib/pq"

	"tayang/db"
	"tayang/db/dbtest/chain"
)

// TestMoneyConstraints tries, as the program's own role, what no program may do.
func TestMoneyConstraints(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	i := c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	paid := c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	asked := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))
	values := strings.NewReplacer("$gov", "'"+c.Staff.Government.String()+"'", "$agency", "'"+c.Agency.ID.String()+"'", "$agreement", "'"+a.ID.String()+"'",
		"$paid", "'"+paid.ID.String()+"'", "$asked", "'"+asked.ID.String()+"'", "$staff", "'"+c.Staff.User.String()+"'", "$unit", "'"+i.PlacementIDs[0].String()+"'",
		"$invoice", "'"+i.ID.String()+"'", "$vendor", "'"+a.VendorID.String()+"'", "$head", "'"+c.Head.User.String()+"'")
	const hold = `INSERT INTO payment_hold (government_id, id, agency_id, payment_id, reason, created_at, created_by) VALUES ($gov, gen_random_uuid(), $agency, $asked, 'x', now(), $staff)`
	const receipt = `INSERT INTO payment_receipt (government_id, id, agency_id, payment_id, number, date, amount) VALUES ($gov, gen_random_uuid(), $agency, `
	const note = `INSERT INTO credit_note (government_id, id, agency_id, agreement_id, invoice_id, vendor_id, number, date, price, vat, amount, reason, placement_ids, created_at, created_by)
		VALUES ($gov, gen_random_uuid(), $agency, $agreement, $invoice, $vendor, `
	for _, try := range [][]string{
		{"payment_held", hold, "UPDATE payment SET status = 'authorised', authorised_by = $head WHERE id = $asked"},
		{"payment_hold_one_open", hold, hold},
		{"payment_hold_not_released_by_author", hold, "UPDATE payment_hold SET released_at = now(), released_by = created_by, release_reason = 'x'"},
		{"permission denied", hold, "UPDATE payment_hold SET reason = 'y'"},
		{"payment_refund_sane", "UPDATE payment SET refunded = gross WHERE id = $paid"},
		{"payment_refund_sane", "UPDATE payment SET refunded = 1 WHERE id = $asked"},
		{"payment_penalty_sane", "UPDATE payment SET penalty = gross WHERE id = $asked"},
		{"payment_drawn_sane", "UPDATE payment SET drawn_number = '1', drawn_date = '2026-06-01', drawn_amount = gross WHERE id = $asked"},
		{"penalty_exceeded", `INSERT INTO penalty_receipt (government_id, id, agency_id, agreement_id, sts_number, sts_date, amount, created_at, created_by)
			VALUES ($gov, gen_random_uuid(), $agency, $agreement, '1', '2026-06-20', 1, now(), $staff)`},
		{"receipts_mismatch", receipt + "$asked, 'KW 1', '2026-06-01', 1110000)", "SET CONSTRAINTS ALL IMMEDIATE"},
		{"payment_receipt_once", receipt + "$asked, 'KW 1', '2026-06-01', 5)", receipt + "$paid, 'kw-1', '2026-06-01', 5)"},
		{"credit_note_sums", note + "'1', '2026-06-12', 5, 1, 7, 'x', ARRAY[$unit]::uuid[], now(), $staff)"},
		{"credit_note_number_unique", note + "'N 1', '2026-06-12', 5, 1, 6, 'x', ARRAY[$unit]::uuid[], now(), $staff)", note + "'n-1', '2026-06-12', 5, 1, 6, 'x', ARRAY[$unit]::uuid[], now(), $staff)"},
		{"placement_refunded_is_cancelled", `WITH r AS (INSERT INTO payment_refund (government_id, id, agency_id, payment_id, sts_number, sts_date, amount, reason, placement_ids, created_at, created_by)
			VALUES ($gov, gen_random_uuid(), $agency, $paid, '1', '2026-07-01', 1, 'x', ARRAY[$unit]::uuid[], now(), $staff) RETURNING id)
			UPDATE placement SET refund_id = r.id FROM r WHERE placement.id = $unit`},
	} {
		conn := connection(t, c.Store)
		err := tries(t, conn, append([]string{"BEGIN", "SET LOCAL tayang.government = " + values.Replace("$gov"), "SET LOCAL tayang.actor = " + values.Replace("$staff")}, try[1:]...), values)
		var refusal *pq.Error
		if !errors.As(err, &refusal) || refusal.Constraint != try[0] && !strings.Contains(refusal.Message, try[0]) {
			t.Errorf("%s: %v", try[0], err)
		}
		if _, err := conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
	}
	for _, check := range db.Checks() {
		if !strings.HasSuffix(check.Name, "add_up") && check.Name != "agreements_paid_by_payments" {
			continue
		}
		if found, err := check.Run(t.Context(), c.Store, c.Auditor); err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", check.Name, found, err)
		}
	}
}

// tries runs statements until one fails.
func tries(t *testing.T, conn *sql.Conn, statements []string, values *strings.Replacer) error {
	t.Helper()
	for _, s := range statements {
		if _, err := conn.ExecContext(t.Context(), values.Replace(s)); err != nil {
			return err
		}
	}
	return nil
}
