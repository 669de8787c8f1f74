package api

import (
	"context"
	"errors"
	"io"

	"github.com/gofiber/fiber/v2"

	"tayang/app/completeness"
	"tayang/app/fault"
	"tayang/app/listing"
	"tayang/app/paper"
	"tayang/app/period"
)

// paymentPaperForm is the form of a paper of a payment on its way in.
type paymentPaperForm struct {
	File   string     `json:"file" format:"binary"`
	Code   paper.Code `json:"code" doc:"of the checklist, or other"`
	Name   string     `json:"name,omitempty" doc:"what it is, when the code is other"`
	Number string     `json:"number,omitempty"`
	Date   string     `json:"date,omitempty" format:"date"`
	Origin string     `json:"origin,omitempty" enum:"vendor,staff" doc:"whose paper it is; staff when left out"`
}

// mountCompleteness registers how complete the files of agreements and payments are, and the papers of payments.
func (a *API) mountCompleteness() {
	const tag, agreement, payment = "Completeness", "/agencies/{agency}/agreements/{id}", "/agencies/{agency}/payments/{id}"
	get(a, agreement+"/completeness", tag, "What the file of an agreement holds and lacks, and who owes it", func(c call) (completeness.Checklist, error) {
		return a.Completeness.Of(c.ctx, c.actor, c.agency, completeness.Agreement, c.id)
	})
	get(a, payment+"/completeness", tag, "What the file (SPJ) of a payment holds and lacks, and who owes it", func(c call) (completeness.Checklist, error) {
		return a.Completeness.Of(c.ctx, c.actor, c.agency, completeness.Payment, c.id)
	})
	a.mountArchive(agreement+"/file.zip", completeness.Agreement)
	a.mountArchive(payment+"/file.zip", completeness.Payment)
	list(a, "/agencies/{agency}/missing-papers", tag, "List the papers that files of the agency lack: who owes what; mandatory ones unless mandatory=false",
		func(c call, q listing.Query) (listing.Page[completeness.Owed], error) {
			return a.Completeness.Missing(c.ctx, c.actor, c.agency, q)
		})
	upload[paymentPaperForm](a, payment+"/papers", tag, "Put a paper into the file of a payment", func(c call) (p completeness.Paper, err error) {
		form, err := a.readForm(c.http, "code", "name", "number", "date", "origin")
		if err != nil {
			return p, err
		}
		defer func() { err = errors.Join(err, form.Close()) }()
		sent := completeness.Sent{File: form.sent, PaperForm: completeness.PaperForm{
			Code: paper.Code(form.values["code"]), Name: form.values["name"], Number: form.values["number"], Origin: form.values["origin"],
		}}
		if sent.Date, err = dateIn(form, "date"); err != nil {
			return p, err
		}
		return a.Completeness.Add(c.ctx, c.actor, c.agency, c.id, sent)
	})
	list(a, payment+"/papers", tag, "List the papers that were put into the file of a payment, voided ones too", func(c call, q listing.Query) (listing.Page[completeness.Paper], error) {
		return a.Completeness.List(c.ctx, c.actor, c.agency, c.id, q)
	})
	get(a, payment+"/papers/{sub}", tag, "A paper in the file of a payment", func(c call) (completeness.Paper, error) {
		return a.Completeness.Paper(c.ctx, c.actor, c.agency, c.id, c.sub)
	})
	act(a, payment+"/papers/{sub}/void", tag, "Take a paper out of the file of a payment, with a reason", func(c call, body remark) (completeness.Paper, error) {
		return a.Completeness.Void(c.ctx, c.actor, c.agency, c.id, c.sub, paper.VoidCommand{Expected: c.expected, Reason: body.Reason})
	})
}

// dateIn reads a date of a form; none when it is left out.
func dateIn(f form, name string) (d period.Date, err error) {
	text := f.values[name]
	if text == "" {
		return d, nil
	}
	if d, err = period.ParseDate(text); err != nil {
		var wrong fault.Fields
		wrong.AddWith("/"+name, "not_readable", fault.Args{"type": "date"})
		return d, wrong.Err()
	}
	return d, nil
}

// mountArchive registers a GET of a whole file as one archive, made while it is sent.
func (a *API) mountArchive(path string, d completeness.Document) {
	a.documentContent(route{"GET", path, "Completeness", "All papers of the file as one ZIP, with its index", 200})
	a.router.Get(fiberPath(path), func(c *fiber.Ctx) error {
		cl := a.read(c)
		if cl.err != nil {
			return SendProblem(c, cl.err)
		}
		ctx := context.WithoutCancel(cl.call.ctx) // the content is made after this handler has returned
		name, content, err := a.Completeness.Stream(ctx, cl.call.actor, cl.call.agency, d, cl.call.id)
		if err != nil {
			return SendProblem(c, err)
		}
		return sendArchive(c, name, content)
	})
}

// sendArchive sends an archive whose size is not known before it is made.
func sendArchive(c *fiber.Ctx, name string, content io.ReadCloser) error {
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	return c.SendStream(content) // closes the content
}
