package completeness_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"

	"tayang/app/access"
	"tayang/app/completeness"
	"tayang/app/file"
	"tayang/app/paper"
)

// blank gives files of zeros of a size, by the pieces.
type blank struct{ size int64 }

func (b blank) Content(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(io.LimitReader(zeros{}, b.size)), nil
}

func (blank) Receive(context.Context, file.Sent) (file.File, error) { return file.File{}, nil }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func archivist(size int64) *completeness.Service {
	return completeness.NewService(access.Transactor[completeness.PaperStore](nil), access.Reader[completeness.PaperStore](nil), blank{size},
		func() time.Time { return time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC) }, time.UTC)
}

func hash(n byte) string { return strings.Repeat(string(n), 64) }

// hostile are names that somebody could give to a paper, to get out of a folder, to run, or to hide.
func hostile() []string {
	return []string{
		"../../etc/passwd", `..\..\windows\system32\cmd.exe`, "/etc/shadow", "C:\\autoexec.bat", "CON", "..", ".bashrc", "a\x00b.pdf", "kwitansi‮fdp.exe",
		"=HYPERLINK(\"http://x\")", "<script>alert(1)</script>.html", strings.Repeat("x", 4000) + ".pdf", "bukti tayang (1).png", "", "  ", "file\nname.pdf",
	}
}

func hostileFile() completeness.Checklist {
	var found []completeness.Found
	for i, name := range hostile() {
		f := completeness.Found{Code: paper.Receipt, Source: completeness.OfPayment, Name: name, Number: name, File: hash("0123456789abcdef"[i]), Size: 10, Media: "application/pdf"}
		f.About = id(byte(i))
		found = append(found, f)
	}
	again := found[0]
	again.Code = paper.BAP
	return completeness.Check(mediaLS(), nil, append(found, again))
}

func TestAnArchiveHasSafeNames(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := archivist(10).Archive(t.Context(), hostileFile(), &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		if seen[strings.ToLower(f.Name)] {
			t.Errorf("%q twice", f.Name)
		}
		seen[strings.ToLower(f.Name)] = true
		plain := strings.IndexFunc(f.Name, func(r rune) bool {
			return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./", r)
		}) < 0
		if !plain || path.Clean(f.Name) != f.Name || path.IsAbs(f.Name) || strings.Contains(f.Name, "..") || len(f.Name) > 160 || strings.Count(f.Name, "/") > 1 {
			t.Errorf("unsafe name %q", f.Name)
		}
		if base := path.Base(f.Name); f.Name != "index.csv" && f.Name != "index.html" && path.Ext(base) != ".pdf" {
			t.Errorf("%q is not called what it is", f.Name)
		}
	}
	if want := len(hostile()) + 2; len(z.File) != want {
		t.Errorf("%d files, want %d: each content once, and two indexes", len(z.File), want)
	}
	index(t, z)
}

// index reads both indexes: no cell begins a formula, no name becomes markup.
func index(t *testing.T, z *zip.Reader) {
	t.Helper()
	open := func(name string) []byte {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	rows, err := csv.NewReader(bytes.NewReader(open("index.csv"))).ReadAll()
	if err != nil || len(rows) < 40 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if page := string(open("index.html")); strings.Contains(page, "<script") || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("a name became markup")
	}
}

func TestAnArchiveIsNotHeldInMemory(t *testing.T) {
	const size = 16 << 20
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var n counter
	if err := archivist(size).Archive(t.Context(), hostileFile(), &n); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if int(n) < len(hostile())*size {
		t.Errorf("%d bytes written", n)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 {
		t.Errorf("%d MiB allocated for an archive of %d MiB", used>>20, int(n)>>20)
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func TestAnIndexHasALineForWhatIsMissing(t *testing.T) {
	t.Parallel()
	c := hostileFile()
	rows := c.Index()
	empty, last := 0, ""
	for _, e := range rows {
		if e.Item.State == completeness.NotApplicable {
			t.Errorf("%s does not apply", e.Item.Code)
		}
		if e.Paper == nil {
			empty++
		}
		last = e.Row
	}
	if want := c.Asked - 2; empty != want || last != "39" {
		t.Errorf("%d empty lines of %d, last %s", empty, c.Asked, last)
	}
}
