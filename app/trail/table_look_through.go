package trail

// lookThroughTables are those of whom money reaches through an agency, and of who owns outlets together.
func lookThroughTables() map[string]table {
	return map[string]table{
		"recipient": {name: []string{"position", "name"}, plain: "name deliverables"},
		"recipient_confirmation": {name: []string{"date"}, plain: "remark", columns: map[string]column{
			"origin": word("confirmation.origin"), "recipient_id": as(hidden),
		}},
		"owner_group": {name: []string{"name"}, plain: "name owners source note", columns: map[string]column{"since": as(day), "until": as(day)}},
		"owner_group_member": {name: []string{"since"}, plain: "source void_reason", columns: map[string]column{
			"since": as(day), "until": as(day), "owner_group_id": as(hidden), "voided_at": as(moment), "voided_by": to("user"),
		}},
	}
}
