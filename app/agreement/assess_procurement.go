package agreement

// ProcurementFacts is what is known for the questions of assessProcurement.
type ProcurementFacts struct{}

// assessProcurement holds the agreement against its procurement.
func (a Agreement) assessProcurement(s *assessing) {}
