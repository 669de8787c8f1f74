package placement

import (
	"bytes"
	"context"
	"io"

	"tayang/app/file"
	"tayang/app/likeness"
	"tayang/app/passport"
)

// Kept is a picture of the government that a new one may be the same as.
type Kept struct {
	SHA256 string `db:"file_sha256"`
	Print  []byte `db:"print"`
}

// Match is a kept picture that a new one is nearly the same as.
type Match struct {
	SHA256 string
	Score  int // in per cent
}

// Pictures keeps what tells pictures from each other, inside one transaction.
type Pictures interface {
	// SavePicture keeps the print of a file under its keys; false when it was kept already.
	SavePicture(ctx context.Context, sha256 string, print []byte, keys []int32) (fresh bool, err error)
	// PicturesUnder gives the kept pictures that share a key, those that share most first, at most candidatesMax.
	PicturesUnder(ctx context.Context, keys []int32) ([]Kept, error)
	// SaveMatches notes which kept pictures the file is nearly the same as, both ways.
	SaveMatches(ctx context.Context, sha256 string, found []Match) error
}

// inspection is what was found out about a file before it is recorded.
type inspection struct {
	passport  passport.Passport
	thumbnail file.File // no SHA256: none was made
	picture   *likeness.Print
	probe     likeness.Probe
}

// unpackedMax is how many files are unpacked at the same time.
const unpackedMax = 2

// inspect reads what a kept file says of itself, and makes the small picture. Few files at a time are unpacked, so that
// many uploads do not take much memory at once. What a file does not say is no error.
func (s *Proofs) inspect(ctx context.Context, kept file.File) (found inspection, err error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return found, ctx.Err()
	}
	if !passport.Reads(kept.MediaType) {
		return found, nil
	}
	content, err := s.files.Content(ctx, kept.SHA256)
	if err != nil {
		return found, err
	}
	text, err := io.ReadAll(content)
	if err := firstOf(err, content.Close()); err != nil {
		return found, err
	}
	var picture *passport.Picture
	if found.passport, picture = passport.Read(text, kept.MediaType); picture == nil {
		return found, nil
	}
	if found.picture = picture.Print; found.picture != nil {
		found.probe = likeness.NewProbe(found.picture)
	}
	if len(picture.Thumbnail) > 0 {
		found.thumbnail, err = s.files.Receive(ctx, file.Sent{Content: bytes.NewReader(picture.Thumbnail), Purpose: file.Proof})
	}
	return found, err
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// compare keeps the print of a new picture and notes which kept ones it is nearly the same as.
func (f inspection) compare(ctx context.Context, tx Pictures, sha256 string) error {
	if f.picture == nil {
		return nil
	}
	fresh, err := tx.SavePicture(ctx, sha256, f.picture.Bytes(), f.picture.Keys())
	if err != nil || !fresh {
		return err
	}
	kept, err := tx.PicturesUnder(ctx, f.probe.Keys())
	if err != nil {
		return err
	}
	var found []Match
	for _, k := range kept {
		print, err := likeness.Read(k.Print)
		if err != nil || k.SHA256 == sha256 {
			continue // a print of another making is not compared
		}
		if score := f.probe.Score(&print); score >= likeness.Same {
			found = append(found, Match{k.SHA256, min(100, int(score*100+0.5))})
		}
	}
	return tx.SaveMatches(ctx, sha256, found)
}
