package airing

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/tabular"
)

// Pair is a row that may show a spot: how alike their titles are, in thousandths, and how far the airing lies from the
// spot's window, in seconds.
type Pair struct {
	Airing   int // its place in the rows
	Spot     int
	Likeness int
	Distance int
}

var (
	timeOfDay = regexp.MustCompile(`(\d{1,2})[:.](\d{2})`)
	length    = regexp.MustCompile(`(\d{1,3}) ?(detik|dtk|seconds?|secs?|"|''|menit|minutes?)`)
)

// window is when the slot says that the spot runs, in seconds after midnight; false when it names no hour.
func (s Spot) window() (from, to int, ok bool) {
	var times []int
	for _, m := range timeOfDay.FindAllStringSubmatch(s.Slot, 2) {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		if hour > 24 || minute > 59 {
			return 0, 0, false
		}
		times = append(times, hour*3600+minute*60)
	}
	switch {
	case len(times) == 0:
		return 0, 0, false
	case len(times) == 1:
		return times[0], times[0], true
	case times[1] < times[0]: // until after midnight
		return times[0], 24 * 3600, true
	}
	return times[0], times[1], true
}

// seconds is how long the spot was ordered to run, by the words of its product or unit; 0 when they do not say.
func (s Spot) seconds() int64 {
	for _, text := range []string{s.Unit, s.Product} {
		m := length.FindStringSubmatch(strings.ToLower(text))
		if m == nil {
			continue
		}
		n, _ := strconv.ParseInt(m[1], 10, 64)
		if strings.HasPrefix(m[2], "m") {
			n *= 60
		}
		return n
	}
	return 0
}

// likeness is how many of their words two titles share, in thousandths of all their words. Titles that share less than a
// third of the longer words of the shorter one are not alike; a row without a title may show any spot.
func likeness(airing, spot string) (int, bool) {
	one, two := wordSet(airing), wordSet(spot)
	if len(one) == 0 {
		return 0, true
	}
	shared, long := 0, 0
	for w := range one {
		if two[w] {
			shared++
			if len(w) > 2 {
				long++
			}
		}
	}
	if least := min(longWords(one), longWords(two)); least > 0 && 3*long < least || shared == 0 {
		return 0, false
	}
	return 1000 * shared / (len(one) + len(two) - shared), true
}

func wordSet(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(tabular.Key(text)) {
		out[w] = true
	}
	return out
}

func longWords(set map[string]bool) (n int) {
	for w := range set {
		if len(w) > 2 {
			n++
		}
	}
	return n
}

// pair lays an airing beside a spot; false when it cannot show it.
func pair(a Airing, s Spot, tolerance int) (p Pair, ok bool) {
	if a.AiredOn != s.day() || a.Seconds > 0 && a.Seconds < s.seconds() {
		return p, false
	}
	if p.Likeness, ok = likeness(a.Title, s.Title+" "+s.Product); !ok {
		return p, false
	}
	if from, to, named := s.window(); named {
		at := secondsAfterMidnight(a.AiredAt)
		p.Distance = max(0, from-at, at-to)
		return p, p.Distance <= tolerance
	}
	return p, true
}

// Match finds which rows show which spots: the best pairs first, each row and each spot once. It is the same whatever the
// order of rows and spots. tolerance is in minutes. Rows with remarks are left out, and so are those with a spot and the
// spots that a row shows already.
func Match(rows []Airing, spots []Spot, tolerance int64) []Pair {
	byDay := map[string][]int{}
	for i, s := range spots {
		byDay[s.day().String()] = append(byDay[s.day().String()], i)
	}
	var all []Pair
	for i, a := range rows {
		if len(a.Remarks) > 0 || a.PlacementID.Valid {
			continue
		}
		for _, j := range byDay[a.AiredOn.String()] {
			if p, ok := pair(a, spots[j], int(tolerance)*60); ok {
				p.Airing, p.Spot = i, j
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(p, q Pair) int {
		return cmp.Or(q.Likeness-p.Likeness, p.Distance-q.Distance,
			strings.Compare(rows[p.Airing].Key(), rows[q.Airing].Key()), compare(spots[p.Spot], spots[q.Spot]))
	})
	shown, used := map[uuid.UUID]bool{}, map[int]bool{}
	for _, a := range rows {
		if a.PlacementID.Valid {
			shown[a.PlacementID.UUID] = true
		}
	}
	var out []Pair
	for _, p := range all {
		if id := spots[p.Spot].ID; !used[p.Airing] && !shown[id] {
			used[p.Airing], shown[id] = true, true
			out = append(out, p)
		}
	}
	return out
}

// compare orders spots by what does not depend on how they were listed.
func compare(a, b Spot) int {
	return cmp.Or(strings.Compare(a.Slot, b.Slot), slices.Compare(a.ID[:], b.ID[:]))
}
