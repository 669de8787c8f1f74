package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"tayang/app/audit"
	"tayang/db"
	"tayang/db/keyring"
)

// Limits of the trail.
const (
	checkSecondsMax = 60.0
	checkPeakMax    = 128.0 // MiB, however many events there are
	proofMillisMax  = 5.0
)

// trail measures sealing, the check of everything, and proofs, in a database of its own.
func (h *house) trail(ctx context.Context, f *figures) error {
	own, err := h.beside(ctx, "trail")
	if err != nil {
		return err
	}
	defer func() { _ = own.close() }()
	if err := own.stopServer(); err != nil {
		return err
	}
	store, err := db.Open(ctx, own.cluster.AppDSN())
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	if err := own.seal(ctx, f, store); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	if err := own.check(ctx, f); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	return own.prove(ctx, f, store)
}

// seal makes events by the triggers themselves, and seals them.
func (h *house) seal(ctx context.Context, f *figures, store *db.Store) error {
	begin := time.Now()
	rows := h.events / 4
	for _, q := range []string{
		// What was loaded past the trail is not what is checked here.
		`SET session_replication_role = replica; DO $$ DECLARE t text; BEGIN
			FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'goose_%'
				AND relname NOT IN ('government', 'agency', 'user_account', 'user_role', 'tax_rate', 'audit_event', 'audit_seal', 'audit_key') LOOP
				EXECUTE 'DELETE FROM ' || quote_ident(t);
			END LOOP;
			DELETE FROM audit_event WHERE table_name NOT IN ('government', 'agency', 'user_account', 'user_role', 'tax_rate', 'audit_key');
			DELETE FROM audit_seal; DELETE FROM audit_key; DELETE FROM audit_event WHERE table_name = 'audit_key';
		END $$; RESET ALL`,
		fmt.Sprintf(`BEGIN; SET LOCAL tayang.actor = '00000000-0000-0000-0000-000000000001'; SET LOCAL tayang.verb = 'agreement.write';
			INSERT INTO campaign (government_id, id, agency_id, name, start_date, end_date, created_at, created_by)
			SELECT g.government_id, gen_random_uuid(), g.id, 'Kampanye ' || n, '2026-01-01', '2026-12-31', now(), '00000000-0000-0000-0000-000000000001'
			FROM (SELECT government_id, id FROM agency LIMIT 1) g, generate_series(1, %d) AS n; COMMIT`, rows),
		`BEGIN; SET LOCAL tayang.actor = '00000000-0000-0000-0000-000000000001'; UPDATE campaign SET objective = 'Sehat', version = 2; COMMIT`,
		`BEGIN; SET LOCAL tayang.actor = '00000000-0000-0000-0000-000000000001'; UPDATE campaign SET objective = 'Sehat dan bersih', version = 3; COMMIT`,
		`BEGIN; SET LOCAL tayang.actor = '00000000-0000-0000-0000-000000000001'; UPDATE campaign SET name = name || ' A', version = 4; COMMIT`,
		"VACUUM ANALYZE", "CHECKPOINT",
	} {
		if _, err := h.sql.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%.60s: %w", q, err)
		}
	}
	f.note("%d events by triggers in %.0f s", h.events, time.Since(begin).Seconds())
	begin = time.Now()
	sealer := audit.NewSealer(store, keyring.Open(filepath.Join(h.folder, "server", "keys")), time.Now, slog.New(slog.DiscardHandler))
	if err := sealer.Step(ctx); err != nil {
		return err
	}
	rate := float64(h.events) / time.Since(begin).Seconds()
	for range 3 { // the mark below which everything is sealed follows, as it does in a server that runs
		if _, err := h.sql.ExecContext(ctx, `BEGIN; SET LOCAL tayang.actor = '00000000-0000-0000-0000-000000000001';
			UPDATE campaign SET version = version + 1 WHERE name = 'Kampanye 1 A'; COMMIT`); err != nil {
			return err
		}
		if err := sealer.Step(ctx); err != nil {
			return err
		}
	}
	f.add("seal_rate", rate, "events/s", limit{})
	return nil
}

