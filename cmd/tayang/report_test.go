package main

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/registry"
)

func TestTheAgencyOfMostAccountsIsReportedOn(t *testing.T) {
	t.Parallel()
	a, b, c := registry.Agency{ID: uuid.UUID{1}, Code: "A"}, registry.Agency{ID: uuid.UUID{2}, Code: "B"}, registry.Agency{ID: uuid.UUID{3}, Code: "C"}
	user := func(disabled bool, of registry.Agency) access.User {
		return access.User{Disabled: disabled, Roles: []access.UserRole{{Role: access.Staff, Agency: of.ID}}}
	}
	auditor := access.User{Roles: []access.UserRole{{Role: access.Auditor}}}
	for _, row := range []struct {
		name  string
		named string
		all   []registry.Agency
		users []access.User
		want  string
	}{
		{"most accounts", "", []registry.Agency{a, b, c}, []access.User{user(false, a), user(false, b), user(false, b), auditor}, "B"},
		{"equals: the first by code", "", []registry.Agency{a, b}, []access.User{user(false, b), user(false, a)}, "A"},
		{"closed accounts do not count", "", []registry.Agency{a, b}, []access.User{user(false, a), user(true, b), user(true, b)}, "A"},
		{"no accounts", "", []registry.Agency{a, b}, nil, "A"},
		{"the named one", "C", []registry.Agency{a, b, c}, []access.User{user(false, a)}, "C"},
		{"a name that is none", "D", []registry.Agency{a, b}, nil, ""},
		{"no agency", "", nil, nil, ""},
	} {
		got, err := reportCommand{Agency: row.named}.agencyOf(row.all, row.users)
		if got.Code != row.want || (err == nil) != (row.want != "") {
			t.Errorf("%s: %q, %v", row.name, got.Code, err)
		}
	}
}
