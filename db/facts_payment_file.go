package db

import (
	"context"

	"tayang/app/completeness"
	"tayang/app/payment"
	"tayang/app/period"
)

// fileFacts holds the payment's file against what it must hold on the day.
func (tx *Tx) fileFacts(ctx context.Context, p payment.Payment, day period.Date, f *payment.Facts) error {
	s, err := tx.Subject(ctx, p.AgencyID, completeness.Payment, p.ID)
	if err != nil {
		return err
	}
	s.Day = day
	list, err := completeness.Look(ctx, tx, s)
	if err != nil {
		return err
	}
	f.File = payment.FileOf(list)
	return nil
}
