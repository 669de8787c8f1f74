package override_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/db/dbtest/chain"
)

// signedIn is the person as his session shows him at that time.
func signedIn(t *testing.T, c *chain.Chain, who access.Actor, now time.Time) access.Actor {
	t.Helper()
	s := access.Session{ID: uuid.New(), User: who.User, Kind: access.APISession, SecretHash: []byte(uuid.NewString()), ExpiresAt: now.AddDate(1, 0, 0)}
	chain.Wants(t, c.Store.SaveSession(t.Context(), who, s), "")
	got, ok, err := c.Store.SessionActor(t.Context(), who.Government, s.ID, s.SecretHash, now)
	chain.Wants(t, err, "")
	if !ok {
		t.Fatal("nobody is signed in")
	}
	return got
}

func roleChange(email string, role access.Role, agency string, action override.Action) override.Ask {
	return override.Ask{Kind: override.RoleChange, Reason: "SK/1", Subject: override.Subject{Email: email, Role: role, AgencyCode: agency, Action: action}}
}

func TestRolesChangeHandsByTwoPeople(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	code := c.Agency.Code
	try := func(who access.Actor, a override.Ask) (override.Override, error) {
		return c.Overrides.Ask(t.Context(), who, code, a)
	}
	_, err := try(c.Head, roleChange(c.Colleague.Email, access.PPK, code, override.Give))
	chain.Wants(t, err, "forbidden")
	_, err = try(c.Admin, roleChange("nobody@contoh.test", access.PPK, code, override.Give))
	chain.Wants(t, err, "invalid", "/subject/email no_account")
	_, err = try(c.Admin, roleChange(c.Colleague.Email, access.PPK, c.Other.Code, override.Give))
	chain.Wants(t, err, "invalid", "/subject/agency_code other_agency")
	_, err = try(c.Admin, roleChange(c.PPK.Email, access.PPK, code, override.Give))
	chain.Wants(t, err, "invalid", "/subject/role held_already")
	_, err = try(c.Admin, roleChange(c.Colleague.Email, access.PPK, code, override.TakeBack))
	chain.Wants(t, err, "invalid", "/subject/role not_held")

	o, err := try(c.Admin, roleChange(c.Colleague.Email, access.PPK, code, override.Give))
	chain.Wants(t, err, "")
	second, err := try(c.Admin, roleChange(c.Colleague.Email, access.PPK, code, override.Give))
	chain.Wants(t, err, "")
	chain.Wants(t, decide(t, c, c.Admin, o.ID, override.Approve), "segregation_of_duties")
	chain.Wants(t, decide(t, c, c.Treasurer, o.ID, override.Approve), "forbidden")
	if got := signedIn(t, c, c.Colleague, chain.Now()); len(got.Grants) != 1 {
		t.Errorf("a request gives nothing: %+v", got.Grants)
	}
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Approve), "")
	ppk := access.Grant{Role: access.PPK, Agency: c.Agency.ID}
	if got := signedIn(t, c, c.Colleague, chain.Now()); len(got.Grants) != 2 || !slices.Contains(got.Grants, ppk) {
		t.Errorf("he is a commitment officer now: %+v", got.Grants)
	}
	chain.Wants(t, decide(t, c, c.Head, second.ID, override.Approve), "subject_changed", "/subject/role held_already")
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Revoke), "wrong_state")
	c.Override(t, c.Admin, c.Head, roleChange(c.Colleague.Email, access.PPK, code, override.TakeBack))
	if got := signedIn(t, c, c.Colleague, chain.Now()); len(got.Grants) != 1 {
		t.Errorf("it is taken back: %+v", got.Grants)
	}
	c.Override(t, c.Admin, c.Head, roleChange(c.Colleague.Email, access.PPK, code, override.Give))

	about, err := try(c.Admin, roleChange(c.Head.Email, access.Treasurer, code, override.Give))
	chain.Wants(t, err, "")
	chain.Wants(t, decide(t, c, c.Head, about.ID, override.Approve), "segregation_of_duties")
	chain.Wants(t, decide(t, c, c.Deputy, about.ID, override.Approve), "")

	wide := c.Override(t, c.Admin, c.Head, roleChange(c.Staff.Email, access.Auditor, "", override.Give))
	if wide.AgencyID.Valid {
		t.Errorf("an auditor's role is the government's: %+v", wide)
	}
	page, err := c.Overrides.List(t.Context(), c.Neighbour, c.Other.Code, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].ID != wide.ID {
		t.Errorf("every agency sees the government's: %+v", page.Items)
	}
}

