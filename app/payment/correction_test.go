package payment_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// late is an agreement of n units that appeared a day late each, and an invoice over all of them: 1,000 penalty a unit.
func late(t *testing.T, c *chain.Chain, n int64) (agreement.Agreement, payment.Invoice) {
	t.Helper()
	a := c.Agreement(t, c.Item(n))
	return a, c.Invoiced(t, a, a.Deliverables[0].ID, int(n))
}

func TestPenaltyIsKeptBack(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, i := late(t, c, 2)
	if i.Penalty != 2_000 {
		t.Fatalf("%+v", i)
	}
	_, err := c.Corrections.PayPenalty(t.Context(), c.Treasurer, c.Agency.Code, a.ID, payment.PenaltyPaid{STS: paper("STS/D1", "2026-06-12"), Amount: 500})
	chain.Wants(t, err, "")
	p := c.Requested(t, a, i)
	if p.Penalty != 1_500 || p.Net != 2_220_000-40_000-1_500 || p.Gross != 2_220_000 {
		t.Errorf("penalty %d, net %d, gross %d", p.Penalty, p.Net, p.Gross)
	}
	p = c.Settle(t, c.Authorise(t, p))
	if got := c.Balances(t)[0].Realised; got != p.Gross {
		t.Errorf("a penalty is income: realised %d of %d", got, p.Gross)
	}
	_, err = c.Corrections.PayPenalty(t.Context(), c.Treasurer, c.Agency.Code, a.ID, payment.PenaltyPaid{STS: paper("STS/D2", "2026-06-20"), Amount: 1})
	chain.Wants(t, err, "invalid", "/amount penalty_exceeded")
	_, err = c.Corrections.PayPenalty(t.Context(), c.Staff, c.Agency.Code, a.ID, payment.PenaltyPaid{STS: paper("STS/D2", "2026-06-20"), Amount: 1})
	chain.Wants(t, err, "forbidden")
	_, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah", STS: paper("STS/1", "2026-07-01")})
	chain.Wants(t, err, "")
	known, err := c.Corrections.Penalties(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if known.Due != 2_000 || known.Withheld != 0 || known.PaidIn != 500 || known.Open != 1_500 || len(known.Receipts) != 1 {
		t.Errorf("after the reversal %+v", known)
	}
	known, err = c.Corrections.VoidPenalty(t.Context(), c.Treasurer, c.Agency.Code, a.ID, known.Receipts[0].ID, "salah ketik")
	chain.Wants(t, err, "")
	if known.Open != 2_000 {
		t.Errorf("after the void %+v", known)
	}
}

func TestPaymentIsHeldUntilAnotherLetsItGo(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, i := late(t, c, 1)
	p := c.Requested(t, a, i)
	hold := func(who access.Actor) error {
		_, err := c.Corrections.Hold(t.Context(), who, c.Agency.Code, p.ID, nil, "rekening pasif")
		return err
	}
	release := func(who access.Actor) error {
		_, err := c.Corrections.Release(t.Context(), who, c.Agency.Code, p.ID, nil, "bank sudah memastikan")
		return err
	}
	chain.Wants(t, release(c.Treasurer), "wrong_state")
	chain.Wants(t, hold(c.Staff), "forbidden")
	chain.Wants(t, hold(c.Verifier), "")
	chain.Wants(t, hold(c.Treasurer), "wrong_state")
	_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, paper("SPM/1", "2026-06-13"))
	chain.Wants(t, err, "payment_held")
	chain.Wants(t, release(c.Verifier), "segregation_of_duties")
	chain.Wants(t, release(c.Treasurer), "")
	p = c.Authorise(t, p)
	chain.Wants(t, hold(c.Treasurer), "")
	_, err = c.Payments.Settle(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, paper("SP2D/1", "2026-06-15"))
	chain.Wants(t, err, "payment_held")
	chain.Wants(t, release(c.Head), "")
	p = c.Settle(t, p)
	if p, err = c.Payments.Get(t.Context(), c.Auditor, c.Agency.Code, p.ID); err != nil || len(p.Holds) != 2 || p.Held != "" || p.Holds[1].ReleasedBy.UUID != c.Head.User {
		t.Errorf("%+v, %v", p.Holds, err)
	}
	chain.Wants(t, hold(c.Verifier), "wrong_state")
}

