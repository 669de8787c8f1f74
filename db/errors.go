package db

import (
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/lib/pq"

	"tayang/app/fault"
)

// faultOf is the one place where an error of PostgreSQL becomes a fault: the names of constraints are vocabulary.
func faultOf(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Missing()
	}
	if errors.Is(err, errRetry) {
		return &fault.Error{Kind: fault.Stale, Code: "stale", Cause: err}
	}
	var pe *pq.Error
	if !errors.As(err, &pe) {
		return err
	}
	switch pe.Code {
	case "23505":
		return duplicate(pe)
	case "23503":
		return &fault.Error{
			Kind: fault.Invalid, Code: "invalid", Cause: err,
			Fields: []fault.Field{{Pointer: pointerOf(pe.Constraint), Code: "not_found"}},
		}
	case "23514":
		return checkFailed(pe)
	case "23P01":
		return overlaps(pe)
	case "22003":
		return &fault.Error{Kind: fault.Invalid, Code: "amount_overflow", Cause: err}
	case "53100":
		return &fault.Error{Kind: fault.Full, Code: "storage_full", Cause: err}
	case "22P05", "22021":
		return &fault.Error{Kind: fault.Invalid, Code: "bad_text", Cause: err}
	}
	return err
}

// fields names the field behind each constraint that a request can break.
var fields = map[string]string{
	"agency_code_unique": "/code", "budget_version_number_unique": "/number", "budget_version_one_original": "/kind",
	"agreement_number_unique": "/number", "acceptance_number_unique": "/number", "payment_spp_unique": "/spp/number",
	"invoice_number_unique": "/number", "social_account_handle_unique": "/handle", "social_snapshot_day_unique": "/taken_on",
	"proof_file_once": "/file", "proof_thumbnail_fkey": "/file", "capture_one_at_a_time": "/url", "live_check_one_at_a_time": "/url", "live_check_file_fkey": "/file", "user_account_email_unique": "/email", "idempotency_pkey": "/Idempotency-Key",
	"outlet_vendor_fkey": "/vendor_id", "social_account_vendor_fkey": "/vendor_id", "agreement_vendor_fkey": "/vendor_id",
	"agreement_campaign_fkey": "/campaign_id", "agreement_framework_fkey": "/framework_id", "deliverable_outlet_fkey": "/deliverables", "deliverable_budget_line_fkey": "/deliverables",
	"deliverable_social_account_fkey": "/deliverables", "invoice_file_fkey": "/file", "social_snapshot_file_fkey": "/file",
	"deliverable_placed_within_quantity": "/deliverable_id", "amendment_number_unique": "/number", "override_spending_unique": "/subject/number",
	"period_month_once": "/month", "cash_plan_document_number_unique": "/number",
	"debt_recognition_number_unique": "/number", "debt_recognition_one_at_a_time": "/agreement_id",
	"requirement_code_unique": "/code", "grade_bound_unique": "/grade", "product_rule_unique": "/product", "blacklist_decree_unique": "/decree_number",
	"journalist_certificate_number_unique": "/number", "requirement_result_file_fkey": "/file", "press_check_file_fkey": "/file",
	"journalist_certificate_file_fkey": "/file", "blacklist_file_fkey": "/file", "blacklist_vendor_fkey": "/vendor_id",
	"social_account_platform_user_unique": "/platform_user_id", "account_ownership_file_fkey": "/file", "account_ownership_file_once": "/file",
	"creator_statement_file_fkey": "/file", "tier_no_overlap": "/followers_from",
	"recipient_outlet_fkey": "/look_through/recipients", "recipient_account_fkey": "/look_through/recipients", "recipient_confirmation_file_fkey": "/file",
	"owner_group_name_unique": "/name", "owner_group_file_fkey": "/file", "owner_group_member_file_fkey": "/file",
	"owner_group_member_outlet_fkey": "/outlet_id", "owner_group_member_vendor_fkey": "/vendor_id",
	"vendor_npwp_unique": "/npwp", "vendor_document_file_fkey": "/file", "vendor_document_file_once": "/file",
	"agreement_paper_file_fkey": "/file", "agreement_paper_file_once": "/file", "payment_paper_file_fkey": "/file", "payment_paper_file_once": "/file", "cooperation_list_number_unique": "/number",
	"cooperation_list_agency_fkey": "/agency_id", "cooperation_entry_outlet_fkey": "/outlet_id", "cooperation_entry_outlet_once": "/outlet_id",
	"cooperation_entry_social_account_fkey": "/social_account_id", "cooperation_entry_account_once": "/social_account_id",
	"approval_rule_agency_fkey": "/agency_id",
	"recap_number_unique":       "/number", "inspection_number_unique": "/number", "recap_file_fkey": "/file", "inspection_file_fkey": "/file",
	"acceptance_file_fkey": "/file", "placement_make_good_once": "/make_good_for", "placement_make_good_fkey": "/make_good_for",
	"invoice_line_deliverable_fkey": "/lines", "invoice_line_position_unique": "/lines",
	"vendor_link_vendor_fkey": "/vendor_id", "vendor_link_agreement_fkey": "/agreement_id", "vendor_submission_file_fkey": "/file", "vendor_submission_once": "/once",
	"invoice_paper_file_fkey": "/file", "invoice_paper_file_once": "/file", "withholding_slip_file_fkey": "/file",
	"withholding_slip_once": "/tax_id", "withholding_slip_number_unique": "/number",
	"payment_receipt_once": "/receipts", "credit_note_number_unique": "/number", "credit_note_file_fkey": "/file", "payment_refund_sts_once": "/sts/number",
	"penalty_receipt_sts_once": "/sts/number", "payment_hold_one_open": "/reason",
	"airing_log_file_once": "/file", "airing_log_agreement_fkey": "/agreement_id", "airing_log_outlet_fkey": "/outlet_id", "airing_once": "/file",
	"airing_placement_once": "/placement_id", "airing_placement_fkey": "/placement_id",
	"insight_import_file_once": "/file", "insight_day_once": "/taken_on", "insight_due_day_once": "/due_day", "insight_placement_fkey": "/placement_id",
}

