package main

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// asked is one statement as the program sent it.
type asked struct {
	query string
	args  []driver.NamedValue
}

// recorder opens connections of lib/pq and, while it listens, keeps what is asked of them: the statements of a use case,
// so that pgbench can run the same ones.
type recorder struct {
	driver.Connector
	mu     sync.Mutex
	listen bool
	heard  []asked
}

func newRecorder(dsn string) (*recorder, error) {
	c, err := pq.NewConnector(dsn)
	return &recorder{Connector: c}, err
}

// during gives what is asked while fn runs.
func (r *recorder) during(fn func() error) ([]asked, error) {
	r.mu.Lock()
	r.listen, r.heard = true, nil
	r.mu.Unlock()
	err := fn()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listen = false
	return r.heard, err
}

func (r *recorder) hear(query string, args []driver.NamedValue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listen {
		r.heard = append(r.heard, asked{query, args})
	}
}

// pqConn is what a connection of lib/pq can do.
type pqConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.NamedValueChecker
	driver.SessionResetter
	driver.Validator
}

type recordedConn struct {
	pqConn
	to *recorder
}

type recordedStatement struct {
	driver.Stmt
	query string
	to    *recorder
}

// Connect opens a connection that is recorded.
func (r *recorder) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := r.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := c.(pqConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T cannot be recorded", c), c.Close())
	}
	return recordedConn{conn, r}, nil
}

// ExecContext runs a statement, and is heard.
func (c recordedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.to.hear(query, args)
	return c.pqConn.ExecContext(ctx, query, args)
}

// QueryContext runs a statement, and is heard.
func (c recordedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.to.hear(query, args)
	return c.pqConn.QueryContext(ctx, query, args)
}

// PrepareContext prepares a statement that is heard each time it runs.
func (c recordedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	s, err := c.pqConn.PrepareContext(ctx, query)
	return recordedStatement{s, query, c.to}, err
}

// ExecContext runs the statement, and is heard.
func (s recordedStatement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.to.hear(s.query, args)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args) //nolint:forcetypeassert // lib/pq has it
}

// QueryContext runs the statement, and is heard.
func (s recordedStatement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.to.hear(s.query, args)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args) //nolint:forcetypeassert // lib/pq has it
}

// pgbenchScript writes what was asked as a script of pgbench. Texts that differ from one run of the use case to the next
// are written as the SQL expressions of vary.
func pgbenchScript(all []asked, vary map[string]string) string {
	var out strings.Builder
	for _, a := range all {
		if begin, settings, ok := strings.Cut(a.query, ";"); ok && strings.HasPrefix(begin, "BEGIN") {
			out.WriteString(begin + ";\n" + oneSelect(settings))
			continue
		}
		text := regexp.MustCompile(`\$\d+`).ReplaceAllStringFunc(a.query, func(place string) string {
			n, _ := strconv.Atoi(place[1:])
			return literal(a.args[n-1].Value, vary)
		})
		out.WriteString(strings.Join(strings.Fields(text), " ") + ";\n")
	}
	return out.String()
}

// fresh are the ids that the use case made itself while it was heard: each run makes others.
func fresh(all []asked, since time.Time) map[string]string {
	out := map[string]string{}
	for _, a := range all {
		for _, arg := range a.args {
			id, err := uuid.Parse(fmt.Sprint(arg.Value))
			if err != nil || id.Version() != 7 {
				continue
			}
			if sec, nsec := id.Time().UnixTime(); !time.Unix(sec, nsec).Before(since) {
				out[id.String()] = "gen_random_uuid()"
			}
		}
	}
	return out
}

// oneSelect writes a row of SET LOCAL, which the program sends together with BEGIN, as one statement: pgbench sends a
// statement at a time.
func oneSelect(settings string) string {
	var calls []string
	for _, one := range strings.Split(settings, ";") {
		name, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(one), "SET LOCAL "), " = ")
		if ok {
			calls = append(calls, "set_config('"+name+"', "+value+", true)")
		}
	}
	return "SELECT " + strings.Join(calls, ", ") + ";\n"
}

// literal writes an argument; whatever vary names in it becomes an expression.
func literal(value any, vary map[string]string) string {
	switch v := value.(type) {
	case nil:
		return "NULL"
	case time.Time: // pgbench would take the colons of a time for variables
		if v.Year() < time.Now().Year() || time.Since(v) > time.Hour {
			return fmt.Sprintf("to_timestamp(%d)", v.Unix())
		}
		return "now()"
	case []byte:
		return literal(string(v), vary)
	case string:
		text := pq.QuoteLiteral(strings.ReplaceAll(v, `":`, `": `))
		object := (strings.HasPrefix(v, "[") || strings.HasPrefix(v, "{")) && json.Valid([]byte(v))
		if object { // pgbench would take what follows a colon for a variable
			text = regexp.MustCompile(`:(\w)`).ReplaceAllString(text, ":' || '$1")
		}
		whole := text
		for is, expression := range vary {
			text = strings.ReplaceAll(text, is, "' || "+expression+" || '")
		}
		if object {
			return "(" + text + ")::jsonb"
		}
		if text == whole {
			return text
		}
		if len(v) == 36 { // an id and nothing else
			return "(" + strings.TrimSuffix(strings.TrimPrefix(text, "'' || "), " || ''") + ")::uuid"
		}
		if strings.HasPrefix(v, "{") { // several ids
			return "(" + text + ")::uuid[]"
		}
		return "(" + text + ")"
	}
	return fmt.Sprint(value)
}
