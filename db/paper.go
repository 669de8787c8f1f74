package db

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/paper"
)

var agreementPaperList = list{
	columns: `p.id, p.agency_id, p.agreement_id, p.code, p.name, p.number, p.date, p.file_sha256, p.created_at, p.created_by, u.email AS author,
		p.voided_at, p.voided_by, p.void_reason, p.version`,
	from: `agreement_paper p JOIN user_account u ON u.government_id = p.government_id AND u.id = p.created_by`,
	fields: map[string]field{
		"id": {"p.id", ofUUID}, "agreement_id": {"p.agreement_id", ofUUID}, "code": {"p.code", ofText}, "name": {"p.name", ofText},
		"number": {"p.number", ofText}, "date": {"coalesce(p.date, 'infinity')", ofDate}, "file": {"p.file_sha256", ofText}, "author": {"u.email", ofText},
		"created_at": {"p.created_at", ofTime}, "created_by": {"p.created_by", ofUUID}, "voided_at": {"coalesce(p.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(p.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"p.void_reason", ofText},
	},
	search: []string{"p.code", "p.name", "p.number"},
	id:     field{"p.id", ofUUID},
	sort:   "-created_at",
}

// Papers lists the papers in the file of an agreement, voided ones too.
func (tx *Tx) Papers(ctx context.Context, id uuid.UUID, q listing.Query) (listing.Page[agreement.Paper], error) {
	return pageOf[agreement.Paper](ctx, tx, agreementPaperList, q, where("p.government_id = ?", tx.government()), where("p.agreement_id = ?", id))
}

// Paper finds a paper of the agreement; NotFound when there is none.
func (tx *Tx) Paper(ctx context.Context, agreementID, id uuid.UUID) (p agreement.Paper, err error) {
	err = tx.get(ctx, &p, "SELECT "+agreementPaperList.columns+" FROM "+agreementPaperList.from+`
		WHERE p.government_id = $1 AND p.agreement_id = $2 AND p.id = $3`, tx.government(), agreementID, id)
	return p, faultOf(err)
}

// AddPaper puts a paper into the file of its agreement.
func (tx *Tx) AddPaper(ctx context.Context, p agreement.Paper) error {
	return tx.exec(ctx, `INSERT INTO agreement_paper (government_id, id, agency_id, agreement_id, code, name, number, date, file_sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), p.ID, p.AgencyID, p.AgreementID, p.Code, p.Name, p.Number, p.Date, p.File, tx.now, p.CreatedBy)
}

// VoidPaper takes a paper out of the file, unless it changed since it was read.
func (tx *Tx) VoidPaper(ctx context.Context, p agreement.Paper) error {
	return tx.exec(ctx, `UPDATE agreement_paper SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), p.ID, p.Version, tx.now, p.VoidedBy, p.VoidReason)
}

var paperRequirementList = list{
	columns: `r.id, r.code, r.name_id, r.name_en, r.kind, r.method, r.form, r.mandatory, r.owner, r.valid_from, r.valid_to, r.basis,
		coalesce(nullif(r.stage, ''), 'agreement') AS stage, r.payment_kind, r.channel, r.vendor_kind, r.vat, r.via_agency, r.above, r.created_at, r.created_by, r.voided_at, r.voided_by, r.void_reason, r.version`,
	from: `paper_requirement r`,
	fields: map[string]field{
		"id": {"r.id", ofUUID}, "code": {"r.code", ofText}, "name_id": {"r.name_id", ofText}, "name_en": {"r.name_en", ofText}, "kind": {"r.kind", ofText},
		"method": {"r.method", ofText}, "form": {"r.form", ofText}, "mandatory": {"r.mandatory", ofBool}, "owner": {"r.owner", ofText},
		"valid_from": {"r.valid_from", ofDate}, "valid_to": {"coalesce(r.valid_to, 'infinity')", ofDate}, "basis": {"r.basis", ofText},
		"stage": {"coalesce(nullif(r.stage, ''), 'agreement')", ofText}, "payment_kind": {"r.payment_kind", ofText}, "channel": {"r.channel", ofText},
		"vendor_kind": {"r.vendor_kind", ofText}, "vat": {"r.vat", ofBool}, "via_agency": {"r.via_agency", ofBool}, "above": {"r.above", ofInt},
		"created_at": {"r.created_at", ofTime}, "created_by": {"r.created_by", ofUUID}, "voided_at": {"coalesce(r.voided_at, 'infinity')", ofTime},
		"voided_by": {"coalesce(r.voided_by, '00000000-0000-0000-0000-000000000000')", ofUUID}, "void_reason": {"r.void_reason", ofText},
	},
	search: []string{"r.code", "r.name_id", "r.name_en", "r.basis"},
	id:     field{"r.id", ofUUID},
	sort:   "code",
}

// PaperRequirements lists the government's rows of the checklist, voided ones too.
func (tx *Tx) PaperRequirements(ctx context.Context, q listing.Query) (listing.Page[paper.Requirement], error) {
	return pageOf[paper.Requirement](ctx, tx, paperRequirementList, q, where("r.government_id = ?", tx.government()))
}

// Checklist gives the government's rows of the checklist that are not void.
func (tx *Tx) Checklist(ctx context.Context) (set paper.Set, err error) {
	err = tx.all(ctx, &set, "SELECT "+paperRequirementList.columns+" FROM "+paperRequirementList.from+" WHERE r.government_id = $1 AND r.voided_at IS NULL", tx.government())
	return set, err
}

// PaperRequirement finds a row; NotFound when there is none.
func (tx *Tx) PaperRequirement(ctx context.Context, id uuid.UUID) (r paper.Requirement, err error) {
	err = tx.get(ctx, &r, "SELECT "+paperRequirementList.columns+" FROM "+paperRequirementList.from+" WHERE r.government_id = $1 AND r.id = $2", tx.government(), id)
	return r, faultOf(err)
}

// AddPaperRequirement inserts a row.
func (tx *Tx) AddPaperRequirement(ctx context.Context, r paper.Requirement) error {
	return tx.exec(ctx, `INSERT INTO paper_requirement (government_id, id, code, name_id, name_en, kind, method, form, mandatory, owner, valid_from, valid_to,
			basis, created_at, created_by, stage, payment_kind, channel, vendor_kind, vat, via_agency, above)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		tx.government(), r.ID, r.Code, r.NameID, r.NameEN, r.Kind, r.Method, r.Form, r.Mandatory, r.Owner, r.ValidFrom, r.ValidTo, r.Basis, tx.now, r.CreatedBy,
		r.Stage, r.PaymentKind, r.Channel, r.VendorKind, r.VAT, r.ViaAgency, r.Above)
}

// VoidPaperRequirement marks a row as entered wrongly, unless it changed since it was read.
func (tx *Tx) VoidPaperRequirement(ctx context.Context, r paper.Requirement) error {
	return tx.exec(ctx, `UPDATE paper_requirement SET voided_at = $4, voided_by = $5, void_reason = $6, version = version + 1
		WHERE government_id = $1 AND id = $2 AND version = $3`, tx.government(), r.ID, r.Version, tx.now, r.VoidedBy, r.VoidReason)
}
