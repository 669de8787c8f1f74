package price

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/registry"
)

// Book is a workbook or a CSV file as it was sent, cell by cell.
type Book struct{ Sheets []Sheet }

// Sheet is a sheet with its rows; Number is that of the row on screen, from 1.
type Sheet struct {
	Name string
	Rows []SheetRow
}

// SheetRow is the cells of a row, by column.
type SheetRow struct {
	Number int
	Cells  []Cell
}

// Cell is a value: text as it stands, or a number as the file writes it. What a formula made is no value.
type Cell struct {
	Text    string
	Number  bool
	Formula bool
}

// Reader takes a file apart, whoever made it. Faults: UnsupportedMedia and TooLarge about /file.
type Reader interface {
	ReadBook(name string, content io.ReaderAt, size int64) (Book, error)
}

// Complaint is what is wrong with a row of a price list: Column as its head calls it, Code as in a refusal's field.
type Complaint struct {
	Row    int        `json:"row" doc:"as the sheet numbers it"`
	Column string     `json:"column" doc:"as offices call it"`
	Field  string     `json:"field"`
	Code   string     `json:"code"`
	Args   fault.Args `json:"args,omitempty"`
	Detail string     `json:"detail,omitempty" doc:"what is wrong and how to mend it"`
}

// Refusal is the complaint as a refusal's field: /rows/11/unit_price is the price in row 12.
func (c Complaint) Refusal() fault.Field {
	return fault.Field{Pointer: "/rows/" + strconv.Itoa(c.Row-1) + "/" + c.Field, Code: c.Code, Args: c.Args}
}

// columns of a price list: the field, and the heads that offices give it. The first is what it is called in complaints.
type column struct {
	field    string
	required bool
	heads    []string
}

func columns() []column {
	return []column{
		{"group_code", false, []string{"kode kelompok barang", "kode kelompok"}},
		{"group_name", false, []string{"uraian kelompok", "uraian kelompok barang", "nama kelompok", "nama kelompok barang"}},
		{"standard_id", false, []string{"id standar harga", "id standar", "id ssh", "id sbu"}},
		{"item_code", false, []string{"kode barang", "kode item"}},
		{"product", true, []string{"uraian barang", "nama barang", "uraian", "produk"}},
		{"specification", false, []string{"spesifikasi", "spesifikasi barang"}},
		{"unit", true, []string{"satuan", "satuan barang"}},
		{"unit_price", true, []string{"harga satuan", "harga", "harga satuan rp", "harga rp"}},
		{"account_codes", false, []string{"kode rekening", "rekening", "kode rekening belanja", "rekening belanja"}},
		{"outlet_kind", false, []string{"jenis media"}},
		{"tier", false, []string{"tingkat", "tingkat influencer", "tier"}},
	}
}

// headRowsMax is how far down a sheet its head is looked for: titles stand above it.
const headRowsMax = 60

// head is which column of a sheet holds which field.
type head struct {
	row int
	at  map[string]int
}

// headKey is a head without case, punctuation and blanks.
func headKey(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, " ")
}

// findHead finds the sheet and its row of heads; the columns may stand in any order. Fault: Invalid about /file, with the
// heads that are missing where most were found.
func findHead(b Book) (Sheet, head, error) {
	var missing []string
	for _, s := range b.Sheets {
		for i, r := range s.Rows[:min(len(s.Rows), headRowsMax)] {
			h := head{i, map[string]int{}}
			var lacks []string
			for _, c := range columns() {
				n := slices.IndexFunc(r.Cells, func(x Cell) bool { return slices.Contains(c.heads, headKey(x.Text)) })
				if n >= 0 {
					h.at[c.field] = n
				} else if c.required {
					lacks = append(lacks, c.heads[0])
				}
			}
			if len(lacks) == 0 {
				return s, h, nil
			}
			if len(h.at) > 0 && (missing == nil || len(lacks) < len(missing)) {
				missing = lacks
			}
		}
	}
	var wrong fault.Fields
	if missing == nil {
		for _, c := range columns() {
			if c.required {
				missing = append(missing, c.heads[0])
			}
		}
	}
	wrong.AddWith("/file", "columns_missing", fault.Args{"columns": strings.Join(missing, ", ")})
	return Sheet{}, head{}, wrong.Err()
}

