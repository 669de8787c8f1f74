package db

import (
	"context"
	_ "embed" // the long queries
	"iter"
	"time"
	_ "time/tzdata" // an office's time zone must be known on every machine

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/report"
)

var (
	//go:embed query/report_budget.sql
	reportBudgetQuery string
	//go:embed query/report_agreements.sql
	reportAgreementsQuery string
	//go:embed query/report_publication.sql
	reportPublicationQuery string
	//go:embed query/report_placements.sql
	reportPlacementsQuery string
	//go:embed query/report_influencers.sql
	reportInfluencersQuery string
	//go:embed query/report_payments.sql
	reportPaymentsQuery string
	//go:embed query/report_taxes.sql
	reportTaxesQuery string
	//go:embed query/report_vendors.sql
	reportVendorsQuery string
	//go:embed query/report_ledger.sql
	reportLedgerQuery string
	//go:embed query/report_overrides.sql
	reportOverridesQuery string
	//go:embed query/report_figures.sql
	reportFiguresQuery string
)

// ReportSnapshot runs fn over one read-only snapshot of the actor's government; see report.Source.
func (s *Store) ReportSnapshot(ctx context.Context, actor access.Actor, req report.Request, fn func(report.Snapshot) error) error {
	return s.Read(ctx, actor, func(tx *Tx) error {
		heading, err := tx.reportHeading(ctx, req)
		if err != nil {
			return err
		}
		rows := reportRows{tx, heading, []any{tx.government(), req.AgencyID, req.FiscalYear, req.From, req.To}}
		var figures report.Figures
		if err := tx.all(plannedAnew(ctx), &figures, reportFiguresQuery, rows.args...); err != nil {
			return err
		}
		return fn(report.Snapshot{Heading: heading, Figures: figures, Rows: rows})
	})
}

func (tx *Tx) reportHeading(ctx context.Context, req report.Request) (report.Heading, error) {
	var found struct {
		Government string         `db:"government"`
		Timezone   string         `db:"timezone"`
		Code       string         `db:"code"`
		Name       string         `db:"name"`
		Currency   money.Currency `db:"currency"`
		LedgerSeq  int64          `db:"ledger_seq"`
		TrailSeq   int64          `db:"trail_seq"`
	}
	if err := tx.get(ctx, &found, `SELECT g.name AS government, g.timezone, a.code, a.name, a.currency,
			coalesce((SELECT max(e.seq) FROM ledger_entry e WHERE e.government_id = a.government_id AND e.agency_id = a.id), 0) AS ledger_seq,
			coalesce((SELECT max(e.seq) FROM audit_event e WHERE e.government_id = a.government_id), 0) AS trail_seq
		FROM agency a JOIN government g ON g.government_id = a.government_id
		WHERE a.government_id = $1 AND a.id = $2`, tx.government(), req.AgencyID); err != nil {
		return report.Heading{}, err
	}
	place, err := time.LoadLocation(found.Timezone)
	return report.Heading{
		Request: req, Government: found.Government, AgencyCode: found.Code, AgencyName: found.Name,
		Currency: found.Currency, Place: place, AsOf: tx.now, LedgerSeq: found.LedgerSeq, TrailSeq: found.TrailSeq,
	}, err
}

// reportRows streams the registers of one snapshot. A register is read to its end before the next begins, for they
// share a connection.
type reportRows struct {
	tx      *Tx
	heading report.Heading
	args    []any // government, agency, fiscal year, from, to
}

// streamed runs a query when it is ranged over, one row in memory at a time.
func streamed[R any](ctx context.Context, tx *Tx, query string, args ...any) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var none R
		rows, err := tx.conn.QueryxContext(plannedAnew(ctx), query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row R
			if err := rows.StructScan(&row); err != nil {
				yield(none, err)
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// ReportBudget streams the budget lines with the realisation of the period's last month.
func (r reportRows) ReportBudget(ctx context.Context) iter.Seq2[report.BudgetRow, error] {
	month := r.heading.LastMonth().Range()
	return streamed[report.BudgetRow](ctx, r.tx, reportBudgetQuery, append(r.args[:len(r.args):len(r.args)], month.From, month.To)...)
}

// ReportAgreements streams the agreements.
func (r reportRows) ReportAgreements(ctx context.Context) iter.Seq2[report.AgreementRow, error] {
	return streamed[report.AgreementRow](ctx, r.tx, reportAgreementsQuery, r.args...)
}

// ReportPlacements streams all placements.
func (r reportRows) ReportPlacements(ctx context.Context) iter.Seq2[report.PlacementRow, error] {
	return streamed[report.PlacementRow](ctx, r.tx, reportPublicationQuery+reportPlacementsQuery, r.args...)
}

// ReportInfluencers streams the placements on social accounts.
func (r reportRows) ReportInfluencers(ctx context.Context) iter.Seq2[report.InfluencerRow, error] {
	return streamed[report.InfluencerRow](ctx, r.tx, reportPublicationQuery+reportInfluencersQuery, r.args...)
}

// ReportPayments streams the payments.
func (r reportRows) ReportPayments(ctx context.Context) iter.Seq2[report.PaymentRow, error] {
	return streamed[report.PaymentRow](ctx, r.tx, reportPaymentsQuery, r.args...)
}

// ReportTaxes streams the taxes of settled payments.
func (r reportRows) ReportTaxes(ctx context.Context) iter.Seq2[report.TaxRow, error] {
	return streamed[report.TaxRow](ctx, r.tx, reportTaxesQuery, r.args...)
}

// ReportVendors streams the vendors of the agreements.
func (r reportRows) ReportVendors(ctx context.Context) iter.Seq2[report.VendorRow, error] {
	return r.vetted(ctx, streamed[report.VendorRow](ctx, r.tx, reportVendorsQuery, r.args...))
}

// ReportLedger streams the ledger.
func (r reportRows) ReportLedger(ctx context.Context) iter.Seq2[report.LedgerRow, error] {
	return streamed[report.LedgerRow](ctx, r.tx, reportLedgerQuery, r.args...)
}

// ReportOverrides streams the departures from a rule, each in the state of the snapshot's day.
func (r reportRows) ReportOverrides(ctx context.Context) iter.Seq2[report.OverrideRow, error] {
	return streamed[report.OverrideRow](ctx, r.tx, reportOverridesQuery, append(r.args[:len(r.args):len(r.args)], r.heading.Today())...)
}
