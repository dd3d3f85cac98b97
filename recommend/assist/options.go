package assist

import (
	"context"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

// Options say for whom and over which catalogue [Tools] work. Item is required. Functions must be safe
// for concurrent use.
type Options struct {
	// Item looks up an item; false is for one that is not known, which is then not shown.
	Item func(ctx context.Context, id string) (recommend.Item, bool)

	// Query begins the query of every call: who asks (User), whether that person has opted out
	// (NonPersonal), what was looked at lately (Recent), and filters that always hold. The context is
	// that of the call, so a server can keep the person in it; a model has no say in this. If nil,
	// nobody in particular asks.
	Query func(ctx context.Context) (recommend.Query, error)

	// Reader reads what people say. If nil, no names of categories and brands are known.
	Reader *ask.Reader

	// Recorder learns what people are not interested in. If nil, there is no such tool.
	Recorder recommend.Recorder

	// Limit is how many items are shown where no number is said. If zero, 5; at most 20 are shown.
	Limit int
}

const (
	defaultShown = 5
	maxShown     = 20
)

// Tools returns the tools with which an assistant recommends what r finds:
//
//   - suggest_items: what suits a person or a wish in his own words, read by package ask;
//   - similar_items: what is like an item;
//   - explain_item: why an item is recommended;
//   - not_interested: never to see an item again, recorded at once, without asking back. Only with a
//     Recorder.
//
// The first three change nothing. Items are named by their titles, which are looked up among those
// that r finds for them; titles that fit several items or none are errors that say so. The results are
// small JSON objects with fields in Chinese, which the on-device engine says as they are. If r is a
// [Ranker], only the first two ask its model.
//
// The error says which required option is missing.
func Tools(r recommend.Recommender, o Options) ([]assistant.Tool, error) {
	if r == nil || o.Item == nil {
		return nil, errors.New("assist: Tools needs a Recommender and Options.Item")
	}
	if o.Limit <= 0 {
		o.Limit = defaultShown
	}
	o.Limit = min(o.Limit, maxShown)
	d := &desk{recommender: r, plain: r, Options: o}
	if k, ok := r.(*Ranker); ok {
		d.plain = k.Recommender
	}
	makers := []func() (assistant.Tool, error){d.suggest, d.similar, d.explain}
	if o.Recorder != nil {
		makers = append(makers, d.notInterested)
	}
	var tools []assistant.Tool
	for _, newTool := range makers {
		t, err := newTool()
		if err != nil {
			return nil, fmt.Errorf("assist: %w", err)
		}
		tools = append(tools, t)
	}
	return tools, nil
}
