package trail

// portalTables are those of what vendors see and send through links. The secrets of links and visits are told only to have
// changed, and their hashes are all that is kept of them.
func portalTables() map[string]table {
	return map[string]table{
		"vendor_link":  {name: []string{"purpose"}, plain: "purpose email revoke_reason"},
		"vendor_visit": {name: []string{"source"}, plain: "source agent", columns: map[string]column{"opened_at": as(moment), "link_id": as(hidden)}},
		"vendor_submission": {
			name: []string{"kind", "number"}, plain: "filename url number tax_invoice_number remark",
			columns: map[string]column{
				"kind": word("portal.kind"), "status": word("portal.status"), "published_on": as(day), "placement_ids": to("placement"),
				"link_id": as(hidden), "visit_id": as(hidden), "proof_id": as(hidden), "once": as(hidden),
			},
		},
	}
}
