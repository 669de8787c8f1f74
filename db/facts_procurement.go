package db

import (
	"context"

	"tayang/app/agreement"
)

// procurementFacts looks up what the procurement part of an assessment asks about.
func (tx *Tx) procurementFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	return nil
}
