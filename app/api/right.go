package api

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

// agencyPath begins the path of whatever belongs to one agency.
const agencyPath = "/agencies/{agency}"

// refusal is why a request is refused whose fields are wrong: because the person may not do this at all, or does not see
// the agency, if so, else because of the fields. So nobody is led through fields to a deed that is not his. What cannot be
// read at all is refused as such, whoever sends it.
func (a *API) refusal(c call, path string, body error) error {
	right := rightOf(path)
	if k := fault.From(body).Kind; right == "" || k != fault.Invalid && k != fault.PreconditionRequired {
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
	if right == access.AgreementApprove { // at the step that is next, not by right alone
		if err := a.Agreements.MayDecide(c.ctx, c.actor, c.agency, c.id); err != nil && fault.From(err).Kind == fault.Forbidden {
			return err
		}
	}
	return body
}

// rightOf is the right that changing something at a path needs; "" where it is not the path that says so. Use cases ask
// for it themselves: this only says it earlier.
func rightOf(path string) access.Verb {
	resource, deed, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, agencyPath), "/"), "/")
	if resource == "payments" && strings.Contains(deed, "/papers") {
		return access.PaymentPaper
	}
	if resource == "agreements" && strings.HasSuffix(deed, "/penalty-receipts/{sub}/void") {
		deed = "/penalty-void" // another's right than the voiding of a paper
	}
	switch resource + " " + deed[strings.LastIndexByte(deed, '/')+1:] {
	case "budget-versions lock":
		return access.BudgetLock
	case "periods approve", "periods refuse":
		return access.PeriodDecide
	case "cash-plans lock":
		return access.CashLock
	case "debt-recognitions approve", "debt-recognitions refuse":
		return access.DebtApprove
	case "agreements approve", "agreements reject", "agreements return":
		return access.AgreementApprove
	case "agreements close", "agreements terminate", "agreements suspend", "agreements resume":
		return access.AgreementEnd
	case "requirement-results verify":
		return access.VettingVerify
	case "placements live-checks", "placements state":
		return access.PlacementVerify
	case "shortfalls decide", "shortfalls void":
		return access.ShortfallDecide
	case "shortfalls recover":
		return access.ShortfallRecover
	case "placements verify", "placements reject":
		return access.PlacementVerify
	case "social-accounts verify", "social-accounts reject":
		return access.AccountVerify
	case "payments authorise":
		return access.PaymentAuthorise
	case "payments settle":
		return access.PaymentSettle
	case "payments hold", "payments release":
		return access.PaymentHold
	case "agreements penalty-receipts", "agreements penalty-void":
		return access.TaxDeposit
	case "payments reverse", "payments refunds":
		return access.PaymentReverse
	case "payments deposit", "payments reverse-deposit":
		return access.TaxDeposit
	}
	return writing(resource)
}

// writing is the right to enter and change things of a resource.
func writing(resource string) access.Verb {
	switch resource {
	case "", "agencies":
		return access.AgencyWrite
	case "withholding-slips":
		return access.TaxDeposit
	case "rules", "paper-requirements", "approval-rules", "tax-objects":
		return access.RuleWrite
	case "vendors", "outlets", "social-accounts", "cooperation-lists", "price-references", "requirements", "requirement-grades", "product-rules", "requirement-results", "journalist-certificates", "blacklist-entries", "tiers", "owner-groups":
		return access.RegistryWrite
	case "budget-versions":
		return access.BudgetWrite
	case "campaigns", "agreements":
		return access.AgreementWrite
	case "placements", "airing-logs", "insight-imports":
		return access.PlacementWrite
	case "acceptances", "recaps", "inspections":
		return access.AcceptanceWrite
	case "invoices", "vendor-submissions":
		return access.InvoiceWrite
	case "payments":
		return access.PaymentRequest
	case "periods":
		return access.PeriodRequest
	case "cash-plans":
		return access.CashWrite
	case "debt-recognitions":
		return access.DebtWrite
	case "reports":
		return access.ReportMake
	case "vendor-links":
		return access.VendorLinkWrite
	}
	return ""
}
