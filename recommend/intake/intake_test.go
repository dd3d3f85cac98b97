package intake

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a stream in memory: a Publisher, and a Source that begins with what was not acknowledged.
type memory struct {
	messages []Message
	acked    int
}

func (s *memory) Publish(_ context.Context, messages ...Message) error {
	for _, m := range messages {
		m.Source, m.Position, m.Time = "memory", uint64(len(s.messages)+1), when
		s.messages = append(s.messages, m)
	}
	return nil
}

func (s *memory) Batches(ctx context.Context, most int) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		for s.acked < len(s.messages) && ctx.Err() == nil {
			to := min(s.acked+most, len(s.messages))
			if !yield(Batch{s.messages[s.acked:to], func(context.Context) error { s.acked = to; return nil }}, nil) {
				return
			}
		}
	}
}

var when = time.Date(2026, 3, 1, 20, 15, 0, 5e8, time.UTC)

// counter counts what it is told: an event told twice counts twice.
type counter struct {
	counts map[string]int
	order  []string
	fail   func(recommend.Event) error
}

func (c *counter) Record(_ context.Context, events ...recommend.Event) error {
	for _, e := range events {
		if c.fail != nil {
			if err := c.fail(e); err != nil {
				return err
			}
		}
	}
	for _, e := range events {
		if c.counts == nil {
			c.counts = map[string]int{}
		}
		c.counts[e.User+" "+e.Item]++
		c.order = append(c.order, e.Item)
	}
	return nil
}

func events(n int) []recommend.Event {
	var list []recommend.Event
	for i := range n {
		list = append(list, recommend.Event{User: "小明", Item: fmt.Sprint(i), Time: when.Add(time.Duration(i) * time.Second)})
	}
	return list
}

func TestForm(t *testing.T) {
	t.Parallel()
	full := Entry{ID: "e1", Event: recommend.Event{User: "小明", Item: "龙井", Kind: recommend.Rate, Weight: 4.5, Time: when,
		Context: map[string]string{"场景": "首页"}}}
	m, err := Encode(full)
	require.NoError(t, err)
	require.Equal(t, `{"v":1,"id":"e1","user":"小明","item":"龙井","kind":"rate","weight":4.5,"time":"2026-03-01T20:15:00.5Z","context":{"场景":"首页"}}`,
		string(m.Data))
	require.Equal(t, "小明", m.Key)
	got, err := Decode(m)
	require.NoError(t, err)
	require.Equal(t, full, got)

	got, err = Decode(Message{Data: []byte(`{"v":1,"user":"a","item":"b","later":{"x":[1]}}`), Time: when, Source: "s", Position: 7})
	require.NoError(t, err)
	require.Equal(t, when, got.Event.Time, "the time of the message")
	require.Len(t, got.ID, 22)
	require.Equal(t, Entry{ID: got.ID, Event: got.Event, Source: "s", Position: 7}, got)
	again, err := Encode(Entry{Event: got.Event})
	require.NoError(t, err)
	require.Equal(t, got.ID, again.ID, "the id that Publish makes")
}

func TestBadForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, data string
		want       error
		text       string
	}{
		{"empty", ``, ErrForm, ""},
		{"no JSON", `龙井`, ErrForm, ""},
		{"null", `null`, ErrForm, "version 0"},
		{"no version", `{"user":"a","item":"b"}`, ErrForm, `give "v": 1`},
		{"later version", `{"v":2,"user":"a","item":"b"}`, ErrForm, "version 2"},
		{"two objects", `{"v":1,"user":"a","item":"b"}{}`, ErrForm, ""},
		{"no user", `{"v":1,"item":"b"}`, recommend.ErrInvalid, "user"},
		{"unknown kind", `{"v":1,"user":"a","item":"b","kind":"sneeze"}`, recommend.ErrInvalid, "sneeze"},
		{"bad time", `{"v":1,"user":"a","item":"b","time":"gestern"}`, ErrForm, ""},
		{"number for a text", `{"v":1,"user":7,"item":"b"}`, ErrForm, "user"},
		{"not UTF-8", "{\"v\":1,\"user\":\"\xff\",\"item\":\"b\"}", ErrForm, "UTF-8"},
		{"long id", `{"v":1,"user":"a","item":"b","id":"` + strings.Repeat("x", 257) + `"}`, ErrForm, "257 bytes"},
		{"too long", `{"v":1,"user":"a","item":"b","x":"` + strings.Repeat("x", 65536) + `"}`, ErrForm, "65536"},
	} {
		_, err := Decode(Message{Data: []byte(test.data)})
		require.ErrorIs(t, err, test.want, test.name)
		require.ErrorContains(t, err, test.text, test.name)
	}
	_, err := Encode(Entry{Event: recommend.Event{User: "a"}})
	require.ErrorIs(t, err, recommend.ErrInvalid)
	_, err = Encode(Entry{Event: recommend.Event{User: "a", Item: "b", Context: map[string]string{"x": strings.Repeat("x", 65536)}}})
	require.ErrorIs(t, err, ErrForm)
}

