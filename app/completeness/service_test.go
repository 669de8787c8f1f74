package completeness_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"tayang/app/agreement"
	"tayang/app/completeness"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/payment"
	"tayang/app/rule"
	"tayang/db/dbtest/chain"
)

// requested is a payment of two placements of an agreement that has a RUP code.
func requested(t *testing.T, c *chain.Chain) payment.Payment {
	t.Helper()
	a, err := c.Agreements.Create(t.Context(), c.Staff, c.Agency.Code, agreement.Terms{
		Kind: agreement.Media, Number: "SPK/BERKAS/2026", Title: "Kerja sama media", VendorID: c.Vendor.ID, Method: "e_purchasing", Form: "surat_pesanan",
		RUPCode: "12345678", OrderDate: chain.Day("2026-05-01"), StartDate: chain.Day("2026-05-02"), EndDate: chain.Day("2026-11-30"), Deliverables: []agreement.Item{c.Item(2)},
	})
	chain.Wants(t, err, "")
	a = c.Move(t, c.Staff, a, agreement.Submit)
	a = c.Move(t, c.PPK, a, agreement.Approve)
	return c.Requested(t, a, c.Invoiced(t, a, a.Deliverables[0].ID, 2))
}

func sent(code paper.Code, content string) completeness.Sent {
	return completeness.Sent{
		PaperForm: completeness.PaperForm{Code: code, Number: "NO/" + string(code), Date: chain.Day("2026-06-12"), Origin: "vendor"},
		File:      file.Sent{Name: "../" + string(code) + ".pdf", DeclaredType: "application/pdf", Content: strings.NewReader("%PDF-1.7\n" + content)},
	}
}

func put(t *testing.T, c *chain.Chain, p payment.Payment, code paper.Code, content string) completeness.Paper {
	t.Helper()
	out, err := c.Complete.Add(t.Context(), c.Treasurer, c.Agency.Code, p.ID, sent(code, content))
	chain.Wants(t, err, "")
	return out
}

// stopped are the papers that stop the payment, in the order of the file.
func stopped(t *testing.T, c *chain.Chain, p payment.Payment) (out []paper.Code) {
	t.Helper()
	known, err := c.Payments.Assessment(t.Context(), c.Auditor, c.Agency.Code, p.ID)
	chain.Wants(t, err, "")
	for _, d := range known.Doubts {
		if d.Rule == rule.SPJIncomplete && d.Stops() {
			out = append(out, paper.Code(strings.TrimPrefix(d.Pointer, "/file/")))
		}
	}
	return out
}

// Every mandatory paper of a complete file, taken out, is what stops the payment, and nothing else.
func TestAMissingPaperIsNamedAndNothingElse(t *testing.T) {
	t.Parallel()
	c := chain.Strict(t, rule.SPJIncomplete)
	p := requested(t, c)
	lacking := stopped(t, c, p)
	if got, want := join(lacking), "catalogue_package contract spd recap receipt bap verification"; got != want {
		t.Fatalf("lacking %s, want %s", got, want)
	}
	kept := map[paper.Code]completeness.Paper{}
	for _, code := range lacking {
		kept[code] = put(t, c, p, code, string(code))
	}
	if left := stopped(t, c, p); len(left) > 0 {
		t.Fatalf("complete, and yet %v", left)
	}
	for _, code := range lacking {
		void(t, c, p, kept[code])
		if got := join(stopped(t, c, p)); got != string(code) {
			t.Errorf("without %s: %s", code, got)
		}
		_, err := c.Payments.Authorise(t.Context(), c.Head, c.Agency.Code, p.ID, nil, payment.Paper{Number: "SPM/1", Date: chain.Day("2026-06-13")})
		f := fault.From(err)
		if f == nil || f.Code != "not_payable" || len(f.Fields) != 1 || f.Fields[0].Code != "spj_incomplete" || f.Fields[0].Args["paper"] != string(code) {
			t.Errorf("without %s: %v", code, err)
		}
		put(t, c, p, code, string(code)+" again")
	}
	p = c.Settle(t, c.Authorise(t, p))
	after(t, c, p)
}

