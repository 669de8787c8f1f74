package agreement

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

// Split is how the gross of an agreement with an agency (agensi) is shared, as a client enters it: a net amount for each
// final outlet or creator, and the agency's own fee. All amounts have the tax in them, for they are parts of the gross:
// gross = Σ net + fee. A draft may be incomplete; it cannot be submitted before nothing is left over.
type Split struct {
	ViaAgency  bool         `json:"via_agency" required:"false" doc:"the vendor is an agency that passes money on"`
	Fee        money.Amount `json:"fee" required:"false" doc:"the agency's own share, tax included, in the smallest unit"`
	Recipients []Share      `json:"recipients" required:"false" doc:"each final outlet or creator, once"`
}

// Shares is a new split of an agreement in force, as an amendment brings it.
type Shares struct {
	Fee        money.Amount `json:"fee" required:"false" doc:"the agency's own share, tax included, in the smallest unit"`
	Recipients []Share      `json:"recipients" required:"false" doc:"each final outlet or creator, once; who is left out gets nothing any more"`
}

// Share is one final recipient as a client enters him: an outlet or a social account of the registry.
type Share struct {
	OutletID        uuid.NullUUID `json:"outlet_id,omitempty" db:"outlet_id"`
	SocialAccountID uuid.NullUUID `json:"social_account_id,omitempty" db:"social_account_id"`
	Name            string        `json:"name,omitempty" db:"name" doc:"who receives the money, when it is not the owner in the registry"`
	Net             money.Amount  `json:"net" db:"net" doc:"what he receives of the gross, tax included, in the smallest unit"`
	Deliverables    Lines         `json:"deliverables,omitempty" db:"deliverables" doc:"positions of lines, from 1, that he serves besides those on his outlet or account"`
}

// Lines are positions of deliverables, from 1.
type Lines []int

// Scan reads positions from a JSON list.
func (l *Lines) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("agreement.Lines: cannot scan %T", src)
	}
	return json.Unmarshal(b, l)
}

// LookThrough is the split of an agreement: who receives how much of its gross through the agency, what each has
// confirmed, and what is left over.
type LookThrough struct {
	ViaAgency  bool         `json:"via_agency" db:"via_agency"`
	Fee        money.Amount `json:"fee" db:"fee" doc:"tax included"`
	Net        money.Amount `json:"net" db:"net" doc:"Σ net of the recipients, tax included"`
	Residual   money.Amount `json:"residual" db:"residual" doc:"gross - Σ net - fee; 0 once it is submitted"`
	Recipients []Recipient  `json:"recipients,omitempty" db:"-" doc:"on a single agreement only"`
}

// Recipient is one final outlet or creator. One whose Net is 0 was taken out. Confirmed is what his latest confirmation
// says; Difference is Net less that.
type Recipient struct {
	ID uuid.UUID `json:"id" db:"id"`
	Share
	Position    int           `json:"position" db:"position"`
	Channel     string        `json:"channel" db:"channel" doc:"the outlet's name or platform and handle"`
	VendorID    uuid.UUID     `json:"vendor_id" db:"vendor_id" doc:"who owns the outlet or account"`
	VendorName  string        `json:"vendor_name" db:"vendor_name"`
	Serves      Lines         `json:"serves,omitempty" db:"-" doc:"positions of all lines that he serves"`
	Confirmed   *money.Amount `json:"confirmed" db:"confirmed" doc:"by the latest confirmation; null: none"`
	ConfirmedOn period.Date   `json:"confirmed_on" db:"confirmed_on"`
	Difference  *money.Amount `json:"difference" db:"-" doc:"net - confirmed; null: not confirmed"`
}

// Title is the recipient's name: as it was entered, else the owner in the registry, else the outlet or account.
func (r Recipient) Title() string {
	for _, s := range []string{r.Name, r.VendorName} {
		if s != "" {
			return s
		}
	}
	return r.Channel
}

// Agrees reports whether the latest confirmation is of the net amount.
func (r Recipient) Agrees() bool { return r.Confirmed != nil && *r.Confirmed == r.Net }

