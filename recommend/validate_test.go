package recommend

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestValidate(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 200)
	ad1500 := time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		value interface{ Validate() error }
		want  string // the error; empty for none
	}{
		"plain item":           {Item{ID: "1"}, ""},
		"item without id":      {Item{Title: "无名"}, "item id is empty: give an id"},
		"item with long id":    {Item{ID: long}, "item id is 600 bytes long: give an id of at most 512"},
		"item with broken id":  {Item{ID: "\xff"}, `item id "\xff" is not valid UTF-8`},
		"negative price":       {Item{ID: "1", Price: Fen(-1)}, `item "1": price is negative (-1): give an amount of 0 or more`},
		"bad currency":         {Item{ID: "1", Price: Money{1, "rmb"}}, `item "1": price has currency "rmb": give an ISO 4217 code such as CNY`},
		"negative rebuy":       {Item{ID: "1", RebuyDays: -1}, `item "1": rebuy days are negative (-1): give 0 for goods bought once`},
		"too many tags":        {Item{ID: "1", Tags: make([]string, 101)}, `item "1" has 101 categories, tags or attributes: give at most 100 of each`},
		"plain event":          {Event{User: "a", Item: "1"}, ""},
		"event without user":   {Event{Item: "1"}, "user is empty: give an id"},
		"event without item":   {Event{User: "a"}, "item is empty: give an id"},
		"unknown kind":         {Event{User: "a", Item: "1", Kind: "share"}, `kind "share" is unknown: give one of view, cart, buy, like, rate, skip, not_interested`},
		"rating":               {Event{User: "a", Item: "1", Kind: Rate, Weight: 5}, ""},
		"rating without stars": {Event{User: "a", Item: "1", Kind: Rate}, "rating 0 is out of range: give 1 to 5 stars as the weight"},
		"negative weight":      {Event{User: "a", Item: "1", Weight: -1}, "weight -1 is out of range: give 0 to 1000"},
		"weight not a number":  {Event{User: "a", Item: "1", Weight: math.NaN()}, "weight NaN is out of range: give 0 to 1000"},
		"event before 1970":    {Event{User: "a", Item: "1", Time: ad1500}, "time is in the year 1500: give a time from 1970 to 9999"},
		"empty query":          {Query{}, ""},
		"largest limit":        {Query{Limit: MaxLimit}, ""},
		"negative limit":       {Query{Limit: -1}, "limit -1 is out of range: give 1 to 1000, or 0 for 10"},
		"limit over the cap":   {Query{Limit: 1001}, "limit 1001 is out of range: give 1 to 1000, or 0 for 10"},
		"diversity":            {Query{Diversity: 1.5}, "diversity 1.5 is out of range: give 0 to 1"},
		"diversity NaN":        {Query{Diversity: math.NaN()}, "diversity NaN is out of range: give 0 to 1"},
		"long user":            {Query{User: long}, "user is 600 bytes long: give an id of at most 512"},
		"long text":            {Query{Text: strings.Repeat("长", 2000)}, "text is 6000 bytes long: give at most 4096"},
		"empty exclude":        {Query{Exclude: []string{"1", ""}}, "exclude[1] is empty: give an id"},
		"empty candidate":      {Query{Candidates: []string{""}}, "candidates[0] is empty: give an id"},
		"too many recent":      {Query{Recent: make([]string, 1001)}, "recent has 1001 ids: give at most 1000"},
		"query before 1970":    {Query{Now: ad1500}, "now is in the year 1500: give a time from 1970 to 9999"},
		"prices swapped":       {Query{Filter: Filter{MinPrice: Fen(200), MaxPrice: Fen(100)}}, "filter: min price ¥2.00 is above max price ¥1.00: swap them"},
		"two currencies":       {Query{Filter: Filter{MinPrice: Fen(100), MaxPrice: Money{200, "USD"}}}, "filter: prices from ¥1.00 to 2.00 USD are in two currencies: give one"},
		"negative filter":      {Query{Filter: Filter{MaxPrice: Fen(-5)}}, "filter: max price is negative (-5): give an amount of 0 or more"},
		"too many brands":      {Query{Filter: Filter{Brands: make([]string, 101)}}, "filter has 101 categories, brands or tags: give at most 100 of each"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.value.Validate()
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
			require.ErrorIs(t, err, ErrInvalid)
		})
	}
	_, err := New(Config{}).Recommend(t.Context(), Query{Limit: -1})
	require.ErrorIs(t, err, ErrInvalid)
	require.ErrorContains(t, err, "recommend: query: limit -1")
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]Money{
		"¥0.00":                  {},
		"¥12.50":                 Fen(1250),
		"-¥0.05":                 Fen(-5),
		"¥1.00":                  {100, "CNY"},
		"9.99 USD":               {999, "USD"},
		"500 JPY":                {500, "JPY"},
		"-¥92233720368547758.08": Fen(math.MinInt64),
	} {
		require.Equal(t, want, m.String())
	}
}

