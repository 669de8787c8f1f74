package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"tayang/app/period"
	"tayang/app/placement"
	"tayang/app/registry"
	"tayang/app/vetting"
)

// perbup is the regulation that the checklist of the story's year follows.
const perbup = "Peraturan Bupati Contoh Nomor 12 Tahun 2025"

// asked is a line of the checklist.
type asked struct {
	code, name         string
	mandatory, expires bool
	points             int64
	criterion          vetting.Criterion
}

// pressChecklist is what is asked of newspapers, sites, stations and channels; a hundred points in all.
func pressChecklist() []asked {
	return []asked{
		{"badan_hukum", "Perusahaan pers berbadan hukum", true, false, 20, vetting.NoCriterion},
		{"npwp", "NPWP perusahaan", true, false, 10, vetting.HasNPWP},
		{"dewan_pers", "Terverifikasi Dewan Pers", true, false, 30, vetting.PressAdministrative},
		{"faktual", "Terverifikasi faktual", false, false, 20, vetting.PressFactual},
		{"ukw", "Penanggung jawab bersertifikat UKW", false, false, 10, vetting.Competence},
		{"kantor", "Berkantor di Kabupaten Contoh", false, true, 10, vetting.NoCriterion},
	}
}

// creatorChecklist is what is asked of influencers.
func creatorChecklist() []asked {
	return []asked{
		{"identitas", "Identitas pemilik akun", true, false, 40, vetting.NoCriterion},
		{"pakta", "Pakta integritas", false, true, 30, vetting.NoCriterion},
		{"rekening", "Rekening terdaftar", false, false, 30, vetting.HasAccount},
	}
}

// found is a result: about which channel and requirement, until when; unverified ones nobody else has seen yet.
type found struct {
	channel, code, until string
	unmet, unverified    bool
}

func findings() (out []found) {
	for _, m := range media() {
		if m.kind == registry.Outdoor || m.key == "lapak" { // who has not handed in his deed yet
			continue
		}
		out = append(out, found{channel: m.key, code: "badan_hukum"})
	}
	for channel, until := range map[string]string{"pos": "12-31", "kabar": "12-31", "harian": "12-31", "suara": "12-31", "warta": "12-31", "desa": "12-31", "lensa": "06-30"} {
		out = append(out, found{channel: channel, code: "kantor", until: until})
	}
	for _, p := range profiles() {
		if p.vendor != "pos" && p.key != "eka.fb" {
			out = append(out, found{channel: p.key, code: "identitas"})
		}
	}
	return append(out, found{channel: "nusa", code: "kantor", unmet: true}, found{channel: "sinar", code: "kantor", until: "12-31", unverified: true},
		found{channel: "ani.ig", code: "pakta", until: "12-31"}, found{channel: "budi.tt", code: "pakta", until: "12-31"})
}

// skilled are the journalists with a certificate.
func skilled() []struct {
	outlet, name, until string
	level               vetting.Level
} {
	return []struct {
		outlet, name, until string
		level               vetting.Level
	}{
		{"pos", "Tini Contoh", "2028-05-31", vetting.Utama}, {"kabar", "Tono Contoh", "2027-08-31", vetting.Madya},
		{"harian", "Wati Contoh", "2028-02-28", vetting.Utama}, {"tivi", "Yanto Contoh", "2027-03-31", vetting.Muda}, {"warta", "Dewi Contoh", "2026-05-31", vetting.Muda},
	}
}

