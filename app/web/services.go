package web

import (
	"context"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/approval"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/capture"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/debt"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/health"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/override"
	"tayang/app/owner"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/report"
	"tayang/app/rule"
	"tayang/app/trail"
	"tayang/app/vetting"
)

// Services are the use cases behind the pages.
type Services struct {
	Agencies     Agencies
	Budgets      Budgets
	Vendors      Vendors
	Outlets      Outlets
	Accounts     Accounts
	Tiers        Tiers
	Files        Files
	Agreements   Agreements
	Papers       Papers
	Requirements Requirements
	Cooperation  Cooperation
	Completeness Completeness
	Approvals    Approvals
	Campaigns    Campaigns
	Placements   Placements
	Proofs       Proofs
	Captures     Captures
	Live         Live
	Acceptances  Acceptances
	Invoices     Invoices
	Payments     Payments

	InvoicePapers InvoicePapers
	Slips         Slips

	Periods   Periods
	Cash      CashPlans
	Debts     Debts
	Overrides Overrides
	Prices    Prices
	Rules     Rules
	Reports   Reports
	Trail     Trail
	Health    Health
	Vetting   *vetting.Service

	Corrections Corrections

	Confirmations Confirmations
	Airings       Airings
	Insights      Insights
	Owners        Owners
	Handovers     Handovers
	Portal        Portal
}

// Rules is what the page of rules needs.
type Rules interface {
	Standing(ctx context.Context, actor access.Actor, agency uuid.UUID) ([]rule.Setting, error)
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[rule.Rule], error)
	Rule(ctx context.Context, actor access.Actor, id uuid.UUID) (rule.Rule, error)
	Set(ctx context.Context, actor access.Actor, f rule.Form) (rule.Rule, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd rule.VoidCommand) (rule.Rule, error)
}

// Agencies lists the agencies between which a reader may turn.
type Agencies interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.Agency], error)
}

// Budgets is what the pages of budgets need.
type Budgets interface {
	Versions(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[budget.Version], error)
	Version(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (budget.Version, error)
	Create(ctx context.Context, actor access.Actor, agency string, cmd budget.CreateCommand) (budget.Version, error)
	Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(budget.CreateCommand) (budget.CreateCommand, error)) (budget.Version, error)
	Lock(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (budget.Version, error)
	Lines(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[budget.Line], error)
	Line(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (budget.Line, error)
	Entries(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[budget.Entry], error)
}

// Vendors is what the pages of vendors need.
type Vendors interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.Vendor], error)
	Vendor(ctx context.Context, actor access.Actor, id uuid.UUID) (registry.Vendor, error)
	Create(ctx context.Context, actor access.Actor, f registry.VendorForm) (registry.Vendor, error)
	Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64,
		change func(registry.VendorForm) (registry.VendorForm, error)) (registry.Vendor, error)
	Documents(ctx context.Context, actor access.Actor, vendor uuid.UUID, q listing.Query) (listing.Page[registry.Document], error)
	AddDocument(ctx context.Context, actor access.Actor, vendor uuid.UUID, f registry.DocumentForm) (registry.Document, error)
	Checks(ctx context.Context, actor access.Actor, vendor uuid.UUID, q listing.Query) (listing.Page[registry.Check], error)
	AddCheck(ctx context.Context, actor access.Actor, vendor uuid.UUID, f registry.CheckForm) (registry.Check, error)
}

// Outlets is what the pages of outlets need.
type Outlets interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.Outlet], error)
	Outlet(ctx context.Context, actor access.Actor, id uuid.UUID) (registry.Outlet, error)
	Create(ctx context.Context, actor access.Actor, f registry.OutletForm) (registry.Outlet, error)
	Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64,
		change func(registry.OutletForm) (registry.OutletForm, error)) (registry.Outlet, error)
	CheckPress(ctx context.Context, actor access.Actor, outlet uuid.UUID, f registry.PressForm) (registry.PressCheck, error)
	PressChecks(ctx context.Context, actor access.Actor, outlet uuid.UUID, q listing.Query) (listing.Page[registry.PressCheck], error)
}

