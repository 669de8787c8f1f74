package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"tayang/app/fault"
)

// Cost of a password hash: argon2id with the parameters that OWASP recommends as a minimum.
const (
	argonTime      = 2
	argonMemoryKiB = 19 * 1024
	argonLanes     = 1
	argonSalt      = 16
	argonKey       = 32
)

// passwordMin is the shortest password in characters; passwordMax bounds the work of hashing.
const (
	passwordMin = 12
	passwordMax = 200
)

// HashPassword makes the text that is stored. Faults: Invalid /password when it is shorter than 12 or longer than
// 200 characters.
func HashPassword(password string) (string, error) {
	var wrong fault.Fields
	wrong.Within("/password", int64(len([]rune(password))), passwordMin, passwordMax)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return encode(salt, derive(password, salt)), nil
}

func derive(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemoryKiB, argonLanes, argonKey)
}

func encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemoryKiB, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

var errHash = errors.New("stored password hash cannot be read")

// matches reports whether password is the one behind hash; it takes the same time either way.
func matches(password, hash string) (bool, error) {
	if len(password) > 4*passwordMax {
		return false, nil
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errHash
	}
	return subtle.ConstantTimeCompare([]byte(encode(salt, derive(password, salt))), []byte(hash)) == 1, nil
}
