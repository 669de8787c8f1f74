package chain

import (
	"testing"
	"time"

	"tayang/app/agreement"
	"tayang/app/completeness"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/db/dbtest/office"
)

// Strict makes an office whose budget is in force and in which the rules named are as the law has them; the others only
// warn, so that a test makes no more of an agreement than it is about.
func Strict(t testing.TB, rules ...rule.Code) *Chain {
	t.Helper()
	o := office.Strict(t)
	o.Relax(t, rules...)
	return at(t, o)
}

func at(t testing.TB, o *office.Office) *Chain {
	t.Helper()
	c := &Chain{Office: o}
	c.serve(t)
	c.vote(t)
	c.contract(t)
	return c
}

func (c *Chain) serveFiles() {
	c.Papers = agreement.NewPapers(within[agreement.PaperStore](c), reading[agreement.PaperStore](c))
	c.Checklist = paper.NewService(within[paper.Store](c), reading[paper.Store](c), agreement.Methods(), agreement.Forms())
	c.VendorPapers = payment.NewInvoicePapers(within[payment.InvoicePaperStore](c), reading[payment.InvoicePaperStore](c), c.Files)
	c.Complete = completeness.NewService(within[completeness.PaperStore](c), reading[completeness.PaperStore](c), c.Files, Now, time.FixedZone("WIB", 7*60*60))
	c.Cooperation = registry.NewCooperationService(within[registry.CooperationStore](c), reading[registry.CooperationStore](c))
}
