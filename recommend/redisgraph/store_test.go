package redisgraph

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
	"github.com/zhushou-ai/zhushou/recommend"
)

// All that does not harm the servers runs against one cluster, and again against one server.
func TestStore(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T) redis.UniversalClient{
		"cluster": func(t *testing.T) redis.UniversalClient { return dial(t, servers.RedisCluster(t, 3)...) },
		"single":  func(t *testing.T) redis.UniversalClient { return dial(t, servers.Redis(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := start(t)
			for _, test := range []struct {
				name string
				run  func(*testing.T, redis.UniversalClient)
			}{
				{"answers", testAnswers},
				{"unsupported", testUnsupported},
				{"record", testRecord},
				{"any order", testAnyOrder},
				{"forget", testForget},
				{"failed publish", testFailedPublish},
				{"old graphs go", testOldGraphsGo},
				{"publishers", testPublishers},
				{"switch under load", testSwitchUnderLoad},
				{"lost data", testLostData},
				{"context", testContext},
				{"agreement", testAgreement},
			} {
				t.Run(test.name, func(t *testing.T) { test.run(t, client) })
			}
		})
	}
}

// day is a time in a test.
func day(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }

func ids(answer []recommend.Suggestion) []string {
	list := []string{}
	for _, s := range answer {
		list = append(list, s.Item)
	}
	return list
}

