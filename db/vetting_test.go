package db_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/report"
	"tayang/app/rule"
	"tayang/app/vetting"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// vetted is a chain in which the rules of vetting refuse.
type vetted struct {
	*chain.Chain
	vetting *vetting.Service
	vendors *registry.VendorService
	outlet  uuid.UUID
}

func newVetted(t *testing.T) vetted {
	t.Helper()
	c := chain.New(t)
	if err := c.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) {
		for _, code := range []rule.Code{rule.RequirementUnmet, rule.Blacklisted, rule.KBLIMismatch, rule.AccountMismatch, rule.BankOwnerDiffers, rule.SharedIdentifier} {
			f := rule.Form{Code: code, Mode: rule.Refuse, ValidFrom: chain.Day("2026-01-01"), Basis: "Perbup"}
			if err := tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: c.Admin.User}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}); err != nil {
		t.Fatal(err)
	}
	store := func(tx *db.Tx) vetting.Store { return tx }
	vendors := func(tx *db.Tx) registry.VendorStore { return tx }
	return vetted{
		c, vetting.NewService(db.Within(c.Store, store), db.Reading(c.Store, store)),
		registry.NewVendorService(db.Within(c.Store, vendors), db.Reading(c.Store, vendors)), c.Outlets[placement.Online],
	}
}

