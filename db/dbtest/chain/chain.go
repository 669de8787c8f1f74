// Package chain walks a test's office along the whole chain, by the use cases that people use: a budget in force, a
// vendor with outlets, an approved agreement, placements up to any state, invoices and payments. What a test wants to
// go wrong it does itself.
package chain

import (
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/completeness"
	"tayang/app/debt"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/tax"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest/office"
)

// Chain is an office with its services. Lines are two budget lines of 2026 with Ceiling each; Vendor is a VAT-registered
// company with an outlet of every kind and a social account.
type Chain struct {
	*office.Office
	Budgets     *budget.Service
	Agreements  *agreement.Service
	Placements  *placement.Service
	Proofs      *placement.Proofs
	Acceptances *placement.Acceptances
	Handovers   *handover.Service
	Invoices    *payment.Invoices
	Payments    *payment.Service
	Corrections *payment.Corrections
	Periods     *closing.Service
	Cash        *cash.Service
	Debts       *debt.Service
	Overrides   *override.Service
	Files       *file.Service
	Papers      *agreement.Papers
	Checklist   *paper.Service
	Cooperation *registry.CooperationService
	Complete    *completeness.Service

	Vendor       registry.Vendor
	Outlets      map[placement.ChannelKind]uuid.UUID
	Account      uuid.UUID
	Lines        []budget.Line
	VendorPapers *payment.InvoicePapers

	serial atomic.Int64
}

// Ceiling is the appropriation of each budget line.
const Ceiling money.Amount = 1_000_000_000

// Now is the moment at which everything in a chain happens: a morning in Jakarta.
func Now() time.Time { return time.Date(2026, time.November, 24, 3, 0, 0, 0, time.UTC) }

// Day reads a date of the test.
func Day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// New makes an office whose budget is in force.
func New(t testing.TB) *Chain {
	t.Helper()
	return at(t, office.New(t))
}

func within[S any](c *Chain) access.Transactor[S] {
	return db.Within(c.Store, func(tx *db.Tx) S { return any(tx).(S) })
}

func reading[S any](c *Chain) access.Reader[S] {
	return db.Reading(c.Store, func(tx *db.Tx) S { return any(tx).(S) })
}

func (c *Chain) serve(t testing.TB) {
	t.Helper()
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	place := time.FixedZone("WIB", 7*60*60)
	c.Files = file.NewService(blobs, within[file.Register](c), reading[file.Register](c), file.SizeMax)
	c.Budgets = budget.NewService(within[budget.Store](c), reading[budget.Lists](c))
	c.Agreements = agreement.NewService(within[agreement.Store](c), within[agreement.MoveStore](c), reading[agreement.Lists](c), tax.Statutory(), Now, place)
	c.serveFiles()
	c.Placements = placement.NewService(within[placement.Store](c), reading[placement.Lists](c), Now, place)
	c.Proofs = placement.NewProofs(within[placement.ProofStore](c), reading[placement.Lists](c), c.Files, Now)
	c.Acceptances = placement.NewAcceptances(within[placement.AcceptanceStore](c), reading[placement.Lists](c), Now)
	c.Handovers = handover.NewService(within[handover.Store](c), reading[handover.Store](c), Now)
	c.Invoices = payment.NewInvoices(within[payment.InvoiceStore](c), reading[payment.Lists](c))
	c.Payments = payment.NewService(within[payment.RequestStore](c), within[payment.Store](c), reading[payment.Lists](c), tax.Statutory(), Now, place)
	c.Corrections = payment.NewCorrections(within[payment.CorrectionStore](c), reading[payment.Lists](c), Now)
	c.Periods = closing.NewService(within[closing.Store](c), reading[closing.Lists](c), Now, place)
	c.Debts = debt.NewService(within[debt.Store](c), reading[debt.Lists](c), Now)
	c.Cash = cash.NewService(within[cash.Store](c), reading[cash.Lists](c))
	c.Overrides = override.NewService(within[override.Store](c), reading[override.Lists](c), Now, place)
}

