package trail

// procurementTables are those of the file of an agreement and of the lists of cooperating media.
func procurementTables() map[string]table {
	voided := func(of map[string]column) map[string]column {
		of["voided_at"], of["voided_by"] = as(moment), to("user")
		return of
	}
	return map[string]table{
		"agreement_paper": {name: []string{"code", "number"}, plain: "name number void_reason", columns: voided(map[string]column{"code": word("file_paper")})},
		"payment_paper": {name: []string{"code", "number"}, plain: "name number filename void_reason", columns: voided(map[string]column{
			"code": word("file_paper"), "origin": word("proof.origin"),
		})},
		"paper_requirement": {name: []string{"code", "valid_from"}, plain: "name_id name_en basis void_reason", columns: voided(map[string]column{
			"stage": word("paper.stage"), "payment_kind": word("payment.kind"), "channel": word("outlet.kind"), "vendor_kind": word("vendor.kind"),
			"vat": as(truth), "via_agency": as(truth), "above": as(cash),
			"code": word("file_paper"), "kind": word("agreement.kind"), "mandatory": as(truth), "owner": word("paper.owner"), "valid_from": as(day), "valid_to": as(day),
		})},
		"cooperation_list":  {name: []string{"number"}, plain: "number basis void_reason", columns: voided(map[string]column{})},
		"cooperation_entry": {name: []string{"outlet_id", "social_account_id"}, plain: "void_reason", columns: voided(map[string]column{"cooperation_list_id": as(hidden)})},
	}
}
