with
e as (
  select cast("user_id" as text) collate "C" person, cast("item_id" as text) collate "C" item, "at" at from "shop"."events"
  where "at" >= $1 and "at" < $2 and "user_id" is not null and "item_id" is not null),
f as (select person, item, row_number() over (partition by person order by at desc, item) r from e),
h as (select distinct person, item from f where r <= 200),
w as (select person, item, count(*) over (partition by person) n from h),
x as (select person, item, cast(round(power(cast(n as double precision), cast(-1.2 as double precision)) * 1073741824) as int) p from w),
t as (select item, count(*) n from h group by item),
d as (select item, power(cast(n as double precision), cast(-0.4 as double precision)) w from t),
c as (
  select a.item i, b.item j, sum(a.p) s, count(*) n from x a join x b on b.person = a.person
  where b.item > a.item group by a.item, b.item having count(*) >= 2),
y as (select i, j, s, n from c union all select j, i, s, n from c),
z as (
  select y.i i, y.j j, y.n n, power(cast(y.s as double precision) / 1073741824 * (a.w * b.w), cast(0.7 as double precision)) score
  from y join d a on a.item = y.i join d b on b.item = y.j),
g as (select i, j, score, n, row_number() over (partition by i order by score desc, j) r from z)
select i item, j neighbour, score, n support from g where r <= 500
