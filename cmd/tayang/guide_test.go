package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
)

// The columns and rows of the guide's table of rights.
var (
	guideRoles = []access.Role{access.Staff, access.PPK, access.Verifier, access.Treasurer, access.Head, access.Auditor, access.Admin}
	guideVerbs = []access.Verb{
		access.Read, access.RegistryRead, access.RegistryWrite, access.BudgetLock, access.AgreementWrite, access.AgreementApprove,
		access.AgreementEnd, access.PlacementWrite, access.PlacementVerify, access.AcceptanceWrite, access.VendorLinkWrite, access.InvoiceWrite, access.PaymentAuthorise,
		access.PaymentSettle, access.PaymentReverse, access.PeriodRequest, access.CashWrite, access.DebtWrite, access.PeriodDecide, access.AgencyWrite,
		access.OverrideAsk, access.OverrideDecide, access.RoleAsk, access.RoleDecide,
	}
)

// TestGuideTellsTheTruth holds the guide's table of rights against the program's, and its pictures against the folder.
func TestGuideTellsTheTruth(t *testing.T) {
	t.Parallel()
	picture := regexp.MustCompile(`\]\((pictures/[^)]+)\)`)
	for _, name := range []string{"guide.id.md", "guide.en.md"} {
		raw, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		var rows [][]string
		for _, line := range strings.Split(string(raw), "\n") {
			if strings.HasPrefix(line, "|") && strings.Contains(line, "✓") {
				rows = append(rows, strings.Split(line, "|")[1:])
			}
		}
		if len(rows) != len(guideVerbs) {
			t.Fatalf("%s: %d rows for %d rights", name, len(rows), len(guideVerbs))
		}
		checkRights(t, name, rows)
		for _, p := range picture.FindAllStringSubmatch(string(raw), -1) {
			if _, err := os.Stat(filepath.Join("..", "..", "docs", p[1])); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: there is no %s", name, p[1])
			}
		}
	}
}

func checkRights(t *testing.T, name string, rows [][]string) {
	t.Helper()
	agency := uuid.New()
	for i, v := range guideVerbs {
		for j, role := range guideRoles {
			actor := access.Actor{Grants: []access.Grant{{Role: role, Agency: agency}}}
			may, says := actor.Can(v, agency) == nil, strings.Contains(rows[i][j+1], "✓")
			if may != says {
				t.Errorf("%s: %q: %s may: %t, says: %t", name, strings.TrimSpace(rows[i][0]), role, may, says)
			}
		}
	}
}
