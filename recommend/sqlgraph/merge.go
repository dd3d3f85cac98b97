package sqlgraph

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

const (
	popularColumns = "i int primary key, n bigint not null, w {double} not null" // w is n^-ItemPower, for the scores

	mergeRanges = 32   // of items, each of which is kept when a build is interrupted
	mergeBatch  = 2000 // rows on their way
)

// sum is what is known of a pair.
type sum struct{ i, j, s, n int64 }

func (a sum) before(b sum) bool { return a.i < b.i || a.i == b.i && a.j < b.j }

// merge makes {pairs} and {popularnew} in the database of the graph of what the shards counted. Sums are whole numbers, so
// it does not matter who counted what. The rows stream through: memory goes with the number of items, not of pairs.
func (w *work) merge(ctx context.Context) error {
	home := w.home
	popular := step{name: "count people of items", make: fresh("{popularnew}", popularColumns+w.s.Dialect.keys("key (n)"))}
	if w.alone() {
		popular.change = statements(popular.name, "insert into {popularnew} (i, n, w) select i, n, "+w.itemWeight()+
			" from (select i, count(*) n from {taken} group by i) c")
		return home.run(ctx, home.main, popular)
	}
	popular.change = func(ctx context.Context, s *session) error { return w.mergeDegrees(ctx, s) }
	if err := home.run(ctx, home.main, popular); err != nil {
		return err
	}
	var last int64
	err := home.main.query(ctx, "merge sums", "select coalesce(max(i), 0) from {items}", nil, func(r *sql.Rows) error { return r.Scan(&last) })
	if err != nil {
		return err
	}
	if err := home.run(ctx, home.main, step{name: "make pairs", make: fresh("{pairs}", pairColumns+w.s.Dialect.keys("primary key (i, j)"))}); err != nil {
		return err
	}
	width := last/mergeRanges + 1
	for k := range int64(mergeRanges) {
		low, high := k*width, (k+1)*width
		err := home.run(ctx, home.main, step{name: fmt.Sprintf("merge sums %d", k), part: int(k) + 1, parts: mergeRanges,
			change: func(ctx context.Context, s *session) error { return w.mergeRange(ctx, s, low, high) }})
		if err != nil {
			return err
		}
	}
	return nil
}

// mergeDegrees counts the people of each item over all shards.
func (w *work) mergeDegrees(ctx context.Context, s *session) error {
	const what = "count people of items"
	people := map[int64]int64{}
	for _, n := range w.shards {
		reader, err := n.open(ctx)
		if err != nil {
			return err
		}
		err = reader.query(ctx, what, "select i, count(*) from {taken} group by i", nil, func(r *sql.Rows) error {
			var i, c int64
			if err := r.Scan(&i, &c); err != nil {
				return err
			}
			people[i] += c
			return nil
		})
		reader.close()
		if err != nil {
			return err
		}
	}
	rows := make([][]int64, 0, len(people))
	for _, i := range slices.Sorted(maps.Keys(people)) {
		rows = append(rows, []int64{i, people[i], 0})
	}
	for part := range slices.Chunk(rows, mergeBatch) {
		if err := s.exec(ctx, what, numbers("{popularnew} (i, n, w)", part)); err != nil {
			return err
		}
	}
	return s.exec(ctx, what, "update {popularnew} set w = "+w.itemWeight())
}

// itemWeight is the part of a score that comes from n, the number of an item's people.
func (w *work) itemWeight() string {
	return fmt.Sprintf("power(cast(n as {double}), cast(-%v as {double}))", w.s.ItemPower)
}

// mergeRange adds up the pairs whose smaller item lies in [low, high).
func (w *work) mergeRange(ctx context.Context, s *session, low, high int64) error {
	const what = "merge sums"
	feeds := make([]chan []sum, len(w.shards))
	tasks := make([]func(context.Context) error, 0, len(w.shards)+1)
	for k, n := range w.shards {
		feed := make(chan []sum, 1)
		feeds[k] = feed
		tasks = append(tasks, func(ctx context.Context) error {
			defer close(feed)
			return n.feed(ctx, low, high, feed)
		})
	}
	tasks = append(tasks, func(ctx context.Context) error {
		var rows [][]int64
		put := func(p sum) error {
			if p.n >= int64(w.s.Support) {
				rows = append(rows, []int64{p.i, p.j, p.s, p.n})
			}
			if len(rows) < mergeBatch {
				return nil
			}
			err := s.exec(ctx, what, numbers("{pairs} (i, j, s, n)", rows))
			rows = rows[:0]
			return err
		}
		if err := mergeFeeds(feeds, put); err != nil || len(rows) == 0 {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx) // a feed that failed has ended, too
		}
		return s.exec(ctx, what, numbers("{pairs} (i, j, s, n)", rows))
	})
	return together(ctx, tasks...)
}

// feed sends the sums of a range in order.
func (n *node) feed(ctx context.Context, low, high int64, to chan<- []sum) error {
	reader, err := n.open(ctx)
	if err != nil {
		return err
	}
	defer reader.close()
	batch := make([]sum, 0, mergeBatch)
	send := func() error {
		select {
		case to <- batch:
			batch = make([]sum, 0, mergeBatch)
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	err = reader.query(ctx, "merge sums", "select i, j, s, n from {sums} where i >= ? and i < ? order by i, j", []any{low, high}, func(r *sql.Rows) error {
		var p sum
		if err := r.Scan(&p.i, &p.j, &p.s, &p.n); err != nil {
			return err
		}
		if batch = append(batch, p); len(batch) < mergeBatch {
			return nil
		}
		return send()
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return send()
}

// mergeFeeds adds up what sorted feeds say of the same pair, and puts the pairs in order.
func mergeFeeds(feeds []chan []sum, put func(sum) error) error {
	heads := make([][]sum, len(feeds))
	for {
		least := -1
		for k := range feeds {
			if len(heads[k]) == 0 {
				heads[k] = <-feeds[k] // nil when it is closed
			}
			if len(heads[k]) > 0 && (least < 0 || heads[k][0].before(heads[least][0])) {
				least = k
			}
		}
		if least < 0 {
			return nil
		}
		all := sum{i: heads[least][0].i, j: heads[least][0].j}
		for k, head := range heads {
			if len(head) > 0 && head[0].i == all.i && head[0].j == all.j {
				all.s, all.n = all.s+head[0].s, all.n+head[0].n
				heads[k] = head[1:]
			}
		}
		if err := put(all); err != nil {
			return err
		}
	}
}

// numbers makes an insert of whole numbers, which need no parameters.
func numbers(into string, rows [][]int64) string {
	text := []byte("insert into " + into + " values ")
	for k, row := range rows {
		if k > 0 {
			text = append(text, ',')
		}
		for c, v := range row {
			text = append(text, "(,"[min(c, 1)])
			text = strconv.AppendInt(text, v, 10)
		}
		text = append(text, ')')
	}
	return string(text)
}
