package agreement_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/price"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// strict is a chain whose prices may not be above their references.
func strict(t *testing.T) (*chain.Chain, *price.Service) {
	t.Helper()
	c := chain.New(t)
	must(t, c, func(tx *db.Tx) error {
		f := rule.Form{Code: rule.PriceAboveReference, Mode: rule.Refuse, ValidFrom: chain.Day("2026-01-01"), Basis: "Perbup"}
		return tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: c.Admin.User})
	})
	return c, price.NewService(db.Within(c.Store, func(tx *db.Tx) price.Store { return tx }), db.Reading(c.Store, func(tx *db.Tx) price.Store { return tx }), nil)
}

func must(t *testing.T, c *chain.Chain, do func(tx *db.Tx) error) {
	t.Helper()
	if err := c.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) { return nil, do(tx) }); err != nil {
		t.Fatal(err)
	}
}

func standard(t *testing.T, s *price.Service, c *chain.Chain, change func(*price.Form)) price.Reference {
	t.Helper()
	f := price.Form{Product: "Advertorial", OutletKind: "online", Unit: "artikel", UnitPrice: 1_000_000, TaxInclusive: true, Basis: "Perbup 41/2025", ValidFrom: chain.Day("2026-01-01")}
	if change != nil {
		change(&f)
	}
	r, err := s.Create(t.Context(), c.Staff, f)
	chain.Wants(t, err, "")
	return r
}

// priced is a line of one advertorial at a price with VAT.
func priced(c *chain.Chain, amount money.Amount) agreement.Item {
	i := c.Item(3)
	i.Product, i.Unit, i.UnitPrice, i.TaxInclusive = "advertorial", "artikel", amount, true
	return i
}

func approve(t *testing.T, c *chain.Chain, a agreement.Agreement) error {
	t.Helper()
	_, err := c.Agreements.Move(t.Context(), c.PPK, c.Agency.Code, a.ID, agreement.MoveCommand{Verb: agreement.Approve})
	return err
}

func get(t *testing.T, c *chain.Chain, id uuid.UUID) agreement.Agreement {
	t.Helper()
	a, err := c.Agreements.Get(t.Context(), c.Staff, c.Agency.Code, id)
	chain.Wants(t, err, "")
	return a
}

func TestDearerThanTheReferenceIsRefused(t *testing.T) {
	t.Parallel()
	c, s := strict(t)
	r := standard(t, s, c, nil)
	a := c.Draft(t, priced(c, 1_000_000), priced(c, 1_000_001))
	if d := a.Deliverables; d[0].PriceVerdict != price.Equal || d[1].PriceVerdict != price.Above || d[1].PriceReferenceID.UUID != r.ID || *d[1].ReferencePrice != 1_000_000 || !d[1].ReferenceTaxInclusive {
		t.Fatalf("%+v", d)
	}
	a = c.Move(t, c.Staff, a, agreement.Submit)
	chain.Wants(t, approve(t, c, a), "not_ready", "/deliverables/1/unit_price price_above_reference")
	if got := get(t, c, a.ID); got.Status != agreement.Submitted {
		t.Fatalf("it is %s", got.Status)
	}
	o := c.Override(t, c.Staff, c.Head, override.Ask{Kind: override.CheckMode, Reason: "tiga kamera", Subject: override.Subject{
		Check: override.Check(rule.PriceAboveReference), DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: a.Number,
	}})
	chain.Wants(t, approve(t, c, a), "")
	used, err := c.Overrides.Get(t.Context(), c.Auditor, c.Agency.Code, o.ID)
	if err != nil || len(used.Uses) != 1 || used.Uses[0].DocumentNumber != a.Number {
		t.Errorf("%+v %v", used.Uses, err)
	}
	void := int64(1)
	_, err = s.Void(t.Context(), c.Staff, r.ID, price.VoidCommand{Expected: &void, Reason: "salah ketik"})
	chain.Wants(t, err, "")
	if d := get(t, c, a.ID).Deliverables[1]; d.PriceVerdict != price.Above || *d.ReferencePrice != 1_000_000 {
		t.Errorf("what is in force forgot its reference: %+v", d)
	}
	known, err := c.Agreements.Assessment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	if err != nil || !known.Frozen || known.Facts.Prices.Lines[1].Judgement.Verdict != price.Above || known.Facts.Prices.Lines[1].Excess() != 3 {
		t.Errorf("%+v %v", known.Facts.Prices, err)
	}
}

