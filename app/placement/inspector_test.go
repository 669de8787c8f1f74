package placement_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// bureau is an office whose proofs are looked into after they were kept.
type bureau struct {
	*chain.Chain
	proofs    *placement.Proofs
	inspector *placement.Inspector
	moment    time.Time
	busy      bool
}

func newBureau(t *testing.T, files placement.Files) *bureau {
	t.Helper()
	b := &bureau{Chain: chain.New(t), moment: time.Now().Add(time.Minute)}
	if files == nil {
		files = b.Files
	}
	b.proofs = placement.NewProofs(
		db.Within(b.Store, func(tx *db.Tx) placement.ProofStore { return tx }),
		db.Reading(b.Store, func(tx *db.Tx) placement.Lists { return tx }), files, chain.Now,
	).Later()
	b.inspector = &placement.Inspector{
		Proofs: b.proofs, Queue: b.Store, Finish: db.Within(b.Store, func(tx *db.Tx) placement.InspectionStore { return tx }),
		Busy: func() bool { return b.busy }, Now: func() time.Time { return b.moment }, Log: slog.New(slog.DiscardHandler),
	}
	return b
}

func (b *bureau) prove(t *testing.T, e placement.Evidence) (placement.Placement, placement.Proof) {
	t.Helper()
	p := b.Published(t, b.Agreement(t, b.Item(1)).Deliverables[0].ID)
	f, err := b.proofs.Add(t.Context(), b.Staff, b.Agency.Code, p.ID, e)
	chain.Wants(t, err, "")
	return p, f
}

func (b *bureau) proof(t *testing.T, of, id uuid.UUID) placement.Proof {
	t.Helper()
	f, err := b.proofs.Get(t.Context(), b.Staff, b.Agency.Code, of, id)
	chain.Wants(t, err, "")
	return f
}

func (b *bureau) step(t *testing.T) bool {
	t.Helper()
	worked, err := b.inspector.Step(t.Context())
	chain.Wants(t, err, "")
	return worked
}

