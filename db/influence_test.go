package db_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// creators is a chain with the services of its creators' papers.
type creators struct {
	*chain.Chain
	accounts *registry.SocialService
	tiers    *registry.TierService
	serial   int
}

func newCreators(t *testing.T, c *chain.Chain) *creators {
	t.Helper()
	social := func(tx *db.Tx) registry.SocialStore { return tx }
	tiers := func(tx *db.Tx) registry.TierStore { return tx }
	return &creators{
		Chain: c, accounts: registry.NewSocialService(db.Within(c.Store, social), db.Reading(c.Store, social)),
		tiers: registry.NewTierService(db.Within(c.Store, tiers), db.Reading(c.Store, tiers)),
	}
}

func (c *creators) paper(t *testing.T) string {
	t.Helper()
	c.serial++
	kept, err := c.Files.Keep(t.Context(), c.Staff, file.Sent{Name: "kreator.pdf", Content: strings.NewReader("%PDF-1.7\n" + strings.Repeat("x", c.serial)), Purpose: file.Paper})
	chain.Wants(t, err, "")
	return kept.SHA256
}

func (c *creators) look(t *testing.T, on string, followers int64) {
	t.Helper()
	_, err := c.accounts.AddSnapshot(t.Context(), c.Staff, c.Account, registry.SnapshotForm{TakenOn: chain.Day(on), Followers: followers, EngagementRate: "3", File: c.paper(t)})
	chain.Wants(t, err, "")
}

func (c *creators) declare(t *testing.T, kind registry.StatementKind, answer, on string) {
	t.Helper()
	f := registry.StatementForm{Kind: kind, Answer: answer, GivenOn: chain.Day(on), File: c.paper(t)}
	if answer == registry.HasConflict {
		f.Details = "sepupu PPTK"
	}
	if kind == registry.GuardianConsent {
		f.GuardianName, f.Relation = "Ibu Contoh", "ibu kandung"
	}
	_, err := c.accounts.Declare(t.Context(), c.Staff, c.Account, f)
	chain.Wants(t, err, "")
}

func (c *creators) prove(t *testing.T, on string) registry.Ownership {
	t.Helper()
	o, err := c.accounts.Prove(t.Context(), c.Staff, c.Account, registry.OwnershipForm{ProvenBy: registry.ScreenRecording, ProvenOn: chain.Day(on), File: c.paper(t)})
	chain.Wants(t, err, "")
	return o
}

func (c *creators) verify(t *testing.T, o registry.Ownership) {
	t.Helper()
	_, err := c.accounts.Judge(t.Context(), c.Verifier, c.Account, o.ID, registry.OwnershipVerdict{Status: registry.OwnershipVerified})
	chain.Wants(t, err, "")
}

func (c *creators) born(t *testing.T, day string) {
	t.Helper()
	_, err := c.accounts.Change(t.Context(), c.Staff, c.Account, nil, func(f registry.SocialForm) (registry.SocialForm, error) {
		f.CreatorName, f.CreatorBornOn = "Kreator Contoh", chain.Day(day)
		return f, nil
	})
	chain.Wants(t, err, "")
}

// reel is a line on the account with everything that is asked for.
func (c *creators) reel() agreement.Item {
	content := agreement.UsualContent(agreement.Reel)
	item := c.Item(2)
	item.OutletID, item.Product, item.Content = uuid.NullUUID{}, "reel", &content
	item.SocialAccountID = uuid.NullUUID{UUID: c.Account, Valid: true}
	return item
}

// missing are the fields by which the approval of an agreement with the items is refused, of those that are about its
// creators.
func (c *creators) missing(t *testing.T, items ...agreement.Item) []string {
	t.Helper()
	a := c.Move(t, c.Staff, c.Draft(t, items...), agreement.Submit)
	_, err := c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
	if err == nil {
		return nil
	}
	f := fault.From(err)
	if f.Code != "not_ready" || f.Kind != fault.Conflict {
		t.Fatalf("refused by %v", err)
	}
	return ofCreators(f.Fields)
}

