package web

import (
	"strconv"
	"strings"

	"tayang/app/listing"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// vettingPath is where the pages of vetting lie.
const vettingPath = "/vetting"

func (in reader) vettingCrumb() link { return link{in.T("vetting.title"), vettingPath} }

// vettingPage is what a year asks of every kind of outlet, the grades, and what products may be.
func vettingPage(in reader, year int, k vetting.Known, rules []vetting.ProductRule) recordPage {
	p := recordPage{heading: heading{
		Title: in.T("vetting.year", "year", strconv.Itoa(year)), Subtitle: in.T("vetting.subtitle"), Crumbs: []link{in.vendorCrumb()},
	}}
	for _, y := range []int{year - 1, year + 1} {
		p.Actions = append(p.Actions, action{Label: in.T("word.year") + " " + strconv.Itoa(y), Icon: "calendar", Href: vettingPath + "?year=" + strconv.Itoa(y)})
	}
	var enter, grades, products []action
	if in.writesRegistry() {
		of := "?year=" + strconv.Itoa(year)
		enter = []action{
			{Label: in.T("vetting.requirement.enter"), Icon: "plus", Href: vettingPath + "/requirements/new" + of},
			{Label: in.T("vetting.copy"), Icon: "copy", Href: vettingPath + "/requirements/copy" + of},
		}
		grades = []action{{Label: in.T("vetting.grade.enter"), Icon: "plus", Href: vettingPath + "/requirement-grades/new" + of}}
		products = []action{{Label: in.T("vetting.product.enter"), Icon: "plus", Href: vettingPath + "/product-rules/new"}}
	}
	p.Parts = []part{
		{ID: "requirements", Title: in.T("vetting.requirements"), Note: in.T("vetting.requirements.note"), Actions: enter, Table: in.requirementTable(k.Requirements)},
		{ID: "grades", Title: in.T("vetting.grades"), Note: in.T("vetting.grades.note"), Actions: grades, Table: in.gradeTable(k.Grades)},
		{ID: "products", Title: in.T("vetting.products"), Note: in.T("vetting.products.note"), Actions: products, Table: in.productTable(rules)},
	}
	return p
}

// voids is the link by which a row is voided, for those who may.
func (in reader) voids(book string, r vetting.Row) cell {
	switch {
	case !r.Holds():
		return two(in.T("vetting.void.done"), r.VoidReason)
	case in.writesRegistry():
		return to(in.T("vetting.void"), vettingPath+"/"+book+"/"+r.ID.String()+"/void")
	}
	return text("–")
}

func (in reader) requirementTable(items []vetting.Requirement) *table {
	t := &table{ID: "requirement-rows", Empty: empty{Text: in.T("vetting.requirements.empty")}, Columns: []column{
		{Label: in.T("field.outlet_kind")}, {Label: in.T("field.code")}, {Label: in.T("field.name")}, {Label: in.T("field.mandatory")},
		{Label: in.T("field.points"), Class: "num"}, {Label: in.T("field.expires")}, {Label: in.T("field.criterion")}, {Label: in.T("field.basis")}, {Label: in.T("vetting.void")},
	}}
	for _, r := range items {
		t.add("", text(in.T("outlet.kind."+string(r.OutletKind))), code(r.Code), cell{Text: r.Name, Class: "main"}, text(in.yes(r.Mandatory)),
			in.count(r.Points), text(in.yes(r.Expires)), text(in.T("criterion."+string(r.Criterion))), text(r.Basis), in.voids("requirements", r.Row))
	}
	return t
}

func (in reader) gradeTable(items []vetting.Grade) *table {
	t := &table{ID: "grade-rows", Empty: empty{Text: in.T("vetting.grades.empty")}, Columns: []column{
		{Label: in.T("field.outlet_kind")}, {Label: in.T("field.grade")}, {Label: in.T("field.min_points"), Class: "num"},
		{Label: in.T("field.valid_from"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("vetting.void")},
	}}
	for _, g := range items {
		kind := in.T("vetting.every_kind")
		if g.OutletKind != "" {
			kind = in.T("outlet.kind." + string(g.OutletKind))
		}
		t.add("", text(kind), cell{Text: g.Grade, Class: "main"}, in.count(g.MinPoints), in.day(g.ValidFrom), text(g.Basis), in.voids("requirement-grades", g.Row))
	}
	return t
}

func (in reader) productTable(items []vetting.ProductRule) *table {
	t := &table{ID: "product-rows", Empty: empty{Text: in.T("vetting.products.empty")}, Columns: []column{
		{Label: in.T("field.product")}, {Label: in.T("field.kbli")}, {Label: in.T("field.accounts")}, {Label: in.T("field.valid_from"), Class: "date"},
		{Label: in.T("field.valid_to"), Class: "date"}, {Label: in.T("field.basis")}, {Label: in.T("vetting.void")},
	}}
	for _, r := range items {
		t.add("", cell{Text: r.Product, Class: "main"}, code(orDash(strings.Join(r.KBLI, ", "))), code(orDash(strings.Join(r.Accounts, ", "))),
			in.day(r.ValidFrom), in.day(r.ValidTo), text(r.Basis), in.voids("product-rules", r.Row))
	}
	return t
}

// blacklistPage lists who may not be ordered from.
func blacklistPage(in reader, q listing.Query, page listing.Page[vetting.Blacklisting]) listPage {
	p := in.listOf(vettingPath+"/blacklist-entries", q, []column{
		{Label: in.T("vendor.one"), Sort: "vendor_name"}, {Label: in.T("field.decree_number"), Sort: "decree_number"}, {Label: in.T("field.ground")},
		{Label: in.T("field.valid_from"), Class: "date", Sort: "valid_from"}, {Label: in.T("field.valid_until"), Class: "date"},
		{Label: in.T("field.status")}, {Label: in.T("blacklist.next")},
	}, nil)
	p.heading = heading{Title: in.T("blacklist.title"), Subtitle: in.T("blacklist.subtitle"), Crumbs: []link{in.vendorCrumb()}}
	p.Hint = in.T("blacklist.hint")
	p.Table.Empty = empty{Text: in.T("blacklist.empty")}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, b := range page.Items {
		p.Table.add("/vendors/"+b.VendorID.String(), append([]cell{number(b.VendorName, "/vendors/"+b.VendorID.String(), "")}, in.barCells(b)...)...)
	}
	return p
}

// barCells are what a blacklisting says, without whose it is.
func (in reader) barCells(b vetting.Blacklisting) []cell {
	decree := text(b.DecreeNumber)
	if b.File != "" {
		decree = to(b.DecreeNumber, "/files/"+b.File)
	}
	until := in.day(b.ValidUntil)
	if !b.LiftedOn.IsZero() {
		until = cell{Text: b.LiftedOn.Short(), Sub: b.LiftReason, Class: "date"}
	}
	status, next := "expired", text("–")
	switch {
	case !b.Holds():
		status, next = "cancelled", two(in.T("vetting.void.done"), b.VoidReason)
	case b.LiftedOn.IsZero() && in.writesRegistry():
		next = to(in.T("blacklist.lift"), vettingPath+"/blacklist-entries/"+b.ID.String()+"/lift")
		if b.On(in.today()) {
			status = "held"
		}
	case b.On(in.today()):
		status = "held"
	}
	st := stateOf(status)
	return []cell{decree, text(b.Ground), in.day(b.ValidFrom), until, {Text: in.T("blacklist.state." + status), State: &st}, next}
}

// pairsMax bounds how many pairs a page shows; those that share most come first.
const pairsMax = 100

// pairsPage shows vendors that share something, side by side.
func pairsPage(in reader, pairs []vetting.Pair) recordPage {
	p := recordPage{heading: heading{Title: in.T("pairs.title"), Subtitle: in.T("pairs.subtitle", "n", in.Number(int64(len(pairs)))), Crumbs: []link{in.vendorCrumb()}}}
	for i, pair := range pairs[:min(len(pairs), pairsMax)] {
		p.Parts = append(p.Parts, in.pairPart("pair-"+strconv.Itoa(i+1), pair))
	}
	if len(pairs) == 0 {
		p.Parts = []part{{ID: "pairs", Title: in.T("pairs.title"), Table: &table{Empty: empty{Text: in.T("pairs.empty")}}}}
	}
	return p
}

// pairPart is two vendors side by side, with what is equal marked.
func (in reader) pairPart(id string, p vetting.Pair) part {
	t := &table{ID: id + "-rows", Columns: []column{{Label: in.T("pairs.what")}, {Label: p.A.LegalName}, {Label: p.B.LegalName}, {Label: in.T("pairs.equal")}}}
	open := "/vendors/"
	t.add("", text(in.T("vendor.one")), number(p.A.LegalName, open+p.A.ID.String(), ""), number(p.B.LegalName, open+p.B.ID.String(), ""), text("–"))
	for _, m := range vetting.Marks() {
		if m == vetting.SameLegal {
			continue
		}
		t.add("", text(in.T("mark."+string(m))), in.marked(m, p.A), in.marked(m, p.B), in.equal(p, m))
	}
	return part{ID: id, Title: in.T("pairs.two", "a", p.A.LegalName, "b", p.B.LegalName), Note: in.T("pairs.share", "what", in.markWords(p.Marks)), Table: t}
}

func (in reader) equal(p vetting.Pair, m vetting.Mark) cell {
	for _, shared := range p.Marks {
		if shared == m {
			st := stateOf("held")
			return cell{Text: in.T("pairs.same"), State: &st}
		}
	}
	return text("–")
}

// marked is what a vendor has of a mark, as the reader may see it.
func (in reader) marked(m vetting.Mark, v registry.Vendor) cell {
	switch m {
	case vetting.SameNPWP:
		if v.NPWP == "" {
			return in.secret(v.NIK)
		}
		return in.secret(v.NPWP)
	case vetting.SameAccount:
		c := in.secret(v.Bank.AccountNumber)
		c.Sub = v.Bank.AccountOwner
		return c
	case vetting.SamePhone:
		return in.secret(v.Phone)
	case vetting.SameAddress:
		return text(orDash(v.Address))
	case vetting.SameDirector:
		return text(orDash(directorNames(v.Directors)))
	case vetting.SameLegal:
	}
	return text(v.LegalName)
}

// secret is an identifier that whoever sees it whole may open.
func (in reader) secret(s string) cell { return in.identifier(s, !strings.Contains(s, "*")) }

func directorNames(d registry.Directors) string {
	var names []string
	for _, one := range d {
		names = append(names, one.Name)
	}
	return strings.Join(names, ", ")
}

func (in reader) markWords(marks []vetting.Mark) string {
	var words []string
	for _, m := range marks {
		words = append(words, in.T("mark."+string(m)))
	}
	return strings.Join(words, ", ")
}
