package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/vetting"
)

// rows keeps one kind of row of vetting: its list, whose table has the alias t, and how one is inserted.
type rows[R any] struct {
	tx    *Tx
	list  list
	table string
	add   func(ctx context.Context, r R) error
}

// rowColumns are what every row of vetting has.
const rowColumns = `t.id, t.created_at, t.created_by, t.voided_at, t.voided_by, t.void_reason, t.version, `

// rowFields are the filters of what every row of vetting has, beside those of one kind.
func rowFields(more map[string]field) map[string]field {
	more["id"], more["created_at"], more["created_by"] = field{"t.id", ofUUID}, field{"t.created_at", ofTime}, field{"t.created_by", ofUUID}
	more["voided_at"] = field{"coalesce(t.voided_at, 'infinity')", ofTime}
	more["voided_by"], more["void_reason"] = field{"coalesce(t.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, field{"t.void_reason", ofText}
	return more
}

// Find gives a row; NotFound when there is none.
func (s rows[R]) Find(ctx context.Context, id uuid.UUID) (r R, err error) {
	err = s.tx.get(ctx, &r, "SELECT "+s.list.columns+" FROM "+s.list.from+" WHERE t.government_id = $1 AND t.id = $2", s.tx.government(), id)
	return r, faultOf(err)
}

// List lists rows, voided ones too.
func (s rows[R]) List(ctx context.Context, q listing.Query) (listing.Page[R], error) {
	return pageOf[R](ctx, s.tx, s.list, q, where("t.government_id = ?", s.tx.government()))
}

// Add inserts a row.
func (s rows[R]) Add(ctx context.Context, r R) error { return s.add(ctx, r) }

// Void marks a row as entered wrongly, unless it changed since it was read.
func (s rows[R]) Void(ctx context.Context, r vetting.Row) error {
	return s.tx.exec(ctx, `UPDATE `+s.table+` SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, s.tx.government(), r.ID, r.Version, s.tx.now, r.VoidedBy, r.VoidReason)
}

var requirementList = list{
	columns: rowColumns + `t.fiscal_year, t.outlet_kind, t.code, t.name, t.mandatory, t.points, t.expires, t.criterion, t.basis`,
	from:    `requirement t`,
	fields: rowFields(map[string]field{
		"fiscal_year": {"t.fiscal_year", ofInt}, "outlet_kind": {"t.outlet_kind", ofText}, "code": {"t.code", ofText}, "name": {"t.name", ofText},
		"mandatory": {"t.mandatory", ofBool}, "points": {"t.points", ofInt}, "expires": {"t.expires", ofBool}, "criterion": {"t.criterion", ofText},
		"basis": {"t.basis", ofText},
	}),
	search: []string{"t.code", "t.name", "t.basis"},
	id:     field{"t.id", ofUUID},
	sort:   "fiscal_year,outlet_kind,code",
}

// Requirements are the lines of the checklists.
func (tx *Tx) Requirements() vetting.Rows[vetting.Requirement] {
	return rows[vetting.Requirement]{tx, requirementList, "requirement", func(ctx context.Context, r vetting.Requirement) error {
		return tx.exec(ctx, `INSERT INTO requirement (government_id, id, fiscal_year, outlet_kind, code, name, mandatory, points, expires, criterion,
				basis, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			tx.government(), r.ID, r.FiscalYear, r.OutletKind, r.Code, r.Name, r.Mandatory, r.Points, r.Expires, r.Criterion, r.Basis, r.CreatedAt, r.CreatedBy)
	}}
}

var gradeList = list{
	columns: rowColumns + `t.fiscal_year, t.outlet_kind, t.grade, t.min_points, t.valid_from, t.basis`,
	from:    `grade_bound t`,
	fields: rowFields(map[string]field{
		"fiscal_year": {"t.fiscal_year", ofInt}, "outlet_kind": {"t.outlet_kind", ofText}, "grade": {"t.grade", ofText},
		"min_points": {"t.min_points", ofInt}, "valid_from": {"t.valid_from", ofDate}, "basis": {"t.basis", ofText},
	}),
	search: []string{"t.grade", "t.basis"},
	id:     field{"t.id", ofUUID},
	sort:   "fiscal_year,outlet_kind,-min_points",
}

