package db_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/paper"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// procurementRules are the rules that this file is about.
func procurementRules() []rule.Code {
	return []rule.Code{
		rule.MethodOverLimit, rule.FormBelowValue, rule.EstimateMissing, rule.RUPMissing, rule.RUPLate, rule.NegotiationMissing, rule.ShortfallMissing,
		rule.DocumentMissing, rule.BasisMissing, rule.NotCooperating,
	}
}

// procurementDesk is an office in which every rule of procurement refuses, also those that the law only warns about, and
// whose only list of cooperating media names the online outlet.
func procurementDesk(t *testing.T) *chain.Chain {
	t.Helper()
	c := chain.Strict(t, procurementRules()...)
	for _, code := range []rule.Code{rule.BasisMissing, rule.NotCooperating} {
		setRule(t, c, rule.Form{Code: code, Mode: rule.Refuse, ValidFrom: chain.Day("2026-01-01"), Basis: "Perbup 1/2026"})
	}
	l, err := c.Cooperation.Create(t.Context(), c.Staff, registry.CooperationForm{FiscalYear: 2026, Number: "KEP/1", Date: chain.Day("2026-01-08"), Basis: "Perbup 1/2026"})
	chain.Wants(t, err, "")
	_, err = c.Cooperation.Add(t.Context(), c.Staff, l.ID, registry.CooperationMember{OutletID: c.Item(1).OutletID})
	chain.Wants(t, err, "")
	return c
}

func setRule(t *testing.T, c *chain.Chain, f rule.Form) {
	t.Helper()
	chain.Wants(t, c.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) {
		return nil, tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: c.Admin.User})
	}), "")
}

// wholeTerms are an SPK of 55,500,000 that lacks nothing.
func wholeTerms(c *chain.Chain, number string) agreement.Terms {
	item, offered, estimate, shortfall := c.Item(50), money.Amount(1_100_000), money.Amount(61_000_000), agreement.PerUnit
	item.OfferedPrice = &offered
	return agreement.Terms{
		Kind: agreement.Media, Number: number, Title: "Kerja sama media", VendorID: c.Vendor.ID, Method: "pengadaan_langsung", Form: "spk", RUPCode: "12345678",
		OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"), OwnerEstimate: &estimate,
		Deliverables: []agreement.Item{item}, Procurement: agreement.Procurement{
			Package: "Publikasi", RUPAnnouncedOn: chain.Day("2026-01-05"), LegalBasis: "Perbup 1/2026", MediaPlan: "RENC/1",
			Minutes: agreement.Minutes{Number: "BAN/1", Date: chain.Day("2026-04-30")}, ShortfallRule: &shortfall,
		},
	}
}

// kept keeps a file with that content.
func keptFile(t *testing.T, c *chain.Chain, content string) string {
	t.Helper()
	f, err := c.Files.Keep(t.Context(), c.Staff, file.Sent{Name: "a.pdf", Content: bytes.NewReader([]byte("%PDF-1.7\n" + content)), Purpose: file.Paper})
	chain.Wants(t, err, "")
	return f.SHA256
}

// submitted enters and submits an agreement with its whole file, but for the papers left out.
func submitted(t *testing.T, c *chain.Chain, terms agreement.Terms, but ...paper.Code) agreement.Agreement {
	t.Helper()
	a, err := c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, terms)
	chain.Wants(t, err, "")
	d, err := c.Papers.Dossier(t.Context(), c.Staff, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	for _, i := range d.Items {
		if i.Mandatory && !slices.Contains(but, i.Code) {
			_, err := c.Papers.Add(t.Context(), c.Staff, c.Agency.Code, a.ID, agreement.PaperForm{Code: i.Code, File: keptFile(t, c, string(i.Code))})
			chain.Wants(t, err, "")
		}
	}
	return c.Move(t, c.Staff, a, agreement.Submit)
}

func comesIntoForce(t *testing.T, c *chain.Chain, a agreement.Agreement) error {
	t.Helper()
	_, err := c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
	return err
}

