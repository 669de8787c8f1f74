// Command tayang is the program: server, migrations, sample office, accounts and workbooks. Everything it can do
// lives in app, db and reports; here they are read from the command line and put together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line (contract: Commands).
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Run the server: pages and API."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the database to the newest schema, or look at it."`
	Sample     sampleCommand     `cmd:"" help:"Load the sample office."`
	Government governmentCommand `cmd:"" help:"Keep governments: the public bodies whose accounts lie here."`
	User       userCommand       `cmd:"" help:"Keep accounts."`
	Report     reportCommand     `cmd:"" help:"Make a workbook without the server."`
	Check      checkCommand      `cmd:"" help:"Check the data: ledger, trail, log and files. Exit status 1 when something does not hold."`
	Verify     verifyCommand     `cmd:"" help:"Is this workbook what the ledger says? Is this exported log whole and unchanged?"`
	Log        logCommand        `cmd:"" help:"Keep the sealed log: export it, list and change its keys."`
	Backup     backupCommand     `cmd:"" help:"Write database, files and keys into one encrypted archive, while the server works."`
	Restore    restoreCommand    `cmd:"" help:"Read an archive into an empty database and data folder, and check it."`
	Witness    witnessCommand    `cmd:"" help:"Watch the logs of a server from another machine: verify, cosign and keep their checkpoints."`
	Storybook  storybookCommand  `cmd:"" help:"Serve every page in every state, without a database."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}

// Exit statuses of the program.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitDiffer = 3
)

func main() {
	signal.Ignore(syscall.SIGXFSZ) // a limit on files is an error of the one who writes, not the end of the program
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// console is where a command writes.
type console struct {
	out, err io.Writer
}

func (c console) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c.out, format+"\n", args...)
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var cli commands
	exit := -1
	parser, err := kong.New(&cli, kong.Name("tayang"), kong.Description("Accounts for public money spent on media and influencers."),
		kong.Writers(out, errs), kong.Exit(func(code int) { exit = code }), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(console{out, errs}))
	if err != nil {
		return fail(errs, exitFailed, err)
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 { // help was printed
		return exit
	}
	if err != nil {
		return fail(errs, exitUsage, fmt.Errorf("%w; see tayang --help", err))
	}
	cfg, err := readConfig()
	if err != nil {
		return fail(errs, exitUsage, err)
	}
	if err := parsed.Run(cfg); err != nil {
		var usage usageError
		if errors.As(err, &usage) {
			return fail(errs, exitUsage, err)
		}
		if errors.Is(err, errDiffers) || errors.Is(err, errRewritten) || errors.Is(err, errUnverified) {
			return fail(errs, exitDiffer, err)
		}
		return fail(errs, exitFailed, cfg.advise(err))
	}
	return exitDone
}

// usageError is a command line that cannot be meant.
type usageError struct{ error }

// fail writes one line that says what to do.
func fail(errs io.Writer, code int, err error) int {
	err = inWords(err)
	_, _ = fmt.Fprintln(errs, "tayang: "+strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; "))
	return code
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(c console) error {
	_, err := fmt.Fprintln(c.out, "tayang", version())
	return err
}