func TestPartOfAPaymentComesBack(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, i := late(t, c, 3)
	p := c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	back := func(number string, ids ...uuid.UUID) error {
		_, err := c.Corrections.Refund(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Return{PlacementIDs: ids, STS: paper(number, "2026-07-01"), Reason: "temuan"})
		return err
	}
	chain.Wants(t, back("STS/1", i.PlacementIDs...), "invalid", "/placement_ids whole_payment")
	chain.Wants(t, back("STS/1", uuid.New()), "invalid", "/placement_ids/0 not_found")
	made := successes(t, chain.Crowd(t.Context(), 6, func(context.Context) error { return back("STS/1", i.PlacementIDs[0]) }), "wrong_state", "/placement_ids/0 wrong_state")
	if made != 1 {
		t.Fatalf("one unit came back %d times", made)
	}
	now, err := c.Agreements.Get(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	if line := c.Balances(t)[0]; line.Realised != 2_220_000 || line.Committed != 1_110_000 || now.Paid != 2_220_000 || now.Status != agreement.Active || now.Deliverables[0].Placed != 2 {
		t.Errorf("realised %d, committed %d, paid %d, %s, placed %d", line.Realised, line.Committed, now.Paid, now.Status, now.Deliverables[0].Placed)
	}
	_, err = c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Close})
	chain.Wants(t, err, "")
	chain.Wants(t, back("STS/2", i.PlacementIDs[1]), "")
	if line := c.Balances(t)[0]; line.Realised != 1_110_000 || line.Committed != 0 || line.Available != chain.Ceiling-1_110_000 {
		t.Errorf("after the end: realised %d, committed %d, available %d", line.Realised, line.Committed, line.Available)
	}
	p, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah", STS: paper("STS/3", "2026-07-02")})
	chain.Wants(t, err, "")
	if line := c.Balances(t)[0]; line.Realised != 0 || line.Available != chain.Ceiling || p.Refunded != 2_220_000 {
		t.Errorf("after the reversal: realised %d, available %d, refunded %d", line.Realised, line.Available, p.Refunded)
	}
}

func TestCreditNoteLowersWhatIsPaid(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a, i := late(t, c, 3)
	note := func(number string, amount money.Amount, ids ...uuid.UUID) error {
		var err error
		i, err = c.Corrections.Credit(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, payment.Note{Number: number, Date: period.MustDate("2026-06-12"), Amount: amount, PlacementIDs: ids, Reason: "kurang tayang"})
		return err
	}
	kept := i
	chain.Wants(t, note("NK-1", 1_000_000, i.PlacementIDs[0]), "invalid", "/amount amount_mismatch")
	i = kept
	chain.Wants(t, note("NK-1", 1_110_000, i.PlacementIDs[0]), "")
	if i.Credited != 1_110_000 || i.Price != 2_000_000 || len(i.PlacementIDs) != 2 || len(i.Credits) != 1 || i.Penalty != 2_000 {
		t.Errorf("%+v", i)
	}
	open := i
	chain.Wants(t, note("nk 1", 1_110_000, open.PlacementIDs[0]), "duplicate", "/number duplicate")
	i = open
	p := c.Requested(t, a, i)
	if p.Gross != 2_220_000 || p.Penalty != 2_000 {
		t.Errorf("%+v", p)
	}
	chain.Wants(t, note("NK-2", 1_110_000, open.PlacementIDs[0]), "wrong_state")
	i = open
	p = c.Settle(t, c.Authorise(t, p))
	chain.Wants(t, note("NK-2", 1_110_000, open.PlacementIDs[0]), "")
	if i.Credits[1].Open != 1_110_000 || i.Credited != 1_110_000 {
		t.Errorf("after payment %+v", i.Credits)
	}
	after := i
	chain.Wants(t, note("NK-3", 1_110_000, open.PlacementIDs[0]), "invalid", "/placement_ids/0 credited_before")
	_, err := c.Corrections.VoidCredit(t.Context(), c.Staff, c.Agency.Code, after.ID, after.Credits[0].ID, "salah")
	chain.Wants(t, err, "credit_used")
	_, err = c.Corrections.Refund(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Return{PlacementIDs: open.PlacementIDs[:1], STS: paper("STS/1", "2026-07-01"), Reason: "NK-2"})
	chain.Wants(t, err, "")
	if i, err = c.Invoices.Get(t.Context(), c.Auditor, c.Agency.Code, after.ID); err != nil || i.Credits[1].Open != 0 || i.Credited != 2_220_000 {
		t.Errorf("after the refund %+v, %v", i, err)
	}
}

func TestReceiptIsMadeGoodOnce(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	one, two := c.Invoiced(t, a, a.Deliverables[0].ID, 1), c.Invoiced(t, a, a.Deliverables[0].ID, 1)
	ask := func(i payment.Invoice, change func(*payment.Request)) (payment.Payment, error) {
		r := c.Request(a, i)
		r.Kind, r.Receipts = payment.GU, []payment.Receipt{{Number: "KW-7", Date: period.MustDate("2026-06-11"), Amount: 1_110_000}}
		change(&r)
		return c.Payments.Request(t.Context(), c.Treasurer, c.Agency.Code, r)
	}
	_, err := ask(one, func(r *payment.Request) { r.Kind = payment.LS })
	chain.Wants(t, err, "invalid", "/receipts only_of_cash")
	_, err = ask(one, func(r *payment.Request) { r.Receipts[0].Amount-- })
	chain.Wants(t, err, "invalid", "/receipts amount_mismatch")
	_, err = ask(one, func(r *payment.Request) { r.Receipts[0].Date = period.MustDate("2026-06-13") })
	chain.Wants(t, err, "invalid", "/receipts/0/date after")
	p, err := ask(one, func(*payment.Request) {})
	chain.Wants(t, err, "")
	_, err = ask(two, func(r *payment.Request) { r.Receipts[0].Number = "kw 7" })
	chain.Wants(t, err, "duplicate", "/receipts duplicate")
	_, err = c.Payments.Reverse(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Reversal{Reason: "salah"})
	chain.Wants(t, err, "")
	_, err = ask(two, func(*payment.Request) {})
	chain.Wants(t, err, "")
}

