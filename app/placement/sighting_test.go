package placement_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db"
	"tayang/db/dbtest/chain"
)

// shot is a picture of many rectangles, as JPEG of that quality; cut takes a tenth off its left.
func shot(t *testing.T, seed uint64, quality int, cut bool) placement.Evidence {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for range 60 {
		x, y := rng.IntN(400), rng.IntN(300)
		c := color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
		draw.Draw(img, image.Rect(x, y, x+10+rng.IntN(90), y+5+rng.IntN(60)), image.NewUniform(c), image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	name := "bukti.png"
	switch {
	case cut:
		chain.Wants(t, png.Encode(&out, img.SubImage(image.Rect(40, 0, 400, 300))), "")
	default:
		name = "bukti.jpg"
		chain.Wants(t, jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}), "")
	}
	return placement.Evidence{Kind: placement.Screenshot, Origin: placement.FromStaff, File: file.Sent{Name: name, Content: &out}}
}

// strict lets the rules about proofs refuse again, from today on.
func strict(t *testing.T, c *chain.Chain) {
	t.Helper()
	chain.Wants(t, c.Store.InTx(t.Context(), access.Act{Actor: c.Admin}, func(tx *db.Tx) (any, error) {
		for _, k := range rule.Statutory() {
			if k.Of != rule.OfPlacement {
				continue
			}
			f := rule.Form{Code: k.Code, Mode: k.Mode, ValidFrom: period.MustDate("2026-11-01"), Basis: "masa peralihan berakhir"}
			if err := tx.AddRule(t.Context(), rule.Rule{ID: uuid.New(), Form: f, CreatedBy: c.Admin.User}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}), "")
}

func entered(t *testing.T, c *chain.Chain, deliverable uuid.UUID, url string, proof placement.Evidence) placement.Placement {
	t.Helper()
	p := c.Planned(t, deliverable)
	p, err := c.Placements.Enter(t.Context(), c.Staff, c.Agency.Code, p.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		yes := true
		e.PublishedOn, e.URL, e.LabelPresent = p.ScheduledOn, url, &yes
		return e, nil
	})
	chain.Wants(t, err, "")
	_, err = c.Proofs.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, proof)
	chain.Wants(t, err, "")
	return p
}

func TestEvidenceThatWasSeenBefore(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	branch := c.Branch(t, "cabang")
	strict(t, c)
	there := branch.Agreement(t, branch.Item(1))
	entered(t, branch, there.Deliverables[0].ID, "https://kabar.test/satu?utm_source=wa", shot(t, 1, 90, false))
	here := c.Agreement(t, c.Item(9)).Deliverables[0].ID
	for name, r := range map[string]struct {
		url    string
		proof  placement.Evidence
		fields []string
		how    placement.How
	}{
		"another address and picture": {"https://kabar.test/dua", shot(t, 2, 90, false), nil, ""},
		"the same article":            {"https://m.kabar.test/satu/#x", shot(t, 3, 90, false), []string{"/url proof_seen_before"}, placement.ByAddress},
		"the same file":               {"https://kabar.test/tiga", shot(t, 1, 90, false), []string{"/proofs proof_seen_before"}, placement.ByFile},
		"encoded anew":                {"https://kabar.test/empat", shot(t, 1, 40, false), []string{"/proofs proof_looks_alike"}, placement.ByPicture},
		"cut":                         {"https://kabar.test/lima", shot(t, 1, 0, true), []string{"/proofs proof_looks_alike"}, placement.ByPicture},
	} {
		t.Run(name, func(t *testing.T) {
			p := entered(t, c, here, r.url, r.proof)
			defer func() { // what is cancelled is no evidence any more
				_, err := c.Placements.Cancel(t.Context(), c.Staff, c.Agency.Code, p.ID, nil, "selesai")
				chain.Wants(t, err, "")
			}()
			found, err := c.Placements.Assessment(t.Context(), c.Staff, c.Agency.Code, p.ID)
			chain.Wants(t, err, "")
			if r.how != "" {
				s := found.Sightings
				if len(s) != 1 || s[0].How != r.how || s[0].AgreementNumber != there.Number || s[0].AgencyCode != "cabang" || s[0].PlacementID.Valid || s[0].Title != "" {
					t.Fatalf("sightings %+v", s)
				}
			}
			if err = found.Ready(); len(r.fields) == 0 {
				chain.Wants(t, err, "")
				return
			}
			chain.Wants(t, err, "not_verifiable", r.fields...)
			_, err = c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil)
			chain.Wants(t, err, "not_verifiable", r.fields...)
		})
	}
}

