package web

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/registry"
	"tayang/app/vetting"
)

func (w *Web) vettingRoutes(get, post func(path string, h handler)) {
	v := w.services.Vetting
	get("", w.vetting)
	get("/pairs", w.pairs)
	get("/requirements/copy", mayRegister(func(r *request) (answer, error) { return show(copyForm(r.reader, r.vettingYear())) }))
	post("/requirements/copy", mayRegister(w.copyYear))
	get("/requirements/new", mayRegister(func(r *request) (answer, error) { return show(requirementForm(r.reader, r.vettingYear())) }))
	get("/requirement-grades/new", mayRegister(func(r *request) (answer, error) { return show(gradeForm(r.reader, r.vettingYear())) }))
	get("/product-rules/new", mayRegister(func(r *request) (answer, error) { return show(productRuleForm(r.reader)) }))
	get("/blacklist-entries", w.blacklist)
	for _, book := range []string{"requirement-results", "press-checks", "journalist-certificates", "blacklist-entries"} {
		get("/"+book+"/new", mayRegister(func(r *request) (answer, error) { return w.newAbout(r, book) }))
		post("/"+book, func(r *request) (answer, error) { return w.enterAbout(r, book) })
	}
	if v == nil {
		return
	}
	post("/requirements", entering(v.Requirements, requirementForm, requirementTyped))
	post("/requirement-grades", entering(v.Grades, gradeForm, gradeTyped))
	post("/product-rules", entering(v.ProductRules, func(in reader, _ int) formPage { return productRuleForm(in) }, productRuleTyped))
	voiding(w, get, post, "requirements", v.Requirements)
	voiding(w, get, post, "requirement-grades", v.Grades)
	voiding(w, get, post, "product-rules", v.ProductRules)
	voiding(w, get, post, "requirement-results", v.Results)
	voiding(w, get, post, "journalist-certificates", v.Journalists)
	voiding(w, get, post, "blacklist-entries", v.Blacklist)
	get("/requirement-results/:id/verify", w.askVerify)
	post("/requirement-results/:id/verify", w.verifyResult)
	get("/blacklist-entries/:id/lift", mayRegister(w.askLift))
	post("/blacklist-entries/:id/lift", mayRegister(w.lift))
}

// vettingYear is the fiscal year that the address names, or this one.
func (r *request) vettingYear() int {
	const first, last = 2000, 2200
	if n, err := strconv.Atoi(r.c.Query("year")); err == nil && n >= first && n <= last {
		return n
	}
	return r.today().Year()
}

func (w *Web) vetting(r *request) (answer, error) {
	year := r.vettingYear()
	k, rules, err := w.services.Vetting.Year(r.ctx(), r.Actor, year)
	if err != nil {
		return answer{}, err
	}
	return show(vettingPage(r.reader, year, k, rules))
}

func (w *Web) pairs(r *request) (answer, error) {
	found, err := w.services.Vetting.Pairs(r.ctx(), r.Actor, uuid.Nil)
	if err != nil {
		return answer{}, err
	}
	return show(pairsPage(r.reader, found))
}

func (w *Web) blacklist(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Vetting.Blacklist.List(r.ctx(), r.Actor, vetting.Subject{}, q)
	if err != nil {
		return answer{}, err
	}
	return show(blacklistPage(r.reader, q, page))
}

// entering writes a row that is about nothing else.
func entering[F registry.Written[F], R interface{ Common() vetting.Row }](b *vetting.Book[F, R], form func(reader, int) formPage, read func(*typed) F) handler {
	return mayRegister(func(r *request) (answer, error) {
		t := r.typed()
		f := read(t)
		year := int(t.whole("fiscal_year"))
		err := t.err(f.Trimmed().Check())
		if err == nil {
			_, err = b.Enter(r.ctx(), r.Actor, vetting.Subject{}, f)
		}
		if err != nil {
			return r.refused(form(r.reader, year), err)
		}
		back := vettingPath
		if year > 0 {
			back += "?year=" + strconv.Itoa(year)
		}
		return done(back, "flash.saved", "what", r.T("vetting.title"))
	})
}

func (w *Web) copyYear(r *request) (answer, error) {
	t := r.typed()
	cmd := vetting.CopyCommand{FromYear: int(t.whole("from_year")), ToYear: int(t.whole("to_year")), Basis: t.text("basis")}
	err := t.wrong.Err()
	if err == nil {
		_, err = w.services.Vetting.Copy(r.ctx(), r.Actor, cmd)
	}
	if err != nil {
		return r.refused(copyForm(r.reader, cmd.FromYear), err)
	}
	return done(vettingPath+"?year="+strconv.Itoa(cmd.ToYear), "flash.saved", "what", r.T("vetting.year", "year", strconv.Itoa(cmd.ToYear)))
}

