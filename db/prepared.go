package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/lib/pq"
)

// preparing opens connections that keep their statements prepared, so that PostgreSQL parses and plans each of them
// once for a connection and not once for a request.
type preparing struct{ driver.Connector }

// Connect opens a connection.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(driverConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("connections of %T cannot do what is needed", opened), opened.Close())
	}
	// Statements are short and many. Where nothing is known of a table yet, PostgreSQL takes some for long ones and compiles
	// them to machine code, which takes a hundred times as long as running them.
	if _, err := conn.ExecContext(ctx, "SET jit = off", nil); err != nil {
		return nil, errors.Join(fmt.Errorf("set up a connection: %w", err), conn.Close())
	}
	return &preparedConn{driverConn: conn, kept: map[string]*keptStatement{}}, nil
}

// driverConn is what a connection of the driver can do, as database/sql asks for it.
type driverConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.NamedValueChecker
	driver.SessionResetter
	driver.Validator
}

// driverStatement is what a prepared statement of the driver can do.
type driverStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type keptStatement struct {
	driverStatement
	used uint64 // when it last was, in statements of the connection
}

// preparedConn is a connection with the statements that it ran last. A connection serves one request at a time.
type preparedConn struct {
	driverConn
	kept map[string]*keptStatement
	ran  uint64
}

// statementsMax bounds what a connection keeps; each statement costs PostgreSQL some 50 kB.
const statementsMax = 64

type plannedAnewKey struct{}

// plannedAnew is for statements whose best plan depends on their values: reports, and lists that look into their joins.
// They are not kept.
func plannedAnew(ctx context.Context) context.Context {
	return context.WithValue(ctx, plannedAnewKey{}, true)
}

// QueryContext runs a statement that gives rows.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 || ctx.Value(plannedAnewKey{}) != nil {
		return c.driverConn.QueryContext(ctx, query, args)
	}
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	return rows, c.checked(query, err)
}

// ExecContext runs a statement that gives no rows.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 || ctx.Value(plannedAnewKey{}) != nil {
		return c.driverConn.ExecContext(ctx, query, args)
	}
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(ctx, args)
	return res, c.checked(query, err)
}

// statement finds the statement, or prepares it in the place of the one that was not used for longest.
func (c *preparedConn) statement(ctx context.Context, query string) (driverStatement, error) {
	c.ran++
	if s := c.kept[query]; s != nil {
		s.used = c.ran
		return s.driverStatement, nil
	}
	if len(c.kept) >= statementsMax {
		oldest := ""
		for text, s := range c.kept {
			if oldest == "" || s.used < c.kept[oldest].used {
				oldest = text
			}
		}
		if err := c.forget(oldest); err != nil {
			return nil, err
		}
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(driverStatement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("statements of %T cannot do what is needed", prepared), prepared.Close())
	}
	c.kept[query] = &keptStatement{s, c.ran}
	return s, nil
}

func (c *preparedConn) forget(query string) error {
	s := c.kept[query]
	delete(c.kept, query)
	return s.Close()
}

// checked drops a statement that PostgreSQL will not run again: the schema changed under it, or somebody deallocated it.
func (c *preparedConn) checked(query string, err error) error {
	var pe *pq.Error
	if errors.As(err, &pe) && (pe.Code == "0A000" || pe.Code == "26000") {
		return errors.Join(err, c.forget(query))
	}
	return err
}
