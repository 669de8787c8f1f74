package sample

import "slices"

// Fault is something that auditors should find in the sample office. Test is the code of the audit test (domain.md §8),
// Object the agreement's number or the vendor's name. What is not listed for a test that is, is not in the data.
type Fault struct {
	Test   string
	Object string
	Note   string
}

// Faults lists the faults that were planted, in the order of the tests.
func Faults() []Fault {
	return slices.Concat(publicationFaults(), priceFaults(), paperFaults(), partyFaults())
}

func publicationFaults() []Fault {
	return []Fault{
		{"RF05", dealOf("pos").number(), "two placements have the same address"},
		{"RF05", dealOf("desa").number(), "two placements have the same picture as proof"},
		{"RF14", dealOf("nusa").number(), "an advertorial carries no label although one was ordered"},
		{"RF21", dealOf("kabar").number(), "the address of an article is not on the outlet's own domain"},
	}
}

func priceFaults() []Fault {
	return []Fault{
		{"RF09", dealOf("videotron.2").number(), "a receipt as the form of a contract above 50 million"},
		{"RF10", dealOf("videotron.1").number(), "three packages of one vendor within two weeks, each within 200 million, more together"},
		{"RF10", dealOf("videotron.2").number(), "as the first of the three"},
		{"RF10", dealOf("videotron.3").number(), "as the first of the three"},
		{"RF11", dealOf("dewan.pos").number(), "the same advertorial of the same vendor costs three times what the communication office pays"},
		{"RF15", dealOf("harian").number(), "between 49 and 50 million"},
		{"RF15", dealOf("tunda").number(), "between 49 and 50 million"},
		{"RF15", dealOf("kreator").number(), "between 49 and 50 million"},
		{"RF15", dealOf("paripurna").number(), "between 199 and 200 million"},
		{"RF15", dealOf("jelajah").number(), "between 49 and 50 million"},
		{"RF24", dealOf("baliho").number(), "every price is what was offered"},
		{"RF24", dealOf("adlib").number(), "every month is paid with the same amount"},
	}
}

func paperFaults() []Fault {
	return []Fault{
		{"RF12", dealOf("tunda").number(), "taxes kept back and not deposited after the due date"},
		{"RF13", dealOf("foto").number(), "no RUP code"},
		{"RF16", dealOf("lensa").number(), "an invoice older than the publications that it bills"},
		{"RF23", dealOf("lensa").number(), "advertorials booked on the account of events"},
	}
}

func partyFaults() []Fault {
	return []Fault{
		{"RF04", partyOf("bintang").name, "the bank account is a person's"},
		{"RF06", dealOf("bintang").number(), "ordered after the outlet's press certificate had expired"},
		{"RF18", partyOf("sinar").name, "shares its bank account with another vendor"},
		{"RF18", partyOf("senja").name, "shares its bank account with another vendor"},
		{"RF20", dealOf("eka").number(), "the followers were counted five months before the order"},
	}
}
