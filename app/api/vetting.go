package api

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// mountVetting registers what the government asks of vendors and their channels, and what was found.
func (a *API) mountVetting() {
	const tag = "Vetting"
	book(a, func() *vetting.Book[vetting.RequirementForm, vetting.Requirement] { return a.Vetting.Requirements }, "/requirements", tag, "requirement of a year")
	act(a, "/requirements/copy", tag, "Give a year the requirements and grades of another, but those that it has", func(c call, body vetting.CopyCommand) (vetting.Copied, error) {
		return a.Vetting.Copy(c.ctx, c.actor, body)
	})
	book(a, func() *vetting.Book[vetting.GradeForm, vetting.Grade] { return a.Vetting.Grades }, "/requirement-grades", tag, "grade with the points that it needs")
	book(a, func() *vetting.Book[vetting.ProductRuleForm, vetting.ProductRule] { return a.Vetting.ProductRules }, "/product-rules", tag, "row that says which business classes and accounts a product may have")
	book(a, func() *vetting.Book[vetting.BlacklistForm, vetting.Blacklisting] { return a.Vetting.Blacklist }, "/blacklist-entries", tag, "blacklisting of a vendor")
	act(a, "/blacklist-entries/{id}/lift", tag, "End a blacklisting: the vendor may be ordered from again from the date on", func(c call, body vetting.LiftCommand) (vetting.Blacklisting, error) {
		body.Expected = c.expected
		return a.Vetting.Lift(c.ctx, c.actor, c.id, body)
	})
	a.mountResults(tag)
	a.mountPress(tag)
	get(a, "/vendor-pairs", tag, "Every two vendors that share an account, phone, address, NPWP or director", func(c call) (pairs, error) {
		items, err := a.Vetting.Pairs(c.ctx, c.actor, uuid.Nil)
		return pairs{items}, err
	})
	get(a, "/vendors/{id}/pairs", tag, "The vendors that share something with one, side by side", func(c call) (pairs, error) {
		items, err := a.Vetting.Pairs(c.ctx, c.actor, c.id)
		return pairs{items}, err
	})
	get(a, "/vendors/{id}/vetting", tag, "How a vendor stands on a day, with all that is his", func(c call) (vetting.VendorStanding, error) {
		on, err := onDay(c)
		if err != nil {
			return vetting.VendorStanding{}, err
		}
		return a.Vetting.Vendor(c.ctx, c.actor, c.id, on)
	})
	a.describe("/vendors/{id}/vetting", "on", "the day; today when it does not say", "string")
}

// pairs are vendors that share something.
type pairs struct {
	Items []vetting.Pair `json:"items"`
}

// book registers a kind of row that is about nothing else.
func book[F registry.Written[F], R interface{ Common() vetting.Row }](a *API, b func() *vetting.Book[F, R], path, tag, what string) {
	create(a, path, tag, "Enter a "+what, func(c call, body F) (R, error) { return b().Enter(c.ctx, c.actor, vetting.Subject{}, body) })
	list(a, path, tag, "List each "+what+", voided ones too", func(c call, q listing.Query) (listing.Page[R], error) {
		return b().List(c.ctx, c.actor, vetting.Subject{}, q)
	})
	row(a, b, path, tag, what)
}

// row registers the look at one row and its voiding.
func row[F registry.Written[F], R interface{ Common() vetting.Row }](a *API, b func() *vetting.Book[F, R], path, tag, what string) {
	get(a, path+"/{id}", tag, "One "+what, func(c call) (R, error) { return b().Row(c.ctx, c.actor, c.id) })
	act(a, path+"/{id}/void", tag, "Void a "+what+" that was entered wrongly, with a reason", func(c call, body remark) (R, error) {
		return b().Void(c.ctx, c.actor, c.id, c.expected, body.Reason)
	})
}

