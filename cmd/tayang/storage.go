package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tayang/app/fault"
)

// How the place of files is looked after.
const (
	storageAge = 5 * time.Second  // that an answer about it is good for
	tidyEvery  = time.Hour        // what did not arrive is swept away
	staleAge   = 10 * time.Minute // of what did not arrive; a request ends long before
)

// storage is what was last found out about the place of files.
type storage struct {
	mu   sync.Mutex
	at   time.Time
	code string
}

// Storage gives the code of the fault with which files are refused now, empty when they are kept: storage_full or
// storage_unavailable.
func (p *program) Storage(ctx context.Context) string {
	p.storage.mu.Lock()
	defer p.storage.mu.Unlock()
	if now := p.now(); now.Sub(p.storage.at) > storageAge {
		code := ""
		if err := p.blobs.Check(ctx); err != nil {
			code = fault.From(err).Code
			p.log.LogAttrs(ctx, slog.LevelError, "files cannot be kept", slog.Any("error", err))
		}
		if ctx.Err() != nil { // nothing was found out
			return code
		}
		p.storage.at, p.storage.code = now, code
	}
	return p.storage.code
}

// tidy sweeps what did not arrive away, at the start and from time to time, until ctx ends.
func (p *program) tidy(ctx context.Context) {
	for {
		removed, err := p.blobs.Sweep(ctx, p.now().Add(-staleAge))
		switch {
		case err != nil && ctx.Err() == nil:
			p.log.WarnContext(ctx, "sweep what did not arrive", slog.Any("error", err))
		case removed > 0:
			p.log.InfoContext(ctx, "swept what did not arrive", slog.Int("files", removed))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(tidyEvery):
		}
	}
}
