package api

import (
	"strconv"

	"tayang/app/audit"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/trail"
)

func (a *API) mountTrail() {
	const tag, path = "Trail", "/agencies/{agency}/audit-log"
	list(a, path, tag, "List every change of a row, oldest first; filters table, row_id, record (with what belongs to it), actor, verb, op, outside, from, to",
		func(c call, q listing.Query) (listing.Page[trail.Entry], error) {
			return a.Trail.List(c.ctx, c.actor, c.agency, q)
		})
	get(a, path+"/{seq}", tag, "One change", func(c call) (trail.Entry, error) {
		seq, err := seqOf(c)
		if err != nil {
			return trail.Entry{}, err
		}
		return a.Trail.Get(c.ctx, c.actor, c.agency, seq)
	})
	get(a, path+"/{seq}/proof", tag, "One change as it is sealed, with the proof that it is in the log; for auditors", func(c call) (audit.Inclusion, error) {
		seq, err := seqOf(c)
		if err != nil {
			return audit.Inclusion{}, err
		}
		return a.Trail.Prove(c.ctx, c.actor, c.agency, seq)
	})
}

func seqOf(c call) (int64, error) {
	seq, err := strconv.ParseInt(c.http.Params("seq"), 10, 64)
	if err != nil {
		return 0, fault.Missing()
	}
	return seq, nil
}
