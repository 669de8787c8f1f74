package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/price"
	"tayang/app/registry"
)

// choices is what the form of an agreement offers to choose from.
type choices struct {
	Vendor    registry.Vendor
	Outlets   []registry.Outlet
	Accounts  []registry.SocialAccount
	Lines     []budget.Line
	Campaigns []campaign.Campaign
	Framework *agreement.Agreement // under which an order is entered
	Prices    []price.Reference
	Tiers     registry.Tiers
	Creator   bool // of an influencer agreement
}

// vendorStep asks first with whom and of which kind, because what can be ordered depends on it.
func vendorStep(in reader, vendors []registry.Vendor, chosen string) formPage {
	choose := in.choice("vendor_id", true, []option{{Label: in.T("form.choose")}})
	for _, v := range vendors {
		choose.Options = append(choose.Options, option{Value: v.ID.String(), Label: v.LegalName, Selected: v.ID.String() == chosen})
	}
	choose.Help = in.T("agreement.help.vendor")
	return formPage{
		heading: heading{Title: in.T("agreement.enter"), Crumbs: []link{in.agreementCrumb()}, Subtitle: in.T("agreement.step_one")},
		Action:  in.path("agreements", "new"), Get: true, Back: in.path("agreements"),
		Groups:  []group{{Fields: []field{in.choice("kind", true, in.options("agreement.kind", "media", "influencer")), choose}}},
		Buttons: []button{{Label: in.T("form.continue"), Main: true}},
	}
}

// agreementForm enters the terms; rows is how many deliverables it holds.
func agreementForm(in reader, c choices, kind, id string, version int64, rows int) formPage {
	c.Creator = kind == string(agreement.Influencer)
	p := formPage{
		heading: heading{
			Title: in.T("agreement.enter"), Crumbs: []link{in.agreementCrumb()},
			Subtitle: in.T("agreement.kind."+kind) + " · " + c.Vendor.LegalName,
		},
		Action: in.path("agreements"), Back: in.path("agreements"), Guard: true,
		Hidden: in.framingHidden(c, []box{{Name: "vendor_id", Value: c.Vendor.ID.String()}, {Name: "kind", Value: kind}}),
		Groups: in.agreementGroups(c),
		Grid:   in.deliverableGrid(c, "deliverables", rows),
		Split:  in.split(c, 0, true),
		Outlook: &outlook{
			Title: in.T("agreement.outlook"), From: in.path("agreements", "preview"),
			Note: in.T("agreement.outlook.none"), Button: in.T("agreement.recalculate"),
		},
		Buttons: []button{
			{Label: in.T("agreement.save_check"), Name: "next", Value: "submit", Main: true},
			{Label: in.T("word.save_draft"), Name: "next", Value: "draft"},
		},
	}
	if id != "" {
		p.Title, p.Action, p.Back = in.T("agreement.edit"), in.path("agreements", id), in.path("agreements", id)
		p.Hidden = append(p.Hidden, version64(version), box{Name: "id", Value: id})
	}
	return p
}

func (in reader) agreementGroups(c choices) []group {
	title := in.input("title", "text", true)
	title.Wide = true
	method := in.choice("method", true, wordsOf(in, "method", agreement.Methods()))
	method.Basis, method.Help = in.T("agreement.basis.method"), in.T("agreement.help.method")
	forms := in.choice("form", true, wordsOf(in, "form", agreement.Forms()))
	forms.Help = in.T("agreement.help.form")
	rup := in.input("rup_code", "text", false)
	rup.Help = in.T("agreement.help.rup")
	estimate := in.input("owner_estimate", "money", false)
	estimate.Unit, estimate.Help, estimate.Basis = in.sign(), in.T("agreement.help.estimate"), in.T("agreement.basis.estimate")
	about := []field{in.input("number", "text", true), title}
	if len(c.Campaigns) > 0 {
		serve := in.choice("campaign_id", false, []option{{Label: "–"}})
		for _, one := range c.Campaigns {
			serve.Options = append(serve.Options, option{Value: one.ID.String(), Label: one.Name})
		}
		about = append(about, serve)
	}
	if c.Creator {
		about = append(about, in.feeField())
	}
	planned, agreed := in.procurementFields()
	groups := []group{
		{Title: in.T("agreement.group.about"), Fields: about},
		{Title: in.T("agreement.group.procurement"), Fields: slices.Concat([]field{method, forms, rup, estimate}, planned)},
		{Title: in.T("agreement.group.basis"), Fields: agreed},
		{Title: in.T("agreement.group.dates"), Fields: []field{
			in.input("order_date", "date", true), in.input("start_date", "date", true), in.input("end_date", "date", true),
		}},
		{Title: in.T("agreement.group.payment"), Fields: in.paymentTermsFields()},
	}
	if framing := in.framingFields(c); len(framing) > 0 {
		groups = append(groups, group{Title: in.T("agreement.group.framework"), Fields: framing})
	}
	return groups
}

