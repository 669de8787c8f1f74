package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// kindOptions are the kinds that requirements are written for.
func (in reader) kindOptions() []option {
	var codes []string
	for _, k := range vetting.Kinds() {
		codes = append(codes, string(k))
	}
	return in.options("outlet.kind", codes...)
}

// vettingForm begins a form of a book.
func (in reader) vettingForm(book, title, back string, fields ...field) formPage {
	return formPage{
		heading: heading{Title: in.T(title), Crumbs: []link{in.vendorCrumb(), in.vettingCrumb()}}, Action: vettingPath + "/" + book, Back: back, Guard: true,
		Groups: []group{{Fields: fields}}, Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

func (in reader) yearField(year int) field {
	f := in.input("fiscal_year", "number", true)
	f.Value = strconv.Itoa(year)
	return f
}

func requirementForm(in reader, year int) formPage {
	var criteria []string
	for _, c := range vetting.Criteria() {
		criteria = append(criteria, string(c))
	}
	slices.Reverse(criteria) // none comes last: the form's own choice
	criterion := in.choice("criterion", false, in.options("criterion", criteria...))
	criterion.Help, criterion.Value = in.T("vetting.help.criterion"), string(vetting.NoCriterion)
	for i := range criterion.Options {
		criterion.Options[i].Selected = criterion.Options[i].Value == criterion.Value
	}
	code := in.input("code", "text", true)
	code.Help = in.T("vetting.help.code")
	expires := in.input("expires", "checkbox", false)
	expires.Help = in.T("vetting.help.expires")
	return in.vettingForm("requirements", "vetting.requirement.enter", vettingPath,
		in.yearField(year), in.choice("outlet_kind", true, in.kindOptions()), code, in.input("name", "text", true), in.input("mandatory", "checkbox", false),
		in.input("points", "number", false), expires, criterion, in.input("basis", "text", true))
}

// filled notes a field that the page asks for and that was left empty.
func (t *typed) filled(name string) {
	if t.get(name) == "" {
		t.wrong.Add(pointer(name), "required")
	}
}

func requirementTyped(t *typed) vetting.RequirementForm {
	t.filled("basis")
	return vetting.RequirementForm{
		FiscalYear: int(t.whole("fiscal_year")), OutletKind: registry.OutletKind(t.text("outlet_kind")), Code: t.text("code"), Name: t.text("name"),
		Mandatory: t.yes("mandatory"), Points: t.whole("points"), Expires: t.yes("expires"), Criterion: vetting.Criterion(t.text("criterion")), Basis: t.text("basis"),
	}
}

// copyForm gives a year the checklist of another.
func copyForm(in reader, year int) formPage {
	from, to := in.input("from_year", "number", true), in.input("to_year", "number", true)
	from.Value, to.Value = strconv.Itoa(year), strconv.Itoa(year+1)
	p := in.vettingForm("requirements/copy", "vetting.copy", vettingPath, from, to, in.input("basis", "text", true))
	p.Intro = in.T("vetting.copy.intro")
	return p
}

func gradeForm(in reader, year int) formPage {
	kind := in.choice("outlet_kind", false, append([]option{{Label: in.T("vetting.every_kind")}}, in.kindOptions()...))
	return in.vettingForm("requirement-grades", "vetting.grade.enter", vettingPath,
		in.yearField(year), kind, in.input("grade", "text", true), in.input("min_points", "number", true), in.input("valid_from", "date", false), in.input("basis", "text", true))
}

func gradeTyped(t *typed) vetting.GradeForm {
	t.filled("min_points")
	return vetting.GradeForm{
		FiscalYear: int(t.whole("fiscal_year")), OutletKind: registry.OutletKind(t.text("outlet_kind")), Grade: t.text("grade"),
		MinPoints: t.whole("min_points"), ValidFrom: t.date("valid_from"), Basis: t.text("basis"),
	}
}

func productRuleForm(in reader) formPage {
	product, kbli, accounts := in.input("product", "text", true), in.input("kbli", "text", false), in.input("accounts", "text", true)
	product.Help, kbli.Help, accounts.Help = in.T("vetting.help.product"), in.T("vetting.help.kbli"), in.T("vetting.help.accounts")
	return in.vettingForm("product-rules", "vetting.product.enter", vettingPath+"#products",
		product, kbli, accounts, in.input("valid_from", "date", true), in.input("valid_to", "date", false), in.input("basis", "text", true))
}

func productRuleTyped(t *typed) vetting.ProductRuleForm {
	return vetting.ProductRuleForm{
		Product: t.text("product"), KBLI: codesOf(t.text("kbli")), Accounts: codesOf(t.text("accounts")),
		ValidFrom: t.date("valid_from"), ValidTo: t.date("valid_to"), Basis: t.text("basis"),
	}
}

// codesOf parts codes that were typed in one line.
func codesOf(text string) registry.Codes {
	return strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ' ' || c == ';' })
}

