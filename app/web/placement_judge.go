package web

import (
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/placement"
)

// judgeForm is the decision on a placement: the claim beside its proofs, large.
func judgeForm(in reader, f placementFacts) formPage {
	p := f.Placement
	here := in.path("placements", p.ID.String())
	reason := in.input("reason", "textarea", false)
	reason.Wide, reason.Help = true, in.T("placement.help.reject")
	buttons := []button{{Label: in.T("placement.verify"), Name: "verb", Value: "verify", Main: true, Icon: "check", Key: "s"}}
	if p.Status == placement.Verified {
		buttons = nil
	}
	var seen []table
	if t := in.sightings(f); t != nil {
		t.Caption = in.T("sighting.title")
		seen = append(seen, *t)
	}
	facts := append(in.publication(p), in.doubtFacts(f)...)
	if note := in.inspecting(f); note != "" {
		facts = append(facts, fact{in.T("field.proofs"), text(note)})
	}
	return formPage{
		heading: heading{Title: in.T("placement.decide.title"), Subtitle: p.Title, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/decide", Back: here, Hidden: []box{version64(p.Version)}, Facts: facts, Images: in.proofs(f), Tables: seen,
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: append(buttons, button{Label: in.T("placement.reject"), Name: "verb", Value: "reject", Danger: true, Icon: "x", Key: "t"}),
	}
}

func (w *Web) askJudgement(r *request) (answer, error) {
	f, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(judgeForm(r.reader, f))
}

func (w *Web) judge(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	t, verb := r.typed(), r.c.FormValue("verb")
	reason := t.text("reason")
	if err = t.wrong.Err(); err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(judgeForm(r.reader, p), err)
	}
	switch verb {
	case "verify":
		_, err = w.services.Placements.Verify(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected())
	case "reject":
		_, err = w.services.Placements.Reject(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), reason)
	default:
		return answer{}, fault.Missing()
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(judgeForm(r.reader, p), err)
	}
	next, err := w.nextToJudge(r)
	if err != nil {
		return answer{}, err
	}
	return done(next, "flash.placement."+verb, "title", p.Title)
}

// nextToJudge is the oldest publication that the reader may decide on, else the list.
func (w *Web) nextToJudge(r *request) (string, error) {
	q := listing.Query{Limit: 20, Sort: []listing.Key{{Field: "published_on"}}}.Where("status", string(placement.Published))
	page, err := w.services.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
	for _, p := range page.Items {
		if r.judges(p) {
			return r.path("placements", p.ID.String(), "decide"), err
		}
	}
	return r.path("placements"), err
}

// cancelForm gives a placement up.
func cancelForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("placement.cancel.title"), Subtitle: p.Title, Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/cancel", Back: here, Intro: in.T("placement.cancel.intro"), Hidden: []box{version64(p.Version)}, Facts: in.publication(p),
		Groups: []group{{Fields: []field{reason}}}, Buttons: []button{{Label: in.T("placement.cancel"), Danger: true, Icon: "ban"}},
	}
}

func (w *Web) askCancel(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(cancelForm(r.reader, p.Placement))
}

func (w *Web) cancelPlacement(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Placements.Cancel(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), reason)
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(cancelForm(r.reader, p.Placement), err)
	}
	return done(r.path("placements", p.ID.String()), "flash.placement.cancel", "title", p.Title)
}
