package main

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/xuri/excelize/v2"

	"tayang/app/report"
	"tayang/db"
)

// sheet is a register in memory, ready to be written.
type sheet struct {
	name string
	rows [][]any
}

// fromMemory writes the cells of the same registers with excelize's stream writer. The reading is not measured, but what
// was read is in memory, as it has to be for this way of writing.
func fromMemory(ctx context.Context, store *db.Store, o order) (effort, error) {
	var sheets []sheet
	var cells int64
	err := store.ReportSnapshot(ctx, o.actor(), o.request(), func(s report.Snapshot) error {
		for _, r := range report.Compose(ctx, s, nil).Registers {
			kept, err := keep(r)
			if err != nil {
				return err
			}
			sheets = append(sheets, kept)
			cells += int64(len(kept.rows) * len(r.Columns))
		}
		return nil
	})
	if err != nil {
		return effort{}, err
	}
	runtime.GC()
	return spend(&cells, func(w io.Writer) error { return write(sheets, w) })
}

// keep reads a register into memory, numbers as numbers and the rest as text.
func keep(r report.Register) (sheet, error) {
	s := sheet{name: string(r.Key)}
	for row, err := range r.Rows {
		if err != nil {
			return s, err
		}
		cells := make([]any, len(row))
		for i, c := range row {
			switch t := r.Columns[i].Type; {
			case !c.Set:
			case t == report.Identifier || t == report.Text || t == report.Term:
				cells[i] = c.Text
			default:
				cells[i] = c.Number
			}
		}
		s.rows = append(s.rows, cells)
	}
	return s, nil
}

func write(sheets []sheet, w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, s := range sheets {
		if _, err := f.NewSheet(s.name); err != nil {
			return err
		}
		stream, err := f.NewStreamWriter(s.name)
		if err != nil {
			return err
		}
		for i, cells := range s.rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				return err
			}
			if err := stream.SetRow(at, cells); err != nil {
				return err
			}
		}
		if err := stream.Flush(); err != nil {
			return err
		}
	}
	return f.Write(w)
}