func ofCreators(fields []fault.Field) (out []string) {
	ours := []rule.Code{
		rule.SnapshotMissing, rule.SnapshotStale, rule.TierMismatch, rule.OwnershipMissing, rule.ContentTermsMissing, rule.ConflictMissing,
		rule.ConflictDeclared, rule.CivilServant, rule.GuardianMissing,
	}
	for _, w := range fields {
		if slices.Contains(ours, rule.Code(w.Code)) {
			out = append(out, w.Pointer+" "+w.Code)
		}
	}
	return out
}

// TestWhatAnAgreementWithACreatorLacks takes every paper away in turn; the order is of 1 May.
func TestWhatAnAgreementWithACreatorLacks(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.Strict(t, creatorRules()...))
	const account = "/deliverables/0/social_account_id "
	expect := func(what string, item agreement.Item, want ...string) {
		t.Helper()
		if got := c.missing(t, item); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	bare := c.reel()
	bare.Content = nil
	expect("nothing at all", bare, "/deliverables/0/content content_terms_missing", account+"snapshot_missing", account+"ownership_missing",
		account+"conflict_missing", account+"civil_servant")

	c.look(t, "2026-05-02", 60_000)
	c.declare(t, registry.ConflictOfInterest, registry.NoConflict, "2026-05-02")
	c.declare(t, registry.CivilServant, registry.NoCivilServant, "2026-05-02")
	c.verify(t, c.prove(t, "2026-05-02"))
	expect("all of it after the order", c.reel(), account+"snapshot_missing", account+"ownership_missing", account+"conflict_missing", account+"civil_servant")

	c.look(t, "2026-03-31", 40_000)
	c.declare(t, registry.ConflictOfInterest, registry.NoConflict, "2026-04-30")
	waits := c.prove(t, "2026-04-30")
	c.declare(t, registry.CivilServant, registry.IsCivilServant, "2026-04-30")
	expect("31 days, a civil servant, a proof that nobody has seen", c.reel(), account+"snapshot_stale", account+"ownership_missing", account+"civil_servant")

	c.verify(t, waits)
	c.look(t, "2026-04-01", 45_000)
	c.declare(t, registry.CivilServant, registry.NoCivilServant, "2026-05-01")
	c.born(t, "2008-05-02")
	expect("17 years and 364 days", c.reel(), account+"guardian_missing")
	c.declare(t, registry.GuardianConsent, "", "2026-05-01")
	some := c.reel()
	some.Content = &agreement.Content{Type: agreement.Story, MinimumLiveDays: 1, InsightsDue: []int64{1}}
	expect("half of the terms", some, "/deliverables/0/content/label_text content_terms_missing", "/deliverables/0/content/usage_rights/text content_terms_missing")
	expect("everything, 30 days before", c.reel())
}

// TestAnAdultNeedsNoGuardian has a birthday on the day of the order, and a snapshot of that day.
func TestAnAdultNeedsNoGuardian(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.Strict(t, creatorRules()...))
	c.born(t, "2008-05-01")
	c.look(t, "2026-05-01", 45_000)
	c.verify(t, c.prove(t, "2026-05-01"))
	c.declare(t, registry.ConflictOfInterest, registry.HasConflict, "2026-05-01")
	c.declare(t, registry.CivilServant, registry.NoCivilServant, "2026-05-01")
	if got := c.missing(t, c.reel()); got != nil {
		t.Errorf("a declared conflict warns, and nothing is missing: %v", got)
	}
}