func testAnswers(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	_, err := s.Recommend(t.Context(), recommend.Query{})
	require.ErrorIs(t, err, ErrUnpublished)

	content := tea()
	content.Kinds = map[recommend.Kind]float64{recommend.Buy: 2, recommend.View: 1}
	content.Recency = 0.5
	publish(t, s, content)
	require.NoError(t, s.Record(t.Context(),
		recommend.Event{User: "小明", Item: "咖啡", Kind: recommend.View, Time: day(1)},
		recommend.Event{User: "小明", Item: "龙井", Kind: recommend.Buy, Time: day(2)},
		recommend.Event{User: "小红", Item: "龙井", Kind: recommend.View, Time: day(1)},
		recommend.Event{User: "小红", Item: "茶杯", Kind: recommend.NotInterested, Time: day(2)},
		recommend.Event{User: "小刚", Item: "茶杯", Kind: recommend.NotInterested, Time: day(1)},
		recommend.Event{User: "小刚", Item: "茶杯", Kind: recommend.Cart, Time: day(2)},
		recommend.Event{User: "小美", Item: "龙井", Kind: recommend.Rate, Weight: 1, Time: day(1)},
		recommend.Event{User: "小丽", Item: "没人知道", Time: day(1)},
	))

	for _, test := range []struct {
		name string
		q    recommend.Query
		want []string
	}{
		// 龙井 ×2, 咖啡 ×0.5: 茶杯 8, 茶壶 6+1.25, 毛尖 4, 咖啡杯 2.5; then what is popular
		{"history", recommend.Query{User: "小明"}, []string{"茶杯", "茶壶", "毛尖", "咖啡杯", "月饼", "粽子"}},
		{"limit", recommend.Query{User: "小明", Limit: 2}, []string{"茶杯", "茶壶"}},
		{"exclude", recommend.Query{User: "小明", Limit: 2, Exclude: []string{"茶杯", "没有"}}, []string{"茶壶", "毛尖"}},
		{"candidates", recommend.Query{User: "小明", Candidates: []string{"粽子", "毛尖", "龙井", "茶壶", "没有"}}, []string{"茶壶", "毛尖", "粽子"}},
		{"candidates nothing speaks for", recommend.Query{Candidates: []string{"毛尖", "粽子"}}, []string{"粽子", "毛尖"}},
		{"newcomer", recommend.Query{User: "新来的"}, []string{"月饼", "茶杯", "粽子"}},
		{"nobody", recommend.Query{Exclude: []string{"月饼"}}, []string{"茶杯", "粽子"}},
		{"not personal", recommend.Query{User: "小明", Recent: []string{"咖啡"}, NonPersonal: true}, []string{"月饼", "茶杯", "粽子"}},
		{"recent", recommend.Query{Recent: []string{"龙井", "咖啡"}, Limit: 3}, []string{"咖啡杯", "茶壶", "茶杯"}},
		// 咖啡 ×1, 龙井 ×2×0.5: 茶壶 2.5+3, 咖啡杯 5, 茶杯 4
		{"recent comes before the history", recommend.Query{User: "小明", Recent: []string{"咖啡"}, Limit: 3}, []string{"茶壶", "咖啡杯", "茶杯"}},
		{"refused", recommend.Query{User: "小红"}, []string{"茶壶", "毛尖", "月饼", "粽子"}},
		{"refused, then put in the cart", recommend.Query{User: "小刚", Limit: 2}, []string{"龙井", "茶壶"}},
		{"disliked", recommend.Query{User: "小美", Limit: 1}, []string{"月饼"}},
		{"unknown item", recommend.Query{User: "小丽", Limit: 1}, []string{"月饼"}},
		{"before that happened", recommend.Query{User: "小明", Now: day(1), Limit: 2}, []string{"咖啡杯", "茶壶"}},
		{"seen, and bought", recommend.Query{User: "小明", Recent: []string{"茶杯"}, Seen: true, Candidates: []string{"龙井", "咖啡", "茶杯"}}, []string{"咖啡"}},
		{"seen, and disliked", recommend.Query{User: "小美", Seen: true, Candidates: []string{"龙井"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, err := s.Recommend(t.Context(), test.q)
			require.NoError(t, err)
			require.Equal(t, test.want, ids(answer))
			require.True(t, slices.IsSortedFunc(answer, func(a, b recommend.Suggestion) int {
				return int(math.Copysign(1, b.Score-a.Score))
			}) || len(answer) < 2, "best first")
		})
	}

	answer, err := s.Recommend(t.Context(), recommend.Query{User: "小明"})
	require.NoError(t, err)
	require.InDelta(t, 8, answer[0].Score, 1e-9)
	require.InDelta(t, 7.25, answer[1].Score, 1e-9)
	require.Equal(t, []recommend.Reason{{Kind: recommend.SimilarToRecent, Items: []string{"龙井", "咖啡"}, Share: 1}}, answer[1].Reasons)
	require.Equal(t, []recommend.Reason{{Kind: recommend.Popular, Share: 1}}, answer[4].Reasons)
}

// Whatever field a query has or will have is either served or refused.
func testUnsupported(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	publish(t, s, tea())
	served := []string{"User", "Recent", "Limit", "Exclude", "Candidates", "NonPersonal", "Seen", "Now"}
	for f := range reflect.TypeFor[recommend.Query]().Fields() {
		var q recommend.Query
		v := reflect.ValueOf(&q).Elem().FieldByIndex(f.Index)
		fill(v)
		_, err := s.Recommend(t.Context(), q)
		switch {
		case slices.Contains(served, f.Name):
			require.NoError(t, err, f.Name)
		case !errors.Is(err, recommend.ErrInvalid):
			require.ErrorIs(t, err, errors.ErrUnsupported, f.Name)
			require.ErrorContains(t, err, strings.ToLower(f.Name))
		}
	}
	_, err := s.Recommend(t.Context(), recommend.Query{Limit: -1})
	require.ErrorIs(t, err, recommend.ErrInvalid)
	_, err = s.Recommend(t.Context(), recommend.Query{NonPersonal: true, Context: map[string]string{"场景": "首页"}})
	require.NoError(t, err, "it is not read")
}

// fill gives a value something to hold.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("龙井")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("龙井").Convert(v.Type().Key()), reflect.ValueOf("龙井").Convert(v.Type().Elem()))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(day(1)))
			return
		}
		fill(v.Field(0))
	}
}

