package sqlgraph

import (
	"context"
	"database/sql"
	"fmt"
)

// rank makes the new graph of the sums, and puts it in the place of the old one.
func (w *work) rank(ctx context.Context) error {
	n, d := w.home, w.s.Dialect
	sums := "{sums}"
	if !w.alone() {
		sums = "{pairs}"
	}
	var size string
	err := n.run(ctx, n.main, step{name: "plan ranks",
		make: append(fresh("{neighboursnew}", "i int not null, j int not null, score {double} not null, support bigint not null"+
			d.keys("primary key (i, j)")), d.analyze("{popularnew}"), d.analyze(sums)),
		change: func(ctx context.Context, s *session) (err error) { size, err = s.size(ctx, sums); return err },
		note:   func() string { return size }})
	if err != nil {
		return err
	}
	var items, pairs int64
	if _, err := fmt.Sscan(n.noted("plan ranks"), &items, &pairs); err != nil {
		return n.fail("plan ranks", err)
	}
	slices := min(2*pairs/int64(w.s.SlicePairs)+1, mostSlices)
	width := items/slices + 1
	var steps []step
	for k := range slices {
		name := fmt.Sprintf("rank %d", k)
		low, high := k*width, (k+1)*width-1
		steps = append(steps, step{name: name, part: int(k) + 1, parts: int(slices), change: func(ctx context.Context, s *session) error {
			return s.exec(ctx, name, rankText(w.s, sums), low, high, low, high)
		}})
	}
	if err := n.runAll(ctx, steps); err != nil {
		return err
	}
	index := step{name: "index the graph", make: []string{d.analyze("{neighboursnew}")}}
	if d == PostgreSQL {
		index.change = statements(index.name, "alter table {neighboursnew} add primary key (i, j)", "create index on {popularnew} (n)")
	}
	if err := n.run(ctx, n.main, index); err != nil {
		return err
	}
	return n.swap(ctx)
}

// size returns the highest number of an item and how many pairs there are.
func (s *session) size(ctx context.Context, sums string) (string, error) {
	var items, pairs int64
	err := s.query(ctx, "plan ranks", "select (select coalesce(max(i), 0) from {items}), (select count(*) from "+sums+")", nil,
		func(r *sql.Rows) error { return r.Scan(&items, &pairs) })
	return fmt.Sprint(items, pairs), err
}

// rankText scores the pairs of a range of items, in both directions, and keeps the best of each item.
func rankText(s *Settings, sums string) string {
	score := fmt.Sprintf("power(cast(p.s as {double}) / %d * (a.w * b.w), cast(%v as {double}))", unit, s.Power)
	direction := func(from, to string) string {
		return fmt.Sprintf(`select p.%s i, p.%s j, %s score, p.n from %s p join {popularnew} a on a.i = p.i join {popularnew} b on b.i = p.j
    where p.n >= %d and p.%s between ? and ?`, from, to, score, sums, s.Support, from)
	}
	return fmt.Sprintf(`insert into {neighboursnew} (i, j, score, support)
select i, j, score, n from (
  select i, j, score, n, row_number() over (partition by i order by score desc, j) r from (
    %s
    union all
    %s) u) v
where r <= %d`, direction("i", "j"), direction("j", "i"), s.Neighbours)
}

// swap puts the new tables in the place of the old ones, both at a time.
func (n *node) swap(ctx context.Context) error {
	const what = "put the graph in place"
	d, s := n.s.Dialect, n.s
	if d == PostgreSQL {
		return n.run(ctx, n.main, step{name: what, change: statements(what,
			"drop table if exists {neighbours}", "alter table {neighboursnew} rename to "+d.last(s.table("neighbours")),
			"drop table if exists {popular}", "alter table {popularnew} rename to "+d.last(s.table("popular")))})
	}
	if n.isDone(what) {
		return nil
	}
	// Renaming several tables is one act here, but ends the transaction: what it did shows by what is there.
	waiting, err := n.exists(ctx, "neighboursnew")
	if err != nil {
		return err
	}
	st := step{name: what}
	if waiting {
		st.make = []string{
			"create table if not exists {neighbours} like {neighboursnew}", "create table if not exists {popular} like {popularnew}",
			"drop table if exists {neighboursold}", "drop table if exists {popularold}",
			"rename table {neighbours} to {neighboursold}, {neighboursnew} to {neighbours}, {popular} to {popularold}, {popularnew} to {popular}",
		}
	}
	st.make = append(st.make, "drop table if exists {neighboursold}", "drop table if exists {popularold}")
	return n.run(ctx, n.main, st)
}
