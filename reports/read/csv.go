package read

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"tayang/app/price"
)

// table reads a CSV file, with commas, semicolons or tabs between its cells. Every cell is text.
func table(content io.Reader) (price.Book, error) {
	body := bufio.NewReaderSize(content, 64<<10)
	if mark, err := body.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = body.Discard(len(mark))
	}
	sample, _ := body.Peek(32 << 10)
	if !plain(sample) {
		return price.Book{}, unreadable(errors.New("neither a workbook nor a table of text"))
	}
	lines := csv.NewReader(body)
	lines.Comma, lines.FieldsPerRecord, lines.LazyQuotes, lines.ReuseRecord = separator(sample), -1, true, true
	count := 0
	out := rows{count: &count}
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return price.Book{Sheets: []price.Sheet{{Name: "CSV", Rows: out.all}}}, nil
		}
		if err != nil {
			return price.Book{}, unreadable(err)
		}
		number, _ := lines.FieldPos(0)
		cells := make([]price.Cell, min(len(record), columnsMax))
		for i := range cells {
			if !utf8.ValidString(record[i]) || strings.ContainsRune(record[i], 0) {
				return price.Book{}, unreadable(errors.New("text is not UTF-8"))
			}
			cells[i].Text = cut(strings.Clone(record[i]))
		}
		if err := out.add(number, cells); err != nil {
			return price.Book{}, err
		}
	}
}

// plain reports whether the beginning of a file is text.
func plain(sample []byte) bool {
	for len(sample) > 0 {
		r, n := utf8.DecodeRune(sample)
		if r == utf8.RuneError && n == 1 && len(sample) > utf8.UTFMax || r < ' ' && !strings.ContainsRune("\t\r\n\f", r) {
			return false
		}
		sample = sample[n:]
	}
	return true
}

// separator is the mark that the beginning of a table has most of outside quotes.
func separator(sample []byte) rune {
	counts := map[rune]int{}
	quoted := false
	for _, r := range string(sample) {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted:
			counts[r]++
		}
	}
	best := ','
	for _, r := range ";\t" {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}
