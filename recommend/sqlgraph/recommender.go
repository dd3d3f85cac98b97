package sqlgraph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

// ErrUnsupported is wrapped by the error for a query that asks for what the graph does not know.
var ErrUnsupported = errors.New("not supported by a graph in a database")

// Recommender answers queries from the graph that a [Builder] made, in three or four short queries to the database. It is
// safe for concurrent use, also while the graph is built anew.
//
// A person's newest events and Query.Recent speak for their neighbours, each item with the same weight; none of them is
// suggested again. What is popular fills the list up, and is all there is for newcomers and where Query.NonPersonal is set.
// Text, Filter, Seen, Diversity and Context are not supported: the events table says neither what an item is like nor what
// was done to it. A person's id must be one that the person column can hold.
type Recommender struct {
	s      *Settings
	graph  *sql.DB
	shards []*sql.DB
}

// NewRecommender returns a recommender with the settings and databases of the builder.
func NewRecommender(s Settings, graph *sql.DB, shards ...*sql.DB) (*Recommender, error) {
	b, err := NewBuilder(s, graph, shards...)
	if err != nil {
		return nil, err
	}
	r := &Recommender{s: b.s, graph: graph, shards: b.shards}
	if len(r.shards) == 0 {
		r.shards = []*sql.DB{graph}
	}
	return r, nil
}

// Recommend implements [recommend.Recommender]. An error wraps [recommend.ErrInvalid], [ErrUnsupported], or what the
// database or ctx said.
func (r *Recommender) Recommend(ctx context.Context, q recommend.Query) ([]recommend.Suggestion, error) {
	if err := q.Validate(); err != nil {
		return nil, fmt.Errorf("sqlgraph: query: %w", err)
	}
	if q.NonPersonal {
		q.User, q.Recent, q.Context = "", nil, nil
	}
	if err := supported(&q); err != nil {
		return nil, fmt.Errorf("sqlgraph: query: %w", err)
	}
	if q.Limit == 0 {
		q.Limit = recommend.DefaultLimit
	}
	if q.Now.IsZero() {
		q.Now = time.Now()
	}
	list, err := r.answer(ctx, &q)
	if err != nil {
		return nil, fmt.Errorf("sqlgraph: recommend: %w", err)
	}
	return list, nil
}

// supported names the first field that asks for too much.
func supported(q *recommend.Query) error {
	f := &q.Filter
	for _, field := range []struct {
		name string
		set  bool
	}{
		{"text", q.Text != ""}, {"seen", q.Seen}, {"diversity", q.Diversity != 0}, {"context", len(q.Context) > 0},
		{"filter", len(f.Categories)+len(f.Brands)+len(f.Tags) > 0 || !f.MinPrice.IsZero() || !f.MaxPrice.IsZero()},
	} {
		if field.set {
			return fmt.Errorf("%s is %w: leave it out, or give candidates that fit", field.name, ErrUnsupported)
		}
	}
	return nil
}

// lists are a query in numbers of items.
type lists struct {
	profile []int64 // speak for their neighbours, newest first
	blocked []int64 // never suggested
	only    []int64 // if any candidates were given, those that are known
}

func (r *Recommender) answer(ctx context.Context, q *recommend.Query) ([]recommend.Suggestion, error) {
	profile, err := r.profile(ctx, q)
	if err != nil {
		return nil, err
	}
	l, err := r.number(ctx, profile, q)
	if err != nil {
		return nil, err
	}
	if len(q.Candidates) > 0 && len(l.only) == 0 {
		return []recommend.Suggestion{}, nil
	}
	list := []recommend.Suggestion{}
	if len(l.profile) > 0 {
		if list, err = r.neighbours(ctx, l, q.Limit); err != nil {
			return nil, err
		}
	}
	if len(list) < q.Limit {
		return r.fill(ctx, list, l, q.Limit)
	}
	return list, nil
}

// profile returns the items of the visit and of the person's newest events, newest first.
func (r *Recommender) profile(ctx context.Context, q *recommend.Query) ([]string, error) {
	names := slices.Clone(q.Recent)
	slices.Reverse(names)
	if q.User == "" {
		return names, nil
	}
	at := r.s.Events.Unit.Value
	text := r.s.text(`select {item} from {events} where {personcolumn} = ? and {person} = ? and {time} >= ? and {time} < ?
and {itemcolumn} is not null order by {time} desc, {item} limit ` + fmt.Sprint(r.s.History))
	for _, db := range r.shards { // a person is in one of them
		found := false
		err := rows(ctx, db, text, []any{q.User, q.User, at(r.s.since(q.Now)), at(q.Now)}, func(row *sql.Rows) error {
			var name string
			found = true
			err := row.Scan(&name)
			names = append(names, name)
			return err
		})
		if err != nil || found {
			return names, err
		}
	}
	return names, nil
}

// number looks up the numbers of the items.
func (r *Recommender) number(ctx context.Context, profile []string, q *recommend.Query) (*lists, error) {
	wanted := map[string]int64{}
	var args []any
	for _, name := range slices.Concat(profile, q.Exclude, q.Candidates) {
		if _, ok := wanted[name]; !ok {
			wanted[name] = 0
			args = append(args, name)
		}
	}
	if len(args) == 0 {
		return &lists{}, nil
	}
	marks, args := in(args)
	err := rows(ctx, r.graph, r.s.text("select i, item from {items} where item in "+marks), args, func(row *sql.Rows) error {
		var i int64
		var name string
		err := row.Scan(&i, &name)
		wanted[name] = i
		return err
	})
	known := func(names []string) []int64 {
		var numbers []int64
		there := map[int64]bool{0: true}
		for _, name := range names {
			if i := wanted[name]; !there[i] {
				numbers = append(numbers, i)
				there[i] = true
			}
		}
		return numbers
	}
	l := &lists{profile: known(profile), only: known(q.Candidates)}
	l.blocked = append(slices.Clone(l.profile), known(q.Exclude)...)
	return l, err
}

// in makes the right side of "in": a list of parameters, filled up with the last one to one of a few lengths, so that
// there are only a few different statements to prepare.
func in[T any](values []T) (marks string, args []any) {
	length := 1
	for length < len(values) {
		length *= 4
	}
	text := make([]byte, 0, 2*length+1)
	for k := range length {
		text = append(text, "(,"[min(k, 1)], '?')
		args = append(args, values[min(k, len(values)-1)])
	}
	return string(append(text, ')')), args
}

// rows calls scan for each row of an answer.
func rows(ctx context.Context, db *sql.DB, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
