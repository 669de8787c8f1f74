package owner

import (
	"testing"

	"github.com/google/uuid"

	"tayang/app/money"
)

func TestHHIIsAWholeNumberOfTenThousand(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		amounts []money.Amount
		hhi     int64
		first   int64
	}{
		"nothing":      {nil, 0, 0},
		"one":          {[]money.Amount{5}, 10_000, 10_000},
		"two alike":    {[]money.Amount{7, 7}, 5_000, 5_000},
		"ten alike":    {[]money.Amount{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 1_000, 1_000},
		"three alike":  {[]money.Amount{1, 1, 1}, 3_333, 3_333},
		"half and two": {[]money.Amount{50, 25, 25}, 3_750, 5_000},
		"of domain.md": {[]money.Amount{700_000_000, 2_300_000_000}, 6_423, 7_667}, // 7667² + 2333² = 64,225,778
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var portions []Portion
			for _, a := range c.amounts {
				portions = append(portions, Portion{VendorID: uuid.New(), Gross: a})
			}
			_, byVendor, byGroup := Gather(portions)
			if byVendor.HHI != c.hhi || byGroup.HHI != c.hhi || len(byVendor.Parts) > 0 && byVendor.Parts[0].Share != c.first {
				t.Errorf("%+v", byVendor)
			}
		})
	}
}
