package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/owner"
	"tayang/app/registry"
	"tayang/app/vetting"
)

func (in reader) vendorCrumb() link { return link{in.T("nav.vendors"), "/vendors"} }

// writesRegistry reports whether the reader may change the registry.
func (in reader) writesRegistry() bool {
	return in.Actor.Can(access.RegistryWrite, registryWide) == nil
}

func vendorList(in reader, q listing.Query, page listing.Page[registry.Vendor]) listPage {
	p := in.listOf("/vendors", q, []column{
		{Label: in.T("field.legal_name"), Sort: "legal_name"},
		{Label: in.T("field.kind"), Sort: "kind"},
		{Label: in.T("field.npwp")},
		{Label: in.T("field.vat_registered")},
		{Label: in.T("field.bank")},
		{Label: in.T("field.address")},
	}, []filter{{Name: "kind", Label: in.T("field.kind"), Options: in.options("vendor.kind", "company", "individual")}})
	p.heading = heading{Title: in.T("nav.vendors"), Subtitle: in.T("vendor.subtitle")}
	p.Hint = in.T("vendor.hint")
	p.Actions = []action{
		{Label: in.T("vetting.title"), Icon: "list-check", Href: vettingPath},
		{Label: in.T("blacklist.title"), Icon: "ban", Href: vettingPath + "/blacklist-entries"},
		{Label: in.T("pairs.title"), Icon: "copy", Href: vettingPath + "/pairs"},
	}
	p.Actions = []action{{Label: in.T("owner.title"), Icon: "users", Href: "/owner-groups"}}
	p.Table.Empty = empty{Text: in.T("vendor.empty")}
	if in.writesRegistry() {
		p.Actions = append(p.Actions, action{Label: in.T("tier.title"), Icon: "list-check", Href: "/tiers"})
		enter := action{Label: in.T("vendor.enter"), Icon: "plus", Href: "/vendors/new", Main: true}
		p.Actions = append(p.Actions, enter)
		p.Table.Empty.Action = &enter
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, v := range page.Items {
		href := "/vendors/" + v.ID.String()
		p.Table.add(href,
			number(v.LegalName, href, ""), text(in.T("vendor.kind."+string(v.Kind))),
			in.identifier(v.NPWP, false), text(in.yes(v.VATRegistered)), two(v.Bank.Name, v.Bank.AccountOwner), text(v.Address),
		)
	}
	return p
}

// vendorFacts is everything that the record of a vendor shows.
type vendorFacts struct {
	Vendor     registry.Vendor
	Outlets    []registry.Outlet
	Accounts   []registry.SocialAccount
	Documents  []registry.Document
	Checks     []registry.Check
	Agreements []agreement.Agreement
	Standing   vetting.VendorStanding
	Blacklist  []vetting.Blacklisting
	Pairs      []vetting.Pair
	Results    []vetting.Result
	Groups     []owner.Member // of the vendor and of his outlets
}

func vendorRecord(in reader, f vendorFacts) recordPage {
	v := f.Vendor
	here := "/vendors/" + v.ID.String()
	head := heading{Title: v.LegalName, Crumbs: []link{in.vendorCrumb()}, Subtitle: in.T("vendor.kind." + string(v.Kind))}
	p := recordPage{heading: head, Missing: in.vendorMissing(f)}
	var addOutlet, addAccount, addPaper, addCheck []action
	if in.writesRegistry() {
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: here + "/edit", Key: "e"}}
		if in.Agency.Code != "" && in.can(access.AgreementWrite) {
			order := in.path("agreements", "new") + "?vendor_id=" + v.ID.String()
			p.Actions = slices.Insert(p.Actions, 0, action{Label: in.T("agreement.enter"), Icon: "plus", Href: order, Main: true, Key: "n"})
		}
		addOutlet = []action{{Label: in.T("outlet.enter"), Icon: "plus", Href: here + "/outlets/new"}}
		addAccount = []action{{Label: in.T("social.enter"), Icon: "plus", Href: here + "/social-accounts/new"}}
		addPaper = []action{{Label: in.T("vendor.paper.enter"), Icon: "plus", Href: here + "/papers/new"}}
		addCheck = []action{{Label: in.T("vendor.check.enter"), Icon: "plus", Href: here + "/checks/new"}}
	}
	p.Parts = []part{
		{ID: "identity", Title: in.T("vendor.identity"), Facts: append(in.vendorIdentity(v), in.groupFact(f.groupsOf(v.ID))...)},
		{ID: "outlets", Title: in.T("outlet.title"), Actions: addOutlet, Table: in.outlets(f.Outlets, f.Standing.Channels, f.groupsOf)},
		{ID: "accounts", Title: in.T("social.title"), Actions: addAccount, Table: in.accountsOf(f.Accounts)},
		{ID: "papers", Title: in.T("vendor.papers"), Actions: addPaper, Table: in.papers(f.Documents)},
		{ID: "checks", Title: in.T("vendor.checks"), Actions: addCheck, Table: in.checks(f.Checks)},
	}
	p.Parts = append(p.Parts, in.vettedParts(v, f.Standing, f.Blacklist, f.Pairs, f.Results)...)
	if len(f.Standing.Barred) > 0 {
		p.Warn = in.T("blacklist.warn", "decree", f.Standing.Barred[0].DecreeNumber, "ground", f.Standing.Barred[0].Ground)
	}
	if in.Agency.Code != "" && in.can(access.Read) {
		t := in.agreementRows(f.Agreements)
		p.Parts = append(p.Parts, part{ID: "agreements", Title: in.T("nav.agreements") + " · " + in.Agency.Name, Table: &t})
	}
	return p
}

