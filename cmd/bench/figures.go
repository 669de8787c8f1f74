package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"time"
)

// limit is what a figure is held against. The zero limit allows everything.
type limit struct {
	least, most float64
	set         bool
}

func atLeast(n float64) limit { return limit{n, math.Inf(1), true} }
func atMost(n float64) limit  { return limit{math.Inf(-1), n, true} }

func (l limit) String() string {
	switch {
	case !l.set:
		return "none"
	case math.IsInf(l.most, 1):
		return fmt.Sprintf(">= %g", l.least)
	}
	return fmt.Sprintf("<= %g", l.most)
}

// figures prints what was measured, a line each, and remembers what missed its limit.
type figures struct {
	out    io.Writer
	missed []string
}

func (f *figures) note(format string, args ...any) {
	_, _ = fmt.Fprintf(f.out, "# "+format+"\n", args...)
}

func (f *figures) add(name string, value float64, unit string, l limit) {
	verdict := "ok"
	if l.set && !(value >= l.least && value <= l.most) {
		verdict = "MISSED"
		f.missed = append(f.missed, name)
	}
	_, _ = fmt.Fprintf(f.out, "%-34s %10s %-8s (limit %s) %s\n", name, short(value), unit, l, verdict)
}

// short writes three significant digits, and large numbers whole.
func short(v float64) string {
	if math.Abs(v) >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// verdict is an error when a limit was missed.
func (f *figures) verdict() error {
	if len(f.missed) > 0 {
		return fmt.Errorf("limits missed: %v", f.missed)
	}
	return nil
}

// times are the durations of one kind of request.
type times []time.Duration

// quantile is the smallest duration that the share q of all does not exceed, in milliseconds.
func (t times) quantile(q float64) float64 {
	if len(t) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(t))
	at := max(0, int(math.Ceil(q*float64(len(sorted))))-1)
	return float64(sorted[at]) / float64(time.Millisecond)
}
