package db

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"tayang/app/listing"
	"tayang/app/registry"
)

var vendorList = list{
	columns: `v.id, v.kind, v.legal_name, v.npwp, v.nik, v.nib, array_to_string(v.kbli, ',') AS kbli, v.vat_registered,
		v.pp55_number AS "pp55.number", v.pp55_valid_until AS "pp55.valid_until", v.bank_name AS "bank.name",
		v.bank_account_number AS "bank.account_number", v.bank_account_owner AS "bank.account_owner", v.address, v.represents_others,
		v.phone, v.email, v.directors, v.created_at, v.created_by, v.version`,
	from: `vendor v`,
	fields: map[string]field{
		"id": {"v.id", ofUUID}, "kind": {"v.kind", ofText}, "legal_name": {"v.legal_name", ofText}, "npwp": {"v.npwp", ofText},
		"nik": {"v.nik", ofText}, "nib": {"v.nib", ofText}, "vat_registered": {"v.vat_registered", ofBool},
		"created_at": {"v.created_at", ofTime}, "represents_others": {"v.represents_others", ofBool},
		"address": {"v.address", ofText}, "created_by": {"v.created_by", ofUUID}, "email": {"v.email", ofText}, "phone": {"v.phone", ofText},
	},
	search: []string{"v.legal_name", "v.address"},
	id:     field{"v.id", ofUUID},
	sort:   "legal_name",
}

// Vendor finds the government's vendor; NotFound when there is none.
func (tx *Tx) Vendor(ctx context.Context, id uuid.UUID) (v registry.Vendor, err error) {
	err = tx.get(ctx, &v, `SELECT `+vendorList.columns+` FROM vendor v WHERE v.government_id = $1 AND v.id = $2`, tx.government(), id)
	return v, faultOf(err)
}

// Vendors lists the government's vendors, by name; byNumber also looks for the text in their numbers.
func (tx *Tx) Vendors(ctx context.Context, q listing.Query, byNumber bool) (listing.Page[registry.Vendor], error) {
	l := vendorList
	if byNumber {
		l.search = append(slices.Clone(l.search), "v.npwp", "v.nik", "v.nib")
	}
	return pageOf[registry.Vendor](ctx, tx, l, q, where("v.government_id = ?", tx.government()))
}

// SaveVendor inserts a vendor whose Version is 0, else updates the one of that version.
func (tx *Tx) SaveVendor(ctx context.Context, v registry.Vendor) error {
	written := []any{
		v.Kind, v.LegalName, v.NPWP, v.NIK, v.NIB, v.KBLI.String(), v.VATRegistered, v.PP55.Number, v.PP55.ValidUntil,
		v.Bank.Name, v.Bank.AccountNumber, v.Bank.AccountOwner, v.Address, v.Phone, v.Email, v.Directors, v.RepresentsOthers,
	}
	if v.Version == 0 {
		if err := tx.exec(ctx, `INSERT INTO vendor (kind, legal_name, npwp, nik, nib, kbli, vat_registered, pp55_number, pp55_valid_until,
				bank_name, bank_account_number, bank_account_owner, address, phone, email, directors, represents_others, government_id, id, created_at, created_by)
			VALUES ($1, $2, $3, $4, $5, string_to_array($6, ','), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
			append(written, tx.government(), v.ID, tx.now, tx.act.Actor.User)...); err != nil {
			return err
		}
		return tx.saveSigns(ctx, v)
	}
	if err := tx.exec(ctx, `UPDATE vendor SET kind = $1, legal_name = $2, npwp = $3, nik = $4, nib = $5, kbli = string_to_array($6, ','),
			vat_registered = $7, pp55_number = $8, pp55_valid_until = $9, bank_name = $10, bank_account_number = $11,
			bank_account_owner = $12, address = $13, phone = $14, email = $15, directors = $16, represents_others = $17, version = version + 1
		WHERE government_id = $18 AND id = $19 AND version = $20`,
		append(written, tx.government(), v.ID, v.Version)...); err != nil {
		return err
	}
	return tx.saveSigns(ctx, v)
}

var vendorDocumentList = list{
	columns: `d.id, d.vendor_id, d.kind, d.name, d.number, d.date, d.valid_until, d.file_sha256, d.created_at, d.created_by`,
	from:    `vendor_document d`,
	fields: map[string]field{
		"id": {"d.id", ofUUID}, "kind": {"d.kind", ofText}, "name": {"d.name", ofText}, "file": {"d.file_sha256", ofText},
		"valid_until": {"coalesce(d.valid_until, 'infinity')", ofDate}, "created_at": {"d.created_at", ofTime},
		"vendor_id": {"d.vendor_id", ofUUID}, "number": {"d.number", ofText},
		"date": {"coalesce(d.date, 'infinity')", ofDate}, "created_by": {"d.created_by", ofUUID},
	},
	search: []string{"d.name"},
	id:     field{"d.id", ofUUID},
	sort:   "-created_at",
}

// AddVendorDocument puts a paper into a vendor's file.
func (tx *Tx) AddVendorDocument(ctx context.Context, d registry.Document) error {
	return tx.exec(ctx, `INSERT INTO vendor_document (government_id, id, vendor_id, kind, name, number, date, valid_until, file_sha256,
			created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.government(), d.ID, d.VendorID, d.Kind, d.Name, d.Number, d.Date, d.ValidUntil, d.File, d.CreatedAt, d.CreatedBy)
}

// VendorDocuments lists a vendor's papers, newest first.
func (tx *Tx) VendorDocuments(ctx context.Context, vendor uuid.UUID, q listing.Query) (listing.Page[registry.Document], error) {
	return pageOf[registry.Document](ctx, tx, vendorDocumentList, q, where("d.government_id = ?", tx.government()), where("d.vendor_id = ?", vendor))
}

var vendorCheckList = list{
	columns: `c.id, c.vendor_id, c.subject, c.checked_on, c.result, c.remark, u.email AS checked_by, c.created_at, c.created_by`,
	from:    `vendor_check c JOIN user_account u ON u.government_id = c.government_id AND u.id = c.created_by`,
	fields: map[string]field{
		"id": {"c.id", ofUUID}, "subject": {"c.subject", ofText}, "checked_on": {"c.checked_on", ofDate}, "result": {"c.result", ofText},
		"checked_by": {"u.email", ofText}, "created_at": {"c.created_at", ofTime},
		"vendor_id": {"c.vendor_id", ofUUID}, "remark": {"c.remark", ofText}, "created_by": {"c.created_by", ofUUID},
	},
	search: []string{"c.subject", "c.remark"},
	id:     field{"c.id", ofUUID},
	sort:   "-checked_on",
}

// AddVendorCheck records a check of a vendor.
func (tx *Tx) AddVendorCheck(ctx context.Context, c registry.Check) error {
	return tx.exec(ctx, `INSERT INTO vendor_check (government_id, id, vendor_id, subject, checked_on, result, remark, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.government(), c.ID, c.VendorID, c.Subject, c.CheckedOn, c.Result, c.Remark, c.CreatedAt, c.CreatedBy)
}

// VendorChecks lists the checks of a vendor, newest first.
func (tx *Tx) VendorChecks(ctx context.Context, vendor uuid.UUID, q listing.Query) (listing.Page[registry.Check], error) {
	return pageOf[registry.Check](ctx, tx, vendorCheckList, q, where("c.government_id = ?", tx.government()), where("c.vendor_id = ?", vendor))
}
