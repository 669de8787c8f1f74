package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/money"
	"tayang/app/report"
)

// reportPage asks for a workbook and shows those that were made, with their progress.
type reportPage struct {
	heading
	Path  string
	Form  formPage
	Busy  bool // something is under way: the page looks again
	Table table
}

func (reportPage) template() string { return "report" }

func newReports(in reader, runs []report.Run) reportPage {
	p := reportPage{heading: heading{Title: in.T("nav.reports"), Subtitle: in.T("report.subtitle")}, Path: in.path("reports")}
	if in.can(access.ReportMake) {
		p.Form = reportForm(in)
	}
	p.Table = table{ID: "runs", Empty: empty{Text: in.T("report.empty")}, Columns: []column{
		{Label: in.T("report.one")},
		{Label: in.T("field.status")},
		{Label: in.T("field.as_of")},
		{Label: in.T("report.rows"), Class: "num"},
		{Label: in.T("report.fingerprint")},
		{Label: in.T("field.file")},
	}}
	for _, run := range runs {
		p.Busy = p.Busy || !run.Ended()
		p.Table.Rows = append(p.Table.Rows, in.run(run))
	}
	return p
}

func (in reader) run(r report.Run) row {
	what := in.T("report.kind." + string(r.Kind))
	if r.FiscalYear != 0 {
		what += " " + strconv.Itoa(r.FiscalYear)
	}
	span := in.T("report.language." + string(r.Language))
	if !r.From.IsZero() || !r.To.IsZero() {
		span += " · " + in.date(r.From) + " – " + in.date(r.To)
	}
	for _, narrowed := range []string{r.Record, r.Person} {
		if narrowed != "" {
			span += " · " + narrowed
		}
	}
	state, print, load := in.status(string(r.Status)), text("–"), text("")
	switch r.Status {
	case report.Queued, report.Running:
		state.Sub = in.T("report.progress", "percent", strconv.Itoa(r.Progress))
		state.Bar = newBar(state.Sub, 100, share{money.Amount(r.Progress), "fill-realised", ""})
	case report.Failed:
		state.Sub = in.Fault(&fault.Error{Kind: fault.Internal, Code: r.Error}, in.Agency.Currency)
	case report.Done:
		print = cell{Text: grouped(r.SHA256[:min(16, len(r.SHA256))]) + "…", Secret: grouped(r.SHA256), Class: "code", Sub: in.agrees(r)}
		load = to(in.T("report.download")+" ("+in.Number((r.Size+1023)/1024)+" KiB)", in.path("reports", r.ID.String(), "file"))
	case report.Cancelled:
	}
	rows := in.count(r.RowsDone)
	if r.RowsTotal > 0 && !r.Ended() {
		rows.Text += " / " + in.Number(r.RowsTotal)
	}
	return row{Cells: []cell{{Text: what, Sub: span + " · " + in.moment(r.CreatedAt), Class: "main"}, state, text(in.moments(r.AsOf)), rows, print, load}}
}

func (in reader) agrees(r report.Run) string {
	if r.Agrees == nil {
		return ""
	}
	if *r.Agrees {
		return in.T("report.agrees")
	}
	return in.T("report.differs")
}

func reportForm(in reader) formPage {
	year := in.choice("fiscal_year", true, in.years())
	for i := range year.Options {
		year.Options[i].Selected = year.Options[i].Value == strconv.Itoa(in.today().Year())
	}
	year.Options = append(year.Options, option{Label: in.T("report.any_year")})
	language := in.choice("language", true, in.options("report.language", "id", "en"))
	for i := range language.Options {
		language.Options[i].Selected = language.Options[i].Value == in.Code()
	}
	from, until := in.input("from", "date", false), in.input("to", "date", false)
	from.Help = in.T("report.help.from")
	record, person := in.input("record", "text", false), in.input("person", "email", false)
	record.Help, person.Help = in.T("report.help.record"), in.T("report.help.trail")
	return formPage{
		Action: in.path("reports"), Intro: in.T("report.intro"),
		Groups: []group{{Fields: []field{
			in.choice("kind", true, in.options("report.kind", "accountability", "trail")), year, language, from, until, record, person,
		}}},
		Buttons: []button{{Label: in.T("report.make"), Main: true, Icon: "file-spreadsheet"}},
	}
}

func (w *Web) reportPage(r *request) (reportPage, error) {
	page, err := w.services.Reports.List(r.ctx(), r.Actor, r.Agency.Code, listing.Query{Limit: listing.LimitDefault})
	return newReports(r.reader, page.Items), err
}

func (w *Web) reports(r *request) (answer, error) {
	p, err := w.reportPage(r)
	if err != nil {
		return answer{}, err
	}
	if kind := r.c.Query("kind"); kind != "" { // another page asks for a report of what it shows
		p.Form.fill(func(name string) string { return r.c.Query(name, map[string]string{"language": r.Code()}[name]) })
	}
	return show(p)
}

func (w *Web) makeReport(r *request) (answer, error) {
	t := r.typed()
	cmd := report.CreateCommand{
		Kind: report.Kind(t.text("kind")), FiscalYear: int(t.whole("fiscal_year")), Language: report.Language(t.text("language")),
		From: t.date("from"), To: t.date("to"), Record: t.get("record"), Person: t.get("person"),
	}
	err := t.wrong.Err()
	if err == nil {
		_, err = w.services.Reports.Create(r.ctx(), r.Actor, r.Agency.Code, cmd)
	}
	if err == nil {
		return done(r.path("reports"), "flash.report")
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p, err := w.reportPage(r)
	if err != nil {
		return answer{}, err
	}
	p.Form.fill(t.get)
	p.Form.mark(r.reader, f)
	return again(p, f)
}

// reportFile sends a finished workbook; its ETag is its fingerprint.
func (w *Web) reportFile(r *request) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	run, body, err := w.services.Reports.File(r.lasting(), r.Actor, r.Agency.Code, id)
	if err != nil {
		return answer{}, err
	}
	name := "tayang-" + r.Agency.Code + "-" + string(run.Kind) + "-" + run.SHA256[:min(8, len(run.SHA256))] + ".xlsx"
	r.c.Set(fiber.HeaderETag, `"`+run.SHA256+`"`)
	return answer{sent: true}, stream(r.c, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name, run.Size, body)
}
