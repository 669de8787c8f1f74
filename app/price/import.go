package price

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
)

// Bounds of a price list.
const (
	// ListBytesMax is the largest file that is read, in bytes.
	ListBytesMax = 10 << 20
	// shownMax is how many rows and complaints an answer names; the counts are of all.
	shownMax = 1000
)

// ImportCommand is a price list with what it does not say itself: since when it holds, by which regulation, and whether its
// prices have VAT in them. SHA256 names the kept file.
type ImportCommand struct {
	Name         string
	Content      []byte
	SHA256       string
	Basis        string
	ValidFrom    period.Date
	ValidUntil   period.Date
	TaxInclusive bool
}

// Change is what a row of a price list does.
type Change string

// The changes.
const (
	Added     Change = "new"
	Repriced  Change = "changed" // another price than the one in force, which ends
	Unchanged Change = "unchanged"
)

// ImportRow is a row that can be taken, and what it does.
type ImportRow struct {
	Row      int          `json:"row" doc:"as the sheet numbers it"`
	Change   Change       `json:"change" enum:"new,changed,unchanged"`
	Product  string       `json:"product"`
	Unit     string       `json:"unit"`
	Price    money.Amount `json:"unit_price"`
	OldPrice money.Amount `json:"old_price,omitempty"`
	Codes    string       `json:"account_codes"`
}

// Import is what a price list does, or did: how many rows of each change, the first thousand rows that change something, and
// what is wrong. While anything is wrong, nothing is taken.
type Import struct {
	File       string      `json:"file,omitempty" doc:"SHA-256 of the kept price list, once committed"`
	Committed  bool        `json:"committed"`
	New        int         `json:"new"`
	Changed    int         `json:"changed"`
	Unchanged  int         `json:"unchanged"`
	Wrong      int         `json:"wrong" doc:"rows that cannot be taken"`
	Rows       []ImportRow `json:"rows" doc:"the first thousand that change something"`
	Complaints []Complaint `json:"complaints" doc:"the first thousand"`

	ended, added []Reference
}

// Preview says what a price list would do, and writes nothing. Faults: Forbidden, Invalid by field, UnsupportedMedia and
// TooLarge about /file.
func (s *Service) Preview(ctx context.Context, actor access.Actor, cmd ImportCommand) (out Import, err error) {
	lines, complaints, err := s.lines(actor, &cmd)
	if err != nil {
		return out, err
	}
	err = s.read(ctx, actor, func(tx Store) error {
		out, err = cmd.plan(ctx, tx, actor, lines, complaints)
		return err
	})
	return out, err
}

// Commit takes a price list, all of it or nothing. The same list a second time changes nothing. Faults: those of Preview,
// and import_refused with a field for each row that is wrong.
func (s *Service) Commit(ctx context.Context, actor access.Actor, cmd ImportCommand) (out Import, err error) {
	lines, complaints, err := s.lines(actor, &cmd)
	if err != nil {
		return out, err
	}
	err = s.write(ctx, actor.Does(ctx, access.RegistryWrite, cmd.Basis), func(tx Store) (any, error) {
		if out, err = cmd.plan(ctx, tx, actor, lines, complaints); err != nil {
			return nil, err
		}
		if err := out.refused(); err != nil {
			return nil, err
		}
		if err := tx.WritePrices(ctx, out.ended, out.added); err != nil {
			return nil, err
		}
		out.File, out.Committed = cmd.SHA256, true
		return out, nil
	})
	return out, err
}

// refused is the refusal of a list with complaints; its fields are rows and columns of the sheet.
func (i Import) refused() error {
	if i.Wrong == 0 {
		return nil
	}
	f := &fault.Error{Kind: fault.Invalid, Code: "import_refused", Args: fault.Args{"count": i.Wrong}}
	for _, c := range i.Complaints {
		f.Fields = append(f.Fields, c.Refusal())
	}
	return f
}

