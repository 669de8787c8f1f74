package insight

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/tabular"
)

// Bounds of an import.
const (
	// FileBytesMax is the largest export that is read, in bytes.
	FileBytesMax = 10 << 20
	// shownMax is how many rows and complaints an answer names; the counts are of all.
	shownMax = 1000
)

// ImportStatus is where an import stands.
type ImportStatus string

// The states: looked at, taken, taken back.
const (
	Staged    ImportStatus = "staged"
	Committed ImportStatus = "committed"
	Voided    ImportStatus = "voided"
)

// Change is what a row of an export does.
type Change string

// The changes.
const (
	Added     Change = "new"
	Unchanged Change = "unchanged" // the same figures are there
	Foreign   Change = "unknown"   // a post that is no placement of the agency
)

// ImportRow is a row of an export and what it does.
type ImportRow struct {
	Row             int           `json:"row" doc:"as the sheet numbers it"`
	Change          Change        `json:"change" enum:"new,unchanged,unknown"`
	Title           string        `json:"title"`
	PlacementID     uuid.NullUUID `json:"placement_id"`
	Placement       string        `json:"placement"`
	AgreementNumber string        `json:"agreement_number"`
	DueDay          int64         `json:"due_day"`
	LateDays        int64         `json:"late_days"`
	Figures
}

// Import is an export of a platform: what it does or did, and what is wrong with it. While anything is wrong with the rows
// of placements, nothing is taken.
type Import struct {
	ID         uuid.UUID     `json:"id" db:"id"`
	AgencyID   uuid.UUID     `json:"agency_id" db:"agency_id"`
	Platform   string        `json:"platform" db:"platform" enum:"meta,tiktok,youtube,x" doc:"as the heads of the file tell it"`
	TakenOn    period.Date   `json:"taken_on" db:"taken_on" doc:"the day of the export"`
	File       string        `json:"file_sha256" db:"file_sha256"`
	Filename   string        `json:"filename" db:"filename"`
	Status     ImportStatus  `json:"status" db:"status" enum:"staged,committed,voided"`
	New        int64         `json:"new" db:"new_rows"`
	Unchanged  int64         `json:"unchanged" db:"unchanged_rows"`
	Unknown    int64         `json:"unknown" db:"unknown_rows" doc:"posts that are no placement of the agency"`
	Wrong      int64         `json:"wrong" db:"wrong_rows" doc:"rows that cannot be taken"`
	Repeated   bool          `json:"repeated,omitempty" db:"-" doc:"the same file was sent before: nothing was changed"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`

	Rows       []ImportRow         `json:"rows,omitempty" db:"-" doc:"the first thousand"`
	Complaints []tabular.Complaint `json:"complaints,omitempty" db:"-" doc:"the first thousand"`

	readings []Insight
}

// Stage keeps an export and says what it would do; nothing is taken yet. The same file as of the same day gives the import
// that is there. Faults: Forbidden, Invalid by field, UnsupportedMedia and TooLarge about /file.
func (s *Service) Stage(ctx context.Context, actor access.Actor, agency string, takenOn period.Date, sent file.Sent) (out Import, err error) {
	if takenOn.IsZero() {
		takenOn = s.today()
	}
	err = s.reading(ctx, actor, agency, func(_ Lists, agency uuid.UUID) error { return actor.Can(access.PlacementWrite, agency) })
	if err != nil {
		return out, err
	}
	var wrong fault.Fields
	if takenOn.After(s.today()) {
		wrong.AddWith("/taken_on", "in_future", fault.Args{"date": s.today()})
		return out, wrong.Err()
	}
	content, err := io.ReadAll(io.LimitReader(sent.Content, FileBytesMax+1))
	if err != nil {
		return out, err
	}
	if len(content) > FileBytesMax {
		args := fault.Args{"max": int64(FileBytesMax)}
		return out, &fault.Error{Kind: fault.TooLarge, Code: "file_too_large", Args: args, Fields: []fault.Field{{Pointer: "/file", Code: "file_too_large", Args: args}}}
	}
	sent.Content, sent.Purpose = bytes.NewReader(content), file.List
	kept, err := s.files.Receive(ctx, sent)
	if err != nil {
		return out, err
	}
	sheet, err := s.sheet(content)
	if err != nil {
		return out, err
	}
	staged := Import{Platform: sheet.Platform, TakenOn: takenOn, File: kept.SHA256, Filename: kept.Filename, Status: Staged, CreatedBy: actor.User, Version: 1}
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		out, err = s.stage(ctx, tx, actor, agency, staged, kept, sheet)
		return out, err
	})
	return out, err
}

