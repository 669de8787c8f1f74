package registry

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tayang/app/fault"
)

const directorsMax = 20

// Director answers for a company.
type Director struct {
	Name string `json:"name"`
	NIK  string `json:"nik,omitempty" doc:"identity number, 16 digits"`
}

// Directors are those of one company. Storage keeps them as JSON.
type Directors []Director

// MarshalJSON writes no directors as an empty list.
func (d Directors) MarshalJSON() ([]byte, error) {
	if d == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]Director(d))
}

// Value writes the directors as JSON.
func (d Directors) Value() (driver.Value, error) {
	text, err := d.MarshalJSON()
	return string(text), err
}

// Scan reads the directors from JSON; an empty list is none.
func (d *Directors) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("registry.Directors: cannot scan %T", src)
	}
	var found []Director
	if err := json.Unmarshal(text, &found); err != nil {
		return err
	}
	*d = nil
	if len(found) > 0 {
		*d = found
	}
	return nil
}

func (d Directors) trimmed() Directors {
	out := slices.Clone(d)
	for i, one := range out {
		out[i] = Director{strings.TrimSpace(one.Name), digits(one.NIK)}
	}
	return out
}

func (d Directors) masked() Directors {
	out := slices.Clone(d)
	for i := range out {
		out[i].NIK = masked(out[i].NIK)
	}
	return out
}

func (d Directors) check(wrong *fault.Fields) {
	if len(d) > directorsMax {
		wrong.AddWith("/directors", "too_many", fault.Args{"max": directorsMax})
		return
	}
	for i, one := range d {
		at := "/directors/" + strconv.Itoa(i)
		wrong.Text(at+"/name", one.Name, true, nameMax)
		form(wrong, at+"/nik", one.NIK, `^[0-9]{16}$`, "bad_nik")
	}
}
