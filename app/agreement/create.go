package agreement

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Terms are what the parties agreed on, as a client enters them; a draft may be entered anew until it is submitted.
type Terms struct {
	Kind          Kind          `json:"kind" enum:"media,influencer"`
	Number        string        `json:"number"`
	Title         string        `json:"title"`
	CampaignID    uuid.NullUUID `json:"campaign_id,omitempty"`
	VendorID      uuid.UUID     `json:"vendor_id"`
	Method        Method        `json:"method" enum:"e_purchasing,direct_purchase,pengadaan_langsung,penunjukan_langsung,tender_cepat,tender,seleksi,swakelola_i,swakelola_ii,swakelola_iii,swakelola_iv,dikecualikan,other"`
	Form          Form          `json:"form" enum:"bukti_pembelian,kuitansi,spk,surat_perjanjian,surat_pesanan,other"`
	RUPCode       string        `json:"rup_code,omitempty" doc:"8 digits"`
	OrderDate     period.Date   `json:"order_date"`
	StartDate     period.Date   `json:"start_date"`
	EndDate       period.Date   `json:"end_date"`
	OwnerEstimate *money.Amount `json:"owner_estimate,omitempty" doc:"HPS, tax included, in the smallest unit"`
	Procurement   Procurement   `json:"procurement,omitzero"`
	PaymentTerms  PaymentTerms  `json:"payment_terms,omitzero" doc:"advance, retention, instalments"`
	FeeVia        FeeVia        `json:"fee_via,omitempty" enum:"personal,agency" doc:"of an influencer agreement"`
	LookThrough   Split         `json:"look_through,omitzero" doc:"when the vendor is an agency: whom it pays how much of the gross"`
	Deliverables  []Item        `json:"deliverables"`
	Framing
}

// Item is one deliverable as a client enters it. Prices are per unit, in the smallest unit of the agency's currency,
// with VAT in them when TaxInclusive.
type Item struct {
	Product         string        `json:"product"`
	OutletID        uuid.NullUUID `json:"outlet_id,omitempty"`
	SocialAccountID uuid.NullUUID `json:"social_account_id,omitempty"`
	BudgetLineID    uuid.UUID     `json:"budget_line_id"`
	Quantity        int64         `json:"quantity"`
	Unit            string        `json:"unit"`
	OfferedPrice    *money.Amount `json:"offered_price,omitempty"`
	UnitPrice       money.Amount  `json:"unit_price"`
	TaxInclusive    bool          `json:"tax_inclusive"`
	LabelRequired   bool          `json:"label_required,omitempty"`
	// Tier and PriceReferenceID say which price reference the price is judged by, where the program cannot tell.
	PriceReferenceID uuid.NullUUID `json:"price_reference_id,omitempty" doc:"the price reference that the price is judged by; without it the one that fits"`
	Tier             string        `json:"tier,omitempty" doc:"at whose price it is ordered, as the local rules name it" example:"mikro"`
	Content          *Content      `json:"content,omitempty" doc:"of content on a social account"`
}

// Method is how the vendor was chosen (domain.md §4).
type Method string

// Methods lists the methods of procurement, by the names that the law gives them.
func Methods() []Method {
	return []Method{
		"e_purchasing", "direct_purchase", "pengadaan_langsung", "penunjukan_langsung", "tender_cepat", "tender",
		"seleksi", "swakelola_i", "swakelola_ii", "swakelola_iii", "swakelola_iv", "dikecualikan", "other",
	}
}

// Form is the form of the contract (domain.md §4).
type Form string

// Forms lists the forms, from the smallest value to the largest.
func Forms() []Form {
	return []Form{"bukti_pembelian", "kuitansi", "spk", "surat_perjanjian", "surat_pesanan", "other"}
}

// Bounds of an agreement.
const (
	numberMax   = 100
	titleMax    = 300
	itemsMax    = 1000
	quantityMax = 1_000_000
	wordMax     = 100
	reasonMax   = 2000
)

var rupCode = regexp.MustCompile(`^[0-9]{8}$`)

// code writes a word of the law as its code: "E-purchasing" is e_purchasing, "Surat Pesanan" surat_pesanan.
func code[T ~string](word T) T {
	return T(strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(string(word)))))
}

