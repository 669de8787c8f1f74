package sample

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/airing"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/completeness"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/insight"
	"tayang/app/live"
	"tayang/app/override"
	"tayang/app/owner"
	checklist "tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/tax"
	"tayang/app/vetting"
	"tayang/db"
)

// year is the fiscal year of the story; it is told up to the end of lastDay.
const (
	year    = 2026
	lastDay = "11-20"
)

// clock is the time at a desk; each desk has its own.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// desk is where people work: every use case, at the time of the desk's clock.
type desk struct {
	clock         *clock
	files         *file.Service
	vendors       *registry.VendorService
	outlets       *registry.OutletService
	accounts      *registry.SocialService
	tiers         *registry.TierService
	budgets       *budget.Service
	campaigns     *campaign.Service
	agreements    *agreement.Service
	papers        *agreement.Papers
	cooperation   *registry.CooperationService
	checklist     *checklist.Service
	placements    *placement.Service
	proofs        *placement.Proofs
	acceptances   *placement.Acceptances
	handovers     *handover.Service
	invoices      *payment.Invoices
	payments      *payment.Service
	vendorPapers  *payment.InvoicePapers
	slips         *payment.Slips
	corrections   *payment.Corrections
	complete      *completeness.Service
	periods       *closing.Service
	cash          *cash.Service
	overrides     *override.Service
	prices        *price.Service
	vetting       *vetting.Service
	owners        *owner.Service
	airings       *airing.Service
	insights      *insight.Service
	confirmations *agreement.ConfirmationService
	live          *live.Service
}

func within[S any](s *db.Store) access.Transactor[S] {
	return db.Within(s, func(tx *db.Tx) S { return any(tx).(S) })
}

func reading[S any](s *db.Store) access.Reader[S] {
	return db.Reading(s, func(tx *db.Tx) S { return any(tx).(S) })
}

func newDesk(store *db.Store, files file.Store, place *time.Location) *desk {
	c := &clock{morning()}
	s := store.At(c.now)
	d := &desk{clock: c, files: file.NewService(files, within[file.Register](s), reading[file.Register](s), file.SizeMax)}
	d.vendors = registry.NewVendorService(within[registry.VendorStore](s), reading[registry.VendorStore](s))
	d.outlets = registry.NewOutletService(within[registry.OutletStore](s), reading[registry.OutletStore](s))
	d.accounts = registry.NewSocialService(within[registry.SocialStore](s), reading[registry.SocialStore](s))
	d.tiers = registry.NewTierService(within[registry.TierStore](s), reading[registry.TierStore](s))
	d.budgets = budget.NewService(within[budget.Store](s), reading[budget.Lists](s))
	d.campaigns = campaign.NewService(within[campaign.Store](s), reading[campaign.Store](s))
	d.agreements = agreement.NewService(within[agreement.Store](s), within[agreement.MoveStore](s), reading[agreement.Lists](s), tax.Statutory(), c.now, place)
	d.papers = agreement.NewPapers(within[agreement.PaperStore](s), reading[agreement.PaperStore](s))
	d.cooperation = registry.NewCooperationService(within[registry.CooperationStore](s), reading[registry.CooperationStore](s))
	d.checklist = checklist.NewService(within[checklist.Store](s), reading[checklist.Store](s), agreement.Methods(), agreement.Forms())
	d.placements = placement.NewService(within[placement.Store](s), reading[placement.Lists](s), c.now, place)
	d.proofs = placement.NewProofs(within[placement.ProofStore](s), reading[placement.Lists](s), d.files, c.now)
	d.acceptances = placement.NewAcceptances(within[placement.AcceptanceStore](s), reading[placement.Lists](s), c.now)
	d.handovers = handover.NewService(within[handover.Store](s), reading[handover.Store](s), c.now)
	d.invoices = payment.NewInvoices(within[payment.InvoiceStore](s), reading[payment.Lists](s))
	d.corrections = payment.NewCorrections(within[payment.CorrectionStore](s), reading[payment.Lists](s), c.now)
	d.payments = payment.NewService(within[payment.RequestStore](s), within[payment.Store](s), reading[payment.Lists](s), tax.Statutory(), c.now, place)
	d.vendorPapers = payment.NewInvoicePapers(within[payment.InvoicePaperStore](s), reading[payment.InvoicePaperStore](s), d.files)
	d.slips = payment.NewSlips(within[payment.SlipStore](s), reading[payment.SlipStore](s))
	d.complete = completeness.NewService(within[completeness.PaperStore](s), reading[completeness.PaperStore](s), d.files, c.now, place)
	d.periods = closing.NewService(within[closing.Store](s), reading[closing.Lists](s), c.now, place)
	d.cash = cash.NewService(within[cash.Store](s), reading[cash.Lists](s))
	d.vetting = vetting.NewService(within[vetting.Store](s), reading[vetting.Store](s))
	d.overrides = override.NewService(within[override.Store](s), reading[override.Lists](s), c.now, place)
	d.prices = price.NewService(within[price.Store](s), reading[price.Store](s), nil)
	d.airings = airing.NewService(within[airing.Store](s), reading[airing.Lists](s), d.files, plainReader{}, c.now, place)
	d.insights = insight.NewService(within[insight.Store](s), reading[insight.Lists](s), d.files, plainReader{}, c.now, place)
	d.owners = owner.NewService(within[owner.Store](s), reading[owner.Store](s), c.now)
	d.live = live.NewService(within[live.Store](s), reading[live.Lists](s), d.files, false, c.now, place)
	d.confirmations = agreement.NewConfirmations(within[agreement.ConfirmationStore](s), reading[agreement.ConfirmationStore](s), c.now, place)
	return d
}

