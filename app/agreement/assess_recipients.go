package agreement

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/rule"
)

// RecipientFacts is what is known for the questions of assessRecipients.
type RecipientFacts struct {
	RepresentsOthers bool        `json:"represents_others" doc:"the registry says that the vendor is an agency"`
	Recipients       []Confirmed `json:"recipients,omitempty"`
}

// Confirmed is what a recipient is to receive and what he confirmed; null: nothing yet.
type Confirmed struct {
	ID        uuid.UUID     `json:"id"`
	Name      string        `json:"name"`
	Net       money.Amount  `json:"net"`
	Confirmed *money.Amount `json:"confirmed"`
}

// confirmations are the recipients with what each has confirmed.
func (l LookThrough) confirmations() (out []Confirmed) {
	for _, r := range l.Recipients {
		out = append(out, Confirmed{r.ID, r.Title(), r.Net, r.Confirmed})
	}
	return out
}

// assessRecipients looks through the agency: one that passes money on names whom it pays, and each of them has confirmed
// his net amount himself.
func (a Agreement) assessRecipients(s *assessing) {
	s.facts.Recipients.Recipients = a.LookThrough.confirmations()
	if !a.LookThrough.ViaAgency {
		if s.facts.Recipients.RepresentsOthers {
			s.say(rule.RecipientsMissing, "/look_through", AtAgreement, uuid.Nil, fault.Args{"vendor": a.VendorName})
			return
		}
		for i, d := range a.Deliverables {
			if d.ChannelVendorID != uuid.Nil && d.ChannelVendorID != a.VendorID {
				s.say(rule.RecipientsMissing, itemPointer(i), AtAgreement, uuid.Nil, fault.Args{"vendor": a.VendorName})
			}
		}
		return
	}
	for i, r := range a.LookThrough.Recipients {
		if r.Net == 0 || r.Agrees() {
			continue
		}
		args := fault.Args{"recipient": r.Title(), "net": r.Net, "confirmed": money.Amount(0), "difference": r.Net, "given": r.Confirmed != nil}
		if r.Confirmed != nil {
			args["confirmed"], args["difference"] = *r.Confirmed, r.Net-*r.Confirmed
		}
		s.say(rule.ConfirmationMissing, recipientPointer(i), AtRecipients, uuid.Nil, args)
	}
}
