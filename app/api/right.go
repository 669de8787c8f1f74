package api

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
)

// agencyPath begins the path of whatever belongs to one agency.
const agencyPath = "/agencies/{agency}"

// refusal is why a request is refused whose body cannot be taken: because the person may not do this at all, or does not
// see the agency, if so, else because of the body. So nobody is led through fields to a deed that is not his.
func (a *API) refusal(c call, path string, body error) error {
	right := rightOf(path)
	if right == "" {
		return body
	}
	var agency uuid.UUID
	if strings.HasPrefix(path, agencyPath) {
		found, err := a.Agencies.Agency(c.ctx, c.actor, c.agency)
		if err != nil {
			return err
		}
		agency = found.ID
	}
	if err := c.actor.Can(right, agency); err != nil {
		return err
	}
	return body
}

// rightOf is the right that changing something at a path needs; "" where it is not the path that says so. Use cases ask
// for it themselves: this only says it earlier.
func rightOf(path string) access.Verb {
	resource, deed, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, agencyPath), "/"), "/")
	switch deed = deed[strings.LastIndexByte(deed, '/')+1:]; deed {
	case "lock":
		return access.BudgetLock
	case "approve":
		return access.AgreementApprove
	case "close", "terminate":
		return access.AgreementEnd
	case "verify":
		return access.PlacementVerify
	case "authorise":
		return access.PaymentAuthorise
	case "settle":
		return access.PaymentSettle
	case "reverse":
		return access.PaymentReverse
	case "deposit":
		return access.TaxDeposit
	case "reject":
		if resource == "agreements" {
			return access.AgreementApprove
		}
		return access.PlacementVerify
	}
	switch resource {
	case "", "agencies":
		return access.AgencyWrite
	case "vendors", "outlets", "social-accounts":
		return access.RegistryWrite
	case "budget-versions":
		return access.BudgetWrite
	case "campaigns", "agreements":
		return access.AgreementWrite
	case "placements":
		return access.PlacementWrite
	case "acceptances":
		return access.AcceptanceWrite
	case "invoices":
		return access.InvoiceWrite
	case "payments":
		return access.PaymentRequest
	case "reports":
		return access.ReportMake
	}
	return ""
}
