package api

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/money"
	"tayang/app/period"
)

type order struct {
	Number   string           `json:"number"`
	On       period.Date      `json:"on"`
	Vendor   uuid.UUID        `json:"vendor"`
	Campaign uuid.NullUUID    `json:"campaign,omitempty"`
	Estimate *money.Amount    `json:"estimate,omitempty"`
	Inside   bool             `json:"inside,omitempty"`
	Counts   map[string]int64 `json:"counts,omitempty"`
	Lines    []orderLine      `json:"lines,omitempty"`
	Secret   string           `json:"-"`
}

type orderLine struct {
	Price money.Amount `json:"price"`
}

const vendorID = `0190f5e2-0000-7000-8000-000000000000`

func TestDecodeNamesEveryWrongField(t *testing.T) {
	t.Parallel()
	good := `"number":"A","on":"2026-02-28","vendor":"` + vendorID + `"`
	for name, c := range map[string]struct {
		body string
		want []string // pointer code
	}{
		"good":                {`{` + good + `}`, nil},
		"all of it":           {`{` + good + `,"campaign":"` + vendorID + `","estimate":5,"inside":true,"counts":{"views":3},"lines":[{"price":1}]}`, nil},
		"nulls":               {`{` + good + `,"campaign":null,"estimate":null,"lines":null}`, nil},
		"missing":             {`{}`, []string{"/number required", "/on required", "/vendor required"}},
		"null is missing":     {`{"number":null,"on":"2026-02-28","vendor":"` + vendorID + `"}`, []string{"/number required"}},
		"unknown":             {`{` + good + `,"a/b~c":1}`, []string{"/a~1b~0c unknown_field"}},
		"hidden":              {`{` + good + `,"Secret":"x","-":"y"}`, []string{"/Secret unknown_field", "/- unknown_field"}},
		"case counts":         {`{` + good + `,"Number":"B"}`, []string{"/Number unknown_field"}},
		"doubled":             {`{` + good + `,"number":"B"}`, []string{"/number doubled"}},
		"float":               {`{` + good + `,"estimate":1.5}`, []string{"/estimate not_whole"}},
		"float that is whole": {`{` + good + `,"estimate":1.0}`, []string{"/estimate not_whole"}},
		"exponent":            {`{` + good + `,"estimate":1e3}`, []string{"/estimate not_whole"}},
		"beyond int64":        {`{` + good + `,"estimate":9223372036854775808}`, []string{"/estimate beyond_64_bits"}},
		"text for a number":   {`{` + good + `,"estimate":"5"}`, []string{"/estimate not_number"}},
		"number for a text":   {`{"number":5,"on":"2026-02-28","vendor":"` + vendorID + `"}`, []string{"/number not_text"}},
		"no such day":         {`{"number":"A","on":"2026-02-30","vendor":"` + vendorID + `"}`, []string{"/on date_invalid"}},
		"number for a date":   {`{"number":"A","on":20260228,"vendor":"` + vendorID + `"}`, []string{"/on not_text"}},
		"no id":               {`{"number":"A","on":"2026-02-28","vendor":"x"}`, []string{"/vendor not_readable"}},
		"no list":             {`{` + good + `,"lines":{}}`, []string{"/lines not_list"}},
		"no object":           {`{` + good + `,"lines":[1]}`, []string{"/lines/0 not_object"}},
		"null in a list":      {`{` + good + `,"lines":[null]}`, []string{"/lines/0 required"}},
		"deep":                {`{` + good + `,"lines":[{"price":1},{}]}`, []string{"/lines/1/price required"}},
		"no truth":            {`{` + good + `,"inside":"yes"}`, []string{"/inside not_boolean"}},
		"counts":              {`{` + good + `,"counts":{"a":1.5,"b":1,"b":2}}`, []string{"/counts/a not_whole", "/counts/b doubled"}},
		"NUL":                 {`{"number":"a\u0000b","on":"2026-02-28","vendor":"` + vendorID + `"}`, []string{"/number bad_text"}},
		"half a pair":         {`{"number":"a\ud800b","on":"2026-02-28","vendor":"` + vendorID + `"}`, []string{"/number bad_text"}},
		"a pair":              {`{"number":"a\ud83d\ude00b","on":"2026-02-28","vendor":"` + vendorID + `"}`, nil},
		"null":                {` null `, []string{" not_object"}},
		"a list":              {`[]`, []string{" not_object"}},
		"too many":            {`{` + good + `,"lines":[` + strings.Repeat(`{"price":1},`, listElementsMax) + `{"price":1}]}`, []string{"/lines too_many"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var o order
			err := Decode([]byte(c.body), &o, true)
			var got []string
			if err != nil {
				for _, f := range fault.From(err).Fields {
					got = append(got, f.Pointer+" "+f.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("want %v, got %v", c.want, got)
			}
		})
	}
}

func TestDecodeLaysAChangeOverWhatIsThere(t *testing.T) {
	t.Parallel()
	five := money.Amount(5)
	o := order{Number: "A", Estimate: &five, Lines: []orderLine{{1}, {2}}}
	if err := Decode([]byte(`{"lines":[{"price":7}],"estimate":null}`), &o, false); err != nil {
		t.Fatal(err)
	}
	if o.Number != "A" || o.Estimate != nil || len(o.Lines) != 1 || o.Lines[0].Price != 7 {
		t.Errorf("what is not named stays, lists are replaced, null clears: %+v", o)
	}
	if err := Decode([]byte(`{"number":null}`), &o, false); !fault.Is(err, "invalid") {
		t.Errorf("a required field cannot be cleared: %v", err)
	}
}

func TestDecodeRefusesWhatIsNotJSON(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, code string }{
		"empty": {"", "not_json"}, "cut off": {`{"number":"A`, "not_json"}, "two": {`{} {}`, "not_json"},
		"UTF-8": {"{\"number\":\"\xff\"}", "not_utf8"}, "large": {`"` + strings.Repeat("x", bodyBytesMax) + `"`, "body_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := Decode([]byte(c.body), &order{}, true); !fault.Is(err, c.code) {
				t.Errorf("want %s, got %v", c.code, err)
			}
		})
	}
}

// FuzzDecode holds the parser to two promises: it never panics, and what it accepts is what encoding/json reads.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"number":"A","on":"2026-02-28","vendor":"` + vendorID + `","estimate":` + strconv.Itoa(math.MaxInt64) + `}`))
	f.Add([]byte(`{"counts":{"a":1},"lines":[{"price":-0}],"inside":false}`))
	f.Add([]byte(`{"number":"\ud800","estimate":1e400}`))
	f.Add([]byte(" { \"num\\u0062er\" : \"}\\\\\\\"]\" , \"on\":\"2026-02-28\",\n\"vendor\" :\"" + vendorID + "\",\"lines\":[ {\"price\" : 1} ,{\"price\":22\t}],\"counts\":{ } }"))
	f.Fuzz(func(t *testing.T, body []byte) {
		var ours, theirs order
		if Decode(body, &ours, true) != nil {
			return
		}
		if err := json.Unmarshal(body, &theirs); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		a, _ := json.Marshal(ours)
		b, _ := json.Marshal(theirs)
		if string(a) != string(b) {
			t.Fatalf("read %s, encoding/json reads %s", a, b)
		}
	})
}
