package vetting_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/vetting"
)

func day(s string) period.Date { return period.MustDate(s) }

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

// shop is an online outlet with a checklist of one mandatory and two other requirements.
type shop struct {
	vetting.Known
	outlet uuid.UUID
}

func newShop() shop {
	vendor := registry.Vendor{ID: uuid.New(), VendorForm: registry.VendorForm{LegalName: "PT Contoh"}}
	outlet := registry.Outlet{ID: uuid.New(), OutletForm: registry.OutletForm{VendorID: vendor.ID, Kind: registry.Online, Name: "Contoh Pos"}}
	s := shop{outlet: outlet.ID}
	s.Vendors, s.Outlets = []registry.Vendor{vendor}, []registry.Outlet{outlet}
	s.ask("deed", true, 40, vetting.NoCriterion)
	s.ask("office", false, 20, vetting.NoCriterion)
	s.ask("npwp", false, 10, vetting.HasNPWP)
	for grade, points := range map[string]int64{"A": 60, "B": 50, "C": 40} {
		s.Grades = append(s.Grades, vetting.Grade{GradeForm: vetting.GradeForm{FiscalYear: 2026, Grade: grade, MinPoints: points, ValidFrom: day("2026-01-01")}})
	}
	return s
}

func (s *shop) ask(code string, mandatory bool, points int64, c vetting.Criterion) {
	s.Requirements = append(s.Requirements, vetting.Requirement{Row: vetting.Row{ID: uuid.New()}, RequirementForm: vetting.RequirementForm{
		FiscalYear: 2026, OutletKind: registry.Online, Code: code, Name: code, Mandatory: mandatory, Points: points, Criterion: c,
	}})
}

// find adds a verified result about the requirement at i.
func (s *shop) find(i int, met bool, from, until string) *vetting.Result {
	at := time.Date(2026, 1, len(s.Results)+1, 0, 0, 0, 0, time.UTC)
	r := vetting.Result{
		Row: vetting.Row{ID: uuid.New(), CreatedAt: at}, VendorID: s.Vendors[0].ID, OutletID: some(s.outlet), VerifiedAt: &at,
		ResultForm: vetting.ResultForm{RequirementID: s.Requirements[i].ID, Met: met, ValidFrom: day(from)},
	}
	if until != "" {
		r.ValidUntil = day(until)
	}
	s.Results = append(s.Results, r)
	return &s.Results[len(s.Results)-1]
}

func (s *shop) on(t *testing.T, on string) vetting.Standing {
	t.Helper()
	got, ok := s.Outlet(s.outlet, day(on))
	if !ok {
		t.Fatal("the outlet is not known")
	}
	return got
}

func TestRequirementsHoldFromDayToDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, on string
		change   func(*shop)
		met      bool
		why      vetting.Why
	}{
		{"nothing was found", "2026-03-01", func(*shop) {}, false, vetting.Missing},
		{"before its first day", "2026-02-28", func(s *shop) { s.find(0, true, "2026-03-01", "2026-06-30") }, false, vetting.NotYet},
		{"on its first day", "2026-03-01", func(s *shop) { s.find(0, true, "2026-03-01", "2026-06-30") }, true, vetting.ByResult},
		{"the day before its last", "2026-06-29", func(s *shop) { s.find(0, true, "2026-03-01", "2026-06-30") }, true, vetting.ByResult},
		{"on its last day", "2026-06-30", func(s *shop) { s.find(0, true, "2026-03-01", "2026-06-30") }, true, vetting.ByResult},
		{"the day after", "2026-07-01", func(s *shop) { s.find(0, true, "2026-03-01", "2026-06-30") }, false, vetting.Expired},
		{"without end", "2026-12-31", func(s *shop) { s.find(0, true, "2026-03-01", "") }, true, vetting.ByResult},
		{"unverified", "2026-03-01", func(s *shop) { s.find(0, true, "2026-03-01", "").VerifiedAt = nil }, false, vetting.Unverified},
		{"void", "2026-03-01", func(s *shop) { r := s.find(0, true, "2026-03-01", ""); r.VoidedAt = r.VerifiedAt }, false, vetting.Missing},
		{"found unmet", "2026-03-01", func(s *shop) { s.find(0, false, "2026-03-01", "") }, false, vetting.Unmet},
		{"a newer one takes its place", "2026-05-01", func(s *shop) { s.find(0, true, "2026-03-01", ""); s.find(0, false, "2026-04-01", "") }, false, vetting.Unmet},
		{"but not before its day", "2026-03-31", func(s *shop) { s.find(0, true, "2026-03-01", ""); s.find(0, false, "2026-04-01", "") }, true, vetting.ByResult},
		{"of a day the last entered", "2026-03-01", func(s *shop) { s.find(0, false, "2026-03-01", ""); s.find(0, true, "2026-03-01", "") }, true, vetting.ByResult},
		{"an unverified one does not", "2026-05-01", func(s *shop) { s.find(0, true, "2026-03-01", ""); s.find(0, false, "2026-04-01", "").VerifiedAt = nil }, true, vetting.ByResult},
		{"of the whole vendor", "2026-03-01", func(s *shop) { s.find(0, true, "2026-03-01", "").OutletID = uuid.NullUUID{} }, true, vetting.ByResult},
		{"of another outlet", "2026-03-01", func(s *shop) { s.find(0, true, "2026-03-01", "").OutletID = some(uuid.New()) }, false, vetting.Missing},
	} {
		s := newShop()
		c.change(&s)
		if got := s.on(t, c.on).Items[0]; got.Met != c.met || got.Why != c.why {
			t.Errorf("%s: met %v %s, want %v %s", c.name, got.Met, got.Why, c.met, c.why)
		}
	}
}

func TestGradesFollowPoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, on string
		change   func(*shop)
		points   int64
		grade    string
		eligible bool
	}{
		{"nothing", "2026-03-01", func(*shop) {}, 0, "", false},
		{"all but the mandatory one", "2026-03-01", func(s *shop) { s.find(1, true, "2026-01-01", ""); s.Vendors[0].NPWP = "0" }, 30, "", false},
		{"the mandatory one alone", "2026-03-01", func(s *shop) { s.find(0, true, "2026-01-01", "") }, 40, "C", true},
		{"with an NPWP, by itself", "2026-03-01", func(s *shop) { s.find(0, true, "2026-01-01", ""); s.Vendors[0].NPWP = "0" }, 50, "B", true},
		{"what somebody found goes before", "2026-03-01", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.Vendors[0].NPWP = "0"
			s.find(2, false, "2026-01-01", "")
		}, 40, "C", true},
		{"all", "2026-03-01", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.find(1, true, "2026-01-01", "2026-03-01")
		}, 60, "A", true},
		{"all but what expired yesterday", "2026-03-02", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.find(1, true, "2026-01-01", "2026-03-01")
		}, 40, "C", true},
		{"another year asks for nothing", "2027-03-01", func(s *shop) { s.find(0, true, "2026-01-01", "") }, 0, "", true},
		{"a void requirement asks for nothing", "2026-03-01", func(s *shop) { now := time.Now(); s.Requirements[0].VoidedAt = &now }, 0, "", true},
		{"a bound that rises on the day", "2026-03-01", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.Grades = append(s.Grades, vetting.Grade{GradeForm: vetting.GradeForm{FiscalYear: 2026, Grade: "C", MinPoints: 41, ValidFrom: day("2026-03-01")}})
		}, 40, "", true},
		{"a bound that rises the day after", "2026-02-28", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.Grades = append(s.Grades, vetting.Grade{GradeForm: vetting.GradeForm{FiscalYear: 2026, Grade: "C", MinPoints: 41, ValidFrom: day("2026-03-01")}})
		}, 40, "C", true},
		{"grades of its own kind", "2026-03-01", func(s *shop) {
			s.find(0, true, "2026-01-01", "")
			s.Grades = append(s.Grades, vetting.Grade{GradeForm: vetting.GradeForm{FiscalYear: 2026, OutletKind: registry.Online, Grade: "Utama", MinPoints: 1, ValidFrom: day("2026-01-01")}})
		}, 40, "Utama", true},
	} {
		s := newShop()
		c.change(&s)
		if got := s.on(t, c.on); got.Points != c.points || got.Grade != c.grade || got.Eligible != c.eligible {
			t.Errorf("%s: %d points, grade %q, eligible %v", c.name, got.Points, got.Grade, got.Eligible)
		}
	}
}

