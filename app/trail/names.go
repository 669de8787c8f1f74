package trail

import (
	"slices"
	"sync"

	"github.com/google/uuid"
)

// Name is what a record is called today, and the record that it belongs to, if it has no page of its own.
type Name struct {
	Text  string
	Owner string
}

// Names are the names of records by their ids.
type Names map[string]Name

// References are the ids that events speak of, by the noun that they are of.
type References map[string][]uuid.UUID

// Nouns lists what ids are resolved of.
func Nouns() []string {
	return []string{
		"acceptance", "agency", "agreement", "budget_line", "budget_version", "campaign", "deliverable", "invoice", "outlet", "override",
		"payment", "placement", "social_account", "user", "vendor", "requirement",
	}
}

// Refer collects the ids that the events' words need a name for, each once, in order.
func Refer(events []Event) References {
	out := References{}
	for _, e := range events {
		t := tables()[e.Table]
		for _, image := range []Image{e.Old, e.New} {
			for name, value := range image {
				c, _ := t.column(name)
				out.add(c, value)
			}
		}
		if e.Table == "ledger_entry" {
			out.add(column{ref, "budget_line"}, e.New["budget_line_id"])
		}
	}
	for noun, ids := range out {
		slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
		out[noun] = slices.Compact(ids)
	}
	return out
}

func (r References) add(c column, value any) {
	switch v := value.(type) {
	case string:
		if id, err := uuid.Parse(v); err == nil && c.form == ref {
			r[c.of] = append(r[c.of], id)
		}
	case []any:
		for _, x := range v {
			r.add(c, x)
		}
	case map[string]any:
		for name, x := range v {
			inner := shared()[name]
			r.add(inner, x)
		}
	}
}

// parents are the columns by which a row belongs to another record in words, and that record's table. A role and a session
// are called by their user already.
var parents = sync.OnceValue(func() map[string][2]string {
	return map[string][2]string{
		"deliverable": {"agreement_id", "agreement"}, "recipient": {"agreement_id", "agreement"}, "recipient_confirmation": {"agreement_id", "agreement"}, "acceptance": {"agreement_id", "agreement"}, "amendment": {"agreement_id", "agreement"}, "deliverable_price": {"agreement_id", "agreement"},
		"agreement_approval": {"agreement_id", "agreement"}, "agreement_remark": {"agreement_id", "agreement"},
		"proof": {"placement_id", "placement"}, "payment_tax": {"payment_id", "payment"}, "budget_version_line": {"budget_version_id", "budget_version"},
		"vendor_document": {"vendor_id", "vendor"}, "vendor_check": {"vendor_id", "vendor"}, "outlet": {"vendor_id", "vendor"},
		"social_account": {"vendor_id", "vendor"}, "social_snapshot": {"social_account_id", "social_account"}, "account_ownership": {"social_account_id", "social_account"}, "creator_statement": {"social_account_id", "social_account"},
		"requirement_result": {"vendor_id", "vendor"}, "press_check": {"outlet_id", "outlet"}, "journalist_certificate": {"outlet_id", "outlet"},
		"blacklist": {"vendor_id", "vendor"}, "override_use": {"override_id", "override"}, "agreement_paper": {"agreement_id", "agreement"},
		"cooperation_entry": {"cooperation_list_id", "cooperation_list"},
		"ledger_entry":      {"budget_line_id", "budget_line"}, "cash_plan": {"budget_line_id", "budget_line"},
		"cash_plan_document_line": {"document_id", "cash_plan_document"}, "debt_recognition_line": {"debt_recognition_id", "debt_recognition"},
	}
})

// Parent is the record to which the event's row belongs: its table and id. Both are empty for a record of its own.
func (e Event) Parent() (tableName, id string) {
	p, ok := parents()[e.Table]
	if !ok {
		return "", ""
	}
	id, _ = e.Image()[p[0]].(string)
	return p[1], id
}
