package vetting

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/registry"
)

// Patterns are codes, or beginnings of codes that end with *. Storage keeps them joined by commas.
type Patterns = registry.Codes

// ProductRuleForm says which business classes a vendor of a product may have and on which accounts it may be booked. A list
// that is empty says nothing.
type ProductRuleForm struct {
	Product   string      `json:"product" db:"product" doc:"words of the product, as in advertorial; capitals and punctuation do not matter"`
	KBLI      Patterns    `json:"kbli" db:"kbli" required:"false" doc:"business classes, as in 63122 or 73*"`
	Accounts  Patterns    `json:"accounts" db:"accounts" required:"false" doc:"account codes, as in 5.1.02.02.01.0055 or 5221*"`
	ValidFrom period.Date `json:"valid_from" db:"valid_from"`
	ValidTo   period.Date `json:"valid_to" db:"valid_to" required:"false" doc:"last day; none while it is in force"`
	Basis     string      `json:"basis" db:"basis"`
}

// ProductRule is a row in force or past. One without id is what the program knows by itself.
type ProductRule struct {
	Row
	ProductRuleForm
}

// patternsMax bounds a list of patterns.
const patternsMax = 50

// Trimmed is the form with its product in plain words, and without blanks.
func (f ProductRuleForm) Trimmed() ProductRuleForm {
	f.Product = strings.Join(words(f.Product), " ")
	trim(&f.Basis)
	for _, list := range []*Patterns{&f.KBLI, &f.Accounts} {
		out := Patterns{}
		for _, p := range *list {
			out = append(out, strings.TrimSpace(p))
		}
		*list = out
	}
	return f
}

// Check says everything that is wrong with the form, by field.
func (f ProductRuleForm) Check() error {
	var wrong fault.Fields
	wrong.Text("/product", f.Product, true, nameMax)
	patterns(&wrong, "/kbli", f.KBLI, `^([0-9]{5}|[0-9]{1,4}\*)$`, "bad_kbli")
	patterns(&wrong, "/accounts", f.Accounts, `^[0-9]{1,8}(\.[0-9]{1,8}){0,9}\.?\*?$`, "bad_account_code")
	if len(f.KBLI)+len(f.Accounts) == 0 {
		wrong.Add("/accounts", "required")
	}
	day(&wrong, "/valid_from", f.ValidFrom, true)
	day(&wrong, "/valid_to", f.ValidTo, false)
	if !f.ValidTo.IsZero() && f.ValidTo.Before(f.ValidFrom) {
		wrong.AddWith("/valid_to", "before", fault.Args{"field": "valid_from", "date": f.ValidFrom})
	}
	wrong.Text("/basis", f.Basis, true, basisMax)
	return wrong.Err()
}

func patterns(wrong *fault.Fields, at string, list Patterns, form, code string) {
	if len(list) > patternsMax {
		wrong.AddWith(at, "too_many", fault.Args{"max": patternsMax})
		return
	}
	re := regexp.MustCompile(form)
	for i, p := range list {
		if !re.MatchString(p) {
			wrong.Add(at+"/"+strconv.Itoa(i), code)
		}
	}
}

// words are the words of a text in small letters, without punctuation.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// Statutory is what the program knows of products by itself (domain.md §3): advertising is one account whatever carries it,
// a subscription has its own, and who sells either is a publisher, broadcaster, portal, studio or advertiser, not a builder.
func Statutory() []ProductRule {
	trade := Patterns{"58*", "59*", "60*", "61*", "62*", "63*", "70*", "73*", "74*", "82*", "90*"}
	var out []ProductRule
	for _, known := range []struct{ products, account string }{
		{"advertorial, infotorial, galeri foto, photo gallery, banner, berita, rilis, press release, running text, adlib, spot, talk show, talkshow, bincang, siaran langsung, live, tunda, ucapan, iklan, videotron, billboard, baliho, led, reel, story, feed, tiktok, video, repost, media gram", "5.1.02.02.01.0055"},
		{"langganan, subscription", "5.1.02.02.01.0062"},
		{"langganan internet, langganan tv", "5.1.02.02.01.0063"},
	} {
		for _, p := range strings.Split(known.products, ", ") {
			out = append(out, ProductRule{ProductRuleForm: ProductRuleForm{Product: p, KBLI: trade, Accounts: Patterns{known.account}, Basis: "Permendagri 90/2019 jo. Kepmendagri 900.1.15.5-1317/2023"}})
		}
	}
	return out
}

// RuleOf finds what counts for a product on a day: of the rows whose words all stand together in it, the one with the most
// words, the government's before the program's, the one that begins last.
func RuleOf(product string, rows []ProductRule, day period.Date) (best ProductRule, ok bool) {
	in := " " + strings.Join(words(product), " ") + " "
	for _, r := range append(Statutory(), rows...) {
		if r.Holds() && r.covers(day) && strings.Contains(in, " "+r.Product+" ") && (!ok || r.closer(best)) {
			best, ok = r, true
		}
	}
	return best, ok
}

func (f ProductRuleForm) covers(day period.Date) bool {
	return !day.Before(f.ValidFrom) && (f.ValidTo.IsZero() || !day.After(f.ValidTo))
}

func (f ProductRuleForm) closer(other ProductRule) bool {
	if a, b := len(f.Product), len(other.Product); a != b {
		return a > b
	}
	return !f.ValidFrom.Before(other.ValidFrom)
}

// HasKBLI reports whether one of the vendor's business classes covers the product; true when the rule says nothing of them.
func (f ProductRuleForm) HasKBLI(classes []string) bool {
	for _, c := range classes {
		if matches(f.KBLI, c) {
			return true
		}
	}
	return len(f.KBLI) == 0
}

// HasAccount reports whether the product may be booked on the account; true when the rule says nothing of accounts. Both
// forms of a code are one: 5.1.02.02.01.0055 and 5.1.02.02.001.00055.
func (f ProductRuleForm) HasAccount(code string) bool {
	var plain Patterns
	for _, p := range f.Accounts {
		plain = append(plain, plainCode(p))
	}
	return len(f.Accounts) == 0 || matches(plain, plainCode(code))
}

func matches(list Patterns, code string) bool {
	for _, p := range list {
		if head, cut := strings.CutSuffix(p, "*"); cut && strings.HasPrefix(code, head) || p == code {
			return true
		}
	}
	return false
}

// plainCode drops the zeros before the numbers of a code's parts.
func plainCode(code string) string {
	parts := strings.Split(strings.TrimSpace(code), ".")
	for i, p := range parts {
		if n := strings.TrimLeft(p, "0"); n != "" {
			parts[i] = n
		}
	}
	return strings.Join(parts, ".")
}
