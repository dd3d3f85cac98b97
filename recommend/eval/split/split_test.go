package split_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

// told lists user, item and second of the events.
func told(data *dataset.Data) []string {
	var events []string
	for i := range data.User {
		text := data.Catalogue.Users.Name(data.User[i]) + data.Catalogue.Items.Name(data.Item[i])
		if data.Time != nil {
			text += string(rune('0' + data.Time[i]/1000))
		}
		events = append(events, text)
	}
	return events
}

// log has events such as "明茶3": who, what, in which second.
func log(t testing.TB, events ...string) *dataset.Data {
	t.Helper()
	data := dataset.New()
	for _, event := range events {
		r := []rune(event)
		e := dataset.Event{User: string(r[0]), Item: string(r[1])}
		if len(r) > 2 {
			e.Time = time.Unix(int64(r[2]-'0'), 0)
		}
		require.NoError(t, data.Append(e))
	}
	return data
}

func TestLeaveOut(t *testing.T) {
	t.Parallel()
	data := log(t, "明茶4", "红茶1", "明壶1", "明杯3", "红壶2", "刚茶1", "明书2")
	parts, err := split.LeaveOut(data, split.Config{Test: 1, Valid: 1})
	require.NoError(t, err)
	require.Equal(t, []string{"明茶4"}, told(parts.Test))
	require.Equal(t, []string{"明杯3"}, told(parts.Valid))
	require.Equal(t, []string{"红茶1", "明壶1", "红壶2", "刚茶1", "明书2"}, told(parts.Train), "who has too little is only learned from")

	parts, err = split.LeaveOut(data, split.Config{})
	require.NoError(t, err)
	require.Equal(t, []string{"明茶4", "红壶2"}, told(parts.Test))
	require.Zero(t, parts.Valid.Len())

	untimed, err := split.LeaveOut(log(t, "明茶", "红壶", "明壶", "明杯"), split.Config{Test: 2})
	require.NoError(t, err)
	require.Equal(t, []string{"明壶", "明杯"}, told(untimed.Test), "without times the order tells")

	_, err = split.LeaveOut(data, split.Config{Test: -1})
	require.ErrorContains(t, err, "use numbers from 0")
	huge := int(^uint(0) >> 1)
	parts, err = split.LeaveOut(data, split.Config{Test: 1, Valid: huge})
	require.NoError(t, err)
	require.Equal(t, data.Len(), parts.Train.Len())
}

// shopLog has events such as "明买茶3": who, what they did, to what, in which second.
func shopLog(t testing.TB, events ...string) *dataset.Data {
	t.Helper()
	data := dataset.New()
	for _, event := range events {
		r := []rune(event)
		e := dataset.Event{User: string(r[0]), Kind: string(r[1]), Item: string(r[2])}
		if len(r) > 3 {
			e.Time = time.Unix(int64(r[3]-'0'), 0)
		}
		require.NoError(t, data.Append(e))
	}
	return data
}

func TestLastOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		events      []string
		train, test []string
	}{
		"what was known before": {
			[]string{"明看茶1", "明看壶2", "明买壶3", "明看杯4", "明买书5", "明看本6"},
			[]string{"明茶1", "明壶2", "明壶3", "明杯4"}, []string{"明书5"},
		},
		"an order of several":                   {[]string{"明看茶1", "明买壶5", "明看笔5", "明买书5", "明看本5"}, []string{"明茶1"}, []string{"明壶5", "明书5"}},
		"nothing is left of what is asked for":  {[]string{"明看茶1", "明看壶2", "明车壶3", "明买壶4"}, []string{"明茶1"}, []string{"明壶4"}},
		"bought before is not asked for":        {[]string{"明买茶1", "明看茶2", "明买茶3", "明买壶3"}, []string{"明茶1", "明茶2"}, []string{"明壶3"}},
		"nothing new in it":                     {[]string{"明买茶1", "明看壶2", "明买茶3", "明看杯4"}, []string{"明茶1", "明壶2", "明茶3", "明杯4"}, nil},
		"who never bought":                      {[]string{"明买茶1", "红看茶2"}, []string{"红茶2"}, []string{"明茶1"}},
		"in whatever order it is told":          {[]string{"明看本6", "明买书5", "红看书9", "明看茶1"}, []string{"红书9", "明茶1"}, []string{"明书5"}},
		"without times the order tells, singly": {[]string{"明看茶", "明买壶", "明买杯", "明看书"}, []string{"明茶", "明壶"}, []string{"明杯"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts, err := split.LastOf(shopLog(t, c.events...), "买")
			require.NoError(t, err)
			require.Equal(t, c.train, told(parts.Train))
			require.Equal(t, c.test, told(parts.Test))
			require.Zero(t, parts.Valid.Len())
		})
	}
	parts, err := split.LastOf(log(t, "明茶1", "明壶2"), "")
	require.NoError(t, err)
	require.Equal(t, []string{"明壶2"}, told(parts.Test))
	_, err = split.LastOf(shopLog(t, "明看茶1"), "买")
	require.ErrorContains(t, err, `no event is of the kind "买": there are ["看"]`)
}