// about is what a form of vetting is about, and where its pages lie.
type about struct {
	vetting.Subject
	kind registry.OutletKind // empty for a whole vendor
	name string
	back string
}

// hidden carries the subject on.
func (a about) hidden() []box {
	for name, id := range map[string]uuid.UUID{"outlet_id": a.Outlet, "social_account_id": a.Account} {
		if id != uuid.Nil {
			return []box{{Name: name, Value: id.String()}}
		}
	}
	return []box{{Name: "vendor_id", Value: a.Vendor.String()}}
}

// aboutForm begins a form about something.
func (in reader) aboutForm(a about, book, title string, fields ...field) formPage {
	p := in.vettingForm(book, title, a.back, fields...)
	p.Subtitle, p.Crumbs, p.Hidden, p.Multipart = a.name, []link{in.vendorCrumb(), {a.name, a.back}}, a.hidden(), true
	return p
}

// resultForm records what was found about a requirement; the requirements are those of the year that the subject can have.
func resultForm(in reader, a about, year int, asked []vetting.Requirement) formPage {
	requirement := in.choice("requirement_id", true, nil)
	for _, r := range asked {
		if a.kind == "" || a.kind == r.OutletKind {
			label := r.Name
			if a.kind == "" {
				label = in.T("outlet.kind."+string(r.OutletKind)) + " · " + r.Name
			}
			requirement.Options = append(requirement.Options, option{Value: r.ID.String(), Label: label})
		}
	}
	requirement.Help = in.T("vetting.help.requirement", "year", strconv.Itoa(year))
	until := in.input("valid_until", "date", false)
	until.Help = in.T("vetting.help.until")
	note := in.input("note", "text", false)
	note.Wide = true
	return in.aboutForm(a, "requirement-results", "vetting.result.enter",
		requirement, in.choice("met", true, in.options("word", "no", "yes")), in.input("valid_from", "date", true), until, in.upload(false, papers), note)
}

func resultTyped(t *typed) vetting.ResultForm {
	fault.Choice(&t.wrong, "/met", t.get("met"), "yes", "no")
	return vetting.ResultForm{
		RequirementID: t.uuid("requirement_id"), Met: t.get("met") == "yes", ValidFrom: t.date("valid_from"), ValidUntil: t.date("valid_until"), Note: t.text("note"),
	}
}

func pressForm(in reader, a about) formPage {
	note := in.input("note", "text", false)
	note.Wide = true
	return in.aboutForm(a, "press-checks", "press.enter",
		in.choice("press_status", true, in.options("press", "unlisted", "in_process", "administrative", "factual", "revoked")), in.input("checked_on", "date", true),
		in.input("press_certificate.number", "text", false), in.input("press_certificate.date", "date", false), in.input("press_certificate.valid_until", "date", false),
		in.upload(false, papers), note)
}

func pressTyped(t *typed) registry.PressForm {
	return registry.PressForm{
		Status: registry.PressStatus(t.text("press_status")), CheckedOn: t.date("checked_on"), Note: t.text("note"),
		Certificate: registry.Certificate{Number: t.text("press_certificate.number"), Date: t.date("press_certificate.date"), ValidUntil: t.date("press_certificate.valid_until")},
	}
}

