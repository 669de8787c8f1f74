package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tayang/app/agreement"
	"tayang/app/period"
	"tayang/db/sample"
)

// keyboard is a desk without a mouse: everything is reached by Tab, typed, chosen with the arrows and sent with Enter.
type keyboard struct{ *desk }

// key strikes keys.
func (k keyboard) key(keys string) {
	k.t.Helper()
	k.do(fmt.Sprintf("strike %q", keys), chromedp.KeyEvent(keys))
}

// reach presses Tab until the focus is on what the selector names, as a person would pass by whatever lies between.
func (k keyboard) reach(css string) {
	k.t.Helper()
	const farthest = 400
	for range farthest {
		if ask[bool](k.desk, `document.activeElement?.matches(%s) ?? false`, css) {
			return
		}
		k.key(kb.Tab)
	}
	k.t.Fatalf("Tab does not lead to %s\nat %s", css, k.view())
}

func named(name string) string { return fmt.Sprintf(`main [name=%q]:not([type=hidden])`, name) }

// write reaches a field and types into it.
func (k keyboard) write(name, text string) {
	k.t.Helper()
	k.reach(named(name))
	k.key(text)
	if got := ask[string](k.desk, `document.activeElement.value`); got != text {
		k.t.Fatalf("typed %q into %s, it holds %q", text, name, got)
	}
}

// date types a day in the order in which the browser's own date field asks for it.
func (k keyboard) date(name, day string) {
	k.t.Helper()
	k.reach(named(name))
	k.key(day[5:7] + day[8:10] + day[:4])
	if got := ask[string](k.desk, `document.activeElement.value`); got != day {
		k.t.Fatalf("typed the day %s into %s, it holds %q", day, name, got)
	}
}

// pick goes down a list with the arrow until the choice that holds the text.
func (k keyboard) pick(name, text string) {
	k.t.Helper()
	k.reach(named(name))
	for range ask[int](k.desk, `document.activeElement.options.length`) {
		if ask[bool](k.desk, `document.activeElement.selectedOptions[0]?.text.includes(%s) ?? false`, text) {
			return
		}
		k.key(kb.ArrowDown)
	}
	if !ask[bool](k.desk, `document.activeElement.selectedOptions[0]?.text.includes(%s) ?? false`, text) {
		k.t.Fatalf("%s has no choice %q", name, text)
	}
}

// tick reaches a box and sets it with the space bar.
func (k keyboard) tick(name string) {
	k.t.Helper()
	k.reach(named(name))
	if k.key(" "); !ask[bool](k.desk, `document.activeElement.checked`) {
		k.t.Fatalf("%s is not ticked", name)
	}
}

// enter reaches a button and presses Enter on it; the page that follows shows the text.
func (k keyboard) enter(css, seen, text string) {
	k.t.Helper()
	k.reach(css)
	k.key(kb.Enter)
	k.sees(seen, text)
}

// creators registers an agency and people whose accounts it sells.
func (o *office) creators(t testing.TB, handles ...string) (agency string) {
	t.Helper()
	agency = o.do(t, "staff", "POST", "/vendors", m{"kind": "company", "legal_name": "PT Agensi Contoh", "represents_others": true}).want(201).id()
	for _, handle := range handles {
		v := o.do(t, "staff", "POST", "/vendors", m{"kind": "individual", "legal_name": "Kreator " + handle}).want(201).id()
		o.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": v, "platform": "instagram", "handle": handle}).want(201)
	}
	return agency
}

// ownTerms is the row of a reel whose own days and label are typed; the others take what is usual for their type.
const ownTerms = 6

// keyed is the type of content of a row.
func keyed(row int) string { return []string{"reel", "story", "video"}[row%3] }

// twelve types the rows with their terms of content.
func (k keyboard) twelve(handles []string) {
	k.t.Helper()
	for i := range 12 {
		if i > 0 {
			k.reach(`[data-add="items"]`)
			k.key(kb.Enter)
		}
		at := fmt.Sprintf("deliverables.%d.", i)
		k.write(at+"product", "reel")
		k.pick(at+"channel", "@"+handles[i%len(handles)])
		k.pick(at+"budget_line_id", "5.1.02.02.01.0055")
		k.write(at+"quantity", "2")
		k.write(at+"unit", "konten")
		k.write(at+"unit_price", "1000000")
		k.tick(at + "tax_inclusive")
		k.pick(at+"content.type", keyed(i))
		if i == ownTerms {
			k.write(at+"content.minimum_live_days", "45")
			k.write(at+"content.label_text", "#kerjasama")
		}
	}
}

