package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

// shown is how many goods an answer has where nobody says how many.
const shown = 8

// A shop suggests goods to people and learns from what they do. It is safe for concurrent use.
type shop struct {
	engine *recommend.Engine
	reader *ask.Reader
	goods  map[string]recommend.Item
	people []shopper
	now    func() time.Time
}

// openShop fills an engine with the catalogue and with what shoppers did until now, and has it learn from
// that. The seed of the learning makes the shoppers as well.
func openShop(ctx context.Context, now func() time.Time, learn recommend.LearnOptions) (*shop, error) {
	today := now()
	items, err := readCatalogue(catalogueTSV, today)
	if err != nil {
		return nil, err
	}
	s := &shop{engine: recommend.New(recommend.Config{}), goods: map[string]recommend.Item{}, now: now}
	if s.reader, err = ask.New(vocabulary(items)); err != nil {
		return nil, fmt.Errorf("read the catalogue's names: %w", err)
	}
	for _, item := range items {
		s.goods[item.ID] = item
	}
	if err := s.engine.Put(ctx, items...); err != nil {
		return nil, fmt.Errorf("fill the shop: %w", err)
	}
	dice := rand.New(rand.NewPCG(learn.Seed, 0))
	s.people = drawShoppers(dice)
	market := newMarket(items, dice)
	for _, p := range s.people {
		if err := s.engine.Record(ctx, market.history(p, today, dice)...); err != nil {
			return nil, fmt.Errorf("record what %s did: %w", p.Name, err)
		}
	}
	// A shop that stays open would run Engine.Keep beside its server instead, and recommend.Open keeps
	// everything on disk.
	if _, err := s.engine.Learn(ctx, learn); err != nil {
		return nil, fmt.Errorf("learn from the shoppers: %w", err)
	}
	return s, nil
}

// person returns a shopper by name; one who is not known is new.
func (s *shop) person(name string) (shopper, bool) {
	i := slices.IndexFunc(s.people, func(p shopper) bool { return p.Name == name })
	if i < 0 {
		return shopper{}, false
	}
	return s.people[i], true
}

// A card is one suggestion as people see it.
type card struct {
	recommend.Item
	Why []reason // the most telling first; at least one
}

type reason struct {
	Text  string
	Share int // of the score, in percent; 0 for what has none
}

// Reason returns the strongest reason.
func (c card) Reason() string { return c.Why[0].Text }

// suggest answers what a person says, or, for the empty text, what suits them. It is not met if nothing has
// any of the words: then the answer is what suits them all the same.
func (s *shop) suggest(ctx context.Context, user, text string) (list []card, met bool, err error) {
	wish := s.reader.Read(text)
	query := wish.Query(recommend.Query{User: user, Limit: shown, Seen: true, Now: s.now(), Rules: outOfSeason(s.now().Month())})
	limit := min(query.Limit, 40)
	if text == "" {
		query.Diversity = 0.3
	} else {
		query.Limit = 4*limit + 40 // of which some will go
	}
	found, err := s.engine.Recommend(ctx, query)
	if err != nil {
		return nil, false, err
	}
	found = slices.DeleteFunc(found, func(f recommend.Suggestion) bool { return !wish.Accepts(s.goods[f.Item]) })
	met = true
	if query.Text != "" && len(wish.Filter.Categories)+len(wish.Filter.Brands) == 0 { // only the words say what it is to be
		if met = len(found) > 0 && fits(found[0]); met {
			found = slices.DeleteFunc(found, func(f recommend.Suggestion) bool { return !fits(f) })
		}
	}
	if wish.Cheap { // the cheapest of twice as many as are wanted, because the person asks for it
		found = found[:min(len(found), 2*limit)]
		slices.SortStableFunc(found, func(a, b recommend.Suggestion) int {
			return cmp.Compare(s.goods[a.Item].Price.Amount, s.goods[b.Item].Price.Amount)
		})
	}
	return s.cards(found[:min(len(found), limit)]), met, nil
}

// fits reports whether a suggestion has words of the person, or means what they say.
func fits(f recommend.Suggestion) bool {
	return slices.ContainsFunc(f.Reasons, func(r recommend.Reason) bool {
		return r.Kind == recommend.MatchesText || r.Kind == recommend.MatchesMeaning
	})
}

// outOfSeason are the rules of a month: what is worn and eaten half a year later gives way.
func outOfSeason(month time.Month) recommend.Rules {
	tag := "夏天"
	if month >= time.April && month <= time.September {
		tag = "冬天"
	}
	return recommend.Rules{Boosts: []recommend.Boost{{Match: recommend.Match{Tags: []string{tag}}, Factor: 0.3}}}
}

// alike returns what goes with a piece of goods, whoever asks.
func (s *shop) alike(ctx context.Context, id string) ([]card, error) {
	found, err := s.engine.Recommend(ctx, recommend.Query{Recent: []string{id}, Limit: 3, Now: s.now()})
	return s.cards(found), err
}

func (s *shop) cards(found []recommend.Suggestion) []card {
	var cards []card
	for _, f := range found {
		c := card{Item: s.goods[f.Item]}
		for _, r := range f.Reasons {
			if text := r.Text(s.shortTitle); text != "" {
				c.Why = append(c.Why, reason{text, int(100*r.Share + 0.5)})
			}
		}
		if len(c.Why) == 0 { // nothing speaks for it but that it fits the filter
			c.Why = []reason{{Text: "有现货，可以看看"}}
		}
		cards = append(cards, c)
	}
	return cards
}

// shortTitle is a title without sizes: 西湖龙井 of 西湖龙井 明前一级 100克.
func (s *shop) shortTitle(id string) string {
	title, _, _ := strings.Cut(s.goods[id].Title, " ")
	return title
}

// did records what a person did to a piece of goods; it counts from the next answer on.
func (s *shop) did(ctx context.Context, user, id string, kind recommend.Kind) error {
	if _, ok := s.goods[id]; !ok {
		return fmt.Errorf("%w: no goods %q", recommend.ErrInvalid, id)
	}
	return s.engine.Record(ctx, recommend.Event{User: user, Item: id, Kind: kind, Time: s.now()})
}

// kinds of interests, in Chinese.
var kindNames = map[recommend.InterestKind]string{
	recommend.InCategory: "类别", recommend.InBrand: "品牌", recommend.InTag: "标签", recommend.InAttribute: "特点",
}

// tags returns the strongest tags that the shop has of a person, and the hidden ones.
func (s *shop) tags(user string) []recommend.Interest {
	all := s.engine.Interests(user)
	hidden := slices.IndexFunc(all, func(i recommend.Interest) bool { return i.Hidden })
	if hidden < 0 {
		hidden = len(all)
	}
	return slices.Concat(all[:min(hidden, 12)], all[hidden:])
}

// part says how much of the score a reason makes up.
func (r reason) part() string {
	if r.Share == 0 {
		return ""
	}
	return fmt.Sprintf("（占%d%%）", r.Share)
}
