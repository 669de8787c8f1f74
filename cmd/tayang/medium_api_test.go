package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// onAir makes an active agreement about spots of 30 seconds at a radio station, and gives its id, outlet and deliverable.
func (o *office) onAir(t testing.TB, spots int64) (agreement, outlet, deliverable string) {
	t.Helper()
	vendor, _ := o.medium(t, "0123456789012345")
	station := o.do(t, "staff", "POST", "/outlets", m{"vendor_id": vendor, "kind": "radio", "name": "Radio Suara Contoh 100 FM", "press_status": "unlisted"}).want(201)
	body := terms("SP/1", vendor, station.id(), o.budget(t, 50_000_000)[0], spots, 100_000)
	line := body["deliverables"].([]m)[0]
	line["product"], line["unit"], line["label_required"] = "spot radio 30 detik", "siaran", false
	a := o.active(t, body)
	return a.id(), station.id(), a.deliverables()[0]
}

func (o *office) spot(t testing.TB, deliverable, on, title string) string {
	t.Helper()
	return o.do(t, "staff", "POST", "./placements", m{"deliverable_id": deliverable, "scheduled_on": on, "title": title}).want(201).id()
}

const radioLog = "\ufeffBUKTI SIAR;;;;;\nTanggal;Jam;Durasi;Judul;Program;Stasiun\n" +
	"02/03/2026;07.15;30;Spot Vaksin;Selamat Pagi;SUARA CONTOH\n" +
	"03/03/2026;07.16;30;Spot Vaksin;Selamat Pagi;SUARA CONTOH\n" +
	"03/03/2026;19.00;30;Spot Vaksin;Petang;SUARA CONTOH\n" +
	"04/03/2026;07.15;15;Spot Vaksin;Selamat Pagi;SUARA CONTOH\n" +
	"05/03/2026;07.15;30;Spot Vaksin;Selamat Pagi;SIAR LAIN\n"