func (s *Service) stage(ctx context.Context, tx Store, actor access.Actor, agency string, staged Import, kept file.File, sheet Sheet) (Import, error) {
	ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
	if err != nil {
		return staged, err
	}
	staged.AgencyID = ag.ID
	found, err := tx.ImportOf(ctx, ag.ID, staged)
	if err == nil {
		found.Repeated = true
		if found.Status == Staged {
			err = s.plan(ctx, tx, &found, sheet)
		}
		return found, err
	}
	if !fault.Is(err, "not_found") {
		return staged, err
	}
	if staged.ID, err = uuid.NewV7(); err != nil {
		return staged, err
	}
	if err := tx.SaveFile(ctx, kept); err != nil {
		return staged, err
	}
	if err := s.plan(ctx, tx, &staged, sheet); err != nil {
		return staged, err
	}
	if err := tx.AddImport(ctx, staged); err != nil {
		return staged, err
	}
	return shown(ctx, tx, staged)
}

// shown is the import as it is kept, with the rows that were looked at.
func shown(ctx context.Context, tx ImportStore, of Import) (Import, error) {
	out, err := tx.Import(ctx, of.AgencyID, of.ID)
	out.Rows, out.Complaints = of.Rows, of.Complaints
	return out, err
}

func (s *Service) sheet(content []byte) (Sheet, error) {
	book, err := s.reader.ReadBook("", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Sheet{}, err
	}
	return ReadExport(book)
}

// kept reads the file of an import again.
func (s *Service) kept(ctx context.Context, actor access.Actor, sha256 string) (Sheet, error) {
	_, body, err := s.files.Open(ctx, actor, sha256)
	if err != nil {
		return Sheet{}, err
	}
	content, err := io.ReadAll(body)
	if err := firstOf(err, body.Close()); err != nil {
		return Sheet{}, err
	}
	return s.sheet(content)
}

// plan holds the rows against the placements of the agency, and counts.
func (s *Service) plan(ctx context.Context, tx ImportStore, i *Import, sheet Sheet) error {
	var addresses []string
	for _, r := range sheet.Rows {
		if r.Address != "" {
			addresses = append(addresses, r.Address)
		}
	}
	slices.Sort(addresses)
	subjects, err := tx.SubjectsAt(ctx, i.AgencyID, slices.Compact(addresses))
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(subjects))
	for n, p := range subjects {
		ids[n] = p.ID
	}
	known, err := tx.InsightsOf(ctx, ids)
	if err != nil {
		return err
	}
	i.lay(sheet, subjects, known)
	return nil
}

// lay says of each row what it does. A post may be the subject of several placements: each has its figures. A placement is
// read once: of rows about the same post the first counts, and another with other figures is wrong.
func (i *Import) lay(sheet Sheet, subjects []Subject, known []Insight) {
	at, of := map[string][]Subject{}, map[uuid.UUID][]Insight{}
	for _, p := range subjects {
		at[p.Address] = append(at[p.Address], p)
	}
	for _, k := range known {
		of[k.PlacementID] = append(of[k.PlacementID], k)
	}
	i.New, i.Unchanged, i.Unknown, i.Wrong, i.Rows, i.Complaints, i.readings = 0, 0, 0, 0, []ImportRow{}, []tabular.Complaint{}, nil
	read := map[uuid.UUID]Insight{}
	for _, r := range sheet.Rows {
		subjects := at[r.Address]
		if r.Address == "" {
			subjects = nil
		}
		if len(subjects) == 0 && len(r.Complaints) == 0 || len(subjects) == 0 && r.Address != "" {
			i.Unknown++
			i.show(ImportRow{Row: r.Number, Change: Foreign, Title: r.Title, Figures: r.Figures})
			continue
		}
		wrong := r.Complaints
		for _, p := range subjects {
			if len(wrong) > 0 {
				break
			}
			wrong = i.take(r, p, of[p.ID], read)
		}
		if len(wrong) > 0 {
			i.Wrong++
			i.Complaints = append(i.Complaints, wrong[:min(len(wrong), max(0, shownMax-len(i.Complaints)))]...)
		}
	}
}