func testRecord(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{History: 3, Retention: time.Hour})
	err := s.Record(t.Context(), recommend.Event{User: "甲", Item: "一"}, recommend.Event{User: "甲"})
	require.ErrorIs(t, err, recommend.ErrInvalid)
	require.ErrorContains(t, err, "event 1")
	require.Empty(t, keysOf(t, s), "nothing is recorded")

	events := []recommend.Event{
		{User: "甲", Item: "一", Kind: recommend.Buy, Time: day(1)},
		{User: "甲", Item: "二:2", Kind: recommend.Rate, Weight: 4.5, Time: day(2)},
		{User: "甲", Item: "三", Kind: recommend.View, Weight: 1, Time: day(3)},
		{User: "甲", Item: "四 ", Kind: recommend.Skip, Time: day(4)},
		{User: "乙{x}", Item: "一", Time: day(1)},
	}
	for range 2 { // the second time changes nothing
		require.NoError(t, s.Record(t.Context(), events...))
		got, err := s.History(t.Context(), "甲")
		require.NoError(t, err)
		for i := range got {
			got[i].Time = got[i].Time.UTC()
		}
		require.Equal(t, []recommend.Event{
			{User: "甲", Item: "四 ", Kind: recommend.Skip, Time: day(4)},
			{User: "甲", Item: "三", Kind: recommend.View, Time: day(3)},
			{User: "甲", Item: "二:2", Kind: recommend.Rate, Weight: 4.5, Time: day(2)},
		}, got, "the oldest has dropped out")
	}
	ttl, err := client.TTL(t.Context(), historyKey(s.config.Prefix, "甲")).Result()
	require.NoError(t, err)
	require.Positive(t, ttl)
	got, err := s.History(t.Context(), "乙{x}")
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.Equal(t, recommend.View, got[0].Kind)
	require.NoError(t, s.Record(t.Context()), "no events")
}

// A history depends on which events there were, not on when and how often they were told.
func testAnyOrder(t *testing.T, client redis.UniversalClient) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 7))
		kinds := []recommend.Kind{recommend.View, recommend.Cart, recommend.Buy, recommend.Skip}
		var events []recommend.Event
		for range 400 {
			events = append(events, recommend.Event{
				User: string(rune('a' + r.IntN(5))), Item: string(rune('A' + r.IntN(20))),
				Kind: kinds[r.IntN(len(kinds))], Time: day(1).Add(time.Duration(r.IntN(300)) * time.Second),
			})
		}
		var states [][]recommend.Event
		for round := range 3 {
			s := store(t, client, Config{History: 12})
			for range round {
				r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
				for part := range slices.Chunk(events, 37) {
					require.NoError(t, s.Record(t.Context(), part...))
				}
			}
			require.NoError(t, s.Record(t.Context(), events...))
			var state []recommend.Event
			for _, user := range []string{"a", "b", "c", "d", "e"} {
				h, err := s.History(t.Context(), user)
				require.NoError(t, err)
				require.Len(t, h, 12)
				state = append(state, h...)
			}
			states = append(states, state)
		}
		require.Equal(t, states[0], states[1])
		require.Equal(t, states[0], states[2])
	}
}

func testForget(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	publish(t, s, tea())
	before := len(keysOf(t, s))
	require.NoError(t, s.Record(t.Context(), recommend.Event{User: "甲", Item: "龙井"}, recommend.Event{User: "乙", Item: "龙井"}))
	require.Len(t, keysOf(t, s), before+2)
	require.NoError(t, s.Forget(t.Context(), "甲", "谁"))
	require.Len(t, keysOf(t, s), before+1)
	newcomer, err := s.Recommend(t.Context(), recommend.Query{User: "谁"})
	require.NoError(t, err)
	forgotten, err := s.Recommend(t.Context(), recommend.Query{User: "甲"})
	require.NoError(t, err)
	require.Equal(t, newcomer, forgotten)
}