func TestAnOverrideLetsSeenEvidencePass(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	strict(t, c)
	of := c.Agreement(t, c.Item(4)).Deliverables[0].ID
	first := entered(t, c, of, "https://kabar.test/satu", shot(t, 1, 90, false))
	p := entered(t, c, of, "https://kabar.test/satu", shot(t, 2, 90, false))
	other := entered(t, c, of, "https://kabar.test/satu", shot(t, 3, 90, false))
	found, err := c.Placements.Assessment(t.Context(), c.Staff, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	if s := found.Sightings; len(s) != 2 || s[0].PlacementID.UUID != first.ID || s[0].Title != first.Title {
		t.Errorf("sightings %+v", s)
	}
	ask := override.Ask{Kind: override.CheckMode, Reason: "iklan yang sama dipesan dua kali", Subject: override.Subject{
		Check: override.Check(rule.ProofSeenBefore), DocumentType: override.Placement, Mode: override.Warn, DocumentNumber: p.ID.String(),
	}}
	wrong := ask
	wrong.Subject.DocumentNumber = "satu"
	_, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, wrong)
	chain.Wants(t, err, "invalid", "/subject/document_number not_readable")
	wrong = ask
	wrong.Subject.DocumentType = override.Agreement
	_, err = c.Overrides.Ask(t.Context(), c.Staff, c.Agency.Code, wrong)
	chain.Wants(t, err, "invalid", "/subject/document_type unknown_choice")
	o := c.Override(t, c.Staff, c.Head, ask)
	got, err := c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, p.ID, nil)
	chain.Wants(t, err, "")
	if got.Status != placement.Verified {
		t.Errorf("got %+v", got)
	}
	used, err := c.Overrides.Get(t.Context(), c.Head, c.Agency.Code, o.ID)
	chain.Wants(t, err, "")
	if used.Count != 1 || used.Passed != p.Gross || used.Uses[0].DocumentID != p.ID {
		t.Errorf("the override does not tell of its use: %+v", used)
	}
	_, err = c.Placements.Verify(t.Context(), c.Verifier, c.Agency.Code, other.ID, nil)
	chain.Wants(t, err, "not_verifiable", "/url proof_seen_before")
}

func TestAPostByAnotherAccount(t *testing.T) {
	t.Parallel()
	p := placement.Placement{Publication: placement.Publication{URL: "https://www.tiktok.com/@lain/video/7345678901234567890"}, Order: placement.Order{ChannelKind: placement.Social}}
	for name, r := range map[string]struct {
		url, platform, handle string
		want                  int
	}{
		"another account":        {"https://www.tiktok.com/@lain/video/7345678901234567890", "tiktok", "akun", 1},
		"the account":            {"https://www.tiktok.com/@Akun/video/7345678901234567890", "tiktok", "@akun", 0},
		"does not say":           {"https://www.instagram.com/reel/C4xYz/", "instagram", "akun", 0},
		"another platform":       {"https://www.instagram.com/reel/C4xYz/", "tiktok", "akun", 1},
		"no platform of ours":    {"https://kabar.test/satu", "tiktok", "akun", 2},
		"not yet posted":         {"", "tiktok", "akun", 0},
		"ordered from an outlet": {"https://www.tiktok.com/@lain/video/7345678901234567890", "", "", 0},
	} {
		p.URL = r.url
		found := p.Assess(placement.Around{Platform: r.platform, Handle: r.handle}, nil, nil, chain.Day("2026-03-02"), time.UTC)
		if len(found.Doubts) != r.want || r.want > 0 && found.Doubts[0].Rule != rule.HandleDiffers {
			t.Errorf("%s: %+v", name, found.Doubts)
		}
	}
}

