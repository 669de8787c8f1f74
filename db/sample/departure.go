package sample

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/rule"
)

// departure is a rule that was departed from: asked for on a day, and what became of it on another.
type departure struct {
	key, agency          string
	asks, decides        string // e-mail addresses
	asked, decided, ends string // days; ends is the last on which it holds
	verb                 override.Verb
	why, remark          string
	kind                 override.Kind
	subject              override.Subject
	revoked              string // the day on which it was revoked, with the remark
}

// departures are one in every state. None holds in the communication office any more: its people have their own roles only,
// and its checks stop.
func departures() []departure {
	const staff, ppk, head, treasurer, admin = "staff@contoh.go.id", "ppk@contoh.go.id", "head@contoh.go.id", "treasurer@contoh.go.id", "admin@contoh.go.id"
	return []departure{
		{
			key: "banjir", agency: Kominfo, asks: staff, decides: head, asked: "02-25", decided: "02-26", verb: override.Approve, kind: override.WithoutAgreement,
			why:     "Peringatan banjir disiarkan malam itu juga, sebelum perjanjian dapat dibuat",
			subject: override.Subject{Amount: 2_750_000, Date: day("02-24"), Number: "KW-114/SC/2026", Description: "Siaran darurat peringatan banjir"},
		},
		{
			key: "pembulatan", agency: Kominfo, asks: staff, decides: head, asked: "03-02", decided: "03-03", ends: "06-30", verb: override.Approve,
			kind: override.Tolerance, why: "Aplikasi tagihan penyedia membulatkan PPN ke atas", subject: override.Subject{DocumentType: override.Invoice, Amount: 5_000},
		},
		{
			key: "kuitansi", agency: Kominfo, asks: staff, decides: head, asked: "06-04", decided: "06-05", ends: "06-30", verb: override.Approve,
			kind: override.CheckMode, why: "SPK menyusul; videotron harus menyala sebelum libur sekolah", subject: override.Subject{
				Check: override.Check(rule.FormBelowValue), DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: dealOf("videotron.2").number(),
			},
		},
		{
			key: "juni", agency: Kominfo, asks: treasurer, decides: head, asked: "07-06", decided: "07-07", verb: override.Refuse, kind: override.PeriodReopen,
			why: "SP2D Juni baru diterima", remark: "Catat pada bulan berjalan", subject: override.Subject{Month: "2026-06"},
		},
		{
			key: "plh", agency: Kominfo, asks: admin, decides: head, asked: "07-09", decided: "07-10", ends: "07-17", verb: override.Approve, kind: override.Acting,
			why: "PPK mengikuti pendidikan dan pelatihan", subject: override.Subject{
				Email: "verifier@contoh.go.id", ForEmail: ppk, Role: access.PPK, AgencyCode: Kominfo, DecreeNumber: "800/071/DISKOMINFO/2026",
			},
		},
		{
			key: "perubahan", agency: Kominfo, asks: ppk, decides: head, asked: "08-10", decided: "08-11", verb: override.Approve, kind: override.CheckMode,
			why: "Anggaran perubahan sudah disepakati dan segera dikunci", remark: "Anggaran perubahan tidak menambah baris ini", revoked: "08-18",
			subject: override.Subject{Check: override.Budget, DocumentType: override.Agreement, Mode: override.Warn},
		},
		{
			key: "mundur", agency: Kominfo, asks: treasurer, asked: "09-02", decided: "09-03", verb: override.Withdraw, kind: override.BackDate,
			why: "Salinan SP2D terlambat", subject: override.Subject{Month: "2026-08", DocumentNumber: "SP2D/007.05/DISKOMINFO/2026"},
		},
		{
			key: "kas", agency: Setwan, asks: "treasurer.setwan@contoh.go.id", decides: "head.setwan@contoh.go.id", asked: "11-16", decided: "11-17", ends: "12-31", verb: override.Approve,
			kind: override.CheckMode, why: "Pembayaran akhir tahun lebih cepat daripada anggaran kas",
			subject: override.Subject{Check: override.Budget, DocumentType: override.Payment, Mode: override.Warn},
		},
		{
			key: "paripurna", agency: Setwan, asks: "staff.setwan@contoh.go.id", decides: "head.setwan@contoh.go.id", asked: "01-30", decided: "02-02", ends: "02-28", verb: override.Approve,
			kind: override.CheckMode, why: "Siaran langsung paripurna dengan tiga kamera dan juru bahasa isyarat, di luar rincian standar harga",
			subject: override.Subject{Check: override.Check(rule.PriceAboveReference), DocumentType: override.Agreement, Mode: override.Warn, DocumentNumber: dealOf("paripurna").number()},
		},
		{
			key: "plt", agency: Dispar, asks: admin, decides: "head.dispar@contoh.go.id", asked: "11-17", decided: "11-18", ends: "12-31", verb: override.Approve,
			kind: override.Acting, why: "PPK purnatugas", subject: override.Subject{
				Email: "verifier.dispar@contoh.go.id", ForEmail: "ppk.dispar@contoh.go.id", Role: access.PPK, AgencyCode: Dispar, DecreeNumber: "800/118/DISPAR/2026",
			},
		},
		{
			key: "selisih", agency: Kominfo, asks: staff, asked: "11-19", kind: override.Tolerance, why: "Penyedia baru membulatkan ke ratusan rupiah",
			subject: override.Subject{DocumentType: override.Invoice, Amount: 100},
		},
		{
			key: "peran", agency: Kominfo, asks: admin, asked: "11-20", kind: override.RoleChange, why: "Mutasi per 1 Desember 2026",
			subject: override.Subject{Email: "treasurer@contoh.go.id", Role: access.Staff, AgencyCode: Kominfo, Action: override.Give},
		},
	}
}