// mountResults registers what was found of outlets, accounts and vendors, and how they stand.
func (a *API) mountResults(tag string) {
	for _, s := range []struct {
		path, what string
		of         func(uuid.UUID) vetting.Subject
	}{
		{"/outlets/{id}", "an outlet", func(id uuid.UUID) vetting.Subject { return vetting.Subject{Outlet: id} }},
		{"/social-accounts/{id}", "a social account", func(id uuid.UUID) vetting.Subject { return vetting.Subject{Account: id} }},
		{"/vendors/{id}", "a vendor with all that is his", func(id uuid.UUID) vetting.Subject { return vetting.Subject{Vendor: id} }},
	} {
		create(a, s.path+"/requirement-results", tag, "Record what was found about a requirement of "+s.what, func(c call, body vetting.ResultForm) (vetting.Result, error) {
			return a.Vetting.Results.Enter(c.ctx, c.actor, s.of(c.id), body)
		})
		list(a, s.path+"/requirement-results", tag, "List what was found of "+s.what+", newest first", func(c call, q listing.Query) (listing.Page[vetting.Result], error) {
			return a.Vetting.Results.List(c.ctx, c.actor, s.of(c.id), q)
		})
		if s.path == "/vendors/{id}" {
			continue
		}
		get(a, s.path+"/vetting", tag, "How "+s.what+" stands on a day: each requirement, points, grade", func(c call) (vetting.Standing, error) {
			on, err := onDay(c)
			if err != nil {
				return vetting.Standing{}, err
			}
			return a.Vetting.Standing(c.ctx, c.actor, s.of(c.id), on)
		})
		a.describe(s.path+"/vetting", "on", "the day; today when it does not say", "string")
	}
	row(a, func() *vetting.Book[vetting.ResultForm, vetting.Result] { return a.Vetting.Results }, "/requirement-results", tag, "result")
	act(a, "/requirement-results/{id}/verify", tag, "Verify a result that somebody else entered: it counts from now on", func(c call, _ none) (vetting.Result, error) {
		return a.Vetting.Verify(c.ctx, c.actor, c.id, c.expected)
	})
}

// mountPress registers what is known of outlets at the Press Council.
func (a *API) mountPress(tag string) {
	create(a, "/outlets/{id}/press-checks", tag, "Record a look at an outlet's standing with the Press Council", func(c call, body registry.PressForm) (registry.PressCheck, error) {
		return a.Outlets.CheckPress(c.ctx, c.actor, c.id, body)
	})
	list(a, "/outlets/{id}/press-checks", tag, "List the looks at an outlet's standing with the Press Council, newest day first", func(c call, q listing.Query) (listing.Page[registry.PressCheck], error) {
		return a.Outlets.PressChecks(c.ctx, c.actor, c.id, q)
	})
	create(a, "/outlets/{id}/journalist-certificates", tag, "Enter the certificate of competence (UKW) of an outlet's journalist", func(c call, body vetting.JournalistForm) (vetting.Journalist, error) {
		return a.Vetting.Journalists.Enter(c.ctx, c.actor, vetting.Subject{Outlet: c.id}, body)
	})
	list(a, "/outlets/{id}/journalist-certificates", tag, "List the certificates of an outlet's journalists", func(c call, q listing.Query) (listing.Page[vetting.Journalist], error) {
		return a.Vetting.Journalists.List(c.ctx, c.actor, vetting.Subject{Outlet: c.id}, q)
	})
	row(a, func() *vetting.Book[vetting.JournalistForm, vetting.Journalist] { return a.Vetting.Journalists }, "/journalist-certificates", tag, "certificate of a journalist")
}

// onDay reads ?on=; none is today.
func onDay(c call) (period.Date, error) {
	text := c.http.Query("on")
	if text == "" {
		return period.Date{}, nil
	}
	d, err := period.ParseDate(text)
	if err != nil {
		return d, fault.Fields{{Pointer: "/query/on", Code: "date_invalid"}}.Err()
	}
	return d, nil
}