func TestReasonText(t *testing.T) {
	t.Parallel()
	titles := func(id string) string {
		return map[string]string{"1": "龙井茶", "2": "保温杯", "3": "雨伞"}[id]
	}
	three := []string{"1", "没有", "2", "3"}
	for _, c := range []struct {
		reason      Reason
		named, bare string
	}{
		{Reason{Kind: BoughtTogether, Items: three}, "买了「龙井茶」和「保温杯」的人也常买", "常与你关注的商品一起购买"},
		{Reason{Kind: SimilarToRecent, Items: three[:2]}, "喜欢「龙井茶」的人也喜欢", "与你最近的喜好相近"},
		{Reason{Kind: SameCategory, Value: "茶叶"}, "你常关注的「茶叶」类", "你常关注的「茶叶」类"},
		{Reason{Kind: SameCategory}, "属于你常关注的类别", "属于你常关注的类别"},
		{Reason{Kind: SameBrand, Value: "狮峰"}, "你喜欢的品牌「狮峰」", "你喜欢的品牌「狮峰」"},
		{Reason{Kind: SameTrait, Value: "无糖"}, "有你喜欢的特点「无糖」", "有你喜欢的特点「无糖」"},
		{Reason{Kind: MatchesText, Value: "绿茶"}, "符合你说的「绿茶」", "符合你说的「绿茶」"},
		{Reason{Kind: MatchesText}, "符合你的描述", "符合你的描述"},
		{Reason{Kind: Rebuy}, "上次买的可能快用完了", "上次买的可能快用完了"},
		{Reason{Kind: Popular}, "很多人喜欢", "很多人喜欢"},
		{Reason{Kind: Trending}, "最近热度上升", "最近热度上升"},
		{Reason{Kind: NewArrival}, "新品上架", "新品上架"},
		{Reason{Kind: "将来的"}, "", ""},
	} {
		require.Equal(t, c.named, c.reason.Text(titles))
		require.Equal(t, c.bare, c.reason.Text(nil))
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]any{
		`{"id":"1"}`: Item{ID: "1"},
		`{"id":"1","price":{"amount":1250},"unavailable":true,"created":"2026-03-08T20:00:00Z"}`: Item{ID: "1", Price: Fen(1250), Unavailable: true, Created: now},
		`{"user":"a","item":"1","kind":"not_interested"}`:                                        Event{User: "a", Item: "1", Kind: NotInterested},
		`{}`: Query{},
		`{"filter":{"max_price":{"amount":100}},"non_personal":true}`:                             Query{Filter: Filter{MaxPrice: Fen(100)}, NonPersonal: true},
		`{"item":"1","score":0.5,"reasons":[{"kind":"bought_together","items":["2"],"share":1}]}`: Suggestion{Item: "1", Score: .5, Reasons: []Reason{{Kind: BoughtTogether, Items: []string{"2"}, Share: 1}}},
	} {
		got, err := json.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
}

// FuzzQuery asks any query that JSON can bring, of an engine that also took in any event: an answer
// or an error, never more than was asked for, and nothing lost on the way through JSON.
func FuzzQuery(f *testing.F) {
	f.Add([]byte(`{"user":"a","limit":3}`), []byte(`{"user":"a","item":"t1","kind":"buy"}`))
	f.Add([]byte(`{"text":"保温杯usb","diversity":0.5,"filter":{"max_price":{"amount":8000}}}`), []byte(`{"user":"a","item":"新","weight":9}`))
	f.Add([]byte(`{"recent":["t1"],"non_personal":true,"now":"9999-12-31T23:59:59Z"}`), []byte(`{"user":"a","item":"t1","kind":"rate","weight":1,"time":"1970-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, query, event []byte) {
		engine := shop(t)
		var e Event
		if json.Unmarshal(event, &e) == nil {
			if err := engine.Record(t.Context(), e); err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
		}
		var q Query
		if json.Unmarshal(query, &q) != nil {
			return
		}
		list, err := engine.Recommend(t.Context(), q)
		if err != nil {
			require.ErrorIs(t, err, ErrInvalid)
			return
		}
		limit := q.Limit
		if limit == 0 {
			limit = DefaultLimit
		}
		require.LessOrEqual(t, len(list), limit)
		for _, s := range list {
			require.False(t, math.IsNaN(s.Score) || math.IsInf(s.Score, 0), "score %v", s.Score)
		}
		first, err := json.Marshal(q)
		require.NoError(t, err)
		var back Query
		require.NoError(t, json.Unmarshal(first, &back))
		second, err := json.Marshal(back)
		require.NoError(t, err)
		require.JSONEq(t, string(first), string(second))
	})
}
