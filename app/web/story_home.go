package web

import (
	"tayang/app/agreement"
	"tayang/app/budget"
	"tayang/app/money"
)

func homeStories(in reader) []story {
	queue := []waiting{
		{Count: "3", Text: in.T("home.wait.agreements"), Since: in.T("home.since", "n", 4), Href: in.path("agreements") + "?status=submitted"},
		{Count: "27", Text: in.T("home.wait.placements"), Since: in.T("home.since", "n", 11), Href: in.path("placements") + "?status=published"},
		{Count: "2", Text: in.T("home.wait.payments"), Href: in.path("payments") + "?status=requested"},
	}
	return []story{
		{Name: "home", Page: newHome(in, 2026, storyLines(), queue, append(append(in.stillWaiting(storyWaiting()), in.remindedOfTaxes(storyOwed())...), in.reminded(storyReminders())...))},
		{Name: "home-empty", Page: newHome(in, 2026, nil, nil, nil)},
	}
}

// storyReminders is one reminder of each kind.
func storyReminders() (out []agreement.Reminder) {
	for i, k := range agreement.ReminderKinds() {
		out = append(out, agreement.Reminder{
			Kind: k, AgreementID: storyID(40), Number: "027/014/SPK/2026", Title: "Kerja sama publikasi kegiatan pemerintah daerah", VendorName: "PT Kabar Contoh Nusantara",
			Since: day("2026-10-12"), Days: int64(i + 3), Elapsed: 80, Evidenced: 40,
		})
	}
	return out
}

// storyLines are the sub-activities of a real regency office (domain.md §3) with invented balances.
func storyLines() []budget.Line {
	rows := []struct {
		code, name                                   string
		appropriation, reserved, committed, realised money.Amount
	}{
		{"2.16.02.2.01.0014", "Relasi Media", 458_805_000, 24_975_000, 96_300_000, 301_480_000},
		{"2.16.02.2.01.0015", "Kemitraan Komunikasi dengan Komunitas Informasi Masyarakat", 249_450_000, 0, 40_000_000, 120_500_000},
		{"2.16.02.2.01.0017", "Pelayanan Informasi Publik", 85_000_000, 0, 12_000_000, 61_250_000},
		{"2.16.02.2.01.0019", "Monitoring Informasi Kebijakan, Opini, dan Aspirasi Publik", 55_000_000, 0, 0, 49_950_000},
		{"2.16.02.2.01.0020", "Diseminasi Informasi", 307_600_000, 33_000_000, 88_750_000, 110_200_000},
		{"2.16.02.2.01.0021", "Pengelolaan Media Komunikasi Publik", 446_155_000, 0, 130_000_000, 214_800_000},
		{"2.16.02.2.01.0023", "Penyusunan Konten", 151_602_800, 11_000_000, 16_500_000, 70_400_000},
		{"2.16.02.2.01.0024", "Penguatan Kapasitas Sumber Daya Manusia Komunikasi Publik", 5_000_000, 0, 0, 0},
	}
	lines := make([]budget.Line, len(rows))
	for i, r := range rows {
		lines[i] = budget.Line{
			ID: storyID(byte(20 + i)), AgencyID: storyID(1), FiscalYear: 2026,
			Code:            budget.Code{SubActivityCode: r.code, AccountCode: "5.1.02.02.01.0055", FundSource: "PAD"},
			SubActivityName: r.name, AccountName: "Belanja Jasa Iklan/Reklame, Film, dan Pemotretan",
			Appropriation: r.appropriation, Reserved: r.reserved, Committed: r.committed, Realised: r.realised,
			Available: r.appropriation - r.reserved - r.committed - r.realised, Version: 3,
		}
	}
	return lines
}
