package agreement

// VettingFacts is what is known for the questions of assessVetting.
type VettingFacts struct{}

// assessVetting holds the agreement against its vetting.
func (a Agreement) assessVetting(s *assessing) {}
