package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/portal"
)

// Portal is what the pages of vendors need, and those of the office about their links.
type Portal struct {
	Links       *portal.Links
	Submissions *portal.Submissions
	Door        *portal.Door
	Desk        *portal.Desk
}

func (w *Web) portalRoutes(get, post route) {
	get("/vendor-links", w.vendorLinks)
	get("/vendor-links/new", may(access.VendorLinkWrite, w.newVendorLink))
	post("/vendor-links", w.createVendorLink)
	get("/vendor-links/:id", w.vendorLink)
	get("/vendor-links/:id/revoke", may(access.VendorLinkWrite, w.askRevokeLink))
	post("/vendor-links/:id/revoke", w.revokeLink)
	get("/vendor-submissions", w.vendorSubmissions)
	get("/vendor-submissions/:id", w.vendorSubmission)
	post("/vendor-submissions/:id", w.decideSubmission)
}

func (in reader) linkCrumb() link { return link{in.T("portal.links"), in.path("vendor-links")} }

func (in reader) linkColumns() []column {
	return []column{
		{Label: in.T("field.purpose")}, {Label: in.T("field.vendor_id")}, {Label: in.T("field.expires_at")}, {Label: in.T("portal.uses"), Class: "num"},
		{Label: in.T("portal.last_used")}, {Label: in.T("portal.sent"), Class: "num"}, {Label: in.T("field.status")},
	}
}

func (in reader) linkRows(items []portal.Link) table {
	t := table{ID: "link-rows", Columns: in.linkColumns(), Empty: empty{Text: in.T("portal.links.empty")}}
	for _, l := range items {
		href := in.path("vendor-links", l.ID.String())
		t.add(href, number(l.Purpose, href, l.Email), two(l.VendorName, in.linkScope(l)), text(in.moment(l.ExpiresAt)), in.count(l.Uses),
			two(in.moments(l.LastUsedAt), l.LastSource), in.count(l.Sent), in.status(string(l.Status)))
	}
	return t
}

// linkScope says what a link is of: one agreement, or all of the vendor's.
func (in reader) linkScope(l portal.Link) string {
	if l.AgreementID.Valid {
		return l.AgreementNumber
	}
	return in.T("portal.every_agreement")
}

func linkList(in reader, q listing.Query, page listing.Page[portal.Link]) listPage {
	p := in.listOf(in.path("vendor-links"), q, in.linkColumns(), []filter{{Name: "status", Label: in.T("field.status"), Options: in.options("status", "active", "expired", "revoked")}})
	p.heading = heading{Title: in.T("portal.links"), Subtitle: in.T("portal.links.subtitle")}
	p.Actions = []action{{Label: in.T("portal.submissions"), Icon: "inbox", Href: in.path("vendor-submissions")}}
	if in.can(access.VendorLinkWrite) {
		p.Actions = append(p.Actions, action{Label: in.T("nav.vendors"), Icon: "building", Href: "/vendors"})
	}
	p.Hint = in.T("portal.links.hint")
	p.Table.Empty = empty{Text: in.T("portal.links.empty")}
	p.paged(in, q, page.Total, page.NextCursor)
	p.Table.Rows = in.linkRows(page.Items).Rows
	return p
}

