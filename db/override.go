package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/override"
)

var overrideList = list{
	columns: `o.id, o.agency_id, o.kind, o.subject, o.reason, o.status, o.valid_until, o.remark, t.uses, t.passed, o.created_at, o.created_by,
		coalesce(a.email, '') AS asked_by, o.decided_at, o.decided_by, coalesce(d.email, '') AS decider, o.revoked_at, o.revoked_by,
		coalesce(r.email, '') AS revoker, o.version`,
	from: `override o
		LEFT JOIN user_account a ON a.government_id = o.government_id AND a.id = o.created_by
		LEFT JOIN user_account d ON d.government_id = o.government_id AND d.id = o.decided_by
		LEFT JOIN user_account r ON r.government_id = o.government_id AND r.id = o.revoked_by
		LEFT JOIN LATERAL (SELECT count(*) AS uses, coalesce(sum(u.amount), 0)::bigint AS passed
			FROM override_use u WHERE u.government_id = o.government_id AND u.override_id = o.id) t ON true`,
	fields: map[string]field{
		"id": {"o.id", ofUUID}, "kind": {"o.kind", ofText}, "status": {"o.status", ofText}, "created_at": {"o.created_at", ofTime},
		"valid_until": {"coalesce(o.valid_until, 'infinity')", ofDate}, "created_by": {"o.created_by", ofUUID},
		"asked_by": {"coalesce(a.email, '')", ofText}, "decider": {"coalesce(d.email, '')", ofText}, "uses": {"t.uses", ofInt},
		"passed": {"t.passed", ofInt},
	},
	search: []string{"o.reason", "o.remark", "o.subject::text", "a.email", "d.email"},
	id:     field{"o.id", ofUUID},
	sort:   "-",
}

var overrideUseList = list{
	columns: `u.id, u.override_id, o.kind, u.document_type, u.document_id, u.document_number, u.amount, u.used_at, u.used_by,
		coalesce(w.email, '') AS user_email, coalesce(o.subject ->> 'for_email', '') AS acting_for`,
	from: `override_use u JOIN override o ON o.government_id = u.government_id AND o.id = u.override_id
		LEFT JOIN user_account w ON w.government_id = u.government_id AND w.id = u.used_by`,
	fields: map[string]field{
		"id": {"u.id", ofUUID}, "override_id": {"u.override_id", ofUUID}, "kind": {"o.kind", ofText},
		"document_type": {"u.document_type", ofText}, "document_id": {"u.document_id", ofUUID},
		"document_number": {"u.document_number", ofText}, "amount": {"u.amount", ofInt}, "used_at": {"u.used_at", ofTime},
		"used_by": {"u.used_by", ofUUID},
	},
	search: []string{"u.document_number"},
	id:     field{"u.id", ofUUID},
	sort:   "used_at",
}

// Overrides lists the overrides of the agency and of the whole government; kinds narrows them, none means all.
func (tx *Tx) Overrides(ctx context.Context, agency uuid.UUID, kinds []override.Kind, q listing.Query) (listing.Page[override.Override], error) {
	scope := []clause{where("o.government_id = ?", tx.government()), where("(o.agency_id = ? OR o.agency_id IS NULL)", agency)}
	if len(kinds) > 0 {
		scope = append(scope, where("o.kind = ANY (?)", pq.Array(kinds)))
	}
	return pageOf[override.Override](ctx, tx, overrideList, q, scope...)
}

// OverrideUses lists what passed under the agency's overrides.
func (tx *Tx) OverrideUses(ctx context.Context, agency uuid.UUID, q listing.Query) (listing.Page[override.Use], error) {
	return pageOf[override.Use](ctx, tx, overrideUseList, q, where("u.government_id = ?", tx.government()), where("u.agency_id = ?", agency))
}

// Override gives an override of the agency, or of the whole government, with the documents that passed under it.
func (tx *Tx) Override(ctx context.Context, agency, id uuid.UUID) (o override.Override, err error) {
	if err = tx.get(ctx, &o, "SELECT "+overrideList.columns+" FROM "+overrideList.from+
		" WHERE o.government_id = $1 AND (o.agency_id = $2 OR o.agency_id IS NULL) AND o.id = $3", tx.government(), agency, id); err != nil {
		return o, err
	}
	page, err := tx.OverrideUses(ctx, agency, listing.All().Where("override_id", id.String()))
	o.Uses = page.Items
	return o, err
}

// InForce gives the agency's overrides of the kinds that hold today, those decided last first.
func (tx *Tx) InForce(ctx context.Context, agency uuid.UUID, kinds ...override.Kind) (found []override.Override, err error) {
	err = tx.all(ctx, &found, `SELECT o.id, o.agency_id, o.kind, o.subject, o.reason, o.status, o.valid_until, o.version
		FROM override o JOIN government g ON g.government_id = o.government_id
		WHERE o.government_id = $1 AND o.agency_id = $2 AND o.kind = ANY ($3) AND o.status = 'approved'
			AND (o.valid_until IS NULL OR o.valid_until >= ($4::timestamptz AT TIME ZONE g.timezone)::date)
		ORDER BY o.decided_at DESC, o.id`, tx.government(), agency, pq.Array(kinds), tx.now)
	return found, err
}

