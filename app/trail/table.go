package trail

import "sync"

// tables is how the rows of every audited table are told.
var tables = sync.OnceValue(func() map[string]table {
	out := map[string]table{}
	for _, part := range []map[string]table{officeTables(), budgetTables(), yearTables(), registryTables(), workTables(), paymentTables(), ruleTables(), procurementTables(), priceTables(), vettingTables(), creatorTables(), lookThroughTables(), matchTables(), portalTables(), declaredTables(), mediumTables()} {
		for name, t := range part {
			out[name] = t
		}
	}
	return out
})

// Tables lists the audited tables in the order in which people look for them.
func Tables() []string {
	return []string{
		"agreement", "deliverable", "deliverable_price", "recipient", "recipient_confirmation", "amendment", "agreement_approval", "agreement_remark", "agreement_assessment", "agreement_paper", "agreement_suspension", "agreement_final_account",
		"placement", "proof", "capture", "live_check", "shortfall", "airing_log", "airing", "insight_import", "insight", "acceptance", "acceptance_shortfall", "recap", "inspection", "invoice", "invoice_line", "invoice_paper", "payment", "payment_tax", "payment_share", "payment_paper", "payment_assessment", "reversed_deposit", "withholding_slip", "payment_receipt", "payment_hold", "payment_refund", "credit_note", "penalty_receipt", "campaign",
		"vendor_link", "vendor_visit", "vendor_submission",
		"budget_version", "budget_version_line", "budget_line", "ledger_entry", "period", "cash_plan_document",
		"cash_plan_document_line", "cash_plan", "debt_recognition", "debt_recognition_line", "override", "override_use",
		"vendor", "vendor_document", "vendor_check", "outlet", "social_account", "social_snapshot", "cooperation_list", "cooperation_entry", "price_reference",
		"requirement", "grade_bound", "requirement_result", "press_check", "journalist_certificate", "product_rule", "blacklist",
		"account_ownership", "creator_statement", "tier", "owner_group", "owner_group_member",
		"report_run", "user_account", "user_role", "session", "agency", "government", "tax_rate", "tax_object", "rule", "approval_rule", "paper_requirement", "file", "audit_key", "check_run",
	}
}

func officeTables() map[string]table {
	return map[string]table{
		"government":   {name: []string{"name"}, plain: "name timezone"},
		"agency":       {name: []string{"name"}, plain: "code name currency", columns: map[string]column{"scheme": word("trail.scheme")}},
		"user_account": {name: []string{"name"}, plain: "email name"},
		"user_role":    {name: []string{"role", "user_id"}},
		"session":      {name: []string{"user_id"}, columns: map[string]column{"kind": word("trail.session")}},
		"audit_key": {
			name: []string{"verifier"}, plain: "verifier",
			columns: map[string]column{"begins_at_size": as(count), "reason": word("trail.key")},
		},
		"check_run": {name: []string{"started_at"}, plain: "report", columns: map[string]column{
			"started_at": as(moment), "problems": as(count),
		}},
		"file": {name: []string{"sha256"}, plain: "media_type", columns: map[string]column{"size": as(count)}},
	}
}

func budgetTables() map[string]table {
	const line = "sub_activity_code sub_activity_name account_code account_name fund_source"
	return map[string]table{
		"budget_version": {
			name: []string{"number"}, plain: "number approval_number",
			columns: map[string]column{"kind": word("budget.kind"), "approval_date": as(day)},
		},
		"budget_version_line": {name: []string{"sub_activity_code", "account_code"}, plain: line},
		"budget_line": {name: []string{"sub_activity_code", "account_code"}, plain: line, columns: map[string]column{
			"available": as(cash), "reserved": as(cash), "committed": as(cash), "realised": as(cash),
		}},
		"ledger_entry": {name: []string{"kind", "document_number"}, plain: "document_number reason", columns: map[string]column{
			"seq": as(count), "kind": word("ledger.kind"), "from_account": word("account"), "to_account": word("account"), "effective_on": as(day),
			"actor_id": as(hidden), "recorded_at": as(hidden), "document_id": as(hidden), "document_type": word("trail.table"),
		}},
	}
}

// yearTables are those of a year's months, cash and end.
func yearTables() map[string]table {
	cashLine := table{name: []string{"budget_line_id", "month"}, columns: map[string]column{"month": as(count), "document_id": as(hidden)}}
	return map[string]table{
		"period":             {name: []string{"month"}, plain: "reason remark", columns: map[string]column{"month": as(month)}},
		"cash_plan_document": {name: []string{"number"}, plain: "number"}, "cash_plan_document_line": cashLine, "cash_plan": cashLine,
		"debt_recognition": {name: []string{"number"}, plain: "number remark"},
		"debt_recognition_line": {name: []string{"from_line", "to_line"}, columns: map[string]column{
			"from_line": to("budget_line"), "to_line": to("budget_line"), "debt_recognition_id": as(hidden),
		}},
	}
}