func TestTheRegistryAnswersByItself(t *testing.T) {
	t.Parallel()
	certified := func(until string) func(*shop) {
		return func(s *shop) {
			o := &s.Outlets[0]
			o.PressStatus, o.PressCertificate = registry.Administrative, registry.Certificate{Number: "1", Date: day("2025-01-01"), ValidUntil: day(until)}
		}
	}
	skilled := func(from, until string) func(*shop) {
		return func(s *shop) {
			s.Journalists = []vetting.Journalist{{OutletID: s.outlet, JournalistForm: vetting.JournalistForm{Level: vetting.Muda, Date: day(from), ValidUntil: day(until)}}}
		}
	}
	founded := func(on string) func(*shop) {
		return func(s *shop) { s.Founded = map[uuid.UUID]period.Date{s.Vendors[0].ID: day(on)} }
	}
	for _, c := range []struct {
		name   string
		of     vetting.Criterion
		change func(*shop)
		met    bool
	}{
		{"nobody looked", vetting.PressAdministrative, func(*shop) {}, false},
		{"certificate to the day", vetting.PressAdministrative, certified("2026-03-01"), true},
		{"certificate to the day before", vetting.PressAdministrative, certified("2026-02-28"), false},
		{"on paper is not on the spot", vetting.PressFactual, certified("2027-01-01"), false},
		{"a journalist to the day", vetting.Competence, skilled("2026-01-01", "2026-03-01"), true},
		{"a journalist to the day before", vetting.Competence, skilled("2026-01-01", "2026-02-28"), false},
		{"a journalist from tomorrow on", vetting.Competence, skilled("2026-03-02", "2027-01-01"), false},
		{"two years to the day", vetting.ActiveTwoYears, founded("2024-03-01"), true},
		{"two years but a day", vetting.ActiveTwoYears, founded("2024-03-02"), false},
		{"no deed", vetting.ActiveTwoYears, func(*shop) {}, false},
		{"NIB", vetting.HasNIB, func(s *shop) { s.Vendors[0].NIB = "1234567890123" }, true},
		{"account", vetting.HasAccount, func(s *shop) { s.Vendors[0].Bank.AccountNumber = "12345" }, true},
		{"domain", vetting.HasDomain, func(s *shop) { s.Outlets[0].Domain = "contoh.id" }, true},
	} {
		s := newShop()
		s.Requirements[0].Criterion = c.of
		c.change(&s)
		if got := s.on(t, "2026-03-01").Items[0]; got.Met != c.met {
			t.Errorf("%s: %s met %v (%s)", c.name, c.of, got.Met, got.Why)
		}
	}
}

func TestInfluencersAreAskedTheirOwn(t *testing.T) {
	t.Parallel()
	s := newShop()
	a := registry.SocialAccount{ID: uuid.New(), SocialForm: registry.SocialForm{VendorID: s.Vendors[0].ID, Handle: "contoh"}}
	s.Accounts = []registry.SocialAccount{a}
	s.Requirements[1].OutletKind = vetting.Influencer
	r := s.find(1, true, "2026-01-01", "")
	r.OutletID, r.SocialAccountID = uuid.NullUUID{}, some(a.ID)
	got, ok := s.Account(a.ID, day("2026-03-01"))
	if !ok || len(got.Items) != 1 || !got.Items[0].Met || got.Name != "@contoh" || got.Kind != vetting.Influencer {
		t.Errorf("%+v", got)
	}
	if len(s.All(day("2026-03-01"))) != 2 {
		t.Error("the outlet and the account are two")
	}
}

