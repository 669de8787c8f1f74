package api

import (
	"errors"

	"github.com/google/uuid"

	"tayang/app/airing"
	"tayang/app/fault"
	"tayang/app/insight"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/placement"
	"tayang/app/tabular"
)

// airingLogForm is the form of a log on its way in.
type airingLogForm struct {
	File        string           `json:"file" format:"binary" doc:"the station's log as it gives it: .xlsx or CSV"`
	AgreementID uuid.UUID        `json:"agreement_id"`
	OutletID    uuid.UUID        `json:"outlet_id" doc:"station or screen, one of the agreement's"`
	Origin      placement.Origin `json:"origin" enum:"vendor,staff"`
}

// chosenAirings are rows of a log.
type chosenAirings struct {
	AiringIDs []uuid.UUID `json:"airing_ids" required:"false" doc:"rows of the log; to confirm, none means all that are proposed"`
}

func (a *API) mountAirings() {
	const tag, path = "Airing logs", agencyPath + "/airing-logs"
	upload[airingLogForm](a, path, tag, "Bring the log of a station or screen: what it tells, what cannot be read, which spots it may show; takes nothing yet", func(c call) (airing.Log, error) {
		in, closing, err := a.airingLog(c)
		if err != nil {
			return airing.Log{}, err
		}
		out, err := a.Airings.Stage(c.ctx, c.actor, c.agency, in)
		return logExplained(c, out), errors.Join(err, closing())
	})
	list(a, path, tag, "List the logs", func(c call, q listing.Query) (listing.Page[airing.Log], error) {
		return a.Airings.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "A log with its rows, their spots, and the spots of its days that no row shows", func(c call) (airing.Log, error) {
		out, err := a.Airings.Get(c.ctx, c.actor, c.agency, c.id)
		return logExplained(c, out), err
	})
	list(a, path+"/{id}/rows", tag, "List the rows of a log that was taken", func(c call, q listing.Query) (listing.Page[airing.Airing], error) {
		return a.Airings.Rows(c.ctx, c.actor, c.agency, c.id, q)
	})
	act(a, path+"/{id}/commit", tag, "Take the rows of a log, all of them or none, and propose their spots", func(c call, _ none) (airing.Log, error) {
		return a.Airings.Commit(c.ctx, c.actor, c.agency, c.id, c.expected)
	})
	act(a, path+"/{id}/void", tag, "Take a log back, with a reason, while no placement that it shows is verified", func(c call, body remark) (airing.Log, error) {
		return a.Airings.Void(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
	act(a, path+"/{id}/matches", tag, "Say by hand which spot a row shows, and confirm it", func(c call, body airing.Matching) (airing.Log, error) {
		return a.Airings.Match(c.ctx, c.actor, c.agency, c.id, c.expected, body)
	})
	act(a, path+"/{id}/matches/confirm", tag, "Confirm proposed spots: day and slot become the placement's, the log its proof", func(c call, body chosenAirings) (airing.Log, error) {
		return a.Airings.Confirm(c.ctx, c.actor, c.agency, c.id, c.expected, body.AiringIDs)
	})
	act(a, path+"/{id}/matches/unmatch", tag, "Say that rows do not show their spots", func(c call, body chosenAirings) (airing.Log, error) {
		return a.Airings.Unmatch(c.ctx, c.actor, c.agency, c.id, c.expected, body.AiringIDs)
	})
}

// airingLog reads the form of a log; closing lets its content go.
func (a *API) airingLog(c call) (in airing.Sending, closing func() error, err error) {
	form, err := a.readForm(c.http, "agreement_id", "outlet_id", "origin")
	if err != nil {
		return in, nil, err
	}
	var wrong fault.Fields
	id := func(name string) (out uuid.UUID) {
		if text := form.values[name]; text != "" {
			if out, err = uuid.Parse(text); err != nil {
				wrong.AddWith("/"+name, "not_readable", fault.Args{"type": "uuid"})
			}
		}
		return out
	}
	in = airing.Sending{AgreementID: id("agreement_id"), OutletID: id("outlet_id"), Origin: placement.Origin(form.values["origin"]), File: form.sent}
	if err := wrong.Err(); err != nil {
		return in, nil, errors.Join(err, form.Close())
	}
	return in, form.Close, nil
}

func logExplained(c call, l airing.Log) airing.Log {
	explain(c, l.Complaints)
	return l
}

// explain says each complaint in words.
func explain(c call, all []tabular.Complaint) {
	l := languageOf(c.http)
	for n := range all {
		all[n].Detail = l.FieldMessage(all[n].Refusal(), money.IDR)
	}
}

// insightImportForm is the form of an export on its way in.
type insightImportForm struct {
	File    string `json:"file" format:"binary" doc:"the export of Meta Business Suite, TikTok Studio, YouTube Studio or X: .xlsx or CSV"`
	TakenOn string `json:"taken_on,omitempty" format:"date" doc:"the day of the export; left out: today"`
}

func (a *API) mountInsights() {
	const tag, path = "Insights", agencyPath + "/placements/{id}/insights"
	create(a, path, tag, "Enter figures as of a day; the latest become the placement's metrics", func(c call, body insight.Form) (insight.Insight, error) {
		return a.Insights.Enter(c.ctx, c.actor, c.agency, c.id, body)
	})
	list(a, path, tag, "List the readings of a placement's figures, void ones too", func(c call, q listing.Query) (listing.Page[insight.Insight], error) {
		return a.Insights.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, path+"/{sub}", tag, "A reading", func(c call) (insight.Insight, error) {
		return a.Insights.Get(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	act(a, path+"/{sub}/void", tag, "Void a reading that was entered wrongly, with a reason", func(c call, body remark) (insight.Insight, error) {
		return a.Insights.Void(c.ctx, c.actor, c.agency, c.id, c.sub, c.expected, body.Reason)
	})
	const imports = agencyPath + "/insight-imports"
	upload[insightImportForm](a, imports, tag, "Bring an export of a platform: whose posts it tells of, and what is wrong with it; takes nothing yet", func(c call) (out insight.Import, err error) {
		form, err := a.readForm(c.http, "taken_on")
		if err != nil {
			return out, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		var wrong fault.Fields
		on := dateOf(&wrong, "/taken_on", form.values["taken_on"])
		if err := wrong.Err(); err != nil {
			return out, err
		}
		out, err = a.Insights.Stage(c.ctx, c.actor, c.agency, on, form.sent)
		explain(c, out.Complaints)
		return out, err
	})
	list(a, imports, tag, "List the imports", func(c call, q listing.Query) (listing.Page[insight.Import], error) {
		return a.Insights.Imports(c.ctx, c.actor, c.agency, q)
	})
	get(a, imports+"/{id}", tag, "An import; while it is only looked at with what it would do", func(c call) (insight.Import, error) {
		out, err := a.Insights.Import(c.ctx, c.actor, c.agency, c.id)
		explain(c, out.Complaints)
		return out, err
	})
	act(a, imports+"/{id}/commit", tag, "Take the figures of an import, all of them or none", func(c call, _ none) (insight.Import, error) {
		return a.Insights.Commit(c.ctx, c.actor, c.agency, c.id, c.expected)
	})
	act(a, imports+"/{id}/void", tag, "Take an import back with all of its readings, with a reason", func(c call, body remark) (insight.Import, error) {
		return a.Insights.VoidImport(c.ctx, c.actor, c.agency, c.id, c.expected, body.Reason)
	})
}
