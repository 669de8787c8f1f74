package web

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/placement"
)

// signingFields ask who signed a paper, where and when, and for the signed paper itself.
func (in reader) signingFields(whole bool) []field {
	nip := in.input("office_nip", "text", false)
	nip.Help = in.T("signing.help.nip")
	upload := in.upload(whole, papers)
	upload.Wide, upload.Help = true, in.T("signing.help.file")
	return []field{
		in.input("signed_on", "date", whole), in.input("place", "text", false),
		in.input("office_signer", "text", whole), nip, in.input("vendor_signer", "text", whole), in.input("vendor_position", "text", false),
		in.choice("file_origin", whole, in.options("proof.origin", "vendor", "staff")), upload,
	}
}

// signingTyped reads who signed; the file is kept apart.
func signingTyped(t *typed) placement.Signing {
	return placement.Signing{
		Place: t.text("place"), SignedOn: t.date("signed_on"), OfficeSigner: t.text("office_signer"), OfficeNIP: t.text("office_nip"),
		VendorSigner: t.text("vendor_signer"), VendorPosition: t.text("vendor_position"),
	}
}

// signingFacts say who signed, or that nobody did.
func (in reader) signingFacts(s placement.Signing) []fact {
	if s.OfficeSigner == "" && s.VendorSigner == "" && s.File == "" {
		return []fact{{in.T("signing.title"), text(in.T("signing.none"))}}
	}
	signed := text(in.date(s.SignedOn))
	signed.Sub = s.Place
	file := in.fileLink(s.File)
	if s.FileOrigin != "" && s.File != "" {
		file.Sub = in.T("proof.origin." + string(s.FileOrigin))
	}
	office := two(orDash(s.OfficeSigner), "")
	if s.OfficeNIP != "" {
		office.Sub = "NIP " + grouped(s.OfficeNIP)
	}
	return []fact{
		{in.T("field.signed_on"), signed}, {in.T("field.office_signer"), office},
		{in.T("field.vendor_signer"), two(orDash(s.VendorSigner), s.VendorPosition)}, {in.T("field.file"), file},
	}
}

// signedPaper is a paper that is signed or taken back on a page of its own.
type signedPaper struct {
	Key     string // of its words: recap, acceptance, inspection
	Number  string
	Under   string
	Here    string // its page
	Crumbs  []link
	Version int64
}

func signForm(in reader, p signedPaper) formPage {
	return formPage{
		heading: heading{Title: in.T("signing.enter", "number", p.Number), Subtitle: p.Under, Crumbs: append(p.Crumbs, link{p.Number, p.Here})},
		Action:  p.Here + "/sign", Back: p.Here, Multipart: true, Intro: in.T(p.Key + ".sign.intro"), Hidden: []box{version64(p.Version)},
		Groups:  []group{{Fields: in.signingFields(true)}},
		Buttons: []button{{Label: in.T("signing.button"), Main: true, Icon: "clipboard-check"}},
	}
}

func takeBackForm(in reader, p signedPaper) formPage {
	reason := in.input("reason", "textarea", true)
	reason.Wide = true
	return formPage{
		heading: heading{Title: in.T(p.Key+".void.title", "number", p.Number), Subtitle: p.Under, Crumbs: append(p.Crumbs, link{p.Number, p.Here})},
		Action:  p.Here + "/void", Back: p.Here, Intro: in.T(p.Key + ".void.intro"), Hidden: []box{version64(p.Version)},
		Groups:  []group{{Fields: []field{reason}}},
		Buttons: []button{{Label: in.T(p.Key + ".void"), Danger: true, Icon: "x"}},
	}
}

// paperKind is what a page needs to sign or take back papers of a kind.
type paperKind struct {
	find func(*request) (uuid.UUID, signedPaper, error)
	sign func(*request, uuid.UUID, placement.Signing) error
	void func(*request, uuid.UUID, string) error
}

func (w *Web) askPaper(k paperKind, form func(reader, signedPaper) formPage) handler {
	return func(r *request) (answer, error) {
		_, p, err := k.find(r)
		if err != nil {
			return answer{}, err
		}
		return show(form(r.reader, p))
	}
}

func (w *Web) signPaper(k paperKind) handler {
	return func(r *request) (answer, error) {
		id, p, err := k.find(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		by := signingTyped(t)
		by.FileOrigin = placement.Origin(t.text("file_origin"))
		if err = t.wrong.Err(); err == nil {
			kept, errKept := w.keep(r)
			if by.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
				err = k.sign(r, id, by)
			}
		}
		if err != nil {
			p.Version = r.version(err, p.Version)
			return r.refused(signForm(r.reader, p), err)
		}
		return done(p.Here, "flash.signed", "number", p.Number)
	}
}

func (w *Web) voidPaperOf(k paperKind) handler {
	return func(r *request) (answer, error) {
		id, p, err := k.find(r)
		if err != nil {
			return answer{}, err
		}
		t := r.typed()
		reason := t.text("reason")
		if err = t.wrong.Err(); err == nil {
			err = k.void(r, id, reason)
		}
		if err != nil {
			p.Version = r.version(err, p.Version)
			return r.refused(takeBackForm(r.reader, p), err)
		}
		return done(p.Here, "flash.voided", "number", p.Number)
	}
}
