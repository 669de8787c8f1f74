package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"tayang/app/agreement"
	"tayang/app/vetting"
)

// vettingFacts looks up what the vetting part of an assessment asks about, as of the order date.
func (tx *Tx) vettingFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	out := &f.Vetting
	vendors := []uuid.UUID{a.VendorID}
	var lines []uuid.UUID
	for _, d := range a.Deliverables {
		lines = append(lines, d.BudgetLineID)
	}
	k, err := tx.Known(ctx, a.OrderDate.Year(), vendors...)
	if err != nil {
		return err
	}
	out.Channels, out.Barred = []vetting.Standing{}, k.Barred(a.VendorID, a.OrderDate)
	named := map[uuid.UUID]bool{}
	for _, d := range a.Deliverables {
		named[d.OutletID.UUID], named[d.SocialAccountID.UUID] = true, true
	}
	for _, s := range k.All(a.OrderDate) {
		if s.OutletID.Valid && named[s.OutletID.UUID] || s.SocialAccountID.Valid && named[s.SocialAccountID.UUID] {
			out.Channels = append(out.Channels, s)
		}
	}
	out.Shared = []vetting.Shared{}
	for _, v := range k.Vendors {
		others, err := tx.sharers(ctx, v)
		if err != nil {
			return err
		}
		out.Vendor = agreement.VettedVendor{ID: v.ID, LegalName: v.LegalName, KBLI: v.KBLI, AccountOwner: v.Bank.AccountOwner}
		out.Shared = vetting.SharedWith(v, others)
	}
	if err := tx.all(ctx, &out.Rules, "SELECT "+productRuleList.columns+` FROM product_rule t
		WHERE t.government_id = $1 AND t.voided_at IS NULL AND t.valid_from <= $2 AND (t.valid_to IS NULL OR t.valid_to >= $2)
		ORDER BY t.product, t.valid_from`, tx.government(), a.OrderDate); err != nil {
		return err
	}
	var codes []struct {
		ID   uuid.UUID `db:"id"`
		Code string    `db:"account_code"`
	}
	if err := tx.all(ctx, &codes, `SELECT id, account_code FROM budget_line WHERE government_id = $1 AND id = ANY ($2)`, tx.government(), pq.Array(lines)); err != nil {
		return err
	}
	out.Accounts = map[uuid.UUID]string{}
	for _, c := range codes {
		out.Accounts[c.ID] = c.Code
	}
	return nil
}
