package api

import (
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"

	"tayang/app/file"
	"tayang/app/listing"
	"tayang/app/report"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (a *API) mountReports() {
	const tag, path = "Reports", "/agencies/{agency}/reports"
	begin(a, fiber.StatusAccepted, path, tag, "Ask for a workbook", func(c call, body report.CreateCommand) (report.Run, error) {
		return a.Reports.Create(c.ctx, c.actor, c.agency, body)
	})
	list(a, path, tag, "List what was asked for", func(c call, q listing.Query) (listing.Page[report.Run], error) {
		return a.Reports.List(c.ctx, c.actor, c.agency, q)
	})
	get(a, path+"/{id}", tag, "How far it is", func(c call) (report.Run, error) {
		return a.Reports.Get(c.ctx, c.actor, c.agency, c.id)
	})
	act(a, path+"/{id}/cancel", tag, "Stop one that has not ended", func(c call, _ none) (report.Run, error) {
		return a.Reports.Cancel(c.ctx, c.actor, c.agency, c.id)
	})
	download(a, path+"/{id}/file", tag, "The workbook; its ETag is its SHA-256", func(c call) (file.File, io.ReadCloser, error) {
		run, content, err := a.Reports.File(c.ctx, c.actor, c.agency, c.id)
		return file.File{SHA256: run.SHA256, Size: run.Size, MediaType: workbookType, Filename: reportName(c.agency, run)}, content, err
	})
}

// reportName is the file's name for people: what it is, whose and of when.
func reportName(agency string, r report.Run) string {
	safe := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return '-'
	}, agency)
	name := string(r.Kind) + "-" + safe
	if r.AsOf != nil {
		name += "-" + r.AsOf.UTC().Format("20060102T150405Z")
	}
	return name + ".xlsx"
}
