package vetting

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/period"
	"tayang/app/registry"
)

// Known is everything that vetting looks at of some vendors, for the year of a day.
type Known struct {
	Requirements []Requirement
	Grades       []Grade
	Vendors      []registry.Vendor
	Outlets      []registry.Outlet
	Accounts     []registry.SocialAccount
	Looks        []registry.PressCheck
	Results      []Result
	Journalists  []Journalist
	Blacklist    []Blacklisting
	Founded      map[uuid.UUID]period.Date // oldest deed, decree or NIB in the vendor's file
}

// Why is how a requirement came to be met, or not.
type Why string

// The ways.
const (
	ByResult   Why = "result"     // somebody found so, and another verified it
	ByProgram  Why = "automatic"  // the registry says so
	Unmet      Why = "unmet"      // somebody found that it is not
	Expired    Why = "expired"    // it was, until a day before
	NotYet     Why = "not_yet"    // it is, from a later day on
	Unverified Why = "unverified" // nobody else has verified it
	Missing    Why = "missing"    // nothing was found
)

// Item is one requirement as it stands on a day.
type Item struct {
	RequirementID uuid.UUID     `json:"requirement_id"`
	Code          string        `json:"code"`
	Name          string        `json:"name"`
	Mandatory     bool          `json:"mandatory"`
	Points        int64         `json:"points" doc:"what it gives when it is met"`
	Basis         string        `json:"basis"`
	Met           bool          `json:"met"`
	Why           Why           `json:"why" enum:"result,automatic,unmet,expired,not_yet,unverified,missing"`
	ResultID      uuid.NullUUID `json:"result_id"`
	ValidFrom     period.Date   `json:"valid_from"`
	ValidUntil    period.Date   `json:"valid_until"`
	Evidence      string        `json:"evidence" doc:"SHA-256 of the file"`
	EnteredBy     string        `json:"entered_by"`
	Verifier      string        `json:"verifier"`
	VerifiedAt    *time.Time    `json:"verified_at"`
}

// Standing is how an outlet or a social account stands on a day: each requirement of the year, the points, and the grade.
// There is none while a mandatory requirement is unmet.
type Standing struct {
	On              period.Date         `json:"on"`
	Kind            registry.OutletKind `json:"kind" enum:"print,online,radio,tv,outdoor,influencer"`
	VendorID        uuid.UUID           `json:"vendor_id"`
	OutletID        uuid.NullUUID       `json:"outlet_id"`
	SocialAccountID uuid.NullUUID       `json:"social_account_id"`
	Name            string              `json:"name"`
	Press           registry.Standing   `json:"press"`
	Journalists     int64               `json:"journalists" doc:"with a certificate of competence that holds on the day"`
	Items           []Item              `json:"items"`
	Points          int64               `json:"points"`
	Possible        int64               `json:"possible"`
	Grade           string              `json:"grade" doc:"empty: none"`
	Eligible        bool                `json:"eligible" doc:"every mandatory requirement is met"`
}

// subject is what is vetted.
type subject struct {
	kind    registry.OutletKind
	vendor  registry.Vendor
	outlet  registry.Outlet
	account registry.SocialAccount
	press   registry.Standing
	skilled int64
	founded period.Date
}

// Outlet gives how an outlet stands on the day; false when it is not among those known.
func (k Known) Outlet(id uuid.UUID, on period.Date) (Standing, bool) {
	for _, o := range k.Outlets {
		if o.ID == id {
			s := subject{kind: o.Kind, vendor: k.vendor(o.VendorID), outlet: o, press: o.StandingOn(on, k.Looks), founded: k.Founded[o.VendorID]}
			for _, j := range k.Journalists {
				if j.OutletID == id && j.On(on) {
					s.skilled++
				}
			}
			return k.standing(s, on), true
		}
	}
	return Standing{}, false
}

// Account gives how a social account stands on the day; false when it is not among those known.
func (k Known) Account(id uuid.UUID, on period.Date) (Standing, bool) {
	for _, a := range k.Accounts {
		if a.ID == id {
			return k.standing(subject{kind: Influencer, vendor: k.vendor(a.VendorID), account: a, founded: k.Founded[a.VendorID]}, on), true
		}
	}
	return Standing{}, false
}

// All gives how every outlet and account stands on the day, outlets first.
func (k Known) All(on period.Date) []Standing {
	out := []Standing{}
	for _, o := range k.Outlets {
		s, _ := k.Outlet(o.ID, on)
		out = append(out, s)
	}
	for _, a := range k.Accounts {
		s, _ := k.Account(a.ID, on)
		out = append(out, s)
	}
	return out
}

// Barred gives the blacklistings of a vendor that hold on the day.
func (k Known) Barred(vendor uuid.UUID, on period.Date) []Blacklisting {
	out := []Blacklisting{}
	for _, b := range k.Blacklist {
		if b.VendorID == vendor && b.On(on) {
			out = append(out, b)
		}
	}
	return out
}

func (k Known) vendor(id uuid.UUID) registry.Vendor {
	for _, v := range k.Vendors {
		if v.ID == id {
			return v
		}
	}
	return registry.Vendor{}
}

