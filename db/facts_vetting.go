package db

import (
	"context"

	"tayang/app/agreement"
)

// vettingFacts looks up what the vetting part of an assessment asks about.
func (tx *Tx) vettingFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	return nil
}
