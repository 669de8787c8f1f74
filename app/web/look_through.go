package web

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
)

// flowParts are whom the money of an agreement reaches through the agency, what each has confirmed, and the form for the
// next confirmation.
func (in reader) flowParts(f agreementFacts) []part {
	a := f.Agreement
	if !a.LookThrough.ViaAgency {
		return nil
	}
	parts := []part{{ID: "money-flow", Title: in.T("look_through.title"), Note: in.T("look_through.note", "agency", a.VendorName), Table: in.flow(a)}}
	if len(f.Confirmations) > 0 {
		parts = append(parts, part{ID: "confirmations", Title: in.T("confirmation.title"), Note: in.T("confirmation.note"), Table: in.confirmations(a, f.Confirmations)})
	}
	if in.can(access.AgreementWrite) && len(a.LookThrough.Recipients) > 0 {
		form := confirmationForm(in, a)
		parts = append(parts, part{ID: "new-confirmation", Title: in.T("confirmation.enter"), Form: &form})
	}
	return parts
}

// flow is the table from the agency to each recipient: his net, its share of the gross, what he confirmed, and the agency's
// fee. The foot holds them against the gross: nothing may be left over.
func (in reader) flow(a agreement.Agreement) *table {
	t := &table{ID: "flow-rows", Columns: []column{
		{Label: in.T("look_through.recipient")},
		{Label: in.T("look_through.serves")},
		{Label: in.moneyLabel("field.net"), Class: "money"},
		{Label: in.T("look_through.share"), Class: "num"},
		{Label: in.T("look_through.confirmed"), Class: "money"},
		{Label: in.T("look_through.difference"), Class: "money"},
	}}
	l := a.LookThrough
	for _, r := range l.Recipients {
		confirmed, difference := cell{Text: in.T("look_through.unconfirmed"), Class: "over"}, text("")
		if r.Confirmed != nil {
			confirmed, difference = in.money(*r.Confirmed), in.money(*r.Difference)
			if confirmed.Sub = in.date(r.ConfirmedOn); *r.Difference != 0 {
				difference.Class += " over"
			}
		}
		if r.Net == 0 && r.Confirmed == nil {
			confirmed = text("–")
		}
		who := two(in.channelName(r.Channel), r.Title())
		who.Href = "/vendors/" + r.VendorID.String()
		t.add("", who, text(serves(r.Serves)), in.money(r.Net), in.portion(r.Net, a.Gross), confirmed, difference)
	}
	t.add("", two(in.T("look_through.fee"), a.VendorName), text(""), in.money(l.Fee), in.portion(l.Fee, a.Gross), text(""), text(""))
	left := cell{Text: in.Number(int64(l.Residual)), Class: "money"}
	if l.Residual != 0 {
		left = in.money(l.Residual)
		left.Class += " over"
	}
	t.add("", text(in.T("look_through.residual")), text(""), left, in.portion(l.Residual, a.Gross), text(""), text(""))
	t.Foot = []cell{text(in.T("agreement.gross") + " " + in.T("look_through.sum")), text(""), in.money(a.Gross), text(""), text(""), text("")}
	return t
}

// serves writes positions of lines.
func serves(lines agreement.Lines) string {
	if len(lines) == 0 {
		return "–"
	}
	return linesText(lines)
}

