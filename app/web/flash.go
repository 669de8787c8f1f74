package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

const flashCookie = "tayang_flash"

// flash is a message to show once on the next page: the key of a text and its values. The text itself never
// travels, so a forged cookie can say nothing that the program would not.
type flash struct {
	Key  string
	Args []string // names and values in turn
}

func newFlash(key string, args ...string) flash { return flash{Key: key, Args: args} }

// values are the arguments as the text wants them.
func (f flash) values() []any {
	out := make([]any, len(f.Args))
	for i, a := range f.Args {
		out[i] = a
	}
	return out
}

func (f flash) keep(c *fiber.Ctx, secure bool) {
	if f.Key == "" {
		return
	}
	value := url.QueryEscape(strings.Join(append([]string{f.Key}, f.Args...), "\x1f"))
	c.Cookie(&fiber.Cookie{Name: flashCookie, Value: value, Path: "/", HTTPOnly: true, Secure: secure, SameSite: "Lax", MaxAge: 60})
}

// takeFlash reads the message and forgets it.
func takeFlash(c *fiber.Ctx) flash {
	raw := c.Cookies(flashCookie)
	if raw == "" {
		return flash{}
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Path: "/", HTTPOnly: true, SameSite: "Lax", Expires: time.Unix(0, 0)})
	text, err := url.QueryUnescape(raw)
	parts := strings.Split(text, "\x1f")
	if err != nil || !strings.HasPrefix(parts[0], "flash.") {
		return flash{}
	}
	return flash{Key: parts[0], Args: parts[1:]}
}
