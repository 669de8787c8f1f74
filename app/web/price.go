package web

import (
	"context"
	"io"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/price"
	"tayang/app/registry"
)

// Prices is what the pages of price references need.
type Prices interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[price.Reference], error)
	Reference(ctx context.Context, actor access.Actor, id uuid.UUID) (price.Reference, error)
	Create(ctx context.Context, actor access.Actor, f price.Form) (price.Reference, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd price.VoidCommand) (price.Reference, error)
	Preview(ctx context.Context, actor access.Actor, cmd price.ImportCommand) (price.Import, error)
	Commit(ctx context.Context, actor access.Actor, cmd price.ImportCommand) (price.Import, error)
}

const pricesPath = "/price-references"

func (in reader) priceCrumb() link { return link{in.T("nav.prices"), pricesPath} }

// outletKinds are the choices of a kind of outlet.
func (in reader) outletKinds() []option {
	return in.options("outlet.kind", "print", "online", "radio", "tv", "outdoor")
}

func priceReferenceList(in reader, q listing.Query, page listing.Page[price.Reference]) listPage {
	p := in.listOf(pricesPath, q, []column{
		{Label: in.T("field.product"), Sort: "product"},
		{Label: in.T("price.scope")},
		{Label: in.T("field.unit"), Sort: "unit"},
		{Label: in.moneyLabel("field.unit_price"), Class: "money", Sort: "unit_price"},
		{Label: in.T("field.tax_inclusive")},
		{Label: in.T("field.valid_from"), Class: "date", Sort: "valid_from"},
		{Label: in.T("field.valid_until"), Class: "date"},
		{Label: in.T("field.basis")},
		{Label: in.T("field.status")},
	}, []filter{
		{Name: "outlet_kind", Label: in.T("field.outlet_kind"), Options: in.outletKinds()},
		{Name: "tax_inclusive", Label: in.T("field.tax_inclusive"), Options: []option{{Value: "true", Label: in.T("word.yes")}, {Value: "false", Label: in.T("word.no")}}},
		{Name: "voided", Label: in.T("field.status"), Options: []option{{Value: "false", Label: in.T("price.standing")}, {Value: "true", Label: in.T("price.void")}}},
	})
	p.heading = heading{Title: in.T("nav.prices"), Subtitle: in.T("price.subtitle")}
	p.Hint = in.T("price.hint")
	p.Table.Empty = empty{Text: in.T("price.empty")}
	if in.writesRegistry() {
		bring := action{Label: in.T("price.import"), Icon: "upload", Href: pricesPath + "/import", Main: true}
		p.Actions = []action{bring, {Label: in.T("price.enter"), Icon: "plus", Href: pricesPath + "/new"}}
		p.Table.Empty.Action = &bring
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, r := range page.Items {
		href := pricesPath + "/" + r.ID.String()
		p.Table.add(href,
			number(r.Product, href, r.Specification), text(in.priceScope(r.Form)), text(r.Unit), in.money(r.UnitPrice), text(in.yes(r.TaxInclusive)),
			in.day(r.ValidFrom), in.day(r.ValidUntil), text(r.Basis), in.priceState(r),
		)
	}
	return p
}

// priceScope says for which channels a reference is.
func (in reader) priceScope(f price.Form) string {
	switch {
	case f.OutletKind != "":
		return in.T("outlet.kind." + string(f.OutletKind))
	case f.Tier != "":
		return in.T("price.tier", "tier", f.Tier)
	}
	return in.T("price.every_channel")
}

// priceState says whether a reference counts today.
func (in reader) priceState(r price.Reference) cell {
	word := "price_ended"
	switch {
	case r.VoidedAt != nil:
		word = "price_void"
	case r.InForce(in.today()):
		word = "price_in_force"
	case r.ValidFrom.After(in.today()):
		word = "price_coming"
	}
	st := stateOf(word)
	return cell{Text: in.T("status." + word), State: &st}
}

func priceRecord(in reader, r price.Reference) recordPage {
	status := in.priceState(r)
	p := recordPage{heading: heading{Title: r.Product, Subtitle: in.priceScope(r.Form) + " · " + r.Unit, Crumbs: []link{in.priceCrumb()}}, State: &status}
	if r.VoidedAt != nil {
		p.Warn = in.T("record.reason", "reason", r.VoidReason)
	} else if in.writesRegistry() {
		p.Actions = []action{{Label: in.T("price.void_it"), Icon: "ban", Href: pricesPath + "/" + r.ID.String() + "/void", Danger: true}}
	}
	tax := in.T("agreement.price_without")
	if r.TaxInclusive {
		tax = in.T("agreement.price_with")
	}
	p.Figures = []figure{{in.T("field.unit_price"), in.cash(r.UnitPrice) + " / " + r.Unit, ""}, {in.T("field.tax_inclusive"), tax, ""}}
	source := text(in.T("price.by_hand"))
	if r.SourceFile != "" {
		source = cell{Text: in.T("price.from_list"), Sub: r.SourceFile[:min(12, len(r.SourceFile))], Href: "/files/" + r.SourceFile}
	}
	p.Parts = []part{{ID: "terms", Title: in.T("price.terms"), Facts: []fact{
		{in.T("field.basis"), text(r.Basis)},
		{in.T("field.valid_from"), text(in.date(r.ValidFrom))},
		{in.T("field.valid_until"), text(in.date(r.ValidUntil))},
		{in.T("price.scope"), text(in.priceScope(r.Form))},
		{in.T("field.specification"), text(orDash(r.Specification))},
		{in.T("field.account_codes"), code(orDash(strings.Join(r.AccountCodes, ", ")))},
		{in.T("field.group_code"), two(orDash(r.GroupCode), r.GroupName)},
		{in.T("field.standard_id"), code(orDash(r.StandardID))},
		{in.T("field.item_code"), code(orDash(r.ItemCode))},
		{in.T("price.source"), source},
		{in.T("price.entered"), text(in.moment(r.CreatedAt))},
	}}}
	return p
}

// priceForm enters one price reference.
func priceForm(in reader) formPage {
	product, unit := in.input("product", "text", true), in.input("unit", "text", true)
	product.Help = in.T("price.help.product")
	kind := in.choice("outlet_kind", false, append([]option{{Label: in.T("price.every_channel")}}, in.outletKinds()...))
	tier := in.input("tier", "text", false)
	tier.Help = in.T("price.help.tier")
	amount := in.input("unit_price", "money", true)
	amount.Unit = in.sign()
	basis := in.input("basis", "text", true)
	basis.Wide, basis.Help = true, in.T("price.help.basis")
	until := in.input("valid_until", "date", false)
	until.Help = in.T("price.help.until")
	accounts := in.input("account_codes", "text", false)
	accounts.Wide, accounts.Help = true, in.T("price.help.accounts")
	specification := in.input("specification", "text", false)
	specification.Wide = true
	return formPage{
		heading: heading{Title: in.T("price.enter"), Crumbs: []link{in.priceCrumb()}}, Action: pricesPath, Back: pricesPath, Guard: true, Intro: in.T("price.intro"),
		Groups: []group{
			{Title: in.T("price.what"), Fields: []field{product, kind, tier, unit, amount, in.input("tax_inclusive", "checkbox", false)}},
			{Title: in.T("price.terms"), Fields: []field{basis, in.input("valid_from", "date", true), until}},
			{Title: in.T("price.list_columns"), Fields: []field{
				in.input("group_code", "text", false), in.input("group_name", "text", false), in.input("standard_id", "text", false),
				in.input("item_code", "text", false), specification, accounts,
			}},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

func priceTyped(t *typed) (price.Form, error) {
	f := price.Form{
		Product: t.text("product"), OutletKind: registry.OutletKind(t.text("outlet_kind")), Tier: t.text("tier"), Unit: t.text("unit"),
		UnitPrice: t.amount("unit_price"), TaxInclusive: t.yes("tax_inclusive"), Basis: t.text("basis"), ValidFrom: t.date("valid_from"),
		ValidUntil: t.date("valid_until"), GroupCode: t.text("group_code"), GroupName: t.text("group_name"), StandardID: t.text("standard_id"),
		ItemCode: t.text("item_code"), Specification: t.text("specification"), AccountCodes: registry.Codes(strings.Split(t.text("account_codes"), ",")),
	}
	return f, t.err(f.Trimmed().Check())
}

// voidPriceForm asks why a row is void.
func voidPriceForm(in reader, r price.Reference) formPage {
	here := pricesPath + "/" + r.ID.String()
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	record := priceRecord(in, r)
	return formPage{
		heading: heading{Title: in.T("price.void_it"), Subtitle: r.Product, Crumbs: []link{in.priceCrumb(), {r.Product, here}}}, Action: here + "/void", Back: here,
		Intro: in.T("price.void_intro"), Facts: record.Parts[0].Facts, Hidden: []box{version64(r.Version)}, Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("price.void_it"), Danger: true, Icon: "ban"}},
	}
}

func (w *Web) prices(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Prices.List(r.ctx(), r.Actor, q)
	if err != nil {
		return answer{}, err
	}
	return show(priceReferenceList(r.reader, q, page))
}

func (w *Web) newPrice(r *request) (answer, error) { return show(priceForm(r.reader)) }

func (w *Web) createPrice(r *request) (answer, error) {
	f, err := priceTyped(r.typed())
	var made price.Reference
	if err == nil {
		made, err = w.services.Prices.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(priceForm(r.reader), err)
	}
	return done(pricesPath+"/"+made.ID.String(), "flash.saved", "what", made.Product)
}

// priceOf fetches the row that the address names.
func (w *Web) priceOf(r *request) (price.Reference, error) {
	id, err := r.id("id")
	if err != nil {
		return price.Reference{}, err
	}
	return w.services.Prices.Reference(r.ctx(), r.Actor, id)
}

func (w *Web) price(r *request) (answer, error) {
	found, err := w.priceOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(priceRecord(r.reader, found))
}

func (w *Web) askVoidPrice(r *request) (answer, error) {
	found, err := w.priceOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(voidPriceForm(r.reader, found))
}

func (w *Web) voidPrice(r *request) (answer, error) {
	found, err := w.priceOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	cmd := price.VoidCommand{Expected: r.expected(), Reason: t.text("reason")}
	if err = t.err(nil); err == nil {
		_, err = w.services.Prices.Void(r.ctx(), r.Actor, found.ID, cmd)
	}
	if err != nil {
		found.Version = r.version(err, found.Version)
		return r.refused(voidPriceForm(r.reader, found), err)
	}
	return done(pricesPath+"/"+found.ID.String(), "flash.price_void", "what", found.Product)
}

// readAll reads a price list, no more of it than is taken.
func readAll(from io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(from, price.ListBytesMax+1))
}

// dated writes a date as a form's value.
func dated(d period.Date) string { return d.String() }