func testFailedPublish(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{Refresh: time.Nanosecond})
	publish(t, s, tea())
	want, err := s.Recommend(t.Context(), recommend.Query{Recent: []string{"龙井"}})
	require.NoError(t, err)
	before := keysOf(t, s)
	slices.Sort(before)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	broken := errors.New("the database went away")
	many := func(end func(yield func(Row, error) bool)) Content {
		return Content{Rows: func(yield func(Row, error) bool) {
			for i := range 20_000 {
				row := Row{Item: "item" + string(rune('一'+i))}
				for j := range 20 {
					row.Neighbours = append(row.Neighbours, Neighbour{"龙井" + string(rune('一'+j)), 1})
				}
				if !yield(row, nil) {
					return
				}
			}
			end(yield)
		}}
	}
	for _, test := range []struct {
		name    string
		content Content
		want    error
		text    string
	}{
		{"rows end with an error", many(func(yield func(Row, error) bool) { yield(Row{}, broken) }), broken, "read the rows"},
		{"cancelled", many(func(yield func(Row, error) bool) {
			cancel()
			yield(Row{Item: "x", Neighbours: nil}, nil)
		}), context.Canceled, ""},
		{"no rows", Content{}, nil, "no rows"},
		{"two rows", Content{Rows: rows(Row{Item: "茶"}, Row{Item: "茶"})}, nil, `item "茶" has two rows`},
		{"no id", Content{Rows: rows(Row{})}, recommend.ErrInvalid, ""},
		{"neighbour without id", Content{Rows: rows(Row{"茶", []Neighbour{{"", 1}}})}, recommend.ErrInvalid, "茶"},
		{"not a number", Content{Rows: rows(Row{"茶", []Neighbour{{"杯", float32(math.NaN())}}})}, nil, `neighbour "杯" has the score NaN`},
		{"negative", Content{Rows: rows(), Popular: []Neighbour{{"杯", -1}}}, nil, "the popular items"},
		{"recency", Content{Rows: rows(), Recency: 2}, nil, "recency 2"},
		{"kind", Content{Rows: rows(), Kinds: map[recommend.Kind]float64{recommend.Buy: math.Inf(1)}}, nil, `kind "buy"`},
	} {
		_, err := s.Publish(ctx, test.content)
		if test.want != nil {
			require.ErrorIs(t, err, test.want, test.name)
		}
		require.ErrorContains(t, err, test.text, test.name)
		if test.name == "cancelled" {
			ctx = t.Context()
		}
		got, err := s.Recommend(t.Context(), recommend.Query{Recent: []string{"龙井"}})
		require.NoError(t, err, test.name)
		require.Equal(t, want, got, test.name)
		after := slices.DeleteFunc(keysOf(t, s), func(key string) bool { return key == sequenceKey(s.config.Prefix) })
		slices.Sort(after)
		require.Equal(t, slices.DeleteFunc(slices.Clone(before), func(key string) bool {
			return key == sequenceKey(s.config.Prefix)
		}), after, "%s: what was written is gone", test.name)
	}
}

func testOldGraphsGo(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	first := publish(t, s, tea())
	one := len(keysOf(t, s))
	publish(t, s, tea())
	two := len(keysOf(t, s))
	for range 3 {
		p := publish(t, s, tea())
		require.Zero(t, p.Leftover)
		require.Len(t, keysOf(t, s), two, "the graph that serves and the one before")
	}
	require.Greater(t, two, one)
	require.Equal(t, 8, first.Items)
	require.Equal(t, 7, first.Neighbours)

	// a publisher that died long ago
	dead, err := s.newPublisher(t.Context(), tea())
	require.NoError(t, err)
	require.NoError(t, dead.write(t.Context(), tea()))
	publish(t, s, tea())
	require.Greater(t, len(keysOf(t, s)), two, "it may still live")
	require.NoError(t, client.Del(t.Context(), leaseKey(s.config.Prefix, dead.keys.generation)).Err())
	publish(t, s, tea())
	require.Len(t, keysOf(t, s), two, "now it is known to be dead")
	require.ErrorIs(t, dead.serve(t.Context()), ErrSuperseded)
}

func testPublishers(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{Refresh: time.Nanosecond})
	slow, err := s.newPublisher(t.Context(), tea())
	require.NoError(t, err)
	require.NoError(t, slow.write(t.Context(), tea()))
	other := tea()
	other.Popular = []Neighbour{{"新品", 1}}
	fast := publish(t, s, other)
	require.ErrorIs(t, slow.serve(t.Context()), ErrSuperseded)
	require.Greater(t, fast.Generation, slow.keys.generation)
	answer, err := s.Recommend(t.Context(), recommend.Query{})
	require.NoError(t, err)
	require.Equal(t, []string{"新品"}, ids(answer))
}

