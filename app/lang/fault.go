package lang

import (
	"strconv"
	"strings"

	"tayang/app/fault"
	"tayang/app/money"
)

// Fault says what was refused, where, why and how to mend it. Amounts in the arguments are written in the currency;
// an empty currency writes them as plain numbers.
func (l *Lang) Fault(f *fault.Error, currency money.Currency) string {
	key := "fault." + f.Code
	if !l.Has(key) {
		key = "fault.kind." + kindName(f.Kind)
	}
	return l.text(key, l.shown(f.Args, currency))
}

// Reason is a sentence about a payment's taxes.
func (l *Lang) Reason(code string, args fault.Args, currency money.Currency) string {
	return l.text("tax.why."+code, l.shown(args, currency))
}

// Percent writes a decimal rate as percent: "0.005" is 0,5%.
func (l *Lang) Percent(decimal string) string {
	whole, parts, _ := strings.Cut(decimal, ".")
	parts += strings.Repeat("0", max(0, 2-len(parts)))
	percent := strings.TrimLeft(whole+parts[:2], "0")
	if percent == "" {
		percent = "0"
	}
	if rest := strings.TrimRight(parts[2:], "0"); rest != "" {
		percent += map[string]string{ID: ",", EN: "."}[l.code] + rest
	}
	return percent + "%"
}

// Title is the short heading for a fault of that kind.
func (l *Lang) Title(kind fault.Kind) string { return l.T("fault.kind." + kindName(kind) + ".title") }

// Field says what is wrong with one field, its name first.
func (l *Lang) Field(f fault.Field, currency money.Currency) string {
	key := "invalid." + f.Code
	if !l.Has(key) {
		key = "invalid.other"
	}
	args := l.shown(f.Args, currency)
	args["code"] = f.Code
	return l.Label(f.Pointer) + ": " + l.text(key, args)
}

// FieldMessage says what is wrong with one field without its name, for a message beside the field.
func (l *Lang) FieldMessage(f fault.Field, currency money.Currency) string {
	_, message, _ := strings.Cut(l.Field(f, currency), ": ")
	return message
}

// Label is the name on screen of the field that a JSON pointer names, with the row when it lies in a list:
// /deliverables/2/unit_price is "Harga satuan (baris 3)", and "" the whole body.
func (l *Lang) Label(pointer string) string {
	if pointer == "" {
		return l.T("field.body")
	}
	name, row := "", ""
	for _, part := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		if n, err := strconv.Atoi(part); err == nil {
			row = l.T("field.row", "n", n+1)
			continue
		}
		if name != "" && l.Has("field."+name+"."+part) {
			name += "." + part
			continue
		}
		name = part
	}
	label := name
	if l.Has("field." + name) {
		label = l.T("field." + name)
	}
	if row != "" {
		label += " (" + row + ")"
	}
	return label
}

// shown copies the arguments with verbs, states and amounts in words of the language. Of a text that is given in both, as
// name_id and name_en, it makes one: name.
func (l *Lang) shown(args fault.Args, currency money.Currency) map[string]any {
	out := make(map[string]any, len(args)+1)
	for name, value := range args {
		out[name] = l.argument(name, value, currency)
		both, ok := strings.CutSuffix(name, "_"+l.code)
		_, id := args[both+"_"+ID]
		if _, en := args[both+"_"+EN]; ok && id && en {
			out[both] = value
		}
	}
	return out
}

func (l *Lang) argument(name string, value any, currency money.Currency) any {
	switch v := value.(type) {
	case money.Amount:
		return l.amount(v, currency)
	case int64:
		if isAmount(name) {
			return l.amount(money.Amount(v), currency)
		}
	case string:
		if name == "rate" {
			return l.Percent(v)
		}
		if name == "field" || name == "earlier" || name == "later" {
			return l.Label("/" + strings.ReplaceAll(v, ".", "/"))
		}
		if prefix := termsOf(name); prefix != "" && l.Has(prefix+"."+v) {
			return l.T(prefix + "." + v)
		}
		return v
	}
	return value
}

// termsOf gives the prefix of the words for an argument that is a code; "" for one that is not.
func termsOf(name string) string {
	switch name {
	case "verb", "status", "method", "form", "mark", "why", "role":
		return name
	case "proper_form":
		return "form"
	case "owner":
		return "paper.owner"
	case "flaw", "part", "twin":
		return "tax." + name
	case "paper":
		return "invoice_paper"
	}
	return ""
}

// isAmount names the arguments that carry money as whole numbers, as the database gives them.
func isAmount(name string) bool {
	switch name {
	case "available", "requested", "amount", "expected", "limit", "remaining", "ceiling", "called_off", "left", "price", "deal", "base", "vat", "gross", "net", "penalty":
		return true
	}
	return false
}

func (l *Lang) amount(a money.Amount, currency money.Currency) string {
	if currency == "" {
		return l.Number(int64(a))
	}
	return l.Money(a, currency)
}

func kindName(k fault.Kind) string {
	switch k {
	case fault.Malformed:
		return "malformed"
	case fault.Unauthenticated:
		return "unauthenticated"
	case fault.Forbidden:
		return "forbidden"
	case fault.NotFound:
		return "not_found"
	case fault.Conflict:
		return "conflict"
	case fault.Stale:
		return "stale"
	case fault.TooLarge:
		return "too_large"
	case fault.UnsupportedMedia:
		return "unsupported_media"
	case fault.Invalid:
		return "invalid"
	case fault.PreconditionRequired:
		return "precondition_required"
	case fault.TooMany:
		return "too_many"
	case fault.Full:
		return "full"
	case fault.Unavailable:
		return "unavailable"
	case fault.Internal:
	}
	return "internal"
}
