package sqlgraph

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrBusy says that another process builds or refreshes the same graph now.
var ErrBusy = errors.New("this graph is being built by another connection")

// ErrRebuild says that the graph cannot be refreshed, because there is none that was finished with these settings on these
// databases, or because a build was interrupted: call Build.
var ErrRebuild = errors.New("there is no finished graph of these settings to refresh: build it")

// Builder builds the graph of items in a database. Its methods may be called from several goroutines and processes; while
// one of them is at work, the others get [ErrBusy].
type Builder struct {
	s      *Settings
	graph  *sql.DB
	shards []*sql.DB
	now    func() time.Time
}

// NewBuilder returns a builder whose graph lands in the database graph. If no shards are given, the events lie there, too,
// and all is done by that database alone. Otherwise events lie in the shards, all events of one person in the same one,
// and the sums go through this process to the database graph, which may be one of the shards.
//
// The databases stay the caller's. Each needs Workers+2 connections at a time, and leave to make tables.
func NewBuilder(s Settings, graph *sql.DB, shards ...*sql.DB) (*Builder, error) {
	complete, err := s.complete()
	if err != nil {
		return nil, err
	}
	if complete.Dialect == ClickHouse {
		return nil, errors.New("sqlgraph: ClickHouse is not built by steps: run the text of Statement")
	}
	if graph == nil || slices.Contains(shards, nil) {
		return nil, errors.New("sqlgraph: a database is nil: open it first")
	}
	for i, db := range shards {
		if slices.Index(shards, db) != i {
			return nil, fmt.Errorf("sqlgraph: shard %d is given twice", i)
		}
	}
	if len(shards) == 1 && shards[0] == graph {
		shards = nil
	}
	if len(shards) > 0 {
		complete.Refreshable = true
	}
	return &Builder{s: complete, graph: graph, shards: shards, now: time.Now}, nil
}

// work is one run over all databases.
type work struct {
	*Builder
	job
	home   *node   // the database of the graph
	shards []*node // those of the events
}

// Build counts all events up to now and puts the new graph in the place of the old one, which is served until then.
//
// A build that was interrupted, by ctx, by an error, by the end of a server or of this process, is taken up again by the
// next call with the same settings: steps that were finished are not done again, and its events are those up to the time
// of the first call. There is never half a graph.
func (b *Builder) Build(ctx context.Context) error {
	return b.do(ctx, func(w *work, running, _ *job) error {
		fingerprint := b.s.fingerprint(len(b.shards))
		if running != nil && !running.Changes && running.Settings == fingerprint {
			w.job = *running
			return nil
		}
		id := rand.Text()
		w.job = job{Graph: id, ID: id, Settings: fingerprint, Until: b.now().UTC().Truncate(time.Millisecond)}
		return nil
	})
}

// Refresh takes in what happened since the last run, at the cost of the people whom it happened to: whoever has an event
// since then, or one that is now older than the window, and the people named, whose events were changed or erased. What
// they said before is taken from the sums, to the last digit, and what they say now is added: the result is that of
// [Builder.Build], but for events that came into the table more than Settings.Late after their own time.
//
// It needs Settings.Refreshable. An interrupted refresh is taken up again as a build is; the people named then are those
// of the first call, so name the new ones in the next.
func (b *Builder) Refresh(ctx context.Context, people ...string) error {
	if !b.s.Refreshable {
		return errors.New("sqlgraph: refresh: set Settings.Refreshable, and build")
	}
	return b.do(ctx, func(w *work, running, finished *job) error {
		fingerprint := b.s.fingerprint(len(b.shards))
		if running != nil {
			if !running.Changes || running.Settings != fingerprint {
				return fmt.Errorf("sqlgraph: refresh: %w", ErrRebuild)
			}
			w.job = *running
			return nil
		}
		if finished == nil || finished.Settings != fingerprint {
			return fmt.Errorf("sqlgraph: refresh: %w", ErrRebuild)
		}
		for _, n := range w.nodes() {
			if n.last == nil || n.last.Graph != finished.Graph {
				return fmt.Errorf("sqlgraph: refresh: %s: %w", n.name, ErrRebuild)
			}
		}
		w.job = job{Graph: finished.Graph, ID: rand.Text(), Changes: true, Settings: fingerprint,
			Until: b.now().UTC().Truncate(time.Millisecond), Before: finished.Until, People: slices.Clone(people)}
		return nil
	})
}

// do opens the databases, lets choose say which job is to be done, and does what is left of it.
func (b *Builder) do(ctx context.Context, choose func(w *work, running, finished *job) error) error {
	w := &work{Builder: b}
	if len(b.shards) == 0 {
		w.home = &node{db: b.graph, s: b.s, name: "database"}
		w.shards = []*node{w.home}
	}
	for i, db := range b.shards {
		n := &node{db: db, s: b.s, name: fmt.Sprintf("shard %d", i), shard: i}
		if db == b.graph {
			w.home = n
		}
		w.shards = append(w.shards, n)
	}
	if w.home == nil {
		w.home = &node{db: b.graph, s: b.s, name: "database of the graph", shard: -1}
	}
	var running, finished *job
	for _, n := range w.nodes() {
		defer n.end()
		if err := n.begin(ctx); err != nil {
			return err
		}
		if running == nil {
			running = n.running
		}
		if finished == nil || n.last != nil && n.last.Until.After(finished.Until) {
			finished = n.last
		}
	}
	if err := choose(w, running, finished); err != nil {
		return err
	}
	return w.all(ctx)
}

// nodes returns every database once, that of the graph last.
func (w *work) nodes() []*node {
	if slices.Contains(w.shards, w.home) {
		others := slices.DeleteFunc(slices.Clone(w.shards), func(n *node) bool { return n == w.home })
		return append(others, w.home)
	}
	return append(slices.Clone(w.shards), w.home)
}

func (w *work) all(ctx context.Context) error {
	counted := false // a database has finished only if all was counted
	for _, n := range w.nodes() {
		counted = counted || n.finished(&w.job)
	}
	if !counted {
		for _, n := range w.nodes() {
			if n.running == nil || n.running.ID != w.ID {
				if err := n.start(ctx, &w.job); err != nil {
					return err
				}
			}
		}
		if err := w.count(ctx); err != nil {
			return err
		}
	}
	for _, n := range w.nodes() {
		if !n.finished(&w.job) {
			if err := n.finish(ctx, &w.job); err != nil {
				return err
			}
		}
	}
	return nil
}

// finished reports whether a database is through with a job.
func (n *node) finished(j *job) bool { return n.last != nil && n.last.ID == j.ID }
