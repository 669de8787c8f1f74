package cluster

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const childFolder = "TAYANG_CLUSTER_TEST_FOLDER"

// TestMain is also the program that the tests kill: it opens the cluster of a folder and waits.
func TestMain(m *testing.M) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		os.Exit(m.Run())
	}
	c, err := Open(context.Background(), dir, slog.Default(), "fsync=off")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("open", c.server.pid)
	select {}
}

func open(t *testing.T, dir string) *Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c, err := Open(ctx, dir, slog.New(slog.DiscardHandler), "fsync=off")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.stop() })
	return c
}

func query(t *testing.T, dsn, statement string) string {
	t.Helper()
	pool, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var out string
	if err := pool.QueryRowContext(t.Context(), statement).Scan(&out); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return out
}

func TestClusterIsMadeStoppedAndStartedAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "it's data")
	c := open(t, dir)
	for statement, want := range map[string]string{
		"SHOW server_encoding":  "UTF8",
		"SHOW data_checksums":   "on",
		"SHOW listen_addresses": "",
		"SELECT current_user || (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) || current_database()": "tayang_ownertruetayang",
	} {
		if got := query(t, c.OwnerDSN(), statement); got != want {
			t.Errorf("%s: got %q, want %q", statement, got, want)
		}
	}
	if info, err := os.Stat(c.layout.socket); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: %v %v, want mode 0700", info.Mode(), err)
	}
	query(t, c.OwnerDSN(), "WITH x AS (SELECT set_config('a.b', 'c', false)) SELECT * FROM x")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if pid, ok := c.layout.runningServer(); ok {
		t.Fatalf("PostgreSQL still runs as %d after Close", pid)
	}
	began := time.Now()
	again := open(t, dir)
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("started and stopped again in %s", time.Since(began))
}

func TestSecondProgramIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, dir)
	_, err := Open(t.Context(), dir, slog.New(slog.DiscardHandler))
	if want := fmt.Sprintf("is in use by process %d", os.Getpid()); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// killedProgram opens the folder in another process and kills that with SIGKILL; PostgreSQL's process id is returned.
func killedProgram(t *testing.T, dir string) (postmaster int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "open %d", &postmaster); err != nil || scanErr != nil {
		t.Fatalf("other program said %q: %v", line, err)
	}
	// The whole group, as a terminal or a supervisor would.
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	return postmaster
}

func TestServerOfAKilledProgramIsTakenOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	postmaster := killedProgram(t, dir)
	c := open(t, dir)
	if c.server.pid != postmaster {
		t.Errorf("runs as %d, want the one that was left, %d", c.server.pid, postmaster)
	}
	if got := query(t, c.OwnerDSN(), "SELECT 'there'"); got != "there" {
		t.Error(got)
	}
	if err := c.Close(); err != nil || alive(postmaster) {
		t.Errorf("close: %v, server alive: %v", err, alive(postmaster))
	}
}

func TestCrashedServerIsStartedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	postmaster := killedProgram(t, dir)
	if err := syscall.Kill(postmaster, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for alive(postmaster) {
		time.Sleep(pollEvery)
	}
	time.Sleep(500 * time.Millisecond) // its own children end when they notice
	if c := open(t, dir); c.server.pid == postmaster {
		t.Error("took over a dead server")
	}
}

func TestForeignProcessUnderTheRecordedNumber(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, dir)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	mark := fmt.Sprintf("%d\n%s\n", os.Getpid(), first.layout.data)
	if err := os.WriteFile(filepath.Join(first.layout.data, "postmaster.pid"), []byte(mark), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

func TestLongFolderFallsBackToShortSocket(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), strings.Repeat("long/", 25))
	c := open(t, dir)
	t.Cleanup(func() { _ = os.RemoveAll(c.layout.socket) })
	if strings.HasPrefix(c.layout.socket, c.layout.root) {
		t.Errorf("socket in %s, want a short folder", c.layout.socket)
	}
	query(t, c.OwnerDSN(), "SELECT 'there'")
}

func TestFailedStartShowsTheLog(t *testing.T) {
	t.Parallel()
	_, err := Open(t.Context(), t.TempDir(), slog.New(slog.DiscardHandler), "no_such_setting=1")
	if err == nil || !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("got %v, want PostgreSQL's own words", err)
	}
}

func TestMissingVersionIsNamed(t *testing.T) {
	t.Parallel()
	_, err := findBinaries(t.Context(), 99)
	if err == nil || !strings.Contains(err.Error(), "install postgresql-99") {
		t.Errorf("got %v, want the package to install", err)
	}
}
