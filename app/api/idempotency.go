package api

import (
	"bytes"
	"context"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
)

// keyBytesMax bounds an Idempotency-Key.
const keyBytesMax = 200

// KeptAnswers finds first answers; they are written in the transaction of the work itself.
type KeptAnswers interface {
	KeptAnswer(ctx context.Context, actor access.Actor, key string) (k access.Kept, ok bool, err error)
}

// secretive is a result with something in it that is told once: Kept is what may be remembered and told again.
type secretive interface{ Kept() any }

// post registers a POST. With an Idempotency-Key the same request gives the first answer again, also when two
// of them race; another body under the same key is refused. Refusals are not kept: they changed nothing.
func (a *API) post(path string, status int, do func(c *fiber.Ctx) (any, error)) {
	a.router.Post(fiberPath(path), func(c *fiber.Ctx) error {
		key := c.Get("Idempotency-Key")
		if key == "" {
			return answer(c, status, do)
		}
		if len(key) > keyBytesMax {
			return SendProblem(c, fault.With(fault.Malformed, "idempotency_key_too_long", fault.Args{"max": keyBytesMax}))
		}
		seen := fingerprint(c)
		if done, err := a.replay(c, key, seen); done || err != nil {
			return err
		}
		keep := &access.Answer{Key: key, Encode: func(result any) (int, string, []byte, error) {
			if secret, ok := result.(secretive); ok {
				result = secret.Kept()
			}
			body, err := encode(result)
			return status, etag(result), body, err
		}}
		seen.keep(keep)
		c.SetUserContext(access.WithRequest(c.UserContext(), requestID(c), keep))
		result, err := do(c)
		if err != nil {
			// The other of two racing requests may have been first, and this one met what it had done.
			if done, err := a.replay(c, key, seen); done || err != nil {
				return err
			}
			return SendProblem(c, err)
		}
		return send(c, status, result)
	})
}

func answer(c *fiber.Ctx, status int, do func(c *fiber.Ctx) (any, error)) error {
	result, err := do(c)
	if err != nil {
		return SendProblem(c, err)
	}
	return send(c, status, result)
}

// replay gives the first answer to a key again; done says that the request has been answered.
func (a *API) replay(c *fiber.Ctx, key string, seen *print) (done bool, err error) {
	actor, _ := c.Locals(actorKey).(access.Actor)
	kept, ok, err := a.Kept.KeptAnswer(c.UserContext(), actor, key)
	if err != nil {
		return true, SendProblem(c, err)
	}
	if !ok {
		return false, nil
	}
	hash, err := seen.sum()
	if err != nil {
		return true, SendProblem(c, err)
	}
	if !bytes.Equal(kept.RequestHash, hash) {
		return true, SendProblem(c, fault.New(fault.Invalid, "idempotency_key_reused"))
	}
	c.Set("Idempotency-Replayed", "true")
	return true, sendBytes(c, kept.Status, kept.ETag, kept.Body)
}
