package trail

// vettingTables are those of what is asked of vendors and their channels.
func vettingTables() map[string]table {
	void := func(more map[string]column) map[string]column {
		more["voided_at"], more["voided_by"], more["valid_from"] = as(moment), to("user"), as(day)
		return more
	}
	return map[string]table{
		"requirement": {name: []string{"name"}, plain: "code name basis void_reason", columns: void(map[string]column{
			"outlet_kind": word("outlet.kind"), "mandatory": as(truth), "points": as(count), "expires": as(truth), "criterion": word("criterion"),
		})},
		"grade_bound": {name: []string{"grade"}, plain: "grade basis void_reason", columns: void(map[string]column{
			"outlet_kind": word("outlet.kind"), "min_points": as(count),
		})},
		"requirement_result": {name: []string{"valid_from"}, plain: "note void_reason", columns: void(map[string]column{
			"requirement_id": to("requirement"), "met": as(truth),
		})},
		"press_check": {name: []string{"checked_on"}, plain: "certificate_number note", columns: map[string]column{
			"status": word("press"), "checked_on": as(day), "certificate_date": as(day), "certificate_valid_until": as(day),
		}},
		"journalist_certificate": {name: []string{"name"}, plain: "name number void_reason", columns: void(map[string]column{"level": word("level")})},
		"product_rule": {name: []string{"product"}, plain: "product kbli accounts basis void_reason", columns: void(map[string]column{
			"valid_to": as(day),
		})},
		"blacklist": {name: []string{"decree_number"}, plain: "ground decree_number lift_reason void_reason", columns: void(map[string]column{
			"lifted_on": as(day), "lifted_at": as(moment), "lifted_by": to("user"),
		})},
	}
}
