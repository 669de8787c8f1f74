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
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := dbtest.Stop(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' PostgreSQL:", err)
		os.Exit(1)
	}
}
