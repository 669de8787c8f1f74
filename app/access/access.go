// Package access says who may do what: roles, the one table of verbs, and segregation of duties.
package access

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// Role is a person's office in the spending chain (domain.md §2).
type Role string

// The roles. Commitment officer (PPK) and finance verifier (PPK-SKPD) are different people.
const (
	Staff     Role = "staff"     // records everything, decides nothing
	PPK       Role = "ppk"       // commitment officer: signs agreements
	Verifier  Role = "verifier"  // PPK-SKPD: checks proof and payment papers
	Treasurer Role = "treasurer" // bendahara: pays, withholds, deposits
	Head      Role = "head"      // PA/KPA: authorises payment orders
	Auditor   Role = "auditor"   // reads everything of the government
	Admin     Role = "admin"     // users and settings, no money
)

// Verb is something that a person may do, "noun.action".
type Verb string

// The verbs of the program.
const (
	Read             Verb = "agency.read"
	RegistryRead     Verb = "registry.read"
	RegistryWrite    Verb = "registry.write"
	VettingVerify    Verb = "vetting.verify"
	AccountVerify    Verb = "account.verify" // that a social account is its vendor's
	AgencyWrite      Verb = "agency.write"
	RuleWrite        Verb = "rule.write"
	BudgetWrite      Verb = "budget.write"
	BudgetLock       Verb = "budget.lock"
	AgreementWrite   Verb = "agreement.write"
	AgreementApprove Verb = "agreement.approve"
	AgreementEnd     Verb = "agreement.end"
	PlacementWrite   Verb = "placement.write"
	PlacementVerify  Verb = "placement.verify"
	AcceptanceWrite  Verb = "acceptance.write"
	ShortfallDecide  Verb = "shortfall.decide"  // that money is not owed, or is after all
	ShortfallRecover Verb = "shortfall.recover" // that it came back
	InvoiceWrite     Verb = "invoice.write"
	PaymentRequest   Verb = "payment.request"
	PaymentPaper     Verb = "payment.paper" // put papers into the file of a payment
	PaymentAuthorise Verb = "payment.authorise"
	PaymentSettle    Verb = "payment.settle"
	PaymentReverse   Verb = "payment.reverse"
	PaymentHold      Verb = "payment.hold" // and let go, by another person
	TaxDeposit       Verb = "tax.deposit"
	ReportMake       Verb = "report.make"
	PeriodRequest    Verb = "period.request"
	PeriodDecide     Verb = "period.decide"
	CashWrite        Verb = "cash.write"
	CashLock         Verb = "cash.lock"
	DebtWrite        Verb = "debt.write"
	DebtApprove      Verb = "debt.approve"
	HealthRead       Verb = "health.read"
	LogProve         Verb = "log.prove" // see an event whole, with its proof
	OverrideRead     Verb = "override.read"
	OverrideAsk      Verb = "override.ask"    // departures that concern money
	OverrideDecide   Verb = "override.decide" // approve, refuse, revoke those
	RoleAsk          Verb = "role.ask"        // a role change, or acting for somebody
	RoleDecide       Verb = "role.decide"

	VendorLinkWrite Verb = "vendor_link.write" // give a vendor a link, and take it back
	VendorLinkOpen  Verb = "vendor_link.open"  // these three are the deeds of who holds a link, and of no role
	VendorLinkLeave Verb = "vendor_link.leave"
	VendorLinkSend  Verb = "vendor_link.send"
)

// allowed is the one table of who may do what.
func allowed(v Verb) []Role {
	switch v {
	case Read, ReportMake:
		return []Role{Staff, PPK, Verifier, Treasurer, Head, Auditor}
	case RegistryRead, OverrideRead:
		return []Role{Staff, PPK, Verifier, Treasurer, Head, Auditor, Admin}
	case RegistryWrite, AgreementWrite, PlacementWrite:
		return []Role{Staff}
	case AgencyWrite, RuleWrite, RoleAsk:
		return []Role{Admin}
	case LogProve:
		return []Role{Auditor}
	case HealthRead:
		return []Role{Admin, Auditor, Head}
	case OverrideAsk:
		return []Role{Staff, PPK, Verifier, Treasurer, Head}
	case OverrideDecide:
		return []Role{Head}
	case RoleDecide:
		return []Role{Head, Admin}
	case BudgetWrite, BudgetLock:
		return []Role{Staff, Head}
	case AgreementApprove: // at the step that the matrix gives to the role
		return []Role{PPK, Verifier, Head}
	case AgreementEnd:
		return []Role{PPK, Head}
	case PlacementVerify, VettingVerify, AccountVerify:
		return []Role{Staff, PPK, Verifier}
	case AcceptanceWrite, VendorLinkWrite:
		return []Role{Staff, PPK}
	case InvoiceWrite, PaymentRequest:
		return []Role{Staff, Treasurer}
	case PaymentPaper:
		return []Role{Staff, PPK, Verifier, Treasurer}
	case PaymentAuthorise:
		return []Role{Head, Verifier}
	case PaymentSettle, TaxDeposit:
		return []Role{Treasurer}
	case ShortfallDecide:
		return []Role{PPK, Verifier, Head}
	case PaymentReverse, ShortfallRecover:
		return []Role{Treasurer, Head}
	case PaymentHold:
		return []Role{Verifier, Treasurer, Head}
	case PeriodRequest:
		return []Role{Staff, Verifier, Treasurer}
	case CashWrite:
		return []Role{Staff, Treasurer}
	case DebtWrite:
		return []Role{Staff, PPK}
	case PeriodDecide, CashLock, DebtApprove:
		return []Role{Head}
	}
	return nil
}