func TestAtTime(t *testing.T) {
	t.Parallel()
	data := log(t, "明茶4", "红茶1", "明壶1", "明杯3", "红壶2")
	parts, err := split.AtTime(data, time.Unix(2, 0), time.Unix(3, 0))
	require.NoError(t, err)
	require.Equal(t, []string{"红茶1", "明壶1"}, told(parts.Train))
	require.Equal(t, []string{"红壶2"}, told(parts.Valid))
	require.Equal(t, []string{"明茶4", "明杯3"}, told(parts.Test))

	parts, err = split.AtTime(data, time.Time{}, time.Unix(3, 0))
	require.NoError(t, err)
	require.Zero(t, parts.Valid.Len())
	require.Equal(t, 3, parts.Train.Len())

	_, err = split.AtTime(data, time.Unix(3, 0), time.Unix(3, 0))
	require.ErrorContains(t, err, "is not before test")
	_, err = split.AtTime(log(t, "明茶"), time.Time{}, time.Unix(3, 0))
	require.ErrorContains(t, err, "no times")
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	data := log(t, "明茶4", "红茶1", "明壶1", "明杯3", "红壶2")
	for share, want := range map[float64]int64{0: 1, 0.39: 1, 0.4: 2, 0.8: 4, 1: 4} {
		at, err := split.Quantile(data, share)
		require.NoError(t, err)
		require.Equal(t, want, at.Unix(), share)
	}
	_, err := split.Quantile(data, 1.1)
	require.ErrorContains(t, err, "not from 0 to 1")
	_, err = split.Quantile(log(t, "明茶"), 0.5)
	require.ErrorContains(t, err, "no times")
}

func TestRatio(t *testing.T) {
	t.Parallel()
	data := log(t, "明茶5", "明壶1", "明杯3", "明书2", "明笔4", "红茶1")
	parts, err := split.Ratio(data, split.Ratios{Test: 0.4, Valid: 0.2, ByTime: true})
	require.NoError(t, err)
	require.Equal(t, []string{"明茶5", "明笔4"}, told(parts.Test))
	require.Equal(t, []string{"明杯3"}, told(parts.Valid))
	require.Equal(t, []string{"明壶1", "明书2", "红茶1"}, told(parts.Train))

	parts, err = split.Ratio(data, split.Ratios{Test: 0.98})
	require.NoError(t, err)
	require.Equal(t, 4, parts.Test.Len(), "one event of everybody is left to learn from")
	require.Equal(t, 2, parts.Train.Len())

	for _, bad := range []split.Ratios{{Test: 1}, {Test: -0.1}, {Test: 0.5, Valid: 0.5}} {
		_, err = split.Ratio(data, bad)
		require.ErrorContains(t, err, "less than 1")
	}
}

// random returns a log in which users have some events, all different.
func random(t testing.TB, seed uint64) *dataset.Data {
	t.Helper()
	source := rand.New(rand.NewPCG(seed, 0))
	var events []string
	for len(events) < 300 {
		event := string([]rune{rune('a' + source.IntN(20)), rune('一' + source.IntN(30)), rune('0' + source.IntN(9))})
		if !slices.Contains(events, event) {
			events = append(events, event)
		}
	}
	return log(t, events...)
}

// Every split is a partition that keeps the order, and comes out the same again.
func TestSplitsArePartitions(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		data := random(t, seed)
		before := told(data)
		for name, divide := range map[string]func() (split.Parts, error){
			"leave out": func() (split.Parts, error) { return split.LeaveOut(data, split.Config{Test: 2, Valid: 1}) },
			"random":    func() (split.Parts, error) { return split.Ratio(data, split.Ratios{Test: 0.3, Valid: 0.1, Seed: seed}) },
			"by time": func() (split.Parts, error) {
				return split.Ratio(data, split.Ratios{Test: 0.3, Valid: 0.1, ByTime: true})
			},
			"at time": func() (split.Parts, error) { return split.AtTime(data, time.Unix(5, 0), time.Unix(7, 0)) },
		} {
			parts, err := divide()
			require.NoError(t, err)
			again, err := divide()
			require.NoError(t, err)
			require.Equal(t, parts, again, name)

			of := map[*dataset.Data][]string{parts.Train: told(parts.Train), parts.Valid: told(parts.Valid), parts.Test: told(parts.Test)}
			for _, event := range before { // takes the events of the three parts one after the other
				found := false
				for part, events := range of {
					if len(events) > 0 && events[0] == event {
						of[part], found = events[1:], true
						break
					}
				}
				require.True(t, found, "%s: %s is in no part, or out of order", name, event)
			}
			require.Equal(t, data.Len(), parts.Train.Len()+parts.Valid.Len()+parts.Test.Len(), name)
			require.Positive(t, parts.Test.Len(), name)
		}
		require.Equal(t, before, told(data), "the data is as it was")
	}
}

