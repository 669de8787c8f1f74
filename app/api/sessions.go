package api

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
)

type signIn struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type signedIn struct {
	Token     string    `json:"token"`
	ExpiresAt time.Time `json:"expires_at"`
	User      user      `json:"user"`
}

type user struct {
	ID       uuid.UUID `json:"id"`
	Email    string    `json:"email"`
	Name     string    `json:"name"`
	Language string    `json:"language"`
	Roles    []role    `json:"roles"`
}

type role struct {
	Role     access.Role   `json:"role"`
	AgencyID uuid.NullUUID `json:"agency_id" doc:"null: every agency of the government"`
	For      string        `json:"acting_for,omitempty" doc:"e-mail address of the person whose role it is, held for a time"`
}

func userOf(a access.Actor) user {
	u := user{a.User, a.Email, a.Name, a.Language, []role{}}
	for _, g := range a.Grants {
		u.Roles = append(u.Roles, role{g.Role, uuid.NullUUID{UUID: g.Agency, Valid: g.Agency != uuid.Nil}, g.For})
	}
	return u
}

func (a *API) mountSessions() {
	create(a, "/sessions", "Sessions", "Sign in", func(c call, body signIn) (signedIn, error) {
		s, err := a.Sessions.SignIn(c.ctx, access.APISession, body.Email, body.Password, c.http.IP())
		return signedIn{s.Token, s.ExpiresAt, userOf(s.Actor)}, err
	})
	a.document(route{"DELETE", "/sessions/current", "Sessions", "Sign out", fiber.StatusNoContent}, nil, nil)
	a.router.Delete("/sessions/current", func(c *fiber.Ctx) error {
		token, ok := bearer(c)
		if !ok {
			return SendProblem(c, fault.New(fault.Unauthenticated, "sign_in_required"))
		}
		if err := a.Sessions.SignOut(c.UserContext(), token); err != nil {
			return SendProblem(c, err)
		}
		return c.SendStatus(fiber.StatusNoContent)
	})
	a.document(route{"GET", "/sessions/current", "Sessions", "Who is signed in", fiber.StatusOK}, nil, nil)
	a.router.Get("/sessions/current", a.authenticate, func(c *fiber.Ctx) error {
		actor, _ := c.Locals(actorKey).(access.Actor)
		return send(c, fiber.StatusOK, userOf(actor))
	})
}
