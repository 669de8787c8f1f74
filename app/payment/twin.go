package payment

import (
	"context"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/money"
	"tayang/app/period"
)

// TwinHow is how two invoices are alike.
type TwinHow string

// The ways, the strongest first.
const (
	SameFile   TwinHow = "same_file"   // the same file stands behind both
	SameNumber TwinHow = "same_number" // the same number and amount
	NearNumber TwinHow = "near_number" // the same amount, and numbers that are easily taken for each other
	SameDay    TwinHow = "same_day"    // the same vendor, day and amount
)

// TwinHows lists the ways, the strongest first.
func TwinHows() []TwinHow { return []TwinHow{SameFile, SameNumber, NearNumber, SameDay} }

// Refused reports whether the two are one bill, as far as anybody can tell from papers.
func (h TwinHow) Refused() bool { return h == SameFile || h == SameNumber }

// Twin is another invoice of the government that may be the same bill: of the same vendor, or of one who shares an account,
// number, person or address with him. Of another agency's that the reader does not see, only agency and number are told.
type Twin struct {
	How        TwinHow       `json:"how" enum:"same_file,same_number,near_number,same_day"`
	ID         uuid.NullUUID `json:"id" db:"id"`
	AgencyID   uuid.UUID     `json:"-" db:"agency_id"`
	AgencyCode string        `json:"agency_code" db:"agency_code"`
	AgencyName string        `json:"agency_name" db:"agency_name"`
	Number     string        `json:"number" db:"number"`
	Date       period.Date   `json:"date,omitzero" db:"date"`
	Amount     money.Amount  `json:"amount,omitempty" db:"amount"`
	VendorID   uuid.UUID     `json:"-" db:"vendor_id"`
	VendorName string        `json:"vendor_name,omitempty" db:"vendor_name"`
	SameFile   bool          `json:"-" db:"same_file"`
}

// TwinList is what an invoice is alike to.
type TwinList struct {
	Items []Twin `json:"items"`
}

// Normal is an invoice's number as numbers are compared: letters and digits alone, in one case, each group of digits
// without its leading noughts.
func Normal(number string) string {
	var b strings.Builder
	begun, digits := false, false // whether a group of digits has begun to count, and whether one is being read
	for _, r := range number {
		switch {
		case unicode.IsDigit(r):
			if r != '0' || digits && begun {
				b.WriteRune(r)
				begun = true
			}
			digits = true
		case unicode.IsLetter(r):
			b.WriteRune(unicode.ToLower(r))
			begun, digits = false, false
		default:
			begun, digits = false, false
		}
	}
	if b.Len() == 0 && strings.ContainsRune(number, '0') {
		return "0"
	}
	return b.String()
}

// twinTail is how much of a number must be equal at its end, in characters, when one has a prefix that the other has not.
const twinTail = 4

// Near reports whether two numbers are easily taken for each other: a letter O for a nought, an I or l for a one, or a
// prefix of letters that one of them lacks.
func Near(a, b string) bool {
	x, y := misread(a), misread(b)
	return x == y || lacksPrefix(x, y, a, b)
}

// misread is the number as a hurried eye reads it.
func misread(number string) string {
	return Normal(strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(Normal(number)))
}

func lacksPrefix(x, y, a, b string) bool {
	if len(x) < len(y) {
		x, y, a = y, x, b
	}
	head, ok := strings.CutSuffix(x, y)
	return ok && len(y) >= twinTail && strings.ContainsFunc(Normal(a)[:min(len(head), len(Normal(a)))], unicode.IsLetter)
}

// Alike says how another invoice is alike to this one; ok is false when it is not.
func (i Invoice) Alike(other Twin) (how TwinHow, ok bool) {
	switch {
	case other.SameFile:
		return SameFile, true
	case other.Amount != i.Amount:
		return "", false
	case Normal(other.Number) == Normal(i.Number):
		return SameNumber, true
	case Near(other.Number, i.Number):
		return NearNumber, true
	case other.VendorID == i.VendorID && other.Date == i.Date:
		return SameDay, true
	}
	return "", false
}

// Twins keeps those of the candidates that are alike, the strongest first.
func (i Invoice) Twins(candidates []Twin) []Twin {
	out := []Twin{}
	for _, how := range TwinHows() {
		for _, c := range candidates {
			if is, ok := i.Alike(c); ok && is == how {
				c.How = how
				out = append(out, c)
			}
		}
	}
	return out
}

// seenBy leaves of another agency's invoice only what everybody may know.
func (t Twin) seenBy(actor access.Actor) Twin {
	if actor.Sees(t.AgencyID) {
		return t
	}
	return Twin{How: t.How, AgencyCode: t.AgencyCode, AgencyName: t.AgencyName, Number: t.Number}
}

// Twinning finds invoices that may be the same bill.
type Twinning interface {
	// TwinCandidates gives the government's other invoices of the vendor, and of those who share something with him, over the
	// same amount, and those behind which one of its files stands, oldest first.
	TwinCandidates(ctx context.Context, i Invoice) ([]Twin, error)
}

// Twins gives the invoices to which an invoice is alike. Faults: NotFound.
func (s *Invoices) Twins(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (out TwinList, err error) {
	out.Items = []Twin{}
	err = reading(ctx, s.read, actor, agency, func(tx Lists, agency uuid.UUID) error {
		i, err := tx.Invoice(ctx, agency, id)
		if err != nil {
			return err
		}
		found, err := tx.TwinCandidates(ctx, i)
		if err != nil {
			return err
		}
		for _, t := range i.Twins(found) {
			out.Items = append(out.Items, t.seenBy(actor))
		}
		return nil
	})
	return out, err
}
