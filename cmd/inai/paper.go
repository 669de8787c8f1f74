package main

import (
	"bytes"
	"fmt"
	"strings"
)

// The page of a paper: A4 in points, a margin, and lines of so many characters of 10-point Courier.
const (
	pageWidth, pageHeight = 595, 842
	pageMargin            = 56
	lineHeight            = 14
	lineLength            = 80
)

// paper makes a PDF of one page that says what the public record says. It is the evidence that a client of the record
// has; it does not pretend to be the vendor's. The same text gives the same bytes.
func paper(title string, lines []string) []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "BT /F1 10 Tf %d TL %d %d Td ", lineHeight, pageMargin, pageHeight-pageMargin)
	for _, l := range append([]string{title, ""}, lines...) {
		for _, part := range wrap(l) {
			fmt.Fprintf(&text, "(%s) Tj T* ", escapePDF(part))
		}
	}
	text.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>", pageWidth, pageHeight),
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

// wrap breaks a text between words.
func wrap(text string) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > lineLength {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// escapePDF writes a text as a PDF string in Latin-1, which holds all that Spanish needs.
func escapePDF(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < ' ' || r > 0xFF || r >= 0x7F && r < 0xA0 {
			r = '?'
		}
		if strings.ContainsRune(`\()`, r) {
			b.WriteByte('\\')
		}
		b.WriteByte(byte(r & 0xFF))
	}
	return b.String()
}