func registryTables() map[string]table {
	return map[string]table{
		"vendor": {
			name: []string{"legal_name"}, plain: "legal_name nib kbli pp55_number bank_name bank_account_owner address email",
			columns: map[string]column{"kind": word("vendor.kind"), "pp55_valid_until": as(day), "phone": as(masked4), "directors": {}, "represents_others": as(truth)},
		},
		"vendor_document": {name: []string{"name"}, plain: "name number", columns: map[string]column{"kind": word("paper")}},
		"vendor_check": {
			name: []string{"subject"}, plain: "subject remark",
			columns: map[string]column{"checked_on": as(day), "result": word("check")},
		},
		"outlet": {name: []string{"name"}, plain: "name domain press_certificate_number", columns: map[string]column{
			"kind": word("outlet.kind"), "press_status": word("press"), "press_certificate_date": as(day), "press_certificate_valid_until": as(day),
		}},
		"social_account": {name: []string{"handle"}, plain: "handle platform_user_id url creator_name", columns: map[string]column{
			"creator_born_on": as(secret),
		}},
		"social_snapshot": {
			name: []string{"taken_on"}, plain: "engagement_rate",
			columns: map[string]column{"taken_on": as(day), "followers": as(count)},
		},
	}
}

// creatorTables are those about the people behind social accounts.
func creatorTables() map[string]table {
	return map[string]table{
		"account_ownership": {name: []string{"proven_on"}, plain: "handle note remark", columns: map[string]column{
			"proven_by": word("ownership.by"), "proven_on": as(day),
		}},
		"creator_statement": {name: []string{"kind", "given_on"}, plain: "details guardian_name relation", columns: map[string]column{
			"kind": word("statement.kind"), "answer": word("statement.answer"), "given_on": as(day),
		}},
		"tier": {name: []string{"name"}, plain: "name basis void_reason", columns: map[string]column{
			"followers_from": as(count), "followers_to": as(count), "valid_from": as(day), "valid_to": as(day),
			"voided_at": as(moment), "voided_by": to("user_account"),
		}},
	}
}

func workTables() map[string]table {
	return map[string]table{
		"campaign": {name: []string{"name"}, plain: "name objective"},
		"agreement": {
			name: []string{"number"}, plain: "payment_terms number title rup_code remark suspension_reason package no_estimate_reason legal_basis media_plan minutes_number",
			columns: map[string]column{
				"kind": word("agreement.kind"), "unreserved": as(truth), "rup_announced_on": as(day), "minutes_date": as(day), "shortfall_rule": word("shortfall"),
				"framework": as(truth), "ceiling": as(cash), "framework_id": to("agreement"), "suspended_on": as(day),
				"fee_via": word("fee_via"), "via_agency": as(truth), "agency_fee": as(cash),
				"approval_round": as(count), "approval_steps": word("role"),
			},
		},
		"agreement_suspension": {name: []string{"from_on"}, plain: "reason resume_reason", columns: map[string]column{
			"from_on": as(day), "resumed_on": as(day), "resumed_at": as(moment), "resumed_by": to("user_account"),
		}},
		"agreement_final_account": {name: []string{"number", "date"}, plain: "number reason lines", columns: map[string]column{
			"kind": word("status"), "date": as(day), "ordered": as(cash), "evidenced": as(cash), "accepted": as(cash), "paid": as(cash),
			"owed": as(cash), "lapsed": as(cash), "released": as(cash), "penalty": as(cash),
		}},
		"deliverable":          {name: []string{"product"}, plain: "product unit tier content", columns: map[string]column{"placed": as(count)}},
		"agreement_assessment": {name: []string{"order_date"}, plain: "assessment", columns: map[string]column{"order_date": as(day), "made_at": as(moment), "made_by": to("user")}},
		"amendment": {
			name: []string{"number"}, plain: "number reason remark before after", columns: map[string]column{"approval_steps": word("role")},
		},
		"agreement_approval": {name: []string{"role", "verdict"}, plain: "remark", columns: map[string]column{
			"amendment_id": as(hidden), "round": as(count), "step": as(count), "verdict": word("approval.verdict"), "decided_at": as(moment),
			"acting_override_id": to("override"),
		}},
		"agreement_remark": {name: []string{"pointer"}, plain: "pointer remark answer", columns: map[string]column{
			"approval_id": as(hidden), "answered_at": as(moment), "answered_by": to("user"),
		}},
		"placement": {name: []string{"title"}, plain: "title url edition page slot metrics remark clock_flags make_good_reason", columns: map[string]column{
			"make_good_for": to("placement"),
			"due_on":        as(day), "late_days": as(count), "penalty": as(cash), "credit_note_id": as(hidden), "refund_id": as(hidden),
			"scheduled_on": as(day), "published_on": as(day), "carried_line_id": to("budget_line"), "carried_year": as(year),
		}},
		"proof": {
			name: []string{"filename"}, plain: "filename source agent passport thumbnail_sha256",
			columns: map[string]column{"kind": word("proof.kind"), "origin": word("proof.origin"), "uninspected": as(hidden)},
		},
		"capture": {name: []string{"url"}, plain: "url error final_url title published bundle_sha256", columns: map[string]column{
			"status": word("capture.status"), "step": as(hidden), "progress": as(hidden), "attempts": as(hidden), "lease": as(hidden), "due_at": as(hidden),
			"started_at": as(hidden), "http_status": as(count), "captured_at": as(moment), "proof_id": as(hidden),
		}},
		"live_check": {name: []string{"url"}, plain: "url error final_url page_title filename statement", columns: map[string]column{
			"purpose": word("live.purpose"), "due_on": as(day), "status": word("live.status"), "step": as(hidden), "attempts": as(hidden), "lease": as(hidden),
			"due_at": as(hidden), "started_at": as(hidden), "result": word("live.result"), "http_status": as(count), "origin": word("live.origin"),
			"gone_on": as(day), "checked_at": as(moment), "checked_by": to("user"),
		}},
		"shortfall": {name: []string{"kind"}, plain: "remark reference", columns: map[string]column{
			"kind": word("shortfall.kind"), "rule": word("shortfall"), "days_agreed": as(count), "days_missing": as(count), "seen_on": as(day), "gone_on": as(day),
			"whole": as(truth), "status": word("shortfall.status"), "recovered_on": as(day), "live_check_id": as(hidden), "ended_by_check_id": as(hidden),
		}},
		"acceptance": {name: []string{"number"}, plain: "number place office_signer vendor_signer vendor_position", columns: signedColumns(map[string]column{"inspection_id": as(hidden)})},
	}
}