// linkRecord is one link; address is there once, when it was just made.
func linkRecord(in reader, l portal.Link, sent []portal.Submission, address string) recordPage {
	status := in.status(string(l.Status))
	here := in.path("vendor-links", l.ID.String())
	p := recordPage{State: &status, heading: heading{Title: l.Purpose, Subtitle: l.VendorName + " · " + in.linkScope(l), Crumbs: []link{in.linkCrumb()}}}
	if l.Status == portal.Live && in.can(access.VendorLinkWrite) {
		p.Actions = []action{{Label: in.T("portal.revoke"), Icon: "ban", Href: here + "/revoke", Danger: true}}
	}
	if l.RevokeReason != "" {
		p.Warn = in.T("record.reason", "reason", l.RevokeReason)
	}
	if address != "" {
		p.Parts = append(p.Parts, part{
			ID: "address", Title: in.T("portal.address.title"), Note: in.T("portal.address.once"),
			Facts: []fact{{in.T("portal.address"), cell{Text: address, Class: "code copy"}}},
		})
	}
	rows := in.submissionRows(sent)
	p.Parts = append(p.Parts, part{ID: "facts", Title: in.T("portal.link"), Facts: []fact{
		{in.T("field.vendor_id"), to(l.VendorName, "/vendors/"+l.VendorID.String())},
		{in.T("field.agreement_id"), in.scopeCell(l)},
		{in.T("field.email"), text(orDash(l.Email))},
		{in.T("field.expires_at"), text(in.moment(l.ExpiresAt))},
		{in.T("portal.uses"), in.count(l.Uses)},
		{in.T("portal.last_used"), two(in.moments(l.LastUsedAt), l.LastSource)},
		{in.T("portal.made"), text(in.moment(l.CreatedAt))},
	}}, part{ID: "sent", Title: in.T("portal.submissions"), Table: &rows})
	return p
}

func (in reader) scopeCell(l portal.Link) cell {
	if l.AgreementID.Valid {
		return to(l.AgreementNumber, in.path("agreements", l.AgreementID.UUID.String()))
	}
	return text(in.T("portal.every_agreement"))
}

// linkForm asks for a link for one vendor; with an agreement it is of that one alone.
func linkForm(in reader, vendorName string, f portal.LinkForm, agreementNumber string) formPage {
	purpose := in.input("purpose", "text", true)
	purpose.Wide, purpose.Help = true, in.T("portal.help.purpose")
	email := in.input("email", "email", false)
	email.Help = in.T("portal.help.email")
	days := in.input("days", "number", false)
	days.Help = in.T("portal.help.days", "max", portal.DaysMax)
	hidden := []box{{Name: "vendor_id", Value: f.VendorID.String()}}
	scope, back := in.T("portal.every_agreement"), "/vendors/"+f.VendorID.String()
	if f.AgreementID.Valid {
		hidden = append(hidden, box{Name: "agreement_id", Value: f.AgreementID.UUID.String()})
		scope, back = agreementNumber, in.path("agreements", f.AgreementID.UUID.String())
	}
	return formPage{
		heading: heading{Title: in.T("portal.enter"), Subtitle: vendorName, Crumbs: []link{in.linkCrumb()}},
		Action:  in.path("vendor-links"), Back: back, Intro: in.T("portal.intro"), Hidden: hidden,
		Facts:   []fact{{in.T("field.vendor_id"), text(vendorName)}, {in.T("field.agreement_id"), text(scope)}},
		Groups:  []group{{Fields: []field{purpose, email, days}}},
		Buttons: []button{{Label: in.T("portal.make"), Main: true, Icon: "plus"}},
	}
}

func revokeForm(in reader, l portal.Link) formPage {
	here := in.path("vendor-links", l.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("portal.revoke"), Subtitle: l.Purpose + " · " + l.VendorName, Crumbs: []link{in.linkCrumb(), {l.Purpose, here}}},
		Action:  here + "/revoke", Back: here, Intro: in.T("portal.revoke.intro"), Hidden: []box{version64(l.Version)},
		Groups: []group{{Fields: []field{reason}}}, Buttons: []button{{Label: in.T("portal.revoke"), Danger: true, Icon: "ban"}},
	}
}

func (w *Web) vendorLinks(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Portal.Links.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(linkList(r.reader, q, page))
}

// linkFor reads for whom a link is asked, and how vendor and agreement are called.
func (w *Web) linkFor(r *request, f portal.LinkForm) (formPage, error) {
	v, err := w.services.Vendors.Vendor(r.ctx(), r.Actor, f.VendorID)
	if err != nil {
		return formPage{}, err
	}
	agreementNumber := ""
	if f.AgreementID.Valid {
		a, err := w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, f.AgreementID.UUID)
		if err != nil {
			return formPage{}, err
		}
		agreementNumber = a.Number
	}
	return linkForm(r.reader, v.LegalName, f, agreementNumber), nil
}

