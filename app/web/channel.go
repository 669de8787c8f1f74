package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/registry"
)

// below reads the vendor's id and, when the address has one, that of the thing below him.
func (r *request) below() (vendor, id uuid.UUID, err error) {
	if vendor, err = r.id("id"); err != nil || r.c.Params("below") == "" {
		return vendor, uuid.Nil, err
	}
	id, err = r.id("below")
	return vendor, id, err
}

func (w *Web) createOutlet(r *request) (answer, error) {
	vendor, _, err := r.below()
	if err != nil {
		return answer{}, err
	}
	f, err := outletTyped(r.typed(), vendor)
	if err == nil {
		_, err = w.services.Outlets.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(outletForm(r.reader, vendor, "", 0), err)
	}
	return done("/vendors/"+vendor.String()+"#outlets", "flash.saved", "what", f.Name)
}

func (w *Web) editOutlet(r *request) (answer, error) {
	vendor, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	o, err := w.services.Outlets.Outlet(r.ctx(), r.Actor, id)
	if err != nil {
		return answer{}, err
	}
	p := outletForm(r.reader, vendor, id.String(), o.Version)
	p.fill(outletValues(o.OutletForm))
	return show(p)
}

func (w *Web) changeOutlet(r *request) (answer, error) {
	vendor, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	o, err := w.services.Outlets.Outlet(r.ctx(), r.Actor, id)
	if err != nil {
		return answer{}, err
	}
	f, err := outletTyped(r.typed(), vendor)
	if err == nil {
		_, err = w.services.Outlets.Change(r.ctx(), r.Actor, id, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(outletForm(r.reader, vendor, id.String(), r.version(err, o.Version)), err)
	}
	return done("/vendors/"+vendor.String()+"#outlets", "flash.saved", "what", f.Name)
}

func (w *Web) createAccount(r *request) (answer, error) {
	vendor, _, err := r.below()
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := socialTyped(t, vendor)
	var a registry.SocialAccount
	if err = t.err(f.Trimmed().Check()); err == nil {
		a, err = w.services.Accounts.Create(r.ctx(), r.Actor, f)
	}
	if err != nil {
		return r.refused(socialForm(r.reader, vendor, "", 0), err)
	}
	return done(accountPath(a), "flash.saved", "what", "@"+a.Handle)
}

// accountOf fetches the social account that the address names.
func (w *Web) accountOf(r *request) (registry.SocialAccount, error) {
	id, err := r.id("id")
	if err != nil {
		return registry.SocialAccount{}, err
	}
	return w.services.Accounts.Account(r.ctx(), r.Actor, id)
}

// movedAccount leads from where accounts stood below their vendor.
func (w *Web) movedAccount(r *request) (answer, error) {
	_, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	a, err := w.services.Accounts.Account(r.ctx(), r.Actor, id)
	return answer{location: accountPath(a)}, err
}

func (w *Web) editAccount(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	p := socialForm(r.reader, a.VendorID, a.ID.String(), a.Version)
	p.fill(socialValues(a.SocialForm))
	return show(p)
}

func (w *Web) changeAccount(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := socialTyped(t, a.VendorID)
	if err = t.err(f.Trimmed().Check()); err == nil {
		_, err = w.services.Accounts.Change(r.ctx(), r.Actor, a.ID, r.expected(), become(f))
	}
	if err != nil {
		return r.refused(socialForm(r.reader, a.VendorID, a.ID.String(), r.version(err, a.Version)), err)
	}
	return done(accountPath(a), "flash.saved", "what", "@"+a.Handle)
}

func accountPath(a registry.SocialAccount) string { return "/social-accounts/" + a.ID.String() }

func webAddress(url string) cell {
	if url == "" {
		return text("–")
	}
	return to(url, url)
}

func (in reader) fileLink(sha256 string) cell {
	if sha256 == "" {
		return text("–")
	}
	return to(in.T("word.open_file"), "/files/"+sha256)
}

func snapshotForm(in reader, a registry.SocialAccount) formPage {
	rate := in.input("engagement_rate", "number", true)
	rate.Unit = "%"
	return formPage{
		Action: accountPath(a) + "/snapshots", Multipart: true, Groups: []group{{Fields: []field{
			in.input("taken_on", "date", true), in.input("followers", "number", true), rate, in.upload(false, pictures),
		}}},
		Buttons: []button{{Label: in.T("social.snapshot.enter"), Main: true}},
	}
}

func (w *Web) account(r *request) (answer, error) {
	f, err := w.accountFacts(r)
	if err != nil {
		return answer{}, err
	}
	return w.record(r, accountRecord(r.reader, f), f.Account.ID)
}

func (w *Web) addSnapshot(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	if err = w.snapshot(r, a.ID); err == nil {
		return done(accountPath(a), "flash.snapshot")
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	facts, err := w.accountFacts(r)
	if err != nil {
		return answer{}, err
	}
	p := accountRecord(r.reader, facts)
	form := p.Parts[len(p.Parts)-1].Form
	if form == nil {
		return answer{}, f
	}
	form.fill(r.typed().get)
	form.mark(r.reader, f)
	return again(p, f)
}

func (w *Web) snapshot(r *request, account uuid.UUID) error {
	t := r.typed()
	f := registry.SnapshotForm{TakenOn: t.date("taken_on"), Followers: t.whole("followers"), EngagementRate: t.text("engagement_rate")}
	if t.get("followers") == "" {
		t.wrong.Add(pointer("followers"), "required")
	}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	kept, err := w.keep(r)
	if err != nil && !fault.Is(err, "file_absent") {
		return err
	}
	f.File = kept.SHA256
	_, err = w.services.Accounts.AddSnapshot(r.ctx(), r.Actor, account, f)
	return err
}

// channelName writes what a placement appeared on: an outlet by its name, an account with its platform as people write it.
func (in reader) channelName(name string) string {
	platform, handle, ok := strings.Cut(name, " @")
	if key := "platform." + platform; ok && in.Has(key) {
		return in.T(key) + " @" + handle
	}
	return name
}

// engaged writes a percentage with the decimal mark of the language.
func (in reader) engaged(percent string) string {
	if in.Code() == lang.ID {
		percent = strings.ReplaceAll(percent, ".", ",")
	}
	return percent + "%"
}

// capital writes a word as the head of a column.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
