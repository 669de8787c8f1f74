package db

import (
	"github.com/lib/pq"

	"tayang/app/fault"
)

// matchFailed is a refusal of the triggers that keep units, make-goods, inspection reports and lines.
func matchFailed(pe *pq.Error) error {
	f := &fault.Error{Kind: fault.Conflict, Code: pe.Constraint, Cause: pe}
	if at := map[string]string{
		"acceptance_shortfall_within_quantity": "/shortfalls", "placement_make_good_unit": "/make_good_for", "acceptance_inspected_once": "/acceptance_ids",
	}[pe.Constraint]; at != "" {
		f.Fields = []fault.Field{{Pointer: at, Code: pe.Constraint}}
	}
	return f
}
