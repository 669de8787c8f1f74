package owner

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"tayang/app/money"
)

// Portion is money of a fiscal year that reached somebody: part of the gross of an agreement that came into force. Through
// an agency it is the net of a final recipient at the owner of his outlet or account, and the agency's fee at the agency;
// else what each line costs, at the vendor. Group is the owner group of the outlet on the order date, else of the vendor.
type Portion struct {
	VendorID   uuid.UUID     `db:"vendor_id"`
	VendorName string        `db:"vendor_name"`
	GroupID    uuid.NullUUID `db:"group_id"`
	GroupName  string        `db:"group_name"`
	Gross      money.Amount  `db:"gross"`
}

// Part is what one vendor or one group received. Share is in basis points of the whole, rounded half up. Grouped is false
// for a vendor that belongs to no group and stands for himself.
type Part struct {
	ID      uuid.UUID    `json:"id"`
	Name    string       `json:"name"`
	Grouped bool         `json:"grouped"`
	Gross   money.Amount `json:"gross" doc:"tax included"`
	Share   int64        `json:"share" doc:"basis points of the total"`
}

// Measure is how money is spread, the largest part first. HHI is the Herfindahl-Hirschman index as a whole number from 0 to
// 10,000: the sum of the squares of the shares in basis points, divided by 10,000 and rounded half up.
type Measure struct {
	HHI   int64  `json:"hhi" doc:"Herfindahl-Hirschman index, 0 to 10000"`
	Parts []Part `json:"parts"`
}

// Concentration is how an agency's money of a fiscal year gathers: by who received it, and by who owns them.
type Concentration struct {
	AgencyID   uuid.UUID    `json:"agency_id"`
	AgencyCode string       `json:"agency_code"`
	AgencyName string       `json:"agency_name"`
	FiscalYear int          `json:"fiscal_year"`
	Total      money.Amount `json:"total" doc:"gross of agreements that came into force, tax included"`
	ByVendor   Measure      `json:"by_vendor"`
	ByGroup    Measure      `json:"by_owner_group"`
}

// Gather sums the portions by vendor and by owner group.
func Gather(portions []Portion) (total money.Amount, byVendor, byGroup Measure) {
	var vendors, groups []Part
	for _, p := range portions {
		total += p.Gross
		vendors = add(vendors, Part{ID: p.VendorID, Name: p.VendorName, Gross: p.Gross})
		if p.GroupID.Valid {
			groups = add(groups, Part{ID: p.GroupID.UUID, Name: p.GroupName, Gross: p.Gross, Grouped: true})
		} else {
			groups = add(groups, Part{ID: p.VendorID, Name: p.VendorName, Gross: p.Gross})
		}
	}
	return total, measure(vendors, total), measure(groups, total)
}

func add(parts []Part, p Part) []Part {
	if i := slices.IndexFunc(parts, func(o Part) bool { return o.ID == p.ID }); i >= 0 {
		parts[i].Gross += p.Gross
		return parts
	}
	return append(parts, p)
}

func measure(parts []Part, total money.Amount) Measure {
	m := Measure{Parts: []Part{}}
	var squares int64
	for _, p := range parts {
		if share, err := money.MulDiv(p.Gross, 10_000, int64(total), money.HalfUp); err == nil && total > 0 {
			p.Share = int64(share)
		}
		squares += p.Share * p.Share
		m.Parts = append(m.Parts, p)
	}
	m.HHI = (squares + 5_000) / 10_000
	slices.SortFunc(m.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(b.Gross, a.Gross), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return m
}

// Of finds what a group or vendor received.
func (m Measure) Of(id uuid.UUID) (Part, bool) {
	i := slices.IndexFunc(m.Parts, func(p Part) bool { return p.ID == id })
	if i < 0 {
		return Part{}, false
	}
	return m.Parts[i], true
}
