package redisgraph

import (
	"math"
	"slices"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
)

func TestList(t *testing.T) {
	t.Parallel()
	for _, links := range [][]link{
		nil,
		{{0, 1}},
		{{0, 0.25}, {1, 3}, {127, 1e-20}, {128, 1}, {math.MaxInt32 - 1, math.MaxFloat32}},
	} {
		text := string(appendList(nil, 7, slices.Clone(links)))
		item, got, err := readList(nil, text, math.MaxInt32)
		require.NoError(t, err)
		require.EqualValues(t, 7, item)
		require.Equal(t, links, got)
		for n := range text {
			_, _, err := readList(nil, text[:n], math.MaxInt32)
			require.Error(t, err, "cut off after %d bytes", n)
		}
		_, _, err = readList(nil, text+"x", math.MaxInt32)
		require.Error(t, err)
		_, _, err = readList(nil, text, 7)
		require.Error(t, err, "numbers out of range")
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	names := []string{"龙井", "a", string(make([]byte, 300))}
	text := string(appendNames(nil, names))
	c, err := readChunk(text, 3)
	require.NoError(t, err)
	for i, name := range names {
		require.Equal(t, name, c.name(uint32(i)))
	}
	for _, bad := range []struct {
		text  string
		names int
	}{{text, 2}, {text, 4}, {text[:len(text)-1], 3}, {"", 1}, {"\xff\xff\xff\xff\xff", 1}} {
		_, err := readChunk(bad.text, bad.names)
		require.Error(t, err)
	}
}

func FuzzReadList(f *testing.F) {
	f.Add(string(appendList(nil, 3, []link{{1, 1}, {900, 2}})), 1000)
	f.Add("\x00\x00", 1)
	f.Fuzz(func(t *testing.T, text string, items int) {
		items = min(max(items, 0), math.MaxInt32)
		item, links, err := readList(nil, text, items)
		if err != nil {
			require.Empty(t, links)
			return
		}
		require.Less(t, int(item), items)
		require.LessOrEqual(t, len(links), len(text))
		for _, l := range links {
			require.Less(t, int(l.item), items)
		}
	})
}

func FuzzReadChunk(f *testing.F) {
	f.Add(string(appendNames(nil, []string{"龙井", "茶"})), 2)
	f.Fuzz(func(t *testing.T, text string, names int) {
		names = min(max(names, 0), chunkSize)
		c, err := readChunk(text, names)
		if err != nil {
			return
		}
		for i := range names {
			_ = c.name(uint32(i))
		}
	})
}

func TestMember(t *testing.T) {
	t.Parallel()
	for _, e := range []recommend.Event{
		{Item: "龙井", Kind: recommend.Buy},
		{Item: "a:b c", Kind: recommend.NotInterested},
		{Item: ":", Kind: recommend.Rate, Weight: 1},
		{Item: "x", Kind: recommend.View, Weight: 0.1},
	} {
		got, ok := eventOf(redis.Z{Member: member(e)})
		require.True(t, ok)
		got.Time = e.Time
		require.Equal(t, e, got)
	}
	for _, bad := range []string{"", "buy", "buy x:1", "buy :1"} {
		_, ok := eventOf(redis.Z{Member: bad})
		require.False(t, ok, bad)
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	var tally tally
	for range 3 {
		tally.reset(1000)
		for round := range 2 {
			for i := range uint32(1000) {
				*tally.at(i * 1_000_003) += float64(i%100 + uint32(round))
			}
		}
		*tally.at(99 * 1_000_003) = blocked
		*tally.at(99 * 1_000_003) += 5
		top := tally.top(nil, 15)
		require.Len(t, top, 15)
		for i, p := range top[:9] {
			require.Equal(t, pick{item: uint32(199+100*i) * 1_000_003, score: 199}, p, "of equals the lower number first")
		}
		require.Zero(t, tally.of(12345))
	}
}
