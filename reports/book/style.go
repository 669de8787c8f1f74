package book

import "github.com/xuri/excelize/v2"

// Align is where a cell's content stands.
type Align string

// The alignments; the zero Align leaves it to the kind of the content.
const (
	Left   Align = "left"
	Center Align = "center"
	Right  Align = "right"
)

// Style is how a cell looks. Colours are RRGGBB; the zero Style is the plain cell.
type Style struct {
	Bold   bool
	Italic bool
	Size   float64 // points, 10 when 0
	Color  string
	Fill   string
	Align  Align
	Indent int
	Wrap   bool
	Top    bool   // stands at the top of its row
	Format string // number format, General when empty
	Bottom string // colour of a thin line below
}

const (
	family      = "Calibri"
	sizeDefault = 10
)

// StyleID registers a style and gives its number for cells; the same style has the same number.
func (b *Book) StyleID(s Style) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(s.excelize())
	if err == nil {
		b.styles[s] = id
	}
	return id, err
}

func (s Style) excelize() *excelize.Style {
	size := s.Size
	if size == 0 {
		size = sizeDefault
	}
	out := &excelize.Style{
		Font:      &excelize.Font{Family: family, Size: size, Bold: s.Bold, Italic: s.Italic, Color: s.Color},
		Alignment: &excelize.Alignment{Horizontal: string(s.Align), Indent: s.Indent, WrapText: s.Wrap, Vertical: "center"},
	}
	if s.Indent > 0 && s.Align == "" {
		out.Alignment.Horizontal = string(Left) // an indent counts from a side only
	}
	if s.Top {
		out.Alignment.Vertical = "top"
	}
	if s.Fill != "" {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.Fill}}
	}
	if s.Format != "" {
		out.CustomNumFmt = &s.Format
	}
	if s.Bottom != "" {
		out.Border = []excelize.Border{{Type: "bottom", Color: s.Bottom, Style: 1}}
	}
	return out
}

// Mark is how a cell looks while its text is Equals.
type Mark struct {
	Equals string
	Color  string
	Fill   string
}

func (b *Book) markID(m Mark) (int, error) {
	return b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: m.Color, Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{m.Fill}},
	})
}
