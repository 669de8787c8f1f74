package agreement

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/registry"
	"tayang/app/rule"
	"tayang/app/vetting"
)

// VettingFacts is what is known for the questions of assessVetting: how every channel of the agreement stands on the order
// date, the vendor with what speaks against him, and what was known of its products.
type VettingFacts struct {
	Vendor   VettedVendor           `json:"vendor"`
	Channels []vetting.Standing     `json:"channels"`
	Barred   []vetting.Blacklisting `json:"barred" doc:"blacklistings that hold on the order date"`
	Shared   []vetting.Shared       `json:"shared"`
	Products []VettedProduct        `json:"products"`
	Rules    []vetting.ProductRule  `json:"-"`
	Accounts map[uuid.UUID]string   `json:"-"` // account code of each budget line
}

// VettedVendor is the vendor as he was.
type VettedVendor struct {
	ID           uuid.UUID      `json:"id"`
	LegalName    string         `json:"legal_name"`
	KBLI         registry.Codes `json:"kbli"`
	AccountOwner string         `json:"account_owner"`
}

// VettedProduct is a product of the agreement, with what it may be.
type VettedProduct struct {
	Product  string           `json:"product"`
	RuleID   uuid.NullUUID    `json:"rule_id" doc:"the government's row; none: the program's own"`
	KBLI     vetting.Patterns `json:"kbli"`
	Account  string           `json:"account"`
	Accounts vetting.Patterns `json:"accounts"`
}

// assessVetting asks whether the vendor may be ordered from, his channels meet what the year asks of them, and each product
// is what he trades in and on an account that it may be booked on.
func (a Agreement) assessVetting(s *assessing) {
	f := &s.facts.Vetting
	a.assessVendor(s, *f)
	seen := map[uuid.UUID]bool{}
	f.Products = []VettedProduct{}
	for i, d := range a.Deliverables {
		at := "/deliverables/" + strconv.Itoa(i)
		if id := channelOf(d); !seen[id] {
			seen[id] = true
			assessChannel(s, at, d, f.Channels)
		}
		a.assessProduct(s, at, d)
	}
}

func (a Agreement) assessVendor(s *assessing, f VettingFacts) {
	for _, b := range f.Barred {
		until := "…"
		if !b.ValidUntil.IsZero() {
			until = b.ValidUntil.String()
		}
		s.say(rule.Blacklisted, "/vendor_id", AtVendor, a.VendorID, fault.Args{
			"vendor": f.Vendor.LegalName, "from": b.ValidFrom.String(), "until": until, "ground": b.Ground, "decree": b.DecreeNumber,
		})
	}
	if v := f.Vendor; v.AccountOwner != "" && !vetting.SameName(v.AccountOwner, v.LegalName) {
		s.say(rule.BankOwnerDiffers, "/vendor_id", AtVendor, a.VendorID, fault.Args{"owner": v.AccountOwner, "vendor": v.LegalName})
	}
	for _, other := range f.Shared {
		for _, m := range other.Marks {
			if m != vetting.SameLegal {
				s.say(rule.SharedIdentifier, "/vendor_id", AtVendor, a.VendorID, fault.Args{"mark": string(m), "other": other.Name, "other_id": other.VendorID.String()})
			}
		}
	}
}

// channelOf is the outlet or account of a deliverable.
func channelOf(d Deliverable) uuid.UUID {
	if d.OutletID.Valid {
		return d.OutletID.UUID
	}
	return d.SocialAccountID.UUID
}

// assessChannel names every mandatory requirement that a deliverable's channel does not meet.
func assessChannel(s *assessing, at string, d Deliverable, channels []vetting.Standing) {
	i := slices.IndexFunc(channels, func(c vetting.Standing) bool {
		return d.OutletID.Valid && c.OutletID == d.OutletID || d.SocialAccountID.Valid && c.SocialAccountID == d.SocialAccountID
	})
	if i < 0 {
		return
	}
	place, field := AtOutlet, at+"/outlet_id"
	if d.SocialAccountID.Valid {
		place, field = AtAccount, at+"/social_account_id"
	}
	for _, it := range channels[i].Items {
		if it.Mandatory && !it.Met {
			s.say(rule.RequirementUnmet, field, place, channelOf(d), fault.Args{
				"requirement": it.Name, "outlet": channels[i].Name, "date": s.day.String(), "why": string(it.Why),
			})
		}
	}
}

// assessProduct holds a deliverable against what is known of its product. What the program knows of accounts by itself is
// the chart of regional budgets.
func (a Agreement) assessProduct(s *assessing, at string, d Deliverable) {
	f := &s.facts.Vetting
	r, ok := vetting.RuleOf(d.Product, f.Rules, s.day)
	if !ok {
		return
	}
	code := f.Accounts[d.BudgetLineID]
	own := r.ID == uuid.Nil
	f.Products = append(f.Products, VettedProduct{d.Product, uuid.NullUUID{UUID: r.ID, Valid: !own}, r.KBLI, code, r.Accounts})
	if len(f.Vendor.KBLI) > 0 && !r.HasKBLI(f.Vendor.KBLI) {
		s.say(rule.KBLIMismatch, at+"/product", AtVendor, a.VendorID, fault.Args{
			"product": d.Product, "vendor": f.Vendor.LegalName, "kbli": strings.Join(f.Vendor.KBLI, ", "), "allowed": strings.Join(r.KBLI, ", "),
		})
	}
	if regional := s.facts.Agency.Scheme == registry.APBD; code != "" && (!own || regional) && !r.HasAccount(code) {
		s.say(rule.AccountMismatch, at+"/budget_line_id", AtAgreement, uuid.Nil, fault.Args{
			"product": d.Product, "account": code, "allowed": strings.Join(r.Accounts, ", "),
		})
	}
}
