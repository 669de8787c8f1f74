package passport_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"tayang/app/passport"
)

func picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x * y), uint8(x ^ y), uint8(x * 7), 255})
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ifd writes a directory of a TIFF file at the offset: each entry is tag, type, count and its value or the bytes of it.
type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

func ifd(at uint32, entries []entry) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(entries)))
	data := at + 2 + 12*uint32(len(entries)) + 4
	var tail []byte
	for _, e := range entries {
		out = binary.BigEndian.AppendUint16(out, e.tag)
		out = binary.BigEndian.AppendUint16(out, e.kind)
		out = binary.BigEndian.AppendUint32(out, e.count)
		if len(e.value) <= 4 {
			out = append(out, append(e.value, make([]byte, 4-len(e.value))...)...)
			continue
		}
		out = binary.BigEndian.AppendUint32(out, data+uint32(len(tail)))
		tail = append(tail, e.value...)
	}
	return append(append(out, 0, 0, 0, 0), tail...)
}

func text(s string) []byte { return append([]byte(s), 0) }

func rationals(v ...uint32) (out []byte) {
	for _, n := range v {
		out = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(out, n), 1)
	}
	return out
}

func offset(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// withNotes is a JPEG file with the notes of a camera.
func withNotes(t testing.TB) []byte {
	t.Helper()
	const exifAt, gpsAt = 200, 400
	main := ifd(8, []entry{
		{0x010F, 2, 7, text("Contoh")}, {0x0110, 2, 9, text("Kamera 5")}, {0x8769, 4, 1, offset(exifAt)}, {0x8825, 4, 1, offset(gpsAt)},
	})
	exif := ifd(exifAt, []entry{{0x9003, 2, 20, text("2026:03:02 15:12:00")}, {0x9011, 2, 7, text("+07:00")}})
	gps := ifd(gpsAt, []entry{{1, 2, 2, text("S")}, {2, 5, 3, rationals(6, 55, 3)}, {3, 2, 2, text("E")}, {4, 5, 3, rationals(107, 37, 9)}})
	tiff := make([]byte, gpsAt+len(gps))
	copy(tiff, "MM\x00\x2a\x00\x00\x00\x08")
	copy(tiff[8:], main)
	copy(tiff[exifAt:], exif)
	copy(tiff[gpsAt:], gps)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	plain := asJPEG(t, picture(640, 400))
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(2+len(segment)))...)
	return append(append(out, segment...), plain[2:]...)
}

func TestNotesOfACamera(t *testing.T) {
	t.Parallel()
	content := withNotes(t)
	p, made := passport.Read(content, "image/jpeg")
	want := passport.Passport{
		Width: 640, Height: 400, TakenAt: "2026-03-02T15:12:00+07:00", Latitude: "-6.91750", Longitude: "107.61917", Device: "Contoh Kamera 5",
	}
	if p != want {
		t.Errorf("got %+v, want %+v", p, want)
	}
	if made == nil || made.Print == nil {
		t.Fatal("nothing was made of the picture")
	}
	small, err := jpeg.Decode(bytes.NewReader(made.Thumbnail))
	if err != nil || small.Bounds().Dx() != 480 || small.Bounds().Dy() != 300 {
		t.Errorf("the small picture is %v, %v", small.Bounds(), err)
	}
	if bytes.Contains(made.Thumbnail, []byte("Exif")) {
		t.Error("the small picture says where it was taken")
	}
}

// document is a PDF file of one page with what its maker noted.
func document(info string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>", info,
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := b.Len()
	b.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 5/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", xref)
	return b.Bytes()
}

func TestDatesOfADocument(t *testing.T) {
	t.Parallel()
	p, made := passport.Read(document("<</Title(Rekap tayang)/Creator(Office Contoh)/CreationDate(D:20260304081200+07'00')/ModDate(D:20260305090000Z)>>"), "application/pdf")
	want := passport.Passport{Pages: 1, Title: "Rekap tayang", Software: "Office Contoh", Created: "2026-03-04T08:12:00+07:00", Modified: "2026-03-05T09:00:00+00:00"}
	if p != want || made != nil {
		t.Errorf("got %+v", p)
	}
	if p, _ = passport.Read(document("<</CreationDate(kemarin)/ModDate(D:20261399)>>"), "application/pdf"); p.Created != "" || p.Modified != "" || p.Pages != 1 {
		t.Errorf("dates that are none: %+v", p)
	}
}

// bomb is a small PNG file whose head promises many pixels.
func bomb(w, h uint32) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(kind), data...)
		out = binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Close()
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return out
}

func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	whole := withNotes(t)
	for name, r := range map[string]struct {
		content   []byte
		mediaType string
		trouble   string
	}{
		"too many pixels":   {bomb(20_000, 20_000), "image/png", passport.TooLarge},
		"too long":          {bomb(1, 1_000_000), "image/png", passport.TooLarge},
		"less than it says": {bomb(2_000, 2_000), "image/png", passport.Damaged},
		"cut off":           {whole[:len(whole)/2], "image/jpeg", passport.Damaged},
		"no picture":        {[]byte("\x89PNG\r\n\x1a\n"), "image/png", passport.Damaged},
		"no document":       {[]byte("%PDF-1.7\nisi"), "application/pdf", passport.Damaged},
		"a text":            {[]byte("log"), "text/plain", ""},
		"a recording":       {[]byte("RIFF"), "audio/wav", ""},
	} {
		if p, _ := passport.Read(r.content, r.mediaType); p.Trouble != r.trouble {
			t.Errorf("%s: got %+v", name, p)
		}
	}
	loop := strings.Replace(string(document("<<>>")), "/Info 4 0 R", "/Info 4 0 R/Prev 9", 1)
	_, _ = passport.Read([]byte(loop), "application/pdf")
}

func TestSmallPictureOfASmallPicture(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	p, made := passport.Read(b.Bytes(), "image/png")
	if p.Width != 1 || made == nil || made.Print != nil || len(made.Thumbnail) == 0 {
		t.Errorf("got %+v, %+v", p, made)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(withNotes(f), 0)
	f.Add(bomb(40, 40), 1)
	f.Add(document("<</CreationDate(D:2026)>>"), 2)
	types := []string{"image/jpeg", "image/png", "application/pdf", "image/webp", "image/gif"}
	f.Fuzz(func(_ *testing.T, content []byte, kind int) {
		if kind = kind % len(types); kind < 0 {
			kind = -kind
		}
		passport.Read(content, types[kind])
	})
}
