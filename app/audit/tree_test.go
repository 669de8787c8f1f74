package audit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// stored is a tree's storage in memory.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at >= int64(len(s)) {
			return nil, errors.New("beyond the storage")
		}
		out[i] = s[at]
	}
	return out, nil
}

func leaf(n int) tlog.Hash { return tlog.RecordHash([]byte(fmt.Sprint(n))) }

// TestGrowIsTheReference: however the leaves come, storage, edge and root are those of golang.org/x/mod/sumdb/tlog.
func TestGrowIsTheReference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var edge Edge
		var ours, reference stored
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 70), 1, 12).Draw(t, "growths") {
			var leaves []tlog.Hash
			for range n {
				at := int(edge.Size) + len(leaves)
				leaves = append(leaves, leaf(at))
				h, err := tlog.StoredHashesForRecordHash(int64(at), leaf(at), reference)
				if err != nil {
					t.Fatal(err)
				}
				reference = append(reference, h...)
			}
			places := leafPlaces(edge.Size, n)
			grown, added := edge.Grow(leaves)
			for i, p := range places {
				if added[p] != leaves[i] {
					t.Fatalf("leaf %d does not lie at %d", i, p)
				}
			}
			edge, ours = grown, append(ours, added...)
			root, err := tlog.TreeHash(edge.Size, ours)
			if err != nil || root != edge.Root() {
				t.Fatalf("root of %d: %v %v, want %v", edge.Size, edge.Root(), err, root)
			}
			read, err := ours.ReadHashes(EdgeIndexes(edge.Size))
			if err != nil || !slices.Equal(read, edge.Hashes) {
				t.Fatalf("the edge of %d is not where it should lie: %v", edge.Size, err)
			}
		}
		if !slices.Equal(ours, reference) {
			t.Fatal("the storage differs from the reference")
		}
	})
}

// pen is a key for tests.
type pen struct {
	note.Signer
	public string
}

func newPen(t *testing.T) pen {
	t.Helper()
	secret, public, err := note.GenerateKey(nil, "tayang/test")
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return pen{s, public}
}

// history is a log in memory.
type history struct {
	edge   Edge
	seals  []Seal
	events map[int64][]byte
	keys   []Key
}

// grow seals n events with a key; a key that is new begins for the reason, and cosigners sign with it.
func (h *history) grow(t *testing.T, n int, by pen, reason KeyReason, cosigners ...note.Signer) {
	t.Helper()
	s := Seal{HashFrom: tlog.StoredHashCount(h.edge.Size), SealedAt: time.Unix(1_790_000_000, 0)}
	var leaves []tlog.Hash
	for range n {
		seq := int64(len(h.events) + 1)
		h.events[seq] = fmt.Appendf(nil, `{"seq" : %d, "op" : "update"}`, seq)
		s.Seqs = append(s.Seqs, seq)
		leaves = append(leaves, tlog.RecordHash(h.events[seq]))
	}
	begins := h.edge.Size
	h.edge, s.Hashes = h.edge.Grow(leaves)
	s.Size, s.Root, s.KeyName = h.edge.Size, h.edge.Root(), by.public
	c := Checkpoint{Origin: "tayang/test", Size: s.Size, Root: s.Root, SealedAt: s.SealedAt}
	if reason != "" {
		c.Key, c.KeyReason = by.public, reason
		h.keys = append(h.keys, Key{Verifier: by.public, BeginsAtSize: begins, Reason: reason})
	}
	var err error
	if s.Note, err = c.Sign(append([]note.Signer{by}, cosigners...)...); err != nil {
		t.Fatal(err)
	}
	h.seals = append(h.seals, s)
}

func newHistory(t *testing.T) (*history, pen) {
	t.Helper()
	h, p := &history{events: map[int64][]byte{}}, newPen(t)
	h.grow(t, 5, p, KeyFirst)
	h.grow(t, 1, p, "")
	h.grow(t, 9, p, "")
	return h, p
}

func (h *history) verify() (*Verification, []string) {
	v := NewVerification("tayang/test", h.keys)
	var out []string
	for _, s := range h.seals {
		for _, p := range v.Add(s, h.events) {
			out = append(out, p.String())
		}
	}
	return v, out
}

func TestVerificationNamesWhatWasDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tamper func(*testing.T, *history, pen)
		want   string // in a problem; empty: none
	}{
		"nothing":            {func(*testing.T, *history, pen) {}, ""},
		"an event changed":   {func(_ *testing.T, h *history, _ pen) { h.events[4] = []byte(`{"seq" : 4, "op" : "delete"}`) }, "log_events: event 4: was changed"},
		"an event taken out": {func(_ *testing.T, h *history, _ pen) { delete(h.events, 6) }, "log_events: event 6: was sealed and is not there"},
		"two events swapped": {func(_ *testing.T, h *history, _ pen) { h.events[7], h.events[8] = h.events[8], h.events[7] }, "log_events: event 7: was changed"},
		"changed, and its leaf with it": {func(_ *testing.T, h *history, _ pen) {
			h.events[4] = []byte(`{"seq" : 4, "op" : "delete"}`)
			h.seals[0].Hashes[leafPlaces(0, 5)[3]] = tlog.RecordHash(h.events[4])
		}, "log_tree: seal at 5"},
		"rewritten without the key": {func(t *testing.T, h *history, _ pen) {
			other := &history{events: map[int64][]byte{}}
			other.grow(t, 15, newPen(t), KeyFirst)
			h.seals, h.events = other.seals, other.events
		}, "log_checkpoints: seal at 15: the signature does not hold"},
		"a seal taken out":                  {func(_ *testing.T, h *history, _ pen) { h.seals = slices.Delete(h.seals, 1, 2) }, "log_tree: seal at 15: begins at leaf 6, but the log before it ends at 5"},
		"a checkpoint of another size":      {func(_ *testing.T, h *history, _ pen) { h.seals[1].Note = h.seals[2].Note }, "log_checkpoints: seal at 6: the signed text speaks of another tree"},
		"a key that came from nowhere":      {func(t *testing.T, h *history, _ pen) { h.grow(t, 1, newPen(t), "") }, "log_checkpoints: seal at 16: the signature does not hold"},
		"rotated":                           {func(t *testing.T, h *history, p pen) { h.grow(t, 2, newPen(t), KeyRotated, p) }, ""},
		"rotated behind the old key's back": {func(t *testing.T, h *history, _ pen) { h.grow(t, 2, newPen(t), KeyRotated) }, "rotated without the signature"},
		"lost":                              {func(t *testing.T, h *history, _ pen) { h.grow(t, 2, newPen(t), KeyLost) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, p := newHistory(t)
			c.tamper(t, h, p)
			v, got := h.verify()
			if all := strings.Join(got, "\n"); c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("want %q, got %s", c.want, all)
			}
			if (name == "lost") != (len(v.Gaps) == 1) {
				t.Errorf("gaps: %v", v.Gaps)
			}
		})
	}
}

func TestExportedLogIsVerifiedFromItsFileAlone(t *testing.T) {
	t.Parallel()
	h, _ := newHistory(t)
	var file strings.Builder
	e, err := NewExporter(&file, ExportHeader{Origin: "tayang/test", Keys: h.keys})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.seals {
		if err := e.Add(s, h.events); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	verify := func(text string) (int64, string, error) {
		var found []string
		v, _, err := VerifyExport(strings.NewReader(text), nil, func(p Problem) { found = append(found, p.String()) })
		if v == nil {
			return 0, "", err
		}
		return v.Size(), strings.Join(found, "\n"), err
	}
	if size, found, err := verify(file.String()); size != 15 || found != "" || err != nil {
		t.Errorf("%d leaves, %s, %v", size, found, err)
	}
	if _, found, _ := verify(strings.Replace(file.String(), `\"seq\" : 9, \"op\" : \"update\"`, `\"seq\" : 9, \"op\" : \"insert\"`, 1)); !strings.Contains(found, "event 9: was changed") {
		t.Errorf("a changed event: %s", found)
	}
	if _, _, err := verify(file.String()[:file.Len()-20]); err == nil {
		t.Error("half a file is whole")
	}
	if _, _, err := verify(`{"kind":"something"}`); !errors.Is(err, errNoExport) {
		t.Errorf("another file: %v", err)
	}
}

func TestProofsHoldForStrangers(t *testing.T) {
	t.Parallel()
	h, p := newHistory(t)
	var all stored
	for _, s := range h.seals {
		all = append(all, s.Hashes...)
	}
	log := memory{all, h}
	in, err := Prove(log, 7)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Check(p.public); err != nil {
		t.Error(err)
	}
	in.Event = strings.Replace(in.Event, "update", "insert", 1)
	if in.Check(p.public) == nil {
		t.Error("a proof holds for another text")
	}
	grown, err := ProveGrowth(log, 6)
	if err != nil {
		t.Fatal(err)
	}
	o, err := OpenCheckpoint(grown.Checkpoint, p.public)
	if err != nil {
		t.Fatal(err)
	}
	if err := grown.Check(h.seals[1].Root, o); err != nil {
		t.Error(err)
	}
	if grown.Check(h.seals[0].Root, o) == nil {
		t.Error("a proof holds for another history")
	}
}

// memory is a history as proofs look at it.
type memory struct {
	stored
	h *history
}

func (m memory) SealOf(seq int64) (Seal, error) {
	for _, s := range m.h.seals {
		if slices.Contains(s.Seqs, seq) {
			return s, nil
		}
	}
	return Seal{}, errors.New("not sealed")
}
func (m memory) LastSeal() (Seal, error) { return m.h.seals[len(m.h.seals)-1], nil }
func (m memory) SealAfter(size int64) (Seal, error) {
	for _, s := range m.h.seals {
		if s.Size > size {
			return s, nil
		}
	}
	return Seal{}, errors.New("not there")
}
func (m memory) EventText(seq int64) ([]byte, error) { return m.h.events[seq], nil }
func (m memory) LogKeys() ([]Key, error)             { return m.h.keys, nil }

func FuzzOpenCheckpoint(f *testing.F) {
	f.Add("tayang/x\n5\nAAAA\nsealed 2026-01-01T00:00:00.000000Z\n")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := parseCheckpoint(text); err == nil && c.Key == "" && c.Size >= 0 && !strings.HasPrefix(text, c.Origin+"\n") {
			t.Errorf("%q became %+v", text, c)
		}
	})
}
