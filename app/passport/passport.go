// Package passport reads what a file says of itself: when and where a camera took it, when a document was made, how large
// a picture is. None of it is believed; it stands beside what people claim. It also makes the small picture that lists
// show. A file is judged by its bytes alone; whose proof it is, is not known here.
package passport

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"image"
	_ "image/gif" // a proof may be one
	"image/jpeg"
	_ "image/png" // a proof may be one
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // a proof may be one

	"tayang/app/likeness"
)

// Passport is what a file says of itself. Times are as they are written in the file, with their zone only when the file
// names one.
type Passport struct {
	Width     int    `json:"width,omitempty" doc:"in pixels"`
	Height    int    `json:"height,omitempty" doc:"in pixels"`
	TakenAt   string `json:"taken_at,omitempty" doc:"by the camera's clock: 2026-03-02T15:12:00, with +07:00 when it says so"`
	Latitude  string `json:"latitude,omitempty" doc:"degrees north"`
	Longitude string `json:"longitude,omitempty" doc:"degrees east"`
	Device    string `json:"device,omitempty" doc:"make and model of the camera"`
	Software  string `json:"software,omitempty"`
	Title     string `json:"title,omitempty" doc:"of a document"`
	Author    string `json:"author,omitempty" doc:"of a document, by its own word"`
	Created   string `json:"created,omitempty" doc:"when a document was made, by its own word"`
	Modified  string `json:"modified,omitempty" doc:"when a document was last changed, by its own word"`
	Pages     int    `json:"pages,omitempty" doc:"of a document"`
	Trouble   string `json:"trouble,omitempty" enum:"damaged,too_large" doc:"why it could not be read"`
}

// Why a file could not be read.
const (
	Damaged  = "damaged"
	TooLarge = "too_large" // more pixels than are unpacked here
)

// Value writes the passport as the JSON that is stored.
func (p Passport) Value() (driver.Value, error) {
	text, err := json.Marshal(p)
	return string(text), err
}

// Scan reads a stored passport.
func (p *Passport) Scan(src any) error {
	*p = Passport{}
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("passport.Passport: cannot scan %T", src)
	}
	return json.Unmarshal(text, p)
}

// Picture is what is made of a picture: its print, when it has anything to tell, and a small JPEG.
type Picture struct {
	Print     *likeness.Print
	Thumbnail []byte
}

// Bounds of what is unpacked. A picture of the most pixels takes some 160 MB while it is read, one at a time.
const (
	pixelsMax  = 40_000_000
	lengthMax  = 30_000 // of a side, in pixels
	thumbnail  = 480    // of the longer side, in pixels
	thumbnailQ = 80
	textMax    = 200

	pictureType  = "image/"
	documentType = "application/pdf"
)

// Reads reports whether files of the media type are read at all.
func Reads(mediaType string) bool {
	return strings.HasPrefix(mediaType, pictureType) || mediaType == documentType
}

// Read reads a file of a known media type. It is never an error that a file says nothing, or cannot be read: the passport
// says so. Whoever calls lets one picture through at a time.
func Read(content []byte, mediaType string) (p Passport, picture *Picture) {
	defer func() {
		if recover() != nil { // a hostile file must not end the program
			p.Trouble, picture = Damaged, nil
		}
	}()
	switch {
	case strings.HasPrefix(mediaType, pictureType):
		p.exif(content, mediaType)
		return p, p.unpack(content)
	case mediaType == documentType:
		p.document(content)
	}
	return p, nil
}

// unpack decodes the picture, when its head says that it is small enough.
func (p *Passport) unpack(content []byte) *Picture {
	head, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || head.Width <= 0 || head.Height <= 0 {
		p.Trouble = Damaged
		return nil
	}
	p.Width, p.Height = head.Width, head.Height
	if head.Width > lengthMax || head.Height > lengthMax || head.Width*head.Height > pixelsMax {
		p.Trouble = TooLarge
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		p.Trouble = Damaged
		return nil
	}
	out := &Picture{}
	if print, ok := likeness.Of(img); ok {
		out.Print = &print
	}
	if out.Thumbnail, err = small(img); err != nil {
		p.Trouble = Damaged
	}
	return out
}

// small encodes the picture anew, on white, so that nothing of the file but its pixels is in it.
func small(img image.Image) ([]byte, error) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > thumbnail {
		w, h = max(1, w*thumbnail/longest), max(1, h*thumbnail/longest)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Rect, img, b, draw.Over, nil)
	var text bytes.Buffer
	err := jpeg.Encode(&text, out, &jpeg.Options{Quality: thumbnailQ})
	return text.Bytes(), err
}
