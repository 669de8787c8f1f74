package web

import (
	"github.com/google/uuid"

	"tayang/app/fault"
	"tayang/app/listing"
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
	a, err := w.services.Accounts.Create(r.ctx(), r.Actor, socialTyped(r.typed(), vendor))
	if err != nil {
		return r.refused(socialForm(r.reader, vendor, "", 0), err)
	}
	return done(accountPath(a), "flash.saved", "what", "@"+a.Handle)
}

func (w *Web) editAccount(r *request) (answer, error) {
	vendor, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	a, err := w.services.Accounts.Account(r.ctx(), r.Actor, id)
	if err != nil {
		return answer{}, err
	}
	p := socialForm(r.reader, vendor, id.String(), a.Version)
	p.fill(socialValues(a.SocialForm))
	return show(p)
}

func (w *Web) changeAccount(r *request) (answer, error) {
	vendor, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	a, err := w.services.Accounts.Account(r.ctx(), r.Actor, id)
	if err != nil {
		return answer{}, err
	}
	f := socialTyped(r.typed(), vendor)
	if _, err = w.services.Accounts.Change(r.ctx(), r.Actor, id, r.expected(), become(f)); err != nil {
		return r.refused(socialForm(r.reader, vendor, id.String(), r.version(err, a.Version)), err)
	}
	return done(accountPath(a), "flash.saved", "what", "@"+a.Handle)
}

func accountPath(a registry.SocialAccount) string {
	return "/vendors/" + a.VendorID.String() + "/social-accounts/" + a.ID.String()
}

// accountRecord is a social account with its follower snapshots and the form for the next one.
func accountRecord(in reader, a registry.SocialAccount, snapshots []registry.Snapshot) recordPage {
	here := "/vendors/" + a.VendorID.String()
	p := recordPage{heading: heading{
		Title: "@" + a.Handle, Subtitle: in.T("platform." + string(a.Platform)),
		Crumbs: []link{in.vendorCrumb(), {a.VendorName, here}},
	}}
	p.Parts = []part{{ID: "facts", Title: in.T("social.one"), Facts: []fact{
		{in.T("field.platform_user_id"), text(orDash(a.PlatformUserID))},
		{in.T("field.url"), webAddress(a.URL)},
		{in.T("field.vendor_id"), to(a.VendorName, here)},
	}}}
	t := &table{ID: "snapshots", Empty: empty{Text: in.T("social.snapshots.empty")}, Columns: []column{
		{Label: in.T("field.taken_on"), Class: "date"},
		{Label: in.T("field.followers"), Class: "num"},
		{Label: in.T("field.engagement_rate"), Class: "num"},
		{Label: in.T("field.file")},
	}}
	for _, s := range snapshots {
		t.add("", in.day(s.TakenOn), in.count(s.Followers), cell{Text: s.EngagementRate + "%", Class: "num"}, in.fileLink(s.File))
	}
	p.Parts = append(p.Parts, part{ID: "reach", Title: in.T("social.snapshots"), Note: in.T("social.snapshots.note"), Table: t})
	if in.writesRegistry() {
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: accountPath(a) + "/edit", Key: "e"}}
		form := snapshotForm(in, a)
		p.Parts = append(p.Parts, part{ID: "new-snapshot", Title: in.T("social.snapshot.enter"), Form: &form})
	}
	return p
}

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
	p, err := w.accountRecord(r)
	if err != nil {
		return answer{}, err
	}
	_, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	return w.record(r, p, id)
}

func (w *Web) accountRecord(r *request) (recordPage, error) {
	_, id, err := r.below()
	if err != nil {
		return recordPage{}, err
	}
	a, err := w.services.Accounts.Account(r.ctx(), r.Actor, id)
	if err != nil {
		return recordPage{}, err
	}
	snapshots, err := w.services.Accounts.Snapshots(r.ctx(), r.Actor, id, listing.All())
	return accountRecord(r.reader, a, snapshots.Items), err
}

func (w *Web) addSnapshot(r *request) (answer, error) {
	vendor, id, err := r.below()
	if err != nil {
		return answer{}, err
	}
	if err = w.snapshot(r, id); err == nil {
		return done("/vendors/"+vendor.String()+"/social-accounts/"+id.String(), "flash.snapshot")
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	p, err := w.accountRecord(r)
	if err != nil {
		return answer{}, err
	}
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
