package report

// Population is the size of a register: its rows, and the control total of its main column of money.
type Population struct {
	Register Key
	Column   string
	Rows     *Measure
	Sum      *Measure
}

func populations() (out []Population) {
	for _, p := range []struct {
		key    Key
		column string
	}{
		{Budget, "appropriation"},
		{Agreements, "gross"},
		{Placements, "gross"},
		{Influencers, "gross"},
		{Payments, "gross"},
		{Taxes, "amount"},
		{Vendors, "paid"},
		{Ledger, "amount"},
		{Overrides, "amount"},
	} {
		out = append(out, Population{p.key, p.column, rowsOf(p.key), sumOf(p.key, p.column)})
	}
	return out
}

func rowsOf(k Key, where ...Match) *Measure { return &Measure{Register: k, Where: where} }

func sumOf(k Key, column string, where ...Match) *Measure {
	return &Measure{Register: k, Column: column, Where: where}
}

func only(m *Measure) Sum { return Sum{{Measure: m}} }

// controls are the sections of the accountability summary.
func controls(req Request, f Figures) []Section {
	return []Section{
		budgetControls(f), agreementControls(f), placementControls(f), paymentControls(f), taxControls(f),
		ledgerControls(f), overrideControls(f), ties(req),
	}
}

// accounts are the five accounts of a budget line with the budget register's columns that show them.
func accounts() []string {
	return []string{"appropriation", "reserved", "committed", "realised", "available"}
}

func budgetControls(f Figures) Section {
	s := Section{Title: Words{"Anggaran", "Budget"}, Controls: []Control{
		{Words{"Baris anggaran", "Budget lines"}, Count, only(rowsOf(Budget)), f.rows(figLines, ""), nil},
	}}
	for _, account := range accounts() {
		s.Controls = append(s.Controls, Control{WordsOf(account), Money, only(sumOf(Budget, account)), f.amount(figAccount, account), nil})
	}
	return s
}

func agreementControls(f Figures) Section {
	rows, gross := f.all(figAgreement)
	s := Section{Title: Words{"Perjanjian", "Agreements"}, Controls: []Control{
		{Words{"Jumlah perjanjian", "Number of agreements"}, Count, only(rowsOf(Agreements)), rows, nil},
		{Words{"Nilai tanpa PPN", "Value without VAT"}, Money, only(sumOf(Agreements, "value")), f.amount(figValue, ""), nil},
		{Words{"PPN", "VAT"}, Money, only(sumOf(Agreements, "vat")), f.amount(figVAT, ""), nil},
		{Words{"Nilai bruto", "Gross"}, Money, only(sumOf(Agreements, "gross")), gross, nil},
		{Words{"Penawaran", "Offered"}, Money, only(sumOf(Agreements, "offered")), f.amount(figOffered, ""), nil},
		{Words{"Negosiasi", "Negotiated"}, Money, only(sumOf(Agreements, "negotiated")), f.amount(figNegotiated, ""), nil},
		{Words{"Dibayar", "Paid"}, Money, only(sumOf(Agreements, "paid")), f.amount(figPaid, ""), nil},
		{Words{"Penyedia", "Vendors"}, Count, only(rowsOf(Vendors)), f.rows(figVendor, ""), nil},
	}}
	for _, status := range []string{"draft", "submitted", "active", "completed", "closed", "rejected", "terminated"} {
		s.Controls = append(s.Controls, Control{
			grossOf(status), Money,
			only(sumOf(Agreements, "gross", Match{"status", status})), f.amount(figAgreement, status), nil,
		})
	}
	return s
}

func grossOf(status string) Words {
	w := WordsOf(status)
	return Words{"Bruto berstatus " + w.ID, "Gross with status " + w.EN}
}

