package passport

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"
)

// documentTime bounds how long a PDF file is read.
const documentTime = 5 * time.Second

// document reads what a PDF file says of its making; one that cannot be read, or not in time, is told as damaged.
func (p *Passport) document(content []byte) {
	read := make(chan Passport, 1)
	go func() {
		found := Passport{Trouble: Damaged}
		defer func() {
			if recover() != nil {
				found = Passport{Trouble: Damaged}
			}
			read <- found
		}()
		found = info(content)
	}()
	select {
	case *p = <-read:
	case <-time.After(documentTime):
		p.Trouble = Damaged
	}
}

func info(content []byte) (p Passport) {
	r, err := pdf.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Passport{Trouble: Damaged}
	}
	p.Pages = max(0, min(r.NumPage(), 100_000))
	of := r.Trailer().Key("Info")
	p.Title, p.Author = plain(of.Key("Title").Text()), plain(of.Key("Author").Text())
	p.Software = plain(strings.TrimSpace(of.Key("Creator").Text() + " " + of.Key("Producer").Text()))
	p.Created, p.Modified = documentMoment(of.Key("CreationDate").RawString()), documentMoment(of.Key("ModDate").RawString())
	return p
}

// stamp is a time as PDF files have it: D:20260302081200+07'00'. All after the day may be left out.
var stamp = regexp.MustCompile(`^(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-]\d{2})'?(\d{2})?'?)?`)

// documentMoment writes a document's time as other times are written; empty when it is none.
func documentMoment(text string) string {
	m := stamp.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	out := m[1] + "-" + m[2] + "-" + m[3] + "T" + or(m[4], "00") + ":" + or(m[5], "00") + ":" + or(m[6], "00")
	if _, err := time.Parse("2006-01-02T15:04:05", out); err != nil {
		return ""
	}
	switch {
	case m[7] != "":
		out += "+00:00"
	case m[8] != "":
		out += m[8] + ":" + or(m[9], "00")
	}
	return out
}
