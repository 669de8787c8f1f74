package payment_test

import (
	"testing"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// paidInParts is an agreement for ten articles of 1,110,000 on two budget lines, a fifth of it in advance, a twentieth of
// each payment kept back until October.
func paidInParts(t *testing.T, c *chain.Chain) agreement.Agreement {
	t.Helper()
	second := c.Item(4)
	second.BudgetLineID = c.Lines[1].ID
	terms := c.Draft(t, c.Item(6), second).Terms()
	terms.Number += "/TERMIN"
	terms.PaymentTerms = agreement.PaymentTerms{
		AdvancePercent: 20, RetentionPercent: 5, RetentionUntil: chain.Day("2026-10-01"),
		Instalments: []agreement.Instalment{{Name: "Termin 1", Percent: 40}, {Name: "Termin 2", Percent: 60}},
	}
	a, err := c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, terms)
	chain.Wants(t, err, "")
	return c.Move(t, c.PPK, c.Move(t, c.Staff, a, agreement.Submit), agreement.Approve)
}

// other asks for an advance or a retention.
func other(c *chain.Chain, t *testing.T, a agreement.Agreement, purpose payment.Purpose, on string) (payment.Payment, error) {
	t.Helper()
	return c.Payments.Request(t.Context(), c.Staff, c.Agency.Code, payment.Request{
		AgreementID: a.ID, Kind: payment.LS, SPP: paper("SPP/"+string(purpose)+on, on), Purpose: purpose,
		Basis: &payment.Basis{Number: "SRT/" + string(purpose), Date: chain.Day("2026-05-02")},
	})
}

func settled(t *testing.T, c *chain.Chain, p payment.Payment) payment.Payment {
	t.Helper()
	_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, paper("SPM/"+p.SPP.Number, "2026-11-19"))
	chain.Wants(t, err, "")
	p, err = c.Payments.Settle(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, paper("SP2D/"+p.SPP.Number, "2026-11-20"))
	chain.Wants(t, err, "")
	return p
}

func TestAnAdvanceWorkAndRetentionComeToTheWhole(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := paidInParts(t, c)
	ask, err := other(c, t, a, payment.ForAdvance, "2026-05-05")
	chain.Wants(t, err, "")
	if ask.Gross != 2_220_000 || ask.VAT != 220_000 || ask.Work() != 2_220_000 {
		t.Errorf("the advance %+v", ask)
	}
	_, err = other(c, t, a, payment.ForAdvance, "2026-05-06")
	chain.Wants(t, err, "advance_paid")
	settled(t, c, ask)
	if l := c.Balances(t); l[0].Realised != 1_332_000 || l[1].Realised != 888_000 || l[0].Committed != 5_328_000 {
		t.Errorf("the advance realised %+v", l)
	}
	_, err = c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Terminate, Reason: "gagal"})
	chain.Wants(t, err, "advance_outstanding")

	first := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 3))
	if first.Work() != 3_330_000 || first.Recouped != 666_000 || first.Retained != 166_500 || first.Gross != 2_497_500 || first.Gross != first.Price+first.VAT {
		t.Errorf("work %d, settles %d, keeps %d, pays %d = %d + %d", first.Work(), first.Recouped, first.Retained, first.Gross, first.Price, first.VAT)
	}
	settled(t, c, first)
	_, err = other(c, t, a, payment.ForRetention, "2026-09-30")
	chain.Wants(t, err, "invalid", "/spp/date before")
	last := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 3), c.Invoiced(t, a, a.Deliverables[1].ID, 4))
	settled(t, c, last)
	book, err := c.Payments.Settlement(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if book.Outstanding() != 0 || book.Withheld() != 555_000 {
		t.Errorf("outstanding %d, kept back %d", book.Outstanding(), book.Withheld())
	}
	_, err = c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Close})
	chain.Wants(t, err, "retention_outstanding")
	kept, err := other(c, t, a, payment.ForRetention, "2026-10-01")
	chain.Wants(t, err, "")
	settled(t, c, kept)
	now, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if now.Status != agreement.Completed || now.Paid != 11_100_000 {
		t.Errorf("%s, paid %d", now.Status, now.Paid)
	}
	var vat money.Amount
	for _, id := range []payment.Payment{ask, first, last, kept} {
		p, err := c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, id.ID)
		chain.Wants(t, err, "")
		vat += p.VAT
	}
	if vat != a.VAT {
		t.Errorf("VAT of all payments %d, of the agreement %d", vat, a.VAT)
	}
	for i, want := range []money.Amount{6_660_000, 4_440_000} {
		if l := c.Balances(t)[i]; l.Realised != want || l.Committed != 0 {
			t.Errorf("line %d: realised %d, committed %d", i, l.Realised, l.Committed)
		}
	}
	_, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, ask.ID, nil, payment.Reversal{Reason: "salah", STS: paper("STS/1", "2026-11-21")})
	chain.Wants(t, err, "advance_exceeded")
}

func TestAnAdvanceComesBack(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := paidInParts(t, c)
	ask, err := other(c, t, a, payment.ForAdvance, "2026-05-05")
	chain.Wants(t, err, "")
	settled(t, c, ask)
	_, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, ask.ID, nil, payment.Reversal{Reason: "penyedia mundur", STS: paper("STS/1", "2026-11-21")})
	chain.Wants(t, err, "")
	if l := c.Balances(t); l[0].Realised != 0 || l[0].Committed != 6_660_000 {
		t.Errorf("the advance came back: %+v", l[0])
	}
	_, err = c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Terminate, Reason: "mundur"})
	chain.Wants(t, err, "")
}

func TestAnAdvanceWantsAGuarantee(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.GuaranteeMissing)
	a := paidInParts(t, c)
	ask, err := other(c, t, a, payment.ForAdvance, "2026-05-05")
	chain.Wants(t, err, "")
	_, err = c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, ask.ID, nil, paper("SPM/1", "2026-05-06"))
	if f := fault.From(err); f.Code != "not_payable" || len(f.Fields) != 1 || f.Fields[0].Code != "guarantee_missing" {
		t.Errorf("%v", err)
	}
}

func TestTermsThatCannotBe(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	terms := c.Draft(t, c.Item(1)).Terms()
	terms.Number += "/X"
	for _, w := range []struct {
		terms  agreement.PaymentTerms
		fields []string
	}{
		{agreement.PaymentTerms{AdvancePercent: 81}, []string{"/payment_terms/advance_percent out_of_range"}},
		{agreement.PaymentTerms{RetentionPercent: 5}, []string{"/payment_terms/retention_until required"}},
		{agreement.PaymentTerms{Instalments: []agreement.Instalment{{Name: "1", Percent: 50}, {Name: "1", Percent: 49}}},
			[]string{"/payment_terms/instalments/1/name duplicate", "/payment_terms/instalments percent_sum"}},
	} {
		terms.PaymentTerms = w.terms
		_, err := c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, terms)
		chain.Wants(t, err, "invalid", w.fields...)
	}
}
