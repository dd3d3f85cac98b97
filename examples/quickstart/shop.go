package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
	"github.com/zhushou-ai/zhushou/recommend"
)

// A shop recommends and sells goods to one customer.
type shop struct {
	engine   *recommend.Engine
	customer string

	mu   sync.Mutex
	cart []skills.Goods
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

// names is what the goods and their categories are called.
func (s *shop) names() map[string]*ondevice.Names {
	var items, categories []ondevice.Name
	for _, g := range goods {
		items = append(items, ondevice.Name{Text: g.Title, Aliases: strings.Fields(short[g.ID])})
		for _, c := range g.Categories {
			if !slices.ContainsFunc(categories, func(n ondevice.Name) bool { return n.Text == c }) {
				categories = append(categories, ondevice.Name{Text: c})
			}
		}
	}
	return map[string]*ondevice.Names{"item": ondevice.NewNames(items), "category": ondevice.NewNames(categories)}
}

func (s *shop) Recommend(ctx context.Context, count int, category string) ([]skills.Goods, error) {
	q := recommend.Query{User: s.customer, Limit: count, Diversity: 0.3}
	if category != "" {
		q.Filter.Categories = []string{category}
	}
	found, err := s.engine.Recommend(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]skills.Goods, len(found))
	for i, f := range found {
		item, _ := s.engine.Item(f.Item)
		out[i] = priced(item)
		out[i].Reason = s.reason(f)
	}
	return out, nil
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

func priced(item recommend.Item) skills.Goods {
	return skills.Goods{Title: item.Title, Fen: item.Price.Amount}
}

func (s *shop) Search(_ context.Context, what string, maxFen int64) ([]skills.Goods, error) {
	var out []skills.Goods
	for _, g := range goods {
		words := strings.Join(slices.Concat([]string{g.Title, short[g.ID]}, g.Tags, g.Categories), " ")
		if !g.Unavailable && strings.Contains(words, what) && (maxFen == 0 || g.Price.Amount <= maxFen) {
			out = append(out, priced(g))
		}
	}
	return out, nil
}

func (s *shop) AddToCart(_ context.Context, title string, count int) error {
	i := slices.IndexFunc(goods, func(g recommend.Item) bool { return g.Title == title })
	switch {
	case i < 0:
		return fmt.Errorf("店里没有%s", title)
	case goods[i].Unavailable:
		return fmt.Errorf("%s卖完了", title)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := s.inCart(title); k >= 0 {
		s.cart[k].Count += count
		return nil
	}
	g := priced(goods[i])
	g.Count = count
	s.cart = append(s.cart, g)
	return nil
}

func (s *shop) inCart(title string) int {
	return slices.IndexFunc(s.cart, func(g skills.Goods) bool { return g.Title == title })
}

func (s *shop) RemoveFromCart(_ context.Context, title string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.inCart(title)
	if k < 0 {
		return fmt.Errorf("购物车里没有%s", title)
	}
	s.cart = slices.Delete(s.cart, k, k+1)
	return nil
}

func (s *shop) Cart(context.Context) ([]skills.Goods, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.cart), nil
}

func (s *shop) Orders(context.Context) ([]string, error) {
	bought := histories[s.customer]
	if len(bought) == 0 {
		return nil, nil
	}
	return []string{"最近一单是" + s.engine.Title(bought[len(bought)-1]) + "，已经签收。"}, nil
}