// A log proves what it shows: rows are proposed, confirmed by one person, verified by another, and never shown twice.
func TestAStationsLogProvesItsSpots(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	agreement, outlet, deliverable := o.onAir(t, 10)
	o.do(t, "admin", "POST", "/rules", m{"code": "recording_missing", "mode": "refuse", "valid_from": "2026-01-01", "basis": "Perbup 1/2026"}).want(201)
	o.do(t, "admin", "POST", "/rules", m{"code": "proof_seen_before", "mode": "refuse", "valid_from": "2026-01-01", "basis": "Perbup 1/2026"}).want(201)
	var spots []string
	for _, on := range []string{"2026-03-02", "2026-03-03", "2026-03-04"} {
		spots = append(spots, o.spot(t, deliverable, on, "Spot Vaksin "+on))
	}
	values := m{"agreement_id": agreement, "outlet_id": outlet, "origin": "vendor"}
	if got := o.sendList(t, "staff", "./airing-logs", "Tanggal,Jam\n31-02-2026,25:00\n2026-03-02,24:00\n", values).want(201); got.number("wrong") != 2 || len(got.body["complaints"].([]any)) != 3 {
		t.Errorf("%s", got.raw)
	} else if r := o.do(t, "staff", "POST", "./airing-logs/"+got.id()+"/commit", nil).want(422, "import_refused"); !slices.Contains(r.pointers(), "/rows/1/date") {
		t.Errorf("%s", r.raw)
	}
	o.sendList(t, "staff", "./airing-logs", "Nama,Alamat\nA,B\n", values).want(422)
	o.sendList(t, "ppk", "./airing-logs", radioLog, values).want(403)
	o.sendList(t, "staff", "./airing-logs", radioLog, m{"agreement_id": agreement, "outlet_id": spots[0], "origin": "vendor"}).want(422)

	staged := o.sendList(t, "staff", "./airing-logs", radioLog, values).want(201)
	path := "./airing-logs/" + staged.id()
	if staged.number("wrong") != 0 || staged.number("matched") != 2 || staged.number("remarked") != 2 {
		t.Fatalf("%s", staged.raw)
	}
	if p := o.do(t, "staff", "GET", "./placements/"+spots[0], nil).want(200); p.text("status") != "planned" {
		t.Error("looking at a log publishes")
	}
	if again := o.sendList(t, "staff", "./airing-logs", radioLog, values).want(201); again.id() != staged.id() || again.body["repeated"] != true {
		t.Errorf("the same file is another log: %s", again.raw)
	}
	taken := o.do(t, "staff", "POST", path+"/commit", nil).want(200)
	missed, _ := taken.body["missed"].([]any)
	if taken.number("row_count") != 5 || taken.number("over") != 3 || len(missed) != 1 {
		t.Fatalf("%s", taken.raw)
	}
	if rows := o.do(t, "auditor", "GET", path+"/rows?matched=true", nil).want(200).items(); len(rows) != 2 {
		t.Errorf("%v", rows)
	}
	o.do(t, "verifier", "POST", path+"/matches/confirm", nil).want(403)
	confirmed := o.do(t, "staff", "POST", path+"/matches/confirm", nil).want(200)
	if confirmed.number("confirmed") != 2 {
		t.Fatalf("%s", confirmed.raw)
	}
	first := o.do(t, "staff", "GET", "./placements/"+spots[0], nil).want(200)
	if first.text("published_on") != "2026-03-02" || first.text("slot") != "07.15 WIB · Selamat Pagi" || first.number("proofs") != 1 || first.text("status") != "published" {
		t.Errorf("%s", first.raw)
	}
	proofs := o.do(t, "verifier", "GET", "./placements/"+spots[1]+"/proofs", nil).want(200).items()
	if proofs[0]["kind"] != "log" || fmt.Sprint(proofs[0]["log_row"]) != "4" || proofs[0]["sha256"] != staged.text("file_sha256") {
		t.Errorf("%v", proofs)
	}
	o.do(t, "staff", "POST", "./placements/"+spots[0]+"/verify", nil).want(403, "segregation_of_duties")
	o.do(t, "verifier", "POST", "./placements/"+spots[0]+"/verify", nil).want(200)

	// by hand: the short airing does not show the third spot by itself, but a person may say so
	row := ""
	for _, r := range o.do(t, "staff", "GET", path+"/rows?aired_on=2026-03-04", nil).want(200).items() {
		row = fmt.Sprint(r["id"])
	}
	used := fmt.Sprint(confirmed.body["rows"].([]any)[0].(m)["id"])
	o.do(t, "staff", "POST", path+"/matches", m{"airing_id": used, "placement_id": spots[2]}).want(422)
	o.do(t, "staff", "POST", path+"/matches", m{"airing_id": row, "placement_id": spots[0]}).want(422)
	o.do(t, "staff", "POST", path+"/matches", m{"airing_id": row, "placement_id": spots[2]}).want(200)
	o.do(t, "staff", "POST", path+"/matches/unmatch", m{"airing_ids": []string{row}}).want(200)
	if p := o.do(t, "staff", "GET", "./placements/"+spots[2], nil).want(200); p.text("status") != "planned" {
		t.Errorf("%s", p.raw)
	}
	o.do(t, "staff", "POST", path+"/matches/unmatch", m{"airing_ids": []string{used}}).want(422)
	o.do(t, "staff", "POST", path+"/void", m{"reason": "salah berkas"}).want(409, "log_used")
	other := strings.Replace(radioLog, "BUKTI SIAR", "SALINAN", 1)
	if copied := o.sendList(t, "staff", "./airing-logs", other, values).want(201); copied.number("matched") != 0 || copied.number("remarked") != 5 {
		t.Errorf("the same airings show more: %s", copied.raw)
	}
	o.do(t, "verifier", "POST", "./placements/"+spots[0]+"/reject", m{"reason": "cek ulang"}).want(200)
	if void := o.do(t, "staff", "POST", path+"/void", m{"reason": "salah berkas"}).want(200); void.text("status") != "voided" {
		t.Errorf("%s", void.raw)
	}
	if p := o.do(t, "staff", "GET", "./placements/"+spots[1], nil).want(200); p.text("status") != "planned" || p.text("published_on") != "<nil>" {
		t.Errorf("%s", p.raw)
	}
	if got := o.do(t, "staff", "GET", "./airing-logs?status=committed", nil).want(200).items(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// Figures are entered as of days and taken out of exports; the latest are the placement's.
func TestFiguresOfPosts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	vendor, _ := o.medium(t, "0123456789012345")
	account := o.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": vendor, "platform": "instagram", "handle": "contoh", "url": "https://instagram.com/contoh"}).want(201)
	body := terms("SP/1", vendor, "", o.budget(t, 50_000_000)[0], 3, 1_000_000)
	line := body["deliverables"].([]m)[0]
	delete(line, "outlet_id")
	line["social_account_id"], line["product"], line["unit"] = account.id(), "reel", "konten"
	line["content"] = m{"type": "reel", "minimum_live_days": 30, "label_text": "#iklan", "insights_due": []int{1, 7, 30}}
	body["kind"] = "influencer"
	deliverable := o.active(t, body).deliverables()[0]
	post := func(url string) string {
		id := o.spot(t, deliverable, "2026-03-02", "Reel "+url[len(url)-3:])
		o.do(t, "staff", "PATCH", "./placements/"+id, m{"published_on": "2026-03-02", "url": url, "label_present": true}, "If-Match", `"1"`).want(200)
		return id
	}
	one, two := post("https://www.instagram.com/reel/DAbc123xyz/?igsh=a"), post("https://www.instagram.com/contoh")
	known := o.do(t, "staff", "GET", "./placements/"+two+"/assessment", nil).want(200)
	if !strings.Contains(string(known.raw), "permalink_missing") || !strings.Contains(string(known.raw), `"state":"missing"`) {
		t.Errorf("%s", known.raw)
	}
	path := "./placements/" + one + "/insights"
	if r := o.do(t, "staff", "POST", path, m{"taken_on": "2026-03-01"}).want(422, "invalid"); !slices.Equal(r.pointers(), []string{"/taken_on", "/reach"}) {
		t.Errorf("%s", r.raw)
	}
	o.do(t, "ppk", "POST", path, m{"taken_on": "2026-03-03", "reach": 1}).want(403)
	d1 := o.do(t, "staff", "POST", path, m{"taken_on": "2026-03-05", "reach": 900, "views": 1200, "likes": 80}).want(201)
	if d1.number("due_day") != 1 || d1.number("late_days") != 2 {
		t.Errorf("%s", d1.raw)
	}
	o.do(t, "staff", "POST", path, m{"taken_on": "2026-03-09", "due_day": 1, "reach": 1000}).want(422)

	export := "Post ID,Description,Publish time,Permalink,Views,Reach,Likes,Comments,Shares,Saves\n" +
		"18012345678901234,Reel,03/02/2026 05:00,https://www.instagram.com/reel/DAbc123xyz/,2.400,1700,75,4,,2\n" +
		"18012345678901235,Lain,03/02/2026 05:00,https://www.instagram.com/reel/DZZZ999zzz/,5,5,5,5,5,5\n"
	wrong := o.sendList(t, "staff", "./insight-imports", strings.Replace(export, "1700", "banyak", 1), m{"taken_on": "2026-03-09"}).want(201)
	if wrong.number("wrong") != 1 || wrong.text("platform") != "meta" {
		t.Errorf("%s", wrong.raw)
	}
	o.do(t, "staff", "POST", "./insight-imports/"+wrong.id()+"/commit", nil).want(422, "import_refused")
	staged := o.sendList(t, "staff", "./insight-imports", export, m{"taken_on": "2026-03-09"}).want(201)
	if staged.number("new") != 1 || staged.number("unknown") != 1 || staged.number("wrong") != 0 {
		t.Fatalf("%s", staged.raw)
	}
	o.do(t, "staff", "POST", "./insight-imports/"+staged.id()+"/commit", nil).want(200)
	p := o.do(t, "staff", "GET", "./placements/"+one, nil).want(200)
	if metrics := p.body["metrics"].(m); fmt.Sprint(metrics["views"]) != "2400" || fmt.Sprint(metrics["reach"]) != "1700" || fmt.Sprint(metrics["likes"]) != "75" {
		t.Errorf("%s", p.raw)
	}
	known = o.do(t, "verifier", "GET", "./placements/"+one+"/assessment", nil).want(200)
	if !strings.Contains(string(known.raw), "insight_falls") {
		t.Errorf("likes fell from 80 to 75: %s", known.raw)
	}
	if again := o.sendList(t, "staff", "./insight-imports", export, m{"taken_on": "2026-03-09"}).want(201); again.id() != staged.id() || again.body["repeated"] != true {
		t.Errorf("%s", again.raw)
	}
	if due := o.do(t, "staff", "GET", "./placements?insights_due_on_to=2026-11-01&sort=insights_due_on", nil).want(200).items(); len(due) != 2 {
		t.Errorf("%v", due)
	}
	o.do(t, "staff", "POST", "./insight-imports/"+staged.id()+"/void", m{"reason": "salah hari"}).want(200)
	p = o.do(t, "staff", "GET", "./placements/"+one, nil).want(200)
	if metrics := p.body["metrics"].(m); fmt.Sprint(metrics["views"]) != "1200" {
		t.Errorf("%s", p.raw)
	}
	o.do(t, "staff", "POST", path+"/"+d1.id()+"/void", m{"reason": "salah ketik"}).want(200)
	o.do(t, "staff", "POST", path+"/"+d1.id()+"/void", m{"reason": "salah ketik"}).want(409, "wrong_state")
	if all := o.do(t, "auditor", "GET", path, nil).want(200).items(); len(all) != 2 {
		t.Errorf("%v", all)
	}
}
