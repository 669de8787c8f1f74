package agreement

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/paper"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// procured is an agreement of that value, tax included, about which procurement has nothing to ask but what the case is about.
func procured(method Method, form Form, gross money.Amount) Agreement {
	rule := PerUnit
	return Agreement{
		Kind: Media, Method: method, Form: form, Gross: gross, FiscalYear: 2026, OrderDate: day("2026-02-02"), RUPCode: "12345678", OwnerEstimate: ptr(gross),
		Procurement:  Procurement{LegalBasis: "Perbup 1/2026", Minutes: Minutes{Number: "BA/1"}, ShortfallRule: &rule},
		Deliverables: []Deliverable{{OutletID: some(outlet), Channel: "Kabar", Quantity: 1, OfferedPrice: ptr(gross), UnitPrice: gross}},
	}
}

// asked are the rules that procurement is in doubt about, but for papers.
func asked(a Agreement, f Facts) string {
	s := assessing{facts: f, day: a.OrderDate}
	a.assessProcurement(&s)
	var out []string
	for _, d := range s.doubts {
		if d.Rule != rule.DocumentMissing {
			out = append(out, d.Pointer+" "+string(d.Rule))
		}
	}
	return strings.Join(out, ", ")
}

func indonesian() Facts { return Facts{Agency: registry.Agency{Scheme: registry.APBD}} }

func TestMethodsAndFormsAtTheirBorders(t *testing.T) {
	t.Parallel()
	const over, below = "/method method_over_limit", "/form form_below_value"
	for _, c := range []struct {
		method Method
		form   Form
		gross  money.Amount
		want   string
	}{
		{directPurchase, receiptOfSale, 10_000_000, ""},
		{directPurchase, receiptOfSale, 10_000_001, below},
		{directPurchase, receipt, 50_000_000, ""},
		{directPurchase, receipt, 50_000_001, over + ", " + below},
		{directProcurement, receiptOfSale, 10_000_001, below},
		{directProcurement, receipt, 50_000_000, ""},
		{directProcurement, receipt, 50_000_001, below},
		{directProcurement, workOrder, 200_000_000, ""},
		{directProcurement, workOrder, 200_000_001, over + ", " + below},
		{directProcurement, contract, 200_000_001, over},
		{directProcurement, contract, 5_000_000, ""},
		{directProcurement, otherForm, 60_000_000, ""},
		{directProcurement, orderLetter, 50_000_000, ""},
		{directProcurement, orderLetter, 50_000_001, below},
		{catalogue, orderLetter, 900_000_000, ""},
		{catalogue, receipt, 50_000_001, below},
		{appointment, contract, 900_000_000, ""},
		{appointment, workOrder, 200_000_001, below},
		{"tender", contract, 900_000_000, ""},
		{"tender", workOrder, 200_000_001, below},
		{otherMethod, receipt, 50_000_001, below},
		{otherMethod, orderLetter, 900_000_000, ""},
		{otherMethod, otherForm, 900_000_000, ""},
		{"swakelola_i", receipt, 900_000_000, ""},
		{exempt, receipt, 900_000_000, ""},
	} {
		if got := asked(procured(c.method, c.form, c.gross), indonesian()); got != c.want {
			t.Errorf("%s %s %d: %q, want %q", c.method, c.form, c.gross, got, c.want)
		}
	}
}

func TestTheRefusalCarriesItsFigures(t *testing.T) {
	t.Parallel()
	a := procured(directProcurement, receipt, 510_000_000)
	s := assessing{facts: indonesian(), day: a.OrderDate}
	a.assessLimits(&s)
	if len(s.doubts) != 2 {
		t.Fatalf("%+v", s.doubts)
	}
	method, form := s.doubts[0], s.doubts[1]
	if method.Args["amount"] != money.Amount(510_000_000) || method.Args["limit"] != money.Amount(200_000_000) || method.Args["method"] != "pengadaan_langsung" {
		t.Errorf("%+v", method.Args)
	}
	if form.Args["limit"] != money.Amount(50_000_000) || form.Args["proper_form"] != "surat_perjanjian" || form.Args["form"] != "kuitansi" {
		t.Errorf("%+v", form.Args)
	}
}

