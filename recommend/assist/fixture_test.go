package assist_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

// shelf is a recommender of a fixed list that remembers what it was asked and told.
type shelf struct {
	items   []recommend.Item
	reasons map[string][]recommend.Reason
	err     error
	mu      *sync.Mutex
	queries *[]recommend.Query
	events  *[]recommend.Event
}

func newShelf(items ...recommend.Item) shelf {
	return shelf{items: items, mu: new(sync.Mutex), queries: new([]recommend.Query), events: new([]recommend.Event)}
}

func (s shelf) Recommend(_ context.Context, q recommend.Query) ([]recommend.Suggestion, error) {
	s.mu.Lock()
	*s.queries = append(*s.queries, q)
	s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	if q.Limit == 0 {
		q.Limit = recommend.DefaultLimit
	}
	var out []recommend.Suggestion
	for i, it := range s.items {
		if len(out) < q.Limit && (len(q.Candidates) == 0 || q.Candidates[0] == it.ID) {
			out = append(out, recommend.Suggestion{Item: it.ID, Score: float64(len(s.items) - i), Reasons: s.reasons[it.ID]})
		}
	}
	return out, nil
}

func (s shelf) Record(_ context.Context, events ...recommend.Event) error {
	s.mu.Lock()
	*s.events = append(*s.events, events...)
	s.mu.Unlock()
	return s.err
}

func (s shelf) Item(_ context.Context, id string) (recommend.Item, bool) {
	for _, it := range s.items {
		if it.ID == id {
			return it, true
		}
	}
	return recommend.Item{}, false
}

// numbers returns n items with titles 商品1 to 商品n.
func numbers(n int) []recommend.Item {
	items := make([]recommend.Item, n)
	for i := range items {
		items[i] = recommend.Item{ID: fmt.Sprintf("id-%d", i+1), Title: fmt.Sprintf("商品%d", i+1), Price: recommend.Fen(int64(i+1) * 1000)}
	}
	return items
}

// goods is a small shop.
func goods() []recommend.Item {
	return []recommend.Item{
		{ID: "t1", Title: "西湖龙井绿茶礼盒", Categories: []string{"茶叶"}, Price: recommend.Fen(26800)},
		{ID: "s1", Title: "桑蚕丝围巾", Categories: []string{"服饰"}, Price: recommend.Fen(19900)},
		{ID: "c1", Title: "不锈钢保温杯 500ml", Categories: []string{"杯具"}, Brand: "哈尔斯", Price: recommend.Fen(7900)},
		{ID: "c2", Title: "儿童保温杯", Categories: []string{"杯具"}, Price: recommend.Fen(9900)},
		{ID: "m1", Title: "颈部按摩仪", Categories: []string{"电器"}, Price: recommend.Fen(29900)},
	}
}

func reader(tb testing.TB) *ask.Reader {
	tb.Helper()
	r, err := ask.New(ask.Vocabulary{Categories: []string{"茶叶", "服饰", "杯具", "电器"}, Brands: []string{"哈尔斯"}, Also: map[string][]string{"茶叶": {"茶"}}})
	require.NoError(tb, err)
	return r
}

func ids(list []recommend.Suggestion) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.Item
	}
	return out
}
