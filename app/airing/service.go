package airing

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
	"tayang/app/placement"
	"tayang/app/price"
	"tayang/app/registry"
	"tayang/app/rule"
)

// FileBytesMax is the largest log that is read, in bytes.
const FileBytesMax = 10 << 20

// reasonMax bounds why a log is void, in characters.
const reasonMax = 2000

// Service is what people do with logs.
type Service struct {
	write  access.Transactor[Store]
	read   access.Reader[Lists]
	files  Files
	reader price.Reader
	now    func() time.Time
	place  *time.Location
}

// NewService makes the service over its storage; reader takes logs apart. now and place are the office's clock and
// calendar.
func NewService(write access.Transactor[Store], read access.Reader[Lists], files Files, reader price.Reader, now func() time.Time, place *time.Location) *Service {
	return &Service{write, read, files, reader, now, place}
}

func (s *Service) today() period.Date { return period.DateOf(s.now(), s.place) }

// zone is how the office's time zone is called, as WIB.
func (s *Service) zone() string { return s.now().In(s.place).Format("MST") }

// Sending is a log on its way in.
type Sending struct {
	AgreementID uuid.UUID
	OutletID    uuid.UUID
	Origin      placement.Origin
	File        file.Sent
}

// check says by field what is wrong before the file is looked into.
func (in Sending) check() error {
	var wrong fault.Fields
	if in.AgreementID == uuid.Nil {
		wrong.Add("/agreement_id", "required")
	}
	if in.OutletID == uuid.Nil {
		wrong.Add("/outlet_id", "required")
	}
	fault.Choice(&wrong, "/origin", in.Origin, placement.FromVendor, placement.FromStaff)
	return wrong.Err()
}

// Stage keeps a log and says what it tells, what of it cannot be read, and which spots its rows may show; nothing is taken
// yet. The same file again gives the log that is there. Faults: Forbidden, Invalid by field, UnsupportedMedia and TooLarge
// about /file.
func (s *Service) Stage(ctx context.Context, actor access.Actor, agency string, in Sending) (out Log, err error) {
	if err := s.reading(ctx, actor, agency, func(tx Lists, ag registry.Agency) error {
		if err := actor.Can(access.PlacementWrite, ag.ID); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		f, err := tx.LogFrame(ctx, ag.ID, in.AgreementID, in.OutletID)
		if err != nil {
			return err
		}
		return f.Check()
	}); err != nil {
		return out, err
	}
	content, err := io.ReadAll(io.LimitReader(in.File.Content, FileBytesMax+1))
	if err != nil {
		return out, err
	}
	if len(content) > FileBytesMax {
		args := fault.Args{"max": int64(FileBytesMax)}
		return out, &fault.Error{Kind: fault.TooLarge, Code: "file_too_large", Args: args, Fields: []fault.Field{{Pointer: "/file", Code: "file_too_large", Args: args}}}
	}
	in.File.Content, in.File.Purpose = bytes.NewReader(content), file.List
	kept, err := s.files.Receive(ctx, in.File)
	if err != nil {
		return out, err
	}
	sheet, err := s.sheet(content)
	if err != nil {
		return out, err
	}
	staged := Log{AgreementID: in.AgreementID, OutletID: in.OutletID, Origin: in.Origin, File: kept.SHA256, Filename: kept.Filename, Status: Staged, CreatedBy: actor.User, Version: 1}
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, ""), func(tx Store) (any, error) {
		out, err = s.stage(ctx, tx, actor, agency, staged, kept, sheet)
		return out, err
	})
	return out, err
}

