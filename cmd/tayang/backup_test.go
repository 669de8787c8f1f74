package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"tayang/db"
	"tayang/db/backup"
	"tayang/db/dbtest"
)

const archivePassphrase = "kata sandi cadangan"

// TestBackupIsTakenWhileTheServerWorks takes an archive under load and restores it on an empty machine, where every check
// holds and the work goes on.
func TestBackupIsTakenWhileTheServerWorks(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	ctx, stop := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for i := range 4 {
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				s.do(t, "staff", "POST", "./campaigns", m{"name": fmt.Sprint("Sehat ", i, n), "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201)
			}
		})
	}
	var archive bytes.Buffer
	manifest, err := s.p.backup(t.Context(), &archive, archivePassphrase)
	stop()
	clients.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if len(manifest.Governments) != 1 || len(manifest.Checkpoints) != 1 {
		t.Errorf("manifest: %+v", manifest)
	}

	cfg := config{Addr: "127.0.0.1:0", DatabaseURL: dbtest.Empty(t), Data: t.TempDir(), BaseURL: "http://127.0.0.1:8080", Log: "error"}
	if _, err := restore(t.Context(), cfg, cfg.DatabaseURL, bytes.NewReader(archive.Bytes()), "kata sandi yang salah"); !errors.Is(err, backup.ErrPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	if _, err := restore(t.Context(), cfg, cfg.DatabaseURL, bytes.NewReader(archive.Bytes()), archivePassphrase); err != nil {
		t.Fatal(err)
	}
	if _, err := restore(t.Context(), cfg, cfg.DatabaseURL, bytes.NewReader(archive.Bytes()), archivePassphrase); !errors.Is(err, db.ErrNotEmpty) {
		t.Errorf("over what is there: %v", err)
	}
	p, err := open(t.Context(), cfg, quiet())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.tied(t.Context(), manifest); err != nil {
		t.Error(err)
	}
	again := &stock{office: &office{p: p, tokens: map[string]string{}}}
	again.serve(t)
	again.do(t, "staff", "POST", "./campaigns", m{"name": "Sesudah", "start_date": "2026-02-01", "end_date": "2026-06-30"}).want(201)
	again.sealed(t)
	if text, failed := again.checked(t); failed {
		t.Errorf("after the restore:\n%s", text)
	}
}

// TestDamagedArchivesAreRefused: half an archive, one with a changed byte, and something else.
func TestDamagedArchivesAreRefused(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	t.Cleanup(func() { _ = o.p.Close() })
	var archive bytes.Buffer
	if _, err := o.p.backup(t.Context(), &archive, archivePassphrase); err != nil {
		t.Fatal(err)
	}
	whole := archive.Bytes()
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	for name, content := range map[string][]byte{"half": whole[:len(whole)/2], "changed": changed, "another file": []byte("PK\x03\x04"), "empty": nil} {
		cfg := config{DatabaseURL: dbtest.Empty(t), Data: t.TempDir()}
		if _, err := restore(t.Context(), cfg, cfg.DatabaseURL, bytes.NewReader(content), archivePassphrase); err == nil {
			t.Errorf("%s was restored", name)
		}
		p, err := open(t.Context(), config{Addr: "127.0.0.1:0", DatabaseURL: cfg.DatabaseURL, Data: cfg.Data, BaseURL: "http://x", Log: "error"}, quiet())
		if err != nil {
			t.Fatal(err)
		}
		if err := p.checkAll(t.Context(), console{io.Discard, io.Discard}, ""); err != nil {
			t.Errorf("%s has left something behind: %v", name, err)
		}
		_ = p.Close()
	}
}
