package web

import (
	"bufio"
	"strconv"
	"time"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/live"
	"tayang/app/placement"
)

// liveFacts is what is known of whether a placement is still there.
type liveFacts struct {
	Checks     []live.Check
	Shortfalls []live.Shortfall
	Looks      bool // the program looks by itself here
}

// live is the part of a placement's page that says whether it is still there: every look, and the money of what was taken
// down early; nil where there is no page to look at and nobody ever did.
func (in reader) live(f placementFacts) *part {
	if !live.Checkable(f.Placement) && len(f.Live.Checks) == 0 {
		return nil
	}
	p := part{ID: "live", Title: in.T("live.title"), Note: in.T("live.note"), Facts: in.liveMoney(f), Table: in.liveRows(f.Live.Checks)}
	if !f.Live.Looks {
		p.Note = in.T("live.by_hand")
	}
	if live.Checkable(f.Placement) && in.can(access.PlacementVerify) && !waits(f.Live.Checks) {
		p.Form = &formPage{
			Action: in.path("placements", f.ID.String(), "live-checks"), Buttons: []button{{Label: in.T("live.ask"), Icon: "refresh"}},
		}
	}
	return &p
}

func waits(checks []live.Check) bool {
	for _, c := range checks {
		if !c.Ended() {
			return true
		}
	}
	return false
}

// liveMoney says until when the placement had to stay, and the money of what is short, in words.
func (in reader) liveMoney(f placementFacts) (facts []fact) {
	if until := live.Until(f.Placement); !until.IsZero() {
		facts = append(facts, fact{in.T("live.until"), text(in.date(until))})
	}
	for _, s := range f.Live.Shortfalls {
		shown := to(in.shortfallWords(s), in.path("shortfalls", s.ID.String()))
		shown.Sub = in.T("shortfall.status." + string(s.Status))
		facts = append(facts, fact{in.T("shortfall.one"), shown})
	}
	return facts
}

// shortfallWords says the money of a shortfall and by what it was reckoned.
func (in reader) shortfallWords(s live.Shortfall) string {
	return in.T("shortfall.words."+string(s.Rule), "amount", in.shown(s.Gross), "missing", s.DaysMissing, "agreed", s.DaysAgreed, "seen", in.date(s.SeenOn),
		"gone", in.date(s.GoneOn))
}

func (in reader) liveRows(checks []live.Check) *table {
	t := &table{ID: "live-rows", Empty: empty{Text: in.T("live.none")}, Columns: []column{
		{Label: in.T("live.due_on"), Class: "date"}, {Label: in.T("live.purpose")}, {Label: in.T("live.result")}, {Label: in.T("live.checked")},
		{Label: in.T("live.answer"), Class: "num"}, {Label: in.T("live.evidence")}, {Label: in.T("live.deed")},
	}}
	for _, c := range checks {
		t.add("", append([]cell{in.day(c.DueOn), text(in.T("live.purpose." + string(c.Purpose)))}, in.liveCells(c)...)...)
	}
	return t
}

// liveCells are what a check found, when and by whom, its answer, its evidence, and what a person may do with it.
func (in reader) liveCells(c live.Check) []cell {
	here := in.path("placements", c.PlacementID.String(), "live-checks", c.ID.String())
	result := two(in.T("live.status."+string(c.Status)), "")
	switch {
	case c.Status == capture.Running:
		result.Sub = in.T("live.running", "progress", c.Step.Progress(), "attempt", c.Attempts)
	case c.Status == capture.Failed:
		result.Sub = in.Fault(&fault.Error{Code: c.Error}, in.Agency.Currency)
	case c.Result != live.NoResult:
		result = two(in.T("live.result."+string(c.Result)), c.Statement)
		if c.Statement == "" {
			result.Sub = c.PageTitle
		}
	}
	at, answer, evidence, deed := text("–"), text("–"), text("–"), text("")
	if c.CheckedAt != nil {
		at = two(in.moment(*c.CheckedAt), in.T("live.origin."+string(c.Origin)))
	}
	if c.HTTPStatus != 0 {
		answer = cell{Text: strconv.Itoa(c.HTTPStatus), Class: "num"}
	}
	if c.File != "" {
		evidence = to(c.File[:min(12, len(c.File))]+"…", here)
	}
	if in.statable(c) {
		deed = to(in.T("live.state"), here+"/state")
	}
	return []cell{result, at, answer, evidence, deed}
}

