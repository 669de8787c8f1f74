package db_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/owner"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest"
	"tayang/db/dbtest/chain"
)

// through is an office whose vendor is an agency, with two accounts of other people.
type through struct {
	*chain.Chain
	confirmations *agreement.ConfirmationService
	owners        *owner.Service
	accounts      [2]uuid.UUID
	people        [2]uuid.UUID
}

func newThrough(t *testing.T, c *chain.Chain) *through {
	t.Helper()
	o := &through{Chain: c}
	place := time.FixedZone("WIB", 7*60*60)
	o.confirmations = agreement.NewConfirmations(db.Within(c.Store, func(tx *db.Tx) agreement.ConfirmationStore { return tx }),
		db.Reading(c.Store, func(tx *db.Tx) agreement.ConfirmationStore { return tx }), chain.Now, place)
	o.owners = owner.NewService(db.Within(c.Store, func(tx *db.Tx) owner.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) owner.Store { return tx }), chain.Now)
	vendors := registry.NewVendorService(db.Within(c.Store, func(tx *db.Tx) registry.VendorStore { return tx }), db.Reading(c.Store, func(tx *db.Tx) registry.VendorStore { return tx }))
	accounts := registry.NewSocialService(db.Within(c.Store, func(tx *db.Tx) registry.SocialStore { return tx }), db.Reading(c.Store, func(tx *db.Tx) registry.SocialStore { return tx }))
	for i, name := range []string{"Ani", "Budi"} {
		v, err := vendors.Create(t.Context(), c.Staff, registry.VendorForm{Kind: registry.Individual, LegalName: name})
		must(t, err)
		a, err := accounts.Create(t.Context(), c.Staff, registry.SocialForm{VendorID: v.ID, Platform: "instagram", Handle: strings.ToLower(name)})
		must(t, err)
		o.people[i], o.accounts[i] = v.ID, a.ID
	}
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// post is a line on an account, a million a unit with the tax in it.
func (o *through) post(who int, quantity int64) agreement.Item {
	return agreement.Item{
		Product: "reel", SocialAccountID: some(o.accounts[who]), BudgetLineID: o.Lines[0].ID, Quantity: quantity, Unit: "konten",
		UnitPrice: 1_000_000, TaxInclusive: true, LabelRequired: true,
	}
}

func (o *through) share(who int, net money.Amount) agreement.Share {
	return agreement.Share{SocialAccountID: some(o.accounts[who]), Net: net}
}

func (o *through) terms(number string, split agreement.Split, items ...agreement.Item) agreement.Terms {
	return agreement.Terms{
		Kind: agreement.Influencer, Number: number, Title: "Konten", VendorID: o.Vendor.ID, Method: "e_purchasing", Form: "surat_pesanan",
		OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"), LookThrough: split, Deliverables: items,
	}
}

func (o *through) enter(t testing.TB, number string, split agreement.Split, items ...agreement.Item) agreement.Agreement {
	t.Helper()
	a, err := o.Agreements.Create(t.Context(), o.Staff, o.Agency.Code, o.terms(number, split, items...))
	must(t, err)
	return a
}

func (o *through) confirm(t testing.TB, a agreement.Agreement, who int, amount money.Amount) agreement.Confirmation {
	t.Helper()
	kept, err := o.Files.Keep(t.Context(), o.Staff, file.Sent{Name: "konfirmasi.pdf", Content: strings.NewReader(fmt.Sprint("%PDF-1.7\n", who, amount)), Purpose: file.Paper})
	must(t, err)
	c, err := o.confirmations.Add(t.Context(), o.Staff, o.Agency.Code, a.ID, a.LookThrough.Recipients[who].ID, agreement.ConfirmationForm{
		Amount: amount, Date: chain.Day("2026-05-01"), File: kept.SHA256, Origin: agreement.FromRecipient,
	})
	must(t, err)
	return c
}