// mediumTables are those of what stations ran and posts reached.
func mediumTables() map[string]table {
	return map[string]table{
		"airing_log": {name: []string{"filename"}, plain: "filename void_reason", columns: map[string]column{
			"origin": word("proof.origin"), "status": word("import.status"), "first_on": as(day), "last_on": as(day), "row_count": as(count),
			"wrong_rows": as(count), "remarked_rows": as(count), "voided_at": as(moment), "voided_by": to("user"),
		}},
		"airing": {name: []string{"aired_on", "aired_at"}, plain: "aired_at programme title station remarks", columns: map[string]column{
			"log_id": as(hidden), "row_number": as(count), "aired_on": as(day), "seconds": as(count), "counted": as(truth), "airing_key": as(hidden),
			"confirmed_at": as(moment), "confirmed_by": to("user"),
		}},
		"insight_import": {name: []string{"filename"}, plain: "filename void_reason", columns: map[string]column{
			"platform": word("insight.platform"), "taken_on": as(day), "status": word("import.status"), "new_rows": as(count), "unchanged_rows": as(count),
			"unknown_rows": as(count), "wrong_rows": as(count), "voided_at": as(moment), "voided_by": to("user"),
		}},
		"insight": {name: []string{"taken_on"}, plain: "void_reason", columns: map[string]column{
			"taken_on": as(day), "due_day": as(count), "late_days": as(count), "reach": as(count), "views": as(count), "likes": as(count),
			"comments": as(count), "shares": as(count), "saves": as(count), "impressions": as(count), "source": word("insight.source"),
			"import_id": as(hidden), "row_number": as(count), "voided_at": as(moment), "voided_by": to("user"),
		}},
	}
}

