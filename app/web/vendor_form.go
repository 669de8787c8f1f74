package web

import (
	"strings"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/registry"
)

// vendorForm enters a vendor, grouped as his papers are.
func vendorForm(in reader, id string, version int64) formPage {
	kinds := in.choice("kind", true, in.options("vendor.kind", "company", "individual"))
	name := in.input("legal_name", "text", true)
	name.Help = in.T("vendor.help.name")
	npwp := in.input("npwp", "text", false)
	npwp.Help = in.T("vendor.help.npwp")
	kbli := in.input("kbli", "text", false)
	kbli.Help = in.T("vendor.help.kbli")
	number := in.input("pp55.number", "text", false)
	number.Basis = in.T("vendor.basis.pp55")
	owner := in.input("bank.account_owner", "text", false)
	owner.Help = in.T("vendor.help.owner")
	address := in.input("address", "text", false)
	address.Wide = true
	directors := in.input("directors", "textarea", false)
	directors.Help, directors.Wide = in.T("vendor.help.directors"), true
	others := in.input("represents_others", "checkbox", false)
	others.Help = in.T("vendor.help.represents_others")
	p := formPage{
		heading: heading{Title: in.T("vendor.enter"), Crumbs: []link{in.vendorCrumb()}}, Action: "/vendors", Back: "/vendors", Guard: true,
		Groups: []group{
			{Title: in.T("vendor.identity"), Fields: []field{kinds, name, npwp, in.input("nik", "text", false), in.input("nib", "text", false), kbli, address, in.input("phone", "tel", false), in.input("email", "email", false), directors, others}},
			{Title: in.T("vendor.tax"), Fields: []field{in.input("vat_registered", "checkbox", false), number, in.input("pp55.valid_until", "date", false)}},
			{Title: in.T("field.bank"), Fields: []field{in.input("bank.name", "text", false), in.input("bank.account_number", "text", false), owner}},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Back, p.Hidden = in.T("vendor.edit"), "/vendors/"+id, "/vendors/"+id, []box{version64(version)}
	}
	return p
}

func vendorValues(f registry.VendorForm) func(string) string {
	values := map[string]string{
		"kind": string(f.Kind), "legal_name": f.LegalName, "npwp": f.NPWP, "nik": f.NIK, "nib": f.NIB,
		"kbli": strings.Join(f.KBLI, ", "), "address": f.Address, "pp55.number": f.PP55.Number, "pp55.valid_until": f.PP55.ValidUntil.String(),
		"bank.name": f.Bank.Name, "bank.account_number": f.Bank.AccountNumber, "bank.account_owner": f.Bank.AccountOwner,
	}
	values["phone"], values["email"], values["directors"] = f.Phone, f.Email, directorLines(f.Directors)
	if f.VATRegistered {
		values["vat_registered"] = "yes"
	}
	values["represents_others"] = checked(f.RepresentsOthers)
	return func(name string) string { return values[name] }
}

func vendorTyped(t *typed) (registry.VendorForm, error) {
	f := registry.VendorForm{
		Kind: registry.VendorKind(t.text("kind")), LegalName: t.text("legal_name"), NPWP: t.text("npwp"), NIK: t.text("nik"),
		NIB: t.text("nib"), VATRegistered: t.yes("vat_registered"), RepresentsOthers: t.yes("represents_others"), Address: t.text("address"),
		PP55: registry.PP55{Number: t.text("pp55.number"), ValidUntil: t.date("pp55.valid_until")},
		Bank: registry.Bank{Name: t.text("bank.name"), AccountNumber: t.text("bank.account_number"), AccountOwner: t.text("bank.account_owner")},
	}
	f.KBLI, f.Phone, f.Email, f.Directors = codesOf(t.text("kbli")), t.text("phone"), t.text("email"), directorsOf(t.text("directors"))
	return f, t.err(f.Trimmed().Check())
}

// directorLines writes directors as they are typed: a line each, the number behind a semicolon.
func directorLines(d registry.Directors) string {
	var lines []string
	for _, one := range d {
		lines = append(lines, strings.TrimSuffix(one.Name+"; "+one.NIK, "; "))
	}
	return strings.Join(lines, "\n")
}

func directorsOf(text string) (out registry.Directors) {
	for line := range strings.Lines(text) {
		if name, nik, _ := strings.Cut(line, ";"); strings.TrimSpace(line) != "" {
			out = append(out, registry.Director{Name: strings.TrimSpace(name), NIK: strings.TrimSpace(nik)})
		}
	}
	return out
}

func (w *Web) newVendor(r *request) (answer, error) {
	if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
		return answer{}, err
	}
	return show(vendorForm(r.reader, "", 0))
}

func (w *Web) createVendor(r *request) (answer, error) {
	f, err := vendorTyped(r.typed())
	var v registry.Vendor
	if err == nil {
		v, err = w.services.Vendors.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(vendorForm(r.reader, "", 0), err)
	}
	return done("/vendors/"+v.ID.String(), "flash.saved", "what", v.LegalName)
}

func (w *Web) editVendor(r *request) (answer, error) {
	v, err := w.vendorOf(r)
	if err != nil {
		return answer{}, err
	}
	p := vendorForm(r.reader, v.ID.String(), v.Version)
	p.fill(vendorValues(v.VendorForm))
	return show(p)
}