// subject finds what a form is about: an outlet, an account or a vendor, whichever is named.
func (w *Web) subject(r *request, name func(string) string) (a about, err error) {
	if id, e := uuid.Parse(name("outlet_id")); e == nil {
		o, err := w.services.Outlets.Outlet(r.ctx(), r.Actor, id)
		return about{vetting.Subject{Outlet: id}, o.Kind, o.Name, "/outlets/" + id.String()}, err
	}
	if id, e := uuid.Parse(name("social_account_id")); e == nil {
		s, err := w.services.Accounts.Account(r.ctx(), r.Actor, id)
		return about{vetting.Subject{Account: id}, vetting.Influencer, "@" + s.Handle, "/vendors/" + s.VendorID.String()}, err
	}
	id, err := uuid.Parse(name("vendor_id"))
	if err != nil {
		return a, fault.Missing()
	}
	v, err := w.services.Vendors.Vendor(r.ctx(), r.Actor, id)
	return about{vetting.Subject{Vendor: id}, "", v.LegalName, "/vendors/" + id.String()}, err
}

// aboutPage is the form of a book about something.
func (w *Web) aboutPage(r *request, book string, a about) (formPage, error) {
	switch {
	case book == "requirement-results":
		k, _, err := w.services.Vetting.Year(r.ctx(), r.Actor, r.vettingYear())
		return resultForm(r.reader, a, r.vettingYear(), k.Requirements), err
	case book == "blacklist-entries" && a.Vendor != uuid.Nil:
		return blacklistForm(r.reader, a), nil
	case book == "press-checks" && a.Outlet != uuid.Nil:
		return pressForm(r.reader, a), nil
	case book == "journalist-certificates" && a.Outlet != uuid.Nil:
		return journalistForm(r.reader, a), nil
	}
	return formPage{}, fault.Missing()
}

func (w *Web) newAbout(r *request, book string) (answer, error) {
	a, err := w.subject(r, func(name string) string { return r.c.Query(name) })
	if err != nil {
		return answer{}, err
	}
	p, err := w.aboutPage(r, book, a)
	if err != nil {
		return answer{}, err
	}
	return show(p)
}

func (w *Web) enterAbout(r *request, book string) (answer, error) {
	if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
		return answer{}, err
	}
	t := r.typed()
	a, err := w.subject(r, t.get)
	if err != nil {
		return answer{}, err
	}
	p, err := w.aboutPage(r, book, a)
	if err != nil {
		return answer{}, err
	}
	if err := w.enter(r, t, book, a); err != nil {
		return r.refused(p, err)
	}
	return done(a.back, "flash.saved", "what", p.Title)
}

// enter writes a row about something, with the file that came along.
func (w *Web) enter(r *request, t *typed, book string, a about) error {
	v := w.services.Vetting
	switch book {
	case "requirement-results":
		f := resultTyped(t)
		if err := w.withFile(r, t, f.Trimmed().Check(), &f.File); err != nil {
			return err
		}
		_, err := v.Results.Enter(r.ctx(), r.Actor, a.Subject, f)
		return err
	case "press-checks":
		f := pressTyped(t)
		if err := w.withFile(r, t, nil, &f.File); err != nil {
			return err
		}
		_, err := w.services.Outlets.CheckPress(r.ctx(), r.Actor, a.Outlet, f)
		return pressFields(err)
	case "journalist-certificates":
		f := journalistTyped(t)
		if err := w.withFile(r, t, f.Trimmed().Check(), &f.File); err != nil {
			return err
		}
		_, err := v.Journalists.Enter(r.ctx(), r.Actor, a.Subject, f)
		return err
	}
	f := blacklistTyped(t)
	if err := w.withFile(r, t, f.Trimmed().Check(), &f.File); err != nil {
		return err
	}
	_, err := v.Blacklist.Enter(r.ctx(), r.Actor, vetting.Subject{}, f)
	return err
}

// pressFields names the fields of the form as it does: those of an outlet's own.
func pressFields(err error) error {
	f := fault.From(err)
	if err == nil || f.Kind != fault.Invalid {
		return err
	}
	named := *f
	named.Fields = nil
	for _, one := range f.Fields {
		if below, ok := strings.CutPrefix(one.Pointer, "/certificate/"); ok {
			one.Pointer = "/press_certificate/" + below
		} else if one.Pointer == "/status" {
			one.Pointer = "/press_status"
		}
		named.Fields = append(named.Fields, one)
	}
	return &named
}

