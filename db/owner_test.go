package db_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/owner"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// strict makes rules refuse as the law has them, of which the chain's office is warned only.
func strict(t *testing.T, c *chain.Chain, codes ...rule.Code) {
	t.Helper()
	must(t, c.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) {
		for _, code := range codes {
			f := rule.Form{Code: code, Mode: rule.Refuse, ValidFrom: chain.Day("2026-01-01"), Basis: "uji"}
			if err := tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: c.Admin.User}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}))
}

// TestAgenciesThatHideWhomTheyPayAreRefused: approval wants recipients of an agency, and the word of each of them.
func TestAgenciesThatHideWhomTheyPayAreRefused(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	strict(t, o.Chain, rule.RecipientsMissing, rule.ConfirmationMissing)
	approve := func(a agreement.Agreement) error {
		_, err := o.Agreements.Move(t.Context(), o.PPK, o.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
		return err
	}
	must(t, approve(o.Move(t, o.Staff, o.Draft(t, o.Item(1)), agreement.Submit)))
	vendors := registry.NewVendorService(db.Within(o.Store, func(tx *db.Tx) registry.VendorStore { return tx }), db.Reading(o.Store, func(tx *db.Tx) registry.VendorStore { return tx }))
	_, err := vendors.Change(t.Context(), o.Staff, o.Vendor.ID, nil, func(f registry.VendorForm) (registry.VendorForm, error) {
		f.RepresentsOthers = true
		return f, nil
	})
	must(t, err)
	err = approve(o.Move(t, o.Staff, o.Draft(t, o.Item(1)), agreement.Submit))
	if !fault.Is(err, "not_ready") || !slices.Equal(pointers(err), []string{"/look_through recipients_missing"}) {
		t.Fatalf("%v", err)
	}
	a := o.enter(t, "SP/9", agreement.Split{ViaAgency: true, Fee: 1_000_000, Recipients: []agreement.Share{o.share(0, 4_000_000), o.share(1, 5_000_000)}}, o.post(0, 5), o.post(1, 5))
	a = o.Move(t, o.Staff, a, agreement.Submit)
	o.confirm(t, a, 0, 4_000_000)
	o.confirm(t, a, 1, 4_999_999)
	if err = approve(a); !fault.Is(err, "not_ready") || !slices.Equal(pointers(err), []string{"/look_through/recipients/1 confirmation_missing"}) {
		t.Fatalf("%v %v", err, pointers(err))
	}
	o.confirm(t, a, 1, 5_000_000)
	must(t, approve(a))
}

// TestConcentration: money through an agency counts at its final recipients, outlets go before their vendors, and a
// membership counts on the order date.
func TestConcentration(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	of := func(year int) owner.Concentration {
		c, err := o.owners.Concentration(t.Context(), o.Auditor, o.Agency.Code, year)
		must(t, err)
		return c
	}
	if c := of(2026); c.Total != 0 || c.ByVendor.HHI != 0 || len(c.ByGroup.Parts) != 0 {
		t.Fatalf("%+v", c)
	}
	o.Chain.Agreement(t, o.Item(10)) // 11,100,000 at the vendor
	a := o.enter(t, "SP/1", agreement.Split{ViaAgency: true, Fee: 1_000_000, Recipients: []agreement.Share{o.share(0, 4_000_000), o.share(1, 5_000_000)}}, o.post(0, 5), o.post(1, 5))
	o.Move(t, o.Staff, a, agreement.Submit)
	if c := of(2026); c.Total != 11_100_000 || c.ByVendor.HHI != 10_000 {
		t.Fatalf("what is not in force does not count: %+v", c)
	}
	o.Move(t, o.PPK, a, agreement.Approve)
	c := of(2026)
	var shares []int64
	for _, p := range c.ByVendor.Parts {
		shares = append(shares, int64(p.Gross), p.Share)
	}
	// 12.1, 5 and 4 of 21.1 million: 5735² + 2370² + 1896² = 42,102,... in basis points
	if c.Total != 21_100_000 || !slices.Equal(shares, []int64{12_100_000, 5735, 5_000_000, 2370, 4_000_000, 1896}) || c.ByVendor.HHI != 4210 || c.ByGroup.HHI != 4210 {
		t.Fatalf("%+v %v", c, shares)
	}
	g, err := o.owners.Create(t.Context(), o.Staff, owner.Form{Name: "Keluarga Contoh"})
	must(t, err)
	join := func(f owner.MemberForm) (owner.Member, error) {
		return o.owners.AddMember(t.Context(), o.Staff, g.ID, f)
	}
	m, err := join(owner.MemberForm{VendorID: some(o.people[0]), Since: chain.Day("2026-05-02")})
	must(t, err)
	if c = of(2026); len(c.ByGroup.Parts) != 3 {
		t.Errorf("a membership that began after the order: %+v", c.ByGroup)
	}
	_, err = o.owners.EndMember(t.Context(), o.Staff, g.ID, m.ID, nil, owner.End{Reason: "Salah hari"})
	must(t, err)
	for _, f := range []owner.MemberForm{{VendorID: some(o.people[0]), Since: chain.Day("2026-01-01")}, {VendorID: some(o.people[1]), Since: chain.Day("2026-01-01")}} {
		_, err = join(f)
		must(t, err)
	}
	c = of(2026)
	if got, ok := c.ByGroup.Of(g.ID); !ok || got.Gross != 9_000_000 || got.Share != 4265 || !got.Grouped || c.ByGroup.HHI != 5108 || c.ByVendor.HHI != 4210 {
		t.Errorf("%+v", c.ByGroup)
	}
	other, err := o.owners.Create(t.Context(), o.Staff, owner.Form{Name: "Grup Daring"})
	must(t, err)
	_, err = o.owners.AddMember(t.Context(), o.Staff, other.ID, owner.MemberForm{OutletID: some(o.Outlets["online"]), Since: chain.Day("2026-01-01")})
	must(t, err)
	if got, _ := of(2026).ByGroup.Of(other.ID); got.Gross != 11_100_000 {
		t.Errorf("an outlet's group goes before its vendor: %+v", got)
	}
	if c, err := o.owners.Concentration(t.Context(), o.Stranger, o.Agency.Code, 2026); err != nil || c.Total != 0 {
		t.Errorf("another government: %+v %v", c, err)
	}
	if _, errOther := o.owners.Concentration(t.Context(), o.Neighbour, o.Agency.Code, 2026); !fault.Is(errOther, "not_found") {
		t.Errorf("%v", errOther)
	}
}

// TestNobodyBelongsToTwoGroupsAtOnce holds memberships apart in time, and says what else is wrong with them.
func TestNobodyBelongsToTwoGroupsAtOnce(t *testing.T) {
	t.Parallel()
	o := newThrough(t, chain.New(t))
	one, err := o.owners.Create(t.Context(), o.Staff, owner.Form{Name: "Grup Satu", Owners: "Ani"})
	must(t, err)
	two, err := o.owners.Create(t.Context(), o.Staff, owner.Form{Name: "Grup Dua"})
	must(t, err)
	if _, err = o.owners.Create(t.Context(), o.Staff, owner.Form{Name: "grup satu"}); !fault.Is(err, "duplicate") {
		t.Errorf("%v", err)
	}
	outlet := some(o.Outlets["online"])
	add := func(g owner.Group, since, until string) error {
		f := owner.MemberForm{OutletID: outlet, Since: chain.Day(since)}
		if until != "" {
			f.Until = chain.Day(until)
		}
		_, err := o.owners.AddMember(t.Context(), o.Staff, g.ID, f)
		return err
	}
	must(t, add(one, "2026-01-01", ""))
	if err = add(two, "2026-06-01", ""); !fault.Is(err, "owner_group_taken") || fault.From(err).Args["group"] != "Grup Satu" {
		t.Fatalf("%v", err)
	}
	page, err := o.owners.Members(t.Context(), o.Auditor, listing.All().Where("group_id", one.ID.String()))
	must(t, err)
	m := page.Items[0]
	_, err = o.owners.EndMember(t.Context(), o.Staff, two.ID, m.ID, nil, owner.End{Until: chain.Day("2026-05-31")})
	if fault.From(err).Kind != fault.NotFound {
		t.Errorf("a member of another group: %v", err)
	}
	for _, e := range []owner.End{{}, {Until: chain.Day("2026-05-31"), Reason: "x"}, {Until: chain.Day("2025-05-31")}} {
		if _, err = o.owners.EndMember(t.Context(), o.Staff, one.ID, m.ID, nil, e); fault.From(err).Kind != fault.Invalid {
			t.Errorf("%+v: %v", e, err)
		}
	}
	_, err = o.owners.EndMember(t.Context(), o.Staff, one.ID, m.ID, nil, owner.End{Until: chain.Day("2026-05-31")})
	must(t, err)
	must(t, add(two, "2026-06-01", ""))
	if err = add(one, "2026-05-31", "2026-05-31"); !fault.Is(err, "owner_group_taken") {
		t.Errorf("%v", err)
	}
	for _, f := range []owner.MemberForm{{Since: chain.Day("2026-01-01")}, {OutletID: outlet, VendorID: some(o.people[0]), Since: chain.Day("2026-01-01")}, {VendorID: some(o.people[0])}} {
		if _, err = o.owners.AddMember(t.Context(), o.Staff, one.ID, f); fault.From(err).Kind != fault.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
	if _, err = o.owners.Create(t.Context(), o.PPK, owner.Form{Name: "X"}); !fault.Is(err, "forbidden") {
		t.Errorf("%v", err)
	}
}
