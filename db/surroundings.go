package db

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/tax"
)

// Surroundings looks up everything that the terms of an agreement name, in one round trip.
func (tx *Tx) Surroundings(ctx context.Context, agency uuid.UUID, t agreement.Terms) (agreement.Surroundings, error) {
	around := agreement.Surroundings{
		OutletVendor: map[uuid.UUID]uuid.UUID{}, AccountVendor: map[uuid.UUID]uuid.UUID{},
		ChannelName: map[uuid.UUID]string{}, Lines: map[uuid.UUID]agreement.LineFacts{},
	}
	var outlets, accounts, lines []string
	for _, d := range t.Deliverables {
		outlets, accounts = append(outlets, d.OutletID.UUID.String()), append(accounts, d.SocialAccountID.UUID.String())
		lines = append(lines, d.BudgetLineID.String())
	}
	for _, r := range t.LookThrough.Recipients {
		outlets, accounts = append(outlets, r.OutletID.UUID.String()), append(accounts, r.SocialAccountID.UUID.String())
	}
	var found []surrounding
	if err := tx.all(ctx, &found, surroundingQuery, tx.government(), agency, t.VendorID, t.CampaignID, pq.StringArray(outlets),
		pq.StringArray(accounts), pq.StringArray(lines)); err != nil {
		return around, err
	}
	for _, f := range found {
		f.into(&around)
	}
	return around, tx.frameworkOf(ctx, agency, t, &around)
}

// frameworkOf looks up the framework agreement that the terms of an order name.
func (tx *Tx) frameworkOf(ctx context.Context, agency uuid.UUID, t agreement.Terms, around *agreement.Surroundings) error {
	if !t.FrameworkID.Valid {
		return nil
	}
	f, err := tx.Agreement(ctx, agency, t.FrameworkID.UUID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	around.Framework = &f
	return err
}

const surroundingQuery = `
	SELECT 'vendor' AS what, id, kind, vat_registered, npwp <> '' AS has_npwp, nik <> '' AS has_nik, pp55_valid_until,
		NULL::uuid AS owner, 0 AS fiscal_year, 0::bigint AS available, legal_name AS name
	FROM vendor WHERE government_id = $1 AND id = $3
	UNION ALL SELECT 'campaign', id, '', false, false, false, NULL, NULL, 0, 0, name
	FROM campaign WHERE government_id = $1 AND agency_id = $2 AND id = $4
	UNION ALL SELECT 'outlet', id, '', false, false, false, NULL, vendor_id, 0, 0, name
	FROM outlet WHERE government_id = $1 AND id = ANY ($5::uuid[])
	UNION ALL SELECT 'account', id, '', false, false, false, NULL, vendor_id, 0, 0, platform || ' @' || handle
	FROM social_account WHERE government_id = $1 AND id = ANY ($6::uuid[])
	UNION ALL SELECT 'line', id, '', false, false, false, NULL, NULL, fiscal_year, available, sub_activity_name || ' · ' || account_code || ' · ' || fund_source
	FROM budget_line WHERE government_id = $1 AND agency_id = $2 AND id = ANY ($7::uuid[])`

type surrounding struct {
	What           string        `db:"what"`
	ID             uuid.UUID     `db:"id"`
	Kind           tax.PayeeKind `db:"kind"`
	VATRegistered  bool          `db:"vat_registered"`
	HasNPWP        bool          `db:"has_npwp"`
	HasNIK         bool          `db:"has_nik"`
	PP55ValidUntil period.Date   `db:"pp55_valid_until"`
	Owner          uuid.NullUUID `db:"owner"`
	FiscalYear     int           `db:"fiscal_year"`
	Available      money.Amount  `db:"available"`
	Name           string        `db:"name"`
}

func (s surrounding) into(around *agreement.Surroundings) {
	switch s.What {
	case "vendor":
		around.Vendor = &tax.Payee{
			Kind: s.Kind, VATRegistered: s.VATRegistered, HasNPWP: s.HasNPWP, HasNIK: s.HasNIK,
			PP55ValidUntil: s.PP55ValidUntil,
		}
	case "campaign":
		around.CampaignExists = true
	case "outlet":
		around.OutletVendor[s.ID], around.ChannelName[s.ID] = s.Owner.UUID, s.Name
	case "account":
		around.AccountVendor[s.ID], around.ChannelName[s.ID] = s.Owner.UUID, s.Name
	case "line":
		around.Lines[s.ID] = agreement.LineFacts{FiscalYear: s.FiscalYear, Available: s.Available, Name: s.Name}
	}
}
