package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/google/uuid"
	_ "github.com/lib/pq" // the driver of the bare queries

	"tayang/db"
	"tayang/db/cluster"
	"tayang/db/sample"
)

// house is the program under measurement: a PostgreSQL of its own as the program sets it up, the rows, and the server
// as a process of its own.
type house struct {
	sizes
	program    string
	folder     string
	temp       string // the folder, when it goes with the run
	cluster    *cluster.Cluster
	sql        *sql.DB // as the owner of the schema
	server     *exec.Cmd
	address    string
	years      map[string]year // by agency code
	government uuid.UUID
}

// startTime bounds the start of the server.
const startTime = 30 * time.Second

// open starts everything and loads the rows; the caller closes the house.
func open(ctx context.Context, s settings, f *figures) (*house, error) {
	h := &house{sizes: s.sizes, program: s.program, folder: s.data}
	if err := h.open(ctx, s.program, f); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) open(ctx context.Context, program string, f *figures) (err error) {
	if h.folder == "" {
		if h.temp, err = os.MkdirTemp("", "tayang-bench-"); err != nil {
			return err
		}
		h.folder = h.temp
	}
	if h.cluster, err = cluster.Open(ctx, h.folder, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	if err := db.MigrateUp(ctx, h.cluster.OwnerDSN()); err != nil {
		return err
	}
	if h.sql, err = sql.Open("postgres", h.cluster.OwnerDSN()); err != nil {
		return err
	}
	if err := h.people(ctx); err != nil {
		return err
	}
	if err := h.rows(ctx, f); err != nil {
		return fmt.Errorf("load rows: %w", err)
	}
	return h.serve(ctx, program)
}

// people makes the accounts of the sample office, once.
func (h *house) people(ctx context.Context) (err error) {
	var there bool
	if err := h.sql.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM government)").Scan(&there); err != nil || there {
		return err
	}
	store, err := db.Open(ctx, h.cluster.AppDSN())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	_, err = sample.Begin(ctx, store)
	return err
}

// serve starts the server and waits until it answers.
func (h *house) serve(ctx context.Context, program string) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h.address = ln.Addr().String()
	if err := ln.Close(); err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(h.folder, "server.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	h.server = exec.CommandContext(context.WithoutCancel(ctx), program, "serve")
	h.server.Env = append(os.Environ(), "TAYANG_ADDR="+h.address, "DATABASE_URL="+h.cluster.OwnerDSN(),
		"TAYANG_DATA="+filepath.Join(h.folder, "server"), "TAYANG_BLOB_URL=", "TAYANG_LOG=info")
	h.server.Stdout, h.server.Stderr = log, log
	if err := h.server.Start(); err != nil {
		h.server = nil
		return fmt.Errorf("start the server: %w; build it with make build", err)
	}
	for end := time.Now().Add(startTime); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if h.ready(ctx) {
			return nil
		}
	}
	return fmt.Errorf("the server is not ready; see %s", log.Name())
}

func (h *house) ready(ctx context.Context) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+h.address+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// signIn gives the bearer token of one of the sample office's people.
func (h *house) signIn(ctx context.Context, who string) (string, error) {
	body, err := json.Marshal(map[string]string{"email": who + "@contoh.go.id", "password": sample.Password})
	if err != nil {
		return "", err
	}
	w, err := h.dial(ctx)
	if err != nil {
		return "", err
	}
	defer w.close()
	raw, err := w.want(http.StatusCreated, post("/api/v1/sessions", "", body))
	if err != nil {
		return "", fmt.Errorf("sign in %s: %w", who, err)
	}
	var answer struct {
		Token string `json:"token"`
	}
	err = json.Unmarshal(raw, &answer)
	return answer.Token, err
}

// stopServer ends the server, for parts that measure without it.
func (h *house) stopServer() error {
	if h.server == nil {
		return nil
	}
	server := h.server
	h.server = nil
	return errors.Join(server.Process.Signal(syscall.SIGTERM), server.Wait())
}

func (h *house) close() error {
	errs := []error{h.stopServer()}
	if h.sql != nil {
		errs = append(errs, h.sql.Close())
	}
	if h.cluster != nil {
		errs = append(errs, h.cluster.Close())
	}
	if h.temp != "" {
		errs = append(errs, os.RemoveAll(h.temp)) //nolint:gosec // made by this run
	}
	return errors.Join(errs...)
}
