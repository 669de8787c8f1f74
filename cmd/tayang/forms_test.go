package main

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tayang/db/sample"
)

// form is one form of a page as a browser reads it, filled in so that the program takes it.
type form struct {
	action    string
	multipart bool
	inputs    []entry
}

// entry is one field of a form, or a button with a name.
type entry struct {
	name, kind, value string
	required          bool
	choices           []string
	content           []byte // of a file
	filename, media   string
}

// forms reads the forms of a page that change something, but those of the frame.
func (s screen) forms() (out []form) {
	s.doc.Find("main form[method=post]").Each(func(_ int, f *goquery.Selection) {
		one := form{action: f.AttrOr("action", ""), multipart: f.AttrOr("enctype", "") == "multipart/form-data"}
		f.Find("input[name], select[name], textarea[name], button[name]").Each(func(_ int, e *goquery.Selection) {
			if in := inputOf(e); !slices.Contains([]string{"add", "remove", "add_recipient", "remove_recipient", "preview"}, in.name) && (in.kind != "unchecked" || in.name == "airing_ids") {
				one.inputs = append(one.inputs, in)
			}
		})
		out = append(out, one.oneButton())
	})
	return out
}

func inputOf(e *goquery.Selection) entry {
	_, required := e.Attr("required")
	in := entry{name: e.AttrOr("name", ""), kind: e.AttrOr("type", "text"), value: e.AttrOr("value", ""), required: required}
	switch tag := goquery.NodeName(e); {
	case tag == "textarea":
		in.kind, in.value = tag, e.Text()
	case tag == "button":
		in.kind = tag
	case tag == "select":
		in.kind = tag
		e.Find("option").Each(func(_ int, o *goquery.Selection) { in.choices = append(in.choices, o.AttrOr("value", "")) })
		in.value = e.Find("option[selected]").AttrOr("value", in.choices[0])
	case e.HasClass("money"):
		in.kind = "number"
	case in.kind == "checkbox" && e.AttrOr("checked", "no") == "no":
		in.kind = "unchecked"
	}
	return in
}

// oneButton keeps the last button, because only one can be pressed; where there is a choice it is the one that refuses.
func (f form) oneButton() form {
	last := len(f.inputs) - 1
	for i := range f.inputs {
		if f.inputs[i].kind == "button" {
			last = i
		}
	}
	for i := len(f.inputs) - 1; i >= 0; i-- {
		if f.inputs[i].kind == "button" && i != last {
			f.inputs = slices.Delete(f.inputs, i, i+1)
		}
	}
	return f
}

// typed is what people type into fields that come empty, by name or by the last part of it.
func typed() map[string]string {
	return map[string]string{
		"number": "F/1", "title": "Judul", "name": "Nama", "legal_name": "PT Formulir", "handle": "formulir", "subject": "Dewan Pers", "domain": "formulir.example",
		"date": "2026-04-10", "taken_on": "2026-03-01", "checked_on": "2026-03-01", "scheduled_on": "2026-03-05", "published_on": "2026-03-05", "start_on": "2026-03-01",
		"end_on": "2026-04-01", "start_date": "2026-03-01", "end_date": "2026-12-01", "order_date": "2026-03-01", "spp.date": "2026-04-12", "spm.date": "2026-03-25",
		"sp2d.date": "2026-03-27", "sts.date": "2026-04-27", "followers": "1.000", "proven_on": "2026-03-01", "given_on": "2026-03-01", "followers_from": "900.000",
		"engagement_rate": "2.5", "tax_invoice_number": "0400260012345678",
		"billing_code": "123456789012345", "ntpn": "0123456789ABCDEF", "reason": "Sebab", "product": "Artikel", "quantity": "2", "unit": "artikel",
		"email": "verifier@contoh.go.id", "for_email": "head@contoh.go.id", "decree_number": "800/112/2026", "month": "2026-03", "document_number": "SP2D/9",
		"description": "Iklan darurat", "amount": "750.000", "valid_until": "2027-12-31",
		"name_id": "Surat minat", "name_en": "Letter of interest",
		"unit_price": "1.000.000", "url": "https://contoh-pos.example/artikel", "since": "2026-02-01", "message": "Pesan", "budget": "1.000.000", "objective": "Tujuan",
		"handed_on": "2026-04-11", "source": "KPP", "code": "kantor_baru", "points": "10", "min_points": "40", "grade": "B", "from_year": "2026", "to_year": "2027", "ground": "Ingkar",
		"kbli": "63122", "accounts": "5.1.02.02.01.0055", "requirement_id": "", "phone": "0812 3456 7890",
		"purpose": "Bukti dan tagihan",
		"basis":   "Perbup 1/2026", "figure": "5", "reach": "5", "valid_from": "2026-03-01", "valid_to": "2027-12-31", "gross_from": "900.000.000.000",
		"signed_on": "2026-04-10", "office_signer": "Pramono Contoh", "vendor_signer": "Nusa Contoh", "from": "2026-01-01", "to": "2026-03-31",
		"make_good_reason": "tidak tayang",
		"lines":            "2.16.02.2.01.0014	Relasi Media	5.1.02.02.01.0055	Belanja Jasa Iklan	PAD	600.000.000",
	}
}