// statable reports whether the reader may give the check his word.
func (in reader) statable(c live.Check) bool {
	open := c.Status == capture.Queued || c.Status == capture.Failed || c.Result == live.Unclear
	return open && in.can(access.PlacementVerify)
}

func (w *Web) liveOf(r *request, f *placementFacts) error {
	f.Live.Looks = w.services.Live.Opens()
	q := listing.Query{Limit: 20}.Where("placement_id", f.ID.String())
	checks, err := w.services.Live.All(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return err
	}
	short, err := w.services.Live.Shortfalls(r.ctx(), r.Actor, r.Agency.Code, q)
	f.Live.Checks, f.Live.Shortfalls = checks.Items, short.Items
	return err
}

func (w *Web) askLive(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := w.services.Live.Ask(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		refused, ok := isFault(err)
		if !ok {
			return answer{}, err
		}
		f, err := w.placementOf(r)
		if err != nil {
			return answer{}, err
		}
		page := placementRecord(r.reader, f)
		for i := range page.Parts {
			if form := page.Parts[i].Form; form != nil && page.Parts[i].ID == "live" {
				form.mark(r.reader, refused)
				return again(page, refused)
			}
		}
		return answer{}, refused
	}
	return done(r.path("placements", id.String())+"#live", "flash.live")
}

// stateForm asks for a person's word on a check.
func stateForm(in reader, c live.Check) formPage {
	back := in.path("placements", c.PlacementID.String())
	said := in.input("statement", "textarea", true)
	said.Wide, said.Help = true, in.T("live.help.statement")
	gone := in.input("gone_on", "date", false)
	gone.Help = in.T("live.help.gone_on")
	shown := in.upload(true, evidence)
	shown.Wide = true
	return formPage{
		heading: heading{Title: in.T("live.state.title"), Subtitle: c.PlacementTitle, Crumbs: []link{in.placementCrumb(), {c.PlacementTitle, back}}},
		Action:  in.path("placements", c.PlacementID.String(), "live-checks", c.ID.String(), "state"), Back: back + "#live", Multipart: true, Guard: true,
		Intro: in.T("live.state.intro"), Hidden: []box{version64(c.Version)},
		Facts: []fact{
			{in.T("field.url"), webAddress(c.URL)}, {in.T("live.purpose"), text(in.T("live.purpose." + string(c.Purpose)))},
			{in.T("live.due_on"), text(in.date(c.DueOn))},
		},
		Groups:  []group{{Fields: []field{in.choice("result", true, in.options("live.result", "there", "gone")), gone, said, shown}}},
		Buttons: []button{{Label: in.T("live.state"), Main: true, Icon: "check", Key: "s"}},
	}
}

func (w *Web) liveCheckOf(r *request) (c live.Check, err error) {
	id, err := r.id("id")
	if err != nil {
		return c, err
	}
	below, err := r.id("below")
	if err != nil {
		return c, err
	}
	return w.services.Live.Get(r.ctx(), r.Actor, r.Agency.Code, id, below)
}

func (w *Web) askState(r *request) (answer, error) {
	c, err := w.liveCheckOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(stateForm(r.reader, c))
}

func (w *Web) stateLive(r *request) (answer, error) {
	c, err := w.liveCheckOf(r)
	if err != nil {
		return answer{}, err
	}
	if err = w.stated(r, c); err != nil {
		c.Version = r.version(err, c.Version)
		return r.refused(stateForm(r.reader, c), err)
	}
	return done(r.path("placements", c.PlacementID.String())+"#live", "flash.live.stated")
}

