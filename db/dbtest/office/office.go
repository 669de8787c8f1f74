// Package office gives a test a government of its own with two agencies and a person in each role. Budgets, vendors
// and all else a test makes itself.
package office

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest"
)

// Office is a government in a database of its own. Staff, Head and the others work in Agency; Auditor and Admin in all
// of the government; Colleague is a second staff of Agency and Deputy a second head, Neighbour is staff of the other
// agency, Stranger is staff of another government.
type Office struct {
	Store         *db.Store
	Agency, Other registry.Agency

	Staff, PPK, Verifier, Treasurer, Head, Auditor, Admin access.Actor
	Colleague, Neighbour, Stranger                        access.Actor
	Deputy                                                access.Actor
}

// New makes the office in a fresh database. Its rules about agreements only warn, so that a test makes no more of an
// agreement than it is about.
func New(t testing.TB) *Office {
	t.Helper()
	o := Strict(t)
	o.Relax(t)
	return o
}

// Strict makes the office with the rules as the program knows them.
func Strict(t testing.TB) *Office {
	t.Helper()
	o := &Office{Store: dbtest.New(t)}
	o.settle(t)
	return o
}

// Relax makes every rule that refuses an agreement warn, but those of its life and those named.
func (o *Office) Relax(t testing.TB, but ...rule.Code) {
	t.Helper()
	lasting := []rule.Code{rule.AddendumOverLimit, rule.PublishedBeforeOrder, rule.PublishedOutsideTerm}
	if err := o.Store.InTx(t.Context(), access.Act{Actor: o.Admin}, func(tx *db.Tx) (any, error) {
		for _, k := range rule.Statutory() {
			if k.Mode != rule.Refuse || slices.Contains(lasting, k.Code) || slices.Contains(but, k.Code) {
				continue
			}
			f := rule.Form{Code: k.Code, Mode: rule.Warn, ValidFrom: period.MustDate("2000-01-01"), Basis: "masa peralihan"}
			if err := tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: o.Admin.User}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}); err != nil {
		t.Fatalf("relax the rules: %v", err)
	}
}

func (o *Office) settle(t testing.TB) {
	t.Helper()
	here, there := uuid.New(), uuid.New()
	o.Agency = registry.Agency{ID: uuid.New(), Code: "kominfo", Name: "Dinas Kominfo", Scheme: registry.APBD, Currency: money.IDR}
	o.Other = registry.Agency{ID: uuid.New(), Code: "setwan", Name: "Sekretariat DPRD", Scheme: registry.APBD, Currency: money.IDR}
	abroad := registry.Agency{ID: uuid.New(), Code: "kominfo", Name: "Dinas Kominfo lain", Scheme: registry.APBD, Currency: money.IDR}
	begin(t, o.Store, here, o.Agency, o.Other)
	begin(t, o.Store, there, abroad)
	for _, p := range []struct {
		actor      *access.Actor
		government uuid.UUID
		name       string
		role       access.Role
		agency     uuid.UUID
	}{
		{&o.Staff, here, "staff", access.Staff, o.Agency.ID},
		{&o.PPK, here, "ppk", access.PPK, o.Agency.ID},
		{&o.Verifier, here, "verifier", access.Verifier, o.Agency.ID},
		{&o.Treasurer, here, "treasurer", access.Treasurer, o.Agency.ID},
		{&o.Head, here, "head", access.Head, o.Agency.ID},
		{&o.Auditor, here, "auditor", access.Auditor, uuid.Nil},
		{&o.Admin, here, "admin", access.Admin, uuid.Nil},
		{&o.Colleague, here, "colleague", access.Staff, o.Agency.ID},
		{&o.Deputy, here, "deputy", access.Head, o.Agency.ID},
		{&o.Neighbour, here, "neighbour", access.Staff, o.Other.ID},
		{&o.Stranger, there, "stranger", access.Staff, abroad.ID},
	} {
		*p.actor = hire(t, o.Store, p.government, p.name, p.role, p.agency)
	}
	o.Agency.Version, o.Other.Version = 1, 1
}

func begin(t testing.TB, store *db.Store, government uuid.UUID, agencies ...registry.Agency) {
	t.Helper()
	founder := access.Act{Actor: access.Actor{Government: government, User: uuid.New()}}
	if err := store.InTx(t.Context(), founder, func(tx *db.Tx) (any, error) {
		if err := tx.InsertGovernment(t.Context(), "Kabupaten Contoh"); err != nil {
			return nil, err
		}
		for _, a := range agencies {
			if err := tx.SaveAgency(t.Context(), a); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}); err != nil {
		t.Fatalf("begin a government: %v", err)
	}
}

func hire(t testing.TB, store *db.Store, government uuid.UUID, name string, role access.Role, agency uuid.UUID) access.Actor {
	t.Helper()
	a := access.Actor{
		Government: government, User: uuid.New(), Email: name + "@contoh.test", Name: name, Language: "id",
		Grants: []access.Grant{{Role: role, Agency: agency}},
	}
	if err := store.InTx(t.Context(), access.Act{Actor: a}, func(tx *db.Tx) (any, error) {
		u := access.User{
			ID: a.User, Email: a.Email, Name: a.Name, Language: a.Language,
			Roles: []access.UserRole{{Role: role, Agency: agency}},
		}
		return nil, tx.InsertUser(t.Context(), u, "no password")
	}); err != nil {
		t.Fatalf("hire %s: %v", name, err)
	}
	return a
}
