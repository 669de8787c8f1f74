package trail

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/audit"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// Service is what people read of the trail.
type Service struct{ read access.Reader[Lists] }

// NewService makes the service over its storage.
func NewService(read access.Reader[Lists]) *Service { return &Service{read} }

// Reading is a page of events with the names that their words need.
type Reading struct {
	Events []Event
	Names  Names
	Next   *string
	Total  *int64
	Seals  Seals // of a history
}

// List gives events to programs, oldest first unless sorted by -seq. Faults: Forbidden, NotFound, Invalid by query
// parameter.
func (s *Service) List(ctx context.Context, actor access.Actor, agency string, q listing.Query) (page listing.Page[Entry], err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		scope, err := scopeOf(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		found, err := events(ctx, tx, scope, q)
		page = listing.Page[Entry]{Items: make([]Entry, len(found.Items)), NextCursor: found.NextCursor, Total: found.Total}
		for i, e := range found.Items {
			page.Items[i] = e.Entry()
		}
		return err
	})
	return page, err
}

// Get gives one event by its number. Faults: Forbidden, NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, agency string, seq int64) (Entry, error) {
	page, err := s.List(ctx, actor, agency, listing.Query{Limit: 1}.Where("seq", strconv.FormatInt(seq, 10)))
	if err == nil && len(page.Items) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Entry{}, err
	}
	return page.Items[0], nil
}

// Prove gives an event as it is sealed, whole and unmasked, with the proof that it is in the log; auditors of the whole
// government only. Faults: Forbidden, NotFound, also while the event is not sealed.
func (s *Service) Prove(ctx context.Context, actor access.Actor, agency string, seq int64) (p audit.Inclusion, err error) {
	if _, err := s.Get(ctx, actor, agency, seq); err != nil {
		return p, err
	}
	if !ScopeFor(actor, uuid.Nil).Everything {
		return p, fault.With(fault.Forbidden, "forbidden", fault.Args{"verb": string(access.LogProve)})
	}
	err = s.read(ctx, actor, func(tx Lists) error {
		p, err = audit.Prove(tx.Hashes(ctx), seq)
		return err
	})
	return p, err
}

// Read gives events to pages, with names. Faults: as of List.
func (s *Service) Read(ctx context.Context, actor access.Actor, agency string, q listing.Query) (out Reading, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		scope, err := scopeOf(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		out, err = reading(ctx, tx, scope, q)
		return err
	})
	return out, err
}

// History gives the newest events of a record and of what belongs to it, whether the actor may see the record being the
// caller's to know. An empty agency asks for a record of the registry. Faults: Forbidden, NotFound.
func (s *Service) History(ctx context.Context, actor access.Actor, agency, record string, limit int) (out Reading, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		scope := Scope{}
		if agency == "" {
			err = actor.Can(access.RegistryRead, uuid.Nil)
		} else {
			scope, err = scopeOf(ctx, tx, actor, agency)
		}
		if err != nil {
			return err
		}
		q := listing.Query{Limit: limit, Sort: []listing.Key{{Field: "seq", Desc: true}}}
		if out, err = reading(ctx, tx, scope, q.Where("record", record)); err != nil {
			return err
		}
		seqs := make([]int64, len(out.Events))
		for i, e := range out.Events {
			seqs[i] = e.Seq
		}
		out.Seals, err = tx.TrailSeals(ctx, seqs)
		return err
	})
	return out, err
}

// People lists those whose deeds the agency's trail can be filtered by. Faults: Forbidden, NotFound.
func (s *Service) People(ctx context.Context, actor access.Actor, agency string) (out []Person, err error) {
	err = s.read(ctx, actor, func(tx Lists) error {
		ag, err := registry.Visible(ctx, tx, actor, agency)
		if err != nil {
			return err
		}
		out, err = tx.TrailPeople(ctx, ag.ID)
		return err
	})
	return out, err
}

func scopeOf(ctx context.Context, tx Lists, actor access.Actor, agency string) (Scope, error) {
	ag, err := registry.Visible(ctx, tx, actor, agency)
	return ScopeFor(actor, ag.ID), err
}

// ScopeFor is what the actor sees of an agency's trail, his right to read the agency being the caller's to check. What
// belongs to no agency and is not the registry's (people, sessions, files) only an auditor of the whole government sees.
func ScopeFor(actor access.Actor, agency uuid.UUID) Scope {
	s := Scope{Agency: agency}
	for _, g := range actor.Grants {
		s.Everything = s.Everything || g.Role == access.Auditor && g.Agency == uuid.Nil
	}
	return s
}

func reading(ctx context.Context, tx Lists, scope Scope, q listing.Query) (Reading, error) {
	page, err := events(ctx, tx, scope, q)
	if err != nil {
		return Reading{}, err
	}
	names, err := tx.TrailNames(ctx, scope, Refer(page.Items))
	return Reading{Events: page.Items, Names: names, Next: page.NextCursor, Total: page.Total}, err
}

// events takes what is not a field of the list out of the query, and lets it be sorted by number only.
func events(ctx context.Context, tx Lists, scope Scope, q listing.Query) (listing.Page[Event], error) {
	f := Filter{Text: q.Text}
	q.Text = ""
	fields := map[string][]string{}
	for name, values := range q.Filters {
		last := values[len(values)-1]
		switch name {
		case "from":
			f.From = last
		case "to":
			f.To = last
		case "record":
			f.Record = last
		default:
			fields[name] = values
		}
	}
	q.Filters = fields
	for _, k := range q.Sort {
		if k.Field != "seq" {
			return listing.Page[Event]{}, listing.Refuse("sort", "unknown_field")
		}
	}
	return tx.TrailEvents(ctx, scope, f, q)
}