// Grades are the bounds of the grades.
func (tx *Tx) Grades() vetting.Rows[vetting.Grade] {
	return rows[vetting.Grade]{tx, gradeList, "grade_bound", func(ctx context.Context, g vetting.Grade) error {
		return tx.exec(ctx, `INSERT INTO grade_bound (government_id, id, fiscal_year, outlet_kind, grade, min_points, valid_from, basis, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			tx.government(), g.ID, g.FiscalYear, g.OutletKind, g.Grade, g.MinPoints, g.ValidFrom, g.Basis, g.CreatedAt, g.CreatedBy)
	}}
}

var productRuleList = list{
	columns: rowColumns + `t.product, array_to_string(t.kbli, ',') AS kbli, array_to_string(t.accounts, ',') AS accounts, t.valid_from, t.valid_to, t.basis`,
	from:    `product_rule t`,
	fields: rowFields(map[string]field{
		"product": {"t.product", ofText}, "valid_from": {"t.valid_from", ofDate}, "valid_to": {"coalesce(t.valid_to, 'infinity')", ofDate}, "basis": {"t.basis", ofText},
	}),
	search: []string{"t.product", "t.basis"},
	id:     field{"t.id", ofUUID},
	sort:   "product,valid_from",
}

// ProductRules are the business classes and accounts of products.
func (tx *Tx) ProductRules() vetting.Rows[vetting.ProductRule] {
	return rows[vetting.ProductRule]{tx, productRuleList, "product_rule", func(ctx context.Context, r vetting.ProductRule) error {
		return tx.exec(ctx, `INSERT INTO product_rule (government_id, id, product, kbli, accounts, valid_from, valid_to, basis, created_at, created_by)
			VALUES ($1, $2, $3, string_to_array($4, ','), string_to_array($5, ','), $6, $7, $8, $9, $10)`,
			tx.government(), r.ID, r.Product, r.KBLI.String(), r.Accounts.String(), r.ValidFrom, r.ValidTo, r.Basis, r.CreatedAt, r.CreatedBy)
	}}
}

var resultList = list{
	columns: rowColumns + `t.requirement_id, t.vendor_id, t.outlet_id, t.social_account_id, t.met, t.valid_from, t.valid_until,
		coalesce(t.file_sha256, '') AS file_sha256, t.note, t.verified_at, t.verified_by, q.code AS requirement_code, q.name AS requirement_name,
		q.fiscal_year, u.email AS entered_by, coalesce(c.email, '') AS verifier`,
	from: `requirement_result t JOIN requirement q ON q.government_id = t.government_id AND q.id = t.requirement_id
		JOIN user_account u ON u.government_id = t.government_id AND u.id = t.created_by
		LEFT JOIN user_account c ON c.government_id = t.government_id AND c.id = t.verified_by`,
	fields: rowFields(map[string]field{
		"requirement_id": {"t.requirement_id", ofUUID}, "vendor_id": {"t.vendor_id", ofUUID},
		"outlet_id":         {"coalesce(t.outlet_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"social_account_id": {"coalesce(t.social_account_id, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"met":               {"t.met", ofBool}, "valid_from": {"t.valid_from", ofDate}, "valid_until": {"coalesce(t.valid_until, 'infinity')", ofDate},
		"file": {"coalesce(t.file_sha256, '')", ofText}, "note": {"t.note", ofText}, "verified_at": {"coalesce(t.verified_at, 'infinity')", ofTime},
		"verified_by":      {"coalesce(t.verified_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"requirement_code": {"q.code", ofText}, "requirement_name": {"q.name", ofText}, "fiscal_year": {"q.fiscal_year", ofInt},
		"entered_by": {"u.email", ofText}, "verifier": {"coalesce(c.email, '')", ofText},
	}),
	search: []string{"q.code", "q.name", "t.note"},
	id:     field{"t.id", ofUUID},
	sort:   "-created_at",
}

// Results are what was found about requirements.
func (tx *Tx) Results() vetting.Rows[vetting.Result] {
	return rows[vetting.Result]{tx, resultList, "requirement_result", func(ctx context.Context, r vetting.Result) error {
		return tx.exec(ctx, `INSERT INTO requirement_result (government_id, id, requirement_id, vendor_id, outlet_id, social_account_id, met, valid_from,
				valid_until, file_sha256, note, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12, $13)`,
			tx.government(), r.ID, r.RequirementID, r.VendorID, r.OutletID, r.SocialAccountID, r.Met, r.ValidFrom, r.ValidUntil, r.File, r.Note,
			r.CreatedAt, r.CreatedBy)
	}}
}

// VerifyResult saves by whom a result was verified, unless it changed since it was read.
func (tx *Tx) VerifyResult(ctx context.Context, r vetting.Result) error {
	return tx.exec(ctx, `UPDATE requirement_result SET verified_at = $4, verified_by = $5, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), r.ID, r.Version, tx.now, r.VerifiedBy)
}

var journalistList = list{
	columns: rowColumns + `t.outlet_id, t.name, t.number, t.level, t.date, t.valid_until, coalesce(t.file_sha256, '') AS file_sha256`,
	from:    `journalist_certificate t`,
	fields: rowFields(map[string]field{
		"outlet_id": {"t.outlet_id", ofUUID}, "name": {"t.name", ofText}, "number": {"t.number", ofText}, "level": {"t.level", ofText},
		"date": {"coalesce(t.date, 'infinity')", ofDate}, "valid_until": {"coalesce(t.valid_until, 'infinity')", ofDate},
		"file": {"coalesce(t.file_sha256, '')", ofText},
	}),
	search: []string{"t.name", "t.number"},
	id:     field{"t.id", ofUUID},
	sort:   "name",
}

// Journalists are the certificates of competence of journalists.
func (tx *Tx) Journalists() vetting.Rows[vetting.Journalist] {
	return rows[vetting.Journalist]{tx, journalistList, "journalist_certificate", func(ctx context.Context, j vetting.Journalist) error {
		return tx.exec(ctx, `INSERT INTO journalist_certificate (government_id, id, outlet_id, name, number, level, date, valid_until, file_sha256, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11)`,
			tx.government(), j.ID, j.OutletID, j.Name, j.Number, j.Level, j.Date, j.ValidUntil, j.File, j.CreatedAt, j.CreatedBy)
	}}
}

var blacklistList = list{
	columns: rowColumns + `t.vendor_id, v.legal_name AS vendor_name, t.valid_from, t.valid_until, t.ground, t.decree_number,
		coalesce(t.file_sha256, '') AS file_sha256, t.lifted_on, t.lifted_at, t.lifted_by, t.lift_reason`,
	from: `blacklist t JOIN vendor v ON v.government_id = t.government_id AND v.id = t.vendor_id`,
	fields: rowFields(map[string]field{
		"vendor_id": {"t.vendor_id", ofUUID}, "vendor_name": {"v.legal_name", ofText}, "valid_from": {"t.valid_from", ofDate},
		"valid_until": {"coalesce(t.valid_until, 'infinity')", ofDate}, "ground": {"t.ground", ofText}, "decree_number": {"t.decree_number", ofText},
		"file": {"coalesce(t.file_sha256, '')", ofText}, "lifted_on": {"coalesce(t.lifted_on, 'infinity')", ofDate},
		"lifted_at":   {"coalesce(t.lifted_at, 'infinity')", ofTime},
		"lifted_by":   {"coalesce(t.lifted_by, '00000000-0000-0000-0000-000000000000')", ofUUID},
		"lift_reason": {"t.lift_reason", ofText},
	}),
	search: []string{"v.legal_name", "t.ground", "t.decree_number"},
	id:     field{"t.id", ofUUID},
	sort:   "-valid_from",
}

// Blacklist is who may not be ordered from, and when.
func (tx *Tx) Blacklist() vetting.Rows[vetting.Blacklisting] {
	return rows[vetting.Blacklisting]{tx, blacklistList, "blacklist", func(ctx context.Context, b vetting.Blacklisting) error {
		return tx.exec(ctx, `INSERT INTO blacklist (government_id, id, vendor_id, valid_from, valid_until, ground, decree_number, file_sha256, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10)`,
			tx.government(), b.ID, b.VendorID, b.ValidFrom, b.ValidUntil, b.Ground, b.DecreeNumber, b.File, b.CreatedAt, b.CreatedBy)
	}}
}

// LiftBlacklisting saves the end of a blacklisting, unless it changed since it was read.
func (tx *Tx) LiftBlacklisting(ctx context.Context, b vetting.Blacklisting) error {
	return tx.exec(ctx, `UPDATE blacklist SET lifted_on = $4, lifted_at = $5, lifted_by = $6, lift_reason = $7, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), b.ID, b.Version, b.LiftedOn, tx.now, b.LiftedBy, b.LiftReason)
}
