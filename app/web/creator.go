package web

import (
	"strconv"
	"strings"

	"tayang/app/access"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/registry"
)

// accountFacts is everything that the record of a social account shows. Tiers are those in force.
type accountFacts struct {
	Account    registry.SocialAccount
	Snapshots  []registry.Snapshot
	Proofs     []registry.Ownership
	Statements []registry.Statement
	Tiers      registry.Tiers
}

// accountRecord is a social account: whose it is and how that was proven, what its creator declared, its reach, and the
// form for the next look at it.
func accountRecord(in reader, f accountFacts) recordPage {
	a := f.Account
	here, vendor := accountPath(a), "/vendors/"+a.VendorID.String()
	p := recordPage{heading: heading{
		Title: "@" + a.Handle, Subtitle: in.T("platform." + string(a.Platform)),
		Crumbs: []link{in.vendorCrumb(), {a.VendorName, vendor}},
	}, Missing: in.accountMissing(f)}
	var prove, declare []action
	if in.writesRegistry() {
		p.Actions = []action{{Label: in.T("word.edit"), Icon: "pencil", Href: here + "/edit", Key: "e"}}
		prove = []action{{Label: in.T("ownership.enter"), Icon: "plus", Href: here + "/ownership-proofs/new"}}
		declare = []action{{Label: in.T("statement.enter"), Icon: "plus", Href: here + "/statements/new"}}
	}
	p.Parts = []part{
		{ID: "facts", Title: in.T("social.one"), Facts: in.accountIdentity(f)},
		{ID: "ownership", Title: in.T("ownership.title"), Note: in.T("ownership.note"), Actions: prove, Table: in.ownerships(f)},
		{ID: "statements", Title: in.T("statement.title"), Note: in.T("statement.note"), Actions: declare, Table: in.statements(f.Statements)},
		{ID: "reach", Title: in.T("social.snapshots"), Note: in.T("social.snapshots.note"), Table: in.snapshots(f)},
	}
	if in.writesRegistry() {
		form := snapshotForm(in, a)
		p.Parts = append(p.Parts, part{ID: "new-snapshot", Title: in.T("social.snapshot.enter"), Form: &form})
	}
	return p
}

func (in reader) accountIdentity(f accountFacts) []fact {
	a := f.Account
	facts := []fact{
		{in.T("field.vendor_id"), to(a.VendorName, "/vendors/"+a.VendorID.String())},
		{in.T("field.platform_user_id"), text(orDash(a.PlatformUserID))},
		{in.T("field.url"), webAddress(a.URL)},
		{in.T("field.creator_name"), text(orDash(a.CreatorName))},
	}
	if !a.CreatorBornOn.IsZero() {
		age := in.T("social.age", "n", registry.Age(a.CreatorBornOn, in.today()))
		facts = append(facts, fact{in.T("field.creator_born_on"), cell{Text: age, Secret: in.date(a.CreatorBornOn)}})
	}
	if a.Followers != nil {
		facts = append(facts, fact{in.T("field.tier"), to(orDash(f.Tiers.Of(*a.Followers, a.Platform, in.today())), "/tiers")})
	}
	return facts
}

// accountMissing names what an order from the account will be asked for today.
func (in reader) accountMissing(f accountFacts) (out []link) {
	here := accountPath(f.Account)
	mend := func(href string) string {
		if in.writesRegistry() {
			return href
		}
		return ""
	}
	add := func(missing bool, key, href string) {
		if missing {
			out = append(out, link{in.T("social.missing." + key), mend(href)})
		}
	}
	verified, waits := false, false
	for _, o := range f.Proofs {
		verified = verified || o.Status == registry.OwnershipVerified && o.VendorID == f.Account.VendorID
		waits = waits || o.Status == registry.OwnershipSubmitted
	}
	declared := map[registry.StatementKind]bool{}
	for _, s := range f.Statements {
		declared[s.Kind] = true
	}
	born := f.Account.CreatorBornOn
	add(f.Account.PlatformUserID == "", "user_id", here+"/edit")
	add(!verified && !waits, "ownership", here+"/ownership-proofs/new")
	if !verified && waits {
		out = append(out, link{in.T("social.missing.verify"), "#ownership"})
	}
	add(!declared[registry.ConflictOfInterest], "conflict", here+"/statements/new")
	add(!declared[registry.CivilServant], "civil_servant", here+"/statements/new")
	add(!born.IsZero() && registry.Age(born, in.today()) < usualAdult && !declared[registry.GuardianConsent], "guardian", here+"/statements/new")
	add(f.Account.Followers == nil, "snapshot", "#new-snapshot")
	return out
}

// usualAdult is from when a creator acts for himself where no rule says otherwise; the assessment goes by the rule.
const usualAdult = 18

