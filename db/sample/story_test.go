package sample

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tayang/app/likeness"
	"tayang/app/period"
)

func TestWorkday(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{"10-30": "10-30", "10-31": "11-02", "11-01": "11-02", "11-02": "11-02"} {
		if got := workday(day(date)); got != day(want) {
			t.Errorf("%s: %v, want %v", date, got, want)
		}
	}
}

func TestUnitsLieInTheTerm(t *testing.T) {
	t.Parallel()
	for _, d := range deals() {
		for _, p := range d.parcels() {
			for _, u := range p.units {
				if !d.term().Contains(u.scheduled) || !d.term().Contains(u.published) || u.published.Before(day(d.order)) {
					t.Errorf("%s %d: scheduled %v, published %v, outside %v", d.key, u.no, u.scheduled, u.published, d.term())
				}
				if !u.entered.IsZero() && (!u.published.Before(u.entered) || !u.entered.Before(u.verified)) {
					t.Errorf("%s %d: published %v, entered %v, verified %v", d.key, u.no, u.published, u.entered, u.verified)
				}
			}
		}
	}
}

func TestSteadyMonthsAreAlike(t *testing.T) {
	t.Parallel()
	parcels := dealOf("adlib").parcels()
	if len(parcels) != 10 {
		t.Errorf("%d months, want 10", len(parcels))
	}
	for _, p := range parcels {
		if len(p.units) != 5 {
			t.Errorf("month %d has %d units, want 5", p.no, len(p.units))
		}
	}
}

func TestStoryIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	tell := func() (out []string) {
		for _, d := range deals() {
			for _, p := range d.parcels() {
				for _, u := range p.units {
					out = append(out, fmt.Sprint(d.number(), p.no, u.no, u.scheduled, u.published, u.entered, u.verified, u.topic, u.slip))
				}
			}
		}
		return out
	}
	if diff := cmp.Diff(tell(), tell()); diff != "" {
		t.Error(diff)
	}
}

// Every slip and hitch of the tables must hit something before the story ends, or it would say what is not so.
func TestMishapsHappen(t *testing.T) {
	t.Parallel()
	for _, s := range slips() {
		if !happens(dealOf(s.deal), func(p *parcel, u *unit) bool { return u.slip == s && u.entered.Before(day(lastDay)) }) {
			t.Errorf("%s has no unit %d in time", s.deal, s.unit)
		}
	}
	for _, h := range hitches() {
		if !happens(dealOf(h.deal), func(p *parcel, u *unit) bool { return p.what == h.what && u.verified.Before(day("09-30")) }) {
			t.Errorf("%s has no settlement %d in time", h.deal, h.parcel)
		}
	}
}

func happens(d deal, is func(p *parcel, u *unit) bool) bool {
	for _, p := range d.parcels() {
		for _, u := range p.units {
			if is(p, u) {
				return true
			}
		}
	}
	return false
}

func TestNumbersAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, d := range deals() {
		if seen[d.number()] || seen[d.key] || d.rup != "" && seen[d.rup] {
			t.Errorf("%s, %s, RUP %s: not unique", d.key, d.number(), d.rup)
		}
		seen[d.number()], seen[d.key], seen[d.rup] = true, true, true
	}
}

func TestPicturesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i := range 200 {
		shown, err := picture(fmt.Sprintf("placement %d", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(shown)); err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[string(shown)]; ok {
			t.Errorf("%d and %d are the same picture", i, other)
		}
		seen[string(shown)] = i
	}
}

// The pictures are small and alike in their make: none may be taken for another, or the office would look like one that
// shows one proof for everything.
func TestPicturesAreToldApart(t *testing.T) {
	t.Parallel()
	under := map[int32][]int{}
	var kept []likeness.Print
	for i := range 200 {
		shown, err := picture(fmt.Sprintf("placement %d", i))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(shown))
		if err != nil {
			t.Fatal(err)
		}
		p, ok := likeness.Of(img)
		if !ok {
			t.Fatalf("picture %d says nothing", i)
		}
		probe := likeness.NewProbe(&p)
		asked := map[int]bool{}
		for _, key := range probe.Keys() {
			for _, other := range under[key] {
				if score := 0.0; !asked[other] {
					if score = probe.Score(&kept[other]); score >= likeness.Same {
						t.Errorf("%d and %d are taken for the same picture: %.2f", i, other, score)
					}
					asked[other] = true
				}
			}
		}
		for _, key := range p.Keys() {
			under[key] = append(under[key], i)
		}
		kept = append(kept, p)
	}
}

func TestDocumentPointsAtItsParts(t *testing.T) {
	t.Parallel()
	pdf := document("TAGIHAN (1)", `a\b`)
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	var table int
	if _, err := fmt.Sscanf(string(pdf[at:]), "startxref\n%d", &table); err != nil || !bytes.HasPrefix(pdf[table:], []byte("xref\n")) {
		t.Errorf("the table of objects is not at %d, %v", table, err)
	}
	if !bytes.Contains(pdf, []byte(`(TAGIHAN \(1\)) Tj`)) || !bytes.Contains(pdf, []byte(`(a\\b) Tj`)) {
		t.Error("brackets and backslashes are not escaped")
	}
}

func TestAgendaKeepsEachDeskInOrder(t *testing.T) {
	t.Parallel()
	d, e := &desk{clock: &clock{}}, &desk{clock: &clock{}}
	var g agenda
	told := map[*desk]*[]string{d: {}, e: {}}
	for _, x := range []struct {
		desk *desk
		at   string
	}{{d, "2026-02-02T09:00:00Z"}, {e, "2026-02-01T12:00:00Z"}, {d, "2026-02-01T10:00:00Z"}, {e, "2026-02-03T08:00:00Z"}, {e, "2026-02-09T08:00:00Z"}} {
		at, err := time.Parse(time.RFC3339, x.at)
		if err != nil {
			t.Fatal(err)
		}
		g.add(at, x.desk, "", func(context.Context) error {
			*told[x.desk] = append(*told[x.desk], period.DateOf(x.desk.clock.now(), time.UTC).String())
			return nil
		})
	}
	if err := g.run(t.Context(), day("02-05").Time()); err != nil {
		t.Fatal(err)
	}
	want := map[*desk][]string{d: {"2026-02-01", "2026-02-02"}, e: {"2026-02-01", "2026-02-03"}}
	for desk := range want {
		if diff := cmp.Diff(want[desk], *told[desk]); diff != "" {
			t.Error(diff)
		}
	}
}
