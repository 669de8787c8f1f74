// Package api is /api/v1: JSON over HTTP for clients. It parses requests into commands, calls the use cases of the
// nouns and writes their results; rules of money, state and permission live below.
package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/airing"
	"tayang/app/approval"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/capture"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/completeness"
	"tayang/app/debt"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/handover"
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
)

// API is the operations over their use cases.
type API struct {
	Sessions       *access.Sessions
	Kept           KeptAnswers
	Files          *file.Service
	Spool          func() (file.Spool, error) // for files that are still arriving
	Agencies       *registry.AgencyService
	Vendors        *registry.VendorService
	Outlets        *registry.OutletService
	SocialAccounts *registry.SocialService
	Tiers          *registry.TierService
	Budgets        *budget.Service
	Campaigns      *campaign.Service
	Agreements     *agreement.Service
	Papers         *agreement.Papers
	Requirements   *paper.Service
	Completeness   *completeness.Service
	Cooperation    *registry.CooperationService
	Placements     *placement.Service
	Proofs         *placement.Proofs
	Captures       *capture.Service
	Live           *live.Service
	Airings        *airing.Service
	Insights       *insight.Service
	Acceptances    *placement.Acceptances
	Handovers      *handover.Service
	Invoices       *payment.Invoices
	Payments       *payment.Service
	InvoicePapers  *payment.InvoicePapers
	Slips          *payment.Slips
	Corrections    *payment.Corrections
	Periods        *closing.Service
	Rules          *rule.Service
	Prices         *price.Service
	Vetting        *vetting.Service
	Owners         *owner.Service
	Confirmations  *agreement.ConfirmationService
	Approvals      *approval.Service
	Cash           *cash.Service
	Debts          *debt.Service
	Overrides      *override.Service
	Reports        *report.Service
	Trail          *trail.Service
	Logs           PublicLog

	VendorLinks       *portal.Links
	VendorSubmissions *portal.Submissions

	router fiber.Router
	doc    *huma.OpenAPI
}

type localKey string

const (
	actorKey   localKey = "actor"
	requestKey localKey = "request"
)

// requestID is the id that the first middleware gave the request.
func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey).(string)
	return id
}

// WithRequestID gives each request an id, which is answered in X-Request-Id and stands in the log, and notes from where it
// came.
func WithRequestID(c *fiber.Ctx) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	c.Locals(requestKey, id.String())
	c.Set(fiber.HeaderXRequestID, id.String())
	c.SetUserContext(access.WithClient(c.UserContext(), c.IP(), c.Get(fiber.HeaderUserAgent)))
	return c.Next()
}

// Mount registers every operation below /api.
func (a *API) Mount(app *fiber.App) error {
	a.doc = newDocument()
	group := app.Group("/api")
	a.router = group.Group("/v1", noStore)
	a.mountSessions()
	a.mountLogs()
	a.router.Use(a.authenticate)
	a.mountRegistry()
	a.mountFiles()
	a.mountBudgets()
	a.mountCampaigns()
	a.mountAgreements()
	a.mountProcurement()
	a.mountPlacements()
	a.mountShortfalls()
	a.mountAirings()
	a.mountInsights()
	a.mountAcceptances()
	a.mountHandovers()
	a.mountInvoices()
	a.mountPayments()
	a.mountTaxes()
	a.mountCompleteness()
	a.mountPeriods()
	a.mountCash()
	a.mountDebts()
	a.mountOverrides()
	a.mountRules()
	a.mountPrices()
	a.mountVetting()
	a.mountOwners()
	a.mountApprovals()
	a.mountReports()
	a.mountTrail()
	a.mountVendorLinks()
	if err := a.mountDocument(group); err != nil {
		return err
	}
	app.All("/api/*", func(c *fiber.Ctx) error { return SendProblem(c, fault.Missing()) })
	return nil
}

func noStore(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	return c.Next()
}

// authenticate finds the person behind the bearer token.
func (a *API) authenticate(c *fiber.Ctx) error {
	token, ok := bearer(c)
	if !ok {
		return SendProblem(c, fault.New(fault.Unauthenticated, "sign_in_required"))
	}
	actor, err := a.Sessions.Actor(c.UserContext(), token)
	if err != nil {
		return SendProblem(c, err)
	}
	c.Locals(actorKey, actor)
	c.SetUserContext(access.WithRequest(c.UserContext(), requestID(c), nil))
	return c.Next()
}

func bearer(c *fiber.Ctx) (string, bool) {
	scheme, token, ok := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "bearer")
}
