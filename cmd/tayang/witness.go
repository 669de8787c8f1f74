package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"tayang/app/audit"
)

type witnessCommand struct {
	URL   string        `arg:"" help:"Address of the Tayang server to watch."`
	State string        `default:"witness" help:"Folder where this witness keeps its key, what it has seen and its evidence."`
	Name  string        `default:"witness" help:"Name under which this witness signs; used when its key is made."`
	Every time.Duration `help:"Look again after this time, as 1m, until stopped; once when left out."`
}

// witness is one person who watches logs from another machine. It needs no account and no database.
type witness struct {
	base   *url.URL
	folder string
	signer note.Signer
	client http.Client
	say    func(format string, args ...any)
}

// errRewritten ends the command with the status of a verification that found differences.
var errRewritten = errors.New("a log does not hold what it held before; the evidence is kept. Tell the inspectorate and the auditors")

// Run fetches the checkpoints of every log of a server, verifies that each holds all that was seen of it before, cosigns
// and keeps them.
func (w witnessCommand) Run(ctx context.Context, c console) error {
	base, err := url.Parse(w.URL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return usageError{fmt.Errorf("%s is no address of a server; write http://host:port or https://host", w.URL)}
	}
	it := &witness{base: base, folder: w.State, client: http.Client{Timeout: 30 * time.Second}, say: c.say}
	if err := os.MkdirAll(w.State, 0o700); err != nil {
		return fmt.Errorf("make the witness's folder: %w", err)
	}
	if it.signer, err = it.key(w.Name); err != nil {
		return err
	}
	for {
		err := it.look(ctx)
		if w.Every == 0 || ctx.Err() != nil {
			return err
		}
		if err != nil { // go on: a witness that stops watching is no witness
			_ = fail(c.err, exitFailed, err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(w.Every):
		}
	}
}

// key reads the witness's own key, or makes it.
func (w *witness) key(name string) (note.Signer, error) {
	file := filepath.Join(w.folder, "witness.key")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		secret, public, err := note.GenerateKey(rand.Reader, name)
		if err != nil {
			return nil, usageError{fmt.Errorf("make the witness's key: %w", err)}
		}
		if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
			return nil, fmt.Errorf("keep the witness's key: %w", err)
		}
		w.say("This witness signs with %s: give it to those who should trust it.", public)
		text = []byte(secret)
	} else if err != nil {
		return nil, fmt.Errorf("read the witness's key: %w", err)
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s holds no key", file)
	}
	return signer, nil
}

// look holds every log of the server, and every one that was seen there before, against what is remembered.
func (w *witness) look(ctx context.Context) error {
	var logs struct{ Items []struct{ ID uuid.UUID } }
	if err := w.fetch(ctx, "logs", &logs); err != nil {
		return err
	}
	there := map[uuid.UUID]bool{}
	var errs []error
	for _, log := range logs.Items {
		there[log.ID] = true
		errs = append(errs, w.watch(ctx, log.ID))
	}
	remembered, err := filepath.Glob(filepath.Join(w.folder, "*.seen.json"))
	if err != nil {
		return err
	}
	for _, file := range remembered {
		id, err := uuid.Parse(strings.TrimSuffix(filepath.Base(file), ".seen.json"))
		if err == nil && !there[id] {
			errs = append(errs, w.alarm(id, &audit.Rewritten{Origin: audit.Origin(id), Why: "the server does not know this log any more"}, nil))
		}
	}
	return errors.Join(errs...)
}

// watch looks at one log.
func (w *witness) watch(ctx context.Context, id uuid.UUID) error {
	seen, err := w.seen(id)
	if err != nil {
		return err
	}
	var keys struct{ Items []audit.KeyBegin }
	var now audit.Consistency
	// Keys last: a key that begins in between is known, and its checkpoint follows at the next look.
	if err := errors.Join(w.fetch(ctx, fmt.Sprintf("logs/%s/growth?from=%d", id, seen.Size), &now), w.fetch(ctx, fmt.Sprintf("logs/%s/keys", id), &keys)); err != nil {
		return err
	}
	next, notices, err := seen.Judge(keys.Items, now, w.signer)
	for _, n := range notices {
		w.say("%s: %s", seen.Origin, n)
	}
	var rewritten *audit.Rewritten
	if errors.As(err, &rewritten) {
		return w.alarm(id, rewritten, map[string]any{"seen": seen, "keys": keys.Items, "answer": now})
	}
	if err != nil {
		return err
	}
	w.say("%s: %d events, all that was seen before is there", next.Origin, next.Size)
	return w.remember(id, next)
}

func (w *witness) alarm(id uuid.UUID, r *audit.Rewritten, evidence any) error {
	w.say("%s", strings.Repeat("!", 78))
	w.say("%s", r.Error())
	if evidence != nil {
		file := filepath.Join(w.folder, fmt.Sprintf("%s.evidence-%s.json", id, clock().Format("20060102T150405Z")))
		text, err := json.MarshalIndent(evidence, "", "  ")
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			return errors.Join(errRewritten, err)
		}
		w.say("What it says now, and what this witness has kept: %s", file)
	}
	w.say("%s", strings.Repeat("!", 78))
	return errRewritten
}

// seen reads what is remembered of a log; the first time there is nothing.
func (w *witness) seen(id uuid.UUID) (s audit.Seen, err error) {
	s.Origin = audit.Origin(id)
	text, err := os.ReadFile(filepath.Join(w.folder, id.String()+".seen.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return s, fmt.Errorf("read what was seen of %s: %w", id, err)
	}
	return s, nil
}

// remember keeps the newest checkpoint, and all of them in a file that only grows.
func (w *witness) remember(id uuid.UUID, s audit.Seen) error {
	if s.Note == "" {
		return nil
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	file := filepath.Join(w.folder, id.String()+".seen.json")
	if old, err := os.ReadFile(file); err == nil && string(old) == string(text) {
		return nil
	}
	all, err := os.OpenFile(filepath.Join(w.folder, id.String()+".checkpoints"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = all.WriteString(s.Note + "\n")
	if err = errors.Join(err, all.Sync(), all.Close()); err != nil {
		return err
	}
	return writeWhole(file, text)
}

// answerBytesMax bounds what a server may answer: it may not be the one it says it is.
const answerBytesMax = 16 << 20

func (w *witness) fetch(ctx context.Context, path string, into any) error {
	at, err := w.base.Parse(strings.TrimSuffix(w.base.Path, "/") + "/api/v1/" + path)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return err
	}
	res, err := w.client.Do(req)
	if err != nil {
		return fmt.Errorf("the server cannot be reached: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s; is it a Tayang server?", at, res.Status)
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, answerBytesMax)).Decode(into); err != nil {
		return fmt.Errorf("%s does not answer as a log: %w", at, err)
	}
	return nil
}
