package web

import (
	"bytes"
	"net/url"
	"strconv"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/money"
	"tayang/app/price"
)

// What the form of a price list offers to choose.
const priceLists = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// importForm takes a price list in: the file, and what it does not say itself.
func importForm(in reader) formPage {
	upload := in.upload(true, priceLists)
	upload.Wide, upload.Help = true, in.T("price.help.file")
	basis := in.input("basis", "text", true)
	basis.Wide, basis.Help = true, in.T("price.help.basis")
	until := in.input("valid_until", "date", false)
	until.Help = in.T("price.help.until")
	return formPage{
		heading: heading{Title: in.T("price.import"), Crumbs: []link{in.priceCrumb()}}, Action: pricesPath + "/import", Back: pricesPath, Multipart: true,
		Intro:   in.T("price.import_intro"),
		Groups:  []group{{Fields: []field{upload, basis, in.input("valid_from", "date", true), until, in.taxChoice()}}},
		Buttons: []button{{Label: in.T("price.preview"), Main: true, Icon: "eye"}},
	}
}

// taxChoice says whether the prices of a list have VAT in them; most lists do.
func (in reader) taxChoice() field {
	return in.choice("tax_inclusive", true, []option{{Value: "true", Label: in.T("agreement.price_with")}, {Value: "false", Label: in.T("agreement.price_without")}})
}

// importPreview shows what a price list would change, and what is wrong with it; without complaints it can be taken.
func importPreview(in reader, cmd price.ImportCommand, i price.Import) formPage {
	p := formPage{
		heading: heading{Title: in.T("price.preview"), Subtitle: cmd.Name, Crumbs: []link{in.priceCrumb(), {in.T("price.import"), pricesPath + "/import"}}},
		Action:  pricesPath + "/import/commit", Back: pricesPath + "/import",
		Facts: []fact{
			{in.T("price.count.new"), in.count(int64(i.New))}, {in.T("price.count.changed"), in.count(int64(i.Changed))},
			{in.T("price.count.unchanged"), in.count(int64(i.Unchanged))}, {in.T("price.count.wrong"), in.count(int64(i.Wrong))},
			{in.T("field.basis"), text(cmd.Basis)}, {in.T("field.valid_from"), text(in.date(cmd.ValidFrom))}, {in.T("field.valid_until"), text(in.date(cmd.ValidUntil))},
			{in.T("field.tax_inclusive"), text(in.yes(cmd.TaxInclusive))},
		},
		Hidden: []box{
			{Name: "sha256", Value: cmd.SHA256}, {Name: "title", Value: cmd.Name}, {Name: "basis", Value: cmd.Basis}, {Name: "valid_from", Value: dated(cmd.ValidFrom)},
			{Name: "valid_until", Value: dated(cmd.ValidUntil)}, {Name: "tax_inclusive", Value: strconv.FormatBool(cmd.TaxInclusive)},
		},
	}
	switch {
	case i.Wrong > 0:
		p.Intro = in.T("price.import_wrong", "n", i.Wrong)
		p.Tables = append(p.Tables, in.complaints(i.Complaints))
	case i.New+i.Changed == 0:
		p.Intro = in.T("price.import_nothing")
	default:
		p.Intro = in.T("price.import_ready")
		p.Buttons = []button{{Label: in.T("price.commit"), Main: true, Icon: "check"}}
	}
	if len(i.Rows) > 0 {
		p.Tables = append(p.Tables, in.importRows(i.Rows))
	}
	return p
}

// complaints are the rows that are wrong: where, and how to mend it.
func (in reader) complaints(all []price.Complaint) table {
	t := table{ID: "complaints", Caption: in.T("price.count.wrong"), Columns: []column{
		{Label: in.T("price.row"), Class: "num"}, {Label: in.T("price.column")}, {Label: in.T("price.remedy")},
	}}
	for _, c := range all {
		t.add("", in.count(int64(c.Row)), text(c.Column), text(in.FieldMessage(c.Refusal(), money.IDR)))
	}
	return t
}