func (w *Web) stated(r *request, c live.Check) error {
	t := r.typed()
	said := live.Statement{Result: live.Result(t.text("result")), Text: t.text("statement"), GoneOn: t.date("gone_on")}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	header, body, err := r.sent()
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	_, err = w.services.Live.State(r.ctx(), r.Actor, r.Agency.Code, c.PlacementID, c.ID, r.expected(), said, file.Sent{
		Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body),
	})
	return err
}

// openLive sends the evidence of a check.
func (w *Web) openLive(r *request) (answer, error) { return w.sendProof(r, w.services.Live.Open) }

func liveList(in reader, q listing.Query, page listing.Page[live.Check]) listPage {
	columns := []column{
		{Label: in.T("field.title"), Sort: "placement_title"}, {Label: in.T("agreement.channel"), Sort: "vendor_name"},
		{Label: in.T("live.due_on"), Class: "date", Sort: "due_on"}, {Label: in.T("live.purpose"), Sort: "purpose"},
		{Label: in.T("live.result"), Sort: "result"}, {Label: in.T("live.checked"), Sort: "checked_at"}, {Label: in.T("live.answer"), Class: "num"},
		{Label: in.T("live.evidence")}, {Label: in.T("live.deed")},
	}
	p := in.listOf(in.path("live-checks"), q, columns, []filter{
		{Name: "due", Label: in.T("live.due"), Options: []option{{Value: "true", Label: in.T("word.yes")}, {Value: "false", Label: in.T("word.no")}}},
		{Name: "result", Label: in.T("live.result"), Options: in.options("live.result", "there", "gone", "unclear")},
		{Name: "purpose", Label: in.T("live.purpose"), Options: in.options("live.purpose", "live_period_end", "before_payment", "manual")},
	})
	p.heading = heading{Title: in.T("live.list"), Subtitle: in.T("live.subtitle"), Crumbs: []link{in.placementCrumb()}, Actions: []action{
		{Label: in.T("shortfall.list"), Icon: "coins", Href: in.path("shortfalls")},
	}}
	p.Hint = in.T("live.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	for _, c := range page.Items {
		href := in.path("placements", c.PlacementID.String())
		cells := append([]cell{
			number(c.PlacementTitle, href, c.AgreementNumber), two(in.channelName(c.Channel), c.VendorName), in.day(c.DueOn),
			text(in.T("live.purpose." + string(c.Purpose))),
		}, in.liveCells(c)...)
		p.Table.add(href+"#live", cells...)
	}
	p.Table.Empty = empty{Text: in.T("live.empty")}
	return p
}

func (w *Web) liveChecks(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Live.All(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(liveList(r.reader, q, page))
}

// stillWaiting are the looks that are due, the shortfalls that nobody decided on, and the stories that are gone soon.
func (in reader) stillWaiting(found live.Waiting) (out []waiting) {
	if found.Due > 0 {
		out = append(out, waiting{
			Count: in.Number(found.Due), Text: in.T("remind.live_due"), Href: in.path("live-checks") + "?due=true&sort=due_on",
			Since: in.T("remind.live_due.since", "date", in.date(found.DueSince)),
		})
	}
	if found.Open > 0 {
		out = append(out, waiting{
			Count: in.Number(found.Open), Text: in.T("remind.gone_early", "amount", in.shown(found.OpenGross)), Href: in.path("shortfalls") + "?status=open",
			Since: in.T("remind.gone_early.since", "date", in.date(found.OpenSince)),
		})
	}
	for _, s := range found.Stories {
		key := "remind.story"
		hours := int64(s.Deadline.Sub(in.Now) / time.Hour)
		if s.Deadline.Before(in.Now) {
			key, hours = "remind.story_late", 0
		}
		out = append(out, waiting{
			Count: in.Number(hours), Text: s.Title + " · " + in.channelName(s.Channel), Href: in.path("placements", s.PlacementID.String()),
			Since: in.T(key, "time", in.moment(s.Deadline)),
		})
	}
	return out
}

// captureBy is until when a story has to be captured.
func (in reader) captureBy(f placementFacts) (facts []fact) {
	if by := f.Known.CaptureBy; by != nil && f.Status == placement.Published {
		facts = append(facts, fact{in.T("live.capture_by"), text(in.moment(*by))})
	}
	return facts
}