// UseOverride notes that a document passed under the override.
func (tx *Tx) UseOverride(ctx context.Context, id uuid.UUID, d access.Document) error {
	use, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO override_use (government_id, id, override_id, agency_id, document_type, document_id, document_number,
			amount, used_at, used_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.government(), use, id, d.Agency, d.Type, d.ID, d.Number, d.Amount, tx.now, tx.act.Actor.User)
}

// noteActing writes down what somebody did for another, when he may only do it for him.
func (tx *Tx) noteActing(ctx context.Context, result any) error {
	done, ok := result.(access.Documented)
	if !ok {
		return nil
	}
	d := done.Document()
	acting, ok := tx.act.Actor.ActingIn(tx.act.Verb, d.Agency)
	if by, is := result.(access.Acted); is {
		if grant, known := by.ActedAs(); known {
			acting, ok = grant, grant.For != ""
		}
	}
	if !ok || d.Agency == uuid.Nil {
		return nil
	}
	return tx.UseOverride(ctx, acting.Override, d)
}

// AddOverride inserts a request.
func (tx *Tx) AddOverride(ctx context.Context, o override.Override) error {
	return tx.exec(ctx, `INSERT INTO override (government_id, id, agency_id, kind, subject, reason, status, valid_until, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.government(), o.ID, o.AgencyID, o.Kind, o.Subject, o.Reason, o.Status, o.ValidUntil, tx.now, o.CreatedBy)
}

// MoveOverride saves state, remark and stamps, unless the override changed since it was read.
func (tx *Tx) MoveOverride(ctx context.Context, o override.Override) error {
	return tx.exec(ctx, `UPDATE override SET status = $4, remark = $5, decided_at = $6, decided_by = $7, revoked_at = $8, revoked_by = $9,
			version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`,
		tx.government(), o.ID, o.Version, o.Status, o.Remark, o.DecidedAt, o.DecidedBy, o.RevokedAt, o.RevokedBy)
}

// SubjectAround looks up what an override's subject names, in one round trip.
func (tx *Tx) SubjectAround(ctx context.Context, agency uuid.UUID, s override.Subject) (around override.Around, err error) {
	var found struct {
		Person     uuid.NullUUID `db:"person"`
		For        uuid.NullUUID `db:"for_person"`
		Disabled   bool          `db:"disabled"`
		Holds      bool          `db:"holds"`
		Vendor     bool          `db:"vendor"`
		FiscalYear int           `db:"fiscal_year"`
	}
	err = tx.get(ctx, &found, `SELECT p.id AS person, coalesce(p.disabled_at IS NOT NULL, false) AS disabled,
			(SELECT f.id FROM user_account f WHERE f.government_id = $1 AND f.email = $4) AS for_person,
			EXISTS (SELECT FROM user_role r WHERE r.government_id = $1 AND r.user_id = p.id AND r.role = $5 AND r.revoked_at IS NULL
				AND r.agency_id IS NOT DISTINCT FROM (SELECT g.id FROM agency g WHERE g.government_id = $1 AND g.code = $6)) AS holds,
			EXISTS (SELECT FROM vendor v WHERE v.government_id = $1 AND v.id = $7) AS vendor,
			coalesce((SELECT l.fiscal_year FROM budget_line l WHERE l.government_id = $1 AND l.agency_id = $2 AND l.id = $8), 0) AS fiscal_year
		FROM (SELECT 1) AS one LEFT JOIN user_account p ON p.government_id = $1 AND p.email = $3`,
		tx.government(), agency, s.Email, s.ForEmail, s.Role, s.AgencyCode, s.VendorID, s.BudgetLineID)
	around = override.Around{Vendor: found.Vendor, FiscalYear: found.FiscalYear}
	if found.Person.Valid {
		around.Person = &override.Person{ID: found.Person.UUID, Disabled: found.Disabled, Holds: found.Holds}
	}
	if found.For.Valid {
		around.For = &override.Person{ID: found.For.UUID}
	}
	return around, err
}

// ChangeRole gives the subject's role to the person, or takes it back.
func (tx *Tx) ChangeRole(ctx context.Context, person uuid.UUID, o override.Override) error {
	if o.Subject.Action == override.TakeBack {
		return tx.exec(ctx, `UPDATE user_role SET revoked_at = $5 WHERE government_id = $1 AND user_id = $2 AND role = $3
			AND agency_id IS NOT DISTINCT FROM $4::uuid AND revoked_at IS NULL`, tx.government(), person, o.Subject.Role, o.AgencyID, tx.now)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO user_role (government_id, id, user_id, role, agency_id) VALUES ($1, $2, $3, $4, $5)`,
		tx.government(), id, person, o.Subject.Role, o.AgencyID)
}