// Ids are the same for the same event and differ for others.
func TestDigest(t *testing.T) {
	t.Parallel()
	e := recommend.Event{User: "a", Item: "b", Time: when}
	same := e
	same.Kind, same.Time = recommend.View, when.In(time.FixedZone("东八区", 8*3600))
	require.Equal(t, digest(&e), digest(&same))
	seen := map[string]bool{digest(&e): true}
	for _, change := range []func(*recommend.Event){
		func(e *recommend.Event) { e.User, e.Item = "ab", "" },
		func(e *recommend.Event) { e.Kind = recommend.Buy },
		func(e *recommend.Event) { e.Weight = 2 },
		func(e *recommend.Event) { e.Time = e.Time.Add(1) },
		func(e *recommend.Event) { e.Context = map[string]string{"x": "y"} },
		func(e *recommend.Event) { e.Context = map[string]string{"xy": ""} },
	} {
		other := e
		change(&other)
		require.False(t, seen[digest(&other)])
		seen[digest(&other)] = true
	}
}

func TestConsume(t *testing.T) {
	t.Parallel()
	s, c := &memory{}, &counter{}
	require.NoError(t, Stream{s}.Record(t.Context(), events(250)...))
	require.NoError(t, Publish(t.Context(), s, events(250)[40:60]...), "again")
	require.NoError(t, Publish(t.Context(), s))
	var last Stats
	stats, err := Consume(t.Context(), s, c, Options{Batch: 100, Progress: func(s Stats) { last = s }})
	require.NoError(t, err)
	require.Equal(t, Stats{Recorded: 250, Duplicate: 20}, stats)
	require.Equal(t, stats, last)
	require.Equal(t, 270, s.acked)
	for i, item := range c.order {
		require.Equal(t, fmt.Sprint(i), item, "in order")
	}
	err = Publish(t.Context(), s, recommend.Event{User: "a", Item: "b"}, recommend.Event{})
	require.ErrorIs(t, err, recommend.ErrInvalid)
	require.ErrorContains(t, err, "event 1")
	require.Len(t, s.messages, 270, "nothing is published")
}

func TestDeadLetters(t *testing.T) {
	t.Parallel()
	s := &memory{}
	require.NoError(t, Publish(t.Context(), s, events(3)...))
	require.NoError(t, s.Publish(t.Context(), Message{Data: []byte("{")}))
	require.NoError(t, Publish(t.Context(), s, events(6)[3:]...))
	particular := &counter{fail: func(e recommend.Event) error {
		if e.Item == "4" {
			return fmt.Errorf("no fours: %w", recommend.ErrInvalid)
		}
		return nil
	}}
	_, err := Consume(t.Context(), s, particular, Options{})
	require.ErrorIs(t, err, ErrForm)
	require.ErrorContains(t, err, "message 4 of memory (set DeadLetter to go on)")
	require.Zero(t, s.acked)

	full := errors.New("the drawer is full")
	_, err = Consume(t.Context(), s, particular, Options{DeadLetter: func(context.Context, Letter) error { return full }})
	require.ErrorIs(t, err, full)
	require.Zero(t, s.acked)

	var letters []Letter
	stats, err := Consume(t.Context(), s, particular, Options{DeadLetter: func(_ context.Context, l Letter) error {
		letters = append(letters, l)
		return nil
	}})
	require.NoError(t, err)
	require.Equal(t, Stats{Recorded: 5, Dead: 2}, stats)
	require.Equal(t, []string{"0", "1", "2", "3", "5"}, particular.order)
	require.Len(t, letters, 2)
	require.Equal(t, "{", string(letters[0].Message.Data))
	require.ErrorIs(t, letters[0].Reason, ErrForm)
	require.ErrorContains(t, letters[1].Reason, "no fours")
	require.Equal(t, 7, s.acked)
}