func void(t *testing.T, c *chain.Chain, p payment.Payment, which completeness.Paper) {
	t.Helper()
	_, err := c.Complete.Void(t.Context(), c.Staff, c.Agency.Code, p.ID, which.ID, paper.VoidCommand{Expected: &which.Version, Reason: "salah pindai"})
	chain.Wants(t, err, "")
}

func join(codes []paper.Code) string {
	var out []string
	for _, code := range codes {
		out = append(out, string(code))
	}
	return strings.Join(out, " ")
}

// after a settlement the treasurer owes what could not be there before, each until its day.
func after(t *testing.T, c *chain.Chain, p payment.Payment) {
	t.Helper()
	list, err := c.Complete.Of(t.Context(), c.Auditor, c.Agency.Code, completeness.Payment, p.ID)
	chain.Wants(t, err, "")
	var owed []string
	for _, o := range list.Owes(chain.Day("2026-07-01"), false) {
		owed = append(owed, string(o.Code)+" "+o.Due.String())
	}
	if got, want := strings.Join(owed, ", "), "transfer_slip 2026-06-15, withholding_slip 2026-07-15, ntpn 2026-07-15"; got != want {
		t.Errorf("owed: %s, want %s", got, want)
	}
	page, err := c.Complete.Missing(t.Context(), c.Auditor, c.Agency.Code, listing.All().Where("owner", "treasurer"))
	chain.Wants(t, err, "")
	if len(page.Items) != 3 || page.Items[0].ID != p.ID || !page.Items[0].Late {
		t.Errorf("%+v", page.Items)
	}
	first, err := c.Complete.Missing(t.Context(), c.Auditor, c.Agency.Code, listing.Query{Limit: 2, Count: true, Filters: map[string][]string{"owner": {"treasurer"}}})
	chain.Wants(t, err, "")
	second, err := c.Complete.Missing(t.Context(), c.Auditor, c.Agency.Code, listing.Query{Limit: 2, Cursor: *first.NextCursor, Filters: map[string][]string{"owner": {"treasurer"}}})
	chain.Wants(t, err, "")
	if *first.Total != 3 || len(first.Items) != 2 || len(second.Items) != 1 || second.NextCursor != nil {
		t.Errorf("pages: %+v %+v", first, second)
	}
}

func TestWhoMayPutPapersAndWhich(t *testing.T) {
	t.Parallel()
	c := chain.New(t)
	p := requested(t, c)
	for name, code := range map[paper.Code]string{paper.Proof: "paper_of_record", paper.SPP: "paper_of_record", "no_such": "unknown_choice"} {
		_, err := c.Complete.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, sent(name, "x"))
		chain.Wants(t, err, "invalid", "/code "+code)
	}
	_, err := c.Complete.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, sent(paper.Other, "x"))
	chain.Wants(t, err, "invalid", "/name required")
	_, err = c.Complete.Add(t.Context(), c.Auditor, c.Agency.Code, p.ID, sent(paper.BAP, "x"))
	chain.Wants(t, err, "forbidden")
	_, err = c.Complete.Add(t.Context(), c.Staff, c.Agency.Code, uuid.New(), sent(paper.BAP, "x"))
	chain.Wants(t, err, "not_found")
	one := put(t, c, p, paper.BAP, "x")
	_, err = c.Complete.Add(t.Context(), c.Staff, c.Agency.Code, p.ID, sent(paper.BAP, "x"))
	chain.Wants(t, err, "duplicate", "/file duplicate")
	void(t, c, p, one)
	_, err = c.Complete.Void(t.Context(), c.Staff, c.Agency.Code, p.ID, one.ID, paper.VoidCommand{Reason: "lagi"})
	chain.Wants(t, err, "wrong_state")
	put(t, c, p, paper.BAP, "x")
	page, err := c.Complete.List(t.Context(), c.Auditor, c.Agency.Code, p.ID, listing.All())
	chain.Wants(t, err, "")
	if len(page.Items) != 2 || page.Items[0].Author == "" || page.Items[1].VoidReason != "salah pindai" {
		t.Errorf("%+v", page.Items)
	}
}
