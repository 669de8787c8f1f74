package sample

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/db"
)

// Load tells the whole story, from the first working day to the end of its last, through the use cases and as its
// people. Everything but the ids is the same each time. place is the office's calendar. The government has its name only
// when all is told, so that an office whose loading was broken off can be known.
func Load(ctx context.Context, store *db.Store, files file.Store, place *time.Location) error {
	people, err := begin(ctx, store, Unfinished)
	if err != nil {
		return err
	}
	s := &story{store: store, files: files, place: place, people: people, crews: crews(people), departed: map[string]uuid.UUID{}, frameworks: map[string]uuid.UUID{}}
	d := newDesk(store, files, place)
	d.clock.at = s.at(day("01-02"), 9*60)
	if err := s.tellBudgets(ctx, d); err != nil {
		return err
	}
	if err := s.tellRegistry(ctx, d); err != nil {
		return err
	}
	if err := s.tellMatrix(ctx, d); err != nil {
		return err
	}
	s.tellYear(d)
	s.tellChecklist()
	s.tellCooperation()
	for _, deal := range deals() {
		s.tellDeal(deal)
	}
	s.tellDepartures()
	s.tellOwners(newDesk(store, files, place))
	s.tellPortal(newDesk(store, files, place))
	if err := s.agenda.run(ctx, s.at(day(lastDay).AddDays(1), 0)); err != nil {
		return err
	}
	act := access.Act{Actor: s.crews[Kominfo].staff, Verb: "sample.end", Reason: "sample office"}
	return store.InTx(ctx, act, func(tx *db.Tx) (any, error) { return nil, tx.RenameGovernment(ctx, Government) })
}
