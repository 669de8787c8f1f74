package web

import (
	"slices"
	"strings"
)

// fieldNames are the names of every field and button that a form of ours sends, but those in rows. A test holds the
// list against the stories, which draw every form.
func fieldNames() []string {
	return strings.Fields(`add address agency_id agreement_id amount approval_date approval_number bank.account_number bank.account_owner bank.name billing_code campaign_id basis captured_at checked_on code
		date domain edition email end_date engagement_rate figure file fiscal_year followers form from handle id invoice_ids kbli kind
		label_present lang language legal_name lines lines.amount lines.from_line lines.to_line method metrics.clicks metrics.comments metrics.impressions metrics.likes
		metrics.reach metrics.saves metrics.shares metrics.views mode month name next nib nik npwp ntpn number objective order_date origin
		owner_estimate page password person placement_ids placements.scheduled_on placements.title placements.deliverable_id platform
		platform_user_id pp55.number pp55.valid_until press_certificate.date press_certificate.number press_certificate.valid_until
		press_status published_on reason record remark remove result rup_code scheduled_on sp2d.date sp2d.number spm.date spm.number spp.date
		spp.number start_date sts.date sts.number subject subject.action subject.agency_code subject.amount subject.budget_line_id subject.check subject.date
		subject.decree_number subject.description subject.document_number subject.document_type subject.email subject.for_email
		subject.month subject.number subject.role subject.vendor_id taken_on tax_invoice_number theme title to url valid_from valid_to valid_until vat_registered
		vendor_id verb version deliverables.budget_line_id deliverables.channel deliverables.label_required
		deliverables.offered_price deliverables.product deliverables.quantity deliverables.tax_inclusive deliverables.unit
		deliverables.unit_price added.budget_line_id added.channel added.label_required added.offered_price added.product
		added.quantity added.tax_inclusive added.unit added.unit_price`)
}

// ours reports whether some form of ours has a field of that name; "deliverables.3.unit" is the unit of a row.
func ours(name string) bool {
	first, rest, _ := strings.Cut(name, ".")
	if index, field, row := strings.Cut(rest, "."); row && index != "" && strings.Trim(index, "0123456789") == "" {
		name = first + "." + field
	}
	return slices.Contains(fieldNames(), name)
}