func ok[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// change rewrites the chain's vendor, and gives the way back.
func (v vetted) change(t *testing.T, how func(*registry.VendorForm)) (back func()) {
	t.Helper()
	was := ok[registry.Vendor](t)(v.vendors.Vendor(t.Context(), v.Staff, v.Vendor.ID)).VendorForm
	set := func(f registry.VendorForm) {
		t.Helper()
		ok[registry.Vendor](t)(v.vendors.Change(t.Context(), v.Staff, v.Vendor.ID, nil, func(registry.VendorForm) (registry.VendorForm, error) { return f, nil }))
	}
	next := was
	how(&next)
	set(next)
	return func() { set(was) }
}

// approve tries to bring an agreement of one line into force.
func (v vetted) approve(t *testing.T, item agreement.Item) (agreement.Agreement, error) {
	t.Helper()
	a := v.Move(t, v.Staff, v.Draft(t, item), agreement.Submit)
	_, err := v.Agreements.Move(t.Context(), v.PPK, v.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
	return a, err
}

func (v vetted) requirement(t *testing.T, expires bool) vetting.Requirement {
	t.Helper()
	return ok[vetting.Requirement](t)(v.vetting.Requirements.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.RequirementForm{
		FiscalYear: 2026, OutletKind: registry.Online, Code: "akta", Name: "Akta", Mandatory: true, Points: 10, Expires: expires, Basis: "Perbup",
	}))
}

// result enters what was found of the outlet, verified by a colleague.
func (v vetted) result(t *testing.T, requirement uuid.UUID, from, until string) vetting.Result {
	t.Helper()
	r := ok[vetting.Result](t)(v.vetting.Results.Enter(t.Context(), v.Staff, vetting.Subject{Outlet: v.outlet}, vetting.ResultForm{
		RequirementID: requirement, Met: true, ValidFrom: chain.Day(from), ValidUntil: chain.Day(until),
	}))
	return ok[vetting.Result](t)(v.vetting.Verify(t.Context(), v.Verifier, r.ID, nil))
}

// TestVettingRefuses: an agreement that vetting speaks against does not come into force; the refusal says where, and the
// assessment where it is mended.
func TestVettingRefuses(t *testing.T) {
	t.Parallel()
	v := newVetted(t)
	item := v.Item(1)
	subscription := item
	subscription.Product = "Langganan surat kabar"
	for _, c := range []struct {
		code    rule.Code
		pointer string
		place   agreement.Place
		id      uuid.UUID
		item    agreement.Item
		arrange func() (back func())
	}{
		{rule.BankOwnerDiffers, "/vendor_id", agreement.AtVendor, v.Vendor.ID, item, func() func() {
			return v.change(t, func(f *registry.VendorForm) {
				f.Bank = registry.Bank{Name: "Bank", AccountNumber: "99887766", AccountOwner: "Hendra"}
			})
		}},
		{rule.KBLIMismatch, "/deliverables/0/product", agreement.AtVendor, v.Vendor.ID, item, func() func() {
			return v.change(t, func(f *registry.VendorForm) { f.KBLI = registry.Codes{"41011"} })
		}},
		{rule.AccountMismatch, "/deliverables/0/budget_line_id", agreement.AtAgreement, uuid.Nil, subscription, func() func() { return func() {} }},
		{rule.SharedIdentifier, "/vendor_id", agreement.AtVendor, v.Vendor.ID, item, func() func() {
			twin := registry.VendorForm{Kind: registry.Company, LegalName: "CV Kembar", Phone: "+62 811 222 333"}
			ok[registry.Vendor](t)(v.vendors.Create(t.Context(), v.Staff, twin))
			return v.change(t, func(f *registry.VendorForm) { f.Phone = "0811-222333" })
		}},
		{rule.Blacklisted, "/vendor_id", agreement.AtVendor, v.Vendor.ID, item, func() func() {
			b := ok[vetting.Blacklisting](t)(v.vetting.Blacklist.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.BlacklistForm{
				VendorID: v.Vendor.ID, ValidFrom: chain.Day("2026-05-01"), Ground: "Ingkar", DecreeNumber: "1/2026",
			}))
			return func() {
				ok[vetting.Blacklisting](t)(v.vetting.Lift(t.Context(), v.Staff, b.ID, vetting.LiftCommand{Date: chain.Day("2026-05-01"), Reason: "Dicabut"}))
			}
		}},
		{rule.RequirementUnmet, "/deliverables/0/outlet_id", agreement.AtOutlet, v.outlet, item, func() func() {
			r := v.requirement(t, false)
			return func() {
				ok[vetting.Requirement](t)(v.vetting.Requirements.Void(t.Context(), v.Staff, r.ID, nil, "Salah"))
			}
		}},
	} {
		back := c.arrange()
		a, err := v.approve(t, c.item)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != "not_ready" || f.Kind != fault.Conflict || len(f.Fields) != 1 || f.Fields[0].Code != string(c.code) || f.Fields[0].Pointer != c.pointer {
			t.Errorf("%s: %v %+v", c.code, err, f)
		}
		known := ok[agreement.Assessment](t)(v.Agreements.Assessment(t.Context(), v.Staff, v.Agency.Code, a.ID))
		found := false
		for _, d := range known.Doubts {
			if d.Rule == c.code {
				found = d.Place == c.place && d.PlaceID.UUID == c.id && d.Stops()
			}
		}
		if !found || known.Frozen {
			t.Errorf("%s: mended at %s %s, got %+v", c.code, c.place, c.id, known.Doubts)
		}
		back()
		if c.code == rule.AccountMismatch {
			continue
		}
		if _, err := v.Agreements.Move(t.Context(), v.PPK, v.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve}); err != nil {
			t.Errorf("%s: once it is mended: %v", c.code, err)
		}
	}
}

// TestRequirementsAreJudgedAsOfTheOrder: the order of 1 May asks what held on 1 May, and what was known when it came into
// force stays, whatever becomes of it.
func TestRequirementsAreJudgedAsOfTheOrder(t *testing.T) {
	t.Parallel()
	v := newVetted(t)
	r := v.requirement(t, true)
	ok[vetting.Grade](t)(v.vetting.Grades.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.GradeForm{FiscalYear: 2026, Grade: "A", MinPoints: 10, Basis: "Perbup"}))
	v.result(t, r.ID, "2026-01-01", "2026-04-30")
	if _, err := v.approve(t, v.Item(1)); !fault.Is(err, "not_ready") {
		t.Errorf("expired the day before: %v", err)
	}
	v.result(t, r.ID, "2026-05-02", "2026-12-31")
	if _, err := v.approve(t, v.Item(1)); !fault.Is(err, "not_ready") {
		t.Errorf("from the day after: %v", err)
	}
	held := v.result(t, r.ID, "2026-04-01", "2026-05-01")
	a, err := v.approve(t, v.Item(1))
	if err != nil {
		t.Fatalf("to the very day: %v", err)
	}
	frozen := func() vetting.Standing {
		t.Helper()
		known := ok[agreement.Assessment](t)(v.Agreements.Assessment(t.Context(), v.Staff, v.Agency.Code, a.ID))
		if !known.Frozen || len(known.Facts.Vetting.Channels) != 1 {
			t.Fatalf("%+v", known.Facts.Vetting)
		}
		return known.Facts.Vetting.Channels[0]
	}
	s := frozen()
	if it := s.Items[0]; s.Grade != "A" || s.Points != 10 || !it.Met || it.ResultID.UUID != held.ID || it.Verifier != v.Verifier.Email || it.ValidUntil != chain.Day("2026-05-01") {
		t.Errorf("%+v", s)
	}
	ok[vetting.Result](t)(v.vetting.Results.Void(t.Context(), v.Staff, held.ID, nil, "Ternyata palsu"))
	ok[vetting.Requirement](t)(v.vetting.Requirements.Void(t.Context(), v.Staff, r.ID, nil, "Dicabut"))
	if after := frozen(); after.Grade != s.Grade || !after.Items[0].Met {
		t.Errorf("what was known changed: %+v", after)
	}
}