func pointerOf(constraint string) string { return fields[constraint] }

func duplicate(pe *pq.Error) error {
	f := &fault.Error{Kind: fault.Conflict, Code: "duplicate", Cause: pe, Args: fault.Args{"constraint": pe.Constraint}}
	if p := pointerOf(pe.Constraint); p != "" {
		f.Fields = []fault.Field{{Pointer: p, Code: "duplicate"}}
	}
	return f
}

// overlaps refuses a row that shares its ground with another one.
func overlaps(pe *pq.Error) error {
	f := &fault.Error{Kind: fault.Conflict, Code: "overlap", Cause: pe, Args: fault.Args{"constraint": pe.Constraint}}
	if p := pointerOf(pe.Constraint); p != "" {
		f.Fields = []fault.Field{{Pointer: p, Code: "overlap"}}
	}
	return f
}

func checkFailed(pe *pq.Error) error {
	switch pe.Constraint {
	case "budget_line_ceiling":
		args := fault.Args{}
		if err := json.Unmarshal([]byte(pe.Detail), &args); err != nil {
			return pe
		}
		return &fault.Error{Kind: fault.Conflict, Code: "budget_exceeded", Args: numbers(args), Cause: pe}
	case "budget_line_missing":
		return &fault.Error{
			Kind: fault.Invalid, Code: "invalid", Cause: pe,
			Fields: []fault.Field{{Pointer: "/budget_line_id", Code: "not_found"}},
		}
	case "cash_exceeded":
		return cashExceeded(pe)
	case "price_reference_overlaps":
		return pricesOverlap(pe)
	case "period_closed":
		return outsideMonth(pe)
	case "deliverable_placed_within_quantity":
		return &fault.Error{
			Kind: fault.Conflict, Code: "quantity_exceeded", Cause: pe,
			Fields: []fault.Field{{Pointer: pointerOf(pe.Constraint), Code: "quantity_exceeded"}},
		}
	case "placement_proofs_inspected":
		return &fault.Error{Kind: fault.Conflict, Code: "proof_not_inspected", Args: fault.Args{"count": 1}, Cause: pe}
	case "acceptance_shortfall_within_quantity", "placement_make_good_unit", "placement_make_good_kept", "placement_replaced", "inspection_paid",
		"acceptance_inspected_once", "invoice_lines_sum":
		return matchFailed(pe)
	case "agreement_look_through_whole":
		return &fault.Error{Kind: fault.Conflict, Code: "look_through_open", Cause: pe}
	case "owner_group_member_once":
		return &fault.Error{
			Kind: fault.Conflict, Code: "owner_group_taken", Cause: pe,
			Fields: []fault.Field{{Pointer: "/since", Code: "owner_group_taken", Args: fault.Args{"group": pe.Detail}}}, Args: fault.Args{"group": pe.Detail},
		}
	case "approval_rule_no_overlap":
		return &fault.Error{
			Kind: fault.Conflict, Code: "approval_rule_overlaps", Cause: pe,
			Fields: []fault.Field{{Pointer: "/gross_from", Code: "approval_rule_overlaps"}},
		}
	case "agreement_approved_by_all", "agreement_approval_in_order":
		return &fault.Error{Kind: fault.Conflict, Code: "approval_incomplete", Cause: pe}
	case "agreement_approval_by_role":
		return &fault.Error{Kind: fault.Forbidden, Code: "not_in_office", Cause: pe}
	case "deliverable_price_fixed_by_placements":
		return &fault.Error{Kind: fault.Conflict, Code: "amendment_outdated", Cause: pe}
	case "advance_exceeded", "retention_exceeded", "advance_outstanding", "retention_outstanding":
		return lifeFailed(pe)
	case "framework_exceeded", "framework_not_active", "framework_other", "framework_outside_term", "placement_in_suspension",
		"placement_under_framework", "system_times_sealed", "placement_penalty_kept", "placement_flags_kept",
		"payment_held", "penalty_exceeded", "receipts_mismatch":
		return lifeFailed(pe)
	case "agreement_not_approved_by_author", "payment_hold_not_released_by_author", "amendment_not_decided_by_author", "placement_not_verified_by_author", "placement_not_verified_by_recorder",
		"payment_not_authorised_by_author", "override_not_decided_by_author",
		"budget_version_not_locked_by_author", "period_not_decided_by_author", "cash_plan_document_not_locked_by_author",
		"debt_recognition_not_decided_by_author", "requirement_result_not_verified_by_author", "account_ownership_not_decided_by_author":
		return &fault.Error{Kind: fault.Forbidden, Code: "segregation_of_duties", Cause: pe}
	}
	return &fault.Error{Kind: fault.Invalid, Code: "invalid", Cause: pe, Args: fault.Args{"constraint": pe.Constraint}}
}

