package sqlgraph

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// node is one database, and what is known of the run on it.
type node struct {
	db    *sql.DB
	s     *Settings
	name  string // for errors
	shard int    // for progress; -1 is the database of the graph

	main    *session // holds the lock
	locked  bool
	running *job // the run that was not finished; nil if none
	last    *job // the last that was; nil if none

	mu   sync.Mutex
	done map[string]string // the steps of the run that are behind us, with what they noted
}

// job is one run of a build or refresh, as every database keeps it until all of them are through.
type job struct {
	Graph    string    // the build that all refreshes go back to
	ID       string    // of this run
	Changes  bool      `json:",omitempty"`
	Settings string    // fingerprint
	Until    time.Time // events before this count
	Before   time.Time `json:",omitzero"` // Until of the run before
	People   []string  `json:",omitempty"`
}

// The names in the table of the state. Steps of the present run begin with "step:".
const (
	stateJob  = "run"   // the job under way
	stateDone = "graph" // the last that was finished
)

// begin opens the main session, locks the graph there, and reads how far the last run came.
func (n *node) begin(ctx context.Context) error {
	var err error
	if n.main, err = n.open(ctx); err != nil {
		return err
	}
	var got int
	err = n.main.query(ctx, "lock", n.s.Dialect.lock(), []any{n.s.table("build")}, func(r *sql.Rows) error { return r.Scan(&got) })
	if err != nil {
		return err
	}
	if got != 1 {
		return n.fail("lock", ErrBusy)
	}
	n.locked = true
	err = n.main.exec(ctx, "make the table of the state",
		"create table if not exists {state} (name varchar(100) primary key, value {long} not null) {engine}")
	if err != nil {
		return err
	}
	n.done = map[string]string{}
	return n.main.query(ctx, "read the state", "select name, value from {state}", nil, n.readState)
}

func (n *node) readState(r *sql.Rows) error {
	var name, value string
	if err := r.Scan(&name, &value); err != nil {
		return err
	}
	switch name {
	case stateJob:
		return json.Unmarshal([]byte(value), &n.running)
	case stateDone:
		return json.Unmarshal([]byte(value), &n.last)
	}
	n.done[strings.TrimPrefix(name, "step:")] = value
	return nil
}

// end unlocks the graph and closes the main session.
func (n *node) end() {
	if n.main == nil {
		return
	}
	if n.locked {
		ctx, stop := context.WithTimeout(context.Background(), killPatience)
		defer stop()
		_, _ = n.main.conn.ExecContext(ctx, n.s.text(n.s.Dialect.unlock()), n.s.table("build"))
	}
	n.main.close()
	n.main = nil
}

// start notes a job as under way, with no step done.
func (n *node) start(ctx context.Context, j *job) error {
	text, err := json.Marshal(j)
	if err != nil {
		return n.fail("start", err)
	}
	n.done = map[string]string{}
	return n.main.within(ctx, "start", func() error {
		if err := n.main.exec(ctx, "start", "delete from {state} where name <> '"+stateDone+"'"); err != nil {
			return err
		}
		return n.main.exec(ctx, "start", "insert into {state} (name, value) values (?, ?)", stateJob, string(text))
	})
}

// finish notes a job as done, without the people it named: they may have asked to be forgotten.
func (n *node) finish(ctx context.Context, j *job) error {
	kept := *j
	kept.People = nil
	text, err := json.Marshal(kept)
	if err != nil {
		return n.fail("finish", err)
	}
	return n.main.within(ctx, "finish", func() error {
		if err := n.main.exec(ctx, "finish", "delete from {state}"); err != nil {
			return err
		}
		return n.main.exec(ctx, "finish", "insert into {state} (name, value) values (?, ?)", stateDone, string(text))
	})
}

// step is something that is done once in a run. What it makes is dropped and made anew when the step starts over; what
// it then changes, it changes in the transaction that notes it as done.
type step struct {
	name   string
	make   []string // may be repeated
	change func(ctx context.Context, s *session) error
	note   func() string
	part   int // of how many, for progress
	parts  int
}

func (n *node) run(ctx context.Context, s *session, st step) error {
	if !n.isDone(st.name) {
		for _, statement := range st.make {
			if err := s.exec(ctx, st.name, statement); err != nil {
				return err
			}
		}
		note := ""
		err := s.within(ctx, st.name, func() error {
			if st.change != nil {
				if err := st.change(ctx, s); err != nil {
					return n.fail(st.name, err)
				}
			}
			if st.note != nil {
				note = st.note()
			}
			return s.exec(ctx, st.name, "insert into {state} (name, value) values (?, ?)", "step:"+st.name, note)
		})
		if err != nil {
			return err
		}
		n.mu.Lock()
		n.done[st.name] = note
		n.mu.Unlock()
	}
	n.s.Progress(Progress{Step: st.name, Shard: n.shard, Done: max(st.part, 1), Total: max(st.parts, 1)})
	return nil
}

// runAll does steps that do not need each other on several connections at a time.
func (n *node) runAll(ctx context.Context, steps []step) error {
	todo := make(chan step, len(steps))
	for _, st := range steps {
		if !n.isDone(st.name) {
			todo <- st
		}
	}
	close(todo)
	workers := make([]func(context.Context) error, min(n.s.Workers, len(todo)))
	for k := range workers {
		workers[k] = func(ctx context.Context) error {
			s, err := n.open(ctx)
			if err != nil {
				return err
			}
			defer s.close()
			for st := range todo {
				if err := n.run(ctx, s, st); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return together(ctx, workers...)
}

func (n *node) isDone(step string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.done[step]
	return ok
}

func (n *node) noted(step string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.done[step]
}

// statements makes a step of statements.
func statements(what string, texts ...string) func(context.Context, *session) error {
	return func(ctx context.Context, s *session) error {
		for _, text := range texts {
			if err := s.exec(ctx, what, text); err != nil {
				return err
			}
		}
		return nil
	}
}

// exists reports whether one of the package's tables is there.
func (n *node) exists(ctx context.Context, word string) (bool, error) {
	schema, name := n.s.Dialect.here(), n.s.table(word)
	args := []any{name}
	if before, after, ok := strings.Cut(name, "."); ok {
		schema, args = "?", []any{after, before}
	}
	var count int
	err := n.main.query(ctx, "look for a table", "select count(*) from information_schema.tables where table_name = ? and table_schema = "+schema,
		args, func(r *sql.Rows) error { return r.Scan(&count) })
	return count > 0, err
}

// fresh drops a table and makes it anew.
func fresh(table, columns string) []string {
	return []string{"drop table if exists " + table, fmt.Sprintf("create table %s (%s) {engine}", table, columns)}
}