// Accounts is what the pages of social accounts need.
type Accounts interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.SocialAccount], error)
	Account(ctx context.Context, actor access.Actor, id uuid.UUID) (registry.SocialAccount, error)
	Create(ctx context.Context, actor access.Actor, f registry.SocialForm) (registry.SocialAccount, error)
	Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64,
		change func(registry.SocialForm) (registry.SocialForm, error)) (registry.SocialAccount, error)
	Snapshots(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (listing.Page[registry.Snapshot], error)
	AddSnapshot(ctx context.Context, actor access.Actor, account uuid.UUID, f registry.SnapshotForm) (registry.Snapshot, error)
	Creators
}

// Creators is what the record of a social account needs about the person behind it.
type Creators interface {
	Prove(ctx context.Context, actor access.Actor, account uuid.UUID, f registry.OwnershipForm) (registry.Ownership, error)
	Judge(ctx context.Context, actor access.Actor, account, id uuid.UUID, v registry.OwnershipVerdict) (registry.Ownership, error)
	Ownership(ctx context.Context, actor access.Actor, account, id uuid.UUID) (registry.Ownership, error)
	Ownerships(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (listing.Page[registry.Ownership], error)
	Declare(ctx context.Context, actor access.Actor, account uuid.UUID, f registry.StatementForm) (registry.Statement, error)
	Statements(ctx context.Context, actor access.Actor, account uuid.UUID, q listing.Query) (listing.Page[registry.Statement], error)
}

// Tiers is what the page of tiers needs.
type Tiers interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[registry.Tier], error)
	Tier(ctx context.Context, actor access.Actor, id uuid.UUID) (registry.Tier, error)
	Create(ctx context.Context, actor access.Actor, f registry.TierForm) (registry.Tier, error)
	Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64,
		change func(registry.TierForm) (registry.TierForm, error)) (registry.Tier, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, reason string) (registry.Tier, error)
}

// Agreements is what the pages of agreements need.
type Agreements interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[agreement.Agreement], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (agreement.Agreement, error)
	Create(ctx context.Context, actor access.Actor, agency string, t agreement.Terms) (agreement.Agreement, error)
	Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(agreement.Terms) (agreement.Terms, error)) (agreement.Agreement, error)
	Preview(ctx context.Context, actor access.Actor, agency string, t agreement.Terms) (agreement.Agreement, agreement.Surroundings, error)
	Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd agreement.MoveCommand) (agreement.Agreement, error)
	Amend(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, p agreement.Proposal) (agreement.Agreement, error)
	Lives
}

// Lives is what the pages need of the life of agreements.
type Lives interface {
	Assessments
}

// Assessments tell what is known around an agreement, and whom one that is being entered reaches.
type Assessments interface {
	Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (agreement.Assessment, error)
	Pause(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, verb agreement.Verb, p agreement.Pause) (agreement.Agreement, error)
	FinalAccount(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (agreement.FinalAccount, error)
	Reminders(ctx context.Context, actor access.Actor, agency string) (agreement.ReminderList, error)
	Reach(ctx context.Context, actor access.Actor, agency string, a agreement.Agreement) (agreement.InfluenceFacts, error)
}

// Confirmations keeps what final recipients confirm.
type Confirmations interface {
	Add(ctx context.Context, actor access.Actor, agency string, id, recipient uuid.UUID, f agreement.ConfirmationForm) (agreement.Confirmation, error)
	List(ctx context.Context, actor access.Actor, agency string, id, recipient uuid.UUID, q listing.Query) (listing.Page[agreement.Confirmation], error)
}

// Owners is what the pages of owner groups need.
type Owners interface {
	Create(ctx context.Context, actor access.Actor, f owner.Form) (owner.Group, error)
	Change(ctx context.Context, actor access.Actor, id uuid.UUID, expected *int64, change func(owner.Form) (owner.Form, error)) (owner.Group, error)
	Group(ctx context.Context, actor access.Actor, id uuid.UUID) (owner.Group, error)
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[owner.Group], error)
	AddMember(ctx context.Context, actor access.Actor, group uuid.UUID, f owner.MemberForm) (owner.Member, error)
	EndMember(ctx context.Context, actor access.Actor, group, id uuid.UUID, expected *int64, e owner.End) (owner.Member, error)
	Members(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[owner.Member], error)
	Concentration(ctx context.Context, actor access.Actor, agency string, fiscalYear int) (owner.Concentration, error)
}