func paymentTables() map[string]table {
	return map[string]table{
		"invoice": {name: []string{"number"}, plain: "number tax_invoice_number", columns: map[string]column{"number_key": as(hidden)}},
		"payment": {name: []string{"spp_number"}, plain: "spp_number spm_number sp2d_number sts_number reason instalment basis taxes_explained transfer_number drawn_number leftover_number", columns: map[string]column{
			"kind": word("payment.kind"), "spp_date": as(day), "spm_date": as(day), "sp2d_date": as(day), "sts_date": as(day), "vat_collected": as(truth),
			"penalty": as(cash), "refunded": as(cash), "transfer_date": as(day), "drawn_date": as(day), "drawn_amount": as(cash), "leftover_date": as(day),
			"purpose": word("payment.purpose"), "recouped": as(cash), "retained": as(cash), "recouped_vat": as(cash), "retained_vat": as(cash),
		}},
		"payment_share": {name: []string{"budget_line_id"}, columns: map[string]column{
			"work": as(cash), "recouped": as(cash), "retained": as(cash), "gross": as(cash), "fiscal_year": as(year),
		}},
		"payment_assessment": {name: []string{"day"}, plain: "assessment", columns: map[string]column{"day": as(day), "made_at": as(moment), "made_by": to("user")}},
		"payment_receipt":    {name: []string{"number"}, plain: "number", columns: map[string]column{"number_key": as(hidden), "date": as(day), "amount": as(cash), "live": as(truth)}},
		"payment_hold": {name: []string{"reason"}, plain: "reason release_reason", columns: map[string]column{
			"released_at": as(moment), "released_by": to("user"),
		}},
		"payment_refund": {name: []string{"sts_number"}, plain: "sts_number reason", columns: map[string]column{"sts_date": as(day), "amount": as(cash), "placement_ids": to("placement")}},
		"credit_note": {name: []string{"number"}, plain: "number reason void_reason", columns: map[string]column{
			"number_key": as(hidden), "date": as(day), "price": as(cash), "vat": as(cash), "amount": as(cash), "placement_ids": to("placement"),
			"voided_at": as(moment), "voided_by": to("user"),
		}},
		"penalty_receipt": {name: []string{"sts_number"}, plain: "sts_number remark void_reason", columns: map[string]column{
			"sts_date": as(day), "amount": as(cash), "voided_at": as(moment), "voided_by": to("user"),
		}},
		"payment_tax": {name: []string{"kind"}, plain: "legal_basis billing_code ntpn deposit_note", columns: map[string]column{
			"kind": word("tax"), "base": as(cash), "rate": as(rate), "deposited_on": as(day), "due_on": as(day), "billed_on": as(day), "deposited_amount": as(cash),
		}},
	}
}

func ruleTables() map[string]table {
	return map[string]table{
		"tax_rate": {name: []string{"kind", "valid_from"}, plain: "legal_basis brackets", columns: map[string]column{
			"kind": word("tax"), "valid_from": as(day), "valid_to": as(day), "base_num": as(count), "base_den": as(count),
			"unnumbered_num": as(count), "unnumbered_den": as(count), "rounding": word("trail.rounding"), "collect_above": as(count),
		}},
		"rule": {name: []string{"code", "valid_from"}, plain: "basis void_reason", columns: map[string]column{
			"code": word("rule"), "mode": word("rule.mode"), "figure": as(count), "valid_from": as(day), "valid_to": as(day),
			"voided_at": as(moment), "voided_by": to("user"),
		}},
		"approval_rule": {name: []string{"kind", "gross_from", "valid_from"}, plain: "basis void_reason", columns: map[string]column{
			"kind": word("approval.kind"), "gross_from": as(cash), "gross_to": as(cash), "steps": word("role"), "valid_from": as(day),
			"valid_to": as(day), "voided_at": as(moment), "voided_by": to("user"),
		}},
		"override": {
			name: []string{"kind"}, plain: "subject reason remark",
			columns: map[string]column{"kind": word("override.kind")},
		},
		"override_use": {name: []string{"document_number"}, plain: "document_number", columns: map[string]column{
			"document_type": word("trail.table"), "document_id": as(hidden),
		}},
		"report_run": {name: []string{"kind", "fiscal_year"}, plain: "record person error", columns: map[string]column{
			"kind": word("report.kind"), "from_date": as(day), "to_date": as(day), "rows_done": as(hidden), "rows_total": as(hidden),
			"attempts": as(hidden), "lease": as(hidden), "due_at": as(hidden), "started_at": as(hidden), "size": as(count), "agrees": as(truth),
		}},
	}
}

// priceTables are those of price references.
func priceTables() map[string]table {
	return map[string]table{
		"price_reference": {
			name:  []string{"product", "valid_from"},
			plain: "product tier unit basis group_code group_name standard_id item_code specification account_codes void_reason source_file",
			columns: map[string]column{
				"outlet_kind": word("outlet.kind"), "unit_price": as(cash), "valid_from": as(day), "valid_until": as(day),
				"product_key": as(hidden), "scope_key": as(hidden), "voided_at": as(moment), "voided_by": to("user"),
			},
		},
		"deliverable_price": {
			name: []string{"verdict"}, plain: "tier", columns: map[string]column{
				"named": as(truth), "price_reference_id": as(hidden), "reference_price": as(cash),
				"reference_tax_inclusive": as(truth), "verdict": word("verdict"), "reason": word("price.reason"), "unit_price": as(cash),
			},
		},
	}
}