// A proof waits with nothing known of it; its placement is verified only once it was looked into, which is done once.
func TestAProofIsInspectedBeforeItsPlacementIsVerified(t *testing.T) {
	t.Parallel()
	b := newBureau(t, nil)
	p, f := b.prove(t, shot(t, 1, 90, false))
	if f.Inspected || f.Thumbnail != "" || f.Passport.Width != 0 {
		t.Errorf("it was looked into while its sender waited: %+v", f)
	}
	known, err := b.Placements.Assessment(t.Context(), b.Verifier, b.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	if known.Uninspected != 1 {
		t.Errorf("%+v", known)
	}
	_, err = b.Placements.Verify(t.Context(), b.Verifier, b.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "proof_not_inspected")
	if !b.step(t) || b.step(t) {
		t.Error("one waits, and no other")
	}
	f = b.proof(t, p.ID, f.ID)
	if !f.Inspected || f.Thumbnail == "" || f.Passport.Width != 400 {
		t.Errorf("what was found: %+v", f)
	}
	_, err = b.Placements.Verify(t.Context(), b.Verifier, b.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "")
}

// Who verifies does not have to wait for the worker, and hears at once what a proof looks like.
func TestVerifyingLooksIntoWhatWaits(t *testing.T) {
	t.Parallel()
	b := newBureau(t, nil)
	strict(t, b.Chain)
	b.Placements = b.Placements.Inspecting(b.inspector)
	first, _ := b.prove(t, shot(t, 1, 90, false))
	second, f := b.prove(t, shot(t, 1, 40, false))
	_, err := b.Placements.Verify(t.Context(), b.Neighbour, b.Agency.Code, first.ID, nil)
	chain.Wants(t, err, "not_found")
	_, err = b.Placements.Verify(t.Context(), b.Verifier, b.Agency.Code, first.ID, nil)
	chain.Wants(t, err, "")
	_, err = b.Placements.Verify(t.Context(), b.Verifier, b.Agency.Code, second.ID, nil)
	chain.Wants(t, err, "not_verifiable", "/proofs proof_looks_alike")
	if !b.proof(t, second.ID, f.ID).Inspected || b.step(t) {
		t.Error("nothing is left to do")
	}
}

// away gives no content while it is away.
type away struct {
	placement.Files
	gone bool
}

func (a *away) Content(ctx context.Context, sum string) (io.ReadCloser, error) {
	if a.gone {
		return nil, errors.New("gone")
	}
	return a.Files.Content(ctx, sum)
}

// A file that cannot be read now is tried again later, and its placement waits.
func TestAnInspectionIsTriedAgain(t *testing.T) {
	t.Parallel()
	files := &away{gone: true}
	b := newBureau(t, files)
	files.Files = b.Files
	p, f := b.prove(t, shot(t, 1, 90, false))
	if !b.step(t) || b.step(t) {
		t.Error("it is tried once for now")
	}
	_, err := b.Placements.Verify(t.Context(), b.Verifier, b.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "proof_not_inspected")
	files.gone = false
	b.moment = b.moment.Add(time.Minute)
	if !b.step(t) || !b.proof(t, p.ID, f.ID).Inspected {
		t.Error("it is tried again")
	}
}

// Two workers that look into the same file, one of which was thought lost, note it once.
func TestAnInspectionIsNotedOnce(t *testing.T) {
	t.Parallel()
	b := newBureau(t, nil)
	p, f := b.prove(t, shot(t, 1, 90, false))
	_, ok, err := b.Store.ClaimInspection(t.Context(), uuid.New(), b.moment, b.moment.Add(time.Minute))
	if chain.Wants(t, err, ""); !ok || b.step(t) {
		t.Fatal("it is another's for a while")
	}
	b.moment = b.moment.Add(2 * time.Minute)
	if !b.step(t) {
		t.Fatal("the other was lost")
	}
	var fresh bool
	chain.Wants(t, b.Store.InTx(t.Context(), access.Act{Actor: b.Staff}, func(tx *db.Tx) (any, error) {
		fresh, err = tx.FinishInspection(t.Context(), b.proof(t, p.ID, f.ID))
		return nil, err
	}), "")
	if fresh {
		t.Error("it was noted twice")
	}
}

// What is not looked into at all waits for nobody.
func TestALogWaitsForNobody(t *testing.T) {
	t.Parallel()
	b := newBureau(t, nil)
	p, f := b.prove(t, placement.Evidence{Kind: placement.AiringLog, Origin: placement.FromVendor, File: file.Sent{Name: "log.txt", Content: strings.NewReader("08:00 spot 1\n")}})
	if !f.Inspected || b.step(t) {
		t.Errorf("%+v", f)
	}
	page, err := b.proofs.List(t.Context(), b.Staff, b.Agency.Code, p.ID, listing.All().Where("inspected", "false"))
	if chain.Wants(t, err, ""); len(page.Items) != 0 {
		t.Errorf("%+v", page.Items)
	}
}

// The database itself refuses to verify a placement while a proof waits.
func TestTheDatabaseKeepsVerifyingBack(t *testing.T) {
	t.Parallel()
	b := newBureau(t, nil)
	p, _ := b.prove(t, shot(t, 1, 90, false))
	verify := func() error {
		return b.Store.InTx(t.Context(), access.Act{Actor: b.Verifier, Verb: access.PlacementVerify}, func(tx *db.Tx) (any, error) {
			held, err := tx.HoldPlacement(t.Context(), b.Agency.ID, p.ID)
			if err != nil {
				return nil, err
			}
			if held, err = held.Verify(b.Verifier.User, b.moment); err != nil {
				return nil, err
			}
			return nil, tx.SavePlacement(t.Context(), held)
		})
	}
	chain.Wants(t, verify(), "proof_not_inspected")
	b.step(t)
	chain.Wants(t, verify(), "")
}
