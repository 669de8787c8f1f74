package agreement

// RecipientFacts is what is known for the questions of assessRecipients.
type RecipientFacts struct{}

// assessRecipients holds the agreement against its recipients.
func (a Agreement) assessRecipients(s *assessing) {}
