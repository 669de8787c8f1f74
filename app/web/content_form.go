package web

import (
	"slices"
	"strconv"
	"strings"

	"tayang/app/agreement"
	"tayang/app/period"
)

// contentFields are the terms of content on a social account: a second line below a deliverable.
func (in reader) contentFields(at string) []field {
	kinds := []option{{Label: in.T("content.unspecified")}}
	for _, t := range agreement.ContentTypes() {
		kinds = append(kinds, option{Value: string(t), Label: in.T("content.type." + string(t))})
	}
	at += "content."
	kind, live, due := in.choice(at+"type", false, kinds), in.input(at+"minimum_live_days", "number", false), in.input(at+"insights_due", "text", false)
	kind.Help, live.Help, due.Help, live.Unit = in.T("content.help.type"), in.T("content.help.live"), in.T("content.help.insights"), in.T("content.days")
	label := in.input(at+"label_text", "text", false)
	label.List = "labels"
	tier := in.input(strings.TrimSuffix(at, "content.")+"tier", "text", false)
	tier.List, tier.Help = "tiers", in.T("content.help.tier")
	return []field{
		kind, live, in.input(at+"revision_rounds", "number", false), label, in.input(at+"usage_rights.text", "text", false),
		in.input(at+"usage_rights.until", "date", false), in.input(at+"exclusivity.text", "text", false), in.input(at+"exclusivity.until", "date", false), due, tier,
	}
}

// contentLists are the words that fields of content suggest.
func (in reader) contentLists(c choices) []datalist {
	var names []string
	seen := map[string]bool{}
	for _, t := range c.Tiers {
		if !seen[t.Name] {
			seen[t.Name] = true
			names = append(names, t.Name)
		}
	}
	return []datalist{{"labels", in.suggested("label")}, {"tiers", names}}
}

// contentTyped reads the terms of a row. Nothing typed is none; a type alone means what is usual for it.
func contentTyped(t *typed, at string) *agreement.Content {
	at += "content."
	c := agreement.Content{
		Type: agreement.ContentType(t.text(at + "type")), MinimumLiveDays: t.whole(at + "minimum_live_days"), RevisionRounds: t.whole(at + "revision_rounds"),
		LabelText:   t.text(at + "label_text"),
		UsageRights: agreement.Permission{Text: t.text(at + "usage_rights.text"), Until: t.date(at + "usage_rights.until")},
		Exclusivity: agreement.Permission{Text: t.text(at + "exclusivity.text"), Until: t.date(at + "exclusivity.until")},
	}
	blank := true
	for _, name := range contentNames() {
		blank = blank && t.get(at+name) == ""
	}
	switch {
	case blank && c.Type == "":
		return nil
	case blank:
		c = agreement.UsualContent(c.Type)
		return &c
	}
	for _, word := range strings.FieldsFunc(t.text(at+"insights_due"), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		days, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			t.wrong.Add(pointer(at+"insights_due"), "not_number")
			break
		}
		c.InsightsDue = append(c.InsightsDue, days)
	}
	return &c
}

// contentNames are the terms besides the type, as a form names them.
func contentNames() []string {
	return []string{
		"minimum_live_days", "revision_rounds", "label_text", "usage_rights.text", "usage_rights.until", "exclusivity.text", "exclusivity.until", "insights_due",
	}
}

// contentValues writes terms as the fields of a row.
func contentValues(in reader, values map[string]string, at string, c *agreement.Content) {
	if c == nil {
		return
	}
	at += "content."
	date := func(d period.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	values[at+"type"], values[at+"label_text"], values[at+"insights_due"] = string(c.Type), c.LabelText, daysList(c.InsightsDue)
	values[at+"minimum_live_days"], values[at+"revision_rounds"] = in.Number(c.MinimumLiveDays), in.Number(c.RevisionRounds)
	values[at+"usage_rights.text"], values[at+"usage_rights.until"] = c.UsageRights.Text, date(c.UsageRights.Until)
	values[at+"exclusivity.text"], values[at+"exclusivity.until"] = c.Exclusivity.Text, date(c.Exclusivity.Until)
}

// daysList writes days after publication: 1, 7, 30.
func daysList(days []int64) string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = strconv.FormatInt(d, 10)
	}
	return strings.Join(out, ", ")
}

// feeField asks who is paid the creator's fee.
func (in reader) feeField() field {
	fee := in.choice("fee_via", false, append([]option{{Label: in.T("content.unspecified")}}, in.options("fee_via", "personal", "agency")...))
	fee.Help = in.T("content.help.fee")
	return fee
}

// reached is the table of a form that shows, while it is filled in, whom each row reaches and what is agreed about it.
func (in reader) reached(a agreement.Agreement, known agreement.InfluenceFacts) (out []table) {
	t := table{ID: "reached", Caption: in.T("content.outlook"), Columns: []column{
		{Label: "#", Class: "num"}, {Label: in.T("field.handle")}, {Label: in.T("field.followers"), Class: "num"}, {Label: in.T("field.taken_on"), Class: "date"},
		{Label: in.T("field.tier")}, {Label: in.T("field.content")},
	}}
	for _, d := range a.Deliverables {
		account, ok := known.Account(d.SocialAccountID.UUID)
		if !ok {
			continue
		}
		followers, day := cell{Text: in.T("content.no_snapshot"), Class: "over"}, in.day(account.SnapshotOn)
		if account.Followers != nil {
			followers = in.count(*account.Followers)
			day.Sub = in.T("content.age", "n", a.OrderDate.Sub(account.SnapshotOn))
		}
		tier := text(orDash(account.Tier))
		if d.Tier != "" && account.Followers != nil && d.Tier != account.Tier {
			tier = cell{Text: orDash(account.Tier), Sub: in.T("content.tier_named", "tier", d.Tier), Class: "over"}
		}
		t.add("", in.count(int64(d.Position)), text("@"+account.Handle), followers, day, tier, text(in.contentWords(d.Content)))
	}
	if len(t.Rows) > 0 {
		out = append(out, t)
	}
	return out
}

// lookAtCreators puts whom the rows reach into the outlook; nothing for an agreement without social accounts.
func (w *Web) lookAtCreators(r *request, o *outlook, a agreement.Agreement) error {
	onAccount := func(d agreement.Deliverable) bool { return d.SocialAccountID.Valid }
	if !slices.ContainsFunc(a.Deliverables, onAccount) {
		return nil
	}
	known, err := w.services.Agreements.Reach(r.ctx(), r.Actor, r.Agency.Code, a)
	o.Tables = append(o.Tables, r.reached(a, known)...)
	return err
}
