package api

import (
	"strconv"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/owner"
)

// mountOwners registers owner groups, which belong to the government, and how an agency's money gathers.
func (a *API) mountOwners() {
	const tag, path = "Owner groups", "/owner-groups"
	create(a, path, tag, "Enter a group of outlets and vendors with the same owner", func(c call, body owner.Form) (owner.Group, error) {
		return a.Owners.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List owner groups", func(c call, q listing.Query) (listing.Page[owner.Group], error) {
		return a.Owners.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "An owner group", func(c call) (owner.Group, error) { return a.Owners.Group(c.ctx, c.actor, c.id) })
	patch(a, path+"/{id}", tag, "Change an owner group", func(c call, change func(owner.Form) (owner.Form, error)) (owner.Group, error) {
		return a.Owners.Change(c.ctx, c.actor, c.id, c.expected, change)
	})
	create(a, path+"/{id}/members", tag, "Put an outlet or a vendor into a group, with evidence", func(c call, body owner.MemberForm) (owner.Member, error) {
		return a.Owners.AddMember(c.ctx, c.actor, c.id, body)
	})
	list(a, path+"/{id}/members", tag, "List who belongs to a group, voided memberships too", func(c call, q listing.Query) (listing.Page[owner.Member], error) {
		return a.Owners.Members(c.ctx, c.actor, q.Where("group_id", c.id.String()))
	})
	act(a, path+"/{id}/members/{sub}/end", tag, "End a membership on a day, or void one that was entered wrongly", func(c call, body owner.End) (owner.Member, error) {
		return a.Owners.EndMember(c.ctx, c.actor, c.id, c.sub, c.expected, body)
	})
	const gathered = "/agencies/{agency}/concentration"
	get(a, gathered, tag, "How the agency's money of a fiscal year gathers, by vendor and by owner group", func(c call) (owner.Concentration, error) {
		year, err := strconv.Atoi(c.http.Query("fiscal_year"))
		if err != nil {
			var wrong fault.Fields
			wrong.Add("/fiscal_year", "required")
			return owner.Concentration{}, wrong.Err()
		}
		return a.Owners.Concentration(c.ctx, c.actor, c.agency, year)
	})
	a.describe(gathered, "fiscal_year", "the fiscal year", "integer")
}
