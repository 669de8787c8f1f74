package airing

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/override"
	"tayang/app/placement"
	"tayang/app/registry"
)

// deed is what somebody does with one log.
type deed struct {
	s      *Service
	tx     Store
	actor  access.Actor
	agency registry.Agency
	log    Log
	rows   []Airing
}

// does holds a log to change it and gives it back as it is after. Faults: Forbidden, NotFound, stale.
func (s *Service) does(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, reason string, do func(*deed) error) (out Log, err error) {
	err = s.write(ctx, actor.Does(ctx, access.PlacementWrite, reason), func(tx Store) (any, error) {
		ag, err := registry.Allowed(ctx, tx, actor, access.PlacementWrite, agency)
		if err != nil {
			return nil, err
		}
		d := &deed{s: s, tx: tx, actor: actor, agency: ag}
		if d.log, err = tx.Log(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		if err := fault.Expect(expected, d.log.Version); err != nil {
			return nil, err
		}
		if err := do(d); err != nil {
			return nil, err
		}
		if err := tx.SaveLog(ctx, d.log); err != nil {
			return nil, err
		}
		if out, err = tx.Log(ctx, ag.ID, id); err != nil {
			return nil, err
		}
		out, err = s.shown(ctx, tx, out, &Sheet{})
		return out, err
	})
	return out, err
}

// Commit takes the rows of a log, all of them or none, and proposes which spots they show. Faults: Forbidden, NotFound,
// stale, wrong_state unless it is staged, import_refused with a field for each row that cannot be read.
func (s *Service) Commit(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64) (Log, error) {
	seen, err := s.Get(ctx, actor, agency, id)
	if err != nil {
		return seen, err
	}
	var sheet Sheet
	if seen.Status == Staged {
		if sheet, err = s.kept(ctx, actor, seen.File); err != nil {
			return seen, err
		}
	}
	return s.does(ctx, actor, agency, id, expected, "", func(d *deed) error {
		if d.log.Status != Staged {
			return fault.WrongState(string(d.log.Status), "commit")
		}
		if err := s.plan(ctx, d.tx, &d.log, sheet); err != nil {
			return err
		}
		if err := d.log.refused(); err != nil {
			return err
		}
		d.log.Status = Committed
		for i := range d.log.all {
			var err error
			if d.log.all[i].ID, err = uuid.NewV7(); err != nil {
				return err
			}
		}
		return d.tx.AddAirings(ctx, d.log, d.log.all)
	})
}

// refused is the refusal of a log with complaints; its fields are rows and columns of the sheet.
func (l Log) refused() error {
	if l.Wrong == 0 {
		return nil
	}
	f := &fault.Error{Kind: fault.Invalid, Code: "import_refused", Args: fault.Args{"count": l.Wrong}}
	for _, c := range l.Complaints {
		f.Fields = append(f.Fields, c.Refusal())
	}
	return f
}

// taken loads the rows of a log that was taken. Fault: wrong_state for any other.
func (d *deed) taken(ctx context.Context, verb string) (err error) {
	if d.log.Status != Committed {
		return fault.WrongState(string(d.log.Status), verb)
	}
	d.rows, err = d.tx.RowsOf(ctx, d.log.ID)
	return err
}

// named gives the rows of those ids. Invalid at /airing_ids when the log has one of them not.
func (d *deed) named(ids []uuid.UUID) (out []*Airing, err error) {
	for _, id := range ids {
		n := slices.IndexFunc(d.rows, func(a Airing) bool { return a.ID == id })
		if n < 0 {
			var wrong fault.Fields
			wrong.Add("/airing_ids", "not_found")
			return nil, wrong.Err()
		}
		out = append(out, &d.rows[n])
	}
	return out, nil
}

// confirmMax bounds how many matches are confirmed at once.
const confirmMax = 1000

// Confirm says that rows show the spots that were proposed for them, those named or all: day and slot of the placement
// become those of the airing, and the log becomes its proof. Who confirms cannot verify. Faults: Forbidden, NotFound,
// stale, wrong_state, Invalid naming the row whose placement cannot take it.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, airings []uuid.UUID) (Log, error) {
	return s.does(ctx, actor, agency, id, expected, "", func(d *deed) error {
		if err := d.taken(ctx, "confirm"); err != nil {
			return err
		}
		chosen, err := d.named(airings)
		if err != nil {
			return err
		}
		if len(airings) == 0 {
			for i := range d.rows {
				if a := &d.rows[i]; a.PlacementID.Valid && a.ConfirmedAt == nil && len(chosen) < confirmMax {
					chosen = append(chosen, a)
				}
			}
		}
		return d.confirm(ctx, chosen)
	})
}

