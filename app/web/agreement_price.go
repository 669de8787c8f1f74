package web

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/price"
)

// verdict shows how a price stands to its reference, in word, colour and icon.
func (in reader) verdict(j price.Judgement) cell {
	st := stateOf("price_" + string(j.Verdict))
	c := cell{Text: in.T("verdict." + string(j.Verdict)), State: &st}
	if j.Reason != "" {
		c.Sub = in.T("price.reason." + string(j.Reason))
	}
	return c
}

// priceTable holds each line's price against its reference, and against the least that the vendor is paid elsewhere.
func (in reader) priceTable(f agreement.PriceFacts) *table {
	t := &table{ID: "prices", Caption: in.T("price.compared"), Columns: []column{
		{Label: "#", Class: "num"},
		{Label: in.T("field.product")},
		{Label: in.moneyLabel("field.unit_price"), Class: "money"},
		{Label: in.moneyLabel("price.reference"), Class: "money"},
		{Label: in.moneyLabel("price.difference"), Class: "money"},
		{Label: in.T("price.verdict")},
		{Label: in.moneyLabel("price.elsewhere"), Class: "money"},
	}}
	for _, l := range f.Lines {
		j := l.Judgement
		own, reference, difference := in.money(l.UnitNet), in.money(j.Price), cell{Text: "–", Class: "money"}
		own.Sub = in.taxBasis(false)
		if j.Price > 0 {
			own = in.money(j.Compared)
			own.Sub, reference.Sub = in.taxBasis(j.TaxInclusive), j.Basis
			reference.Href = pricesPath + "/" + j.ReferenceID.UUID.String()
			difference = in.money(j.Difference())
		}
		if excess := l.Excess(); excess > 0 {
			difference.Class, difference.Sub = "money over", in.T("price.times", "n", in.Number(l.Quantity), "amount", in.cash(excess))
		}
		t.add("", in.count(int64(l.Position)), two(l.Product, l.Unit), own, reference, difference, in.verdict(j), in.elsewhere(l))
	}
	return t
}

func (in reader) taxBasis(inclusive bool) string {
	if inclusive {
		return in.T("agreement.price_with")
	}
	return in.T("agreement.price_without")
}

// elsewhere is the least that an agency of the government pays the vendor for the same, without VAT.
func (in reader) elsewhere(l agreement.LinePrice) cell {
	if l.Elsewhere == nil {
		return cell{Text: "–", Class: "money", Sub: in.T("price.nowhere")}
	}
	c := in.money(l.Elsewhere.Net)
	c.Sub = in.taxBasis(false) + " · " + l.Elsewhere.AgencyName + " · " + l.Elsewhere.Agreement
	if more := l.Dearer(); more > 0 {
		c.Class = "money over"
		c.Sub += " · " + in.T("price.dearer", "amount", in.cash(more))
	}
	return c
}

// pricePart is the comparison as a part of the record; nil for what was never judged.
func (in reader) pricePart(known agreement.Assessment) []part {
	if len(known.Facts.Prices.Lines) == 0 {
		return nil
	}
	t := in.priceTable(known.Facts.Prices)
	t.Caption = "" // the part's title says the same
	return []part{{ID: "prices-part", Title: in.T("price.compared"), Table: t}}
}

// pricesOfMove puts the comparison on the page before a verb that depends on it.
func (w *Web) pricesOfMove(r *request, p *formPage, a agreement.Agreement, verb agreement.Verb) error {
	if verb != agreement.Submit && verb != agreement.Approve {
		return nil
	}
	known, err := w.services.Agreements.Assessment(r.ctx(), r.Actor, r.Agency.Code, a.ID)
	if err == nil && len(known.Facts.Prices.Lines) > 0 {
		p.Tables = append(p.Tables, *r.priceTable(known.Facts.Prices))
	}
	return err
}

// referencesMax is how many price references a row offers to choose from.
const referencesMax = 200

// references are those that can be named in a row: all that stand when there are few, else those whose words are in the rows.
func (w *Web) references(r *request, items []agreement.Item) ([]price.Reference, error) {
	q := listing.Query{Limit: referencesMax, Sort: []listing.Key{{Field: "product"}}}.Where("voided", "false")
	page, err := w.services.Prices.List(r.ctx(), r.Actor, q)
	if err != nil || page.NextCursor == nil {
		return page.Items, err
	}
	var out []price.Reference
	var asked []string
	for _, d := range items {
		words := strings.Fields(d.Product)
		if len(words) == 0 || slices.Contains(asked, words[0]) || len(asked) == 5 {
			continue
		}
		asked = append(asked, words[0])
		q.Text = words[0]
		more, err := w.services.Prices.List(r.ctx(), r.Actor, q)
		if err != nil {
			return nil, err
		}
		out = append(out, more.Items...)
	}
	return w.withNamed(r, out, items)
}

// withNamed adds the references that rows name already.
func (w *Web) withNamed(r *request, found []price.Reference, items []agreement.Item) ([]price.Reference, error) {
	seen := map[uuid.UUID]bool{}
	found = slices.DeleteFunc(found, func(p price.Reference) bool {
		was := seen[p.ID]
		seen[p.ID] = true
		return was
	})
	var ids []string
	for _, d := range items {
		if id := d.PriceReferenceID; id.Valid && !seen[id.UUID] {
			ids = append(ids, id.UUID.String())
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	page, err := w.services.Prices.List(r.ctx(), r.Actor, listing.All().Where("id", ids...))
	return append(found, page.Items...), err
}

// referenceOptions are the choices of a row's price reference; none means the one that fits.
func (in reader) referenceOptions(all []price.Reference) []option {
	out := []option{{Label: in.T("price.automatic")}}
	for _, r := range all {
		label := r.Product + " · " + in.priceScope(r.Form) + " · " + in.cash(r.UnitPrice) + " / " + r.Unit
		if r.Specification != "" {
			label += " · " + shortened(r.Specification)
		}
		out = append(out, option{Value: r.ID.String(), Label: label})
	}
	return out
}

// shortened is the beginning of a long text.
func shortened(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
