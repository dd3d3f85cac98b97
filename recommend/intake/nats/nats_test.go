package nats_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/internal/servers"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/intake"
	"github.com/zhushou-ai/zhushou/recommend/intake/nats"
	"github.com/zhushou-ai/zhushou/recommend/redisgraph"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// connect returns a connection of its own to a server.
func connect(tb testing.TB, server *servers.Server) jetstream.JetStream {
	tb.Helper()
	conn, err := natsgo.Connect(server.DSN, natsgo.MaxReconnects(-1), natsgo.ReconnectWait(20*time.Millisecond))
	require.NoError(tb, err)
	tb.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	require.NoError(tb, err)
	return js
}

// ends returns both ends of a stream, each on its own connection.
func ends(tb testing.TB, server *servers.Server, config nats.Config) (*nats.Publisher, *nats.Source) {
	tb.Helper()
	near, far := connect(tb, server), connect(tb, server)
	require.NoError(tb, nats.CreateStream(tb.Context(), near, config))
	publisher, err := nats.NewPublisher(near, config)
	require.NoError(tb, err)
	source, err := nats.NewSource(far, config)
	require.NoError(tb, err)
	return publisher, source
}

// log keeps what it is told, and ends the consumer once that is all.
type log struct {
	mu     sync.Mutex
	events []recommend.Event
	want   int
	done   context.CancelFunc
}

func (l *log) Record(_ context.Context, events ...recommend.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, events...)
	if len(l.events) >= l.want {
		l.done()
	}
	return nil
}

// ledger notes where in the stream everything stood.
type ledger struct {
	log
	positions []uint64
}

func (l *ledger) RecordOnce(ctx context.Context, entries ...intake.Entry) error {
	for _, e := range entries {
		l.positions = append(l.positions, e.Position)
		_ = l.Record(ctx, e.Event)
	}
	return nil
}

func (l *log) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.events)
}

// consume records until there are so many events.
func consume(tb testing.TB, source intake.Source, want int, options intake.Options) (*log, intake.Stats) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 2*time.Minute)
	defer cancel()
	enough, done := context.WithCancel(ctx)
	l := &log{want: want, done: done}
	stats, err := intake.Consume(enough, source, l, options)
	require.ErrorIs(tb, err, context.Canceled)
	return l, stats
}

const users = 10

// event is the n-th of some events, of which every user has one after the other.
func event(n int) recommend.Event {
	return recommend.Event{User: fmt.Sprintf("user-%d", n%users), Item: strconv.Itoa(n), Time: time.Unix(1_772_366_400+int64(n), 0)}
}

func events(from, to int) []recommend.Event {
	var list []recommend.Event
	for i := from; i < to; i++ {
		list = append(list, event(i))
	}
	return list
}

// inOrder fails unless each of the first n events is there once, those of a user in order.
func inOrder(tb testing.TB, got []recommend.Event, n int) {
	tb.Helper()
	last := map[string]int{}
	for _, e := range got {
		i, err := strconv.Atoi(e.Item)
		require.NoError(tb, err)
		if before, ok := last[e.User]; ok {
			require.Equal(tb, before+users, i, "of %s", e.User)
		} else {
			require.Less(tb, i, users, "of %s", e.User)
		}
		last[e.User] = i
	}
	require.Len(tb, got, n)
}

func TestStream(t *testing.T) {
	t.Parallel()
	server := servers.NATS(t)
	publisher, source := ends(t, server, nats.Config{})
	require.NoError(t, intake.Publish(t.Context(), publisher, events(0, 2500)...))
	require.NoError(t, intake.Publish(t.Context(), publisher, events(100, 200)...), "dropped by the server")
	l, stats := consume(t, source, 2500, intake.Options{})
	inOrder(t, l.events, 2500)
	require.Zero(t, stats.Duplicate)

	require.NoError(t, intake.Publish(t.Context(), publisher, events(2500, 2510)...))
	more, _ := consume(t, source, 10, intake.Options{})
	inOrder(t, append(l.events, more.events...), 2510)
}

func TestShards(t *testing.T) {
	t.Parallel()
	server := servers.NATS(t)
	publisher, _ := ends(t, server, nats.Config{Shards: 3})
	require.NoError(t, intake.Publish(t.Context(), publisher, events(0, 300)...))
	js := connect(t, server)
	var all []recommend.Event
	for shard := 1; shard <= 3; shard++ {
		stream, err := js.Stream(t.Context(), "EVENTS")
		require.NoError(t, err)
		info, err := stream.Info(t.Context(), jetstream.WithSubjectFilter(fmt.Sprintf("recommend.events.%d", shard)))
		require.NoError(t, err)
		n := int(info.State.Subjects[fmt.Sprintf("recommend.events.%d", shard)])
		require.Positive(t, n)
		source, err := nats.NewSource(js, nats.Config{Shards: 3, Shard: shard})
		require.NoError(t, err)
		l, _ := consume(t, source, n, intake.Options{})
		all = append(all, l.events...)
	}
	inOrder(t, all, 300)
}

