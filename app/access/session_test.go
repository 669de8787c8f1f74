package access

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
)

func TestPasswords(t *testing.T) {
	t.Parallel()
	hash, err := HashPassword("contoh-tayang-2026")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"contoh-tayang-2026": true, "contoh-tayang-2025": false, "": false, strings.Repeat("x", 1<<20): false} {
		if got, err := matches(password, hash); err != nil || got != want {
			t.Errorf("%.20q: want %v, got %v, %v", password, want, got, err)
		}
	}
	if again, _ := HashPassword("contoh-tayang-2026"); again == hash {
		t.Error("equal passwords must not look equal")
	}
	if _, err := matches("x", "md5$abc"); err == nil {
		t.Error("a hash that cannot be read is an error, not a wrong password")
	}
	for _, bad := range []string{"short", strings.Repeat("x", 201)} {
		if _, err := HashPassword(bad); !fault.Is(err, "invalid") {
			t.Errorf("%.10q: %v", bad, err)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	tok := token{uuid.New(), uuid.New(), []byte(strings.Repeat("s", 32))}
	if back, ok := parseToken(tok.String()); !ok || back.government != tok.government || back.session != tok.session || string(back.secret) != string(tok.secret) {
		t.Errorf("%+v", back)
	}
	for _, bad := range []string{"", "x", tok.String()[1:], tok.String() + "AA", "%%"} {
		if _, ok := parseToken(bad); ok {
			t.Errorf("%q is no token", bad)
		}
	}
}

func TestThrottleForgetsAfterTheMinute(t *testing.T) {
	t.Parallel()
	var th throttle
	now := time.Date(2026, 1, 2, 8, 0, 1, 0, time.UTC)
	for range attemptsMax {
		if !th.allows("a", now) {
			t.Fatal("too soon")
		}
		th.count("a", now)
	}
	if th.allows("a", now) || !th.allows("b", now) || !th.allows("a", now.Add(time.Minute)) {
		t.Error("ten within a minute, for each caller apart")
	}
}

func TestNewUser(t *testing.T) {
	t.Parallel()
	agency := uuid.New()
	if u, err := NewUser(" Staf@Contoh.go.id ", "Staf", "", []UserRole{{Staff, agency}}); err != nil || u.Email != "staf@contoh.go.id" {
		t.Errorf("%+v %v", u, err)
	}
	for name, c := range map[string]struct {
		email, nip string
		roles      []UserRole
	}{
		"email": {"staf", "", []UserRole{{Staff, agency}}}, "no role": {"a@b.id", "", nil}, "no agency": {"a@b.id", "", []UserRole{{PPK, uuid.Nil}}},
		"role": {"a@b.id", "", []UserRole{{"king", agency}}}, "nip": {"a@b.id", "12", []UserRole{{Staff, agency}}},
	} {
		if _, err := NewUser(c.email, "Nama", c.nip, c.roles); !fault.Is(err, "invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
