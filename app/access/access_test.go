package access_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

func TestCan(t *testing.T) {
	here, there := uuid.New(), uuid.New()
	actor := func(r access.Role, agency uuid.UUID) access.Actor {
		return access.Actor{User: uuid.New(), Grants: []access.Grant{{Role: r, Agency: agency}}}
	}
	for _, c := range []struct {
		name   string
		actor  access.Actor
		verb   access.Verb
		agency uuid.UUID
		code   string
	}{
		{"staff records", actor(access.Staff, here), access.AgreementWrite, here, ""},
		{"staff does not approve", actor(access.Staff, here), access.AgreementApprove, here, "forbidden"},
		{"another agency is not there", actor(access.Staff, here), access.Read, there, "not_found"},
		{"auditor reads everywhere", actor(access.Auditor, uuid.Nil), access.Read, there, ""},
		{"auditor writes nothing", actor(access.Auditor, uuid.Nil), access.PaymentSettle, there, "forbidden"},
		{"admin opens no money", actor(access.Admin, uuid.Nil), access.Read, here, "forbidden"},
		{"admin keeps agencies", actor(access.Admin, uuid.Nil), access.AgencyWrite, uuid.Nil, ""},
		{"registry is the government's", actor(access.Staff, here), access.RegistryWrite, uuid.Nil, ""},
		{"verifier does not pay", actor(access.Verifier, here), access.PaymentSettle, here, "forbidden"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.actor.Can(c.verb, c.agency)
			if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
				t.Fatalf("got %v, want %q", err, c.code)
			}
		})
	}
}

func TestApart(t *testing.T) {
	a := access.Actor{User: uuid.New()}
	if err := a.Apart(access.AgreementApprove, uuid.New()); err != nil {
		t.Fatal(err)
	}
	if err := a.Apart(access.AgreementApprove, uuid.New(), a.User); !fault.Is(err, "segregation_of_duties") {
		t.Fatal(err)
	}
}