func journalistForm(in reader, a about) formPage {
	until := in.input("valid_until", "date", false)
	until.Help = in.T("journalist.help.until")
	return in.aboutForm(a, "journalist-certificates", "journalist.enter",
		in.input("name", "text", true), in.input("number", "text", true), in.choice("level", true, in.options("level", "muda", "madya", "utama")),
		in.input("date", "date", false), until, in.upload(false, papers))
}

func journalistTyped(t *typed) vetting.JournalistForm {
	return vetting.JournalistForm{
		Name: t.text("name"), Number: t.text("number"), Level: vetting.Level(t.text("level")), Date: t.date("date"), ValidUntil: t.date("valid_until"),
	}
}

func blacklistForm(in reader, a about) formPage {
	until := in.input("valid_until", "date", false)
	until.Help = in.T("blacklist.help.until")
	ground := in.input("ground", "textarea", true)
	ground.Wide = true
	p := in.aboutForm(a, "blacklist-entries", "blacklist.enter",
		in.input("decree_number", "text", true), in.input("valid_from", "date", true), until, in.upload(false, papers), ground)
	p.Intro = in.T("blacklist.intro")
	return p
}

func blacklistTyped(t *typed) vetting.BlacklistForm {
	return vetting.BlacklistForm{
		VendorID: t.uuid("vendor_id"), ValidFrom: t.date("valid_from"), ValidUntil: t.date("valid_until"), Ground: t.text("ground"), DecreeNumber: t.text("decree_number"),
	}
}

// liftForm ends a blacklisting.
func liftForm(in reader, b vetting.Blacklisting) formPage {
	date := in.input("date", "date", true)
	date.Help = in.T("blacklist.help.lift")
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	p := in.vettingForm("blacklist-entries/"+b.ID.String()+"/lift", "blacklist.lift", vettingPath+"/blacklist-entries", date, reason)
	p.Hidden = []box{version64(b.Version)}
	p.Facts = []fact{
		{in.T("vendor.one"), text(b.VendorName)}, {in.T("field.decree_number"), text(b.DecreeNumber)}, {in.T("field.ground"), text(b.Ground)},
		{in.T("field.valid_from"), text(in.date(b.ValidFrom))}, {in.T("field.valid_until"), text(in.date(b.ValidUntil))},
	}
	p.Buttons = []button{{Label: in.T("blacklist.lift.button"), Main: true, Icon: "check"}}
	return p
}

// verifyForm shows a result beside its evidence to whoever is to verify it.
func verifyForm(in reader, r vetting.Result, back string) formPage {
	p := in.vettingForm("requirement-results/"+r.ID.String()+"/verify", "vetting.verify", back)
	p.Groups, p.Guard, p.Intro, p.Hidden = nil, false, in.T("vetting.verify.intro"), []box{version64(r.Version)}
	p.Facts = []fact{
		{in.T("vetting.requirement"), two(r.RequirementName, r.RequirementCode)}, {in.T("field.met"), text(in.yes(r.Met))},
		{in.T("field.valid_from"), text(in.date(r.ValidFrom))}, {in.T("field.valid_until"), text(in.date(r.ValidUntil))},
		{in.T("field.note"), text(orDash(r.Note))}, {in.T("vetting.entered"), two(r.EnteredBy, in.moment(r.CreatedAt))},
	}
	if r.File != "" {
		p.Facts = append(p.Facts, fact{in.T("vetting.evidence"), to(in.T("word.open_file"), "/files/"+r.File)})
	}
	p.Buttons = []button{{Label: in.T("vetting.verify.button"), Main: true, Icon: "check", Key: "s"}}
	return p
}

// voidForm asks why a row is void.
func voidForm(in reader, book, back string, r vetting.Row) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	p := in.vettingForm(book+"/"+r.ID.String()+"/void", "vetting.void.title", back, reason)
	p.Intro, p.Hidden = in.T("vetting.void.intro"), []box{version64(r.Version)}
	p.Buttons = []button{{Label: in.T("vetting.void.button"), Danger: true, Icon: "ban"}}
	return p
}
