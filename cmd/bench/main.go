// Command bench measures the program as its users meet it, beside what bounds it, in one run on one PostgreSQL:
// placements created by HTTP beside pgbench, lists and records at a million placements beside the bare query, the
// accountability workbook beside excelize's stream writer, and pictures sent as proofs beside sha256sum, cp and sync; then
// approvals beside pgbench with the same statements, sealing, the check of everything and proofs of events. It loads its own
// rows and holds the limits of docs/performance.md; rules and storage it only uses.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// sizes is how much is measured.
type sizes struct {
	placements int64 // in the agency of the lists
	workbook   int64 // in the agency of the workbook
	requests   int   // of each list
	clients    int   // that create
	readers    int   // that ask for lists
	seconds    int   // of creating, by HTTP and by pgbench each
	entries    int64 // in the ledger and the trail of the long history
	events     int64 // that are sealed and checked
	leaves     int64 // of the log in which events are proved
	proofFiles int   // pictures that are sent as proofs
}

// settings is the command line.
type settings struct {
	sizes
	program string // the server to measure
	data    string // folder to keep; empty: one that goes with the run
	only    string // parts to run
	child   string // this process is a child that makes a workbook
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func read(args []string) (s settings, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.Int64Var(&s.placements, "placements", 1_000_000, "placements behind the lists")
	flags.Int64Var(&s.workbook, "workbook", 20_000, "placements in the workbook")
	flags.IntVar(&s.requests, "requests", 400, "requests of each list")
	flags.IntVar(&s.clients, "clients", 32, "clients that create placements")
	flags.IntVar(&s.readers, "readers", 8, "clients that ask for lists")
	flags.IntVar(&s.seconds, "seconds", 15, "time of creating, by HTTP and by pgbench each")
	flags.Int64Var(&s.entries, "entries", 5_000_000, "entries and events of the long history")
	flags.Int64Var(&s.events, "events", 1_000_000, "events that are sealed and checked")
	flags.Int64Var(&s.leaves, "leaves", 10_000_000, "events of the log in which some are proved")
	flags.IntVar(&s.proofFiles, "proofs", 2000, "pictures of 2 MB that are sent as proofs")
	flags.StringVar(&s.program, "program", "bin/tayang", "the server to measure")
	flags.StringVar(&s.data, "data", "", "folder to keep for the next run, which then loads nothing again")
	flags.StringVar(&s.only, "only", "lists,workbook,create,proofs,approve,history,trail", "parts to run")
	flags.StringVar(&s.child, "child", "", "make one workbook and say what it took: ours or stream (used by the run itself)")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.placements < 1000 || s.workbook < 1000 || s.requests < 1 || s.clients < 1 || s.readers < 1 || s.seconds < 1 {
		return s, errors.New("at least 1000 placements, and one of everything else")
	}
	return s, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := read(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.child != "" {
		return makeWorkbook(ctx, s.child, out)
	}
	f := &figures{out: out}
	if err := measure(ctx, s, f); err != nil {
		return err
	}
	return f.verdict()
}

// measure runs the parts one after the other: what only reads goes first.
func measure(ctx context.Context, s settings, f *figures) (err error) {
	f.note("%s, %d cores, load %s", time.Now().Format(time.RFC3339), runtime.NumCPU(), loadAverage())
	h, err := open(ctx, s, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	for _, part := range []struct {
		name string
		run  func(context.Context, *figures) error
	}{{"lists", h.lists}, {"workbook", h.workbooks}, {"create", h.create}, {"proofs", h.proofs}, {"approve", h.approvals}, {"history", h.history}, {"trail", h.trail}} {
		if !strings.Contains(s.only, part.name) {
			continue
		}
		f.note("%s, load %s", part.name, loadAverage())
		if err := part.run(ctx, f); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// loadAverage is how busy the machine was over the last minute, where it says so.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	load, _, _ := strings.Cut(string(text), " ")
	return load
}
