package report

import (
	"tayang/app/money"
	"tayang/app/period"
)

// InfluencerRow is a placement on a social account, with the account as it was at the order and what it reached.
// Measures that nobody entered are nil.
type InfluencerRow struct {
	PlacementRow
	Handle       string        `db:"handle"`
	Platform     string        `db:"platform"`
	Followers    *int64        `db:"followers"`
	SnapshotOn   period.Date   `db:"snapshot_on"`
	Tier         string        `db:"tier"`
	Agent        string        `db:"agent"`
	ContentType  string        `db:"content_type"`
	LiveUntil    period.Date   `db:"live_until"`
	StillLive    string        `db:"still_live"`
	Reach        *int64        `db:"reach"`
	Views        *int64        `db:"views"`
	Interactions *int64        `db:"interactions"`
	Recipient    string        `db:"recipient"`
	RecipientNet *money.Amount `db:"recipient_net"`
	Confirmed    *money.Amount `db:"confirmed"`
}

// perMille is what a thousand views cost, in money; nothing when there were none.
func perMille(gross money.Amount, views *int64) Cell {
	if views == nil || *views <= 0 {
		return None()
	}
	cost, err := money.MulDiv(gross, 1000, *views, money.HalfUp)
	if err != nil {
		return None()
	}
	return amount(cost)
}

// contentKind is the form of content that was agreed on, else the product as it was ordered.
func contentKind(r *InfluencerRow) string {
	if r.ContentType != "" {
		return r.ContentType
	}
	return r.Product
}

func influencerColumns(h Heading) []column[InfluencerRow] {
	type row = *InfluencerRow
	return append(publication(func(r row) *PlacementRow { return &r.PlacementRow }, h), []column[InfluencerRow]{
		of("handle", Identifier, Words{"Akun", "Account"}, Words{"Nama akun media sosial", "Handle of the social account"},
			"social_account.handle", func(r row) Cell { return text(r.Handle) }),
		of("platform", Term, Words{"Platform", "Platform"}, Words{"Platform media sosial", "Social platform"},
			"social_account.platform", func(r row) Cell { return text(r.Platform) }),
		of("followers", Count, Words{"Pengikut Saat Pesan", "Followers at Order"},
			Words{"Pengikut menurut potret terakhir sebelum tanggal pesan", "Followers in the last snapshot up to the order date"},
			"social_snapshot.followers", func(r row) Cell { return numberOf(r.Followers) }),
		of("snapshot_on", Day, Words{"Tgl Potret", "Snapshot On"}, Words{"Tanggal potret pengikut", "Day of the follower snapshot"},
			"social_snapshot.taken_on", func(r row) Cell { return day(r.SnapshotOn) }),
		of("tier", Text, Words{"Tingkat", "Tier"}, Words{"Tingkat menurut pengikut saat pesan dalam aturan daerah", "Tier in the local rules by followers at the order"},
			"tier.name", func(r row) Cell { return text(r.Tier) }),
		of("agent", Text, Words{"Agensi", "Agent"}, Words{"Badan usaha yang menagih untuk pemilik akun", "Company that bills for the account's owner"},
			"vendor.legal_name (company)", func(r row) Cell { return text(r.Agent) }),
		of("content_kind", Term, Words{"Jenis Konten", "Content Kind"}, Words{"Bentuk konten yang dipesan", "Form of content ordered"},
			"deliverable.content.type, deliverable.product", func(r row) Cell { return text(contentKind(r)) }),
		of("reach", Count, Words{"Jangkauan", "Reach"}, Words{"Akun yang terjangkau", "Accounts reached"},
			"placement.metrics.reach", func(r row) Cell { return numberOf(r.Reach) }),
		of("views", Count, Words{"Tayangan", "Views"}, Words{"Jumlah ditonton", "Number of views"},
			"placement.metrics.views", func(r row) Cell { return numberOf(r.Views) }),
		of("interactions", Count, Words{"Interaksi", "Interactions"}, Words{"Suka + komentar + bagikan + simpan", "Likes + comments + shares + saves"},
			"placement.metrics", func(r row) Cell { return numberOf(r.Interactions) }),
		of("cost_per_mille", Money, Words{"CPM Efektif", "Effective CPM"}, Words{"Harga bruto per seribu tayangan", "Gross price per thousand views"},
			"gross × 1000 / views", func(r row) Cell { return perMille(r.Gross, r.Views) }),
		of("live_until", Day, Words{"Tayang Minimum s.d.", "Live at Least Until"}, Words{"Hari terakhir masa tayang minimum yang disepakati", "Last day of the minimum live period agreed on"},
			"placement.published_on + deliverable.content.minimum_live_days", func(r row) Cell { return day(r.LiveUntil) }),
		of("recipient", Text, Words{"Penerima Akhir", "Final Recipient"}, Words{"Penerima akhir di balik agensi", "Final recipient behind the agency"},
			"recipient", func(r row) Cell { return text(r.Recipient) }),
		of("recipient_net", Money, Words{"Neto Penerima", "Net of Recipient"},
			Words{"Neto penerima akhir untuk seluruh perjanjian, termasuk pajak", "The final recipient's net amount of the whole agreement, tax included"},
			"recipient.net", func(r row) Cell { return amountOf(r.RecipientNet) }),
		of("confirmed", Money, Words{"Konfirmasi", "Confirmed"},
			Words{"Yang dikonfirmasi sendiri oleh penerima akhir untuk seluruh perjanjian", "What the final recipient confirmed for the whole agreement"},
			"recipient_confirmation.amount (latest)", func(r row) Cell { return amountOf(r.Confirmed) }),
		of("still_live", Term, Words{"Masih Tayang", "Still Live"},
			Words{"Hasil pemeriksaan ulang terakhir; kosong bila belum pernah diperiksa", "What the last live check found; empty when nobody looked yet"},
			"live_check.result (last check)", func(r row) Cell { return text(r.StillLive) }),
	}...)
}