// crew is who works in an agency.
type crew struct{ staff, ppk, verifier, treasurer, head access.Actor }

func crews(people map[string]access.Actor) map[string]crew {
	out := map[string]crew{}
	for _, a := range Accounts() {
		c, who := out[a.Agency], people[a.Email]
		switch a.Role {
		case access.Staff:
			c.staff = who
		case access.PPK:
			c.ppk = who
		case access.Verifier:
			c.verifier = who
		case access.Treasurer:
			c.treasurer = who
		case access.Head:
			c.head = who
		case access.Auditor, access.Admin:
			continue
		}
		out[a.Agency] = c
	}
	return out
}

// channel is where something can appear.
type channel struct {
	id     uuid.UUID
	kind   placement.ChannelKind
	domain string // host of its addresses
	handle string // of a social account
}

// story is what the telling knows: who works where, and the ids of what was entered, by the keys of the tables.
type story struct {
	store      *db.Store
	files      file.Store
	place      *time.Location
	people     map[string]access.Actor
	crews      map[string]crew
	departed   map[string]uuid.UUID // overrides that were decided on; each is written before anybody looks it up
	vendors    map[string]uuid.UUID
	channels   map[string]channel
	campaigns  map[string]uuid.UUID
	lines      map[string]uuid.UUID
	frameworks map[string]uuid.UUID // agreements that were drafted, by key
	agenda     agenda
}

// day reads a date of the story's year, written as month and day.
func day(text string) period.Date { return period.MustDate(fmt.Sprintf("%d-%s", year, text)) }

// at is a moment of a day, in minutes after midnight on the office's clock.
func (s *story) at(d period.Date, minutes int) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, minutes, 0, 0, s.place)
}

// workday is the day itself, or the Monday after when it is a Saturday or a Sunday.
func workday(d period.Date) period.Date {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d.AddDays(2)
	case time.Sunday:
		return d.AddDays(1)
	case time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday:
	}
	return d
}

func later(a, b period.Date) period.Date {
	if a.After(b) {
		return a
	}
	return b
}
