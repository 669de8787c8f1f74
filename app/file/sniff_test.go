package file_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tayang/app/fault"
	"tayang/app/file"
)

// contents are small files of each type, some whole, some only their beginning.
func contents(t *testing.T) map[string]string {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.White, color.Black})
	made := map[string]string{
		"pdf": "%PDF-1.7\n%âãÏÓ\n1 0 obj\n", "webp": "RIFF\x24\x00\x00\x00WEBPVP8 ", "wav": "RIFF\x24\x00\x00\x00WAVEfmt ",
		"mp3": "ID3\x04\x00\x00\x00\x00\x00\x23TSSE", "mp4": "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
		"m4a": "\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42", "txt": "06:00 iklan tayang\n",
		"csv": "jam,durasi\n06:00,30\n07:00,30\n", "html": "<!DOCTYPE html><script>alert(1)</script>",
		"svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "exe": "MZ\x90\x00\x03", "zip": "PK\x05\x06" + strings.Repeat("\x00", 18),
	}
	for name, write := range map[string]func(b *bytes.Buffer) error{
		"png":  func(b *bytes.Buffer) error { return png.Encode(b, m) },
		"jpg":  func(b *bytes.Buffer) error { return jpeg.Encode(b, m, nil) },
		"gif":  func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) },
		"xlsx": func(b *bytes.Buffer) error { return excelize.NewFile().Write(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		made[name] = b.String()
	}
	return made
}

func TestTypes(t *testing.T) {
	t.Parallel()
	const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	d, in := newDesk(t), contents(t)
	for _, c := range []struct {
		content, name, declared string
		purpose                 file.Purpose
		want                    string
	}{
		{"png", "bukti.PNG", "image/png", file.Proof, "image/png"},
		{"png", "bukti", "", file.Paper, "image/png"},
		{"png", "bukti.png", "application/octet-stream", file.Proof, "image/png"},
		{"jpg", "bukti.jpeg", "image/jpg", file.Proof, "image/jpeg"},
		{"gif", "a.gif", "image/gif", file.Proof, "image/gif"},
		{"webp", "a.webp", "image/webp", file.Proof, "image/webp"},
		{"pdf", "a.pdf", "application/pdf", file.Paper, "application/pdf"},
		{"xlsx", "log.xlsx", xlsx, file.Proof, xlsx},
		{"mp4", "a.mp4", "video/mp4", file.Proof, "video/mp4"},
		{"mp4", "siaran.m4a", "audio/mp4", file.Proof, "video/mp4"},
		{"m4a", "siaran.m4a", "audio/x-m4a", file.Proof, "audio/x-m4a"},
		{"mp3", "siaran.mp3", "audio/mpeg", file.Proof, "audio/mpeg"},
		{"wav", "siaran.wav", "audio/wav", file.Proof, "audio/wav"},
		{"txt", "siaran.log", "text/plain; charset=utf-8", file.Proof, "text/plain"},
		{"csv", "siaran.csv", "application/vnd.ms-excel", file.Proof, "text/csv"},

		{"png", "bukti.jpg", "", file.Proof, "file_type_mismatch"},
		{"png", "bukti.png", "application/pdf", file.Proof, "file_type_mismatch"},
		{"png", "bukti.png.exe", "", file.Proof, "file_type_mismatch"},
		{"jpg", "bukti.pdf", "image/jpeg", file.Proof, "file_type_mismatch"},
		{"html", "bukti.png", "image/png", file.Proof, "file_type_not_allowed"},
		{"html", "bukti.html", "text/html", file.Proof, "file_type_not_allowed"},
		{"svg", "bukti.svg", "image/svg+xml", file.Proof, "file_type_not_allowed"},
		{"exe", "bukti.exe", "", file.Proof, "file_type_not_allowed"},
		{"zip", "bukti.xlsx", xlsx, file.Proof, "file_type_not_allowed"},
		{"mp4", "akta.mp4", "video/mp4", file.Paper, "file_type_not_allowed"},
		{"txt", "akta.txt", "text/plain", file.Paper, "file_type_not_allowed"},
	} {
		got, err := d.files.Receive(t.Context(), file.Sent{Name: c.name, DeclaredType: c.declared, Content: strings.NewReader(in[c.content]), Purpose: c.purpose})
		if err == nil && got.MediaType != c.want || err != nil && !fault.Is(err, c.want) {
			t.Errorf("%s as %q (%s): got %q, %v, want %s", c.content, c.name, c.declared, got.MediaType, err, c.want)
		}
		if err != nil && fault.From(err).Kind != fault.UnsupportedMedia {
			t.Errorf("%s: kind %d", c.name, fault.From(err).Kind)
		}
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"bukti.png": "bukti.png", "": "", `C:\Users\ani\bukti 1.png`: "bukti 1.png", "../../etc/passwd": "passwd",
		"a\x00b\r\n.png": "ab.png", "gnp.\u202eexe": "gnp.exe", "bukti\xff.png": "bukti.png",
		strings.Repeat("é", 200) + ".png": strings.Repeat("é", 98) + ".png",
		strings.Repeat("a", 300):          strings.Repeat("a", 200),
	} {
		if got := file.Name(sent); got != want || !utf8.ValidString(got) {
			t.Errorf("%q became %q, want %q", sent, got, want)
		}
	}
}
