package placement

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/address"
	"tayang/app/fault"
	"tayang/app/insight"
	"tayang/app/override"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/rule"
)

// Doubt is a rule that the proof of a placement does not meet.
type Doubt struct {
	Rule       rule.Code     `json:"rule"`
	Mode       rule.Mode     `json:"mode" enum:"refuse,warn"`
	Basis      string        `json:"basis"`
	Pointer    string        `json:"pointer" doc:"what the doubt is about"`
	Args       fault.Args    `json:"args,omitempty"`
	OverrideID uuid.NullUUID `json:"override_id" doc:"the override under which it passes"`
}

// Stops reports whether the placement cannot be verified because of it.
func (d Doubt) Stops() bool { return d.Mode == rule.Refuse && !d.OverrideID.Valid }

// Field says the doubt as a field of a refusal.
func (d Doubt) Field() fault.Field {
	return fault.Field{Pointer: d.Pointer, Code: string(d.Rule), Args: d.Args}
}

// Assessment is what is known of the proof of a placement: where it was seen before, and which rules it does not meet.
type Assessment struct {
	Doubts    []Doubt    `json:"doubts"`
	Sightings []Sighting `json:"sightings"`

	Uninspected int        `json:"uninspected" doc:"proofs whose files wait to be looked into; more may come of them"`
	CaptureBy   *time.Time `json:"capture_by,omitempty" doc:"of a story: until when it has to be captured, counted from its posting"`

	Insights []insight.Due `json:"insights" doc:"figures that were agreed, and how it stands with them"`
}

// Ready refuses to verify, with every reason at once. Faults: proof_not_inspected while one is not, else not_verifiable, with
// a field for each.
func (a Assessment) Ready() error {
	if a.Uninspected > 0 {
		return fault.With(fault.Conflict, "proof_not_inspected", fault.Args{"count": a.Uninspected})
	}
	var fields fault.Fields
	for _, d := range a.Doubts {
		if d.Stops() {
			fields = append(fields, d.Field())
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Code: "not_verifiable", Args: fault.Args{"count": len(fields)}, Fields: fields}
}

// passed are the overrides that the placement needs, each once.
func (a Assessment) passed() (out []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for _, d := range a.Doubts {
		if id := d.OverrideID.UUID; d.OverrideID.Valid && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// assessing collects the doubts about one placement.
type assessing struct {
	placement Placement
	around    Around
	rules     rule.Set
	day       period.Date
	where     *time.Location
	inForce   []override.Override
	doubts    []Doubt
}

// say notes a doubt, as strict as its rule is on the day. Nothing is noted of a rule that is off.
func (s *assessing) say(code rule.Code, pointer string, args fault.Args) {
	set := s.rules.On(code, s.day)
	silent := set.National && s.around.Scheme == string(registry.Other)
	if silent || set.Mode != rule.Refuse && set.Mode != rule.Warn {
		return
	}
	d := Doubt{Rule: code, Mode: set.Mode, Basis: set.Basis, Pointer: pointer, Args: args}
	if o, ok := override.Warns(s.inForce, override.Check(code), override.Placement, s.placement.ID.String()); ok && set.Mode == rule.Refuse {
		d.OverrideID = uuid.NullUUID{UUID: o.ID, Valid: true}
	}
	s.doubts = append(s.doubts, d)
}

// Assess holds the placement's proof against the rules as they stand on the day, by the office's calendar. inForce
// are the agency's overrides that hold.
func (p Placement) Assess(around Around, rules rule.Set, inForce []override.Override, day period.Date, where *time.Location) Assessment {
	s := assessing{p, around, rules, day, where, inForce, []Doubt{}}
	s.seen()
	s.place()
	s.page()
	s.stays()
	s.medium()
	s.figures()
	if p.LabelRequired && p.LabelPresent != nil && !*p.LabelPresent {
		s.say(rule.LabelAbsent, "/label_present", nil)
	}
	return Assessment{
		Doubts: s.doubts, Sightings: append([]Sighting{}, around.Sightings...), Uninspected: around.Uninspected, CaptureBy: s.captureBy(),
		Insights: p.Agenda(around.Insights, day),
	}
}

// seen doubts evidence that another placement has: once for each way, naming the first and counting the rest.
func (s *assessing) seen() {
	for _, way := range []struct {
		how     How
		code    rule.Code
		pointer string
	}{
		{ByAddress, rule.ProofSeenBefore, "/url"}, {ByPost, rule.ProofSeenBefore, "/url"}, {ByFile, rule.ProofSeenBefore, "/proofs"},
		{ByPicture, rule.ProofLooksAlike, "/proofs"},
	} {
		var first *Sighting
		others := map[string]bool{}
		for i, f := range s.around.Sightings {
			if f.How != way.how {
				continue
			}
			if first == nil {
				first = &s.around.Sightings[i]
			}
			others[f.AgencyCode+" "+f.AgreementNumber+" "+f.PlacementID.UUID.String()] = true
		}
		if first == nil {
			continue
		}
		s.say(way.code, way.pointer, fault.Args{
			"how": string(way.how), "agency": first.AgencyName, "agreement": first.AgreementNumber, "count": len(others),
		})
	}
}

// place doubts an address that is not the ordered channel's.
func (s *assessing) place() {
	k, ok := address.Of(s.placement.URL)
	if !ok {
		return
	}
	switch {
	case s.around.Handle != "" && string(k.Platform) != s.around.Platform:
		s.say(rule.HandleDiffers, "/url", fault.Args{"found": k.Host, "ordered": s.around.Platform + " @" + s.around.Handle})
	case s.around.Handle != "" && k.Handle != "" && k.Handle != strings.ToLower(strings.TrimPrefix(s.around.Handle, "@")):
		s.say(rule.HandleDiffers, "/url", fault.Args{"found": "@" + k.Handle, "ordered": "@" + strings.TrimPrefix(s.around.Handle, "@")})
	case s.placement.ChannelKind == Online && s.around.Domain != "" && !k.Within(s.around.Domain):
		s.say(rule.HostDiffers, "/url", fault.Args{"found": k.Host, "ordered": address.DomainOf(s.around.Domain)})
	}
}
