package registry

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"tayang/app/fault"
	"tayang/app/period"
)

// Lengths of what people write, in characters.
const (
	codeMax   = 60
	nameMax   = 300
	remarkMax = 2000
	hostMax   = 253
	urlMax    = 2000
)

// digits drops the points, dashes and blanks with which identifiers are printed.
func digits(s string) string { return strings.NewReplacer(".", "", "-", "", " ", "").Replace(s) }

// form notes a value that is filled and not of the form.
func form(wrong *fault.Fields, pointer, value, pattern, code string) {
	if value != "" && !regexp.MustCompile(pattern).MatchString(value) {
		wrong.Add(pointer, code)
	}
}

// The first and the last day that a paper may carry; deeds of companies are old, leases are long.
func paperYears() (first, last int) { return 1945, 2100 }

func paperDate(wrong *fault.Fields, pointer string, d period.Date, required bool) {
	first, last := paperYears()
	switch {
	case d.IsZero() && required:
		wrong.Add(pointer, "required")
	case !d.IsZero():
		if d.Year() < first || d.Year() > last {
			wrong.AddWith(pointer, "date_out_of_range", fault.Args{"min": first, "max": last})
		}
	}
}

// pastDate notes a day that has not begun anywhere on earth at the moment now.
func pastDate(wrong *fault.Fields, pointer string, d period.Date, now time.Time) {
	if d.After(period.DateOf(now.Add(14*time.Hour), time.UTC)) {
		wrong.Add(pointer, "in_future")
		return
	}
	paperDate(wrong, pointer, d, true)
}

// fileHash notes what is not the SHA-256 of a file, in hexadecimal.
func fileHash(wrong *fault.Fields, pointer, value string, required bool) {
	if value == "" && required {
		wrong.Add(pointer, "required")
	}
	form(wrong, pointer, value, `^[0-9a-f]{64}$`, "bad_sha256")
}

// host notes what is not a host name with at least two labels.
func host(wrong *fault.Fields, pointer, value string) {
	const label = `[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`
	if len(value) > hostMax {
		wrong.AddWith(pointer, "too_long", fault.Args{"max": hostMax})
		return
	}
	form(wrong, pointer, value, `^(`+label+`\.)+`+`[a-z]([a-z0-9-]{0,61}[a-z0-9])$`, "bad_host")
}

// webAddress notes what is not an absolute http or https address without credentials.
func webAddress(wrong *fault.Fields, pointer, value string) {
	if value == "" {
		return
	}
	before := len(*wrong)
	wrong.Text(pointer, value, true, urlMax)
	u, err := url.Parse(value)
	if len(*wrong) == before && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil) {
		wrong.Add(pointer, "bad_url")
	}
}

// Written is what a person may write of a thing, F being its own type.
type Written[F any] interface {
	Trimmed() F
	Check() error
}

// Revise makes the next form out of the current one: expected, when given, must be the version that the caller has
// seen (stale), and the changed form must be right (Invalid by field).
func Revise[F Written[F]](expected *int64, version int64, current F, change func(F) (F, error)) (F, error) {
	if err := fault.Expect(expected, version); err != nil {
		return current, err
	}
	next, err := change(current)
	if err != nil {
		return current, err
	}
	next = next.Trimmed()
	return next, next.Check()
}
