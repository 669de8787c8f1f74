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
	line, vendor, outlet, account                         string
	ownership, tier                                       string
	locked, budget                                        string
	draft, withdrawn, submitted, active, idle             string
	group, member                                         string // an owner group and its first member
	through, split, recipient                             string // an agreement in force with an agency, a draft, and whom the first one pays
	plain, pending, retracted                             string // in force: without amendment, with one to decide, with one to withdraw
	working, held, framework, ended                       string // in force: to suspend, suspended, a framework agreement; closed
	planned, published, verified                          string
	invoice, requested, receipt, authorised, settled, tax string
	vendorPaper, slip, object                             string
	agreementID, deliverableID, campaign                  string
	january, february                                     string // asked to be closed
	cash                                                  string // a draft of a cash plan
	debt, undecided                                       string // recognitions of debt that were proposed
	owed, next                                            string // ids: an agreement that owes, and next year's budget line
	asked, mine, tolerated, roleAsked                     string // overrides
	requirement, grade, productRule, result               string // of vetting; extra is a result that is voided
	journalist, barred, lifted, extra                     string
	rule                                                  string // a row that was set
	file, required, decree, entry                         string // a paper of the draft, a row of the checklist, a list and a medium on it
	price, spare, listed                                  string // price references, the second to be void; a price list that was kept
	matrix                                                string // a row of the approval matrix
	link, linkNew, sent, sentWrong                        string // a vendor's link, the form for one, and what he sent: to take in, to return
	aired                                                 aired  // logs of stations and figures of posts
	handed
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
	s.account = "/social-accounts/" + account.id()
	proof := m{"proven_by": "bio_code", "proven_on": "2026-02-02", "file": s.paper(t, "bio")}
	s.ownership = s.account + "/ownership-proofs/" + s.do(t, "staff", "POST", s.account+"/ownership-proofs", proof).want(201).id()
	s.tier = "/tiers/" + s.do(t, "staff", "POST", "/tiers", m{"name": "mikro", "followers_from": 10_000, "followers_to": 50_000, "valid_from": "2026-01-01", "basis": "Perbup 41/2025"}).want(201).id()
	s.locked = "./budgets/" + fmt.Sprint(s.do(t, "staff", "GET", "./budget-versions", nil).want(200).items()[0]["id"])
	s.budget = "./budgets/" + s.do(t, "staff", "POST", "./budget-versions", budgetBody("revision", "DPPA/1", 600_000_000)).want(201).id()

	standard := func(product string) string {
		return "/price-references/" + s.do(t, "staff", "POST", "/price-references", m{
			"product": product, "unit": "artikel", "unit_price": 9_000_000, "basis": "Perbup", "valid_from": "2026-01-01",
		}).want(201).id()
	}
	s.price, s.spare = standard("galeri"), standard("liputan")
	s.listed = s.visitor(t, "staff").list(t, "uraian barang;satuan;harga satuan\nKolase;lembar;5.000\n")
	s.matrix = "/approval-rules/" + s.do(t, "admin", "POST", "/approval-rules", m{
		"kind": "influencer", "gross_from": 100_000_000_000, "gross_to": 200_000_000_000, "steps": []string{"ppk", "head"}, "valid_from": "2026-03-01", "basis": "SK 1/2026",
	}).want(201).id()
	s.rule = "/rules/" + fmt.Sprint(s.do(t, "admin", "GET", "/rules?code=account_mismatch", nil).want(200).items()[0]["id"])
	s.campaign = "./campaigns/" + s.do(t, "staff", "POST", "./campaigns", m{"name": "Sehat", "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201).id()
	agree := func(number string) string {
		return s.do(t, "staff", "POST", "./agreements", terms(number, vendor, outlet, line, 2, 1_000_000)).want(201).id()
	}
	submit := func(id string) string {
		return s.do(t, "staff", "POST", "./agreements/"+id+"/submit", nil).want(200).id()
	}
	s.draft = "./agreements/" + agree("SP/DRAF")
	s.file = s.draft + "/papers/" + s.do(t, "staff", "POST", s.draft+"/papers", m{"code": "contract", "file": s.paper(t, "naskah")}).want(201).id()
	s.required = "/paper-requirements/" + s.do(t, "admin", "POST", "/paper-requirements", checklistBody("surat_minat")).want(201).id()
	s.decree = "/cooperation-lists/" + s.do(t, "staff", "POST", "/cooperation-lists", decreeBody("KEP/1")).want(201).id()
	on := s.do(t, "staff", "POST", s.decree+"/entries", m{"outlet_id": outlet}).want(201)
	s.entry = s.decree + "/entries/" + fmt.Sprint(on.body["entries"].([]any)[0].(m)["id"])
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
	s.live(t, vendor, outlet, line)
	s.place(t)
	s.pay(t, a)
	s.handOver(t)
	s.january = "./periods/" + s.askClosing(t, "2026-01")
	s.february = "./periods/" + s.askClosing(t, "2026-02")
	s.cash = "./cash-plans/" + s.do(t, "staff", "POST", "./cash-plans", cashBody("SPD/1", line, 100_000_000)).want(201).id()
	s.owe(t, vendor, outlet, line)
	s.passOn(t, line)
	s.depart(t)
	s.vet(t, outlet)
	s.forward(t, vendor, outlet, line)
	s.air(t, vendor, line)
}

// vet makes a row of each kind of vetting, and somebody on the blacklist.
func (s *stock) vet(t testing.TB, outlet string) {
	t.Helper()
	made := func(path string, body m) string {
		book := path[strings.LastIndexByte(path, '/')+1:]
		return "/" + book + "/" + s.do(t, "staff", "POST", path, body).want(201).id()
	}
	s.requirement, s.grade = made("/requirements", requirementBody("akta")), made("/requirement-grades", m{"fiscal_year": 2026, "grade": "A", "min_points": 20, "basis": "Perbup"})
	s.productRule = made("/product-rules", m{"product": "sewa", "accounts": []string{"5.1"}, "valid_from": "2026-01-01", "basis": "SE"})
	asked := requirementBody("kantor")
	asked["mandatory"] = false
	of := m{"requirement_id": strings.TrimPrefix(made("/requirements", asked), "/requirements/"), "met": true, "valid_from": "2026-02-01"}
	s.result, s.extra = made("/outlets/"+outlet+"/requirement-results", of), made("/outlets/"+outlet+"/requirement-results", of)
	s.journalist = made("/outlets/"+outlet+"/journalist-certificates", m{"name": "Tini", "number": "1-UKW", "level": "muda"})
	other := s.do(t, "staff", "POST", "/vendors", m{"kind": "company", "legal_name": "CV Hitam"}).want(201).id()
	bar := func(decree string) string {
		return made("/blacklist-entries", m{"vendor_id": other, "valid_from": "2026-02-01", "ground": "Ingkar", "decree_number": decree})
	}
	s.barred, s.lifted = bar("027/1/2026"), bar("027/2/2026")
}

// live makes agreements at turns of their life.
func (s *stock) live(t testing.TB, vendor, outlet, line string) {
	t.Helper()
	force := func(number string) string {
		return "./agreements/" + s.office.active(t, terms(number, vendor, outlet, line, 1, 1_000_000)).id()
	}
	s.working, s.held, s.ended = force("SP/JEDA"), force("SP/TAHAN"), force("SP/USAI")
	s.do(t, "ppk", "POST", s.held+"/suspend", m{"date": "2026-03-02", "reason": "Sebab"}).want(200)
	s.do(t, "ppk", "POST", s.ended+"/close", nil).want(200)
	f := s.office.framework(t, "PAYUNG/1", vendor, outlet, line, 1_000_000, 5_000_000)
	s.framework = "./agreements/" + f.id()
	s.office.active(t, under(f, "SP/PESAN", vendor, outlet, line, 2, 1_000_000))
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
	s.receipt = s.requested + "/papers/" + s.putPaper(t, "treasurer", s.requested, "receipt", "KW/1").want(201).id()
	authorised := ask("2", invoice("A-3", ids[2]))
	s.do(t, "head", "POST", "./payments/"+authorised+"/authorise", m{"spm": m{"number": "SPM/2", "date": "2026-03-13"}}).want(200)
	s.authorised = "./payments/" + authorised
	paid := s.paidBy(t, a, invoice("A-4", ids[3]), "3")
	s.settled = "./payments/" + paid.id()
	for _, tax := range paid.body["taxes"].([]any) {
		if tax := tax.(m); tax["kind"] != "ppn" { // VAT has no slip
			s.declare(t, fmt.Sprint(tax["id"]))
		}
	}
}

// declare makes a slip of the tax, a paper of the vendor and a kind of object.
func (s *stock) declare(t testing.TB, tax string) {
	t.Helper()
	s.tax = s.settled + "/taxes/" + tax
	s.slip = "./withholding-slips/" + s.do(t, "treasurer", "POST", "./withholding-slips", m{"tax_id": tax, "number": "BP-1", "date": "2026-04-10"}).want(201).id()
	s.vendorPaper = s.invoice + "/papers/" + s.do(t, "staff", "POST", s.invoice+"/papers", m{"kind": "other", "origin": "vendor", "file": s.paper(t, "surat")}).want(201).id()
	s.object = "/tax-objects/" + s.do(t, "admin", "POST", "/tax-objects", objectBody()).want(201).id()
}

// objectBody is a kind of tax object.
func objectBody() m {
	return m{"kind": "pph4_2", "code": "28-403-02", "name": "Sewa", "valid_from": "2026-01-01", "source": "KPP"}
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
		"vendor vendor_document vendor_check outlet social_account social_snapshot account_ownership creator_statement tier campaign agreement deliverable " +
		"deliverable_price recipient recipient_confirmation placement proof acceptance acceptance_shortfall recap inspection invoice_line amendment agreement_suspension agreement_final_account agreement_approval " +
		"invoice invoice_paper payment payment_tax reversed_deposit withholding_slip tax_object report_run tax_rate override override_use rule approval_rule price_reference agreement_assessment agreement_paper payment_paper " +
		"paper_requirement cooperation_list cooperation_entry owner_group owner_group_member requirement grade_bound requirement_result press_check " +
		"journalist_certificate product_rule blacklist period cash_plan_document cash_plan_document_line cash_plan debt_recognition debt_recognition_line") {
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

// passOn makes a group of owners, and two agreements with an agency: one in force and a draft.
func (s *stock) passOn(t testing.TB, line string) {
	t.Helper()
	g := s.do(t, "staff", "POST", "/owner-groups", m{"name": "Kelompok Contoh"}).want(201)
	s.group = "/owner-groups/" + g.id()
	agency := s.creators(t, "perantara")
	s.member = s.do(t, "staff", "POST", s.group+"/members", m{"vendor_id": agency, "since": "2026-01-01"}).want(201).id()
	account := fmt.Sprint(s.do(t, "staff", "GET", "/social-accounts?handle=perantara", nil).want(200).items()[0]["id"])
	a := s.office.active(t, throughTerms("SP/AGENSI/1", agency, line, 100_000, m{"social_account_id": account, "net": 900_000}))
	s.through, s.recipient = "./agreements/"+a.id(), fmt.Sprint(a.body["look_through"].(m)["recipients"].([]any)[0].(m)["id"])
	s.split = "./agreements/" + s.do(t, "staff", "POST", "./agreements", throughTerms("SP/AGENSI/2", agency, line, 100_000, m{"social_account_id": account, "net": 900_000})).want(201).id()
}

// throughTerms are an agreement with an agency of one unit at a million, tax included, on each recipient's account.
func throughTerms(number, agency, line string, fee int64, recipients ...m) m {
	body := terms(number, agency, "", line, 1, 1_000_000)
	body["kind"], body["look_through"] = "influencer", m{"via_agency": true, "fee": fee, "recipients": recipients}
	var lines []m
	for _, r := range recipients {
		lines = append(lines, m{
			"product": "reel", "social_account_id": r["social_account_id"], "budget_line_id": line, "quantity": 1, "unit": "konten", "unit_price": 1_000_000,
			"tax_inclusive": true, "label_required": true,
		})
	}
	body["deliverables"] = lines
	return body
}
