package main

import (
	"fmt"
	"net/url"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/airing"
	"tayang/app/api"
	"tayang/app/approval"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/capture"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/completeness"
	"tayang/app/debt"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/health"
	"tayang/app/insight"
	"tayang/app/live"
	"tayang/app/override"
	"tayang/app/owner"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/portal"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/report"
	"tayang/app/rule"
	"tayang/app/trail"
	"tayang/app/vetting"
	"tayang/app/web"
	"tayang/db"
	"tayang/reports"
	"tayang/reports/read"
)

// services is what wire puts together: the one place where storage, rules and edges meet.
type services struct {
	api    *api.API
	web    *web.Web
	worker *report.Worker
	opener *capture.Worker // nil: this machine has no browser
	looker *placement.Inspector
	again  *live.Worker
}

// fileBytesMax bounds an uploaded file.
const fileBytesMax = 25 << 20

// within and reading narrow the store to the port S of a use case; *db.Tx has them all.
func within[S any](s *db.Store) access.Transactor[S] {
	return db.Within(s, func(tx *db.Tx) S { return any(tx).(S) })
}

func reading[S any](s *db.Store) access.Reader[S] {
	return db.Reading(s, func(tx *db.Tx) S { return any(tx).(S) })
}

// Every port is implemented by the one transaction.
var (
	_ budget.Store    = (*db.Tx)(nil)
	_ agreement.Store = (*db.Tx)(nil)
	_ campaign.Store  = (*db.Tx)(nil)
	_ placement.Store = (*db.Tx)(nil)
	_ payment.Store   = (*db.Tx)(nil)
	_ closing.Store   = (*db.Tx)(nil)
	_ cash.Store      = (*db.Tx)(nil)
	_ debt.Store      = (*db.Tx)(nil)
	_ override.Store  = (*db.Tx)(nil)
	_ override.Lists  = (*db.Tx)(nil)
	_ file.Register   = (*db.Tx)(nil)
	_ budget.Lists    = (*db.Tx)(nil)
	_ agreement.Lists = (*db.Tx)(nil)
	_ placement.Lists = (*db.Tx)(nil)
	_ payment.Lists   = (*db.Tx)(nil)

	_ payment.CorrectionStore = (*db.Tx)(nil)

	_ closing.Lists  = (*db.Tx)(nil)
	_ cash.Lists     = (*db.Tx)(nil)
	_ debt.Lists     = (*db.Tx)(nil)
	_ trail.Lists    = (*db.Tx)(nil)
	_ vetting.Store  = (*db.Tx)(nil)
	_ health.Store   = (*db.Tx)(nil)
	_ owner.Store    = (*db.Tx)(nil)
	_ handover.Store = (*db.Tx)(nil)

	_ agreement.ConfirmationStore = (*db.Tx)(nil)

	_ portal.LinkStore     = (*db.Tx)(nil)
	_ portal.Lists         = (*db.Tx)(nil)
	_ portal.DecisionStore = (*db.Tx)(nil)
	_ portal.Doors         = (*db.Tx)(nil)
	_ portal.VisitStore    = (*db.Tx)(nil)
	_ portal.SendStore     = (*db.Tx)(nil)

	_ airing.Store  = (*db.Tx)(nil)
	_ airing.Lists  = (*db.Tx)(nil)
	_ insight.Store = (*db.Tx)(nil)
	_ insight.Lists = (*db.Tx)(nil)

	_ completeness.PaperStore = (*db.Tx)(nil)

	_ capture.Store       = (*db.Tx)(nil)
	_ capture.Lists       = (*db.Tx)(nil)
	_ capture.FinishStore = (*db.Tx)(nil)

	_ placement.InspectionStore = (*db.Tx)(nil)

	_ live.Store       = (*db.Tx)(nil)
	_ live.Lists       = (*db.Tx)(nil)
	_ live.FinishStore = (*db.Tx)(nil)
)