// Line is a row of a price list that can be taken, and the rows of the sheet that say it.
type Line struct {
	Row int
	Form
}

// Listed reads a price list: its lines, and what is wrong with the others. Lines that say the same are one, with the
// account codes of all. Fault: Invalid about /file when it has no such columns or nothing below them.
func Listed(b Book) (lines []Line, complaints []Complaint, err error) {
	sheet, h, err := findHead(b)
	if err != nil {
		return nil, nil, err
	}
	first := map[string]int{}
	for _, r := range sheet.Rows[h.row+1:] {
		if h.idle(r) {
			continue
		}
		line, wrong := h.line(r)
		if len(wrong) > 0 {
			complaints = append(complaints, wrong...)
			continue
		}
		n, doubled := first[line.scope()]
		switch {
		case !doubled:
			first[line.scope()] = len(lines)
			lines = append(lines, line)
		case lines[n].UnitPrice != line.UnitPrice:
			complaints = append(complaints, h.complain(r, "unit_price", "doubled_price", fault.Args{"row": lines[n].Row}))
		default:
			lines[n].AccountCodes = append(lines[n].AccountCodes, line.AccountCodes...)
		}
	}
	if len(lines) == 0 && len(complaints) == 0 {
		var wrong fault.Fields
		wrong.Add("/file", "no_rows")
		return nil, nil, wrong.Err()
	}
	return lines, complaints, nil
}

// idle reports whether a row says nothing: it is blank, repeats the heads, numbers the columns, or is a title within.
func (h head) idle(r SheetRow) bool {
	product, unit, price := h.text(r, "product"), h.text(r, "unit"), h.text(r, "unit_price")
	if unit == "" && price == "" && !h.cell(r, "unit_price").Formula {
		return true
	}
	if headKey(product) == headKey("uraian barang") || headKey(unit) == "satuan" {
		return true
	}
	number := func(s string) bool {
		return s != "" && strings.Trim(strings.Trim(s, "()"), "0123456789") == "" && len(s) < 5
	}
	return number(product) && number(unit) && number(price)
}

func (h head) cell(r SheetRow, field string) Cell {
	if n, ok := h.at[field]; ok && n < len(r.Cells) {
		return r.Cells[n]
	}
	return Cell{}
}

// text is a cell's text without blanks around it; those that only look like blanks count too.
func (h head) text(r SheetRow, field string) string {
	return strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "").Replace(h.cell(r, field).Text))
}

func (h head) complain(r SheetRow, field, code string, args fault.Args) Complaint {
	name := field
	for _, c := range columns() {
		if c.field == field {
			name = c.heads[0]
		}
	}
	return Complaint{Row: r.Number, Column: name, Field: field, Code: code, Args: args}
}

func (h head) line(r SheetRow) (Line, []Complaint) {
	var out []Complaint
	for _, c := range columns() {
		if h.cell(r, c.field).Formula {
			out = append(out, h.complain(r, c.field, "formula", nil))
		}
	}
	if len(out) > 0 {
		return Line{}, out
	}
	l := Line{Row: r.Number, Form: Form{
		Product: h.text(r, "product"), Unit: h.text(r, "unit"), Tier: h.text(r, "tier"), GroupCode: h.text(r, "group_code"),
		GroupName: h.text(r, "group_name"), StandardID: h.text(r, "standard_id"), ItemCode: h.text(r, "item_code"),
		Specification: h.text(r, "specification"), AccountCodes: accounts(h.text(r, "account_codes")),
	}}
	if word := h.text(r, "outlet_kind"); word != "" {
		l.OutletKind = outletKind(word)
	}
	price := h.cell(r, "unit_price")
	price.Text = h.text(r, "unit_price")
	amount, refused := rupiah(price)
	if refused.Code != "" {
		out = append(out, h.complain(r, "unit_price", refused.Code, refused.Args))
		amount = 1
	}
	l.UnitPrice = amount
	checked := l.Form
	checked.Basis = "-"
	var wrong fault.Fields
	checked.checkList(&wrong)
	for _, w := range wrong {
		field, _, _ := strings.Cut(strings.TrimPrefix(w.Pointer, "/"), "/")
		out = append(out, h.complain(r, field, w.Code, w.Args))
	}
	l.Form = l.Trimmed()
	return l, out
}

