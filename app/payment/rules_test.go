package payment_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/tax"
	"tayang/db/dbtest/chain"
)

func paper(number, date string) payment.Paper {
	return payment.Paper{Number: number, Date: chain.Day(date)}
}

func someone() payment.Stamp {
	return payment.Stamp{By: uuid.New()}
}

// paid is a payment in a state, with the papers of that state.
func paid(status payment.Status) payment.Payment {
	p := payment.Payment{
		ID: uuid.New(), Status: status, AgreementStatus: agreement.Active, FiscalYear: 2026, Price: 100, VAT: 11, Gross: 111,
		SPP: paper("SPP/1", "2026-06-12"), Taxes: []payment.Tax{{ID: uuid.New(), Kind: tax.PPh23, Amount: 2}},
	}
	if status != payment.Requested {
		p.SPM = paper("SPM/1", "2026-06-13")
	}
	if status == payment.Settled {
		p.SP2D = paper("SP2D/1", "2026-06-15")
	}
	return p
}

func TestStatusByVerb(t *testing.T) {
	t.Parallel()
	slip := payment.Slip{BillingCode: "123456789012345", NTPN: "ABCD1234efgh5678", Date: chain.Day("2026-07-01")}
	reversal := func(s payment.Status) payment.Reversal {
		if s == payment.Settled {
			return payment.Reversal{Reason: "salah", STS: paper("STS/1", "2026-07-01")}
		}
		return payment.Reversal{Reason: "salah"}
	}
	status := func(p payment.Payment, err error) (payment.Status, error) { return p.Status, err }
	verbs := []struct {
		name string
		do   func(payment.Payment) (payment.Status, error)
	}{
		{"authorise", func(p payment.Payment) (payment.Status, error) {
			return status(p.Authorise(paper("SPM/1", "2026-06-13"), someone()))
		}},
		{"settle", func(p payment.Payment) (payment.Status, error) {
			return status(p.Settle(paper("SP2D/1", "2026-06-15"), someone()))
		}},
		{"reverse", func(p payment.Payment) (payment.Status, error) {
			return status(p.Reverse(reversal(p.Status), someone()))
		}},
		{"deposit", func(p payment.Payment) (payment.Status, error) {
			p, _, err := p.Deposit(p.Taxes[0].ID, slip, someone())
			return p.Status, err
		}},
	}
	var b strings.Builder
	for _, s := range []payment.Status{payment.Requested, payment.Authorised, payment.Settled, payment.Reversed} {
		fmt.Fprintf(&b, "\n%s:", s)
		for _, v := range verbs {
			next, err := v.do(paid(s))
			if fault.Is(err, "wrong_state") {
				next = "-"
			} else {
				chain.Wants(t, err, "")
			}
			fmt.Fprintf(&b, " %s=%s", v.name, next)
		}
	}
	const golden = `
requested: authorise=authorised settle=- reverse=reversed deposit=-
authorised: authorise=- settle=settled reverse=reversed deposit=-
settled: authorise=- settle=- reverse=reversed deposit=settled
reversed: authorise=- settle=- reverse=- deposit=-`
	if diff := cmp.Diff(strings.Split(golden, "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPapersFollowEachOther(t *testing.T) {
	t.Parallel()
	authorise := func(p payment.Paper) error { _, err := paid(payment.Requested).Authorise(p, someone()); return err }
	settle := func(p payment.Paper) error { _, err := paid(payment.Authorised).Settle(p, someone()); return err }
	reverse := func(r payment.Reversal) error { _, err := paid(payment.Settled).Reverse(r, someone()); return err }
	withdraw := func(r payment.Reversal) error { _, err := paid(payment.Authorised).Reverse(r, someone()); return err }
	for name, c := range map[string]struct {
		err    error
		fields []string
	}{
		"no SPM":                  {authorise(payment.Paper{}), []string{"/spm/number required", "/spm/date required"}},
		"SPM before SPP":          {authorise(paper("1", "2026-06-11")), []string{"/spm/date before"}},
		"SPM number of signs":     {authorise(paper("-/-", "2026-06-13")), []string{"/spm/number bad_code"}},
		"SP2D before SPM":         {settle(paper("1", "2026-06-12")), []string{"/sp2d/date before"}},
		"SP2D of another year":    {settle(paper("1", "2025-12-31")), []string{"/sp2d/date before", "/sp2d/date outside_fiscal_year"}},
		"reversal without papers": {reverse(payment.Reversal{}), []string{"/reason required", "/sts/number required", "/sts/date required"}},
		"STS before SP2D":         {reverse(payment.Reversal{Reason: "salah", STS: paper("1", "2026-06-14")}), []string{"/sts/date before"}},
		"STS without settlement":  {withdraw(payment.Reversal{Reason: "salah", STS: paper("1", "2026-06-14")}), []string{"/sts not_settled"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chain.Wants(t, c.err, "invalid", c.fields...)
		})
	}
}

func TestDepositIsChecked(t *testing.T) {
	t.Parallel()
	p := paid(payment.Settled)
	_, _, err := p.Deposit(uuid.New(), payment.Slip{}, someone())
	chain.Wants(t, err, "not_found")
	_, _, err = p.Deposit(p.Taxes[0].ID, payment.Slip{BillingCode: "12345", NTPN: "ABC", Date: chain.Day("2026-06-14")}, someone())
	chain.Wants(t, err, "invalid", "/billing_code digits", "/ntpn alphanumerics", "/date before")
	done, made, err := p.Deposit(p.Taxes[0].ID, payment.Slip{BillingCode: " 123456789012345", NTPN: "abcd1234efgh5678 ", Date: chain.Day("2026-06-15")}, someone())
	chain.Wants(t, err, "")
	if made.NTPN != "ABCD1234EFGH5678" || made.BillingCode != "123456789012345" || p.Taxes[0].NTPN != "" {
		t.Errorf("made %+v of %+v", made, p.Taxes[0])
	}
	_, _, err = done.Deposit(made.ID, payment.Slip{}, someone())
	chain.Wants(t, err, "wrong_state")
}

func TestMoneyGoesWhereItCameFrom(t *testing.T) {
	t.Parallel()
	shares := []payment.Share{{Line: uuid.New(), Gross: 100}, {Line: uuid.New(), Gross: 11}}
	for of, to := range map[agreement.Status]budget.Account{
		agreement.Active: budget.Committed, agreement.Completed: budget.Committed,
		agreement.Terminated: budget.Committed, agreement.Closed: budget.Available,
	} {
		p := paid(payment.Settled)
		p.AgreementStatus, p.STS, p.Reason = of, paper("STS/1", "2026-07-01"), "salah"
		back, err := p.Refund(shares)
		chain.Wants(t, err, "")
		for i, m := range back {
			if m.From != budget.Realised || m.To != to || m.Amount != shares[i].Gross || m.Document.Number != "STS/1" || m.EffectiveOn != p.STS.Date {
				t.Errorf("%s: %+v", of, m)
			}
		}
	}
	p := paid(payment.Settled)
	there, err := p.Realise(shares)
	chain.Wants(t, err, "")
	if there[0].From != budget.Committed || there[0].To != budget.Realised || there[1].EffectiveOn != p.SP2D.Date || there[0].Document.Number != "SP2D/1" {
		t.Errorf("%+v", there)
	}
	if _, err := p.Realise(shares[:1]); fault.From(err).Kind != fault.Internal {
		t.Errorf("shares that do not sum passed: %v", err)
	}
}

func aBill() (payment.Bill, agreement.Agreement, []placement.Placement) {
	a := agreement.Agreement{ID: uuid.New(), Status: agreement.Active, OrderDate: chain.Day("2026-05-01"), Value: 300}
	ps := []placement.Placement{{ID: uuid.New(), Status: placement.Accepted, Net: 100, VAT: 11, Gross: 111}, {ID: uuid.New(), Status: placement.Accepted, Net: 200, Gross: 200}}
	for i := range ps {
		ps[i].AgreementID = a.ID
	}
	return payment.Bill{
		AgreementID: a.ID, Number: "A-1", Date: chain.Day("2026-06-11"), Amount: 311, TaxInvoiceNumber: "040.026-00.12345678 9",
		PlacementIDs: []uuid.UUID{ps[0].ID, ps[1].ID},
	}, a, ps
}

func TestBillIsChecked(t *testing.T) {
	t.Parallel()
	chain.Wants(t, payment.Bill{}.Check(), "invalid", "/number required", "/date required", "/amount out_of_range", "/placement_ids required")
	b, _, _ := aBill()
	chain.Wants(t, b.Trimmed().Check(), "")
	b.Number, b.Date, b.Amount, b.TaxInvoiceNumber, b.File = "--", chain.Day("2026-11-25"), -1, "12", "zz"
	chain.Wants(t, b.Check(), "invalid", "/number bad_code", "/amount out_of_range", "/tax_invoice_number digits", "/file bad_hash")
}

// refuse lets no invoice ask for more than its placements give.
func refuse(money.Amount) bool { return false }

func TestInvoiceIsHeldAgainstPlacements(t *testing.T) {
	t.Parallel()
	b, a, ps := aBill()
	i, err := b.Invoice(a, ps, refuse)
	chain.Wants(t, err, "")
	if i.Price != 300 || i.VAT != 11 || i.Status != payment.Open {
		t.Errorf("got %+v", i)
	}
	b.Amount, b.TaxInvoiceNumber, b.Date = 310, "", chain.Day("2026-04-30")
	_, err = b.Invoice(a, ps, refuse)
	chain.Wants(t, err, "invalid", "/date before", "/amount amount_mismatch")
	if got := fault.From(err).Fields[1].Args; got["amount"] != money.Amount(310) || got["expected"] != money.Amount(311) {
		t.Errorf("figures %v", got)
	}
	b.Date, b.Amount = chain.Day("2026-06-11"), 315
	_, err = b.Invoice(a, ps, refuse)
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	i, err = b.Invoice(a, ps, func(excess money.Amount) bool { return excess == 4 })
	chain.Wants(t, err, "")
	if i.Excess != 4 || i.Price+i.VAT+i.Excess != i.Amount {
		t.Errorf("an override lets the excess through and keeps it apart: %+v", i)
	}
	b.Amount = 310
	_, err = b.Invoice(a, ps, func(money.Amount) bool { return true })
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	ps[0].Status = placement.Verified
	_, err = b.Invoice(a, ps, refuse)
	chain.Wants(t, err, "wrong_state", "/placement_ids/0 wrong_state")
	a.Status = agreement.Closed
	_, err = b.Invoice(a, ps, refuse)
	chain.Wants(t, err, "wrong_state")
}

func TestRequestIsHeldAgainstInvoices(t *testing.T) {
	t.Parallel()
	a := agreement.Agreement{ID: uuid.New(), Status: agreement.Active, Value: 10_000_000}
	invoice := func(change func(*payment.Invoice)) payment.Invoice {
		i := payment.Invoice{
			ID: uuid.New(), AgreementID: a.ID, Number: "A-1", Status: payment.Open, File: "f", Price: 1_000_000, VAT: 110_000, Amount: 1_110_000,
			Date: chain.Day("2026-06-11"), AcceptedOn: chain.Day("2026-06-10"),
		}
		change(&i)
		return i
	}
	good := invoice(func(*payment.Invoice) {})
	for name, c := range map[string]struct {
		found  []payment.Invoice
		date   string
		code   string
		fields []string
	}{
		"of another agreement":  {[]payment.Invoice{invoice(func(i *payment.Invoice) { i.AgreementID = uuid.New() })}, "2026-06-12", "invalid", []string{"/invoice_ids/0 other_agreement"}},
		"in another payment":    {[]payment.Invoice{good, invoice(func(i *payment.Invoice) { i.Status = "authorised" })}, "2026-06-12", "wrong_state", []string{"/invoice_ids/1 wrong_state"}},
		"before the invoice":    {[]payment.Invoice{good}, "2026-06-10", "invalid", []string{"/spp/date before"}},
		"before the acceptance": {[]payment.Invoice{good}, "2026-06-09", "invalid", []string{"/spp/date before", "/spp/date before"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := payment.Request{Kind: payment.LS, SPP: paper("1", c.date)}
			for _, i := range c.found {
				r.InvoiceIDs = append(r.InvoiceIDs, i.ID)
			}
			_, err := r.Payment(a, c.found, tax.Payee{Kind: tax.Company}, tax.Statutory(), payment.Book{})
			chain.Wants(t, err, c.code, c.fields...)
		})
	}
	r := payment.Request{Kind: "lss", InvoiceIDs: []uuid.UUID{good.ID, good.ID}, SPP: payment.Paper{}}
	chain.Wants(t, r.Check(), "invalid", "/kind unknown_choice", "/invoice_ids/1 duplicate", "/spp/number required", "/spp/date required")
}

func TestPaymentAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := agreement.Agreement{ID: uuid.New(), Status: agreement.Active, Value: money.Amount(rapid.Int64Range(1, 1e10).Draw(t, "deal"))}
		payee := tax.Payee{
			Kind:          rapid.SampledFrom([]tax.PayeeKind{tax.Company, tax.Individual}).Draw(t, "payee"),
			VATRegistered: rapid.Bool().Draw(t, "registered"), HasNPWP: rapid.Bool().Draw(t, "numbered"),
		}
		r := payment.Request{AgreementID: a.ID, Kind: payment.LS, SPP: paper("SPP/1", "2026-06-12")}
		var found []payment.Invoice
		for range rapid.IntRange(1, 5).Draw(t, "invoices") {
			unit, err := tax.SplitUnit(money.Amount(rapid.Int64Range(1, 1e9).Draw(t, "price")), rapid.Bool().Draw(t, "inclusive"), payee, r.SPP.Date, tax.Statutory())
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, payment.Invoice{ID: uuid.New(), AgreementID: a.ID, Status: payment.Open, File: "f", Price: unit.Net, VAT: unit.VAT, Amount: unit.Gross})
			r.InvoiceIDs = append(r.InvoiceIDs, found[len(found)-1].ID)
		}
		p, err := r.Payment(a, found, payee, tax.Statutory(), payment.Book{})
		if err != nil {
			t.Fatal(err)
		}
		var invoiced, kept money.Amount
		for _, i := range found {
			invoiced += i.Amount
		}
		for _, l := range p.Taxes {
			kept += l.Amount
		}
		if p.Gross != invoiced || p.Gross != p.Price+p.VAT || p.Net+kept != p.Gross || p.Net < 0 {
			t.Fatalf("%+v does not add up to %d", p, invoiced)
		}
	})
}
