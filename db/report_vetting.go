package db

import (
	"context"
	"iter"
	"strings"

	"github.com/google/uuid"

	"tayang/app/registry"
	"tayang/app/report"
	"tayang/app/vetting"
)

// vetted gives the vendors of a report with what vetting knows of them at the end of its period. They are held in memory:
// an office has some hundreds.
func (r reportRows) vetted(ctx context.Context, rows iter.Seq2[report.VendorRow, error]) iter.Seq2[report.VendorRow, error] {
	return func(yield func(report.VendorRow, error) bool) {
		var held []report.VendorRow
		var ids []uuid.UUID
		for row, err := range rows {
			if err != nil {
				yield(row, err)
				return
			}
			held, ids = append(held, row), append(ids, row.ID)
		}
		if err := r.vet(ctx, held, ids); err != nil {
			yield(report.VendorRow{}, err)
			return
		}
		for _, row := range held {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (r reportRows) vet(ctx context.Context, rows []report.VendorRow, ids []uuid.UUID) error {
	if len(rows) == 0 {
		return nil
	}
	on := r.heading.LastMonth().End()
	if today := r.heading.Today(); on.After(today) {
		on = today
	}
	k, err := r.tx.Known(ctx, on.Year(), ids...)
	if err != nil {
		return err
	}
	all, err := r.tx.Compared(ctx)
	if err != nil {
		return err
	}
	channels, shared := map[uuid.UUID][]vetting.Standing{}, map[uuid.UUID][]string{}
	for _, s := range k.All(on) {
		channels[s.VendorID] = append(channels[s.VendorID], s)
	}
	for _, p := range vetting.Pairs(all) {
		shared[p.A.ID], shared[p.B.ID] = append(shared[p.A.ID], p.B.LegalName), append(shared[p.B.ID], p.A.LegalName)
	}
	for i := range rows {
		v := &rows[i]
		v.Press, v.Grades = pressAndGrades(channels[v.ID])
		v.Shared, v.Blacklist = strings.Join(shared[v.ID], "; "), barred(k.Blacklist, v.ID)
	}
	return nil
}

// pressAndGrades sums up how the channels of a vendor stand.
func pressAndGrades(channels []vetting.Standing) (press, grades string) {
	var parts []string
	for _, s := range channels {
		if len(s.Items) > 0 {
			grade := s.Grade
			if grade == "" {
				grade = "–"
			}
			parts = append(parts, s.Name+": "+grade)
		}
		if !s.OutletID.Valid || s.Kind == registry.Outdoor {
			continue
		}
		status := string(s.Press.Status)
		if s.Press.Expired {
			status = "expired"
		}
		switch press {
		case "", status:
			press = status
		default:
			press = "mixed"
		}
	}
	return press, strings.Join(parts, "; ")
}

func barred(bars []vetting.Blacklisting, vendor uuid.UUID) string {
	var parts []string
	for _, b := range bars {
		if b.VendorID != vendor || !b.Holds() {
			continue
		}
		until := b.ValidUntil.String()
		if !b.LiftedOn.IsZero() {
			until = b.LiftedOn.AddDays(-1).String()
		}
		parts = append(parts, b.DecreeNumber+" ("+b.ValidFrom.String()+" – "+until+")")
	}
	return strings.Join(parts, "; ")
}