// tellDepartures puts the departures on the agenda, each at a desk of its own.
func (s *story) tellDepartures() {
	for _, d := range departures() {
		desk := newDesk(s.store, s.files, s.place)
		var id uuid.UUID
		s.agenda.add(s.at(day(d.asked), 10*60), desk, "ask for "+d.key, func(ctx context.Context) (err error) {
			id, err = s.ask(ctx, desk, d)
			return err
		})
		decide := func(on, who string, verb override.Verb, remark string) {
			s.agenda.add(s.at(day(on), 11*60), desk, string(verb)+" "+d.key, func(ctx context.Context) error {
				_, err := desk.overrides.Decide(ctx, s.people[who], d.agency, id, override.DecideCommand{Verb: verb, Remark: remark})
				s.departed[d.key] = id
				return err
			})
		}
		switch {
		case d.verb == override.Withdraw:
			decide(d.decided, d.asks, d.verb, "")
		case d.revoked != "":
			decide(d.decided, d.decides, d.verb, "")
			decide(d.revoked, d.decides, override.Revoke, d.remark)
		case d.verb != "":
			decide(d.decided, d.decides, d.verb, d.remark)
		}
	}
}

func (s *story) ask(ctx context.Context, desk *desk, d departure) (uuid.UUID, error) {
	ask := override.Ask{Kind: d.kind, Subject: d.subject, Reason: d.why}
	if d.kind == override.WithoutAgreement {
		ask.Subject.VendorID, ask.Subject.BudgetLineID = s.vendors["suara"], s.lines["diseminasi"]
	}
	if d.ends != "" {
		ask.ValidUntil = day(d.ends)
	}
	o, err := desk.overrides.Ask(ctx, s.people[d.asks], d.agency, ask)
	return o.ID, err
}

// standIn is who decides on the agreement as commitment officer that day: the verifier while he acts for him.
func (r *run) standIn(on period.Date) access.Actor {
	for _, d := range departures() {
		if d.kind == override.Acting && d.agency == r.agency && d.subject.Role == access.PPK && on.After(day(d.decided)) && !on.After(day(d.ends)) {
			who := r.people[d.subject.Email]
			grant := access.Grant{Role: d.subject.Role, Agency: who.Grants[0].Agency, For: d.subject.ForEmail, Override: r.departed[d.key]}
			who.Grants = append([]access.Grant{}, append(who.Grants, grant)...)
			return who
		}
	}
	return r.ppk
}
