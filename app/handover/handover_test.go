package handover_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// signed is a signing of the day with its file kept.
func signed(t *testing.T, c *chain.Chain, day, text string) placement.Signing {
	t.Helper()
	kept, err := c.Files.Keep(t.Context(), c.Staff, file.Sent{Name: "paraf.pdf", Content: strings.NewReader("%PDF-1.7\n" + text), Purpose: file.Paper})
	chain.Wants(t, err, "")
	return placement.Signing{
		Place: "Contoh", SignedOn: chain.Day(day), OfficeSigner: "Pramono", OfficeNIP: "198001012005011001", VendorSigner: "Nusa", VendorPosition: "Direktur",
		File: kept.SHA256, FileOrigin: placement.FromVendor,
	}
}

func june(a agreement.Agreement, number string) handover.RecapForm {
	return handover.RecapForm{AgreementID: a.ID, Number: number, Date: chain.Day("2026-06-30"), From: chain.Day("2026-06-01"), To: chain.Day("2026-06-30")}
}

func TestARecapIsFrozenAndSignedOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(4))
	ps := c.Verified(t, a.Deliverables[0].ID, 2)
	c.Published(t, a.Deliverables[0].ID)
	s := c.Handovers
	_, err := s.DrawUp(t.Context(), c.Verifier, c.Agency.Code, june(a, "REKAP/1"))
	chain.Wants(t, err, "forbidden")
	empty := june(a, "REKAP/1")
	empty.From, empty.To = chain.Day("2026-06-10"), chain.Day("2026-06-11")
	_, err = s.DrawUp(t.Context(), c.Staff, c.Agency.Code, empty)
	chain.Wants(t, err, "invalid", "/from recap_empty")
	r, err := s.DrawUp(t.Context(), c.Staff, c.Agency.Code, june(a, "REKAP/1"))
	chain.Wants(t, err, "")
	if r.Placements != 2 || r.Gross != 2_220_000 || len(r.Lines) != 2 || len(r.Lines[0].Evidence) != 64 || r.Lines[0].Evidence == r.Lines[1].Evidence || r.Lines[0].Proofs != 1 {
		t.Errorf("%+v", r)
	}
	_, err = s.DrawUp(t.Context(), c.Staff, c.Agency.Code, june(a, "REKAP/1"))
	chain.Wants(t, err, "duplicate", "/number duplicate")
	_, err = s.SignRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, nil, placement.Signing{SignedOn: chain.Day("2026-06-29")})
	chain.Wants(t, err, "invalid", "/office_signer required", "/vendor_signer required", "/signed_on before", "/file required")
	by := signed(t, c, "2026-06-30", "rekap")
	r, err = s.SignRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, &r.Version, by)
	chain.Wants(t, err, "")
	_, err = s.SignRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, nil, by)
	chain.Wants(t, err, "wrong_state")
	_, err = s.VoidRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, nil, "")
	chain.Wants(t, err, "invalid", "/reason required")
	void, err := s.VoidRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, &r.Version, "periode keliru")
	chain.Wants(t, err, "")
	if void.VoidedAt == nil || void.VoidReason != "periode keliru" {
		t.Errorf("%+v", void)
	}
	_, err = s.DrawUp(t.Context(), c.Staff, c.Agency.Code, june(a, "REKAP/1"))
	chain.Wants(t, err, "")
	page, err := s.Recaps(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("agreement_id", a.ID.String()))
	chain.Wants(t, err, "")
	if len(page.Items) != 2 || page.Items[1].File != by.File || len(page.Items[0].Lines) != 0 {
		t.Errorf("%+v", page.Items)
	}
	_ = ps
}

func bap(a agreement.Agreement, number, day string, over ...placement.Acceptance) handover.InspectionForm {
	f := handover.InspectionForm{AgreementID: a.ID, Number: number, Date: chain.Day(day)}
	for _, one := range over {
		f.AcceptanceIDs = append(f.AcceptanceIDs, one.ID)
	}
	return f
}

