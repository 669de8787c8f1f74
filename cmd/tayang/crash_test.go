package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tayang/db/sample"
)

// kills is how often the program or its PostgreSQL is killed in the middle of the work.
const kills = 20

// victim is the real program with its private PostgreSQL, in a process of its own.
type victim struct {
	binary, data, addr string
	settings           []string // beside those of every victim
	cmd                *exec.Cmd
}

func newVictim(t *testing.T, settings ...string) *victim {
	t.Helper()
	v := &victim{binary: filepath.Join(t.TempDir(), "tayang"), data: filepath.Join(t.TempDir(), "data"), settings: settings}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", v.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v %s", err, out)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	v.addr = ln.Addr().String()
	_ = ln.Close()
	v.start(t)
	t.Cleanup(func() { v.stop(t) })
	return v
}

func (v *victim) env() []string {
	return append(append(os.Environ(), "DATABASE_URL=", "TAYANG_BLOB_URL=", "TAYANG_DATA="+v.data, "TAYANG_ADDR="+v.addr, "TAYANG_LOG=error"), v.settings...)
}

func (v *victim) start(t *testing.T) {
	t.Helper()
	v.cmd = exec.CommandContext(context.Background(), v.binary, "serve")
	v.cmd.Env, v.cmd.Stderr = v.env(), io.Discard
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	soon(t, "the program is ready", func() bool {
		res, err := http.Get("http://" + v.addr + "/readyz")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

// kill ends the program without warning; with postgres, its database goes first.
func (v *victim) kill(t *testing.T, postgres bool) {
	t.Helper()
	if postgres {
		pid, err := os.ReadFile(filepath.Join(v.data, "cluster", "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(strings.SplitN(string(pid), "\n", 2)[0])
		if err != nil {
			t.Fatal(err)
		}
		_ = syscall.Kill(n, syscall.SIGKILL)
	}
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait()
}

func (v *victim) stop(t *testing.T) {
	t.Helper()
	_ = v.cmd.Process.Signal(os.Interrupt)
	if err := v.cmd.Wait(); err != nil {
		t.Errorf("the program ends cleanly: %v", err)
	}
}

// found makes the sample office's people by the command line's own means, while the program is stopped.
func (v *victim) found(t *testing.T) {
	t.Helper()
	v.stop(t)
	p, err := open(t.Context(), config{Data: v.data, BaseURL: "http://" + v.addr, Addr: v.addr, Log: "error"}, quiet()) // its files are not asked for
	if err != nil {
		t.Fatal(err)
	}
	_, err = sample.Begin(t.Context(), p.store)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	v.start(t)
}

// TestKilledInTheMiddle kills program and PostgreSQL while 32 clients reserve and commit money. A client repeats a request
// under its key until it is answered: in the end everything that was acknowledged is there, once. After each restart,
// with the clients at work again, every check of the data holds.
func TestKilledInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("kills PostgreSQL twenty times")
	}
	v := newVictim(t)
	v.found(t)
	o := &office{url: "http://" + v.addr, tokens: map[string]string{}}
	line := o.budget(t, 900_000_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	staff, ppk := o.token(t, "staff"), o.token(t, "ppk")

	var acknowledged, approved atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for i := range 32 {
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				key := fmt.Sprintf("SP/%d/%d", i, n)
				id, ok := insist(t, ctx, v.addr, staff, key, "agreements", terms(key, vendor, outlet, line, 1, 1_000))
				if ok {
					_, ok = insist(t, ctx, v.addr, staff, key+"/submit", "agreements/"+id+"/submit", m{})
				}
				if !ok {
					continue
				}
				acknowledged.Add(1)
				if n%2 == 1 {
					if _, ok = insist(t, ctx, v.addr, ppk, key+"/approve", "agreements/"+id+"/approve", m{}); ok {
						approved.Add(1)
					}
				}
			}
		})
	}
	for n := range kills {
		before := acknowledged.Load()
		soon(t, "work goes on", func() bool { return acknowledged.Load() > before+20 })
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		v.kill(t, n%2 == 1)
		v.start(t)
		v.check(t)
	}
	cancel()
	clients.Wait()
	o.reckon(t, line, acknowledged.Load(), approved.Load())
	v.check(t)
}

// check runs every check of the data beside the server.
func (v *victim) check(t *testing.T) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), v.binary, "check")
	cmd.Env = v.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, out)
	}
}

// insist sends a request under its key until it is answered, or the test is over.
func insist(t *testing.T, ctx context.Context, addr, token, key, path string, body m) (id string, ok bool) {
	raw, err := json.Marshal(body)
	if err != nil {
		t.Error(err)
		return "", false
	}
	for {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+addr+"/api/v1/agencies/"+sample.Kominfo+"/"+path, bytes.NewReader(raw))
		if err != nil {
			t.Error(err)
			return "", false
		}
		req.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}, "Idempotency-Key": {key}}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			var answer m
			err = json.NewDecoder(res.Body).Decode(&answer)
			_ = res.Body.Close()
			switch {
			case err == nil && res.StatusCode < 300:
				return fmt.Sprint(answer["id"]), true
			case err == nil && res.StatusCode < 500 && res.StatusCode != http.StatusUnauthorized:
				t.Errorf("%s: %d %v", key, res.StatusCode, answer)
				return "", false
			}
		}
		if ctx.Err() != nil {
			return "", false
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// reckon counts what is there: nothing acknowledged is lost, nothing was done twice, and the books balance.
func (o *office) reckon(t *testing.T, line string, acknowledged, approved int64) {
	t.Helper()
	with := func(status string) int64 {
		return o.do(t, "auditor", "GET", "./agreements?status="+status+"&count=true&limit=1", nil).want(200).number("total")
	}
	submitted, active := with("submitted"), with("active")
	l := o.line(t, line)
	t.Logf("%d acknowledged and %d of them approved; there are %d submitted, %d active", acknowledged, approved, submitted, active)
	if all := submitted + active; all < acknowledged || all > acknowledged+32 {
		t.Errorf("%d were acknowledged, %d are there", acknowledged, all)
	}
	if active < approved || active > approved+32 {
		t.Errorf("%d approvals were acknowledged, %d are there", approved, active)
	}
	if l.number("reserved") != submitted*1_000 || l.number("committed") != active*1_000 ||
		l.number("available")+l.number("reserved")+l.number("committed") != l.number("appropriation") {
		t.Errorf("%d submitted and %d active at 1,000 each: %s", submitted, active, l.raw)
	}
	for kind, want := range map[string]int64{"reserve": submitted + active, "commit": active} {
		if entries := o.do(t, "auditor", "GET", "./ledger?kind="+kind+"&count=true&limit=1", nil).want(200).number("total"); entries != want {
			t.Errorf("an entry for each %s: want %d, got %d", kind, want, entries)
		}
	}
}