// withFile keeps the file of a form whose fields are right; none is none.
func (w *Web) withFile(r *request, t *typed, check error, into *string) error {
	if err := t.err(check); err != nil {
		return err
	}
	kept, err := w.keep(r)
	if fault.Is(err, "file_absent") {
		return nil
	}
	*into = kept.SHA256
	return err
}

// rowBack is where a row is shown.
func rowBack(row any) string {
	switch v := row.(type) {
	case vetting.Requirement:
		return vettingPath + "?year=" + strconv.Itoa(v.FiscalYear)
	case vetting.Grade:
		return vettingPath + "?year=" + strconv.Itoa(v.FiscalYear)
	case vetting.Result:
		if v.OutletID.Valid {
			return "/outlets/" + v.OutletID.UUID.String()
		}
		return "/vendors/" + v.VendorID.String()
	case vetting.Journalist:
		return "/outlets/" + v.OutletID.String()
	case vetting.Blacklisting:
		return "/vendors/" + v.VendorID.String()
	}
	return vettingPath
}

// voiding adds the page that asks why a row of a book is void, and the deed.
func voiding[F registry.Written[F], R interface{ Common() vetting.Row }](_ *Web, get, post func(string, handler), book string, b *vetting.Book[F, R]) {
	get("/"+book+"/:id/void", mayRegister(func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		row, err := b.Row(r.ctx(), r.Actor, id)
		if err != nil {
			return answer{}, err
		}
		return show(voidForm(r.reader, book, rowBack(row), row.Common()))
	}))
	post("/"+book+"/:id/void", mayRegister(func(r *request) (answer, error) {
		id, err := r.id("id")
		if err != nil {
			return answer{}, err
		}
		row, err := b.Row(r.ctx(), r.Actor, id)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		reason := t.text("reason")
		if err = t.wrong.Err(); err == nil {
			_, err = b.Void(r.ctx(), r.Actor, id, r.expected(), reason)
		}
		if err != nil {
			now := row.Common()
			now.Version = r.version(err, now.Version)
			return r.refused(voidForm(r.reader, book, rowBack(row), now), err)
		}
		return done(rowBack(row), "flash.saved", "what", r.T("vetting.void.done"))
	}))
}

func (w *Web) resultOf(r *request) (vetting.Result, error) {
	id, err := r.id("id")
	if err != nil {
		return vetting.Result{}, err
	}
	return w.services.Vetting.Results.Row(r.ctx(), r.Actor, id)
}

func (w *Web) askVerify(r *request) (answer, error) {
	if err := r.Actor.Can(access.VettingVerify, registryWide); err != nil {
		return answer{}, err
	}
	found, err := w.resultOf(r)
	if err == nil {
		err = r.Actor.Apart(access.VettingVerify, found.CreatedBy)
	}
	if err != nil {
		return answer{}, err
	}
	return show(verifyForm(r.reader, found, rowBack(found)))
}

func (w *Web) verifyResult(r *request) (answer, error) {
	found, err := w.resultOf(r)
	if err != nil {
		return answer{}, err
	}
	if _, err := w.services.Vetting.Verify(r.ctx(), r.Actor, found.ID, r.expected()); err != nil {
		found.Version = r.version(err, found.Version)
		return r.refused(verifyForm(r.reader, found, rowBack(found)), err)
	}
	return done(rowBack(found)+"#results", "flash.saved", "what", found.RequirementName)
}

func (w *Web) barOf(r *request) (vetting.Blacklisting, error) {
	id, err := r.id("id")
	if err != nil {
		return vetting.Blacklisting{}, err
	}
	return w.services.Vetting.Blacklist.Row(r.ctx(), r.Actor, id)
}

func (w *Web) askLift(r *request) (answer, error) {
	b, err := w.barOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(liftForm(r.reader, b))
}

func (w *Web) lift(r *request) (answer, error) {
	b, err := w.barOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	cmd := vetting.LiftCommand{Expected: r.expected(), Date: t.date("date"), Reason: t.text("reason")}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Vetting.Lift(r.ctx(), r.Actor, b.ID, cmd)
	}
	if err != nil {
		b.Version = r.version(err, b.Version)
		return r.refused(liftForm(r.reader, b), err)
	}
	return done("/vendors/"+b.VendorID.String()+"#blacklist", "flash.saved", "what", b.DecreeNumber)
}