// Approvals is what the pages of the approval matrix need, and the submission that tells who will approve.
type Approvals interface {
	List(ctx context.Context, actor access.Actor, q listing.Query) (listing.Page[approval.Rule], error)
	Rule(ctx context.Context, actor access.Actor, id uuid.UUID) (approval.Rule, error)
	Matrix(ctx context.Context, actor access.Actor, agency uuid.UUID) (approval.Matrix, error)
	Set(ctx context.Context, actor access.Actor, f approval.Form) (approval.Rule, error)
	End(ctx context.Context, actor access.Actor, id uuid.UUID, cmd approval.EndCommand) (approval.Rule, error)
	Void(ctx context.Context, actor access.Actor, id uuid.UUID, cmd approval.VoidCommand) (approval.Rule, error)
}

// Campaigns is what the pages of campaigns need.
type Campaigns interface {
	Campaign(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (campaign.Campaign, error)
	Create(ctx context.Context, actor access.Actor, agency string, f campaign.Form) (campaign.Campaign, error)
	Change(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(campaign.Form) (campaign.Form, error)) (campaign.Campaign, error)
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[campaign.Campaign], error)
}

// Placements is what the pages of placements need.
type Placements interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[placement.Placement], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (placement.Placement, error)
	Create(ctx context.Context, actor access.Actor, agency string, n placement.Plan) (placement.Placement, error)
	PlacementsRead
	Enter(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(placement.Entry) (placement.Entry, error)) (placement.Placement, error)
	Verify(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (placement.Placement, error)
	Reject(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (placement.Placement, error)
	Cancel(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (placement.Placement, error)
}

// PlacementsRead tells what is known of placements, and what was ordered against what came.
type PlacementsRead interface {
	Assessment(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (placement.Assessment, error)
	Fulfilment(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) (placement.Fulfilment, error)
}

// Proofs keeps and shows the evidence of placements.
type Proofs interface {
	List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (listing.Page[placement.Proof], error)
	Add(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, e placement.Evidence) (placement.Proof, error)
	Open(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (file.File, io.ReadCloser, error)
	Thumbnail(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (file.File, io.ReadCloser, error)
}

// Live looks again whether pages are still there, and decides on what was taken down.
type Live interface {
	Opens() bool
	Ask(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (live.Check, error)
	State(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID, expected *int64, said live.Statement, shown file.Sent) (live.Check, error)
	Get(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (live.Check, error)
	All(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[live.Check], error)
	Open(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (file.File, io.ReadCloser, error)
	Waiting(ctx context.Context, actor access.Actor, agency string) (live.Waiting, error)
	Shortfalls
}

// Shortfalls decides on money that is not owed.
type Shortfalls interface {
	Shortfalls(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[live.Shortfall], error)
	Shortfall(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (live.Shortfall, error)
	Decide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (live.Shortfall, error)
	Void(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (live.Shortfall, error)
	Recover(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, r live.Recovery) (live.Shortfall, error)
}

// Captures has pages opened, and shows what they were.
type Captures interface {
	Available() bool
	Ask(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (capture.Capture, error)
	List(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (listing.Page[capture.Capture], error)
	Open(ctx context.Context, actor access.Actor, agency string, of, id uuid.UUID) (file.File, io.ReadCloser, error)
}

// Acceptances is what the pages of acceptance reports need.
type Acceptances interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[placement.Acceptance], error)
	Create(ctx context.Context, actor access.Actor, agency string, r placement.Report) (placement.Acceptance, error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (placement.Acceptance, error)
	Sign(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by placement.Signing) (placement.Acceptance, error)
}

// Handovers is what the pages of recaps and inspection reports need.
type Handovers interface {
	RecapPages
	Inspect(ctx context.Context, actor access.Actor, agency string, f handover.InspectionForm) (handover.Inspection, error)
	SignInspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by placement.Signing) (handover.Inspection, error)
	VoidInspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (handover.Inspection, error)
	Inspection(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (handover.Inspection, error)
	Inspections(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[handover.Inspection], error)
}

// RecapPages is what the pages of recaps need.
type RecapPages interface {
	DrawUp(ctx context.Context, actor access.Actor, agency string, f handover.RecapForm) (handover.Recap, error)
	SignRecap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, by placement.Signing) (handover.Recap, error)
	VoidRecap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (handover.Recap, error)
	Recap(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (handover.Recap, error)
	Recaps(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[handover.Recap], error)
}

// Overrides is what the pages of overrides need, and the records of what passed under them.
type Overrides interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[override.Override], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (override.Override, error)
	Ask(ctx context.Context, actor access.Actor, agency string, ask override.Ask) (override.Override, error)
	Decide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd override.DecideCommand) (override.Override, error)
	Uses(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[override.Use], error)
}

// Trail is what the trail's page and the histories of records need.
type Trail interface {
	Read(ctx context.Context, actor access.Actor, agency string, q listing.Query) (trail.Reading, error)
	History(ctx context.Context, actor access.Actor, agency, record string, limit int) (trail.Reading, error)
	People(ctx context.Context, actor access.Actor, agency string) ([]trail.Person, error)
}

// Reports is what the page of reports needs.
type Reports interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[report.Run], error)
	Create(ctx context.Context, actor access.Actor, agency string, cmd report.CreateCommand) (report.Run, error)
	File(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (report.Run, io.ReadCloser, error)
}

// Periods is what the pages of months need.
type Periods interface {
	Year(ctx context.Context, actor access.Actor, agency string, year int) ([]closing.Period, error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (closing.Period, error)
	Ask(ctx context.Context, actor access.Actor, agency string, r closing.Request) (closing.Period, error)
	Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd closing.MoveCommand) (closing.Period, error)
}

// CashPlans is what the pages of cash plans need.
type CashPlans interface {
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[cash.Plan], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (cash.Plan, error)
	InForce(ctx context.Context, actor access.Actor, agency string, year int) ([]cash.Line, error)
	Outlook(ctx context.Context, actor access.Actor, agency string, line uuid.UUID) (cash.Outlook, error)
	Create(ctx context.Context, actor access.Actor, agency string, cmd cash.Command) (cash.Plan, error)
	Rewrite(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64,
		change func(cash.Command) (cash.Command, error)) (cash.Plan, error)
	Lock(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (cash.Plan, error)
}

// Debts is what the pages of a year's end need.
type Debts interface {
	Open(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[debt.Open], error)
	Owed(ctx context.Context, actor access.Actor, agency string, agreement uuid.UUID) ([]debt.Owed, error)
	List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[debt.Recognition], error)
	Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (debt.Recognition, error)
	Propose(ctx context.Context, actor access.Actor, agency string, f debt.Form) (debt.Recognition, error)
	Move(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, cmd debt.MoveCommand) (debt.Recognition, error)
}

// Health is what the page of health needs.
type Health interface {
	Overview(ctx context.Context, actor access.Actor) (health.Overview, error)
}
