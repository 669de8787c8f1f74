package registry_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"tayang/app/registry"
)

func TestPressStandingOfADay(t *testing.T) {
	t.Parallel()
	o := registry.Outlet{ID: uuid.New(), OutletForm: registry.OutletForm{PressStatus: registry.Factual}}
	look := func(on string, status registry.PressStatus, hour int, certificate registry.Certificate) registry.PressCheck {
		return registry.PressCheck{OutletID: o.ID, CreatedAt: time.Date(2026, 1, 1, hour, 0, 0, 0, time.UTC), PressForm: registry.PressForm{CheckedOn: day(on), Status: status, Certificate: certificate}}
	}
	held := registry.Certificate{Number: "1", Date: day("2026-02-01"), ValidUntil: day("2026-06-30")}
	looks := []registry.PressCheck{
		look("2026-05-01", registry.Revoked, 1, registry.Certificate{}), look("2026-03-01", registry.InProcess, 1, registry.Certificate{}),
		look("2026-03-01", registry.Administrative, 2, held), {OutletID: uuid.New(), PressForm: registry.PressForm{CheckedOn: day("2026-03-02"), Status: registry.Unlisted}},
	}
	for _, c := range []struct {
		on      string
		looks   []registry.PressCheck
		want    registry.PressStatus
		expired bool
	}{
		{"2026-03-01", looks, registry.Administrative, false},
		{"2026-04-30", looks, registry.Administrative, false},
		{"2026-05-01", looks, registry.Revoked, false},
		{"2026-02-28", looks, registry.Administrative, false}, // the first look, its certificate being older
		{"2026-01-31", looks, "", false},                      // younger
		{"2026-06-30", looks[1:], registry.Administrative, false},
		{"2026-07-01", looks[1:], registry.Administrative, true},
		{"2026-07-01", nil, registry.Factual, false},
	} {
		got := o.StandingOn(day(c.on), c.looks)
		if got.Status != c.want || got.Expired != c.expired {
			t.Errorf("%s: %s expired %v, want %s %v", c.on, got.Status, got.Expired, c.want, c.expired)
		}
	}
}
