package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// The office that a private server gets: the body whose record it is.
const (
	government = "Instituto Nacional de Transparencia, Acceso a la Información y Protección de Datos Personales (2015)"
	agencyCode = "INAI"
	agencyName = "INAI, Dirección General de Comunicación Social y Difusión"
)

// server is the program itself, run over an empty data folder that is removed in the end.
type server struct {
	program  string // path of the tayang binary
	data     string
	accounts map[role]account
	url      string
	process  *exec.Cmd
	log      *bytes.Buffer
}

// stopWithin is how long the program may take to stop before it is killed.
const stopWithin = 30 * time.Second

// startServer founds the government, its agency and its people, and leaves the program serving. Accounts are made on
// the command line, and those of an agency after the agency, which an administrator founds through the API.
func startServer(ctx context.Context, program string) (s *server, err error) {
	s = &server{accounts: map[role]account{}}
	if s.program, err = filepath.Abs(program); err != nil {
		return nil, err
	}
	if s.data, err = os.MkdirTemp("", "inai-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if err := s.run(ctx, "", "government", "add", government); err != nil {
		return s, err
	}
	if err := s.addUser(ctx, admin); err != nil {
		return s, err
	}
	if err := s.found(ctx); err != nil {
		return s, err
	}
	for _, who := range []role{staff, ppk, verifier, treasurer, head} {
		if err := s.addUser(ctx, who); err != nil {
			return s, err
		}
	}
	return s, s.serve(ctx)
}

// found has the administrator found the agency. The record holds no proofs: the paper of an invoice stands for all that it
// bills, which the rules about proofs and payments would refuse.
func (s *server) found(ctx context.Context) error {
	if err := s.serve(ctx); err != nil {
		return err
	}
	api := newClient(s.url)
	err := api.signIn(ctx, admin, s.accounts[admin])
	if err == nil {
		err = api.post(ctx, admin, "/agencies", "agency", object{"code": agencyCode, "name": agencyName, "scheme": "other", "currency": "MXN"}, nil)
	}
	if err == nil {
		err = s.lenient(ctx, api)
	}
	return errors.Join(err, s.stop())
}

// lenient lets every rule about proofs and payments warn: what was published of 2015 are invoices and their lines, without the
// pictures, reports and receipts behind them, and one invoice stands for several insertions.
func (s *server) lenient(ctx context.Context, api *client) error {
	var standing struct {
		Items []struct{ Code, Mode, Of string } `json:"items"`
	}
	if err := api.get(ctx, admin, "/rule-standing", &standing); err != nil {
		return err
	}
	for _, r := range standing.Items {
		if r.Of == "" || r.Mode != "refuse" {
			continue
		}
		if err := api.post(ctx, admin, "/rules", "rule-"+r.Code, object{
			"code": r.Code, "mode": "warn", "valid_from": "2015-01-01", "basis": "Registro de 2015, como fue publicado",
		}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) addUser(ctx context.Context, who role) error {
	a := account{string(who) + "@inai.example", rand.Text()}
	s.accounts[who] = a
	args := []string{"user", "add", a.email, "--name", "INAI (" + string(who) + ")", "--role", string(who)}
	if who != admin {
		args = append(args, "--agency", agencyCode)
	}
	return s.run(ctx, a.password+"\n", args...)
}

func (s *server) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, s.program, args...) //nolint:gosec // G204: the program that the person at the keyboard names
	c.Dir = s.data
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "TAYANG_") {
			c.Env = append(c.Env, setting)
		}
	}
	c.Env = append(c.Env, "TAYANG_DATA="+s.data, "TAYANG_ADDR=127.0.0.1:0", "TAYANG_BLOB_URL=", "TAYANG_LOG=warn", "DATABASE_URL=")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = stopWithin
	return c
}

func (s *server) run(ctx context.Context, input string, args ...string) error {
	c := s.command(ctx, args...)
	c.Stdin = strings.NewReader(input)
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("tayang %s: %w: %s", strings.Join(args, " "), err, said)
	}
	return nil
}

// serve starts the program and waits until it says where it serves.
func (s *server) serve(ctx context.Context) error {
	c := s.command(ctx, "serve")
	s.log = &bytes.Buffer{}
	c.Stderr = s.log
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("start %s: %w", s.program, err)
	}
	s.process = c
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return errors.Join(fmt.Errorf("tayang serve does not say where it serves: %w", err), s.stop())
	}
	_, at, _ := strings.Cut(first, "http://")
	host, _, _ := strings.Cut(at, " ")
	s.url = "http://" + strings.TrimSpace(host)
	go func() { _, _ = io.Copy(io.Discard, out) }() // so that the program never waits for a reader
	return nil
}

// stop ends the program; that it says anything on the way is a fault.
func (s *server) stop() error {
	if s.process == nil {
		return nil
	}
	c := s.process
	s.process = nil
	timer := time.AfterFunc(stopWithin, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	if err := c.Wait(); err != nil {
		return fmt.Errorf("tayang serve: %w: %s", err, s.log)
	}
	return nil
}

// Close stops the program and removes its data.
func (s *server) Close() error { return errors.Join(s.stop(), os.RemoveAll(s.data)) }