func (in reader) ownerships(f accountFacts) *table {
	t := &table{ID: "ownership-rows", Empty: empty{Text: in.T("ownership.empty")}, Columns: []column{
		{Label: in.T("field.proven_on"), Class: "date"}, {Label: in.T("field.proven_by")}, {Label: in.T("field.handle")}, {Label: in.T("field.file")},
		{Label: in.T("ledger.who")}, {Label: in.T("field.status")}, {Label: in.T("ownership.seen_by")},
	}}
	for _, o := range f.Proofs {
		by := two(orDash(o.Decider), o.Remark)
		if o.Status == registry.OwnershipSubmitted && in.verifiesAccounts() && o.CreatedBy != in.Actor.User {
			by = to(in.T("ownership.decide"), ownershipPath(o)+"/decide")
		}
		t.add("", in.day(o.ProvenOn), two(in.T("ownership.by."+string(o.ProvenBy)), o.Note), text("@"+o.Handle), in.fileLink(o.File), text(o.Author),
			in.status(string(o.Status)), by)
	}
	return t
}

func ownershipPath(o registry.Ownership) string {
	return "/social-accounts/" + o.SocialAccountID.String() + "/ownership-proofs/" + o.ID.String()
}

// verifiesAccounts reports whether the reader may decide on proofs of ownership.
func (in reader) verifiesAccounts() bool {
	return in.Actor.Can(access.AccountVerify, registryWide) == nil
}

func mayVerifyAccounts(h handler) handler {
	return func(r *request) (answer, error) {
		if err := r.Actor.Can(access.AccountVerify, registryWide); err != nil {
			return answer{}, err
		}
		return h(r)
	}
}

func (in reader) statements(statements []registry.Statement) *table {
	t := &table{ID: "statement-rows", Empty: empty{Text: in.T("statement.empty")}, Columns: []column{
		{Label: in.T("field.given_on"), Class: "date"}, {Label: in.T("field.kind")}, {Label: in.T("field.answer")}, {Label: in.T("field.details")}, {Label: in.T("field.file")},
	}}
	for _, s := range statements {
		said := two(s.GuardianName, s.Relation)
		if s.Answer != "" {
			said = text(in.T("statement.answer." + s.Answer))
		}
		t.add("", in.day(s.GivenOn), text(in.T("statement.kind."+string(s.Kind))), said, text(orDash(s.Details)), in.fileLink(s.File))
	}
	return t
}

func (in reader) snapshots(f accountFacts) *table {
	t := &table{ID: "snapshots", Empty: empty{Text: in.T("social.snapshots.empty")}, Columns: []column{
		{Label: in.T("field.taken_on"), Class: "date"}, {Label: in.T("field.followers"), Class: "num"},
		{Label: in.T("field.engagement_rate"), Class: "num"}, {Label: in.T("field.tier")}, {Label: in.T("field.file")},
	}}
	for _, s := range f.Snapshots {
		t.add("", in.day(s.TakenOn), in.count(s.Followers), cell{Text: in.engaged(s.EngagementRate), Class: "num"},
			text(orDash(f.Tiers.Of(s.Followers, f.Account.Platform, s.TakenOn))), in.fileLink(s.File))
	}
	return t
}