func (k Known) standing(s subject, on period.Date) Standing {
	out := Standing{On: on, Kind: s.kind, VendorID: s.vendor.ID, Press: s.press, Journalists: s.skilled, Items: []Item{}, Eligible: true}
	if s.kind == Influencer {
		out.SocialAccountID, out.Name = uuid.NullUUID{UUID: s.account.ID, Valid: true}, "@"+s.account.Handle
	} else {
		out.OutletID, out.Name = uuid.NullUUID{UUID: s.outlet.ID, Valid: true}, s.outlet.Name
	}
	for _, r := range k.Requirements {
		if !r.Holds() || r.FiscalYear != on.Year() || r.OutletKind != s.kind {
			continue
		}
		it := k.item(r, s, on)
		out.Items = append(out.Items, it)
		out.Possible += it.Points
		if it.Met {
			out.Points += it.Points
		} else if it.Mandatory {
			out.Eligible = false
		}
	}
	if out.Eligible && len(out.Items) > 0 {
		out.Grade = grade(k.Grades, s.kind, out.Points, on)
	}
	return out
}

// item is how one requirement stands: what the newest verified result says that has begun, else what the registry says.
func (k Known) item(r Requirement, s subject, on period.Date) Item {
	it := Item{RequirementID: r.ID, Code: r.Code, Name: r.Name, Mandatory: r.Mandatory, Points: r.Points, Basis: r.Basis, Why: Missing}
	best := -1
	for i, found := range k.Results {
		switch {
		case found.RequirementID != r.ID || !found.Holds() || !found.about(s):
		case found.VerifiedAt == nil:
			it.Why = Unverified
		case found.ValidFrom.After(on):
			if it.Why == Missing {
				it.Why = NotYet
			}
		case best < 0 || found.newer(k.Results[best]):
			best = i
		}
	}
	if best >= 0 {
		it.take(k.Results[best], on)
	}
	if !it.Met && it.Why != Unmet && s.meets(r.Criterion, on) {
		it.Met, it.Why = true, ByProgram
	}
	return it
}

func (it *Item) take(r Result, on period.Date) {
	it.ResultID, it.ValidFrom, it.ValidUntil = uuid.NullUUID{UUID: r.ID, Valid: true}, r.ValidFrom, r.ValidUntil
	it.Evidence, it.EnteredBy, it.Verifier, it.VerifiedAt = r.File, r.EnteredBy, r.Verifier, r.VerifiedAt
	switch {
	case !r.Met:
		it.Why = Unmet
	case !r.ValidUntil.IsZero() && on.After(r.ValidUntil):
		it.Why = Expired
	default:
		it.Met, it.Why = true, ByResult
	}
}

// about reports whether the result is about the subject, or about its vendor with all that is his.
func (r Result) about(s subject) bool {
	switch {
	case r.OutletID.Valid:
		return r.OutletID.UUID == s.outlet.ID
	case r.SocialAccountID.Valid:
		return r.SocialAccountID.UUID == s.account.ID
	}
	return r.VendorID == s.vendor.ID
}

func (r Result) newer(other Result) bool {
	if r.ValidFrom != other.ValidFrom {
		return r.ValidFrom.After(other.ValidFrom)
	}
	return r.CreatedAt.After(other.CreatedAt)
}

// activeYears is how long a vendor must have been there for ActiveTwoYears.
const activeYears = 2

// meets reports whether the registry itself says that a criterion is met on the day.
func (s subject) meets(c Criterion, on period.Date) bool {
	switch c {
	case PressAdministrative:
		return s.press.Verified()
	case PressFactual:
		return s.press.Verified() && s.press.Status == registry.Factual
	case Competence:
		return s.skilled > 0
	case HasNPWP:
		return s.vendor.NPWP != ""
	case HasAccount:
		return s.vendor.Bank.AccountNumber != ""
	case HasNIB:
		return s.vendor.NIB != ""
	case HasDomain:
		return s.outlet.Domain != ""
	case ActiveTwoYears:
		f := s.founded
		return !f.IsZero() && !f.Time().AddDate(activeYears, 0, 0).After(on.Time())
	case NoCriterion:
	}
	return false
}

// grade is the best grade whose bound, as it stands on the day, the points reach.
func grade(bounds []Grade, kind registry.OutletKind, points int64, on period.Date) string {
	if own := inForce(bounds, kind, on); len(own) > 0 {
		return best(own, points)
	}
	return best(inForce(bounds, "", on), points)
}

// inForce are the bounds of a kind as they stand on the day, by grade.
func inForce(bounds []Grade, kind registry.OutletKind, on period.Date) map[string]Grade {
	out := map[string]Grade{}
	for _, g := range bounds {
		if !g.Holds() || g.OutletKind != kind || g.FiscalYear != on.Year() || g.ValidFrom.After(on) {
			continue
		}
		if other, ok := out[g.Grade]; !ok || other.ValidFrom.Before(g.ValidFrom) {
			out[g.Grade] = g
		}
	}
	return out
}

func best(bounds map[string]Grade, points int64) string {
	name, most := "", int64(-1)
	for _, g := range bounds {
		if g.MinPoints <= points && (g.MinPoints > most || g.MinPoints == most && g.Grade < name) {
			name, most = g.Grade, g.MinPoints
		}
	}
	return name
}