// Check says what is wrong before the file is looked into: Invalid by field, or file_too_large.
func (cmd ImportCommand) Check() error {
	var wrong fault.Fields
	wrong.Text("/basis", cmd.Basis, true, basisMax)
	checkDates(&wrong, cmd.ValidFrom, cmd.ValidUntil)
	if len(cmd.Content) == 0 {
		wrong.Add("/file", "empty_file")
	}
	if err := wrong.Err(); err != nil || len(cmd.Content) <= ListBytesMax {
		return err
	}
	args := fault.Args{"max": int64(ListBytesMax)}
	return &fault.Error{Kind: fault.TooLarge, Code: "file_too_large", Args: args, Fields: []fault.Field{{Pointer: "/file", Code: "file_too_large", Args: args}}}
}

// lines reads the file and checks the command.
func (s *Service) lines(actor access.Actor, cmd *ImportCommand) ([]Line, []Complaint, error) {
	if err := writing(actor); err != nil {
		return nil, nil, err
	}
	if err := cmd.Check(); err != nil {
		return nil, nil, err
	}
	book, err := s.reader.ReadBook(cmd.Name, bytes.NewReader(cmd.Content), int64(len(cmd.Content)))
	if err != nil {
		return nil, nil, err
	}
	return Listed(book)
}

// plan holds the lines against what is in force.
func (cmd ImportCommand) plan(ctx context.Context, tx Store, actor access.Actor, lines []Line, complaints []Complaint) (out Import, err error) {
	var products []string
	for _, l := range lines {
		products = append(products, Key(l.Product))
	}
	slices.Sort(products)
	standing, err := tx.StandingPrices(ctx, slices.Compact(products), cmd.ValidFrom)
	if err != nil {
		return out, err
	}
	byScope := map[string][]Reference{}
	for _, r := range standing {
		byScope[r.scope()] = append(byScope[r.scope()], r)
	}
	out = Import{Rows: []ImportRow{}, Complaints: []Complaint{}}
	for _, l := range lines {
		l.Basis, l.ValidFrom, l.ValidUntil, l.TaxInclusive = cmd.Basis, cmd.ValidFrom, cmd.ValidUntil, cmd.TaxInclusive
		l.Form = l.Trimmed()
		if err := out.take(l, l.meets(byScope[l.scope()]), actor, cmd.SHA256); err != nil {
			f := fault.From(err)
			complaints = append(complaints, Complaint{Row: l.Row, Column: "harga satuan", Field: "unit_price", Code: "price_overlaps", Args: f.Args})
		}
	}
	out.complain(complaints)
	return out, nil
}

// take puts a line into the plan. Fault: overlaps.
func (i *Import) take(l Line, meets []Reference, actor access.Actor, source string) error {
	row := ImportRow{Row: l.Row, Change: Added, Product: l.Product, Unit: l.Unit, Price: l.UnitPrice, Codes: l.AccountCodes.String()}
	for _, old := range meets {
		if old.says(l.Form) {
			i.Unchanged++
			return nil
		}
		row.Change, row.OldPrice = Repriced, old.UnitPrice
	}
	ended, err := l.replaces(meets)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	i.ended = append(i.ended, ended...)
	i.added = append(i.added, Reference{ID: id, Form: l.Form, SourceFile: source, CreatedBy: actor.User})
	if row.Change == Added {
		i.New++
	} else {
		i.Changed++
	}
	if len(i.Rows) < shownMax {
		i.Rows = append(i.Rows, row)
	}
	return nil
}

// says reports whether the row already says for all of the form's days what the form says.
func (r Reference) says(f Form) bool {
	until := r.ValidUntil.IsZero() || !f.ValidUntil.IsZero() && !r.ValidUntil.Before(f.ValidUntil)
	return r.UnitPrice == f.UnitPrice && r.TaxInclusive == f.TaxInclusive && !r.ValidFrom.After(f.ValidFrom) && until &&
		slices.Equal(sorted(r.AccountCodes), sorted(f.AccountCodes))
}

func sorted(codes registry.Codes) registry.Codes {
	out := slices.Clone(codes)
	slices.Sort(out)
	return out
}

// complain counts the rows that are wrong and names the first complaints, in the order of the sheet.
func (i *Import) complain(all []Complaint) {
	slices.SortStableFunc(all, func(a, b Complaint) int { return a.Row - b.Row })
	last := 0
	for _, c := range all {
		if c.Row != last {
			i.Wrong++
		}
		last = c.Row
	}
	i.Complaints = append(i.Complaints, all[:min(len(all), shownMax)]...)
}
