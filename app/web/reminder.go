package web

import (
	"tayang/app/agreement"
)

// remindersShown is how many reminders the home page holds.
const remindersShown = 12

// reminded are the agreements that the reader should look at, oldest first, each a link to its record.
func (in reader) reminded(all []agreement.Reminder) (out []waiting) {
	for _, r := range all[:min(len(all), remindersShown)] {
		one := waiting{
			Count: in.Number(r.Days), Text: r.Number + " · " + r.Title, Href: in.path("agreements", r.AgreementID.String()),
			Since: in.T("remind."+string(r.Kind), "n", r.Days, "date", in.date(r.Since), "elapsed", r.Elapsed, "evidenced", r.Evidenced, "vendor", r.VendorName),
		}
		out = append(out, one)
	}
	return out
}

func (w *Web) reminders(r *request) ([]waiting, error) {
	list, err := w.services.Agreements.Reminders(r.ctx(), r.Actor, r.Agency.Code)
	if err != nil {
		return nil, err
	}
	still, err := w.services.Live.Waiting(r.ctx(), r.Actor, r.Agency.Code)
	if err != nil {
		return nil, err
	}
	owed, err := w.services.Payments.TaxReminders(r.ctx(), r.Actor, r.Agency.Code)
	return append(append(r.stillWaiting(still), r.remindedOfTaxes(owed.Items)...), r.reminded(list.Items)...), err
}