// lacks are ways in which an agreement does not meet one rule each.
func lacks(c *chain.Chain) map[rule.Code]struct {
	change func(*agreement.Terms)
	but    []paper.Code
	fields []string
} {
	type lack = struct {
		change func(*agreement.Terms)
		but    []paper.Code
		fields []string
	}
	none := agreement.NoShortfall
	return map[rule.Code]lack{
		rule.MethodOverLimit: {func(t *agreement.Terms) { t.Deliverables[0].Quantity, t.Form = 181, "surat_perjanjian" }, nil, []string{"/method method_over_limit"}},
		rule.FormBelowValue:  {func(t *agreement.Terms) { t.Form = "kuitansi" }, nil, []string{"/form form_below_value"}},
		rule.EstimateMissing: {func(t *agreement.Terms) { t.OwnerEstimate = nil }, nil, []string{"/owner_estimate estimate_missing"}},
		rule.RUPMissing:      {func(t *agreement.Terms) { t.RUPCode = "" }, nil, []string{"/rup_code rup_missing"}},
		rule.RUPLate: {func(t *agreement.Terms) { t.Procurement.RUPAnnouncedOn = t.OrderDate.AddDays(1) }, nil,
			[]string{"/procurement/rup_announced_on rup_late"}},
		rule.NegotiationMissing: {func(t *agreement.Terms) { t.Procurement.Minutes.Number, t.Deliverables[0].OfferedPrice = "", nil }, nil,
			[]string{"/procurement/minutes/number negotiation_missing", "/deliverables/0/offered_price negotiation_missing"}},
		rule.ShortfallMissing: {func(t *agreement.Terms) { t.Procurement.ShortfallRule = &none }, nil, []string{"/procurement/shortfall_rule shortfall_missing"}},
		rule.DocumentMissing:  {func(*agreement.Terms) {}, []paper.Code{"offer", "contract"}, []string{"/papers document_missing", "/papers document_missing"}},
		rule.BasisMissing:     {func(t *agreement.Terms) { t.Procurement.LegalBasis = "" }, nil, []string{"/procurement/legal_basis basis_missing"}},
		rule.NotCooperating: {func(t *agreement.Terms) {
			t.Deliverables[0].OutletID = uuid.NullUUID{UUID: c.Outlets["radio"], Valid: true}
		}, nil,
			[]string{"/deliverables/0/outlet_id not_cooperating"}},
	}
}

func TestEachRuleOfProcurementRefusesAlone(t *testing.T) {
	t.Parallel()
	c := procurementDesk(t)
	chain.Wants(t, comesIntoForce(t, c, submitted(t, c, wholeTerms(c, "SPK/UTUH"))), "")
	n := 0
	for code, l := range lacks(c) {
		n++
		t.Run(string(code), func(t *testing.T) {
			terms := wholeTerms(c, fmt.Sprint("SPK/", code))
			l.change(&terms)
			a := submitted(t, c, terms, l.but...)
			err := comesIntoForce(t, c, a)
			chain.Wants(t, err, "not_ready", l.fields...)
			if fault.From(err).Kind != fault.Conflict {
				t.Errorf("it is a conflict: %v", err)
			}
			o := c.Override(t, c.Staff, c.Head, override.Ask{Kind: override.CheckMode, Subject: override.Subject{
				Check: override.Check(code), DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: a.Number,
			}})
			chain.Wants(t, comesIntoForce(t, c, a), "")
			uses, err := c.Overrides.Uses(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("override_id", o.ID.String()))
			if chain.Wants(t, err, ""); len(uses.Items) != 1 || uses.Items[0].DocumentNumber != a.Number || uses.Items[0].Amount != a.Gross {
				t.Errorf("the override's uses: %+v", uses.Items)
			}
			known := assessment(t, c, a)
			if d := ofProcurement(known); len(d) != len(l.fields) || d[0].OverrideID.UUID != o.ID || !known.Frozen {
				t.Errorf("what was known: %+v", d)
			}
		})
	}
	if n != len(procurementRules()) {
		t.Errorf("%d rules are tried, of %d", n, len(procurementRules()))
	}
}