// ownershipForm records a proof that the account is its vendor's.
func ownershipForm(in reader, a registry.SocialAccount) formPage {
	note := in.input("note", "textarea", false)
	note.Wide, note.Help = true, in.T("ownership.help.note")
	return formPage{
		heading: in.accountHeading("ownership.enter", a), Intro: in.T("ownership.intro"),
		Action: accountPath(a) + "/ownership-proofs", Back: accountPath(a), Multipart: true, Guard: true,
		Groups: []group{{Fields: []field{
			in.choice("proven_by", true, in.options("ownership.by", "bio_code", "direct_message", "screen_recording", "statement", "other")),
			in.input("proven_on", "date", true), note, in.upload(true, evidence),
		}}},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

func (in reader) accountHeading(key string, a registry.SocialAccount) heading {
	return heading{Title: in.T(key), Subtitle: "@" + a.Handle + " · " + a.VendorName, Crumbs: []link{in.vendorCrumb(), {"@" + a.Handle, accountPath(a)}}}
}

// statementForm records what the person behind the account declared, or his guardian.
func statementForm(in reader, a registry.SocialAccount) formPage {
	what := in.choice("kind", true, nil)
	what.Label, what.Also = in.T("statement.one"), []string{"answer"}
	for _, s := range []struct {
		kind   registry.StatementKind
		answer string
	}{
		{registry.ConflictOfInterest, registry.NoConflict}, {registry.ConflictOfInterest, registry.HasConflict},
		{registry.CivilServant, registry.NoCivilServant}, {registry.CivilServant, registry.IsCivilServant}, {registry.GuardianConsent, ""},
	} {
		label := in.T("statement.kind." + string(s.kind))
		if s.answer != "" {
			label += ": " + in.T("statement.answer."+s.answer)
		}
		what.Options = append(what.Options, option{Value: string(s.kind) + ":" + s.answer, Label: label})
	}
	details := in.input("details", "textarea", false)
	details.Wide, details.Help = true, in.T("statement.help.details")
	return formPage{
		heading: in.accountHeading("statement.enter", a), Action: accountPath(a) + "/statements", Back: accountPath(a), Multipart: true, Guard: true,
		Groups: []group{
			{Fields: []field{
				what, in.input("given_on", "date", true), details, in.upload(true, papers),
			}},
			{Title: in.T("statement.guardian"), Help: in.T("statement.guardian.help"), Fields: []field{
				in.input("guardian_name", "text", false), in.input("relation", "text", false),
			}},
		},
		Buttons: []button{{Label: in.T("word.save"), Main: true}},
	}
}

// ownershipDecision asks another person whether the proof shows what it is said to.
func ownershipDecision(in reader, a registry.SocialAccount, o registry.Ownership) formPage {
	reason := in.input("reason", "textarea", false)
	reason.Wide, reason.Help = true, in.T("placement.help.reject")
	return formPage{
		heading: in.accountHeading("ownership.decide", a), Action: ownershipPath(o) + "/decide", Back: accountPath(a), Hidden: []box{version64(o.Version)},
		Facts: []fact{
			{in.T("field.vendor_id"), text(a.VendorName)}, {in.T("field.handle"), text("@" + o.Handle)},
			{in.T("field.platform_user_id"), text(orDash(a.PlatformUserID))}, {in.T("field.proven_by"), two(in.T("ownership.by."+string(o.ProvenBy)), o.Note)},
			{in.T("field.proven_on"), text(in.date(o.ProvenOn))}, {in.T("field.file"), in.fileLink(o.File)}, {in.T("ledger.who"), text(o.Author)},
		},
		Groups: []group{{Fields: []field{reason}}},
		Buttons: []button{
			{Label: in.T("placement.verify"), Name: "verb", Value: "verify", Main: true, Icon: "check", Key: "s"},
			{Label: in.T("placement.reject"), Name: "verb", Value: "reject", Danger: true, Icon: "x", Key: "t"},
		},
	}
}

func (w *Web) accountFacts(r *request) (f accountFacts, err error) {
	s := w.services
	if f.Account, err = w.accountOf(r); err != nil {
		return f, err
	}
	snapshots, err := s.Accounts.Snapshots(r.ctx(), r.Actor, f.Account.ID, listing.All())
	if err != nil {
		return f, err
	}
	proofs, err := s.Accounts.Ownerships(r.ctx(), r.Actor, f.Account.ID, listing.All())
	if err != nil {
		return f, err
	}
	statements, err := s.Accounts.Statements(r.ctx(), r.Actor, f.Account.ID, listing.All())
	if err != nil {
		return f, err
	}
	f.Snapshots, f.Proofs, f.Statements = snapshots.Items, proofs.Items, statements.Items
	f.Tiers, err = w.tiersInForce(r)
	return f, err
}

// tiersInForce gives every tier that is not void.
func (w *Web) tiersInForce(r *request) (registry.Tiers, error) {
	page, err := w.services.Tiers.List(r.ctx(), r.Actor, listing.All().Where("voided", strconv.FormatBool(false)))
	return page.Items, err
}

func (w *Web) newOwnership(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(ownershipForm(r.reader, a))
}

func (w *Web) newStatement(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	return show(statementForm(r.reader, a))
}

// sentFile keeps the paper of a form and notes its absence among what is wrong.
func (w *Web) sentFile(r *request, t *typed) (string, error) {
	kept, err := w.keep(r)
	if fault.Is(err, "file_absent") {
		return "", nil // the check of the form says it
	}
	if f := fault.From(err); err != nil && f.Kind == fault.Invalid {
		t.wrong = append(t.wrong, f.Fields...)
		return "", t.wrong.Err()
	}
	return kept.SHA256, err
}

func (w *Web) addOwnership(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
		return answer{}, err
	}
	t := r.typed()
	f := registry.OwnershipForm{ProvenBy: registry.OwnershipMethod(t.text("proven_by")), ProvenOn: t.date("proven_on"), Note: t.text("note")}
	if f.File, err = w.sentFile(r, t); err == nil {
		if err = t.err(f.Trimmed().Check(r.Now)); err == nil {
			_, err = w.services.Accounts.Prove(r.ctx(), r.Actor, a.ID, f)
		}
	}
	if err != nil {
		return r.refused(ownershipForm(r.reader, a), err)
	}
	return done(accountPath(a)+"#ownership", "flash.saved", "what", r.T("ownership.one"))
}

func (w *Web) addStatement(r *request) (answer, error) {
	a, err := w.accountOf(r)
	if err != nil {
		return answer{}, err
	}
	if err := r.Actor.Can(access.RegistryWrite, registryWide); err != nil {
		return answer{}, err
	}
	t := r.typed()
	kind, said, _ := strings.Cut(t.text("kind"), ":")
	f := registry.StatementForm{
		Kind: registry.StatementKind(kind), Answer: said, GivenOn: t.date("given_on"), Details: t.text("details"),
		GuardianName: t.text("guardian_name"), Relation: t.text("relation"),
	}
	if f.File, err = w.sentFile(r, t); err == nil {
		if err = t.err(f.Trimmed().Check(r.Now)); err == nil {
			_, err = w.services.Accounts.Declare(r.ctx(), r.Actor, a.ID, f)
		}
	}
	if err != nil {
		return r.refused(statementForm(r.reader, a), err)
	}
	return done(accountPath(a)+"#statements", "flash.saved", "what", r.T("statement.one"))
}
