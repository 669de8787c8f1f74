// Package read takes workbooks and CSV files apart that anybody may have made. It trusts nothing in them: sizes are bounded
// before anything is unpacked, formulas are not looked into, texts stay as they are, and numbers stay the figures that the
// file writes.
package read

import (
	"errors"
	"io"
	"strings"

	"tayang/app/fault"
	"tayang/app/price"
)

// Bounds of what is read.
const (
	sheetsMax   = 20
	rowsMax     = 20_000    // rows with anything in them, over all sheets
	columnsMax  = 60        // further cells are passed over
	cellMax     = 4_000     // characters of one cell; more is cut
	entriesMax  = 2_000     // parts in the archive
	unpackedMax = 100 << 20 // bytes of all parts that are read
	stringsMax  = 400_000   // texts that sheets share
)

// Reader reads what was sent.
type Reader struct{}

// ReadBook takes a file apart, whoever made it: a workbook (.xlsx) or a CSV file, told apart by its content. Faults:
// UnsupportedMedia (workbook_unreadable) and TooLarge (workbook_too_large), about /file.
func (Reader) ReadBook(_ string, content io.ReaderAt, size int64) (b price.Book, err error) {
	defer func() {
		if p := recover(); p != nil {
			b, err = price.Book{}, unreadable(errors.New("panic while reading a workbook"))
		}
	}()
	head := make([]byte, 4)
	if n, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) || n == 0 {
		return b, unreadable(err)
	}
	if strings.HasPrefix(string(head), "PK") {
		return workbook(content, size)
	}
	return table(io.NewSectionReader(content, 0, size))
}

func refuse(kind fault.Kind, code string, args fault.Args, cause error) error {
	return &fault.Error{Kind: kind, Code: code, Args: args, Cause: cause, Fields: []fault.Field{{Pointer: "/file", Code: code, Args: args}}}
}

func unreadable(cause error) error {
	return refuse(fault.UnsupportedMedia, "workbook_unreadable", nil, cause)
}

func tooLarge(what string, most int) error {
	return refuse(fault.TooLarge, "workbook_too_large", fault.Args{"what": what, "most": most}, nil)
}

// asFault leaves a fault as it is and makes any other error one.
func asFault(err error) error {
	var f *fault.Error
	if err == nil || errors.As(err, &f) {
		return err
	}
	return unreadable(err)
}

// rows collects rows as long as there are not too many.
type rows struct {
	all   []price.SheetRow
	count *int
}

func (r *rows) add(number int, cells []price.Cell) error {
	for len(cells) > 0 && cells[len(cells)-1] == (price.Cell{}) {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil
	}
	if *r.count++; *r.count > rowsMax {
		return tooLarge("rows", rowsMax)
	}
	r.all = append(r.all, price.SheetRow{Number: number, Cells: cells})
	return nil
}

// cut bounds a text, at a whole character.
func cut(s string) string {
	if len(s) <= cellMax {
		return s
	}
	return strings.ToValidUTF8(s[:cellMax], "")
}
