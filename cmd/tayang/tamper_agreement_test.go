package main

import (
	"strings"
	"testing"
)

// TestAgreementsPastTheirRulesAreNamed: a superuser with the triggers off lets agreements stand that no rule let through;
// the check of that rule names each, and only while it is so.
func TestAgreementsPastTheirRulesAreNamed(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	const of = ` WHERE agreement_id = (SELECT id FROM agreement WHERE number = 'SP/JALAN') AND amendment_id IS NULL`
	for _, c := range []struct{ name, do, undo, check, want string }{
		{"a step that said no", `UPDATE agreement_approval SET verdict = 'rejected'` + of, `UPDATE agreement_approval SET verdict = 'approved'` + of,
			"agreements_approved", "SP/JALAN: 0 of the steps ppk were approved"},
		{"a step that is gone", `UPDATE agreement_approval SET round = round + 9` + of, `UPDATE agreement_approval SET round = round - 9` + of,
			"agreements_approved", "SP/JALAN: 0 of the steps ppk were approved"},
		{"steps that were asked for", `UPDATE agreement SET approval_steps = '{ppk,head}' WHERE number = 'SP/JALAN'`, `UPDATE agreement SET approval_steps = '{ppk}' WHERE number = 'SP/JALAN'`,
			"agreements_approved", "SP/JALAN: 1 of the steps ppk, head were approved"},
		{"somebody of another role", `UPDATE agreement_approval SET role = 'head'` + of, `UPDATE agreement_approval SET role = 'ppk'` + of,
			"agreements_approved", "SP/JALAN: 0 of the steps ppk were approved"},
		{"an author who approves", `UPDATE agreement_approval p SET decided_by = a.created_by FROM agreement a WHERE a.id = p.agreement_id AND a.number = 'SP/JALAN'`,
			`UPDATE agreement_approval p SET decided_by = a.approved_by FROM agreement a WHERE a.id = p.agreement_id AND a.number = 'SP/JALAN'`,
			"agreements_approved", "SP/JALAN: an author of it approved step 1"},
		{"never submitted", `UPDATE agreement SET approval_round = 0, approved_at = now() + interval '2 days' WHERE number = 'SP/JALAN'`,
			`UPDATE agreement SET approval_round = 1 WHERE number = 'SP/JALAN'`, "agreements_approved", "SP/JALAN: 0 of the steps ppk were approved"},
		{"an amendment", `UPDATE amendment m SET status = 'approved', decided_by = a.approved_by, decided_at = now() FROM agreement a WHERE a.id = m.agreement_id AND a.number = 'SP/ADENDUM'`,
			`UPDATE amendment m SET status = 'proposed', decided_by = NULL, decided_at = NULL FROM agreement a WHERE a.id = m.agreement_id AND a.number = 'SP/ADENDUM'`,
			"agreements_approved", "SP/ADENDUM / ADD/1: 0 of the steps ppk were approved"},
		{"a split that leaves something", `UPDATE recipient SET net = net - 1`, `UPDATE recipient SET net = net + 1`,
			"splits_leave_nothing", "SP/AGENSI/1: gross 1000000, the agency keeps 100000, the recipients get 899999"},
		{"a lower ceiling", `UPDATE agreement SET ceiling = ceiling - 3000001 WHERE framework`, `UPDATE agreement SET ceiling = ceiling + 3000001 WHERE framework`,
			"frameworks_within_ceiling", "PAYUNG/1: ceiling 1999999, its orders sum to 2000000"},
		{"a unit that was gone", `INSERT INTO shortfall (government_id, id, agency_id, agreement_id, placement_id, kind, rule, net, vat, gross, whole, created_at)
			SELECT p.government_id, gen_random_uuid(), p.agency_id, p.agreement_id, p.id, 'gone_early', 'per_unit', p.net, p.vat, p.gross, true, p.created_at
			FROM placement p WHERE p.status = 'paid' LIMIT 1`,
			`UPDATE shortfall SET status = 'void', remark = 'x', decided_at = now(), decided_by = gen_random_uuid()`,
			"gone_units_unpaid", " was not owed as a whole when the payment was ordered"},
		{"a result", `ALTER TABLE requirement_result DROP CONSTRAINT requirement_result_not_verified_by_author; UPDATE requirement_result SET verified_by = created_by, verified_at = now()`,
			`UPDATE requirement_result SET verified_by = NULL, verified_at = NULL`, "verified_by_another", ": verified by who entered it"},
		{"an owner", `ALTER TABLE account_ownership DROP CONSTRAINT account_ownership_not_decided_by_author;
			UPDATE account_ownership SET status = 'verified', decided_by = created_by, decided_at = now() WHERE status = 'submitted'`,
			`UPDATE account_ownership SET status = 'submitted', decided_by = NULL, decided_at = NULL WHERE decided_by = created_by`,
			"verified_by_another", "ownership of @contoh.pos: decided by who entered it"},
		{"a publication", `ALTER TABLE placement DROP CONSTRAINT placement_not_verified_by_author, DROP CONSTRAINT placement_not_verified_by_recorder;
			UPDATE placement SET recorded_by = recorded_by || verified_by WHERE status = 'paid'`,
			`UPDATE placement SET recorded_by = array_remove(recorded_by, verified_by) WHERE status = 'paid'`, "verified_by_another", ": verified by who entered or recorded it"},
		{"an assessment", `DELETE FROM agreement_assessment` + strings.TrimSuffix(of, ` AND amendment_id IS NULL`), "", "agreements_assessed", "SP/JALAN: came into force without an assessment"},
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
		if others := strings.Count(text, "SP/USUL: ") + strings.Count(text, "SP/AGENSI/2: "); others > 0 {
			t.Errorf("%s: names what is not in force:\n%s", c.name, text)
		}
		if c.undo != "" {
			s.superuser(t, c.undo)
		}
	}
}
