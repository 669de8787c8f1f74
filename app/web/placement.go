package web

import (
	"strings"
	"time"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/placement"
)

func (in reader) placementCrumb() link { return link{in.T("nav.placements"), in.path("placements")} }

func placementList(in reader, q listing.Query, page listing.Page[placement.Placement]) listPage {
	columns := in.placementColumns()
	for i, field := range []string{"title", "vendor_name", "scheduled_on", "published_on", "", "gross", "status"} {
		columns[i].Sort = field
	}
	p := in.listOf(in.path("placements"), q, columns, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("status",
			"planned", "published", "verified", "rejected", "accepted", "invoiced", "paid", "cancelled")},
		{Name: "channel_kind", Label: in.T("agreement.channel"), Options: in.options("outlet.kind", "online", "print", "radio", "tv", "outdoor", "social")},
		{Name: "fiscal_year", Label: in.T("field.fiscal_year"), Options: in.years()},
	})
	for _, of := range []string{"agreement_id", "acceptance_id", "invoice_id", "payment_id"} {
		for _, id := range q.Filters[of] {
			p.Chips = append(p.Chips, chip{in.T("placement.of." + of), address(p.Path, without(q, of))})
			p.Keep = append(p.Keep, box{Name: of, Value: id})
		}
	}
	if due := q.Filters[insightsDue]; len(due) > 0 {
		p.Chips = append(p.Chips, chip{in.T("insight.due_only"), address(p.Path, without(q, insightsDue))})
		p.Keep = append(p.Keep, box{Name: insightsDue, Value: due[0]})
	}
	p.heading = heading{Title: in.T("nav.placements"), Subtitle: in.T("placement.subtitle"), Actions: []action{
		{Label: in.T("live.list"), Icon: "refresh", Href: in.path("live-checks")},
	}}
	p.Actions = []action{{Label: in.T("airing.title"), Icon: "upload", Href: in.path("airing-logs")}, {Label: in.T("insight.imports"), Icon: "upload", Href: in.path("insight-imports")}}
	if in.can(access.PlacementWrite) {
		p.Actions = []action{
			{Label: in.T("airing.import"), Icon: "upload", Href: in.path("airing-logs", "new")}, {Label: in.T("insight.import"), Icon: "upload", Href: in.path("insight-imports", "new")},
		}
	}
	p.Hint = in.T("placement.hint")
	p.paged(in, q, page.Total, page.NextCursor)
	t := in.placementRows(page.Items)
	p.Table.Rows, p.Table.Foot = t.Rows, t.Foot
	p.Table.Empty = in.fromAgreements("placement.empty")
	return p
}

func (in reader) placementColumns() []column {
	return []column{
		{Label: in.T("field.title")},
		{Label: in.T("agreement.channel")},
		{Label: in.T("field.scheduled_on"), Class: "date"},
		{Label: in.T("field.published_on"), Class: "date"},
		{Label: in.T("field.proofs"), Class: "num"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("field.status")},
	}
}

func (in reader) placementRows(items []placement.Placement) table {
	t := table{ID: "placement-rows", Columns: in.placementColumns(), Empty: empty{Text: in.T("placement.none")}}
	for _, p := range items {
		href := in.path("placements", p.ID.String())
		proofs := cell{Text: in.Number(p.Proofs), Class: "num"}
		if p.Proofs == 0 {
			proofs.Text = "–"
		}
		t.add(href,
			number(p.Title, href, p.Product+" · "+p.AgreementNumber), two(in.channelName(p.Channel), p.VendorName),
			in.day(p.ScheduledOn), in.appeared(p), proofs, in.money(p.Gross), in.status(string(p.Status)),
		)
	}
	if len(items) > 0 {
		t.Foot = []cell{text(in.T("list.page_total")), text(""), text(""), text(""), text(""), in.money(sumOf(items)), text("")}
	}
	return t
}

