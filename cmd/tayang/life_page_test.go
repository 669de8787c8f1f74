package main

import (
	"strings"
	"testing"
)

// set gives the form with another value in a field.
func (f form) set(name, value string) form {
	for i := range f.inputs {
		if f.inputs[i].name == name {
			return f.with(i, func(in *entry) { in.value = value })
		}
	}
	return f
}

// TestAnOrderIsMadeFromItsFrameworksPage: the button leads to the form, which is filled in already.
func TestAnOrderIsMadeFromItsFrameworksPage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	line := o.budget(t, 20_000_000)[0]
	vendor, outlet := o.medium(t, "0123456789012345")
	f := o.framework(t, "PAYUNG/1", vendor, outlet, line, 1_000_000, 5_000_000)
	staff := o.visitor(t, "staff")
	record := staff.get("./agreements/" + f.id()).want(200).shows("Sisa plafon").shows("5.000.000")
	href := record.attr("main a[href*='framework_id=']", "href")
	order := staff.get(href).want(200).shows("Pesanan di bawah kontrak payung PAYUNG/1").forms()[0]
	for i, in := range order.inputs {
		want := map[string]string{"deliverables.0.product": "advertorial", "deliverables.0.quantity": "1", "framework_id": f.id(), "method": "e_purchasing"}[in.name]
		if want != "" && order.inputs[i].value != want && in.kind != "select" {
			t.Errorf("%s is %q, want %q", in.name, in.value, want)
		}
	}
	order = order.set("number", "SP/1").set("order_date", "2026-02-02").set("start_date", "2026-02-02").set("end_date", "2026-12-15")
	made := staff.submit(order.filled()).want(303).location
	id := strings.Split(strings.TrimPrefix(made, "/a/DISKOMINFO/agreements/"), "/")[0]
	if a := o.do(t, "staff", "GET", "./agreements/"+id, nil).want(200); a.text("framework_number") != "PAYUNG/1" {
		t.Errorf("%s", a.raw)
	}
	staff.get("./agreements/" + f.id()).want(200).shows("SP/1")
	dear := order.set("number", "SP/2").set("deliverables.0.unit_price", "1.000.001")
	staff.submit(dear.filled()).want(422).shows("paling tinggi")
}

// TestSuspensionByPages: the flag is in the list and on the record, and the days stay on record.
func TestSuspensionByPages(t *testing.T) {
	t.Parallel()
	s := newStock(t)
	ppk := s.visitor(t, "ppk")
	ppk.get(s.held).want(200).shows("tertahan").shows("Tertahan sejak 2 Mar 2026: Sebab").has(1, "a[href$='/resume']").has(0, "a[href$='/suspend']")
	ppk.get("./agreements?suspended=true").want(200).shows("SP/TAHAN").shows("tertahan")
	if held := s.do(t, "ppk", "GET", "./reminders", nil).want(200); !strings.Contains(string(held.raw), "SP/TAHAN") {
		t.Errorf("nobody is reminded of what is suspended: %s", held.raw)
	}
	ppk.submit(ppk.get(s.held + "/resume").want(200).forms()[0].set("date", "2026-03-12").filled()).want(303)
	ppk.get(s.held).want(200).shows("12-03-2026").has(1, "a[href$='/suspend']").has(1, "#suspensions tbody tr")
	ppk.get(s.ended).want(200).shows("Neraca akhir").shows("Dilepaskan")
	ppk.get(s.ended + "/final-account").want(200).shows("Neraca akhir SP/USAI")
	ppk.get(s.active+"/close").want(200).has(1, "[name='final_account.number']").has(1, "[name='final_account.date']")
}