// lifeFailed is a refusal of the triggers that keep the life of an agreement.
func lifeFailed(pe *pq.Error) error {
	args := fault.Args{}
	if pe.Detail != "" {
		if err := json.Unmarshal([]byte(pe.Detail), &args); err != nil {
			return pe
		}
	}
	f := &fault.Error{Kind: fault.Conflict, Code: pe.Constraint, Args: numbers(args), Cause: pe}
	at := map[string]string{"framework_other": "/framework_id", "framework_outside_term": "/end_date"}[pe.Constraint]
	if at != "" {
		f.Kind, f.Code = fault.Invalid, "invalid"
		f.Fields = []fault.Field{{Pointer: at, Code: map[string]string{"/framework_id": "not_found", "/end_date": "outside_framework"}[at], Args: args}}
	}
	return f
}

// cashExceeded names the line and what is left of its released cash.
func cashExceeded(pe *pq.Error) error {
	args := fault.Args{}
	if err := json.Unmarshal([]byte(pe.Detail), &args); err != nil {
		return pe
	}
	return &fault.Error{
		Kind: fault.Conflict, Code: "cash_exceeded", Args: numbers(args), Cause: pe,
		Fields: []fault.Field{{Pointer: "/sp2d/date", Code: "cash_exceeded", Args: args}},
	}
}

// pricesOverlap names the first day of the row that is in the way.
func pricesOverlap(pe *pq.Error) error {
	args := fault.Args{"date": pe.Detail}
	return &fault.Error{Kind: fault.Conflict, Code: "overlaps", Args: args, Cause: pe, Fields: []fault.Field{{Pointer: "/valid_from", Code: "price_overlaps", Args: args}}}
}

// outsideMonth names the date that lies in a closed month, as far as the entry tells which one it is.
func outsideMonth(pe *pq.Error) error {
	var entry struct {
		Month, Document, Kind string
		DocumentType          string `json:"document_type"`
	}
	if err := json.Unmarshal([]byte(pe.Detail), &entry); err != nil {
		return pe
	}
	args := fault.Args{"month": entry.Month, "document": entry.Document}
	f := &fault.Error{Kind: fault.Conflict, Code: "period_closed", Args: args, Cause: pe}
	at := map[string]string{"realise": "/sp2d/date", "refund": "/sts/date", "release": "/date", "appropriate": "/date", "reserve": "/order_date", "commit": "/order_date"}[entry.Kind]
	if entry.DocumentType == "debt_recognition" {
		at = "/date"
	}
	if at != "" {
		f.Fields = []fault.Field{{Pointer: at, Code: "period_closed", Args: args}}
	}
	return f
}

// numbers makes whole numbers of JSON's floats; amounts beyond 2^53 do not occur in a refusal's text.
func numbers(args fault.Args) fault.Args {
	for k, v := range args {
		if n, ok := v.(float64); ok {
			args[k] = int64(n)
		}
	}
	return args
}
