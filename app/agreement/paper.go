package agreement

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/paper"
	"tayang/app/period"
)

// PaperForm is what staff write about a paper of the file; the file itself was sent before and is named by its SHA-256.
type PaperForm struct {
	Code   paper.Code  `json:"code" db:"code" doc:"of the checklist, or other"`
	Name   string      `json:"name" db:"name" required:"false" doc:"what it is, when the code is other"`
	Number string      `json:"number" db:"number" required:"false"`
	Date   period.Date `json:"date" db:"date" required:"false"`
	File   string      `json:"file" db:"file_sha256" doc:"SHA-256 of the file"`
}

// Paper is a paper in the file of an agreement. It stays as it is; a wrong one is voided, and a newer one stands beside it.
type Paper struct {
	ID          uuid.UUID `json:"id" db:"id"`
	AgencyID    uuid.UUID `json:"agency_id" db:"agency_id"`
	AgreementID uuid.UUID `json:"agreement_id" db:"agreement_id"`
	PaperForm
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	Author     string        `json:"author" db:"author" doc:"who put it into the file, by e-mail address"`
	VoidedAt   *time.Time    `json:"voided_at" db:"voided_at" doc:"taken out of the file"`
	VoidedBy   uuid.NullUUID `json:"voided_by" db:"voided_by"`
	VoidReason string        `json:"void_reason" db:"void_reason"`
	Version    int64         `json:"version" db:"version"`
}

// Dossier is the checklist of an agreement's file: each paper that is asked for, and those that are there.
type Dossier struct {
	Items []DossierItem `json:"items"`
	Other []Paper       `json:"other" doc:"papers that nobody asks for"`
}

// DossierItem is one paper of the checklist; it is owed while none is there.
type DossierItem struct {
	paper.RequirementForm
	Papers []Paper `json:"papers" doc:"what is in the file, voided ones not"`
}

// Missing reports whether the paper is mandatory and not there.
func (i DossierItem) Missing() bool { return i.Mandatory && len(i.Papers) == 0 }

// file is what decides which papers are asked for.
func (a Agreement) file() paper.File {
	return paper.File{Kind: string(a.Kind), Method: string(a.Method), Form: string(a.Form), Day: a.OrderDate}
}

// Dossier holds the papers of the agreement against the checklist; voided ones are left out.
func (a Agreement) Dossier(set paper.Set, papers []Paper) Dossier {
	d := Dossier{Items: []DossierItem{}, Other: []Paper{}}
	at := map[paper.Code]int{}
	for i, r := range set.Of(a.file()) {
		at[r.Code] = i
		d.Items = append(d.Items, DossierItem{RequirementForm: r.RequirementForm, Papers: []Paper{}})
	}
	for _, p := range papers {
		if p.VoidedAt != nil {
			continue
		}
		if i, asked := at[p.Code]; asked {
			d.Items[i].Papers = append(d.Items[i].Papers, p)
		} else {
			d.Other = append(d.Other, p)
		}
	}
	return d
}

var sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Trimmed is the form without blanks around its texts.
func (f PaperForm) Trimmed() PaperForm {
	f.Code = paper.Code(strings.TrimSpace(string(f.Code)))
	f.Name, f.Number, f.File = strings.TrimSpace(f.Name), strings.TrimSpace(f.Number), strings.ToLower(strings.TrimSpace(f.File))
	return f
}

// Check says everything that is wrong with the form, by field. known are the government's rows of the checklist.
func (f PaperForm) Check(known paper.Set) error {
	var wrong fault.Fields
	fault.Choice(&wrong, "/code", f.Code, known.Codes()...)
	wrong.Text("/name", f.Name, f.Code == paper.Other, titleMax)
	wrong.Text("/number", f.Number, false, numberMax)
	if f.File == "" {
		wrong.Add("/file", "required")
	} else if !sha256Text.MatchString(f.File) {
		wrong.Add("/file", "bad_sha256")
	}
	return wrong.Err()
}
