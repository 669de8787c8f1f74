package api

import (
	"tayang/app/listing"
	"tayang/app/registry"
)

// mountCreators registers the papers of the people behind social accounts.
func (a *API) mountCreators() {
	const tag, path = "Social accounts", "/social-accounts/{id}"
	const proofs = path + "/ownership-proofs"
	create(a, proofs, tag, "Record a proof that an account is its vendor's; it counts once another person has verified it", func(c call, body registry.OwnershipForm) (registry.Ownership, error) {
		return a.SocialAccounts.Prove(c.ctx, c.actor, c.id, body)
	})
	list(a, proofs, tag, "List the proofs of an account's ownership", func(c call, q listing.Query) (listing.Page[registry.Ownership], error) {
		return a.SocialAccounts.Ownerships(c.ctx, c.actor, c.id, q)
	})
	get(a, proofs+"/{sub}", tag, "A proof of ownership", func(c call) (registry.Ownership, error) {
		return a.SocialAccounts.Ownership(c.ctx, c.actor, c.id, c.sub)
	})
	act(a, proofs+"/{sub}/verify", tag, "Verify a proof of ownership; not by who entered it", func(c call, _ none) (registry.Ownership, error) {
		return a.SocialAccounts.Judge(c.ctx, c.actor, c.id, c.sub, registry.OwnershipVerdict{Expected: c.expected, Status: registry.OwnershipVerified})
	})
	act(a, proofs+"/{sub}/reject", tag, "Reject a proof of ownership, with a reason; not by who entered it", func(c call, body remark) (registry.Ownership, error) {
		return a.SocialAccounts.Judge(c.ctx, c.actor, c.id, c.sub, registry.OwnershipVerdict{Expected: c.expected, Status: registry.OwnershipRejected, Reason: body.Reason})
	})
	create(a, path+"/statements", tag, "Record a statement of the person behind an account, or of his guardian", func(c call, body registry.StatementForm) (registry.Statement, error) {
		return a.SocialAccounts.Declare(c.ctx, c.actor, c.id, body)
	})
	list(a, path+"/statements", tag, "List the statements of the person behind an account", func(c call, q listing.Query) (listing.Page[registry.Statement], error) {
		return a.SocialAccounts.Statements(c.ctx, c.actor, c.id, q)
	})
}

func (a *API) mountTiers() {
	const tag, path = "Tiers", "/tiers"
	create(a, path, tag, "Enter a tier of the local rules", func(c call, body registry.TierForm) (registry.Tier, error) {
		return a.Tiers.Create(c.ctx, c.actor, body)
	})
	list(a, path, tag, "List tiers, void ones too", func(c call, q listing.Query) (listing.Page[registry.Tier], error) {
		return a.Tiers.List(c.ctx, c.actor, q)
	})
	get(a, path+"/{id}", tag, "A tier", func(c call) (registry.Tier, error) { return a.Tiers.Tier(c.ctx, c.actor, c.id) })
	patch(a, path+"/{id}", tag, "Change a tier, for one to give it its last day", func(c call, change func(registry.TierForm) (registry.TierForm, error)) (registry.Tier, error) {
		return a.Tiers.Change(c.ctx, c.actor, c.id, c.expected, change)
	})
	act(a, path+"/{id}/void", tag, "Void a tier that was entered wrongly, with a reason", func(c call, body remark) (registry.Tier, error) {
		return a.Tiers.Void(c.ctx, c.actor, c.id, c.expected, body.Reason)
	})
}
