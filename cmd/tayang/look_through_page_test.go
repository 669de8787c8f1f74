package main

import (
	"net/url"
	"strings"
	"testing"
)

// valuesOf are a form's fields as they would be sent.
func valuesOf(f form) url.Values {
	values := url.Values{}
	for _, in := range f.inputs {
		values.Set(in.name, in.value)
	}
	return values
}

// TestASplitByPages brings an agency into an agreement without any script, watches what is left over, and is held until
// nothing is.
func TestASplitByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, ppk := s.visitor(t, "staff"), s.visitor(t, "ppk")
	path := "./agreements/new?kind=media&vendor_id=" + strings.TrimPrefix(s.vendor, "/vendors/")
	fresh := staff.get(path).want(200).has(1, "button[name=add_recipient]").has(0, "[name^='look_through.']")
	if strings.Contains(fresh.words("[name='deliverables.0.channel']"), "@perantara") {
		t.Error("others' accounts are offered without an agency")
	}
	f := fresh.forms()[0]
	values := valuesOf(f.filled())
	values.Del("next")
	values.Set("number", "SP/BAGI")
	values.Set("deliverables.0.tax_inclusive", "yes")
	values.Set("add_recipient", "1")
	via := staff.post(f.action, values).want(200).has(1, "[name='look_through.recipients.0.channel']").has(1, "[name='look_through.via_agency'][checked]").
		has(1, "button[name=remove_recipient]")
	if via.attr("[name=number]", "value") != "SP/BAGI" || !strings.Contains(via.words("[name='deliverables.0.channel']"), "@perantara (Instagram) · Kreator perantara") {
		t.Error("what was typed stays, and others' accounts are offered")
	}
	values.Del("add_recipient")
	account := "account:" + s.accountOf(t, "perantara")
	for name, value := range map[string]string{
		"via_agency": "yes", "fee": "200.000", "recipients.0.channel": account, "recipients.0.net": "1.700.000", "recipients.0.name": "Manajer",
	} {
		values.Set("look_through."+name, value)
	}
	values.Set("deliverables.0.channel", account)
	if got := staff.post("./agreements/preview", values).want(200).words("#preview .figures"); !strings.Contains(got, "Sisa belum terbagiRp100.000") {
		t.Errorf("the outlook: %s", got)
	}
	two := staff.post(f.action, with(values, "add_recipient", "1")).want(200).has(1, "[name='look_through.recipients.1.channel']")
	if two.attr("[name='look_through.recipients.0.net']", "value") != "1.700.000" {
		t.Error("the first row stays")
	}
	staff.post(f.action, with(values, "remove_recipient", "0")).want(200).has(1, "[name='look_through.recipients.0.channel']").
		has(0, "[name='look_through.recipients.0.net'][value='1.700.000']")
	staff.post(f.action, with(values, "look_through.recipients.0.channel", "")).want(422).has(1, "main .summary a[href='#f-look_through-recipients-0-channel']")
	staff.post(f.action, with(values, "look_through.recipients.0.deliverables", "7")).want(422).has(1, "main .summary a[href='#f-look_through-recipients-0-deliverables']")

	saved := staff.post(f.action, with(values, "next", "submit")).want(303)
	here := strings.TrimSuffix(saved.header.Get("Location"), "/submit")
	submit := staff.get(here+"/submit").want(200).has(1, "#flow-rows").forms()[0]
	staff.submit(submit).want(409).shows("Pembagian melalui agensi belum utuh", "menyisakan Rp100.000")
	edit := staff.get(here + "/edit").want(200).forms()[0]
	amended := valuesOf(edit)
	if amended.Get("look_through.recipients.0.net") != "1.700.000" || amended.Get("look_through.recipients.0.name") != "Manajer" || amended.Get("look_through.via_agency") != "yes" {
		t.Errorf("the form has the split: %v", amended)
	}
	amended.Set("look_through.fee", "300.000")
	staff.post(edit.action, with(amended, "next", "draft")).want(303)
	staff.submit(staff.get(here + "/submit").want(200).forms()[0]).want(303)
	ppk.get(here+"/approve").want(200).shows("Aliran dana", "Manajer", "Fee agensi", "Sisa belum terbagi")
	ppk.get(here).want(200).has(1, "#money-flow").has(0, "#new-confirmation form").shows("Manajer belum mengonfirmasi honor Rp1.700.000")
}

