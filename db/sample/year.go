package sample

import (
	"context"
	"fmt"

	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/money"
	"tayang/app/period"
)

// tellYear puts what the communication office does with its year on the agenda: cash is released by quarter, and the
// first three months are closed when they are reconciled.
func (s *story) tellYear(d *desk) {
	s.agenda.add(s.at(day("01-05"), 9*60), d, "plan cash", func(ctx context.Context) error {
		return s.planCash(ctx, d, "SPD/2.16/001/2026", day("01-05"), []int{1, 4, 7, 10}, quarter)
	})
	s.agenda.add(s.at(day("09-14"), 9*60), d, "revise the budget", func(ctx context.Context) error { return s.revise(ctx, d) })
	s.agenda.add(s.at(day("09-15"), 9*60), d, "plan the last quarter anew", func(ctx context.Context) error {
		return s.planCash(ctx, d, "SPD/2.16/002/2026", day("09-15"), []int{10}, func(c ceiling, _ int) money.Amount {
			return c.revised - quarter(c, 1) - quarter(c, 4) - quarter(c, 7)
		})
	})
	for i, on := range []string{"07-06", "07-07", "07-08"} {
		m := period.FiscalYear(year).Months()[i]
		s.agenda.add(s.at(day(on), 15*60), d, "close "+m.String(), func(ctx context.Context) error { return s.closeMonth(ctx, d, m) })
	}
}

// quarter is the cash that a quarter releases at its first month: three tenths, then twice three twentieths, then the rest.
func quarter(c ceiling, month int) money.Amount {
	switch month {
	case 1:
		return c.original / 10 * 3
	case 4, 7:
		return c.original / 20 * 3
	}
	return c.original - quarter(c, 1) - quarter(c, 4) - quarter(c, 7)
}

// planCash enters a cash plan of every line; the treasurer writes it and the head puts it in force.
func (s *story) planCash(ctx context.Context, d *desk, number string, on period.Date, months []int, amount func(ceiling, int) money.Amount) error {
	cmd := cash.Command{FiscalYear: year, Number: number, Date: on}
	for _, c := range kominfoCeilings() {
		for _, m := range months {
			cmd.Lines = append(cmd.Lines, cash.Line{BudgetLineID: s.lines[c.key], Month: m, Amount: amount(c, m)})
		}
	}
	who := s.crews[Kominfo]
	p, err := d.cash.Create(ctx, who.treasurer, Kominfo, cmd)
	if err != nil {
		return err
	}
	_, err = d.cash.Lock(ctx, who.head, Kominfo, p.ID, &p.Version)
	return err
}

func (s *story) closeMonth(ctx context.Context, d *desk, m period.Month) error {
	who := s.crews[Kominfo]
	p, err := d.periods.Ask(ctx, who.treasurer, Kominfo, closing.Request{Month: m, Reason: fmt.Sprintf("Rekonsiliasi %s dengan BKU dan SP2D selesai.", m.Format("id"))})
	if err != nil {
		return err
	}
	_, err = d.periods.Move(ctx, who.head, Kominfo, p.ID, closing.MoveCommand{Verb: closing.Approve, Expected: &p.Version})
	return err
}
