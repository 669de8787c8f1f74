package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const logSizeMax = 16 << 20

// server is a postmaster; done closes when it has gone.
type server struct {
	pid  int
	done <-chan struct{}
}

func (s server) gone() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// initialise makes the cluster beside its place and moves it there, so that an interrupted start leaves nothing half made.
func (l layout) initialise(ctx context.Context, bin binaries, who *account) error {
	fresh := l.data + ".new"
	var failures []error
	for _, locale := range []string{"C.UTF-8", "C"} {
		if err := makeEmpty(fresh, who); err != nil {
			return err
		}
		out, err := runInitdb(ctx, bin, who, fresh, locale)
		if err == nil {
			if err := os.Rename(fresh, l.data); err != nil {
				return fmt.Errorf("put the new cluster in place: %w", err)
			}
			return nil
		}
		failures = append(failures, fmt.Errorf("make a PostgreSQL cluster in locale %s: %w\n%s", locale, err, out))
	}
	return errors.Join(failures...)
}

func runInitdb(ctx context.Context, bin binaries, who *account, folder, locale string) ([]byte, error) {
	dir, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	cmd := exec.CommandContext(ctx, bin.path("initdb"), "-D", who.reach(folder, 0), "-U", ownerRole, "--auth=trust",
		"--data-checksums", "--encoding=UTF8", "--locale="+locale, "--no-instructions")
	who.dress(cmd, dir)
	return cmd.CombinedOutput()
}

func makeEmpty(folder string, who *account) error {
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("clear %s: %w", folder, err)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		return fmt.Errorf("make %s: %w", folder, err)
	}
	return who.own(folder)
}

// startServer runs postgres in a session of its own, so that a Ctrl-C at the terminal reaches the program alone, which
// then stops the server when its own work is done. Its output goes to a file, never to the program's stdout.
func (l layout) startServer(ctx context.Context, bin binaries, who *account, settings []string) (server, error) {
	if err := l.dropStalePidFile(); err != nil {
		return server{}, err
	}
	log, err := openLog(l.logFile)
	if err != nil {
		return server{}, err
	}
	defer log.Close()
	data, err := os.Open(l.data)
	if err != nil {
		return server{}, fmt.Errorf("open the cluster: %w", err)
	}
	defer data.Close()
	socket, err := os.Open(l.socket)
	if err != nil {
		return server{}, fmt.Errorf("open the socket folder: %w", err)
	}
	defer socket.Close()

	args := []string{"-D", who.reach(l.data, 0)}
	for _, s := range append([]string{
		"listen_addresses=", "port=" + port, "unix_socket_directories=" + quoteList(who.reach(l.socket, 1)),
		"unix_socket_permissions=0700", "cluster_name=tayang", "logging_collector=off", "log_destination=stderr", "timezone=UTC", "log_timezone=UTC",
	}, settings...) {
		args = append(args, "-c", s)
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), bin.path("postgres"), args...)
	cmd.Stdout, cmd.Stderr = log, log
	who.dress(cmd, data, socket)
	if err := cmd.Start(); err != nil {
		return server{}, fmt.Errorf("start PostgreSQL: %w", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = cmd.Wait()
	}()
	return server{pid: cmd.Process.Pid, done: done}, nil
}

// quoteList makes one element of PostgreSQL's comma-separated list of folders.
func quoteList(folder string) string { return `"` + strings.ReplaceAll(folder, `"`, `""`) + `"` }

// watch follows a server that is not a child of this process.
func watch(pid int) server {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for alive(pid) {
			time.Sleep(pollEvery)
		}
	}()
	return server{pid: pid, done: done}
}

// alive reports whether the process exists, even when it belongs to somebody else.
func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// recordedServer reads which process last ran the cluster; 0 when it was stopped cleanly.
func (l layout) recordedServer() int {
	text, err := os.ReadFile(filepath.Join(l.data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return 0
	}
	return pid
}

// runningServer finds the postmaster that a former program left running on this cluster. After a crash of the machine
// its number may belong to any other process, hence the look at the name.
func (l layout) runningServer() (pid int, ok bool) {
	pid = l.recordedServer()
	if pid == 0 || !alive(pid) {
		return 0, false
	}
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return pid, err != nil || strings.TrimSpace(string(name)) == "postgres"
}

// dropStalePidFile removes the mark of a server that is gone and whose number now belongs to another process; with that
// PostgreSQL would refuse to start. All other stale marks it judges itself.
func (l layout) dropStalePidFile() error {
	if pid := l.recordedServer(); pid == 0 || !alive(pid) {
		return nil
	}
	if err := os.Remove(filepath.Join(l.data, "postmaster.pid")); err != nil {
		return fmt.Errorf("remove the mark of a stopped server: %w", err)
	}
	return nil
}

// openLog opens the server's log for appending and keeps one older file when it has grown large.
func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > logSizeMax {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, fmt.Errorf("turn PostgreSQL's log: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open PostgreSQL's log: %w", err)
	}
	return f, nil
}

// tail gives the last lines of a log for an error message.
func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "\n")
}
