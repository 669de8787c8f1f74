package approval

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"tayang/app/access"
)

// Steps are the roles that approve, in their order.
type Steps []access.Role

// Alone is who approves where no row says otherwise: the commitment officer.
func Alone() Steps { return Steps{access.PPK} }

// Value writes the steps as the array that is stored; roles are plain words.
func (s Steps) Value() (driver.Value, error) {
	words := make([]string, len(s))
	for i, role := range s {
		words[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(role)) + `"`
	}
	return "{" + strings.Join(words, ",") + "}", nil
}

// Scan reads a stored array of roles.
func (s *Steps) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("approval.Steps: cannot scan %T", src)
	}
	*s = Steps{}
	for _, word := range strings.Split(strings.Trim(string(text), "{}"), ",") {
		if word != "" {
			*s = append(*s, access.Role(word))
		}
	}
	return nil
}
