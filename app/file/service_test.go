package file_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/agreement"
	"tayang/app/fault"
	"tayang/app/file"
	"tayang/app/payment"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/db"
	"tayang/db/blob"
	"tayang/db/dbtest/office"
)

const sizeMax = 16 << 10

// desk is an office that takes files.
type desk struct {
	*office.Office
	files  *file.Service
	folder string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	d := desk{Office: office.New(t), folder: t.TempDir()}
	store, err := blob.OpenDirectory(d.folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	register := func(tx *db.Tx) file.Register { return tx }
	d.files = file.NewService(store, db.Within(d.Store, register), db.Reading(d.Store, register), sizeMax)
	return d
}

func pdf(text string) file.Sent {
	return file.Sent{Name: "akta.pdf", DeclaredType: "application/pdf", Content: strings.NewReader("%PDF-1.7\n" + text), Purpose: file.Paper}
}

func (d desk) keep(t *testing.T, actor access.Actor, text string) file.File {
	t.Helper()
	f, err := d.files.Keep(t.Context(), actor, pdf(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (d desk) stored(t *testing.T) (n int) {
	t.Helper()
	if err := filepath.WalkDir(d.folder, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeepAndOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	kept := d.keep(t, d.Staff, "satu")
	if kept.Size != 13 || kept.MediaType != "application/pdf" || kept.Filename != "akta.pdf" || kept.CreatedAt.IsZero() {
		t.Errorf("kept %+v", kept)
	}
	again, err := d.files.Keep(t.Context(), d.Treasurer, file.Sent{Name: "lain.pdf", Content: strings.NewReader("%PDF-1.7\nsatu"), Purpose: file.Paper})
	if err != nil || again.SHA256 != kept.SHA256 || !again.CreatedAt.Equal(kept.CreatedAt) || again.Filename != "lain.pdf" {
		t.Errorf("kept again %+v, %v", again, err)
	}
	f, content, err := d.files.Open(t.Context(), d.Auditor, kept.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if text, err := io.ReadAll(content); err != nil || string(text) != "%PDF-1.7\nsatu" || f.Size != 13 {
		t.Errorf("opened %+v %q, %v", f, text, err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	broken := errors.New("line cut")
	send := func(content io.Reader) error {
		_, err := d.files.Keep(t.Context(), d.Staff, file.Sent{Name: "a.pdf", Content: content, Purpose: file.Paper})
		return err
	}
	full := "%PDF-1.7" + strings.Repeat(" ", sizeMax-8)
	for _, c := range []struct {
		name    string
		content io.Reader
		code    string
		kind    fault.Kind
	}{
		{"empty", strings.NewReader(""), "invalid", fault.Invalid},
		{"too large", strings.NewReader(full + " "), "file_too_large", fault.TooLarge},
		{"too large, slowly", iotest.OneByteReader(strings.NewReader(full + " ")), "file_too_large", fault.TooLarge},
		{"cut off", io.MultiReader(strings.NewReader("%PDF"), iotest.ErrReader(broken)), "internal", fault.Internal},
	} {
		if f := fault.From(send(c.content)); f.Code != c.code || f.Kind != c.kind {
			t.Errorf("%s: got %v", c.name, f)
		}
	}
	if n := d.stored(t); n != 0 {
		t.Errorf("%d files are left", n)
	}
	if err := send(strings.NewReader(full)); err != nil {
		t.Errorf("the largest file: %v", err)
	}
	for _, reader := range []access.Actor{d.Auditor, d.Admin, d.Head, {Government: d.Staff.Government}} {
		if _, err := d.files.Keep(t.Context(), reader, pdf("x")); !fault.Is(err, "forbidden") {
			t.Errorf("%s: got %v", reader.Name, err)
		}
	}
}

func (d desk) canOpen(t *testing.T, actor access.Actor, sum string) bool {
	t.Helper()
	_, content, err := d.files.Open(t.Context(), actor, sum)
	if err == nil {
		return content.Close() == nil
	}
	if !fault.Is(err, "not_found") {
		t.Errorf("%s: got %v", actor.Name, err)
	}
	return false
}

func TestFilesStayWithinTheirWalls(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.keep(t, d.Staff, "satu")
	for _, c := range []struct {
		actor access.Actor
		opens bool
	}{{d.Staff, true}, {d.Neighbour, true}, {d.Auditor, true}, {d.Admin, false}, {d.Stranger, false}} {
		if got := d.canOpen(t, c.actor, f.SHA256); got != c.opens {
			t.Errorf("%s opens: %t", c.actor.Name, got)
		}
	}
	// The same content sent by the other government opens it there, and only there.
	d.keep(t, d.Stranger, "satu")
	if !d.canOpen(t, d.Stranger, f.SHA256) {
		t.Error("the other government's own file is not there")
	}
	if d.canOpen(t, d.Staff, strings.Repeat("0", 64)) {
		t.Error("a file that nobody sent is there")
	}
}

func TestRegistryFilesAreForEveryAgency(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.keep(t, d.Staff, "akta")
	vendors := func(tx *db.Tx) registry.VendorStore { return tx }
	service := registry.NewVendorService(db.Within(d.Store, vendors), db.Reading(d.Store, vendors))
	v, err := service.Create(t.Context(), d.Staff, registry.VendorForm{Kind: registry.Company, LegalName: "PT"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := service.AddDocument(t.Context(), d.Staff, v.ID, registry.DocumentForm{Kind: registry.Deed, Name: "Akta", File: f.SHA256}); err != nil {
		t.Fatal(err)
	}
	if !d.canOpen(t, d.Neighbour, f.SHA256) || d.canOpen(t, d.Admin, f.SHA256) {
		t.Error("a vendor's paper is not open to exactly those who work in an agency")
	}
}

func TestAgencyFilesAreItsOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.keep(t, d.Staff, "kuitansi")
	d.invoice(t, f.SHA256)
	if !d.canOpen(t, d.Staff, f.SHA256) || !d.canOpen(t, d.Auditor, f.SHA256) || d.canOpen(t, d.Neighbour, f.SHA256) {
		t.Error("an invoice's file is not open to exactly those who see the agency")
	}
}

func TestLostContentIsOurFault(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	f := d.keep(t, d.Staff, "satu")
	if err := os.Remove(filepath.Join(d.folder, f.SHA256[:2], f.SHA256[2:4], f.SHA256)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.files.Open(t.Context(), d.Staff, f.SHA256); fault.From(err).Kind != fault.Internal {
		t.Errorf("got %v", err)
	}
}

// invoice attaches the file to an invoice of the agency.
func (d desk) invoice(t *testing.T, sum string) {
	t.Helper()
	ctx, today := t.Context(), period.DateOf(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.UTC)
	v := registry.Vendor{ID: uuid.New(), VendorForm: registry.VendorForm{Kind: registry.Company, LegalName: "PT"}}
	a := agreement.Agreement{
		ID: uuid.New(), AgencyID: d.Agency.ID, Kind: agreement.Media, Number: "1", VendorID: v.ID, OrderDate: today,
		StartDate: today, EndDate: today, FiscalYear: 2026, CreatedBy: d.Staff.User, Deliverables: []agreement.Deliverable{},
	}
	i := payment.Invoice{
		ID: uuid.New(), AgencyID: d.Agency.ID, AgreementID: a.ID, VendorID: v.ID, Number: "A-1", Date: today, Amount: 1,
		File: sum, CreatedBy: d.Staff.User,
	}
	if err := d.Store.InTx(ctx, access.Act{Actor: d.Staff}, func(tx *db.Tx) (any, error) {
		if err := tx.SaveVendor(ctx, v); err != nil {
			return nil, err
		}
		if err := tx.SaveDraft(ctx, a); err != nil {
			return nil, err
		}
		return nil, tx.AddInvoice(ctx, i)
	}); err != nil {
		t.Fatal(err)
	}
}
