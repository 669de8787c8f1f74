package web

import (
	"errors"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// framingFields ask whether it is a framework agreement, and of how much at most; an order says under which it is.
func (in reader) framingFields(c choices) []field {
	if c.Framework != nil {
		return nil
	}
	framework, ceiling := in.input("framework", "checkbox", false), in.input("ceiling", "money", false)
	framework.Help, ceiling.Help, ceiling.Unit = in.T("framework.help"), in.T("framework.help.ceiling"), in.sign()
	framework.Also = []string{"framework_id"}
	return []field{framework, ceiling}
}

// framingHidden carries the framework agreement of an order along.
func (in reader) framingHidden(c choices, boxes []box) []box {
	if c.Framework != nil {
		boxes = append(boxes, box{Name: "framework_id", Value: c.Framework.ID.String()})
	}
	return boxes
}

func framingTyped(t *typed) (f agreement.Framing) {
	f.Framework = t.yes("framework")
	if ceiling := t.amountOr("ceiling"); ceiling != nil {
		f.Ceiling = *ceiling
	}
	if id := t.uuid("framework_id"); id != uuid.Nil {
		f.FrameworkID = uuid.NullUUID{UUID: id, Valid: true}
	}
	return f
}

func framingValues(f agreement.Framing, values map[string]string, plain func(money.Amount) string) {
	values["framework"] = checked(f.Framework)
	if f.Ceiling != 0 {
		values["ceiling"] = plain(f.Ceiling)
	}
}

// framework fetches the framework agreement of an order.
func (w *Web) framework(r *request, c *choices, id uuid.NullUUID) error {
	if !id.Valid {
		return nil
	}
	f, err := w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, id.UUID)
	var refused *fault.Error
	if errors.As(err, &refused) && refused.Kind == fault.NotFound {
		return nil
	}
	c.Framework = &f
	return err
}

// orderTerms are the terms of an order as its framework agreement suggests them: its lines, today, until its end.
func orderTerms(f agreement.Agreement, today period.Date) agreement.Terms {
	t := f.Terms()
	t.Number, t.OwnerEstimate = "", nil
	t.Framing = agreement.Framing{FrameworkID: uuid.NullUUID{UUID: f.ID, Valid: true}}
	if today.After(f.OrderDate) && !today.After(f.EndDate) {
		t.OrderDate, t.StartDate = today, today
	}
	for i := range t.Deliverables {
		t.Deliverables[i].Quantity = 1
	}
	return t
}

// newOrder is the form of an order under a framework agreement, prefilled from it.
func (w *Web) newOrder(r *request) (answer, error) {
	id, err := uuid.Parse(r.c.Query("framework_id"))
	if err != nil {
		return answer{}, fault.Missing()
	}
	f, err := w.services.Agreements.Get(r.ctx(), r.Actor, r.Agency.Code, id)
	if err != nil {
		return answer{}, err
	}
	if !f.Framework || f.Status != agreement.Active {
		return answer{}, fault.With(fault.Conflict, "framework_not_active", fault.Args{"framework": f.Number, "status": string(f.Status)})
	}
	t := orderTerms(f, r.today())
	c, err := w.choices(r, f.VendorID, f.FiscalYear, t.Deliverables)
	if err != nil {
		return answer{}, err
	}
	c.Framework = &f
	p := agreementForm(r.reader, c, string(f.Kind), "", 0, max(1, len(t.Deliverables)))
	p.Intro = r.T("framework.order.intro", "number", f.Number, "left", r.cash(f.Left()))
	p.fill(termsValues(r.reader, t))
	if err := w.look(r, &p, t); err != nil {
		return answer{}, err
	}
	return show(p)
}