func TestAnInspectionStandsBetweenAcceptanceAndRequest(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	ps := c.Verified(t, a.Deliverables[0].ID, 2)
	one := c.Accept(t, a, ps[:1])
	s := c.Handovers
	_, err := s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/1", "2026-06-09", one))
	chain.Wants(t, err, "invalid", "/date before")
	_, err = s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/1", "2026-06-12", placement.Acceptance{ID: uuid.New()}))
	chain.Wants(t, err, "invalid", "/acceptance_ids/0 not_found")
	first, err := s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/1", "2026-06-14", one))
	chain.Wants(t, err, "")
	_, err = s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/2", "2026-06-14", one))
	chain.Wants(t, err, "invalid", "/acceptance_ids/0 inspected")
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, c.Bill(t, a, ps[:1]))
	chain.Wants(t, err, "")
	if i.InspectedOn != chain.Day("2026-06-14") {
		t.Errorf("inspected on %s", i.InspectedOn)
	}
	_, err = c.Payments.Request(t.Context(), c.Staff, c.Agency.Code, c.Request(a, i))
	chain.Wants(t, err, "invalid", "/spp/date before")
	_, err = s.VoidInspection(t.Context(), c.PPK, c.Agency.Code, first.ID, nil, "tanggal keliru")
	chain.Wants(t, err, "")
	p := c.Requested(t, a, i)
	_, err = s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/3", "2026-06-14", one))
	chain.Wants(t, err, "invalid", "/date after")
	second, err := s.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/1", "2026-06-12", one))
	chain.Wants(t, err, "")
	c.Settle(t, c.Authorise(t, p))
	_, err = s.VoidInspection(t.Context(), c.PPK, c.Agency.Code, second.ID, nil, "tanggal keliru")
	chain.Wants(t, err, "inspection_paid")
}

func TestOneAcceptanceIsInspectedOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	one := c.Accept(t, a, c.Verified(t, a.Deliverables[0].ID, 1))
	var racing sync.WaitGroup
	errs := make([]error, 6)
	for n := range errs {
		racing.Go(func() {
			_, errs[n] = c.Handovers.Inspect(t.Context(), c.PPK, c.Agency.Code, bap(a, "BAP/"+strings.Repeat("I", n+1), "2026-06-12", one))
		})
	}
	racing.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
		} else if k := fault.From(err).Kind; k != fault.Invalid && k != fault.Stale && k != fault.Conflict {
			t.Errorf("%v", err)
		}
	}
	if made != 1 {
		t.Errorf("%d inspection reports over one acceptance report", made)
	}
	got, err := c.Acceptances.Get(t.Context(), c.Auditor, c.Agency.Code, one.ID)
	chain.Wants(t, err, "")
	page, err := c.Handovers.Inspections(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || got.InspectionID.UUID != page.Items[0].ID {
		t.Errorf("%+v", page.Items)
	}
}

func TestAPaymentWaitsForSignedPapers(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.RecapMissing, rule.AcceptanceUnsigned, rule.BAPMissing)
	a := c.Agreement(t, c.Item(1))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	bast := c.Accept(t, a, ps)
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, c.Bill(t, a, ps))
	chain.Wants(t, err, "")
	p := c.Requested(t, a, i)
	authorise := func() error {
		_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, spm())
		return err
	}
	chain.Wants(t, authorise(), "not_payable", "/invoice_ids acceptance_unsigned", "/invoice_ids bap_missing", "/invoice_ids recap_missing")
	_, err = c.Acceptances.Sign(t.Context(), c.PPK, c.Agency.Code, bast.ID, nil, signed(t, c, "2026-06-10", "bast"))
	chain.Wants(t, err, "")
	f := bap(a, "BAP/1", "2026-06-11", bast)
	f.Signing = signed(t, c, "2026-06-11", "bap")
	_, err = c.Handovers.Inspect(t.Context(), c.PPK, c.Agency.Code, f)
	chain.Wants(t, err, "")
	chain.Wants(t, authorise(), "not_payable", "/invoice_ids recap_missing")
	_, err = c.Acceptances.Sign(t.Context(), c.PPK, c.Agency.Code, bast.ID, nil, signed(t, c, "2026-06-10", "bast lagi"))
	chain.Wants(t, err, "wrong_state")
	r, err := c.Handovers.DrawUp(t.Context(), c.Staff, c.Agency.Code, june(a, "REKAP/1"))
	chain.Wants(t, err, "")
	chain.Wants(t, authorise(), "not_payable", "/invoice_ids recap_missing")
	_, err = c.Handovers.SignRecap(t.Context(), c.Staff, c.Agency.Code, r.ID, nil, signed(t, c, "2026-07-01", "rekap"))
	chain.Wants(t, err, "")
	chain.Wants(t, authorise(), "")
}