func TestRandomDependsOnSeed(t *testing.T) {
	t.Parallel()
	data := random(t, 1)
	a, err := split.Ratio(data, split.Ratios{Test: 0.3, Seed: 1})
	require.NoError(t, err)
	b, err := split.Ratio(data, split.Ratios{Test: 0.3, Seed: 2})
	require.NoError(t, err)
	require.NotEqual(t, told(a.Test), told(b.Test))
	require.Equal(t, a.Test.Len(), b.Test.Len())
}

// Nobody's test event is older than an event of theirs in train.
func TestNoLookAhead(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		data := random(t, seed)
		parts, err := split.LeaveOut(data, split.Config{Test: 1, Valid: 1})
		require.NoError(t, err)
		newest := map[int32]int64{}
		for _, part := range []*dataset.Data{parts.Train, parts.Valid, parts.Test} {
			now := map[int32]int64{}
			for i, user := range part.User {
				require.GreaterOrEqual(t, part.Time[i], newest[user])
				now[user] = max(now[user], part.Time[i])
			}
			for user, at := range now {
				newest[user] = max(newest[user], at)
			}
		}
	}
}

func TestCore(t *testing.T) {
	t.Parallel()
	// 刚 has one event; without him 书 has one, and then 红 has one.
	data := log(t, "明茶", "丽茶", "明壶", "丽壶", "红书", "红茶", "刚书")
	core, err := split.Core(data, 2, 2)
	require.NoError(t, err)
	require.Equal(t, []string{"明茶", "丽茶", "明壶", "丽壶"}, told(core))
	all, err := split.Core(data, 0, 1)
	require.NoError(t, err)
	require.Equal(t, told(data), told(all))
	none, err := split.Core(data, 3, 3)
	require.NoError(t, err)
	require.Zero(t, none.Len())
	_, err = split.Core(data, -1, 2)
	require.ErrorContains(t, err, "from 0")
}

func TestCoreHolds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		data := random(t, seed)
		core, err := split.Core(data, 15, 9)
		require.NoError(t, err)
		users, items := map[int32]int{}, map[int32]int{}
		for i := range core.User {
			users[core.User[i]]++
			items[core.Item[i]]++
		}
		for _, n := range users {
			require.GreaterOrEqual(t, n, 15)
		}
		for _, n := range items {
			require.GreaterOrEqual(t, n, 9)
		}
		var backwards []int32
		for i := range data.User {
			backwards = append(backwards, int32(data.Len()-1-i))
		}
		again, err := split.Core(data.Pick(backwards), 15, 9)
		require.NoError(t, err)
		require.ElementsMatch(t, told(core), told(again), "the order does not matter")
	}
}

func TestDeduplicate(t *testing.T) {
	t.Parallel()
	data := log(t, "明茶4", "红茶1", "明茶1", "明壶3", "红茶1", "明茶4")
	once, err := split.Deduplicate(data)
	require.NoError(t, err)
	require.Equal(t, []string{"明壶3", "红茶1", "明茶4"}, told(once))
	again, err := split.Deduplicate(once)
	require.NoError(t, err)
	require.Equal(t, told(once), told(again))
}

func TestBadDataIsRefused(t *testing.T) {
	t.Parallel()
	bad := log(t, "明茶4")
	bad.Item[0] = 9
	_, err := split.LeaveOut(bad, split.Config{})
	require.ErrorContains(t, err, "item 9 has no name")
	_, err = split.Ratio(bad, split.Ratios{Test: 0.5})
	require.ErrorContains(t, err, "item 9 has no name")
	_, err = split.AtTime(bad, time.Time{}, time.Unix(1, 0))
	require.ErrorContains(t, err, "item 9 has no name")
	_, err = split.Core(bad, 1, 1)
	require.ErrorContains(t, err, "item 9 has no name")
	_, err = split.Deduplicate(bad)
	require.ErrorContains(t, err, "item 9 has no name")
}