// A recorder that fails holds everything up, and gets every event once when it is back.
func TestBackPressure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, down := &memory{}, errors.New("down")
		require.NoError(t, Publish(t.Context(), s, events(30)...))
		back := time.Now().Add(time.Minute)
		c := &counter{fail: func(e recommend.Event) error {
			if e.Item == "15" && time.Now().Before(back) {
				return down
			}
			return nil
		}}
		var failures int
		stats, err := Consume(t.Context(), s, c, Options{Batch: 10, Failed: func(err error) {
			failures++
			require.ErrorIs(t, err, down)
			require.Equal(t, 10, s.acked, "nothing more is fetched")
		}})
		require.NoError(t, err)
		require.Equal(t, Stats{Recorded: 30}, stats)
		require.Len(t, c.order, 30)
		require.Greater(t, failures, 8)
		require.Less(t, failures, 20, "pauses grow")

		s.acked, back = 0, time.Now().Add(time.Hour)
		_, err = Consume(t.Context(), s, c, Options{Batch: 10, Retries: 3})
		require.ErrorIs(t, err, down)
		require.ErrorContains(t, err, "record 10 events, try 4")
		require.Equal(t, 10, s.acked)

		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err = Consume(ctx, s, c, Options{Batch: 10})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 10, s.acked)
	})
}

// ledger is a OnceRecorder that keeps positions.
type ledger struct {
	counter
	highest map[string]uint64
	crash   int // after so many entries
}

var errCrash = errors.New("crash")

func (l *ledger) RecordOnce(ctx context.Context, entries ...Entry) error {
	for _, e := range entries {
		if e.Position <= l.highest[e.Source] {
			continue
		}
		if l.crash--; l.crash == 0 {
			return errCrash
		}
		if err := l.Record(ctx, e.Event); err != nil {
			return err
		}
		l.highest[e.Source] = e.Position
	}
	return nil
}

// A consumer that dies between recording and acknowledging comes back without its memory. A recorder that keeps how far
// it has come counts nothing twice; neither does it when all is replayed.
func TestRestart(t *testing.T) {
	t.Parallel()
	s, l := &memory{}, &ledger{highest: map[string]uint64{}, crash: 25}
	require.NoError(t, Publish(t.Context(), s, events(50)...))
	_, err := Consume(t.Context(), s, l, Options{Batch: 10, Retries: -1})
	require.ErrorIs(t, err, errCrash)
	require.Equal(t, 20, s.acked)
	require.Len(t, l.order, 24)
	_, err = Consume(t.Context(), s, l, Options{Batch: 10})
	require.NoError(t, err)
	for range 2 {
		s.acked = 0
		_, err = Consume(t.Context(), s, l, Options{Batch: 7})
		require.NoError(t, err)
	}
	require.Len(t, l.order, 50)
	for i, item := range l.order {
		require.Equal(t, fmt.Sprint(i), item)
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	w := newWindow(3)
	for i := range 10 {
		w.add(fmt.Sprint(i))
		w.add(fmt.Sprint(i))
		for k := range 10 {
			require.Equal(t, k <= i && k > i-3, w.has(fmt.Sprint(k)), "%d after %d", k, i)
		}
	}
	require.Len(t, w.set, 3)
	none := newWindow(-1)
	none.add("x")
	require.False(t, none.has("x"))
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"v":1,"id":"e1","user":"小明","item":"龙井","kind":"rate","weight":4.5,"time":"2026-03-01T20:15:00.5Z","context":{"场景":"首页"}}`))
	f.Add([]byte(`{"v":1,"user":"a","item":"b"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Decode(Message{Data: data, Time: when})
		if err != nil {
			require.True(t, errors.Is(err, ErrForm) || errors.Is(err, recommend.ErrInvalid), err)
			return
		}
		m, err := Encode(e)
		if errors.Is(err, ErrForm) {
			return // characters that are written longer
		}
		require.NoError(t, err)
		again, err := Decode(m)
		require.NoError(t, err)
		require.True(t, e.Event.Time.Equal(again.Event.Time))
		e.Event.Time = again.Event.Time
		if len(e.Event.Context) == 0 {
			e.Event.Context = again.Event.Context
		}
		require.Equal(t, e, Entry{again.ID, again.Event, e.Source, e.Position})
	})
}
