package trail

import (
	"slices"
	"strings"
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
		"payment", "placement", "social_account", "user", "vendor", "requirement", "owner_group", "cooperation_list", "cash_plan_document",
		"debt_recognition",
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
		if noun, id := e.Parent(); slices.Contains(Nouns(), noun) {
			out.add(to(noun), id)
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

// parents are the columns by which rows belong to another record in words, that record's table, and the tables of the rows;
// of several columns of one table the first that is filled counts. The database keeps the same (trail_child), but for the
// entries of a budget line, which its page lists. A role and a session are called by their user already.
var parents = sync.OnceValue(func() map[string][][2]string {
	out := map[string][][2]string{}
	for _, p := range []struct{ column, table, of string }{
		{"agreement_id", "agreement", "acceptance acceptance_shortfall agreement_approval agreement_assessment agreement_final_account agreement_paper agreement_remark " +
			"agreement_suspension airing_log amendment deliverable deliverable_price inspection penalty_receipt recap recipient recipient_confirmation"},
		{"vendor_id", "vendor", "blacklist outlet social_account vendor_check vendor_document"},
		{"social_account_id", "social_account", "account_ownership creator_statement social_snapshot"},
		{"outlet_id", "outlet", "journalist_certificate press_check"},
		{"placement_id", "placement", "airing capture insight live_check proof shortfall"},
		{"invoice_id", "invoice", "credit_note invoice_line invoice_paper"},
		{"payment_id", "payment", "payment_assessment payment_hold payment_paper payment_receipt payment_refund payment_share payment_tax reversed_deposit withholding_slip"},
		{"budget_version_id", "budget_version", "budget_version_line"},
		{"budget_line_id", "budget_line", "cash_plan ledger_entry"},
		{"document_id", "cash_plan_document", "cash_plan_document_line"},
		{"debt_recognition_id", "debt_recognition", "debt_recognition_line"},
		{"cooperation_list_id", "cooperation_list", "cooperation_entry"},
		{"owner_group_id", "owner_group", "owner_group_member"},
		{"override_id", "override", "override_use"},
		{"outlet_id", "outlet", "requirement_result"},
		{"social_account_id", "social_account", "requirement_result"},
		{"vendor_id", "vendor", "requirement_result"},
		{"vendor_id", "vendor", "vendor_link"},
		{"placement_id", "placement", "vendor_submission"},
		{"agreement_id", "agreement", "vendor_submission"},
	} {
		for _, of := range strings.Fields(p.of) {
			out[of] = append(out[of], [2]string{p.column, p.table})
		}
	}
	return out
})

// Parent is the record to which the event's row belongs: its table and id. Both are empty for a record of its own.
func (e Event) Parent() (tableName, id string) {
	for _, p := range parents()[e.Table] {
		if id, _ = e.Image()[p[0]].(string); id != "" {
			return p[1], id
		}
	}
	return "", ""
}
