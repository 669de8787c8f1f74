package payment

import (
	"github.com/google/uuid"

	"tayang/app/completeness"
	"tayang/app/fault"
	"tayang/app/paper"
	"tayang/app/rule"
)

// FileFacts is how complete the payment's file was.
type FileFacts struct {
	Present   int         `json:"present"`
	Asked     int         `json:"asked"`
	Agreement uuid.UUID   `json:"-"`
	Vendor    uuid.UUID   `json:"-"`
	Papers    []FilePaper `json:"papers"`
}

// FilePaper is one paper of the file, as it is asked about.
type FilePaper struct {
	Code   paper.Code         `json:"code"`
	NameID string             `json:"name_id"`
	NameEN string             `json:"name_en"`
	Owner  paper.Owner        `json:"owner"`
	Basis  string             `json:"basis"`
	State  completeness.State `json:"state" enum:"present,missing,later,not_applicable"`
	Have   int                `json:"have"`
	Want   int                `json:"want"`
	Stops  bool               `json:"stops" doc:"mandatory before the payment is ordered, and missing"`
	Place  completeness.Place `json:"-"`
}

// FileOf keeps of a checklist what an assessment asks about.
func FileOf(c completeness.Checklist) FileFacts {
	f := FileFacts{Present: c.Present, Asked: c.Asked, Agreement: c.Agreement, Vendor: c.Vendor, Papers: []FilePaper{}}
	for _, i := range c.Items {
		f.Papers = append(f.Papers, FilePaper{i.Code, i.NameID, i.NameEN, i.Owner, i.Basis, i.State, i.Have, i.Want, i.Stops(), i.Place})
	}
	return f
}

// file doubts each mandatory paper that is not there: which, who owes it, and where it is mended.
func (s *assessing) file() {
	for _, p := range s.facts.File.Papers {
		if !p.Stops {
			continue
		}
		place, id := AtPayment, uuid.Nil
		switch p.Place {
		case completeness.AtAgreement, completeness.AtPlacement:
			place, id = AtAgreement, s.facts.File.Agreement
		case completeness.AtVendor:
			place, id = AtVendor, s.facts.File.Vendor
		case completeness.AtInvoice:
			place = AtInvoice
			if len(s.facts.Invoices) > 0 {
				id = s.facts.Invoices[0].ID
			}
		case completeness.AtPayment:
		}
		s.say(rule.SPJIncomplete, "/file/"+string(p.Code), place, id, fault.Args{
			"paper": string(p.Code), "name_id": p.NameID, "name_en": p.NameEN, "owner": string(p.Owner), "basis": p.Basis, "have": p.Have, "want": p.Want,
		})
	}
}
