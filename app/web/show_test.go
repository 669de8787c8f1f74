package web

import (
	"errors"
	"testing"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
)

func TestValuesAsTheReaderWritesThem(t *testing.T) {
	t.Parallel()
	id, en := storyReader("id"), storyReader("en")
	for got, want := range map[string]string{
		id.money(1_234_567).Text: "1.234.567", en.money(-1_234_567).Text: "−1,234,567", id.money(0).Text: "–",
		id.cash(12_500_000): "Rp12.500.000", id.moneyLabel("field.amount"): "Jumlah (Rp)", id.date(day("2026-12-01")): "1 Des 2026", id.day(day("2026-12-01")).Text: "01-12-2026",
		masked("1234567890123456"): "•••• •••• •••• 3456", masked("123"): "123", grouped("820260412345678"): "8202 6041 2345 678",
		id.rate("0.02"): "2%", id.rate("0.12"): "12%", id.rate("0.005"): "0,5%", en.rate("0.025"): "2.5%", id.rate("1"): "100%", id.rate("0"): "0%",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestIdentifiersOpenOnlyForThoseWhoMay(t *testing.T) {
	t.Parallel()
	in := storyReader("id")
	if c := in.identifier("0012345678901000", false); c.Secret != "" || c.Text != "•••• •••• •••• 1000" {
		t.Errorf("%+v", c)
	}
	if c := in.identifier("0012345678901000", true); c.Secret != "0012 3456 7890 1000" {
		t.Errorf("%+v", c)
	}
}

func TestBarsNeverExceedTheWhole(t *testing.T) {
	t.Parallel()
	for _, shares := range [][]money.Amount{{50, 50}, {70, 70}, {0, 100}, {-5, 20}, {1, 1}} {
		end := 0
		for _, p := range newBar("", 100, share{shares[0], "a", ""}, share{shares[1], "b", ""}).Parts {
			if p.X < end {
				t.Errorf("%v: parts overlap", shares)
			}
			end = p.X + p.Width
		}
		if end > 1000 {
			t.Errorf("%v: bar is %d long", shares, end)
		}
	}
	if b := newBar("", 0, share{5, "a", ""}); len(b.Parts) != 0 {
		t.Error("a share of nothing")
	}
}

func TestListAddresses(t *testing.T) {
	t.Parallel()
	q := listing.Query{Limit: 50, Text: "a b", Sort: []listing.Key{{Field: "date", Desc: true}}, Filters: map[string][]string{"status": {"draft", "active"}}}
	if got := address("/x", q); got != "/x?q=a+b&sort=-date&status=draft%2Cactive" {
		t.Error(got)
	}
	if got := address("/x", without(listing.Query{Limit: 50, Filters: q.Filters}, "status")); got != "/x" {
		t.Error(got)
	}
	p := storyReader("id").listOf("/x", q, []column{{Label: "Tanggal", Sort: "date"}}, nil)
	if c := p.Table.Columns[0]; c.Order != "descending" || c.Sort != "/x?q=a+b&sort=date&status=draft%2Cactive" {
		t.Errorf("%+v", c)
	}
}

func TestFaultsFindTheirFields(t *testing.T) {
	t.Parallel()
	in := storyReader("id")
	p := agreementForm(in, storyChoices(), "media", "", 0, 2)
	var wrong fault.Fields
	wrong.Add("/number", "required")
	wrong.Add("/deliverables/1/outlet_id", "other_vendor")
	wrong.Add("/nowhere", "required")
	p.mark(in, fault.From(wrong.Err()))
	if f := p.find("number"); f.Error != "wajib diisi" {
		t.Errorf("%+v", f)
	}
	if f := p.find("deliverables.1.channel"); f.Error != "milik penyedia lain" || p.find("deliverables.0.channel").Error != "" {
		t.Errorf("%+v", f)
	}
	if len(p.Errors) != 3 || p.Errors[0].Href != "#f-number" || p.Errors[2].Href != "" {
		t.Errorf("%+v", p.Errors)
	}
}

func TestRowsMoveUpWhenOneIsRemoved(t *testing.T) {
	t.Parallel()
	get := withoutRow("items", func(name string) string { return name }, 1)
	for name, want := range map[string]string{"items.0.unit": "items.0.unit", "items.1.unit": "items.2.unit", "number": "number", "items.x.unit": "items.x.unit"} {
		if got := get(name); got != want {
			t.Errorf("%s reads %s", name, got)
		}
	}
}

func TestTheRefusedRowComesFirst(t *testing.T) {
	t.Parallel()
	var wrong fault.Fields
	wrong.Add("/title", "required")
	wrong.Add("/placements/2/scheduled_on", "date_invalid")
	f := fault.From(below(wrong.Err(), 2))
	if f.Fields[0].Pointer != "/placements/0/title" || f.Fields[1].Pointer != "/placements/0/scheduled_on" {
		t.Errorf("%+v", f.Fields)
	}
	if err := errors.New("broken"); !errors.Is(below(err, 0), err) {
		t.Error("an error that is no refusal must pass")
	}
}

func TestMessagesSurviveTheRedirect(t *testing.T) {
	t.Parallel()
	if got := newFlash("flash.saved", "what", "A").values(); len(got) != 2 || got[1] != "A" {
		t.Errorf("%v", got)
	}
}

func TestEveryStatusHasItsWordAndIcon(t *testing.T) {
	t.Parallel()
	a := testAssets(t)
	for _, s := range []string{
		"draft", "locked", "submitted", "active", "completed", "closed", "rejected", "terminated", "planned", "published", "verified", "accepted",
		"invoiced", "paid", "cancelled", "requested", "authorised", "settled", "reversed", "queued", "running", "done", "failed", "open", "held", "reopened",
		"proposed", "approved", "withdrawn", "refused", "revoked", "expired",
	} {
		if _, err := a.icon(stateOf(s).Icon); err != nil {
			t.Error(err)
		}
		for _, code := range []string{"id", "en"} {
			if in := storyReader(code); !in.Has("status." + s) {
				t.Errorf("%s has no word in %s", s, code)
			}
		}
	}
}
