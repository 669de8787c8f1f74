package agreement

import (
	"strings"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/rule"
)

// The methods and forms that rules speak of.
const (
	catalogue         Method = "e_purchasing"
	directPurchase    Method = "direct_purchase"
	directProcurement Method = "pengadaan_langsung"
	appointment       Method = "penunjukan_langsung"
	exempt            Method = "dikecualikan"
	otherMethod       Method = "other"

	receiptOfSale Form = "bukti_pembelian"
	receipt       Form = "kuitansi"
	workOrder     Form = "spk"
	contract      Form = "surat_perjanjian"
	orderLetter   Form = "surat_pesanan"
	otherForm     Form = "other"
)

// methodLimits are the rules that say up to which value a method may be used; the others may be used for any.
func methodLimits() map[Method]rule.Code {
	return map[Method]rule.Code{directPurchase: rule.LimitDirectPurchase, directProcurement: rule.LimitDirectProcurement}
}

// limits are the figures of procurement on a day, in rupiah with VAT.
type limits struct {
	receiptOfSale, receipt, workOrder money.Amount
	free, freeCatalogue               money.Amount
}

func limitsOf(rules rule.Set, day period.Date) limits {
	figure := func(code rule.Code) money.Amount { return money.Amount(rules.On(code, day).Figure) }
	return limits{
		figure(rule.LimitReceiptOfSale), figure(rule.LimitReceipt), figure(rule.LimitWorkOrder),
		figure(rule.EstimateFree), figure(rule.EstimateFreeCatalogue),
	}
}

// form is the weakest form of contract that the value allows; on the catalogue it is an order whatever the value.
func (l limits) form(m Method, value money.Amount) Form {
	switch {
	case m == catalogue:
		return orderLetter
	case value <= l.receiptOfSale:
		return receiptOfSale
	case value <= l.receipt:
		return receipt
	case value <= l.workOrder:
		return workOrder
	}
	return contract
}

// reach is up to which value a form will do. Forms and methods that the table does not know are not judged. An order letter
// outside the catalogue is no more than a receipt.
func (l limits) reach(m Method, f Form) (limit money.Amount, judged bool) {
	if f == otherForm || m == exempt || strings.HasPrefix(string(m), "swakelola") {
		return 0, false
	}
	switch f {
	case receiptOfSale:
		return l.receiptOfSale, true
	case receipt:
		return l.receipt, true
	case workOrder:
		return l.workOrder, true
	case orderLetter:
		return l.receipt, m != catalogue && m != otherMethod
	}
	return fault.AmountMax, false
}

// noEstimate is up to which value no owner's estimate is needed. None is for what the government does itself.
func (l limits) noEstimate(m Method) money.Amount {
	switch {
	case m == catalogue:
		return max(l.free, l.freeCatalogue)
	case m == otherMethod, m == exempt, strings.HasPrefix(string(m), "swakelola"):
		return fault.AmountMax
	}
	return l.free
}
