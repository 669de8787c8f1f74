package placement_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest/chain"
)

// watched is a place of files that says when content is durable, and may break right before.
type watched struct {
	blob.Store
	before func(sum string)
	breaks error
}

func (w *watched) Put(ctx context.Context, r io.Reader) (string, int64, error) {
	sum, size, err := w.Store.Put(ctx, r)
	if w.before(sum); w.breaks != nil {
		return "", 0, w.breaks
	}
	return sum, size, err
}

// A file is in the register, and a proof in its placement, only after its content is kept for good. What breaks before
// leaves neither.
func TestAProofComesAfterItsContent(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	d, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	p := c.Published(t, c.Agreement(t, c.Item(1)).Deliverables[0].ID)
	noted := func(sum string) (file, proof bool) {
		t.Helper()
		err := c.Store.Read(t.Context(), c.Auditor, func(tx *db.Tx) error {
			_, err := tx.File(t.Context(), sum)
			if file = err == nil; err != nil && !fault.Is(err, "not_found") {
				return err
			}
			page, err := tx.Proofs(t.Context(), p.ID, listing.All().Where("sha256", sum))
			proof = len(page.Items) > 0
			return err
		})
		chain.Wants(t, err, "")
		return file, proof
	}
	var seen string
	w := &watched{Store: d, before: func(sum string) {
		seen = sum
		if file, proof := noted(sum); file || proof {
			t.Error("it is noted before it is kept")
		}
	}}
	proofs := placement.NewProofs(
		db.Within(c.Store, func(tx *db.Tx) placement.ProofStore { return tx }), db.Reading(c.Store, func(tx *db.Tx) placement.Lists { return tx }),
		file.NewService(w, nil, nil, file.SizeMax), chain.Now,
	).Later()
	w.breaks = errors.New("the power went")
	if _, err := proofs.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, chain.Screenshot("utuh")); !errors.Is(err, w.breaks) {
		t.Errorf("got %v", err)
	}
	if file, proof := noted(seen); file || proof {
		t.Error("what was not kept is noted")
	}
	w.breaks = nil
	_, err = proofs.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, chain.Screenshot("utuh"))
	chain.Wants(t, err, "")
	if file, proof := noted(seen); !file || !proof {
		t.Error("what was kept is not noted")
	}
}

// The database itself refuses a proof of a file that nobody noted.
func TestNoProofWithoutAFile(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	p := c.Published(t, c.Agreement(t, c.Item(1)).Deliverables[0].ID)
	f := placement.Proof{ID: p.ID, PlacementID: p.ID, Kind: placement.Photo, Origin: placement.FromStaff, SHA256: strings.Repeat("a", 64), CreatedAt: chain.Now(), CreatedBy: c.Staff.User}
	err := c.Store.InTx(t.Context(), access.Act{Actor: c.Staff, Verb: access.PlacementWrite}, func(tx *db.Tx) (any, error) {
		return nil, tx.AddProof(t.Context(), f)
	})
	if f := fault.From(err); f.Code != "invalid" || len(f.Fields) != 1 || f.Fields[0].Code != "not_found" || !strings.Contains(err.Error(), "proof_file_fkey") {
		t.Errorf("got %v", err)
	}
}