func TestMoneyThroughAnAgency(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	_, err := o.Agreements.Create(t.Context(), o.Staff, o.Agency.Code, o.terms("SP/0", agreement.Split{}, o.post(0, 1)))
	if got := pointers(err); !slices.Equal(got, []string{"/deliverables/0/social_account_id other_vendor"}) {
		t.Fatalf("others' accounts only through an agency: %v", got)
	}
	a := o.enter(t, "SP/1", agreement.Split{ViaAgency: true, Fee: 1_000_000, Recipients: []agreement.Share{o.share(0, 4_000_000)}}, o.post(0, 5), o.post(1, 5))
	if l := a.LookThrough; l.Net != 4_000_000 || l.Residual != 5_000_000 || len(l.Recipients) != 1 || l.Recipients[0].Title() != "Ani" {
		t.Fatalf("a draft may be incomplete: %+v", l)
	}
	_, err = o.Agreements.Move(t.Context(), o.Staff, o.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Submit})
	if got := pointers(err); !fault.Is(err, "look_through_open") || !slices.Equal(got, []string{"/look_through/recipients residual", "/deliverables/1 recipient_unnamed"}) {
		t.Fatalf("%v %v", err, got)
	}
	if o.Balances(t)[0].Reserved != 0 {
		t.Error("a refused submission reserves nothing")
	}
	first := a.LookThrough.Recipients[0].ID
	o.confirm(t, a, 0, 4_000_000)
	a, err = o.Agreements.Rewrite(t.Context(), o.Staff, o.Agency.Code, a.ID, nil, func(terms agreement.Terms) (agreement.Terms, error) {
		terms.LookThrough.Recipients = append([]agreement.Share{o.share(1, 5_000_000)}, terms.LookThrough.Recipients...)
		return terms, nil
	})
	must(t, err)
	if r := a.LookThrough.Recipients; a.LookThrough.Residual != 0 || r[1].ID != first || r[1].Confirmed == nil || r[0].Confirmed != nil {
		t.Fatalf("a recipient keeps his confirmation wherever he stands: %+v", r)
	}
	a = o.Move(t, o.Staff, a, agreement.Submit)
	o.confirm(t, a, 0, 4_500_000)
	known, err := o.Agreements.Assessment(t.Context(), o.Staff, o.Agency.Code, a.ID)
	must(t, err)
	if d := doubtsOf(known, rule.ConfirmationMissing); len(d) != 1 || d[0].Args["difference"] != money.Amount(500_000) || d[0].Args["recipient"] != "Budi" {
		t.Fatalf("%+v", known.Doubts)
	}
	o.confirm(t, a, 0, 5_000_000)
	a = o.Move(t, o.PPK, a, agreement.Approve)
	known, err = o.Agreements.Assessment(t.Context(), o.Staff, o.Agency.Code, a.ID)
	must(t, err)
	if d := doubtsOf(known, rule.ConfirmationMissing); !known.Frozen || len(d) != 0 || len(known.Facts.Recipients.Recipients) != 2 {
		t.Fatalf("the latest confirmation counts: %+v", known)
	}
	page, err := o.confirmations.List(t.Context(), o.Auditor, o.Agency.Code, a.ID, a.LookThrough.Recipients[0].ID, listing.All())
	must(t, err)
	if len(page.Items) != 2 || page.Items[0].Author != o.Staff.Email {
		t.Errorf("%+v", page.Items)
	}
}

func doubtsOf(s agreement.Assessment, code rule.Code) (out []agreement.Doubt) {
	for _, d := range s.Doubts {
		if d.Rule == code {
			out = append(out, d)
		}
	}
	return out
}

func pointers(err error) (out []string) {
	if err == nil {
		return nil
	}
	for _, f := range fault.From(err).Fields {
		out = append(out, f.Pointer+" "+f.Code)
	}
	return out
}

// TestAmendmentsBringTheirSplit: what changes the gross shares it anew, before and after are kept, and who is left out
// stays with nothing.
func TestAmendmentsBringTheirSplit(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	a := o.enter(t, "SP/1", agreement.Split{ViaAgency: true, Fee: 1_000_000, Recipients: []agreement.Share{o.share(0, 9_000_000)}}, o.post(0, 10))
	a = o.Move(t, o.Staff, a, agreement.Submit)
	a = o.Move(t, o.PPK, a, agreement.Approve)
	more := int64(11)
	p := agreement.Proposal{Number: "ADD/1", Date: chain.Day("2026-06-01"), Reason: "Tambahan", Deliverables: []agreement.Change{{ID: some(a.Deliverables[0].ID), Quantity: &more}}}
	propose := func() (agreement.Agreement, error) {
		return o.Agreements.Amend(t.Context(), o.Staff, o.Agency.Code, a.ID, nil, p)
	}
	_, err := propose()
	if got := pointers(err); !slices.Equal(got, []string{"/look_through/recipients residual"}) {
		t.Fatalf("the gross changes and the split does not: %v", got)
	}
	p.LookThrough = &agreement.Shares{Fee: 1_500_000, Recipients: []agreement.Share{o.share(1, 9_499_999)}}
	_, err = propose()
	if got := pointers(err); !slices.Equal(got, []string{"/look_through/recipients residual", "/deliverables/0 recipient_unnamed"}) {
		t.Fatalf("%v", got)
	}
	p.LookThrough.Recipients = []agreement.Share{o.share(1, 500_000), o.share(0, 9_000_000)}
	got, err := propose()
	must(t, err)
	if before, after := got.Amendment.Before.LookThrough, got.Amendment.After.LookThrough; before.Fee != 1_000_000 || before.Net != 9_000_000 || after.Fee != 1_500_000 ||
		after.Net != 9_500_000 || after.Residual != 0 || got.LookThrough.Fee != 1_000_000 {
		t.Fatalf("%+v %+v", before, after)
	}
	a = o.Move(t, o.PPK, a, agreement.Approve)
	if l := a.LookThrough; a.Gross != 11_000_000 || l.Fee != 1_500_000 || l.Net != 9_500_000 || l.Residual != 0 || len(l.Recipients) != 2 || l.Recipients[1].Channel != "instagram @ani" {
		t.Fatalf("%+v", l)
	}
	p = agreement.Proposal{Number: "ADD/2", Date: chain.Day("2026-06-02"), Reason: "Budi tidak ikut", LookThrough: &agreement.Shares{Fee: 2_000_000, Recipients: []agreement.Share{o.share(0, 9_000_000)}}}
	_, err = propose()
	must(t, err)
	a = o.Move(t, o.PPK, a, agreement.Approve)
	if l := a.LookThrough; l.Fee != 2_000_000 || l.Residual != 0 || len(l.Recipients) != 2 || l.Recipients[1].Net != 0 {
		t.Fatalf("who is taken out stays with nothing: %+v", l)
	}
	if p.LookThrough = nil; true {
		if _, err = propose(); !slices.Equal(pointers(err), []string{"/deliverables nothing_changes"}) {
			t.Errorf("%v", err)
		}
	}
}

