package sample

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"tayang/app/completeness"
	"tayang/app/file"
	checklist "tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/period"
)

// exemplary is the agreement whose first payment has a whole file, to show what one looks like.
const exemplary = 1

// tellFile puts the papers of an agreement's first payment on the agenda: all of them once, else what most offices have by
// then, a receipt and the report of payment.
func (r *run) tellFile(no int, requested, paid period.Date, p *payment.Payment) {
	if no != 1 {
		return
	}
	whole := r.serial == exemplary
	r.add(requested, 10*60, "file", func(ctx context.Context) error {
		return r.fillFile(ctx, p, requested, func(i completeness.Item) bool {
			return i.Stops() && (whole || slices.Contains([]checklist.Code{checklist.Receipt, checklist.BAP}, i.Code))
		})
	})
	if whole {
		r.add(paid, 15*60, "file", func(ctx context.Context) error {
			return r.fillFile(ctx, p, paid, func(i completeness.Item) bool {
				return i.State == completeness.Missing && i.Stage == checklist.AtSettlement
			})
		})
	}
}

// fillFile uploads what is missing of a payment's file and can be uploaded.
func (r *run) fillFile(ctx context.Context, p *payment.Payment, on period.Date, wanted func(completeness.Item) bool) error {
	list, err := r.desk.complete.Of(ctx, r.treasurer, r.agency, completeness.Payment, p.ID)
	if err != nil {
		return err
	}
	for _, i := range list.Items {
		if !i.Upload || !wanted(i) {
			continue
		}
		f := completeness.PaperForm{Code: i.Code, Number: fmt.Sprintf("%s/%03d/%d", i.Code, r.serial, year), Date: on, Origin: "staff"}
		if i.Owner == checklist.Vendor {
			f.Origin = "vendor"
		}
		content := document(i.NameID, f.Number, r.agreement.VendorName, r.title)
		_, err := r.desk.complete.Add(ctx, r.treasurer, r.agency, p.ID, completeness.Sent{
			PaperForm: f, File: file.Sent{Name: string(i.Code) + ".pdf", DeclaredType: "application/pdf", Content: bytes.NewReader(content)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
