package insight

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Days are the days after publication on which figures are due, ascending.
type Days []int64

// Scan reads the days from JSON; nothing is none.
func (d *Days) Scan(src any) error {
	*d = Days{}
	switch text := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(text, (*[]int64)(d))
	}
	return fmt.Errorf("insight.Days: cannot scan %T", src)
}

// String writes the days as D+1, D+7.
func (d Days) String() string {
	out := make([]string, len(d))
	for i, day := range d {
		out[i] = "D+" + strconv.FormatInt(day, 10)
	}
	return strings.Join(out, ", ")
}
