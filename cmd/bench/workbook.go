package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/report"
	"tayang/db"
	"tayang/db/sample"
	"tayang/reports"
)

// effort is what one workbook took, in a process of its own.
type effort struct {
	Wall  float64 `json:"wall"` // seconds
	CPU   float64 `json:"cpu"`  // seconds, user and system
	Peak  float64 `json:"peak"` // resident MiB at the highest, the program itself included
	Bytes int64   `json:"bytes"`
	Cells int64   `json:"cells"`
}

// order tells a child whose workbook to make.
type order struct {
	DSN        string    `json:"dsn"`
	Government uuid.UUID `json:"government"`
	Agency     uuid.UUID `json:"agency"`
}

// Limits of the workbook of 20,000 placements.
const (
	workbookRuns   = 3
	workbookCPUMax = 2.0 // seconds
	orderVariable  = "BENCH_WORKBOOK"
)

// workbooks makes the accountability workbook from the database, and beside it writes the same cells out of memory with
// excelize's stream writer; each in a process of its own, the median of three by wall time.
func (h *house) workbooks(ctx context.Context, f *figures) error {
	o := order{h.cluster.AppDSN(), h.government, h.years[sample.Setwan].id}
	var ours, theirs [workbookRuns]effort
	for i := range workbookRuns {
		var err error
		if ours[i], err = child(ctx, "ours", o); err != nil {
			return err
		}
		if theirs[i], err = child(ctx, "stream", o); err != nil {
			return err
		}
	}
	a, b := median(ours), median(theirs)
	f.note("the workbook has %d cells in its registers and %.1f MB", a.Cells, float64(a.Bytes)/1e6)
	cpu := limit{}
	if h.workbook <= 20_000 {
		cpu = atMost(workbookCPUMax)
	}
	f.add("workbook_wall", a.Wall, "s", limit{})
	f.add("workbook_cpu", a.CPU, "s", cpu)
	f.add("workbook_peak", a.Peak, "MiB", limit{})
	f.add("workbook_stream_writer_wall", b.Wall, "s", limit{})
	f.add("workbook_stream_writer_cpu", b.CPU, "s", limit{})
	f.add("workbook_stream_writer_peak", b.Peak, "MiB", limit{})
	f.add("workbook_wall_ratio", a.Wall/b.Wall, "times", limit{})
	f.add("workbook_cpu_ratio", a.CPU/b.CPU, "times", limit{})
	f.add("workbook_peak_ratio", a.Peak/b.Peak, "times", atMost(1))
	return nil
}

func median(runs [workbookRuns]effort) effort {
	slices.SortFunc(runs[:], func(a, b effort) int { return int((a.Wall - b.Wall) * 1e6) })
	return runs[workbookRuns/2]
}

// child runs this program once more, to make one workbook.
func child(ctx context.Context, how string, o order) (e effort, err error) {
	text, err := json.Marshal(o)
	if err != nil {
		return e, err
	}
	self, err := os.Executable()
	if err != nil {
		return e, err
	}
	cmd := exec.CommandContext(ctx, self, "-child", how) //nolint:gosec // this very program
	cmd.Env, cmd.Stderr = append(os.Environ(), orderVariable+"="+string(text)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return e, fmt.Errorf("make a workbook (%s): %w", how, err)
	}
	return e, json.Unmarshal(out, &e)
}

// makeWorkbook is the child: it makes the workbook and says what that took.
func makeWorkbook(ctx context.Context, how string, out io.Writer) (err error) {
	var o order
	if err := json.Unmarshal([]byte(os.Getenv(orderVariable)), &o); err != nil {
		return fmt.Errorf("read %s: %w", orderVariable, err)
	}
	store, err := db.Open(ctx, o.DSN)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var e effort
	switch how {
	case "ours":
		e, err = fromDatabase(ctx, store, o)
	case "stream":
		e, err = fromMemory(ctx, store, o)
	default:
		err = fmt.Errorf("no way %q to make a workbook", how)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(e)
}

func (o order) actor() access.Actor {
	return access.Actor{Government: o.Government, Name: "Audi Contoh", Email: "auditor@contoh.go.id"}
}

func (o order) request() report.Request {
	return report.Request{Kind: report.Accountability, AgencyID: o.Agency, FiscalYear: 2026, Language: report.Indonesian}
}

// fromDatabase is what the program does for a user, from the first query to the last byte.
func fromDatabase(ctx context.Context, store *db.Store, o order) (effort, error) {
	cells := cellCounter{Writer: reports.Writer{}}
	return spend(&cells.n, func(w io.Writer) error {
		made, err := report.Maker{Source: store, Writer: &cells}.Make(ctx, o.actor(), o.request(), w, nil)
		if err == nil && !made.Agrees {
			err = errors.New("the workbook's controls do not agree")
		}
		return err
	})
}

// cellCounter counts the cells of the registers that pass.
type cellCounter struct {
	reports.Writer
	n int64
}

// WriteAccountability counts what it hands on.
func (c *cellCounter) WriteAccountability(ctx context.Context, doc *report.Document, w io.Writer) error {
	for i, r := range doc.Registers {
		doc.Registers[i].Rows = func(yield func([]report.Cell, error) bool) {
			for row, err := range r.Rows {
				if c.n += int64(len(row)); !yield(row, err) {
					return
				}
			}
		}
	}
	return c.Writer.WriteAccountability(ctx, doc, w)
}

// spend measures work: its time, the processor's time in this process, and the process's memory at its highest.
func spend(cells *int64, work func(w io.Writer) error) (effort, error) {
	var before, after syscall.Rusage
	var size counter
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		return effort{}, err
	}
	begin := time.Now()
	if err := work(&size); err != nil {
		return effort{}, err
	}
	wall := time.Since(begin)
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		return effort{}, err
	}
	peak, err := highWater("self")
	return effort{Wall: wall.Seconds(), CPU: processor(after) - processor(before), Peak: peak, Bytes: int64(size), Cells: *cells}, err
}

// highWater is the most memory a process has had resident, in MiB. getrusage would count what the parent had when it
// started the process.
func highWater(process string) (float64, error) {
	status, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(text), " kB"), 10, 64)
			return float64(kib) / 1024, err
		}
	}
	return 0, errors.New("/proc has no VmHWM of the process")
}

func processor(u syscall.Rusage) float64 {
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// counter swallows bytes and counts them.
type counter int64

// Write counts.
func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
