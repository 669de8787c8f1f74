// Package book writes workbooks: sheets, tables, styles, charts and the sealing of the file. It is the only door to
// excelize, and it knows nothing of what a report means. The cells of a sheet are streamed by an encoder of its own
// straight into the archive, so that a register of any length takes the same memory; excelize makes every other part.
// The same calls give the same bytes.
package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Properties describe the file. Time stands for both its making and its last change.
type Properties struct {
	Title    string
	Creator  string
	Language string
	Program  string
	Time     time.Time
}

// Book is a workbook that is being written. Sheets are written one after the other, in any order, each once. It is
// for one goroutine.
type Book struct {
	file   *excelize.File
	out    *zip.Writer
	styles map[Style]int
	sheets []string
	done   map[string]*Sheet // by the part's path
	open   *Sheet
}

// New begins a workbook with sheets of these names, in this order, on w.
func New(w io.Writer, props Properties, sheets ...string) (*Book, error) {
	b := &Book{file: excelize.NewFile(), out: zip.NewWriter(w), styles: map[Style]int{}, sheets: sheets, done: map[string]*Sheet{}}
	for i, name := range sheets {
		if err := b.declare(i, name); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", name, err)
		}
	}
	stamp := props.Time.UTC().Format(time.RFC3339)
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: props.Title, Creator: props.Creator, LastModifiedBy: props.Creator,
		Language: props.Language, Created: stamp, Modified: stamp,
	}); err != nil {
		return nil, err
	}
	if err := b.file.SetAppProps(&excelize.AppProperties{Application: props.Program}); err != nil {
		return nil, err
	}
	calculate := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}); err != nil {
		return nil, err
	}
	return b, b.begin()
}

// root is the part that leads to all others, and the same in every workbook. It stands first in the archive: programs
// that guess the kind of a file look for it there.
const root = "_rels/.rels"

func (b *Book) begin() error {
	content, ok := b.file.Pkg.Load(root)
	if !ok {
		return fmt.Errorf("part %s is missing", root)
	}
	return b.add(root, content.([]byte))
}

func (b *Book) declare(i int, name string) error {
	if i == 0 {
		return b.file.SetSheetName("Sheet1", name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// path is the part that holds the i-th sheet.
func path(i int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1) }

// Close writes every part that is left and ends the archive. It fails when a sheet was not written.
func (b *Book) Close() error {
	for i, name := range b.sheets {
		if b.done[path(i)] == nil {
			return fmt.Errorf("sheet %s was not written", name)
		}
	}
	b.file.SetActiveSheet(0)
	parts := &archive{}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("assemble workbook: %w", err)
	}
	for _, p := range parts.parts {
		if err := b.part(p); err != nil {
			return err
		}
	}
	if err := b.out.Close(); err != nil {
		return fmt.Errorf("end archive: %w", err)
	}
	return b.file.Close()
}

// part writes one part of excelize's, unless it stands for one that is in the archive already.
func (b *Book) part(p *part) error {
	content := p.Bytes()
	if sheet := b.done[p.name]; sheet != nil {
		return sheet.matches(content)
	}
	if p.name == root {
		return nil
	}
	if p.name == "[Content_Types].xml" {
		var err error
		if content, err = sortedTypes(content); err != nil {
			return err
		}
	}
	return b.add(p.name, content)
}

func (b *Book) add(name string, content []byte) error {
	w, err := b.out.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// part is one file of the archive, in memory.
type part struct {
	name string
	bytes.Buffer
}

// archive takes excelize's parts in its order. Sheets among them are empty shells: their cells never pass here.
type archive struct{ parts []*part }

// Create begins a part.
func (a *archive) Create(name string) (io.Writer, error) {
	p := &part{name: strings.TrimPrefix(name, "/")}
	a.parts = append(a.parts, p)
	return p, nil
}

// AddFS is part of excelize's interface; it never asks for it.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close ends the collection.
func (a *archive) Close() error { return nil }