// Trimmed is the terms without blanks around their texts, method and form as codes.
func (t Terms) Trimmed() Terms {
	for _, s := range []*string{&t.Number, &t.Title, &t.RUPCode} {
		*s = strings.TrimSpace(*s)
	}
	t.Method, t.Form, t.Procurement = code(t.Method), code(t.Form), t.Procurement.trimmed()
	t.PaymentTerms = t.PaymentTerms.trimmed()
	items := make([]Item, len(t.Deliverables))
	for i, d := range t.Deliverables {
		d.Product, d.Unit, d.Tier = strings.TrimSpace(d.Product), strings.TrimSpace(d.Unit), strings.TrimSpace(d.Tier)
		d.Tier, d.Content = strings.TrimSpace(d.Tier), d.Content.trimmed()
		items[i] = d
	}
	t.Deliverables, t.LookThrough = items, t.LookThrough.Trimmed()
	return t
}

// Check says everything that is wrong with the terms by themselves, by field.
func (t Terms) Check() error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/kind", t.Kind, Media, Influencer)
	wrong.Text("/number", t.Number, true, numberMax)
	wrong.Text("/title", t.Title, true, titleMax)
	fault.Choice(&wrong, "/method", t.Method, Methods()...)
	fault.Choice(&wrong, "/form", t.Form, Forms()...)
	if t.VendorID == uuid.Nil {
		wrong.Add("/vendor_id", "required")
	}
	if t.RUPCode != "" && !rupCode.MatchString(t.RUPCode) {
		wrong.AddWith("/rup_code", "digits", fault.Args{"count": 8})
	}
	if t.OwnerEstimate != nil {
		wrong.Within("/owner_estimate", int64(*t.OwnerEstimate), 1, fault.AmountMax)
	}
	t.Procurement.check(&wrong)
	t.PaymentTerms.check(&wrong, t.Framework)
	t.checkFraming(&wrong)
	if t.FeeVia != "" {
		fault.Choice(&wrong, "/fee_via", t.FeeVia, FeePersonal, FeeAgency)
	}
	t.checkDates(&wrong)
	t.checkItems(&wrong)
	t.LookThrough.check(&wrong, len(t.Deliverables))
	return wrong.Err()
}

func (t Terms) checkDates(wrong *fault.Fields) {
	for _, d := range []struct {
		at   string
		date period.Date
	}{{"/order_date", t.OrderDate}, {"/start_date", t.StartDate}, {"/end_date", t.EndDate}} {
		if d.date.IsZero() {
			wrong.Add(d.at, "required")
		}
	}
	if t.EndDate.Before(t.StartDate) {
		wrong.AddWith("/end_date", "before", fault.Args{"field": "start_date", "date": t.StartDate})
	}
	if t.EndDate.Before(t.OrderDate) {
		wrong.AddWith("/end_date", "before", fault.Args{"field": "order_date", "date": t.OrderDate})
	}
}

func (t Terms) checkItems(wrong *fault.Fields) {
	if len(t.Deliverables) == 0 {
		wrong.Add("/deliverables", "required")
	}
	if len(t.Deliverables) > itemsMax {
		wrong.AddWith("/deliverables", "too_many", fault.Args{"max": itemsMax})
		return
	}
	for i, d := range t.Deliverables {
		d.check(wrong, itemPointer(i), t.Kind)
	}
}

func (d Item) check(wrong *fault.Fields, at string, kind Kind) {
	wrong.Text(at+"/product", d.Product, true, wordMax)
	wrong.Text(at+"/unit", d.Unit, true, wordMax)
	wrong.Text(at+"/tier", d.Tier, false, wordMax)
	wrong.Within(at+"/quantity", d.Quantity, 1, quantityMax)
	wrong.Within(at+"/unit_price", int64(d.UnitPrice), 1, fault.AmountMax)
	if d.OfferedPrice != nil {
		wrong.Within(at+"/offered_price", int64(*d.OfferedPrice), 1, fault.AmountMax)
	}
	if d.BudgetLineID == uuid.Nil {
		wrong.Add(at+"/budget_line_id", "required")
	}
	d.Content.check(wrong, at+"/content", d.SocialAccountID.Valid)
	switch {
	case d.OutletID.Valid && d.SocialAccountID.Valid:
		wrong.Add(at+"/social_account_id", "one_channel")
	case kind == Influencer && !d.SocialAccountID.Valid:
		wrong.Add(at+"/social_account_id", "required")
	case !d.OutletID.Valid && !d.SocialAccountID.Valid:
		wrong.Add(at+"/outlet_id", "required")
	}
}

func itemPointer(i int) string { return "/deliverables/" + strconv.Itoa(i) }
