package web

import (
	"strings"

	"tayang/app/access"
	"tayang/app/health"
)

// newHealth shows how the data is kept: the seal of the log, its keys, and what the nightly checks found.
func newHealth(in reader, o health.Overview) recordPage {
	p := recordPage{heading: heading{Title: in.T("health.title"), Subtitle: in.T("health.subtitle")}}
	switch {
	case o.Storage != "":
		p.Warn = in.T("health.storage." + o.Storage)
	case o.Failing != "":
		p.Warn = in.T("health.failing", "since", in.moment(o.SealingSince), "why", o.Failing)
	case len(o.Runs) > 0 && o.Runs[0].Problems > 0:
		p.Warn = in.T("health.problems", "n", o.Runs[0].Problems, "at", in.moment(o.Runs[0].FinishedAt))
	}
	seal := part{ID: "seal", Title: in.T("health.seal"), Note: in.T("health.seal.note")}
	if o.Size > 0 {
		seal.Facts = []fact{
			{in.T("health.size"), in.count(o.Size)}, {in.T("health.sealed_at"), text(in.moment(o.SealedAt))}, {in.T("health.root"), code(o.Root)},
		}
	} else {
		seal.Note = in.T("health.seal.none")
	}
	p.Parts = []part{seal, in.storage(o), in.logKeys(o), in.checkRuns(o)}
	return p
}

// storage says whether files can be kept.
func (in reader) storage(o health.Overview) part {
	kept := cell{Text: in.T("health.storage.ok"), State: &state{"verified", green, "check"}}
	if o.Storage != "" {
		kept = cell{Text: in.T("health.storage." + o.Storage), State: &state{"rejected", red, "circle-x"}}
	}
	return part{ID: "storage", Title: in.T("health.storage"), Note: in.T("health.storage.note"), Facts: []fact{{in.T("health.storage.state"), kept}}}
}

func (in reader) logKeys(o health.Overview) part {
	t := &table{ID: "keys", Empty: empty{Text: in.T("health.keys.none")}, Columns: []column{
		{Label: in.T("health.key")}, {Label: in.T("health.key.since"), Class: "num"}, {Label: in.T("health.key.reason")}, {Label: in.T("field.date")},
	}}
	for _, k := range o.Keys {
		t.add("", code(k.Verifier), in.count(k.BeginsAtSize), text(in.T("health.key.reason."+string(k.Reason))), text(in.moment(k.CreatedAt)))
	}
	return part{ID: "log-keys", Title: in.T("health.keys"), Note: in.T("health.keys.note"), Table: t}
}

func (in reader) checkRuns(o health.Overview) part {
	t := &table{ID: "runs", Empty: empty{Text: in.T("health.checks.none")}, Columns: []column{
		{Label: in.T("health.check.at")}, {Label: in.T("health.check.result")}, {Label: in.T("health.check.found")},
	}}
	for _, r := range o.Runs {
		result := cell{Text: in.T("health.check.ok"), State: &state{"verified", green, "check"}}
		if r.Problems > 0 {
			result = cell{Text: in.T("health.check.problems", "n", r.Problems), State: &state{"rejected", red, "circle-x"}}
		}
		t.add("", two(in.moment(r.FinishedAt), in.T("health.check.took", "seconds", int64(r.FinishedAt.Sub(r.StartedAt).Seconds()))), result, text(problemLines(r.Report)))
	}
	return part{ID: "checks", Title: in.T("health.checks"), Note: in.T("health.checks.note"), Table: t}
}

// problemLines are the lines of a report of the checks that tell of a problem.
func problemLines(report string) string {
	var out []string
	for _, line := range strings.Split(report, "\n") {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "FAILED") || strings.HasPrefix(line, "         ") && trimmed != "" || strings.Contains(line, "NOTE") {
			out = append(out, strings.Join(strings.Fields(trimmed), " "))
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, " · ")
}

func (w *Web) health(r *request) (answer, error) {
	o, err := w.services.Health.Overview(r.ctx(), r.Actor)
	if err != nil {
		return answer{}, err
	}
	return show(newHealth(r.reader, o))
}

// seesHealth reports whether the reader may look at how the data is kept.
func (in reader) seesHealth() bool { return in.Actor.Can(access.HealthRead, registryWide) == nil }
