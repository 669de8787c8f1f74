package sample

import "tayang/app/rule"

// paymentRules are the rules about payments that only warn until further notice: treasurers have just begun to attach files.
func paymentRules() []rule.Code {
	return []rule.Code{rule.InvoiceFileMissing, rule.SPJIncomplete}
}
