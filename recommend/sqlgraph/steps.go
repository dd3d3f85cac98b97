package sqlgraph

import (
	"context"
	"errors"
	"sync"
)

// count does the steps of a run, but for those that are done.
func (w *work) count(ctx context.Context) error {
	if err := each(ctx, w.shards, func(ctx context.Context, n *node) error { return n.read(ctx, &w.job) }); err != nil {
		return err
	}
	if err := w.number(ctx); err != nil {
		return err
	}
	if err := each(ctx, w.shards, func(ctx context.Context, n *node) error { return n.pair(ctx, &w.job) }); err != nil {
		return err
	}
	if err := w.merge(ctx); err != nil {
		return err
	}
	if err := w.rank(ctx); err != nil {
		return err
	}
	return each(ctx, w.nodes(), func(ctx context.Context, n *node) error {
		return n.run(ctx, n.main, step{name: "clean up", make: []string{"drop table if exists {now}", "drop table if exists {touched}",
			"drop table if exists {next}", "drop table if exists {delta}", "drop table if exists {pairs}"}})
	})
}

// each does something on several databases at a time. The first error stops the others and is returned.
func each(ctx context.Context, nodes []*node, do func(context.Context, *node) error) error {
	tasks := make([]func(context.Context) error, len(nodes))
	for i, n := range nodes {
		tasks[i] = func(ctx context.Context) error { return do(ctx, n) }
	}
	return together(ctx, tasks...)
}

// together runs tasks at the same time and returns when all have ended. The first error stops the others and is returned.
func together(ctx context.Context, tasks ...func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	for _, task := range tasks {
		wait.Go(func() {
			if err := task(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		var told *stepError
		if !errors.As(err, &told) {
			return &stepError{where: "all databases", what: "build", err: err}
		}
		return err
	}
	return nil
}

// read makes {now}, the histories of the people concerned, and gives the new ones of them numbers.
func (n *node) read(ctx context.Context, j *job) error {
	if j.Changes {
		if err := n.run(ctx, n.main, step{name: "find who changed", make: fresh("{touched}", "person {string} not null"),
			change: func(ctx context.Context, s *session) error { return n.findTouched(ctx, s, j) }}); err != nil {
			return err
		}
	}
	who := ""
	if j.Changes {
		who = " and {person} in (select person from {touched})"
	}
	err := n.run(ctx, n.main, step{name: "read histories", make: fresh("{now}", "person {string} not null, item {string} not null"),
		change: func(ctx context.Context, s *session) error {
			return s.exec(ctx, "read histories", `insert into {now} (person, item)
select distinct person, item from (
  select person, item, row_number() over (partition by person order by at desc, item) r from (
    select {person} person, {item} item, {time} at from {events}
    where {time} >= ? and {time} < ? and {personcolumn} is not null and {itemcolumn} is not null`+who+`) e) f
where r <= ?`, n.s.Events.Unit.Value(n.s.since(j.Until)), n.s.Events.Unit.Value(j.Until), n.s.History)
		}})
	if err != nil {
		return err
	}
	number := step{name: "number people", change: statements("number people", `insert into {people} (k, person)
select (select coalesce(max(k), 0) from {people}) + row_number() over (order by d.person), d.person
from (select distinct person from {now}) d left join {people} p on p.person = d.person where p.k is null`)}
	if !j.Changes {
		number.make = fresh("{people}", "k int primary key, person {string} not null, unique (person)")
	}
	return n.run(ctx, n.main, number)
}

func (n *node) findTouched(ctx context.Context, s *session, j *job) error {
	const what = "find who changed"
	rows := make([][]any, len(j.People))
	for i, p := range j.People {
		rows[i] = []any{p}
	}
	if err := s.insert(ctx, what, "{touched} (person)", rows); err != nil {
		return err
	}
	at := n.s.Events.Unit.Value
	return s.exec(ctx, what, `insert into {touched} (person) select distinct {person} from {events}
where {personcolumn} is not null and (({time} >= ? and {time} < ?) or ({time} >= ? and {time} < ?))`,
		at(j.Before.Add(-n.s.Late)), at(j.Until), at(n.s.since(j.Before)), at(n.s.since(j.Until)))
}