// tellVetting enters the checklist of the year with its grades, what was found of each channel, and who was shut out once.
func (s *story) tellVetting(ctx context.Context, d *desk) error {
	staff := s.crews[Kominfo].staff
	asks := map[registry.OutletKind]map[string]uuid.UUID{}
	for _, kind := range []registry.OutletKind{registry.Online, registry.Print, registry.Radio, registry.TV, vetting.Influencer} {
		asks[kind] = map[string]uuid.UUID{}
		list := pressChecklist()
		if kind == vetting.Influencer {
			list = creatorChecklist()
		}
		for _, a := range list {
			r, err := d.vetting.Requirements.Enter(ctx, staff, vetting.Subject{}, vetting.RequirementForm{
				FiscalYear: year, OutletKind: kind, Code: a.code, Name: a.name, Mandatory: a.mandatory, Points: a.points, Expires: a.expires,
				Criterion: a.criterion, Basis: perbup + " pasal 6",
			})
			if err != nil {
				return fmt.Errorf("requirement %s of %s: %w", a.code, kind, err)
			}
			asks[kind][a.code] = r.ID
		}
	}
	for _, g := range []struct {
		grade  string
		points int64
	}{{"A", 80}, {"B", 60}, {"C", 40}} {
		if _, err := d.vetting.Grades.Enter(ctx, staff, vetting.Subject{}, vetting.GradeForm{FiscalYear: year, Grade: g.grade, MinPoints: g.points, Basis: perbup + " pasal 8"}); err != nil {
			return err
		}
	}
	if _, err := d.vetting.ProductRules.Enter(ctx, staff, vetting.Subject{}, vetting.ProductRuleForm{
		Product: "posting media sosial", KBLI: vetting.Patterns{"58*", "60*", "63*", "73*", "90*"}, Accounts: vetting.Patterns{"5.1.02.02.01.0055"},
		ValidFrom: day("01-01"), Basis: "SE Sekretaris Daerah Nomor 900/3/2026",
	}); err != nil {
		return err
	}
	if err := s.tellSkilled(ctx, d); err != nil {
		return err
	}
	for _, f := range findings() {
		if err := s.tellFinding(ctx, d, f, asks); err != nil {
			return fmt.Errorf("result %s of %s: %w", f.code, f.channel, err)
		}
	}
	return s.tellBlacklist(ctx, d)
}

func (s *story) tellSkilled(ctx context.Context, d *desk) error {
	for i, j := range skilled() {
		if _, err := d.vetting.Journalists.Enter(ctx, s.crews[Kominfo].staff, vetting.Subject{Outlet: s.channels[j.outlet].id}, vetting.JournalistForm{
			Name: j.name, Number: fmt.Sprintf("%d-UKW-CONTOH/DP/2023", 7_100+i), Level: j.level, Date: period.MustDate("2023-05-31"), ValidUntil: period.MustDate(j.until),
		}); err != nil {
			return fmt.Errorf("journalist %s: %w", j.name, err)
		}
	}
	return nil
}

// tellFinding enters a result with its paper; the verifier sees it the same day.
func (s *story) tellFinding(ctx context.Context, d *desk, f found, asks map[registry.OutletKind]map[string]uuid.UUID) error {
	who, c := s.crews[Kominfo], s.channels[f.channel]
	about, kind := vetting.Subject{Outlet: c.id}, registry.OutletKind(c.kind)
	if c.kind == placement.Social {
		about, kind = vetting.Subject{Account: c.id}, vetting.Influencer
	}
	paper, err := s.keep(ctx, d, who.staff, document(f.code, f.channel), f.code+".pdf")
	if err != nil {
		return err
	}
	form := vetting.ResultForm{RequirementID: asks[kind][f.code], Met: !f.unmet, ValidFrom: day("01-02"), File: paper}
	if f.until != "" {
		form.ValidUntil = day(f.until)
	}
	r, err := d.vetting.Results.Enter(ctx, who.staff, about, form)
	if err != nil || f.unverified {
		return err
	}
	_, err = d.vetting.Verify(ctx, who.verifier, r.ID, &r.Version)
	return err
}

// tellBlacklist enters who was shut out last year and may be ordered from again.
func (s *story) tellBlacklist(ctx context.Context, d *desk) error {
	_, err := d.vetting.Blacklist.Enter(ctx, s.crews[Kominfo].staff, vetting.Subject{}, vetting.BlacklistForm{
		VendorID: s.vendors["lapak"], ValidFrom: period.MustDate("2025-03-03"), ValidUntil: period.MustDate("2025-09-02"),
		DecreeNumber: "027/19/SK/2025", Ground: "Tidak menayangkan pesanan yang sudah dibayar",
	})
	return err
}