// TestWhatWasKnownOfACreatorIsKept looks at the assessment, lets everything change, and looks again.
func TestWhatWasKnownOfACreatorIsKept(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.New(t))
	to := int64(50_000)
	mikro, err := c.tiers.Create(t.Context(), c.Staff, registry.TierForm{Name: "mikro", FollowersFrom: 10_000, FollowersTo: &to, ValidFrom: chain.Day("2026-01-01"), Basis: "Perbup 1/2026"})
	chain.Wants(t, err, "")
	c.look(t, "2026-04-20", 45_000)
	o := c.prove(t, "2026-04-20")
	c.verify(t, o)
	item := c.reel()
	item.Tier = "makro"
	a := c.Agreement(t, item)
	known := func() agreement.Assessment {
		t.Helper()
		s, err := c.Agreements.Assessment(t.Context(), c.PPK, c.Agency.Code, a.ID)
		chain.Wants(t, err, "")
		return s
	}
	check := func(s agreement.Assessment) {
		t.Helper()
		account, ok := s.Facts.Influence.Account(c.Account)
		if !ok || !s.Frozen || *account.Followers != 45_000 || account.SnapshotOn != chain.Day("2026-04-20") || account.SnapshotFile == "" ||
			account.EngagementRate != "3" || account.Tier != "mikro" || account.Ownership == nil || account.Ownership.ID != o.ID || account.Ownership.VerifiedBy != c.Verifier.Email {
			t.Errorf("known %+v of %+v", account, s)
		}
		var fields []fault.Field
		for _, d := range s.Doubts {
			fields = append(fields, d.Field())
			if d.Rule == rule.TierMismatch && (d.PlaceID.UUID != c.Account || d.Mode != rule.Warn || d.Args["known"] != "mikro" || d.Args["tier"] != "makro") {
				t.Errorf("%+v", d)
			}
			if d.Rule == rule.ConflictMissing && (d.Place != agreement.AtAccount || d.PlaceID.UUID != c.Account) {
				t.Errorf("%+v", d)
			}
		}
		if got := ofCreators(fields); !slices.Equal(got, []string{
			"/deliverables/0/tier tier_mismatch", "/deliverables/0/social_account_id conflict_missing", "/deliverables/0/social_account_id civil_servant",
		}) {
			t.Errorf("doubts %v", got)
		}
	}
	check(known())
	c.look(t, "2026-05-01", 900_000)
	c.declare(t, registry.ConflictOfInterest, registry.NoConflict, "2026-05-01")
	_, err = c.tiers.Void(t.Context(), c.Staff, mikro.ID, nil, "salah ketik")
	chain.Wants(t, err, "")
	check(known())
}

func TestOwnershipIsSeenByAnother(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.New(t))
	o := c.prove(t, "2026-04-20")
	judge := func(who access.Actor, v registry.OwnershipVerdict) error {
		_, err := c.accounts.Judge(t.Context(), who, c.Account, o.ID, v)
		return err
	}
	yes, no := registry.OwnershipVerdict{Status: registry.OwnershipVerified}, registry.OwnershipVerdict{Status: registry.OwnershipRejected}
	chain.Wants(t, judge(c.Staff, yes), "segregation_of_duties")
	chain.Wants(t, judge(c.Auditor, yes), "forbidden")
	chain.Wants(t, judge(c.Stranger, yes), "not_found")
	chain.Wants(t, judge(c.PPK, no), "invalid", "/reason required")
	no.Reason = "nama akun terpotong"
	chain.Wants(t, judge(c.PPK, no), "")
	chain.Wants(t, judge(c.Colleague, yes), "wrong_state")
	page, err := c.accounts.Ownerships(t.Context(), c.Auditor, c.Account, listing.All())
	chain.Wants(t, err, "")
	if got := page.Items; len(got) != 1 || got[0].Status != registry.OwnershipRejected || got[0].Remark != "nama akun terpotong" || got[0].Decider != c.PPK.Email || got[0].Author != c.Staff.Email {
		t.Errorf("%+v", got)
	}
	a, err := c.accounts.Create(t.Context(), c.Staff, registry.SocialForm{VendorID: c.Vendor.ID, Platform: "tiktok", Handle: "satu", PlatformUserID: "77"})
	chain.Wants(t, err, "")
	_, err = c.accounts.Create(t.Context(), c.Staff, registry.SocialForm{VendorID: c.Vendor.ID, Platform: "tiktok", Handle: "dua", PlatformUserID: "77"})
	chain.Wants(t, err, "duplicate", "/platform_user_id duplicate")
	_, err = c.accounts.Change(t.Context(), c.Staff, a.ID, nil, func(f registry.SocialForm) (registry.SocialForm, error) {
		f.Handle = "satu.baru"
		return f, nil
	})
	chain.Wants(t, err, "")
}

