package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/lib/pq"

	"tayang/db/sample"
)

// What proofs must reach, and by whom they are sent.
const (
	proofsRatioMin  = 0.5 // of what sha256sum, cp and sync of the same files reach
	proofsMemoryMax = 200 // MB of the server above idle
	proofsClients   = 4
	proofsRounds    = 3
	proofsEach      = 4   // of a placement
	proofsInspected = 100 // that are waited for, to tell how fast that is
	settleTime      = 3 * time.Second
)

// proofs sends distinct pictures of some 2 MB each through the API, and has the same files hashed, copied and synced by the
// system's own programs, in turns.
func (h *house) proofs(ctx context.Context, f *figures) error {
	if h.proofFiles < proofsRounds*proofsClients {
		return fmt.Errorf("at least %d proofs", proofsRounds*proofsClients)
	}
	token, err := h.signIn(ctx, "staff.dispar")
	if err != nil {
		return err
	}
	folder := filepath.Join(h.folder, "photos")
	defer func() { _ = os.RemoveAll(folder) }()
	names, err := photograph(folder, h.proofFiles, runtime.NumCPU())
	if err != nil {
		return err
	}
	places, err := h.places(ctx, token, (len(names)+proofsEach-1)/proofsEach)
	if err != nil {
		return err
	}
	time.Sleep(settleTime)
	memory, err := watchMemory(h.server.Process.Pid)
	if err != nil {
		f.note("memory of the server: %v", err)
	}
	took, sent, other, err := h.proofRounds(ctx, token, places, names)
	if err != nil {
		return err
	}
	if err := h.proofsKept(ctx, names); err != nil {
		return err
	}
	bytes, n := sizeOf(names), float64(len(names))
	f.add("proofs_size", bytes/n/1e6, "MB", limit{})
	f.add("proofs_http", n/sent.Seconds(), "files/s", limit{})
	f.add("proofs_sha256sum", n/other.sum.Seconds(), "files/s", limit{})
	f.add("proofs_cp", n/other.copy.Seconds(), "files/s", limit{})
	f.add("proofs_sync", n/other.sync.Seconds(), "files/s", limit{})
	f.add("proofs_ratio", (other.sum+other.copy+other.sync).Seconds()/sent.Seconds(), "times", atLeast(proofsRatioMin))
	f.add("proofs_ratio_unsynced", (other.sum+other.copy).Seconds()/sent.Seconds(), "times", limit{})
	f.add("proofs_p50", took.quantile(0.5), "ms", limit{})
	f.add("proofs_p99", took.quantile(0.99), "ms", limit{})
	if err := h.inspected(ctx, f, min(proofsInspected, len(names))); err != nil || memory == nil {
		return err
	}
	return memory.report(f)
}

// places makes placements by the API, and gives their ids.
func (h *house) places(ctx context.Context, token string, n int) ([]string, error) {
	y := h.years[sample.Dispar]
	w, err := h.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	id := regexp.MustCompile(`"id":"([0-9a-f-]{36})"`)
	out := make([]string, 0, n)
	for i := range n {
		body := fmt.Appendf(nil, `{"deliverable_id":%q,"scheduled_on":"2026-11-30","title":"Bukti nomor %d"}`,
			y.key(deliverableKind, int64(i)%(y.agreements*5)), i)
		raw, err := w.want(http.StatusCreated, post("/api/v1/agencies/"+y.agency+"/placements", token, body))
		if err != nil {
			return nil, err
		}
		found := id.FindSubmatch(raw)
		if found == nil {
			return nil, fmt.Errorf("no id in %.300s", raw)
		}
		out = append(out, string(found[1]))
	}
	return out, nil
}

// proofRounds sends the files and has the system's programs take the same ones, in turns.
func (h *house) proofRounds(ctx context.Context, token string, places, names []string) (took times, sent time.Duration, other systemTimes, err error) {
	for round := range proofsRounds {
		from, to := len(names)*round/proofsRounds, len(names)*(round+1)/proofsRounds
		begin := time.Now()
		some, err := h.sendProofs(ctx, token, places, names[from:to], from)
		sent += time.Since(begin)
		took = append(took, some...)
		if err != nil {
			return took, sent, other, err
		}
		if err := other.take(ctx, filepath.Join(h.folder, "copies"), names[from:to]); err != nil {
			return took, sent, other, err
		}
	}
	return took, sent, other, nil
}

func (h *house) sendProofs(ctx context.Context, token string, places, names []string, from int) (times, error) {
	var n atomic.Int64
	var failed atomic.Pointer[error]
	took, err := h.drive(ctx, proofsClients, http.StatusCreated, func(int) ([]byte, bool) {
		i := int(n.Add(1)) - 1
		if i >= len(names) || failed.Load() != nil {
			return nil, false
		}
		content, err := os.ReadFile(names[i])
		if err != nil {
			failed.Store(&err)
			return nil, false
		}
		return proofRequest("/api/v1/agencies/"+sample.Dispar+"/placements/"+places[(from+i)%len(places)]+"/proofs", token, filepath.Base(names[i]), content), true
	})
	if why := failed.Load(); why != nil {
		err = errors.Join(err, *why)
	}
	return took, err
}