// with is the values with another one.
func with(values url.Values, name, value string) url.Values {
	out := url.Values{}
	for n := range values {
		out.Set(n, values.Get(n))
	}
	out.Set(name, value)
	return out
}

// TestConfirmationsAndNewSplitsByPages: a recipient confirms less than his net, and an amendment shares the gross anew.
func TestConfirmationsAndNewSplitsByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff, ppk := s.visitor(t, "staff"), s.visitor(t, "ppk")
	record := staff.get(s.through).want(200).has(1, "#new-confirmation form").has(0, "#confirmations")
	f := record.forms()[0].filled()
	for i, in := range f.inputs {
		if in.name == "amount" {
			f = f.with(i, func(in *entry) { in.value = "650.000" })
		}
	}
	staff.submit(f).want(303)
	seen := staff.get(s.through).want(200).has(1, "#confirmation-rows tbody tr").has(1, "#flow-rows .over")
	if got := seen.words("#flow-rows tbody"); !strings.Contains(got, "650.000") || !strings.Contains(got, "250.000") || !strings.Contains(got, "90,00%") || !strings.Contains(got, "100.000") {
		t.Errorf("the difference with its money: %s", got)
	}
	if file := seen.attr("#confirmation-rows a[href^='/files/']", "href"); file == "" {
		t.Error("the paper can be opened")
	} else {
		s.visitor(t, "auditor").get(file).want(200)
	}
	form := staff.get(s.through+"/amend").want(200).has(1, "[name='look_through.recipients.0.net']").forms()[0]
	values := valuesOf(form)
	values.Set("number", "ADD/BAGI")
	values.Set("date", "2026-04-10")
	values.Set("reason", "Fee turun")
	values.Set("look_through.fee", "50.000")
	staff.post(form.action, values).want(422).shows("menyisakan Rp50.000")
	values.Set("look_through.recipients.0.net", "950.000")
	staff.post(form.action, values).want(303)
	staff.get(s.through).want(200).has(1, "#split-rows").shows("Pembagian sebelum dan sesudah")
	decide := ppk.get(s.through+"/approve").want(200).has(1, "#split-rows").forms()[0]
	for i, in := range decide.inputs {
		if in.name == "verb" {
			decide = decide.with(i, func(in *entry) { in.value = "approve" })
		}
	}
	ppk.submit(decide).want(303)
	if got := ppk.get(s.through).want(200).words("#flow-rows"); !strings.Contains(got, "950.000") || !strings.Contains(got, "50.000") {
		t.Errorf("%s", got)
	}
}

// TestOwnerGroupsByPages reads where the year's money gathers.
func TestOwnerGroupsByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	staff := s.visitor(t, "staff")
	staff.get("./home").want(200)
	staff.get("/vendors").want(200).has(1, "main a[href='/owner-groups']")
	list := staff.get("/owner-groups").want(200).shows("Kelompok Contoh", "HHI menurut penyedia")
	list.has(1, "#rows tbody tr")
	record := staff.get(s.group).want(200).shows("PT Agensi Contoh", "100.000") // the agency's fee
	record.has(1, "#member-rows tbody tr").has(1, "#owner-money tbody tr")
	agency := record.attr("#member-rows a[href^='/vendors/']", "href")
	staff.get(agency).want(200).has(1, "#identity a[href='"+s.group+"']")
	s.visitor(t, "auditor").get(s.group).want(200).has(0, "a[href$='/members/new']")
}
