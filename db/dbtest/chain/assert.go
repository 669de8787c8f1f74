package chain

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/placement"
)

// Wants asserts the code of a refusal and its fields, each "pointer code"; "" wants success.
func Wants(t testing.TB, err error, code string, fields ...string) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Fatalf("refused: %v", err)
		}
		return
	}
	f := fault.From(err)
	var got []string
	for _, w := range f.Fields {
		got = append(got, w.Pointer+" "+w.Code)
	}
	if err == nil || f.Code != code || !slices.Equal(got, fields) {
		t.Fatalf("got %v, want %s %v", err, code, fields)
	}
}

// Crowd does the same n times at once.
func Crowd(ctx context.Context, n int, do func(ctx context.Context) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = do(ctx) })
	}
	all.Wait()
	return errs
}

// IDs are the ids of placements, in order.
func IDs(ps []placement.Placement) []uuid.UUID {
	out := make([]uuid.UUID, len(ps))
	for i, p := range ps {
		out[i] = p.ID
	}
	return out
}
