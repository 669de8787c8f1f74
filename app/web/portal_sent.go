package web

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/portal"
)

func (in reader) submissionColumns() []column {
	return []column{
		{Label: in.T("portal.what")}, {Label: in.T("field.vendor_id")}, {Label: in.T("portal.at")}, {Label: in.moneyLabel("field.amount"), Class: "money"}, {Label: in.T("field.status")},
	}
}

// sentName is what a submission is called: the number of an invoice, the title of the placement that a proof is of.
func sentName(s portal.Submission) string {
	if s.Kind == portal.Invoice {
		return s.Number
	}
	return s.PlacementTitle
}

func (in reader) submissionRows(items []portal.Submission) table {
	t := table{ID: "submission-rows", Columns: in.submissionColumns(), Empty: empty{Text: in.T("portal.submissions.empty")}}
	for _, s := range items {
		href := in.path("vendor-submissions", s.ID.String())
		t.add(href, number(sentName(s), href, in.T("portal.kind."+string(s.Kind))), two(s.VendorName, s.AgreementNumber), text(in.moment(s.CreatedAt)),
			in.money(s.Amount), in.sentState(s))
	}
	return t
}

// sentState is where a submission stands, with the remark that the vendor reads.
func (in reader) sentState(s portal.Submission) cell {
	st := stateOf(string(s.Status))
	return cell{Text: in.T("portal.status." + string(s.Status)), State: &st, Sub: s.Remark}
}

func submissionList(in reader, q listing.Query, page listing.Page[portal.Submission]) listPage {
	p := in.listOf(in.path("vendor-submissions"), q, in.submissionColumns(), []filter{
		{Name: "status", Label: in.T("field.status"), Options: in.options("portal.status", "waiting", "accepted", "returned", "received")},
		{Name: "kind", Label: in.T("field.kind"), Options: in.options("portal.kind", "proof", "invoice")},
	})
	p.heading = heading{Title: in.T("portal.submissions"), Subtitle: in.T("portal.submissions.subtitle")}
	p.Actions = []action{{Label: in.T("portal.links"), Icon: "send", Href: in.path("vendor-links")}}
	p.Hint = in.T("portal.submissions.hint")
	p.Table.Empty = empty{Text: in.T("portal.submissions.empty")}
	p.paged(in, q, page.Total, page.NextCursor)
	p.Table.Rows = in.submissionRows(page.Items).Rows
	return p
}

// takesIn reports whether the reader may decide on the submission.
func (in reader) takesIn(s portal.Submission) bool {
	if s.Kind == portal.Invoice {
		return in.can(access.InvoiceWrite)
	}
	return in.can(access.PlacementWrite)
}

func submissionRecord(in reader, s portal.Submission) recordPage {
	status := in.sentState(s)
	status.Sub = ""
	p := recordPage{State: &status, heading: heading{
		Title: sentName(s), Subtitle: in.T("portal.kind."+string(s.Kind)) + " · " + s.VendorName,
		Crumbs: []link{{in.T("portal.submissions"), in.path("vendor-submissions")}, {s.AgreementNumber, in.path("agreements", s.AgreementID.String())}},
	}}
	if s.Remark != "" {
		p.Warn = in.T("record.reason", "reason", s.Remark)
	}
	p.Parts = []part{{ID: "facts", Title: in.T("portal.what"), Note: in.T("portal.note." + string(s.Kind)), Facts: append(in.sentFacts(s), in.sentFile(s)...)}}
	if s.Status == portal.Waiting && in.takesIn(s) {
		form := submissionForm(in, s)
		p.Parts = append(p.Parts, part{ID: "decide", Title: in.T("portal.decide"), Note: in.T("portal.decide." + string(s.Kind)), Form: &form})
	}
	return p
}

// sentFacts are what the vendor says.
func (in reader) sentFacts(s portal.Submission) []fact {
	if s.Kind == portal.Proof {
		return []fact{
			{in.T("field.placement_id"), to(s.PlacementTitle, in.path("placements", s.PlacementID.UUID.String()))},
			{in.T("field.published_on"), text(in.date(s.PublishedOn))},
			{in.T("field.url"), code(orDash(s.URL))},
		}
	}
	facts := []fact{
		{in.T("field.number"), text(s.Number)}, {in.T("field.date"), text(in.date(s.Date))}, {in.T("field.amount"), text(in.cash(s.Amount))},
		{in.T("field.tax_invoice_number"), code(orDash(grouped(s.TaxInvoiceNumber)))}, {in.T("nav.placements"), in.count(int64(len(s.PlacementIDs)))},
	}
	if s.InvoiceID.Valid {
		facts = append(facts, fact{in.T("invoice.one"), to(s.Number, in.path("invoices", s.InvoiceID.UUID.String()))})
	}
	return facts
}

// sentFile is the file that came, when, and through which link.
func (in reader) sentFile(s portal.Submission) []fact {
	file := in.fileLink(s.SHA256)
	file.Sub = s.Filename
	return []fact{
		{in.T("field.file"), file}, {in.T("portal.fingerprint"), code(fingerprint(s.SHA256))}, {in.T("portal.at"), text(in.moment(s.CreatedAt))},
		{in.T("portal.link"), to(s.VendorName, in.path("vendor-links", s.LinkID.String()))},
	}
}