func TestAdministratorSeesRolesOnly(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	money := c.Override(t, c.Staff, c.Head, tolerance(1))
	roles := c.Override(t, c.Admin, c.Head, roleChange(c.Colleague.Email, access.Verifier, c.Agency.Code, override.Give))
	page, err := c.Overrides.List(t.Context(), c.Admin, c.Agency.Code, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 1 || page.Items[0].ID != roles.ID {
		t.Errorf("sees %+v", page.Items)
	}
	_, err = c.Overrides.Get(t.Context(), c.Admin, c.Agency.Code, money.ID)
	chain.Wants(t, err, "forbidden")
	_, err = c.Overrides.Uses(t.Context(), c.Admin, c.Agency.Code, listing.All())
	chain.Wants(t, err, "forbidden")
}

// TestActingForTheHead: the treasurer acts for the head for a time; what he authorises is written down with for whom,
// and what he asked for himself he does not authorise.
func TestActingForTheHead(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(3))
	ask := override.Ask{Kind: override.Acting, Reason: "Cuti", ValidUntil: chain.Day("2026-12-31"), Subject: override.Subject{
		Email: c.Treasurer.Email, ForEmail: c.Head.Email, Role: access.Head, AgencyCode: c.Agency.Code, DecreeNumber: "800/12/2026",
	}}
	o, err := c.Overrides.Ask(t.Context(), c.Admin, c.Agency.Code, ask)
	chain.Wants(t, err, "")
	if got := signedIn(t, c, c.Treasurer, chain.Now()); len(got.Grants) != 1 {
		t.Errorf("a request gives nothing: %+v", got.Grants)
	}
	chain.Wants(t, decide(t, c, c.Head, o.ID, override.Approve), "") // for whom it is may decide; who acts may not
	plt := signedIn(t, c, c.Treasurer, chain.Now())
	if len(plt.Grants) != 2 || plt.Grants[1] != (access.Grant{Role: access.Head, Agency: c.Agency.ID, For: c.Head.Email, Override: o.ID}) {
		t.Fatalf("grants %+v", plt.Grants)
	}
	if got := signedIn(t, c, c.Treasurer, time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC)); len(got.Grants) != 1 {
		t.Errorf("he acts after the last day: %+v", got.Grants)
	}
	authorise := func(p payment.Payment) error {
		_, err := c.Payments.Authorise(t.Context(), plt, c.Agency.Code, p.ID, nil, payment.Paper{Number: "SPM/" + p.SPP.Number, Date: chain.Day("2026-06-13")})
		return err
	}
	p := c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 1))
	chain.Wants(t, authorise(p), "")
	if got := passed(t, c, o.ID); len(got) != 1 || got[0].DocumentID != p.ID || got[0].Amount != p.Gross || got[0].User != c.Treasurer.Email || got[0].For != c.Head.Email {
		t.Errorf("done for the head: %+v", got)
	}
	settled, err := c.Payments.Settle(t.Context(), plt, c.Agency.Code, p.ID, nil, payment.Paper{Number: "SP2D/1", Date: chain.Day("2026-06-15")})
	chain.Wants(t, err, "")
	if settled.Status != payment.Settled || len(passed(t, c, o.ID)) != 1 {
		t.Error("what is his own role's is not done for another")
	}
	own, err := c.Payments.Request(t.Context(), plt, c.Agency.Code, c.Request(a, c.Invoiced(t, a, a.Deliverables[0].ID, 1)))
	chain.Wants(t, err, "")
	chain.Wants(t, authorise(own), "segregation_of_duties")
	chain.Wants(t, decide(t, c, c.Deputy, o.ID, override.Revoke), "")
	if got := signedIn(t, c, c.Treasurer, chain.Now()); len(got.Grants) != 1 {
		t.Errorf("revoked, and he still acts: %+v", got.Grants)
	}
	c.Move(t, c.PPK, a, agreement.Terminate)
}
