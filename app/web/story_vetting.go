package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/app/vetting"
)

func storyRow(n byte) vetting.Row {
	return vetting.Row{ID: storyID(n), Version: 1, CreatedBy: storyID(5), CreatedAt: time.Date(2026, 1, 20, 3, 0, 0, 0, time.UTC)}
}

func storyKnown() vetting.Known {
	of := func(n byte, code, name string, mandatory bool, points int64, c vetting.Criterion) vetting.Requirement {
		return vetting.Requirement{Row: storyRow(n), RequirementForm: vetting.RequirementForm{
			FiscalYear: 2026, OutletKind: registry.Online, Code: code, Name: name, Mandatory: mandatory, Points: points, Criterion: c,
			Expires: c == vetting.NoCriterion, Basis: "Perbup Contoh 12/2025 pasal 6",
		}}
	}
	bound := func(n byte, grade string, points int64) vetting.Grade {
		return vetting.Grade{Row: storyRow(n), GradeForm: vetting.GradeForm{FiscalYear: 2026, Grade: grade, MinPoints: points, ValidFrom: day("2026-01-01"), Basis: "Perbup Contoh 12/2025 pasal 8"}}
	}
	return vetting.Known{
		Requirements: []vetting.Requirement{
			of(150, "badan_hukum", "Berbadan hukum pers", true, 30, vetting.NoCriterion), of(151, "dewan_pers", "Terverifikasi Dewan Pers", false, 40, vetting.PressAdministrative),
			of(152, "ukw", "Wartawan bersertifikat UKW", true, 20, vetting.Competence), of(153, "kantor", "Berkantor di Kabupaten Contoh", false, 10, vetting.NoCriterion),
		},
		Grades: []vetting.Grade{bound(154, "A", 80), bound(155, "B", 50), bound(156, "C", 30)},
	}
}

func storyResults() []vetting.Result {
	at := time.Date(2026, 1, 22, 2, 0, 0, 0, time.UTC)
	outlet := uuid.NullUUID{UUID: storyID(31), Valid: true}
	gone := storyRow(159)
	gone.VoidedAt, gone.VoidReason = &at, "Salah media"
	return []vetting.Result{
		{
			Row: storyRow(157), VendorID: storyID(30), OutletID: outlet, EnteredBy: "staff2@contoh.go.id", Verifier: "verifier@contoh.go.id", VerifiedAt: &at,
			RequirementCode: "badan_hukum", RequirementName: "Berbadan hukum pers", FiscalYear: 2026,
			ResultForm: vetting.ResultForm{RequirementID: storyID(150), Met: true, ValidFrom: day("2026-01-20"), ValidUntil: day("2026-12-31"), File: storyHash()},
		},
		{
			Row: storyRow(158), VendorID: storyID(30), OutletID: outlet, EnteredBy: "staff2@contoh.go.id", RequirementCode: "kantor", RequirementName: "Berkantor di Kabupaten Contoh",
			FiscalYear: 2026, ResultForm: vetting.ResultForm{RequirementID: storyID(153), Met: true, ValidFrom: day("2026-01-20"), Note: "Kunjungan 20 Januari"},
		},
		{Row: gone, VendorID: storyID(30), OutletID: outlet, EnteredBy: "staff2@contoh.go.id", RequirementCode: "kantor", RequirementName: "Berkantor di Kabupaten Contoh", ResultForm: vetting.ResultForm{ValidFrom: day("2026-01-02")}},
	}
}

// storyChannel is an outlet that lacks one mandatory requirement.
func storyChannel() vetting.Standing {
	k := storyKnown()
	k.Vendors, k.Outlets, k.Results = []registry.Vendor{storyVendor()}, storyOutlets(), storyResults()
	s, _ := k.Outlet(storyID(31), day("2026-11-23"))
	return s
}

// storyVetted is an agreement as it was known when it came into force.
func storyVetted() agreement.Assessment {
	known := agreement.Assessment{Frozen: true, MadeAt: time.Date(2026, 2, 3, 4, 0, 0, 0, time.UTC)}
	known.Facts.Vetting.Channels = []vetting.Standing{storyChannel()}
	return known
}

func storyBar(n byte, until string) vetting.Blacklisting {
	b := vetting.Blacklisting{Row: storyRow(n), VendorName: "PT Kabar Contoh Nusantara", BlacklistForm: vetting.BlacklistForm{
		VendorID: storyID(30), ValidFrom: day("2026-03-02"), DecreeNumber: "027/77/2026", Ground: "Tidak menayangkan pesanan yang sudah dibayar",
	}}
	if until != "" {
		b.ValidUntil = day(until)
	}
	return b
}

func storyPair() vetting.Pair {
	a, b := storyVendor(), storyVendor()
	a.Phone, a.Directors = "0812 0000 1234", registry.Directors{{Name: "Hendra Contoh"}}
	b.ID, b.LegalName, b.NPWP, b.Directors = storyID(39), "CV Lensa Contoh", "0099345678901000", a.Directors
	b.Address = "Jl. Lain No. 3, Kabupaten Contoh"
	return vetting.Pair{A: a, B: b, Marks: vetting.Compare(a, b)}
}

