package api

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/audit"
	"tayang/app/fault"
)

// PublicLog is the sealed logs as strangers may read them: hashes, signatures and keys, and nothing that was recorded.
type PublicLog interface {
	GovernmentsToSeal(ctx context.Context, after int64) ([]uuid.UUID, error)
	ReadLog(ctx context.Context, government uuid.UUID, fn func(audit.Lookup) error) error
}

// logName is a log that can be witnessed.
type logName struct {
	ID     uuid.UUID `json:"id"`
	Origin string    `json:"origin" doc:"the name under which it signs"`
}

type logNames struct {
	Items []logName `json:"items"`
}

type logKeys struct {
	Items []audit.KeyBegin `json:"items"`
}

// mountLogs stands before authentication: whoever keeps checkpoints for others needs no account, and learns nothing
// but how many changes there were.
func (a *API) mountLogs() {
	const tag = "Logs"
	get(a, "/logs", tag, "The logs that can be witnessed; needs no account", func(c call) (logNames, error) {
		all, err := a.Logs.GovernmentsToSeal(c.ctx, 0)
		names := logNames{Items: []logName{}}
		for _, id := range all {
			names.Items = append(names.Items, logName{id, audit.Origin(id)})
		}
		return names, err
	})
	get(a, "/logs/{id}/keys", tag, "The keys that signed a log, oldest first; needs no account", func(c call) (keys logKeys, err error) {
		err = a.Logs.ReadLog(c.ctx, c.id, func(log audit.Lookup) error {
			keys.Items, err = audit.KeyBegins(log)
			return err
		})
		return keys, err
	})
	get(a, "/logs/{id}/growth", tag, "The newest checkpoint, and the proof that it holds an earlier tree whole; needs no account",
		func(c call) (grown audit.Consistency, err error) {
			from, err := fromSize(c.http)
			if err != nil {
				return grown, err
			}
			err = a.Logs.ReadLog(c.ctx, c.id, func(log audit.Lookup) error {
				grown, err = audit.ProveGrowth(log, from)
				return err
			})
			return grown, err
		})
	a.describe("/logs/{id}/growth", "from", "leaves of the tree that the caller has seen; 0 or nothing for none", "integer")
}

// fromSize reads the size that the caller has seen; none is 0.
func fromSize(c *fiber.Ctx) (int64, error) {
	text := c.Query("from", "0")
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		var wrong fault.Fields
		wrong.Add("/from", "out_of_range")
		return 0, wrong.Err()
	}
	return n, nil
}
