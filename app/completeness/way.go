package completeness

import (
	"tayang/app/paper"
	"tayang/app/period"
)

// way is how a paper comes into a file. What is known stands in the program itself and cannot be uploaded. What is own
// belongs to one payment: a paper of that kind at the agreement says nothing of it.
type way struct {
	known, own bool
	place      Place
	each       func(Counts) int // of how many it is wanted; nil: one
	slip       bool             // owed by the middle of the next month
}

// ways are those of the papers that are more than something to upload. A part of the program that comes to hold a paper
// by itself needs nothing here: it adds what it holds to knownPapers in db, and only what can no longer be uploaded is
// marked known.
func ways() map[paper.Code]way {
	own := way{own: true, place: AtPayment}
	out := map[paper.Code]way{
		paper.DPA:               {known: true, place: AtAgreement},
		paper.RUP:               {known: true, place: AtAgreement},
		paper.PriceReference:    {place: AtAgreement, each: func(c Counts) int { return c.Items }},
		paper.AgreementItself:   {known: true, place: AtAgreement},
		paper.Order:             {known: true, place: AtAgreement},
		paper.Addendum:          {known: true, place: AtAgreement, each: func(c Counts) int { return c.Addenda }},
		paper.Proof:             {known: true, place: AtPlacement, each: ofPlacements},
		paper.Invoice:           {known: true, place: AtInvoice, each: ofInvoices},
		paper.BAST:              {known: true, place: AtAgreement, each: ofPlacements},
		paper.Recap:             {own: true, place: AtPayment, each: ofPlacements},
		paper.BAP:               {own: true, place: AtPayment, each: ofPlacements},
		paper.Receipt:           {own: true, place: AtPayment, each: ofInvoices},
		paper.TaxInvoice:        {own: true, place: AtInvoice, each: ofInvoices},
		paper.Permalink:         {known: true, place: AtPlacement, each: ofPlacements},
		paper.Insights:          {own: true, place: AtPlacement, each: ofPlacements},
		paper.LiveCheck:         {own: true, place: AtPlacement, each: ofPlacements},
		paper.LabelShot:         {own: true, place: AtPlacement, each: func(c Counts) int { return c.Labelled }},
		paper.Snapshot:          {place: AtVendor, each: ofAccounts},
		paper.Ownership:         {place: AtVendor, each: ofAccounts},
		paper.ConflictStatement: {place: AtVendor, each: ofAccounts},
		paper.CreatorReceipt:    {own: true, place: AtAgreement, each: func(c Counts) int { return c.Recipients }},
		paper.PressStatus:       {place: AtVendor, each: func(c Counts) int { return c.Outlets }},
		paper.Competence:        {place: AtVendor, each: func(c Counts) int { return c.Outlets }},
		paper.Penalty:           {own: true, place: AtPayment, each: func(c Counts) int { return c.Penalties }},
		paper.SPP:               {known: true, place: AtPayment},
		paper.SPM:               {known: true, place: AtPayment},
		paper.SP2D:              {known: true, place: AtPayment},
		paper.WithholdingSlip:   {own: true, place: AtPayment, slip: true, each: func(c Counts) int { return c.Withheld }},
		paper.NTPN:              {known: true, place: AtPayment, slip: true, each: func(c Counts) int { return c.Taxes }},
	}
	for _, code := range []paper.Code{paper.SPD, paper.InspectionReport, paper.Verification, paper.TransferSlip} {
		out[code] = own
	}
	for _, code := range []paper.Code{
		"vendor_deed", "vendor_legal_entity", "vendor_nib", "vendor_npwp", "vendor_vat_statement", "vendor_bank_account", "vendor_integrity_pact",
		"vendor_identity", "vendor_representation",
	} {
		out[code] = way{place: AtVendor}
	}
	return out
}

func ofPlacements(c Counts) int { return c.Placements }

func ofInvoices(c Counts) int { return c.Invoices }

func ofAccounts(c Counts) int { return c.Accounts }

// at is where the paper is mended.
func (w way) at(d Document, stage paper.Stage) Place {
	switch {
	case w.place != "":
		return w.place
	case d == Payment && stage != paper.AtAgreement:
		return AtPayment
	}
	return AtAgreement
}

// takes reports whether what was found counts: only what the program holds, where it holds it itself, and of what belongs to
// one payment nothing that was uploaded at the agreement.
func (w way) takes(d Document, f Found) bool {
	switch f.Source {
	case Record:
		return true
	case OfAgreement:
		return !w.known && (!w.own || d == Agreement)
	case OfPayment:
		return !w.known
	}
	return false
}

// deadline is the day of the month after a settlement on which what belongs to its taxes is late.
const deadline = 15

// due is the last day for what follows a settlement.
func (w way) due(s Subject) period.Date {
	if !w.slip || s.SettledOn.IsZero() {
		return s.SettledOn
	}
	next := s.SettledOn.AddDays(1 - s.SettledOn.Day()).AddDays(31)
	return next.AddDays(deadline - next.Day())
}
