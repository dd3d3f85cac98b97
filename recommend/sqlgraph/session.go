package sqlgraph

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// killPatience is how long a server may take to end a statement that is no longer wanted, and killAgain how long until it
// is told again: a server that is told in the moment before a statement begins forgets it.
const (
	killPatience = 5 * time.Second
	killAgain    = 200 * time.Millisecond
)

// session is one connection to a database. It has settings of its own and is not given back to the pool.
type session struct {
	n    *node
	conn *sql.Conn
	id   int64 // by which the server knows the connection
}

func (n *node) open(ctx context.Context) (*session, error) {
	conn, err := n.db.Conn(ctx)
	if err != nil {
		return nil, n.fail("connect", err)
	}
	s := &session{n: n, conn: conn}
	for _, statement := range n.s.Dialect.greet(n.s) {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			s.close()
			return nil, n.fail("prepare the connection", err)
		}
	}
	if err := conn.QueryRowContext(ctx, n.s.Dialect.identify()).Scan(&s.id); err != nil {
		s.close()
		return nil, n.fail("prepare the connection", err)
	}
	return s, nil
}

// close ends the connection, and with it what it had begun, its settings and its locks.
func (s *session) close() {
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn }) // so that the pool does not keep it
	_ = s.conn.Close()
}

// do runs one statement or query. When ctx ends, or the time for a statement is over, it ends the statement on the
// server, too: drivers only close the connection, which some servers notice when the statement is done.
func (s *session) do(ctx context.Context, what string, run func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.n.s.StatementTimeout,
		fmt.Errorf("statement took longer than %v: %w", s.n.s.StatementTimeout, context.DeadlineExceeded))
	defer cancel()
	if ctx.Err() != nil {
		return s.n.fail(what, context.Cause(ctx))
	}
	inner, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-done:
			return
		case <-ctx.Done():
		}
		patience, stop := context.WithTimeout(context.WithoutCancel(ctx), killPatience)
		defer stop()
		for {
			_, _ = s.n.db.ExecContext(patience, s.n.s.Dialect.kill(s.id))
			select {
			case <-done:
				return
			case <-patience.Done():
				abandon() // the server does not answer: let the driver close the connection
				return
			case <-time.After(killAgain):
			}
		}
	}()
	err := run(inner)
	close(done)
	<-watched
	switch {
	case ctx.Err() != nil:
		return s.n.fail(what, context.Cause(ctx))
	case err != nil:
		return s.n.fail(what, err)
	}
	return nil
}

func (s *session) exec(ctx context.Context, what, statement string, args ...any) error {
	return s.do(ctx, what, func(ctx context.Context) error {
		_, err := s.conn.ExecContext(ctx, s.n.s.text(statement), args...)
		return err
	})
}

// query calls row for each row of the answer.
func (s *session) query(ctx context.Context, what, statement string, args []any, row func(*sql.Rows) error) error {
	return s.do(ctx, what, func(ctx context.Context) error {
		rows, err := s.conn.QueryContext(ctx, s.n.s.text(statement), args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// within runs the statements of f in one transaction.
func (s *session) within(ctx context.Context, what string, f func() error) error {
	if err := s.exec(ctx, what, "begin"); err != nil {
		return err
	}
	err := f()
	if err == nil {
		err = s.exec(ctx, what, "commit")
	}
	if err == nil {
		return nil
	}
	patience, stop := context.WithTimeout(context.WithoutCancel(ctx), killPatience)
	defer stop()
	_, _ = s.conn.ExecContext(patience, "rollback") // or the server does, when the connection ends
	return err
}

// fail says where and at what something failed. Nothing here knows how the database was reached, so no secret is told.
func (n *node) fail(what string, err error) error {
	if told := (*stepError)(nil); errors.As(err, &told) {
		return err
	}
	return &stepError{where: n.name, what: what, err: err}
}

// stepError names the database and the step, once, whatever it passes through.
type stepError struct {
	where, what string
	err         error
}

func (e *stepError) Error() string {
	return "sqlgraph: " + e.where + ": " + e.what + ": " + e.err.Error()
}
func (e *stepError) Unwrap() error { return e.err }
