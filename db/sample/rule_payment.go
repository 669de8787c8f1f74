package sample

import "tayang/app/rule"

// paymentRules are the rules about payments that only warn until further notice: treasurers have just begun to attach files.
func paymentRules() []rule.Code {
	return []rule.Code{
		rule.InvoiceFileMissing, rule.GuaranteeMissing, rule.InvoiceLinesMissing, rule.RecapMissing, rule.AcceptanceUnsigned, rule.BAPMissing,
		rule.LiveCheckMissing, rule.GoneEarly,
		rule.ReceiptMissing, rule.ReceiptDiffers, rule.MeteraiMissing, rule.TaxInvoiceMissing, rule.TaxInvoiceDiffers,
		rule.TaxInvoiceReused, rule.InvoiceTwin, rule.NTPNReused,
	}
}