// fingerprint writes a hash in groups, so that people can compare it and a narrow screen can break it.
func fingerprint(sum string) string {
	var groups []string
	for ; len(sum) > 8; sum = sum[8:] {
		groups = append(groups, sum[:8])
	}
	return strings.Join(append(groups, sum), " ")
}

func submissionForm(in reader, s portal.Submission) formPage {
	reason := in.input("reason", "textarea", false)
	reason.Wide, reason.Help = true, in.T("portal.help.reason")
	return formPage{
		Action: in.path("vendor-submissions", s.ID.String()), Hidden: []box{version64(s.Version)}, Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{
			{Label: in.T("portal.accept." + string(s.Kind)), Name: "verb", Value: "accept", Main: true, Icon: "check"},
			{Label: in.T("portal.return"), Name: "verb", Value: "return", Danger: true, Icon: "rotate"},
		},
	}
}

func (w *Web) vendorSubmissions(r *request) (answer, error) {
	q, err := r.query()
	if err != nil {
		return answer{}, err
	}
	page, err := w.services.Portal.Submissions.List(r.ctx(), r.Actor, r.Agency.Code, q)
	if err != nil {
		return answer{}, err
	}
	return show(submissionList(r.reader, q, page))
}

func (w *Web) submissionOf(r *request) (portal.Submission, error) {
	id, err := r.id("id")
	if err != nil {
		return portal.Submission{}, err
	}
	return w.services.Portal.Submissions.Get(r.ctx(), r.Actor, r.Agency.Code, id)
}

func (w *Web) vendorSubmission(r *request) (answer, error) {
	s, err := w.submissionOf(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, submissionRecord(r.reader, s), s.ID)
}

func (w *Web) decideSubmission(r *request) (answer, error) {
	s, err := w.submissionOf(r)
	if err != nil {
		return answer{}, err
	}
	t, verb := r.typed(), r.c.FormValue("verb")
	reason := t.text("reason")
	if err = t.wrong.Err(); err == nil {
		err = w.decideOn(r, s.ID, verb, reason)
	}
	if err == nil {
		return done(r.path("vendor-submissions"), "flash.submission."+verb, "what", sentName(s))
	}
	f, ok := isFault(err)
	if s.Status != portal.Waiting || !ok {
		return answer{}, err
	}
	s.Version = r.version(err, s.Version)
	p := submissionRecord(r.reader, s)
	form := p.Parts[len(p.Parts)-1].Form
	if form == nil {
		return answer{}, err
	}
	form.fill(r.typed().get)
	form.mark(r.reader, f)
	return again(p, f)
}

func (w *Web) decideOn(r *request, id uuid.UUID, verb, reason string) (err error) {
	switch verb {
	case "accept":
		_, err = w.services.Portal.Submissions.Accept(r.ctx(), r.Actor, r.Agency.Code, id, r.expected())
	case "return":
		_, err = w.services.Portal.Submissions.Return(r.ctx(), r.Actor, r.Agency.Code, id, r.expected(), reason)
	default:
		err = fault.Missing()
	}
	return err
}

// proposed names what the vendor proposes about a placement and nobody has confirmed.
func (w *Web) proposed(r *request, p *recordPage, placement uuid.UUID) error {
	q := listing.Query{Limit: 10}.Where("placement_id", placement.String()).Where("status", string(portal.Waiting))
	page, err := w.services.Portal.Submissions.List(r.ctx(), r.Actor, r.Agency.Code, q)
	for _, s := range page.Items {
		p.Missing = append(p.Missing, link{
			r.T("portal.proposed", "date", r.date(s.PublishedOn), "url", orDash(s.URL)), r.path("vendor-submissions", s.ID.String()),
		})
	}
	return err
}

// waitingSubmissions counts what waits for somebody who may take it in.
func (w *Web) waitingSubmissions(r *request) ([]waiting, error) {
	if !r.can(access.PlacementWrite) && !r.can(access.InvoiceWrite) {
		return nil, nil
	}
	q := listing.Query{Limit: 1, Count: true, CountMax: countMax, Sort: []listing.Key{{Field: "created_at"}}}.Where("status", string(portal.Waiting))
	if !r.can(access.PlacementWrite) {
		q = q.Where("kind", string(portal.Invoice))
	}
	page, err := w.services.Portal.Submissions.List(r.ctx(), r.Actor, r.Agency.Code, q)
	n := many(page)
	if err != nil || n == 0 {
		return nil, err
	}
	one := waiting{Count: upTo(r.reader, n), Text: r.T("home.wait.submissions", "n", n), Href: r.path("vendor-submissions") + "?status=waiting"}
	if len(page.Items) > 0 {
		if days := r.today().Sub(period.DateOf(page.Items[0].CreatedAt, r.Place)); days > 0 {
			one.Since = r.T("home.since", "n", days)
		}
	}
	return []waiting{one}, nil
}
