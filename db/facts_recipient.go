package db

import (
	"context"

	"tayang/app/agreement"
)

// recipientFacts looks up what the recipient part of an assessment asks about; who confirmed what comes with the agreement.
func (tx *Tx) recipientFacts(ctx context.Context, a agreement.Agreement, f *agreement.Facts) error {
	return tx.get(ctx, &f.Recipients.RepresentsOthers, `SELECT represents_others FROM vendor WHERE government_id = $1 AND id = $2`, tx.government(), a.VendorID)
}
