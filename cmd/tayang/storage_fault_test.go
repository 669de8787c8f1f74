package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tayang/db/dbtest/gateway"
	"tayang/db/sample"
)

// senders is how many people send proofs at once.
const senders = 8

// bureau is a victim with placements to be proved, and those who send proofs of them.
type bureau struct {
	*office
	v          *victim
	placements []string
	sent       atomic.Int64 // acknowledged
	refused    sync.Map     // codes of the problems that were answered
	kept       sync.Map     // SHA-256 of what was acknowledged
}

func newBureau(t *testing.T, settings ...string) *bureau {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the program with a PostgreSQL of its own")
	}
	b := &bureau{v: newVictim(t, settings...)}
	b.v.found(t)
	b.office = &office{url: "http://" + b.v.addr, tokens: map[string]string{}}
	vendor, outlet := b.medium(t, "0123456789012345")
	deliverable := b.active(t, terms("SP/1", vendor, outlet, b.budget(t, 900_000_000)[0], 40, 1_000_000)).deliverables()[0]
	for range 40 {
		p := b.do(t, "staff", "POST", "./placements", m{"deliverable_id": deliverable, "scheduled_on": "2026-03-02", "title": "Berita"}).want(201)
		b.placements = append(b.placements, p.id())
	}
	return b
}

// picture is a JPEG file of some size that no other seed gives; what follows its end is noise.
func picture(t *testing.T, seed uint64, size int) string {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 7))
	noise := make([]byte, size)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	return shot(t, seed%50, 80) + string(noise)
}

// send sends one proof under a key, once, and gives what was answered; 0 when nothing was.
func (b *bureau) send(t *testing.T, placement, key, content string) (status int, answer m) {
	body, kind := upload(t, "bukti.jpg", "image/jpeg", content, "kind", "photo", "origin", "vendor")
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost,
		b.url+"/api/v1/agencies/"+sample.Kominfo+"/placements/"+placement+"/proofs", strings.NewReader(string(body)))
	if err != nil {
		t.Error(err)
		return 0, nil
	}
	req.Header = http.Header{"Authorization": {"Bearer " + b.token(t, "staff")}, "Content-Type": {kind}, "Idempotency-Key": {key}}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer res.Body.Close()
	if json.NewDecoder(res.Body).Decode(&answer) != nil {
		return 0, nil
	}
	return res.StatusCode, answer
}

// insist sends a proof under its key until it is there, or the senders are told to stop.
func (b *bureau) insist(t *testing.T, ctx context.Context, placement, key, content string) {
	for {
		status, answer := b.send(t, placement, key, content)
		switch {
		case status == http.StatusCreated:
			b.sent.Add(1)
			b.kept.Store(fmt.Sprint(answer["sha256"]), true)
			return
		case status != 0:
			b.refused.Store(fmt.Sprint(status, " ", answer["code"]), true)
			if status < 500 && status != http.StatusUnauthorized {
				t.Errorf("%s: %d %v", key, status, answer)
				return
			}
		}
		if ctx.Err() != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// begin lets people send proofs until the returned function is called, which waits for them.
func (b *bureau) begin(t *testing.T) (end func()) {
	b.token(t, "staff")
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for s := range senders {
		all.Go(func() {
			for n := 0; ctx.Err() == nil && n < 200; n++ {
				content := picture(t, uint64(s*1000+n), 300<<10)
				b.insist(t, ctx, b.placements[(s*5+n%5)%len(b.placements)], fmt.Sprintf("bukti/%d/%d", s, n), content)
			}
		})
	}
	return func() {
		cancel()
		all.Wait()
	}
}

// proofs are the SHA-256 of every proof that is shown, each with how often.
func (b *bureau) proofs(t *testing.T) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, p := range b.placements {
		for _, f := range b.do(t, "auditor", "GET", "./placements/"+p+"/proofs?limit=100", nil).want(200).items() {
			found[fmt.Sprint(f["sha256"])]++
		}
	}
	return found
}

// acknowledged are the SHA-256 of what was answered with 201.
func (b *bureau) acknowledged() (sums []string) {
	b.kept.Range(func(sum, _ any) bool {
		sums = append(sums, fmt.Sprint(sum))
		return true
	})
	return sums
}

// whole wants everything that was acknowledged to be shown, once, and everything that is shown to be whole where at says.
func (b *bureau) whole(t *testing.T, at func(sum string) string) {
	t.Helper()
	n, kept := b.sent.Load(), b.acknowledged()
	shown := b.proofs(t)
	for sum, times := range shown {
		content, err := os.ReadFile(at(sum))
		if err != nil {
			t.Errorf("a proof is shown without its file: %v", err)
			continue
		}
		if is := sha256.Sum256(content); hex.EncodeToString(is[:]) != sum || times != 1 {
			t.Errorf("proof %s is shown %d times, its file is %x", sum, times, is)
		}
	}
	for _, sum := range kept {
		if shown[sum] == 0 {
			t.Errorf("%s was acknowledged and is not shown", sum)
		}
	}
	if int64(len(shown)) < n || int64(len(shown)) > n+senders {
		t.Errorf("%d were acknowledged, %d are shown", n, len(shown))
	}
}

func (v *victim) file(sum string) string {
	return filepath.Join(v.data, "files", sum[:2], sum[2:4], sum)
}

// arriving are the names of what has not arrived whole.
func (v *victim) arriving(t *testing.T) (names []string) {
	t.Helper()
	found, err := os.ReadDir(filepath.Join(v.data, "files", "incoming"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		names = append(names, filepath.Join(v.data, "files", "incoming", f.Name()))
	}
	return names
}

// complains runs every check of the data beside the server, and gives what it says when something does not hold.
func (v *victim) complains(t *testing.T) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), v.binary, "check")
	cmd.Env = v.env()
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(out)
}