func linesText(lines agreement.Lines) string {
	words := make([]string, len(lines))
	for i, n := range lines {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}

// portion is an amount's part of the whole, in percent with two places.
func (in reader) portion(part, whole money.Amount) cell {
	bps, err := money.MulDiv(part, 10_000, int64(whole), money.HalfUp)
	if err != nil || whole == 0 {
		return cell{Text: "–", Class: "num"}
	}
	return in.basisPoints(int64(bps))
}

// basisPoints writes a share in percent with two places.
func (in reader) basisPoints(bps int64) cell {
	mark := ","
	if in.Code() == "en" {
		mark = "."
	}
	places := strconv.FormatInt(100+bps%100, 10)[1:]
	return cell{Text: in.Number(bps/100) + mark + places + "%", Class: "num"}
}

func (in reader) confirmations(a agreement.Agreement, papers []agreement.Confirmation) *table {
	t := &table{ID: "confirmation-rows", Columns: []column{
		{Label: in.T("look_through.recipient")},
		{Label: in.T("field.date"), Class: "date"},
		{Label: in.moneyLabel("field.amount_confirmed"), Class: "money"},
		{Label: in.T("field.origin")},
		{Label: in.T("ledger.who")},
		{Label: in.T("field.file")},
		{Label: in.T("field.remark")},
	}}
	for _, c := range papers {
		r, _ := a.Recipient(c.RecipientID)
		t.add("", two(in.channelName(r.Channel), r.Title()), in.day(c.Date), in.money(c.Amount), text(in.T("confirmation.origin."+string(c.Origin))),
			two(c.Author, in.moment(c.CreatedAt)), in.fileLink(c.File), text(c.Remark))
	}
	return t
}

// confirmationForm puts a recipient's own word into the file.
func confirmationForm(in reader, a agreement.Agreement) formPage {
	who := in.choice("recipient_id", true, []option{{Label: in.T("form.choose")}})
	for _, r := range a.LookThrough.Recipients {
		who.Options = append(who.Options, option{Value: r.ID.String(), Label: in.channelName(r.Channel) + " — " + in.cash(r.Net)})
	}
	amount := in.input("amount", "money", true)
	amount.Label, amount.Unit, amount.Help = in.T("field.amount_confirmed"), in.sign(), in.T("confirmation.help.amount")
	return formPage{
		Action: in.path("agreements", a.ID.String(), "confirmations"), Multipart: true,
		Groups: []group{{Fields: []field{
			who, amount, in.input("date", "date", true), in.choice("origin", true, in.options("confirmation.origin", "recipient", "agency", "staff")),
			in.input("remark", "text", false), in.upload(true, papers),
		}}},
		Buttons: []button{{Label: in.T("confirmation.enter"), Main: true, Icon: "upload"}},
	}
}

// flowTables are the tables that a decision on an agreement with an agency is made on.
func (in reader) flowTables(a agreement.Agreement) []table {
	if !a.LookThrough.ViaAgency {
		return nil
	}
	t := in.flow(a)
	t.Caption = in.T("look_through.title")
	return []table{*t}
}

// splitBecame is the table of shares before and after an amendment.
func (in reader) splitBecame(m agreement.Amendment) []table {
	before, after := m.Before.LookThrough, m.After.LookThrough
	if before == nil || after == nil {
		return nil
	}
	t := table{ID: "split-rows", Caption: in.T("look_through.title"), Columns: []column{
		{Label: in.T("look_through.recipient")},
		{Label: in.moneyLabel("amendment.before"), Class: "money"},
		{Label: in.T("amendment.after"), Class: "money"},
		{Label: in.T("amendment.difference"), Class: "money"},
	}}
	was := map[uuid.UUID]money.Amount{}
	for _, r := range before.Recipients {
		was[r.ID] = r.Net
	}
	for _, r := range after.Recipients {
		t.add("", two(in.channelName(r.Channel), r.Title()), in.money(was[r.ID]), in.money(r.Net), in.money(r.Net-was[r.ID]))
	}
	t.add("", text(in.T("look_through.fee")), in.money(before.Fee), in.money(after.Fee), in.money(after.Fee-before.Fee))
	t.Foot = []cell{text(in.T("agreement.gross")), in.money(m.Before.Gross), in.money(m.After.Gross), in.money(m.After.Gross - m.Before.Gross)}
	return []table{t}
}

// confirmationsOf fetches the confirmations of an agreement with an agency.
func (w *Web) confirmationsOf(r *request, a agreement.Agreement) ([]agreement.Confirmation, error) {
	if !a.LookThrough.ViaAgency {
		return nil, nil
	}
	page, err := w.services.Confirmations.List(r.ctx(), r.Actor, r.Agency.Code, a.ID, uuid.Nil, listing.All())
	return page.Items, err
}

// addConfirmation keeps a confirmation, or shows the record again with what is wrong.
func (w *Web) addConfirmation(r *request) (answer, error) {
	a, err := w.agreementOf(r)
	if err == nil {
		err = r.Actor.Can(access.AgreementWrite, r.Agency.ID)
	}
	if err != nil {
		return answer{}, err
	}
	if err = w.confirm(r, a); err == nil {
		return done(r.path("agreements", a.ID.String())+"#money-flow", "flash.confirmed")
	}
	form := confirmationForm(r.reader, a)
	form.heading = heading{Title: r.T("confirmation.enter"), Crumbs: []link{r.agreementCrumb(), {a.Number, r.path("agreements", a.ID.String())}}}
	form.Tables = r.flowTables(a)
	return r.refused(form, err)
}

func (w *Web) confirm(r *request, a agreement.Agreement) error {
	t := r.typed()
	f := agreement.ConfirmationForm{
		Amount: t.amount("amount"), Date: t.date("date"), Origin: agreement.ConfirmationOrigin(t.text("origin")), Remark: t.text("remark"),
	}
	who := t.uuid("recipient_id")
	for _, name := range []string{"recipient_id", "amount"} {
		if t.get(name) == "" {
			t.wrong.Add(pointer(name), "required")
		}
	}
	if _, err := a.Recipient(who); who != uuid.Nil && err != nil {
		t.wrong.Add(pointer("recipient_id"), "not_found")
	}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	kept, err := w.keep(r)
	if err != nil {
		return err
	}
	f.File = kept.SHA256
	_, err = w.services.Confirmations.Add(r.ctx(), r.Actor, r.Agency.Code, a.ID, who, f)
	return err
}