// proofRequest is the form of one proof.
func proofRequest(path, token, name string, content []byte) []byte {
	const boundary = "0123456789abcdefghijklmnop"
	head := fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=%q\r\nContent-Type: image/jpeg\r\n\r\n", boundary, name)
	tail := fmt.Sprintf("\r\n--%s\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n--%s\r\nContent-Disposition: form-data; name=\"origin\"\r\n\r\nvendor\r\n--%s--\r\n",
		boundary, boundary, boundary)
	out := make([]byte, 0, len(content)+1024)
	out = fmt.Appendf(out, "POST %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nContent-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n%s",
		path, token, boundary, len(head)+len(content)+len(tail), head)
	return append(append(out, content...), tail...)
}

// systemTimes is how long the system's own programs took.
type systemTimes struct{ sum, copy, sync time.Duration }

// take has the files hashed, copied and synced, each by one program, and removes the copies.
func (t *systemTimes) take(ctx context.Context, folder string, names []string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	copies := make([]string, len(names))
	for i, name := range names {
		copies[i] = filepath.Join(folder, filepath.Base(name))
	}
	for _, step := range []struct {
		took *time.Duration
		args []string
	}{
		{&t.sum, append([]string{"sha256sum"}, names...)},
		{&t.copy, append([]string{"cp", "-t", folder}, names...)},
		{&t.sync, append([]string{"sync"}, copies...)},
	} {
		begin := time.Now()
		cmd := exec.CommandContext(ctx, step.args[0], step.args[1:]...) //nolint:gosec // the names are ours
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", step.args[0], err)
		}
		*step.took += time.Since(begin)
	}
	return os.RemoveAll(folder)
}

// proofsKept wants every file to be a proof, and what is kept of it to be the same bytes.
func (h *house) proofsKept(ctx context.Context, names []string) error {
	sums := make([]string, len(names))
	for i, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		sums[i] = hex.EncodeToString(sum[:])
		kept, err := os.ReadFile(filepath.Join(h.folder, "server", "files", sums[i][:2], sums[i][2:4], sums[i]))
		if err != nil {
			return err
		}
		if is := sha256.Sum256(kept); is != sum {
			return fmt.Errorf("what is kept of %s is not the same", name)
		}
	}
	var there int
	err := h.sql.QueryRowContext(ctx, "SELECT count(*) FROM proof WHERE file_sha256 = ANY ($1)", pq.Array(sums)).Scan(&there)
	if err == nil && there != len(names) {
		err = fmt.Errorf("%d were answered with 201, %d are in the table", len(names), there)
	}
	return err
}

// inspected waits until some proofs have been looked into while nobody sends any, and tells how fast that is.
func (h *house) inspected(ctx context.Context, f *figures, n int) error {
	done := func() (count int, err error) {
		err = h.sql.QueryRowContext(ctx, "SELECT count(*) FROM proof_inspection WHERE done").Scan(&count)
		return count, err
	}
	before, err := done()
	if err != nil {
		return err
	}
	f.add("proofs_inspected_meanwhile", float64(before), "files", limit{})
	var waiting int
	if err := h.sql.QueryRowContext(ctx, "SELECT count(*) FROM proof_inspection WHERE NOT done").Scan(&waiting); err != nil {
		return err
	}
	n = min(n, waiting)
	begin, now := time.Now(), before
	for now < before+n {
		if err := sleep(ctx, 100*time.Millisecond); err != nil {
			return err
		}
		if now, err = done(); err != nil {
			return err
		}
	}
	f.add("proofs_inspected", float64(now-before)/time.Since(begin).Seconds(), "files/s", limit{})
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func sizeOf(names []string) (bytes float64) {
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			bytes += float64(info.Size())
		}
	}
	return bytes
}

// memory watches how much of the machine's memory a process has resident.
type memory struct {
	pid  int
	idle float64 // MB
}

// watchMemory notes what the idle process has, and forgets the most that it had so far.
func watchMemory(pid int) (*memory, error) {
	idle, err := resident(pid, "VmRSS")
	if err != nil {
		return nil, err
	}
	return &memory{pid, idle}, os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
}

// report holds the most that the process had since against its limit.
func (m *memory) report(f *figures) error {
	most, err := resident(m.pid, "VmHWM")
	if err != nil {
		return err
	}
	f.add("proofs_memory_idle", m.idle, "MB", limit{})
	f.add("proofs_memory_above_idle", most-m.idle, "MB", atMost(proofsMemoryMax))
	return nil
}

// resident reads a line of what the system says of a process, in MB.
func resident(pid int, line string) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	found := regexp.MustCompile(`(?m)^` + line + `:\s+(\d+) kB`).FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("no %s of process %d", line, pid)
	}
	kb, err := strconv.ParseFloat(string(found[1]), 64)
	return kb * 1024 / 1e6, err
}
