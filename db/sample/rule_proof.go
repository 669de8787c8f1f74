package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/period"
	"tayang/app/rule"
	"tayang/db"
)

// beginProofRules lets the rules about proof warn until the year is over: its offices have just begun to look.
func beginProofRules(ctx context.Context, tx *db.Tx, admin uuid.UUID) error {
	until := map[rule.Code]period.Date{
		rule.ProofSeenBefore: day("12-31"), rule.ProofLooksAlike: day("12-31"),
		rule.HostDiffers: day("12-31"), rule.HandleDiffers: day("12-31"), rule.PageMissing: day("12-31"),
	}
	for _, k := range rule.Statutory() {
		last, ok := until[k.Code]
		if !ok {
			continue
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		f := rule.Form{
			Code: k.Code, Mode: rule.Warn, ValidFrom: day("01-01"), ValidTo: last,
			Basis: "SE Bupati Contoh Nomor 480/2/2026 tentang masa peralihan bukti tayang",
		}
		if err := tx.AddRule(ctx, rule.Rule{ID: id, Form: f, CreatedBy: admin}); err != nil {
			return err
		}
	}
	return nil
}
