package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/registry"
	"tayang/app/rule"
)

// influenceFacts looks up what is known, up to the order date, of the social accounts that the agreement orders from.
func (tx *Tx) influenceFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	var ids []string
	for _, d := range a.Deliverables {
		if d.SocialAccountID.Valid {
			ids = append(ids, d.SocialAccountID.UUID.String())
		}
	}
	if len(ids) == 0 {
		return nil
	}
	tiers, err := tx.tiersOf(ctx)
	if err != nil {
		return err
	}
	known := []any{tx.government(), pq.StringArray(ids), a.OrderDate}
	if err := tx.all(ctx, &f.Influence.Accounts, accountFactsQuery, known...); err != nil {
		return err
	}
	var owned []ownedFact
	if err := tx.all(ctx, &owned, ownershipFactsQuery, known...); err != nil {
		return err
	}
	var declared []declaredFact
	if err := tx.all(ctx, &declared, statementFactsQuery, known...); err != nil {
		return err
	}
	adult := f.Rules.On(rule.AdultAge, a.OrderDate).Figure
	for i, account := range f.Influence.Accounts {
		for _, o := range owned {
			if o.Account == account.SocialAccountID {
				account.Ownership = &o.OwnershipFact
			}
		}
		for _, s := range declared {
			s.into(&account)
		}
		f.Influence.Accounts[i] = account.Graded(tiers, a.OrderDate, adult)
	}
	return nil
}

const accountFactsQuery = `SELECT a.id, a.vendor_id, a.handle, a.platform, a.creator_name, a.creator_born_on, n.followers, n.taken_on,
		coalesce(n.file_sha256, '') AS file_sha256, coalesce(trim_scale(n.engagement_rate)::text, '') AS engagement_rate
	FROM social_account a
	LEFT JOIN LATERAL (
		SELECT s.followers, s.taken_on, s.file_sha256, s.engagement_rate FROM social_snapshot s
		WHERE s.government_id = $1 AND s.social_account_id = a.id AND s.taken_on <= $3 ORDER BY s.taken_on DESC LIMIT 1
	) n ON true
	WHERE a.government_id = $1 AND a.id = ANY ($2::uuid[]) ORDER BY a.platform, lower(a.handle)`

// A proof counts as long as the account belongs to whom it belonged when it was entered: the creator, also where an agency
// sells him.
const ownershipFactsQuery = `SELECT DISTINCT ON (o.social_account_id) o.social_account_id AS account, o.id, o.proven_by, o.proven_on, o.file_sha256,
		u.email AS verified_by, o.decided_at AS verified_at
	FROM account_ownership o JOIN user_account u ON u.government_id = o.government_id AND u.id = o.decided_by
	JOIN social_account a ON a.government_id = o.government_id AND a.id = o.social_account_id AND a.vendor_id = o.vendor_id
	WHERE o.government_id = $1 AND o.social_account_id = ANY ($2::uuid[]) AND o.proven_on <= $3 AND o.status = 'verified'
	ORDER BY o.social_account_id, o.proven_on DESC, o.id DESC`

const statementFactsQuery = `SELECT DISTINCT ON (s.social_account_id, s.kind) s.social_account_id AS account, s.kind, s.id, s.answer, s.details,
		s.guardian_name, s.relation, s.given_on, s.file_sha256
	FROM creator_statement s
	WHERE s.government_id = $1 AND s.social_account_id = ANY ($2::uuid[]) AND s.given_on <= $3
	ORDER BY s.social_account_id, s.kind, s.given_on DESC, s.id DESC`

type ownedFact struct {
	Account uuid.UUID `db:"account"`
	agreement.OwnershipFact
}

type declaredFact struct {
	Account uuid.UUID              `db:"account"`
	Kind    registry.StatementKind `db:"kind"`
	agreement.StatementFact
}

func (s declaredFact) into(account *agreement.AccountFacts) {
	if s.Account != account.SocialAccountID {
		return
	}
	switch s.Kind {
	case registry.ConflictOfInterest:
		account.Conflict = &s.StatementFact
	case registry.CivilServant:
		account.CivilServant = &s.StatementFact
	case registry.GuardianConsent:
		account.Guardian = &s.StatementFact
	}
}