func TestBlacklistingsHoldFromDayToDay(t *testing.T) {
	t.Parallel()
	b := vetting.Blacklisting{BlacklistForm: vetting.BlacklistForm{ValidFrom: day("2026-03-01"), ValidUntil: day("2026-06-30")}}
	for on, want := range map[string]bool{"2026-02-28": false, "2026-03-01": true, "2026-06-30": true, "2026-07-01": false} {
		if got := b.On(day(on)); got != want {
			t.Errorf("%s: %v", on, got)
		}
	}
	actor := access.Actor{User: uuid.New()}
	if _, err := b.Lifted(actor, vetting.LiftCommand{Date: day("2026-02-28"), Reason: "x"}); !fault.Is(err, "invalid") {
		t.Errorf("lifted before it began: %v", err)
	}
	lifted, err := b.Lifted(actor, vetting.LiftCommand{Date: day("2026-05-01"), Reason: "Dicabut"})
	if err != nil || !lifted.On(day("2026-04-30")) || lifted.On(day("2026-05-01")) {
		t.Errorf("lifted: %v, %v", lifted, err)
	}
	if _, err := lifted.Lifted(actor, vetting.LiftCommand{Date: day("2026-05-02"), Reason: "x"}); !fault.Is(err, "wrong_state") {
		t.Errorf("lifted twice: %v", err)
	}
}

func TestProductsByTheirWords(t *testing.T) {
	t.Parallel()
	rows := []vetting.ProductRule{
		{Row: vetting.Row{ID: uuid.New()}, ProductRuleForm: vetting.ProductRuleForm{Product: "advertorial", KBLI: vetting.Patterns{"58130"}, ValidFrom: day("2026-03-01"), ValidTo: day("2026-03-31")}},
	}
	for _, c := range []struct {
		product, on, kbli, account string
		known, trades, booked      bool
	}{
		{"Advertorial (daring)", "2026-02-28", "63122", "5.1.02.02.01.0055", true, true, true},
		{"advertorial", "2026-03-01", "63122", "5.1.02.02.01.0055", true, false, true},
		{"advertorial", "2026-03-31", "58130", "anything", true, true, true},
		{"ADVERTORIAL!", "2026-04-01", "41011", "5.1.02.02.001.00055", true, false, true},
		{"Langganan koran", "2026-04-01", "58130", "5.1.02.02.01.0055", true, true, false},
		{"Langganan TV kabel", "2026-04-01", "60202", "5.1.02.02.01.0063", true, true, true},
		{"Kursi rapat", "2026-04-01", "31001", "5.2.02.05.01.0001", false, true, true},
		{"Bannerless", "2026-04-01", "31001", "5.2", false, true, true},
	} {
		r, ok := vetting.RuleOf(c.product, rows, day(c.on))
		if ok != c.known {
			t.Errorf("%s on %s: known %v", c.product, c.on, ok)
			continue
		}
		if got := r.HasKBLI([]string{c.kbli}); ok && got != c.trades {
			t.Errorf("%s on %s by %s: %v", c.product, c.on, c.kbli, got)
		}
		if got := r.HasAccount(c.account); ok && got != c.booked {
			t.Errorf("%s on %s from %s: %v", c.product, c.on, c.account, got)
		}
	}
}

