package agreement

// PriceFacts is what is known for the questions of assessPrices.
type PriceFacts struct{}

// assessPrices holds the agreement against its prices.
func (a Agreement) assessPrices(s *assessing) {}
