package payment_test

import (
	"slices"
	"testing"

	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// unpapered is a request for an invoice whose own file never came.
func unpapered(t *testing.T, c *chain.Chain) payment.Payment {
	t.Helper()
	printed := c.Item(1) // a page of paper is not looked at again
	printed.OutletID.UUID = c.Outlets[placement.Print]
	a := c.Agreement(t, printed)
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	b := c.Bill(t, a, ps)
	b.File = ""
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	return c.Requested(t, a, i)
}

func TestAPaymentIsNotOrderedAgainstTheRules(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.InvoiceFileMissing)
	p := unpapered(t, c)
	_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, &p.Version, paper("SPM/1", "2026-06-13"))
	refusal := fault.From(err)
	if refusal == nil || refusal.Kind != fault.Conflict || refusal.Code != "not_payable" || len(refusal.Fields) != 1 || refusal.Fields[0].Code != "invoice_file_missing" {
		t.Fatalf("%+v", refusal)
	}
	known, err := c.Payments.Assessment(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	known.Doubts = filed(known.Doubts)
	if stops := slices.DeleteFunc(known.Doubts, func(d payment.Doubt) bool { return !d.Stops() }); known.Frozen || len(stops) == 0 || known.Doubts[0].Rule != rule.InvoiceFileMissing || stops[0].Rule != rule.InvoiceFileMissing || known.Day != period.MustDate("2026-11-24") {
		t.Errorf("%+v", known)
	}
}

func TestAPaymentThatDepartsIsKeptAsItWas(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.InvoiceFileMissing)
	p := unpapered(t, c)
	o := departs(t, c, override.Subject{
		Check: override.Check(rule.InvoiceFileMissing), DocumentType: override.Payment, Mode: override.Warn, DocumentNumber: p.SPP.Number,
	})
	p = c.Authorise(t, p)
	known, err := c.Payments.Assessment(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	known.Doubts = filed(known.Doubts)
	if !known.Frozen || len(known.Doubts) == 0 || known.Doubts[0].Rule != rule.InvoiceFileMissing || known.Doubts[0].OverrideID.UUID != o.ID || known.Day != p.SPM.Date {
		t.Errorf("%+v", known)
	}
	uses, err := c.Overrides.Uses(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("override_id", o.ID.String()))
	chain.Wants(t, err, "")
	if len(uses.Items) != 1 || uses.Items[0].DocumentID != p.ID {
		t.Errorf("%+v", uses.Items)
	}
}

// filed are the doubts about files of invoices.
func filed(all []payment.Doubt) []payment.Doubt {
	return slices.DeleteFunc(all, func(d payment.Doubt) bool { return d.Rule != rule.InvoiceFileMissing })
}

// departs asks for an override of a rule and lets another person grant it.
func departs(t *testing.T, c *chain.Chain, s override.Subject) override.Override {
	t.Helper()
	o, err := c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, override.Ask{Kind: override.CheckMode, Subject: s, Reason: "berkas menyusul"})
	chain.Wants(t, err, "")
	o, err = c.Overrides.Decide(t.Context(), c.Deputy, c.Agency.Code, o.ID, override.DecideCommand{Verb: override.Approve})
	chain.Wants(t, err, "")
	return o
}