// TestTheDatabaseRefusesOfCreators tries every way that the program's role has, and more.
func TestTheDatabaseRefusesOfCreators(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.New(t))
	a := c.Draft(t, c.reel())
	o := office{app: db.Pool(c.Store), government: c.Staff.Government}
	proof, file := c.prove(t, "2026-04-20").ID.String(), c.paper(t)
	government, account := c.Staff.Government.String(), c.Account.String()
	line := func(content string) string {
		return `INSERT INTO deliverable (government_id, id, agreement_id, position, product, social_account_id, budget_line_id, quantity, unit,
			unit_price, tax_inclusive, label_required, unit_net, unit_vat, unit_gross, content) SELECT government_id, gen_random_uuid(), agreement_id, 2, product,
			social_account_id, budget_line_id, 1, unit, 1, true, true, 1, 0, 1, '` + content + `' FROM deliverable WHERE agreement_id = '` + a.ID.String() + "'"
	}
	tier := func(platform, from, to, since, until string) string {
		return `INSERT INTO tier (government_id, id, platform, name, followers_from, followers_to, valid_from, valid_to, basis, created_at, created_by)
			VALUES ('` + government + `', gen_random_uuid(), '` + platform + `', 'x', ` + from + `, ` + to + `, ` + since + `, ` + until + `, 'Perbup', now(), gen_random_uuid())`
	}
	statement := func(kind, answer, guardian string) string {
		return `INSERT INTO creator_statement (government_id, id, social_account_id, kind, answer, given_on, guardian_name, relation, file_sha256, created_at, created_by)
			VALUES ('` + government + `', gen_random_uuid(), '` + account + `', '` + kind + `', '` + answer + `', '2026-05-01', '` + guardian + `', '` + guardian + `', '` + file + `', now(), gen_random_uuid())`
	}
	decide := func(who string) string {
		return "UPDATE account_ownership SET status = 'verified', decided_at = now(), decided_by = '" + who + "' WHERE id = '" + proof + "'"
	}
	const sane = `"minimum_live_days": 1, "revision_rounds": 0, "insights_due": [1]`
	for _, try := range []struct{ name, statement, code, constraint string }{
		{"another type of content", line(`{"type": "poem", ` + sane + `}`), "23514", "deliverable_content_type_known"},
		{"content without a type", line(`{` + sane + `}`), "23514", "deliverable_content_type_known"},
		{"content below nothing", line(`{"type": "reel", "minimum_live_days": -1, "revision_rounds": 0, "insights_due": []}`), "23514", "deliverable_content_sane"},
		{"content without numbers", line(`{"type": "reel"}`), "23514", "deliverable_content_sane"},
		{"insights on the day itself", line(`{"type": "reel", "minimum_live_days": 1, "revision_rounds": 0, "insights_due": [0]}`), "23514", "deliverable_content_sane"},
		{"a story of two days", line(`{"type": "story", "minimum_live_days": 2, "revision_rounds": 0, "insights_due": []}`), "23514", "deliverable_story_lives_a_day"},
		{"a tier", tier("", "10000", "50000", "'2026-01-01'", "NULL"), "", ""},
		{"its neighbour", tier("", "50000", "200000", "'2026-01-01'", "NULL"), "", ""},
		{"the same for one platform", tier("tiktok", "10000", "50000", "'2026-01-01'", "NULL"), "", ""},
		{"the same, ended before", tier("", "10000", "50000", "'2025-01-01'", "'2025-12-31'"), "", ""},
		{"a tier over its last follower", tier("", "49999", "50000", "'2026-07-01'", "NULL"), "23P01", "tier_no_overlap"},
		{"a tier over its first day", tier("", "0", "NULL", "'2025-12-01'", "'2026-01-01'"), "23P01", "tier_no_overlap"},
		{"a tier of nobody", tier("x", "5", "5", "'2030-01-01'", "NULL"), "23514", "tier_bounds_ordered"},
		{"a proof verified by its author", decide(c.Staff.User.String()), "23514", "account_ownership_not_decided_by_author"},
		{"a proof verified by nobody", "UPDATE account_ownership SET status = 'verified'", "23514", "account_ownership_decided_by_someone"},
		{"a proof of another day", "UPDATE account_ownership SET proven_on = '2026-01-01'", "42501", ""},
		{"a proof less", "DELETE FROM account_ownership", "42501", ""},
		{"verified by another", decide(c.PPK.User.String()), "", ""},
		{"an answer of another kind", statement("civil_servant", "none", ""), "23514", "creator_statement_answer_of_kind"},
		{"a conflict without details", statement("conflict_of_interest", "exists", ""), "23514", "creator_statement_conflict_told"},
		{"consent of nobody", statement("guardian_consent", "", ""), "23514", "creator_statement_guardian_named"},
		{"a statement changed", "UPDATE creator_statement SET answer = 'no'", "42501", ""},
		{"the same platform id", "INSERT INTO social_account (government_id, id, vendor_id, platform, handle, platform_user_id, created_at, created_by) SELECT government_id, gen_random_uuid(), vendor_id, platform, handle || n, '9', now(), created_by FROM social_account, generate_series(1, 2) n", "23505", "social_account_platform_user_unique"},
		{"a fee through nobody", "UPDATE agreement SET fee_via = 'cash'", "23514", "agreement_fee_via_known"},
	} {
		err := o.do(t.Context(), o.government, try.statement)
		if code, constraint := refusal(err); code != try.code || constraint != try.constraint && try.constraint != "" {
			t.Errorf("%s: got %v, want %s %s", try.name, err, try.code, try.constraint)
		}
	}
	again, err := c.accounts.Ownership(t.Context(), c.Staff, c.Account, uuid.MustParse(proof))
	chain.Wants(t, err, "")
	chain.Wants(t, o.do(t.Context(), o.government, "UPDATE account_ownership SET remark = 'lain'"), "")
	if later, err := c.accounts.Ownership(t.Context(), c.Staff, c.Account, uuid.MustParse(proof)); err != nil || later.Remark != again.Remark || later.Status != registry.OwnershipVerified {
		t.Errorf("a decided proof stays: %+v, %v", later, err)
	}
}