// agreed compares the terms of content that were kept with what was typed.
func (k keyboard) agreed(got reply) {
	k.t.Helper()
	for i, d := range got.body["deliverables"].([]any) {
		want := agreement.UsualContent(agreement.ContentType(keyed(i)))
		if i == ownTerms {
			want = agreement.Content{Type: agreement.Reel, MinimumLiveDays: 45, LabelText: "#kerjasama"}
		}
		raw, err := json.Marshal(d.(m)["content"])
		var kept agreement.Content
		if err = errors.Join(err, json.Unmarshal(raw, &kept)); err != nil || told(kept) != told(want) {
			k.t.Errorf("line %d: %v: want %v, got %v", i+1, err, want, kept)
		}
	}
}

// TestAnAgreementByKeyboardAlone enters twelve deliverables and the split of an agency without a mouse.
func TestAnAgreementByKeyboardAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 50_000_000)[0]
	handles := []string{"ani", "budi", "citra", "dedi"}
	o.creators(t, handles...)
	today := period.DateOf(time.Now(), o.p.place).String()
	k := keyboard{newDesk(t, newBrowser(t), o.url)}
	k.open("/sign-in")
	k.reach(`[name="email"]`)
	k.key("staff@contoh.go.id" + kb.Tab)
	k.reach(`[name="password"]`)
	k.key(sample.Password + kb.Enter)
	k.sees("header.top .person-name", "")

	k.open("./agreements/new")
	k.pick("kind", "nfluencer")
	k.pick("vendor_id", "PT Agensi Contoh")
	k.enter("main form .buttons .btn-primary", "main", "Pembagian melalui agensi")
	k.write("number", "027/12/SP")
	k.write("title", "Dua belas konten")
	k.pick("method", "E-purchasing")
	k.pick("form", "Surat pesanan")
	for _, name := range []string{"order_date", "start_date", "end_date"} {
		k.date(name, today)
	}
	k.twelve(handles)
	k.sees("#preview", "Rp24.000.000")
	k.write("look_through.fee", "4000000")
	for i, handle := range handles {
		if i > 0 {
			k.reach(`[data-add="recipients"]`)
			k.key(kb.Enter)
		}
		at := fmt.Sprintf("look_through.recipients.%d.", i)
		k.pick(at+"channel", "@"+handle)
		k.write(at+"net", "5000000")
		k.left((3 - i) * 5_000_000)
	}
	k.accessible()
	k.enter(`main form .buttons .btn-primary`, "h1", "Periksa kembali")
	k.enter(`main form .buttons .btn-primary`, ".record-state", "diajukan")
	k.sees("#money-flow", "@dedi")

	id := ask[string](k.desk, `location.pathname.split("/").pop()`)
	got := o.do(t, "staff", "GET", "./agreements/"+id, nil).want(200)
	l := got.body["look_through"].(m)
	if got.text("status") != "submitted" || got.number("gross") != 24_000_000 || len(got.deliverables()) != 12 || len(l["recipients"].([]any)) != 4 ||
		told(l["via_agency"], l["fee"], l["net"], l["residual"]) != "true 4000000 20000000 0" {
		t.Errorf("%s", got.raw)
	}
	for i, r := range l["recipients"].([]any) {
		if one := r.(m); !strings.HasSuffix(one["channel"].(string), "@"+handles[i]) || len(one["serves"].([]any)) != 3 {
			t.Errorf("%v", one)
		}
	}
	o.expect(t, line, "reserved", 24_000_000)
	k.agreed(got)
	k.rows(o, id)
}

// rows looks past the API at what the database keeps of the agreement.
func (k keyboard) rows(o *office, id string) {
	k.t.Helper()
	pool, err := sql.Open("postgres", o.p.owner)
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	for query, want := range map[string]int64{
		`SELECT count(*) FROM deliverable WHERE agreement_id = $1 AND content->>'type' IN ('reel', 'story', 'video') AND quantity = 2`:        12,
		`SELECT count(*) FROM recipient WHERE agreement_id = $1 AND net = 5000000`:                                                            4,
		`SELECT gross - agency_fee - (SELECT sum(net) FROM recipient r WHERE r.agreement_id = a.id)::bigint FROM agreement a WHERE a.id = $1`: 0,
	} {
		var n int64
		if err := pool.QueryRowContext(k.t.Context(), query, id).Scan(&n); err != nil || n != want {
			k.t.Errorf("%s: %v: want %d, got %d", query, err, want, n)
		}
	}
}

// left waits until the outlook tells that so much is left over.
func (k keyboard) left(amount int) {
	k.t.Helper()
	k.do(fmt.Sprintf("see %d left over", amount), func(ctx context.Context, t *chromedp.Target) (none chromedp.Void, err error) {
		for {
			text, err := chromedp.Evaluate[string](`[...document.querySelectorAll("#preview .figures > div")].find((d) => d.innerText.includes("Sisa belum terbagi"))?.innerText.replace(/[^0-9]/g, "") ?? ""`)(ctx, t)
			if err != nil || text == fmt.Sprint(amount) {
				return none, err
			}
			select {
			case <-ctx.Done():
				return none, ctx.Err()
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
}
