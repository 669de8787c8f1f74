package web

import (
	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/registry"
)

// paperForm adds a paper to a vendor's file.
func paperForm(in reader, vendor uuid.UUID) formPage {
	here := "/vendors/" + vendor.String()
	return formPage{
		heading: heading{Title: in.T("vendor.paper.enter"), Crumbs: []link{in.vendorCrumb(), {in.T("vendor.one"), here}}},
		Action:  here + "/papers", Back: here + "#papers", Multipart: true,
		Groups: []group{{Fields: []field{
			in.choice("kind", true, in.options("paper", "deed", "legal_entity", "nib", "npwp", "vat_statement", "pp55", "press_certificate", "competence",
				"bank_account", "integrity_pact", "identity", "representation", "account_ownership", "conflict_statement", "other")),
			in.input("name", "text", true), in.input("number", "text", false), in.input("date", "date", false), in.input("valid_until", "date", false),
			in.upload(true, papers),
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// checkForm notes a check of a vendor.
func checkForm(in reader, vendor uuid.UUID) formPage {
	here := "/vendors/" + vendor.String()
	subject := in.input("subject", "text", true)
	subject.Help = in.T("vendor.help.check")
	remark := in.input("remark", "text", false)
	remark.Wide = true
	return formPage{
		heading: heading{Title: in.T("vendor.check.enter"), Crumbs: []link{in.vendorCrumb(), {in.T("vendor.one"), here}}},
		Action:  here + "/checks", Back: here + "#checks",
		Groups: []group{{Fields: []field{
			subject, in.input("checked_on", "date", true),
			in.choice("result", true, in.options("check", "pass", "fail", "unknown")), remark,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// vendorPart shows a form about a part of a vendor to those who may send it.
func (w *Web) vendorPart(form func(reader, uuid.UUID) formPage) handler {
	return func(r *request) (answer, error) {
		vendor, err := r.id("id")
		if err == nil {
			err = r.Actor.Can(access.RegistryWrite, registryWide)
		}
		if err == nil {
			_, err = w.services.Vendors.Vendor(r.ctx(), r.Actor, vendor)
		}
		if err != nil {
			return answer{}, err
		}
		return show(form(r.reader, vendor))
	}
}

func (w *Web) addPaper(r *request) (answer, error) {
	vendor, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := registry.DocumentForm{
		Kind: registry.DocumentKind(t.text("kind")), Name: t.text("name"), Number: t.text("number"),
		Date: t.date("date"), ValidUntil: t.date("valid_until"),
	}
	if err = t.wrong.Err(); err == nil {
		kept, errKept := w.keep(r)
		if f.File, err = kept.SHA256, errKept; err == nil || fault.Is(err, "file_absent") {
			_, err = w.services.Vendors.AddDocument(r.ctx(), r.Actor, vendor, f)
		}
	}
	if err != nil {
		return r.refused(paperForm(r.reader, vendor), err)
	}
	return done("/vendors/"+vendor.String()+"#papers", "flash.saved", "what", f.Name)
}

func (w *Web) addCheck(r *request) (answer, error) {
	vendor, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := registry.CheckForm{Subject: t.text("subject"), CheckedOn: t.date("checked_on"), Result: registry.CheckResult(t.text("result")), Remark: t.text("remark")}
	if err = t.wrong.Err(); err == nil {
		_, err = w.services.Vendors.AddCheck(r.ctx(), r.Actor, vendor, f)
	}
	if err != nil {
		return r.refused(checkForm(r.reader, vendor), err)
	}
	return done("/vendors/"+vendor.String()+"#checks", "flash.saved", "what", f.Subject)
}
