package completeness

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/period"
	"tayang/app/registry"
)

// Owed is one paper that a file of the agency lacks.
type Owed struct {
	Document  Document    `json:"document" enum:"agreement,payment"`
	ID        uuid.UUID   `json:"id"`
	Number    string      `json:"number"`
	Title     string      `json:"title"`
	Vendor    string      `json:"vendor_name"`
	VendorID  uuid.UUID   `json:"vendor_id"`
	Agreement uuid.UUID   `json:"agreement_id"`
	Code      paper.Code  `json:"code"`
	NameID    string      `json:"name_id"`
	NameEN    string      `json:"name_en"`
	Mandatory bool        `json:"mandatory"`
	Owner     paper.Owner `json:"owner" enum:"staff,ppk,procurement,vendor,treasurer,verifier"`
	Stage     paper.Stage `json:"stage" enum:"agreement,payment,settlement"`
	Have      int         `json:"have"`
	Want      int         `json:"want"`
	Due       period.Date `json:"due" doc:"last day, where it follows a settlement"`
	Late      bool        `json:"late" doc:"the last day is over"`
	Place     Place       `json:"place" enum:"payment,invoice,placement,agreement,vendor" doc:"where it is mended"`
	Upload    bool        `json:"upload" doc:"it can be uploaded there"`
}

// Owes gives what the file lacks on the day: mandatory papers, or all.
func (c Checklist) Owes(day period.Date, all bool) (out []Owed) {
	for _, i := range c.Items {
		if i.State != Missing || !i.Mandatory && !all {
			continue
		}
		out = append(out, Owed{
			c.Document, c.ID, c.Number, c.Title, c.Name, c.Vendor, c.Agreement, i.Code, i.NameID, i.NameEN, i.Mandatory, i.Owner, i.Stage,
			i.Have, i.Want, i.Due, !i.Due.IsZero() && i.Due.Before(day), i.Place, i.Upload,
		})
	}
	return out
}

// Missing lists what the files of the agency lack: who owes what. Agreements in force and payments that were not reversed
// count. Filters: owner, document, stage, code, mandatory; without the last only mandatory papers are listed. What is overdue comes
// first, then by document. Faults: NotFound, Forbidden, Invalid at the parameter.
func (s *Service) Missing(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Owed], err error) {
	owed, err := s.owed(ctx, actor, agency, slices.Contains(q.Filters["mandatory"], "false"))
	if err != nil {
		return page, err
	}
	for name, values := range q.Filters {
		of, known := owedFields()[name]
		if !known {
			return page, listing.Refuse(name, "unknown_field")
		}
		owed = slices.DeleteFunc(owed, func(o Owed) bool { return !slices.Contains(values, of(o)) })
	}
	if text := strings.ToLower(q.Text); text != "" {
		owed = slices.DeleteFunc(owed, func(o Owed) bool {
			return !strings.Contains(strings.ToLower(o.Number+" "+o.Title+" "+o.Vendor+" "+o.NameID+" "+o.NameEN), text)
		})
	}
	if len(q.Sort) > 0 {
		return page, listing.Refuse("sort", "unknown_field")
	}
	return cut(owed, q)
}

func owedFields() map[string]func(Owed) string {
	return map[string]func(Owed) string{
		"owner": func(o Owed) string { return string(o.Owner) }, "document": func(o Owed) string { return string(o.Document) },
		"stage": func(o Owed) string { return string(o.Stage) }, "code": func(o Owed) string { return string(o.Code) },
		"mandatory": func(o Owed) string { return strconv.FormatBool(o.Mandatory) }, "late": func(o Owed) string { return strconv.FormatBool(o.Late) },
	}
}

// cut gives the page that the query asks for; its cursor says behind which paper of which document it begins.
func cut(owed []Owed, q listing.Query) (page listing.Page[Owed], err error) {
	if q.Count {
		n := int64(len(owed))
		page.Total = &n
	}
	if q.Cursor != "" {
		p, err := listing.Decode(q.Cursor, "owed", 2)
		if err != nil {
			return page, err
		}
		if i := slices.IndexFunc(owed, func(o Owed) bool { return o.ID.String() == p.Values[0] && string(o.Code) == p.Values[1] }); i >= 0 {
			owed = owed[i+1:]
		}
	}
	if limit := max(q.Limit, 1); len(owed) > limit {
		last := owed[limit-1]
		next := listing.Position{Sort: "owed", Values: []string{last.ID.String(), string(last.Code)}}.Encode()
		page.NextCursor, owed = &next, owed[:limit]
	}
	page.Items = append([]Owed{}, owed...)
	return page, nil
}

// owed reads every file of the agency that is still asked about, in a fixed number of queries.
func (s *Service) owed(ctx context.Context, actor access.Actor, agency string, all bool) (out []Owed, err error) {
	err = s.read(ctx, actor, func(tx PaperStore) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		set, err := tx.Checklist(ctx)
		if err != nil {
			return err
		}
		for _, d := range []Document{Payment, Agreement} {
			found, err := s.owedIn(ctx, tx, ag.ID, d, set, all)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Owed) int {
		return cmp.Or(compareLate(a, b), cmp.Compare(a.Document, b.Document)*-1, cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return out, err
}

func (s *Service) owedIn(ctx context.Context, tx Store, agency uuid.UUID, d Document, set paper.Set, all bool) (out []Owed, err error) {
	subjects, err := tx.Subjects(ctx, agency, d)
	if err != nil {
		return nil, err
	}
	standing, err := tx.PapersStanding(ctx, agency, d)
	if err != nil {
		return nil, err
	}
	of := map[uuid.UUID][]Found{}
	for _, f := range standing {
		of[f.Subject] = append(of[f.Subject], f)
	}
	for _, subject := range subjects {
		for _, o := range Check(subject, set, of[subject.ID]).Owes(s.today(), all) {
			if d == Agreement || o.Stage != paper.AtAgreement { // those are owed once, by their agreement
				out = append(out, o)
			}
		}
	}
	return out, nil
}

func compareLate(a, b Owed) int {
	switch {
	case a.Late == b.Late:
		return 0
	case a.Late:
		return -1
	}
	return 1
}
