package main

import (
	"context"
	"fmt"
	"net"

	"tayang/app/web"
)

type storybookCommand struct{}

// Run serves the stories until it is interrupted.
func (storybookCommand) Run(ctx context.Context, c console, cfg config) error {
	book, err := web.Storybook()
	if err != nil {
		return err
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set TAYANG_ADDR to a free address", cfg.Addr, err)
	}
	c.say("Stories on http://%s/ (stop with Ctrl-C)", ln.Addr())
	failed := make(chan error, 1)
	go func() { failed <- book.Listener(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return shutdown(book)
	}
}
