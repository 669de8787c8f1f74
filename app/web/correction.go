package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/payment"
	"tayang/app/period"
)

func (w *Web) correctionRoutes(get, post route) {
	for verb := range map[string]bool{"hold": true, "release": true} {
		get("/payments/:id/"+verb, may(access.PaymentHold, w.askHold(verb)))
		post("/payments/:id/"+verb, w.hold(verb))
	}
	get("/payments/:id/refunds/new", may(access.PaymentReverse, w.askRefund))
	post("/payments/:id/refunds", w.refund)
	get("/invoices/:id/credit-notes/new", may(access.InvoiceWrite, w.askCredit))
	post("/invoices/:id/credit-notes", w.credit)
	get("/invoices/:id/credit-notes/:below/void", may(access.InvoiceWrite, w.askVoidCredit))
	post("/invoices/:id/credit-notes/:below/void", w.voidCredit)
	get("/agreements/:id/penalties", w.penalties)
	post("/agreements/:id/penalty-receipts", w.payPenalty)
	get("/agreements/:id/penalty-receipts/:below/void", may(access.TaxDeposit, w.askVoidPenalty))
	post("/agreements/:id/penalty-receipts/:below/void", w.voidPenalty)
}

// sumInWords says how the gross becomes what the vendor receives.
func (in reader) sumInWords(p payment.Payment) string {
	taxes := total(p.Taxes, func(t payment.Tax) money.Amount { return t.Amount })
	return in.T("payment.sum", "gross", in.cash(p.Gross), "taxes", in.cash(taxes), "penalty", in.cash(p.Penalty), "net", in.cash(p.Net))
}

func (in reader) correctionActions(p payment.Payment, here string) (out []action) {
	waits := p.Status == payment.Requested || p.Status == payment.Authorised
	if waits && p.Held == "" && in.can(access.PaymentHold) {
		out = append(out, action{Label: in.T("payment.hold"), Icon: "clock", Href: here + "/hold"})
	}
	if p.Held != "" && in.can(access.PaymentHold) && !in.holds(p) {
		out = append(out, action{Label: in.T("payment.release"), Icon: "check", Href: here + "/release", Main: true})
	}
	if p.Status == payment.Settled && in.can(access.PaymentReverse) {
		out = append(out, action{Label: in.T("payment.refund"), Icon: "rotate", Href: here + "/refunds/new"})
	}
	return out
}

// holds reports whether the reader himself holds the payment: another person lets it go.
func (in reader) holds(p payment.Payment) bool {
	for _, h := range p.Holds {
		if h.ReleasedAt == nil && h.CreatedBy == in.Actor.User {
			return true
		}
	}
	return false
}

func (in reader) correctionParts(p payment.Payment) (out []part) {
	if len(p.Receipts) > 0 {
		t := &table{ID: "receipt-rows", Columns: []column{{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.moneyLabel("field.amount"), Class: "money"}}}
		for _, r := range p.Receipts {
			t.add("", text(r.Number), in.day(r.Date), in.money(r.Amount))
		}
		out = append(out, part{ID: "receipts", Title: in.T("field.receipts"), Table: t})
	}
	if len(p.Holds) > 0 {
		t := &table{ID: "hold-rows", Columns: []column{{Label: in.T("field.reason")}, {Label: in.T("payment.held_at")}, {Label: in.T("payment.released_at")}}}
		for _, h := range p.Holds {
			t.add("", text(h.Reason), text(in.moment(h.CreatedAt)), two(in.moments(h.ReleasedAt), h.ReleaseReason))
		}
		out = append(out, part{ID: "holds", Title: in.T("payment.holds"), Table: t})
	}
	if len(p.Refunds) > 0 {
		t := &table{ID: "refund-rows", Columns: []column{{Label: "STS"}, {Label: in.T("field.date"), Class: "date"}, {Label: in.moneyLabel("field.amount"), Class: "money"}, {Label: in.T("field.reason")}}}
		for _, r := range p.Refunds {
			t.add("", text(r.STS.Number), in.day(r.STS.Date), in.money(r.Amount), two(r.Reason, in.T("payment.units", "n", len(r.PlacementIDs))))
		}
		out = append(out, part{ID: "refunds", Title: in.T("payment.refunds"), Note: in.T("payment.refunds.note"), Table: t})
	}
	return out
}

