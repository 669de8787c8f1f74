package access_test

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
)

func TestActingForAnother(t *testing.T) {
	t.Parallel()
	here, there := uuid.New(), uuid.New()
	own := func(r access.Role, agency uuid.UUID) access.Grant { return access.Grant{Role: r, Agency: agency} }
	acting := access.Grant{Role: access.Head, Agency: here, For: "head@contoh.test", Override: uuid.New()}
	for name, c := range map[string]struct {
		grants []access.Grant
		verb   access.Verb
		agency uuid.UUID
		may    bool
		acts   bool
	}{
		"for the head":             {[]access.Grant{own(access.PPK, here), acting}, access.PaymentAuthorise, here, true, true},
		"by his own role":          {[]access.Grant{own(access.PPK, here), acting}, access.AgreementApprove, here, true, false},
		"by either, it is his own": {[]access.Grant{acting, own(access.Verifier, here)}, access.PaymentAuthorise, here, true, false},
		"elsewhere":                {[]access.Grant{acting}, access.PaymentAuthorise, there, false, false},
		"what the head may not":    {[]access.Grant{acting}, access.PaymentSettle, here, false, false},
	} {
		a := access.Actor{Grants: c.grants}
		if may := a.Can(c.verb, c.agency) == nil; may != c.may {
			t.Errorf("%s: may %v", name, may)
		}
		if g, acts := a.ActingIn(c.verb, c.agency); acts != c.acts || acts && g != acting {
			t.Errorf("%s: acts %v by %+v", name, acts, g)
		}
	}
}
