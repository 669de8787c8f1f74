package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/registry"
)

// story is one page in one state, drawn without database. Its name is its address in the storybook.
type story struct {
	Name string
	Page page
	Out  bool // nobody is signed in
	Door bool // a vendor's page
}

// storyReader is the invented person who looks at the stories.
func storyReader(code string) reader {
	place := time.FixedZone("WIB", 7*3600)
	agency := registry.Agency{ID: storyID(1), Code: "DISKOMINFO", Name: "Dinas Komunikasi dan Informatika", Scheme: registry.APBD, Currency: money.IDR, Version: 1}
	other := registry.Agency{ID: storyID(2), Code: "SETWAN", Name: "Sekretariat DPRD", Scheme: registry.APBD, Currency: money.IDR, Version: 1}
	var grants []access.Grant
	for _, role := range []access.Role{access.Staff, access.PPK, access.Verifier, access.Treasurer, access.Head} {
		grants = append(grants, access.Grant{Role: role})
	}
	return reader{
		Lang: lang.For(code), Now: time.Date(2026, 11, 23, 9, 30, 0, 0, place), Place: place, Agency: agency,
		Agencies: []registry.Agency{agency, other},
		Actor:    access.Actor{Government: storyID(3), User: storyID(4), Email: "staff@contoh.go.id", Name: "Sari Contohwati", Language: code, Grants: grants},
	}
}

// storyPicture stands for a screenshot of an article.
const storyPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420"><rect width="640" height="420" fill="#fff"/>
<rect width="640" height="36" fill="#dfe3e8"/><rect x="12" y="9" width="420" height="18" rx="9" fill="#fff"/><text x="24" y="22" font-size="11" fill="#5b6675">kabarcontoh.id/2026/03/02/…</text>
<text x="40" y="84" font-size="24" font-weight="700" fill="#1d2530">Bupati resmikan pusat layanan</text><text x="40" y="112" font-size="13" fill="#5b6675">Senin, 2 Maret 2026 · Advertorial</text>
<rect x="40" y="132" width="560" height="160" fill="#c9ddf1"/><rect x="40" y="312" width="560" height="10" fill="#eceff2"/><rect x="40" y="334" width="520" height="10" fill="#eceff2"/><rect x="40" y="356" width="540" height="10" fill="#eceff2"/></svg>`

// storyID makes ids that are the same in every run.
func storyID(n byte) uuid.UUID {
	return uuid.UUID{0x01, 0x93, 0x5a, 0x2e, 0x10, 0x00, 0x70, 0x00, 0x80, 14: 0, 15: n}
}

// stories is every page in every state worth looking at.
func stories(in reader) []story {
	var all []story
	for _, chapter := range []func(reader) []story{
		frameStories, homeStories, budgetStories, vendorStories, priceStories, vettingStories, creatorStories, campaignStories, agreementStories, lookThroughStories, ownerStories, placementStories, mediumStories, paymentStories, handoverStories, taxStories, dossierStories,
		periodStories, cashStories, yearEndStories, overrideStories, ruleStories, procurementStories, approvalStories, hubStories, reportStories, healthStories, trailStories, portalStories,
	} {
		all = append(all, chapter(in)...)
	}
	return all
}

func frameStories(in reader) []story {
	exceeded := fault.With(fault.Conflict, "budget_exceeded", fault.Args{"line": "2.16.02.2.01.0014 / 5.1.02.02.01.0055", "available": int64(12_500_000), "requested": int64(19_980_000)})
	return []story{
		{Name: "sign-in", Page: newSignIn(in, "", "/", nil), Out: true},
		{Name: "sign-in-wrong", Page: newSignIn(in, "staff@contoh.go.id", "/", fault.New(fault.Unauthenticated, "bad_credentials")), Out: true},
		{Name: "not-found", Page: refusal(in, fault.Missing())},
		{Name: "forbidden", Page: refusal(in, fault.With(fault.Forbidden, "forbidden", fault.Args{"verb": "payment.authorise"}))},
		{Name: "session-ended", Page: refusal(in, fault.New(fault.Unauthenticated, "unauthenticated"))},
		{Name: "conflict", Page: refusal(in, exceeded)},
		{Name: "broken", Page: refusal(in, fault.New(fault.Internal, "internal"))},
	}
}

// storiesPage lists the storybook's stories.
type storiesPage struct {
	heading
	Links []link
}

func (storiesPage) template() string { return "stories" }

// Storybook serves every page in every state without database: /id/NAME and /en/NAME.
func Storybook() (*fiber.App, error) {
	w, err := New(Config{})
	if err != nil {
		return nil, err
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Use(secure)
	app.Get("/static/*", w.assets.serve)
	app.Get("/", func(c *fiber.Ctx) error { return c.Redirect("/id") })
	app.Get("/a/+/proofs/+", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "image/svg+xml")
		return c.SendString(storyPicture)
	})
	app.Get("/a/+/reports", func(c *fiber.Ctx) error { return c.RedirectBack("/id/reports") }) // a report under way looks again
	app.Get("/:lang", func(c *fiber.Ctx) error { return w.tell(c, contents(storyReader(c.Params("lang")))) })
	app.Get("/:lang/:story", func(c *fiber.Ctx) error {
		for _, s := range stories(storyReader(c.Params("lang"))) {
			if s.Name == c.Params("story") {
				return w.tell(c, s)
			}
		}
		return fiber.ErrNotFound
	})
	return app, nil
}

func contents(in reader) story {
	p := storiesPage{heading: heading{Title: in.T("stories.title")}}
	for _, s := range stories(in) {
		p.Links = append(p.Links, link{Text: s.Name, Href: "/" + in.Code() + "/" + url.PathEscape(s.Name)})
	}
	return story{Name: "contents", Page: p}
}

// tell draws one story; ?theme=dark draws it at night.
func (w *Web) tell(c *fiber.Ctx, s story) error {
	body, err := w.drawStory(storyReader(c.Params("lang")), s, c.Query("theme"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(body)
}

func (w *Web) drawStory(in reader, s story, theme string) ([]byte, error) {
	if s.Out {
		in.Actor, in.Agency, in.Agencies = access.Actor{}, registry.Agency{}, nil
	}
	f := frameOf(in, in.path(s.Name))
	if theme == "dark" {
		f.Theme = theme
	}
	if s.Door {
		f.Door = &doorway{Path: doorPath, Print: strings.HasPrefix(s.Name, "door-receipt")}
		if !s.Out {
			f.Door.CSRF = storyMark
		}
	}
	return w.views.render(f, s.Page)
}
