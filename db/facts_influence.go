package db

import (
	"context"

	"tayang/app/agreement"
)

// influenceFacts looks up what the influence part of an assessment asks about.
func (tx *Tx) influenceFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	return nil
}
