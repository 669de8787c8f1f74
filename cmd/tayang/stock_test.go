package main

import (
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tayang/db/dbtest"
	"tayang/db/sample"
)

// stock is an office with a record in every state that a page can show. Its fields are paths of pages.
type stock struct {
	*office
	line, vendor, outlet, account                string
	locked, budget                               string
	draft, withdrawn, submitted, active, idle    string
	plain, pending, retracted                    string // in force: without amendment, with one to decide, with one to withdraw
	planned, published, verified                 string
	invoice, requested, authorised, settled, tax string
	agreementID, deliverableID, campaign         string
	january, february                            string // asked to be closed
	cash                                         string // a draft of a cash plan
	debt, undecided                              string // recognitions of debt that were proposed
	owed, next                                   string // ids: an agreement that owes, and next year's budget line
	asked, mine, tolerated, roleAsked            string // overrides
	rule                                         string // a row that was set
}

// newStock fills an office whose clock stands still, so that the forms' years are those of the papers.
func newStock(t testing.TB) *stock {
	t.Helper()
	owner, _ := dbtest.DSNs(t)
	cfg := config{Addr: "127.0.0.1:0", DatabaseURL: owner, Data: t.TempDir(), BaseURL: "http://127.0.0.1:8080", Log: "error"}
	p, err := open(t.Context(), cfg, slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		t.Fatal(err)
	}
	p.now = func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }
	if p.app, err = p.wire(); err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Begin(t.Context(), p.store); err != nil {
		t.Fatal(err)
	}
	s := &stock{office: &office{p: p, tokens: map[string]string{}}}
	s.serve(t)
	s.fill(t)
	return s
}

