package assist

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

// A desk is where the tools work.
type desk struct {
	recommender recommend.Recommender
	plain       recommend.Recommender // the same without a model, to look things up
	Options
}

// A good is what is said of an item.
type good struct {
	Title  string `json:"商品"`
	Price  string `json:"价格,omitempty"`
	Reason string `json:"理由,omitempty"`
}

// shown is the result of a search.
type shown struct {
	Read  string `json:"按"` // how the wish was read, so that a model sees what was misread
	Goods []good `json:"推荐"`
}

// named is the argument of tools that are about one item.
type named struct {
	Title string `json:"title" jsonschema:"商品名，照推荐结果里的写法"`
}

func (d *desk) suggest() (assistant.Tool, error) {
	return assistant.NewTool(assistant.ToolSpec{
		Name:        "suggest_items",
		Description: "推荐商品。想买东西、挑礼物、问有什么好的，都用它。预算、数量、不要什么，都照原话放在text里。",
		Examples: []string{
			"推荐{text}", "推荐一下{text}", "有没有{text}", "有没有适合{text}的", "有没有便宜点的{text}", "有没有{text}以内的", "有没有{text}左右的礼物", "有什么{text}推荐", "想买{text}", "我想买{text}", "想买个{text}", "帮我找{text}", "帮我挑{text}", "帮我挑个{text}",
			"送{text}", "送{text}什么好", "送什么给{text}好", "来点{text}", "看看{text}", "猜我喜欢什么", "有什么值得买的", "随便推荐点东西",
		},
		Answer:   "按{按}，推荐：\n{推荐}",
		ReadOnly: true,
	}, func(ctx context.Context, in struct {
		Text string `json:"text,omitzero" jsonschema:"顾客要什么，用他的原话，如“送妈妈的生日礼物，三百以内，不要茶”"`
	}) (any, error) {
		base, err := d.query(ctx)
		if err != nil {
			return nil, err
		}
		wish := d.Reader.Read(in.Text)
		q := wish.Query(base)
		limit := d.Limit
		if wish.Count > 0 {
			limit = min(wish.Count, maxShown)
		}
		return d.find(ctx, q, wish, readBack(wish, q), limit)
	})
}

func (d *desk) similar() (assistant.Tool, error) {
	return assistant.NewTool(assistant.ToolSpec{
		Name:        "similar_items",
		Description: "找与某件商品相似的商品",
		Examples:    []string{"有没有和{title}差不多的", "类似{title}的", "跟{title}相似的还有什么", "{title}有平替吗", "像{title}这样的再来几个"},
		Answer:      "{推荐}",
		ReadOnly:    true,
	}, func(ctx context.Context, in named) (any, error) {
		q, err := d.query(ctx)
		if err != nil {
			return nil, err
		}
		it, err := d.resolve(ctx, q, in.Title)
		if err != nil {
			return nil, err
		}
		// The item comes from the question, not from what is known of the person. For one who has opted
		// out the query names nobody, so that only this item is read.
		if q.NonPersonal {
			q.User, q.Context, q.NonPersonal = "", nil, false
		}
		q.Recent, q.Exclude = []string{it.ID}, append(slices.Clip(q.Exclude), it.ID)
		return d.find(ctx, q, ask.Wish{}, "与"+quote(it.Title, maxTitle)+"相似", d.Limit)
	})
}

func (d *desk) explain() (assistant.Tool, error) {
	return assistant.NewTool(assistant.ToolSpec{
		Name:        "explain_item",
		Description: "说明为什么推荐某件商品",
		Examples:    []string{"为什么推荐{title}", "为什么给我推荐{title}", "怎么会推荐{title}", "{title}凭什么推荐给我", "推荐{title}的理由是什么"},
		ReadOnly:    true,
	}, func(ctx context.Context, in named) (string, error) {
		q, err := d.query(ctx)
		if err != nil {
			return "", err
		}
		it, err := d.resolve(ctx, q, in.Title)
		if err != nil {
			return "", err
		}
		q.Candidates, q.Limit, q.Seen = []string{it.ID}, 1, true
		found, err := d.plain.Recommend(ctx, q)
		if err != nil {
			return "", d.failed(ctx, err)
		}
		if len(found) == 0 {
			return quote(it.Title, maxTitle) + "现在不会推荐给您：可能已经买过、不再感兴趣，或者不符合条件。", nil
		}
		if why := line(Say(found[0], d.titles(ctx)), 3*maxTitle); why != "" {
			return "推荐" + quote(it.Title, maxTitle) + "，因为" + why + "。", nil
		}
		return quote(it.Title, maxTitle) + "符合条件，没有别的理由。", nil
	})
}

func (d *desk) notInterested() (assistant.Tool, error) {
	return assistant.NewTool(assistant.ToolSpec{
		Name:        "not_interested",
		Description: "记住顾客对某件商品不感兴趣，以后不再推荐它",
		Examples:    []string{"不喜欢{title}", "别再推荐{title}", "不要再给我推荐{title}了", "对{title}不感兴趣", "{title}不用再推荐了"},
	}, func(ctx context.Context, in named) (string, error) {
		q, err := d.query(ctx)
		if err != nil {
			return "", err
		}
		if q.NonPersonal {
			return "", errors.New("您已关闭个性化推荐，这件事没有记录")
		}
		if q.User == "" {
			return "", errors.New("还不知道您是谁，没法记住；请先登录")
		}
		it, err := d.resolve(ctx, q, in.Title)
		if err != nil {
			return "", err
		}
		if err := d.Recorder.Record(ctx, recommend.Event{User: q.User, Item: it.ID, Kind: recommend.NotInterested, Time: q.Now}); err != nil {
			return "", d.failed(ctx, err)
		}
		return "好的，不再推荐" + quote(it.Title, maxTitle) + "。", nil
	})
}

