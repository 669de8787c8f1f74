package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/portal"
)

// Where a vendor's pages live, and the cookie of his visit, which no other page is sent.
const (
	doorPath   = "/v/"
	doorCookie = "tayang_vendor"
	doorUse    = "form" // what the mark on his forms is signed for
)

// segmentMax is how long a part of a path may be that is no secret, in bytes: a SHA-256 in hexadecimal is.
const segmentMax = 64

// Told is a path as the log may have it: the address of a vendor's link is a secret.
func Told(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if len(p) > segmentMax {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}

// atDoor reports whether the request is for a vendor's page.
func atDoor(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), doorPath) }

// doorway is what stands around a vendor's page: nothing of the office but its name.
type doorway struct {
	CSRF  string // empty outside a visit
	Path  string // where the reader can come back to
	Print bool
}

// doorRoutes is every page and deed of a vendor.
func (w *Web) doorRoutes(pages fiber.Router) {
	door := pages.Group("/v") // without a middleware of its own: that would be asked for /vendors too
	door.Get("/", w.visiting(w.doorHome))
	door.Get("/agreements/:id", w.visiting(w.doorAffair))
	door.Get("/agreements/:id/invoice", w.visiting(w.doorAskInvoice))
	door.Post("/agreements/:id/invoice", w.visiting(w.doorBill))
	door.Get("/placements/:id", w.visiting(w.doorItem))
	door.Post("/placements/:id/proofs", w.visiting(w.doorProve))
	door.Get("/receipts/:id", w.visiting(w.doorReceipt))
	door.Post("/leave", w.visiting(w.leaveDoor))
	door.Post("/settings", w.arriving(w.choose))
	door.Get("/:secret", w.arriving(w.tryDoor))
	door.Post("/:secret", w.arriving(w.openDoor))
	door.All("/*", w.arriving(func(*request) (answer, error) { return answer{}, fault.New(fault.NotFound, "vendor_link_gone") }))
}

// doorHeaders keep a vendor's pages out of every other memory: no referrer, no cache, no index.
func doorHeaders(c *fiber.Ctx) {
	c.Set("Referrer-Policy", "no-referrer")
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderCacheControl, "no-store")
}

// arriving serves a page at which nobody has come in yet.
func (w *Web) arriving(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := w.doorRequest(c)
		a, err := h(r)
		if err != nil {
			a = w.turnAway(r, err)
		}
		return w.send(r, a)
	}
}

type doorHandler func(r *request, v portal.Visitor) (answer, error)

// visiting serves a page to a vendor on a visit. What changes something has to carry the mark of his own forms.
func (w *Web) visiting(h doorHandler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := w.doorRequest(c)
		v, err := w.visitorOf(r)
		if err == nil {
			r.Agency = v.AgencyOf
			r.door.CSRF = v.Secret.Sign(doorUse)
			var a answer
			if a, err = h(r, v); err == nil {
				return w.send(r, a)
			}
		}
		return w.send(r, w.turnAway(r, err))
	}
}

func (w *Web) doorRequest(c *fiber.Ctx) *request {
	doorHeaders(c)
	r := w.request(c)
	r.door = &doorway{Path: doorPath}
	if c.Method() == fiber.MethodGet {
		r.door.Path = c.OriginalURL()
	}
	c.SetUserContext(access.WithRequest(c.UserContext(), c.GetRespHeader(fiber.HeaderXRequestID), nil))
	return r
}

func (w *Web) visitorOf(r *request) (portal.Visitor, error) {
	cookie := r.c.Cookies(doorCookie)
	if cookie == "" {
		return portal.Visitor{}, fault.New(fault.NotFound, "vendor_link_gone")
	}
	v, err := w.services.Portal.Door.Visitor(r.ctx(), cookie, r.c.IP())
	if err == nil && r.c.Method() == fiber.MethodPost && !v.Secret.Signed(doorUse, r.c.FormValue("csrf")) {
		err = fault.New(fault.Forbidden, "cross_site")
	}
	return v, err
}

// doorMessage says one thing, in both languages when nobody knows yet who reads it.
type doorMessage struct {
	heading
	Says []said
	Back bool
}

type said struct {
	Lang  string
	Title string
	Text  string
}

func (doorMessage) template() string { return "doormessage" }

// doorGone is what every address shows that opens nothing, whatever the reason.
func doorGone(in reader, code string) doorMessage {
	p := doorMessage{heading: heading{Title: in.T("door.gone.title")}}
	for _, l := range []string{lang.ID, lang.EN} {
		words := lang.For(l)
		p.Says = append(p.Says, said{l, words.T("door.gone.title"), words.T("fault." + code)})
	}
	return p
}

// turnAway makes the page of an error.
func (w *Web) turnAway(r *request, err error) answer {
	f := faultOf(err)
	status := statusOf(f.Kind)
	switch f.Code {
	case "vendor_link_gone":
		w.forget(r)
		return answer{page: doorGone(r.reader, f.Code), status: status}
	case "too_many_attempts":
		return answer{page: doorGone(r.reader, "door_closed"), status: status}
	}
	shown := w.refuse(r, err)
	return answer{page: doorMessage{heading: shown.heading, Says: []said{{r.Code(), shown.Title, shown.Message}}, Back: true}, status: status}
}

// tryDoor shows what a link opens before it is opened, for programs that look at mail follow addresses too.
func (w *Web) tryDoor(r *request) (answer, error) {
	secret := r.c.Params("secret")
	if err := w.services.Portal.Door.Try(r.ctx(), secret, r.c.IP()); err != nil {
		return answer{}, err
	}
	return show(doorEntry(r.reader, secret))
}

func doorEntry(in reader, secret string) formPage {
	return formPage{
		heading: heading{Title: in.T("door.title")}, Action: doorPath + secret, Intro: in.T("door.entry"),
		Buttons: []button{{Label: in.T("door.enter"), Main: true, Icon: "arrow-right"}},
	}
}

// openDoor begins a visit: from here on the cookie stands for the address, which leaves the address bar.
func (w *Web) openDoor(r *request) (answer, error) {
	opened, err := w.services.Portal.Door.Open(r.ctx(), r.c.Params("secret"), r.c.IP())
	if err != nil {
		return answer{}, err
	}
	r.c.Cookie(&fiber.Cookie{Name: doorCookie, Value: opened.Secret, Path: doorPath, HTTPOnly: true, Secure: w.secure, SameSite: "Strict", Expires: opened.Ends})
	return answer{location: doorPath}, nil
}

func (w *Web) leaveDoor(r *request, v portal.Visitor) (answer, error) {
	if err := w.services.Portal.Door.Leave(r.ctx(), v); err != nil {
		return answer{}, err
	}
	w.forget(r)
	p := doorMessage{heading: heading{Title: r.T("door.left.title")}, Says: []said{{r.Code(), r.T("door.left.title"), r.T("door.left")}}}
	r.door.CSRF = ""
	return show(p)
}

func (w *Web) forget(r *request) {
	r.c.Cookie(&fiber.Cookie{Name: doorCookie, Path: doorPath, HTTPOnly: true, Secure: w.secure, SameSite: "Strict", Expires: time.Unix(0, 0)})
}
