package payment_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	checklist "tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/placement"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// sent keeps a file of the vendor.
func sent(t *testing.T, c *chain.Chain, text string) string {
	t.Helper()
	kept, err := c.Files.Keep(t.Context(), c.Staff, file.Sent{Name: "kuitansi.pdf", Content: strings.NewReader("%PDF-1.7\n" + text), Purpose: file.Paper})
	chain.Wants(t, err, "")
	return kept.SHA256
}

// doubted are the rules that a payment does not meet, in order.
func doubted(t *testing.T, c *chain.Chain, p payment.Payment) (out []string) {
	t.Helper()
	known, err := c.Payments.Assessment(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	own := []rule.Code{
		rule.ReceiptMissing, rule.ReceiptDiffers, rule.MeteraiMissing, rule.TaxInvoiceMissing, rule.TaxInvoiceMalformed, rule.TaxInvoiceDiffers,
		rule.TaxInvoiceReused, rule.InvoiceTwin, rule.NotTheVendors,
	}
	for _, d := range known.Doubts {
		if slices.Contains(own, d.Rule) {
			out = append(out, string(d.Rule))
		}
	}
	return out
}

// TestTheVendorsPapersAreHeldAgainstThePayment: what is missing, what is over another amount, and what is complete.
func TestTheVendorsPapersAreHeldAgainstThePayment(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.ReceiptMissing, rule.MeteraiMissing, rule.TaxInvoiceMissing, rule.TaxInvoiceDiffers)
	a := c.Agreement(t, c.Item(6))
	ps := c.Verified(t, a.Deliverables[0].ID, 6)
	c.Accept(t, a, ps)
	b := c.Bill(t, a, ps)
	b.TaxInvoiceNumber = ""
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "")
	p := c.Requested(t, a, i)
	if got, want := doubted(t, c, p), []string{"receipt_missing", "tax_invoice_missing"}; !slices.Equal(got, want) {
		t.Errorf("nothing of the vendor: %v", got)
	}
	gross := i.Price + i.VAT
	receipt := payment.InvoicePaperForm{Kind: payment.ReceiptPaper, Number: "KW/1", Date: b.Date, Amount: gross, Covers: payment.CoversGross, Origin: payment.VendorFile, File: sent(t, c, "kw")}
	wrong := receipt
	wrong.Amount--
	_, err = c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, wrong)
	chain.Wants(t, err, "invalid", "/amount amount_mismatch")
	bare, err := c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, receipt)
	chain.Wants(t, err, "")
	_, err = c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, receipt)
	chain.Wants(t, err, "duplicate", "/file duplicate")
	faktur := payment.InvoicePaperForm{
		Kind: payment.TaxInvoice, Number: "020.026-00.000012345", Date: b.Date, Base: 5_500_002, VAT: i.VAT - 2, SellerNPWP: "012345678901235", Origin: payment.VendorFile, File: sent(t, c, "fp"),
	}
	_, err = c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, faktur)
	chain.Wants(t, err, "")
	// 5,500,000 is 11/12 of the price; base, tax and seller all differ.
	if got, want := doubted(t, c, p), []string{"meterai_missing", "tax_invoice_differs", "tax_invoice_differs", "tax_invoice_differs"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	papers, err := c.VendorPapers.List(t.Context(), c.Auditor, c.Agency.Code, i.ID, all())
	chain.Wants(t, err, "")
	for _, one := range papers.Items {
		if one.Kind != payment.InvoicePaperKind {
			_, err = c.VendorPapers.Void(t.Context(), c.Staff, c.Agency.Code, i.ID, one.ID, void("salah"))
			chain.Wants(t, err, "")
		}
	}
	receipt.MeteraiNumber, receipt.MeteraiOn = "P0D4XWZ8E3027WC4000004X", b.Date
	faktur.Base, faktur.VAT, faktur.SellerNPWP = 5_500_001, i.VAT, "0012345678901234" // a rupiah is let be
	for _, f := range []payment.InvoicePaperForm{receipt, faktur} {
		_, err = c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, f)
		chain.Wants(t, err, "")
	}
	if got := doubted(t, c, p); len(got) != 0 {
		t.Errorf("complete, and yet %v", got)
	}
	p = c.Authorise(t, p)
	_, err = c.VendorPapers.Void(t.Context(), c.Staff, c.Agency.Code, i.ID, bare.ID, void("terlambat"))
	chain.Wants(t, err, "wrong_state")
}

// TestTheSameBillTwice: the same file, the same number without its noughts, and what only looks alike.
func TestTheSameBillTwice(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.InvoiceTwin)
	a := c.Agreement(t, c.Item(4))
	ps := c.Verified(t, a.Deliverables[0].ID, 4)
	c.Accept(t, a, ps)
	bill := func(n int, number, file string) payment.Invoice {
		b := c.Bill(t, a, ps[n:n+1])
		b.Number, b.TaxInvoiceNumber = number, ""
		if file != "" {
			b.File = file
		}
		i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
		chain.Wants(t, err, "")
		return i
	}
	first := bill(0, "INV/07/2026", "")
	noughts, file, day := bill(1, "INV-7-2026", ""), bill(2, "KW/99", first.File), bill(3, "LAIN/3", "")
	hows := func(i payment.Invoice) (out []string) {
		twins, err := c.Invoices.Twins(t.Context(), c.Staff, c.Agency.Code, i.ID)
		chain.Wants(t, err, "")
		for _, w := range twins.Items {
			out = append(out, string(w.How)+" "+w.Number)
		}
		return out
	}
	for _, one := range []struct {
		of   payment.Invoice
		want []string
	}{
		{first, []string{"same_file KW/99", "same_number INV-7-2026", "same_day LAIN/3"}},
		{noughts, []string{"same_number INV/07/2026", "same_day KW/99", "same_day LAIN/3"}},
		{file, []string{"same_file INV/07/2026", "same_day INV-7-2026", "same_day LAIN/3"}},
		{day, []string{"same_day INV/07/2026", "same_day INV-7-2026", "same_day KW/99"}},
	} {
		if got := hows(one.of); !slices.Equal(got, one.want) {
			t.Errorf("%s: %v, want %v", one.of.Number, got, one.want)
		}
	}
	p := c.Requested(t, a, noughts)
	_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, &p.Version, paper("SPM/1", "2026-06-13"))
	if refusal := fault.From(err); refusal == nil || refusal.Code != "not_payable" || refusal.Fields[0].Code != "invoice_twin" {
		t.Errorf("%v", err)
	}
	c.Authorise(t, c.Requested(t, a, day)) // what only looks alike warns
}

