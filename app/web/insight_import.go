package web

import (
	"bufio"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/insight"
	"tayang/app/listing"
)

func (in reader) insightCrumb() link {
	return link{in.T("insight.imports"), in.path("insight-imports")}
}

func insightImportList(in reader, q listing.Query, page listing.Page[insight.Import]) listPage {
	p := in.listOf(in.path("insight-imports"), q, []column{
		{Label: in.T("field.filename"), Sort: "filename"}, {Label: in.T("field.platform"), Sort: "platform"}, {Label: in.T("field.taken_on"), Class: "date", Sort: "taken_on"},
		{Label: in.T("insight.change.new"), Class: "num"}, {Label: in.T("insight.change.unchanged"), Class: "num"}, {Label: in.T("insight.change.unknown"), Class: "num"},
		{Label: in.T("field.status"), Sort: "status"},
	}, []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("import.status", "staged", "committed", "voided")},
		{Name: "platform", Label: in.T("field.platform"), Options: in.options("insight.platform", insight.Platforms()...)},
	})
	p.heading = heading{Title: in.T("insight.imports"), Subtitle: in.T("insight.imports.subtitle"), Crumbs: []link{in.placementCrumb()}}
	p.Hint = in.T("insight.imports.hint")
	p.Table.Empty = empty{Text: in.T("insight.imports.empty")}
	if in.can(access.PlacementWrite) {
		bring := action{Label: in.T("insight.import"), Icon: "upload", Href: in.path("insight-imports", "new"), Main: true}
		p.Actions, p.Table.Empty.Action = []action{bring}, &bring
	}
	p.paged(in, q, page.Total, page.NextCursor)
	for _, i := range page.Items {
		href := in.path("insight-imports", i.ID.String())
		p.Table.add(href, number(i.Filename, href, ""), text(in.T("insight.platform."+i.Platform)), in.day(i.TakenOn), in.count(i.New), in.count(i.Unchanged),
			in.count(i.Unknown), in.imported(string(i.Status)))
	}
	return p
}

// insightImportForm brings an export of a platform.
func insightImportForm(in reader) formPage {
	upload := in.upload(true, priceLists)
	upload.Wide, upload.Help = true, in.T("insight.help.file")
	taken := in.input("taken_on", "date", false)
	taken.Value, taken.Help = in.today().String(), in.T("insight.help.taken_on")
	return formPage{
		heading: heading{Title: in.T("insight.import"), Crumbs: []link{in.placementCrumb(), in.insightCrumb()}}, Action: in.path("insight-imports"), Back: in.path("insight-imports"),
		Multipart: true, Intro: in.T("insight.import_intro"), Groups: []group{{Fields: []field{upload, taken}}},
		Buttons: []button{{Label: in.T("price.preview"), Main: true, Icon: "eye"}},
	}
}

func insightImportRecord(in reader, i insight.Import) recordPage {
	here := in.path("insight-imports", i.ID.String())
	state := in.imported(string(i.Status))
	p := recordPage{heading: heading{
		Title: in.T("insight.of", "platform", in.T("insight.platform."+i.Platform)), Subtitle: i.Filename, Crumbs: []link{in.placementCrumb(), in.insightCrumb()},
	}, State: &state, Figures: []figure{
		{in.T("insight.change.new"), in.Number(i.New), ""}, {in.T("insight.change.unchanged"), in.Number(i.Unchanged), ""},
		{in.T("insight.change.unknown"), in.Number(i.Unknown), ""}, {in.T("price.count.wrong"), in.Number(i.Wrong), ""},
	}}
	if i.VoidReason != "" {
		p.Warn = in.T("record.reason", "reason", i.VoidReason)
	}
	if in.can(access.PlacementWrite) && i.Status != insight.Voided {
		p.Actions = append(p.Actions, action{Label: in.T("insight.void_import"), Icon: "ban", Href: here + "/void", Danger: true})
	}
	p.Parts = []part{{ID: "import", Title: in.T("airing.file"), Note: in.T("insight.note." + string(i.Status)), Facts: in.importFacts(i)}}
	if in.can(access.PlacementWrite) && i.Status == insight.Staged && i.Wrong == 0 && i.New > 0 {
		p.Parts = append(p.Parts, in.taking(here+"/commit", "insight.commit", i.Version))
	}
	if len(i.Complaints) > 0 {
		t := in.unreadable(i.Complaints)
		p.Parts = append(p.Parts, part{ID: "wrong-rows", Title: in.T("price.count.wrong"), Note: in.T("airing.wrong", "n", i.Wrong), Table: &t})
	}
	if len(i.Rows) > 0 {
		t := in.exportRows(i.Rows)
		p.Parts = append(p.Parts, part{ID: "rows", Title: in.T("airing.rows"), Table: &t})
	}
	return p
}

