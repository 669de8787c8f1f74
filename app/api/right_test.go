package api

import (
	"testing"

	"tayang/app/access"
)

func TestRightsGoByResourceAndDeed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]access.Verb{
		"/agencies": access.AgencyWrite, agencyPath: access.AgencyWrite, "/vendors/{id}/checks": access.RegistryWrite,
		agencyPath + "/agreements":                        access.AgreementWrite,
		agencyPath + "/agreements/{id}/amend":             access.AgreementWrite,
		agencyPath + "/agreements/{id}/approve":           access.AgreementApprove,
		agencyPath + "/placements/{id}/reject":            access.PlacementVerify,
		agencyPath + "/placements/{id}/proofs":            access.PlacementWrite,
		agencyPath + "/payments/{id}/taxes/{sub}/deposit": access.TaxDeposit,
		agencyPath + "/overrides/{id}/approve":            "", // what is departed from says whose right it is
		"/files":                                          "",
		"/sessions":                                       "",
	} {
		if got := rightOf(path); got != want {
			t.Errorf("%s: want %q, got %q", path, want, got)
		}
	}
}
