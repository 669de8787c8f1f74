package access

import (
	"context"
	"net/mail"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// User is a person with an account. Roles hold in the agency of that code, or in all when it is empty.
type User struct {
	ID       uuid.UUID
	Email    string
	Name     string
	NIP      string // civil servant's number, 18 digits, or none
	Language string
	Disabled bool
	Roles    []UserRole
}

// UserRole is a role in one agency, or in all of the government.
type UserRole struct {
	Role   Role
	Agency uuid.UUID
}

// Roles lists every role.
func Roles() []Role { return []Role{Staff, PPK, Verifier, Treasurer, Head, Auditor, Admin} }

// NewUser checks a new account by field and gives it an id. An auditor or administrator holds for all the
// government; everybody else has an agency.
func NewUser(email, name, nip string, roles []UserRole) (User, error) {
	var wrong fault.Fields
	email = strings.ToLower(strings.TrimSpace(email))
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email {
		wrong.Add("/email", "bad_email")
	}
	wrong.Text("/name", name, true, 200)
	if nip != "" && !digits(nip, 18) {
		wrong.AddWith("/nip", "digits", fault.Args{"count": 18})
	}
	if len(roles) == 0 {
		wrong.Add("/role", "required")
	}
	for _, r := range roles {
		fault.Choice(&wrong, "/role", r.Role, Roles()...)
		if wide := r.Role == Auditor || r.Role == Admin; !wide && r.Agency == uuid.Nil {
			wrong.Add("/agency", "required")
		}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return User{}, err
	}
	return User{ID: id, Email: email, Name: name, NIP: nip, Language: "id", Roles: roles}, wrong.Err()
}

func digits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}

// UserStore keeps accounts, inside one transaction.
type UserStore interface {
	InsertUser(ctx context.Context, u User, passwordHash string) error
	Users(ctx context.Context) ([]User, error)
	SetPassword(ctx context.Context, email, passwordHash string) error
	DisableUser(ctx context.Context, email string) error
}
