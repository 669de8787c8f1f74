package registry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tayang/app/fault"
)

const codesMax = 50

// Codes are classes of business (KBLI), in the order of the vendor's papers. Storage keeps them joined by commas.
type Codes []string

// MarshalJSON writes no codes as an empty list.
func (c Codes) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]string(c))
}

// Scan reads codes joined by commas.
func (c *Codes) Scan(src any) error {
	var joined string
	switch v := src.(type) {
	case string:
		joined = v
	case []byte:
		joined = string(v)
	default:
		return fmt.Errorf("registry.Codes: cannot scan %T", src)
	}
	*c = Codes{}
	if joined != "" {
		*c = strings.Split(joined, ",")
	}
	return nil
}

// String joins the codes by commas.
func (c Codes) String() string { return strings.Join(c, ",") }

func (c Codes) trimmed() Codes {
	out := slices.Clone(c)
	for i, s := range out {
		out[i] = strings.TrimSpace(s)
	}
	return out
}

func (c Codes) check(wrong *fault.Fields) {
	if len(c) > codesMax {
		wrong.AddWith("/kbli", "too_many", fault.Args{"max": codesMax})
		return
	}
	for i, s := range c {
		at := "/kbli/" + strconv.Itoa(i)
		if s == "" {
			wrong.Add(at, "required")
		}
		form(wrong, at, s, `^[0-9]{5}$`, "bad_kbli")
		if slices.Contains(c[:i], s) {
			wrong.Add(at, "duplicate")
		}
	}
}