// channel is the outlet or account, whichever the share names.
func (s Share) channel() uuid.UUID {
	if s.OutletID.Valid {
		return s.OutletID.UUID
	}
	return s.SocialAccountID.UUID
}

// channel is the outlet or account on which the line appears.
func (d Deliverable) channel() uuid.UUID {
	if d.OutletID.Valid {
		return d.OutletID.UUID
	}
	return d.SocialAccountID.UUID
}

// Trimmed is the split without blanks around its texts.
func (s Split) Trimmed() Split {
	s.Recipients = slices.Clone(s.Recipients)
	for i := range s.Recipients {
		s.Recipients[i].Name = strings.TrimSpace(s.Recipients[i].Name)
	}
	return s
}

func recipientPointer(i int) string { return "/look_through/recipients/" + strconv.Itoa(i) }

// check says what is wrong with the split by itself; lines is how many deliverables there are.
func (s Split) check(wrong *fault.Fields, lines int) {
	wrong.Within("/look_through/fee", int64(s.Fee), 0, fault.AmountMax)
	if !s.ViaAgency {
		if s.Fee != 0 {
			wrong.Add("/look_through/fee", "not_via_agency")
		}
		if len(s.Recipients) > 0 {
			wrong.Add("/look_through/recipients", "not_via_agency")
		}
		return
	}
	if len(s.Recipients) > itemsMax {
		wrong.AddWith("/look_through/recipients", "too_many", fault.Args{"max": itemsMax})
		return
	}
	seen, served := map[uuid.UUID]bool{}, map[int]bool{}
	for i, r := range s.Recipients {
		at := recipientPointer(i)
		r.check(wrong, at, lines, served)
		if id := r.channel(); id != uuid.Nil && seen[id] {
			wrong.Add(at+"/"+r.channelField(), "doubled")
		}
		seen[r.channel()] = true
	}
}

func (s Share) channelField() string {
	if s.SocialAccountID.Valid {
		return "social_account_id"
	}
	return "outlet_id"
}

func (s Share) check(wrong *fault.Fields, at string, lines int, served map[int]bool) {
	switch {
	case s.OutletID.Valid && s.SocialAccountID.Valid:
		wrong.Add(at+"/social_account_id", "one_channel")
	case s.channel() == uuid.Nil:
		wrong.Add(at+"/outlet_id", "required")
	}
	wrong.Text(at+"/name", s.Name, false, titleMax)
	wrong.Within(at+"/net", int64(s.Net), 0, fault.AmountMax)
	for j, n := range s.Deliverables {
		field := at + "/deliverables/" + strconv.Itoa(j)
		if n < 1 || n > lines {
			wrong.AddWith(field, "no_such_line", fault.Args{"count": lines})
		} else if served[n] {
			wrong.Add(field, "doubled")
		}
		served[n] = true
	}
}

// fit wants every recipient's channel to exist, and lines that he serves besides those on it to be on channels of the
// same owner. lines are the channels of the deliverables, in order.
func (s Split) fit(wrong *fault.Fields, around Surroundings, lines []uuid.UUID) {
	for i, r := range s.Recipients {
		at := recipientPointer(i)
		owner, ok := around.owner(r.channel())
		if !ok {
			wrong.Add(at+"/"+r.channelField(), "not_found")
			continue
		}
		for j, n := range r.Deliverables {
			if other, _ := around.owner(lines[n-1]); other != owner {
				wrong.Add(at+"/deliverables/"+strconv.Itoa(j), "other_recipient")
			}
		}
	}
}

// owner finds the vendor of an outlet or account.
func (s Surroundings) owner(channel uuid.UUID) (vendor uuid.UUID, ok bool) {
	if vendor, ok = s.OutletVendor[channel]; !ok {
		vendor, ok = s.AccountVendor[channel]
	}
	return vendor, ok
}