func assessment(t *testing.T, c *chain.Chain, a agreement.Agreement) agreement.Assessment {
	t.Helper()
	known, err := c.Agreements.Assessment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	return known
}

// ofProcurement are the doubts that this file is about.
func ofProcurement(known agreement.Assessment) (out []agreement.Doubt) {
	for _, d := range known.Doubts {
		if slices.Contains(procurementRules(), d.Rule) {
			out = append(out, d)
		}
	}
	return out
}

func TestEveryReasonIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	c := procurementDesk(t)
	terms, none := wholeTerms(c, "SPK/BURUK"), agreement.NoShortfall
	terms.Deliverables[0].Quantity, terms.OwnerEstimate, terms.RUPCode = 181, nil, ""
	terms.Deliverables[0].OfferedPrice, terms.Deliverables[0].OutletID.UUID = nil, c.Outlets["radio"]
	terms.Procurement = agreement.Procurement{RUPAnnouncedOn: terms.OrderDate.AddDays(1), ShortfallRule: &none}
	a := submitted(t, c, terms, "offer", "contract", "need_analysis", "owner_estimate", "negotiation_minutes")
	chain.Wants(t, comesIntoForce(t, c, a), "not_ready", "/method method_over_limit", "/form form_below_value", "/owner_estimate estimate_missing",
		"/rup_code rup_missing", "/procurement/rup_announced_on rup_late", "/procurement/minutes/number negotiation_missing",
		"/deliverables/0/offered_price negotiation_missing", "/procurement/shortfall_rule shortfall_missing", "/procurement/legal_basis basis_missing",
		"/deliverables/0/outlet_id not_cooperating", "/papers document_missing", "/papers document_missing", "/papers document_missing",
		"/papers document_missing", "/papers document_missing")
}

// TestWhatWasKnownStays: rules, papers and lists change after the agreement came into force, what was known of it does not.
func TestWhatWasKnownStays(t *testing.T) {
	t.Parallel()
	c := procurementDesk(t)
	setRule(t, c, rule.Form{Code: rule.DocumentMissing, Mode: rule.Warn, ValidFrom: chain.Day("2026-01-01"), Basis: "Masa peralihan"})
	a := submitted(t, c, wholeTerms(c, "SPK/TETAP"), "offer")
	live := assessment(t, c, a)
	chain.Wants(t, comesIntoForce(t, c, a), "")
	was := assessment(t, c, a)
	if d := ofProcurement(was); len(d) != 1 || !was.Frozen || live.Frozen || !reflect.DeepEqual(d, ofProcurement(live)) {
		t.Fatalf("%+v, live %+v", d, ofProcurement(live))
	}
	setRule(t, c, rule.Form{Code: rule.DocumentMissing, Mode: rule.Off, ValidFrom: chain.Day("2026-02-01"), Basis: "Perbup 2/2026"})
	one := int64(1)
	setRule(t, c, rule.Form{Code: rule.LimitDirectProcurement, Figure: &one, ValidFrom: chain.Day("2026-02-01"), Basis: "Perpres"})
	page, err := c.Papers.List(t.Context(), c.Staff, c.Agency.Code, a.ID, listing.All())
	chain.Wants(t, err, "")
	for _, p := range page.Items {
		_, err := c.Papers.Void(t.Context(), c.Staff, c.Agency.Code, a.ID, p.ID, paper.VoidCommand{Reason: "Salah berkas"})
		chain.Wants(t, err, "")
	}
	if is := assessment(t, c, a); !reflect.DeepEqual(is, was) {
		t.Errorf("what was known became\n%+v\nand was\n%+v", is, was)
	}
	if next := submitted(t, c, wholeTerms(c, "SPK/BARU")); fault.From(comesIntoForce(t, c, next)).Code != "not_ready" {
		t.Error("the new limit does not hold for the next agreement")
	}
}
