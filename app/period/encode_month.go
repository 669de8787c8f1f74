package period

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// MarshalText writes 2026-11, nothing for no month.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads 2026-11; empty text is no month. The fault is date_invalid.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Month{}
		return nil
	}
	parsed, err := ParseMonth(string(text))
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

// Value is NULL for no month, else its first day.
func (m Month) Value() (driver.Value, error) { return m.Start().Value() }

// Scan reads a date column that holds a day of the month.
func (m *Month) Scan(src any) error {
	if _, ok := src.(time.Time); !ok && src != nil {
		return fmt.Errorf("period.Month: cannot scan %T", src)
	}
	var d Date
	err := d.Scan(src)
	*m = d.Month()
	return err
}