// Answers that are given while graphs are published are of one graph each.
func testSwitchUnderLoad(t *testing.T, client redis.UniversalClient) {
	graph := func(version string) Content {
		return Content{
			Rows:    rows(Row{"龙井", []Neighbour{{version + "甲", 2}, {version + "乙", 1}}}),
			Popular: []Neighbour{{version + "丙", 1}},
		}
	}
	s := store(t, client, Config{})
	publish(t, s, graph("0"))
	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			mine, err := New(client, s.config)
			if err != nil {
				t.Error(err)
				return
			}
			for ctx.Err() == nil {
				answer, err := mine.Recommend(t.Context(), recommend.Query{Recent: []string{"龙井"}})
				if err != nil || len(answer) != 3 {
					t.Errorf("%v, %v", answer, err)
					return
				}
				for _, a := range answer {
					if a.Item[0] != answer[0].Item[0] {
						t.Errorf("an answer of two graphs: %v", ids(answer))
					}
				}
			}
		})
	}
	for i := range 9 { // faster than the readers look for another graph, so that what they read is deleted
		publish(t, s, graph(string(rune('1'+i))))
	}
	cancel()
	readers.Wait()
}

func testLostData(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	publish(t, s, tea())
	g := func() *generation { return s.current.Load() }
	query := recommend.Query{Recent: []string{"龙井", "咖啡"}}
	whole, err := s.Recommend(t.Context(), query)
	require.NoError(t, err)
	require.NotEqual(t, g().bucket("龙井"), g().bucket("咖啡"), "the test needs two buckets")

	require.NoError(t, client.Del(t.Context(), g().keys.lists(g().bucket("咖啡"))).Err())
	part, err := s.Recommend(t.Context(), query)
	require.ErrorIs(t, err, ErrPartial)
	require.ErrorContains(t, err, "1 of 2 lists")
	require.Equal(t, []string{"茶杯", "茶壶", "毛尖", "月饼", "粽子"}, ids(part))
	_, err = s.Recommend(t.Context(), recommend.Query{})
	require.NoError(t, err, "this one needs no list")

	require.NoError(t, client.Del(t.Context(), g().keys.numbers(g().bucket("月饼"))).Err())
	_, err = s.Recommend(t.Context(), recommend.Query{Exclude: []string{"月饼"}})
	require.ErrorContains(t, err, "publish again")
	require.NotErrorIs(t, err, ErrPartial)

	publish(t, s, tea())
	again, err := s.Recommend(t.Context(), query)
	require.NoError(t, err)
	require.Equal(t, whole, again)

	p, err := s.newPublisher(t.Context(), tea())
	require.NoError(t, err)
	require.NoError(t, p.write(t.Context(), tea()))
	require.NoError(t, p.verify(t.Context()))
	require.NoError(t, client.HDel(t.Context(), p.keys.lists(p.manifest.bucket("龙井")), "龙井").Err())
	require.ErrorContains(t, p.verify(t.Context()), "a node lost data")
	require.NoError(t, client.Del(t.Context(), p.keys.names(0)).Err())
	require.Error(t, p.verify(t.Context()))
	p.discard(t.Context())

	require.NoError(t, client.Set(t.Context(), pointerKey(s.config.Prefix), `{"format":9}`, 0).Err())
	_, err = store(t, client, s.config).Recommend(t.Context(), query)
	require.ErrorContains(t, err, "format 9")
}

func testContext(t *testing.T, client redis.UniversalClient) {
	s := store(t, client, Config{})
	publish(t, s, tea())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Recommend(ctx, recommend.Query{User: "小明"})
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, s.Record(ctx, recommend.Event{User: "小明", Item: "茶"}), context.Canceled)
	_, err = s.Publish(ctx, tea())
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, s.Forget(ctx, "小明"), context.Canceled)
}

func TestNew(t *testing.T) {
	t.Parallel()
	_, err := New(nil, Config{})
	require.ErrorContains(t, err, "no client")
	client := redis.NewClient(&redis.Options{})
	defer client.Close()
	_, err = New(client, Config{})
	require.ErrorContains(t, err, "ContextTimeoutEnabled")
	fine := redis.NewUniversalClient(Options("127.0.0.1:1"))
	defer fine.Close()
	for _, prefix := range []string{"{a}", "a b", "茶", strings.Repeat("a", 101)} {
		_, err = New(fine, Config{Prefix: prefix})
		require.ErrorContains(t, err, "prefix")
	}
}
