package web

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/handover"
	"tayang/app/listing"
	"tayang/app/placement"
)

func (in reader) inspectionRows(items []handover.Inspection) table {
	t := table{ID: "inspection-rows", Empty: empty{Text: in.T("inspection.empty")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("inspection.acceptances"), Class: "num"},
		{Label: in.moneyLabel("agreement.gross"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, i := range items {
		href := in.path("inspections", i.ID.String())
		t.add(href, number(i.Number, href, i.OfficeSigner), in.day(i.Date), in.count(i.Acceptances), in.money(i.Gross), in.paperState(i.Head))
	}
	return t
}

func inspectionRecord(in reader, i handover.Inspection, acceptances []placement.Acceptance) recordPage {
	status := in.paperState(i.Head)
	p := recordPage{
		heading: heading{Title: i.Number, Subtitle: in.T("inspection.one") + " · " + i.VendorName, Crumbs: []link{in.agreementCrumb(), {i.AgreementNumber, in.path("agreements", i.AgreementID.String())}}},
		State:   &status,
		Figures: []figure{{in.T("inspection.acceptances"), in.Number(i.Acceptances), ""}, {in.T("agreement.gross"), in.shown(i.Gross), ""}, {in.T("field.date"), in.date(i.Date), ""}},
	}
	in.paperEnd(&p, i.Head, in.path("inspections", i.ID.String()), "inspection")
	rows := in.acceptanceRows(acceptances)
	p.Parts = []part{
		{ID: "acceptances", Title: in.T("acceptance.title"), Note: in.T("inspection.note"), Table: &rows},
		{ID: "signing", Title: in.T("signing.title"), Facts: in.signingFacts(i.Signing)},
	}
	return p
}

// inspectionForm draws an inspection report (BAP) up over acceptance reports.
func inspectionForm(in reader, a agreement.Agreement, waiting []placement.Acceptance, picked []string) formPage {
	here := in.path("agreements", a.ID.String())
	t := in.acceptanceRows(waiting)
	t.ID, t.Checks, t.Caption, t.Empty = "choose", true, in.T("inspection.choose"), empty{Text: in.T("inspection.nothing")}
	for i, c := range waiting {
		t.Rows[i].Href = ""
		t.Rows[i].Check = &box{Name: "acceptance_ids", Value: c.ID.String(), Label: c.Number, Checked: len(picked) == 0 || slices.Contains(picked, c.ID.String())}
	}
	return formPage{
		heading: heading{Title: in.T("inspection.enter"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/inspections", Back: here, Intro: in.T("inspection.intro"),
		Groups: []group{{Fields: []field{in.input("number", "text", true), in.input("date", "date", true)}}},
		Tables: []table{t}, Buttons: []button{{Label: in.T("inspection.button"), Main: true, Icon: "clipboard-check"}},
	}
}

// uninspected fetches the agreement that the address names and its acceptance reports that no inspection report has.
func (w *Web) uninspected(r *request) (a agreement.Agreement, waiting []placement.Acceptance, err error) {
	if a, err = w.agreementFor(r, access.AcceptanceWrite); err != nil {
		return a, nil, err
	}
	page, err := w.services.Acceptances.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("agreement_id", a.ID.String()))
	for _, c := range page.Items {
		if !c.InspectionID.Valid {
			waiting = append(waiting, c)
		}
	}
	return a, waiting, err
}

func (w *Web) askInspection(r *request) (answer, error) {
	a, waiting, err := w.uninspected(r)
	if err != nil {
		return answer{}, err
	}
	return show(inspectionForm(r.reader, a, waiting, nil))
}

func (w *Web) inspect(r *request) (answer, error) {
	a, waiting, err := w.uninspected(r)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("acceptance_ids")
	f := handover.InspectionForm{AgreementID: a.ID, Number: t.text("number"), Date: t.date("date"), AcceptanceIDs: ids(picked)}
	var made handover.Inspection
	if err = t.err(f.Check()); err == nil {
		made, err = w.services.Handovers.Inspect(r.ctx(), r.Actor, r.Agency.Code, f)
	}
	if err != nil {
		return r.refused(inspectionForm(r.reader, a, waiting, picked), err)
	}
	return done(r.path("inspections", made.ID.String()), "flash.saved", "what", made.Number)
}

func (w *Web) inspectionOf(r *request) (handover.Inspection, error) {
	id, err := r.id("id")
	if err != nil {
		return handover.Inspection{}, err
	}
	return w.services.Handovers.Inspection(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) inspection(r *request) (answer, error) {
	i, err := w.inspectionOf(r)
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Acceptances.List(r.ctx(), r.Actor, r.Agency.Code, listing.All().Where("agreement_id", i.AgreementID.String()))
	if err != nil {
		return answer{}, err
	}
	own := slices.DeleteFunc(page.Items, func(c placement.Acceptance) bool { return !slices.Contains(i.AcceptanceIDs, c.ID) })
	return w.record(r, inspectionRecord(r.reader, i, own), i.ID)
}

func (w *Web) inspectionKind() paperKind {
	return paperKind{
		find: func(r *request) (uuid.UUID, signedPaper, error) {
			i, err := w.inspectionOf(r)
			return i.ID, r.paperHead("inspection", i.Head, r.path("inspections", i.ID.String())), err
		},
		sign: func(r *request, id uuid.UUID, by placement.Signing) error {
			_, err := w.services.Handovers.SignInspection(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), by)
			return err
		},
		void: func(r *request, id uuid.UUID, reason string) error {
			_, err := w.services.Handovers.VoidInspection(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), reason)
			return err
		},
	}
}

// acceptanceRecord is a BAST: what it took over, what it says falls short, who signed it, and its inspection report.
func acceptanceRecord(in reader, c placement.Acceptance) recordPage {
	here := in.path("acceptances", c.ID.String())
	status := in.status(map[bool]string{true: "signed", false: "unsigned"}[c.Signed()])
	p := recordPage{
		heading: heading{Title: c.Number, Subtitle: in.T("acceptance.one") + " · " + c.VendorName, Crumbs: []link{in.agreementCrumb(), {c.AgreementNumber, in.path("agreements", c.AgreementID.String())}}},
		State:   &status,
		Figures: []figure{{in.T("nav.placements"), in.Number(c.Placements), ""}, {in.T("agreement.gross"), in.shown(c.Gross), ""}, {in.T("field.penalty"), in.shown(c.Penalty), ""}, {in.T("field.date"), in.date(c.Date), ""}},
	}
	may := in.can(access.AcceptanceWrite)
	if !c.Signed() {
		p.Missing = append(p.Missing, link{in.T("acceptance.missing.signed"), in.mends(access.AcceptanceWrite, here+"/sign")})
	}
	if !c.InspectionID.Valid {
		p.Missing = append(p.Missing, link{in.T("acceptance.missing.inspection"), in.mends(access.AcceptanceWrite, in.path("agreements", c.AgreementID.String(), "inspections", "new"))})
		if may {
			p.Actions = []action{{Label: in.T("signing.button"), Icon: "clipboard-check", Href: here + "/sign", Main: !c.Signed(), Key: "s"}}
		}
	}
	facts := []fact{{in.T("nav.placements"), to(in.Number(c.Placements), in.path("placements")+"?acceptance_id="+c.ID.String())}}
	if c.InspectionID.Valid {
		facts = append(facts, fact{in.T("inspection.one"), to(in.T("word.open"), in.path("inspections", c.InspectionID.UUID.String()))})
	}
	p.Parts = []part{{ID: "facts", Title: in.T("acceptance.one"), Facts: facts}, {ID: "signing", Title: in.T("signing.title"), Facts: in.signingFacts(c.Signing)}}
	if len(c.Shortfalls) > 0 {
		p.Parts = append(p.Parts, part{ID: "shortfalls", Title: in.T("short.title"), Note: in.T("short.note"), Table: in.shortRows(c.Shortfalls)})
	}
	return p
}

func (in reader) shortRows(items []placement.QuantityShortfall) *table {
	t := &table{ID: "short-rows", Columns: []column{
		{Label: in.T("field.product")}, {Label: in.T("field.quantity"), Class: "num"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("field.procurement.shortfall_rule")}, {Label: in.T("field.reason")},
	}}
	for _, s := range items {
		rule := "–"
		if s.Rule != agreement.NoShortfall {
			rule = in.T("shortfall." + string(s.Rule))
		}
		t.add("", text(s.Product), in.count(s.Quantity), in.money(s.Amount), text(rule), text(s.Reason))
	}
	return t
}

// shortGrid asks how many units of each deliverable do not come.
func (in reader) shortGrid(rows []placement.Fulfilled) (*grid, []box) {
	g := &grid{ID: "shortfalls", Title: in.T("short.grid"), Columns: []column{
		{Label: in.T("field.product")}, {Label: in.T("short.left"), Class: "num"}, {Label: in.T("short.quantity"), Class: "num"}, {Label: in.T("field.reason")},
	}}
	var hidden []box
	for _, r := range rows {
		left := r.Ordered - r.Planned - r.Short
		if left <= 0 {
			continue
		}
		at := "shortfalls." + strconv.Itoa(len(g.Rows)) + "."
		n := in.input(at+"quantity", "number", false)
		n.Also = []string{at + "deliverable_id"}
		hidden = append(hidden, box{Name: at + "deliverable_id", Value: r.DeliverableID.String()})
		g.Rows = append(g.Rows, gridRow{Head: []cell{two(r.Product, in.channelName(r.Channel)), in.count(left)}, Fields: []field{n, in.input(at+"reason", "text", false)}})
	}
	if len(g.Rows) == 0 {
		return nil, nil
	}
	return g, hidden
}

// shortsTyped reads the rows for which a quantity was typed.
func shortsTyped(t *typed, rows int) (out []placement.Short) {
	for i := range rows {
		at := "shortfalls." + strconv.Itoa(i) + "."
		reason := t.text(at + "reason")
		if t.get(at+"quantity") == "" { // nothing falls short, but what is typed must be readable all the same
			t.wrong.Text(pointer(at+"reason"), reason, false, placement.ReasonMax)
			continue
		}
		out = append(out, placement.Short{DeliverableID: t.uuid(at + "deliverable_id"), Quantity: t.whole(at + "quantity"), Reason: reason})
	}
	return out
}

func (w *Web) acceptanceOf(r *request) (placement.Acceptance, error) {
	id, err := r.id("id")
	if err != nil {
		return placement.Acceptance{}, err
	}
	return w.services.Acceptances.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) acceptance(r *request) (answer, error) {
	c, err := w.acceptanceOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, acceptanceRecord(r.reader, c), c.ID)
}

func (w *Web) acceptanceKind() paperKind {
	return paperKind{
		find: func(r *request) (uuid.UUID, signedPaper, error) {
			c, err := w.acceptanceOf(r)
			return c.ID, signedPaper{
				Key: "acceptance", Number: c.Number, Under: c.AgreementNumber + " · " + c.VendorName, Here: r.path("acceptances", c.ID.String()), Version: c.Version,
				Crumbs: []link{r.agreementCrumb(), {c.AgreementNumber, r.path("agreements", c.AgreementID.String())}},
			}, err
		},
		sign: func(r *request, id uuid.UUID, by placement.Signing) error {
			_, err := w.services.Acceptances.Sign(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), by)
			return err
		},
		void: func(*request, uuid.UUID, string) error { return fault.Missing() },
	}
}

// handoverRoutes are the pages of the papers between publication and payment.
func (w *Web) handoverRoutes(get, post route) {
	get("/agreements/:id/recaps/new", w.askRecap)
	post("/agreements/:id/recaps", w.drawUpRecap)
	get("/agreements/:id/inspections/new", w.askInspection)
	post("/agreements/:id/inspections", w.inspect)
	get("/recaps/:id", w.recap)
	get("/inspections/:id", w.inspection)
	get("/acceptances/:id", w.acceptance)
	for path, kind := range map[string]paperKind{"/recaps": w.recapKind(), "/inspections": w.inspectionKind(), "/acceptances": w.acceptanceKind()} {
		get(path+"/:id/sign", may(access.AcceptanceWrite, w.askPaper(kind, signForm)))
		post(path+"/:id/sign", w.signPaper(kind))
		if path != "/acceptances" {
			get(path+"/:id/void", may(access.AcceptanceWrite, w.askPaper(kind, takeBackForm)))
			post(path+"/:id/void", w.voidPaperOf(kind))
		}
	}
	get("/invoices/:id/lines", may(access.InvoiceWrite, w.askLines))
	post("/invoices/:id/lines", w.itemise)
	get("/placements/:id/make-good", may(access.PlacementWrite, w.askMakeGood))
	post("/placements/:id/make-good", w.planMakeGood)
}