func (p *program) wire() (services, error) {
	s := p.store
	sessions := access.NewSessions(s, p.now, p.cfg.refusedAccounts()...)
	files, err := p.files()
	if err != nil {
		return services{}, err
	}
	a := &api.API{
		Sessions: sessions, Kept: s, Files: files, Spool: p.blobs.Spool, Logs: s,
		Agencies:       registry.NewAgencyService(within[registry.AgencyStore](s), reading[registry.AgencyStore](s)),
		Vendors:        registry.NewVendorService(within[registry.VendorStore](s), reading[registry.VendorStore](s)),
		Outlets:        registry.NewOutletService(within[registry.OutletStore](s), reading[registry.OutletStore](s)),
		SocialAccounts: registry.NewSocialService(within[registry.SocialStore](s), reading[registry.SocialStore](s)),
		Tiers:          registry.NewTierService(within[registry.TierStore](s), reading[registry.TierStore](s)),
		Budgets:        budget.NewService(within[budget.Store](s), reading[budget.Lists](s)),
		Campaigns:      campaign.NewService(within[campaign.Store](s), reading[campaign.Store](s)),
		Agreements:     agreement.NewService(within[agreement.Store](s), within[agreement.MoveStore](s), reading[agreement.Lists](s), p.rates, p.now, p.place),
		Placements:     placement.NewService(within[placement.Store](s), reading[placement.Lists](s), p.now, p.place),
		Proofs:         placement.NewProofs(within[placement.ProofStore](s), reading[placement.Lists](s), files, p.now).Later(),
		Acceptances:    placement.NewAcceptances(within[placement.AcceptanceStore](s), reading[placement.Lists](s), p.now),
		Invoices:       payment.NewInvoices(within[payment.InvoiceStore](s), reading[payment.Lists](s)),
		Payments: payment.NewService(within[payment.RequestStore](s), within[payment.Store](s), reading[payment.Lists](s),
			p.rates, p.now, p.place),
		Debts:         debt.NewService(within[debt.Store](s), reading[debt.Lists](s), p.now),
		Cash:          cash.NewService(within[cash.Store](s), reading[cash.Lists](s)),
		Periods:       closing.NewService(within[closing.Store](s), reading[closing.Lists](s), p.now, p.place),
		Rules:         rule.NewService(within[rule.Store](s), reading[rule.Store](s), p.now, p.place),
		Vetting:       vetting.NewService(within[vetting.Store](s), reading[vetting.Store](s)),
		Owners:        owner.NewService(within[owner.Store](s), reading[owner.Store](s), p.now),
		Confirmations: agreement.NewConfirmations(within[agreement.ConfirmationStore](s), reading[agreement.ConfirmationStore](s), p.now, p.place),
	}
	looker := p.inspector(a.Proofs)
	a.Placements = a.Placements.Inspecting(looker)
	var opener *capture.Worker
	a.Captures, opener = p.captures(files, a.Proofs)
	again := p.looks(opener)
	a.Live = live.NewService(within[live.Store](s), reading[live.Lists](s), files, opener != nil, p.now, p.place)
	p.papers(a, files)
	a.Cooperation = registry.NewCooperationService(within[registry.CooperationStore](s), reading[registry.CooperationStore](s))
	a.Prices = price.NewService(within[price.Store](s), reading[price.Store](s), read.Reader{})
	a.Approvals = approval.NewService(within[approval.Store](s), reading[approval.Store](s))
	a.Airings = airing.NewService(within[airing.Store](s), reading[airing.Lists](s), files, read.Reader{}, p.now, p.place)
	a.Insights = insight.NewService(within[insight.Store](s), reading[insight.Lists](s), files, read.Reader{}, p.now, p.place)
	a.Overrides = override.NewService(within[override.Store](s), reading[override.Lists](s), p.now, p.place)
	a.Trail = trail.NewService(reading[trail.Lists](s))
	vendors := p.portal(a, files)
	a.Reports = report.NewService(within[report.Runs](s), reading[report.RunLists](s), p.blobs)
	worker := &report.Worker{Maker: p.maker(), Queue: s, Files: p.blobs, Now: p.now, Log: p.log}
	base, err := url.Parse(p.cfg.BaseURL)
	if err != nil {
		return services{}, fmt.Errorf("read TAYANG_BASE_URL: %w", err)
	}
	pages, err := web.New(web.Config{
		Sessions: sessions, Now: p.now, Place: p.place, Secure: base.Scheme == "https",
		Log: p.log, Services: web.Services{
			Agencies: a.Agencies, Budgets: a.Budgets, Vendors: a.Vendors, Outlets: a.Outlets,
			Accounts: a.SocialAccounts, Tiers: a.Tiers, Files: files, Agreements: a.Agreements, Papers: a.Papers, Requirements: a.Requirements, Cooperation: a.Cooperation, Campaigns: a.Campaigns, Placements: a.Placements,
			Handovers:     a.Handovers,
			Confirmations: a.Confirmations, Owners: a.Owners, Approvals: a.Approvals,
			Proofs: a.Proofs, Captures: a.Captures, Live: a.Live, Acceptances: a.Acceptances, Invoices: a.Invoices, Payments: a.Payments, Corrections: a.Corrections, Overrides: a.Overrides, Rules: a.Rules, Periods: a.Periods, Cash: a.Cash, Debts: a.Debts,
			InvoicePapers: a.InvoicePapers, Slips: a.Slips,
			Prices: a.Prices, Completeness: a.Completeness,
			Airings: a.Airings, Insights: a.Insights,
			Reports: a.Reports, Trail: a.Trail, Vetting: a.Vetting, Health: health.NewService(reading[health.Store](s), p.sealer, p),
			Portal: vendors,
		},
	})
	return services{a, pages, worker, opener, looker, again}, err
}

// papers are the rooms of the papers around agreements, acceptances and payments.
func (p *program) papers(a *api.API, files *file.Service) {
	s := p.store
	a.Papers = agreement.NewPapers(within[agreement.PaperStore](s), reading[agreement.PaperStore](s))
	a.Requirements = paper.NewService(within[paper.Store](s), reading[paper.Store](s), agreement.Methods(), agreement.Forms())
	a.Completeness = completeness.NewService(within[completeness.PaperStore](s), reading[completeness.PaperStore](s), files, p.now, p.place)
	a.Handovers = handover.NewService(within[handover.Store](s), reading[handover.Store](s), p.now)
	a.InvoicePapers = payment.NewInvoicePapers(within[payment.InvoicePaperStore](s), reading[payment.InvoicePaperStore](s), files)
	a.Slips = payment.NewSlips(within[payment.SlipStore](s), reading[payment.SlipStore](s))
	a.Corrections = payment.NewCorrections(within[payment.CorrectionStore](s), reading[payment.Lists](s), p.now)
}

// maker makes reports, for the worker and for the command line.
func (p *program) maker() report.Maker {
	return report.Maker{Source: p.store, Writer: reports.Writer{}, Program: "Tayang " + version()}
}
