// Command stop ends the PostgreSQL that the tests share; make test runs it last. A server in use is left alone.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"tayang/db/dbtest"
)

func main() {
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' PostgreSQL:", err)
		os.Exit(1)
	}
}

func stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return dbtest.Stop(ctx)
}
