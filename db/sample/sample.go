// Package sample loads an invented office through the use cases, as its people would have done it over the year:
// one regency, three agencies, fiscal year 2026. Names are plainly invented. It holds data and their order, no rules.
package sample

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
)

// Password is the password of every account of the sample office.
const Password = "contoh-tayang-2026" //nolint:gosec // it is printed: the server refuses these accounts off the loopback

// Government is the name of the sample office's government.
const Government = "Kabupaten Contoh"

// Unfinished is its name until the whole story is told.
const Unfinished = Government + " (belum lengkap)"

// The agencies: the communication office, the council secretariat and the tourism office.
const (
	Kominfo = "DISKOMINFO"
	Setwan  = "SETWAN"
	Dispar  = "DISPAR"
)

// Account is one person of the sample office. An empty agency is the whole government.
type Account struct {
	Email, Name string
	Role        access.Role
	Agency      string
}

// Accounts lists everybody; the first seven are those that people try first.
func Accounts() []Account {
	return []Account{
		{"staff@contoh.go.id", "Sari Contoh (staf)", access.Staff, Kominfo},
		{"ppk@contoh.go.id", "Pramono Contoh (PPK)", access.PPK, Kominfo},
		{"verifier@contoh.go.id", "Vina Contoh (PPK-SKPD)", access.Verifier, Kominfo},
		{"treasurer@contoh.go.id", "Bendi Contoh (bendahara)", access.Treasurer, Kominfo},
		{"head@contoh.go.id", "Kapa Contoh (PA)", access.Head, Kominfo},
		{"auditor@contoh.go.id", "Audi Contoh (auditor)", access.Auditor, ""},
		{"admin@contoh.go.id", "Admin Contoh", access.Admin, ""},
		{"staff.setwan@contoh.go.id", "Wanda Contoh (staf)", access.Staff, Setwan},
		{"ppk.setwan@contoh.go.id", "Pasha Contoh (PPK)", access.PPK, Setwan},
		{"verifier.setwan@contoh.go.id", "Vera Contoh (PPK-SKPD)", access.Verifier, Setwan},
		{"treasurer.setwan@contoh.go.id", "Beno Contoh (bendahara)", access.Treasurer, Setwan},
		{"head.setwan@contoh.go.id", "Kara Contoh (PA)", access.Head, Setwan},
		{"staff.dispar@contoh.go.id", "Dipa Contoh (staf)", access.Staff, Dispar},
		{"ppk.dispar@contoh.go.id", "Puri Contoh (PPK)", access.PPK, Dispar},
		{"verifier.dispar@contoh.go.id", "Vito Contoh (PPK-SKPD)", access.Verifier, Dispar},
		{"treasurer.dispar@contoh.go.id", "Bella Contoh (bendahara)", access.Treasurer, Dispar},
		{"head.dispar@contoh.go.id", "Kiki Contoh (PA)", access.Head, Dispar},
	}
}

// Begin makes the government with its agencies and accounts, at the start of the year, and returns everybody as an
// actor, by e-mail address.
func Begin(ctx context.Context, store *db.Store) (map[string]access.Actor, error) {
	return begin(ctx, store, Government)
}

func begin(ctx context.Context, store *db.Store, name string) (map[string]access.Actor, error) {
	government, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	hash, err := access.HashPassword(Password)
	if err != nil {
		return nil, err
	}
	people := map[string]access.Actor{}
	act := access.Act{Actor: access.Actor{Government: government}, Verb: "sample.begin", Reason: "sample office"}
	err = store.At(morning).InTx(ctx, act, func(tx *db.Tx) (any, error) {
		if err := tx.InsertGovernment(ctx, name); err != nil {
			return nil, err
		}
		agencies, err := beginAgencies(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, a := range Accounts() {
			u, err := access.NewUser(a.Email, a.Name, "", []access.UserRole{{Role: a.Role, Agency: agencies[a.Agency]}})
			if err != nil {
				return nil, err
			}
			if err := tx.InsertUser(ctx, u, hash); err != nil {
				return nil, err
			}
			people[a.Email] = access.Actor{
				Government: government, User: u.ID, Email: u.Email, Name: u.Name, Language: u.Language,
				Grants: []access.Grant{{Role: a.Role, Agency: agencies[a.Agency]}},
			}
		}
		return nil, beginRules(ctx, tx, people["admin@contoh.go.id"].User)
	})
	return people, err
}

// transitional are the rules that only warn until further notice: the regency has told its offices to complete the files
// of their agreements step by step. What has no row here holds as the law has it.
func transitional() []rule.Code {
	return []rule.Code{
		rule.EstimateMissing, rule.RUPMissing, rule.RUPLate, rule.NegotiationMissing, rule.DocumentMissing, rule.RequirementUnmet,
		rule.KBLIMismatch, rule.AccountMismatch, rule.BankOwnerDiffers, rule.SnapshotMissing, rule.SnapshotStale, rule.OwnershipMissing,
		rule.ContentTermsMissing, rule.ConflictMissing, rule.CivilServant, rule.GuardianMissing, rule.ConfirmationMissing,
	}
}

func beginRules(ctx context.Context, tx *db.Tx, admin uuid.UUID) error {
	for _, circular := range []struct {
		basis string
		codes []rule.Code
	}{
		{"SE Bupati Contoh Nomor 480/1/2019 tentang masa peralihan kelengkapan berkas, sampai dicabut", transitional()},
		{"SE Bupati Contoh Nomor 480/2/2019 tentang masa peralihan bukti tayang, sampai dicabut", proofRules()},
		{"SE Bupati Contoh Nomor 480/3/2019 tentang masa peralihan berkas pembayaran, sampai dicabut", paymentRules()},
	} {
		for _, code := range circular.codes {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			f := rule.Form{Code: code, Mode: rule.Warn, ValidFrom: period.MustDate("2019-01-01"), Basis: circular.basis}
			if err := tx.AddRule(ctx, rule.Rule{ID: id, Form: f, CreatedBy: admin}); err != nil {
				return err
			}
		}
	}
	return nil
}

func beginAgencies(ctx context.Context, tx *db.Tx) (map[string]uuid.UUID, error) {
	ids := map[string]uuid.UUID{"": uuid.Nil}
	for _, a := range []registry.Agency{
		{Code: Kominfo, Name: "Dinas Komunikasi dan Informatika Kabupaten Contoh"},
		{Code: Setwan, Name: "Sekretariat DPRD Kabupaten Contoh"},
		{Code: Dispar, Name: "Dinas Pariwisata Kabupaten Contoh"},
	} {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, err
		}
		a.ID, a.Scheme, a.Currency = id, registry.APBD, "IDR"
		if err := tx.SaveAgency(ctx, a); err != nil {
			return nil, err
		}
		ids[a.Code] = id
	}
	return ids, nil
}

// morning is when the story begins.
func morning() time.Time { return time.Date(2026, 1, 2, 1, 0, 0, 0, time.UTC) }