// channels are those of the items, in order.
func channels(items []Item) []uuid.UUID {
	out := make([]uuid.UUID, len(items))
	for i, d := range items {
		if out[i] = d.OutletID.UUID; d.SocialAccountID.Valid {
			out[i] = d.SocialAccountID.UUID
		}
	}
	return out
}

// share is the split as the agreement has it. A recipient keeps the id that his outlet or account had in old, so that
// his confirmations stay with him.
func (s Split) share(old []Recipient, around Surroundings) (LookThrough, error) {
	l := LookThrough{ViaAgency: s.ViaAgency, Fee: s.Fee}
	for i, r := range s.Recipients {
		one := Recipient{Share: r, Position: i + 1, Channel: around.ChannelName[r.channel()]}
		one.VendorID, _ = around.owner(r.channel())
		if at := slices.IndexFunc(old, func(o Recipient) bool { return o.channel() == r.channel() }); at >= 0 {
			one.ID = old[at].ID
		} else {
			id, err := uuid.NewV7()
			if err != nil {
				return l, err
			}
			one.ID = id
		}
		l.Recipients = append(l.Recipients, one)
	}
	return l, nil
}

// Weighed is the split held against a gross and its lines: sums, what is left over, and who serves which line.
func (l LookThrough) Weighed(gross money.Amount, items []Deliverable) LookThrough {
	l.Net, l.Residual, l.Recipients = 0, 0, slices.Clone(l.Recipients)
	for i := range l.Recipients {
		r := &l.Recipients[i]
		l.Net += r.Net
		r.Serves, r.Difference = nil, nil
		if r.Confirmed != nil {
			by := r.Net - *r.Confirmed
			r.Difference = &by
		}
		for _, d := range items {
			if l.server(d) == i {
				r.Serves = append(r.Serves, d.Position)
			}
		}
	}
	if l.ViaAgency {
		l.Residual = gross - l.Net - l.Fee
	}
	return l
}

// server is the recipient of a line: who names it, else whose outlet or account it is on; -1 when nobody is.
func (l LookThrough) server(d Deliverable) int {
	if i := slices.IndexFunc(l.Recipients, func(r Recipient) bool { return slices.Contains(r.Deliverables, d.Position) }); i >= 0 {
		return i
	}
	return slices.IndexFunc(l.Recipients, func(r Recipient) bool { return r.channel() == d.channel() })
}

// open says what keeps a split from being complete: money that nobody receives or more than there is, and lines on
// channels of others whose recipient is not named with an amount.
func (l LookThrough) open(wrong *fault.Fields, vendor uuid.UUID, gross money.Amount, items []Deliverable) {
	if l = l.Weighed(gross, items); l.Residual != 0 {
		wrong.AddWith("/look_through/recipients", "residual", fault.Args{"residual": l.Residual, "gross": gross, "net": l.Net, "fee": l.Fee})
	}
	if !l.ViaAgency {
		return
	}
	for i, d := range items {
		if d.Quantity == 0 || d.ChannelVendorID == vendor {
			continue
		}
		if at := l.server(d); at < 0 || l.Recipients[at].Net == 0 {
			wrong.AddWith(itemPointer(i), "recipient_unnamed", fault.Args{"channel": d.Channel})
		}
	}
}

// Complete refuses an agreement whose money through the agency is not all accounted for: look_through_open, with the
// fields.
func (a Agreement) Complete() error {
	var wrong fault.Fields
	a.LookThrough.open(&wrong, a.VendorID, a.Gross, a.Deliverables)
	if len(wrong) == 0 {
		return nil
	}
	return &fault.Error{
		Kind: fault.Conflict, Code: "look_through_open", Fields: wrong,
		Args: fault.Args{"residual": a.LookThrough.Weighed(a.Gross, a.Deliverables).Residual},
	}
}

// split is the look-through as a client would enter it. Who was taken out is left out.
func (l LookThrough) split() Split {
	s := Split{ViaAgency: l.ViaAgency, Fee: l.Fee}
	for _, r := range l.Recipients {
		if r.Net > 0 || r.Confirmed == nil {
			s.Recipients = append(s.Recipients, r.Share)
		}
	}
	return s
}
