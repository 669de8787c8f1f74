package trail

import (
	"strings"
	"sync"
)

// form says how the values of a column are told.
type form int

const (
	plain  form = iota
	hidden      // keys and counters, which say nothing to a reader
	cash        // smallest unit of the agency's currency
	count
	year
	day
	month
	moment
	truth
	term // a code whose words lie under the key of + "." + code
	ref  // the id of something that has a name, of the noun of
	masked4
	secret // told only to have changed
	digest // SHA-256
	rate   // part of one
)

// column is how one column is told.
type column struct {
	form form
	of   string
}

func as(f form) column          { return column{form: f} }
func word(prefix string) column { return column{term, prefix} }
func to(noun string) column     { return column{ref, noun} }

// shared are the columns that mean the same in every table, and the keys of JSON values.
var shared = sync.OnceValue(func() map[string]column {
	return map[string]column{
		"government_id": as(hidden), "id": as(hidden), "version": as(hidden), "created_at": as(hidden), "created_by": as(hidden),
		"position": as(hidden), "agency_id": to("agency"), "user_id": to("user"), "vendor_id": to("vendor"), "campaign_id": to("campaign"),
		"outlet_id": to("outlet"), "social_account_id": to("social_account"), "agreement_id": to("agreement"), "deliverable_id": to("deliverable"),
		"placement_id": to("placement"), "acceptance_id": to("acceptance"), "invoice_id": to("invoice"), "invoice_ids": to("invoice"),
		"payment_id": to("payment"), "budget_line_id": to("budget_line"), "budget_version_id": to("budget_version"), "override_id": to("override"),
		"submitted_by": to("user"), "approved_by": to("user"), "ended_by": to("user"), "authorised_by": to("user"), "settled_by": to("user"),
		"reversed_by": to("user"), "verified_by": to("user"), "deposited_by": to("user"), "locked_by": to("user"), "decided_by": to("user"),
		"revoked_by": to("user"), "used_by": to("user"), "recorded_by": to("user"), "rewritten_by": to("user"), "requested_by": to("user"),
		"submitted_at": as(moment), "approved_at": as(moment), "ended_at": as(moment), "authorised_at": as(moment), "settled_at": as(moment),
		"reversed_at": as(moment), "verified_at": as(moment), "locked_at": as(moment), "decided_at": as(moment), "revoked_at": as(moment),
		"used_at": as(moment), "requested_at": as(moment), "recorded_at": as(moment), "captured_at": as(moment), "disabled_at": as(moment),
		"expires_at": as(moment), "finished_at": as(moment), "as_of": as(moment),
		"value": as(cash), "vat": as(cash), "gross": as(cash), "net": as(cash), "price": as(cash), "paid": as(cash), "amount": as(cash),
		"appropriation": as(cash), "owner_estimate": as(cash), "offered_price": as(cash), "unit_price": as(cash), "unit_net": as(cash),
		"unit_vat": as(cash), "unit_gross": as(cash), "excess": as(cash), "value_before": as(cash), "value_after": as(cash),
		"quantity": as(count), "fiscal_year": as(year), "file_sha256": as(digest), "sha256": as(digest),
		"status": word("status"), "date": as(day), "start_date": as(day), "end_date": as(day), "order_date": as(day), "valid_until": as(day),
		"tax_inclusive": as(truth), "label_required": as(truth), "label_present": as(truth), "vat_registered": as(truth),
		"npwp": as(masked4), "nik": as(masked4), "nip": as(masked4), "bank_account_number": as(masked4), "account_number": as(masked4),
		"password_hash": as(secret), "secret_hash": as(secret), "password": as(secret), "secret": as(secret),
		"method": word("method"), "form": word("form"), "platform": word("platform"), "role": word("role"), "language": word("report.language"),
	}
})

// table is how the rows of one table are told: the columns that name a row, which columns are told in another way than
// shared says, and those that are plain text.
type table struct {
	name    []string
	columns map[string]column
	plain   string
}

// column finds how a column is told; known is false for one that nobody has described, which is plain text then.
func (t table) column(name string) (c column, known bool) {
	if c, known = t.columns[name]; known {
		return c, true
	}
	if c, known = shared()[name]; known {
		return c, true
	}
	for _, p := range strings.Fields(t.plain) {
		known = known || p == name
	}
	return column{}, known
}

// Describes reports whether the package knows how to tell the column: the tests hold it against the database's catalogue.
func Describes(tableName, columnName string) bool {
	t, ok := tables()[tableName]
	if !ok {
		return false
	}
	_, known := t.column(columnName)
	return known
}

// Hides reports whether a column is never told in words: keys and counters.
func Hides(tableName, columnName string) bool {
	c, _ := tables()[tableName].column(columnName)
	return c.form == hidden
}

// Registry lists the tables that are the government's and open to everybody who reads any of its agencies.
func Registry() []string {
	return []string{
		"account_ownership", "agency", "approval_rule", "blacklist", "cooperation_entry", "cooperation_list", "creator_statement",
		"grade_bound", "journalist_certificate", "outlet", "owner_group", "owner_group_member", "paper_requirement", "press_check",
		"price_reference", "product_rule", "requirement", "requirement_result", "rule", "social_account", "social_snapshot",
		"tax_object", "tax_rate", "tier", "vendor", "vendor_check", "vendor_document",
	}
}