func (c *Chain) vote(t testing.TB) {
	t.Helper()
	line := func(code, name string) budget.VersionLine {
		return budget.VersionLine{
			Code:            budget.Code{SubActivityCode: code, AccountCode: "5.1.02.02.01.0055", FundSource: "PAD"},
			SubActivityName: name, AccountName: "Belanja Jasa Iklan/Reklame, Film, dan Pemotretan", Appropriation: Ceiling,
		}
	}
	v, err := c.Budgets.Create(t.Context(), c.Staff, c.Agency.Code, budget.CreateCommand{
		FiscalYear: 2026, Kind: budget.Original,
		Number: "DPA/1", Date: Day("2026-01-02"),
		Lines: []budget.VersionLine{line("2.16.02.2.01.0014", "Relasi Media"), line("2.16.02.2.01.0020", "Diseminasi Informasi")},
	})
	must(t, err)
	_, err = c.Budgets.Lock(t.Context(), c.Head, c.Agency.Code, v.ID, nil)
	must(t, err)
	c.Lines = c.Balances(t)
}

// Branch is another agency of the same government with a budget of its own: the same people work there, with the same
// vendor. It costs much less than a new office.
func (c *Chain) Branch(t testing.TB, code string) *Chain {
	t.Helper()
	o := *c.Office
	o.Agency = registry.Agency{ID: uuid.New(), Code: code, Name: "Cabang " + code, Scheme: c.Agency.Scheme, Currency: c.Agency.Currency}
	must(t, o.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) { return nil, tx.SaveAgency(t.Context(), o.Agency) }))
	o.Agency.Version = 1
	for _, who := range []*access.Actor{&o.Staff, &o.Colleague, &o.PPK, &o.Verifier, &o.Treasurer, &o.Head} {
		who.Grants = []access.Grant{{Role: who.Grants[0].Role, Agency: o.Agency.ID}}
		must(t, o.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) {
			return nil, tx.ChangeRole(t.Context(), who.User, override.Override{
				AgencyID: uuid.NullUUID{UUID: o.Agency.ID, Valid: true}, Subject: override.Subject{Role: who.Grants[0].Role, Action: override.Give},
			})
		}))
	}
	branch := &Chain{
		Office: &o, Budgets: c.Budgets, Agreements: c.Agreements, Placements: c.Placements, Proofs: c.Proofs, Acceptances: c.Acceptances,
		Handovers: c.Handovers, Invoices: c.Invoices, Payments: c.Payments, Files: c.Files, Vendor: c.Vendor, Outlets: c.Outlets, Account: c.Account,
	}
	branch.vote(t)
	return branch
}

// Balances gives the budget lines as they are now.
func (c *Chain) Balances(t testing.TB) []budget.Line {
	t.Helper()
	page, err := c.Budgets.Lines(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	must(t, err)
	return page.Items
}

func (c *Chain) contract(t testing.TB) {
	t.Helper()
	vendors := registry.NewVendorService(within[registry.VendorStore](c), reading[registry.VendorStore](c))
	outlets := registry.NewOutletService(within[registry.OutletStore](c), reading[registry.OutletStore](c))
	accounts := registry.NewSocialService(within[registry.SocialStore](c), reading[registry.SocialStore](c))
	var err error
	c.Vendor, err = vendors.Create(t.Context(), c.Staff, registry.VendorForm{
		Kind: registry.Company, LegalName: "PT Kabar Contoh", NPWP: "0012345678901234", VATRegistered: true,
		Bank: registry.Bank{Name: "Bank Contoh", AccountNumber: "0123456789", AccountOwner: "PT Kabar Contoh"},
	})
	must(t, err)
	c.Outlets = map[placement.ChannelKind]uuid.UUID{}
	for _, kind := range []placement.ChannelKind{placement.Online, placement.Print, placement.Radio, placement.TV, placement.Outdoor} {
		o, err := outlets.Create(t.Context(), c.Staff, registry.OutletForm{
			VendorID: c.Vendor.ID, Kind: registry.OutletKind(kind), Name: "Kabar " + string(kind),
		})
		must(t, err)
		c.Outlets[kind] = o.ID
	}
	a, err := accounts.Create(t.Context(), c.Staff, registry.SocialForm{VendorID: c.Vendor.ID, Platform: "instagram", Handle: "kabar.contoh"})
	must(t, err)
	c.Account = a.ID
}

// Item is a deliverable of online articles at 1,000,000 and VAT, on the first budget line.
func (c *Chain) Item(quantity int64) agreement.Item {
	return agreement.Item{
		Product: "advertorial", OutletID: uuid.NullUUID{UUID: c.Outlets[placement.Online], Valid: true},
		BudgetLineID: c.Lines[0].ID, Quantity: quantity, Unit: "artikel", UnitPrice: 1_000_000, LabelRequired: true,
	}
}

// Draft enters an agreement for May to November, ordered on 1 May.
func (c *Chain) Draft(t testing.TB, items ...agreement.Item) agreement.Agreement {
	t.Helper()
	a, err := c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, agreement.Terms{
		Kind: agreement.Media, Number: c.number("SPK"),
		Title: "Kerja sama media", VendorID: c.Vendor.ID, Method: "e_purchasing", Form: "surat_pesanan", OrderDate: Day("2026-05-01"),
		StartDate: Day("2026-05-02"), EndDate: Day("2026-11-30"), Deliverables: items,
	})
	must(t, err)
	return a
}

