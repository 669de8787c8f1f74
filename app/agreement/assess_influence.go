package agreement

import (
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// InfluenceFacts is what is known, up to the order date, of each social account that the agreement orders from.
type InfluenceFacts struct {
	Accounts []AccountFacts `json:"accounts"`
}

// AccountFacts are those of one account: its newest snapshot up to the order date with the tier that it makes, the proof
// of ownership and the statements that count on that day.
type AccountFacts struct {
	SocialAccountID uuid.UUID         `json:"social_account_id" db:"id"`
	VendorID        uuid.UUID         `json:"vendor_id" db:"vendor_id"`
	Handle          string            `json:"handle" db:"handle"`
	Platform        registry.Platform `json:"platform" db:"platform"`
	CreatorName     string            `json:"creator_name" db:"creator_name"`
	BornOn          period.Date       `json:"-" db:"creator_born_on"`
	Followers       *int64            `json:"followers" db:"followers"`
	SnapshotOn      period.Date       `json:"snapshot_on" db:"taken_on"`
	SnapshotFile    string            `json:"snapshot_file" db:"file_sha256"`
	EngagementRate  string            `json:"engagement_rate" db:"engagement_rate"`
	Tier            string            `json:"tier" db:"-" doc:"by followers, in the local rules of the order date"`
	Minor           bool              `json:"minor" db:"-" doc:"on the order date"`
	Ownership       *OwnershipFact    `json:"ownership" db:"-"`
	Conflict        *StatementFact    `json:"conflict_of_interest" db:"-"`
	CivilServant    *StatementFact    `json:"civil_servant" db:"-"`
	Guardian        *StatementFact    `json:"guardian_consent" db:"-"`
}

// OwnershipFact is a verified proof that the account is the vendor's.
type OwnershipFact struct {
	ID         uuid.UUID                `json:"id" db:"id"`
	ProvenBy   registry.OwnershipMethod `json:"proven_by" db:"proven_by"`
	ProvenOn   period.Date              `json:"proven_on" db:"proven_on"`
	File       string                   `json:"file" db:"file_sha256"`
	VerifiedBy string                   `json:"verified_by" db:"verified_by" doc:"e-mail address"`
	VerifiedAt time.Time                `json:"verified_at" db:"verified_at"`
}

// StatementFact is a statement of the person behind the account.
type StatementFact struct {
	ID       uuid.UUID   `json:"id" db:"id"`
	Answer   string      `json:"answer" db:"answer"`
	Details  string      `json:"details" db:"details"`
	Guardian string      `json:"guardian_name,omitempty" db:"guardian_name"`
	Relation string      `json:"relation,omitempty" db:"relation"`
	GivenOn  period.Date `json:"given_on" db:"given_on"`
	File     string      `json:"file" db:"file_sha256"`
}

// Graded is the account's facts with the tier by its followers and whether its creator is a minor on the day.
func (f AccountFacts) Graded(tiers registry.Tiers, day period.Date, adult int64) AccountFacts {
	if f.Followers != nil {
		f.Tier = tiers.Of(*f.Followers, f.Platform, day)
	}
	f.Minor = !f.BornOn.IsZero() && int64(registry.Age(f.BornOn, day)) < adult
	return f
}

// Account gives what is known of an account; false when nothing is.
func (f InfluenceFacts) Account(id uuid.UUID) (AccountFacts, bool) {
	for _, a := range f.Accounts {
		if a.SocialAccountID == id {
			return a, true
		}
	}
	return AccountFacts{}, false
}

// assessInfluence asks, of each deliverable on a social account, for the terms of its content and the tier of its price,
// and of each account once for its reach, its owner and what he declared.
func (a Agreement) assessInfluence(s *assessing) {
	seen := map[uuid.UUID]bool{}
	for i, d := range a.Deliverables {
		if !d.SocialAccountID.Valid || d.Quantity == 0 {
			continue
		}
		at := itemPointer(i)
		for _, term := range d.Content.unsaid() {
			s.say(rule.ContentTermsMissing, at+"/content"+term, AtAgreement, uuid.Nil, nil)
		}
		account, known := s.facts.Influence.Account(d.SocialAccountID.UUID)
		if !known {
			continue
		}
		s.tier(d, account, at)
		if !seen[account.SocialAccountID] {
			seen[account.SocialAccountID] = true
			s.reach(account, at+"/social_account_id")
			s.owner(account, at+"/social_account_id")
			s.declared(account, at+"/social_account_id")
		}
	}
}

// tier holds the tier by followers against the one at whose price the line is ordered.
func (s *assessing) tier(d Deliverable, account AccountFacts, at string) {
	if d.Tier != "" && account.Followers != nil && d.Tier != account.Tier {
		known := account.Tier
		if known == "" {
			known = "–"
		}
		s.say(rule.TierMismatch, at+"/tier", AtAgreement, account.SocialAccountID, fault.Args{
			"handle": account.Handle, "tier": d.Tier, "known": known, "followers": *account.Followers, "date": account.SnapshotOn,
		})
	}
}

// reach wants a snapshot of followers up to the order date, and not older than the rule allows.
func (s *assessing) reach(account AccountFacts, at string) {
	args := fault.Args{"handle": account.Handle, "date": s.day}
	if account.Followers == nil {
		s.say(rule.SnapshotMissing, at, AtAccount, account.SocialAccountID, args)
		return
	}
	if age, most := int64(s.day.Sub(account.SnapshotOn)), s.figure(rule.SnapshotStale); age > most {
		args["taken"], args["days"], args["max"] = account.SnapshotOn, age, most
		s.say(rule.SnapshotStale, at, AtAccount, account.SocialAccountID, args)
	}
}

// owner wants a proof, seen by another person, that the account is the vendor's.
func (s *assessing) owner(account AccountFacts, at string) {
	if account.Ownership == nil {
		s.say(rule.OwnershipMissing, at, AtAccount, account.SocialAccountID, fault.Args{"handle": account.Handle, "date": s.day})
	}
}

// declared wants the statements of the person behind the account.
func (s *assessing) declared(account AccountFacts, at string) {
	args := fault.Args{"handle": account.Handle, "date": s.day}
	say := func(code rule.Code) { s.say(code, at, AtAccount, account.SocialAccountID, args) }
	switch {
	case account.Conflict == nil:
		say(rule.ConflictMissing)
	case account.Conflict.Answer == registry.HasConflict:
		say(rule.ConflictDeclared)
	}
	if account.CivilServant == nil || account.CivilServant.Answer == registry.IsCivilServant {
		say(rule.CivilServant)
	}
	if account.Minor && account.Guardian == nil {
		say(rule.GuardianMissing)
	}
}
