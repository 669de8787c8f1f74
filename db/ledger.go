package db

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/budget"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/period"
)

// posting is one move as post_entries reads it.
type posting struct {
	Line           uuid.UUID        `json:"budget_line_id"`
	Kind           budget.EntryKind `json:"kind"`
	From           budget.Account   `json:"from"`
	To             budget.Account   `json:"to"`
	Amount         money.Amount     `json:"amount"`
	EffectiveOn    period.Date      `json:"effective_on"`
	DocumentType   string           `json:"document_type"`
	DocumentID     uuid.UUID        `json:"document_id"`
	DocumentNumber string           `json:"document_number"`
	Reason         string           `json:"reason"`
}

// Post moves money, all or nothing, in one round trip; it is the only way to a balance. A move beyond what its
// account holds is refused with budget_exceeded. Lines are held until the
// transaction ends, and many want them: what is locked before them (payment, agreement) is locked before this.
func (tx *Tx) Post(ctx context.Context, agency uuid.UUID, moves []budget.Move) error {
	if len(moves) == 0 {
		return nil
	}
	entries := make([]posting, len(moves))
	for i, m := range moves {
		entries[i] = posting{
			m.Line, m.Kind, m.From, m.To, m.Amount, m.EffectiveOn,
			m.Document.Type, m.Document.ID, m.Document.Number, m.Reason,
		}
	}
	body, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	_, err = tx.conn.ExecContext(ctx, `SELECT post_entries($1, $2, $3, $4, $5)`,
		tx.government(), agency, tx.act.Actor.User, tx.now, string(body))
	return err
}

// Short reports whether a line has less available than the moves take from it; the lines are held, in the order of their
// ids, until the transaction ends.
func (tx *Tx) Short(ctx context.Context, agency uuid.UUID, moves []budget.Move) (bool, error) {
	wanted := map[uuid.UUID]money.Amount{}
	var ids []string
	for _, m := range moves {
		if m.From == budget.Available {
			if _, ok := wanted[m.Line]; !ok {
				ids = append(ids, m.Line.String())
			}
			wanted[m.Line] += m.Amount
		}
	}
	var held []struct {
		ID        uuid.UUID    `db:"id"`
		Available money.Amount `db:"available"`
	}
	if err := tx.all(ctx, &held, `SELECT id, available FROM budget_line WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($3::uuid[])
		ORDER BY id FOR NO KEY UPDATE`, tx.government(), agency, pq.StringArray(ids)); err != nil {
		return false, err
	}
	for _, l := range held {
		if l.Available < wanted[l.ID] {
			return true, nil
		}
	}
	return false, nil
}

var ledgerList = list{
	columns: `e.seq, e.budget_line_id, e.kind, e.from_account, e.to_account, e.amount, e.effective_on, e.recorded_at,
		u.email AS actor, e.actor_id, e.document_type AS "document.type", e.document_id AS "document.id",
		e.document_number AS "document.number", e.reason`,
	from: `ledger_entry e JOIN user_account u ON u.government_id = e.government_id AND u.id = e.actor_id
		JOIN budget_line l ON l.government_id = e.government_id AND l.id = e.budget_line_id`,
	fields: map[string]field{
		"seq": {"e.seq", ofInt}, "budget_line_id": {"e.budget_line_id", ofUUID}, "kind": {"e.kind", ofText},
		"from": {"e.from_account", ofText}, "to": {"e.to_account", ofText}, "amount": {"e.amount", ofInt},
		"effective_on": {"e.effective_on", ofDate}, "recorded_at": {"e.recorded_at", ofTime},
		"document_type": {"e.document_type", ofText}, "document_id": {"e.document_id", ofUUID},
		"document_number": {"e.document_number", ofText}, "fiscal_year": {"l.fiscal_year", ofInt}, "actor": {"u.email", ofText},
		"actor_id": {"e.actor_id", ofUUID}, "reason": {"e.reason", ofText},
	},
	search: []string{"e.document_number", "e.reason"},
	id:     field{"e.seq", ofInt},
	sort:   "seq",
}

// Entries lists the agency's ledger, oldest first.
func (tx *Tx) Entries(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[budget.Entry], error) {
	return pageOf[budget.Entry](ctx, tx, ledgerList, q,
		where("e.government_id = ?", tx.government()), where("e.agency_id = ?", agency))
}