// The server is killed again and again while events come in and go out.
func TestServerKilled(t *testing.T) {
	t.Parallel()
	const n = 6000
	server := servers.NATS(t)
	publisher, source := ends(t, server, nats.Config{AckWait: 3 * time.Second})
	var publishing sync.WaitGroup
	var published error
	publishing.Go(func() {
		for part := range slices.Chunk(events(0, n), 50) {
			if published = intake.Publish(t.Context(), publisher, part...); published != nil {
				return
			}
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	enough, done := context.WithCancel(ctx)
	l := &ledger{log: log{want: n, done: done}}
	var consuming sync.WaitGroup
	var consumed error
	consuming.Go(func() { _, consumed = intake.Consume(enough, source, l, intake.Options{Batch: 100}) })
	for _, at := range []int{500, 2000, 4000} {
		require.Eventually(t, func() bool { return l.len() >= at }, time.Minute, time.Millisecond)
		server.Kill()
		server.Start()
	}
	publishing.Wait()
	require.NoError(t, published)
	consuming.Wait()
	require.ErrorIs(t, consumed, context.Canceled)
	l.mu.Lock()
	defer l.mu.Unlock()
	seen := map[string]int{}
	for _, e := range l.events {
		seen[e.Item]++
	}
	require.Len(t, seen, n, "nothing is lost")
	require.Len(t, l.events, n, "nothing is there twice")
	require.True(t, slices.IsSorted(l.positions), "in the order of the stream")
}

// What a consumer took and did not acknowledge comes again, before anything newer, whatever became of the consumer.
func TestRedelivery(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		die  func(t *testing.T, server *servers.Server)
	}{
		{"gave up", func(t *testing.T, server *servers.Server) {
			source, err := nats.NewSource(connect(t, server), nats.Config{})
			require.NoError(t, err)
			for batch, err := range source.Batches(t.Context(), 100) {
				require.NoError(t, err)
				require.Len(t, batch.Messages, 100)
				break
			}
		}},
		{"was killed", func(t *testing.T, server *servers.Server) {
			js := connect(t, server)
			source, err := nats.NewSource(js, nats.Config{AckWait: 3 * time.Second})
			require.NoError(t, err)
			for batch, err := range source.Batches(t.Context(), 100) {
				require.NoError(t, err)
				require.Len(t, batch.Messages, 100)
				js.Conn().Close()
				break
			}
		}},
		{"was killed twice at different times", func(t *testing.T, server *servers.Server) {
			js := connect(t, server)
			c, err := js.CreateOrUpdateConsumer(t.Context(), "EVENTS", jetstream.ConsumerConfig{
				Durable: "recommend", FilterSubject: "recommend.events.*", AckPolicy: jetstream.AckExplicitPolicy,
				AckWait: 3 * time.Second, MaxAckPending: 100, MaxDeliver: -1,
			})
			require.NoError(t, err)
			for _, n := range []int{40, 30} { // they are due again one after the other
				got, err := c.Fetch(n)
				require.NoError(t, err)
				for range got.Messages() {
				}
				time.Sleep(300 * time.Millisecond)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := servers.NATS(t)
			publisher, source := ends(t, server, nats.Config{AckWait: 3 * time.Second})
			require.NoError(t, intake.Publish(t.Context(), publisher, events(0, 1000)...))
			test.die(t, server)
			l, stats := consume(t, source, 1000, intake.Options{Batch: 100})
			inOrder(t, l.events, 1000)
			require.Zero(t, stats.Duplicate)
		})
	}
}

// A stream that is told twice, by a new consumer and by a publisher that forgot that it had published, leaves Redis as it
// was.
func TestReplayChangesNothing(t *testing.T) {
	t.Parallel()
	broker, keeper := servers.NATS(t), servers.Redis(t)
	options := redisgraph.Options(keeper.Address)
	options.Password = keeper.Password
	client := redis.NewUniversalClient(options)
	defer client.Close()
	store, err := redisgraph.New(client, redisgraph.Config{History: 30})
	require.NoError(t, err)
	replay(t, broker, func() recommend.Recorder { return store }, func(user string) any {
		h, err := store.History(t.Context(), user)
		require.NoError(t, err)
		require.Len(t, h, 30)
		return h
	})
}

// And so it leaves an engine that is closed and opened in between, whether it remembers everything or not.
func TestReplayIntoEngine(t *testing.T) {
	t.Parallel()
	broker := servers.NATS(t)
	for _, history := range []int{30, 1000} {
		t.Run(fmt.Sprint(history), func(t *testing.T) {
			dir := t.TempDir()
			var engine *recommend.Engine
			defer func() { require.NoError(t, engine.Close()) }()
			replay(t, broker, func() recommend.Recorder {
				if engine != nil {
					require.NoError(t, engine.Close())
				}
				var err error
				engine, err = recommend.Open(t.Context(), dir, recommend.Config{History: history})
				require.NoError(t, err)
				return intake.Once(engine, history)
			}, func(user string) any {
				held, err := engine.Export(t.Context(), user)
				require.NoError(t, err)
				require.Greater(t, len(held), 1000)
				return string(held)
			})
		})
	}
}

// replay tells a recorder, opened anew for each time, a stream three times, and requires that the second and third time
// change nothing.
func replay(t *testing.T, broker *servers.Server, open func() recommend.Recorder, state func(user string) any) {
	t.Helper()
	name := strings.ReplaceAll(t.Name(), "/", "-")
	config := nats.Config{Stream: name, Subject: name}
	publisher, source := ends(t, broker, config)
	r := rand.New(rand.NewPCG(1, 1))
	var list []recommend.Event
	for i := range 3000 {
		e := event(i)
		e.Item = strconv.Itoa(r.IntN(60))
		e.Kind = []recommend.Kind{recommend.View, recommend.Cart, recommend.Buy}[r.IntN(3)]
		e.Weight = float64(r.IntN(3))
		list = append(list, e)
	}
	run := func(source intake.Source) (all []any) {
		to := open()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := intake.Consume(ctx, source, to, intake.Options{Progress: func(s intake.Stats) {
			if s.Recorded+s.Duplicate >= len(list) {
				cancel()
			}
		}})
		require.ErrorIs(t, err, context.Canceled)
		for u := range users {
			all = append(all, state(fmt.Sprintf("user-%d", u)))
		}
		return all
	}
	require.NoError(t, intake.Publish(t.Context(), publisher, list...))
	once := run(source)

	other := config
	other.Consumer = "again"
	again, err := nats.NewSource(connect(t, broker), other)
	require.NoError(t, err)
	require.Equal(t, once, run(again), "a new consumer begins at the start")

	var forgot []intake.Entry
	for i, e := range list {
		forgot = append(forgot, intake.Entry{ID: fmt.Sprintf("second-%d", i), Event: e})
	}
	require.NoError(t, intake.PublishEntries(t.Context(), publisher, forgot...))
	require.Equal(t, once, run(source), "all was published again under other ids")
}

func TestDeadLetters(t *testing.T) {
	t.Parallel()
	server := servers.NATS(t)
	publisher, source := ends(t, server, nats.Config{})
	require.NoError(t, intake.Publish(t.Context(), publisher, event(0)))
	_, err := connect(t, server).Publish(t.Context(), "recommend.events.1", []byte("hello"))
	require.NoError(t, err)
	require.NoError(t, intake.Publish(t.Context(), publisher, event(1)))
	var letters []intake.Letter
	l, stats := consume(t, source, 2, intake.Options{Batch: 2, DeadLetter: func(_ context.Context, l intake.Letter) error {
		letters = append(letters, l)
		return nil
	}})
	require.Len(t, l.events, 2)
	require.Equal(t, intake.Stats{Recorded: 2, Dead: 1}, stats)
	require.Equal(t, "hello", string(letters[0].Message.Data))
	require.EqualValues(t, 2, letters[0].Message.Position)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	_, err := nats.NewPublisher(nil, nats.Config{})
	require.ErrorContains(t, err, "no JetStream")
	server := servers.NATS(t)
	js := connect(t, server)
	for _, bad := range []nats.Config{{Shards: -1}, {Shards: 2, Shard: 3}, {Shards: 1001}, {Subject: "a.*"}} {
		_, err = nats.NewSource(js, bad)
		require.Error(t, err)
		require.Error(t, nats.CreateStream(t.Context(), js, bad))
	}

	source, err := nats.NewSource(js, nats.Config{})
	require.NoError(t, err)
	_, err = intake.Consume(t.Context(), source, &log{done: func() {}}, intake.Options{})
	require.ErrorIs(t, err, jetstream.ErrStreamNotFound)
	require.ErrorContains(t, err, "EVENTS")

	publisher, err := nats.NewPublisher(js, nats.Config{})
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	err = intake.Publish(ctx, publisher, event(0))
	require.Error(t, err)
	require.NotContains(t, err.Error(), server.Password)

	require.NoError(t, nats.CreateStream(t.Context(), js, nats.Config{}))
	ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = intake.Consume(ctx, source, &log{done: func() {}}, intake.Options{})
	require.ErrorIs(t, err, context.DeadlineExceeded, "an empty stream")

	js.Conn().Close()
	_, err = intake.Consume(t.Context(), source, &log{done: func() {}}, intake.Options{})
	require.True(t, errors.Is(err, natsgo.ErrConnectionClosed), err)
}

// BenchmarkStream reports how many events a second are published, and then consumed by a recorder that does nothing.
func BenchmarkStream(b *testing.B) {
	const n = 100_000
	server := servers.NATS(b)
	publisher, source := ends(b, server, nats.Config{})
	for from := 0; b.Loop(); from += n {
		list := events(from, from+n)
		started := time.Now()
		for part := range slices.Chunk(list, 1000) {
			require.NoError(b, intake.Publish(b.Context(), publisher, part...))
		}
		publishing := time.Since(started)
		started = time.Now()
		l, _ := consume(b, source, n, intake.Options{})
		b.ReportMetric(n/publishing.Seconds(), "published/s")
		b.ReportMetric(n/time.Since(started).Seconds(), "consumed/s")
		require.Len(b, l.events, n)
	}
}