// TestResultsAreVerifiedByAnother tries every way to a result that counts without a second person.
func TestResultsAreVerifiedByAnother(t *testing.T) {
	t.Parallel()
	v := newVetted(t)
	r := v.requirement(t, false)
	found := ok[vetting.Result](t)(v.vetting.Results.Enter(t.Context(), v.Staff, vetting.Subject{Outlet: v.outlet}, vetting.ResultForm{RequirementID: r.ID, Met: true, ValidFrom: chain.Day("2026-01-01")}))
	for _, c := range []struct {
		who  access.Actor
		code string
	}{{v.Staff, "segregation_of_duties"}, {v.Treasurer, "forbidden"}, {v.Auditor, "forbidden"}, {v.Stranger, "not_found"}} {
		if _, err := v.vetting.Verify(t.Context(), c.who, found.ID, nil); !fault.Is(err, c.code) {
			t.Errorf("%s: %v, want %s", c.who.Name, err, c.code)
		}
	}
	o := office{app: db.Pool(v.Store), government: v.Staff.Government}
	id := " WHERE id = '" + found.ID.String() + "'"
	for _, c := range []struct{ statement, code, constraint string }{
		{"UPDATE requirement_result SET verified_at = now(), verified_by = created_by" + id, "23514", "requirement_result_not_verified_by_author"},
		{"UPDATE requirement_result SET verified_at = now()" + id, "23514", "requirement_result_verified_by_someone"},
		{"UPDATE requirement_result SET met = false" + id, "42501", ""},
		{"UPDATE requirement_result SET valid_until = '2099-12-31'" + id, "42501", ""},
		{"DELETE FROM requirement_result" + id, "42501", ""},
		{"UPDATE press_check SET status = 'factual'", "42501", ""},
		{"UPDATE blacklist SET valid_until = '2026-01-01'", "42501", ""},
		{"UPDATE requirement SET mandatory = false", "42501", ""},
	} {
		if code, constraint := refusal(o.do(t.Context(), o.government, c.statement)); code != c.code || constraint != c.constraint && c.constraint != "" {
			t.Errorf("%s: %s %s, want %s %s", c.statement, code, constraint, c.code, c.constraint)
		}
	}
	got := ok[vetting.Result](t)(v.vetting.Verify(t.Context(), v.PPK, found.ID, nil))
	if got.Verifier != v.PPK.Email || got.VerifiedAt == nil || got.Version != 2 {
		t.Errorf("%+v", got)
	}
	if _, err := v.vetting.Verify(t.Context(), v.Verifier, found.ID, nil); !fault.Is(err, "wrong_state") {
		t.Errorf("twice: %v", err)
	}
}

