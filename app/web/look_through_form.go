package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/listing"
	"tayang/app/money"
)

// shares is where the split lies in a form, as it does in the terms.
const shares = "look_through.recipients"

// splitForm is the part of a form that shares an agreement's gross: the fee, and rows of recipients. Before an agreement
// goes through an agency it is one button, which brings the rows.
type splitForm struct {
	Title  string
	Note   string
	Fields []field
	Grid   *grid
}

// split makes the part with so many rows; none is the button alone. switchable offers to take the agency out again.
func (in reader) split(c choices, rows int, switchable bool) *splitForm {
	s := &splitForm{Title: in.T("field.look_through"), Note: in.T("look_through.help"), Grid: &grid{
		ID: "recipients", Title: in.T("field.recipients"), Add: in.T("look_through.add"), Suffix: "_recipient", Columns: []column{
			{Label: in.T("look_through.recipient")},
			{Label: in.T("look_through.name")},
			{Label: in.moneyLabel("field.net"), Class: "money"},
			{Label: in.T("look_through.also")},
		},
	}}
	if rows == 0 {
		return s
	}
	fee := in.input("look_through.fee", "money", false)
	fee.Unit, fee.Help = in.sign(), in.T("look_through.help.fee")
	if s.Fields = []field{fee}; switchable {
		via := in.input("look_through.via_agency", "checkbox", false)
		via.Value, s.Fields = "yes", []field{via, fee}
	}
	for i := range rows {
		at := shares + "." + strconv.Itoa(i) + "."
		channel := in.choice(at+"channel", true, in.channels(c))
		channel.Label, channel.Also = in.T("look_through.recipient"), []string{at + "outlet_id", at + "social_account_id"}
		also := in.input(at+"deliverables", "text", false)
		also.Label = in.T("look_through.also")
		s.Grid.Rows = append(s.Grid.Rows, gridRow{Fields: []field{channel, in.input(at+"name", "text", false), in.input(at+"net", "money", false), also}})
	}
	return s
}

// splitTyped reads the split; rows that are wholly empty do not count, and none does when the agency was taken out.
func (r *request) splitTyped(t *typed) agreement.Split {
	if !t.yes("look_through.via_agency") {
		return agreement.Split{}
	}
	return r.sharesTyped(t)
}

// sharesTyped reads the fee and the rows of recipients.
func (r *request) sharesTyped(t *typed) agreement.Split {
	s := agreement.Split{ViaAgency: true, Fee: t.amount("look_through.fee")}
	for i := range r.rows(shares) {
		at := shares + "." + strconv.Itoa(i) + "."
		if t.get(at+"channel")+t.get(at+"net")+t.get(at+"name")+t.get(at+"deliverables") == "" {
			continue
		}
		one := agreement.Share{Name: t.text(at + "name"), Net: t.amount(at + "net"), Deliverables: linesTyped(t, at+"deliverables")}
		one.OutletID, one.SocialAccountID = channelTyped(t, at+"channel")
		s.Recipients = append(s.Recipients, one)
	}
	return s
}

// linesTyped reads positions of lines, parted by commas or blanks.
func linesTyped(t *typed, name string) (out agreement.Lines) {
	for _, word := range strings.FieldsFunc(t.get(name), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.wrong.Add(pointer(name), "not_number")
			continue
		}
		out = append(out, n)
	}
	return out
}

// channelTyped reads an outlet or an account that was chosen.
func channelTyped(t *typed, name string) (outlet, account uuid.NullUUID) {
	kind, id, _ := strings.Cut(t.text(name), ":")
	parsed, err := uuid.Parse(id)
	switch {
	case err != nil:
	case kind == "outlet":
		outlet = uuid.NullUUID{UUID: parsed, Valid: true}
	default:
		account = uuid.NullUUID{UUID: parsed, Valid: true}
	}
	return outlet, account
}

// splitValues writes a split as the form's fields.
func splitValues(in reader, values map[string]string, s agreement.Split) {
	if !s.ViaAgency {
		return
	}
	plain := func(a money.Amount) string { return money.Format(a, in.Agency.Currency, in.Code()) }
	values["look_through.via_agency"], values["look_through.fee"] = "yes", plain(s.Fee)
	for i, r := range s.Recipients {
		at := shares + "." + strconv.Itoa(i) + "."
		values[at+"channel"] = "outlet:" + r.OutletID.UUID.String()
		if r.SocialAccountID.Valid {
			values[at+"channel"] = "account:" + r.SocialAccountID.UUID.String()
		}
		values[at+"name"], values[at+"net"], values[at+"deliverables"] = r.Name, plain(r.Net), linesText(r.Deliverables)
	}
}

// splitRows is how many rows of recipients a form shows, and how it reads them: as they were sent, one more, or one less.
func (r *request) splitRows(get func(string) string) (int, func(string) string) {
	rows := r.rows(shares)
	if r.c.FormValue("add_recipient") != "" {
		rows++
	}
	if gone, err := strconv.Atoi(r.c.FormValue("remove_recipient")); err == nil && gone >= 0 && gone < rows {
		return max(1, rows-1), withoutRow(shares, get, gone)
	}
	return rows, get
}

