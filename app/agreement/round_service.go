package agreement

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

// MayDecide refuses who may not decide on what waits of an agreement, whatever he would say and whether or not anything
// waits. Faults: NotFound, segregation_of_duties, forbidden, not_your_step.
func (s *Service) MayDecide(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) error {
	a, err := s.Get(ctx, actor, agency, id)
	if err == nil {
		err = a.Decidable(actor)
	}
	if err != nil && fault.From(err).Kind == fault.Conflict {
		return nil
	}
	return err
}

// submit reserves the money of a submission and keeps the answers to what was to be mended. Faults: Invalid by field, as
// of reserve.
func (s *Service) submit(ctx context.Context, tx MoveStore, m Moved, answers []Answer) (Moved, error) {
	answers = trimmedAnswers(answers)
	if err := m.Agreement.checkAnswers(answers); err != nil {
		return m, err
	}
	m, err := reserve(ctx, tx, m)
	if err != nil || len(answers) == 0 {
		return m, err
	}
	return m, tx.AnswerRemarks(ctx, m.Agreement, answers)
}

// keepDecision keeps the step that was decided, and what is to be mended when it was a return. Faults: Invalid by field.
func (s *Service) keepDecision(ctx context.Context, tx MoveStore, m Moved, cmd MoveCommand) (Moved, error) {
	corrections := trimmedCorrections(cmd.Remarks)
	if cmd.Verb == Return {
		if err := checkCorrections(m.Agreement.Terms(), corrections); err != nil {
			return m, err
		}
	}
	d, err := s.addDecision(ctx, tx, m.Agreement, *m.Decision)
	if err != nil {
		return m, err
	}
	m.Agreement.Decisions[len(m.Agreement.Decisions)-1] = d
	if cmd.Verb == Return {
		err = tx.AddRemarks(ctx, m.Agreement, d, corrections)
	}
	return m, err
}

func (s *Service) addDecision(ctx context.Context, tx MoveStore, a Agreement, d Decision) (Decision, error) {
	var err error
	if d.ID, err = uuid.NewV7(); err != nil {
		return d, err
	}
	return tx.AddDecision(ctx, a, d)
}
