package portal_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/portal"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// yard is a chain with a door for its vendors; its clock can be moved.
type yard struct {
	*chain.Chain
	links       *portal.Links
	submissions *portal.Submissions
	door        *portal.Door
	desk        *portal.Desk
	clock       time.Time
}

func within[S any](c *chain.Chain) access.Transactor[S] {
	return db.Within(c.Store, func(tx *db.Tx) S { return any(tx).(S) })
}

func reading[S any](c *chain.Chain) access.Reader[S] {
	return db.Reading(c.Store, func(tx *db.Tx) S { return any(tx).(S) })
}

func newYard(t *testing.T) *yard {
	t.Helper()
	c := chain.New(t)
	y := &yard{Chain: c, clock: chain.Now()}
	now, place := func() time.Time { return y.clock }, time.FixedZone("WIB", 7*60*60)
	y.links = portal.NewLinks(within[portal.LinkStore](c), reading[portal.Lists](c), "https://tayang.test/", now, place)
	y.submissions = portal.NewSubmissions(within[portal.DecisionStore](c), reading[portal.Lists](c), c.Placements, c.Invoices, now)
	y.door = portal.NewDoor(within[portal.VisitStore](c), reading[portal.Doors](c), now)
	y.desk = portal.NewDesk(within[portal.SendStore](c), reading[portal.SendStore](c), c.Proofs, c.Files, now, place)
	return y
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (y *yard) link(t *testing.T, change func(*portal.LinkForm)) (portal.Link, string) {
	t.Helper()
	f := portal.LinkForm{VendorID: y.Vendor.ID, Purpose: "Tagihan Juni"}
	change(&f)
	out, err := y.links.Create(t.Context(), y.Staff, y.Agency.Code, f)
	must(t, err)
	secret, ok := strings.CutPrefix(out.URL, "https://tayang.test/v/")
	if !ok || len(secret) != access.SecretLength {
		t.Fatalf("address %q", out.URL)
	}
	return out.Link, secret
}

func all(*portal.LinkForm) {}

// visit opens the link as its vendor does.
func (y *yard) visit(t *testing.T, secret string) portal.Visitor {
	t.Helper()
	opened, err := y.door.Open(t.Context(), secret, "198.51.100.7")
	must(t, err)
	v, err := y.door.Visitor(t.Context(), opened.Secret, "198.51.100.7")
	must(t, err)
	return v
}

func pdf(text string) file.Sent {
	return file.Sent{Name: "berkas.pdf", DeclaredType: "application/pdf", Content: strings.NewReader("%PDF-1.7\n" + text)}
}

func (y *yard) accepted(t *testing.T, n int64) (agreement.Agreement, []placement.Placement) {
	t.Helper()
	a := y.Agreement(t, y.Item(n+1))
	ps := y.Verified(t, a.Deliverables[0].ID, int(n))
	y.Accept(t, a, ps)
	return a, ps
}

func billOf(a agreement.Agreement, ps []placement.Placement) portal.InvoiceForm {
	f := portal.InvoiceForm{Once: uuid.New(), Bill: payment.Bill{
		AgreementID: a.ID, Number: "INV/PENYEDIA/1", Date: chain.Day("2026-06-11"), TaxInvoiceNumber: "0400 2600 1234 5678", PlacementIDs: chain.IDs(ps),
	}}
	for _, p := range ps {
		f.Amount += p.Gross
	}
	return f
}

func TestALinkOpensUntilItEnds(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	gone := func(err error) {
		t.Helper()
		chain.Wants(t, err, "vendor_link_gone")
	}
	l, secret := y.link(t, all)
	if l.ExpiresAt != y.clock.Add(30*24*time.Hour) || l.Uses != 0 || l.VendorName != y.Vendor.LegalName {
		t.Errorf("made %+v", l)
	}
	must(t, y.door.Try(t.Context(), secret, "a"))
	v := y.visit(t, secret)
	if v.Link != l.ID || v.Vendor.Vendor != y.Vendor.ID || v.Agency != y.Agency.ID || v.AgencyOf.Name != y.Agency.Name || v.Purpose != l.Purpose {
		t.Errorf("visitor %+v", v)
	}
	l, err := y.links.Get(t.Context(), y.Auditor, y.Agency.Code, l.ID)
	must(t, err)
	if l.Uses != 1 || l.LastUsedAt == nil {
		t.Errorf("a look at the address counted, or a visit did not: %+v", l)
	}
	gone(y.door.Try(t.Context(), secret[:len(secret)-1]+"x", "b"))
	gone(y.door.Try(t.Context(), "x", "c"))
	other, err := access.NewSecret(y.Stranger.Government, l.ID)
	must(t, err)
	gone(y.door.Try(t.Context(), other.String(), "d"))
	_, err = y.door.Visitor(t.Context(), secret, "e") // the address is no cookie
	gone(err)
	must(t, y.door.Leave(t.Context(), v))
	_, err = y.door.Visitor(t.Context(), v.Secret.String(), "f")
	gone(err)

	v = y.visit(t, secret)
	y.clock = y.clock.Add(5 * time.Hour) // a visit is shorter than the link
	_, err = y.door.Visitor(t.Context(), v.Secret.String(), "g")
	gone(err)
	must(t, y.door.Try(t.Context(), secret, "h"))
	y.clock = y.clock.Add(30 * 24 * time.Hour)
	gone(y.door.Try(t.Context(), secret, "i"))
}

func TestARevokedLinkThrowsItsVisitorOut(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	l, secret := y.link(t, all)
	v := y.visit(t, secret)
	_, err := y.links.Revoke(t.Context(), y.Staff, y.Agency.Code, l.ID, nil, " ")
	chain.Wants(t, err, "invalid", "/reason required")
	stale := int64(7)
	_, err = y.links.Revoke(t.Context(), y.Staff, y.Agency.Code, l.ID, &stale, "salah kirim")
	chain.Wants(t, err, "stale")
	_, err = y.links.Revoke(t.Context(), y.Neighbour, y.Agency.Code, l.ID, nil, "salah kirim")
	chain.Wants(t, err, "not_found")
	l, err = y.links.Revoke(t.Context(), y.PPK, y.Agency.Code, l.ID, &l.Version, "salah kirim")
	must(t, err)
	if l.Status != portal.Revoked || l.RevokeReason != "salah kirim" || l.Version != 2 {
		t.Errorf("revoked %+v", l)
	}
	chain.Wants(t, y.door.Try(t.Context(), secret, "a"), "vendor_link_gone")
	_, err = y.door.Visitor(t.Context(), v.Secret.String(), "a")
	chain.Wants(t, err, "vendor_link_gone")
	a, ps := y.accepted(t, 1)
	_, err = y.desk.Bill(t.Context(), v, billOf(a, ps), pdf("x")) // one who was let in before
	chain.Wants(t, err, "vendor_link_gone")
	_, err = y.links.Revoke(t.Context(), y.PPK, y.Agency.Code, l.ID, nil, "lagi")
	chain.Wants(t, err, "wrong_state")
}

func TestWhoGivesLinks(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Agreement(t, y.Item(1))
	for name, c := range map[string]struct {
		actor  access.Actor
		change func(*portal.LinkForm)
		code   string
		fields []string
	}{
		"staff":                {y.Staff, all, "", nil},
		"ppk, one agreement":   {y.PPK, func(f *portal.LinkForm) { f.AgreementID = uuid.NullUUID{UUID: a.ID, Valid: true} }, "", nil},
		"an auditor":           {y.Auditor, all, "forbidden", nil},
		"the treasurer":        {y.Treasurer, all, "forbidden", nil},
		"a neighbour":          {y.Neighbour, all, "not_found", nil},
		"for ever":             {y.Staff, func(f *portal.LinkForm) { f.Days = 91 }, "invalid", []string{"/days out_of_range"}},
		"for nothing":          {y.Staff, func(f *portal.LinkForm) { f.Purpose = " " }, "invalid", []string{"/purpose required"}},
		"nobody":               {y.Staff, func(f *portal.LinkForm) { f.VendorID = uuid.New() }, "invalid", []string{"/vendor_id not_found"}},
		"an unknown agreement": {y.Staff, func(f *portal.LinkForm) { f.AgreementID = uuid.NullUUID{UUID: uuid.New(), Valid: true} }, "invalid", []string{"/agreement_id not_found"}},
		"another's agreement": {y.Staff, func(f *portal.LinkForm) {
			f.VendorID, f.AgreementID = uuid.New(), uuid.NullUUID{UUID: a.ID, Valid: true}
		}, "invalid", []string{"/agreement_id other_vendor"}},
	} {
		f := portal.LinkForm{VendorID: y.Vendor.ID, Purpose: "Tagihan"}
		c.change(&f)
		t.Run(name, func(t *testing.T) {
			_, err := y.links.Create(t.Context(), c.actor, y.Agency.Code, f)
			chain.Wants(t, err, c.code, c.fields...)
		})
	}
}

func TestGuessesAreCounted(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	_, secret := y.link(t, all)
	wrong := secret[:60] + strings.Repeat("A", access.SecretLength-60)
	for range 10 {
		chain.Wants(t, y.door.Try(t.Context(), wrong, "192.0.2.1"), "vendor_link_gone")
	}
	chain.Wants(t, y.door.Try(t.Context(), wrong, "192.0.2.1"), "too_many_attempts")
	chain.Wants(t, y.door.Try(t.Context(), secret, "192.0.2.1"), "too_many_attempts") // not even the right one
	_, other := y.link(t, all)
	must(t, y.door.Try(t.Context(), other, "192.0.2.1")) // nobody else is kept out, who may come from the same place
	must(t, y.door.Try(t.Context(), secret, "192.0.2.2"))
	y.clock = y.clock.Add(time.Minute)
	must(t, y.door.Try(t.Context(), secret, "192.0.2.1"))
}

// another makes a second vendor of the government with an agreement of its own in the agency.
func (y *yard) another(t *testing.T) (agreement.Agreement, placement.Placement) {
	t.Helper()
	vendors := registry.NewVendorService(within[registry.VendorStore](y.Chain), reading[registry.VendorStore](y.Chain))
	v, err := vendors.Create(t.Context(), y.Staff, registry.VendorForm{Kind: registry.Company, LegalName: "PT Saingan"})
	must(t, err)
	outlets := registry.NewOutletService(within[registry.OutletStore](y.Chain), reading[registry.OutletStore](y.Chain))
	o, err := outlets.Create(t.Context(), y.Staff, registry.OutletForm{VendorID: v.ID, Kind: registry.Online, Name: "Saingan", Domain: "saingan.test", PressStatus: "factual"})
	must(t, err)
	item := y.Item(1)
	item.OutletID, item.SocialAccountID = uuid.NullUUID{UUID: o.ID, Valid: true}, uuid.NullUUID{}
	mine := y.Vendor
	y.Vendor = v
	a := y.Agreement(t, item)
	y.Vendor = mine
	return a, y.Planned(t, a.Deliverables[0].ID)
}

func TestAVendorSeesHisOwnAndNothingElse(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	mine, second := y.Agreement(t, y.Item(3)), y.Agreement(t, y.Item(1))
	draft := y.Draft(t, y.Item(1))
	p := y.Planned(t, mine.Deliverables[0].ID)
	other, theirs := y.another(t)
	_, wide := y.link(t, all)
	_, narrow := y.link(t, func(f *portal.LinkForm) { f.AgreementID = uuid.NullUUID{UUID: mine.ID, Valid: true} })
	branch := y.Branch(t, "dispar")
	away := branch.Agreement(t, branch.Item(1))
	for name, c := range map[string]struct {
		v    portal.Visitor
		sees map[uuid.UUID]bool
	}{
		"all":           {y.visit(t, wide), map[uuid.UUID]bool{mine.ID: true, second.ID: true}},
		"one agreement": {y.visit(t, narrow), map[uuid.UUID]bool{mine.ID: true}},
	} {
		o, err := y.desk.Overview(t.Context(), c.v)
		must(t, err)
		if len(o.Orders) != len(c.sees) {
			t.Errorf("%s: %d agreements", name, len(o.Orders))
		}
		for _, id := range []uuid.UUID{mine.ID, second.ID, draft.ID, other.ID, away.ID, uuid.New()} {
			_, err := y.desk.Affair(t.Context(), c.v, id, 0)
			_, _, billing := y.desk.ToBill(t.Context(), c.v, id)
			if (err == nil) != c.sees[id] || (billing == nil) != c.sees[id] || err != nil && !fault.Is(err, "not_found") {
				t.Errorf("%s: agreement %s: %v, %v", name, id, err, billing)
			}
		}
		if _, err := y.desk.Item(t.Context(), c.v, p.ID); err != nil {
			t.Errorf("%s: his own placement: %v", name, err)
		}
		_, err = y.desk.Item(t.Context(), c.v, theirs.ID)
		chain.Wants(t, err, "not_found")
		_, err = y.desk.Prove(t.Context(), c.v, theirs.ID, portal.ProofForm{Once: uuid.New(), Kind: placement.Screenshot}, pdf("x"))
		chain.Wants(t, err, "not_found")
		_, err = y.desk.Bill(t.Context(), c.v, billOf(other, []placement.Placement{theirs}), pdf("x"))
		chain.Wants(t, err, "not_found")
		f := billOf(mine, []placement.Placement{theirs})
		_, err = y.desk.Bill(t.Context(), c.v, f, pdf("x"))
		chain.Wants(t, err, "invalid", "/placement_ids not_to_bill")
		// The actor of a link has no right in any other use case.
		_, err = y.Placements.Get(t.Context(), c.v.Actor(), y.Agency.Code, p.ID)
		chain.Wants(t, err, "not_found")
		_, err = y.links.List(t.Context(), c.v.Actor(), y.Agency.Code, listing.All())
		chain.Wants(t, err, "not_found")
		_, err = y.Files.Keep(t.Context(), c.v.Actor(), pdf("x"))
		chain.Wants(t, err, "forbidden")
	}
}

func TestAProofFromTheVendorIsEvidenceAndItsWordsAProposal(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Agreement(t, y.Item(2))
	p := y.Planned(t, a.Deliverables[0].ID)
	_, secret := y.link(t, all)
	v := y.visit(t, secret)
	form := portal.ProofForm{Once: uuid.New(), Kind: placement.Screenshot, URL: "https://kabar.test/" + p.ID.String(), PublishedOn: chain.Day("2026-06-02")}
	sent, err := y.desk.Prove(t.Context(), v, p.ID, form, pdf("bukti"))
	must(t, err)
	again, err := y.desk.Prove(t.Context(), v, p.ID, form, pdf("bukti"))
	must(t, err)
	if again.ID != sent.ID || sent.Status != portal.Waiting {
		t.Errorf("sent %v %s, again %v", sent.ID, sent.Status, again.ID)
	}
	form.Once = uuid.New()
	_, err = y.desk.Prove(t.Context(), v, p.ID, form, pdf("bukti"))
	chain.Wants(t, err, "duplicate", "/file duplicate")

	proofs, err := y.Proofs.List(t.Context(), y.Staff, y.Agency.Code, p.ID, listing.All())
	must(t, err)
	now, err := y.Placements.Get(t.Context(), y.Staff, y.Agency.Code, p.ID)
	must(t, err)
	if len(proofs.Items) != 1 || proofs.Items[0].Origin != placement.FromVendor || proofs.Items[0].CreatedBy != v.Link {
		t.Errorf("proofs %+v", proofs.Items)
	}
	if now.URL != "" || !now.PublishedOn.IsZero() || now.Status != placement.Planned {
		t.Errorf("a proposal was written by itself: %+v", now)
	}
	_, err = y.submissions.Accept(t.Context(), y.Treasurer, y.Agency.Code, sent.ID, nil)
	chain.Wants(t, err, "forbidden")
	_, err = y.submissions.Accept(t.Context(), y.Neighbour, y.Agency.Code, sent.ID, nil)
	chain.Wants(t, err, "not_found")
	_, err = y.submissions.Accept(t.Context(), y.Staff, y.Agency.Code, sent.ID, nil)
	must(t, err)
	now, err = y.Placements.Get(t.Context(), y.Staff, y.Agency.Code, p.ID)
	must(t, err)
	if now.URL != form.URL || now.PublishedOn != form.PublishedOn || now.Status != placement.Published {
		t.Errorf("taken in, and not written: %+v", now)
	}
	_, err = y.Placements.Verify(t.Context(), y.Staff, y.Agency.Code, p.ID, nil) // who took it in is its author
	chain.Wants(t, err, "segregation_of_duties")
	_, err = y.submissions.Return(t.Context(), y.Staff, y.Agency.Code, sent.ID, nil, "salah")
	chain.Wants(t, err, "wrong_state")
	_, err = y.Placements.Reject(t.Context(), y.Verifier, y.Agency.Code, p.ID, nil, "Tangkapan tidak terbaca")
	must(t, err)
	item, err := y.desk.Item(t.Context(), v, p.ID)
	must(t, err)
	if item.Remark != "Tangkapan tidak terbaca" || !item.Open {
		t.Errorf("he does not read why: %+v", item)
	}
	silent, err := y.desk.Prove(t.Context(), v, p.ID, portal.ProofForm{Once: uuid.New(), Kind: placement.Photo}, pdf("lain"))
	must(t, err)
	if silent.Status != portal.Received {
		t.Errorf("it proposes nothing and is %s", silent.Status)
	}
	_, err = y.submissions.Accept(t.Context(), y.Staff, y.Agency.Code, silent.ID, nil)
	chain.Wants(t, err, "wrong_state")
}

func TestAnInvoiceIsTakenInOnce(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a, ps := y.accepted(t, 2)
	_, secret := y.link(t, all)
	v := y.visit(t, secret)
	form := billOf(a, ps)
	early := form
	early.Amount--
	_, err := y.desk.Bill(t.Context(), v, early, pdf("tagihan"))
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	var sent portal.Submission
	for range 2 { // the same form, twice
		one, err := y.desk.Bill(t.Context(), v, form, pdf("tagihan"))
		must(t, err)
		if sent.ID != uuid.Nil && one.ID != sent.ID {
			t.Error("sent twice, kept twice")
		}
		sent = one
	}
	form.Once = uuid.New()
	_, err = y.desk.Bill(t.Context(), v, form, pdf("tagihan"))
	chain.Wants(t, err, "invalid", "/placement_ids not_to_bill") // they wait in the first one

	var taken int
	for _, err := range chain.Crowd(t.Context(), 6, func(ctx context.Context) error {
		_, err := y.submissions.Accept(ctx, y.Staff, y.Agency.Code, sent.ID, nil)
		return err
	}) {
		if err == nil {
			taken++
		} else if !fault.Is(err, "wrong_state") {
			t.Error(err)
		}
	}
	invoices, err := y.Invoices.List(t.Context(), y.Staff, y.Agency.Code, listing.All())
	must(t, err)
	if taken != 1 || len(invoices.Items) != 1 || invoices.Items[0].File != sent.SHA256 || invoices.Items[0].CreatedBy != y.Staff.User {
		t.Fatalf("%d took it in, invoices %+v", taken, invoices.Items)
	}
	got, err := y.submissions.Get(t.Context(), y.Auditor, y.Agency.Code, sent.ID)
	must(t, err)
	if got.Status != portal.Accepted || got.InvoiceID.UUID != invoices.Items[0].ID {
		t.Errorf("submission %+v", got)
	}
	affair, err := y.desk.Affair(t.Context(), v, a.ID, 0)
	must(t, err)
	if len(affair.Claims) != 1 || !affair.Claims[0].Filed || len(affair.Handovers) != 1 || len(affair.Sent) != 1 || affair.Order.ToBill != 0 {
		t.Errorf("he sees %+v", affair)
	}
	pay := y.Settle(t, y.Authorise(t, y.Requested(t, a, invoices.Items[0])))
	affair, err = y.desk.Affair(t.Context(), v, a.ID, 0)
	must(t, err)
	if len(affair.Payouts) != 1 || affair.Payouts[0].Net != pay.Net || affair.Payouts[0].SP2DDate != pay.SP2D.Date || len(affair.Payouts[0].Taxes) != len(pay.Taxes) {
		t.Errorf("he is paid %+v, and sees %+v", pay, affair.Payouts)
	}
}

func TestAReturnedInvoiceCanBeSentAgain(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a, ps := y.accepted(t, 1)
	_, secret := y.link(t, all)
	v := y.visit(t, secret)
	sent, err := y.desk.Bill(t.Context(), v, billOf(a, ps), pdf("tagihan"))
	must(t, err)
	_, err = y.submissions.Return(t.Context(), y.Staff, y.Agency.Code, sent.ID, nil, "")
	chain.Wants(t, err, "invalid", "/reason required")
	_, err = y.submissions.Return(t.Context(), y.Treasurer, y.Agency.Code, sent.ID, nil, "Nomor faktur salah")
	must(t, err)
	back, err := y.desk.Receipt(t.Context(), v, sent.ID)
	must(t, err)
	if back.Status != portal.Returned || back.Remark != "Nomor faktur salah" {
		t.Errorf("he reads %+v", back)
	}
	form := billOf(a, ps)
	form.Number = "INV/PENYEDIA/2"
	second, err := y.desk.Bill(t.Context(), v, form, pdf("tagihan lagi"))
	must(t, err)
	// Somebody enters an invoice over the same placement first: nothing is taken in, and it still waits.
	_, err = y.Invoices.Create(t.Context(), y.Staff, y.Agency.Code, y.Chain.Bill(t, a, ps))
	must(t, err)
	if _, err = y.submissions.Accept(t.Context(), y.Staff, y.Agency.Code, second.ID, nil); !fault.Is(err, "wrong_state") {
		t.Errorf("taken in over what is invoiced: %v", err)
	}
	still, err := y.submissions.Get(t.Context(), y.Staff, y.Agency.Code, second.ID)
	must(t, err)
	if still.Status != portal.Waiting {
		t.Errorf("it is %s", still.Status)
	}
}

func TestHostileFilesAndTooManyAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Agreement(t, y.Item(2))
	p := y.Planned(t, a.Deliverables[0].ID)
	_, secret := y.link(t, all)
	v := y.visit(t, secret)
	send := func(name, declared, content string) error {
		_, err := y.desk.Prove(t.Context(), v, p.ID, portal.ProofForm{Once: uuid.New(), Kind: placement.Screenshot},
			file.Sent{Name: name, DeclaredType: declared, Content: strings.NewReader(content)})
		return err
	}
	for name, c := range map[string]struct{ name, declared, content, code string }{
		"a page":                      {"bukti.png", "image/png", "<!DOCTYPE html><script>alert(1)</script>", "file_type_not_allowed"},
		"a program":                   {"bukti.exe", "", "MZ\x90\x00\x03", "file_type_not_allowed"},
		"a picture that draws itself": {"bukti.svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "file_type_not_allowed"},
		"another name":                {"bukti.png", "image/png", "%PDF-1.7\n", "file_type_mismatch"},
		"nothing":                     {"bukti.pdf", "application/pdf", "", "invalid"},
		"too much":                    {"bukti.pdf", "application/pdf", "%PDF-1.7\n" + strings.Repeat("x", file.SizeMax), "file_too_large"},
	} {
		if err := send(c.name, c.declared, c.content); !fault.Is(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, f := range []portal.ProofForm{
		{Once: uuid.New(), Kind: "x"}, {Kind: placement.Photo}, {Once: uuid.New(), Kind: placement.Photo, URL: "javascript:alert(1)"},
		{Once: uuid.New(), Kind: placement.Photo, PublishedOn: chain.Day("2027-01-01")},
	} {
		if _, err := y.desk.Prove(t.Context(), v, p.ID, f, pdf("x")); fault.From(err).Kind != fault.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
	two := int64(2)
	rules := rule.NewService(within[rule.Store](y.Chain), reading[rule.Store](y.Chain), chain.Now, time.UTC)
	_, err := rules.Set(t.Context(), y.Admin, rule.Form{Code: rule.VendorLinkUploads, Figure: &two, ValidFrom: period.MustDate("2026-01-01"), Basis: "SE"})
	must(t, err)
	must(t, send("a.pdf", "", "%PDF-1.7\na"))
	must(t, send("b.pdf", "", "%PDF-1.7\nb"))
	chain.Wants(t, send("c.pdf", "", "%PDF-1.7\nc"), "vendor_link_full")
	y.clock = y.clock.Add(24 * time.Hour)
	v = y.visit(t, secret)
	must(t, send("c.pdf", "", "%PDF-1.7\nc"))
}
