package web

import "tayang/app/money"

// bar is a strip of shares of a whole, drawn as SVG so that no inline style is needed. Widths are thousandths.
type bar struct {
	Label string
	Parts []barPart
}

type barPart struct {
	X, Width int
	Class    string
	Label    string
}

type share struct {
	Amount money.Amount
	Class  string
	Label  string
}

// newBar divides a whole among shares; nothing is drawn for a whole of zero.
func newBar(label string, whole money.Amount, shares ...share) *bar {
	b := &bar{Label: label}
	at := 0
	for _, s := range shares {
		if whole <= 0 || s.Amount <= 0 {
			continue
		}
		width, err := money.MulDiv(s.Amount, 1000, int64(whole), money.HalfUp)
		if err != nil {
			continue
		}
		w := min(int(width), 1000-at)
		if w > 0 {
			b.Parts = append(b.Parts, barPart{at, w, s.Class, s.Label})
			at += w
		}
	}
	return b
}

// percent is a share in whole percent, half up; 0 of nothing.
func percent(part, whole money.Amount) int64 {
	if whole <= 0 {
		return 0
	}
	p, err := money.MulDiv(part, 100, int64(whole), money.HalfUp)
	if err != nil {
		return 0
	}
	return int64(p)
}
