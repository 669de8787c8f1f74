package placement

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/rule"
)

// Metrics are the figures of a publication by name: whole numbers, none negative.
type Metrics map[string]int64

// MetricNames lists the figures that are known.
func MetricNames() []string {
	return []string{"reach", "views", "impressions", "likes", "comments", "shares", "saves", "clicks"}
}

// merged gives m with the figures of changes over it, noting those that are unknown or negative.
func (m Metrics) merged(changes Metrics, wrong *fault.Fields) Metrics {
	out := Metrics{}
	maps.Copy(out, m)
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		n := changes[name]
		if !slices.Contains(MetricNames(), name) {
			wrong.AddWith("/metrics/"+pointerPart(name), "unknown_choice", fault.Args{"choices": MetricNames()})
			continue
		}
		wrong.Within("/metrics/"+name, n, 0, fault.AmountMax)
		out[name] = n
	}
	return out
}

// pointerPart writes a name as a part of a JSON pointer (RFC 6901).
func pointerPart(name string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(name) }

// Value is the figures as JSON.
func (m Metrics) Value() (driver.Value, error) {
	if m == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[string]int64(m))
	return string(b), err
}

// Scan reads the figures from JSON.
func (m *Metrics) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("placement.Metrics: cannot scan %T", src)
	}
	return json.Unmarshal(b, (*map[string]int64)(m))
}

// People is a set of users, in the order in which they came.
type People []uuid.UUID

// With gives the set with one more person in it.
func (p People) With(one uuid.UUID) People {
	if slices.Contains(p, one) {
		return p
	}
	return append(slices.Clone(p), one)
}

// Value is the set as an SQL array.
func (p People) Value() (driver.Value, error) {
	texts := make([]string, len(p))
	for i, one := range p {
		texts[i] = one.String()
	}
	return "{" + strings.Join(texts, ",") + "}", nil
}

// Scan reads the set from an SQL array.
func (p *People) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("placement.People: cannot scan %T", src)
	}
	*p = People{}
	for _, text := range strings.FieldsFunc(string(b), func(r rune) bool { return strings.ContainsRune("{},", r) }) {
		one, err := uuid.Parse(text)
		if err != nil {
			return fmt.Errorf("placement.People: %w", err)
		}
		*p = append(*p, one)
	}
	return nil
}

// Value is the flags as an SQL array.
func (f Flags) Value() (driver.Value, error) {
	texts := make([]string, len(f))
	for i, one := range f {
		texts[i] = string(one)
	}
	return "{" + strings.Join(texts, ",") + "}", nil
}

// Scan reads the flags from an SQL array.
func (f *Flags) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("placement.Flags: cannot scan %T", src)
	}
	*f = Flags{}
	for _, text := range strings.FieldsFunc(string(b), func(r rune) bool { return strings.ContainsRune("{},", r) }) {
		*f = append(*f, rule.Code(text))
	}
	return nil
}
