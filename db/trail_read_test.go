package db_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/lang"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/registry"
	"tayang/app/trail"
	"tayang/db"
	"tayang/db/dbtest"
	"tayang/db/dbtest/chain"
)

const auditedTables = `SELECT c.oid, c.relname FROM pg_class c WHERE EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
	WHERE t.tgrelid = c.oid AND p.proname IN ('record_change', 'record_rate_change'))`

func tellers(names trail.Names) []trail.Teller {
	place := time.FixedZone("WIB", 7*60*60)
	var out []trail.Teller
	for _, code := range []string{lang.ID, lang.EN} {
		out = append(out, trail.Teller{Lang: lang.For(code), Currency: money.IDR, Place: place, Names: names})
	}
	return out
}

// TestEveryColumnHasWords asks the catalogue for every column of every audited table: the trail must know how to tell it,
// under a name in both languages.
func TestEveryColumnHasWords(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	pool := connect(t, owner)
	for _, pair := range column(t, pool, `SELECT t.relname || ' ' || a.attname FROM (`+auditedTables+`) t
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped`) {
		table, name, _ := strings.Cut(pair, " ")
		if !trail.Describes(table, name) {
			t.Errorf("app/trail does not say how %s.%s is told", table, name)
		}
		for _, l := range tellers(nil) {
			if !trail.Hides(table, name) && !l.Labelled(table, name) {
				t.Errorf("%s.%s has no name in %s: trail.field.%s", table, name, l.Code(), name)
			}
			if l.Kind(table) == table {
				t.Errorf("%s has no name in %s: trail.table.%s", table, l.Code(), table)
			}
		}
		if !slices.Contains(trail.Tables(), table) {
			t.Errorf("trail.Tables lacks %s", table)
		}
	}
}

// TestEveryCodeHasWords asks the catalogue for the codes that a column may hold.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	code := regexp.MustCompile(`\(\((\w+) = ANY \(ARRAY\[(.*?)\]\)\)\)`)
	literal := regexp.MustCompile(`'(\w+)'`)
	checked := 0
	for _, check := range column(t, connect(t, owner), `SELECT t.relname || ' ' || pg_get_constraintdef(k.oid) FROM (`+auditedTables+`) t
		JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'c'`) {
		table, text, _ := strings.Cut(check, " ")
		found := code.FindStringSubmatch(text)
		if found == nil || found[1] == "currency" || table == "ledger_entry" {
			continue
		}
		for _, v := range literal.FindAllStringSubmatch(found[2], -1) {
			checked++
			for _, l := range tellers(nil) {
				if !l.Worded(table, found[1], v[1]) {
					t.Errorf("%s.%s %s has no words in %s", table, found[1], v[1], l.Code())
				}
			}
		}
	}
	if checked < 60 {
		t.Errorf("%d codes found", checked)
	}
}

func trailOf(c *chain.Chain) *trail.Service {
	return trail.NewService(db.Reading(c.Store, func(tx *db.Tx) trail.Lists { return tx }))
}

func read(t *testing.T, c *chain.Chain, actor access.Actor, q listing.Query) []trail.Told {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = listing.LimitMax
	}
	out, err := trailOf(c).Read(t.Context(), actor, c.Agency.Code, q)
	chain.Wants(t, err, "")
	var told []trail.Told
	for _, e := range out.Events {
		told = append(told, tellers(out.Names)[0].Tell(e))
	}
	return told
}

func filters(pairs ...string) (q listing.Query) {
	for i := 0; i < len(pairs); i += 2 {
		q = q.Where(pairs[i], strings.Split(pairs[i+1], ",")...)
	}
	return q
}

func deeds(told []trail.Told) string {
	var out []string
	for _, e := range told {
		out = append(out, e.Deed)
	}
	return strings.Join(out, " · ")
}

