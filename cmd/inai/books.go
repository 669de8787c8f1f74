package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// budgetLine is a line of the budget as the API tells it.
type budgetLine struct {
	ID            string   `json:"id"`
	AccountCode   string   `json:"account_code"`
	Appropriation centavos `json:"appropriation"`
	Available     centavos `json:"available"`
	Reserved      centavos `json:"reserved"`
	Committed     centavos `json:"committed"`
	Realised      centavos `json:"realised"`
}

// agreement is an agreement as the API tells it.
type agreement struct {
	Number string   `json:"number"`
	Status string   `json:"status"`
	Gross  centavos `json:"gross"`
	Paid   centavos `json:"paid"`
}

// books is what stands in the product after the load, as somebody reads it who had no part in it.
type books struct {
	lines      []budgetLine
	agreements map[string]agreement // by number
}

func (l *loader) readBooks(ctx context.Context) (b books, err error) {
	if b.lines, err = l.lines(ctx); err != nil {
		return b, err
	}
	all, err := list[agreement](ctx, l.api, l.path("/agreements?limit=100&sort=number"))
	b.agreements = make(map[string]agreement, len(all))
	for _, a := range all {
		b.agreements[a.Number] = a
	}
	return b, err
}

func (l *loader) lines(ctx context.Context) ([]budgetLine, error) {
	return list[budgetLine](ctx, l.api, l.path("/budget-lines?sort=account_code"))
}

// list reads all pages of a list; path has a query.
func list[T any](ctx context.Context, api *client, path string) (all []T, err error) {
	for next := ""; ; {
		var page struct {
			Items      []T    `json:"items"`
			NextCursor string `json:"next_cursor"`
		}
		if err := api.get(ctx, head, path+next, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.NextCursor == "" {
			return all, nil
		}
		next = "&cursor=" + url.QueryEscape(page.NextCursor)
	}
}

// workbook is a finished report on disk.
type workbook struct {
	path   string
	sha256 string
	bytes  int
}

const workbookName = "inai-2015-accountability.xlsx"

// How often a report is asked after, and for how long.
const (
	pollEvery = 200 * time.Millisecond
	pollFor   = 5 * time.Minute
)

// makeWorkbook has the accountability report of the year made and saves it in the folder.
func (l *loader) makeWorkbook(ctx context.Context, folder string) (workbook, error) {
	ctx, cancel := context.WithTimeout(ctx, pollFor)
	defer cancel()
	var run struct {
		ID     string `json:"id"`
		Status string `json:"status"`
		SHA256 string `json:"sha256"`
		Error  string `json:"error"`
	}
	if err := l.api.post(ctx, head, l.path("/reports"), "report/accountability",
		object{"kind": "accountability", "fiscal_year": fiscalYear, "language": "en"}, &run); err != nil {
		return workbook{}, err
	}
	for run.Status == "queued" || run.Status == "running" {
		select {
		case <-ctx.Done():
			return workbook{}, fmt.Errorf("wait for the report: %w", ctx.Err())
		case <-time.After(pollEvery):
		}
		if err := l.api.get(ctx, head, l.path("/reports/%s", run.ID), &run); err != nil {
			return workbook{}, err
		}
	}
	if run.Status != "done" {
		return workbook{}, fmt.Errorf("the report is %s %s", run.Status, run.Error)
	}
	content, answer, err := l.api.fetch(ctx, call{who: head, method: http.MethodGet, path: l.path("/reports/%s/file", run.ID)}, body{})
	if err != nil {
		return workbook{}, err
	}
	return save(filepath.Join(folder, workbookName), content, run.SHA256, strings.Trim(answer.Get("ETag"), `"`))
}

// save writes the workbook when its hash is what the API said twice.
func save(path string, content []byte, said, tag string) (workbook, error) {
	sum := sha256.Sum256(content)
	w := workbook{path, hex.EncodeToString(sum[:]), len(content)}
	if w.sha256 != said || w.sha256 != tag {
		return w, fmt.Errorf("the workbook has SHA-256 %s, but the API says %s and its ETag %s", w.sha256, said, tag)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return w, err
	}
	return w, os.WriteFile(path, content, 0o600)
}
