package registry

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

// StatementKind is what the person behind a social account, or who stands for him, declared.
type StatementKind string

// The kinds.
const (
	ConflictOfInterest StatementKind = "conflict_of_interest"
	CivilServant       StatementKind = "civil_servant"
	GuardianConsent    StatementKind = "guardian_consent" // for a minor
)

// The answers of statements.
const (
	NoConflict     = "none"
	HasConflict    = "exists"
	NoCivilServant = "no"
	IsCivilServant = "yes"
)

// StatementForm is what staff write about a statement; the file was sent before and is named by its SHA-256.
type StatementForm struct {
	Kind         StatementKind `json:"kind" db:"kind" enum:"conflict_of_interest,civil_servant,guardian_consent"`
	Answer       string        `json:"answer" db:"answer" required:"false" doc:"conflict_of_interest: none or exists; civil_servant: no or yes; guardian_consent: empty"`
	GivenOn      period.Date   `json:"given_on" db:"given_on"`
	Details      string        `json:"details" db:"details" required:"false" doc:"needed when a conflict exists"`
	GuardianName string        `json:"guardian_name" db:"guardian_name" required:"false"`
	Relation     string        `json:"relation" db:"relation" required:"false" doc:"of the guardian to the minor" example:"ibu kandung"`
	File         string        `json:"file" db:"file_sha256" doc:"SHA-256 of the signed paper"`
}

// Statement is what was declared about the person behind an account. It stays as it is; of one kind the newest up to a
// day counts on that day.
type Statement struct {
	ID              uuid.UUID `json:"id" db:"id"`
	SocialAccountID uuid.UUID `json:"social_account_id" db:"social_account_id"`
	StatementForm
	CreatedAt time.Time `json:"created_at" db:"created_at"`
	CreatedBy uuid.UUID `json:"created_by" db:"created_by"`
}

// Trimmed is the form without blanks around its texts.
func (f StatementForm) Trimmed() StatementForm {
	for _, s := range []*string{&f.Answer, &f.Details, &f.GuardianName, &f.Relation} {
		*s = strings.TrimSpace(*s)
	}
	f.File = strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form at the moment now, by field.
func (f StatementForm) Check(now time.Time) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", f.Kind, ConflictOfInterest, CivilServant, GuardianConsent)
	switch f.Kind {
	case ConflictOfInterest:
		fault.Choice(&wrong, "/answer", f.Answer, NoConflict, HasConflict)
	case CivilServant:
		fault.Choice(&wrong, "/answer", f.Answer, NoCivilServant, IsCivilServant)
	case GuardianConsent:
		if f.Answer != "" {
			wrong.Add("/answer", "must_be_empty")
		}
	}
	pastDate(&wrong, "/given_on", f.GivenOn, now)
	wrong.Text("/details", f.Details, f.Answer == HasConflict, remarkMax)
	guarded := f.Kind == GuardianConsent
	for _, g := range []struct{ at, text string }{{"/guardian_name", f.GuardianName}, {"/relation", f.Relation}} {
		wrong.Text(g.at, g.text, guarded, nameMax)
		if !guarded && g.text != "" {
			wrong.Add(g.at, "must_be_empty")
		}
	}
	fileHash(&wrong, "/file", f.File, true)
	return wrong.Err()
}

// Age is how many birthdays a person born on that day has had on the day. Who is born on 29 February has his in other
// years on 1 March.
func Age(born, on period.Date) int {
	years := on.Year() - born.Year()
	if on.Time().Month() < born.Time().Month() || on.Time().Month() == born.Time().Month() && on.Day() < born.Day() {
		years--
	}
	return years
}
