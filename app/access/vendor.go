package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// Vendor is who holds a link of his: a vendor's own affairs in one agency, or only those under one agreement there. It is
// no role: nothing but the use cases of links knows it, and its reads always name the vendor.
type Vendor struct {
	Government uuid.UUID
	Link       uuid.UUID
	Visit      uuid.UUID
	Vendor     uuid.UUID
	Agency     uuid.UUID
	Agreement  uuid.NullUUID // none: every agreement of the vendor in the agency
}

// Actor is the vendor as the author of what he does. He has no role, so that every other use case refuses him.
func (v Vendor) Actor() Actor { return Actor{Government: v.Government, User: v.Link} }

// Secret opens something of a government by 256 random bits. What is kept of it is the hash alone.
type Secret struct{ t token }

// NewSecret makes the secret of the thing with that id.
func NewSecret(government, id uuid.UUID) (Secret, error) {
	s := Secret{token{government, id, make([]byte, 32)}}
	_, err := rand.Read(s.t.secret)
	return s, err
}

// ParseSecret reads a secret as it was given out; ok is false for what cannot be one.
func ParseSecret(text string) (s Secret, ok bool) {
	s.t, ok = parseToken(text)
	return s, ok
}

// SecretLength is how long a secret is as text, in bytes.
const SecretLength = 86

// String is the secret itself, to be given to its holder and to nobody else.
func (s Secret) String() string { return s.t.String() }

// Of tells what the secret opens.
func (s Secret) Of() (government, id uuid.UUID) { return s.t.government, s.t.session }

// Hash is what is kept.
func (s Secret) Hash() []byte {
	sum := sha256.Sum256(s.t.secret)
	return sum[:]
}

// Opens reports whether the hash is the secret's, taking as long whatever differs.
func (s Secret) Opens(hash []byte) bool { return subtle.ConstantTimeCompare(s.Hash(), hash) == 1 }

// Sign is a text that only the secret's holder and the program can make, for one use of it.
func (s Secret) Sign(use string) string {
	mac := hmac.New(sha256.New, s.t.secret)
	mac.Write([]byte(use))
	return hex.EncodeToString(mac.Sum(nil))
}

// Signed reports whether the text is the one that Sign gives for the use.
func (s Secret) Signed(use, text string) bool {
	return subtle.ConstantTimeCompare([]byte(s.Sign(use)), []byte(text)) == 1
}

// Guesses counts wrong secrets by where they come from, as sign-ins are counted.
type Guesses struct{ wrong throttle }

// Allow is TooMany "too_many_attempts" once the place has guessed wrong too often within the minute.
func (g *Guesses) Allow(from string, now time.Time) error {
	if g.wrong.allows(from, now) {
		return nil
	}
	return fault.New(fault.TooMany, "too_many_attempts")
}

// Wrong counts a wrong secret.
func (g *Guesses) Wrong(from string, now time.Time) { g.wrong.count(from, now) }
