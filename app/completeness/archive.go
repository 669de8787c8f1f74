package completeness

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
)

// Entry is one row of the index of a file: a paper that is there, or one that is missing.
type Entry struct {
	Row    string // 3.2: the second paper of the third item
	Item   Item
	Paper  *Found // nil: missing
	Folded int    // how many things the paper is about
	Path   string // in the archive; empty where there is no file, or it stands under another row already
}

// Index numbers the papers of the checklist in the order of the file. A paper about several things is one row. What does not
// apply is left out.
func (c Checklist) Index() (out []Entry) {
	placed := map[string]bool{}
	for _, i := range c.Items {
		if i.State == NotApplicable {
			continue
		}
		n := strconv.Itoa(1 + count(out))
		if len(i.Papers) == 0 {
			out = append(out, Entry{Row: n, Item: i})
			continue
		}
		out = append(out, entries(n, i, i.Papers, placed)...)
	}
	if len(c.Other) > 0 {
		other := Item{State: Present}
		other.Code, other.NameID, other.NameEN = "other", "Berkas lain", "Other papers"
		out = append(out, entries(strconv.Itoa(1+count(out)), other, c.Other, placed)...)
	}
	return out
}

// count is how many items the rows are of.
func count(rows []Entry) int {
	if len(rows) == 0 {
		return 0
	}
	number, _, _ := strings.Cut(rows[len(rows)-1].Row, ".")
	n, _ := strconv.Atoi(number) // we wrote it
	return n
}

func entries(n string, i Item, papers []Found, placed map[string]bool) (out []Entry) {
	type same struct{ number, date, file, name string }
	at := map[same]int{}
	for _, p := range papers {
		key := same{p.Number, p.Date.String(), p.File, p.Name}
		if k, ok := at[key]; ok {
			out[k].Folded++
			continue
		}
		at[key] = len(out)
		e := Entry{Row: n, Item: i, Paper: &p, Folded: 1}
		if len(papers) > 1 {
			e.Row = n + "." + strconv.Itoa(len(out)+1)
		}
		if p.File != "" && !placed[p.File] {
			placed[p.File] = true
			e.Path = e.place()
		}
		out = append(out, e)
	}
	return out
}

// place is a name in the archive that is safe on every system, whatever the file was called: the number of the row, the paper,
// and what is harmless of its own name.
func (e Entry) place() string {
	number, below, _ := strings.Cut(e.Row, ".")
	folder := fmt.Sprintf("%02s_%s", number, harmless(string(e.Item.Code)))
	name := e.Paper.Name
	if name == "" {
		name = e.Paper.Number
	}
	ext := extension(e.Paper.Media)
	name = harmless(strings.TrimSuffix(name, path.Ext(name)))
	parts := []string{e.Paper.File[:min(12, len(e.Paper.File))] + ext}
	if name != "" {
		parts = append([]string{name}, parts...)
	}
	if below != "" {
		parts = append([]string{fmt.Sprintf("%02s", below)}, parts...)
	}
	return folder + "/" + strings.Join(parts, "_")
}

// partMax bounds a name in the archive, in characters.
const partMax = 60

// harmless keeps letters, digits and dashes of a name; all else, dots too, is one line below.
func harmless(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '-':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() >= partMax {
			break
		}
	}
	return strings.Trim(b.String(), "_-")
}

// extension is that of the kind of content that was found, not the one that was claimed.
func extension(media string) string {
	name := file.File{MediaType: media, SHA256: "-"}.Title()
	if ext := path.Ext(name); ext != "" {
		return ext
	}
	switch media {
	case "application/zip":
		return ".zip"
	case "text/plain":
		return ".txt"
	}
	return ""
}

