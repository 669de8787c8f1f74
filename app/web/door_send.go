package web

import (
	"bufio"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/portal"
)

func (w *Web) doorHome(r *request, v portal.Visitor) (answer, error) {
	o, err := w.services.Portal.Desk.Overview(r.ctx(), v)
	if err != nil {
		return answer{}, err
	}
	return show(doorHomePage(r.reader, v, o))
}

func (w *Web) doorAffair(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	a, err := w.services.Portal.Desk.Affair(r.ctx(), v, id, r.c.QueryInt("page", 1)-1)
	if err != nil {
		return answer{}, err
	}
	return show(doorAffairPage(r.reader, v, a))
}

func (w *Web) doorItem(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	p, err := w.services.Portal.Desk.Item(r.ctx(), v, id)
	if err != nil {
		return answer{}, err
	}
	once, err := uuid.NewV7()
	if err != nil {
		return answer{}, err
	}
	return show(doorItemPage(r.reader, p, once, r.door.CSRF))
}

func (w *Web) doorProve(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	p, err := w.services.Portal.Desk.Item(r.ctx(), v, id)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := portal.ProofForm{Once: t.uuid("once"), Kind: placement.ProofKind(t.text("kind")), URL: t.text("url"), PublishedOn: t.date("published_on")}
	var sent portal.Submission
	if err = t.wrong.Err(); err == nil {
		sent, err = w.received(r, func(in file.Sent) (portal.Submission, error) {
			in.Purpose = file.Proof
			return w.services.Portal.Desk.Prove(r.ctx(), v, id, f, in)
		})
	}
	if err == nil {
		return answer{location: doorPath + "receipts/" + sent.ID.String()}, nil
	}
	page := doorItemPage(r.reader, p, f.Once, r.door.CSRF)
	form := page.Parts[len(page.Parts)-1].Form
	if form == nil {
		return answer{}, err
	}
	return r.refusedBelow(page, form, err)
}

// refusedBelow shows a page again whose form was refused.
func (r *request) refusedBelow(p page, form *formPage, err error) (answer, error) {
	f, ok := isFault(err)
	if !ok && f.Kind != fault.TooMany {
		return answer{}, err
	}
	form.fill(r.typed().get)
	form.mark(r.reader, f)
	return again(p, f)
}

// received hands the file of a form on; a file field that was left empty is refused like any other.
func (w *Web) received(r *request, take func(file.Sent) (portal.Submission, error)) (portal.Submission, error) {
	header, body, err := r.sent()
	if err != nil {
		return portal.Submission{}, err
	}
	defer func() { _ = body.Close() }()
	return take(file.Sent{Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body)})
}

func (w *Web) doorAskInvoice(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	o, items, err := w.services.Portal.Desk.ToBill(r.ctx(), v, id)
	if err != nil {
		return answer{}, err
	}
	once, err := uuid.NewV7()
	if err != nil {
		return answer{}, err
	}
	p := doorInvoiceForm(r.reader, o, items, nil, once, r.door.CSRF)
	if sum := total(items, func(i portal.Item) money.Amount { return i.Gross }); sum > 0 {
		p.find("amount").Value = money.Format(sum, r.Agency.Currency, r.Code())
	}
	return show(p)
}

func (w *Web) doorBill(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	o, items, err := w.services.Portal.Desk.ToBill(r.ctx(), v, id)
	if err != nil {
		return answer{}, err
	}
	t, picked := r.typed(), r.all("placement_ids")
	f := portal.InvoiceForm{Once: t.uuid("once"), Bill: payment.Bill{
		AgreementID: id, Number: t.text("number"), Date: t.date("date"), Amount: t.amount("amount"), TaxInvoiceNumber: t.text("tax_invoice_number"), PlacementIDs: ids(picked),
	}}
	var sent portal.Submission
	if err = t.err(f.Trimmed().Check()); err == nil {
		sent, err = w.received(r, func(in file.Sent) (portal.Submission, error) {
			return w.services.Portal.Desk.Bill(r.ctx(), v, f, in)
		})
	}
	if err == nil {
		return answer{location: doorPath + "receipts/" + sent.ID.String()}, nil
	}
	p := doorInvoiceForm(r.reader, o, items, picked, f.Once, r.door.CSRF)
	return r.refusedBelow(p, &p, err)
}

func (w *Web) doorReceipt(r *request, v portal.Visitor) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	s, err := w.services.Portal.Desk.Receipt(r.ctx(), v, id)
	if err != nil {
		return answer{}, err
	}
	r.door.Print = true
	return show(doorReceiptPage(r.reader, v, s))
}