// vendorMissing names what a payment to the vendor will need.
func (in reader) vendorMissing(f vendorFacts) (out []link) {
	edit := "/vendors/" + f.Vendor.ID.String() + "/edit"
	if !in.writesRegistry() {
		edit = ""
	}
	add := func(missing bool, key string) {
		if missing {
			out = append(out, link{in.T(key), edit})
		}
	}
	add(f.Vendor.NPWP == "" && f.Vendor.NIK == "", "vendor.missing.npwp")
	add(f.Vendor.Bank.AccountNumber == "", "vendor.missing.bank")
	add(!vetting.OwnAccount(f.Vendor), "vendor.missing.owner")
	add(f.Vendor.Kind == registry.Company && f.Vendor.NIB == "", "vendor.missing.nib")
	if until := f.Vendor.PP55.ValidUntil; !until.IsZero() && until.Before(in.today()) {
		add(true, "vendor.missing.pp55")
	}
	out = append(out, in.unmet(f.Standing.Channels, "#checklist-part")...)
	for _, other := range f.Standing.Shared {
		out = append(out, link{in.T("pairs.with", "name", other.Name, "what", in.markWords(other.Marks)), "#pair-1"})
	}
	return out
}

func (in reader) vendorIdentity(v registry.Vendor) []fact {
	open := !strings.Contains(v.NPWP+v.NIK+v.Bank.AccountNumber+v.Phone, "*")
	facts := []fact{
		{in.T("field.represents_others"), text(in.yes(v.RepresentsOthers))},
		{in.T("field.npwp"), in.identifier(v.NPWP, open)},
		{in.T("field.nik"), in.identifier(v.NIK, open)},
		{in.T("field.nib"), code(orDash(grouped(v.NIB)))},
		{in.T("field.kbli"), text(orDash(strings.Join(v.KBLI, ", ")))},
		{in.T("field.vat_registered"), text(in.yes(v.VATRegistered))},
		{in.T("field.address"), text(orDash(v.Address))},
		{in.T("field.phone"), in.identifier(v.Phone, open)}, {in.T("field.email"), text(orDash(v.Email))},
		{in.T("field.directors"), text(orDash(directorNames(v.Directors)))},
		{in.T("field.bank"), two(orDash(v.Bank.Name), v.Bank.AccountOwner)},
		{in.T("field.bank.account_number"), in.identifier(v.Bank.AccountNumber, open)},
	}
	if v.PP55.Number != "" {
		facts = append(facts, fact{in.T("field.pp55"), two(v.PP55.Number, in.T("field.pp55.valid_until")+" "+in.date(v.PP55.ValidUntil))})
	}
	return facts
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func (in reader) outlets(outlets []registry.Outlet, standings []vetting.Standing, groups func(uuid.UUID) []owner.Member) *table {
	t := &table{ID: "outlet-rows", Empty: empty{Text: in.T("outlet.empty")}, Columns: []column{
		{Label: in.T("field.name")},
		{Label: in.T("field.kind")},
		{Label: in.T("field.domain")},
		{Label: in.T("field.press_status")},
		{Label: in.T("field.press_certificate")},
		{Label: in.T("field.grade")},
		{Label: in.T("owner.one")},
	}}
	for _, o := range outlets {
		name := number(o.Name, "/outlets/"+o.ID.String(), "")
		grade := text("–")
		for _, s := range standings {
			if s.OutletID.UUID == o.ID {
				grade = in.gradeWord(s)
			}
		}
		until := ""
		if !o.PressCertificate.ValidUntil.IsZero() {
			until = in.T("field.press_certificate.valid_until") + " " + in.date(o.PressCertificate.ValidUntil)
		}
		t.add(name.Href,
			name, text(in.T("outlet.kind."+string(o.Kind))), text(orDash(o.Domain)),
			text(in.T("press."+string(o.PressStatus))), two(orDash(o.PressCertificate.Number), until), grade, in.groupCell(groups(o.ID)),
		)
	}
	return t
}

func (in reader) accountsOf(accounts []registry.SocialAccount) *table {
	t := &table{ID: "account-rows", Empty: empty{Text: in.T("social.empty")}, Columns: []column{
		{Label: in.T("field.handle")},
		{Label: in.T("field.platform")},
		{Label: in.T("field.followers"), Class: "num"},
		{Label: in.T("field.taken_on"), Class: "date"},
		{Label: in.T("field.platform_user_id")},
	}}
	for _, a := range accounts {
		name := number("@"+a.Handle, accountPath(a), a.CreatorName)
		followers := cell{Text: "–", Class: "num"}
		if a.Followers != nil {
			followers = in.count(*a.Followers)
		}
		t.add(name.Href, name, text(in.T("platform."+string(a.Platform))), followers, in.day(a.FollowersOn),
			text(orDash(a.PlatformUserID)))
	}
	return t
}

func (in reader) papers(documents []registry.Document) *table {
	t := &table{ID: "paper-rows", Empty: empty{Text: in.T("vendor.papers.empty")}, Columns: []column{
		{Label: in.T("field.name")},
		{Label: in.T("field.kind")},
		{Label: in.T("field.number")},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.T("field.valid_until"), Class: "date"},
	}}
	for _, d := range documents {
		t.add("", to(d.Name, "/files/"+d.File), text(in.T("paper."+string(d.Kind))), text(orDash(d.Number)), in.day(d.Date),
			in.day(d.ValidUntil))
	}
	return t
}

