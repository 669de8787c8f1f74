package placement

import (
	"strings"
	"time"
	"unicode"

	"tayang/app/address"
	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/rule"
)

// Page is what the program saw when it last opened the placement's address itself. No FinalURL: it never did.
type Page struct {
	FinalURL   string `db:"final_url"`
	HTTPStatus int    `db:"http_status"`
	Title      string `db:"page_title"`
	Published  string `db:"published"` // by the page's own word
}

// page doubts what was entered where the opened page says otherwise.
func (s *assessing) page() {
	g, p := s.around.Page, s.placement
	if g.FinalURL == "" {
		return
	}
	if g.HTTPStatus >= 400 {
		s.say(rule.PageMissing, "/url", fault.Args{"status": g.HTTPStatus})
		return
	}
	if k, ok := address.Of(g.FinalURL); ok && p.ChannelKind == Online && s.around.Domain != "" && !k.Within(s.around.Domain) {
		if own, _ := address.Of(p.URL); own.Within(s.around.Domain) { // else it was said of the address already
			s.say(rule.HostDiffers, "/url", fault.Args{"found": k.Host, "ordered": address.DomainOf(s.around.Domain)})
		}
	}
	if day, ok := publishedOn(g.Published, s.where); ok && !p.PublishedOn.IsZero() && day != p.PublishedOn {
		s.say(rule.PageDateDiffers, "/published_on", fault.Args{"found": day, "entered": p.PublishedOn})
	}
	if g.Title != "" && !sameTitle(g.Title, p.Title) {
		s.say(rule.PageTitleDiffers, "/title", fault.Args{"found": g.Title})
	}
}

// publishedOn is the office's day of a time as pages write it.
func publishedOn(text string, place *time.Location) (period.Date, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil && place != nil {
			return period.DateOf(at, place), true
		}
	}
	if len(text) >= len("2006-01-02") {
		if day, err := period.ParseDate(text[:len("2006-01-02")]); err == nil {
			return day, true
		}
	}
	return period.Date{}, false
}

// sameTitle reports whether two titles share at least a third of the words of the shorter one, short words aside.
func sameTitle(a, b string) bool {
	one, two := wordsOf(a), wordsOf(b)
	if len(one) == 0 || len(two) == 0 {
		return true // nothing to compare
	}
	shared := 0
	for w := range one {
		if two[w] {
			shared++
		}
	}
	return 3*shared >= min(len(one), len(two))
}

func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len([]rune(w)) > 2 {
			out[w] = true
		}
	}
	return out
}
