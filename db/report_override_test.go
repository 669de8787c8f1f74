package db_test

import (
	"database/sql"
	"io"
	"strings"
	"testing"
	"time"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/override"
	"tayang/app/report"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// departed is an office where every kind of override was used, one spending came back, and a row was changed past the
// program.
func departed(t *testing.T) *chain.Chain {
	t.Helper()
	c := chain.New(t)
	ask := func(kind override.Kind, s override.Subject) override.Ask { return override.Ask{Kind: kind, Subject: s} }
	c.Override(t, c.Staff, c.Head, ask(override.CheckMode, override.Subject{Check: override.Budget, DocumentType: override.Agreement, Mode: override.Warn}))
	c.Move(t, c.Staff, c.Draft(t, c.Item(1_000)), agreement.Submit)
	c.Override(t, c.Staff, c.Head, ask(override.Tolerance, override.Subject{DocumentType: override.Invoice, Amount: 500}))
	a := c.Agreement(t, c.Item(2))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	b := c.Bill(t, a, ps)
	b.Amount += 300
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	spend := func(number, on string) override.Override {
		return c.Override(t, c.Treasurer, c.Head, ask(override.WithoutAgreement, override.Subject{
			VendorID: c.Vendor.ID, BudgetLineID: c.Lines[0].ID, Amount: 700_000, Date: chain.Day(on), Number: number, Description: "Iklan darurat",
		}))
	}
	spend("KW/1", "2026-03-05")
	back := spend("KW/2", "2026-04-05")
	_, err = c.Overrides.Decide(t.Context(), c.Head, c.Agency.Code, back.ID, override.DecideCommand{Verb: override.Revoke, Remark: "salah"})
	chain.Wants(t, err, "")
	waiting := ask(override.PeriodReopen, override.Subject{Month: "2026-02"})
	waiting.Reason = "SP2D terlambat"
	_, err = c.Overrides.Ask(t.Context(), c.Treasurer, c.Agency.Code, waiting)
	chain.Wants(t, err, "")
	c.Override(t, c.Admin, c.Head, ask(override.RoleChange, override.Subject{Email: c.Colleague.Email, Role: access.Auditor, Action: override.Give}))
	acting := ask(override.Acting, override.Subject{
		Email: c.Verifier.Email, ForEmail: c.PPK.Email, Role: access.PPK, AgencyCode: c.Agency.Code, DecreeNumber: "800/1",
	})
	acting.ValidUntil = chain.Day("2099-12-31")
	o := c.Override(t, c.Admin, c.Head, acting)
	plt := c.Verifier
	plt.Grants = append(plt.Grants, access.Grant{Role: access.PPK, Agency: c.Agency.ID, For: c.PPK.Email, Override: o.ID})
	c.Move(t, plt, c.Move(t, c.Staff, c.Draft(t, c.Item(1)), agreement.Submit), agreement.Approve)
	return c
}

// past changes a row as an operator with psql would, and gives a role as the command line does.
func past(t *testing.T, c *chain.Chain) {
	t.Helper()
	err := c.Store.InTx(t.Context(), access.Act{Actor: access.Actor{Government: c.Admin.Government}, Verb: "user.add", Reason: "command line"}, func(tx *db.Tx) (any, error) {
		u, err := access.NewUser("baru@contoh.test", "Baru", "", []access.UserRole{{Role: access.Staff, Agency: c.Agency.ID}, {Role: access.PPK, Agency: c.Other.ID}})
		if err != nil {
			return nil, err
		}
		return nil, tx.InsertUser(t.Context(), u, "x")
	})
	chain.Wants(t, err, "")
	conn, err := db.Pool(c.Store).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(t.Context(), &sql.TxOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"SET LOCAL tayang.government = '" + c.Admin.Government.String() + "'", "UPDATE agreement SET title = title || ' (diubah)' WHERE status = 'active'"} {
		if _, err := tx.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestReportAgreesOnOverrides(t *testing.T) {
	t.Parallel()
	c := departed(t)
	past(t, c)
	for _, span := range [][2]string{{"", ""}, {"", "2026-03-31"}, {"", "2026-04-30"}, {"2026-04-01", "2026-04-30"}, {"2026-05-01", ""}, {"2026-01-01", "2026-12-31"}} {
		t.Run(span[0]+"–"+span[1], func(t *testing.T) {
			var read discard
			_, err := report.Maker{Source: c.Store, Writer: &read}.Make(t.Context(), c.Auditor, report.Request{
				Kind:     report.Accountability,
				AgencyID: c.Agency.ID, FiscalYear: 2026, From: day(t, span[0]), To: day(t, span[1]), Language: report.English,
			}, io.Discard, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range read.doc.Differences() {
				t.Errorf("%s: sheet %d, other %d", d.Label.EN, d.Sheet.Total(), d.Other())
			}
			want := map[string]int64{"": 700_000, "2026-03-31": 700_000, "2026-04-30": 1_400_000, "2026-12-31": 700_000}[span[1]]
			switch span[0] {
			case "2026-04-01":
				want = 700_000 // the second, which comes back later
			case "2026-05-01":
				want = 0
			}
			if got := control(t, read.doc, "Spending without agreement"); int64(got) != want {
				t.Errorf("spending without agreement %d, want %d", got, want)
			}
		})
	}
}

// TestReportTellsWhatPassed looks at what the rows of the whole year say.
func TestReportTellsWhatPassed(t *testing.T) {
	t.Parallel()
	c := departed(t)
	past(t, c)
	said := map[string][]report.OverrideRow{}
	err := c.Store.ReportSnapshot(t.Context(), c.Auditor, report.Request{Kind: report.Accountability, AgencyID: c.Agency.ID, FiscalYear: 2026, Language: report.Indonesian},
		func(s report.Snapshot) error {
			for r, err := range s.Rows.ReportOverrides(t.Context()) {
				if err != nil {
					return err
				}
				said[r.Category] = append(said[r.Category], r)
			}
			return nil
		})
	chain.Wants(t, err, "")
	if r := said["without_agreement"]; len(r) != 2 || r[0].Status != "approved" || r[1].Status != "revoked" || r[0].Vendor != c.Vendor.LegalName ||
		*r[0].Amount != 700_000 || r[0].DocumentType != "spending" || !strings.HasPrefix(r[0].Line, "2.16.02.2.01.0014") {
		t.Errorf("spending %+v", r)
	}
	if r := said["check_mode"]; len(r) != 1 || r[0].DocumentType != "agreement" || r[0].UsedBy != c.Staff.Name || r[0].DecidedBy != c.Head.Name {
		t.Errorf("check mode %+v", r)
	}
	if r := said["acting"]; len(r) != 1 || r[0].UsedBy != c.Verifier.Name || r[0].Amount == nil {
		t.Errorf("acting %+v", r)
	}
	if time.Now().UTC().Year() != 2026 {
		return // what was asked for and what the trail saw is of the year in which this runs
	}
	var gave []string
	for _, r := range said["role_change"] {
		gave = append(gave, r.Subject.Email+" "+string(r.Subject.Role)+" "+r.Reason)
	}
	if len(gave) != 2 || gave[0] != c.Colleague.Email+" auditor Keadaan mendesak" || gave[1] != "baru@contoh.test staff command line" {
		t.Errorf("roles %q", gave)
	}
	if r := said["outside"]; len(r) != 1 || r[0].Changed != "agreement" || r[0].Op != "update" || r[0].AskedBy == "" || r[0].Rows != 2 {
		t.Errorf("outside %+v", r)
	}
}
