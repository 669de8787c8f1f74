package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
)

type serveCommand struct {
	Sample bool `help:"Load the sample office when the database is empty."`
}

// Run serves until it is interrupted.
func (s serveCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	p, err := open(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if s.Sample {
		if err := p.loadSample(ctx, c); err != nil {
			return err
		}
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set TAYANG_ADDR to a free address", cfg.Addr, err)
	}
	c.say("Tayang serves on http://%s (stop with Ctrl-C)", ln.Addr())
	return p.serve(ctx, ln)
}

func newLog(c console, cfg config) *slog.Logger {
	level, _ := cfg.level() // checked when the settings were read
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: level}))
}
