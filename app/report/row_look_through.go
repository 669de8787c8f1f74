package report

import "tayang/app/money"

// LookThroughRow is whom an agreement's money reaches through an agency; nothing when it is with the outlet or creator
// himself. Amounts have the tax in them; Confirmed sums what the recipients' latest confirmations say.
type LookThroughRow struct {
	Agent      string        `db:"agent"`
	Recipients *int64        `db:"recipients"`
	Net        *money.Amount `db:"recipients_net"`
	Fee        *money.Amount `db:"agency_fee"`
	Confirmed  *money.Amount `db:"confirmed"`
}

func lookThroughColumns() []column[AgreementRow] {
	type row = *AgreementRow
	return []column[AgreementRow]{
		of("agent", Text, Words{"Agensi", "Agency Behind"}, Words{"Agensi yang meneruskan dana kepada penerima akhir", "Agency that passes the money on to final recipients"},
			"vendor.legal_name (agreement.via_agency)", func(r row) Cell { return text(r.Agent) }),
		of("recipients", Count, Words{"Penerima Akhir", "Final Recipients"}, Words{"Banyaknya penerima akhir dengan neto", "Number of final recipients with a net amount"},
			"recipient", func(r row) Cell { return numberOf(r.Recipients) }),
		of("recipients_net", Money, Words{"Neto Penerima", "Net of Recipients"}, Words{"Jumlah neto penerima akhir, termasuk pajak", "Sum of the final recipients' net amounts, tax included"},
			"recipient.net", func(r row) Cell { return amountOf(r.Net) }),
		of("agency_fee", Money, Words{"Fee Agensi", "Agency's Fee"}, Words{"Bagian agensi; bruto dikurangi neto", "What the agency keeps: gross less net"},
			"agreement.agency_fee", func(r row) Cell { return amountOf(r.Fee) }),
		of("confirmed", Money, Words{"Konfirmasi", "Confirmed"}, Words{"Jumlah yang dikonfirmasi sendiri oleh penerima akhir", "What the final recipients confirmed themselves"},
			"recipient_confirmation.amount (latest)", func(r row) Cell { return amountOf(r.Confirmed) }),
	}
}
