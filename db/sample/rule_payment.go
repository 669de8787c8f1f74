package sample

import "tayang/app/rule"

// paymentRules are the rules about payments that only warn until further notice: treasurers have just begun to attach files.
func paymentRules() []rule.Code {
	return []rule.Code{
		rule.InvoiceFileMissing, rule.GuaranteeMissing, rule.InvoiceLinesMissing, rule.RecapMissing, rule.AcceptanceUnsigned, rule.BAPMissing,
		rule.LiveCheckMissing, rule.GoneEarly,
		rule.ReceiptMissing, rule.ReceiptDiffers, rule.MeteraiMissing, rule.TaxInvoiceMissing, rule.TaxInvoiceDiffers,
		rule.TaxInvoiceReused, rule.InvoiceTwin, rule.NTPNReused,
		rule.DocumentDates, rule.DatedAhead, rule.ImprestReceiptMissing, rule.UPOverLimit, rule.TULate, rule.TULeftover,
		rule.BankMissingPayment, rule.BankOwnerPayment, rule.NPWPMissingPayment, rule.PKPMissingPayment, rule.SuketExpiredPayment,
		rule.DocumentExpired, rule.BlacklistedPayment, rule.SPJIncomplete,
	}
}
