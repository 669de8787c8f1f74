package access

import (
	"sync"
	"time"
)

// attemptsMax is how many wrong passwords within a minute are looked at, for one address from one place.
const attemptsMax = 10

// throttle counts wrong sign-ins within the running minute; it forgets all of them when the minute is over.
type throttle struct {
	mu     sync.Mutex
	minute int64
	wrong  map[string]int
}

func (t *throttle) allows(who string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.turn(now)
	return t.wrong[who] < attemptsMax
}

func (t *throttle) count(who string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.turn(now)
	t.wrong[who]++
}

func (t *throttle) turn(now time.Time) {
	if minute := now.Unix() / 60; minute != t.minute || t.wrong == nil {
		t.minute, t.wrong = minute, map[string]int{}
	}
}
