package trail_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/trail"
)

const person = "01930000-0000-7000-8000-0000000000b1"

func teller(code string) trail.Teller {
	return trail.Teller{
		Lang: lang.For(code), Currency: money.IDR, Place: time.FixedZone("WIB", 7*60*60),
		Names: trail.Names{person: {Text: "Sari"}, "01930000-0000-7000-8000-0000000000c1": {Text: "027/014/SPK/2026"}},
	}
}

// stored is an event as the database writes it.
func stored(table, verb string, op trail.Op, old, now string) trail.Stored {
	if old == "" {
		old = "null"
	}
	if now == "" {
		now = "null"
	}
	return trail.Stored{
		Seq: 7, RecordedAt: time.Date(2026, 11, 24, 3, 4, 5, 0, time.UTC), Verb: verb, Table: table, Row: person, Op: op, Name: "Sari", Email: "sari@contoh.go.id",
		Actor: uuid.NullUUID{UUID: uuid.MustParse(person), Valid: true},
		Text: fmt.Sprintf(`{"seq": 7, "verb": %q, "reason": "sebab", "request": "r-1", "table": %q, "row": %q, "op": %q, "old": %s, "new": %s, "outside": null}`,
			verb, table, person, op, old, now),
	}
}

func TestEventsInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language string
		event    trail.Stored
		want     string
	}{
		{"id", stored("agreement", "agreement.approve", trail.Update, `{"status": "submitted", "approved_by": null, "version": 2}`,
			`{"number": "027/014", "status": "active", "approved_by": "`+person+`", "version": 3}`),
			"Perjanjian disetujui | Perjanjian 027/014 | Keadaan: diajukan → aktif; Disetujui oleh:  → Sari"},
		{"en", stored("agreement", "agreement.approve", trail.Update, `{"status": "submitted"}`, `{"number": "027/014", "status": "rejected"}`),
			"Agreement rejected | Agreement 027/014 | State: submitted → rejected"},
		{"id", stored("agreement", "payment.settle", trail.Update, `{"paid": 0}`, `{"number": "027/014", "paid": 19980000}`),
			"Pembayaran cair | Perjanjian 027/014 | Dibayar: Rp0 → Rp19.980.000"},
		{"en", stored("vendor", "registry.write", trail.Update, `{"bank_account_number": "0011223344", "kbli": ["63122"], "vat_registered": false}`,
			`{"legal_name": "PT Warta", "bank_account_number": "0099887766", "kbli": ["63122", "73100"], "vat_registered": true}`),
			"Vendor changed | Vendor PT Warta | Account number: •••• ••33 44 → •••• ••77 66; Business class (KBLI): 63122 → 63122, 73100; VAT registered (PKP): no → yes"},
		{"id", stored("placement", "placement.write", trail.Update, `{"published_on": null, "metrics": {}}`,
			`{"title": "Festival", "published_on": "2026-03-02", "metrics": {"views": 18400, "likes": 940}}`),
			"Penayangan diubah | Penayangan Festival | Metrik:  → Suka: 940; Tayangan: 18.400; Tanggal tayang:  → 2 Mar 2026"},
		{"id", stored("ledger_entry", "agreement.approve", trail.Insert, "", `{"kind": "commit", "document_number": "027/014", "amount": 5000, "from_account": "reserved"}`),
			"Dana diikat komitmen | Ayat buku besar Komitmen · 027/014 | Jenis:  → Komitmen; Nomor dokumen:  → 027/014; Jumlah:  → Rp5.000; Dari:  → Dicadangkan"},
		{"id", stored("deliverable", "agreement.write", trail.Delete, `{"product": "banner", "agreement_id": "01930000-0000-7000-8000-0000000000c1", "quantity": 1200}`, ""),
			"Item pekerjaan dihapus | Item pekerjaan banner < Perjanjian 027/014/SPK/2026 | Produk: banner → ; Perjanjian: 027/014/SPK/2026 → ; Jumlah: 1.200 → "},
		{"id", stored("payment_tax", "tax.deposit", trail.Update, `{"ntpn": "", "rate": 0.020000}`, `{"kind": "pph23", "ntpn": "0123456789ABCDEF", "rate": 0.040000}`),
			"Setoran pajak dicatat | Potongan pajak PPh 23 | NTPN:  → 0123456789ABCDEF; Tarif: 2% → 4%"},
		{"en", stored("user_account", "user.passwd", trail.Update, `{"password_hash": "aa"}`, `{"name": "Budi", "password_hash": "bb"}`),
			"Password replaced | User Budi | Password: ••• → replaced"},
		{"id", stored("override", "override.ask", trail.Insert, "", `{"kind": "acting", "subject": {"user_id": "`+person+`", "npwp": "0012345678901234"}}`),
			"Penyimpangan diminta | Penyimpangan Plt/Plh | Jenis:  → Plt/Plh; Tentang:  → NPWP: •••• •••• •••• 1234; Pengguna: Sari"},
		{"id", stored("agreement", "trail.begin", trail.Baseline, "", `{"number": "027/014"}`),
			"Perjanjian: keadaan saat jejak dimulai | Perjanjian 027/014 | Nomor:  → 027/014"},
		{"id", stored("new_table", "new.verb", trail.Update, `{"column": 1}`, `{"column": 2}`), "new_table diubah | new_table …0000000000b1 | column: 1 → 2"},
	} {
		told := teller(c.language).Tell(c.event.Event())
		got := told.Deed + " | " + told.Kind + " " + told.Record
		if told.Parent != "" {
			got += " < " + told.Parent
		}
		var changes []string
		for _, x := range told.Changes {
			changes = append(changes, x.Label+": "+x.Old+" → "+x.New)
		}
		if got += " | " + strings.Join(changes, "; "); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.event.Table, c.event.Op, got, c.want)
		}
	}
}

