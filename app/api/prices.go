package api

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/price"
)

// priceListForm is the form of a price list on its way in.
type priceListForm struct {
	File         string      `json:"file" format:"binary" doc:"the price list as the office exports it: .xlsx or CSV"`
	Basis        string      `json:"basis" doc:"the regulation that says so"`
	ValidFrom    period.Date `json:"valid_from"`
	ValidUntil   period.Date `json:"valid_until,omitempty" doc:"last day; none while it is in force"`
	TaxInclusive bool        `json:"tax_inclusive,omitempty" default:"true" doc:"the prices have VAT in them"`
}

func (a *API) mountPrices() {
	const tag, path = "Price references", "/price-references"
	create(a, path, tag, "Enter a price reference; the row of the same product, scope and unit in force ends the day before", func(c call, body price.Form) (price.Reference, error) {
		return a.Prices.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List price references, ended and void ones too", func(c call, q listing.Query) (listing.Page[price.Reference], error) {
		return a.Prices.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A price reference", func(c call) (price.Reference, error) { return a.Prices.Reference(c.ctx, c.actor, c.id) })
	act(a, path+"/{id}/void", tag, "Void a row that was entered wrongly, with a reason; what was judged by it stays", func(c call, body remark) (price.Reference, error) {
		return a.Prices.Void(c.ctx, c.actor, c.id, price.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
	uploadAs[priceListForm](a, fiber.StatusOK, path+"/import/preview", tag, "What a price list would change, and what is wrong with it; writes nothing", func(c call) (price.Import, error) {
		cmd, _, err := a.priceList(c)
		if err != nil {
			return price.Import{}, err
		}
		out, err := a.Prices.Preview(c.ctx, c.actor, cmd)
		return explained(c, out), err
	})
	upload[priceListForm](a, path+"/import", tag, "Take a price list, all of it or nothing; the same list again changes nothing", func(c call) (out price.Import, err error) {
		cmd, sent, err := a.priceList(c)
		if err != nil {
			return out, err
		}
		if _, err := a.Prices.Preview(c.ctx, c.actor, cmd); err != nil {
			return out, err
		}
		kept, err := a.Files.Keep(access.Aside(c.ctx), c.actor, sent)
		if err != nil {
			return out, err
		}
		cmd.SHA256 = kept.SHA256
		return a.Prices.Commit(c.ctx, c.actor, cmd)
	})
	a.mountPriceCheck()
}

// explained says each complaint in words.
func explained(c call, i price.Import) price.Import {
	l := languageOf(c.http)
	for n := range i.Complaints {
		i.Complaints[n].Detail = l.FieldMessage(i.Complaints[n].Refusal(), money.IDR)
	}
	return i
}

// priceList reads the form of a price list.
func (a *API) priceList(c call) (cmd price.ImportCommand, sent file.Sent, err error) {
	form, err := a.readForm(c.http, "basis", "valid_from", "valid_until", "tax_inclusive")
	if err != nil {
		return cmd, sent, err
	}
	defer func() { err = errors.Join(err, form.Close()) }()
	content, err := io.ReadAll(io.LimitReader(form.content, price.ListBytesMax+1))
	if err != nil {
		return cmd, sent, err
	}
	var wrong fault.Fields
	cmd = price.ImportCommand{Name: form.sent.Name, Content: content, Basis: form.values["basis"], TaxInclusive: true}
	cmd.ValidFrom = dateOf(&wrong, "/valid_from", form.values["valid_from"])
	cmd.ValidUntil = dateOf(&wrong, "/valid_until", form.values["valid_until"])
	if text := form.values["tax_inclusive"]; text != "" {
		if cmd.TaxInclusive, err = strconv.ParseBool(text); err != nil {
			wrong.Add("/tax_inclusive", "not_boolean")
		}
	}
	sent = form.sent
	sent.Purpose, sent.Content = file.List, bytes.NewReader(content)
	return cmd, sent, wrong.Err()
}

// dateOf reads a date that may be left out.
func dateOf(wrong *fault.Fields, at, text string) period.Date {
	if text == "" {
		return period.Date{}
	}
	d, err := period.ParseDate(text)
	if err != nil {
		wrong.Add(at, fault.From(err).Code)
	}
	return d
}

func (a *API) mountPriceCheck() {
	const path = agencyPath + "/price-check"
	get(a, path, "Price references", "How a price stands to its reference, and the least that any agency of the government pays the vendor for the same", func(c call) (agreement.PriceAnswer, error) {
		q, err := priceQuestion(c.http)
		if err != nil {
			return agreement.PriceAnswer{}, err
		}
		return a.Agreements.CheckPrice(c.ctx, c.actor, c.agency, q)
	})
	for _, p := range []struct{ name, doc, kind string }{
		{"product", "as on the agreement's line; needed", "string"},
		{"unit", "needed", "string"},
		{"unit_price", "in the smallest unit; needed", "integer"},
		{"tax_inclusive", "the price has VAT in it", "boolean"},
		{"vendor_id", "whose VAT counts, and whose prices elsewhere", "string"},
		{"outlet_id", "where it appears", "string"},
		{"social_account_id", "where it appears", "string"},
		{"tier", "of the influencer", "string"},
		{"budget_line_id", "whose account code has to be on the reference's list", "string"},
		{"price_reference_id", "the reference that is meant", "string"},
		{"order_date", "the day that counts; today without it", "string"},
	} {
		a.describe(path, p.name, p.doc, p.kind)
	}
}

// priceQuestion reads the query of a price check.
func priceQuestion(c *fiber.Ctx) (q agreement.PriceQuestion, err error) {
	var wrong fault.Fields
	id := func(name string) (out uuid.NullUUID) {
		text := c.Query(name)
		if text == "" {
			return out
		}
		parsed, err := uuid.Parse(text)
		if err != nil {
			wrong.AddWith("/query/"+name, "not_readable", fault.Args{"type": "uuid"})
		}
		return uuid.NullUUID{UUID: parsed, Valid: err == nil}
	}
	q.VendorID, q.Item.OutletID, q.Item.SocialAccountID = id("vendor_id").UUID, id("outlet_id"), id("social_account_id")
	q.Item.BudgetLineID, q.Item.PriceReferenceID = id("budget_line_id").UUID, id("price_reference_id")
	q.Item.Product, q.Item.Unit, q.Item.Tier, q.Item.Quantity = c.Query("product"), c.Query("unit"), c.Query("tier"), 1
	q.OrderDate = dateOf(&wrong, "/query/order_date", c.Query("order_date"))
	if text := c.Query("unit_price"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			wrong.AddWith("/query/unit_price", "not_readable", fault.Args{"type": "integer"})
		}
		q.Item.UnitPrice = money.Amount(n)
	}
	if text := c.Query("tax_inclusive"); text != "" {
		if q.Item.TaxInclusive, err = strconv.ParseBool(text); err != nil {
			wrong.AddWith("/query/tax_inclusive", "not_readable", fault.Args{"type": "boolean"})
		}
	}
	return q, wrong.Err()
}