func (d *deed) confirm(ctx context.Context, chosen []*Airing) error {
	var wrong fault.Fields
	if len(chosen) == 0 {
		wrong.Add("/airing_ids", "nothing_proposed")
		return wrong.Err()
	}
	clock, err := d.clock(ctx)
	if err != nil {
		return err
	}
	at := d.s.now().UTC()
	var saved []Airing
	for _, a := range chosen {
		if !a.PlacementID.Valid {
			wrong.AddWith(a.at("placement_id"), "no_spot", fault.Args{"row": a.Row})
			continue
		}
		if a.ConfirmedAt != nil {
			continue
		}
		if err := d.publish(ctx, *a, clock); err != nil {
			if err := a.said(err, &wrong); err != nil {
				return err
			}
			continue
		}
		a.ConfirmedAt, a.ConfirmedBy = &at, uuid.NullUUID{UUID: d.actor.User, Valid: true}
		saved = append(saved, *a)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.tx.SaveShown(ctx, saved)
}

// at is where a refusal names a field of the row.
func (a Airing) at(field string) string {
	return "/rows/" + strconv.FormatInt(a.Row-1, 10) + "/" + field
}

// said notes what refuses the row's placement; another error goes on.
func (a Airing) said(err error, wrong *fault.Fields) error {
	f := fault.From(err)
	switch {
	case f.Kind == fault.Invalid && len(f.Fields) > 0:
		for _, w := range f.Fields {
			wrong.AddWith(a.at(strings.TrimPrefix(w.Pointer, "/")), w.Code, w.Args)
		}
	case f.Code == "wrong_state":
		wrong.AddWith(a.at("placement_id"), "spot_closed", fault.Args{"title": a.Placement, "row": a.Row})
	default:
		return err
	}
	return nil
}

// clock is what a publication is held against.
func (d *deed) clock(ctx context.Context) (c *placement.Clock, err error) {
	c = &placement.Clock{Scheme: d.agency.Scheme, Today: d.s.today(), Place: d.s.place}
	if c.Rules, err = d.tx.RulesOf(ctx, d.agency.ID); err != nil {
		return c, err
	}
	c.InForce, err = d.tx.InForce(ctx, d.agency.ID, override.CheckMode)
	return c, err
}

// publish writes day and slot of a row to its placement, and adds the log to its proofs unless it is there.
func (d *deed) publish(ctx context.Context, a Airing, clock *placement.Clock) error {
	p, err := d.tx.HoldPlacement(ctx, d.agency.ID, a.PlacementID.UUID)
	if err != nil {
		return err
	}
	e := p.Entry()
	e.PublishedOn, e.Slot = a.AiredOn, a.slot(d.s.zone())
	clock.Passed = nil
	if p, err = p.Enter(e, d.actor.User, clock); err != nil {
		return err
	}
	for _, id := range clock.Passed {
		if err := d.tx.UseOverride(ctx, id, p.Document()); err != nil {
			return err
		}
	}
	there, err := d.tx.HasProof(ctx, p.ID, d.log.File)
	if err != nil {
		return err
	}
	if !there {
		if p, err = p.Prove(d.actor.User); err != nil {
			return err
		}
		if err := d.prove(ctx, p); err != nil {
			return err
		}
	}
	return d.tx.SavePlacement(ctx, p)
}

func (d *deed) prove(ctx context.Context, p placement.Placement) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	f := placement.Proof{
		ID: id, PlacementID: p.ID, Kind: placement.AiringLog, Origin: d.log.Origin, SHA256: d.log.File, Filename: d.log.Filename,
		CreatedAt: d.s.now().UTC(), CreatedBy: d.actor.User, Inspected: true, // a log holds no picture
	}
	f.Source, f.Agent = access.ClientOf(ctx)
	return d.tx.AddProof(ctx, f)
}

// slotMax bounds the slot of a placement, in characters.
const slotMax = 200

// slot is the row as the slot of a placement: 07.15 WIB · Selamat Pagi.
func (a Airing) slot(zone string) string {
	out := strings.ReplaceAll(strings.TrimSuffix(a.AiredAt, ":00"), ":", ".") + " " + zone
	if a.Programme != "" {
		out += " · " + a.Programme
	}
	if r := []rune(out); len(r) > slotMax {
		out = string(r[:slotMax])
	}
	return out
}

// Matching says by hand which spot a row shows.
type Matching struct {
	AiringID    uuid.UUID `json:"airing_id"`
	PlacementID uuid.UUID `json:"placement_id"`
}

// Match says by hand which spot a row shows, and confirms it. Faults: as Confirm; Invalid when the row shows another spot
// or is known already, or when the placement is none of the agreement at the outlet that is free.
func (s *Service) Match(ctx context.Context, actor access.Actor, agency string, id uuid.UUID, expected *int64, m Matching) (Log, error) {
	return s.does(ctx, actor, agency, id, expected, "", func(d *deed) error {
		if err := d.taken(ctx, "match"); err != nil {
			return err
		}
		chosen, err := d.named([]uuid.UUID{m.AiringID})
		if err != nil {
			return fault.Fields{{Pointer: "/airing_id", Code: "not_found"}}.Err()
		}
		a := chosen[0]
		var wrong fault.Fields
		switch {
		case a.ConfirmedAt != nil:
			wrong.AddWith("/airing_id", "airing_used", fault.Args{"title": a.Placement})
		case !a.Counts():
			wrong.Add("/airing_id", "airing_known")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		spots, err := d.tx.Spots(ctx, d.log.AgreementID, d.log.OutletID)
		if err != nil {
			return err
		}
		if a.PlacementID.Valid && a.PlacementID.UUID == m.PlacementID {
			return d.confirm(ctx, chosen)
		}
		n := slices.IndexFunc(spots, func(p Spot) bool { return p.ID == m.PlacementID })
		if n < 0 {
			return fault.Fields{{Pointer: "/placement_id", Code: "not_a_spot"}}.Err()
		}
		a.PlacementID, a.Placement = uuid.NullUUID{UUID: m.PlacementID, Valid: true}, spots[n].Title
		return d.confirm(ctx, chosen)
	})
}
