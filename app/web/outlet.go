package web

import (
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// outletFacts is everything that the record of an outlet shows.
type outletFacts struct {
	Outlet      registry.Outlet
	Standing    vetting.Standing
	Looks       []registry.PressCheck
	Results     []vetting.Result
	Journalists []vetting.Journalist
}

// outletRecord is an outlet: who it is, how it stands at the Press Council and against the year's requirements.
func outletRecord(in reader, f outletFacts) recordPage {
	o := f.Outlet
	vendor := "/vendors/" + o.VendorID.String()
	p := recordPage{
		heading: heading{Title: o.Name, Subtitle: in.T("outlet.kind." + string(o.Kind)), Crumbs: []link{in.vendorCrumb(), {o.VendorName, vendor}}},
		Missing: in.unmet([]vetting.Standing{f.Standing}, ""),
	}
	var look, result, skilled []action
	if in.writesRegistry() {
		of := "/new?outlet_id=" + o.ID.String()
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: vendor + "/outlets/" + o.ID.String(), Key: "e"}}
		look = []action{{Label: in.T("press.enter"), Icon: "plus", Href: vettingPath + "/press-checks" + of}}
		result = []action{{Label: in.T("vetting.result.enter"), Icon: "plus", Href: vettingPath + "/requirement-results" + of}}
		skilled = []action{{Label: in.T("journalist.enter"), Icon: "plus", Href: vettingPath + "/journalist-certificates" + of}}
	}
	p.Parts = []part{
		{ID: "identity", Title: in.T("vendor.identity"), Facts: []fact{
			{in.T("vendor.one"), to(o.VendorName, vendor)}, {in.T("field.domain"), text(orDash(o.Domain))}, {in.T("field.press_status"), in.pressWord(f.Standing.Press)},
			{in.T("field.grade"), in.gradeWord(f.Standing)}, {in.T("journalist.count"), text(in.Number(f.Standing.Journalists))},
		}},
		{ID: "checklist-part", Title: in.T("vetting.checklist", "year", in.today().String()[:4]), Note: in.T("vetting.checklist.note"), Actions: result, Table: in.checklist([]vetting.Standing{f.Standing})},
		{ID: "results", Title: in.T("vetting.results"), Table: in.resultTable(f.Results)},
		{ID: "press", Title: in.T("press.title"), Actions: look, Table: in.pressTable(f.Looks)},
		{ID: "journalists", Title: in.T("journalist.title"), Actions: skilled, Table: in.journalistTable(f.Journalists)},
	}
	return p
}

// outlet shows the record of an outlet.
func (w *Web) outlet(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	s, of := w.services, vetting.Subject{Outlet: id}
	f := outletFacts{}
	if f.Outlet, err = s.Outlets.Outlet(r.ctx(), r.Actor, id); err != nil {
		return answer{}, err
	}
	if f.Standing, err = s.Vetting.Standing(r.ctx(), r.Actor, of, period.Date{}); err != nil {
		return answer{}, err
	}
	looks, err := s.Outlets.PressChecks(r.ctx(), r.Actor, id, listing.All())
	if err != nil {
		return answer{}, err
	}
	results, err := s.Vetting.Results.List(r.ctx(), r.Actor, of, listing.All())
	if err != nil {
		return answer{}, err
	}
	skilled, err := s.Vetting.Journalists.List(r.ctx(), r.Actor, of, listing.All())
	if err != nil {
		return answer{}, err
	}
	f.Looks, f.Results, f.Journalists = looks.Items, results.Items, skilled.Items
	return w.record(r, outletRecord(r.reader, f), id)
}