func wordsOf[T ~string](in reader, prefix string, values []T) []option {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return in.options(prefix, names...)
}

// deliverableGrid is the rows of the agreement, under their own name or another's.
func (in reader) deliverableGrid(c choices, name string, rows int) *grid {
	g := &grid{
		ID: "items", Title: in.T("field." + name), Add: in.T("agreement.add_item"), Columns: []column{
			{Label: in.T("field.product")},
			{Label: in.T("agreement.channel")},
			{Label: in.T("field.budget_line_id")},
			{Label: in.T("field.quantity"), Class: "num"},
			{Label: in.T("field.unit")},
			{Label: in.moneyLabel("field.offered_price"), Class: "money"},
			{Label: in.moneyLabel("field.unit_price"), Class: "money"},
			{Label: in.T("price.reference")},
			{Label: in.T("field.tax_inclusive")},
			{Label: in.T("field.label_required")},
		},
		Lists: []datalist{{"products", in.suggested("product")}, {"units", in.suggested("unit")}},
	}
	if len(c.Accounts) > 0 {
		g.More, g.Lists = in.T("field.content"), append(g.Lists, in.contentLists(c)...)
	}
	for i := range rows {
		at := name + "." + strconv.Itoa(i) + "."
		row := gridRow{Fields: in.itemFields(c, at), Open: c.Creator}
		if g.More != "" {
			row.More = in.contentFields(at)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// itemFields are the fields of a row. A channel is an outlet or an account; one column serves both.
func (in reader) itemFields(c choices, at string) []field {
	product, unit := in.input(at+"product", "text", true), in.input(at+"unit", "text", true)
	product.List, unit.List = "products", "units"
	channel := in.choice(at+"channel", true, in.channels(c))
	channel.Label, channel.Also = in.T("agreement.channel"), []string{at + "outlet_id", at + "social_account_id"}
	label := in.input(at+"label_required", "checkbox", false)
	label.Value = "yes"
	return []field{
		product, channel, in.choice(at+"budget_line_id", true, in.lineOptions(c.Lines)), in.input(at+"quantity", "number", true), unit,
		in.input(at+"offered_price", "money", false), in.input(at+"unit_price", "money", true),
		in.choice(at+"price_reference_id", false, in.referenceOptions(c.Prices)),
		in.input(at+"tax_inclusive", "checkbox", false), label,
	}
}

// suggested are the words that a field offers; others may be typed.
func (in reader) suggested(of string) []string { return strings.Split(in.T("suggest."+of), "|") }

func (in reader) channels(c choices) []option {
	out := []option{{Label: in.T("form.choose")}}
	for _, o := range c.Outlets {
		out = append(out, option{Value: "outlet:" + o.ID.String(), Label: o.Name + " (" + in.T("outlet.kind."+string(o.Kind)) + ")" + c.of(o.VendorID, o.VendorName)})
	}
	for _, a := range c.Accounts {
		out = append(out, option{Value: "account:" + a.ID.String(), Label: "@" + a.Handle + " (" + in.T("platform."+string(a.Platform)) + ")" + c.of(a.VendorID, a.VendorName)})
	}
	return out
}

func (in reader) lineOptions(lines []budget.Line) []option {
	out := []option{{Label: in.T("form.choose")}}
	for _, l := range lines {
		out = append(out, option{Value: l.ID.String(), Label: lineLabel(l, lines) + " · " + l.AccountCode + " · " + l.FundSource + " — " + in.cash(l.Available)})
	}
	return out
}

// termsTyped reads the form.
func termsTyped(t *typed, rows int) agreement.Terms {
	terms := agreement.Terms{
		Kind: agreement.Kind(t.text("kind")), Number: t.text("number"), Title: t.text("title"), VendorID: t.uuid("vendor_id"),
		Method: agreement.Method(t.text("method")), Form: agreement.Form(t.text("form")), RUPCode: t.text("rup_code"), OrderDate: t.date("order_date"),
		StartDate: t.date("start_date"), EndDate: t.date("end_date"), OwnerEstimate: t.amountOr("owner_estimate"), Procurement: procurementTyped(t),
		FeeVia: agreement.FeeVia(t.text("fee_via")), PaymentTerms: paymentTermsTyped(t),
	}
	if id := t.uuid("campaign_id"); id != uuid.Nil {
		terms.CampaignID = uuid.NullUUID{UUID: id, Valid: true}
	}
	terms.Framing = framingTyped(t)
	for i := range rows {
		terms.Deliverables = append(terms.Deliverables, itemTyped(t, "deliverables."+strconv.Itoa(i)+"."))
	}
	return terms
}

// itemTyped reads a row.
func itemTyped(t *typed, at string) agreement.Item {
	item := agreement.Item{
		Product: t.text(at + "product"), BudgetLineID: t.uuid(at + "budget_line_id"), Quantity: t.whole(at + "quantity"), Unit: t.text(at + "unit"),
		OfferedPrice: t.amountOr(at + "offered_price"), UnitPrice: t.amount(at + "unit_price"),
		TaxInclusive: t.yes(at + "tax_inclusive"), LabelRequired: t.yes(at + "label_required"),
		Tier: t.text(at + "tier"), Content: contentTyped(t, at),
	}
	if id := t.uuid(at + "price_reference_id"); id != uuid.Nil {
		item.PriceReferenceID = uuid.NullUUID{UUID: id, Valid: true}
	}
	kind, id, _ := strings.Cut(t.text(at+"channel"), ":")
	if parsed, err := uuid.Parse(id); err == nil && kind == "outlet" {
		item.OutletID = uuid.NullUUID{UUID: parsed, Valid: true}
	} else if err == nil {
		item.SocialAccountID = uuid.NullUUID{UUID: parsed, Valid: true}
	}
	return item
}

// termsValues writes terms as the form's fields.
func termsValues(in reader, t agreement.Terms) func(string) string {
	plain := func(a money.Amount) string { return money.Format(a, in.Agency.Currency, in.Code()) }
	values := map[string]string{
		"kind": string(t.Kind), "number": t.Number, "title": t.Title, "vendor_id": t.VendorID.String(), "method": string(t.Method),
		"form": string(t.Form), "rup_code": t.RUPCode, "order_date": t.OrderDate.String(), "start_date": t.StartDate.String(), "end_date": t.EndDate.String(),
		"fee_via": string(t.FeeVia),
	}
	procurementValues(t.Procurement, values)
	paymentTermsValues(t.PaymentTerms, values)
	if t.OwnerEstimate != nil {
		values["owner_estimate"] = plain(*t.OwnerEstimate)
	}
	framingValues(t.Framing, values, plain)
	if t.CampaignID.Valid {
		values["campaign_id"] = t.CampaignID.UUID.String()
	}
	for i, d := range t.Deliverables {
		at := "deliverables." + strconv.Itoa(i) + "."
		values[at+"product"], values[at+"unit"], values[at+"budget_line_id"] = d.Product, d.Unit, d.BudgetLineID.String()
		values[at+"quantity"], values[at+"unit_price"] = in.Number(d.Quantity), plain(d.UnitPrice)
		values[at+"channel"] = "outlet:" + d.OutletID.UUID.String()
		if d.SocialAccountID.Valid {
			values[at+"channel"] = "account:" + d.SocialAccountID.UUID.String()
		}
		if d.OfferedPrice != nil {
			values[at+"offered_price"] = plain(*d.OfferedPrice)
		}
		if values[at+"tier"] = d.Tier; d.PriceReferenceID.Valid {
			values[at+"price_reference_id"] = d.PriceReferenceID.UUID.String()
		}
		values[at+"tier"] = d.Tier
		contentValues(in, values, at, d.Content)
		values[at+"tax_inclusive"], values[at+"label_required"] = checked(d.TaxInclusive), checked(d.LabelRequired)
	}
	splitValues(in, values, t.LookThrough)
	return func(name string) string { return values[name] }
}

func checked(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// choices fetches what can be chosen for a vendor: his channels and the year's budget lines.
func (w *Web) choices(r *request, vendor uuid.UUID, year int, items []agreement.Item) (c choices, err error) {
	s := w.services
	if c.Vendor, err = s.Vendors.Vendor(r.ctx(), r.Actor, vendor); err != nil {
		return c, err
	}
	his := listing.All().Where("vendor_id", vendor.String())
	outlets, err := s.Outlets.List(r.ctx(), r.Actor, his)
	if err != nil {
		return c, err
	}
	accounts, err := s.Accounts.List(r.ctx(), r.Actor, his)
	if err != nil {
		return c, err
	}
	campaigns, err := s.Campaigns.List(r.ctx(), r.Actor, r.Agency.Code, listing.All())
	if err != nil {
		return c, err
	}
	c.Outlets, c.Accounts, c.Campaigns = outlets.Items, accounts.Items, campaigns.Items
	if c.Prices, err = w.references(r, items); err != nil {
		return c, err
	}
	if c.Tiers, err = w.tiersOf(r, c.Accounts); err != nil {
		return c, err
	}
	c.Lines, err = w.linesOf(r, year)
	return c, err
}

// linesOf gives the budget lines in force of a year.
func (w *Web) linesOf(r *request, year int) ([]budget.Line, error) {
	page, err := w.services.Budgets.Lines(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("fiscal_year", strconv.Itoa(year)))
	return page.Items, err
}

func (w *Web) newAgreement(r *request) (answer, error) {
	if err := r.Actor.Can(access.AgreementWrite, r.Agency.ID); err != nil {
		return answer{}, err
	}
	if r.c.Query("framework_id") != "" {
		return w.newOrder(r)
	}
	kind, vendor := r.c.Query("kind"), r.c.Query("vendor_id")
	id, err := uuid.Parse(vendor)
	if err != nil || !slices.Contains([]string{"media", "influencer"}, kind) {
		page, err := w.services.Vendors.List(r.ctx(), r.Actor, listing.Query{Limit: listing.LimitMax, Sort: []listing.Key{{Field: "legal_name"}}})
		if err != nil {
			return answer{}, err
		}
		return show(vendorStep(r.reader, page.Items, vendor))
	}
	return w.freshAgreement(r, kind, id)
}

func (w *Web) editAgreement(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err != nil {
		return answer{}, err
	}
	t := a.Terms()
	c, err := w.choicesVia(r, a.VendorID, a.FiscalYear, t.Deliverables, t.LookThrough.ViaAgency)
	if err != nil {
		return answer{}, err
	}
	if err := w.framework(r, &c, t.FrameworkID); err != nil {
		return answer{}, err
	}
	p := agreementForm(r.reader, c, string(a.Kind), a.ID.String(), a.Version, max(1, len(t.Deliverables)))
	if t.LookThrough.ViaAgency {
		p.Split = r.split(c, max(1, len(t.LookThrough.Recipients)), true)
	}
	p.fill(termsValues(r.reader, t))
	r.withRemarks(&p, a)
	if err := w.look(r, &p, t); err != nil {
		return answer{}, err
	}
	return show(p)
}
