package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/access"
	"tayang/app/budget"
	"tayang/app/fault"
	"tayang/app/lang"
	"tayang/app/listing"
	"tayang/app/period"
	"tayang/app/registry"
	"tayang/app/report"
	"tayang/db"
)

type reportCommand struct {
	Kind       string `arg:"" help:"accountability or trail"`
	Output     string `short:"o" required:"" help:"The workbook to write."`
	Agency     string `help:"Agency code; the agency that most accounts belong to when it is left out."`
	Year       int    `help:"Fiscal year; when it is left out, this year if it has a budget in force, else the last one that has; the trail is of all years then."`
	From       string `help:"First day, as 2026-01-31."`
	To         string `help:"Last day, as 2026-01-31."`
	Record     string `help:"Of the trail: only the record of that id and what belongs to it."`
	Person     string `help:"Of the trail: only the deeds of the person with that e-mail address, or of operator."`
	Language   string `default:"id" help:"id or en."`
	Government string `help:"Name of the government, when there are several."`
}

// Run writes a workbook; exit status 3 says that its figures do not agree with each other.
func (r reportCommand) Run(ctx context.Context, c console, cfg config) (err error) {
	p, err := openBeside(ctx, cfg, newLog(c, cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	actor, agency, err := r.whose(ctx, p)
	if err != nil {
		return err
	}
	if r.Year == 0 && report.Kind(r.Kind) != report.Trail {
		if r.Year, err = yearInForce(ctx, p, actor, agency); err != nil {
			return err
		}
	}
	req, err := r.request(agency)
	if err != nil {
		return err
	}
	if err := p.store.Read(ctx, actor, func(tx *db.Tx) error { return report.Known(ctx, tx, actor, req) }); err != nil {
		return usageError{inWords(err)}
	}
	var book bytes.Buffer
	out, err := p.maker().Make(ctx, actor, req, &book, nil)
	if err != nil {
		return inWords(err)
	}
	if err := writeWhole(r.Output, book.Bytes()); err != nil {
		return err
	}
	of := agency.Code
	if r.Year != 0 {
		of += " " + strconv.Itoa(r.Year)
	}
	c.say("%s: %s, %d rows, as of %s, SHA-256 %x", r.Output, of, out.Rows, out.AsOf.UTC().Format(time.RFC3339), sha256.Sum256(book.Bytes()))
	if !out.Agrees {
		return errDiffers
	}
	return nil
}

// errDiffers is a workbook that was written although its own figures do not agree.
var errDiffers = errors.New("the workbook was written, but some of its figures do not agree: see its check cells")

// whose finds the government and the agency that are meant; the command acts as the operator, who may read everything.
func (r reportCommand) whose(ctx context.Context, p *program) (actor access.Actor, agency registry.Agency, err error) {
	owner, err := db.Open(ctx, p.owner)
	if err != nil {
		return actor, agency, err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	government, err := userCommand{Government: r.Government}.government(ctx, owner)
	if err != nil {
		return actor, agency, err
	}
	actor = access.Actor{Government: government, Name: "tayang report", Email: "command line", Grants: []access.Grant{{Role: access.Auditor}}}
	page, err := p.app.api.Agencies.List(ctx, actor, listing.All())
	if err != nil {
		return actor, agency, err
	}
	var users []access.User
	if r.Agency == "" {
		err = owner.Read(ctx, actor, func(tx *db.Tx) (err error) { users, err = tx.Users(ctx); return err })
	}
	if err != nil {
		return actor, agency, err
	}
	agency, err = r.agencyOf(page.Items, users)
	return actor, agency, err
}

// agencyOf is the agency that was named; when none was, the one that most accounts in use belong to, the first by code
// of equals.
func (r reportCommand) agencyOf(all []registry.Agency, users []access.User) (agency registry.Agency, err error) {
	accounts := map[uuid.UUID]int{}
	for _, u := range users {
		for _, role := range u.Roles {
			if !u.Disabled {
				accounts[role.Agency]++
			}
		}
	}
	var codes []string
	most := -1
	for _, a := range all {
		codes = append(codes, a.Code)
		if a.Code == r.Agency || r.Agency == "" && accounts[a.ID] > most {
			agency, most = a, accounts[a.ID]
		}
	}
	switch {
	case len(all) == 0:
		return agency, errors.New("there is no agency yet; an administrator founds one over the API")
	case most < 0:
		return agency, usageError{fmt.Errorf("name one of the agencies with --agency: %s", strings.Join(codes, ", "))}
	}
	return agency, nil
}

// yearInForce is this year when the agency has a budget in force for it, else the last year that has one; this year when
// there is no budget at all.
func yearInForce(ctx context.Context, p *program, actor access.Actor, agency registry.Agency) (int, error) {
	now := p.now().In(p.place).Year()
	q := listing.Query{Limit: 1, Sort: []listing.Key{{Field: "fiscal_year", Desc: true}}}.Where("status", string(budget.Locked))
	for _, narrow := range []listing.Query{q.Where("fiscal_year", strconv.Itoa(now)), q} {
		page, err := p.app.api.Budgets.Versions(ctx, actor, agency.Code, narrow)
		if err != nil {
			return 0, err
		}
		if len(page.Items) > 0 {
			return page.Items[0].FiscalYear, nil
		}
	}
	return now, nil
}

func (r reportCommand) request(agency registry.Agency) (report.Request, error) {
	req := report.Request{Kind: report.Kind(r.Kind), AgencyID: agency.ID, FiscalYear: r.Year, Language: report.Language(r.Language),
		Record: r.Record, Person: strings.ToLower(r.Person)}
	for _, d := range []struct {
		text string
		into *period.Date
		flag string
	}{{r.From, &req.From, "--from"}, {r.To, &req.To, "--to"}} {
		if d.text == "" {
			continue
		}
		day, err := period.ParseDate(d.text)
		if err != nil {
			return req, usageError{fmt.Errorf("%s %s is no day; write it as 2026-01-31", d.flag, d.text)}
		}
		*d.into = day
	}
	if err := req.Check(); err != nil {
		return req, usageError{inWords(err)}
	}
	return req, nil
}

// inWords says a fault to an operator.
func inWords(err error) error {
	f := fault.From(err)
	if f.Kind == fault.Internal {
		return err
	}
	l := lang.For("en")
	words := []string{l.Fault(f, "")}
	for _, w := range f.Fields {
		words = append(words, l.Field(w, ""))
	}
	return errors.New(strings.Join(words, " "))
}

// writeWhole writes the file or leaves what was there.
func writeWhole(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tayang-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}
