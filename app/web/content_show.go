package web

import (
	"strings"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/insight"
	"tayang/app/listing"
	"tayang/app/placement"
	"tayang/app/registry"
)

// contentWords says the terms of content in one line.
func (in reader) contentWords(c *agreement.Content) string {
	if c == nil {
		return in.T("content.unspecified")
	}
	parts := []string{in.T("content.type." + string(c.Type))}
	if c.MinimumLiveDays > 0 {
		parts = append(parts, in.T("content.words.live", "n", c.MinimumLiveDays))
	}
	parts = append(parts, in.T("content.words.rounds", "n", c.RevisionRounds))
	if c.LabelText != "" {
		parts = append(parts, c.LabelText)
	}
	if len(c.InsightsDue) > 0 {
		parts = append(parts, in.T("content.words.insights", "days", "D+"+strings.ReplaceAll(daysList(c.InsightsDue), ", ", ", D+")))
	}
	return strings.Join(parts, " · ")
}

// permission is something that may or may not be done, and until when.
func (in reader) permission(p agreement.Permission) cell {
	until := ""
	if !p.Until.IsZero() {
		until = in.T("content.until", "date", in.date(p.Until))
	}
	return two(orDash(p.Text), until)
}

// creatorParts are what is agreed about content, and what is known of those who make it; none for an agreement that
// orders nothing on a social account.
func (in reader) creatorParts(f agreementFacts) []part {
	terms := &table{ID: "content-rows", Columns: []column{
		{Label: "#", Class: "num"}, {Label: in.T("field.handle")}, {Label: in.T("field.content")}, {Label: in.T("field.content.usage_rights")},
		{Label: in.T("field.content.exclusivity")}, {Label: in.T("content.tier_of_price")},
	}}
	for _, d := range f.Agreement.Deliverables {
		if !d.SocialAccountID.Valid {
			continue
		}
		rights, exclusive := text("–"), text("–")
		if d.Content != nil {
			rights, exclusive = in.permission(d.Content.UsageRights), in.permission(d.Content.Exclusivity)
		}
		terms.add("", in.count(int64(d.Position)), to(in.channelName(d.Channel), "/social-accounts/"+d.SocialAccountID.UUID.String()), two(d.Product, in.contentWords(d.Content)),
			rights, exclusive, text(orDash(d.Tier)))
	}
	if len(terms.Rows) == 0 {
		return nil
	}
	parts := []part{{ID: "content", Title: in.T("field.content"), Table: terms}}
	if known := f.Known.Facts.Influence.Accounts; len(known) > 0 {
		note := in.T("content.known.live", "date", in.date(f.Agreement.OrderDate))
		if f.Known.Frozen {
			note = in.T("content.known.frozen", "date", in.date(f.Agreement.OrderDate))
		}
		parts = append(parts, part{ID: "creators", Title: in.T("content.known"), Note: note, Table: in.known(known)})
	}
	return parts
}

// known is a row of facts for each account.
func (in reader) known(accounts []agreement.AccountFacts) *table {
	t := &table{ID: "creator-rows", Columns: []column{
		{Label: in.T("field.handle")}, {Label: in.T("field.followers"), Class: "num"}, {Label: in.T("field.tier")}, {Label: in.T("ownership.one")},
		{Label: capital(in.T("statement.kind.conflict_of_interest"))}, {Label: capital(in.T("statement.kind.civil_servant"))},
		{Label: capital(in.T("statement.kind.guardian_consent"))},
	}}
	for _, a := range accounts {
		here := "/social-accounts/" + a.SocialAccountID.String()
		followers := cell{Text: "–", Class: "num"}
		if a.Followers != nil {
			followers = in.count(*a.Followers)
			followers.Sub = in.date(a.SnapshotOn)
		}
		owner := to(in.T("content.lacks"), here+"#ownership")
		if a.Ownership != nil {
			owner = two(in.T("ownership.by."+string(a.Ownership.ProvenBy)), in.date(a.Ownership.ProvenOn)+" · "+a.Ownership.VerifiedBy)
		}
		t.add("", two("@"+a.Handle, a.CreatorName), followers, text(orDash(a.Tier)), owner,
			in.said(a.Conflict, here), in.said(a.CivilServant, here), in.consent(a, here))
		t.Rows[len(t.Rows)-1].Cells[0].Href = here
	}
	return t
}

