package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"
)

// workers is how many requests are under way at a time where the order does not matter.
const workers = 6

// object is a body of a request.
type object map[string]any

// made is what an answer says of a thing.
type made struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// loader takes a record over into an agency of its own, step by step as its people would. What the API refuses is kept
// with the invoice that it is about; anything else that goes wrong ends the load.
type loader struct {
	api    *client
	agency string // its code
	record *record
	plan   *plan
	out    io.Writer
	now    func() time.Time

	budgetLines map[string]string // by the record's id of the item
	vendors     map[string]string // by the record's id
	campaigns   map[string]string // by the record's id
	outlets     map[outlet]string

	timings []timing
}

// timing is how long a part took and what it asked.
type timing struct {
	part     string
	requests int64
	took     time.Duration
}

// path is the address of something of the agency.
func (l *loader) path(format string, args ...any) string {
	return "/agencies/" + l.agency + fmt.Sprintf(format, args...)
}

// load takes everything over that can be taken over.
func (l *loader) load(ctx context.Context) error {
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"budget", l.budget},
		{"vendors, outlets, campaigns", l.register},
		{"agreements", l.agree},
		{"placements", l.publish},
		{"acceptances, invoices", l.bill},
		{"payments", l.pay},
	} {
		if err := l.timed(ctx, part.name, part.do); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) timed(ctx context.Context, name string, do func(context.Context) error) error {
	began, before := l.now(), l.api.requests.Load()
	if err := do(ctx); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	l.timings = append(l.timings, timing{name, l.api.requests.Load() - before, l.now().Sub(began)})
	_, _ = fmt.Fprintf(l.out, "loaded: %s\n", name)
	return nil
}

// each runs fn for every item, several at a time, until the first error.
func each[T any](ctx context.Context, items []T, fn func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan T)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for item := range queue {
				if ctx.Err() != nil {
					continue
				}
				if err := fn(ctx, item); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	wg.Wait()
	return context.Cause(ctx)
}

// open are the invoices that nothing has been refused of.
func (l *loader) open() (out []*bill) {
	for _, b := range l.plan.bills {
		if b.refusal() == nil {
			out = append(out, b)
		}
	}
	return out
}

// refusal is why the invoice is not paid: its own, or that of its agreement.
func (b *bill) refusal() *refusal {
	if b.refused == nil && b.of != nil {
		return b.of.refused
	}
	return b.refused
}

// eachBill does a step for all open invoices and keeps what the API refuses.
func (l *loader) eachBill(ctx context.Context, step string, fn func(context.Context, *bill) error) error {
	return each(ctx, l.open(), func(ctx context.Context, b *bill) error {
		err := fn(ctx, b)
		if _, ok := refusedByAPI(err); ok {
			b.refused, err = &refusal{step, err}, nil
		}
		return err
	})
}

// budget enters the year's budget as it was passed and then as it was changed. The record dates neither; they are put
// on the first and the last day of the year.
func (l *loader) budget(ctx context.Context) error {
	original, revised := []object{}, []object{}
	for _, b := range l.record.budgets {
		passed, err := parseCentavos(b["monto_presupuesto"])
		if err != nil {
			return err
		}
		change, err := parseCentavos(b["monto_modificacion"])
		if err != nil {
			return err
		}
		original = append(original, l.budgetLine(b["id_presupuesto_concepto"], passed))
		revised = append(revised, l.budgetLine(b["id_presupuesto_concepto"], passed+change))
	}
	for _, v := range []object{
		{"kind": "original", "number": "Presupuesto 2015", "date": "2015-01-01", "lines": original},
		{"kind": "revision", "number": "Presupuesto 2015 modificado", "date": "2015-12-31", "lines": revised},
	} {
		v["fiscal_year"] = fiscalYear
		key := "budget/" + fmt.Sprint(v["kind"])
		var version made
		if err := l.api.post(ctx, staff, l.path("/budget-versions"), key, v, &version); err != nil {
			return err
		}
		if err := l.api.post(ctx, head, l.path("/budget-versions/%s/lock", version.ID), key+"/lock", object{}, nil); err != nil {
			return err
		}
	}
	return l.findBudgetLines(ctx)
}

// budgetLine is a line of the budget: the chapter of the item as sub-activity, the item as account.
func (l *loader) budgetLine(id string, amount centavos) object {
	item := l.record.items[id]
	chapter := item
	for _, other := range l.record.items {
		if other["capitulo"] == item["capitulo"] && other["concepto"] == "" && other["partida"] == "" {
			chapter = other
		}
	}
	return object{
		"sub_activity_code": item["capitulo"], "sub_activity_name": chapter["denominacion"], "account_code": item["partida"],
		"account_name": item["denominacion"], "fund_source": "PEF 2015", "appropriation": amount,
	}
}

// findBudgetLines notes the ids of the lines in force by the record's ids.
func (l *loader) findBudgetLines(ctx context.Context) error {
	lines, err := l.lines(ctx)
	if err != nil {
		return err
	}
	l.budgetLines = map[string]string{}
	for id, item := range l.record.items {
		for _, line := range lines {
			if line.AccountCode == item["partida"] {
				l.budgetLines[id] = line.ID
			}
		}
	}
	return nil
}

// register enters the vendors, the outlets that the invoice lines are about, and the campaigns.
func (l *loader) register(ctx context.Context) error {
	l.vendors, l.campaigns, l.outlets = map[string]string{}, map[string]string{}, map[outlet]string{}
	var mu sync.Mutex
	keep := func(note func(id string), err error, m made) error {
		mu.Lock()
		defer mu.Unlock()
		note(m.ID)
		return err
	}
	err := each(ctx, l.record.vendors, func(ctx context.Context, v row) error {
		kind := "company"
		if v["id_personalidad_juridica"] == "1" {
			kind = "individual"
		}
		var m made
		id := v["id_proveedor"]
		err := l.api.post(ctx, staff, "/vendors", "vendor/"+id, object{"kind": kind, "legal_name": v["nombre_razon_social"]}, &m)
		return keep(func(made string) { l.vendors[id] = made }, err, m)
	})
	if err != nil {
		return err
	}
	err = each(ctx, l.outletsNeeded(), func(ctx context.Context, o outlet) error {
		var m made
		err := l.api.post(ctx, staff, "/outlets", fmt.Sprintf("outlet/%s/%s/%x", o.vendor, o.kind, o.name),
			object{"vendor_id": l.vendors[o.vendor], "kind": o.kind, "name": o.name, "domain": o.host}, &m)
		return keep(func(made string) { l.outlets[o] = made }, err, m)
	})
	if err != nil {
		return err
	}
	return each(ctx, l.record.campaigns, func(ctx context.Context, c row) error {
		var m made
		id := c["id_campana_aviso"]
		err := l.api.post(ctx, staff, l.path("/campaigns"), "campaign/"+id, object{
			"name":      c["nombre_campana_aviso"],
			"objective": c["objetivo_comunicacion"], "start_date": c["fecha_inicio"], "end_date": c["fecha_termino"],
		}, &m)
		return keep(func(made string) { l.campaigns[id] = made }, err, m)
	})
}

func (l *loader) outletsNeeded() []outlet {
	needed := map[outlet]bool{}
	for _, b := range l.plan.bills {
		for _, each := range b.lines {
			needed[each.outlet] = true
		}
	}
	return slices.Collect(maps.Keys(needed))
}