// ready is the answer of /readyz.
func (v *victim) ready(t *testing.T) (status int, text string) {
	t.Helper()
	res, err := http.Get("http://" + v.addr + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// TestKilledWhileProofsAreSent kills the program while people send proofs, who repeat under their keys until they are
// answered. After each restart every proof that is shown is whole; in the end each is there once.
func TestKilledWhileProofsAreSent(t *testing.T) {
	b := newBureau(t)
	end := b.begin(t)
	for n := range 4 {
		before := b.sent.Load()
		soon(t, "proofs arrive", func() bool { return b.sent.Load() > before+5 })
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		b.v.kill(t, n == 2)
		b.v.start(t)
		b.v.check(t)
	}
	end()
	b.whole(t, b.v.file)

	hour := time.Now().Add(-time.Hour)
	left := append(b.v.arriving(t), filepath.Join(b.v.data, "files", "incoming", "TERPUTUS"))
	if err := os.WriteFile(left[len(left)-1], []byte("setengah"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		if err := os.Chtimes(name, hour, hour); err != nil {
			t.Fatal(err)
		}
	}
	b.v.stop(t)
	b.v.start(t)
	soon(t, "what did not arrive is swept away", func() bool { return len(b.v.arriving(t)) == 0 })
	b.whole(t, b.v.file)
	b.v.check(t)
}

// smallDisk is a place of files that can be filled up.
type smallDisk struct{ fill, free func() }

// mounted puts a small disk of its own under the victim's files; false where that is not allowed.
func mounted(t *testing.T, v *victim) (smallDisk, bool) {
	t.Helper()
	folder := filepath.Join(v.data, "files")
	v.stop(t)
	err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs", folder).Run()
	if err == nil {
		t.Cleanup(func() { _ = exec.CommandContext(context.Background(), "umount", "-l", folder).Run() })
	}
	v.start(t)
	if err != nil {
		return smallDisk{}, false
	}
	ballast := filepath.Join(folder, "ballast")
	return smallDisk{
		fill: func() {
			f, err := os.Create(ballast)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(f, io.LimitReader(zeros{}, 64<<20)); err == nil {
				t.Fatal("the disk is not small")
			}
			_ = f.Close()
		},
		free: func() {
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		},
	}, true
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// limited lets the victim write no file beyond some bytes, as a quota does.
func limited(t *testing.T, v *victim) smallDisk {
	t.Helper()
	limit := func(to string) func() {
		return func() {
			out, err := exec.CommandContext(t.Context(), "prlimit", "--pid", strconv.Itoa(v.cmd.Process.Pid), "--fsize="+to+":").CombinedOutput()
			if err != nil {
				t.Fatalf("prlimit: %v %s", err, out)
			}
		}
	}
	return smallDisk{fill: limit("20000"), free: limit("unlimited")}
}

// TestFullDisk fills a small disk, or where none can be mounted (TEST_DISK=limit asks for that) limits the size of files: a file for which there is no room is refused as such, nothing of it is shown, and the same request works once
// there is room.
func TestFullDisk(t *testing.T) {
	b := newBureau(t)
	disk, allowed := smallDisk{}, false
	if os.Getenv("TEST_DISK") != "limit" {
		disk, allowed = mounted(t, b.v)
	}
	if !allowed { // not root, say: then a limit on the size of files, which nobody has to allow
		disk = limited(t, b.v)
	}
	b.fullDisk(t, disk)
}

func (b *bureau) fullDisk(t *testing.T, disk smallDisk) {
	t.Helper()
	content := picture(t, 1, 300<<10)
	if status, answer := b.send(t, b.placements[0], "satu", content); status != 201 {
		t.Fatalf("with room: %d %v", status, answer)
	}
	b.sent.Add(1)
	disk.fill()
	status, answer := b.send(t, b.placements[1], "dua", picture(t, 2, 300<<10))
	if status != 507 || answer["code"] != "storage_full" || !strings.Contains(fmt.Sprint(answer["detail"]), "penuh") {
		t.Errorf("without room: %d %v", status, answer)
	}
	b.whole(t, b.v.file)
	if left := b.v.arriving(t); len(left) > 0 {
		t.Errorf("what did not arrive is left: %v", left)
	}
	soon(t, "readyz says so", func() bool {
		status, text := b.v.ready(t)
		return status == 503 && strings.Contains(text, "storage_full")
	})
	b.visitor(t, "admin").get("/health").want(200).shows("tempat penyimpanan penuh")
	disk.free()
	if status, answer := b.send(t, b.placements[1], "dua", picture(t, 2, 300<<10)); status != 201 {
		t.Errorf("with room again: %d %v", status, answer)
	}
	b.sent.Add(1)
	soon(t, "readyz holds again", func() bool { status, _ := b.v.ready(t); return status == 200 })
	b.whole(t, b.v.file)
	b.v.check(t)
}

// TestBucketAway kills the S3 server while people send proofs. Until it is back they hear that it is away, and no proof is
// shown without its object; then everything arrives. What was taken out of the bucket or changed in it is named.
func TestBucketAway(t *testing.T) {
	g := gateway.Start(t)
	b := newBureau(t, "TAYANG_BLOB_URL="+g.URL())
	end := b.begin(t)
	for range 2 {
		before := b.sent.Load()
		soon(t, "proofs arrive", func() bool { return b.sent.Load() > before+5 })
		g.Kill()
		b.refused.Clear()
		soon(t, "senders hear that it is away", func() bool {
			_, told := b.refused.Load("503 storage_unavailable")
			return told
		})
		b.whole(t, g.File)
		soon(t, "readyz says so", func() bool {
			status, text := b.v.ready(t)
			return status == 503 && strings.Contains(text, "storage_unavailable")
		})
		g.Run(t)
		soon(t, "readyz holds again", func() bool { status, _ := b.v.ready(t); return status == 200 })
	}
	before := b.sent.Load()
	soon(t, "proofs arrive again", func() bool { return b.sent.Load() > before+senders })
	end()
	b.whole(t, g.File)
	b.v.check(t)

	sums := b.acknowledged()
	if err := os.Remove(g.File(sums[0])); err != nil {
		t.Fatal(err)
	}
	if err := spoil(g.File(sums[1])); err != nil {
		t.Fatal(err)
	}
	out := b.v.complains(t)
	if !strings.Contains(out, "file "+sums[0]+": is not there") || !strings.Contains(out, "file "+sums[1]+": ") || !strings.Contains(out, "damaged") {
		t.Errorf("the check says: %s", out)
	}
}

// spoil changes one byte of a file.
func spoil(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	one := make([]byte, 1)
	if _, err := f.ReadAt(one, 1000); err != nil {
		return err
	}
	_, err = f.WriteAt([]byte{one[0] ^ 1}, 1000)
	return err
}
