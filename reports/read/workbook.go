package read

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"tayang/app/price"
)

// archive is a workbook's parts, of which only so many bytes are ever unpacked.
type archive struct {
	parts map[string]*zip.File
	left  int64
}

// workbook reads the sheets of an .xlsx file. It goes through the XML once and builds no model of it, so that what a hostile
// file can cost is bounded by what is kept.
func workbook(content io.ReaderAt, size int64) (b price.Book, err error) {
	z, err := zip.NewReader(content, size)
	if err != nil {
		return b, unreadable(err)
	}
	if len(z.File) > entriesMax {
		return b, tooLarge("parts", entriesMax)
	}
	a := archive{parts: map[string]*zip.File{}, left: unpackedMax}
	for _, f := range z.File {
		a.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/"))] = f
	}
	sheets, err := a.sheets()
	if err != nil {
		return b, asFault(err)
	}
	shared, err := a.shared()
	if err != nil {
		return b, asFault(err)
	}
	count := 0
	for _, s := range sheets {
		out := rows{count: &count}
		if err := a.sheet(s.part, shared, &out); err != nil {
			return price.Book{}, asFault(err)
		}
		b.Sheets = append(b.Sheets, price.Sheet{Name: s.name, Rows: out.all})
	}
	return b, nil
}

// bounded reads from a part while the archive has bytes left.
type bounded struct {
	from io.Reader
	of   *archive
}

func (b bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if b.of.left -= int64(n); b.of.left < 0 {
		return 0, tooLarge("bytes", unpackedMax)
	}
	return n, err
}

var errNoPart = errors.New("a part is missing")

// each goes through the elements and texts of a part.
func (a *archive) each(part string, do func(xml.Token) error) (err error) {
	f, ok := a.parts[strings.ToLower(part)]
	if !ok {
		return fmt.Errorf("%w: %s", errNoPart, part)
	}
	body, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	decoder := xml.NewDecoder(bounded{body, a})
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > 64 {
				return errors.New("elements lie too deep")
			}
		case xml.EndElement:
			depth--
		}
		if err := do(token); err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

type sheetPart struct{ name, part string }

// sheets finds the visible order of the sheets and where each lies.
func (a *archive) sheets() (out []sheetPart, err error) {
	at := map[string]string{}
	if err := a.each("xl/_rels/workbook.xml.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "xl/" + target
			}
			at[attribute(e, "Id")] = strings.TrimPrefix(path.Clean("/"+target), "/")
		}
		return nil
	}); err != nil {
		return nil, err
	}
	err = a.each("xl/workbook.xml", func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "sheet" || at[attribute(e, "id")] == "" {
			return nil
		}
		if len(out) == sheetsMax {
			return tooLarge("sheets", sheetsMax)
		}
		out = append(out, sheetPart{attribute(e, "name"), at[attribute(e, "id")]})
		return nil
	})
	if err == nil && len(out) == 0 {
		err = errors.New("no sheets")
	}
	return out, err
}

// shared are the texts that cells name by number. How Asian texts are spoken is no part of them.
func (a *archive) shared() (out []string, err error) {
	var text strings.Builder
	reading, spoken := false, false
	err = a.each("xl/sharedStrings.xml", func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "si":
				text.Reset()
			case "t":
				reading = true
			case "rPh":
				spoken = true
			}
		case xml.CharData:
			if reading && !spoken && text.Len() < cellMax {
				text.Write(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				reading = false
			case "rPh":
				spoken = false
			case "si":
				if len(out) == stringsMax {
					return tooLarge("texts", stringsMax)
				}
				out = append(out, cut(text.String()))
			}
		}
		return nil
	})
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	return out, err
}