func TestWhoDidIt(t *testing.T) {
	t.Parallel()
	known := stored("agreement", "agreement.write", trail.Update, `{}`, `{}`)
	operator, unknown, outside := known, known, known
	operator.Actor.UUID, operator.Name, operator.Email = uuid.Nil, "", ""
	unknown.Name, unknown.Email = "", ""
	outside.Actor, outside.Name, outside.Email = uuid.NullUUID{}, "", ""
	outside.Text = strings.Replace(outside.Text, `"outside": null`, `"outside": {"role": "postgres", "program": "psql"}`, 1)
	for want, s := range map[string]trail.Stored{
		"Sari <sari@contoh.go.id> Perjanjian diubah": known, "operator (baris perintah) <> Perjanjian diubah": operator, "…0000000000b1 <> Perjanjian diubah": unknown,
		"di luar program: peran basis data postgres, program psql <> Perjanjian diubah di luar program": outside,
	} {
		told := teller("id").Tell(s.Event())
		if got := told.Who + " <" + told.Email + "> " + told.Deed; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if e := operator.Event().Entry(); e.Actor != "operator" || e.Reason != "sebab" || e.RequestID != "r-1" || e.Outside {
		t.Errorf("%+v", e)
	}
	if e := outside.Event().Entry(); e.Actor != "" || !e.Outside || *e.Origin != (trail.Origin{Role: "postgres", Program: "psql"}) {
		t.Errorf("%+v", e)
	}
}

func TestADamagedEventIsStillShown(t *testing.T) {
	t.Parallel()
	s := stored("agreement", "agreement.write", trail.Update, `{}`, `{}`)
	s.Text = "{broken"
	e := s.Event()
	if told := teller("id").Tell(e); !e.Damaged || told.Deed != "Perjanjian diubah" || told.Who != "Sari" || told.Record != "…0000000000b1" {
		t.Errorf("%+v", told)
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	for identifier, want := range map[string]string{"0012345678901234": "••••••••••••1234", "12345": "•2345", "1234": "••••", "": ""} {
		if got := trail.Mask(identifier); got != want {
			t.Errorf("%s: %s, want %s", identifier, got, want)
		}
	}
}

func TestReferencesAreCollectedOnce(t *testing.T) {
	t.Parallel()
	e := stored("placement", "placement.verify", trail.Update, `{"verified_by": null}`,
		`{"verified_by": "`+person+`", "recorded_by": ["`+person+`"], "agreement_id": "01930000-0000-7000-8000-0000000000c1"}`).Event()
	refs := trail.Refer([]trail.Event{e, e})
	if len(refs) != 2 || len(refs["user"]) != 1 || len(refs["agreement"]) != 1 {
		t.Errorf("%v", refs)
	}
}
