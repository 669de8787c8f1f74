package web

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/insight"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/placement"
)

// Insights is what the pages of figures need.
type Insights interface {
	Enter(ctx context.Context, actor access.Actor, agency string, placement uuid.UUID, f insight.Form) (insight.Insight, error)
	Get(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (insight.Insight, error)
	List(ctx context.Context, actor access.Actor, agency string, placement uuid.UUID, q listing.Query) (listing.Page[insight.Insight], error)
	Void(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID, expected *int64, reason string) (insight.Insight, error)
	InsightImports
}

// InsightImports is what the pages of exports need.
type InsightImports interface {
	Stage(ctx context.Context, actor access.Actor, agency string, takenOn period.Date, sent file.Sent) (insight.Import, error)
	Imports(ctx context.Context, actor access.Actor, agency string, q listing.Query) (listing.Page[insight.Import], error)
	Import(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (insight.Import, error)
	Commit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (insight.Import, error)
	VoidImport(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string) (insight.Import, error)
}

// enters reports whether the reader may enter figures of the placement: also after it was verified, as most are due then.
func (in reader) enters(p placement.Placement) bool {
	switch p.Status {
	case placement.Published, placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid:
		return in.can(access.PlacementWrite)
	case placement.Planned, placement.Rejected, placement.Cancelled:
	}
	return false
}

// insightTables are the figures that are due and how it stands with them, and the readings that there are.
func (in reader) insightTables(f placementFacts) (due, readings *table) {
	here := in.path("placements", f.ID.String(), "insights")
	due = &table{ID: "insight-rows", Columns: []column{{Label: in.T("insight.day")}, {Label: in.T("insight.due"), Class: "date"}, {Label: in.T("field.status")}}}
	for _, d := range f.Placement.Agenda(f.Insights, in.today()) {
		state := in.dueState(d)
		if state.Class == "over" && in.enters(f.Placement) {
			state.Href = here + "/new"
		}
		due.add("", text("D+"+in.Number(d.Day)), in.day(d.On), state)
	}
	readings = &table{ID: "reading-rows", Columns: []column{
		{Label: in.T("field.taken_on"), Class: "date"}, {Label: in.T("insight.day")}, {Label: in.T("field.metrics")}, {Label: in.T("insight.source")}, {Label: in.T("insight.void")},
	}}
	for _, i := range f.Insights {
		source := text(in.T("insight.source." + string(i.Source)))
		if i.File != "" {
			source = cell{Text: source.Text, Href: "/files/" + i.File, Sub: in.T("insight.row", "n", i.Row)}
		}
		void := text("")
		if in.enters(f.Placement) {
			void = to(in.T("insight.void"), here+"/"+i.ID.String()+"/void")
		}
		readings.add("", in.day(i.TakenOn), text(in.dueDay(i.DueDay)), text(in.metricsWords(metricsOf(i.Figures))), source, void)
	}
	return due, readings
}

func (in reader) dueDay(day int64) string {
	if day == 0 {
		return in.T("insight.other")
	}
	return "D+" + in.Number(day)
}

func metricsOf(f insight.Figures) placement.Metrics {
	out := placement.Metrics{}
	for _, name := range insight.Names() {
		if n, there := f.Of(name); there {
			out[name] = n
		}
	}
	return out
}

// dueState says how it stands with figures that were agreed.
func (in reader) dueState(d insight.Due) cell {
	switch d.State {
	case insight.Taken:
		if d.LateDays > 0 {
			return two(in.T("insight.entered"), in.T("insight.late", "n", d.LateDays))
		}
		return two(in.T("insight.entered"), in.date(d.TakenOn))
	case insight.Undated:
		return text(in.T("insight.undated"))
	case insight.DueNow:
		return cell{Text: in.T("insight.today"), Class: "over"}
	case insight.Missing:
		return cell{Text: in.T("insight.late", "n", d.LateDays), Class: "over"}
	case insight.Later:
	}
	return text(in.T("insight.later", "n", d.On.Sub(in.today())))
}

// insightsMissing names figures that were due and are not there.
func (in reader) insightsMissing(f placementFacts) (out []link) {
	href := ""
	if in.enters(f.Placement) {
		href = in.path("placements", f.ID.String(), "insights", "new")
	}
	for _, d := range f.Placement.Agenda(f.Insights, in.today()) {
		if d.State == insight.Missing || d.State == insight.DueNow {
			out = append(out, link{in.T("insight.missing", "day", d.Day, "on", in.date(d.On), "n", d.LateDays), href})
		}
	}
	return out
}

// insightForm enters figures as of a day.
func insightForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	taken := in.input("taken_on", "date", true)
	taken.Value = in.today().String()
	due := in.choice("due_day", false, []option{{Label: in.T("insight.fitting")}})
	if p.Content != nil {
		for _, day := range p.Content.InsightsDue {
			due.Options = append(due.Options, option{Value: in.Number(day), Label: "D+" + in.Number(day)})
		}
	}
	due.Options = append(due.Options, option{Value: "0", Label: in.T("insight.other")})
	var figures []field
	for _, name := range insight.Names() {
		f := in.input(name, "number", false)
		f.Label = in.T("metric." + name)
		figures = append(figures, f)
	}
	return formPage{
		heading: heading{Title: in.T("insight.enter"), Subtitle: p.Title + " · " + in.channelName(p.Channel), Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/insights", Back: here + "#insights", Guard: true, Intro: in.T("insight.intro"),
		Groups:  []group{{Fields: []field{taken, due}}, {Title: in.T("field.metrics"), Fields: figures}},
		Buttons: []button{{Label: in.T("word.save"), Main: true, Icon: "check", Key: "s"}},
	}
}

func insightTyped(t *typed) insight.Form {
	f := insight.Form{TakenOn: t.date("taken_on")}
	if t.get("due_day") != "" {
		day := t.whole("due_day")
		f.DueDay = &day
	}
	for _, name := range insight.Names() {
		if t.get(name) != "" {
			n := t.whole(name)
			*f.At(name) = &n
		}
	}
	return f
}

// voidInsightForm asks why a reading is void.
func voidInsightForm(in reader, p placement.Placement, i insight.Insight) formPage {
	here := in.path("placements", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("insight.void_it"), Subtitle: p.Title, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/insights/" + i.ID.String() + "/void", Back: here + "#insights", Intro: in.T("insight.void_intro"), Hidden: []box{version64(i.Version)},
		Facts:  []fact{{in.T("field.taken_on"), text(in.date(i.TakenOn))}, {in.T("insight.day"), text(in.dueDay(i.DueDay))}, {in.T("field.metrics"), text(in.metricsWords(metricsOf(i.Figures)))}},
		Groups: []group{{Fields: []field{reason}}}, Buttons: []button{{Label: in.T("insight.void_it"), Danger: true, Icon: "ban"}},
	}
}

func (w *Web) newInsight(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(insightForm(r.reader, p.Placement))
}

func (w *Web) enterInsight(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := insightTyped(t)
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Insights.Enter(r.ctx(), r.Actor, r.Agency.Code, p.ID, f)
	}
	if err != nil {
		return r.refused(insightForm(r.reader, p.Placement), err)
	}
	return done(r.path("placements", p.ID.String())+"#insights", "flash.saved", "what", p.Title)
}

// readingOf fetches the placement and the reading that the address names.
func (w *Web) readingOf(r *request) (f placementFacts, i insight.Insight, err error) {
	if f, err = w.placementOf(r); err != nil {
		return f, i, err
	}
	id, err := r.id("below")
	if err == nil {
		i, err = w.services.Insights.Get(r.ctx(), r.Actor, r.Agency.Code, f.ID, id)
	}
	return f, i, err
}

func (w *Web) askVoidInsight(r *request) (answer, error) {
	p, i, err := w.readingOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(voidInsightForm(r.reader, p.Placement, i))
}

func (w *Web) voidInsight(r *request) (answer, error) {
	p, i, err := w.readingOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Insights.Void(r.ctx(), r.Actor, r.Agency.Code, p.ID, i.ID, r.expected(), reason)
	}
	if err != nil {
		i.Version = r.version(err, i.Version)
		return r.refused(voidInsightForm(r.reader, p.Placement, i), err)
	}
	return done(r.path("placements", p.ID.String())+"#insights", "flash.import_void", "what", r.date(i.TakenOn))
}

func (w *Web) insightRoutes(get, post route) {
	get("/placements/:id/insights/new", may(access.PlacementWrite, w.newInsight))
	post("/placements/:id/insights", w.enterInsight)
	get("/placements/:id/insights/:below/void", may(access.PlacementWrite, w.askVoidInsight))
	post("/placements/:id/insights/:below/void", w.voidInsight)
	get("/insight-imports", w.insightImports)
	get("/insight-imports/new", may(access.PlacementWrite, func(r *request) (answer, error) { return show(insightImportForm(r.reader)) }))
	post("/insight-imports", w.bringExport)
	get("/insight-imports/:id", w.insightImport)
	post("/insight-imports/:id/commit", w.commitExport)
	get("/insight-imports/:id/void", may(access.PlacementWrite, w.askVoidExport))
	post("/insight-imports/:id/void", w.voidExport)
}
