package main

import (
	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/api"
	"tayang/app/budget"
	"tayang/app/web"
	"tayang/db"
)

// services is what wire puts together: the one place where storage, rules and edges meet.
type services struct {
	api *api.API
	web *web.Web
}

func (p *program) wire() services {
	s := p.store
	sessions := access.NewSessions(s, p.now, p.cfg.refusedAccounts()...)
	budgets := budget.NewService(
		db.Within(s, func(tx *db.Tx) budget.Store { return tx }), db.Reading(s, func(tx *db.Tx) budget.Lists { return tx }))
	agreements := agreement.NewService(
		db.Within(s, func(tx *db.Tx) agreement.Store { return tx }), db.Reading(s, func(tx *db.Tx) agreement.Lists { return tx }), p.now, p.place)
	return services{
		api: &api.API{Sessions: sessions, Kept: s, Budgets: budgets, Agreements: agreements},
	}
}
