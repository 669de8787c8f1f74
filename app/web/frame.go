package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/registry"
)

// page is what one template shows. The struct of each page holds its texts already in the reader's language.
type page interface {
	template() string
	head() heading
}

// heading is what every page begins with.
type heading struct {
	Title    string
	Subtitle string
	Crumbs   []link
	Actions  []action
}

func (h heading) head() heading { return h }

type link struct {
	Text string
	Href string
}

// action is a button: a link, or a form of its own when something changes.
type action struct {
	Label   string
	Icon    string
	Href    string
	Post    bool
	Main    bool
	Danger  bool
	Key     string // the key that does the same
	Version int64  // of the object that the reader has seen
}

type navItem struct {
	Label   string
	Icon    string
	Href    string
	Current bool
}

// frame is what surrounds every page.
type frame struct {
	reader
	Theme    string
	Path     string
	Request  string
	Message  string // what was just done
	Nav      []navItem
	SignedIn bool
	Door     *doorway // what surrounds a vendor's page instead
}

func (w *Web) frame(r *request) frame {
	f := frameOf(r.reader, r.c.Path())
	if f.Door = r.door; f.Door != nil {
		return f
	}
	if flash := takeFlash(r.c); flash.Key != "" {
		f.Message = r.T(flash.Key, flash.values()...)
	}
	f.Request = r.c.GetRespHeader("X-Request-Id")
	if theme := r.c.Cookies("theme"); slices.Contains([]string{"light", "dark"}, theme) {
		f.Theme = theme
	}
	f.Path = r.here()
	return f
}

// here is where the reader can come back to: this page, or the one that its form was sent from.
func (r *request) here() string {
	if r.c.Method() == fiber.MethodGet {
		return r.c.OriginalURL()
	}
	from, err := url.Parse(r.c.Get(fiber.HeaderReferer))
	if err != nil || from.Path == "" {
		return "/"
	}
	return inside(from.RequestURI())
}

func frameOf(in reader, path string) frame {
	f := frame{reader: in, Theme: "auto", Path: path, SignedIn: in.Actor.Email != ""}
	if f.SignedIn {
		f.Nav = in.nav(path)
	}
	return f
}

// nav is the places that the reader's roles open, as far as an agency is at hand.
func (in reader) nav(path string) []navItem {
	var items []navItem
	add := func(key, icon, href string) {
		current := path == href || href != "/" && strings.HasPrefix(path, href+"/")
		items = append(items, navItem{Label: in.T("nav." + key), Icon: icon, Href: href, Current: current})
	}
	if in.Agency.Code != "" && in.can(access.Read) {
		items = append(items, navItem{Label: in.T("nav.home"), Icon: "home", Href: in.path("home"), Current: path == in.path("home")})
		add("budgets", "wallet", in.path("budgets"))
		add("campaigns", "flag", in.path("campaigns"))
		add("agreements", "file-text", in.path("agreements"))
		add("placements", "speakerphone", in.path("placements"))
		add("payments", "cash", in.path("payments"))
	}
	if in.Agency.Code != "" && in.can(access.OverrideRead) {
		add("overrides", "alert-triangle", in.path("overrides"))
	}
	if in.Actor.Can(access.RegistryRead, registryWide) == nil {
		add("vendors", "building", "/vendors")
		items = append(items, navItem{Label: in.T("nav.hub"), Icon: "list-check", Href: hubPath, Current: behindHub(path)})
	}
	if in.Agency.Code != "" && in.can(access.ReportMake) {
		add("reports", "file-spreadsheet", in.path("reports"))
		add("trail", "history", in.path("trail"))
	}
	if in.seesHealth() {
		add("health", "shield-check", "/health")
	}
	return items
}

// Printed is when the page was made, for its foot on paper.
func (f frame) Printed() string { return f.moment(f.Now) + " " + f.Now.In(f.Place).Format("MST") }

// Initials are up to two letters for the round mark beside the person's name.
func (f frame) Initials() string {
	out := ""
	for _, word := range strings.Fields(f.Actor.Name) {
		if r := []rune(word); len([]rune(out)) < 2 {
			out += strings.ToUpper(string(r[0]))
		}
	}
	return out
}

// Roles are the reader's roles in the agency at hand, in words.
func (f frame) Roles() string {
	var names []string
	for _, g := range f.Actor.Grants {
		if name := f.roleName(g); !slices.Contains(names, name) && (g.Agency == registryWide || g.Agency == f.Agency.ID || f.Agency.Code == "") {
			names = append(names, name)
		}
	}
	return strings.Join(names, " · ")
}

// roleName is a role in words, and that it is held for somebody else.
func (in reader) roleName(g access.Grant) string {
	name := in.T("role." + string(g.Role))
	if g.For != "" {
		return in.T("role.acting", "role", name)
	}
	return name
}

// Others are the agencies that the reader could turn to.
func (f frame) Others() []registry.Agency {
	return slices.DeleteFunc(slices.Clone(f.Agencies), func(a registry.Agency) bool { return a.ID == f.Agency.ID })
}