// viaAgency reports whether the form that was sent goes through an agency: it says so, or asks for its first recipient.
func (r *request) viaAgency() bool {
	return r.c.FormValue("look_through.via_agency") != "" || r.c.FormValue("add_recipient") != ""
}

// reshapes reports whether a button was pressed that only changes how many rows a form has.
func (r *request) reshapes() bool {
	for _, name := range []string{"add", "remove", "add_recipient", "remove_recipient"} {
		if r.c.FormValue(name) != "" {
			return true
		}
	}
	return false
}

// choicesVia is choices, with every outlet and account of the registry when the vendor is paid for those of others: his own
// come first.
func (w *Web) choicesVia(r *request, vendor uuid.UUID, year int, items []agreement.Item, via bool) (choices, error) {
	c, err := w.choices(r, vendor, year, items)
	if err != nil || !via {
		return c, err
	}
	outlets, err := w.services.Outlets.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return c, err
	}
	accounts, err := w.services.Accounts.List(r.ctx(), r.Actor, listing.All())
	if err != nil {
		return c, err
	}
	for _, o := range outlets.Items {
		if o.VendorID != vendor {
			c.Outlets = append(c.Outlets, o)
		}
	}
	for _, a := range accounts.Items {
		if a.VendorID != vendor {
			c.Accounts = append(c.Accounts, a)
		}
	}
	return c, nil
}

// of names the owner of a channel that is not the vendor's own.
func (c choices) of(vendor uuid.UUID, name string) string {
	if vendor == c.Vendor.ID || name == "" {
		return ""
	}
	return " · " + name
}

// shared puts into an outlook how the gross is split, as it is typed: what is left over, and which lines have no recipient.
func (in reader) shared(o *outlook, a agreement.Agreement) {
	l := a.LookThrough
	if !l.ViaAgency {
		return
	}
	left := figure{in.T("look_through.residual"), in.cash(l.Residual), ""}
	if l.Residual != 0 {
		left.Class = "over"
	}
	o.Figures = append(o.Figures, figure{in.T("look_through.net"), in.shown(l.Net), ""}, figure{in.T("look_through.fee"), in.shown(l.Fee), ""}, left)
	if f, ok := isFault(a.Complete()); ok {
		for _, field := range f.Fields {
			o.Wrong = append(o.Wrong, in.Field(field, in.Agency.Currency))
		}
	}
}

// passableSplit leaves out of a preview what cannot be read yet: rows without a channel or twice the same, and positions,
// which lines that are left out have moved.
func passableSplit(s agreement.Split) agreement.Split {
	if !s.ViaAgency {
		return agreement.Split{}
	}
	var kept []agreement.Share
	for _, r := range s.Recipients {
		again := slices.ContainsFunc(kept, func(k agreement.Share) bool {
			return k.OutletID == r.OutletID && k.SocialAccountID == r.SocialAccountID
		})
		if r.Deliverables = nil; !again && (r.OutletID.Valid || r.SocialAccountID.Valid) && r.Net >= 0 {
			kept = append(kept, r)
		}
	}
	s.Recipients, s.Fee = kept, max(0, s.Fee)
	return s
}

// through reads a form as one that goes through an agency.
func through(get func(string) string) func(string) string {
	return func(name string) string {
		if name == "look_through.via_agency" {
			return "yes"
		}
		return get(name)
	}
}

// freshAgreement is the empty form; with an agency it has its first recipient.
func (w *Web) freshAgreement(r *request, kind string, vendor uuid.UUID) (answer, error) {
	v, err := w.services.Vendors.Vendor(r.ctx(), r.Actor, vendor)
	if err != nil {
		return answer{}, err
	}
	c, err := w.choicesVia(r, vendor, int(r.year()), nil, v.RepresentsOthers)
	if err != nil {
		return answer{}, err
	}
	p := agreementForm(r.reader, c, kind, "", 0, 1)
	if v.RepresentsOthers {
		p.Split = r.split(c, 1, true)
		p.Split.Fields[0].Value = "yes"
	}
	return show(p)
}

// resplit puts the split of an agreement in force into the form of its amendment.
func (in reader) resplit(p *formPage, a agreement.Agreement, c choices, rows int) {
	if a.LookThrough.ViaAgency {
		p.Split = in.split(c, max(1, rows), false)
		p.Split.Note = in.T("look_through.help.amend")
	}
}

// resplitTyped reads the new split of an amendment; nil for an agreement without an agency, and for a form without one.
func (r *request) resplitTyped(t *typed, a agreement.Agreement) *agreement.Shares {
	if !a.LookThrough.ViaAgency || r.rows(shares) == 0 {
		return nil
	}
	s := r.sharesTyped(t)
	return &agreement.Shares{Fee: s.Fee, Recipients: s.Recipients}
}
