package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/recommend"
)

// A shop recommends goods to one customer.
type shop struct {
	engine   *recommend.Engine
	customer string
}

// openShop fills the engine with the catalogue and what people bought in the last weeks.
func openShop(ctx context.Context, now time.Time, customer string) (*shop, error) {
	s := &shop{engine: recommend.New(recommend.Config{}), customer: customer}
	if err := s.engine.Put(ctx, goods...); err != nil {
		return nil, fmt.Errorf("fill the shop: %w", err)
	}
	for who, bought := range histories {
		for i, item := range bought {
			ev := recommend.Event{User: who, Item: item, Kind: recommend.Buy, Time: now.AddDate(0, 0, 7*(i-len(bought)))}
			if err := s.engine.Record(ctx, ev); err != nil {
				return nil, fmt.Errorf("record what %s bought: %w", who, err)
			}
		}
	}
	return s, nil
}

func (s *shop) recommend() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "recommend",
		Description: "推荐商品",
		Examples: []string{
			"给我推荐{count}样东西", "推荐{count}件{category}用品", "推荐{count}样{category}", "推荐几样东西", "推荐一下", "给我推荐点{category}", "有什么值得买的",
			"我想买{category}", "买点什么好", "猜我喜欢什么", "有什么{category}推荐", "推荐{count}个商品", "{category}有什么好的",
		},
		ReadOnly: true,
	}, func(ctx context.Context, in struct {
		Count    int    `json:"count,omitzero" jsonschema:"几样"`
		Category string `json:"category,omitzero" jsonschema:"类别" enum:"茶饮,厨房,家居,零食,数码,运动,图书"`
	}) (string, error) {
		q := recommend.Query{User: s.customer, Limit: in.Count, Diversity: 0.3}
		if in.Count == 0 {
			q.Limit = 3
		}
		if in.Category != "" {
			q.Filter.Categories = []string{in.Category}
		}
		found, err := s.engine.Recommend(ctx, q)
		if err != nil {
			return "", err
		}
		if len(found) == 0 {
			return "这一类暂时没有可推荐的。", nil
		}
		return s.say(found), nil
	})
}

func (s *shop) say(found []recommend.Suggestion) string {
	var b strings.Builder
	fmt.Fprintf(&b, "给%s推荐%d样：", s.customer, len(found))
	for i, f := range found {
		fmt.Fprintf(&b, "\n%d. %s，%s", i+1, s.engine.Title(f.Item), s.reason(f))
	}
	return b.String()
}

// reason says the strongest reason. A suggestion that only fits the filter has none.
func (s *shop) reason(f recommend.Suggestion) string {
	for _, r := range f.Reasons {
		if text := r.Text(s.engine.Title); text != "" {
			return text
		}
	}
	return "有现货，可以看看"
}