func TestJudgedAnewUntilItIsInForce(t *testing.T) {
	t.Parallel()
	c, s := strict(t)
	a := c.Draft(t, priced(c, 1_500_000))
	if d := a.Deliverables[0]; d.PriceVerdict != price.NotFound || d.PriceReferenceID.Valid || d.ReferencePrice != nil {
		t.Fatalf("%+v", d)
	}
	standard(t, s, c, nil)
	c.Move(t, c.Staff, a, agreement.Submit)
	if d := get(t, c, a.ID).Deliverables[0]; d.PriceVerdict != price.Above {
		t.Errorf("submitted: %+v", d)
	}
	standard(t, s, c, func(f *price.Form) { f.ValidFrom, f.UnitPrice = chain.Day("2026-01-02"), 1_600_000 })
	chain.Wants(t, approve(t, c, a), "")
	if d := get(t, c, a.ID).Deliverables[0]; d.PriceVerdict != price.Below || *d.ReferencePrice != 1_600_000 {
		t.Errorf("in force: %+v", d)
	}
	// It cannot be judged anew behind the program's back either.
	err := c.Store.InTx(t.Context(), access.Act{Actor: c.Staff}, func(tx *db.Tx) (any, error) {
		d := get(t, c, a.ID).Deliverables
		d[0].PriceVerdict, d[0].PriceReferenceID, d[0].ReferencePrice = price.NotFound, uuid.NullUUID{}, nil
		return nil, tx.SavePrices(t.Context(), a.ID, d)
	})
	if err == nil {
		t.Error("a line in force was judged anew")
	}
}

func TestLineNamesItsReference(t *testing.T) {
	t.Parallel()
	c, s := strict(t)
	standard(t, s, c, nil)
	big := standard(t, s, c, func(f *price.Form) { f.Specification, f.UnitPrice = "satu halaman", 2_000_000 })
	item := priced(c, 1_500_000)
	if d := c.Draft(t, item).Deliverables[0]; d.PriceVerdict != price.Check || d.PriceReason != price.SeveralPrices {
		t.Errorf("%+v", d)
	}
	item.PriceReferenceID = uuid.NullUUID{UUID: big.ID, Valid: true}
	a := c.Draft(t, item)
	if d := a.Deliverables[0]; d.PriceVerdict != price.Below || !d.ReferenceNamed {
		t.Errorf("%+v", d)
	}
	again, err := c.Agreements.Rewrite(t.Context(), c.Staff, c.Agency.Code, a.ID, &a.Version, func(terms agreement.Terms) (agreement.Terms, error) {
		terms.Title = "Lain"
		return terms, nil
	})
	if err != nil || again.Deliverables[0].PriceReferenceID.UUID != big.ID || again.Deliverables[0].PriceVerdict != price.Below {
		t.Errorf("%+v %v", again.Deliverables, err)
	}
	item.PriceReferenceID.UUID = uuid.New()
	terms := a.Terms()
	terms.Number, terms.Deliverables = "SP/TIDAK", []agreement.Item{item}
	_, err = c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, terms)
	chain.Wants(t, err, "invalid", "/deliverables/0/price_reference_id not_found")
}

