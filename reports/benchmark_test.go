package reports_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tayang/app/money"
	"tayang/app/report"
	"tayang/reports"
)

// manyPlacements is the number of placements of a large office in a year.
const manyPlacements = 20_000

// largeOffice streams many placements, made as they are asked for.
type largeOffice struct {
	*office
	placement report.PlacementRow
}

func newLargeOffice(b *testing.B) *largeOffice {
	small := smallOffice(b)
	return &largeOffice{small, small.placements[0]}
}

func (o *largeOffice) ReportPlacements(context.Context) iter.Seq2[report.PlacementRow, error] {
	return func(yield func(report.PlacementRow, error) bool) {
		for i := range manyPlacements {
			row := o.placement
			row.ID = id(9, i)
			row.Title = fmt.Sprintf("Liputan kegiatan nomor %d", i)
			row.URL = fmt.Sprintf("https://warta.example/p/%d", i)
			if !yield(row, nil) {
				return
			}
		}
	}
}

func largeDocument(b *testing.B) *report.Document {
	b.Helper()
	return report.Compose(b.Context(), report.Snapshot{Heading: heading(report.Indonesian, money.IDR), Figures: smallFigures(), Rows: newLargeOffice(b)}, nil)
}

// peak runs work and gives how much more heap was in use at its highest than before it.
func peak(work func()) (bytes uint64, took time.Duration) {
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var highest atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			highest.Store(max(highest.Load(), now.HeapInuse))
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	began := time.Now()
	work()
	took = time.Since(began)
	close(stop)
	<-stopped
	return max(highest.Load(), before.HeapInuse) - before.HeapInuse, took
}

// streamWriter writes the same cells with excelize's own stream writer, out of memory.
func streamWriter(b *testing.B, doc *report.Document) {
	b.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for _, r := range doc.Registers {
		rows := [][]any{}
		for row, err := range r.Rows {
			if err != nil {
				b.Fatal(err)
			}
			cells := make([]any, len(row))
			for i, c := range row {
				switch {
				case !c.Set:
				case r.Columns[i].Type == report.Identifier || r.Columns[i].Type == report.Text || r.Columns[i].Type == report.Term:
					cells[i] = c.Text
				default:
					cells[i] = c.Number
				}
			}
			rows = append(rows, cells)
		}
		if _, err := f.NewSheet(string(r.Key)); err != nil {
			b.Fatal(err)
		}
		w, err := f.NewStreamWriter(string(r.Key))
		if err != nil {
			b.Fatal(err)
		}
		for i, cells := range rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				b.Fatal(err)
			}
			if err := w.SetRow(cell, cells); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Write(io.Discard); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAccountability writes the workbook of 20,000 placements, and beside it the same cells with excelize's
// StreamWriter: time-ratio and memory-ratio are ours over its.
func BenchmarkAccountability(b *testing.B) {
	var ours, theirs struct {
		took  time.Duration
		bytes uint64
	}
	for b.Loop() {
		bytes, took := peak(func() {
			if err := (reports.Writer{}).WriteAccountability(b.Context(), largeDocument(b), io.Discard); err != nil {
				b.Fatal(err)
			}
		})
		ours.took, ours.bytes = ours.took+took, max(ours.bytes, bytes)
		bytes, took = peak(func() { streamWriter(b, largeDocument(b)) })
		theirs.took, theirs.bytes = theirs.took+took, max(theirs.bytes, bytes)
	}
	const mebibyte = 1 << 20
	b.ReportMetric(ours.took.Seconds()/float64(b.N), "s/workbook")
	b.ReportMetric(float64(ours.bytes)/mebibyte, "MiB-peak")
	b.ReportMetric(ours.took.Seconds()/theirs.took.Seconds(), "time-ratio")
	b.ReportMetric(float64(ours.bytes)/float64(theirs.bytes), "memory-ratio")
}