// Agreement enters, submits and approves an agreement.
func (c *Chain) Agreement(t testing.TB, items ...agreement.Item) agreement.Agreement {
	t.Helper()
	a := c.Draft(t, items...)
	a = c.Move(t, c.Staff, a, agreement.Submit)
	return c.Move(t, c.PPK, a, agreement.Approve)
}

// Move does a verb to an agreement.
func (c *Chain) Move(t testing.TB, actor access.Actor, a agreement.Agreement, verb agreement.Verb) agreement.Agreement {
	t.Helper()
	a, err := c.Agreements.Move(t.Context(), actor, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: verb, Reason: "alasan"})
	must(t, err)
	return a
}

// Planned places one unit of a deliverable on 1 June.
func (c *Chain) Planned(t testing.TB, deliverable uuid.UUID) placement.Placement {
	t.Helper()
	p, err := c.Placements.Create(t.Context(), c.Staff, c.Agency.Code,
		placement.Plan{DeliverableID: deliverable, ScheduledOn: Day("2026-06-01"), Title: c.number("Berita")})
	must(t, err)
	return p
}

// Published enters the publication of 2 June with everything that a verifier asks of any channel, and one proof.
func (c *Chain) Published(t testing.TB, deliverable uuid.UUID) placement.Placement {
	t.Helper()
	return c.Publish(t, c.Planned(t, deliverable))
}

// Publish enters the publication of a placement, with one proof.
func (c *Chain) Publish(t testing.TB, p placement.Placement) placement.Placement {
	t.Helper()
	c.Entered(t, p)
	_, err := c.Proofs.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, Screenshot(p.Title))
	must(t, err)
	p, err = c.Placements.Get(t.Context(), c.Staff, c.Agency.Code, p.ID)
	must(t, err)
	return p
}

// Entered enters the publication of a placement, without a proof.
func (c *Chain) Entered(t testing.TB, p placement.Placement) placement.Placement {
	t.Helper()
	p, err := c.Placements.Enter(t.Context(), c.Staff, c.Agency.Code, p.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		yes := true
		e.PublishedOn, e.URL, e.LabelPresent = Day("2026-06-02"), "https://kabar.test/"+p.ID.String(), &yes
		e.Edition, e.Page, e.Slot = "12", "3", "siaran pagi"
		return e, nil
	})
	must(t, err)
	return p
}

// Screenshot is a small file that shows the text, as a proof from staff.
func Screenshot(text string) placement.Evidence {
	return placement.Evidence{
		Kind: placement.Screenshot, Origin: placement.FromStaff,
		File: file.Sent{Name: "bukti.pdf", DeclaredType: "application/pdf", Content: strings.NewReader("%PDF-1.7\n" + text)},
	}
}

// Verified gives n placements that the verifier has verified.
func (c *Chain) Verified(t testing.TB, deliverable uuid.UUID, n int) []placement.Placement {
	t.Helper()
	out := make([]placement.Placement, n)
	for i := range out {
		p := c.Published(t, deliverable)
		var err error
		out[i], err = c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil)
		must(t, err)
	}
	return out
}

