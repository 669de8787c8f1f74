package paper

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
)

func day(text string) period.Date { return period.MustDate(text) }

// asked writes the papers of a file; mandatory ones have an exclamation mark.
func asked(rows []Requirement) string {
	var out []string
	for _, r := range rows {
		mark := ""
		if r.Mandatory {
			mark = "!"
		}
		out = append(out, string(r.Code)+mark)
	}
	return strings.Join(out, " ")
}

func TestTheFileFollowsKindMethodAndForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, method, form, want string }{
		{"media", "pengadaan_langsung", "kuitansi", "need_analysis rup_print"},
		{"media", "pengadaan_langsung", "spk", "need_analysis! rup_print owner_estimate! offer! negotiation_minutes! contract!"},
		{"influencer", "penunjukan_langsung", "surat_perjanjian", "content_plan! rup_print terms_of_reference! owner_estimate! offer! negotiation_minutes! contract!"},
		{"media", "e_purchasing", "surat_pesanan", "need_analysis rup_print catalogue_package! contract!"},
		{"media", "tender", "surat_perjanjian", "need_analysis! rup_print terms_of_reference! owner_estimate! selection_result! contract!"},
		{"media", "swakelola_i", "other", "need_analysis rup_print terms_of_reference!"},
		{"influencer", "direct_purchase", "bukti_pembelian", "content_plan rup_print"},
		{"media", "other", "other", "need_analysis rup_print"},
	} {
		if got := asked(Set(nil).Of(File{Kind: c.kind, Method: c.method, Form: c.form, Day: day("2026-02-02")})); got != c.want {
			t.Errorf("%s %s %s: %s, want %s", c.kind, c.method, c.form, got, c.want)
		}
	}
	if got := asked(Set(nil).Of(File{Kind: "media", Method: "tender", Form: "surat_perjanjian", Day: day("2018-06-30")})); got != "" {
		t.Errorf("before the law: %s", got)
	}
}

func own(code Code, mandatory bool, change func(*Requirement)) Requirement {
	r := Requirement{ID: uuid.New(), RequirementForm: RequirementForm{
		Code: code, NameID: "Nama", NameEN: "Name", Mandatory: mandatory, Owner: Staff, ValidFrom: day("2026-03-01"), Basis: "Perbup 1/2026",
	}}
	if change != nil {
		change(&r)
	}
	return r
}

func TestAGovernmentsRowComesBeforeTheLaws(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		set  Set
		on   string
		want bool
	}{
		"the law's own":                         {nil, "2026-03-01", true},
		"a row makes it optional":               {Set{own("offer", false, nil)}, "2026-03-01", false},
		"not before its first day":              {Set{own("offer", false, nil)}, "2026-02-28", true},
		"not after its last day":                {Set{own("offer", false, func(r *Requirement) { r.ValidTo = day("2026-03-31") })}, "2026-04-01", true},
		"on its last day":                       {Set{own("offer", false, func(r *Requirement) { r.ValidTo = day("2026-03-31") })}, "2026-03-31", false},
		"not when it is void":                   {Set{own("offer", false, func(r *Requirement) { r.VoidedAt = &at })}, "2026-03-01", true},
		"not of another form":                   {Set{own("offer", false, func(r *Requirement) { r.Form = "kuitansi" })}, "2026-03-01", true},
		"the row that says more":                {Set{own("offer", false, nil), own("offer", true, func(r *Requirement) { r.Form = "spk" })}, "2026-03-01", true},
		"else the one that begins last":         {Set{own("offer", false, func(r *Requirement) { r.ValidFrom = day("2026-03-02") }), own("offer", true, nil)}, "2026-03-02", false},
		"else the one that was entered at last": {Set{own("offer", false, func(r *Requirement) { r.CreatedAt = at }), own("offer", true, nil)}, "2026-03-02", false},
	} {
		rows := c.set.Of(File{Kind: "media", Method: "pengadaan_langsung", Form: "spk", Day: day(c.on)})
		i := slices.IndexFunc(rows, func(r Requirement) bool { return r.Code == "offer" })
		if i < 0 || rows[i].Mandatory != c.want {
			t.Errorf("%s: %v", name, asked(rows))
		}
	}
	rows := Set{own("surat_x", true, nil), own("a_first", false, nil)}.Of(File{Kind: "media", Method: "other", Form: "other", Day: day("2026-03-01")})
	if got := asked(rows); got != "need_analysis rup_print a_first surat_x!" {
		t.Errorf("papers of the government alone come last, by code: %s", got)
	}
}

func TestWrongRowsAreNamed(t *testing.T) {
	t.Parallel()
	err := RequirementForm{Code: "Other!", Kind: "press", Method: "x", Form: "y", Owner: "z", ValidTo: day("2026-01-01")}.Check([]string{"tender"}, []string{"spk"})
	var got []string
	for _, f := range fault.From(err).Fields {
		got = append(got, f.Pointer)
	}
	if want := "[/code /name_id /name_en /kind /method /form /owner /valid_from /basis]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	good := own("offer", true, nil).RequirementForm
	if err := good.Check([]string{"tender"}, []string{"spk"}); err != nil {
		t.Error(err)
	}
	good.Code = Other
	if good.Check(nil, nil) == nil {
		t.Error("the code of papers that nobody asks for was taken")
	}
}
