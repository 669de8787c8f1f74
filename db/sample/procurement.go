package sample

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"tayang/app/agreement"
	checklist "tayang/app/paper"
	"tayang/app/registry"
)

// perbupFile is the regulation on which the regency's cooperation with media rests.
const perbupFile = "Peraturan Bupati Contoh Nomor 12 Tahun 2024 tentang Kerja Sama Media"

// announced is when the year's procurement plan was announced.
const announced = "01-05"

// bare is the agreement whose file is nearly empty: it waits for the commitment officer, who sees what it lacks.
const bare = "akhir"

// procurement is what the agreement says of how its vendor was chosen.
func (d deal) procurement() agreement.Procurement {
	p := agreement.Procurement{Package: d.title}
	if d.rup != "" {
		p.RUPAnnouncedOn = day(announced)
	}
	if d.key == bare {
		return p
	}
	p.LegalBasis, p.MediaPlan = perbupFile, d.paper("RENC", 1)
	if d.form == "spk" {
		p.Minutes = agreement.Minutes{Number: d.paper("BAN", 1), Date: day(d.order)}
	}
	if d.rhythm == steady {
		good := agreement.MakeGood
		p.ShortfallRule = &good
	}
	return p
}

// fill puts the papers into the file that are asked for.
func (r *run) fill(ctx context.Context) error {
	if r.key == bare {
		return nil
	}
	checklist, err := r.desk.papers.Dossier(ctx, r.staff, r.agency, r.agreement.ID)
	if err != nil {
		return err
	}
	for i, item := range checklist.Items {
		if !item.Mandatory {
			continue
		}
		f := agreement.PaperForm{Code: item.Code, Number: r.paper(shelfmark(string(item.Code)), i+1), Date: day(r.order)}
		content := document(item.NameID, "Nomor: "+f.Number, "Paket: "+r.title, "Perjanjian: "+r.number())
		if f.File, err = r.keep(ctx, r.desk, r.staff, content, string(item.Code)+".pdf"); err != nil {
			return err
		}
		if _, err := r.desk.papers.Add(ctx, r.staff, r.agency, r.agreement.ID, f); err != nil {
			return fmt.Errorf("%s: %w", item.Code, err)
		}
	}
	return nil
}

// shelfmark begins the number of a paper.
func shelfmark(code string) string {
	switch code {
	case "contract":
		return "KONTRAK"
	case "negotiation_minutes":
		return "BAN"
	case "owner_estimate":
		return "HPS"
	case "offer":
		return "PNW"
	}
	return "DOK"
}

// outside are the media that the year's decree does not name.
func outside() []string { return []string{"lapak", "bintang"} }

// tellChecklist puts the row on the agenda by which the regency asks for one paper more than the law.
func (s *story) tellChecklist() {
	d := newDesk(s.store, s.files, s.place)
	s.agenda.add(s.at(day("01-05"), 10*60), d, "ask for the media's applications", func(ctx context.Context) error {
		_, err := d.checklist.Add(ctx, s.people["admin@contoh.go.id"], checklist.RequirementForm{
			Code: "application", NameID: "Surat permohonan kerja sama dari media", NameEN: "Application of the medium", Kind: "media",
			Owner: checklist.Vendor, ValidFrom: day("01-01"), Basis: perbupFile + " pasal 6",
		})
		return err
	})
}

// tellCooperation puts the decree on the agenda that names the year's media.
func (s *story) tellCooperation() {
	d := newDesk(s.store, s.files, s.place)
	s.agenda.add(s.at(day("01-08"), 10*60), d, "name the cooperating media", func(ctx context.Context) error {
		staff := s.crews[Kominfo].staff
		l, err := d.cooperation.Create(ctx, staff, registry.CooperationForm{
			FiscalYear: year, Number: "500.12/7/KEP/2026", Date: day("01-08"), Basis: perbupFile,
		})
		if err != nil {
			return err
		}
		var members []registry.CooperationMember
		for _, m := range media() {
			if !slices.Contains(outside(), m.key) {
				members = append(members, registry.CooperationMember{OutletID: uuid.NullUUID{UUID: s.channels[m.key].id, Valid: true}})
			}
		}
		for _, p := range profiles() {
			members = append(members, registry.CooperationMember{SocialAccountID: uuid.NullUUID{UUID: s.channels[p.key].id, Valid: true}})
		}
		for _, m := range members {
			if _, err := d.cooperation.Add(ctx, staff, l.ID, m); err != nil {
				return err
			}
		}
		return nil
	})
}
