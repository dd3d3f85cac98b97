package sqlgraph

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

const (
	takenColumns = "k int not null, i int not null, p int not null, primary key (k, i)"
	pairColumns  = "i int not null, j int not null, s bigint not null, n bigint not null"
)

// pair makes {taken} and {sums} of {now}: what each person took with the person's weight, and for each pair of items i < j
// the sum of the weights and the number of the people who took both. A refresh makes of {now} only what changes there, in
// {next} and {delta}, and adds it.
func (n *node) pair(ctx context.Context, j *job) error {
	taken, sums := "{taken}", "{sums}"
	if j.Changes {
		taken, sums = "{next}", "{delta}"
	}
	d := n.s.Dialect
	err := n.run(ctx, n.main, step{name: "weigh histories",
		make: append(fresh(taken, takenColumns+d.keys("key (i)")), d.analyze("{now}"), d.analyze("{people}"), d.analyze("{items}")),
		change: statements("weigh histories", fmt.Sprintf(`insert into %s (k, i, p)
select k, i, cast(round(power(cast(c as {double}), cast(-%v as {double})) * %d) as {integer}) from (
  select p.k, t.i, count(*) over (partition by p.k) c
  from {now} n join {people} p on p.person = n.person join {items} t on t.item = n.item) v`, taken, n.s.PersonPower, unit))})
	if err != nil {
		return err
	}
	var slices string
	err = n.run(ctx, n.main, step{name: "plan", make: append(fresh(sums, pairColumns+d.keys("primary key (i, j)")), d.analyze(taken)),
		change: func(ctx context.Context, s *session) (err error) { slices, err = n.plan(ctx, s, j, taken); return err },
		note:   func() string { return slices }})
	if err != nil {
		return err
	}
	if err := n.pairSlices(ctx, j, taken, sums); err != nil {
		return err
	}
	if j.Changes {
		return n.fold(ctx)
	}
	index := step{name: "index sums"}
	if n.s.Refreshable && d == PostgreSQL {
		index.change = statements("index sums", "alter table {sums} add primary key (i, j)")
	}
	return n.run(ctx, n.main, index)
}

// before are the rows of {taken} that a refresh replaces.
const before = "(select t.k, t.i, t.p from {taken} t where t.k in (select p.k from {people} p join {touched} c on c.person = p.person))"

// plan cuts the items into ranges with about the same number of pairs, each i being counted with the j above it.
func (n *node) plan(ctx context.Context, s *session, j *job, taken string) (string, error) {
	above := func(from string) string {
		return "select i, row_number() over (partition by k order by i desc) - 1 c from " + from
	}
	all := above(taken + " x")
	if j.Changes {
		all += " union all " + above(before+" y")
	}
	type cost struct{ item, pairs int64 }
	var costs []cost
	var total int64
	err := s.query(ctx, "plan", "select i, sum(c) from ("+all+") u group by i order by i", nil, func(r *sql.Rows) error {
		var c cost
		if err := r.Scan(&c.item, &c.pairs); err != nil {
			return err
		}
		costs, total = append(costs, c), total+c.pairs
		return nil
	})
	if err != nil {
		return "", err
	}
	size := max(int64(n.s.SlicePairs), (total+mostSlices-1)/mostSlices)
	var ranges [][2]int64
	var sum int64
	for _, c := range costs {
		if c.pairs == 0 {
			continue
		}
		if len(ranges) == 0 || sum >= size {
			ranges, sum = append(ranges, [2]int64{c.item, c.item}), 0
		}
		ranges[len(ranges)-1][1], sum = c.item, sum+c.pairs
	}
	text, err := json.Marshal(ranges)
	return string(text), err
}

// pairSlices counts the pairs of the ranges that are not counted yet, on several connections.
func (n *node) pairSlices(ctx context.Context, j *job, taken, sums string) error {
	var ranges [][2]int64
	if err := json.Unmarshal([]byte(n.noted("plan")), &ranges); err != nil {
		return n.fail("count pairs", err)
	}
	steps := make([]step, len(ranges))
	for k, r := range ranges {
		name := fmt.Sprintf("count pairs %d", k)
		steps[k] = step{name: name, part: k + 1, parts: len(ranges), change: func(ctx context.Context, s *session) error {
			return s.exec(ctx, name, n.pairText(j, taken, sums), r[0], r[1])
		}}
	}
	return n.runAll(ctx, steps)
}

// pairText counts the pairs of one range of items.
func (n *node) pairText(j *job, taken, sums string) string {
	if !j.Changes {
		least := n.s.Support
		if n.s.Refreshable {
			least = 1
		}
		return fmt.Sprintf(`insert into %s (i, j, s, n)
select a.i, b.i, sum(a.p), count(*) from %s a join %s b on b.k = a.k and b.i > a.i
where a.i between ? and ? group by a.i, b.i having count(*) >= %d`, sums, taken, taken, least)
	}
	return fmt.Sprintf(`insert into %s (i, j, s, n)
with r as (select cast(? as {integer}) low, cast(? as {integer}) high), y as %s
select i, j, sum(p), sum(c) from (
  select a.i i, b.i j, a.p p, 1 c from r join %s a on a.i between r.low and r.high join %s b on b.k = a.k and b.i > a.i
  union all
  select a.i, b.i, -a.p, -1 from r join y a on a.i between r.low and r.high join y b on b.k = a.k and b.i > a.i) u
group by i, j having sum(p) <> 0 or sum(c) <> 0`, sums, before, taken, taken)
}

// fold adds what changed, all of it or nothing.
func (n *node) fold(ctx context.Context) error {
	const what = "add what changed"
	add := "insert into {sums} as t (i, j, s, n) select i, j, s, n from {delta} on conflict (i, j) do update set s = t.s + excluded.s, n = t.n + excluded.n"
	if n.s.Dialect == MySQL {
		add = "insert into {sums} (i, j, s, n) select d.i, d.j, d.s, d.n from {delta} d on duplicate key update s = {sums}.s + d.s, n = {sums}.n + d.n"
	}
	return n.run(ctx, n.main, step{name: what, change: statements(what,
		add,
		"delete from {sums} where n = 0",
		"delete from {taken} where k in (select p.k from {people} p join {touched} c on c.person = p.person)",
		"insert into {taken} (k, i, p) select k, i, p from {next}",
		"delete from {people} where person in (select person from {touched}) and k not in (select k from {taken})",
	)})
}
