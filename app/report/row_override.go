package report

import (
	"strconv"
	"strings"
	"time"

	"tayang/app/lang"
	"tayang/app/money"
	"tayang/app/override"
	"tayang/app/period"
)

// OverrideRow is a document that passed under an override, an override under which none did, or a change that came past
// the program. Rows, Changed, Op and Program are of the last; Status is that at the end of the report's period.
type OverrideRow struct {
	ID             string           `db:"id"`
	Category       string           `db:"category"`
	Subject        override.Subject `db:"subject"`
	Vendor         string           `db:"vendor"`
	Line           string           `db:"line"`
	Changed        string           `db:"changed"`
	Rows           int64            `db:"rows"`
	Op             string           `db:"op"`
	Program        string           `db:"program"`
	Reason         string           `db:"reason"`
	AskedBy        string           `db:"asked_by"`
	AskedAt        time.Time        `db:"asked_at"`
	DecidedBy      string           `db:"decided_by"`
	DecidedAt      *time.Time       `db:"decided_at"`
	ValidUntil     period.Date      `db:"valid_until"`
	Status         string           `db:"status"`
	Remark         string           `db:"remark"`
	DocumentType   string           `db:"document_type"`
	DocumentNumber string           `db:"document_number"`
	Amount         *money.Amount    `db:"amount"`
	UsedAt         *time.Time       `db:"used_at"`
	UsedBy         string           `db:"used_by"`
	OverrideID     string           `db:"override_id"`
}

// asked is who asked, and for a role that no override gave, that it was the operator.
func (r OverrideRow) asked() Words {
	if r.AskedBy == "" && r.OverrideID == "" {
		return Words{"operator (baris perintah)", "operator (command line)"}
	}
	return Words{r.AskedBy, r.AskedBy}
}

// words say what the row is about.
func (r OverrideRow) words(c money.Currency) Words {
	s := r.Subject
	sum := func(language Language) string { return string(c) + " " + money.Format(s.Amount, c, string(language)) }
	switch r.Category {
	case "check_mode":
		return checkWords(s)
	case "tolerance":
		return Words{"tagihan boleh lebih tinggi sampai " + sum(Indonesian), "an invoice may be higher by up to " + sum(English)}
	case "period_reopen":
		return Words{"bulan " + s.Month + " dibuka kembali", "month " + s.Month + " is open again"}
	case "back_date":
		return Words{"dokumen " + s.DocumentNumber + " bertanggal dalam bulan " + s.Month, "document " + s.DocumentNumber + " is dated in month " + s.Month}
	case "role_change":
		return roleWords(s)
	case "acting":
		role := roleTerm(s)
		return Words{
			s.Email + " bertindak untuk " + s.ForEmail + " sebagai " + role.ID + " (SK " + s.DecreeNumber + ")",
			s.Email + " acts for " + s.ForEmail + " as " + role.EN + " (decree " + s.DecreeNumber + ")",
		}
	case "without_agreement":
		text := s.Description + " · " + r.Vendor + " · " + r.Line + " · " + s.Date.String() + " · "
		return Words{text + sum(Indonesian), text + sum(English)}
	}
	return r.outside()
}

// checkWords say which check only warns: one of documents in general, or a rule that one agreement departs from.
func checkWords(s override.Subject) Words {
	of := WordsOf(string(s.DocumentType))
	if check, ok := map[override.Check]Words{override.Budget: {"anggaran", "budget"}, override.Matching: {"kecocokan", "matching"}}[s.Check]; ok {
		return Words{"pemeriksaan " + check.ID + " pada " + of.ID + " hanya memperingatkan", check.EN + " check of the " + of.EN + " only warns"}
	}
	name := func(code string) string {
		if l := lang.For(code); l.Has("rule." + string(s.Check)) {
			return l.T("rule." + string(s.Check))
		}
		return string(s.Check)
	}
	return Words{
		"aturan “" + name(lang.ID) + "” hanya memperingatkan pada " + of.ID + " " + s.DocumentNumber,
		"rule “" + name(lang.EN) + "” only warns for " + of.EN + " " + s.DocumentNumber,
	}
}

func roleWords(s override.Subject) Words {
	role, where, whole := roleTerm(s), s.AgencyCode, Words{"seluruh pemerintah", "all of the government"}
	if where != "" {
		whole = Words{where, where}
	}
	if s.Action == override.TakeBack {
		return Words{s.Email + " tidak lagi " + role.ID + " di " + whole.ID, s.Email + " is " + role.EN + " no more in " + whole.EN}
	}
	return Words{s.Email + " menjadi " + role.ID + " di " + whole.ID, s.Email + " becomes " + role.EN + " in " + whole.EN}
}

// roleTerm is the role of a subject in words.
func roleTerm(s override.Subject) Words {
	if w, ok := map[string]Words{
		"staff": {"staf pencatat", "clerk"}, "ppk": {"PPK", "commitment officer (PPK)"}, "verifier": {"PPK-SKPD", "finance verifier (PPK-SKPD)"},
		"treasurer": {"bendahara", "treasurer"}, "head": {"PA/KPA", "head (PA/KPA)"}, "auditor": {"auditor", "auditor"},
		"admin": {"administrator", "administrator"},
	}[string(s.Role)]; ok {
		return w
	}
	return Words{string(s.Role), string(s.Role)}
}