func placementRecord(in reader, f placementFacts) recordPage {
	p := f.Placement
	status := in.status(string(p.Status))
	out := recordPage{heading: heading{
		Title: p.Title, Subtitle: p.Product + " · " + in.channelName(p.Channel),
		Crumbs:  []link{in.placementCrumb(), {p.AgreementNumber, in.path("agreements", p.AgreementID.String())}},
		Actions: in.placementActions(p),
	}, State: &status, Steps: in.placementSteps(p), Missing: append(append(in.placementMissing(p), in.proofDoubts(f)...), in.insightsMissing(f)...), Passed: in.flagged(p)}
	if p.Remark != "" {
		out.Warn = in.T("record.reason", "reason", p.Remark)
	}
	out.Figures = in.priced(p.Net, p.VAT, p.Gross)
	evidence := part{ID: "proofs", Title: in.T("field.proofs"), Note: in.T("placement.proofs.note"), Images: in.proofs(f)}
	if note := in.inspecting(f); note != "" {
		evidence.Note = note
	}
	if len(f.Proofs) == 0 {
		evidence.Table = &table{Empty: empty{Text: in.T("placement.proofs.empty")}}
	}
	out.Parts = []part{{ID: "publication", Title: in.T("placement.publication"), Facts: append(in.publication(p), in.captureBy(f)...)}, evidence}
	if seen := in.sightings(f); seen != nil {
		out.Parts = append(out.Parts, part{ID: "sightings", Title: in.T("sighting.title"), Note: in.T("sighting.note"), Table: seen})
	}
	if len(f.Captures) > 0 || in.records(p) && p.URL != "" {
		out.Parts = append(out.Parts, in.captures(f))
	}
	if part := in.live(f); part != nil {
		out.Parts = append(out.Parts, *part)
	}
	out.Parts = append(out.Parts, in.insights(f)...)
	if in.records(p) {
		form := proofForm(in, p)
		out.Parts = append(out.Parts, part{ID: "new-proof", Title: in.T("placement.prove"), Form: &form})
	}
	return out
}

// records reports whether the reader may still change the evidence.
func (in reader) records(p placement.Placement) bool {
	switch p.Status {
	case placement.Planned, placement.Published, placement.Rejected:
		return in.can(access.PlacementWrite)
	case placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid, placement.Cancelled:
	}
	return false
}

// judges reports whether the reader may verify: not one who had a hand in the evidence.
func (in reader) judges(p placement.Placement) bool {
	for _, id := range p.Authors() {
		if id == in.Actor.User {
			return false
		}
	}
	return in.can(access.PlacementVerify)
}

func (in reader) placementActions(p placement.Placement) (out []action) {
	here := in.path("placements", p.ID.String())
	if p.Status == placement.Published && in.judges(p) {
		out = append(out, action{Label: in.T("placement.decide"), Icon: "clipboard-check", Href: here + "/decide", Main: true, Key: "s"})
	}
	if in.records(p) {
		out = append(out, action{Label: in.T("placement.record"), Icon: "pencil", Href: here + "/publication", Main: len(out) == 0, Key: "e"},
			action{Label: in.T("placement.cancel"), Icon: "ban", Href: here + "/cancel", Danger: true})
	}
	if p.Status == placement.Verified && in.judges(p) {
		out = append(out, action{Label: in.T("placement.unverify"), Icon: "rotate", Href: here + "/decide"})
	}
	return append(out, in.makeGoodActions(p)...)
}

func (in reader) placementSteps(p placement.Placement) []step {
	order := []placement.Status{placement.Planned, placement.Published, placement.Verified, placement.Accepted, placement.Invoiced, placement.Paid}
	at := map[placement.Status]string{placement.Planned: in.date(p.ScheduledOn), placement.Verified: in.moments(p.VerifiedAt)}
	if !p.PublishedOn.IsZero() {
		at[placement.Published] = in.date(p.PublishedOn)
	}
	reached := 0
	for i, s := range order {
		if s == p.Status || p.Status == placement.Rejected && s == placement.Published {
			reached = i
		}
	}
	var steps []step
	for i, s := range order {
		one := step{Label: in.T("status." + string(s)), Done: i <= reached, Current: i == reached}
		if i <= reached && at[s] != "–" {
			one.At = at[s]
		}
		steps = append(steps, one)
	}
	return steps
}

// placementMissing names the evidence that an auditor would ask for.
func (in reader) placementMissing(p placement.Placement) (out []link) {
	if p.Status != placement.Planned && p.Status != placement.Published && p.Status != placement.Rejected {
		return nil
	}
	record := in.mends(access.PlacementWrite, in.path("placements", p.ID.String(), "publication"))
	need := func(missing bool, key, to string) {
		if missing {
			out = append(out, link{in.T("placement.missing." + key), to})
		}
	}
	need(p.PublishedOn.IsZero(), "published_on", record)
	switch p.ChannelKind {
	case placement.Online, placement.Social:
		need(p.URL == "", "url", record)
	case placement.Print:
		need(p.Edition == "" || p.Page == "", "page", record)
	case placement.Radio, placement.TV:
		need(p.Slot == "", "slot", record)
	case placement.Outdoor:
	}
	need(p.LabelRequired && p.LabelPresent == nil, "label", record)
	if in.records(p) {
		need(p.Proofs == 0, "proof", "#new-proof")
	} else {
		need(p.Proofs == 0, "proof", "")
	}
	return out
}