func TestTheTrailOfAnAgreementInWords(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Draft(t, c.Item(2))
	_, err := c.Agreements.Rewrite(t.Context(), c.Staff, c.Agency.Code, a.ID, nil, func(terms agreement.Terms) (agreement.Terms, error) {
		terms.Title, terms.Deliverables[0].Quantity = "Judul baru", 3
		return terms, nil
	})
	chain.Wants(t, err, "")
	a, err = c.Agreements.Get(t.Context(), c.Staff, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	a = c.Move(t, c.Staff, a, agreement.Submit)
	c.Move(t, c.PPK, a, agreement.Approve)

	told := read(t, c, c.Auditor, filters("record", a.ID.String()))
	if got, want := deeds(told), "Perjanjian dicatat · Item pekerjaan ditambahkan · Penilaian harga item dicatat · Perjanjian diubah"+
		" · Item pekerjaan dihapus · Penilaian harga item dihapus · Item pekerjaan ditambahkan · Penilaian harga item dicatat"+
		" · Perjanjian diajukan · Penilaian perjanjian dicatat · Disetujui pada satu langkah · Perjanjian disetujui"; got != want {
		t.Errorf("what happened:\n got %s\nwant %s", got, want)
	}
	for _, e := range told {
		if e.Deed == "Perjanjian diubah" {
			if got := fmt.Sprint(e.Changes); !strings.Contains(got, "{title Judul Kerja sama media Judul baru}") || !strings.Contains(got, "Rp2.220.000 Rp3.330.000") {
				t.Errorf("the change of the terms: %s", got)
			}
		}
		if e.Kind == "Item pekerjaan" && (e.Record != "advertorial" || e.Parent != "Perjanjian "+a.Number) {
			t.Errorf("a part names its whole: %q of %q", e.Record, e.Parent)
		}
	}
	last := told[len(told)-1]
	if last.Who != "ppk" || last.Email != "ppk@contoh.test" || last.Reason != "alasan" || last.Record != a.Number || last.Kind != "Perjanjian" {
		t.Errorf("who, why and which: %+v", last)
	}
	if c := last.Changes[0]; c.Label != "Keadaan" || c.Old != "diajukan" || c.New != "aktif" {
		t.Errorf("the state comes first: %+v", last.Changes)
	}
	if got := fmt.Sprint(last.Changes); !strings.Contains(got, "Disetujui oleh  ppk") {
		t.Errorf("ids are names: %s", got)
	}
	made := fmt.Sprint(told[0].Changes)
	for _, want := range []string{"Penyedia  PT Kabar Contoh", "Metode pengadaan  E-purchasing", "Tanggal pesan  1 Mei 2026", "Nilai tanpa PPN  Rp2.000.000"} {
		if !strings.Contains(made, want) {
			t.Errorf("%q is not in %s", want, made)
		}
	}
}

func TestWhoSeesWhichEvents(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	c.Draft(t, c.Item(1))
	seen := func(actor access.Actor, agency string) map[string]int {
		t.Helper()
		out := map[string]int{}
		page, err := trailOf(c).List(t.Context(), actor, agency, listing.All())
		chain.Wants(t, err, "")
		for _, e := range page.Items {
			out[e.Table]++
		}
		return out
	}
	for who, actor := range map[string]access.Actor{"staff": c.Staff, "auditor": c.Auditor} {
		here := seen(actor, c.Agency.Code)
		if here["agreement"] != 1 || here["deliverable"] != 1 || here["vendor"] != 1 || here["outlet"] != 5 || here["agency"] != 2 {
			t.Errorf("%s sees the agency and the registry: %v", who, here)
		}
		if people := here["user_account"] + here["government"]; (people > 0) != (who == "auditor") {
			t.Errorf("%s sees people: %v", who, here)
		}
	}
	if there := seen(c.Neighbour, c.Other.Code); there["agreement"] != 0 || there["deliverable"] != 0 || there["vendor"] != 1 || there["user_account"] != 0 {
		t.Errorf("the other agency sees its own: %v", there)
	}
	if abroad := seen(c.Stranger, "kominfo"); abroad["agency"] != 1 || abroad["vendor"] != 0 || abroad["agreement"] != 0 {
		t.Errorf("another government: %v", abroad)
	}
	_, err := trailOf(c).List(t.Context(), c.Neighbour, c.Agency.Code, listing.All())
	chain.Wants(t, err, "not_found")
	_, err = trailOf(c).List(t.Context(), c.Admin, c.Agency.Code, listing.All())
	chain.Wants(t, err, "forbidden")
	local := c.Auditor
	local.Grants = []access.Grant{{Role: access.Auditor, Agency: c.Agency.ID}}
	if here := seen(local, c.Agency.Code); here["user_account"] != 0 || here["agreement"] != 1 {
		t.Errorf("an auditor of one agency: %v", here)
	}
}

func TestTheTrailFiltersAndPages(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Draft(t, c.Item(1))
	b := c.Draft(t, c.Item(1))
	c.Move(t, c.Staff, a, agreement.Submit)
	office := time.Now().In(time.FixedZone("WIB", 7*60*60))
	today, tomorrow := office.Format(time.DateOnly), office.AddDate(0, 0, 1).Format(time.DateOnly)
	for name, q := range map[string]struct {
		query listing.Query
		want  int
	}{
		"table":          {filters("table", "agreement"), 3},
		"verb and op":    {filters("verb", "agreement.write", "op", "update"), 1},
		"row":            {filters("row_id", b.ID.String()), 1},
		"record":         {filters("record", b.ID.String()), 3},
		"actor":          {filters("actor", "Staff@contoh.test", "table", "agreement"), 3},
		"nobody":         {filters("actor", "nobody@contoh.test"), 0},
		"operator":       {filters("actor", "operator"), 0},
		"outside":        {filters("outside", "true"), 0},
		"text":           {listing.Query{Text: b.Number}, 3},
		"text of nobody": {listing.Query{Text: "tidak ada yang bernama ini"}, 0},
		"until today":    {filters("to", today, "table", "agreement"), 3},
		"from today":     {filters("from", today, "to", today, "table", "agreement"), 3},
		"from tomorrow":  {filters("from", tomorrow), 0},
		"before":         {filters("to", "2026-01-01"), 0},
	} {
		if got := read(t, c, c.Staff, q.query); len(got) != q.want {
			t.Errorf("%s: %d events, want %d: %s", name, len(got), q.want, deeds(got))
		}
	}
	for parameter, code := range map[string]string{"from": "/query/from not_readable", "nonsense": "/query/nonsense unknown_filter", "seq": "/query/seq not_readable"} {
		_, err := trailOf(c).List(t.Context(), c.Staff, c.Agency.Code, filters(parameter, "x"))
		chain.Wants(t, err, "invalid", code)
	}
	_, err := trailOf(c).List(t.Context(), c.Staff, c.Agency.Code, listing.Query{Sort: []listing.Key{{Field: "verb"}}})
	chain.Wants(t, err, "invalid", "/query/sort unknown_field")

	all := read(t, c, c.Staff, listing.Query{})
	for _, desc := range []bool{false, true} {
		var got []int64
		for q := (listing.Query{Limit: 3, Count: true, Sort: []listing.Key{{Field: "seq", Desc: desc}}}); ; {
			page, err := trailOf(c).List(t.Context(), c.Staff, c.Agency.Code, q)
			chain.Wants(t, err, "")
			if *page.Total != int64(len(all)) {
				t.Fatalf("total %d of %d", *page.Total, len(all))
			}
			for _, e := range page.Items {
				got = append(got, e.Seq)
			}
			if page.NextCursor == nil {
				break
			}
			q.Cursor = *page.NextCursor
		}
		if desc {
			slices.Reverse(got)
		}
		if len(got) != len(all) || !slices.IsSorted(got) || got[0] != all[0].Seq {
			t.Errorf("pages give %v", got)
		}
	}
	one, err := trailOf(c).Get(t.Context(), c.Staff, c.Agency.Code, all[0].Seq)
	chain.Wants(t, err, "")
	if one.Seq != all[0].Seq {
		t.Errorf("event %d", one.Seq)
	}
	_, err = trailOf(c).Get(t.Context(), c.Staff, c.Agency.Code, 1<<60)
	chain.Wants(t, err, "not_found")
}

func TestIdentifiersAreMaskedAndSecretsNeverTold(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	vendors := registry.NewVendorService(db.Within(c.Store, func(tx *db.Tx) registry.VendorStore { return tx }), nil)
	_, err := vendors.Change(t.Context(), c.Staff, c.Vendor.ID, nil, func(f registry.VendorForm) (registry.VendorForm, error) {
		f.NPWP, f.Bank.AccountNumber = "0012345678909999", "1234567890"
		f.Bank.Name, f.Bank.AccountOwner = "Bank Contoh", "PT Kabar Contoh"
		return f, nil
	})
	chain.Wants(t, err, "")
	if err := c.Store.InTx(t.Context(), access.Act{Actor: access.Actor{Government: c.Staff.Government}, Verb: "user.passwd"}, func(tx *db.Tx) (any, error) {
		return nil, tx.SetPassword(t.Context(), c.PPK.Email, "another hash")
	}); err != nil {
		t.Fatal(err)
	}
	told := read(t, c, c.Auditor, filters("op", "update", "actor", "staff@contoh.test,operator"))
	if len(told) != 2 {
		t.Fatalf("%d updates: %s", len(told), deeds(told))
	}
	if got := fmt.Sprint(told[0].Changes); !strings.Contains(got, "•••• •••• •••• 1234 •••• •••• •••• 9999") || !strings.Contains(got, " •••• ••78 90") {
		t.Errorf("the vendor's change: %s", got)
	}
	if got := fmt.Sprint(told[1].Changes); told[1].Who != "operator (baris perintah)" || told[1].Deed != "Kata sandi diganti" || got != "[{password_hash Kata sandi ••• diganti}]" {
		t.Errorf("the password: %+v", told[1])
	}
	page, err := trailOf(c).List(t.Context(), c.Auditor, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	for _, e := range page.Items {
		if text := fmt.Sprint(e.Old, e.New); strings.Contains(text, "12345678901234") || strings.Contains(text, "234567890") || strings.Contains(text, "hash:") && !strings.Contains(text, "hash:•••") {
			t.Errorf("event %d tells %s", e.Seq, text)
		}
	}
}

func TestAChangePastTheProgramSaysWhoCame(t *testing.T) {
	t.Parallel()
	owner, app := dbtest.DSNs(t)
	store, err := db.Open(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	pool := connect(t, owner)
	government, agency := uuid.New(), uuid.New()
	for _, s := range []string{
		`INSERT INTO government (government_id, name, created_at) VALUES ('` + government.String() + `', 'Contoh', now())`,
		`INSERT INTO agency (government_id, id, code, name, scheme, currency, created_at)
			VALUES ('` + government.String() + `', '` + agency.String() + `', 'A', 'Dinas', 'apbd', 'IDR', now())`,
		`UPDATE agency SET name = 'Dinas Baru'`,
	} {
		if _, err := pool.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	reader := access.Actor{Government: government, Grants: []access.Grant{{Role: access.Auditor}}}
	service := trail.NewService(db.Reading(store, func(tx *db.Tx) trail.Lists { return tx }))
	out, err := service.Read(t.Context(), reader, "A", listing.All().Where("outside", "true").Where("op", "update"))
	chain.Wants(t, err, "")
	if len(out.Events) != 1 {
		t.Fatalf("%d events", len(out.Events))
	}
	told := tellers(out.Names)[0].Tell(out.Events[0])
	if !strings.HasPrefix(told.Who, "di luar program: peran basis data ") || told.Deed != "Perangkat daerah diubah di luar program" || told.Changes[0].New != "Dinas Baru" {
		t.Errorf("%+v", told)
	}
	entry, err := service.Get(t.Context(), reader, "A", out.Events[0].Seq)
	chain.Wants(t, err, "")
	if !entry.Outside || entry.Origin == nil || entry.Actor != "" || entry.ActorID.Valid {
		t.Errorf("%+v", entry)
	}
}