// outside says how many rows of which table were changed, and with what program.
func (r OverrideRow) outside() Words {
	what := map[string]Words{"insert": {"ditambah", "added"}, "update": {"diubah", "changed"}, "delete": {"dihapus", "deleted"}}[r.Op]
	n, with := strconv.FormatInt(r.Rows, 10), Words{}
	if r.Program != "" {
		with = Words{" dengan " + r.Program, " with " + r.Program}
	}
	return Words{
		strings.TrimSpace("tabel " + r.Changed + ": " + n + " baris " + what.ID + with.ID),
		strings.TrimSpace("table " + r.Changed + ": " + n + " rows " + what.EN + with.EN),
	}
}

func overrideColumns(h Heading) []column[OverrideRow] {
	return append(overrideAsked(h), overridePassed(h.Place)...)
}

func overrideAsked(h Heading) []column[OverrideRow] {
	type row = *OverrideRow
	return []column[OverrideRow]{
		of("id", Identifier, Words{"ID", "ID"}, Words{"Tanda pengenal tetap baris: dokumen yang lewat, penyimpangan, atau peristiwa jejak audit", "Stable id of the row: document that passed, override, or event of the trail"},
			"override_use.id, override.id, audit_event.seq", func(r row) Cell { return text(r.ID) }),
		rowNumber[OverrideRow](),
		of("category", Term, Words{"Kategori", "Category"}, Words{"Aturan yang disimpangi", "Which rule was departed from"},
			"override.kind", func(r row) Cell { return text(r.Category) }),
		of("subject", Text, Words{"Uraian", "Subject"}, Words{"Apa yang disimpangi, dalam kata", "What it is about, in words"},
			"override.subject", func(r row) Cell { return text(r.words(h.Currency).In(h.Language)) }),
		of("reason", Text, Words{"Alasan", "Reason"}, Words{"Alasan yang diberikan peminta", "Reason that was given"},
			"override.reason", func(r row) Cell { return text(r.Reason) }),
		of("asked_by", Text, Words{"Diminta Oleh", "Asked By"}, Words{"Siapa yang meminta; bagi perubahan di luar program, peran basis data", "Who asked; for a change outside the program, the database role"},
			"override.created_by, audit_event", func(r row) Cell { return text(r.asked().In(h.Language)) }),
		of("asked_at", Moment, Words{"Waktu Minta", "Asked At"}, Words{"Saat diminta atau tercatat, jam kantor", "When it was asked for or recorded, office time"},
			"override.created_at, audit_event.recorded_at", func(r row) Cell { return moment(&r.AskedAt, h.Place) }),
		of("decided_by", Text, Words{"Diputus Oleh", "Decided By"}, Words{"Orang kedua; kosong bila tidak ada", "The second person; empty when there is none"},
			"override.decided_by", func(r row) Cell { return text(r.DecidedBy) }),
		of("decided_at", Moment, Words{"Waktu Putus", "Decided At"}, Words{"Saat diputus, jam kantor", "When it was decided, office time"},
			"override.decided_at", func(r row) Cell { return moment(r.DecidedAt, h.Place) }),
		of("valid_until", Day, Words{"Berlaku Sampai", "Valid Until"}, Words{"Hari terakhir; kosong bila tanpa batas", "Last day; empty when it does not expire"},
			"override.valid_until", func(r row) Cell { return day(r.ValidUntil) }),
		of("status", Term, Words{"Status", "Status"}, Words{"Keadaan pada akhir periode; kosong bila tanpa keputusan", "State at the end of the period; empty when nobody decided"},
			"override.status", func(r row) Cell { return text(r.Status) }),
		of("remark", Text, Words{"Catatan", "Remark"}, Words{"Catatan keputusan atau pencabutan", "Remark of the decision or the revocation"},
			"override.remark", func(r row) Cell { return text(r.Remark) }),
	}
}

func overridePassed(place *time.Location) []column[OverrideRow] {
	type row = *OverrideRow
	return []column[OverrideRow]{
		of("document_type", Term, Words{"Dokumen", "Document"}, Words{"Jenis dokumen yang lewat, atau tabel yang diubah", "Kind of document that passed, or table that was changed"},
			"override_use.document_type", func(r row) Cell { return text(r.DocumentType) }),
		of("document_number", Identifier, Words{"No Dokumen", "Document No"}, Words{"Nomor dokumen, atau tanda pengenal baris yang diubah", "Number of the document, or id of the row that was changed"},
			"override_use.document_number", func(r row) Cell { return text(r.DocumentNumber) }),
		of("amount", Money, Words{"Uang yang Lewat", "Amount Passed"}, Words{"Nilai dokumen yang lewat, termasuk pajak", "Money of the document that passed, tax included"},
			"override_use.amount", func(r row) Cell { return amountOf(r.Amount) }),
		of("used_by", Text, Words{"Dipakai Oleh", "Used By"}, Words{"Siapa yang melakukannya", "Who did it"},
			"override_use.used_by", func(r row) Cell { return text(r.UsedBy) }),
		of("used_at", Moment, Words{"Waktu Pakai", "Used At"}, Words{"Saat dokumen lewat, jam kantor", "When the document passed, office time"},
			"override_use.used_at", func(r row) Cell { return moment(r.UsedAt, place) }),
		of("override_id", Identifier, Words{"ID Penyimpangan", "Override ID"}, Words{"Tanda pengenal tetap penyimpangan; kosong bila tidak ada", "Stable id of the override; empty when there was none"},
			"override.id", func(r row) Cell { return text(r.OverrideID) }),
	}
}