// TestContentGoesThroughAnAmendment keeps the terms of old lines and takes those of a new one.
func TestContentGoesThroughAnAmendment(t *testing.T) {
	t.Parallel()
	c := newCreators(t, chain.New(t))
	a := c.Agreement(t, c.reel())
	story, one, price, no := agreement.UsualContent(agreement.Story), int64(1), c.reel().UnitPrice/20, false
	_, err := c.Agreements.Amend(t.Context(), c.Colleague, c.Agency.Code, a.ID, nil, agreement.Proposal{
		Number: "ADD/1", Date: chain.Day("2026-05-04"), Reason: "Tambah story", Deliverables: []agreement.Change{{
			Product: "story", SocialAccountID: uuid.NullUUID{UUID: c.Account, Valid: true}, BudgetLineID: uuid.NullUUID{UUID: c.Lines[0].ID, Valid: true},
			Quantity: &one, UnitPrice: &price, Unit: "konten", TaxInclusive: &no, Tier: "mikro", Content: &story,
		}},
	})
	chain.Wants(t, err, "")
	a = c.Move(t, c.PPK, a, agreement.Approve)
	a, err = c.Agreements.Get(t.Context(), c.PPK, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if d := a.Deliverables; len(d) != 2 || d[0].Content == nil || d[0].Content.Type != agreement.Reel || d[1].Content == nil || d[1].Content.Type != agreement.Story || d[1].Tier != "mikro" {
		t.Errorf("lines %+v", a.Deliverables)
	}
}

// creatorRules are the rules that agreements with creators are held against.
func creatorRules() []rule.Code {
	return []rule.Code{
		rule.SnapshotMissing, rule.SnapshotStale, rule.TierMismatch, rule.OwnershipMissing, rule.ContentTermsMissing, rule.ConflictMissing,
		rule.CivilServant, rule.GuardianMissing,
	}
}
