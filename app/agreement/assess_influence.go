package agreement

// InfluenceFacts is what is known for the questions of assessInfluence.
type InfluenceFacts struct{}

// assessInfluence holds the agreement against its influence.
func (a Agreement) assessInfluence(s *assessing) {}
