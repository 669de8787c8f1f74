package completeness_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/completeness"
	"tayang/app/paper"
	"tayang/app/period"
)

func day(text string) period.Date { return period.MustDate(text) }

func id(n byte) uuid.NullUUID {
	return uuid.NullUUID{UUID: uuid.UUID{15: n}, Valid: true}
}

// mediaLS is a direct payment of twelve placements by a company, with VAT.
func mediaLS() completeness.Subject {
	return completeness.Subject{
		Document: completeness.Payment, Status: "requested", Kind: "media", Method: "pengadaan_langsung", Form: "spk", PaymentKind: "ls", Channels: "online print",
		VendorKind: "company", VAT: true, Amount: 66_600_000, OrderDate: day("2026-02-02"), Day: day("2026-04-03"),
		Counts: completeness.Counts{Placements: 12, Labelled: 12, Invoices: 2, Items: 2, Outlets: 2, Addenda: 1, Taxes: 2, Withheld: 1},
	}
}

// creatorsByAgency is a direct payment of three creators through their agency, which was settled.
func creatorsByAgency() completeness.Subject {
	return completeness.Subject{
		Document: completeness.Payment, Status: "settled", Kind: "influencer", Method: "penunjukan_langsung", Form: "surat_perjanjian", PaymentKind: "ls",
		Channels: "social", VendorKind: "company", ViaAgency: true, Amount: 30_000_000, OrderDate: day("2026-02-02"), Day: day("2026-04-03"), SettledOn: day("2026-12-31"),
		Counts: completeness.Counts{Placements: 6, Labelled: 6, Invoices: 1, Items: 3, Accounts: 3, Recipients: 3, Taxes: 1, Withheld: 1},
	}
}

// smallUP is a small purchase of one item from the imprest.
func smallUP() completeness.Subject {
	return completeness.Subject{
		Document: completeness.Payment, Status: "requested", Kind: "media", Method: "direct_purchase", Form: "bukti_pembelian", PaymentKind: "up", Channels: "outdoor",
		VendorKind: "individual", Amount: 1_500_000, OrderDate: day("2026-02-02"), Day: day("2026-04-03"),
		Counts: completeness.Counts{Placements: 1, Invoices: 1, Items: 1, Taxes: 1, Withheld: 1},
	}
}

// told writes a checklist as text: mandatory papers have an exclamation mark.
func told(c completeness.Checklist) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d, %d lacking\n", c.Present, c.Asked, c.Lacking)
	for _, i := range c.Items {
		mark, how := "", "record"
		if i.Mandatory {
			mark = "!"
		}
		if i.Upload {
			how = "upload"
		}
		due := ""
		if !i.Due.IsZero() {
			due = " by " + i.Due.String()
		}
		fmt.Fprintf(&b, "%-24s %-14s %d/%d %s %s %s at %s%s\n", string(i.Code)+mark, i.State, i.Have, i.Want, i.Owner, i.Stage, how, i.Place, due)
	}
	return b.String()
}

func TestWhatEachKindOfFileHolds(t *testing.T) {
	t.Parallel()
	record := func(code paper.Code, about ...uuid.NullUUID) (out []completeness.Found) {
		for _, a := range append(about, uuid.NullUUID{})[:max(len(about), 1)] {
			out = append(out, completeness.Found{Code: code, About: a, Source: completeness.Record})
		}
		return out
	}
	some := append(record(paper.Proof, id(1), id(1), id(2)), record(paper.SPP)...)
	some = append(some, record(paper.Snapshot, id(1), id(2), id(3))...)
	some = append(some, completeness.Found{Code: paper.TaxInvoice, Source: completeness.OfPayment}, completeness.Found{Code: paper.Proof, Source: completeness.OfPayment})
	var b strings.Builder
	for _, one := range []struct {
		name string
		of   completeness.Subject
	}{{"media LS with VAT", mediaLS()}, {"influencers through an agency, settled", creatorsByAgency()}, {"UP small purchase", smallUP()}} {
		b.WriteString("== " + one.name + "\n" + told(completeness.Check(one.of, nil, some)))
	}
	asAgreement := mediaLS()
	asAgreement.Document, asAgreement.Status = completeness.Agreement, "active"
	b.WriteString("== the agreement of the first\n" + told(completeness.Check(asAgreement, nil, some)))
	const golden = "testdata/checklists.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != b.String() {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestAGovernmentsRowSaysOtherwise(t *testing.T) {
	t.Parallel()
	row := func(change func(*paper.Requirement)) paper.Set {
		r := paper.Requirement{ID: uuid.New(), RequirementForm: paper.RequirementForm{
			Code: paper.BAP, NameID: "BAP", NameEN: "BAP", Owner: paper.PPK, ValidFrom: day("2026-03-01"), Basis: "Perbup 1/2026", Stage: paper.AtPayment,
			Conditions: paper.Conditions{PaymentKind: "ls"},
		}}
		change(&r)
		return paper.Set{r}
	}
	asked := func(set paper.Set) (mandatory bool) {
		for _, i := range completeness.Check(mediaLS(), set, nil).Items {
			if i.Code == paper.BAP {
				mandatory = i.Mandatory
			}
		}
		return mandatory
	}
	for name, c := range map[string]struct {
		change func(*paper.Requirement)
		want   bool
	}{
		"a row makes it optional":       {func(*paper.Requirement) {}, false},
		"not of another kind":           {func(r *paper.Requirement) { r.PaymentKind = "gu" }, true},
		"not at another stage":          {func(r *paper.Requirement) { r.Stage = paper.AtSettlement }, true},
		"not above what it is":          {func(r *paper.Requirement) { r.Above = 66_600_000 }, true},
		"above a smaller amount":        {func(r *paper.Requirement) { r.Above = 66_599_999 }, false},
		"not of another channel":        {func(r *paper.Requirement) { r.Channel = "radio" }, true},
		"of one of the channels":        {func(r *paper.Requirement) { r.Channel = "print" }, false},
		"not through an agency":         {func(r *paper.Requirement) { r.ViaAgency = true }, true},
		"the day of the payment counts": {func(r *paper.Requirement) { r.ValidTo = day("2026-04-02") }, true},
	} {
		if got := asked(row(c.change)); got != c.want {
			t.Errorf("%s: mandatory %v", name, got)
		}
	}
}
