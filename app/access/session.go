package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// sessionHours is how long a sign-in holds: one working day.
const sessionHours = 12

// SessionKind says what a session is for.
type SessionKind string

// The kinds of sessions.
const (
	APISession SessionKind = "api"
	WebSession SessionKind = "web"
)

// Session is a sign-in as it is stored: the secret only as its hash.
type Session struct {
	ID         uuid.UUID
	User       uuid.UUID
	Kind       SessionKind
	SecretHash []byte
	ExpiresAt  time.Time
}

// Candidate is somebody with the e-mail address that wants to sign in.
type Candidate struct {
	Government   uuid.UUID `db:"government_id"`
	User         uuid.UUID `db:"id"`
	PasswordHash string    `db:"password_hash"`
}

// SessionStore is what signing in needs of storage; the first two work before anybody's government is known.
type SessionStore interface {
	LoginCandidates(ctx context.Context, email string) ([]Candidate, error)
	// SessionActor gives the person behind a session that holds at that time; ok is false when there is none.
	SessionActor(ctx context.Context, government, session uuid.UUID, secretHash []byte, now time.Time) (a Actor, ok bool, err error)
	SaveSession(ctx context.Context, actor Actor, s Session) error
	RevokeSession(ctx context.Context, actor Actor, session uuid.UUID) error
}

// Sessions signs people in and out.
type Sessions struct {
	store SessionStore
	now   func() time.Time
	wrong throttle
	// refused are e-mail addresses that may not come in, whatever their password.
	refused map[string]bool
}

// NewSessions makes the service over its storage and clock; accounts of the refused addresses cannot be used.
func NewSessions(store SessionStore, now func() time.Time, refused ...string) *Sessions {
	s := &Sessions{store: store, now: now, refused: map[string]bool{}}
	for _, r := range refused {
		s.refused[r] = true
	}
	return s
}

// SignedIn is a new session: the token to send with each request, until when it holds, and whose it is.
type SignedIn struct {
	Token     string
	ExpiresAt time.Time
	Actor     Actor
}

// SignIn checks e-mail address and password for a caller at the network address from. The faults are
// Unauthenticated "bad_credentials", whichever was wrong, and TooMany "too_many_attempts" after ten within a minute.
func (s *Sessions) SignIn(ctx context.Context, kind SessionKind, email, password, from string) (SignedIn, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if s.refused[email] {
		return SignedIn{}, fault.New(fault.Forbidden, "sample_account")
	}
	who := from + " " + email
	if !s.wrong.allows(who, s.now()) {
		return SignedIn{}, fault.New(fault.TooMany, "too_many_attempts")
	}
	signed, err := s.signIn(ctx, kind, email, password)
	if fault.Is(err, "bad_credentials") {
		s.wrong.count(who, s.now())
	}
	return signed, err
}

func (s *Sessions) signIn(ctx context.Context, kind SessionKind, email, password string) (SignedIn, error) {
	found, err := s.store.LoginCandidates(ctx, email)
	if err != nil {
		return SignedIn{}, err
	}
	if len(found) == 0 {
		derive(password[:min(len(password), passwordMax)], make([]byte, argonSalt)) // an unknown address takes as long as a wrong password
	}
	for _, c := range found {
		ok, err := matches(password, c.PasswordHash)
		if err != nil {
			return SignedIn{}, err
		}
		if ok {
			return s.begin(ctx, kind, c)
		}
	}
	return SignedIn{}, fault.New(fault.Unauthenticated, "bad_credentials")
}

func (s *Sessions) begin(ctx context.Context, kind SessionKind, c Candidate) (SignedIn, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return SignedIn{}, err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return SignedIn{}, err
	}
	hash := sha256.Sum256(secret)
	expires := s.now().UTC().Add(sessionHours * time.Hour).Truncate(time.Second)
	session := Session{ID: id, User: c.User, Kind: kind, SecretHash: hash[:], ExpiresAt: expires}
	if err := s.store.SaveSession(ctx, Actor{Government: c.Government, User: c.User}, session); err != nil {
		return SignedIn{}, err
	}
	token := token{c.Government, id, secret}.String()
	actor, err := s.Actor(ctx, token)
	return SignedIn{token, expires, actor}, err
}

// Actor gives the person behind a token; Unauthenticated "session_invalid" when it never held or holds no more.
func (s *Sessions) Actor(ctx context.Context, text string) (Actor, error) {
	invalid := fault.New(fault.Unauthenticated, "session_invalid")
	t, ok := parseToken(text)
	if !ok {
		return Actor{}, invalid
	}
	hash := sha256.Sum256(t.secret)
	actor, ok, err := s.store.SessionActor(ctx, t.government, t.session, hash[:], s.now())
	if err != nil {
		return Actor{}, err
	}
	if !ok || s.refused[actor.Email] {
		return Actor{}, invalid
	}
	return actor, nil
}

// SignOut ends the session behind a token; a token that does not hold is left alone.
func (s *Sessions) SignOut(ctx context.Context, text string) error {
	actor, err := s.Actor(ctx, text)
	if err != nil {
		return err
	}
	t, _ := parseToken(text)
	return s.store.RevokeSession(ctx, actor, t.session)
}

// token names the government first, so that a session can be looked up inside its walls.
type token struct {
	government, session uuid.UUID
	secret              []byte
}

func (t token) String() string {
	return base64.RawURLEncoding.EncodeToString(append(append(t.government[:], t.session[:]...), t.secret...))
}

func parseToken(text string) (t token, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != 64 {
		return t, false
	}
	return token{uuid.UUID(b[:16]), uuid.UUID(b[16:32]), b[32:]}, true
}
