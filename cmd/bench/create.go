package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"
	"time"

	"tayang/db/sample"
)

// Creating by HTTP must reach this share of what pgbench reaches with the bare INSERT.
const createRatioMin = 0.25

// createRounds is how often HTTP and pgbench take turns, so that neither has the better hour.
const createRounds = 3

// create lets clients create placements by HTTP, then pgbench insert the same rows into the same table.
func (h *house) create(ctx context.Context, f *figures) error {
	token, err := h.signIn(ctx, "staff.dispar")
	if err != nil {
		return err
	}
	turn := max(time.Second, time.Duration(h.seconds)*time.Second/createRounds)
	var took times
	var byHTTP, byPgbench float64
	for range createRounds {
		some, rate, err := h.createByHTTP(ctx, token, turn)
		if err != nil {
			return err
		}
		took, byHTTP = append(took, some...), byHTTP+rate/createRounds
		if rate, err = h.createByPgbench(ctx, turn); err != nil {
			return fmt.Errorf("pgbench: %w", err)
		}
		byPgbench += rate / createRounds
	}
	f.add("create_http", byHTTP, "rows/s", limit{})
	f.add("create_pgbench", byPgbench, "rows/s", limit{})
	f.add("create_ratio", byHTTP/byPgbench, "times", atLeast(createRatioMin))
	f.add("create_http_p50", took.quantile(0.5), "ms", limit{})
	f.add("create_http_p99", took.quantile(0.99), "ms", limit{})
	return nil
}

// createByHTTP gives the time of each request, and placements a second. Every answer must be 201, and every placement
// must be in the table and counted by its deliverable.
func (h *house) createByHTTP(ctx context.Context, token string, turn time.Duration) (times, float64, error) {
	before, err := h.created(ctx)
	if err != nil {
		return nil, 0, err
	}
	y := h.years[sample.Dispar]
	path := "/api/v1/agencies/" + y.agency + "/placements"
	var n atomic.Int64
	begin := time.Now()
	took, err := h.drive(ctx, h.clients, http.StatusCreated, func(int) ([]byte, bool) {
		body := fmt.Appendf(nil, `{"deliverable_id":%q,"scheduled_on":"2026-11-30","title":"Liputan kegiatan nomor %d"}`,
			y.key(deliverableKind, rand.Int64N(y.agreements*5)), n.Add(1)) //nolint:gosec // which row is no secret
		return post(path, token, body), time.Since(begin) < turn
	})
	spent := time.Since(begin)
	if err != nil {
		return nil, 0, err
	}
	after, err := h.created(ctx)
	if err == nil && (after.placements-before.placements != int64(len(took)) || after.counted-before.counted != int64(len(took))) {
		err = fmt.Errorf("%d were answered with 201, %d are in the table, %d are counted", len(took),
			after.placements-before.placements, after.counted-before.counted)
	}
	return took, float64(len(took)) / spent.Seconds(), err
}

// tally is what the database knows of the agency's placements.
type tally struct{ placements, counted int64 }

func (h *house) created(ctx context.Context) (t tally, err error) {
	err = h.sql.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM placement p WHERE p.government_id = g.government_id AND p.agency_id = g.id),
			(SELECT sum(d.placed) FROM agreement a JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id
				WHERE a.government_id = g.government_id AND a.agency_id = g.id)
		FROM agency g WHERE g.code = $1`, sample.Dispar).Scan(&t.placements, &t.counted)
	return t, err
}

// script inserts one placement as the API does: the same columns, an id in the order of time, one of the same deliverables.
func (h *house) script(ctx context.Context) (string, error) {
	y := h.years[sample.Dispar]
	var government, agency, staff string
	if err := h.sql.QueryRowContext(ctx, `SELECT g.government_id, g.id, u.id FROM agency g
		JOIN user_account u ON u.government_id = g.government_id AND u.email = $2 WHERE g.code = $1`,
		y.agency, y.staff+"@contoh.go.id").Scan(&government, &agency, &staff); err != nil {
		return "", err
	}
	id := func(kind int, number string) string {
		return fmt.Sprintf("('01a00000-%04x-7000-8000-' || lpad(to_hex(%s), 12, '0'))::uuid", y.tag+kind, number)
	}
	const ordered = `overlay(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || substr(md5(random()::text), 1, 20)
		PLACING '7' FROM 13 FOR 1)::uuid`
	return fmt.Sprintf(`\set d random(0, %d)
INSERT INTO placement (government_id, id, agency_id, agreement_id, deliverable_id, scheduled_on, title, net, vat, gross, created_at, created_by)
VALUES ('%s', %s, '%s', %s, %s, '2026-11-30', 'Liputan kegiatan nomor ' || :d, 500000, 55000, 555000, now(), '%s');
`, y.agreements*5-1, government, ordered, agency, id(agreementKind, ":d / 5"), id(deliverableKind, ":d"), staff), nil
}

// createByPgbench gives the rows a second of the bare INSERT.
func (h *house) createByPgbench(ctx context.Context, turn time.Duration) (float64, error) {
	program, err := pgbench()
	if err != nil {
		return 0, err
	}
	text, err := h.script(ctx)
	if err != nil {
		return 0, err
	}
	file := filepath.Join(h.folder, "insert.sql")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, program, "-n", "-c", strconv.Itoa(h.clients), "-j", "2", "-T", strconv.Itoa(int(turn.Seconds())), //nolint:gosec // PostgreSQL's own program
		"-f", file, h.cluster.OwnerDSN())
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("%w: %.500s", err, out)
	}
	found := regexp.MustCompile(`(?m)^tps = ([0-9.]+)`).FindSubmatch(out)
	if found == nil {
		return 0, fmt.Errorf("no rate in %.500s", out)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

// pgbench finds PostgreSQL's own load program, which Debian keeps out of the PATH of some versions.
func pgbench() (string, error) {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if err != nil || len(found) == 0 {
		return "", errors.Join(errors.New("pgbench is not installed; it comes with PostgreSQL's server or contrib package"), err)
	}
	return found[len(found)-1], nil
}