func TestEstimatesAtTheirBorders(t *testing.T) {
	t.Parallel()
	const missing = "/owner_estimate estimate_missing"
	for _, c := range []struct {
		method Method
		form   Form
		order  string
		gross  money.Amount
		want   string
	}{
		{directProcurement, receipt, "2026-02-02", 10_000_000, ""},
		{directProcurement, receipt, "2026-02-02", 10_000_001, missing},
		{catalogue, orderLetter, "2026-02-02", 100_000_000, ""},
		{catalogue, orderLetter, "2026-02-02", 100_000_001, missing},
		{catalogue, orderLetter, "2025-04-30", 100_000_001, missing},
		{catalogue, orderLetter, "2025-04-29", 900_000_000, ""}, // before Perpres 46/2025 the catalogue needed none at all
		{"tender", contract, "2026-02-02", 900_000_000, missing},
		{"swakelola_ii", otherForm, "2026-02-02", 900_000_000, ""},
		{otherMethod, otherForm, "2026-02-02", 900_000_000, ""},
	} {
		a := procured(c.method, c.form, c.gross)
		a.OwnerEstimate, a.OrderDate = nil, day(c.order)
		if got := asked(a, indonesian()); got != c.want {
			t.Errorf("%s %s %d: %q, want %q", c.method, c.order, c.gross, got, c.want)
		}
		a.Procurement.NoEstimateReason = "Harga ditetapkan pemerintah"
		if got := asked(a, indonesian()); got != "" {
			t.Errorf("%s %d with a reason: %q", c.method, c.gross, got)
		}
	}
}

func TestADatedRowChangesALimit(t *testing.T) {
	t.Parallel()
	figure := int64(60_000_000)
	f := indonesian()
	f.Rules = rule.Set{{ID: uuid.New(), Form: rule.Form{Code: rule.LimitReceipt, Figure: &figure, ValidFrom: day("2026-03-01"), ValidTo: day("2026-03-31"), Basis: "Perpres baru"}}}
	for on, want := range map[string]string{
		"2026-02-28": "/form form_below_value", "2026-03-01": "", "2026-03-31": "", "2026-04-01": "/form form_below_value",
	} {
		a := procured(directProcurement, receipt, 60_000_000)
		a.OrderDate = day(on)
		if got := asked(a, f); got != want {
			t.Errorf("%s: %q, want %q", on, got, want)
		}
		if a.OrderDate = day("2026-03-15"); a.Advise(f.Agency, f.Rules).Form != receipt {
			t.Error("the advice does not know the row")
		}
	}
	above := procured(directProcurement, receipt, 60_000_001)
	above.OrderDate = day("2026-03-15")
	if got := asked(above, f); got != "/form form_below_value" {
		t.Errorf("above the new limit: %q", got)
	}
}

