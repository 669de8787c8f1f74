package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/db/sample"
)

//go:embed rows/*.sql
var statements embed.FS

// year is one agency's rows. Their keys are reckoned from kind and number; see rows/open.sql.
type year struct {
	agency                 string // code
	id                     uuid.UUID
	staff, ppk, treasurer  string // e-mail addresses without the domain
	tag                    int
	placements, agreements int64
	quantity               int64 // units of each deliverable
}

// Kinds of rows, as rows/begin.sql and rows/placements.sql number them.
const (
	agreementKind   = 7
	deliverableKind = 8
	placementKind   = 9
)

// key is the id of a row.
func (y year) key(kind int, number int64) string {
	return fmt.Sprintf("01a00000-%04x-7000-8000-%012x", y.tag+kind, number)
}

// each is how many placements an agreement has at most.
func (y year) each() int64 { return (y.placements + y.agreements - 1) / y.agreements }

const (
	perAgreement = 250
	chunk        = 50_000
	// plenty is the quantity of deliverables that no run uses up.
	plenty = 1_000_000_000
)

// plan says which agency holds what: one for the lists, one for the workbook, one to create in.
func (s sizes) plan() []year {
	full := func(agency, suffix string, tag int, n int64) year {
		agreements := max(1, n/perAgreement)
		return year{
			agency: agency, staff: "staff" + suffix, ppk: "ppk" + suffix, treasurer: "treasurer" + suffix, tag: tag,
			placements: n, agreements: agreements, quantity: n/agreements/5 + 2,
		}
	}
	create := full(sample.Dispar, ".dispar", 0x300, 0)
	create.agreements, create.quantity = 200, plenty
	return []year{full(sample.Kominfo, "", 0x100, s.placements), full(sample.Setwan, ".setwan", 0x200, s.workbook), create}
}

// rows loads what is not there yet.
func (h *house) rows(ctx context.Context, f *figures) error {
	h.years = map[string]year{}
	for _, y := range h.plan() {
		if err := h.sql.QueryRowContext(ctx, "SELECT government_id, id FROM agency WHERE code = $1", y.agency).Scan(&h.government, &y.id); err != nil {
			return err
		}
		h.years[y.agency] = y
		begin := time.Now()
		loaded, err := h.load(ctx, y)
		if err != nil {
			return fmt.Errorf("%s: %w", y.agency, err)
		}
		if loaded {
			f.note("loaded %d placements of %s in %.0f s", y.placements, y.agency, time.Since(begin).Seconds())
		}
	}
	_, err := h.sql.ExecContext(ctx, "VACUUM ANALYZE")
	if err == nil {
		_, err = h.sql.ExecContext(ctx, "CHECKPOINT")
	}
	return err
}

// load fills one agency; false when a former run did so.
func (h *house) load(ctx context.Context, y year) (loaded bool, err error) {
	conn, err := h.sql.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	there, err := h.loaded(ctx, conn, y)
	if err != nil || there {
		return false, err
	}
	for _, name := range []string{"open", "year", "begin", "placements", "finish"} {
		if err := y.fill(ctx, conn, name); err != nil {
			return false, fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err = conn.ExecContext(ctx, "DISCARD ALL")
	return true, err
}

// loaded reports whether the agency has its rows; another number of them is an error.
func (h *house) loaded(ctx context.Context, conn *sql.Conn, y year) (bool, error) {
	var agreements, placements int64
	err := conn.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM agreement a WHERE a.government_id = g.government_id AND a.agency_id = g.id),
			(SELECT count(*) FROM placement p WHERE p.government_id = g.government_id AND p.agency_id = g.id)
		FROM agency g WHERE g.code = $1`, y.agency).Scan(&agreements, &placements)
	if err != nil || agreements == 0 {
		return false, err
	}
	if agreements != y.agreements || y.placements > 0 && placements != y.placements {
		return false, fmt.Errorf("the kept folder holds %d placements, not %d; name another -data", placements, y.placements)
	}
	return true, nil
}

func (y year) fill(ctx context.Context, conn *sql.Conn, name string) error {
	text, err := statements.ReadFile("rows/" + name + ".sql")
	if err != nil {
		return err
	}
	switch name {
	case "year":
		_, err = conn.ExecContext(ctx, string(text), y.agency, y.staff+"@contoh.go.id", y.ppk+"@contoh.go.id", y.treasurer+"@contoh.go.id",
			y.tag, y.placements, y.agreements, y.each(), y.quantity)
	case "placements":
		for lo := int64(0); lo < y.placements && err == nil; lo += chunk {
			_, err = conn.ExecContext(ctx, string(text), lo, min(lo+chunk, y.placements)-1)
		}
	default:
		_, err = conn.ExecContext(ctx, string(text))
	}
	return err
}