func (in reader) checks(checks []registry.Check) *table {
	t := &table{ID: "check-rows", Empty: empty{Text: in.T("vendor.checks.empty")}, Columns: []column{
		{Label: in.T("field.subject")},
		{Label: in.T("field.result")},
		{Label: in.T("field.checked_on"), Class: "date"},
		{Label: in.T("ledger.who")},
		{Label: in.T("field.remark")},
	}}
	for _, c := range checks {
		t.add("", text(c.Subject), text(in.T("check."+string(c.Result))), in.day(c.CheckedOn), text(c.CheckedBy), text(c.Remark))
	}
	return t
}

func (w *Web) vendors(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Vendors.List(r.ctx(), r.Actor, q)
	if err != nil {
		return answer{}, err
	}
	return show(vendorList(r.reader, q, page))
}

// vendorOf fetches the vendor that the address names.
func (w *Web) vendorOf(r *request) (registry.Vendor, error) {
	id, err := r.id("id")
	if err != nil {
		return registry.Vendor{}, err
	}
	return w.services.Vendors.Vendor(r.ctx(), r.Actor, id)
}

func (w *Web) vendor(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := w.vendorFacts(r, id)
	if err != nil {
		return answer{}, err
	}
	p := vendorRecord(r.reader, f)
	if err := w.linkPart(r, &p, id, uuid.NullUUID{}); err != nil {
		return answer{}, err
	}
	return w.record(r, p, id)
}

func (w *Web) vendorFacts(r *request, id uuid.UUID) (f vendorFacts, err error) {
	s := w.services
	if f.Vendor, err = s.Vendors.Vendor(r.ctx(), r.Actor, id); err != nil {
		return f, err
	}
	his := listing.All().Where("vendor_id", id.String())
	outlets, err := s.Outlets.List(r.ctx(), r.Actor, his)
	if err != nil {
		return f, err
	}
	accounts, err := s.Accounts.List(r.ctx(), r.Actor, his)
	if err != nil {
		return f, err
	}
	documents, err := s.Vendors.Documents(r.ctx(), r.Actor, id, listing.All())
	if err != nil {
		return f, err
	}
	checks, err := s.Vendors.Checks(r.ctx(), r.Actor, id, listing.All())
	if err != nil {
		return f, err
	}
	if err := w.vetted(r, id, &f); err != nil {
		return f, err
	}
	f.Outlets, f.Accounts, f.Documents, f.Checks = outlets.Items, accounts.Items, documents.Items, checks.Items
	if f.Groups, err = w.groupsOfVendor(r, id, f.Outlets); err != nil {
		return f, err
	}
	if r.Agency.Code != "" && r.can(access.Read) {
		agreements, err := s.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, his)
		f.Agreements = agreements.Items
		return f, err
	}
	return f, nil
}

// vetted looks up what vetting knows of the vendor.
func (w *Web) vetted(r *request, id uuid.UUID, f *vendorFacts) (err error) {
	v, of := w.services.Vetting, vetting.Subject{Vendor: id}
	if f.Standing, err = v.Vendor(r.ctx(), r.Actor, id, r.today()); err != nil {
		return err
	}
	if f.Pairs, err = v.Pairs(r.ctx(), r.Actor, id); err != nil {
		return err
	}
	bars, err := v.Blacklist.List(r.ctx(), r.Actor, of, listing.All())
	if err != nil {
		return err
	}
	results, err := v.Results.List(r.ctx(), r.Actor, of, listing.All())
	f.Blacklist, f.Results = bars.Items, results.Items
	return err
}

// version64 writes a version for a hidden field.
func version64(v int64) box { return box{Name: "version", Value: strconv.FormatInt(v, 10)} }