// drawnFacts are the additional cash of a payment.
func (in reader) drawnFacts(p payment.Payment) (out []fact) {
	if p.Drawn.IsZero() {
		return nil
	}
	out = append(out, fact{in.T("field.drawn"), two(in.cash(p.Drawn.Amount), p.Drawn.Number+" · "+in.date(p.Drawn.Date))})
	if left := p.Drawn.Left(p.Gross); left > 0 {
		back := in.T("payment.leftover.open")
		if !p.Drawn.STS.IsZero() {
			back = "STS " + p.Drawn.STS.Number + " · " + in.date(p.Drawn.STS.Date)
		}
		out = append(out, fact{in.T("payment.leftover"), two(in.cash(left), back)})
	}
	return out
}

// cashGroup are the fields of a request that is paid out of cash.
func (in reader) cashGroup() group {
	receipts := in.input("receipts", "textarea", false)
	receipts.Help, receipts.Wide, receipts.Wrap = in.T("payment.help.receipts"), true, "off"
	amount := in.input("drawn.amount", "money", false)
	amount.Unit = in.sign()
	return group{Title: in.T("payment.cash"), Help: in.T("payment.help.cash"), Fields: []field{
		receipts, in.input("drawn.number", "text", false), in.input("drawn.date", "date", false), amount,
		in.input("drawn.sts.number", "text", false), in.input("drawn.sts.date", "date", false),
	}}
}

// cash reads the fields of a request that is paid out of cash: of receipts one a line, number; date; amount.
func (t *typed) cash() (c payment.Cash) {
	n := 0
	for line := range strings.SplitSeq(t.text("receipts"), "\n") {
		parts := strings.FieldsFunc(strings.TrimSpace(line), func(r rune) bool { return r == ';' || r == '\t' })
		if len(parts) == 0 {
			continue
		}
		at := "receipts." + strconv.Itoa(n)
		n++
		if len(parts) != 3 {
			t.wrong.AddWith(pointer(at), "columns", fault.Args{"want": 3, "have": len(parts)})
			continue
		}
		r := payment.Receipt{Number: strings.TrimSpace(parts[0])}
		var err error
		if r.Date, err = period.ParseDate(strings.TrimSpace(parts[1])); err != nil {
			t.note(at+".date", err)
		}
		if r.Amount, err = money.Parse(strings.TrimSpace(parts[2]), t.Agency.Currency); err != nil {
			t.note(at+".amount", err)
		}
		c.Receipts = append(c.Receipts, r)
	}
	c.Drawn = payment.Drawing{Number: t.text("drawn.number"), Date: t.date("drawn.date"), Amount: t.amount("drawn.amount"), STS: t.paper("drawn.sts")}
	return c
}

// penaltyActions lead to what became of an agreement's penalties.
func (in reader) penaltyActions(a agreement.Agreement) []action {
	return []action{{Label: in.T("penalty.account"), Icon: "cash", Href: in.path("agreements", a.ID.String(), "penalties")}}
}