func TestRulesOfDatesCashAndPayee(t *testing.T) {
	t.Parallel()
	day := period.MustDate("2026-06-13")
	base := payment.Payment{Kind: payment.LS, Gross: 60_000_000, VAT: 1, SPM: paper("SPM/1", "2026-06-13")}
	facts := func() payment.Facts {
		return payment.Facts{Money: payment.MoneyFacts{Today: day, Payee: payment.PayeeFact{
			LegalName: "PT Kabar", Kind: "company", HasNPWP: true, HasBank: true, AccountOwner: "PT. KABAR", VATRegistered: true,
		}}}
	}
	for name, c := range map[string]struct {
		change func(*payment.Payment, *payment.Facts)
		want   []rule.Code
	}{
		"in order":   {func(*payment.Payment, *payment.Facts) {}, nil},
		"no account": {func(_ *payment.Payment, f *payment.Facts) { f.Money.Payee.HasBank = false }, []rule.Code{rule.BankMissingPayment}},
		"another's":  {func(_ *payment.Payment, f *payment.Facts) { f.Money.Payee.AccountOwner = "Budi" }, []rule.Code{rule.BankOwnerPayment}},
		"no numbers": {func(_ *payment.Payment, f *payment.Facts) { f.Money.Payee.HasNPWP, f.Money.Payee.HasNIK = false, true }, []rule.Code{rule.NPWPMissingPayment}},
		"a person": {func(_ *payment.Payment, f *payment.Facts) {
			f.Money.Payee.Kind, f.Money.Payee.HasNPWP, f.Money.Payee.HasNIK = "individual", false, true
		}, nil},
		"not PKP":   {func(_ *payment.Payment, f *payment.Facts) { f.Money.Payee.VATRegistered = false }, []rule.Code{rule.PKPMissingPayment}},
		"old paper": {func(_ *payment.Payment, f *payment.Facts) { f.Money.Expired = []payment.ExpiredFact{{Name: "NIB"}} }, []rule.Code{rule.DocumentExpired}},
		"suket": {func(p *payment.Payment, f *payment.Facts) {
			p.Taxes, f.Money.Payee.Suket = []payment.Tax{{Kind: "pph_final"}}, period.MustDate("2026-06-12")
		}, []rule.Code{rule.SuketExpiredPayment}},
		"suket that day": {func(p *payment.Payment, f *payment.Facts) {
			p.Taxes, f.Money.Payee.Suket = []payment.Tax{{Kind: "pph_final"}}, day
		}, nil},
		"ahead": {func(_ *payment.Payment, f *payment.Facts) { f.Money.Today = period.MustDate("2026-06-12") }, []rule.Code{rule.DatedAhead}},
		"billed early": {func(_ *payment.Payment, f *payment.Facts) {
			f.Money.Chain = []payment.DateFact{{Ordered: day, First: day, Last: day, Invoiced: day}, {Ordered: day, First: day, Last: day.AddDays(1), Invoiced: day}}
		}, []rule.Code{rule.DocumentDates}},
		"no receipts": {func(p *payment.Payment, _ *payment.Facts) { p.Kind, p.Gross = payment.UP, 50_000_000 }, []rule.Code{rule.ImprestReceiptMissing}},
		"over limit": {func(p *payment.Payment, _ *payment.Facts) {
			p.Kind, p.Receipts = payment.GU, []payment.Receipt{{Amount: 50_000_001}, {Amount: 9_999_999}}
		}, []rule.Code{rule.UPOverLimit}},
		"TU in time": {func(p *payment.Payment, _ *payment.Facts) {
			p.Kind, p.Receipts, p.Drawn = payment.TU, []payment.Receipt{{Amount: 60_000_000}}, payment.Drawing{Number: "1", Date: period.MustDate("2026-05-14"), Amount: 60_000_000}
		}, nil},
		"TU late": {func(p *payment.Payment, _ *payment.Facts) {
			p.Kind, p.Receipts, p.Drawn = payment.TU, []payment.Receipt{{Amount: 60_000_000}}, payment.Drawing{Number: "1", Date: period.MustDate("2026-05-13"), Amount: 61_000_000}
		}, []rule.Code{rule.TULate, rule.TULeftover}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, f := base, facts()
			c.change(&p, &f)
			var got []rule.Code
			for _, d := range p.Assess(f, nil, day, chain.Now()).Doubts {
				got = append(got, d.Rule)
			}
			if diff := differs(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