func (in reader) importRows(rows []price.ImportRow) table {
	t := table{ID: "import-rows", Caption: in.T("price.changes"), Columns: []column{
		{Label: in.T("price.row"), Class: "num"}, {Label: in.T("field.product")}, {Label: in.T("field.unit")}, {Label: in.moneyLabel("price.old"), Class: "money"},
		{Label: in.moneyLabel("field.unit_price"), Class: "money"}, {Label: in.T("field.account_codes")}, {Label: in.T("price.change")},
	}}
	for _, r := range rows {
		t.add("", in.count(int64(r.Row)), text(r.Product), text(r.Unit), in.money(r.OldPrice), in.money(r.Price), code(r.Codes), text(in.T("price.change."+string(r.Change))))
	}
	return t
}

func (w *Web) askImport(r *request) (answer, error) { return show(importForm(r.reader)) }

// importTyped reads what a price list does not say itself.
func importTyped(t *typed) price.ImportCommand {
	tax := t.text("tax_inclusive")
	if tax != "true" && tax != "false" {
		t.wrong.Add("/tax_inclusive", "unknown_value")
	}
	return price.ImportCommand{Basis: t.text("basis"), ValidFrom: t.date("valid_from"), ValidUntil: t.date("valid_until"), TaxInclusive: tax == "true"}
}

// sendImport keeps the file that was sent and goes on to what it would change: an address that can be come back to.
func (w *Web) sendImport(r *request) (answer, error) {
	t := r.typed()
	cmd := importTyped(t)
	err := t.err(nil)
	if err == nil {
		err = w.keepList(r, &cmd)
	}
	if err != nil {
		return r.refused(importForm(r.reader), err)
	}
	q := url.Values{
		"sha256": {cmd.SHA256}, "title": {cmd.Name}, "basis": {cmd.Basis}, "valid_from": {dated(cmd.ValidFrom)}, "valid_until": {dated(cmd.ValidUntil)},
		"tax_inclusive": {strconv.FormatBool(cmd.TaxInclusive)},
	}
	return answer{location: pricesPath + "/import/preview?" + q.Encode()}, nil
}

// keepList keeps a price list that can be read.
func (w *Web) keepList(r *request, cmd *price.ImportCommand) error {
	if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
		return err
	}
	header, body, err := r.sent()
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	cmd.Name = file.Name(header.Filename)
	if cmd.Content, err = readAll(body); err != nil {
		return err
	}
	if err := cmd.Check(); err != nil {
		return err
	}
	kept, err := w.services.Files.Keep(r.ctx(), r.Actor, file.Sent{
		Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bytes.NewReader(cmd.Content), Purpose: file.List,
	})
	if err != nil {
		return err
	}
	cmd.SHA256 = kept.SHA256
	_, err = w.services.Prices.Preview(r.ctx(), r.Actor, *cmd)
	return err
}

// keptList is the command of a page about a price list that was kept.
func (w *Web) keptList(r *request) (cmd price.ImportCommand, err error) {
	t := r.typed()
	cmd = importTyped(t)
	cmd.SHA256, cmd.Name = t.text("sha256"), t.text("title")
	if err := t.err(nil); err != nil {
		return cmd, err
	}
	_, body, err := w.services.Files.Open(r.ctx(), r.Actor, cmd.SHA256)
	if err != nil {
		return cmd, err
	}
	defer func() { _ = body.Close() }()
	cmd.Content, err = readAll(body)
	return cmd, err
}

// previewImport shows what a price list that was kept would change.
func (w *Web) previewImport(r *request) (answer, error) {
	cmd, err := w.keptList(r)
	if err != nil {
		return answer{}, err
	}
	found, err := w.services.Prices.Preview(r.ctx(), r.Actor, cmd)
	if err != nil {
		return answer{}, err
	}
	return show(importPreview(r.reader, cmd, found))
}

// commitImport takes the price list that was looked at. What changed in the meantime is looked at anew.
func (w *Web) commitImport(r *request) (answer, error) {
	cmd, err := w.keptList(r)
	if err != nil {
		return answer{}, err
	}
	taken, err := w.services.Prices.Commit(r.ctx(), r.Actor, cmd)
	if fault.Is(err, "import_refused") {
		found, errFound := w.services.Prices.Preview(r.ctx(), r.Actor, cmd)
		if errFound != nil {
			return answer{}, errFound
		}
		return again(importPreview(r.reader, cmd, found), fault.From(err))
	}
	if err != nil {
		return r.refused(importForm(r.reader), err)
	}
	return done(pricesPath, "flash.prices_imported", "new", r.Number(int64(taken.New)), "changed", r.Number(int64(taken.Changed)), "unchanged", r.Number(int64(taken.Unchanged)))
}
