package agreement

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"tayang/app/fault"
	"tayang/app/money"
)

// passing is an agreement of an agency over one unit of each amount, every line on a channel of another vendor.
func passing(fee money.Amount, nets ...money.Amount) Agreement {
	agency := uuid.New()
	a := Agreement{VendorID: agency, LookThrough: LookThrough{ViaAgency: true, Fee: fee}}
	for i, net := range nets {
		channel, owner := uuid.NullUUID{UUID: uuid.New(), Valid: true}, uuid.New()
		a.Deliverables = append(a.Deliverables, Deliverable{Position: i + 1, OutletID: channel, ChannelVendorID: owner, Quantity: 1, UnitGross: net})
		a.LookThrough.Recipients = append(a.LookThrough.Recipients, Recipient{ID: uuid.New(), Share: Share{OutletID: channel, Net: net}, VendorID: owner})
		a.Gross += net
	}
	a.Gross += fee
	return a
}

func fieldsOf(err error) (out []string) {
	if err == nil {
		return nil
	}
	for _, f := range fault.From(err).Fields {
		out = append(out, f.Pointer+" "+f.Code)
	}
	return out
}

// TestOnlyAWholeSplitIsComplete: whatever the shares, one rupiah more or less on either side is refused.
func TestOnlyAWholeSplitIsComplete(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(1, fault.AmountMax/1000), 1, 30).Draw(t, "nets")
		nets := make([]money.Amount, len(amounts))
		for i, n := range amounts {
			nets[i] = money.Amount(n)
		}
		a := passing(money.Amount(rapid.Int64Range(0, fault.AmountMax/1000).Draw(t, "fee")), nets...)
		if err := a.Complete(); err != nil {
			t.Fatalf("gross = net + fee: %v", err)
		}
		off := money.Amount(rapid.Int64Range(-1_000_000, 1_000_000).Filter(func(n int64) bool { return n != 0 }).Draw(t, "off"))
		a.Gross += off
		err := a.Complete()
		if !fault.Is(err, "look_through_open") || !slices.Contains(fieldsOf(err), "/look_through/recipients residual") {
			t.Fatalf("%d are left over: %v", off, err)
		}
		if got := a.LookThrough.Weighed(a.Gross, a.Deliverables).Residual; got != off {
			t.Fatalf("residual %d, want %d", got, off)
		}
	})
}

func TestEveryChannelOfOthersHasARecipient(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(a *Agreement)
		want   []string
	}{
		"all named": {func(*Agreement) {}, nil},
		"no agency": {func(a *Agreement) { a.LookThrough = LookThrough{} }, nil},
		"the agency's own channel": {func(a *Agreement) {
			a.LookThrough.Recipients[1].OutletID.UUID, a.Deliverables[1].ChannelVendorID = uuid.New(), a.VendorID
		}, nil},
		"somebody else is named": {func(a *Agreement) { a.LookThrough.Recipients[1].OutletID.UUID = uuid.New() }, []string{"/deliverables/1 recipient_unnamed"}},
		"a line taken out needs nobody": {func(a *Agreement) {
			a.LookThrough.Recipients[1].OutletID.UUID, a.Deliverables[1].Quantity = uuid.New(), 0
		}, nil},
		"named with nothing":             {func(a *Agreement) { a.LookThrough.Fee, a.LookThrough.Recipients[1].Net = 12, 0 }, []string{"/deliverables/1 recipient_unnamed"}},
		"one serves two lines by number": {func(a *Agreement) { a.LookThrough.Recipients[0].Deliverables = Lines{2} }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := passing(2, 5, 10)
			c.change(&a)
			if got := fieldsOf(a.Complete()); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	a := passing(2, 5, 10)
	a.LookThrough.Recipients[0].Deliverables = Lines{2}
	l := a.LookThrough.Weighed(a.Gross, a.Deliverables)
	if !slices.Equal(l.Recipients[0].Serves, Lines{1, 2}) || l.Recipients[1].Serves != nil {
		t.Errorf("%+v", l.Recipients)
	}
}

func TestSplitsByThemselves(t *testing.T) {
	t.Parallel()
	one, two := uuid.NullUUID{UUID: uuid.New(), Valid: true}, uuid.NullUUID{UUID: uuid.New(), Valid: true}
	for name, c := range map[string]struct {
		split Split
		want  []string
	}{
		"nothing":              {Split{}, nil},
		"a draft without sums": {Split{ViaAgency: true}, nil},
		"fee without agency":   {Split{Fee: 1}, []string{"/look_through/fee not_via_agency"}},
		"shares without":       {Split{Recipients: []Share{{OutletID: one}}}, []string{"/look_through/recipients not_via_agency"}},
		"fee below zero":       {Split{ViaAgency: true, Fee: -1}, []string{"/look_through/fee out_of_range"}},
		"net below zero":       {Split{ViaAgency: true, Recipients: []Share{{OutletID: one, Net: -1}}}, []string{"/look_through/recipients/0/net out_of_range"}},
		"nobody":               {Split{ViaAgency: true, Recipients: []Share{{Net: 1}}}, []string{"/look_through/recipients/0/outlet_id required"}},
		"both":                 {Split{ViaAgency: true, Recipients: []Share{{OutletID: one, SocialAccountID: two}}}, []string{"/look_through/recipients/0/social_account_id one_channel"}},
		"twice":                {Split{ViaAgency: true, Recipients: []Share{{OutletID: one}, {OutletID: one}}}, []string{"/look_through/recipients/1/outlet_id doubled"}},
		"no such line":         {Split{ViaAgency: true, Recipients: []Share{{OutletID: one, Deliverables: Lines{0, 3}}}}, []string{"/look_through/recipients/0/deliverables/0 no_such_line", "/look_through/recipients/0/deliverables/1 no_such_line"}},
		"a line for two": {
			Split{ViaAgency: true, Recipients: []Share{{OutletID: one, Deliverables: Lines{1}}, {OutletID: two, Deliverables: Lines{1}}}},
			[]string{"/look_through/recipients/1/deliverables/0 doubled"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var wrong fault.Fields
			c.split.check(&wrong, 2)
			if got := fieldsOf(wrong.Err()); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
