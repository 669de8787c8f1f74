package web

import (
	"bufio"
	"context"
	"io"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/file"
	"tayang/app/placement"
)

// proofForm adds a file as evidence, with a look at it before it is sent.
func proofForm(in reader, p placement.Placement) formPage {
	captured := in.input("captured_at", "datetime-local", false)
	captured.Help = in.T("placement.help.captured")
	upload := in.upload(true, evidence)
	upload.Wide = true
	return formPage{
		Action: in.path("placements", p.ID.String(), "proofs"), Multipart: true,
		Groups: []group{{Fields: []field{
			in.choice("kind", true, in.options("proof.kind", "screenshot", "page_scan", "recording", "photo", "log", "other")),
			in.choice("origin", true, in.options("proof.origin", "vendor", "staff")), captured, upload,
		}}},
		Buttons: []button{{Label: in.T("placement.prove"), Main: true, Icon: "upload"}},
	}
}

func (w *Web) addProof(r *request) (answer, error) {
	p, err := w.placementOf(r)
	if err != nil {
		return answer{}, err
	}
	if err = w.prove(r, p.ID); err == nil {
		return done(r.path("placements", p.ID.String())+"#proofs", "flash.proved")
	}
	f, ok := isFault(err)
	if !ok {
		return answer{}, err
	}
	page := placementRecord(r.reader, p)
	form := page.Parts[len(page.Parts)-1].Form
	if form == nil {
		return answer{}, err
	}
	form.fill(r.typed().get)
	form.mark(r.reader, f)
	return again(page, f)
}

func (w *Web) prove(r *request, id uuid.UUID) error {
	t := r.typed()
	e := placement.Evidence{Kind: placement.ProofKind(t.text("kind")), Origin: placement.Origin(t.text("origin")), CapturedAt: t.moment("captured_at")}
	if err := t.wrong.Err(); err != nil {
		return err
	}
	header, body, err := r.sent()
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }()
	e.File = file.Sent{Name: header.Filename, DeclaredType: header.Header.Get("Content-Type"), Content: bufio.NewReader(body), Purpose: file.Proof}
	_, err = w.services.Proofs.Add(r.ctx(), r.Actor, r.Agency.Code, id, e)
	return err
}

// openProof shows the file of a proof.
func (w *Web) openProof(r *request) (answer, error) { return w.sendProof(r, w.services.Proofs.Open) }

// openThumbnail shows the small picture of a proof.
func (w *Web) openThumbnail(r *request) (answer, error) {
	return w.sendProof(r, w.services.Proofs.Thumbnail)
}

func (w *Web) sendProof(r *request, open proofOpener) (answer, error) {
	id, err := r.id("id")
	if err != nil {
		return answer{}, err
	}
	proof, err := r.id("below")
	if err != nil {
		return answer{}, err
	}
	f, body, err := open(r.lasting(), r.Actor, r.Agency.Code, id, proof)
	if err != nil {
		return answer{}, err
	}
	return answer{sent: true}, stream(r.c, f.MediaType, f.Filename, f.Size, body)
}

type proofOpener func(ctx context.Context, actor access.Actor, agency string, placement, id uuid.UUID) (file.File, io.ReadCloser, error)