// TestYearsAreCopied: a year gets what it lacks of another, once.
func TestYearsAreCopied(t *testing.T) {
	t.Parallel()
	v := newVetted(t)
	v.requirement(t, true)
	ok[vetting.Grade](t)(v.vetting.Grades.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.GradeForm{FiscalYear: 2026, Grade: "A", MinPoints: 90, Basis: "Perbup"}))
	ok[vetting.Grade](t)(v.vetting.Grades.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.GradeForm{FiscalYear: 2026, Grade: "A", MinPoints: 80, ValidFrom: chain.Day("2026-07-01"), Basis: "Perbup"}))
	cmd := vetting.CopyCommand{FromYear: 2026, ToYear: 2027, Basis: "Perbup 2027"}
	got := ok[vetting.Copied](t)(v.vetting.Copy(t.Context(), v.Staff, cmd))
	if len(got.Requirements) != 1 || got.Requirements[0].FiscalYear != 2027 || !got.Requirements[0].Expires || got.Requirements[0].Basis != "Perbup 2027" {
		t.Errorf("%+v", got.Requirements)
	}
	if len(got.Grades) != 1 || got.Grades[0].MinPoints != 80 || got.Grades[0].ValidFrom != chain.Day("2027-01-01") {
		t.Errorf("%+v", got.Grades)
	}
	if _, err := v.vetting.Copy(t.Context(), v.Staff, cmd); !fault.Is(err, "nothing_to_copy") {
		t.Errorf("twice: %v", err)
	}
	if _, err := v.vetting.Copy(t.Context(), v.PPK, cmd); !fault.Is(err, "forbidden") {
		t.Errorf("by who may not write: %v", err)
	}
}

// TestWorkbookTellsWhatVettingKnew: a placement shows how its outlet stood when the agreement came into force, and a vendor
// how he stands at the end of the period.
func TestWorkbookTellsWhatVettingKnew(t *testing.T) {
	t.Parallel()
	v := newVetted(t)
	store := func(tx *db.Tx) registry.OutletStore { return tx }
	outlets := registry.NewOutletService(db.Within(v.Store, store), db.Reading(v.Store, store))
	look := func(status registry.PressStatus, on string) {
		t.Helper()
		ok[registry.PressCheck](t)(outlets.CheckPress(t.Context(), v.Staff, v.outlet, registry.PressForm{Status: status, CheckedOn: chain.Day(on)}))
	}
	look(registry.Factual, "2026-05-01")
	r := v.requirement(t, true)
	ok[vetting.Grade](t)(v.vetting.Grades.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.GradeForm{FiscalYear: 2026, Grade: "A", MinPoints: 10, Basis: "Perbup"}))
	v.result(t, r.ID, "2026-05-01", "2026-06-30")
	v.Planned(t, v.Agreement(t, v.Item(1)).Deliverables[0].ID)
	look(registry.InProcess, "2026-04-30")
	look(registry.Unlisted, "2026-05-01")
	look(registry.Revoked, "2026-06-01")
	v.change(t, func(f *registry.VendorForm) { f.Phone = "0811 222 333" })
	ok[registry.Vendor](t)(v.vendors.Create(t.Context(), v.Staff, registry.VendorForm{Kind: registry.Company, LegalName: "CV Kembar", Phone: "0811222333"}))
	ok[vetting.Blacklisting](t)(v.vetting.Blacklist.Enter(t.Context(), v.Staff, vetting.Subject{}, vetting.BlacklistForm{
		VendorID: v.Vendor.ID, ValidFrom: chain.Day("2025-03-03"), ValidUntil: chain.Day("2025-09-02"), Ground: "Ingkar", DecreeNumber: "1/2025",
	}))
	err := v.Store.ReportSnapshot(t.Context(), v.Auditor, report.Request{Kind: report.Accountability, AgencyID: v.Agency.ID, FiscalYear: 2026, To: chain.Day("2026-06-30"), Language: report.Indonesian}, func(s report.Snapshot) error {
		n := 0
		for row, err := range s.Rows.ReportPlacements(t.Context()) {
			if n++; err != nil || row.PressStatus != "factual" {
				t.Errorf("placement %+v, %v", row, err)
			}
		}
		for row, err := range s.Rows.ReportVendors(t.Context()) {
			if n++; err != nil || row.Press != "mixed" || row.Blacklist != "1/2025 (2025-03-03 – 2025-09-02)" || row.Shared != "CV Kembar" || row.Grades != "Kabar online: A" {
				t.Errorf("vendor %+v, %v", row, err)
			}
		}
		if n != 2 {
			t.Errorf("%d rows", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