func (w *Web) changeVendor(r *request) (answer, error) {
	v, err := w.vendorOf(r)
	if err != nil {
		return answer{}, err
	}
	f, err := vendorTyped(r.typed())
	if err == nil {
		_, err = w.services.Vendors.Change(r.ctx(), r.Actor, v.ID, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(vendorForm(r.reader, v.ID.String(), r.version(err, v.Version)), err)
	}
	return done("/vendors/"+v.ID.String(), "flash.saved", "what", f.LegalName)
}

// outletForm enters an outlet of a vendor.
func outletForm(in reader, vendor uuid.UUID, id string, version int64) formPage {
	here := "/vendors/" + vendor.String()
	domain := in.input("domain", "text", false)
	domain.Help = in.T("outlet.help.domain")
	p := formPage{
		heading: heading{Title: in.T("outlet.enter"), Crumbs: []link{in.vendorCrumb(), {in.T("vendor.one"), here}}},
		Action:  here + "/outlets", Back: here + "#outlets", Guard: true,
		Groups: []group{
			{Fields: []field{in.input("name", "text", true), in.choice("kind", true, in.options("outlet.kind", "print", "online", "radio", "tv", "outdoor")), domain}},
			{Title: in.T("field.press_certificate"), Fields: []field{
				in.choice("press_status", true, in.options("press", "unlisted", "in_process", "administrative", "factual", "revoked")),
				in.input("press_certificate.number", "text", false), in.input("press_certificate.date", "date", false), in.input("press_certificate.valid_until", "date", false),
			}},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Hidden = in.T("outlet.edit"), here+"/outlets/"+id, []box{version64(version)}
	}
	return p
}

// newOutletForm and newSocialForm are the empty forms.
func newOutletForm(in reader, vendor uuid.UUID) formPage { return outletForm(in, vendor, "", 0) }
func newSocialForm(in reader, vendor uuid.UUID) formPage { return socialForm(in, vendor, "", 0) }

func outletValues(f registry.OutletForm) func(string) string {
	values := map[string]string{
		"name": f.Name, "kind": string(f.Kind), "domain": f.Domain, "press_status": string(f.PressStatus),
		"press_certificate.number": f.PressCertificate.Number, "press_certificate.date": f.PressCertificate.Date.String(),
		"press_certificate.valid_until": f.PressCertificate.ValidUntil.String(),
	}
	return func(name string) string { return values[name] }
}

func outletTyped(t *typed, vendor uuid.UUID) (registry.OutletForm, error) {
	f := registry.OutletForm{
		VendorID: vendor, Name: t.text("name"), Kind: registry.OutletKind(t.text("kind")), Domain: t.text("domain"),
		PressStatus: registry.PressStatus(t.text("press_status")),
		PressCertificate: registry.Certificate{
			Number: t.text("press_certificate.number"), Date: t.date("press_certificate.date"),
			ValidUntil: t.date("press_certificate.valid_until"),
		},
	}
	return f, t.err(f.Trimmed().Check())
}

// socialForm enters a social account of a vendor.
func socialForm(in reader, vendor uuid.UUID, id string, version int64) formPage {
	here := "/vendors/" + vendor.String()
	handle := in.input("handle", "text", true)
	handle.Unit = "@"
	userID := in.input("platform_user_id", "text", false)
	userID.Help = in.T("social.help.user_id")
	born := in.input("creator_born_on", "date", false)
	born.Help = in.T("social.help.born")
	p := formPage{
		heading: heading{Title: in.T("social.enter"), Crumbs: []link{in.vendorCrumb(), {in.T("vendor.one"), here}}},
		Action:  here + "/social-accounts", Back: here + "#accounts", Guard: true,
		Groups: []group{{Fields: []field{
			in.choice("platform", true, in.options("platform", "instagram", "tiktok", "youtube", "facebook", "x", "threads")),
			handle, userID, in.input("url", "url", false),
		}}, {Title: in.T("social.creator"), Help: in.T("social.creator.help"), Fields: []field{
			in.input("creator_name", "text", false), born,
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
	if id != "" {
		p.Title, p.Action, p.Hidden = in.T("social.edit"), "/social-accounts/"+id, []box{version64(version)}
		p.Back = "/social-accounts/" + id
	}
	return p
}

func socialValues(f registry.SocialForm) func(string) string {
	values := map[string]string{"platform": string(f.Platform), "handle": f.Handle, "platform_user_id": f.PlatformUserID, "url": f.URL,
		"creator_name": f.CreatorName, "creator_born_on": f.CreatorBornOn.String()}
	return func(name string) string { return values[name] }
}

func socialTyped(t *typed, vendor uuid.UUID) registry.SocialForm {
	return registry.SocialForm{
		VendorID: vendor, Platform: registry.Platform(t.text("platform")), Handle: t.text("handle"),
		PlatformUserID: t.text("platform_user_id"), URL: t.text("url"),
		Creator: registry.Creator{CreatorName: t.text("creator_name"), CreatorBornOn: t.date("creator_born_on")},
	}
}
