package web

import (
	"tayang/app/fault"
	"tayang/app/placement"
)

// publicationForm records what appeared, asking what that kind of channel can answer.
func publicationForm(in reader, p placement.Placement) formPage {
	here := in.path("placements", p.ID.String())
	url := in.input("url", "url", false)
	url.Wide, url.Help = true, in.T("placement.help.url")
	where := []field{in.input("published_on", "date", false), url}
	switch p.ChannelKind {
	case placement.Print:
		where = append(where, in.input("edition", "text", false), in.input("page", "text", false))
	case placement.Radio, placement.TV:
		where = append(where, in.input("slot", "text", false))
	case placement.Social:
		if p.Story() {
			posted := in.input("slot", "text", false)
			posted.Label, posted.Help = in.T("live.posted"), in.T("live.help.posted")
			where = append(where, posted)
		}
	case placement.Online, placement.Outdoor:
	}
	label := in.choice("label_present", false, []option{{Label: in.T("word.unanswered")}})
	label.Options = append(label.Options, in.options("word", "yes", "no")...)
	label.Help = in.T("placement.help.label")
	where = append(where, label)
	var figures []field
	for _, name := range placement.MetricNames() {
		f := in.input("metrics."+name, "number", false)
		f.Label = in.T("metric." + name)
		figures = append(figures, f)
	}
	title := in.input("title", "text", true)
	title.Wide = true
	return formPage{
		heading: heading{Title: in.T("placement.record"), Subtitle: p.Title + " · " + in.channelName(p.Channel), Crumbs: []link{in.placementCrumb(), {p.Title, here}}},
		Action:  here + "/publication", Back: here, Guard: true, Hidden: []box{version64(p.Version)},
		Groups: []group{
			{Title: in.T("placement.group.plan"), Fields: []field{title, in.input("scheduled_on", "date", true)}},
			{Title: in.T("placement.publication"), Fields: where},
			{Title: in.T("field.metrics"), Help: in.T("placement.help.metrics"), Fields: figures},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

func publicationValues(in reader, p placement.Placement) func(string) string {
	values := map[string]string{
		"title": p.Title, "scheduled_on": p.ScheduledOn.String(), "published_on": p.PublishedOn.String(), "url": p.URL,
		"edition": p.Edition, "page": p.Page, "slot": p.Slot,
	}
	if p.LabelPresent != nil {
		values["label_present"] = map[bool]string{true: "yes", false: "no"}[*p.LabelPresent]
	}
	for name, n := range p.Metrics {
		values["metrics."+name] = in.Number(n)
	}
	return func(name string) string { return values[name] }
}

func publicationTyped(t *typed) (placement.Entry, error) {
	e := placement.Entry{
		ScheduledOn: t.date("scheduled_on"), Title: t.text("title"), PublishedOn: t.date("published_on"), URL: t.text("url"),
		Edition: t.text("edition"), Page: t.text("page"), Slot: t.text("slot"), Metrics: placement.Metrics{},
	}
	if answer := t.get("label_present"); answer != "" {
		fault.Choice(&t.wrong, pointer("label_present"), answer, "yes", "no")
		present := answer == "yes"
		e.LabelPresent = &present
	}
	for _, name := range placement.MetricNames() {
		if t.get("metrics."+name) != "" {
			e.Metrics[name] = t.whole("metrics." + name)
		}
	}
	return e, t.wrong.Err()
}

func (w *Web) askPublication(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	form := publicationForm(r.reader, p.Placement)
	form.fill(publicationValues(r.reader, p.Placement))
	return show(form)
}

func (w *Web) recordPublication(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	e, err := publicationTyped(r.typed())
	if err == nil {
		_, err = w.services.Placements.Enter(r.ctx(), r.Actor, r.Agency.Code, p.ID, r.expected(), become(e))
	}
	if err != nil {
		p.Version = r.version(err, p.Version)
		return r.refused(publicationForm(r.reader, p.Placement), err)
	}
	return done(r.path("placements", p.ID.String()), "flash.saved", "what", e.Title)
}
