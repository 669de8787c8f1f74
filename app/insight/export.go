package insight

import (
	"strings"

	"tayang/app/address"
	"tayang/app/fault"
	"tayang/app/price"
	"tayang/app/tabular"
)

// kinds are the exports that are known: by platform, with the heads that each has in English and Indonesian. A kind that
// is known by more of its heads counts.
func kinds() []tabular.Kind {
	figure := func(field string, heads ...string) tabular.Column { return tabular.Column{Field: field, Heads: heads} }
	needed := func(field string, heads ...string) tabular.Column {
		return tabular.Column{Field: field, Required: true, Heads: heads}
	}
	return []tabular.Kind{
		{Name: "meta", Columns: []tabular.Column{
			needed("link", "Permalink", "Tautan permanen", "Permalink postingan", "Tautan"),
			figure("id", "Post ID", "ID Postingan", "ID Post"), figure("title", "Description", "Title", "Deskripsi", "Judul"),
			needed("published", "Publish time", "Waktu publikasi", "Waktu terbit", "Waktu penerbitan", "Waktu diterbitkan"),
			figure("views", "Views", "Tayangan", "Penayangan"), figure("reach", "Reach", "Jangkauan"),
			figure("likes", "Likes", "Reactions", "Suka", "Tanda suka", "Reaksi"), figure("comments", "Comments", "Komentar"),
			figure("shares", "Shares", "Dibagikan", "Bagikan", "Pembagian"), figure("saves", "Saves", "Disimpan", "Simpan", "Penyimpanan"),
			figure("impressions", "Impressions", "Impresi"),
		}},
		{Name: "tiktok", Columns: []tabular.Column{
			needed("link", "Video link", "Tautan video", "Link video"), figure("title", "Video title", "Judul video"),
			needed("published", "Post time", "Waktu posting", "Waktu unggah", "Time"),
			figure("views", "Total views", "Video views", "Total tayangan", "Total penayangan"), figure("reach", "Reached audience", "Total reach", "Jangkauan"),
			figure("likes", "Total likes", "Likes", "Total suka"), figure("comments", "Total comments", "Comments", "Total komentar"),
			figure("shares", "Total shares", "Shares", "Total dibagikan", "Total bagikan"),
			figure("saves", "Total favorites", "Favorites", "Add to favorites", "Total favorit"),
		}},
		{Name: "youtube", Columns: []tabular.Column{
			needed("id", "Content", "Konten", "Video ID", "ID video"), needed("title", "Video title", "Judul video"),
			needed("published", "Video publish time", "Waktu publikasi video", "Waktu publikasi"),
			figure("views", "Views", "Penayangan", "Jumlah penayangan"), figure("reach", "Unique viewers", "Penonton unik"),
			figure("likes", "Likes", "Suka"), figure("comments", "Comments added", "Komentar yang ditambahkan", "Komentar ditambahkan"),
			figure("shares", "Shares", "Berbagi", "Dibagikan"), figure("impressions", "Impressions", "Tayangan", "Impresi"),
		}},
		{Name: "x", Columns: []tabular.Column{
			figure("id", "Post id", "Tweet id", "ID postingan"), needed("link", "Post Link", "Tweet permalink", "Post permalink", "Tautan postingan"),
			figure("title", "Post text", "Tweet text", "Teks postingan"), needed("impressions", "Impressions", "Impresi", "Tayangan"),
			figure("views", "Video views", "Media views"), figure("likes", "Likes", "Suka"), figure("comments", "Replies", "Balasan"),
			figure("shares", "Reposts", "Retweets", "Repost", "Posting ulang"), figure("saves", "Bookmarks", "Markah", "Bookmark"),
		}},
	}
}

// Platforms lists the exports that are known.
func Platforms() (out []string) {
	for _, k := range kinds() {
		out = append(out, k.Name)
	}
	return out
}

// Row is a row of an export: the post that it is about, and its figures.
type Row struct {
	Number     int
	Address    string // as it is looked for; empty when the row names no post
	Title      string
	Figures    Figures
	Complaints []tabular.Complaint // what cannot be read
}

// Sheet is an export that was read.
type Sheet struct {
	Platform string
	Rows     []Row
}

// ReadExport reads an export of a platform, which its heads tell. Posts are named by their permalink, on YouTube by their
// id; a row that names none, as totals do, is left out. Fault: Invalid about /file.
func ReadExport(b price.Book) (Sheet, error) {
	t, err := tabular.Find(b, kinds()...)
	if err != nil {
		f := fault.From(err)
		if len(f.Fields) == 1 && f.Fields[0].Code == "columns_missing" {
			f.Fields[0].Code = "export_unknown"
		}
		return Sheet{}, f
	}
	out := Sheet{Platform: t.Kind}
	for _, r := range t.Rows {
		if t.Blank(r, "link", "id") {
			continue
		}
		if row, ok := readRow(t, r); ok {
			out.Rows = append(out.Rows, row)
		}
	}
	return out, nil
}

func readRow(t tabular.Table, r price.SheetRow) (Row, bool) {
	row := Row{Number: r.Number, Title: t.Text(r, "title")}
	link, id := t.Cell(r, "link"), t.Cell(r, "id")
	switch {
	case link.Formula || t.Kind == "youtube" && id.Formula:
		field := "link"
		if t.Kind == "youtube" {
			field = "id"
		}
		row.Complaints = append(row.Complaints, t.Complain(r, field, "formula", nil))
		return row, true
	case t.Kind == "youtube":
		if id.Text == "" || strings.EqualFold(id.Text, "total") {
			return row, false
		}
		row.Address = post("https://youtube.com/watch?v=" + id.Text)
	default:
		row.Address = post(link.Text)
		if row.Address == "" && t.Kind == "x" && !id.Number {
			row.Address = post("https://x.com/i/web/status/" + id.Text)
		}
	}
	for _, name := range Names() {
		n, code := tabular.Whole(t.Cell(r, name))
		if code != "" {
			row.Complaints = append(row.Complaints, t.Complain(r, name, code, nil))
			continue
		}
		*row.Figures.At(name) = n
	}
	return row, true
}

// post is the address of a post as it is looked for; empty when the text is none.
func post(text string) string {
	k, ok := address.Of(text)
	if !ok || k.Post == "" {
		return ""
	}
	return k.URL
}
