package main

import (
	"fmt"
	"testing"
)

// aired is a log in every state with a form, and figures of a post: paths of pages.
type aired struct {
	agreement                             string // an id
	staged, taken, free, confirmed, spare string // logs: looked at, with a proposal, with a row to match by hand, with a confirmed row, to be void
	post, reading, export, exportSpare    string
}

func (s *stock) air(t testing.TB, vendor, line string) {
	t.Helper()
	station := s.do(t, "staff", "POST", "/outlets", m{"vendor_id": vendor, "kind": "radio", "name": "Radio Contoh", "press_status": "unlisted"}).want(201).id()
	log := func(number, title, content string) (agreement, path string) {
		body := terms(number, vendor, station, line, 5, 100_000)
		of := body["deliverables"].([]m)[0]
		of["product"], of["unit"], of["label_required"] = "spot", "siaran", false
		a := s.office.active(t, body)
		for _, on := range []string{"2026-03-02", "2026-03-03"} {
			s.spot(t, a.deliverables()[0], on, title)
		}
		l := s.sendList(t, "staff", "./airing-logs", content, m{"agreement_id": a.id(), "outlet_id": station, "origin": "vendor"}).want(201)
		return a.id(), "./airing-logs/" + l.id()
	}
	const content = "Tanggal;Jam;Judul\n02/03/2026;07.15;Spot Vaksin\n03/03/2026;07.15;Lagu\n"
	s.aired.agreement, s.aired.staged = log("SP/SIAR1", "Spot Vaksin", content)
	const proposed, foreign = "Tanggal;Jam;Judul\n02/03/2026;07.15;Spot Vaksin\n", "Tanggal;Jam;Judul\n02/03/2026;07.15;Lagu\n"
	_, s.aired.taken = log("SP/SIAR2", "Spot Vaksin", proposed)
	_, s.aired.free = log("SP/SIAR5", "Spot Vaksin", foreign)
	_, s.aired.confirmed = log("SP/SIAR3", "Spot Vaksin", proposed)
	_, s.aired.spare = log("SP/SIAR4", "Spot Vaksin", content)
	for _, path := range []string{s.aired.taken, s.aired.free, s.aired.confirmed} {
		s.do(t, "staff", "POST", path+"/commit", nil).want(200)
	}
	s.do(t, "staff", "POST", s.aired.confirmed+"/matches/confirm", nil).want(200)

	account := s.do(t, "staff", "POST", "/social-accounts", m{"vendor_id": vendor, "platform": "instagram", "handle": "pembaca"}).want(201).id()
	body := terms("SP/POS", vendor, "", line, 2, 1_000_000)
	of := body["deliverables"].([]m)[0]
	delete(of, "outlet_id")
	of["social_account_id"], of["product"], body["kind"] = account, "reel", "influencer"
	of["content"] = m{"type": "reel", "minimum_live_days": 30, "label_text": "#iklan", "insights_due": []int{1, 7, 30}}
	s.aired.post = "./placements/" + s.spot(t, s.office.active(t, body).deliverables()[0], "2026-03-02", "Reel")
	const url = "https://www.instagram.com/p/DAbc123xyz/"
	s.do(t, "staff", "PATCH", s.aired.post, m{"published_on": "2026-03-02", "url": url, "label_present": true}, "If-Match", `"1"`).want(200)
	s.aired.reading = s.aired.post + "/insights/" + s.do(t, "staff", "POST", s.aired.post+"/insights", m{"taken_on": "2026-03-04", "reach": 3}).want(201).id()
	for i, path := range []*string{&s.aired.export, &s.aired.exportSpare} {
		got := s.sendList(t, "staff", "./insight-imports", fmt.Sprintf("Permalink,Publish time,Likes\n%s,x,%d\n", url, i+1), m{"taken_on": fmt.Sprintf("2026-03-1%d", i)}).want(201)
		*path = "./insight-imports/" + got.id()
	}
}