// newPast opens the chain's database as the owner of its tables, as psql would, past the program; each statement is a
// transaction of its own.
func newPast(t *testing.T, c *chain.Chain) func(statement string) error {
	t.Helper()
	var name string
	must(t, db.Pool(c.Store).QueryRowContext(t.Context(), "SELECT current_database()").Scan(&name))
	dsn, _ := dbtest.DSNs(t)
	pool := connect(t, regexp.MustCompile(`test_[0-9]+_[0-9a-f]+`).ReplaceAllString(dsn, name))
	return func(statement string) error {
		_, err := pool.ExecContext(t.Context(), statement)
		return err
	}
}

// TestNoProgramLeavesMoneyOver: the owner of the tables himself cannot commit a split that is not whole, and the program's
// role not even a whole one of an agreement in force.
func TestNoProgramLeavesMoneyOver(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	whole := agreement.Split{ViaAgency: true, Fee: 1_000_000, Recipients: []agreement.Share{o.share(0, 4_000_000), o.share(1, 5_000_000)}}
	a := o.enter(t, "SP/1", whole, o.post(0, 5), o.post(1, 5))
	a = o.Move(t, o.Staff, a, agreement.Submit)
	a = o.Move(t, o.PPK, a, agreement.Approve)
	open := whole
	open.Fee = 0
	draft := o.enter(t, "SP/2", open, o.post(0, 5), o.post(1, 5))
	direct := o.Chain.Agreement(t, o.Item(1))
	past := newPast(t, o.Chain)
	of := "'" + a.ID.String() + "'"
	for name, statement := range map[string]string{
		"another net":             "UPDATE recipient SET net = net + 1 WHERE agreement_id = " + of,
		"a recipient goes":        "DELETE FROM recipient WHERE agreement_id = " + of + " AND position = 1",
		"a recipient more":        "INSERT INTO recipient (government_id, id, agency_id, agreement_id, position, outlet_id, net) SELECT government_id, gen_random_uuid(), agency_id, id, 3, '" + o.Outlets["online"].String() + "', 1 FROM agreement WHERE id = " + of,
		"another fee":             "UPDATE agreement SET agency_fee = agency_fee - 1 WHERE id = " + of,
		"another gross":           "UPDATE agreement SET value = value + 1, gross = gross + 1 WHERE id = " + of,
		"no agency any more":      "UPDATE agreement SET via_agency = false, agency_fee = 0 WHERE id = " + of,
		"an open one in force":    "UPDATE agreement SET status = 'submitted' WHERE id = '" + draft.ID.String() + "'",
		"an agency from nowhere":  "UPDATE agreement SET via_agency = true WHERE id = '" + direct.ID.String() + "'",
		"recipients of no agency": "INSERT INTO recipient (government_id, id, agency_id, agreement_id, position, outlet_id, net) SELECT government_id, gen_random_uuid(), agency_id, id, 1, '" + o.Outlets["online"].String() + "', 1 FROM agreement WHERE id = '" + direct.ID.String() + "'",
	} {
		t.Run(name, func(t *testing.T) {
			err := past(statement)
			if state, constraint := refusal(err); state != "23514" || constraint != "agreement_look_through_whole" {
				t.Errorf("%v", err)
			}
		})
	}
	must(t, past("UPDATE recipient SET net = net + CASE position WHEN 1 THEN 1 ELSE -1 END WHERE agreement_id = "+of))
}
