package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/owner"
	"tayang/app/placement"
	"tayang/app/registry"
)

// passed is what an agency passes on to the owner of a channel, and what he says that he receives.
type passed struct {
	channel        string
	net, confirmed money.Amount
}

// throughDeals are those with an agency that is paid for creators of others; before is how many agreements there are.
func throughDeals(office, before int) []deal {
	return []deal{{
		key: "jejaring", title: "Jejaring Kreator Siaga Musim Hujan", vendor: "agensi", kind: agreement.Influencer, method: "pengadaan_langsung", form: "kuitansi",
		rup: "50260131", order: "11-09", start: "11-11", end: "12-18", pace: 5,
		items: []item{
			{"siaran langsung", "ani.ig", "konten", 2, "konten", 1_650_000, 1_500_000, true, true, 0},
			{"video TikTok", "budi.tt", "konten", 2, "konten", 1_650_000, 1_500_000, true, true, 0},
			{"siaran langsung", "citra.ig", "konten", 2, "konten", 1_300_000, 1_200_000, true, true, 0},
			{"video YouTube", "dedi.yt", "konten", 1, "konten", 5_500_000, 5_000_000, true, true, 0},
			{"posting media sosial", "eka.fb", "konten", 2, "konten", 550_000, 500_000, true, true, 0},
		},
		// Citra says that the agency pays her less than it told the office.
		fee: 2_160_000, shares: []passed{
			{"ani.ig", 2_550_000, 2_550_000}, {"budi.tt", 2_550_000, 2_550_000}, {"citra.ig", 2_040_000, 1_400_000},
			{"dedi.yt", 4_250_000, 4_250_000}, {"eka.fb", 850_000, 850_000},
		},
		agency: Kominfo, no: office + 1, serial: before + 1,
	}}
}

// split is how the agreement's gross is shared.
func (r *run) split() agreement.Split {
	s := agreement.Split{ViaAgency: len(r.shares) > 0, Fee: r.fee}
	for _, p := range r.shares {
		one, c := agreement.Share{Net: p.net}, r.channels[p.channel]
		if id := (uuid.NullUUID{UUID: c.id, Valid: true}); c.kind == placement.Social {
			one.SocialAccountID = id
		} else {
			one.OutletID = id
		}
		s.Recipients = append(s.Recipients, one)
	}
	return s
}

// confirm puts the recipients' own words into the file.
func (r *run) confirm(ctx context.Context) error {
	for i, p := range r.shares {
		kept, err := r.keep(ctx, r.desk, r.staff, document("Konfirmasi honor", r.number(), p.channel), "konfirmasi.pdf")
		if err != nil {
			return err
		}
		if _, err := r.desk.confirmations.Add(ctx, r.staff, r.deal.agency, r.agreement.ID, r.agreement.LookThrough.Recipients[i].ID, agreement.ConfirmationForm{
			Amount: p.confirmed, Date: day(r.order), File: kept, Origin: agreement.FromRecipient,
		}); err != nil {
			return err
		}
	}
	return nil
}

// tellOwners enters the group behind two portals, and that the creators' agency is one.
func (s *story) tellOwners(d *desk) {
	staff := s.crews[Kominfo].staff
	s.agenda.add(s.at(day("02-11"), 14*60), d, "enter an owner group", func(ctx context.Context) error {
		kept, err := s.keep(ctx, d, staff, document("Susunan pemegang saham", "Keluarga Contoh"), "pemilik.pdf")
		if err != nil {
			return err
		}
		g, err := d.owners.Create(ctx, staff, owner.Form{
			Name: "Kelompok Senja Sinar Contoh", Owners: "Keluarga Contoh, 100% pada kedua CV", Source: "Akta pendirian kedua CV; rekening bank yang sama",
			File: kept, Since: day("01-01"),
		})
		if err != nil {
			return err
		}
		for _, key := range []string{"sinar", "senja"} {
			f := owner.MemberForm{OutletID: uuid.NullUUID{UUID: s.channels[key].id, Valid: true}, Since: day("01-01"), Source: "Akta pendirian", File: kept}
			if _, err := d.owners.AddMember(ctx, staff, g.ID, f); err != nil {
				return err
			}
		}
		return nil
	})
	s.agenda.add(s.at(day("11-06"), 14*60), d, "note that the agency sells creators of others", func(ctx context.Context) error {
		_, err := d.vendors.Change(ctx, staff, s.vendors["agensi"], nil, func(f registry.VendorForm) (registry.VendorForm, error) {
			f.RepresentsOthers = true
			return f, nil
		})
		return err
	})
}
