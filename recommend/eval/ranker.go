package eval

import (
	"cmp"
	"context"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// Query asks what to suggest to a user.
type Query struct {
	User int32 // a number of the catalogue of the data
	K    int   // how many items are wanted
	// Seen are the items that the user took in training, ascending. They are not to be suggested,
	// unless Repeat is true. The slice must not be changed.
	Seen   []int32
	Repeat bool
}

// Ranker suggests items.
type Ranker interface {
	// Rank returns items for the query, the best first, as numbers of the catalogue of the data. It is
	// called by many goroutines at the same time. The slice is read before the next call on the same
	// goroutine and not kept.
	Rank(ctx context.Context, q Query) ([]int32, error)
}

// RankerFunc is a function as a [Ranker].
type RankerFunc func(ctx context.Context, q Query) ([]int32, error)

// Rank calls the function.
func (f RankerFunc) Rank(ctx context.Context, q Query) ([]int32, error) { return f(ctx, q) }

// ByName returns a ranker of something that knows users and items by their names in the catalogue. A
// name that the catalogue does not have counts as dropped.
func ByName(c *dataset.Catalogue, suggest func(ctx context.Context, user string, q Query) ([]string, error)) Ranker {
	return RankerFunc(func(ctx context.Context, q Query) ([]int32, error) {
		names, err := suggest(ctx, c.Users.Name(q.User), q)
		items := make([]int32, len(names))
		for i, name := range names {
			number, ok := c.Items.Number(name)
			if !ok {
				number = -1
			}
			items[i] = number
		}
		return items, err
	})
}

// MostPopular returns the baseline that everything must beat: to everybody the items that most users
// took in train. Equally popular items go by number.
func MostPopular(train *dataset.Data) Ranker {
	taken := popularity(train.ItemsByUser(), train.Catalogue.Items.Len())
	order := make([]int32, 0, len(taken))
	for item, n := range taken {
		if n > 0 {
			order = append(order, int32(item))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(taken[b], taken[a]) })
	return RankerFunc(func(_ context.Context, q Query) ([]int32, error) {
		list := make([]int32, 0, min(max(q.K, 0), len(order)))
		for _, item := range order {
			if len(list) >= q.K {
				break
			}
			if _, seen := slices.BinarySearch(q.Seen, item); !seen || q.Repeat {
				list = append(list, item)
			}
		}
		return list, nil
	})
}

// popularity returns for every item how many users took it.
func popularity(itemsByUser dataset.Rows, items int) []int32 {
	taken := make([]int32, items)
	for user := range itemsByUser.Len() {
		for _, item := range itemsByUser.Row(int32(user)) {
			taken[item]++
		}
	}
	return taken
}