// Accept takes placements of an agreement over on 10 June.
func (c *Chain) Accept(t testing.TB, a agreement.Agreement, ps []placement.Placement) placement.Acceptance {
	t.Helper()
	out, err := c.Acceptances.Create(t.Context(), c.PPK, c.Agency.Code,
		placement.Report{AgreementID: a.ID, Number: c.number("BAST"), Date: Day("2026-06-10"), PlacementIDs: IDs(ps)})
	must(t, err)
	return out
}

// Bill is the vendor's invoice of 11 June over placements, with its file kept.
func (c *Chain) Bill(t testing.TB, a agreement.Agreement, ps []placement.Placement) payment.Bill {
	t.Helper()
	number := c.number("INV")
	kept, err := c.Files.Keep(t.Context(), c.Staff, file.Sent{Name: "tagihan.pdf", Content: strings.NewReader("%PDF-1.7\n" + number), Purpose: file.Paper})
	must(t, err)
	b := payment.Bill{
		AgreementID: a.ID, Number: number, Date: Day("2026-06-11"), TaxInvoiceNumber: "04002600123456789",
		PlacementIDs: IDs(ps), File: kept.SHA256,
	}
	for _, p := range ps {
		b.Amount += p.Gross
	}
	return b
}

// Invoiced verifies, accepts and invoices n units of a deliverable.
func (c *Chain) Invoiced(t testing.TB, a agreement.Agreement, deliverable uuid.UUID, n int) payment.Invoice {
	t.Helper()
	ps := c.Verified(t, deliverable, n)
	c.Accept(t, a, ps)
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, c.Bill(t, a, ps))
	must(t, err)
	return i
}

// Request is a payment request of 12 June for invoices.
func (c *Chain) Request(a agreement.Agreement, invoices ...payment.Invoice) payment.Request {
	r := payment.Request{AgreementID: a.ID, Kind: payment.LS, SPP: payment.Paper{Number: c.number("SPP"), Date: Day("2026-06-12")}}
	for _, i := range invoices {
		r.InvoiceIDs = append(r.InvoiceIDs, i.ID)
	}
	return r
}

// Requested asks for the payment of invoices.
func (c *Chain) Requested(t testing.TB, a agreement.Agreement, invoices ...payment.Invoice) payment.Payment {
	t.Helper()
	p, err := c.Payments.Request(t.Context(), c.Staff, c.Agency.Code, c.Request(a, invoices...))
	must(t, err)
	return p
}

// Authorise puts an SPM of 13 June to a payment.
func (c *Chain) Authorise(t testing.TB, p payment.Payment) payment.Payment {
	t.Helper()
	p, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, payment.Paper{Number: c.number("SPM"), Date: Day("2026-06-13")})
	must(t, err)
	return p
}

// Settle puts an SP2D of 15 June to a payment.
func (c *Chain) Settle(t testing.TB, p payment.Payment) payment.Payment {
	t.Helper()
	p, err := c.Payments.Settle(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, payment.Paper{Number: c.number("SP2D"), Date: Day("2026-06-15")})
	must(t, err)
	return p
}

// CloseMonths closes the first n months of 2026: the treasurer asks and the head decides.
func (c *Chain) CloseMonths(t testing.TB, n int) {
	t.Helper()
	for _, m := range period.FiscalYear(2026).Months()[:n] {
		p, err := c.Periods.Ask(t.Context(), c.Treasurer, c.Agency.Code, closing.Request{Month: m, Reason: "rekonsiliasi selesai"})
		must(t, err)
		_, err = c.Periods.Move(t.Context(), c.Head, c.Agency.Code, p.ID, closing.MoveCommand{Verb: closing.Approve})
		must(t, err)
	}
}

// Override asks for an override as somebody and has it approved by another.
func (c *Chain) Override(t testing.TB, asks, decides access.Actor, ask override.Ask) override.Override {
	t.Helper()
	if ask.Reason == "" {
		ask.Reason = "Keadaan mendesak"
	}
	o, err := c.Overrides.Ask(t.Context(), asks, c.Agency.Code, ask)
	must(t, err)
	o, err = c.Overrides.Decide(t.Context(), decides, c.Agency.Code, o.ID, override.DecideCommand{Verb: override.Approve})
	must(t, err)
	return o
}

// number gives papers of a kind different numbers.
func (c *Chain) number(prefix string) string {
	return prefix + "/" + strconv.FormatInt(c.serial.Add(1), 10) + "/2026"
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
