package web

import (
	"strconv"

	"github.com/google/uuid"

	"tayang/app/money"
	"tayang/app/placement"
	"tayang/app/portal"
)

// doorOrder is where a vendor sees one of his agreements.
func doorOrder(id uuid.UUID) string { return doorPath + "agreements/" + id.String() }

func (in reader) doorCrumbs(more ...link) []link {
	return append([]link{{in.T("door.title"), doorPath}}, more...)
}

// doorHomePage is a vendor's agreements in the office, what it wants from him, and what he sent.
func doorHomePage(in reader, v portal.Visitor, o portal.Overview) recordPage {
	p := recordPage{heading: heading{Title: v.VendorName, Subtitle: in.Agency.Name + " · " + v.Purpose}}
	orders := table{ID: "orders", Empty: empty{Text: in.T("door.orders.empty")}, Columns: []column{
		{Label: in.T("field.agreement_id")}, {Label: in.T("agreement.term")}, {Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("agreement.paid"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, a := range o.Orders {
		orders.add(doorOrder(a.ID), number(a.Number, doorOrder(a.ID), a.Title), text(in.date(a.StartDate)+" – "+in.date(a.EndDate)),
			in.money(a.Gross), in.money(a.Paid), in.status(a.Status))
		p.Missing = append(p.Missing, in.wanted(a, a.Number+": ")...)
	}
	sent := in.doorSent(o.Sent)
	p.Parts = []part{
		{ID: "orders-part", Title: in.T("nav.agreements"), Table: &orders},
		{ID: "sent", Title: in.T("door.sent"), Table: &sent},
		{ID: "about", Title: in.T("door.about"), Note: in.T("door.about.note", "agency", in.Agency.Name), Facts: []fact{
			{in.T("field.expires_at"), text(in.moment(v.LinkEnds))}, {in.T("door.visit_ends"), text(in.moment(v.Ends))},
		}},
	}
	return p
}

// wanted is what the office wants from the vendor under an agreement.
func (in reader) wanted(a portal.Order, before string) (out []link) {
	if a.Owing > 0 {
		out = append(out, link{before + in.T("door.wants.proofs", "n", a.Owing), doorOrder(a.ID) + "#placements"})
	}
	if a.ToBill > 0 {
		out = append(out, link{before + in.T("door.wants.invoice", "n", a.ToBill), doorOrder(a.ID) + "/invoice"})
	}
	return out
}

func (in reader) doorSent(items []portal.Submission) table {
	t := table{ID: "sent-rows", Empty: empty{Text: in.T("door.sent.empty")}, Columns: []column{
		{Label: in.T("portal.what")}, {Label: in.T("portal.at")}, {Label: in.T("field.status")},
	}}
	for _, s := range items {
		href := doorPath + "receipts/" + s.ID.String()
		t.add(href, number(sentName(s), href, in.T("portal.kind."+string(s.Kind))), text(in.moment(s.CreatedAt)), in.sentState(s))
	}
	return t
}

// doorAffairPage is everything about one agreement.
func doorAffairPage(in reader, v portal.Visitor, a portal.Affair) recordPage {
	o := a.Order
	status := in.status(o.Status)
	p := recordPage{State: &status, Missing: in.wanted(o, ""), heading: heading{Title: o.Number, Subtitle: o.Title, Crumbs: in.doorCrumbs()}}
	if o.ToBill > 0 {
		p.Actions = []action{{Label: in.T("door.bill"), Icon: "receipt", Href: doorOrder(o.ID) + "/invoice", Main: true}}
	}
	p.Figures = []figure{
		{in.T("agreement.gross"), in.shown(o.Gross), ""}, {in.T("agreement.paid"), in.shown(o.Paid), "fill-realised"}, {in.T("door.unpaid"), in.shown(o.Gross - o.Paid), "fill-frame"},
	}
	for _, c := range a.Claims {
		if !c.Filed {
			p.Missing = append(p.Missing, link{Text: in.T("door.wants.file", "number", c.Number)})
		}
		if v.VATRegistered && c.TaxInvoiceNumber == "" && c.Status == "open" {
			p.Missing = append(p.Missing, link{Text: in.T("door.wants.tax_invoice", "number", c.Number)})
		}
	}
	items, handovers, claims, payouts, sent := in.doorItems(a.Items), in.doorHandovers(a.Handovers), in.doorClaims(a.Claims), in.doorPayouts(a.Payouts), in.doorSent(a.Sent)
	p.Parts = []part{
		{ID: "placements", Title: in.T("nav.placements"), Table: &items, Actions: in.doorPager(a)},
		{ID: "handovers", Title: in.T("acceptance.title"), Table: &handovers},
		{ID: "claims", Title: in.T("invoice.title"), Table: &claims},
		{ID: "payouts", Title: in.T("nav.payments"), Note: in.T("door.payouts.note"), Table: &payouts},
		{ID: "sent", Title: in.T("door.sent"), Table: &sent},
	}
	return p
}

// doorPager turns the pages of placements; the parameter counts from 1, as people do.
func (in reader) doorPager(a portal.Affair) (out []action) {
	to := func(page int) string { return doorOrder(a.Order.ID) + "?page=" + strconv.Itoa(page+1) + "#placements" }
	if a.Page > 0 {
		out = append(out, action{Label: in.T("list.first"), Icon: "arrow-left", Href: to(0)})
	}
	if a.More {
		out = append(out, action{Label: in.T("list.next"), Icon: "arrow-right", Href: to(a.Page + 1)})
	}
	return out
}

func (in reader) doorItems(items []portal.Item) table {
	t := table{ID: "item-rows", Empty: empty{Text: in.T("door.items.empty")}, Columns: []column{
		{Label: in.T("field.title")}, {Label: in.T("agreement.channel")}, {Label: in.T("field.scheduled_on"), Class: "date"}, {Label: in.T("field.published_on"), Class: "date"},
		{Label: in.T("field.proofs"), Class: "num"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, p := range items {
		href := doorPath + "placements/" + p.ID.String()
		state := in.status(string(p.Status))
		if state.Sub = p.Remark; p.Open && p.Proofs == 0 {
			state.Sub = in.T("placement.missing.proof")
		}
		t.add(href, number(p.Title, href, p.Product), text(in.channelName(p.Channel)), in.day(p.ScheduledOn), in.day(p.PublishedOn), in.count(p.Proofs), in.money(p.Gross), state)
	}
	return t
}

func (in reader) doorHandovers(items []portal.Handover) table {
	t := table{ID: "handover-rows", Empty: empty{Text: in.T("acceptance.empty")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("nav.placements"), Class: "num"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"},
	}}
	for _, h := range items {
		t.add("", number(h.Number, "", ""), in.day(h.Date), in.count(h.Placements), in.money(h.Gross))
	}
	return t
}

func (in reader) doorClaims(items []portal.Claim) table {
	t := table{ID: "claim-rows", Empty: empty{Text: in.T("invoice.empty")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.T("nav.placements"), Class: "num"}, {Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("field.tax_invoice_number"), Class: "code"}, {Label: in.T("field.file")}, {Label: in.T("field.status")},
	}}
	for _, c := range items {
		t.add("", number(c.Number, "", ""), in.day(c.Date), in.count(c.Placements), in.money(c.Amount), code(orDash(grouped(c.TaxInvoiceNumber))), text(in.yes(c.Filed)), in.status(c.Status))
	}
	return t
}

func (in reader) doorPayouts(items []portal.Payout) table {
	t := table{ID: "payout-rows", Empty: empty{Text: in.T("door.payouts.empty")}, Columns: []column{
		{Label: "SPP", Class: "date"}, {Label: "SPM", Class: "date"}, {Label: "SP2D", Class: "date"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"},
		{Label: in.T("door.withheld")}, {Label: in.moneyLabel("door.net"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, y := range items {
		taxes := ""
		for _, x := range y.Taxes {
			if taxes != "" {
				taxes += " · "
			}
			taxes += in.T("tax."+x.Kind) + " " + in.cash(x.Amount)
			if !x.DepositedOn.IsZero() {
				taxes += " (" + in.T("door.deposited", "date", in.date(x.DepositedOn)) + ")"
			}
		}
		t.add("", in.day(y.SPPDate), in.day(y.SPMDate), in.day(y.SP2DDate), in.money(y.Gross), text(orDash(taxes)), in.money(y.Net), in.status(y.Status))
	}
	return t
}

// doorItemPage is one placement, and the form for its proof while it takes one.
func doorItemPage(in reader, p portal.Item, once uuid.UUID, mark string) recordPage {
	status := in.status(string(p.Status))
	out := recordPage{State: &status, heading: heading{Title: p.Title, Subtitle: p.Product + " · " + in.channelName(p.Channel), Crumbs: in.doorCrumbs(link{p.AgreementNumber, doorOrder(p.AgreementID)})}}
	if p.Remark != "" {
		out.Warn = in.T("door.rejected", "reason", p.Remark)
	}
	out.Parts = []part{{ID: "facts", Title: in.T("placement.publication"), Facts: []fact{
		{in.T("field.scheduled_on"), text(in.date(p.ScheduledOn))}, {in.T("field.published_on"), text(in.date(p.PublishedOn))}, {in.T("field.url"), code(orDash(p.URL))},
		{in.T("agreement.gross"), text(in.cash(p.Gross))}, {in.T("field.proofs"), in.count(p.Proofs)},
	}}}
	if p.Open {
		form := doorProofForm(in, p, once, mark)
		out.Parts = append(out.Parts, part{ID: "prove", Title: in.T("door.prove"), Form: &form})
	} else {
		out.Parts[0].Note = in.T("door.closed")
	}
	return out
}

func doorProofForm(in reader, p portal.Item, once uuid.UUID, mark string) formPage {
	upload := in.upload(true, evidence)
	upload.Wide = true
	on := in.input("published_on", "date", false)
	on.Help = in.T("door.help.proposal")
	at := in.input("url", "url", false)
	at.Wide = true
	fields := []field{upload, in.choice("kind", true, in.options("proof.kind", "screenshot", "page_scan", "recording", "photo", "log", "other")), on}
	if p.ChannelKind == placement.Online || p.ChannelKind == placement.Social || p.URL != "" {
		fields = append(fields, at)
	}
	return formPage{
		Action: doorPath + "placements/" + p.ID.String() + "/proofs", Multipart: true, Hidden: marks(once, mark),
		Groups: []group{{Fields: fields}}, Buttons: []button{{Label: in.T("door.send"), Main: true, Icon: "upload"}},
	}
}

// marks are what every form of a vendor carries: that it is his own, and which one it is, should it be sent twice.
func marks(once uuid.UUID, csrf string) []box {
	return []box{{Name: "csrf", Value: csrf}, {Name: "once", Value: once.String()}}
}

// doorInvoiceForm sends the vendor's own invoice over accepted placements.
func doorInvoiceForm(in reader, o portal.Order, items []portal.Item, picked []string, once uuid.UUID, mark string) formPage {
	t := table{ID: "choose", Checks: true, Caption: in.T("chain.choose"), Empty: empty{Text: in.T("door.nothing_to_bill")}, Columns: []column{
		{Label: in.T("field.title")}, {Label: in.T("field.published_on"), Class: "date"}, {Label: in.moneyLabel("agreement.gross"), Class: "money"},
	}}
	var sum money.Amount
	for _, p := range items {
		on := len(picked) == 0
		for _, id := range picked {
			on = on || id == p.ID.String()
		}
		sum += p.Gross
		t.Rows = append(t.Rows, row{Cells: []cell{two(p.Title, p.Product), in.day(p.PublishedOn), in.money(p.Gross)}, Check: &box{Name: "placement_ids", Value: p.ID.String(), Label: p.Title, Checked: on}})
	}
	amount := in.input("amount", "money", true)
	amount.Unit, amount.Help = in.sign(), in.T("invoice.help.amount", "sum", in.cash(sum))
	taxNumber := in.input("tax_invoice_number", "text", false)
	taxNumber.Help = in.T("invoice.help.tax")
	upload := in.upload(true, papers)
	upload.Wide = true
	p := formPage{
		heading: heading{Title: in.T("door.bill"), Subtitle: o.Number + " · " + o.Title, Crumbs: in.doorCrumbs(link{o.Number, doorOrder(o.ID)})},
		Action:  doorOrder(o.ID) + "/invoice", Back: doorOrder(o.ID), Multipart: true, Intro: in.T("door.bill.intro"), Tables: []table{t}, Hidden: marks(once, mark),
	}
	if len(items) > 0 {
		p.Groups = []group{{Fields: []field{in.input("number", "text", true), in.input("date", "date", true), amount, taxNumber, upload}}}
		p.Buttons = []button{{Label: in.T("door.send"), Main: true, Icon: "upload"}}
	}
	return p
}

// doorReceiptPage says what was received and when, to be printed or kept.
func doorReceiptPage(in reader, v portal.Visitor, s portal.Submission) recordPage {
	status := in.sentState(s)
	status.Sub = ""
	p := recordPage{State: &status, heading: heading{
		Title: in.T("door.receipt"), Subtitle: in.T("portal.kind."+string(s.Kind)) + " · " + sentName(s), Crumbs: in.doorCrumbs(link{s.AgreementNumber, doorOrder(s.AgreementID)}),
	}}
	if s.Remark != "" {
		p.Warn = in.T("door.returned", "reason", s.Remark)
	}
	facts := []fact{
		{in.T("door.received_at"), text(in.moment(s.CreatedAt) + " " + s.CreatedAt.In(in.Place).Format("MST"))},
		{in.T("portal.fingerprint"), code(fingerprint(s.SHA256))},
		{in.T("field.file"), two(orDash(s.Filename), in.T("door.bytes", "n", in.Number(s.Size)))},
		{in.T("field.agency_id"), text(in.Agency.Name)}, {in.T("field.vendor_id"), text(v.VendorName)}, {in.T("field.agreement_id"), text(s.AgreementNumber)},
	}
	if s.Kind == portal.Proof {
		facts = append(facts, fact{in.T("field.placement_id"), text(s.PlacementTitle)}, fact{in.T("field.published_on"), text(in.date(s.PublishedOn))}, fact{in.T("field.url"), code(orDash(s.URL))})
	} else {
		facts = append(facts, fact{in.T("field.number"), text(s.Number)}, fact{in.T("field.date"), text(in.date(s.Date))}, fact{in.T("field.amount"), text(in.cash(s.Amount))},
			fact{in.T("field.tax_invoice_number"), code(orDash(grouped(s.TaxInvoiceNumber)))})
	}
	facts = append(facts, fact{in.T("door.receipt.id"), code(s.ID.String())})
	p.Parts = []part{{ID: "receipt", Title: in.T("door.receipt.title", "time", in.moment(s.CreatedAt)), Note: in.T("door.receipt." + string(s.Status)), Facts: facts}}
	return p
}
