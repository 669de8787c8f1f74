package payment_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/agreement"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

// TestAnAdvanceIsSettledToTheLastUnit: whatever is ordered on however many lines, and in whatever portions it is accepted,
// the work settles the whole advance, never more, keeps back what was agreed, and all payments come to the gross.
func TestAnAdvanceIsSettledToTheLastUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, a := payment.Settlement{}, agreement.Agreement{PaymentTerms: agreement.PaymentTerms{
			AdvancePercent: rapid.Int64Range(1, 80).Draw(t, "advance"), RetentionPercent: rapid.Int64Range(0, 20).Draw(t, "retention"),
			RetentionUntil: period.MustDate("2026-12-01"),
		}}
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			gross := money.Amount(rapid.Int64Range(1000, 1e12).Draw(t, "gross"))
			s.Lines = append(s.Lines, payment.Standing{Line: uuid.New(), Year: 2026, Ordered: gross})
			a.Gross += gross
		}
		a.VAT = a.Gross / 10
		parts, sum, err := s.ForAdvance(a, 0)
		if err != nil || sum.Gross > a.Gross {
			t.Fatal(err)
		}
		paid := map[uuid.UUID]money.Amount{}
		vat := sum.VAT
		for _, p := range parts {
			for i := range s.Lines {
				if s.Lines[i].Line == p.Line {
					s.Lines[i].Advancing, s.Lines[i].Advanced = p.Gross, p.Gross
				}
			}
			paid[p.Line] += p.Gross
		}
		s.AdvancedVAT = sum.VAT
		works := rapid.IntRange(1, 6).Draw(t, "works")
		for n := range works {
			var work []payment.Share
			for _, l := range s.Lines {
				left := l.Ordered - l.Work
				if n < works-1 {
					left = money.Amount(rapid.Int64Range(0, int64(left)).Draw(t, "work"))
				}
				if left > 0 {
					work = append(work, payment.Share{Line: l.Line, Year: 2026, Gross: left})
				}
			}
			parts, recouped, retained, err := s.ForWork(a.PaymentTerms, work)
			if err != nil {
				t.Fatal(err)
			}
			retained.VAT = 0
			for _, p := range parts {
				if p.Gross < 0 || p.Recouped < 0 || p.Retained < 0 || p.Gross != p.Work-p.Recouped-p.Retained {
					t.Fatalf("%+v", p)
				}
				paid[p.Line] += p.Gross
				for i := range s.Lines {
					if l := &s.Lines[i]; l.Line == p.Line {
						l.Work, l.Recouped, l.Retained, l.Kept = l.Work+p.Work, l.Recouped+p.Recouped, l.Retained+p.Retained, l.Kept+p.Retained
					}
				}
			}
			s.RecoupedVAT += recouped.VAT
		}
		if s.Outstanding() != 0 || s.RecoupedVAT != s.AdvancedVAT {
			t.Fatalf("outstanding %d, VAT %d of %d: %+v", s.Outstanding(), s.RecoupedVAT, s.AdvancedVAT, s)
		}
		if kept := s.Withheld(); kept > 0 {
			parts, sum, err := s.ForRetention(a.PaymentTerms, period.MustDate("2026-12-01"))
			if err != nil || sum.Gross != kept {
				t.Fatalf("%v %+v", err, sum)
			}
			for _, p := range parts {
				paid[p.Line] += p.Gross
			}
		}
		for _, l := range s.Lines {
			if paid[l.Line] != l.Ordered {
				t.Fatalf("line paid %d of %d: %+v", paid[l.Line], l.Ordered, s)
			}
		}
		_ = vat
	})
}