func (s *Service) stage(ctx context.Context, tx Store, actor access.Actor, agency string, staged Log, kept file.File, sheet Sheet) (Log, error) {
	ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
	if err != nil {
		return staged, err
	}
	staged.AgencyID = ag.ID
	found, err := tx.LogOf(ctx, staged)
	if err == nil {
		found, err = s.shown(ctx, tx, found, &sheet)
		found.Repeated = true
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
	if err := tx.AddLog(ctx, staged); err != nil {
		return staged, err
	}
	out, err := tx.Log(ctx, ag.ID, staged.ID)
	out.Rows, out.Missed, out.Complaints, out.Matched = staged.Rows, staged.Missed, staged.Complaints, staged.Matched
	return out, err
}

func (s *Service) sheet(content []byte) (Sheet, error) {
	book, err := s.reader.ReadBook("", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return Sheet{}, err
	}
	return Read(book, s.zone())
}

// kept reads the file of a log again.
func (s *Service) kept(ctx context.Context, actor access.Actor, sha256 string) (Sheet, error) {
	_, body, err := s.files.Open(ctx, actor, sha256)
	if err != nil {
		return Sheet{}, err
	}
	content, err := io.ReadAll(body)
	if errClose := body.Close(); err == nil {
		err = errClose
	}
	if err != nil {
		return Sheet{}, err
	}
	return s.sheet(content)
}

// plan holds the rows of a staged log against its order: remarks, proposed spots, what was not aired, counts.
func (s *Service) plan(ctx context.Context, tx Reading, l *Log, sheet Sheet) error {
	f, err := tx.LogFrame(ctx, l.AgencyID, l.AgreementID, l.OutletID)
	if err != nil {
		return err
	}
	spots, err := tx.Spots(ctx, l.AgreementID, l.OutletID)
	if err != nil {
		return err
	}
	known, err := tx.Aired(ctx, l.AgreementID, l.OutletID, l.ID)
	if err != nil {
		return err
	}
	rules, err := tx.RulesOf(ctx, l.AgencyID)
	if err != nil {
		return err
	}
	rows := slices.Clone(sheet.Rows)
	remark(rows, f, spots, known)
	for _, p := range Match(rows, spots, rules.On(rule.AiringToleranceMinutes, s.today()).Figure) {
		rows[p.Airing].PlacementID = uuid.NullUUID{UUID: spots[p.Spot].ID, Valid: true}
		rows[p.Airing].Placement = spots[p.Spot].Title
	}
	l.all, l.Complaints, l.Wrong = rows, sheet.Complaints, sheet.Wrong
	l.count(spots)
	return nil
}

// count counts the rows and lists the spots that none shows, of the days that the log tells of.
func (l *Log) count(spots []Spot) {
	l.RowCount, l.Remarked, l.Matched, l.Confirmed, l.Over = int64(len(l.all))+l.Wrong, 0, 0, 0, 0
	l.FirstOn, l.LastOn, l.Missed = period.Date{}, period.Date{}, nil
	shown := map[uuid.UUID]bool{}
	for _, a := range l.all {
		if l.FirstOn.IsZero() || a.AiredOn.Before(l.FirstOn) {
			l.FirstOn = a.AiredOn
		}
		if a.AiredOn.After(l.LastOn) {
			l.LastOn = a.AiredOn
		}
		if len(a.Remarks) > 0 {
			l.Remarked++
		}
		switch {
		case a.PlacementID.Valid:
			shown[a.PlacementID.UUID] = true
			if l.Matched++; a.ConfirmedAt != nil {
				l.Confirmed++
			}
		case a.Counts():
			l.Over++
		}
	}
	days := period.Range{From: l.FirstOn, To: l.LastOn}
	for _, p := range spots {
		if !l.FirstOn.IsZero() && !shown[p.ID] && days.Contains(p.day()) && len(l.Missed) < shownMax {
			l.Missed = append(l.Missed, p)
		}
	}
	l.Rows = l.all[:min(len(l.all), shownMax)]
}

// shown is a log with its rows: those of its file while it is staged, those that were taken after.
func (s *Service) shown(ctx context.Context, tx Reading, l Log, sheet *Sheet) (Log, error) {
	var err error
	if l.Status == Staged {
		err = s.plan(ctx, tx, &l, *sheet)
		return l, err
	}
	if l.all, err = tx.RowsOf(ctx, l.ID); err != nil {
		return l, err
	}
	spots, err := tx.Spots(ctx, l.AgreementID, l.OutletID)
	if l.Status == Voided {
		spots = nil
	}
	if err == nil {
		l.count(spots)
	}
	return l, err
}

// Get gives one log with its rows: while it is staged with what it would show, as things are now.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, id uuid.UUID) (out Log, err error) {
	if err = s.reading(ctx, actor, agency, func(tx Lists, ag registry.Agency) error {
		out, err = tx.Log(ctx, ag.ID, id)
		return err
	}); err != nil {
		return out, err
	}
	var sheet Sheet
	if out.Status == Staged {
		if sheet, err = s.kept(ctx, actor, out.File); err != nil {
			return out, err
		}
	}
	err = s.reading(ctx, actor, agency, func(tx Lists, _ registry.Agency) error {
		out, err = s.shown(ctx, tx, out, &sheet)
		return err
	})
	return out, err
}

// List lists the logs of an agency, the latest first.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Log], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, ag registry.Agency) error {
		page, err = tx.Logs(ctx, ag.ID, q)
		return err
	})
	return page, err
}

// Frames gives the outlets of whose logs something was ordered, by agreement.
func (s *Service) Frames(ctx context.Context, actor access.Actor, agency string) (out []Frame, err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, ag registry.Agency) error {
		out, err = tx.LogFrames(ctx, ag.ID)
		return err
	})
	return out, err
}

// Rows lists the rows of a log that was taken, as its sheet has them.
func (s *Service) Rows(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, q listing.Query) (page listing.Page[Airing], err error) {
	err = s.reading(ctx, actor, agency, func(tx Lists, ag registry.Agency) error {
		if _, err := tx.Log(ctx, ag.ID, id); err != nil {
			return err
		}
		page, err = tx.Airings(ctx, id, q)
		return err
	})
	return page, err
}

// reading runs fn for somebody who may read the agency's affairs.
func (s *Service) reading(ctx context.Context, actor access.Actor, agency string, fn func(tx Lists, ag registry.Agency) error) error {
	return s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		return fn(tx, ag)
	})
}

func checkReason(reason string) error {
	var wrong fault.Fields
	wrong.Text("/reason", strings.TrimSpace(reason), true, reasonMax)
	return wrong.Err()
}
