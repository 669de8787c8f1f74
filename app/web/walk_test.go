package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/airing"
	"tayang/app/approval"
	"tayang/app/budget"
	"tayang/app/campaign"
	"tayang/app/capture"
	"tayang/app/cash"
	"tayang/app/closing"
	"tayang/app/completeness"
	"tayang/app/debt"
	"tayang/app/file"
	"tayang/app/handover"
	"tayang/app/insight"
	"tayang/app/live"
	"tayang/app/override"
	"tayang/app/owner"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/portal"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/report"
	"tayang/app/tax"
	"tayang/app/trail"
	"tayang/app/vetting"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest"
	"tayang/db/sample"
	"tayang/reports/read"
)

// walkNow is the moment at which the walks happen.
var walkNow = time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("WIB", 7*3600))

func within[S any](s *db.Store) access.Transactor[S] {
	return db.Within(s, func(tx *db.Tx) S { return any(tx).(S) })
}

func reading[S any](s *db.Store) access.Reader[S] {
	return db.Reading(s, func(tx *db.Tx) S { return any(tx).(S) })
}

// newOffice serves every page over a database of its own, with the sample office's accounts and no data.
func newOffice(t *testing.T) *fiber.App {
	t.Helper()
	s := dbtest.New(t)
	if _, err := sample.Begin(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenDirectory(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now, place := func() time.Time { return walkNow }, walkNow.Location()
	files := file.NewService(blobs, within[file.Register](s), reading[file.Register](s), 1<<20)
	w := testWeb(t, Config{Sessions: access.NewSessions(s, now), Now: now, Place: place, Log: slog.New(slog.NewTextHandler(walkLog{t}, nil)), Services: Services{
		Agencies:      registry.NewAgencyService(within[registry.AgencyStore](s), reading[registry.AgencyStore](s)),
		Vendors:       registry.NewVendorService(within[registry.VendorStore](s), reading[registry.VendorStore](s)),
		Outlets:       registry.NewOutletService(within[registry.OutletStore](s), reading[registry.OutletStore](s)),
		Accounts:      registry.NewSocialService(within[registry.SocialStore](s), reading[registry.SocialStore](s)),
		Tiers:         registry.NewTierService(within[registry.TierStore](s), reading[registry.TierStore](s)),
		Budgets:       budget.NewService(within[budget.Store](s), reading[budget.Lists](s)),
		Owners:        owner.NewService(within[owner.Store](s), reading[owner.Store](s), now),
		Confirmations: agreement.NewConfirmations(within[agreement.ConfirmationStore](s), reading[agreement.ConfirmationStore](s), now, place),
		Campaigns:     campaign.NewService(within[campaign.Store](s), reading[campaign.Store](s)),
		Papers:        agreement.NewPapers(within[agreement.PaperStore](s), reading[agreement.PaperStore](s)),
		Completeness:  completeness.NewService(within[completeness.PaperStore](s), reading[completeness.PaperStore](s), files, now, place),
		Agreements:    agreement.NewService(within[agreement.Store](s), within[agreement.MoveStore](s), reading[agreement.Lists](s), tax.Statutory(), now, place),
		Placements:    placement.NewService(within[placement.Store](s), reading[placement.Lists](s), now, place),
		Captures:      capture.NewService(within[capture.Store](s), reading[capture.Lists](s), files, nil, now),
		Live:          live.NewService(within[live.Store](s), reading[live.Lists](s), files, false, now, place),
		Airings:       airing.NewService(within[airing.Store](s), reading[airing.Lists](s), files, read.Reader{}, now, place),
		Insights:      insight.NewService(within[insight.Store](s), reading[insight.Lists](s), files, read.Reader{}, now, place),
		Proofs:        placement.NewProofs(within[placement.ProofStore](s), reading[placement.Lists](s), files, now),
		Handovers:     handover.NewService(within[handover.Store](s), reading[handover.Store](s), now),
		Acceptances:   placement.NewAcceptances(within[placement.AcceptanceStore](s), reading[placement.Lists](s), now),
		Invoices:      payment.NewInvoices(within[payment.InvoiceStore](s), reading[payment.Lists](s)),
		Periods:       closing.NewService(within[closing.Store](s), reading[closing.Lists](s), now, place),
		Vetting:       vetting.NewService(within[vetting.Store](s), reading[vetting.Store](s)),
		Debts:         debt.NewService(within[debt.Store](s), reading[debt.Lists](s), now),
		Cash:          cash.NewService(within[cash.Store](s), reading[cash.Lists](s)),
		Corrections:   payment.NewCorrections(within[payment.CorrectionStore](s), reading[payment.Lists](s), now),
		Payments:      payment.NewService(within[payment.RequestStore](s), within[payment.Store](s), reading[payment.Lists](s), tax.Statutory(), now, place),
		InvoicePapers: payment.NewInvoicePapers(within[payment.InvoicePaperStore](s), reading[payment.InvoicePaperStore](s), files),
		Slips:         payment.NewSlips(within[payment.SlipStore](s), reading[payment.SlipStore](s)),
		Overrides:     override.NewService(within[override.Store](s), reading[override.Lists](s), now, place),
		Prices:        price.NewService(within[price.Store](s), reading[price.Store](s), read.Reader{}),
		Reports:       report.NewService(within[report.Runs](s), reading[report.RunLists](s), blobs),
		Trail:         trail.NewService(reading[trail.Lists](s)),
		Approvals:     approval.NewService(within[approval.Store](s), reading[approval.Store](s)),
		Files:         files,
		Portal: Portal{
			Links:       portal.NewLinks(within[portal.LinkStore](s), reading[portal.Lists](s), "http://127.0.0.1", now, place),
			Submissions: portal.NewSubmissions(within[portal.DecisionStore](s), reading[portal.Lists](s), nil, nil, now),
		},
	}})
	app := fiber.New(fiber.Config{Immutable: true, BodyLimit: 4 << 20, ErrorHandler: w.Refuse, DisablePreParseMultipartForm: true})
	w.Mount(app)
	return app
}

type walkLog struct{ t *testing.T }

func (l walkLog) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// visitor is a person with a browser that runs no script.
type visitor struct {
	t       *testing.T
	app     *fiber.App
	cookies map[string]string
}

// screen is what a visitor sees.
type screen struct {
	t        *testing.T
	status   int
	location string
	body     string
	doc      *goquery.Document
}

func visit(t *testing.T, app *fiber.App, role string) *visitor {
	t.Helper()
	v := &visitor{t, app, map[string]string{}}
	v.post("/sign-in", "email", role+"@contoh.go.id", "password", sample.Password).moved()
	return v
}

func (v *visitor) get(path string) screen {
	v.t.Helper()
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form: names and values in turn.
func (v *visitor) post(path string, fields ...string) screen {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(req)
}

// send sends a form with a file that says to be a picture.
func (v *visitor) send(path string, content []byte, fields ...string) screen {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		_ = form.WriteField(fields[i], fields[i+1])
	}
	part, _ := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="berkas.png"`}, "Content-Type": {"image/png"}})
	_, _ = part.Write(content)
	_ = form.Close()
	req := httptest.NewRequest(http.MethodPost, path, &body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	return v.do(req)
}

func (v *visitor) do(req *http.Request) screen {
	v.t.Helper()
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := v.app.Test(req.WithContext(context.Background()), -1)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	for _, c := range res.Cookies() {
		v.cookies[c.Name] = c.Value
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	return screen{v.t, res.StatusCode, res.Header.Get("Location"), string(body), doc}
}

// moved wants the deed done, and gives the address to go on at.
func (s screen) moved() string {
	s.t.Helper()
	if s.status != http.StatusSeeOther {
		s.t.Fatalf("%d: %s", s.status, s.said())
	}
	where, _, _ := strings.Cut(s.location, "#")
	return where
}

// shows wants a page with that status on which all the texts stand.
func (s screen) shows(status int, texts ...string) screen {
	s.t.Helper()
	if s.status != status {
		s.t.Fatalf("%d instead of %d: %s", s.status, status, s.said())
	}
	if status < 400 {
		examine(s.t, "id", []byte(s.body))
	}
	for _, text := range texts {
		if got := s.said(); !strings.Contains(got, text) {
			s.t.Errorf("%q is not on the page: %s", text, got)
		}
	}
	return s
}

// said is the text of the page.
func (s screen) said() string {
	return regexp.MustCompile(`\s+`).ReplaceAllString(s.doc.Find("main").Text(), " ")
}

// value is what a field of the page holds.
func (s screen) value(name string) string {
	s.t.Helper()
	v, ok := s.doc.Find("[name='" + name + "']").Attr("value")
	if !ok {
		s.t.Fatalf("no field %s", name)
	}
	return v
}

// choice is the value of the first choice whose text holds the words.
func (s screen) choice(name, words string) (value string) {
	s.t.Helper()
	s.doc.Find("select[name='" + name + "'] option").EachWithBreak(func(_ int, o *goquery.Selection) bool {
		value = o.AttrOr("value", "")
		return !strings.Contains(o.Text(), words)
	})
	return value
}

// links gives the addresses on the page that match.
func (s screen) links(pattern string) (out []string) {
	form := regexp.MustCompile(pattern)
	s.doc.Find("[href]").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); form.MatchString(href) {
			out = append(out, href)
		}
	})
	return out
}
