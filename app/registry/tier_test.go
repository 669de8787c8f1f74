package registry_test

import (
	"testing"
	"time"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

func tierOf(name string, platform registry.Platform, from, to int64, since, until string) registry.Tier {
	t := registry.Tier{TierForm: registry.TierForm{Name: name, Platform: platform, FollowersFrom: from, ValidFrom: period.MustDate(since)}}
	if to > 0 {
		t.FollowersTo = &to
	}
	if until != "" {
		t.ValidTo = period.MustDate(until)
	}
	return t
}

func TestTierByFollowers(t *testing.T) {
	t.Parallel()
	void := tierOf("salah", "", 0, 0, "2026-01-01", "")
	void.VoidedAt = &time.Time{}
	tiers := registry.Tiers{
		void,
		tierOf("mikro", "", 10_000, 50_000, "2026-01-01", ""), tierOf("makro", "", 50_000, 200_000, "2026-01-01", "2026-06-30"),
		tierOf("makro", "", 50_000, 0, "2026-07-01", ""), tierOf("video besar", registry.YouTube, 100_000, 0, "2026-01-01", "2026-12-31"),
	}
	for _, c := range []struct {
		followers int64
		platform  registry.Platform
		day, want string
	}{
		{9_999, registry.Instagram, "2026-03-01", ""},
		{10_000, registry.Instagram, "2026-03-01", "mikro"},
		{49_999, registry.TikTok, "2026-03-01", "mikro"},
		{50_000, registry.TikTok, "2026-03-01", "makro"},
		{199_999, registry.TikTok, "2026-06-30", "makro"},
		{200_000, registry.TikTok, "2026-06-30", ""},
		{200_000, registry.TikTok, "2026-07-01", "makro"},
		{60_000, registry.TikTok, "2025-12-31", ""},
		{60_000, registry.YouTube, "2026-03-01", ""}, // the platform's own rows alone
		{100_000, registry.YouTube, "2026-12-31", "video besar"},
		{60_000, registry.YouTube, "2027-01-01", "makro"}, // it has none any more
	} {
		if got := tiers.Of(c.followers, c.platform, period.MustDate(c.day)); got != c.want {
			t.Errorf("%d on %s on %s: %q, want %q", c.followers, c.platform, c.day, got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2008-05-01", "2026-04-30", 17},
		{"2008-05-01", "2026-05-01", 18},
		{"2008-05-02", "2026-05-01", 17},
		{"2008-12-31", "2026-05-01", 17},
		{"2008-02-29", "2026-02-28", 17},
		{"2008-02-29", "2026-03-01", 18},
		{"2008-02-29", "2028-02-29", 20},
	} {
		if got := registry.Age(period.MustDate(c.born), period.MustDate(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.born, c.on, got, c.want)
		}
	}
}

func TestWhatACreatorsPapersMaySay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 3, 0, 0, 0, time.UTC)
	file := "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	to := int64(10)
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"a conflict without details": {registry.StatementForm{Kind: "conflict_of_interest", Answer: "exists", GivenOn: period.MustDate("2026-04-01"), File: file}.Check(now), "/details"},
		"an answer of another kind":  {registry.StatementForm{Kind: "civil_servant", Answer: "none", GivenOn: period.MustDate("2026-04-01"), File: file}.Check(now), "/answer"},
		"a guardian without a name":  {registry.StatementForm{Kind: "guardian_consent", Relation: "ibu", GivenOn: period.MustDate("2026-04-01"), File: file}.Check(now), "/guardian_name"},
		"a guardian of no minor":     {registry.StatementForm{Kind: "civil_servant", Answer: "no", GuardianName: "Ibu", GivenOn: period.MustDate("2026-04-01"), File: file}.Check(now), "/guardian_name"},
		"a statement of tomorrow":    {registry.StatementForm{Kind: "civil_servant", Answer: "no", GivenOn: period.MustDate("2026-05-09"), File: file}.Check(now), "/given_on"},
		"a proof without a file":     {registry.OwnershipForm{ProvenBy: registry.BioCode, ProvenOn: period.MustDate("2026-04-01")}.Check(now), "/file"},
		"a proof in another way":     {registry.OwnershipForm{ProvenBy: registry.OtherMethod, ProvenOn: period.MustDate("2026-04-01"), File: file}.Check(now), "/note"},
		"a tier that holds nobody":   {registry.TierForm{Name: "mikro", FollowersFrom: 10, FollowersTo: &to, ValidFrom: period.MustDate("2026-01-01"), Basis: "Perkada"}.Check(), "/followers_to"},
		"a tier without a law":       {registry.TierForm{Name: "mikro", ValidFrom: period.MustDate("2026-01-01")}.Check(), "/basis"},
	} {
		if f := fault.From(c.err).Fields; len(f) != 1 || f[0].Pointer != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
}
