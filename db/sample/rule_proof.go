package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/period"
	"tayang/app/rule"
	"tayang/db"
)

// beginProofRules lets the rules about proof warn until further notice: its offices have just begun to look.
func beginProofRules(ctx context.Context, tx *db.Tx, admin uuid.UUID) error {
	for _, code := range []rule.Code{
		rule.ProofSeenBefore, rule.ProofLooksAlike, rule.HostDiffers, rule.HandleDiffers, rule.PageMissing,
		rule.PageScanMissing, rule.ScreenshotMissing, rule.RecordingMissing, rule.PhotoMissing, rule.PhotoUndated, rule.PermalinkMissing,
	} {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		f := rule.Form{
			Code: code, Mode: rule.Warn, ValidFrom: period.MustDate("2019-01-01"),
			Basis: "SE Bupati Contoh Nomor 480/2/2019 tentang masa peralihan bukti tayang, sampai dicabut",
		}
		if err := tx.AddRule(ctx, rule.Rule{ID: id, Form: f, CreatedBy: admin}); err != nil {
			return err
		}
	}
	return nil
}
