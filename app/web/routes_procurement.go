package web

import "github.com/gofiber/fiber/v2"

// procurementRoutes are the lists of cooperating media and what the file of an agreement must hold: the government's.
func (w *Web) procurementRoutes(pages fiber.Router) {
	get := func(path string, h handler) { pages.Get(path, w.signedIn(w.inHand(h))) }
	post := func(path string, h handler) { pages.Post(path, w.signedIn(w.inHand(h))) }

	get("/cooperation-lists", w.cooperations)
	get("/cooperation-lists/new", mayRegister(w.newCooperation))
	post("/cooperation-lists", w.createCooperation)
	get("/cooperation-lists/:id", w.cooperation)
	get("/cooperation-lists/:id/void", mayRegister(w.askVoidCooperation))
	post("/cooperation-lists/:id/void", w.voidCooperation)
	post("/cooperation-lists/:id/entries", w.addMember)
	get("/cooperation-lists/:id/entries/:below/void", mayRegister(w.askVoidCooperation))
	post("/cooperation-lists/:id/entries/:below/void", w.voidCooperation)
	get("/paper-requirements", w.requirements)
	get("/paper-requirements/new", maySetRules(w.newRequirement))
	post("/paper-requirements", w.addRequirement)
	get("/paper-requirements/:id/void", maySetRules(w.askVoidRequirement))
	post("/paper-requirements/:id/void", w.voidRequirement)
}