// Grant is a role in one agency, or in all of the government when Agency is nil. For and Override are there when it is
// somebody else's role, held for a time under an override (Plt, Plh): his e-mail address, and which override.
type Grant struct {
	Role     Role
	Agency   uuid.UUID
	For      string
	Override uuid.UUID
}

// Actor is the signed-in person behind a request.
type Actor struct {
	Government uuid.UUID
	User       uuid.UUID
	Email      string
	Name       string
	Language   string
	Grants     []Grant
}

// Sees reports whether the actor may know that the agency's affairs exist; an administrator may not open money.
func (a Actor) Sees(agency uuid.UUID) bool { return a.Can(Read, agency) == nil }

// Member reports whether the actor has any role in the agency, whatever it allows.
func (a Actor) Member(agency uuid.UUID) bool {
	for _, g := range a.Grants {
		if g.Agency == uuid.Nil || g.Agency == agency {
			return true
		}
	}
	return false
}

// Can gives nil when one of the actor's roles in the agency allows the verb; NotFound when the agency is not
// visible at all, else Forbidden. uuid.Nil as agency asks about the government's registry, for which a role in
// any agency will do.
func (a Actor) Can(v Verb, agency uuid.UUID) error {
	for _, g := range a.Grants {
		if g.allows(v, agency) {
			return nil
		}
	}
	if agency != uuid.Nil && !a.Member(agency) {
		return fault.Missing()
	}
	return fault.With(fault.Forbidden, "forbidden", fault.Args{"verb": string(v)})
}

// Apart refuses the actor when he is one of those who must be another person (segregation of duties).
func (a Actor) Apart(v Verb, others ...uuid.UUID) error {
	for _, o := range others {
		if o == a.User {
			return fault.With(fault.Forbidden, "segregation_of_duties", fault.Args{"verb": string(v)})
		}
	}
	return nil
}

// Act is one deed: who does what, why, under which request. Storage carries it into the transaction.
type Act struct {
	Actor     Actor
	Verb      Verb
	Reason    string
	RequestID string
	// Answer, when the request carried an idempotency key, is kept with the work itself.
	Answer *Answer
}

// Answer is the first answer to a keyed request. Encode turns the use case's result into what will be sent.
type Answer struct {
	Key         string
	RequestHash []byte
	Encode      func(result any) (status int, etag string, body []byte, err error)
}

// Kept is the first answer that was given to a key, as it was sent.
type Kept struct {
	RequestHash []byte `db:"request_hash"`
	Status      int    `db:"status"`
	ETag        string `db:"etag"`
	Body        []byte `db:"body"`
}

// Transactor runs fn in one transaction for one deed; T is what the use case needs of storage. The transaction is
// retried on serialisation failures, so fn must not keep state outside; nesting is not possible.
type Transactor[T any] func(ctx context.Context, act Act, fn func(tx T) (result any, err error)) error

// Reader runs fn on one read-only snapshot inside the actor's government; T is what the use case needs of storage.
type Reader[T any] func(ctx context.Context, actor Actor, fn func(tx T) error) error

type actKey struct{}

// WithRequest keeps the request's id and idempotency answer for the act that follows.
func WithRequest(ctx context.Context, requestID string, answer *Answer) context.Context {
	return context.WithValue(ctx, actKey{}, Act{RequestID: requestID, Answer: answer})
}

// Does makes the act of a use case out of the request.
func (a Actor) Does(ctx context.Context, v Verb, reason string) Act {
	act, _ := ctx.Value(actKey{}).(Act)
	act.Actor, act.Verb, act.Reason = a, v, reason
	return act
}

// Aside is the context for a deed beside the request's own (keeping an uploaded file before it is recorded): the
// answer to the request is not kept with it.
func Aside(ctx context.Context) context.Context {
	act, _ := ctx.Value(actKey{}).(Act)
	act.Answer = nil
	return context.WithValue(ctx, actKey{}, act)
}

type clientKey struct{}

// client is who sent a request, as the server saw it.
type client struct{ address, agent string }

// agentMax bounds what a client may call itself, in bytes.
const agentMax = 300

// WithClient keeps from where a request came: the address of the other end, and the program by its own word.
func WithClient(ctx context.Context, address, agent string) context.Context {
	agent = strings.ToValidUTF8(strings.ReplaceAll(agent, "\x00", ""), "")
	return context.WithValue(ctx, clientKey{}, client{address, strings.ToValidUTF8(agent[:min(len(agent), agentMax)], "")})
}

// ClientOf tells from where the request came; nothing when there was none.
func ClientOf(ctx context.Context) (address, agent string) {
	c, _ := ctx.Value(clientKey{}).(client)
	return c.address, c.agent
}
