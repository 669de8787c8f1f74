package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"tayang/db/dbtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tayang": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestCommands runs the terminal sessions of testdata, each over an empty database of its own.
func TestCommands(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exit-status": exitStatus},
		Setup: func(e *testscript.Env) error {
			owner := dbtest.Empty(t)
			e.Setenv("DATABASE_URL", owner)
			e.Setenv("TAYANG_DATA", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// exitStatus runs a program that must end with the status: exit-status N program args.
func exitStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit-status N program args")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("want exit status %s, got %d (%v)", want, got, err)
	}
}
