package sample

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"tayang/app/file"
	"tayang/app/period"
	"tayang/app/placement"
)

// tellUnit puts the life of one unit up to its verification on the agenda.
func (r *run) tellUnit(p *parcel, u *unit) {
	r.add(p.planned, 8*60+u.no, "plan", func(ctx context.Context) error { return r.plan(ctx, u) })
	if u.entered.IsZero() {
		return
	}
	if u.slip.what == cancelled {
		r.add(u.entered, 11*60, "cancel", func(ctx context.Context) error {
			_, err := r.desk.placements.Cancel(ctx, r.staff, r.agency, u.placement.ID, nil, u.slip.text)
			return err
		})
		r.tellMakeGood(u)
		return
	}
	r.add(u.entered, 9*60+u.no, "publish", func(ctx context.Context) error { return r.publish(ctx, u) })
	r.add(u.entered, 10*60+u.no, "prove", func(ctx context.Context) error { return r.prove(ctx, u, "") })
	r.tellInsights(u)
	if u.slip.what == turnedBack || u.slip.what == redone {
		r.add(workday(u.entered.AddDays(1)), 9*60, "reject", func(ctx context.Context) error {
			_, err := r.desk.placements.Reject(ctx, r.verifier, r.agency, u.placement.ID, nil, u.slip.text)
			return err
		})
	}
	if u.slip.what == redone {
		r.add(workday(u.entered.AddDays(1)), 14*60, "prove anew", func(ctx context.Context) error { return r.redo(ctx, u) })
	}
	if u.slip.what != turnedBack {
		r.add(u.verified, 13*60+u.no, "verify", func(ctx context.Context) error {
			_, err := r.desk.placements.Verify(ctx, r.verifier, r.agency, u.placement.ID, nil)
			return err
		})
		r.tellLive(u)
	}
}

func (r *run) plan(ctx context.Context, u *unit) (err error) {
	u.placement, err = r.desk.placements.Create(ctx, r.staff, r.agency, placement.Plan{
		DeliverableID: r.agreement.Deliverables[u.item].ID,
		ScheduledOn:   u.scheduled, Title: u.topic,
	})
	return err
}

func (r *run) publish(ctx context.Context, u *unit) error {
	_, err := r.desk.placements.Enter(ctx, r.staff, r.agency, u.placement.ID, nil, func(e placement.Entry) (placement.Entry, error) {
		e.PublishedOn = u.published
		if it := r.items[u.item]; it.label {
			labelled := u.slip.what != unlabelled
			e.LabelPresent = &labelled
		}
		r.locate(u, &e)
		return e, nil
	})
	return err
}

// locate says where the unit appeared, as its channel asks for it.
func (r *run) locate(u *unit, e *placement.Entry) {
	switch c := r.channels[r.items[u.item].channel]; c.kind {
	case placement.Online:
		e.URL = fmt.Sprintf("https://%s/%s/%s-%s-%d", c.domain, strings.ReplaceAll(u.published.String()[:7], "-", "/"),
			slug(u.topic), slug(r.key), u.no)
	case placement.Social:
		e.URL = fmt.Sprintf("https://%s/%s/konten/%03d%03d", c.domain, c.handle, r.serial, u.no)
		views := int64(4_000 + (u.no*7919+r.serial*3571)%26_000)
		e.Metrics = placement.Metrics{
			"reach": views * 4 / 5, "views": views, "likes": views / 18, "comments": views / 140,
			"shares": views / 220, "saves": views / 160,
		}
	case placement.Print:
		e.Edition, e.Page = strconv.Itoa(1200+u.published.Sub(day("01-01"))), strconv.Itoa(2+u.no%14)
	case placement.Radio, placement.TV:
		e.Slot = fmt.Sprintf("%02d.%02d WIB", 6+u.no%14, u.no*15%60)
	case placement.Outdoor:
	}
	if u.slip.what == addressed {
		e.URL = u.slip.text
	}
}

func slug(text string) string {
	return strings.NewReplacer(" ", "-", ".", "-").Replace(strings.ToLower(text))
}

// prove adds a proof as the channel gives it; suffix tells a later one from the first.
func (r *run) prove(ctx context.Context, u *unit, suffix string) error {
	seed := fmt.Sprintf("%s %d%s", r.number(), u.no, suffix)
	if u.slip.what == proofShared {
		seed = u.slip.text
	}
	e, err := r.evidence(u, seed)
	if err != nil {
		return err
	}
	taken := r.at(u.published, 18*60)
	e.CapturedAt = &taken
	_, err = r.desk.proofs.Add(ctx, r.staff, r.agency, u.placement.ID, e)
	return err
}

func (r *run) evidence(u *unit, seed string) (placement.Evidence, error) {
	sent := func(kind placement.ProofKind, origin placement.Origin, name string, content []byte) (placement.Evidence, error) {
		return placement.Evidence{Kind: kind, Origin: origin, File: file.Sent{Name: name, Content: bytes.NewReader(content)}}, nil
	}
	switch r.channels[r.items[u.item].channel].kind {
	case placement.Print:
		return sent(placement.PageScan, placement.FromVendor, "halaman.pdf", document(u.topic, seed))
	case placement.Radio, placement.TV:
		return sent(placement.AiringLog, placement.FromVendor, "log-siaran.txt",
			fmt.Appendf(nil, "LOG SIARAN CONTOH\n%s\n%s\n%s\n", seed, u.published, u.topic))
	case placement.Online, placement.Social, placement.Outdoor:
	}
	shown, err := picture(seed)
	if err != nil {
		return placement.Evidence{}, err
	}
	if r.channels[r.items[u.item].channel].kind == placement.Outdoor {
		return sent(placement.Photo, placement.FromStaff, "foto-lokasi.png", shown)
	}
	return sent(placement.Screenshot, placement.FromStaff, "tangkapan-layar.png", shown)
}

// redo hands a rejected unit in again: published anew, with a better proof.
func (r *run) redo(ctx context.Context, u *unit) error {
	if err := r.publish(ctx, u); err != nil {
		return err
	}
	return r.prove(ctx, u, " perbaikan")
}

// add puts a deed of the agreement on the agenda.
func (r *run) add(on period.Date, minutes int, what string, do func(ctx context.Context) error) {
	r.agenda.add(r.at(on, minutes), r.desk, r.number()+" "+what, do)
}
