package agreement

import (
	"slices"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// kept is the split as an amendment keeps it: what was agreed, without what was confirmed, which goes on changing.
func (l LookThrough) kept() *LookThrough {
	if !l.ViaAgency {
		return nil
	}
	l.Recipients = slices.Clone(l.Recipients)
	for i := range l.Recipients {
		r := &l.Recipients[i]
		r.Confirmed, r.Difference, r.ConfirmedOn, r.Serves = nil, nil, Recipient{}.ConfirmedOn, nil
	}
	return &l
}

// split puts the new split of a proposal into the scope: recipients that it leaves out stay with nothing. An agreement
// with an agency must be whole again after the amendment.
func (s *Scope) resplit(wrong *fault.Fields, a Agreement, p Proposal, around Circumstances) error {
	if !a.LookThrough.ViaAgency {
		if p.LookThrough != nil {
			wrong.Add("/look_through", "not_via_agency")
		}
		return nil
	}
	if p.LookThrough != nil {
		next := Split{ViaAgency: true, Fee: p.LookThrough.Fee, Recipients: p.LookThrough.Recipients}
		before := len(*wrong)
		if next.check(wrong, len(s.Deliverables)); len(*wrong) > before {
			return nil
		}
		lines := make([]uuid.UUID, len(s.Deliverables))
		for i, d := range s.Deliverables {
			lines[i] = d.channel()
		}
		next.fit(wrong, around.Surroundings, lines)
		shared, err := next.share(a.LookThrough.Recipients, around.Surroundings)
		if err != nil {
			return err
		}
		for _, old := range a.LookThrough.Recipients {
			if !slices.ContainsFunc(shared.Recipients, func(r Recipient) bool { return r.ID == old.ID }) {
				old.Net, old.Deliverables, old.Position = 0, nil, len(shared.Recipients)+1
				shared.Recipients = append(shared.Recipients, old)
			}
		}
		s.LookThrough = shared.kept()
	}
	if len(*wrong) == 0 {
		s.LookThrough.open(wrong, a.VendorID, s.Gross, s.Deliverables)
		weighed := s.LookThrough.Weighed(s.Gross, s.Deliverables)
		s.LookThrough = weighed.kept()
	}
	return nil
}

// sameSplit reports whether two splits give the same to the same.
func sameSplit(a, b *LookThrough) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Fee == b.Fee && slices.EqualFunc(a.Recipients, b.Recipients, func(x, y Recipient) bool {
		return x.ID == y.ID && x.Net == y.Net && x.Name == y.Name && slices.Equal(x.Deliverables, y.Deliverables)
	})
}
