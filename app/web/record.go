package web

import (
	"tayang/app/access"
	"tayang/app/money"
)

// recordPage is one object: what it is, where it stands, what is missing, its parts.
type recordPage struct {
	heading
	State   *cell
	Steps   []step
	Figures []figure
	Bar     *bar
	Missing []link // what is still owed; Href mends it
	// Cautions are rules that are not met and stop nothing; folded.
	Cautions []link
	Warn     string
	Passed   []link // under which overrides it passed
	Parts    []part
}

func (recordPage) template() string { return "record" }

// mends is the address at which something missing is mended, for those who may.
func (in reader) mends(v access.Verb, href string) string {
	if in.can(v) {
		return href
	}
	return ""
}

// step is one state on the way, with who did it and when.
type step struct {
	Label   string
	By      string
	At      string
	Done    bool
	Current bool
}

type figure struct {
	Label string
	Value string
	Class string
}

// priced are the three figures of a price: without VAT, VAT, and both.
func (in reader) priced(net, vat, gross money.Amount) []figure {
	return []figure{
		{in.T("agreement.value"), in.shown(net), ""}, {in.T("agreement.vat"), in.shown(vat), ""}, {in.T("agreement.gross"), in.shown(gross), ""},
	}
}

// part is one block of a record. Everything is on the page, nothing behind tabs.
type part struct {
	ID      string
	Title   string
	Note    string
	Actions []action
	Facts   []fact
	Table   *table
	Images  []image
	Form    *formPage
	Chart   *chart
	History *history
}

type fact struct {
	Label string
	Value cell
}

// image is a picture that stands as evidence, or a file of another type.
type image struct {
	Src     string
	Small   string // what stands on the page; empty: Src itself
	Caption string
	Sub     string
	Lines   []string // what the file says of itself
	Picture bool
}

// chart is a question with its figures; the table beside it holds the same.
type chart struct {
	Title    string   `json:"title"`
	Labels   []string `json:"labels"`
	Decimals int      `json:"decimals"`
	Series   []series `json:"series"`
	Mark     series   `json:"mark"` // a thin line across each bar
}

type series struct {
	Name   string  `json:"name"`
	Values []int64 `json:"values"`
}
