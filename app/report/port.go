package report

import (
	"context"
	"io"
	"iter"

	"tayang/app/access"
	"tayang/app/trail"
)

// Rows streams the registers of one snapshot, each in the order of its sheet. They are read one after the other, each
// to its end or to the first error.
type Rows interface {
	ReportBudget(ctx context.Context) iter.Seq2[BudgetRow, error]
	ReportAgreements(ctx context.Context) iter.Seq2[AgreementRow, error]
	ReportPlacements(ctx context.Context) iter.Seq2[PlacementRow, error]
	ReportInfluencers(ctx context.Context) iter.Seq2[InfluencerRow, error]
	ReportPayments(ctx context.Context) iter.Seq2[PaymentRow, error]
	ReportTaxes(ctx context.Context) iter.Seq2[TaxRow, error]
	ReportVendors(ctx context.Context) iter.Seq2[VendorRow, error]
	Trails
}

// Trails are the registers of what moved and of what departed from a rule.
type Trails interface {
	ReportLedger(ctx context.Context) iter.Seq2[LedgerRow, error]
	ReportOverrides(ctx context.Context) iter.Seq2[OverrideRow, error]
}

// Snapshot is everything a report needs, as it stood at one moment.
type Snapshot struct {
	Heading Heading
	Figures Figures
	Rows    Rows
}

// Source gives snapshots: fn runs while the snapshot is open. An agency that is not there is a NotFound fault.
type Source interface {
	ReportSnapshot(ctx context.Context, actor access.Actor, req Request, fn func(Snapshot) error) error
	TrailSnapshot(ctx context.Context, actor access.Actor, req Request, fn func(TrailSnapshot) error) error
}

// TrailSnapshot is everything a register of the trail needs: its events in the order of their numbers.
type TrailSnapshot struct {
	Heading Heading
	Figures Figures
	Events  iter.Seq2[TrailBatch, error]
}

// TrailBatch is a run of events with the names that their words need.
type TrailBatch struct {
	Events []trail.Event
	Names  trail.Names
}

// Writer lays a report out as a workbook on w, reading every register once. After an error w holds nothing of use.
type Writer interface {
	WriteAccountability(ctx context.Context, doc *Document, w io.Writer) error
	WriteTrail(ctx context.Context, doc *Document, w io.Writer) error
}

// Files keeps finished workbooks by their SHA-256 (hexadecimal). Open gives a NotFound fault for one that is not there.
type Files interface {
	Put(ctx context.Context, r io.Reader) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}
