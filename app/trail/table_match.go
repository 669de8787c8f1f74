package trail

// matchTables are those of the papers between publication and payment, and of the lines of invoices.
func matchTables() map[string]table {
	voided := func(of map[string]column) map[string]column {
		of["voided_at"], of["voided_by"] = as(moment), to("user")
		return of
	}
	const signers = "number place office_signer vendor_signer vendor_position void_reason"
	return map[string]table{
		"recap": {name: []string{"number"}, plain: signers + " lines", columns: signedColumns(voided(map[string]column{
			"from_on": as(day), "to_on": as(day), "placement_ids": to("placement"),
		}))},
		"inspection":           {name: []string{"number"}, plain: signers, columns: signedColumns(voided(map[string]column{"acceptance_ids": to("acceptance")}))},
		"acceptance_shortfall": {name: []string{"deliverable_id"}, plain: "reason", columns: map[string]column{"rule": word("shortfall")}},
		"invoice_line":         {name: []string{"description"}, plain: "description", columns: map[string]column{"difference": as(cash)}},
	}
}

// signedColumns are those of who signed a paper, beside its own.
func signedColumns(own map[string]column) map[string]column {
	own["signed_on"], own["office_nip"], own["file_origin"] = as(day), as(masked4), word("proof.origin")
	return own
}