func vettingStories(in reader) []story {
	v, o := storyVendor(), storyOutlets()[0]
	k := storyKnown()
	outlet := outletFacts{
		Outlet: o, Standing: storyChannel(), Results: storyResults(),
		Looks: []registry.PressCheck{
			{OutletID: o.ID, CheckedBy: "staff@contoh.go.id", CreatedAt: storyRow(0).CreatedAt, PressForm: registry.PressForm{Status: registry.Factual, CheckedOn: day("2026-01-19"), Certificate: o.PressCertificate, File: storyHash()}},
			{OutletID: o.ID, CheckedBy: "staff@contoh.go.id", CreatedAt: storyRow(0).CreatedAt, PressForm: registry.PressForm{Status: registry.InProcess, CheckedOn: day("2025-08-04"), Note: "Nomor antrean 311"}},
		},
		Journalists: []vetting.Journalist{
			{Row: storyRow(160), OutletID: o.ID, JournalistForm: vetting.JournalistForm{Name: "Tini Contoh", Number: "UKW-771", Level: vetting.Utama, ValidUntil: day("2027-05-31"), File: storyHash()}},
			{Row: storyRow(161), OutletID: o.ID, JournalistForm: vetting.JournalistForm{Name: "Tono Contoh", Number: "UKW-772", Level: vetting.Muda, ValidUntil: day("2025-05-31")}},
		},
	}
	rules := []vetting.ProductRule{{Row: storyRow(162), ProductRuleForm: vetting.ProductRuleForm{
		Product: "advertorial", KBLI: vetting.Patterns{"58130", "63*"}, Accounts: vetting.Patterns{"5.1.02.02.01.0055"}, ValidFrom: day("2026-01-01"), Basis: "SE Sekda 3/2026",
	}}}
	about := about{vetting.Subject{Outlet: o.ID}, o.Kind, o.Name, "/outlets/" + o.ID.String()}
	whole := vetting.VendorStanding{
		On: day("2026-11-23"), VendorID: v.ID, Channels: []vetting.Standing{storyChannel()}, Barred: []vetting.Blacklisting{storyBar(163, "")},
		Shared: []vetting.Shared{{VendorID: storyID(39), Name: "CV Lensa Contoh", Marks: storyPair().Marks}},
	}
	wrong := resultForm(in, about, 2026, k.Requirements)
	var bad fault.Fields
	bad.Add("/valid_until", "required")
	wrong.mark(in, fault.From(bad.Err()))
	bars := listing.Page[vetting.Blacklisting]{Items: []vetting.Blacklisting{storyBar(163, ""), storyBar(164, "2026-06-30")}}
	return []story{
		{Name: "outlet", Page: outletRecord(in, outlet)},
		{Name: "outlet-new", Page: outletRecord(in, outletFacts{Outlet: storyOutlets()[1], Standing: vetting.Standing{Name: "Harian Kabar Contoh"}})},
		{Name: "vendor-barred", Page: vendorRecord(in, vendorFacts{Vendor: v, Outlets: storyOutlets(), Standing: whole, Blacklist: bars.Items, Pairs: []vetting.Pair{storyPair()}, Results: storyResults()})},
		{Name: "agreement-vetted", Page: agreementRecord(in, agreementFacts{Agreement: storyAgreement(agreement.Active), Lines: byID(storyLines()), Known: storyVetted()})},
		{Name: "vetting", Page: vettingPage(in, 2026, k, rules)},
		{Name: "vetting-empty", Page: vettingPage(in, 2027, vetting.Known{}, nil)},
		{Name: "requirement-form", Page: requirementForm(in, 2026)},
		{Name: "requirement-copy", Page: copyForm(in, 2026)},
		{Name: "grade-form", Page: gradeForm(in, 2026)},
		{Name: "product-rule-form", Page: productRuleForm(in)},
		{Name: "result-form", Page: resultForm(in, about, 2026, k.Requirements)},
		{Name: "result-form-wrong", Page: wrong},
		{Name: "result-verify", Page: verifyForm(in, storyResults()[0], "/outlets/"+o.ID.String())},
		{Name: "row-void", Page: voidForm(in, "requirements", vettingPath, storyRow(150))},
		{Name: "press-form", Page: pressForm(in, about)},
		{Name: "journalist-form", Page: journalistForm(in, about)},
		{Name: "blacklist", Page: blacklistPage(in, listing.Query{Limit: 50}, bars)},
		{Name: "blacklist-empty", Page: blacklistPage(in, listing.Query{Limit: 50}, listing.Page[vetting.Blacklisting]{})},
		{Name: "blacklist-form", Page: blacklistForm(in, about)},
		{Name: "blacklist-lift", Page: liftForm(in, storyBar(163, ""))},
		{Name: "pairs", Page: pairsPage(in, []vetting.Pair{storyPair()})},
		{Name: "pairs-empty", Page: pairsPage(in, nil)},
	}
}
