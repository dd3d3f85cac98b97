package intake

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
)

// visits are events of some people in about the order of time, of all kinds; some are told twice.
func visits(seed uint64, n int) []recommend.Event {
	r := rand.New(rand.NewPCG(seed, 1))
	kinds := []recommend.Kind{"", recommend.View, recommend.Cart, recommend.Buy, recommend.Like, recommend.Rate, recommend.Skip, recommend.NotInterested}
	var list []recommend.Event
	for i := range n {
		e := recommend.Event{User: fmt.Sprint("用户", r.IntN(9)), Item: fmt.Sprint("茶", r.IntN(25)), Kind: kinds[r.IntN(len(kinds))],
			Time: when.Add(time.Duration(i/2+r.IntN(3)) * 700 * time.Millisecond)}
		switch {
		case e.Kind == recommend.Rate:
			e.Weight = []float64{1, 2.5, 4.9}[r.IntN(3)]
		case r.IntN(3) == 0:
			e.Weight = 0.1
		}
		list = append(list, e)
		if r.IntN(20) == 0 {
			list = append(list, e)
		}
	}
	return list
}

// state is all that an engine holds of people, and what it answers them.
func state(t *testing.T, e *recommend.Engine, now time.Time) string {
	t.Helper()
	var all string
	for user := range 9 {
		held, err := e.Export(t.Context(), fmt.Sprint("用户", user))
		require.NoError(t, err)
		list, err := e.Recommend(t.Context(), recommend.Query{User: fmt.Sprint("用户", user), Limit: 25, Now: now})
		require.NoError(t, err)
		all += fmt.Sprintf("%s\n%+v\n", held, list)
	}
	return all
}

func tea(t *testing.T, e *recommend.Engine) {
	t.Helper()
	for i := range 25 {
		require.NoError(t, e.Put(t.Context(), recommend.Item{ID: fmt.Sprint("茶", i), Categories: []string{fmt.Sprint("类", i%4)}}))
	}
}

// A stream that is told to an engine twice, or once more after each of several crashes, leaves it as if it had been told
// once: in memory and in a folder, with histories that hold everything and with some that have become full.
func TestReplayIntoEngine(t *testing.T) {
	t.Parallel()
	for name, history := range map[string]int{"everything is remembered": 0, "histories are full": 6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(2) {
				s, config := &memory{}, recommend.Config{History: history}
				all := visits(seed, 400)
				require.NoError(t, Publish(t.Context(), s, all...))
				now := when.Add(time.Hour)

				memory := recommend.New(config)
				tea(t, memory)
				to := Once(memory, history)
				_, err := Consume(t.Context(), s, to, Options{Batch: 30})
				require.NoError(t, err)
				want := state(t, memory, now)
				for range 2 {
					s.acked = 0
					stats, err := Consume(t.Context(), s, to, Options{Batch: 17})
					require.NoError(t, err)
					require.Equal(t, len(all), stats.Recorded+stats.Duplicate)
					require.Equal(t, want, state(t, memory, now))
				}

				// In a folder, beginning anew from the start of the stream after each crash.
				dir := t.TempDir()
				for crash := 40; ; crash += 90 {
					folder, err := recommend.Open(t.Context(), dir, config)
					require.NoError(t, err)
					tea(t, folder)
					s.acked = 0
					_, err = Consume(t.Context(), s, Once(&crashing{folder, crash}, history), Options{Batch: 25, Retries: -1})
					done := err == nil
					require.True(t, done || errors.Is(err, errCrash), err)
					if done {
						require.Equal(t, want, state(t, folder, now))
					}
					require.NoError(t, folder.Close())
					if done {
						break
					}
				}
			}
		})
	}
}

// crashing records some of what it is told, and then a part of a batch.
type crashing struct {
	*recommend.Engine
	left int
}

func (c *crashing) Record(ctx context.Context, events ...recommend.Event) error {
	n := min(c.left, len(events))
	c.left -= n
	if err := c.Engine.Record(ctx, events[:n]...); err != nil {
		return err
	}
	if n < len(events) {
		return errCrash
	}
	return nil
}

// Without Once an engine counts what it is told twice.
func TestReplayWithoutOnce(t *testing.T) {
	t.Parallel()
	s, e := &memory{}, recommend.New(recommend.Config{})
	tea(t, e)
	require.NoError(t, Publish(t.Context(), s, visits(1, 50)...))
	var states []string
	for range 2 {
		s.acked = 0
		_, err := Consume(t.Context(), s, e, Options{})
		require.NoError(t, err)
		states = append(states, state(t, e, when.Add(time.Hour)))
	}
	require.NotEqual(t, states[0], states[1])
}

func TestOnce(t *testing.T) {
	t.Parallel()
	e := recommend.New(recommend.Config{})
	to := Once(e, 0)
	view := recommend.Event{User: "小明", Item: "龙井", Time: when}
	same, buy, later, dearer, other := view, view, view, view, view
	same.Kind, same.Time = recommend.View, when.Add(time.Millisecond)
	buy.Kind, later.Time, dearer.Weight, other.Item = recommend.Buy, when.Add(time.Second), 2, "普洱"
	for range 2 {
		for _, event := range []recommend.Event{view, same, buy, later, dearer, other} {
			require.NoError(t, to.RecordOnce(t.Context(), Entry{Event: event}))
		}
	}
	held, err := to.(*once).known(t.Context(), "小明")
	require.NoError(t, err)
	require.Len(t, held.deeds, 5)

	require.NoError(t, to.RecordOnce(t.Context(), Entry{Event: recommend.Event{User: "小红", Item: "龙井"}}), "it happens now")
	require.ErrorIs(t, to.RecordOnce(t.Context(), Entry{Event: recommend.Event{User: "小红", Kind: "?", Item: "龙井"}}), recommend.ErrInvalid)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, to.RecordOnce(ctx, Entry{Event: view}), context.Canceled)
	require.NoError(t, e.Close())
	require.ErrorIs(t, to.RecordOnce(t.Context(), Entry{Event: view}), recommend.ErrClosed)
}

// BenchmarkOnce takes events of a thousand people with some forty each into an engine that has them already or has none
// of them, a thousand at a time.
func BenchmarkOnce(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var entries []Entry
	for i := range 40_000 {
		entries = append(entries, Entry{Event: recommend.Event{User: fmt.Sprint("u", r.IntN(1000)), Item: fmt.Sprint("i", r.IntN(5000)),
			Time: when.Add(time.Duration(i) * time.Second)}})
	}
	for _, fresh := range []bool{true, false} {
		b.Run(fmt.Sprintf("fresh=%v", fresh), func(b *testing.B) {
			to := Once(recommend.New(recommend.Config{}), 0)
			if !fresh {
				require.NoError(b, to.RecordOnce(b.Context(), entries...))
			}
			n := 0
			for b.Loop() {
				if fresh {
					b.StopTimer()
					to = Once(recommend.New(recommend.Config{}), 0)
					b.StartTimer()
				}
				for from := 0; from < len(entries); from += 1000 {
					require.NoError(b, to.RecordOnce(b.Context(), entries[from:from+1000]...))
					n += 1000
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
