package sqlgraph

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// Items have the same numbers in all databases, and keep them: the graph that is being served refers to them while the
// next one is built.
const itemColumns = "i int primary key, item {string} not null, unique (item)"

// number gives numbers to the items of {now} that have none. With one database it does so itself; with several the
// database of the graph has the say, and the names pass through this process.
func (w *work) number(ctx context.Context) error {
	const what = "number items"
	table := "create table if not exists {items} (" + itemColumns + ") {engine}"
	if w.alone() {
		return w.home.run(ctx, w.home.main, step{name: what, make: []string{table}, change: statements(what, `insert into {items} (i, item)
select (select coalesce(max(i), 0) from {items}) + row_number() over (order by d.item), d.item
from (select distinct item from {now}) d left join {items} t on t.item = d.item where t.i is null`)})
	}
	names, err := w.newNames(ctx)
	if err != nil {
		return err
	}
	if err := w.home.main.exec(ctx, what, table); err != nil {
		return err
	}
	if err := w.home.numberNames(ctx, names); err != nil {
		return err
	}
	return each(ctx, w.shards, func(ctx context.Context, n *node) error {
		st := step{name: what, change: func(ctx context.Context, s *session) error {
			if n == w.home {
				return nil
			}
			return n.copyNumbers(ctx, s, names)
		}}
		if !w.Changes && n != w.home {
			st.make = fresh("{items}", itemColumns)
		}
		return n.run(ctx, n.main, st)
	})
}

// alone reports whether one database has both the events and the graph.
func (w *work) alone() bool { return len(w.shards) == 1 && w.shards[0] == w.home }

// newNames returns the items of all shards' histories, without numbers.
func (w *work) newNames(ctx context.Context) (map[string]int64, error) {
	names := map[string]int64{}
	for _, n := range w.shards {
		if n.isDone("number items") {
			continue
		}
		err := n.main.query(ctx, "number items", "select distinct item from {now}", nil, func(r *sql.Rows) error {
			var name string
			if err := r.Scan(&name); err != nil {
				return err
			}
			names[name] = 0
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

// numberNames fills in the numbers, and gives those that have none the next ones, in the order of their bytes.
func (n *node) numberNames(ctx context.Context, names map[string]int64) error {
	const what = "number items"
	var last int64
	err := n.main.query(ctx, what, "select i, item from {items}", nil, func(r *sql.Rows) error {
		var i int64
		var name string
		if err := r.Scan(&i, &name); err != nil {
			return err
		}
		last = max(last, i)
		if _, ok := names[name]; ok {
			names[name] = i
		}
		return nil
	})
	if err != nil {
		return err
	}
	var rows [][]any
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if names[name] == 0 {
			last++
			names[name] = last
			rows = append(rows, []any{last, name})
		}
	}
	return n.main.within(ctx, what, func() error { return n.main.insert(ctx, what, "{items} (i, item)", rows) })
}

// copyNumbers gives a shard the numbers of the items that it has.
func (n *node) copyNumbers(ctx context.Context, s *session, names map[string]int64) error {
	const what = "number items"
	var rows [][]any
	err := s.query(ctx, what, "select distinct n.item from {now} n left join {items} t on t.item = n.item where t.i is null", nil, func(r *sql.Rows) error {
		var name string
		if err := r.Scan(&name); err != nil {
			return err
		}
		rows = append(rows, []any{names[name], name})
		return nil
	})
	if err != nil {
		return err
	}
	return s.insert(ctx, what, "{items} (i, item)", rows)
}

// insertRows is how many rows one statement inserts.
const insertRows = 500

// insert inserts rows of values into "table (columns)".
func (s *session) insert(ctx context.Context, what, into string, rows [][]any) error {
	for part := range slices.Chunk(rows, insertRows) {
		row := "(?" + strings.Repeat(", ?", len(part[0])-1) + ")"
		text := "insert into " + into + " values " + row + strings.Repeat(", "+row, len(part)-1)
		if err := s.exec(ctx, what, text, slices.Concat(part...)...); err != nil {
			return err
		}
	}
	return nil
}