func (in reader) publication(p placement.Placement) []fact {
	label := in.T("word.unanswered")
	if p.LabelPresent != nil {
		label = in.yes(*p.LabelPresent)
	}
	facts := []fact{
		{in.T("field.agreement_id"), to(p.AgreementNumber, in.path("agreements", p.AgreementID.String()))},
		{in.T("field.vendor_id"), to(p.VendorName, "/vendors/"+p.VendorID.String())},
		{in.T("agreement.channel"), two(in.channelName(p.Channel), in.T("outlet.kind."+string(p.ChannelKind)))},
		{in.T("field.scheduled_on"), text(in.date(p.ScheduledOn))},
		{in.T("field.published_on"), text(in.date(p.PublishedOn))},
		{in.T("field.url"), webAddress(p.URL)},
	}
	facts = append(facts, in.makeGoodFacts(p)...)
	for _, f := range []struct{ key, value string }{{"edition", p.Edition}, {"page", p.Page}, {"slot", p.Slot}} {
		if f.value != "" {
			facts = append(facts, fact{in.T("field." + f.key), text(f.value)})
		}
	}
	facts = append(append(facts, fact{in.T("field.label_present"), text(label)}), in.lateFacts(p)...)
	for _, name := range placement.MetricNames() {
		if n, known := p.Metrics[name]; known {
			facts = append(facts, fact{in.T("metric." + name), in.count(n)})
		}
	}
	return facts
}

func (in reader) proofs(of placementFacts) (out []image) {
	for _, f := range of.Proofs {
		href, small := in.path("placements", of.ID.String(), "proofs", f.ID.String()), ""
		if f.Thumbnail != "" {
			small = href + "/thumbnail"
		}
		captured := ""
		if f.CapturedAt != nil {
			captured = in.moment(*f.CapturedAt) + " · "
		}
		out = append(out, image{
			Src: href, Small: small, Picture: strings.HasPrefix(f.MediaType, "image/"), Lines: in.claimed(f),
			Caption: in.T("proof.kind."+string(f.Kind)) + " · " + in.T("proof.origin."+string(f.Origin)),
			Sub:     in.logRow(f) + captured + f.Filename + " · " + in.Number((f.Size+1023)/1024) + " KiB · SHA-256 " + f.SHA256[:min(12, len(f.SHA256))] + "…",
		})
	}
	return out
}

// logRow says which row of a log shows the placement.
func (in reader) logRow(f placement.Proof) string {
	if f.LogRow == 0 {
		return ""
	}
	return in.T("airing.by_row", "n", f.LogRow) + " · "
}

func (w *Web) placements(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(placementList(r.reader, q, page))
}

// placementOf fetches the placement that the address names, with its proofs and what is known of them.
func (w *Web) placementOf(r *request) (f placementFacts, err error) {
	id, err := r.id("id")
	if err != nil {
		return f, err
	}
	if f.Placement, err = w.services.Placements.Get(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return f, err
	}
	page, err := w.services.Proofs.List(r.ctx(), r.Actor, r.Agency.Code, id, listing.All())
	if err != nil {
		return f, err
	}
	f.Proofs = page.Items
	if f.Known, err = w.services.Placements.Assessment(r.ctx(), r.Actor, r.Agency.Code, id); err != nil {
		return f, err
	}
	readings, err := w.services.Insights.List(r.ctx(), r.Actor, r.Agency.Code, id, listing.All().Where("voided", "false"))
	if err != nil {
		return f, err
	}
	f.Insights = readings.Items
	captured, err := w.services.Captures.List(r.ctx(), r.Actor, r.Agency.Code, id, listing.Query{Limit: 20})
	f.Captures, f.Opens = captured.Items, w.services.Captures.Available()
	if err == nil {
		err = w.liveOf(r, &f)
	}
	return f, err
}

func (w *Web) placement(r *request) (answer, error) {
	f, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	passed, err := w.usesOf(r, f.ID)
	if err != nil {
		return answer{}, err
	}
	shown := placementRecord(r.reader, f)
	shown.Passed = append(shown.Passed, r.passedBy(passed)...)
	if err := w.proposed(r, &shown, f.ID); err != nil {
		return answer{}, err
	}
	return w.record(r, shown, f.ID)
}

// moment reads a time of the office's clock as a browser sends it; nothing typed is none.
func (t *typed) moment(name string) *time.Time {
	if t.get(name) == "" {
		return nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", t.get(name), t.Place)
	if err != nil {
		t.wrong.Add(pointer(name), "date_invalid")
		return nil
	}
	return &at
}
