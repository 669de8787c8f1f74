package agreement

import "tayang/app/period"

// Limit is how far amendments may raise the value of an agreement above the original, in percent, for the amendments of
// its days; the last day is zero while it is in force.
type Limit struct {
	From, To period.Date
	Percent  int64
	Basis    string
}

// StatutoryLimits are the limits of the law, oldest first. A new law is a new row, and the end of the one before it.
func StatutoryLimits() []Limit {
	return []Limit{
		{
			From: period.MustDate("2010-08-06"), To: period.MustDate("2018-03-21"), Percent: 10,
			Basis: "Perpres 54/2010 pasal 87 ayat (2)",
		},
		{From: period.MustDate("2018-03-22"), Percent: 10, Basis: "Perpres 16/2018 pasal 54 ayat (2)"},
	}
}

// limitOn finds the limit of a day; nil when none was in force.
func limitOn(limits []Limit, day period.Date) *Limit {
	for _, l := range limits {
		if !day.Before(l.From) && (l.To.IsZero() || !day.After(l.To)) {
			return &l
		}
	}
	return nil
}
