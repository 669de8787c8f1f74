package agreement

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/rule"
)

// assessClock asks whether the papers came before the work: what was entered long after its date, and a term that began
// before the order. Publication before the order is refused where placements are entered.
func (a Agreement) assessClock(s *assessing) {
	if a.StartDate.Before(a.OrderDate) {
		s.say(rule.WorkBeforeAgreement, "/start_date", AtAgreement, uuid.Nil, fault.Args{"date": a.OrderDate, "start": a.StartDate})
	}
	if entered := s.facts.EnteredOn; !entered.IsZero() {
		if late := entered.Sub(a.OrderDate); int64(late) > s.figure(rule.EnteredLate) {
			s.say(rule.EnteredLate, "/order_date", AtAgreement, uuid.Nil, fault.Args{"days": late, "max": s.figure(rule.EnteredLate), "date": a.OrderDate})
		}
	}
}