func (w *Web) newVendorLink(r *request) (answer, error) {
	vendor, _ := uuid.Parse(r.c.Query("vendor_id"))
	f := portal.LinkForm{VendorID: vendor}
	if id, err := uuid.Parse(r.c.Query("agreement_id")); err == nil {
		f.AgreementID = uuid.NullUUID{UUID: id, Valid: true}
	}
	p, err := w.linkFor(r, f)
	if err != nil {
		return answer{}, err
	}
	return show(p)
}

// createVendorLink shows the address of the new link at once, and never again.
func (w *Web) createVendorLink(r *request) (answer, error) {
	t := r.typed()
	f := portal.LinkForm{VendorID: t.uuid("vendor_id"), AgreementID: t.uuidOr("agreement_id"), Purpose: t.text("purpose"), Email: t.text("email"), Days: t.whole("days")}
	var out portal.Issued
	err := r.Actor.Can(access.VendorLinkWrite, r.Agency.ID)
	if err == nil {
		if err = t.err(f.Check()); err == nil {
			out, err = w.services.Portal.Links.Create(r.ctx(), r.Actor, r.Agency.Code, f)
		}
	}
	if err == nil {
		return show(linkRecord(r.reader, out.Link, nil, out.URL))
	}
	if _, ok := isFault(err); !ok {
		return answer{}, err
	}
	p, lost := w.linkFor(r, f)
	if lost != nil {
		p = linkForm(r.reader, "–", f, "")
	}
	return r.refused(p, err)
}

func (w *Web) linkOf(r *request) (portal.Link, error) {
	id, err := r.id("id")
	if err != nil {
		return portal.Link{}, err
	}
	return w.services.Portal.Links.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) vendorLink(r *request) (answer, error) {
	l, err := w.linkOf(r)
	if err != nil {
		return answer{}, err
	}
	sent, err := w.services.Portal.Submissions.List(r.ctx(), r.Actor, r.Agency.Code, listing.Query{Limit: listing.LimitDefault}.Where("link_id", l.ID.String()))
	if err != nil {
		return answer{}, err
	}
	return w.record(r, linkRecord(r.reader, l, sent.Items, ""), l.ID)
}

func (w *Web) askRevokeLink(r *request) (answer, error) {
	l, err := w.linkOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(revokeForm(r.reader, l))
}

func (w *Web) revokeLink(r *request) (answer, error) {
	l, err := w.linkOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Portal.Links.Revoke(r.ctx(), r.Actor, r.Agency.Code, l.ID, r.expected(), reason)
	}
	if err != nil {
		l.Version = r.version(err, l.Version)
		return r.refused(revokeForm(r.reader, l), err)
	}
	return done(r.path("vendor-links", l.ID.String()), "flash.link_revoked")
}

// linkPart puts the links of a vendor on his record, or those that open an agreement on its record.
func (w *Web) linkPart(r *request, p *recordPage, vendor uuid.UUID, agreement uuid.NullUUID) error {
	if r.Agency.Code == "" || !r.can(access.Read) {
		return nil
	}
	q := listing.Query{Limit: listing.LimitDefault}.Where("vendor_id", vendor.String())
	page, err := w.services.Portal.Links.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return err
	}
	var items []portal.Link
	for _, l := range page.Items {
		if !agreement.Valid || !l.AgreementID.Valid || l.AgreementID.UUID == agreement.UUID {
			items = append(items, l)
		}
	}
	p.Parts = append(p.Parts, r.linksPart(items, vendor, agreement))
	return nil
}

func (in reader) linksPart(items []portal.Link, vendor uuid.UUID, agreement uuid.NullUUID) part {
	t := in.linkRows(items)
	out := part{ID: "vendor-links", Title: in.T("portal.links"), Note: in.T("portal.links.note", "agency", in.Agency.Name), Table: &t}
	if in.can(access.VendorLinkWrite) {
		href := in.path("vendor-links", "new") + "?vendor_id=" + vendor.String()
		if agreement.Valid {
			href += "&agreement_id=" + agreement.UUID.String()
		}
		out.Actions = []action{{Label: in.T("portal.enter"), Icon: "plus", Href: href}}
	}
	return out
}