func (s *stock) fill(t testing.TB) {
	t.Helper()
	line := s.office.budget(t, 500_000_000)[0]
	vendor, outlet := s.medium(t, "0123456789012345")
	s.line, s.vendor = "./budget-lines/"+line, "/vendors/"+vendor
	s.outlet = s.vendor + "/outlets/" + outlet
	account := s.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": vendor, "platform": "instagram", "handle": "contoh.pos"}).want(201)
	s.account = s.vendor + "/social-accounts/" + account.id()
	s.locked = "./budgets/" + fmt.Sprint(s.do(t, "staff", "GET", "./budget-versions", nil).want(200).items()[0]["id"])
	s.budget = "./budgets/" + s.do(t, "staff", "POST", "./budget-versions", budgetBody("revision", "DPPA/1", 600_000_000)).want(201).id()

	s.rule = "/rules/" + fmt.Sprint(s.do(t, "admin", "GET", "/rules", nil).want(200).items()[0]["id"])
	s.campaign = "./campaigns/" + s.do(t, "staff", "POST", "./campaigns", m{"name": "Sehat", "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201).id()
	agree := func(number string) string {
		return s.do(t, "staff", "POST", "./agreements", terms(number, vendor, outlet, line, 2, 1_000_000)).want(201).id()
	}
	submit := func(id string) string {
		return s.do(t, "staff", "POST", "./agreements/"+id+"/submit", nil).want(200).id()
	}
	s.draft = "./agreements/" + agree("SP/DRAF")
	s.withdrawn, s.submitted = "./agreements/"+submit(agree("SP/TARIK")), "./agreements/"+submit(agree("SP/USUL"))
	s.idle = "./agreements/" + s.office.active(t, terms("SP/SEPI", vendor, outlet, line, 1, 1_000_000)).id()
	force := func(number string) reply {
		return s.office.active(t, terms(number, vendor, outlet, line, 10, 1_000_000))
	}
	s.plain = "./agreements/" + force("SP/UBAH").id()
	for _, p := range []struct {
		path   *string
		number string
	}{{&s.pending, "SP/ADENDUM"}, {&s.retracted, "SP/BATAL"}} {
		a := force(p.number)
		*p.path = "./agreements/" + s.amend(t, a, amendment("ADD/1", a, 11)).want(200).id()
	}
	a := s.office.active(t, terms("SP/JALAN", vendor, outlet, line, 20, 1_000_000))
	s.active, s.agreementID, s.deliverableID = "./agreements/"+a.id(), a.id(), a.deliverables()[0]
	s.place(t)
	s.pay(t, a)
	s.january = "./periods/" + s.askClosing(t, "2026-01")
	s.february = "./periods/" + s.askClosing(t, "2026-02")
	s.cash = "./cash-plans/" + s.do(t, "staff", "POST", "./cash-plans", cashBody("SPD/1", line, 100_000_000)).want(201).id()
	s.owe(t, vendor, outlet, line)
	s.depart(t)
}

// owe makes three agreements that owe for an article, next year's budget, and recognitions of the debt of two.
func (s *stock) owe(t testing.TB, vendor, outlet, line string) {
	t.Helper()
	body := budgetBody("original", "DPA/2027", 200_000_000)
	body["fiscal_year"], body["date"] = 2027, "2027-01-04"
	v := s.do(t, "staff", "POST", "./budget-versions", body).want(201)
	s.do(t, "head", "POST", "./budget-versions/"+v.id()+"/lock", nil).want(200)
	s.next = fmt.Sprint(s.do(t, "staff", "GET", "./budget-lines?fiscal_year=2027", nil).want(200).items()[0]["id"])
	var owing []string
	for _, number := range []string{"SP/UTANG/1", "SP/UTANG/2", "SP/UTANG/3"} {
		a := s.office.active(t, terms(number, vendor, outlet, line, 1, 1_000_000))
		s.office.published(t, a.deliverables()[0])
		owing = append(owing, a.id())
	}
	propose := func(number, agreement string) string {
		return "./debt-recognitions/" + s.do(t, "staff", "POST", "./debt-recognitions", debtBody(number, agreement, line, s.next, 1_000_000)).want(201).id()
	}
	s.debt, s.undecided, s.owed = propose("PU/1", owing[0]), propose("PU/2", owing[1]), owing[2]
}

// debtBody recognises a debt on the fifth of January.
func debtBody(number, agreement, from, to string, amount int64) m {
	return m{"agreement_id": agreement, "number": number, "date": "2027-01-05", "lines": []m{{"from_line": from, "to_line": to, "amount": amount}}}
}

// cashBody is a cash plan of one budget line with the same amount in April and May.
func cashBody(number, line string, amount int64) m {
	return m{"fiscal_year": 2026, "number": number, "date": "2026-01-05", "lines": []m{
		{"budget_line_id": line, "month": 4, "amount": amount}, {"budget_line_id": line, "month": 5, "amount": amount},
	}}
}

// askClosing asks for a month to be closed.
func (s *stock) askClosing(t testing.TB, month string) string {
	t.Helper()
	return s.do(t, "treasurer", "POST", "./periods", m{"month": month, "reason": "Rekonsiliasi selesai"}).want(201).id()
}

// depart asks for overrides: two that wait, of staff; one of money and one of a role that hold or wait.
func (s *stock) depart(t testing.TB) {
	t.Helper()
	ask := func(who string, body m) string {
		return "./overrides/" + s.do(t, who, "POST", "./overrides", body).want(201).id()
	}
	s.asked, s.mine = ask("staff", tolerate(100)), ask("staff", tolerate(200))
	s.tolerated = "./overrides/" + s.override(t, "staff", "head", m{"kind": "period_reopen", "subject": m{"month": "2026-02"}, "reason": "SP2D terlambat"}).id()
	s.roleAsked = ask("admin", m{"kind": "role_change", "reason": "SK mutasi", "subject": m{
		"email": "ppk@contoh.go.id", "role": "verifier", "agency_code": sample.Kominfo, "action": "grant",
	}})
}

func (s *stock) place(t testing.TB) {
	t.Helper()
	plan := m{"deliverable_id": s.deliverableID, "scheduled_on": "2026-03-02", "title": "Rencana"}
	s.planned = "./placements/" + s.do(t, "staff", "POST", "./placements", plan).want(201).id()
	s.published = "./placements/" + s.office.published(t, s.deliverableID).id()
	s.verified = "./placements/" + s.office.verified(t, s.deliverableID, 1)[0]
}

// pay makes an invoice that nobody asked payment for, and payments at each of their three steps.
func (s *stock) pay(t testing.TB, a reply) {
	t.Helper()
	ids := s.accepted(t, a, 5)
	invoice := func(number string, placement string) string {
		return s.do(t, "staff", "POST", "./invoices", s.bill(t, a, number, 1_000_000, []string{placement})).want(201).id()
	}
	s.invoice = "./invoices/" + invoice("A-1", ids[0])
	ask := func(number, invoice string) string {
		return s.do(t, "staff", "POST", "./payments", request(a, "SPP/"+number, invoice)).want(201).id()
	}
	s.requested = "./payments/" + ask("1", invoice("A-2", ids[1]))
	authorised := ask("2", invoice("A-3", ids[2]))
	s.do(t, "head", "POST", "./payments/"+authorised+"/authorise", m{"spm": m{"number": "SPM/2", "date": "2026-03-13"}}).want(200)
	s.authorised = "./payments/" + authorised
	paid := s.paidBy(t, a, invoice("A-4", ids[3]), "3")
	s.settled = "./payments/" + paid.id()
	s.tax = s.settled + "/taxes/" + fmt.Sprint(paid.body["taxes"].([]any)[0].(m)["id"])
}

// content is a line for each table with a digest of its rows. Sessions and files are left out: a file is kept before the
// deed it is for.
func (s *stock) content(t testing.TB) string {
	t.Helper()
	all, err := sql.Open("postgres", s.p.owner)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = all.Close() }()
	var one strings.Builder
	for _, table := range strings.Fields("government agency user_account user_role budget_version budget_line budget_version_line ledger_entry " +
		"vendor vendor_document vendor_check outlet social_account social_snapshot campaign agreement deliverable placement proof acceptance amendment " +
		"invoice payment payment_tax report_run tax_rate override override_use rule agreement_assessment period cash_plan_document cash_plan_document_line cash_plan debt_recognition debt_recognition_line") {
		var rows string
		if err := all.QueryRowContext(t.Context(), "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM "+table+" t").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		one.WriteString(table + " " + rows + "\n")
	}
	return one.String()
}

// roles are the people of the sample office who come to the communication office's pages.
func roles() []string {
	return []string{"staff", "ppk", "verifier", "treasurer", "head", "auditor", "admin", "staff.setwan"}
}
