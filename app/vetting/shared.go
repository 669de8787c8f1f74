package vetting

import (
	"cmp"
	"maps"
	"slices"

	"github.com/google/uuid"

	"tayang/app/registry"
)

// Mark is something that only one vendor should have.
type Mark string

// The marks, in the order in which they are told.
const (
	SameNPWP     Mark = "npwp" // a person's NPWP is his NIK
	SameAccount  Mark = "bank_account"
	SameDirector Mark = "director" // or the person himself
	SamePhone    Mark = "phone"
	SameAddress  Mark = "address"
	SameLegal    Mark = "legal_name" // one of the two has no NPWP
)

// Marks lists them.
func Marks() []Mark {
	return []Mark{SameNPWP, SameAccount, SameDirector, SamePhone, SameAddress, SameLegal}
}

// Pair is two vendors that share something. Vendors are as the reader may see them.
type Pair struct {
	A     registry.Vendor `json:"a"`
	B     registry.Vendor `json:"b"`
	Marks []Mark          `json:"marks" doc:"what is equal: npwp, bank_account, director, phone, address, legal_name"`
}

// Shared is another vendor with something of this one.
type Shared struct {
	VendorID uuid.UUID `json:"vendor_id"`
	Name     string    `json:"name"`
	Marks    []Mark    `json:"marks"`
}

// sign is one value of a mark.
type sign struct {
	mark  Mark
	value string
}

// signs are the values by which a vendor is compared.
func signs(v registry.Vendor) map[sign]bool {
	out := map[sign]bool{}
	add := func(m Mark, value string) {
		if value != "" {
			out[sign{m, value}] = true
		}
	}
	add(SameNPWP, taxNumber(v.NPWP))
	add(SameAccount, account(v.Bank.AccountNumber))
	add(SamePhone, phone(v.Phone))
	add(SameAddress, address(v.Address))
	add(SameLegal, LegalName(v.LegalName))
	if v.Kind == registry.Individual {
		add(SameNPWP, taxNumber(v.NIK))
	}
	for _, d := range people(v) {
		add(SameDirector, "nik "+d.NIK)
		add(SameDirector, "name "+LegalName(d.Name))
	}
	delete(out, sign{SameDirector, "nik "})
	delete(out, sign{SameDirector, "name "})
	return out
}

// Signs are the values by which a vendor is compared, each with its mark, in order: two vendors share something only if
// they have one of them in common.
func Signs(v registry.Vendor) []string {
	out := []string{}
	for s := range signs(v) {
		out = append(out, string(s.mark)+"="+s.value)
	}
	slices.Sort(out)
	return out
}

// people are a company's directors, or the person that the vendor is.
func people(v registry.Vendor) registry.Directors {
	if v.Kind == registry.Individual {
		return registry.Directors{{Name: v.LegalName, NIK: v.NIK}}
	}
	return v.Directors
}

// holds says whether an equal sign is one: a name says nothing of people whose numbers differ, nor of companies that both
// have a tax number.
func (s sign) holds(a, b registry.Vendor) bool {
	switch s.mark {
	case SameLegal:
		return taxNumber(a.NPWP) == "" || taxNumber(b.NPWP) == ""
	case SameDirector:
		return samePerson(a, b)
	case SameNPWP, SameAccount, SamePhone, SameAddress:
	}
	return true
}

func samePerson(a, b registry.Vendor) bool {
	for _, x := range people(a) {
		for _, y := range people(b) {
			named := LegalName(x.Name) != "" && SameName(x.Name, y.Name) && (x.NIK == "" || y.NIK == "")
			if x.NIK != "" && x.NIK == y.NIK || named {
				return true
			}
		}
	}
	return false
}

// Compare gives what two vendors share, in the order of Marks.
func Compare(a, b registry.Vendor) []Mark {
	other := signs(b)
	found := map[Mark]bool{}
	for s := range signs(a) {
		if other[s] && s.holds(a, b) {
			found[s.mark] = true
		}
	}
	return ordered(found)
}

func ordered(found map[Mark]bool) (out []Mark) {
	for _, m := range Marks() {
		if found[m] {
			out = append(out, m)
		}
	}
	return out
}

// Pairs finds every two vendors that share something, those that share most first.
func Pairs(vendors []registry.Vendor) []Pair {
	bySign := map[sign][]int{}
	for i, v := range vendors {
		for s := range signs(v) {
			bySign[s] = append(bySign[s], i)
		}
	}
	type two struct{ a, b int }
	found := map[two]map[Mark]bool{}
	for s, at := range bySign {
		for i, a := range at {
			for _, b := range at[i+1:] {
				if s.holds(vendors[a], vendors[b]) {
					if found[two{a, b}] == nil {
						found[two{a, b}] = map[Mark]bool{}
					}
					found[two{a, b}][s.mark] = true
				}
			}
		}
	}
	pairs := []Pair{}
	for _, t := range slices.SortedFunc(maps.Keys(found), func(x, y two) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }) {
		pairs = append(pairs, Pair{vendors[t.a], vendors[t.b], ordered(found[t])})
	}
	slices.SortStableFunc(pairs, func(x, y Pair) int { return len(y.Marks) - len(x.Marks) })
	return pairs
}

// SharedWith gives the other vendors that share something with v, in their order.
func SharedWith(v registry.Vendor, vendors []registry.Vendor) []Shared {
	out := []Shared{}
	for _, o := range vendors {
		if o.ID == v.ID {
			continue
		}
		if marks := Compare(v, o); len(marks) > 0 {
			out = append(out, Shared{o.ID, o.LegalName, marks})
		}
	}
	return out
}