// checkList says what is wrong with a line before it has a basis and days.
func (f Form) checkList(wrong *fault.Fields) {
	for _, w := range fault.From(f.Check()).Fields {
		if w.Pointer != "/valid_from" {
			*wrong = append(*wrong, w)
		}
	}
}

// outletKind reads the word that an office has for a kind of outlet; another word stays, to be complained about.
func outletKind(word string) registry.OutletKind {
	switch headKey(word) {
	case "cetak", "media cetak", "surat kabar", "koran", "majalah", "tabloid":
		return registry.Print
	case "daring", "online", "media online", "media daring", "siber", "media siber":
		return registry.Online
	case "radio":
		return registry.Radio
	case "televisi", "tv":
		return registry.TV
	case "luar ruang", "media luar ruang":
		return registry.Outdoor
	}
	return registry.OutletKind(headKey(word))
}

// accounts reads account codes as a list with commas, semicolons or line ends between them.
func accounts(text string) (out registry.Codes) {
	for _, c := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' || r == ' ' || r == '\t' }) {
		out = append(out, c)
	}
	return out
}

// rupiah reads a price. A number is taken as the file writes it, never through binary fractions; a text as people write
// amounts. What is wrong has one of the codes amount_unreadable, amount_fraction, amount_overflow, out_of_range, required.
func rupiah(c Cell) (money.Amount, fault.Field) {
	if c.Text == "" {
		return 0, fault.Field{Code: "required"}
	}
	text := c.Text
	if c.Number {
		whole, err := decimal(text)
		if err != nil {
			return 0, fieldOf(err)
		}
		text = whole
	} else if len(text) > 2 && strings.EqualFold(text[:2], "rp") {
		text = "Rp" + text[2:]
	}
	a, err := money.Parse(text, money.IDR)
	if err != nil {
		return 0, fieldOf(err)
	}
	if a < 1 || a > fault.AmountMax {
		return 0, fault.Field{Code: "out_of_range", Args: fault.Args{"min": int64(1), "max": int64(fault.AmountMax)}}
	}
	return a, fault.Field{}
}

// fieldOf is a fault as what is wrong with a field.
func fieldOf(err error) fault.Field {
	f := fault.From(err)
	return fault.Field{Code: f.Code, Args: f.Args}
}

// decimal writes a number of a workbook (1485000, 1485000.0, 1.485E6) as whole figures.
func decimal(text string) (string, error) {
	unreadable := fault.New(fault.Invalid, "amount_unreadable")
	mantissa, exponent, scaled := strings.Cut(strings.ToUpper(text), "E")
	shift := 0
	if scaled {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil || shift < -20 || shift > 20 {
			return "", unreadable
		}
	}
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if len(mantissa) > 60 || whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", unreadable
	}
	figures, point := whole+fraction, len(whole)+shift
	if point <= 0 {
		figures, point = strings.Repeat("0", 1-point)+figures, 1
	}
	if point > len(figures) {
		figures += strings.Repeat("0", point-len(figures))
	}
	if strings.Trim(figures[point:], "0") != "" {
		return "", fault.With(fault.Invalid, "amount_fraction", fault.Args{"digits": 0})
	}
	if whole = strings.TrimLeft(figures[:point], "0"); whole == "" {
		whole = "0"
	}
	return sign + whole, nil
}