func TestCheapestIsSoughtInTheWholeGovernmentOnly(t *testing.T) {
	t.Parallel()
	c, _ := strict(t)
	next := c.Branch(t, "lain")
	there := next.Agreement(t, priced(next, 800_000))
	next.Draft(t, priced(next, 1)) // what is only drafted is no price
	a := c.Draft(t, priced(c, 1_000_000))
	known, err := c.Agreements.Assessment(t.Context(), c.Auditor, c.Agency.Code, a.ID)
	chain.Wants(t, err, "")
	found := known.Facts.Prices.Lines[0].Elsewhere
	if found == nil || found.Agreement != there.Number || found.AgencyCode != next.Agency.Code {
		t.Fatalf("%+v", found)
	}
	i := slices.IndexFunc(known.Doubts, func(d agreement.Doubt) bool { return d.Rule == rule.PriceDearerElsewhere })
	if i < 0 || known.Doubts[i].Mode != rule.Warn || known.Doubts[i].Pointer != "/deliverables/0/unit_price" || known.Facts.Prices.Lines[0].Dearer() != 3*(a.Deliverables[0].UnitNet-found.Net) {
		t.Errorf("%+v", known.Doubts)
	}
	answer, err := c.Agreements.CheckPrice(t.Context(), c.PPK, c.Agency.Code, agreement.PriceQuestion{VendorID: c.Vendor.ID, OrderDate: a.OrderDate, Item: priced(c, 900_000)})
	if err != nil || answer.Elsewhere == nil || answer.Elsewhere.Agreement != there.Number || answer.Judgement.Verdict != price.NotFound || answer.UnitGross != 900_000 {
		t.Errorf("%+v %v", answer, err)
	}
	_, err = c.Agreements.CheckPrice(t.Context(), c.Stranger, c.Agency.Code, agreement.PriceQuestion{VendorID: c.Vendor.ID, Item: priced(c, 900_000)})
	chain.Wants(t, err, "invalid", "/query/vendor_id not_found")
	if _, err = c.Agreements.CheckPrice(t.Context(), c.Neighbour, c.Agency.Code, agreement.PriceQuestion{VendorID: c.Vendor.ID, Item: priced(c, 900_000)}); err == nil {
		t.Error("an agency that is not his")
	}
	_, err = c.Agreements.CheckPrice(t.Context(), c.PPK, c.Agency.Code, agreement.PriceQuestion{})
	chain.Wants(t, err, "invalid", "/query/product required", "/query/unit required", "/query/unit_price out_of_range")
}

func TestAmendmentMeetsTheReference(t *testing.T) {
	t.Parallel()
	c, s := strict(t)
	a := c.Agreement(t, priced(c, 1_000_000), priced(c, 900_000))
	standard(t, s, c, func(f *price.Form) { f.ValidFrom = chain.Day("2026-03-01") })
	dear := money.Amount(1_050_000)
	amend := func(number string, line int, amount *money.Amount) agreement.Agreement {
		t.Helper()
		out, err := c.Agreements.Amend(t.Context(), c.Staff, c.Agency.Code, a.ID, nil, agreement.Proposal{
			Number: number, Date: chain.Day("2026-06-01"), Reason: "harga baru",
			Deliverables: []agreement.Change{{ID: uuid.NullUUID{UUID: a.Deliverables[line].ID, Valid: true}, UnitPrice: amount}},
		})
		chain.Wants(t, err, "")
		return out
	}
	m := amend("ADD/1", 1, &dear)
	if d := m.Amendment.After.Deliverables; d[1].PriceVerdict != price.Above || d[0].PriceVerdict != price.NotFound {
		t.Errorf("%+v", d)
	}
	chain.Wants(t, approve(t, c, m), "not_ready", "/deliverables/1/unit_price price_above_reference")
	c.Move(t, c.Staff, m, agreement.Withdraw)
	fair := money.Amount(1_000_000)
	chain.Wants(t, approve(t, c, amend("ADD/2", 1, &fair)), "")
	if d := get(t, c, a.ID).Deliverables; d[1].PriceVerdict != price.Equal || d[0].PriceVerdict != price.NotFound {
		t.Errorf("%+v", d)
	}
}
