package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/tax"
	"tayang/db"
)

// collectAbove is the price without VAT above which the office collects the VAT itself.
const collectAbove = 2_000_000

// taxInvoice is the number of the vendor's tax invoice: code 02 when the office collects the VAT, else 04.
func (r *run) taxInvoice(no int) string {
	code := "04"
	if r.agreement.Value > collectAbove {
		code = "02"
	}
	return fmt.Sprintf("%s00%02d%011d", code, r.term().From.Year()%100, r.serial*100+no)
}

// meteraiAbove is the amount above which a receipt carries an e-meterai.
const meteraiAbove = 5_000_000

// papersOf are the vendor's receipt, and his tax invoice when he is registered. Of each fifth bill the receipt is still to
// come, and one vendor forgot the e-meterai.
func (r *run) papersOf(ctx context.Context, no int, i payment.Invoice) error {
	if (r.serial+no)%5 == 0 {
		return nil
	}
	gross := i.Price + i.VAT
	f := payment.InvoicePaperForm{Kind: payment.ReceiptPaper, Number: "KW/" + i.Number, Date: i.Date, Amount: gross, Covers: payment.CoversGross, Origin: payment.VendorFile}
	if gross > meteraiAbove && (r.serial+no)%7 != 0 {
		f.MeteraiNumber, f.MeteraiOn = fmt.Sprintf("C0NT0HMETERAI%011d", r.serial*100+no), i.Date
	}
	if err := r.vendorPaper(ctx, i, f, "KWITANSI", "kuitansi.pdf"); err != nil || i.VAT == 0 {
		return err
	}
	base, err := tax.Statutory().TaxableBase(i.Price, i.Date)
	if err != nil {
		return err
	}
	return r.vendorPaper(ctx, i, payment.InvoicePaperForm{
		Kind: payment.TaxInvoice, Number: i.TaxInvoiceNumber, Date: i.Date, Base: base, VAT: i.VAT, Origin: payment.VendorFile,
	}, "FAKTUR PAJAK", "faktur.pdf")
}

func (r *run) vendorPaper(ctx context.Context, i payment.Invoice, f payment.InvoicePaperForm, title, name string) error {
	kept, err := r.keep(ctx, r.desk, r.staff, document(title+" "+f.Number, i.VendorName, fmt.Sprintf("Rp%d", i.Price+i.VAT)), name)
	if err != nil {
		return err
	}
	f.File = kept
	_, err = r.desk.vendorPapers.Add(ctx, r.staff, r.agency, i.ID, f)
	return err
}

// slipsOf are the withholding slips of a payment's income taxes, made with the deposit and handed over some days later.
func (r *run) slipsOf(ctx context.Context, no int, on period.Date, p *payment.Payment) error {
	for n, t := range p.Taxes {
		if t.Kind == tax.PPN {
			continue
		}
		f := payment.WithholdingSlipForm{TaxID: t.ID, Number: fmt.Sprintf("26%05d%02d", r.serial*100+no, n), Date: on}
		if no%2 == 1 {
			f.HandedOn = on.AddDays(2)
		}
		if _, err := r.desk.slips.Create(ctx, r.treasurer, r.agency, f); err != nil {
			return err
		}
	}
	return nil
}

// mistyped is a deposit that was entered with a wrong number and taken back.
func (r *run) mistyped(ctx context.Context, on period.Date, p *payment.Payment) error {
	t := p.Taxes[0].ID
	slip := payment.Slip{BillingCode: "026000000000009", NTPN: "C0NT0H0000000009", Date: on}
	if _, err := r.desk.payments.Deposit(ctx, r.treasurer, r.agency, p.ID, nil, t, slip); err != nil {
		return err
	}
	_, err := r.desk.payments.ReverseDeposit(ctx, r.treasurer, r.agency, p.ID, nil, t, "NTPN tertukar dengan setoran lain")
	return err
}

// rentObject is the kind of object that the regency's tax office named for sites of billboards.
func rentObject(ctx context.Context, tx *db.Tx, admin uuid.UUID) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return tx.AddTaxObject(ctx, payment.TaxObject{ID: id, CreatedBy: admin, TaxObjectForm: payment.TaxObjectForm{Object: tax.Object{
		Kind: tax.PPh42, Code: "28-403-02", Name: "Persewaan tanah dan/atau bangunan", ValidFrom: period.MustDate("2026-01-01"),
		Source: "Surat KPP Pratama Contoh S-12/KPP/2026 (rekaan)",
	}}})
}
