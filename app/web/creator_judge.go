package web

import (
	"tayang/app/fault"
	"tayang/app/registry"
)

// ownershipOf fetches the account and the proof that the address names.
func (w *Web) ownershipOf(r *request) (a registry.SocialAccount, o registry.Ownership, err error) {
	if a, err = w.accountOf(r); err != nil {
		return a, o, err
	}
	_, id, err := r.below()
	if err != nil {
		return a, o, err
	}
	o, err = w.services.Accounts.Ownership(r.ctx(), r.Actor, a.ID, id)
	return a, o, err
}

func (w *Web) askOwnership(r *request) (answer, error) {
	a, o, err := w.ownershipOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(ownershipDecision(r.reader, a, o))
}

func (w *Web) judgeOwnership(r *request) (answer, error) {
	a, o, err := w.ownershipOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	v := registry.OwnershipVerdict{Expected: r.expected(), Reason: t.text("reason")}
	switch r.c.FormValue("verb") {
	case "verify":
		v.Status, v.Reason = registry.OwnershipVerified, ""
	case "reject":
		v.Status = registry.OwnershipRejected
	default:
		return answer{}, fault.Missing()
	}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Accounts.Judge(r.ctx(), r.Actor, a.ID, o.ID, v)
	}
	if err != nil {
		o.Version = r.version(err, o.Version)
		return r.refused(ownershipDecision(r.reader, a, o), err)
	}
	return done(accountPath(a)+"#ownership", "flash.ownership."+string(v.Status), "handle", a.Handle)
}