// query returns the query that a call begins with.
func (d *desk) query(ctx context.Context) (recommend.Query, error) {
	if d.Query == nil {
		return recommend.Query{}, nil
	}
	q, err := d.Query(ctx)
	if err != nil {
		return q, d.failed(ctx, err)
	}
	q.NonPersonal = optedOut(d.recommender, q)
	return q, nil
}

// failed returns the error that a model may read instead of err, which may tell of the inside.
func (d *desk) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return hidden{err}
}

// hidden says nothing of the error in it to a model, and all to [errors.Is].
type hidden struct{ err error }

func (hidden) Error() string   { return "推荐暂时不可用，请稍后再试" }
func (h hidden) Unwrap() error { return h.err }

// titles returns what a reason is told with.
func (d *desk) titles(ctx context.Context) func(id string) string {
	return func(id string) string {
		it, _ := d.Item(ctx, id)
		return clean(it.Title, maxTitle)
	}
}

// find answers a query, read as read says, with a list, or with a sentence if there is nothing.
func (d *desk) find(ctx context.Context, q recommend.Query, wish ask.Wish, read string, limit int) (any, error) {
	q.Limit = limit
	if wish.Refuses() || wish.Cheap { // some of them will go
		q.Limit = min(4*limit+20, recommend.MaxLimit)
	}
	suggestions, err := d.recommender.Recommend(ctx, q)
	if err != nil {
		return nil, d.failed(ctx, err)
	}
	type hit struct {
		recommend.Item
		recommend.Suggestion
	}
	var hits []hit
	for _, s := range suggestions {
		if it, ok := d.Item(ctx, s.Item); ok && wish.Accepts(it) {
			hits = append(hits, hit{it, s})
		}
	}
	if wish.Cheap { // of twice as many as are wanted, the cheapest of what the text asks for
		hits = hits[:min(len(hits), 2*limit)]
		slices.SortStableFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(misses(a.Suggestion), misses(b.Suggestion)), comparePrices(a.Price, b.Price))
		})
	}
	if len(hits) == 0 {
		return "没有找到符合的商品（" + read + "）。", nil
	}
	out := shown{Read: read}
	for _, h := range hits[:min(len(hits), limit)] {
		g := good{Title: clean(h.Title, maxTitle), Reason: line(Say(h.Suggestion, d.titles(ctx)), 3*maxTitle)}
		if !h.Price.IsZero() {
			g.Price = h.Price.String()
		}
		out.Goods = append(out.Goods, g)
	}
	return out, nil
}

// misses is 0 for a suggestion that has words of the query, and 1 for others.
func misses(s recommend.Suggestion) int {
	if slices.ContainsFunc(s.Reasons, func(r recommend.Reason) bool { return r.Kind == recommend.MatchesText }) {
		return 0
	}
	return 1
}

// comparePrices orders the cheaper first, and what has no price or another currency than yuan last.
func comparePrices(a, b recommend.Money) int {
	rank := func(m recommend.Money) int64 {
		if m.IsZero() || m.Currency != "" && m.Currency != "CNY" {
			return math.MaxInt64
		}
		return m.Amount
	}
	return cmp.Compare(rank(a), rank(b))
}

// readBack says how a wish was read.
func readBack(w ask.Wish, q recommend.Query) string {
	var parts []string
	for _, t := range w.Terms {
		if t.Not {
			parts = append(parts, "不要"+quote(t.Text, maxName))
		} else {
			parts = append(parts, quote(t.Text, maxName))
		}
	}
	switch f := q.Filter; {
	case !f.MinPrice.IsZero() && !f.MaxPrice.IsZero():
		parts = append(parts, f.MinPrice.String()+"到"+f.MaxPrice.String())
	case !f.MinPrice.IsZero():
		parts = append(parts, "至少"+f.MinPrice.String())
	case !f.MaxPrice.IsZero():
		parts = append(parts, "至多"+f.MaxPrice.String())
	}
	if w.Cheap {
		parts = append(parts, "便宜些")
	}
	switch {
	case len(parts) > 0:
	case q.NonPersonal || q.User == "":
		return "大家的喜好"
	default:
		return "您的喜好"
	}
	return strings.Join(parts, "、")
}

// resolve returns the item that a title means: the one that has it, or the only one that has it in its
// title or the other way round.
func (d *desk) resolve(ctx context.Context, base recommend.Query, title string) (recommend.Item, error) {
	said := key(title)
	if said == "" {
		return recommend.Item{}, errors.New("没有说是哪件商品")
	}
	found, err := d.plain.Recommend(ctx, recommend.Query{Text: clean(title, maxTitle), Limit: 4 * maxShown, NonPersonal: true, Seen: true, Now: base.Now})
	if err != nil {
		return recommend.Item{}, d.failed(ctx, err)
	}
	var near []recommend.Item
	for _, s := range found {
		it, ok := d.Item(ctx, s.Item)
		if !ok {
			continue
		}
		switch k := key(it.Title); {
		case k == "":
		case k == said:
			return it, nil
		case strings.Contains(k, said) || strings.Contains(said, k):
			near = append(near, it)
		}
	}
	switch len(near) {
	case 0:
		return recommend.Item{}, fmt.Errorf("找不到%s，请用推荐结果里的商品名", quote(title, maxTitle))
	case 1:
		return near[0], nil
	}
	var names []string
	for _, it := range near[:min(len(near), 3)] {
		names = append(names, quote(it.Title, maxTitle))
	}
	return recommend.Item{}, fmt.Errorf("有%d件商品像%s：%s，请说出全名", len(near), quote(title, maxTitle), strings.Join(names, "、"))
}