func (in reader) said(s *agreement.StatementFact, account string) cell {
	if s == nil {
		return to(in.T("content.lacks"), account+"#statements")
	}
	return cell{Text: in.T("statement.answer." + s.Answer), Sub: in.date(s.GivenOn), Href: "/files/" + s.File}
}

func (in reader) consent(a agreement.AccountFacts, account string) cell {
	switch {
	case a.Guardian != nil:
		return cell{Text: a.Guardian.Guardian, Sub: a.Guardian.Relation + " · " + in.date(a.Guardian.GivenOn), Href: "/files/" + a.Guardian.File}
	case a.Minor:
		return to(in.T("content.lacks"), account+"#statements")
	}
	return text(in.T("content.not_needed"))
}

// insights is when figures of a placement are due, which there are, and until when it has to stay; nothing when no such
// thing is agreed and none were entered.
func (in reader) insights(f placementFacts) []part {
	p := f.Placement
	agreed := p.Content != nil && len(p.Content.InsightsDue)+int(p.Content.MinimumLiveDays) > 0
	if !agreed && len(f.Insights) == 0 && p.ChannelKind != placement.Social {
		return nil
	}
	out := part{ID: "insights", Title: in.T("insight.title"), Note: in.T("insight.note")}
	if agreed {
		out.Facts = []fact{{in.T("field.content"), text(in.contentWords(p.Content))}}
	}
	if p.PublishedOn.IsZero() {
		out.Note = in.T("insight.unpublished")
		return []part{out}
	}
	if in.enters(p) {
		out.Actions = []action{{Label: in.T("insight.enter"), Icon: "plus", Href: in.path("placements", p.ID.String(), "insights", "new")}}
	}
	if agreed {
		if until := p.Content.LiveUntil(p.PublishedOn); !until.IsZero() {
			word := in.T("insight.live.past")
			if !in.today().After(until) {
				word = in.T("insight.live.now", "n", until.Sub(in.today()))
			}
			out.Facts = append(out.Facts, fact{in.T("insight.live"), two(in.date(until), word)})
		}
	}
	due, readings := in.insightTables(f)
	parts := []part{out}
	if len(due.Rows) > 0 {
		parts[0].Table = due
	}
	if len(readings.Rows) > 0 {
		parts = append(parts, part{ID: "readings", Title: in.T("insight.readings"), Table: readings})
	}
	return parts
}

func (in reader) metricsWords(m placement.Metrics) string {
	var parts []string
	for _, name := range placement.MetricNames() {
		if n, known := m[name]; known {
			parts = append(parts, in.T("metric."+name)+" "+in.Number(n))
		}
	}
	return orDash(strings.Join(parts, " · "))
}

// insightsDue is the filter of placements whose first figures are due by today while none are entered.
const insightsDue = "insights_due_on_to"

// insightsWaiting is what waits for those who record placements; nothing when no figures are due.
func (w *Web) insightsWaiting(r *request) ([]waiting, error) {
	if !r.can(access.PlacementWrite) {
		return nil, nil
	}
	today := r.today()
	q := listing.Query{Limit: 1, Count: true, CountMax: countMax, Sort: []listing.Key{{Field: "insights_due_on"}}}.Where(insightsDue, today.String())
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil || many(page) == 0 {
		return nil, err
	}
	one := waiting{
		Count: upTo(r.reader, many(page)), Text: r.T("home.wait.insights", "n", many(page)), Href: r.path("placements") + "?" + insightsDue + "=" + today.String(),
	}
	if p := page.Items; len(p) > 0 {
		f, err := w.services.Placements.Assessment(r.ctx(), r.Actor, r.Agency.Code, p[0].ID)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Insights {
			if d.State == insight.Missing {
				one.Since = r.T("home.since", "n", d.LateDays)
				break
			}
		}
	}
	return []waiting{one}, nil
}

// tiersOf is what forms of agreements need of tiers, for those with accounts.
func (w *Web) tiersOf(r *request, accounts []registry.SocialAccount) (registry.Tiers, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	return w.tiersInForce(r)
}
