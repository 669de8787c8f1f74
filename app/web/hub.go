package web

import (
	"strings"

	"tayang/app/access"
)

// hubPath is the one page that leads to every register and setting of the government.
const hubPath = "/registry"

// hubPage leads to the registers and the rules, with a sentence about each.
type hubPage struct {
	heading
	Shelves []shelf
}

func (hubPage) template() string { return "hub" }

// shelf is what belongs together on the page.
type shelf struct {
	ID    string
	Title string
	Doors []door
}

// door is one register: what it is called and what it is for.
type door struct {
	Icon string
	Name string
	Note string
	Href string
}

// plan is a register before it has words: its key in the language files, and which right opens it.
type plan struct {
	key, icon, href string
	right           access.Verb
}

// hubPlan is every register and setting, in the order in which the page shows them.
func hubPlan() []struct {
	key   string
	plans []plan
} {
	read := access.RegistryRead
	return []struct {
		key   string
		plans []plan
	}{
		{"media", []plan{
			{"vendors", "building", "/vendors", read},
			{"vetting", "clipboard-check", vettingPath, read},
			{"cooperation", "list-check", "/cooperation-lists", read},
			{"owners", "users", "/owner-groups", read},
			{"pairs", "copy", vettingPath + "/pairs", read},
			{"blacklist", "ban", vettingPath + "/blacklist-entries", read},
		}},
		{"price", []plan{
			{"prices", "coins", pricesPath, read},
			{"import", "upload", pricesPath + "/import", access.RegistryWrite},
			{"tiers", "user", "/tiers", read},
		}},
		{"rule", []plan{
			{"requirements", "file-text", "/paper-requirements", read},
			{"rules", "list-check", "/rules", read},
			{"approvals", "clipboard-check", "/approval-rules", read},
			{"tax_objects", "coins", objectsPath, read},
		}},
	}
}

// newHub shows what the reader's roles open; a shelf with nothing on it is left out.
func newHub(in reader) hubPage {
	p := hubPage{heading: heading{Title: in.T("nav.hub"), Subtitle: in.T("hub.subtitle")}}
	for _, row := range hubPlan() {
		s := shelf{ID: row.key, Title: in.T("hub.shelf." + row.key)}
		for _, one := range row.plans {
			if in.Actor.Can(one.right, registryWide) == nil {
				s.Doors = append(s.Doors, door{one.icon, in.T("hub." + one.key), in.T("hub." + one.key + ".note"), one.href})
			}
		}
		if len(s.Doors) > 0 {
			p.Shelves = append(p.Shelves, s)
		}
	}
	return p
}

// behindHub reports whether a page lies behind the hub and has no place of its own in the navigation.
func behindHub(path string) bool {
	for _, row := range hubPlan() {
		for _, one := range row.plans {
			if one.key != "vendors" && (path == one.href || strings.HasPrefix(path, one.href+"/")) {
				return true
			}
		}
	}
	return path == hubPath
}

// hub is open to whoever may read the registry.
func (w *Web) hub(r *request) (answer, error) {
	if err := r.Actor.Can(access.RegistryRead, registryWide); err != nil {
		return answer{}, err
	}
	return show(newHub(r.reader))
}

func hubStories(in reader) []story {
	outside := in
	outside.Actor.Grants = []access.Grant{{Role: access.Auditor}}
	return []story{{Name: "registry", Page: newHub(in)}, {Name: "registry-auditor", Page: newHub(outside)}}
}
