package web

import (
	"slices"
	"strings"
)

// fieldNames are the names of every field and button that a form of ours sends, but those in rows. A test holds the
// list against the stories, which draw every form.
func fieldNames() []string {
	return strings.Fields(`above add address mandatory payment_kind stage vat vendor_kind via_agency name_id name_en owner procurement.package procurement.rup_announced_on
		procurement.no_estimate_reason procurement.legal_basis procurement.media_plan procurement.minutes.number
		procurement.minutes.date procurement.shortfall_rule channel agency_id agreement_id amount approval_date approval_number
		bank.account_number bank.account_owner bank.name billing_code campaign_id basis captured_at checked_on code date domain
		edition email end_date engagement_rate figure file fiscal_year followers form from handle id invoice_ids kbli kind
		label_present gone_on statement reference lang language legal_name lines lines.amount lines.from_line lines.to_line
		method metrics.clicks metrics.comments metrics.impressions metrics.likes metrics.reach metrics.saves metrics.shares
		metrics.views mode month name next nib nik npwp ntpn number objective order_date origin owner_estimate page password
		person placement_ids placements.scheduled_on placements.title placements.deliverable_id platform platform_user_id
		pp55.number pp55.valid_until press_certificate.date press_certificate.number press_certificate.valid_until press_status
		published_on reason record remark remove result rup_code scheduled_on sp2d.date sp2d.number spm.date spm.number spp.date
		spp.number start_date sts.date sts.number subject subject.action subject.agency_code subject.amount
		subject.budget_line_id subject.check subject.date subject.decree_number subject.description subject.document_number
		subject.document_type subject.email subject.for_email subject.month subject.number subject.role subject.vendor_id
		taken_on tax_invoice_number theme title to url valid_from valid_to valid_until vat_registered vendor_id verb version
		deliverables.budget_line_id deliverables.channel deliverables.label_required deliverables.offered_price
		deliverables.product deliverables.quantity deliverables.tax_inclusive deliverables.unit deliverables.unit_price
		added.budget_line_id added.channel added.label_required added.offered_price added.product added.quantity
		added.tax_inclusive added.unit added.unit_price ceiling final_account.date final_account.number framework framework_id
		account_codes group_code group_name item_code outlet_kind product sha256 specification standard_id tax_inclusive tier
		unit unit_price deliverables.price_reference_id deliverables.tier added.price_reference_id added.tier accounts criterion
		decree_number directors expires from_year grade ground level met min_points note outlet_id phone points requirement_id
		social_account_id to_year creator_born_on creator_name details fee_via followers_from followers_to given_on guardian_name
		proven_by proven_on relation deliverables.content.type deliverables.content.minimum_live_days
		deliverables.content.revision_rounds deliverables.content.label_text deliverables.content.usage_rights.text
		deliverables.content.usage_rights.until deliverables.content.exclusivity.text deliverables.content.exclusivity.until
		deliverables.content.insights_due added.content.type added.content.minimum_live_days added.content.revision_rounds
		added.content.label_text added.content.usage_rights.text added.content.usage_rights.until added.content.exclusivity.text
		added.content.exclusivity.until added.content.insights_due add_recipient remove_recipient recipient_id represents_others
		owners source since until member_id look_through.via_agency look_through.fee look_through.recipients.channel
		look_through.recipients.name look_through.recipients.net look_through.recipients.deliverables answers.remark_id
		answers.text gross_from gross_to remarks.text steps.0 steps.1 steps.2 acceptance_ids signed_on place office_signer
		office_nip vendor_signer vendor_position file_origin make_good_reason lines.deliverable_id lines.description
		lines.quantity lines.unit_price lines.tax_inclusive shortfalls.deliverable_id shortfalls.quantity shortfalls.reason
		purpose days csrf once base billed_on covers handed_on meterai_number meterai_on object_code preview seller_npwp vat
		receipts transfer.number transfer.date drawn.number drawn.date drawn.amount drawn.sts.number drawn.sts.date target
		payment_terms.advance_percent payment_terms.retention_percent payment_terms.retention_until payment_terms.instalments
		instalment basis.number basis.date basis.guarantee.number basis.guarantee.issuer basis.guarantee.amount
		basis.guarantee.valid_until airing_ids airing_id placement_id due_day reach views likes comments shares saves impressions`)
}

// ours reports whether some form of ours has a field of that name; "deliverables.3.unit" is the unit of a row.
func ours(name string) bool {
	parts := strings.Split(name, ".")
	row := slices.IndexFunc(parts, func(part string) bool { return part != "" && strings.Trim(part, "0123456789") == "" })
	if row > 0 && row < len(parts)-1 {
		name = strings.Join(slices.Delete(parts, row, row+1), ".")
	}
	return slices.Contains(fieldNames(), name)
}