func TestWhatAFileLacks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Agreement)
		want   string
	}{
		"nothing":             {func(*Agreement) {}, ""},
		"RUP":                 {func(a *Agreement) { a.RUPCode = "" }, "/rup_code rup_missing"},
		"announced that day":  {func(a *Agreement) { a.Procurement.RUPAnnouncedOn = a.OrderDate }, ""},
		"announced after":     {func(a *Agreement) { a.Procurement.RUPAnnouncedOn = a.OrderDate.AddDays(1) }, "/procurement/rup_announced_on rup_late"},
		"minutes":             {func(a *Agreement) { a.Procurement.Minutes = Minutes{} }, "/procurement/minutes/number negotiation_missing"},
		"an offer":            {func(a *Agreement) { a.Deliverables[0].OfferedPrice = nil }, "/deliverables/0/offered_price negotiation_missing"},
		"minutes of receipts": {func(a *Agreement) { a.Form, a.Gross, a.Procurement.Minutes = receipt, 50_000_000, Minutes{} }, ""},
		"minutes of tenders":  {func(a *Agreement) { a.Method, a.Procurement.Minutes = "tender", Minutes{} }, ""},
		"a shortfall rule":    {func(a *Agreement) { none := NoShortfall; a.Procurement.ShortfallRule = &none }, "/procurement/shortfall_rule shortfall_missing"},
		"one from before":     {func(a *Agreement) { a.Procurement.ShortfallRule = nil }, "/procurement/shortfall_rule shortfall_missing"},
		"a legal basis":       {func(a *Agreement) { a.Procurement.LegalBasis = "" }, "/procurement/legal_basis basis_missing"},
	} {
		a := procured(directProcurement, workOrder, 60_000_000)
		c.change(&a)
		if got := asked(a, indonesian()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestIndonesianLawIsSilentAbroad(t *testing.T) {
	t.Parallel()
	none := NoShortfall
	a := Agreement{Method: directProcurement, Form: receiptOfSale, Gross: 900_000_000, OrderDate: day("2026-02-02"), Procurement: Procurement{ShortfallRule: &none}}
	f := Facts{Agency: registry.Agency{Scheme: registry.Other}}
	s := assessing{facts: f, day: a.OrderDate}
	a.assessProcurement(&s)
	if len(s.doubts) != 1 || s.doubts[0].Rule != rule.ShortfallMissing {
		t.Errorf("only what is not national is asked: %+v", s.doubts)
	}
	if a.Advise(f.Agency, nil) != nil {
		t.Error("there is nothing to advise")
	}
}

func TestCooperatingMedia(t *testing.T) {
	t.Parallel()
	account, elsewhere := uuid.New(), uuid.New()
	list := func(date string, channels ...uuid.UUID) CooperationFact {
		return CooperationFact{ID: uuid.New(), Number: "KEP/" + date, Date: day(date), Channels: channels}
	}
	for name, c := range map[string]struct {
		lists []CooperationFact
		want  string
	}{
		"no list of the year":      {nil, ""},
		"on the list of that day":  {[]CooperationFact{list("2026-02-02", outlet)}, ""},
		"on a list that came late": {[]CooperationFact{list("2026-02-03", outlet)}, "/deliverables/0/outlet_id not_cooperating"},
		"on another's list":        {[]CooperationFact{list("2026-01-08", elsewhere), list("2026-01-05", outlet)}, ""},
		"on none":                  {[]CooperationFact{list("2026-01-08", elsewhere)}, "/deliverables/0/outlet_id not_cooperating"},
	} {
		f := indonesian()
		f.Procurement.Lists = c.lists
		if got := asked(procured(directProcurement, workOrder, 60_000_000), f); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	a := procured(directProcurement, workOrder, 60_000_000)
	a.Deliverables = append(a.Deliverables, Deliverable{SocialAccountID: some(account), Channel: "instagram @kabar", OfferedPrice: ptr(money.Amount(1))})
	f := indonesian()
	f.Procurement.Lists = []CooperationFact{list("2026-01-05", outlet), list("2026-01-08")}
	s := assessing{facts: f, day: a.OrderDate}
	a.assessCooperation(&s)
	if len(s.doubts) != 1 || s.doubts[0].Pointer != "/deliverables/1/social_account_id" || s.doubts[0].Place != AtCooperation ||
		s.doubts[0].PlaceID.UUID != f.Procurement.Lists[1].ID || s.doubts[0].Args["name"] != "instagram @kabar" {
		t.Errorf("%+v", s.doubts)
	}
}

func TestEachMissingPaperIsNamed(t *testing.T) {
	t.Parallel()
	a := procured(directProcurement, workOrder, 60_000_000)
	f := indonesian()
	f.Procurement.Papers = []HeldPaper{{Code: "offer"}, {Code: "need_analysis"}, {Code: paper.Other}}
	f.Procurement.Checklist = paper.Set{{ID: uuid.New(), RequirementForm: paper.RequirementForm{
		Code: "surat_edaran", NameID: "Surat edaran", NameEN: "Circular", Mandatory: true, Owner: paper.Vendor, ValidFrom: period.MustDate("2026-01-01"), Basis: "SE 1",
	}}}
	s := assessing{facts: f, day: a.OrderDate}
	a.assessPapers(&s)
	var got []string
	for _, d := range s.doubts {
		got = append(got, d.Args["paper"].(string)+" "+d.Args["owner"].(string))
	}
	if want := []string{"owner_estimate ppk", "negotiation_minutes procurement", "contract ppk", "surat_edaran vendor"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	at := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	d := a.Dossier(f.Procurement.Checklist, []Paper{
		{PaperForm: PaperForm{Code: "offer"}}, {PaperForm: PaperForm{Code: "contract"}, VoidedAt: &at}, {PaperForm: PaperForm{Code: paper.Other}},
	})
	missing := 0
	for _, i := range d.Items {
		if i.Missing() {
			missing++
		}
	}
	if missing != 5 || len(d.Other) != 1 || len(d.Items) != 7 {
		t.Errorf("%d missing of %d, %d others", missing, len(d.Items), len(d.Other))
	}
}

func TestWhatAClientLeavesOutIsTheUsualRule(t *testing.T) {
	t.Parallel()
	if got := (Terms{}).Trimmed().Procurement; *got.ShortfallRule != PerUnit {
		t.Errorf("%+v", got)
	}
	none := NoShortfall
	if got := (Terms{Procurement: Procurement{ShortfallRule: &none, Package: " A "}}).Trimmed().Procurement; *got.ShortfallRule != NoShortfall || got.Package != "A" {
		t.Errorf("%+v", got)
	}
}

func TestAdviceFollowsTheValue(t *testing.T) {
	t.Parallel()
	ag := registry.Agency{Scheme: registry.APBD}
	for _, c := range []struct {
		method Method
		gross  money.Amount
		form   Form
		needs  bool
	}{
		{directProcurement, 10_000_000, receiptOfSale, false}, {directProcurement, 10_000_001, receipt, true}, {directProcurement, 50_000_001, workOrder, true},
		{directProcurement, 200_000_001, contract, true}, {catalogue, 100_000_000, orderLetter, false}, {catalogue, 100_000_001, orderLetter, true},
	} {
		got := procured(c.method, receiptOfSale, c.gross).Advise(ag, nil)
		if got.Form != c.form || got.NeedsEstimate != c.needs || got.FormFits != (c.gross <= 10_000_000) || got.MethodFits != (c.method != directProcurement || c.gross <= 200_000_000) {
			t.Errorf("%s %d: %+v", c.method, c.gross, got)
		}
	}
}

// TestAFrameworkIsWeighedByItsCeiling: what it promises by itself is nothing, and would pass every limit.
func TestAFrameworkIsWeighedByItsCeiling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form    Form
		ceiling money.Amount
		want    string
	}{
		{receipt, 50_000_000, ""},
		{receipt, 50_000_001, "/form form_below_value"},
		{contract, 200_000_000, ""},
		{contract, 200_000_001, "/method method_over_limit"},
	} {
		a := procured(directProcurement, c.form, 0)
		a.Framework, a.Ceiling = true, c.ceiling
		if got := asked(a, indonesian()); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.form, c.ceiling, got, c.want)
		}
		advice := a.Advise(registry.Agency{Scheme: registry.APBD}, nil)
		if fits := c.want == ""; (advice.FormFits && advice.MethodFits) != fits {
			t.Errorf("%s %d: %+v", c.form, c.ceiling, advice)
		}
	}
	a := procured(directProcurement, workOrder, 0)
	a.Framework, a.Ceiling, a.OwnerEstimate = true, 60_000_000, nil
	if got := asked(a, indonesian()); got != "/owner_estimate estimate_missing" {
		t.Errorf("without an estimate: %q", got)
	}
}