// take reads one row for one placement; what is wrong is about the row.
func (i *Import) take(r Row, p Subject, known []Insight, read map[uuid.UUID]Insight) []tabular.Complaint {
	row := ImportRow{Row: r.Number, Change: Added, Title: r.Title, PlacementID: uuid.NullUUID{UUID: p.ID, Valid: true}, Placement: p.Title, AgreementNumber: p.AgreementNumber, Figures: r.Figures}
	complain := func(field, code string, args fault.Args) []tabular.Complaint {
		return []tabular.Complaint{{Row: r.Number, Column: "", Field: field, Code: code, Args: args}}
	}
	if first, twice := read[p.ID]; twice {
		if first.same(r.Figures) {
			return nil
		}
		return complain("link", "doubled_post", fault.Args{"row": first.Row})
	}
	for _, k := range known {
		if k.TakenOn == i.TakenOn && k.same(r.Figures) {
			read[p.ID] = Insight{Figures: r.Figures, Row: int64(r.Number)}
			row.Change, row.DueDay, row.LateDays = Unchanged, k.DueDay, k.LateDays
			i.Unchanged++
			i.show(row)
			return nil
		}
	}
	found, err := p.Read(Form{TakenOn: i.TakenOn, Figures: r.Figures}, known, i.TakenOn)
	if err != nil {
		f := fault.From(err)
		if len(f.Fields) == 0 {
			return complain("link", "not_published", fault.Args{"title": p.Title, "status": p.Status})
		}
		var out []tabular.Complaint
		for _, w := range f.Fields {
			out = append(out, complain(strings.TrimPrefix(w.Pointer, "/"), w.Code, w.Args)...)
		}
		return out
	}
	found.Source, found.File, found.Row, found.ImportID = Export, i.File, int64(r.Number), uuid.NullUUID{UUID: i.ID, Valid: true}
	read[p.ID] = found
	i.readings = append(i.readings, found)
	row.DueDay, row.LateDays = found.DueDay, found.LateDays
	i.New++
	i.show(row)
	return nil
}

func (i *Import) show(r ImportRow) {
	if len(i.Rows) < shownMax {
		i.Rows = append(i.Rows, r)
	}
}

// refused is the refusal of an export with complaints; its fields are rows and columns of the sheet.
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

// Commit takes an import, all of it or nothing. Faults: Forbidden, NotFound, stale, wrong_state unless it is staged,
// import_refused with a field for each row that is wrong.
func (s *Service) Commit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (out Import, err error) {
	seen, err := s.Import(ctx, actor, agency, id)
	if err != nil {
		return out, err
	}
	if err := actor.Can(access.PlacementWrite, seen.AgencyID); err != nil {
		return out, err
	}
	sheet, err := s.kept(ctx, actor, seen.File)
	if err != nil {
		return out, err
	}
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		out, err = s.commit(ctx, tx, actor, seen, expected, sheet)
		return out, err
	})
	return out, err
}

func (s *Service) commit(ctx context.Context, tx Store, actor access.Actor, seen Import, expected *int64, sheet Sheet) (Import, error) {
	out, err := tx.Import(ctx, seen.AgencyID, seen.ID)
	if err != nil {
		return out, err
	}
	if err := fault.Expect(expected, out.Version); err != nil {
		return out, err
	}
	if out.Status != Staged {
		return out, fault.WrongState(string(out.Status), "commit")
	}
	if err := s.plan(ctx, tx, &out, sheet); err != nil {
		return out, err
	}
	if err := out.refused(); err != nil {
		return out, err
	}
	ids := make([]uuid.UUID, len(out.readings))
	for n := range out.readings {
		r := &out.readings[n]
		if r.ID, err = uuid.NewV7(); err != nil {
			return out, err
		}
		ids[n], r.CreatedBy = r.PlacementID, actor.User
	}
	if _, err := tx.HoldSubjects(ctx, out.AgencyID, ids); err != nil {
		return out, err
	}
	if err := tx.AddInsights(ctx, out.readings); err != nil {
		return out, err
	}
	out.Status = Committed
	if err := tx.SaveImport(ctx, out); err != nil {
		return out, err
	}
	return shown(ctx, tx, out)
}

// Import gives one import: while it is staged with what it would do, as things are now.
func (s *Service) Import(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (out Import, err error) {
	if err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		out, err = tx.Import(ctx, agency, id)
		return err
	}); err != nil || out.Status != Staged {
		return out, err
	}
	sheet, err := s.kept(ctx, actor, out.File)
	if err != nil {
		return out, err
	}
	err = s.reading(ctx, actor, agency, func(tx Lists, _ uuid.UUID) error { return s.plan(ctx, tx, &out, sheet) })
	return out, err
}

// Imports lists the imports of an agency, the latest first.
func (s *Service) Imports(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Import], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, agency uuid.UUID) error {
		page, err = tx.Imports(ctx, agency, q)
		return err
	})
	return page, err
}
