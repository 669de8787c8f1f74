package registry

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
)

// PressForm is what somebody saw of an outlet at the Press Council on a day.
type PressForm struct {
	Status      PressStatus `json:"status" db:"status" enum:"unlisted,in_process,administrative,factual,revoked"`
	CheckedOn   period.Date `json:"checked_on" db:"checked_on"`
	Certificate Certificate `json:"certificate" db:"certificate" required:"false"`
	File        string      `json:"file" db:"file_sha256" required:"false" doc:"SHA-256 of a picture of the Press Council's page"`
	Note        string      `json:"note" db:"note" required:"false"`
}

// PressCheck is one look at an outlet's standing with the Press Council. It stays as it is: of two of a day the one that
// was entered last counts.
type PressCheck struct {
	ID       uuid.UUID `json:"id" db:"id"`
	OutletID uuid.UUID `json:"outlet_id" db:"outlet_id"`
	PressForm
	CheckedBy string    `json:"checked_by" db:"checked_by" doc:"e-mail address"`
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
}

// Trimmed is the form without blanks around its texts.
func (f PressForm) Trimmed() PressForm {
	f.Certificate.Number, f.Note = strings.TrimSpace(f.Certificate.Number), strings.TrimSpace(f.Note)
	f.File = strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form at the moment now, by field.
func (f PressForm) Check(now time.Time) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/status", f.Status, Unlisted, InProcess, Administrative, Factual, Revoked)
	pastDate(&wrong, "/checked_on", f.CheckedOn, now)
	f.Certificate.check(&wrong, "/certificate")
	fileHash(&wrong, "/file", f.File, false)
	wrong.Text("/note", f.Note, false, remarkMax)
	return wrong.Err()
}

// Standing is how an outlet stands with the Press Council on a day, and what is known of it.
type Standing struct {
	Status      PressStatus `json:"status" doc:"empty: nothing is known"`
	Expired     bool        `json:"expired" doc:"the certificate had ended before the day"`
	CheckedOn   period.Date `json:"checked_on"`
	CheckedBy   string      `json:"checked_by"`
	Certificate Certificate `json:"certificate"`
}

// Verified reports whether the Press Council has verified the outlet, at least on paper, and the certificate still holds.
func (s Standing) Verified() bool {
	return !s.Expired && (s.Status == Administrative || s.Status == Factual)
}

// StandingOn is what the looks at an outlet say of a day: the last one up to it, else the first one after it, unless its
// certificate is younger than the day. An outlet that nobody has looked at stands as it is written.
func (o Outlet) StandingOn(day period.Date, looks []PressCheck) Standing {
	var best *PressCheck
	for i := range looks {
		if c := &looks[i]; c.OutletID == o.ID && (best == nil || c.nearer(*best, day)) {
			best = c
		}
	}
	s := Standing{Status: o.PressStatus, Certificate: o.PressCertificate}
	if best != nil {
		s = Standing{Status: best.Status, CheckedOn: best.CheckedOn, CheckedBy: best.CheckedBy, Certificate: best.Certificate}
	}
	if (best == nil || best.CheckedOn.After(day)) && s.Certificate.Date.After(day) {
		return Standing{}
	}
	s.Expired = !s.Certificate.ValidUntil.IsZero() && s.Certificate.ValidUntil.Before(day)
	return s
}

// nearer reports whether c says more of the day than other.
func (c PressCheck) nearer(other PressCheck, day period.Date) bool {
	if known := !c.CheckedOn.After(day); known != !other.CheckedOn.After(day) {
		return known
	} else if c.CheckedOn != other.CheckedOn {
		return c.CheckedOn.After(other.CheckedOn) == known
	}
	return c.CreatedAt.After(other.CreatedAt)
}

// notePress keeps what an outlet's form says of the Press Council as a look at it today.
func notePress(ctx context.Context, tx OutletStore, actor access.Actor, outlet uuid.UUID, f OutletForm) error {
	today, err := tx.Today(ctx)
	if err != nil {
		return err
	}
	_, err = addPress(ctx, tx, actor, outlet, PressForm{Status: f.PressStatus, CheckedOn: today, Certificate: f.PressCertificate})
	return err
}

func addPress(ctx context.Context, tx OutletStore, actor access.Actor, outlet uuid.UUID, f PressForm) (PressCheck, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return PressCheck{}, err
	}
	c := PressCheck{ID: id, OutletID: outlet, PressForm: f, CheckedBy: actor.Email, CreatedAt: tx.Now(), CreatedBy: actor.User}
	return c, tx.AddPressCheck(ctx, c)
}

// CheckPress records what somebody saw at the Press Council; the outlet itself says so too, unless a later day is known.
// Faults: NotFound, Forbidden, Invalid by field (a file that was not sent is not_found).
func (s *OutletService) CheckPress(ctx context.Context, actor access.Actor, outlet uuid.UUID, f PressForm) (c PressCheck, err error) {
	f = f.Trimmed()
	err = s.desk.writing(ctx, actor, func(tx OutletStore) (any, error) {
		o, err := tx.Outlet(ctx, outlet)
		if err != nil {
			return nil, err
		}
		if err := f.Check(tx.Now()); err != nil {
			return nil, err
		}
		known, err := tx.PressChecks(ctx, outlet, listing.Query{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(known.Items) == 0 || !known.Items[0].CheckedOn.After(f.CheckedOn) {
			o.PressStatus, o.PressCertificate = f.Status, f.Certificate
			if err := tx.SaveOutlet(ctx, o); err != nil {
				return nil, err
			}
		}
		c, err = addPress(ctx, tx, actor, outlet, f)
		return c, err
	})
	return c, err
}

// PressChecks lists the looks at an outlet's standing with the Press Council, newest day first.
func (s *OutletService) PressChecks(ctx context.Context, actor access.Actor, outlet uuid.UUID, q listing.Query) (p listing.Page[PressCheck], err error) {
	err = s.desk.reading(ctx, actor, func(tx OutletStore) error {
		if _, err := tx.Outlet(ctx, outlet); err != nil {
			return err
		}
		p, err = tx.PressChecks(ctx, outlet, q)
		return err
	})
	return p, err
}