// filled is the form with something in every field that must not be empty.
func (f form) filled() form {
	words := typed()
	f.inputs = slices.Clone(f.inputs)
	for i, in := range f.inputs {
		text, known := words[in.name]
		if !known {
			text = words[in.name[strings.LastIndexByte(in.name, '.')+1:]]
		}
		switch {
		case in.name == "end_date" && strings.HasSuffix(f.action, "/amend"): // else it would change nothing
			in.value = "2026-12-31"
		case in.name == "lines.0.quantity" && strings.HasSuffix(f.action, "/lines"): // what the invoice's placements are
			in.value = "1"
		case in.name == "lines.0.amount" && strings.HasSuffix(f.action, "/lines"):
			in.value = "1.000.000"
		case in.kind == "file" && f.action == "/price-references/import":
			in.content, in.filename, in.media = []byte("uraian barang;satuan;harga satuan\nKolase;lembar;5.000\n"), "ssh.csv", "text/csv"
		case in.name == "code" && f.action == "/tax-objects":
			in.value = "24-104-01"
		case in.kind == "file" && strings.HasSuffix(f.action, "/airing-logs"):
			in.content, in.filename, in.media = []byte("Tanggal;Jam\n02/03/2026;07.15\n"), "log.csv", "text/csv"
		case in.kind == "file" && strings.HasSuffix(f.action, "/insight-imports"):
			in.content, in.filename, in.media = []byte("Permalink,Publish time,Likes\nhttps://instagram.com/p/DAbc123xyz,x,1\n"), "konten.csv", "text/csv"
		case in.kind == "file":
			in.content, in.filename, in.media = []byte("%PDF-1.7\nformulir "+f.action), "berkas.pdf", "application/pdf"
		case in.kind == "select" && in.value == "" && in.required:
			in.value = in.choices[len(in.choices)-1]
		case in.value == "" && (in.required || in.name == "reason" || in.name == "figure" || in.name == "reach" || in.name == "tax_invoice_number" || strings.HasSuffix(in.name, "_signer") || in.name == "signed_on"):
			in.value = text
		}
		f.inputs[i] = in
	}
	return f
}

// with is the form with another input at i.
func (f form) with(i int, change func(*entry)) form {
	f.inputs = slices.Clone(f.inputs)
	change(&f.inputs[i])
	return f
}

// submit sends the form as a browser does. Fields without a name are left out.
func (v *visitor) submit(f form, headers ...string) screen {
	v.t.Helper()
	if !f.multipart {
		values := url.Values{}
		for _, in := range f.inputs {
			values.Add(in.name, in.value)
		}
		values.Del("")
		return v.send("POST", f.action, "application/x-www-form-urlencoded", []byte(values.Encode()), headers...)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, in := range f.inputs {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + in.name + `"`}}
		content := []byte(in.value)
		if in.kind == "file" {
			h.Set("Content-Disposition", h.Get("Content-Disposition")+"; filename="+strconv.Quote(in.filename))
			h.Set("Content-Type", in.media)
			content = in.content
		}
		if in.name == "" {
			continue
		}
		part, err := w.CreatePart(h)
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
	_ = w.Close()
	return v.send("POST", f.action, w.FormDataContentType(), b.Bytes(), headers...)
}