// shown is a picture of the screen, so that only what is asked about is doubted.
func shown() []placement.Held { return []placement.Held{{Kind: placement.Screenshot}} }

func TestAnArticleElsewhere(t *testing.T) {
	t.Parallel()
	p := placement.Placement{Order: placement.Order{ChannelKind: placement.Online}}
	for url, want := range map[string]string{
		"https://salinan.test/satu": "/url host_differs", "https://kabar.test/satu": "", "https://daerah.kabar.test/satu": "", "": "",
	} {
		p.URL = url
		err := p.Assess(placement.Around{Domain: "www.kabar.test", Held: shown()}, nil, nil, chain.Day("2026-03-02"), time.UTC).Ready()
		if want == "" {
			chain.Wants(t, err, "")
		} else {
			chain.Wants(t, err, "not_verifiable", want)
		}
	}
}

func TestLabelThatIsAbsent(t *testing.T) {
	t.Parallel()
	no := false
	p := placement.Placement{Publication: placement.Publication{LabelPresent: &no}, Order: placement.Order{LabelRequired: true}}
	found := p.Assess(placement.Around{}, nil, nil, chain.Day("2026-03-02"), time.UTC)
	if len(found.Doubts) != 1 || found.Doubts[0].Rule != rule.LabelAbsent || found.Doubts[0].Stops() {
		t.Errorf("%+v", found.Doubts)
	}
	hard := rule.Set{{Form: rule.Form{Code: rule.LabelAbsent, Mode: rule.Refuse, ValidFrom: chain.Day("2026-01-01")}}}
	chain.Wants(t, p.Assess(placement.Around{}, hard, nil, chain.Day("2026-03-02"), time.UTC).Ready(), "not_verifiable", "/label_present label_absent")
}

func TestWhatThePageSays(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*3600)
	p := placement.Placement{Title: "Bupati resmikan pusat layanan informasi", Order: placement.Order{ChannelKind: placement.Online}}
	p.URL, p.PublishedOn = "https://kabar.test/satu", chain.Day("2026-03-02")
	good := placement.Page{FinalURL: "https://kabar.test/satu", HTTPStatus: 200, Title: "BUPATI Resmikan Pusat Layanan — Kabar", Published: "2026-03-01T18:30:00Z"}
	for name, r := range map[string]struct {
		change func(*placement.Page)
		want   rule.Code
	}{
		"as entered":          {func(*placement.Page) {}, ""},
		"never opened":        {func(g *placement.Page) { *g = placement.Page{Title: "Lain"} }, ""},
		"gone":                {func(g *placement.Page) { g.HTTPStatus = 404 }, rule.PageMissing},
		"another day":         {func(g *placement.Page) { g.Published = "2026-03-02T18:30:00Z" }, rule.PageDateDiffers},
		"a day without hours": {func(g *placement.Page) { g.Published = "2026-03-05" }, rule.PageDateDiffers},
		"no day":              {func(g *placement.Page) { g.Published = "kemarin" }, ""},
		"another title":       {func(g *placement.Page) { g.Title = "Halaman depan Kabar" }, rule.PageTitleDiffers},
		"sent on elsewhere":   {func(g *placement.Page) { g.FinalURL = "https://iklan.test/satu" }, rule.HostDiffers},
	} {
		page := good
		r.change(&page)
		found := p.Assess(placement.Around{Domain: "kabar.test", Page: page, Held: shown()}, nil, nil, chain.Day("2026-03-09"), jakarta)
		if r.want == "" && len(found.Doubts) > 0 || r.want != "" && (len(found.Doubts) != 1 || found.Doubts[0].Rule != r.want) {
			t.Errorf("%s: %+v", name, found.Doubts)
		}
	}
}