// Archive writes the file of an agreement or a payment as a ZIP: an index as CSV and as a page, and every paper under its number.
// It holds one paper at a time. What goes wrong after the first byte leaves an archive that does not open.
func (s *Service) Archive(ctx context.Context, c Checklist, to io.Writer) error {
	z := zip.NewWriter(to)
	rows := c.Index()
	now := s.now().UTC()
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"index.csv", func(w io.Writer) error { return writeCSV(w, rows) }},
		{"index.html", func(w io.Writer) error { return c.writePage(w, rows, now) }},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: now})
		if err != nil {
			return err
		}
		if err := part.write(w); err != nil {
			return err
		}
	}
	for _, e := range rows {
		if e.Path == "" {
			continue
		}
		if err := s.pack(ctx, z, e, now); err != nil {
			return err
		}
	}
	return z.Close()
}

// pack copies one paper into the archive as it is: most are compressed already.
func (s *Service) pack(ctx context.Context, z *zip.Writer, e Entry, now time.Time) error {
	content, err := s.files.Content(ctx, e.Paper.File)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	if e.Paper.At != nil {
		now = e.Paper.At.UTC()
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: e.Path, Method: zip.Store, Modified: now})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, content)
	return err
}

// cells are a row of the index as texts; nothing in them begins a formula.
func (e Entry) cells() []string {
	out := []string{e.Row, e.Item.NameID, e.Item.NameEN, string(e.Item.State), string(e.Item.Owner), "", "", "", "", "", "", ""}
	if p := e.Paper; p != nil {
		at := ""
		if p.At != nil {
			at = p.At.UTC().Format(time.RFC3339)
		}
		size := ""
		if p.File != "" {
			size = strconv.FormatInt(p.Size, 10)
		}
		date := ""
		if !p.Date.IsZero() {
			date = p.Date.String()
		}
		copy(out[5:], []string{p.Number, date, p.Origin, at, size, p.File, e.Path})
	}
	for i, text := range out {
		if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
			out[i] = "'" + text
		}
	}
	return out
}

func headings() []string {
	return []string{
		"No", "Berkas", "Paper", "Keadaan / State", "Yang menyiapkan / Owed by", "Nomor / Number", "Tanggal / Date", "Asal / Origin",
		"Diunggah / Uploaded (UTC)", "Ukuran / Size (byte)", "SHA-256", "Berkas dalam arsip / File in the archive",
	}
}

func writeCSV(to io.Writer, rows []Entry) error {
	w := csv.NewWriter(to)
	if err := w.Write(headings()); err != nil {
		return err
	}
	for _, e := range rows {
		if err := w.Write(e.cells()); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writePage writes the index as a page that needs nothing else.
func (c Checklist) writePage(to io.Writer, rows []Entry, now time.Time) error {
	var b strings.Builder
	title := html.EscapeString(c.Number + " · " + c.Name)
	b.WriteString(`<!doctype html><html lang="id"><meta charset="utf-8"><title>` + title + `</title><style>body{font:12px sans-serif}` +
		`table{border-collapse:collapse}td,th{border:1px solid #999;padding:2px 4px;text-align:left;vertical-align:top;overflow-wrap:anywhere}</style>` +
		"<h1>Daftar isi berkas SPJ / File index</h1><p>" + title + "<br>" + html.EscapeString(c.Title) + "<br>" + now.Format(time.RFC3339) + "</p><table><tr>")
	for _, h := range headings() {
		b.WriteString("<th>" + h + "</th>")
	}
	b.WriteString("</tr>\n")
	for _, e := range rows {
		b.WriteString("<tr>")
		for _, text := range e.cells() {
			b.WriteString("<td>" + html.EscapeString(text) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table></html>\n")
	_, err := io.WriteString(to, b.String())
	return err
}

// Stream gives the archive of a file as something to read; it is made while it is read. The reader closes it. Faults: NotFound,
// Forbidden.
func (s *Service) Stream(ctx context.Context, actor access.Actor, agency string, d Document, id uuid.UUID) (string, io.ReadCloser, error) {
	c, err := s.Of(ctx, actor, agency, d, id)
	if err != nil {
		return "", nil, err
	}
	from, to := io.Pipe()
	go func() { _ = to.CloseWithError(s.Archive(ctx, c, to)) }()
	return "SPJ_" + harmless(c.Number) + ".zip", from, nil
}
