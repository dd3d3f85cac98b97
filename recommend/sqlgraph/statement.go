package sqlgraph

import "fmt"

// Statement returns one select that gives the whole graph, with the columns item, neighbour, score and support, for those
// who run it by other means: as a scheduled job of a warehouse, or on an engine that [Builder] does not know. Its two
// parameters are the times from which and up to which events count. It is the same graph as that of the builder, but all
// is one statement: it needs memory or disk for all pairs at once, and starts over when it is interrupted.
func Statement(s Settings) (string, error) {
	c, err := s.complete()
	if err != nil {
		return "", err
	}
	return c.text(fmt.Sprintf(`with
e as (
  select {person} person, {item} item, {time} at from {events}
  where {time} >= ? and {time} < ? and {personcolumn} is not null and {itemcolumn} is not null),
f as (select person, item, row_number() over (partition by person order by at desc, item) r from e),
h as (select distinct person, item from f where r <= %d),
w as (select person, item, count(*) over (partition by person) n from h),
x as (select person, item, cast(round(power(cast(n as {double}), cast(-%v as {double})) * %d) as {integer}) p from w),
t as (select item, count(*) n from h group by item),
d as (select item, power(cast(n as {double}), cast(-%v as {double})) w from t),
c as (
  select a.item i, b.item j, sum(a.p) s, count(*) n from x a join x b on b.person = a.person
  where b.item > a.item group by a.item, b.item having count(*) >= %d),
y as (select i, j, s, n from c union all select j, i, s, n from c),
z as (
  select y.i i, y.j j, y.n n, power(cast(y.s as {double}) / %d * (a.w * b.w), cast(%v as {double})) score
  from y join d a on a.item = y.i join d b on b.item = y.j),
g as (select i, j, score, n, row_number() over (partition by i order by score desc, j) r from z)
select i item, j neighbour, score, n support from g where r <= %d
`, c.History, c.PersonPower, unit, c.ItemPower, c.Support, unit, c.Power, c.Neighbours)), nil
}