// desks are the pages with forms, each with somebody who may send them, in an order in which one deed does not undo
// what the next needs.
func (s *stock) desks() []struct{ who, path string } {
	media := "./agreements/new?kind=media&vendor_id=" + strings.TrimPrefix(s.vendor, "/vendors/")
	return append(s.handoverDesks(), []struct{ who, path string }{
		{"staff", "/vendors/new"},
		{"staff", s.vendor + "/edit"},
		{"staff", s.vendor + "/papers/new"},
		{"staff", s.vendor + "/checks/new"},
		{"staff", s.vendor + "/outlets/new"},
		{"staff", s.outlet},
		{"staff", s.vendor + "/social-accounts/new"},
		{"staff", s.account},
		{"staff", s.account + "/edit"},
		{"staff", s.account + "/ownership-proofs/new"},
		{"verifier", s.ownership + "/decide"},
		{"staff", s.account + "/statements/new"},
		{"staff", "/tiers/new"},
		{"staff", s.tier},
		{"staff", s.tier + "/void"},
		{"staff", "/owner-groups/new"},
		{"staff", s.group + "/edit"},
		{"staff", s.group + "/members/new"},
		{"staff", s.group + "/members/end"},
		{"admin", "/rules/new"},
		{"admin", s.rule + "/void"},
		{"admin", "/paper-requirements/new"},
		{"admin", s.required + "/void"},
		{"staff", s.draft + "/papers/new"},
		{"staff", s.file + "/void"},
		{"staff", "/cooperation-lists/new"},
		{"staff", s.decree},
		{"staff", s.entry + "/void"},
		{"staff", s.decree + "/void"},
		{"staff", "/price-references/new"},
		{"staff", s.spare + "/void"},
		{"staff", "/price-references/import"},
		{"staff", s.listed},
		{"staff", "/vetting/requirements/new"},
		{"staff", "/vetting/requirements/copy?year=2026"},
		{"staff", "/vetting/requirement-grades/new"},
		{"staff", "/vetting/product-rules/new"},
		{"staff", "/vetting/requirement-results/new?outlet_id=" + strings.TrimPrefix(s.outlet, s.vendor+"/outlets/")},
		{"staff", "/vetting/press-checks/new?outlet_id=" + strings.TrimPrefix(s.outlet, s.vendor+"/outlets/")},
		{"staff", "/vetting/journalist-certificates/new?outlet_id=" + strings.TrimPrefix(s.outlet, s.vendor+"/outlets/")},
		{"staff", "/vetting/blacklist-entries/new?vendor_id=" + strings.TrimPrefix(s.vendor, "/vendors/")},
		{"verifier", "/vetting" + s.result + "/verify"},
		{"staff", "/vetting" + s.barred + "/lift"},
		{"staff", "/vetting" + s.grade + "/void"},
		{"staff", "/vetting" + s.productRule + "/void"},
		{"staff", "/vetting" + s.extra + "/void"},
		{"staff", "/vetting" + s.journalist + "/void"},
		{"staff", "/vetting" + s.lifted + "/void"},
		{"staff", "/vetting" + s.requirement + "/void"},
		{"admin", "/approval-rules/new"},
		{"admin", s.matrix + "/end"},
		{"admin", s.matrix + "/void"},
		{"staff", "./budgets/new"},
		{"staff", s.budget + "/edit"},
		{"head", s.budget + "/lock"},
		{"staff", "./campaigns/new"},
		{"staff", s.campaign + "/edit"},
		{"staff", media},
		{"staff", s.draft + "/edit"},
		{"staff", s.draft + "/submit"},
		{"staff", s.split + "/edit"},
		{"staff", s.through},
		{"staff", s.through + "/amend"},
		{"staff", s.withdrawn + "/withdraw"},
		{"ppk", s.submitted + "/approve"},
		{"staff", s.plain + "/amend"},
		{"ppk", s.pending + "/approve"},
		{"staff", s.retracted + "/withdraw"},
		{"staff", s.active + "/placements/new"},
		{"staff", s.planned + "/publication"},
		{"staff", s.published},
		{"verifier", s.published + "/decide"},
		{"staff", "./airing-logs/new?agreement_id=" + s.aired.agreement},
		{"staff", s.aired.staged},
		{"staff", s.aired.taken},
		{"staff", s.aired.free},
		{"staff", s.aired.confirmed},
		{"staff", s.aired.spare + "/void"},
		{"staff", s.aired.post + "/insights/new"},
		{"staff", s.aired.reading + "/void"},
		{"staff", "./insight-imports/new"},
		{"staff", s.aired.export},
		{"staff", s.aired.exportSpare + "/void"},
		{"staff", s.planned + "/cancel"},
		{"ppk", s.active + "/acceptances/new"},
		{"staff", s.active + "/invoices/new"},
		{"staff", s.invoice},
		{"staff", s.invoice + "/papers/new"},
		{"staff", s.vendorPaper + "/void"},
		{"staff", s.active + "/payments/new"},
		{"treasurer", s.requested + "/papers/new"},
		{"treasurer", s.receipt + "/void"},
		{"head", s.requested + "/authorise"},
		{"treasurer", s.authorised + "/settle"},
		{"treasurer", s.tax},
		{"treasurer", s.tax + "/reverse-deposit"},
		{"treasurer", s.slip + "/give"},
		{"treasurer", s.slip + "/void"},
		{"treasurer", s.tax + "/slip"},
		{"admin", "/tax-objects/new"},
		{"admin", s.object + "/void"},
		{"treasurer", s.settled + "/reverse"},
		{"ppk", s.idle + "/close"},
		{"ppk", s.working + "/suspend"},
		{"head", s.held + "/resume"},
		{"head", s.active + "/terminate"},
		{"verifier", "./periods/new"},
		{"treasurer", s.february + "/withdraw"},
		{"head", s.january + "/decide"},
		{"ppk", "./debt-recognitions/new?agreement_id=" + s.owed},
		{"head", s.debt + "/decide"},
		{"staff", s.undecided + "/withdraw"},
		{"treasurer", "./cash-plans/new"},
		{"staff", s.cash + "/edit"},
		{"head", s.cash + "/lock"},
		{"auditor", "./reports"},
		{"staff", "./overrides/new?kind=check_mode"},
		{"ppk", "./overrides/new?kind=tolerance"},
		{"treasurer", "./overrides/new?kind=period_reopen"},
		{"treasurer", "./overrides/new?kind=back_date"},
		{"head", "./overrides/new?kind=without_agreement"},
		{"admin", "./overrides/new?kind=role_change"},
		{"admin", "./overrides/new?kind=acting"},
		{"head", s.asked + "/decide"},
		{"head", s.roleAsked + "/decide"},
		{"staff", s.mine + "/withdraw"},
		{"head", s.tolerated + "/revoke"},
		{"staff", s.linkNew},
		{"treasurer", s.sentWrong},
		{"ppk", s.link + "/revoke"},
	}...)
}