func TestVerifierIsAnotherPerson(t *testing.T) {
	t.Parallel()
	author, other := access.Actor{User: uuid.New()}, access.Actor{User: uuid.New()}
	r := vetting.Result{Row: vetting.Row{CreatedBy: author.User}}
	if _, err := r.Verified(author); !fault.Is(err, "segregation_of_duties") {
		t.Errorf("by its author: %v", err)
	}
	got, err := r.Verified(other)
	if err != nil || got.VerifiedBy.UUID != other.User {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestVendorsThatShare(t *testing.T) {
	t.Parallel()
	company := func(name, npwp string, change func(*registry.Vendor)) registry.Vendor {
		v := registry.Vendor{ID: uuid.New(), VendorForm: registry.VendorForm{Kind: registry.Company, LegalName: name, NPWP: npwp}}
		if change != nil {
			change(&v)
		}
		return v
	}
	base := company("PT Satu", "0012345678901234", func(v *registry.Vendor) {
		v.Bank.AccountNumber, v.Phone, v.Address = "0011223344", "0812-3456-789", "Jl. Contoh Raya No. 12"
		v.Directors = registry.Directors{{Name: "Hendra, S.E."}, {Name: "Tini Contoh", NIK: "3512340101900001"}}
	})
	for _, c := range []struct {
		name  string
		other registry.Vendor
		want  []vetting.Mark
	}{
		{"nothing", company("PT Dua", "0022345678901234", nil), nil},
		{"account", company("PT Dua", "", func(v *registry.Vendor) { v.Bank.AccountNumber = "0011 2233 44" }), []vetting.Mark{vetting.SameAccount}},
		{"phone abroad", company("PT Dua", "1", func(v *registry.Vendor) { v.Phone = "+62 812 3456789" }), []vetting.Mark{vetting.SamePhone}},
		{"address in full", company("PT Dua", "1", func(v *registry.Vendor) { v.Address = "JALAN CONTOH RAYA 12" }), []vetting.Mark{vetting.SameAddress}},
		{"another house", company("PT Dua", "1", func(v *registry.Vendor) { v.Address = "JALAN CONTOH RAYA 13" }), nil},
		{"NPWP of old", company("PT Dua", "012345678901234", nil), []vetting.Mark{vetting.SameNPWP}},
		{"director by number", company("PT Dua", "1", func(v *registry.Vendor) {
			v.Directors = registry.Directors{{Name: "T. Contoh", NIK: "3512340101900001"}}
		}), []vetting.Mark{vetting.SameDirector}},
		{"director by name", company("PT Dua", "1", func(v *registry.Vendor) { v.Directors = registry.Directors{{Name: "hendra se"}} }), []vetting.Mark{vetting.SameDirector}},
		{"director in capitals", company("PT Dua", "1", func(v *registry.Vendor) { v.Directors = registry.Directors{{Name: "HENDRA, S.E."}} }), []vetting.Mark{vetting.SameDirector}},
		{"another director", company("PT Dua", "1", func(v *registry.Vendor) { v.Directors = registry.Directors{{Name: "Hendro"}} }), nil},
		{"namesake with another number", company("PT Dua", "1", func(v *registry.Vendor) {
			v.Directors = registry.Directors{{Name: "Tini Contoh", NIK: "3512340101900002"}}
		}), nil},
		{"the director himself", registry.Vendor{ID: uuid.New(), VendorForm: registry.VendorForm{Kind: registry.Individual, LegalName: "Tini", NIK: "3512340101900001"}}, []vetting.Mark{vetting.SameDirector}},
		{"entered twice without NPWP", company("P.T. SATU", "", nil), []vetting.Mark{vetting.SameLegal}},
		{"two companies of one name", company("CV Satu", "0022345678901234", nil), nil},
	} {
		if got := vetting.Compare(base, c.other); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		pairs := vetting.Pairs([]registry.Vendor{base, company("PT Lain", "9", nil), c.other})
		if want := min(1, len(c.want)); len(pairs) != want || want > 0 && !slices.Equal(pairs[0].Marks, c.want) {
			t.Errorf("%s: pairs %+v", c.name, pairs)
		}
	}
}
