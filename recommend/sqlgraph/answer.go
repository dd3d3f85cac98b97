package sqlgraph

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend"
)

// maxWhy is how many items of the profile a reason names.
const maxWhy = 3

// choice is what an item must be to be suggested, as a condition on the column given.
func (l *lists) choice(column string) (condition string, args []any) {
	condition = " 1 = 1"
	if len(l.blocked) > 0 {
		marks, blocked := in(l.blocked)
		condition, args = condition+" and "+column+" not in "+marks, blocked
	}
	if len(l.only) > 0 {
		marks, only := in(l.only)
		condition, args = condition+" and "+column+" in "+marks, append(args, only...)
	}
	return condition, args
}

// neighbours returns the items that are tied most to those of the profile, and for each those that tie it most.
func (r *Recommender) neighbours(ctx context.Context, l *lists, limit int) ([]recommend.Suggestion, error) {
	marks, profile := in(l.profile)
	choice, chosen := l.choice("n.j")
	text := r.s.text(fmt.Sprintf(`with best as (
  select n.j, sum(n.score) total from {neighbours} n where n.i in %s and %s group by n.j order by total desc, n.j limit %d),
why as (
  select b.j, b.total, n.i, row_number() over (partition by b.j order by n.score desc, n.i) r
  from best b join {neighbours} n on n.j = b.j and n.i in %s)
select w.j, w.total, t.item, a.item from why w join {items} t on t.i = w.j join {items} a on a.i = w.i
where w.r <= %d order by w.total desc, w.j, w.r`, marks, choice, limit, marks, maxWhy))
	args := append(append(append([]any{}, profile...), chosen...), profile...)
	var list []recommend.Suggestion
	last := int64(0)
	err := rows(ctx, r.graph, text, args, func(row *sql.Rows) error {
		var j int64
		var total float64
		var item, because string
		if err := row.Scan(&j, &total, &item, &because); err != nil {
			return err
		}
		if len(list) == 0 || j != last {
			list, last = append(list, recommend.Suggestion{Item: item, Score: total,
				Reasons: []recommend.Reason{{Kind: recommend.SimilarToRecent, Share: 1}}}), j
		}
		reason := &list[len(list)-1].Reasons[0]
		reason.Items = append(reason.Items, because)
		return nil
	})
	return list, err
}

// fill fills a list up with what is popular, which scores less than all that is in it.
func (r *Recommender) fill(ctx context.Context, list []recommend.Suggestion, l *lists, limit int) ([]recommend.Suggestion, error) {
	below := 1.0
	there := map[string]bool{}
	for _, s := range list {
		below = min(below, s.Score/2)
		there[s.Item] = true
	}
	choice, args := l.choice("p.i")
	text := r.s.text(fmt.Sprintf(`select t.item, p.n, (select max(n) from {popular}) from {popular} p join {items} t on t.i = p.i
where %s order by p.n desc, p.i limit %d`, choice, limit)) // at least one more than is missing, for each that is there
	err := rows(ctx, r.graph, text, args, func(row *sql.Rows) error {
		var item string
		var people, most float64
		if err := row.Scan(&item, &people, &most); err != nil {
			return err
		}
		if len(list) < limit && !there[item] {
			list = append(list, recommend.Suggestion{Item: item, Score: below * people / most,
				Reasons: []recommend.Reason{{Kind: recommend.Popular, Share: 1}}})
		}
		return nil
	})
	return list, err
}
