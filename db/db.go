// Package db is the only place that speaks SQL: the connection, transactions, and one file per noun that
// implements the noun's port. It knows no screen, no wire and no workbook.
package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"tayang/app/access"
)

// Store is the connection pool of the program's own role.
type Store struct {
	pool *sqlx.DB
	now  func() time.Time
	told bool // the clock is a story's
}

// Open connects with a lib/pq connection string; the caller closes the store.
func Open(ctx context.Context, dsn string) (*Store, error) {
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return OpenBy(ctx, connector)
}

// OpenBy connects by a connector of lib/pq, or by one around it that watches what is asked.
func OpenBy(ctx context.Context, connector driver.Connector) (*Store, error) {
	pool := sqlx.NewDb(sql.OpenDB(preparing{connector}), "postgres")
	pool.SetMaxOpenConns(32)
	pool.SetMaxIdleConns(32)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach database: %w", err), pool.Close())
	}
	return &Store{pool: pool, now: time.Now}, nil
}

// At is the same store with another clock, for stories that are told at their own time.
func (s *Store) At(now func() time.Time) *Store { return &Store{s.pool, now, true} }

// Close ends all connections.
func (s *Store) Close() error { return s.pool.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.PingContext(ctx) }

// Tx is one transaction for one deed, inside one government's walls. Each noun's file adds its methods.
type Tx struct {
	conn *sqlx.Conn
	act  access.Act
	now  time.Time
}

// Now is the one time of the transaction.
func (tx *Tx) Now() time.Time { return tx.now }

func (tx *Tx) government() uuid.UUID { return tx.act.Actor.Government }

// errRetry asks InTx to run the deed again on fresh data, after an optimistic update met a newer row.
var errRetry = errors.New("row changed since it was read")

const triesMax = 5

// InTx runs fn in one transaction that carries the act; see access.Transactor. A fault from fn or from a
// constraint rolls everything back. 40001, 40P01 and a lost optimistic update are tried again.
func (s *Store) InTx(ctx context.Context, act access.Act, fn func(tx *Tx) (any, error)) error {
	for try := 1; ; try++ {
		err := s.once(ctx, act, "BEGIN", func(tx *Tx) error {
			result, err := fn(tx)
			if err != nil {
				return err
			}
			if err := tx.noteActing(ctx, result); err != nil {
				return err
			}
			return tx.remember(ctx, result)
		})
		if err == nil || try == triesMax || !retryable(err) {
			return faultOf(err)
		}
	}
}

// Read runs fn in a read-only transaction: one snapshot, the same walls.
func (s *Store) Read(ctx context.Context, actor access.Actor, fn func(tx *Tx) error) error {
	return faultOf(s.once(ctx, access.Act{Actor: actor}, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", fn))
}

// Within narrows InTx to what a use case needs of storage.
func Within[T any](s *Store, as func(*Tx) T) access.Transactor[T] {
	return func(ctx context.Context, act access.Act, fn func(tx T) (any, error)) error {
		return s.InTx(ctx, act, func(tx *Tx) (any, error) { return fn(as(tx)) })
	}
}

// Reading narrows Read to what a use case needs of storage.
func Reading[T any](s *Store, as func(*Tx) T) access.Reader[T] {
	return func(ctx context.Context, actor access.Actor, fn func(tx T) error) error {
		return s.Read(ctx, actor, func(tx *Tx) error { return fn(as(tx)) })
	}
}

func (s *Store) once(ctx context.Context, act access.Act, begin string, fn func(tx *Tx) error) (err error) {
	conn, err := s.pool.Connx(ctx)
	if err != nil {
		return err
	}
	defer func() {
		// Whatever happened, the connection goes back outside any transaction, or not at all.
		if err != nil {
			if _, e := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); e != nil {
				_ = conn.Raw(func(any) error { return driver.ErrBadConn })
			}
		}
		_ = conn.Close()
	}()
	now := s.now().UTC().Truncate(time.Microsecond)
	if _, err = conn.ExecContext(ctx, begin+"; "+settings(act)+s.clock(now)); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic in transaction")
			panic(p)
		}
	}()
	tx := &Tx{conn: conn, act: act, now: now}
	if err = fn(tx); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return err
}

// clock tells the database the time of a story; otherwise it goes by its own.
func (s *Store) clock(now time.Time) string {
	if !s.told {
		return ""
	}
	return "SET LOCAL tayang.clock = " + pq.QuoteLiteral(now.Format(time.RFC3339Nano)) + ";"
}

// settings carries the act into the transaction, for the walls and for whatever triggers record.
func settings(act access.Act) string {
	var b strings.Builder
	for _, s := range [][2]string{
		{"government", act.Actor.Government.String()},
		{"actor", act.Actor.User.String()},
		{"verb", string(act.Verb)},
		{"reason", act.Reason},
		{"request", act.RequestID},
	} {
		b.WriteString("SET LOCAL tayang." + s[0] + " = " + pq.QuoteLiteral(s[1]) + ";")
	}
	return b.String()
}

// remember keeps the answer of a keyed request in the transaction of the work itself.
func (tx *Tx) remember(ctx context.Context, result any) error {
	a := tx.act.Answer
	if a == nil {
		return nil
	}
	status, etag, body, err := a.Encode(result)
	if err != nil {
		return err
	}
	_, err = tx.conn.ExecContext(ctx, `INSERT INTO idempotency (government_id, user_id, key, request_hash, status, etag, body, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.government(), tx.act.Actor.User, a.Key, a.RequestHash, status, etag, body, tx.now)
	return err
}

// KeptAnswer finds the first answer given to the actor's key; ok is false when the key is new.
func (s *Store) KeptAnswer(ctx context.Context, actor access.Actor, key string) (k access.Kept, ok bool, err error) {
	err = s.Read(ctx, actor, func(tx *Tx) error {
		var found []access.Kept
		if err := sqlx.SelectContext(ctx, tx.conn, &found, `SELECT request_hash, status, etag, body FROM idempotency
			WHERE government_id = $1 AND user_id = $2 AND key = $3`, actor.Government, actor.User, key); err != nil {
			return err
		}
		if len(found) == 1 {
			k, ok = found[0], true
		}
		return nil
	})
	return k, ok, err
}

func (tx *Tx) get(ctx context.Context, dest any, query string, args ...any) error {
	return sqlx.GetContext(ctx, tx.conn, dest, query, args...)
}

func (tx *Tx) all(ctx context.Context, dest any, query string, args ...any) error {
	return sqlx.SelectContext(ctx, tx.conn, dest, query, args...)
}

// exec runs a statement that must touch at least one row; none means that the row changed since it was read.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	res, err := tx.conn.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errRetry)
	}
	return nil
}

// returning runs a statement that changes one row and gives something of it back; no row means that it changed since it
// was read.
func (tx *Tx) returning(ctx context.Context, dest any, query string, args ...any) error {
	err := tx.get(ctx, dest, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return errRetry
	}
	return err
}

func retryable(err error) bool {
	var pe *pq.Error
	return errors.Is(err, errRetry) || errors.As(err, &pe) && (pe.Code == "40001" || pe.Code == "40P01")
}
