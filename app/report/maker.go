package report

import (
	"context"
	"io"
	"time"

	"tayang/app/access"
)

// Document is a report ready to be laid out: what it says of itself, its registers, and the figures that must agree.
// Controls and populations hold their figures once every register has been read.
type Document struct {
	Heading     Heading
	MadeFor     string // name and e-mail address of who asked for it
	Program     string // the program's version
	Registers   []Register
	Sections    []Section
	Populations []Population
}

// Differences lists the controls that do not agree.
func (d *Document) Differences() (out []Control) {
	for _, s := range d.Sections {
		for _, c := range s.Controls {
			if !c.Agrees() {
				out = append(out, c)
			}
		}
	}
	return out
}

// Progress hears how many rows of how many have been written.
type Progress func(done, total int64)

// Outcome is what became of a report.
type Outcome struct {
	AsOf   time.Time
	Rows   int64
	Agrees bool // every control agrees
}

// Maker makes reports.
type Maker struct {
	Source  Source
	Writer  Writer
	Program string
}

// Make writes the requested report onto w, for the actor, whose right to it is the caller's to check; progress may be
// nil. Faults: Invalid by field of the request, NotFound for the agency. After an error w holds nothing of use.
func (m Maker) Make(ctx context.Context, actor access.Actor, req Request, w io.Writer, progress Progress) (Outcome, error) {
	if err := req.Check(); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	seen := func(h Heading, f Figures) func() { // counts the rows as they go by
		out = Outcome{AsOf: h.AsOf}
		total := f.Rows()
		return func() {
			if out.Rows++; progress != nil {
				progress(out.Rows, max(total, out.Rows))
			}
		}
	}
	write := func(doc *Document, as func(context.Context, *Document, io.Writer) error) error {
		doc.MadeFor, doc.Program = actor.Name+" <"+actor.Email+">", m.Program
		if err := as(ctx, doc, w); err != nil {
			return err
		}
		out.Agrees = len(doc.Differences()) == 0
		return nil
	}
	if req.Kind == Trail {
		err := m.Source.TrailSnapshot(ctx, actor, req, func(s TrailSnapshot) error {
			return write(ComposeTrail(s, seen(s.Heading, s.Figures)), m.Writer.WriteTrail)
		})
		return out, err
	}
	err := m.Source.ReportSnapshot(ctx, actor, req, func(s Snapshot) error {
		return write(Compose(ctx, s, seen(s.Heading, s.Figures)), m.Writer.WriteAccountability)
	})
	return out, err
}

// Compose makes the accountability document of a snapshot; seen, which may be nil, hears of every row that is read.
func Compose(ctx context.Context, s Snapshot, seen func()) *Document {
	doc := &Document{Heading: s.Heading, Sections: controls(s.Heading.Request, s.Figures), Populations: populations()}
	t := follow(doc.Sections, doc.Populations, seen)
	place, today := s.Heading.Place, s.Heading.Today()
	doc.Registers = []Register{
		bind(Budget, budgetColumns(), s.Rows.ReportBudget(ctx), t),
		bind(Agreements, agreementColumns(), s.Rows.ReportAgreements(ctx), t),
		bind(Placements, placementColumns(s.Heading), s.Rows.ReportPlacements(ctx), t),
		bind(Influencers, influencerColumns(s.Heading), s.Rows.ReportInfluencers(ctx), t),
		bind(Payments, paymentColumns(), s.Rows.ReportPayments(ctx), t),
		bind(Taxes, taxColumns(today), s.Rows.ReportTaxes(ctx), t),
		bind(Vendors, vendorColumns(), s.Rows.ReportVendors(ctx), t),
		bind(Ledger, ledgerColumns(place), s.Rows.ReportLedger(ctx), t),
		bind(Overrides, overrideColumns(s.Heading), s.Rows.ReportOverrides(ctx), t),
	}
	return doc
}
