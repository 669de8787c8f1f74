package book

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
)

// contentTypes is the list of parts at the head of every package. excelize fills it out of maps, in any order.
type contentTypes struct {
	XMLName   xml.Name          `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []defaultType     `xml:"Default"`
	Overrides []overridenByPart `xml:"Override"`
}

type defaultType struct {
	Extension   string `xml:"Extension,attr"`
	ContentType string `xml:"ContentType,attr"`
}

type overridenByPart struct {
	PartName    string `xml:"PartName,attr"`
	ContentType string `xml:"ContentType,attr"`
}

// sortedTypes puts the list in order, so that the same workbook is the same bytes.
func sortedTypes(content []byte) ([]byte, error) {
	var types contentTypes
	if err := xml.Unmarshal(content, &types); err != nil {
		return nil, fmt.Errorf("read content types: %w", err)
	}
	slices.SortFunc(types.Defaults, func(a, b defaultType) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(types.Overrides, func(a, b overridenByPart) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}

// matches holds the sheet in the archive against the empty shell that excelize made for it: both must name the same
// tables and drawings.
func (s *Sheet) matches(shell []byte) error {
	for i := range s.relations {
		if id := `r:id="` + relationID(i) + `"`; !bytes.Contains(shell, []byte(id)) {
			return fmt.Errorf("sheet %s: part %s is not the sheet's", s.name, id)
		}
	}
	return nil
}

func relationID(i int) string { return fmt.Sprintf("rId%d", i+1) }
