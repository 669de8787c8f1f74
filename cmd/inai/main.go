// Command inai takes a public record into Tayang: one year of official advertising of Mexico's transparency institute,
// as it was published (docs/real-data.md). It is a client like any other: all that it knows of the product is its API
// and, for a server of its own, its command line; nothing of app may be imported here.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Exit statuses, as those of tayang.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitDiffers = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "inai:", err)
	}
	os.Exit(statusOf(err))
}

func statusOf(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, errDiffers):
		return exitDiffers
	}
	return exitFailed
}

var (
	errUsage   = errors.New("usage: inai [-program bin/tayang | -url URL -agency CODE -accounts FILE] FOLDER OUTFOLDER")
	errDiffers = errors.New("the books and the record do not tie")
)

// settings are what the command line says.
type settings struct {
	program, url, agency, accounts string
	record, out                    string
}

func readSettings(args []string) (s settings, err error) {
	flags := flag.NewFlagSet("inai", flag.ContinueOnError)
	flags.StringVar(&s.program, "program", "bin/tayang", "the program to run as a private server")
	flags.StringVar(&s.url, "url", "", "address of a server that runs already, instead")
	flags.StringVar(&s.agency, "agency", agencyCode, "with -url: code of the agency, which must be empty")
	flags.StringVar(&s.accounts, "accounts", "", "with -url: file of lines \"role email password\" for staff, ppk, verifier, treasurer and head")
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err != nil {
		return s, fmt.Errorf("%w (%w)", errUsage, err)
	}
	if flags.NArg() != 2 || (s.url == "") != (s.accounts == "") {
		return s, errUsage
	}
	s.record, s.out = flags.Arg(0), flags.Arg(1)
	return s, nil
}

// run loads the record and writes the account of it; differences between the two are an error.
func run(ctx context.Context, args []string, out io.Writer) error {
	s, err := readSettings(args)
	if err != nil {
		return err
	}
	t, err := s.load(ctx, out)
	if t != nil {
		t.print(out)
	}
	if err != nil {
		return err
	}
	if d := t.differences(); len(d) > 0 {
		return fmt.Errorf("%w: %s", errDiffers, strings.Join(d, "; "))
	}
	return nil
}

func (s settings) load(ctx context.Context, out io.Writer) (t *tally, err error) {
	l := &loader{agency: s.agency, out: out, now: time.Now}
	began := l.now()
	if l.record, err = readRecord(s.record); err != nil {
		return nil, err
	}
	if l.plan, err = newPlan(l.record); err != nil {
		return nil, err
	}
	var accounts map[role]account
	if s.url == "" {
		private, err := startServer(ctx, s.program)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, private.Close()) }()
		s.url, accounts = private.url, private.accounts
	} else if accounts, err = readAccounts(s.accounts); err != nil {
		return nil, err
	}
	l.api = newClient(s.url)
	for _, who := range []role{staff, ppk, verifier, treasurer, head} {
		if err := l.api.signIn(ctx, who, accounts[who]); err != nil {
			return nil, err
		}
	}
	l.timings = append(l.timings, timing{"record, server, sign-in", l.api.requests.Load(), l.now().Sub(began)})
	return l.takeOver(ctx, s.out)
}

// takeOver loads, reads the books back and has the workbook made. Without the workbook there is still an account.
func (l *loader) takeOver(ctx context.Context, folder string) (*tally, error) {
	if err := l.load(ctx); err != nil {
		return nil, err
	}
	var t *tally
	if err := l.timed(ctx, "books read back", func(ctx context.Context) error {
		b, err := l.readBooks(ctx)
		t = l.tally(b)
		return err
	}); err != nil {
		return nil, err
	}
	err := l.timed(ctx, "workbook", func(ctx context.Context) (err error) {
		t.workbook, err = l.makeWorkbook(ctx, folder)
		return err
	})
	t.timings = l.timings
	return t, err
}

// readAccounts reads lines "role email password".
func readAccounts(path string) (_ map[role]account, err error) {
	f, err := os.Open(path) //nolint:gosec // G304: the file is an argument of the program
	if err != nil {
		return nil, fmt.Errorf("read the accounts: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := map[role]account{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) == 3 {
			out[role(words[0])] = account{words[1], words[2]}
		}
	}
	return out, lines.Err()
}