// penaltyRecord is what became of an agreement's penalties, with the form of one that was paid in.
func penaltyRecord(in reader, a agreement.Agreement, known payment.PenaltyAccount) recordPage {
	here := in.path("agreements", a.ID.String())
	p := recordPage{heading: heading{Title: in.T("penalty.account"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}}}
	p.Figures = []figure{
		{in.T("penalty.due"), in.shown(known.Due), ""}, {in.T("penalty.withheld"), in.shown(known.Withheld), ""},
		{in.T("penalty.paid_in"), in.shown(known.PaidIn), ""}, {in.T("penalty.open"), in.shown(known.Open), ""},
	}
	t := &table{ID: "penalty-rows", Empty: empty{Text: in.T("penalty.none")}, Columns: []column{
		{Label: "STS"}, {Label: in.T("field.date"), Class: "date"}, {Label: in.moneyLabel("field.amount"), Class: "money"}, {Label: in.T("field.status")},
	}}
	for _, r := range known.Receipts {
		state := text(in.T("word.valid"))
		switch {
		case r.VoidedAt != nil:
			state = two(in.T("word.voided"), r.VoidReason)
		case in.can(access.TaxDeposit):
			state = to(in.T("word.void"), here+"/penalty-receipts/"+r.ID.String()+"/void")
		}
		t.add("", two(r.STS.Number, r.Remark), in.day(r.STS.Date), in.money(r.Amount), state)
	}
	p.Parts = []part{{ID: "receipts", Title: in.T("penalty.receipts"), Note: in.T("penalty.account.note"), Table: t}}
	if known.Open > 0 && in.can(access.TaxDeposit) {
		form := penaltyForm(in, a, known)
		p.Parts = append(p.Parts, part{ID: "pay", Title: in.T("penalty.pay"), Form: &form})
	}
	return p
}

func penaltyForm(in reader, a agreement.Agreement, known payment.PenaltyAccount) formPage {
	amount := in.input("amount", "money", true)
	amount.Unit, amount.Value = in.sign(), money.Format(known.Open, in.Agency.Currency, in.Code())
	here := in.path("agreements", a.ID.String())
	return formPage{
		heading: heading{Title: in.T("penalty.pay"), Subtitle: a.Number + " · " + a.VendorName, Crumbs: []link{in.agreementCrumb(), {a.Number, here}}},
		Action:  here + "/penalty-receipts", Back: here + "/penalties",
		Groups:  []group{{Fields: []field{in.input("sts.number", "text", true), in.input("sts.date", "date", true), amount, in.input("remark", "text", false)}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// creditPart are the credit notes of an invoice.
func (in reader) creditPart(i payment.Invoice) []part {
	here := in.path("invoices", i.ID.String())
	var actions []action
	if in.can(access.InvoiceWrite) && i.Price > 0 && (i.Status == payment.Open || i.Status == payment.InvoiceStatus(payment.Settled)) {
		actions = []action{{Label: in.T("credit.enter"), Icon: "plus", Href: here + "/credit-notes/new"}}
	}
	if len(actions)+len(i.Credits) == 0 {
		return nil
	}
	t := &table{ID: "credit-rows", Empty: empty{Text: in.T("credit.none")}, Columns: []column{
		{Label: in.T("field.number")}, {Label: in.T("field.date"), Class: "date"}, {Label: in.moneyLabel("field.amount"), Class: "money"},
		{Label: in.T("field.file")}, {Label: in.T("field.status")},
	}}
	for _, c := range i.Credits {
		state := text(in.T("credit.taken"))
		switch {
		case c.VoidedAt != nil:
			state = two(in.T("word.voided"), c.VoidReason)
		case c.PaymentID.Valid && c.Open > 0:
			state = to(in.T("credit.open", "amount", in.cash(c.Open)), in.path("payments", c.PaymentID.UUID.String()))
			if in.can(access.InvoiceWrite) && c.Open == c.Amount {
				actions = append(actions, action{Label: in.T("credit.void", "number", c.Number), Href: here + "/credit-notes/" + c.ID.String() + "/void"})
			}
		}
		t.add("", two(c.Number, c.Reason), in.day(c.Date), in.money(c.Amount), in.fileLink(c.File), state)
	}
	return []part{{ID: "credit-notes", Title: in.T("credit.title"), Note: in.T("credit.note"), Actions: actions, Table: t}}
}
