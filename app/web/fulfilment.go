package web

import (
	"tayang/app/money"
	"tayang/app/placement"
)

// fulfilmentPart is ordered against evidenced, deliverable by deliverable, with what makes up the difference.
func (in reader) fulfilmentPart(f placement.Fulfilment) []part {
	if len(f.Lines) == 0 {
		return nil
	}
	return []part{{ID: "fulfilment", Title: in.T("fulfilment.title"), Note: in.T("fulfilment.note"), Table: in.fulfilmentRows(f)}}
}

func (in reader) fulfilmentRows(f placement.Fulfilment) *table {
	t := &table{ID: "fulfilment-rows", Columns: []column{
		{Label: in.T("field.product")},
		{Label: in.T("fulfilment.ordered"), Class: "num"},
		{Label: in.T("fulfilment.evidenced"), Class: "num"},
		{Label: in.T("fulfilment.accepted"), Class: "num"},
		{Label: in.T("fulfilment.invoiced"), Class: "num"},
		{Label: in.T("fulfilment.paid"), Class: "num"},
		{Label: in.T("fulfilment.make_goods"), Class: "num"},
		{Label: in.T("fulfilment.short"), Class: "num"},
		{Label: in.T("fulfilment.missing"), Class: "num"},
	}}
	for _, l := range f.Lines {
		evidenced := in.units(l.Verified, l.EvidencedGross)
		evidenced.Bar = newBar(in.T("fulfilment.bar", "n", in.Number(l.Verified), "of", in.Number(l.Ordered)), l.OrderedGross,
			share{l.PaidGross, "fill-realised", in.T("fulfilment.paid")}, share{l.EvidencedGross - l.PaidGross, "fill-committed", in.T("fulfilment.evidenced")})
		accepted := in.count(l.Accepted)
		accepted.Sub = in.T("fulfilment.on_way", "planned", in.Number(l.Planned-l.Published), "published", in.Number(l.Published-l.Verified))
		of := cell{Text: l.Product, Href: in.path("placements") + "?deliverable_id=" + l.DeliverableID.String(), Sub: in.channelName(l.Channel)}
		t.add("", of, in.units(l.Ordered, l.OrderedGross), evidenced, accepted, in.count(l.Invoiced),
			in.units(l.Paid, l.PaidGross), in.count(l.MakeGoods), in.units(l.Short, l.ShortGross), in.units(l.Missing(), l.MissingGross))
	}
	s := f.Total
	t.Foot = []cell{
		text(in.T("list.total")), in.units(s.Ordered, s.OrderedGross), in.units(s.Verified, s.EvidencedGross), in.count(s.Accepted), in.count(s.Invoiced),
		in.units(s.Paid, s.PaidGross), in.count(s.MakeGoods), in.units(s.Short, s.ShortGross), in.units(s.Missing(), s.MissingGross),
	}
	return t
}

// units writes a number of units with what they cost below.
func (in reader) units(n int64, worth money.Amount) cell {
	c := in.count(n)
	if worth != 0 {
		c.Sub = in.cash(worth)
	}
	return c
}
