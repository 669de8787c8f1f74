package web

import (
	"github.com/gofiber/fiber/v2"

	"tayang/app/listing"
	"tayang/app/registry"
)

// routes is every page and deed: one line each.
func (w *Web) routes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get("/a/:agency"+path, w.inAgency(h)) }
	get("/home", w.home)
}

// agencies gives every agency that the person has a part in.
func (w *Web) agencies(r *request) ([]registry.Agency, error) {
	page, err := w.services.Agencies.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return nil, err
	}
	var out []registry.Agency
	for _, a := range page.Items {
		if r.Actor.Member(a.ID) {
			out = append(out, a)
		}
	}
	return out, nil
}
