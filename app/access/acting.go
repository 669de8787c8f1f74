package access

import (
	"github.com/google/uuid"

	"tayang/app/money"
)

// Document is what a deed was about, with its money: tax included, in the smallest unit of the agency's currency, zero
// when there is none.
type Document struct {
	Agency uuid.UUID
	Type   string
	ID     uuid.UUID
	Number string
	Amount money.Amount
}

// Documented is the result of a deed that can say which document it is.
type Documented interface {
	// Document names the thing and its money.
	Document() Document
}

// allows reports whether the grant lets somebody do v in the agency; uuid.Nil as agency asks about the registry.
func (g Grant) allows(v Verb, agency uuid.UUID) bool {
	if agency != uuid.Nil && g.Agency != uuid.Nil && g.Agency != agency {
		return false
	}
	for _, r := range allowed(v) {
		if r == g.Role {
			return true
		}
	}
	return false
}

// ActingIn gives the grant by which the actor does v for somebody else (Plt, Plh); ok is false when he may do it by a
// role of his own, or not at all.
func (a Actor) ActingIn(v Verb, agency uuid.UUID) (acting Grant, ok bool) {
	for _, g := range a.Grants {
		if !g.allows(v, agency) {
			continue
		}
		if g.For == "" {
			return Grant{}, false
		}
		if !ok {
			acting, ok = g, true
		}
	}
	return acting, ok
}

// As gives the grant by which the actor holds the role in the agency: his own, else somebody else's (Plt, Plh); ok is
// false when he does not.
func (a Actor) As(role Role, agency uuid.UUID) (held Grant, ok bool) {
	for _, g := range a.Grants {
		if g.Role != role || g.Agency != uuid.Nil && g.Agency != agency {
			continue
		}
		if g.For == "" {
			return g, true
		}
		if !ok {
			held, ok = g, true
		}
	}
	return held, ok
}

// Acted is the result of a deed that knows by which of the actor's grants it was done.
type Acted interface {
	// ActedAs gives the grant; known is false when the deed's verb alone decides.
	ActedAs() (g Grant, known bool)
}
