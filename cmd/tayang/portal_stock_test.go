package main

import (
	"fmt"
	"strings"
	"testing"
)

// admit gives a vendor a link and opens it, as he would: the visitor who has it, and the link's id.
func (o *office) admit(t testing.TB, body m) (v *visitor, id string) {
	t.Helper()
	made := o.do(t, "staff", "POST", "./vendor-links", body).want(201)
	v = o.stranger(t)
	door := doorOf(made)
	v.get(door).want(200)
	v.post(door, nil).want(303)
	return v, made.id()
}

// doorOf is the path of a new link's address.
func doorOf(made reply) string {
	address := made.text("url")
	return address[strings.Index(address, "/v/"):]
}

// sendInvoice sends the vendor's invoice over whatever can be billed under an agreement.
func (v *visitor) sendInvoice(t testing.TB, agreement, number string) screen {
	t.Helper()
	f := v.get("/v/agreements/" + agreement + "/invoice").want(200).forms()[0].filled()
	for i, in := range f.inputs {
		switch in.name {
		case "number":
			f.inputs[i].value = number
		case "file":
			f.inputs[i].content = []byte("%PDF-1.7\ntagihan " + number)
		}
	}
	return v.submit(f)
}

// forward makes a link of a vendor with two invoices that wait, and a second link to be revoked.
func (s *stock) forward(t testing.TB, vendor, outlet, line string) {
	t.Helper()
	var sent []string
	for _, number := range []string{"SP/TAUTAN/1", "SP/TAUTAN/2"} {
		a := s.office.active(t, terms(number, vendor, outlet, line, 1, 1_000_000))
		report := m{"agreement_id": a.id(), "number": "BAST/" + number, "date": "2026-03-31", "placement_ids": s.office.verified(t, a.deliverables()[0], 1)}
		s.do(t, "ppk", "POST", "./acceptances", report).want(201)
		v, id := s.office.admit(t, m{"vendor_id": vendor, "agreement_id": a.id(), "purpose": "Tagihan " + number})
		receipt := v.sendInvoice(t, a.id(), "INV/"+number).want(303).location
		sent, s.link = append(sent, strings.TrimPrefix(receipt, "/v/receipts/")), "./vendor-links/"+id
	}
	s.sent, s.sentWrong = "./vendor-submissions/"+sent[0], "./vendor-submissions/"+sent[1]
	s.linkNew = fmt.Sprintf("./vendor-links/new?vendor_id=%s", vendor)
}