// TestEveryFormIsTaken sends every form as it comes, with the empty fields filled in; whatever can be sent to the
// program is on one of them.
func TestEveryFormIsTaken(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	people := map[string]*visitor{}
	sent := map[string]bool{
		"/settings": true, "/sign-in": true, "/sign-out": true, "/a/:/agreements/preview": true,
		// Those of vendors: TestAVendorComesByHisLink.
		"/v/:": true, "/v/*": true, "/v/settings": true, "/v/leave": true, "/v/agreements/:/invoice": true, "/v/placements/:/proofs": true,
	}
	for _, money := range []string{ // TestMoneyFormsAreTaken, and the deeds by role
		"payments/:/hold", "payments/:/release", "payments/:/refunds", "invoices/:/credit-notes", "invoices/:/credit-notes/:/void",
		"agreements/:/penalty-receipts", "agreements/:/penalty-receipts/:/void",
		"agreements/:/advance", "agreements/:/retention", // TestAdvancesByPages
		"placements/:/live-checks/:/state", "shortfalls/:/decide", "shortfalls/:/void", "shortfalls/:/recover", // TestPagesAreLookedAtAgain
	} {
		sent["/a/:/"+money] = true
	}
	for _, d := range s.desks() {
		if people[d.who] == nil {
			people[d.who] = s.visitor(t, d.who)
		}
		v := people[d.who]
		forms := v.get(d.path).want(200).forms()
		if len(forms) == 0 {
			t.Errorf("%s has no form", d.path)
		}
		for _, f := range forms {
			sent[shape(f.action)] = true
			once := shape(f.action) == "/a/:/vendor-links" // the address of a new link is shown at once and never again
			if got := v.submit(f.filled()); got.status != 303 && !(once && got.status == 200) {
				t.Errorf("%s by %s: %d %s", f.action, d.who, got.status, got.words("main .summary, main .message"))
			}
		}
	}
	app, err := s.p.server()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range app.GetRoutes(true) {
		if path := shape(r.Path); r.Method == http.MethodPost && !strings.HasPrefix(path, "/api/") && !sent[path] && path != "/" {
			t.Errorf("no form of a page that is tested goes to %s: %v", path, slices.Sorted(maps.Keys(sent)))
		}
	}
}

// shape is an address with a colon for everything that differs from one record to the next.
func shape(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, ":") || len(p) == 36 && strings.Count(p, "-") == 4 || p == sample.Kominfo {
			parts[i] = ":"
		}
	}
	return strings.Join(parts, "/")
}