func placementControls(f Figures) Section {
	rows, gross := f.all(figPlacement)
	s := Section{Title: Words{"Penayangan", "Placements"}, Controls: []Control{
		{Words{"Jumlah penayangan", "Number of placements"}, Count, only(rowsOf(Placements)), rows, nil},
		{Words{"Bruto penayangan", "Gross of placements"}, Money, only(sumOf(Placements, "gross")), gross, nil},
	}}
	for _, status := range []string{"planned", "published", "verified", "rejected", "accepted", "invoiced", "paid", "cancelled"} {
		is, w := Match{"status", status}, WordsOf(status)
		s.Controls = append(s.Controls,
			Control{Words{"Jumlah berstatus " + w.ID, "Number with status " + w.EN}, Count, only(rowsOf(Placements, is)), f.rows(figPlacement, status), nil},
			Control{grossOf(status), Money, only(sumOf(Placements, "gross", is)), f.amount(figPlacement, status), nil})
	}
	return Section{s.Title, append(s.Controls,
		Control{Words{"Berkas bukti tayang", "Proof files"}, Count, only(sumOf(Placements, "proofs")), f.rows(figProof, ""), nil},
		Control{Words{"Penayangan influencer", "Influencer placements"}, Count, only(rowsOf(Influencers)), f.rows(figInfluencer, ""), nil},
		Control{Words{"Bruto penayangan influencer", "Gross of influencer placements"}, Money, only(sumOf(Influencers, "gross")), f.amount(figInfluencer, ""), nil})}
}

func paymentControls(f Figures) Section {
	s := Section{Title: Words{"Pembayaran", "Payments"}}
	for _, status := range []string{"requested", "authorised", "settled", "reversed"} {
		s.Controls = append(s.Controls, Control{
			grossOf(status), Money,
			only(sumOf(Payments, "gross", Match{"status", status})), f.amount(figPayment, status), nil,
		})
	}
	s.Controls = append(s.Controls, Control{
		Words{"Neto diterima penyedia", "Net received by vendors"},
		Money,
		only(sumOf(Payments, "net", settled())), f.amount(figNet, ""), nil,
	})
	return s
}

func settled() Match { return Match{"status", "settled"} }

func taxControls(f Figures) Section {
	s := Section{Title: Words{"Pajak", "Taxes"}}
	for _, kind := range taxKinds() {
		is, w := Match{"kind", kind}, WordsOf(kind)
		s.Controls = append(s.Controls,
			Control{Words{w.ID + " dipotong/dipungut", w.EN + " withheld"}, Money, only(sumOf(Taxes, "amount", is)), f.amount(figTax, kind), nil},
			Control{Words{w.ID + " disetor", w.EN + " deposited"}, Money, only(sumOf(Taxes, "deposited", is)), f.amount(figDeposit, kind), nil})
	}
	return s
}

func ledgerControls(f Figures) Section {
	s := Section{Title: Words{"Buku Besar", "Ledger"}}
	for _, kind := range []string{"appropriate", "reserve", "commit", "realise", "release", "refund"} {
		s.Controls = append(s.Controls, Control{
			WordsOf(kind), Money,
			only(sumOf(Ledger, "amount", Match{"kind", kind})), f.amount(figLedger, kind), nil,
		})
	}
	return s
}

// spentWithout is the spending without agreement that stands, in the register of overrides.
func spentWithout() *Measure {
	return sumOf(Overrides, "amount", Match{"category", "without_agreement"}, Match{"status", "approved"})
}

// categories are those of the register of overrides.
func categories() []string {
	return []string{"check_mode", "tolerance", "period_reopen", "back_date", "role_change", "acting", "without_agreement", "outside"}
}

