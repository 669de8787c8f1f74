package main

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"
)

func TestFiguresAreHeldToTheirLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		value float64
		limit limit
		want  string
	}{
		"no limit":     {1e9, limit{}, "(limit none) ok"},
		"on the limit": {0.25, atLeast(0.25), "(limit >= 0.25) ok"},
		"too little":   {0.2499, atLeast(0.25), "(limit >= 0.25) MISSED"},
		"little":       {99, atMost(100), "(limit <= 100) ok"},
		"too much":     {100.1, atMost(100), "(limit <= 100) MISSED"},
		"not a number": {math.NaN(), atMost(100), "(limit <= 100) MISSED"},
	} {
		var out bytes.Buffer
		f := figures{out: &out}
		f.add("figure", c.value, "ms", c.limit)
		missed := strings.HasSuffix(c.want, "MISSED")
		if !strings.HasSuffix(out.String(), c.want+"\n") || (f.verdict() != nil) != missed {
			t.Errorf("%s: %q, %v", name, out.String(), f.verdict())
		}
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var hundred times
	for i := 100; i > 0; i-- {
		hundred = append(hundred, time.Duration(i)*time.Millisecond)
	}
	for q, want := range map[float64]float64{0.5: 50, 0.99: 99, 1: 100} {
		if got := hundred.quantile(q); got != want {
			t.Errorf("%g of 1 to 100 ms: %g", q, got)
		}
	}
	if got := (times{3 * time.Millisecond}).quantile(0.99); got != 3 {
		t.Errorf("of one: %g", got)
	}
}

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-placements", "10"}, {"-clients", "0"}, {"-seconds", "-1"}, {"-nonsense"}} {
		if _, err := read(args); err == nil {
			t.Errorf("%v passes", args)
		}
	}
	if s, err := read([]string{"-placements", "20000"}); err != nil || s.placements != 20_000 || s.clients != 32 {
		t.Errorf("%+v, %v", s, err)
	}
}
