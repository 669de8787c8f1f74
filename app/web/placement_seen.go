package web

import (
	"net/url"

	"tayang/app/access"
	"tayang/app/capture"
	"tayang/app/insight"
	"tayang/app/passport"
	"tayang/app/placement"
	"tayang/app/rule"
)

// placementFacts is a placement with its proofs and what is known of them.
type placementFacts struct {
	placement.Placement
	Proofs []placement.Proof
	Known  placement.Assessment

	Insights []insight.Insight // readings that stand

	Captures []capture.Capture
	Opens    bool // pages can be opened here
	Live     liveFacts
}

// proofDoubts names each rule that the proof does not meet, what stops it first; who may is led to where it is mended.
func (in reader) proofDoubts(f placementFacts) (out []link) {
	if f.Status != placement.Planned && f.Status != placement.Published && f.Status != placement.Rejected {
		return nil
	}
	var warns []link
	for _, d := range f.Known.Doubts {
		l := link{Text: in.Field(d.Field(), in.Agency.Currency)}
		if d.Stops() {
			l.Href = in.mends(access.OverrideAsk, in.departure(string(d.Rule), f.ID.String()))
			out = append(out, l)
		} else {
			warns = append(warns, l)
		}
	}
	return append(out, warns...)
}

// departure is the address at which one document's departure from a rule is asked for.
func (in reader) departure(check, number string) string {
	q := url.Values{"kind": {"check_mode"}, "check": {check}, "number": {number}}
	return in.path("overrides", "new") + "?" + q.Encode()
}

// sightings lists the other placements that have the same evidence; nil when there are none.
func (in reader) sightings(f placementFacts) *table {
	if len(f.Known.Sightings) == 0 {
		return nil
	}
	t := &table{ID: "sighting-rows", Columns: []column{
		{Label: in.T("sighting.how")}, {Label: in.T("field.agency_id")}, {Label: in.T("field.agreement_id")}, {Label: in.T("field.title")},
		{Label: in.T("field.published_on"), Class: "date"}, {Label: in.T("field.status")},
	}}
	for _, s := range f.Known.Sightings {
		how := two(in.T("sighting.how."+string(s.How)), "")
		if s.How == placement.ByPicture {
			how.Sub = in.T("sighting.score", "score", s.Score)
		}
		title, status := text(in.T("sighting.hidden")), text("–")
		if s.PlacementID.Valid {
			title, status = to(s.Title, "/a/"+s.AgencyCode+"/placements/"+s.PlacementID.UUID.String()), in.status(string(s.Status))
		}
		t.add("", how, text(s.AgencyName), text(s.AgreementNumber), title, in.day(s.PublishedOn), status)
	}
	return t
}

// inspecting says how many of the proofs were looked into, while some wait; else it is empty.
func (in reader) inspecting(f placementFacts) string {
	done := 0
	for _, p := range f.Proofs {
		if p.Inspected {
			done++
		}
	}
	if done == len(f.Proofs) {
		return ""
	}
	return in.T("placement.inspecting", "done", done, "all", len(f.Proofs))
}

// claimed is what a file says of itself and from where it came, line by line, to be held beside what is claimed of it.
func (in reader) claimed(f placement.Proof) (out []string) {
	say := func(key, value string) {
		if value != "" {
			out = append(out, in.T("passport."+key, "value", value))
		}
	}
	if !f.Inspected {
		out = append(out, in.T("proof.inspecting"))
		say("source", f.Source)
		return out
	}
	p := f.Passport
	say("taken_at", p.TakenAt)
	if p.Latitude != "" {
		say("position", p.Latitude+", "+p.Longitude)
	}
	say("device", p.Device)
	say("created", p.Created)
	say("modified", p.Modified)
	if p.TakenAt == "" && p.Created == "" && p.Trouble == "" && passport.Reads(f.MediaType) {
		out = append(out, in.T("passport.silent"))
	}
	if p.Trouble != "" {
		out = append(out, in.T("passport.trouble."+p.Trouble))
	}
	say("source", f.Source)
	return out
}

// doubtFacts are the doubts as facts of a decision.
func (in reader) doubtFacts(f placementFacts) (out []fact) {
	for _, d := range f.Known.Doubts {
		out = append(out, fact{in.T("rule." + string(d.Rule)), text(in.FieldMessage(d.Field(), in.Agency.Currency))})
	}
	return out
}

// departureForm asks for one document's departure from a rule.
func departureForm(in reader, check rule.Code, document, number string) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide, reason.Help = true, in.T("override.help.reason")
	until := in.input("valid_until", "date", false)
	until.Help = in.T("override.help.until")
	return formPage{
		heading: heading{Title: in.T("override.kind.check_mode"), Subtitle: in.T("rule." + string(check)), Crumbs: []link{in.overrideCrumb()}},
		Action:  in.path("overrides"), Back: in.path("overrides"), Guard: true, Intro: in.T("override.intro.rule"),
		Hidden: []box{
			{Name: "kind", Value: "check_mode"}, {Name: "subject.check", Value: string(check)}, {Name: "subject.document_type", Value: document},
			{Name: "subject.document_number", Value: number},
		},
		Facts:   []fact{{in.T("override.rule"), text(in.T("rule." + string(check)))}, {in.T("override.document"), text(number)}},
		Groups:  []group{{Fields: []field{until, reason}}},
		Buttons: []button{{Label: in.T("override.ask"), Main: true, Icon: "send", Key: "s"}},
	}
}