func (in reader) importFacts(i insight.Import) []fact {
	return []fact{
		{in.T("field.platform"), text(in.T("insight.platform." + i.Platform))}, {in.T("field.taken_on"), text(in.date(i.TakenOn))},
		{in.T("field.file"), cell{Text: i.Filename, Sub: "SHA-256 " + i.File, Href: "/files/" + i.File}}, {in.T("field.created_at"), text(in.moment(i.CreatedAt))},
	}
}

func (in reader) exportRows(rows []insight.ImportRow) table {
	t := table{ID: "export-rows", Columns: []column{
		{Label: in.T("price.row"), Class: "num"}, {Label: in.T("insight.post")}, {Label: in.T("airing.spot")}, {Label: in.T("insight.day")}, {Label: in.T("field.metrics")},
		{Label: in.T("price.change")},
	}}
	for _, r := range rows {
		spot, day := text("–"), text("–")
		if r.PlacementID.Valid {
			spot = cell{Text: r.Placement, Sub: r.AgreementNumber, Href: in.path("placements", r.PlacementID.UUID.String())}
			day = text(in.dueDay(r.DueDay))
			if r.LateDays > 0 {
				day.Sub = in.T("insight.late", "n", r.LateDays)
			}
		}
		t.add("", in.count(int64(r.Row)), text(orDash(r.Title)), spot, day, text(in.metricsWords(metricsOf(r.Figures))), text(in.T("insight.change."+string(r.Change))))
	}
	return t
}

func voidImportForm(in reader, i insight.Import) formPage {
	here := in.path("insight-imports", i.ID.String())
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T("insight.void_import"), Subtitle: i.Filename, Crumbs: []link{in.placementCrumb(), in.insightCrumb()}}, Action: here + "/void", Back: here,
		Intro: in.T("insight.void_import_intro"), Facts: in.importFacts(i), Hidden: []box{version64(i.Version)}, Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T("insight.void_import"), Danger: true, Icon: "ban"}},
	}
}

func (w *Web) insightImports(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Insights.Imports(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(insightImportList(r.reader, q, page))
}

// bringExport keeps an export and shows what it would do.
func (w *Web) bringExport(r *request) (answer, error) {
	found, err := w.stageExport(r)
	if err != nil {
		return r.refused(insightImportForm(r.reader), err)
	}
	if found.Repeated {
		return done(r.path("insight-imports", found.ID.String()), "flash.import_repeated", "what", found.Filename)
	}
	return answer{location: r.path("insight-imports", found.ID.String())}, nil
}

func (w *Web) stageExport(r *request) (insight.Import, error) {
	t := r.typed()
	on := t.date("taken_on")
	if err := t.wrong.Err(); err != nil {
		return insight.Import{}, err
	}
	header, body, err := r.sent()
	if err != nil {
		return insight.Import{}, err
	}
	defer func() { _ = body.Close() }()
	return w.services.Insights.Stage(r.ctx(), r.Actor, r.Agency.Code, on, file.Sent{
		Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body),
	})
}

func (w *Web) importOf(r *request) (insight.Import, error) {
	id, err := r.id("id")
	if err != nil {
		return insight.Import{}, err
	}
	return w.services.Insights.Import(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) insightImport(r *request) (answer, error) {
	i, err := w.importOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, insightImportRecord(r.reader, i), i.ID)
}

func (w *Web) commitExport(r *request) (answer, error) {
	i, err := w.importOf(r)
	if err != nil {
		return answer{}, err
	}
	taken, err := w.services.Insights.Commit(r.ctx(), r.Actor, r.Agency.Code, i.ID, r.expected())
	if err == nil {
		return done(r.path("insight-imports", i.ID.String()), "flash.insights_taken", "n", r.Number(taken.New))
	}
	return r.refusedPart(insightImportRecord(r.reader, i), err)
}

func (w *Web) askVoidExport(r *request) (answer, error) {
	i, err := w.importOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(voidImportForm(r.reader, i))
}

func (w *Web) voidExport(r *request) (answer, error) {
	i, err := w.importOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Insights.VoidImport(r.ctx(), r.Actor, r.Agency.Code, i.ID, r.expected(), reason)
	}
	if err != nil {
		i.Version = r.version(err, i.Version)
		return r.refused(voidImportForm(r.reader, i), err)
	}
	return done(r.path("insight-imports", i.ID.String()), "flash.import_void", "what", i.Filename)
}
