package web

import (
	"strings"
	"time"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/override"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/placement"
)

// task is one kind of work that a right makes somebody's own: a list whose field has a value.
type task struct {
	right  access.Verb
	key    string
	noun   string
	field  string
	status string
	also   string // another filter, NAME=VALUE
	count  func(r *request, q listing.Query) (n int64, oldest time.Time, err error)
}

// tasks is everything that can wait for somebody, in the order of the chain.
func (w *Web) tasks() []task {
	s := w.services
	agreements := func(r *request, q listing.Query) (int64, time.Time, error) {
		page, err := s.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, q)
		return many(page), first(page, func(a agreement.Agreement) time.Time { return a.CreatedAt }), err
	}
	awaiting := func(r *request, q listing.Query) (int64, time.Time, error) {
		q.Sort = []listing.Key{{Field: "awaiting_since"}}
		page, err := s.Agreements.List(r.ctx(), r.Actor, r.Agency.Code, q)
		return many(page), first(page, since), err
	}
	placements := func(r *request, q listing.Query) (int64, time.Time, error) {
		page, err := s.Placements.List(r.ctx(), r.Actor, r.Agency.Code, q)
		return many(page), time.Time{}, err // planned long ahead: the age of the entry is not how long it waits
	}
	payments := func(r *request, q listing.Query) (int64, time.Time, error) {
		page, err := s.Payments.List(r.ctx(), r.Actor, r.Agency.Code, q)
		return many(page), first(page, func(p payment.Payment) time.Time { return p.CreatedAt }), err
	}
	overrides := func(r *request, q listing.Query) (int64, time.Time, error) {
		page, err := s.Overrides.List(r.ctx(), r.Actor, r.Agency.Code, q)
		return many(page), first(page, func(o override.Override) time.Time { return o.CreatedAt }), err
	}
	return []task{
		{access.AgreementWrite, "drafts", "agreements", "status", string(agreement.Draft), "", agreements},
		{access.AgreementWrite, "returned", "agreements", "status", string(agreement.Rejected), "", agreements},
		{access.AgreementApprove, "agreements", "agreements", "status", string(agreement.Submitted), "awaiting=me", awaiting},
		{access.AgreementApprove, "amendments", "agreements", "amendment", string(agreement.AmendmentProposed), "awaiting=me", awaiting},
		{access.PlacementWrite, "planned", "placements", "status", string(placement.Planned), "", placements},
		{access.PlacementWrite, "rejected", "placements", "status", string(placement.Rejected), "", placements},
		{access.PlacementVerify, "placements", "placements", "status", string(placement.Published), "", placements},
		{access.AcceptanceWrite, "accept", "placements", "status", string(placement.Verified), "", placements},
		{access.InvoiceWrite, "invoice", "placements", "status", string(placement.Accepted), "", placements},
		{access.PaymentAuthorise, "payments", "payments", "status", string(payment.Requested), "", payments},
		{access.OverrideDecide, "overrides", "overrides", "status", string(override.Requested), "", overrides},
		{access.PaymentSettle, "settle", "payments", "status", string(payment.Authorised), "", payments},
	}
}

// waiting asks for each of the reader's tasks how much there is and since when.
func (w *Web) waiting(r *request) (out []waiting, err error) {
	for _, t := range w.tasks() {
		if !r.can(t.right) {
			continue
		}
		q := listing.Query{Limit: 1, Count: true, CountMax: countMax, Sort: []listing.Key{{Field: "created_at"}}}.Where(t.field, t.status)
		if name, value, ok := strings.Cut(t.also, "="); ok {
			q = q.Where(name, value)
		}
		n, since, err := t.count(r, q)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		one := waiting{Count: upTo(r.reader, n), Text: r.T("home.wait."+t.key, "n", n), Href: r.path(t.noun) + "?" + t.field + "=" + t.status}
		if t.also != "" {
			one.Href += "&" + t.also
		}
		if days := r.today().Sub(period.DateOf(since, r.Place)); !since.IsZero() && days > 0 {
			one.Since = r.T("home.since", "n", days)
		}
		out = append(out, one)
	}
	insights, err := w.insightsWaiting(r)
	if err != nil {
		return nil, err
	}
	sent, err := w.waitingSubmissions(r)
	return append(append(out, insights...), sent...), err
}

// upTo writes a count that goes no further than people read.
func upTo(in reader, n int64) string {
	if n > countMax {
		return in.Number(countMax) + "+"
	}
	return in.Number(n)
}

// many is how many rows the whole list has.
func many[T any](page listing.Page[T]) int64 {
	if page.Total == nil {
		return 0
	}
	return *page.Total
}

// first gives the time of a page's first row.
func first[T any](page listing.Page[T], at func(T) time.Time) time.Time {
	if len(page.Items) == 0 {
		return time.Time{}
	}
	return at(page.Items[0])
}

// since is how long an agreement or its amendment waits for a decision.
func since(a agreement.Agreement) time.Time {
	if a.AwaitingSince == nil {
		return a.CreatedAt
	}
	return *a.AwaitingSince
}
