package trail

// declaredTables are those of the vendor's papers behind invoices, and of what is declared about taxes.
func declaredTables() map[string]table {
	voided := func(columns map[string]column) map[string]column {
		columns["voided_at"], columns["voided_by"] = as(moment), to("user")
		return columns
	}
	return map[string]table{
		"invoice_paper": {name: []string{"kind", "number"}, plain: "number passport office_name meterai_number void_reason", columns: voided(map[string]column{
			"kind": word("invoice_paper"), "covers": word("covers"), "origin": word("vendor_paper.origin"), "meterai_on": as(day), "base": as(cash),
			"seller_npwp": as(masked4),
		})},
		"reversed_deposit": {name: []string{"kind"}, plain: "billing_code ntpn note reason", columns: map[string]column{
			"kind": word("tax"), "tax_id": as(hidden), "billed_on": as(day), "deposited_on": as(day),
		}},
		"withholding_slip": {name: []string{"number"}, plain: "number object_code void_reason", columns: voided(map[string]column{
			"tax_id": as(hidden), "handed_on": as(day),
		})},
		"tax_object": {name: []string{"kind", "code"}, plain: "code name source void_reason", columns: voided(map[string]column{
			"kind": word("tax"), "valid_from": as(day), "valid_to": as(day),
		})},
	}
}
