package capture

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Manifest is what a bundle says of its page. Each file of the bundle is named with its SHA-256, so that the bundle's own
// fingerprint vouches for all of it.
type Manifest struct {
	Form       string          `json:"form"` // tayang-capture-1
	URL        string          `json:"url"`
	FinalURL   string          `json:"final_url"`
	HTTPStatus int             `json:"http_status"`
	Title      string          `json:"title"`
	Published  string          `json:"published,omitempty"`
	CapturedAt time.Time       `json:"captured_at"`
	Program    string          `json:"program"`
	Files      map[string]Part `json:"files"`
}

// Part is one file of a bundle.
type Part struct {
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
}

const form = "tayang-capture-1"

// seal writes the bundle of a page: a ZIP file of manifest.json, page.png and page.html. The same snapshot gives the same
// bytes.
func seal(url, program string, s Snapshot) ([]byte, error) {
	parts := []struct {
		name    string
		content []byte
		how     uint16
	}{{"page.html", s.HTML, zip.Deflate}, {"page.png", s.Picture, zip.Store}}
	m := Manifest{
		Form: form, URL: url, FinalURL: s.FinalURL, HTTPStatus: s.Status, Title: s.Title, Published: s.Published, CapturedAt: s.At.UTC(),
		Program: program, Files: map[string]Part{},
	}
	for _, p := range parts {
		sum := sha256.Sum256(p.content)
		m.Files[p.name] = Part{hex.EncodeToString(sum[:]), len(p.content)}
	}
	head, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range append(parts[:0:0], append([]struct {
		name    string
		content []byte
		how     uint16
	}{{"manifest.json", head, zip.Store}}, parts...)...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.how, Modified: s.At.UTC().Truncate(time.Second)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.content); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return out.Bytes(), err
}

// Sealed bounds what a browser saw and gives it with its bundle. Fault: capture_too_large.
func Sealed(url, program string, s Snapshot) (Snapshot, []byte, error) {
	s, err := s.bounded()
	if err != nil {
		return s, nil, err
	}
	bundle, err := seal(url, program, s)
	return s, bundle, err
}

// Check opens a bundle and gives its manifest. An error says which file is not what the manifest says.
func Check(bundle []byte) (m Manifest, err error) {
	z, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		return m, err
	}
	found := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return m, err
		}
		content, err := io.ReadAll(io.LimitReader(r, pictureBytesMax+1))
		if err != nil {
			return m, err
		}
		found[f.Name] = content
	}
	if err := json.Unmarshal(found["manifest.json"], &m); err != nil {
		return m, err
	}
	if m.Form != form || len(found) != len(m.Files)+1 {
		return m, fmt.Errorf("a bundle of another form: %q with %d files", m.Form, len(found))
	}
	for name, p := range m.Files {
		if sum := sha256.Sum256(found[name]); hex.EncodeToString(sum[:]) != p.SHA256 {
			return m, fmt.Errorf("%s is not what it was", name)
		}
	}
	return m, nil
}
