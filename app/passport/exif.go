package passport

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/bep/imagemeta"
)

// exifTime bounds how long the notes of a camera are read.
const exifTime = 2 * time.Second

// exif reads the notes that a camera left; what cannot be read is left out.
func (p *Passport) exif(content []byte, mediaType string) {
	format, ok := map[string]imagemeta.ImageFormat{"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP}[mediaType]
	if !ok {
		return
	}
	var tags imagemeta.Tags
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(content), ImageFormat: format, Sources: imagemeta.EXIF, Timeout: exifTime, LimitNumTags: 500, LimitTagSize: 2000,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Source == imagemeta.EXIF },
		HandleTag: func(t imagemeta.TagInfo) error {
			tags.Add(t)
			return nil
		},
	})
	if err != nil {
		return
	}
	of := func(name string) string { return said(tags.EXIF()[name].Value) }
	for _, name := range []string{"DateTimeOriginal", "DateTimeDigitized", "CreateDate", "DateTime", "ModifyDate"} {
		if p.TakenAt = exifMoment(of(name), of("OffsetTimeOriginal")); p.TakenAt != "" {
			break
		}
	}
	p.Device = plain(of("Make") + " " + of("Model"))
	p.Software = plain(of("Software"))
	if lat, long, err := tags.GetLatLong(); err == nil && (lat != 0 || long != 0) && math.Abs(lat) <= 90 && math.Abs(long) <= 180 {
		p.Latitude, p.Longitude = degrees(lat), degrees(long)
	}
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 5, 64) }

func said(v any) string {
	if v == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(v))
}

// exifMoment writes a camera's time as other times are written; empty when it is none.
func exifMoment(text, offset string) string {
	at, err := time.Parse("2006:01:02 15:04:05", text)
	if err != nil || at.Year() < 1990 {
		return ""
	}
	out := at.Format("2006-01-02T15:04:05")
	if _, err := time.Parse("-07:00", offset); err == nil {
		out += offset
	}
	return out
}

// plain is a short text that can be shown.
func plain(text string) string {
	text = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, text), "")
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > textMax {
		text = string(runes[:textMax])
	}
	return text
}