// TestAnNTPNStandsForOneDeposit: one billing code for many taxes is right, the same NTPN on another is not.
func TestAnNTPNStandsForOneDeposit(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.NTPNReused)
	a := c.Agreement(t, c.Item(3))
	ps := c.Verified(t, a.Deliverables[0].ID, 3)
	c.Accept(t, a, ps)
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, c.Bill(t, a, ps))
	chain.Wants(t, err, "")
	p := c.Settle(t, c.Authorise(t, c.Requested(t, a, i)))
	deposit := func(n int, slip payment.Slip) error {
		var err error
		done, err := c.Payments.Deposit(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, p.Taxes[n].ID, slip)
		if err == nil {
			p = done
		}
		return err
	}
	slip := payment.Slip{BillingCode: "123456789012345", NTPN: "ABCD1234EFGH5678", Date: chain.Day("2026-07-10")}
	chain.Wants(t, deposit(0, slip), "")
	other := slip
	other.BillingCode = "123456789012346"
	chain.Wants(t, deposit(1, other), "duplicate", "/ntpn ntpn_reused")
	short := slip
	short.Amount = p.Taxes[1].Amount - 1
	chain.Wants(t, deposit(1, short), "invalid", "/note deposit_differs")
	short.Note = "kurang setor, menyusul"
	chain.Wants(t, deposit(1, short), "")
	if got := p.Taxes[1]; got.Deposited() != short.Amount || got.DueOn != chain.Day("2026-07-15") || got.Late(chain.Day("2026-07-20")) != 0 {
		t.Errorf("%+v", got)
	}
	done, err := c.Payments.ReverseDeposit(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, p.Taxes[1].ID, "salah kode")
	chain.Wants(t, err, "")
	p = done
	if got := p.Taxes[1]; !got.DepositedOn.IsZero() || len(got.ReversedSlips) != 1 || got.ReversedSlips[0].Amount != short.Amount || got.Late(chain.Day("2026-07-20")) != 5 {
		t.Errorf("%+v", got)
	}
	_, err = c.Payments.ReverseDeposit(t.Context(), c.Treasurer, c.Agency.Code, p.ID, nil, p.Taxes[1].ID, "lagi")
	chain.Wants(t, err, "wrong_state")
	chain.Wants(t, deposit(1, slip), "")
	owed, err := c.Payments.Taxes(t.Context(), c.Auditor, c.Agency.Code, all().Where("late", "true"))
	chain.Wants(t, err, "")
	if len(owed.Items) != 0 {
		t.Errorf("all is deposited: %+v", owed.Items)
	}
}

func all() listing.Query { return listing.All() }

func void(reason string) checklist.VoidCommand { return checklist.VoidCommand{Reason: reason} }

// TestTheOfficeWritesNoPaperOfTheVendor: what the program itself made is refused as his paper, and as his invoice.
func TestTheOfficeWritesNoPaperOfTheVendor(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	a := c.Agreement(t, c.Item(2))
	ps := c.Verified(t, a.Deliverables[0].ID, 1)
	c.Accept(t, a, ps)
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 900, 600))); err != nil {
		t.Fatal(err)
	}
	proof, err := c.Proofs.Add(t.Context(), c.Staff, c.Agency.Code, c.Planned(t, a.Deliverables[0].ID).ID, placement.Evidence{
		Kind: placement.Screenshot, Origin: placement.FromStaff, File: file.Sent{Name: "bukti.png", Content: &drawn, Purpose: file.Proof},
	})
	chain.Wants(t, err, "")
	if proof.Thumbnail == "" {
		t.Fatal("no small picture was made")
	}
	b := c.Bill(t, a, ps)
	b.File = proof.Thumbnail
	_, err = c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, b)
	chain.Wants(t, err, "invalid", "/file not_the_vendors_file")
	i, err := c.Invoices.Create(t.Context(), c.Staff, c.Agency.Code, c.Bill(t, a, ps))
	chain.Wants(t, err, "")
	other := payment.InvoicePaperForm{Kind: payment.OtherPaper, Origin: payment.VendorFile, File: proof.Thumbnail}
	_, err = c.VendorPapers.Add(t.Context(), c.Staff, c.Agency.Code, i.ID, other)
	chain.Wants(t, err, "invalid", "/file not_the_vendors_file")
	_, err = c.Invoices.Put(t.Context(), c.Staff, c.Agency.Code, i.ID, nil, func(p payment.Papers) (payment.Papers, error) {
		p.File = proof.Thumbnail
		return p, nil
	})
	chain.Wants(t, err, "invalid", "/file not_the_vendors_file")
	// Who may not write invoices adds no paper.
	other.File = sent(t, c, "trailer")
	_, err = c.VendorPapers.Add(t.Context(), c.Auditor, c.Agency.Code, i.ID, other)
	chain.Wants(t, err, "forbidden")
}
