// Package price is price references (standar harga): the highest price that a government allows for a product, and how a
// price stands to them. It holds rules and the reading of an office's own price list; who pays what lives in agreement.
package price

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
	"tayang/app/registry"
)

// Form is a price reference as it is written. It is for one kind of outlet or one tier of influencers; with neither it is
// for every channel. UnitPrice is in the smallest unit of the currency, with VAT in it when TaxInclusive. The fields from
// GroupCode on are the columns of an office's own price list.
type Form struct {
	Product       string              `json:"product" db:"product"`
	OutletKind    registry.OutletKind `json:"outlet_kind,omitempty" db:"outlet_kind" enum:"print,online,radio,tv,outdoor" doc:"with neither outlet_kind nor tier it is for every channel"`
	Tier          string              `json:"tier,omitempty" db:"tier" doc:"of influencers"`
	Unit          string              `json:"unit" db:"unit"`
	UnitPrice     money.Amount        `json:"unit_price" db:"unit_price" doc:"the highest price allowed, in the smallest unit"`
	TaxInclusive  bool                `json:"tax_inclusive,omitempty" db:"tax_inclusive" doc:"the price has VAT in it"`
	Basis         string              `json:"basis" db:"basis" doc:"the regulation that says so"`
	ValidFrom     period.Date         `json:"valid_from" db:"valid_from"`
	ValidUntil    period.Date         `json:"valid_until,omitempty" db:"valid_until" doc:"last day; none while it is in force"`
	GroupCode     string              `json:"group_code,omitempty" db:"group_code" doc:"kode kelompok barang"`
	GroupName     string              `json:"group_name,omitempty" db:"group_name" doc:"uraian kelompok"`
	StandardID    string              `json:"standard_id,omitempty" db:"standard_id" doc:"id standar harga"`
	ItemCode      string              `json:"item_code,omitempty" db:"item_code" doc:"kode barang"`
	Specification string              `json:"specification,omitempty" db:"specification" doc:"spesifikasi"`
	AccountCodes  registry.Codes      `json:"account_codes,omitempty" db:"account_codes" doc:"kode rekening that may pay for it; none: any"`
}

// Reference is a price reference. What is in use stays as it is: a later price is a row of its own, which ends this one;
// a row that was entered wrongly is void.
type Reference struct {
	ID uuid.UUID `json:"id" db:"id"`
	Form
	SourceFile string        `json:"source_file" db:"source_file" doc:"SHA-256 of the price list that it came with; empty: entered by hand"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"a row that was entered wrongly"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Lengths of what people write, in characters.
const (
	wordMax   = 300
	codeMax   = 100
	textMax   = 2000
	basisMax  = 500
	codesMax  = 200
	reasonMax = 2000
)

// Trimmed is the form without blanks around its texts.
func (f Form) Trimmed() Form {
	for _, s := range []*string{
		&f.Product, &f.Tier, &f.Unit, &f.Basis, &f.GroupCode, &f.GroupName, &f.StandardID, &f.ItemCode, &f.Specification,
	} {
		*s = strings.TrimSpace(*s)
	}
	codes := registry.Codes{}
	for _, c := range f.AccountCodes {
		if c = strings.TrimSpace(c); c != "" && !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	f.AccountCodes = codes
	return f
}

// Check says everything that is wrong with the form, by field.
func (f Form) Check() error {
	var wrong fault.Fields
	f.checkWords(&wrong)
	if f.OutletKind != "" {
		fault.Choice(&wrong, "/outlet_kind", f.OutletKind, registry.Print, registry.Online, registry.Radio, registry.TV, registry.Outdoor)
		if f.Tier != "" {
			wrong.Add("/tier", "one_scope")
		}
	}
	wrong.Within("/unit_price", int64(f.UnitPrice), 1, fault.AmountMax)
	wrong.Text("/basis", f.Basis, true, basisMax)
	checkDates(&wrong, f.ValidFrom, f.ValidUntil)
	if len(f.AccountCodes) > codesMax {
		wrong.AddWith("/account_codes", "too_many", fault.Args{"max": codesMax})
	}
	for _, c := range f.AccountCodes {
		if !accountCode(c) {
			wrong.Add("/account_codes", "bad_code")
			break
		}
	}
	return wrong.Err()
}

func (f Form) checkWords(wrong *fault.Fields) {
	for _, t := range []struct {
		at, value string
		required  bool
		max       int
	}{
		{"/product", f.Product, true, wordMax}, {"/tier", f.Tier, false, codeMax}, {"/unit", f.Unit, true, codeMax},
		{"/group_code", f.GroupCode, false, codeMax}, {"/group_name", f.GroupName, false, wordMax}, {"/standard_id", f.StandardID, false, codeMax},
		{"/item_code", f.ItemCode, false, codeMax}, {"/specification", f.Specification, false, textMax},
	} {
		wrong.Text(t.at, t.value, t.required, t.max)
	}
	for at, word := range map[string]string{"/product": f.Product, "/unit": f.Unit} {
		if word != "" && Key(word) == "" {
			wrong.Add(at, "required")
		}
	}
}

func checkDates(wrong *fault.Fields, from, until period.Date) {
	if from.IsZero() {
		wrong.Add("/valid_from", "required")
	}
	if !until.IsZero() && until.Before(from) {
		wrong.AddWith("/valid_until", "before", fault.Args{"field": "valid_from", "date": from})
	}
}

// accountCode reports whether the text is digits in groups with points between them.
func accountCode(s string) bool {
	if len(s) > codeMax || s == "" {
		return false
	}
	for _, group := range strings.Split(s, ".") {
		if group == "" || strings.Trim(group, "0123456789") != "" {
			return false
		}
	}
	return true
}

// InForce reports whether the row counts on the day.
func (r Reference) InForce(day period.Date) bool {
	return r.VoidedAt == nil && !day.Before(r.ValidFrom) && (r.ValidUntil.IsZero() || !day.After(r.ValidUntil))
}

// Key is a word as prices are compared by: case, blanks and dashes do not count. The database has the same rule as price_key.
func Key(word string) string {
	blank := func(r rune) bool { return strings.ContainsRune(" \t\n\r\f\v_-", r) }
	words := strings.FieldsFunc(word, blank)
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, strings.Join(words, " "))
}

// scope tells rows apart of which one is in force on a day.
func (f Form) scope() string {
	return strings.Join([]string{Key(f.Product), string(f.OutletKind), Key(f.Tier), Key(f.Unit), Key(f.ItemCode), Key(f.Specification)}, "\x1f")
}

// Unit is a unit as prices are compared by: "per tayang" and "kali tayang" are one.
func Unit(word string) string {
	key := strings.TrimPrefix(strings.TrimPrefix(Key(word), "per "), "/")
	for _, same := range sameUnits() {
		if slices.Contains(same, key) {
			return same[0]
		}
	}
	return key
}

// sameUnits are units that offices write in several ways.
func sameUnits() [][]string {
	return [][]string{
		{"tayang", "kali tayang", "penayangan", "kali penayangan"}, {"siaran", "kali siaran", "kali siar"}, {"artikel", "naskah"},
		{"bulan", "bln"}, {"pekan", "minggu"}, {"hari", "hr"}, {"posting", "post", "postingan", "unggahan"}, {"paket", "pkt"},
		{"halaman", "hal", "hlm"}, {"kali", "x"}, {"unit", "buah", "bh"}, {"orang", "org"},
	}
}
