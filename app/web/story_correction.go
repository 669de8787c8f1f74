package web

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/payment"
)

// storyHeld is a payment out of cash that was held once and is held again.
func storyHeld() payment.Payment {
	at := time.Date(2026, 4, 6, 3, 0, 0, 0, time.UTC)
	p := storyPayment(payment.Requested)
	p.Kind, p.Penalty, p.Net, p.Held = payment.TU, 18_000, p.Net-18_000, "Rekening pasif."
	p.Receipts = []payment.Receipt{{ID: storyID(180), Number: "KW/12/2026", Date: day("2026-04-02"), Amount: p.Gross}}
	p.Drawn = payment.Drawing{Number: "SP2D/0390/2026", Date: day("2026-03-20"), Amount: 20_000_000}
	p.Holds = []payment.Hold{
		{ID: storyID(181), Reason: "NPWP belum ada.", CreatedAt: at, CreatedBy: storyID(5), ReleasedAt: &at, ReleasedBy: uuid.NullUUID{UUID: storyID(6), Valid: true}, ReleaseReason: "Sudah dilengkapi."},
		{ID: storyID(182), Reason: p.Held, CreatedAt: at, CreatedBy: storyID(6)},
	}
	return p
}

func storyPenalties() payment.PenaltyAccount {
	at := time.Date(2026, 4, 6, 3, 0, 0, 0, time.UTC)
	one := payment.PenaltyReceipt{ID: storyID(183), STS: payment.Paper{Number: "STS/D/1", Date: day("2026-04-05")}, Amount: 10_000, Version: 1}
	void := one
	void.ID, void.VoidedAt, void.VoidReason = storyID(184), &at, "Salah jumlah."
	return payment.PenaltyAccount{Due: 36_000, Withheld: 18_000, PaidIn: 10_000, Open: 8_000, Receipts: []payment.PenaltyReceipt{one, void}}
}

func storyCredited() payment.Invoice {
	i := storyInvoices()[1]
	i.Price, i.VAT, i.Credited, i.Penalty = 16_000_000, 1_760_000, 2_220_000, 18_000
	c := payment.Credit{ID: storyID(185), InvoiceID: i.ID, Number: "NK/3", Date: day("2026-04-04"), Price: 2_000_000, VAT: 220_000, Amount: 2_220_000, Reason: "Kurang tayang.", File: storyHash(), Version: 1}
	open := c
	open.ID, open.Number, open.PaymentID, open.Open = storyID(186), "NK/4", i.PaymentID, c.Amount
	i.Credits = []payment.Credit{c, open}
	return i
}

func correctionStories(in reader) []story {
	a, held, credited := storyAgreement(agreement.Active), storyHeld(), storyCredited()
	refunded := storyPayment(payment.Settled)
	refunded.Refunded = 2_220_000
	refunded.Refunds = []payment.Refund{{ID: storyID(187), STS: payment.Paper{Number: "STS/9", Date: day("2026-05-04")}, Amount: 2_220_000, Reason: "Temuan.", PlacementIDs: []uuid.UUID{storyID(50)}}}
	return []story{
		{Name: "payment-held", Page: paymentRecord(in, held, storyDoubts(), nil, byID(storyLines()))},
		{Name: "payment-refunded", Page: paymentRecord(in, refunded, payment.Assessment{}, nil, byID(storyLines()))},
		{Name: "payment-hold", Page: holdForm(in, storyPayment(payment.Requested), "hold")},
		{Name: "payment-release", Page: holdForm(in, held, "release")},
		{Name: "payment-refund", Page: refundForm(in, refunded, storyPlacements()[4:6], nil)},
		{Name: "invoice-credited", Page: invoiceRecord(in, credited, nil, storyMatch(credited))},
		{Name: "credit-note", Page: creditForm(in, credited, storyPlacements()[4:6], nil)},
		{Name: "credit-note-void", Page: creditVoid(in, credited, credited.Credits[1])},
		{Name: "penalties", Page: penaltyRecord(in, a, storyPenalties())},
		{Name: "penalty-pay", Page: penaltyForm(in, a, storyPenalties())},
		{Name: "penalty-void", Page: penaltyVoid(in, a, storyPenalties().Receipts[0])},
	}
}
