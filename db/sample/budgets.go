package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/listing"
	"tayang/app/money"
)

// tellBudgets puts the year's budgets in force and begins the campaigns.
func (s *story) tellBudgets(ctx context.Context, d *desk) error {
	s.lines = map[string]uuid.UUID{}
	for _, b := range []struct {
		agency, number string
		ceilings       []ceiling
	}{
		{Kominfo, "DPA/A.1/2.16.01/001/2026", kominfoCeilings()},
		{Setwan, "DPA/A.1/4.02.01/001/2026", setwanCeilings()},
		{Dispar, "DPA/A.1/3.26.01/001/2026", disparCeilings()},
	} {
		cmd := budget.CreateCommand{
			FiscalYear: year, Kind: budget.Original, Number: b.number, Date: day("01-02"),
			Lines: versionLines(b.ceilings, func(c ceiling) money.Amount { return c.original }),
		}
		if err := s.enforce(ctx, d, b.agency, cmd); err != nil {
			return err
		}
		if err := s.learnLines(ctx, d, b.agency, b.ceilings); err != nil {
			return err
		}
	}
	return s.tellCampaigns(ctx, d)
}

// revise enters the communication office's revision (DPPA) of September.
func (s *story) revise(ctx context.Context, d *desk) error {
	return s.enforce(ctx, d, Kominfo, budget.CreateCommand{
		FiscalYear: year, Kind: budget.Revision,
		Number: "DPPA/A.1/2.16.01/001/2026", Date: day("09-14"),
		Lines: versionLines(kominfoCeilings(), func(c ceiling) money.Amount { return c.revised }),
	})
}

func (s *story) enforce(ctx context.Context, d *desk, agency string, cmd budget.CreateCommand) error {
	v, err := d.budgets.Create(ctx, s.crews[agency].staff, agency, cmd)
	if err != nil {
		return err
	}
	_, err = d.budgets.Lock(ctx, s.crews[agency].head, agency, v.ID, &v.Version)
	return err
}

func versionLines(ceilings []ceiling, amount func(ceiling) money.Amount) []budget.VersionLine {
	lines := make([]budget.VersionLine, len(ceilings))
	for i, c := range ceilings {
		lines[i] = budget.VersionLine{Code: c.code(), SubActivityName: c.name, AccountName: accountName(c.account), Appropriation: amount(c)}
	}
	return lines
}

func (c ceiling) code() budget.Code {
	return budget.Code{SubActivityCode: c.subActivity, AccountCode: c.account, FundSource: c.fund}
}

// learnLines finds the ids of the lines in force.
func (s *story) learnLines(ctx context.Context, d *desk, agency string, ceilings []ceiling) error {
	page, err := d.budgets.Lines(ctx, s.crews[agency].staff, agency, listing.All())
	if err != nil {
		return err
	}
	keys := map[budget.Code]string{}
	for _, c := range ceilings {
		keys[c.code()] = c.key
	}
	for _, l := range page.Items {
		s.lines[keys[l.Code]] = l.ID
	}
	return nil
}

func (s *story) tellCampaigns(ctx context.Context, d *desk) error {
	s.campaigns = map[string]uuid.UUID{}
	for _, c := range drives() {
		made, err := d.campaigns.Create(ctx, s.crews[c.agency].staff, c.agency,
			campaign.Form{Name: c.name, Objective: c.objective, StartDate: day(c.start), EndDate: day(c.end)})
		if err != nil {
			return err
		}
		s.campaigns[c.key] = made.ID
	}
	return nil
}
