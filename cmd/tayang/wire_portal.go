package main

import (
	"tayang/app/api"
	"tayang/app/file"
	"tayang/app/portal"
	"tayang/app/web"
)

// portal is what vendors see and send through links, and what the office does with it.
func (p *program) portal(a *api.API, files *file.Service) web.Portal {
	s := p.store
	a.VendorLinks = portal.NewLinks(within[portal.LinkStore](s), reading[portal.Lists](s), p.cfg.BaseURL, p.now, p.place)
	a.VendorSubmissions = portal.NewSubmissions(within[portal.DecisionStore](s), reading[portal.Lists](s), a.Placements, a.Invoices, p.now)
	return web.Portal{
		Links: a.VendorLinks, Submissions: a.VendorSubmissions,
		Door: portal.NewDoor(within[portal.VisitStore](s), reading[portal.Doors](s), p.now),
		Desk: portal.NewDesk(within[portal.SendStore](s), reading[portal.SendStore](s), a.Proofs, files, p.now, p.place),
	}
}