func overrideControls(f Figures) Section {
	rows, passed := f.all(figOverride)
	s := Section{Title: Words{"Penyimpangan", "Overrides"}, Controls: []Control{
		{Words{"Jumlah baris penyimpangan", "Rows of overrides"}, Count, only(rowsOf(Overrides)), rows, nil},
		{Words{"Uang yang lewat penyimpangan", "Money that passed under overrides"}, Money, only(sumOf(Overrides, "amount")), passed, nil},
		{Words{"Belanja tanpa perjanjian", "Spending without agreement"}, Money, only(spentWithout()), f.amount(figSpending, ""), nil},
	}}
	for _, category := range categories() {
		w := WordsOf(category)
		s.Controls = append(s.Controls, Control{
			Words{"Baris: " + w.ID, "Rows: " + w.EN}, Count,
			only(rowsOf(Overrides, Match{"category", category})), f.rows(figOverride, category), nil,
		})
	}
	return s
}

// balance is what the ledger's entries leave in an account.
func balance(account string) Sum {
	in := Part{Measure: sumOf(Ledger, "amount", Match{"to", account})}
	out := Part{Measure: sumOf(Ledger, "amount", Match{"from", account}), Minus: true}
	if account == "appropriation" { // where money comes from: what left it is what was given
		in.Minus, out.Minus = true, false
		return Sum{out, in}
	}
	return Sum{in, out}
}

// ties hold one sheet against another. Some hold for an open period only: a placement may be published in one
// month and paid in the next.
func ties(req Request) Section {
	s := Section{Title: Words{"Silang antarlembar", "Across sheets"}}
	for _, account := range accounts() {
		w := WordsOf(account)
		s.Controls = append(s.Controls, Control{
			Label: Words{w.ID + ": Realisasi Anggaran = Buku Besar", w.EN + ": Budget = Ledger"},
			Type:  Money, Sheet: only(sumOf(Budget, account)), Against: balance(account),
		})
	}
	paid := func() Sum {
		return Sum{{Measure: sumOf(Payments, "gross", settled())}, {Measure: sumOf(Payments, "refunded", settled()), Minus: true}}
	}
	social := Match{"channel_kind", "social"}
	s.Controls = append(s.Controls,
		Control{
			Label: Words{"Pembayaran selesai = Perjanjian dibayar periode ini", "Payments settled = Agreements paid in period"},
			Type:  Money, Sheet: paid(), Against: only(sumOf(Agreements, "paid_period")),
		},
		Control{
			Label: Words{"Perjanjian dibayar = Penyedia dibayar", "Agreements paid = Vendors paid"},
			Type:  Money, Sheet: only(sumOf(Agreements, "paid")), Against: only(sumOf(Vendors, "paid")),
		},
		Control{
			Label: Words{"Potongan pembayaran tanpa denda = Pajak", "Withheld from payments without penalties = Taxes"},
			Type:  Money, Sheet: Sum{{Measure: sumOf(Payments, "withheld", settled())}, {Measure: sumOf(Payments, "penalty", settled()), Minus: true}}, Against: only(sumOf(Taxes, "amount")),
		},
		Control{
			Label: Words{"Influencer = Penayangan media sosial", "Influencers = Placements on social media"},
			Type:  Money, Sheet: only(sumOf(Influencers, "gross")), Against: only(sumOf(Placements, "gross", social)),
		})
	if req.From.IsZero() {
		s.Controls = append(s.Controls, Control{
			Label: Words{"Pembayaran selesai + belanja tanpa perjanjian = Realisasi Anggaran", "Payments settled + spending without agreement = Budget realised"},
			Type:  Money, Sheet: append(paid(), Part{Measure: spentWithout()}), Against: only(sumOf(Budget, "realised")),
		})
	}
	if req.From.IsZero() && req.To.IsZero() {
		s.Controls = append(s.Controls, Control{
			Label: Words{"Penayangan dibayar = Pekerjaan dibayar dikurangi pengembalian", "Placements paid = Work paid less refunds"},
			Type:  Money, Sheet: only(sumOf(Placements, "paid")), Against: Sum{{Measure: sumOf(Payments, "work", settled())}, {Measure: sumOf(Payments, "refunded", settled()), Minus: true}},
		})
	}
	return s
}
