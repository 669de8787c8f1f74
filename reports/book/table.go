package book

import "github.com/xuri/excelize/v2"

// Table makes a table of the rows from the one with these heads, which must be its cells, to the last row written.
// A table has at least one row below its heads, so that of an empty register is blank. Name must be unlike all others.
func (s *Sheet) Table(name string, headRow int, heads []string) error {
	file := s.book.file
	if err := file.SetSheetRow(s.name, Cell(headRow, 0), &heads); err != nil {
		return err
	}
	stripes := true
	area := Cell(headRow, 0) + ":" + Cell(max(s.row, headRow+1), len(heads)-1)
	if err := file.AddTable(s.name, &excelize.Table{Range: area, Name: name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return err
	}
	s.relations = append(s.relations, `<tableParts count="1"><tablePart r:id="`+relationID(len(s.relations))+`"/></tableParts>`)
	return nil
}

// Series is one run of bars: its name, and the ranges of its labels and values.
type Series struct {
	Name   string
	Labels string
	Values string
	Color  string
}

// Bars is a chart of horizontal bars, the first row on top.
type Bars struct {
	Title  string
	Format string // of the value axis
	Series []Series
	Width  uint // pixels
	Height uint
}

// Chart puts a chart over the cells from the anchor on.
func (s *Sheet) Chart(anchor string, c Bars) error {
	gap, overlap := uint(60), 0
	font := excelize.Font{Size: 9, Family: family, Color: "404040"}
	chart := &excelize.Chart{
		Type: excelize.Bar, GapWidth: &gap, Overlap: &overlap,
		Dimension: excelize.ChartDimension{Width: c.Width, Height: c.Height},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Bold: true, Size: 11, Family: family, Color: "1F3A4D"}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: font},
		YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format}},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
	}
	for _, x := range c.Series {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: x.Name, Categories: x.Labels, Values: x.Values,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{x.Color}},
		})
	}
	if err := s.book.file.AddChart(s.name, anchor, chart); err != nil {
		return err
	}
	s.relations = append(s.relations, `<drawing r:id="`+relationID(len(s.relations))+`"/>`)
	return nil
}