// check runs tayang check over everything, in a process of its own.
func (h *house) check(ctx context.Context, f *figures) error {
	cmd := exec.CommandContext(ctx, h.program, "check")
	cmd.Env = append(os.Environ(), "DATABASE_URL="+h.cluster.OwnerDSN(), "TAYANG_DATA="+filepath.Join(h.folder, "server"), "TAYANG_BLOB_URL=", "TAYANG_LOG=error")
	begin := time.Now()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	peak, err := peakOf(cmd.Process.Pid, ended)
	took := time.Since(begin).Seconds()
	if err != nil {
		return fmt.Errorf("%w: %.2000s", err, out.Bytes())
	}
	f.add("check_seconds", took, "s", atMost(checkSecondsMax*float64(h.events)/1e6))
	f.add("check_peak", peak, "MiB", atMost(checkPeakMax))
	return nil
}

// peakOf looks at a process until it has ended, and gives its resident memory at the highest, in MiB.
func peakOf(pid int, ended <-chan error) (peak float64, err error) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err == nil && peak == 0 {
				err = errors.New("this system does not tell what a process takes")
			}
			return peak, err
		case <-tick.C:
		}
		if now, err := highWater(strconv.Itoa(pid)); err == nil { // else it has just ended
			peak = max(peak, now)
		}
	}
}

// sealLeaves is how many leaves a seal has in the log of the proofs.
const sealLeaves = 4096

// prove makes a log whose leaves nobody recorded but for a few events, and proves those.
func (h *house) prove(ctx context.Context, f *figures, store *db.Store) error {
	government := uuid.New()
	begin := time.Now()
	if _, err := h.sql.ExecContext(ctx, `INSERT INTO government (government_id, name, created_at) VALUES ($1, $2, now())`, government, "Bukti "+government.String()); err != nil {
		return err
	}
	secret, verifier, err := note.GenerateKey(rand.Reader, audit.Origin(government))
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	var edge audit.Edge
	var proved []int64
	const first = 1 << 40 // no number that was given to an event
	for edge.Size < h.leaves {
		leaves := make([]tlog.Hash, min(sealLeaves, h.leaves-edge.Size))
		seal := audit.Seal{HashFrom: tlog.StoredHashCount(edge.Size), SealedAt: time.Now(), KeyName: verifier}
		for i := range leaves {
			leaves[i] = tlog.Hash{byte(i), byte(i >> 8), byte(edge.Size), byte(edge.Size >> 8), byte(edge.Size >> 16)}
			seal.Seqs = append(seal.Seqs, first+edge.Size+int64(i))
		}
		at := mathrand.IntN(len(leaves)) //nolint:gosec // which one is no secret
		text := fmt.Sprintf(`{"seq" : %d, "op" : "insert"}`, seal.Seqs[at])
		leaves[at] = tlog.RecordHash([]byte(text))
		if _, err := h.sql.ExecContext(ctx, `INSERT INTO audit_event (government_id, seq, recorded_at, verb, table_name, row_id, op, outside, event)
			VALUES ($1, $2, now(), 'x', 'x', 'x', 'insert', false, $3)`, government, seal.Seqs[at], text); err != nil {
			return err
		}
		proved = append(proved, seal.Seqs[at])
		before := edge.Root()
		edge, seal.Hashes = edge.Grow(leaves)
		seal.Size, seal.Root = edge.Size, edge.Root()
		if seal.Note, err = (audit.Checkpoint{Origin: audit.Origin(government), Size: seal.Size, Root: seal.Root, SealedAt: seal.SealedAt}).Sign(signer); err != nil {
			return err
		}
		if err := store.AddSeal(ctx, government, before, seal, nil); err != nil {
			return err
		}
	}
	for _, q := range []string{"VACUUM ANALYZE audit_seal", "VACUUM ANALYZE audit_event", "CHECKPOINT"} {
		if _, err := h.sql.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	f.note("a log of %d events in %.0f s", h.leaves, time.Since(begin).Seconds())
	var took times
	for range 1000 {
		seq := proved[mathrand.IntN(len(proved))] //nolint:gosec // which one is no secret
		start := time.Now()
		err := store.ReadLog(ctx, government, func(log audit.Lookup) error {
			p, err := audit.Prove(log, seq)
			if err != nil {
				return err
			}
			took = append(took, time.Since(start))
			return p.Check(verifier)
		})
		if err != nil {
			return fmt.Errorf("event %d: %w", seq, err)
		}
	}
	f.add("proof_p50", took.quantile(0.5), "ms", atMost(proofMillisMax))
	f.add("proof_p99", took.quantile(0.99), "ms", atMost(proofMillisMax))
	return nil
}
