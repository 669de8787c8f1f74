package api

import (
	"tayang/app/listing"
	"tayang/app/registry"
)

// mountRegistry registers what the agencies of a government share.
func (a *API) mountRegistry() {
	a.mountAgencies()
	a.mountVendors()
	a.mountOutlets()
	a.mountSocialAccounts()
	a.mountCreators()
	a.mountTiers()
}

func (a *API) mountAgencies() {
	const tag, path = "Agencies", "/agencies"
	create(a, path, tag, "Found an agency; for administrators", func(c call, body registry.AgencyForm) (registry.Agency, error) {
		return a.Agencies.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List agencies", func(c call, q listing.Query) (listing.Page[registry.Agency], error) {
		return a.Agencies.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{agency}", tag, "An agency", func(c call) (registry.Agency, error) {
		return a.Agencies.Agency(c.ctx, c.actor, c.agency)
	})
	patch(a, path+"/{agency}", tag, "Change an agency; for administrators", func(c call, change func(registry.AgencyForm) (registry.AgencyForm, error)) (registry.Agency, error) {
		return a.Agencies.Change(c.ctx, c.actor, c.agency, c.expected, change)
	})
}

func (a *API) mountVendors() {
	const tag, path = "Vendors", "/vendors"
	create(a, path, tag, "Register a vendor", func(c call, body registry.VendorForm) (registry.Vendor, error) {
		return a.Vendors.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List vendors", func(c call, q listing.Query) (listing.Page[registry.Vendor], error) {
		return a.Vendors.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A vendor", func(c call) (registry.Vendor, error) {
		return a.Vendors.Vendor(c.ctx, c.actor, c.id)
	})
	patch(a, path+"/{id}", tag, "Change a vendor", func(c call, change func(registry.VendorForm) (registry.VendorForm, error)) (registry.Vendor, error) {
		return a.Vendors.Change(c.ctx, c.actor, c.id, c.expected, change)
	})
	create(a, path+"/{id}/documents", tag, "Put a paper into a vendor's file", func(c call, body registry.DocumentForm) (registry.Document, error) {
		return a.Vendors.AddDocument(c.ctx, c.actor, c.id, body)
	})
	list(a, path+"/{id}/documents", tag, "List a vendor's papers", func(c call, q listing.Query) (listing.Page[registry.Document], error) {
		return a.Vendors.Documents(c.ctx, c.actor, c.id, q)
	})
	create(a, path+"/{id}/checks", tag, "Record a check of a vendor", func(c call, body registry.CheckForm) (registry.Check, error) {
		return a.Vendors.AddCheck(c.ctx, c.actor, c.id, body)
	})
	list(a, path+"/{id}/checks", tag, "List the checks of a vendor", func(c call, q listing.Query) (listing.Page[registry.Check], error) {
		return a.Vendors.Checks(c.ctx, c.actor, c.id, q)
	})
}

func (a *API) mountOutlets() {
	const tag, path = "Outlets", "/outlets"
	create(a, path, tag, "Register an outlet", func(c call, body registry.OutletForm) (registry.Outlet, error) {
		return a.Outlets.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List outlets", func(c call, q listing.Query) (listing.Page[registry.Outlet], error) {
		return a.Outlets.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "An outlet", func(c call) (registry.Outlet, error) {
		return a.Outlets.Outlet(c.ctx, c.actor, c.id)
	})
	patch(a, path+"/{id}", tag, "Change an outlet", func(c call, change func(registry.OutletForm) (registry.OutletForm, error)) (registry.Outlet, error) {
		return a.Outlets.Change(c.ctx, c.actor, c.id, c.expected, change)
	})
}

func (a *API) mountSocialAccounts() {
	const tag, path = "Social accounts", "/social-accounts"
	create(a, path, tag, "Register a social account", func(c call, body registry.SocialForm) (registry.SocialAccount, error) {
		return a.SocialAccounts.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List social accounts", func(c call, q listing.Query) (listing.Page[registry.SocialAccount], error) {
		return a.SocialAccounts.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A social account", func(c call) (registry.SocialAccount, error) {
		return a.SocialAccounts.Account(c.ctx, c.actor, c.id)
	})
	patch(a, path+"/{id}", tag, "Change a social account", func(c call, change func(registry.SocialForm) (registry.SocialForm, error)) (registry.SocialAccount, error) {
		return a.SocialAccounts.Change(c.ctx, c.actor, c.id, c.expected, change)
	})
	create(a, path+"/{id}/snapshots", tag, "Record an account's reach on a day", func(c call, body registry.SnapshotForm) (registry.Snapshot, error) {
		return a.SocialAccounts.AddSnapshot(c.ctx, c.actor, c.id, body)
	})
	list(a, path+"/{id}/snapshots", tag, "List the snapshots of an account", func(c call, q listing.Query) (listing.Page[registry.Snapshot], error) {
		return a.SocialAccounts.Snapshots(c.ctx, c.actor, c.id, q)
	})
}
