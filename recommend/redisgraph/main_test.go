package redisgraph

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/internal/servers"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// How long tests wait for a server that is busy, and how often they look.
const (
	patience = 30 * time.Second
	tick     = 20 * time.Millisecond
)

// dial returns a client of servers, which have one password.
func dial(tb testing.TB, list ...*servers.Server) redis.UniversalClient {
	tb.Helper()
	options := Options()
	for _, s := range list {
		options.Addrs = append(options.Addrs, s.Address)
		options.Password = s.Password
	}
	client := redis.NewUniversalClient(options)
	tb.Cleanup(func() { _ = client.Close() })
	return client
}

// store returns a store under a prefix of the test's own, which answers however busy the machine is.
func store(tb testing.TB, client redis.UniversalClient, config Config) *Store {
	tb.Helper()
	if config.Prefix == "" {
		config.Prefix = fmt.Sprintf("test:%x", time.Now().UnixNano())
	}
	if config.Timeout == 0 {
		config.Timeout = 10 * time.Second
	}
	s, err := New(client, config)
	require.NoError(tb, err)
	return s
}

// rows makes an iterator of rows.
func rows(list ...Row) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// tea is a small graph.
func tea() Content {
	return Content{
		Rows: rows(
			Row{"龙井", []Neighbour{{"茶杯", 4}, {"茶壶", 3}, {"毛尖", 2}}},
			Row{"茶杯", []Neighbour{{"龙井", 4}, {"茶壶", 1}}},
			Row{"咖啡", []Neighbour{{"咖啡杯", 5}, {"茶壶", 2.5}}},
		),
		Popular: []Neighbour{{"月饼", 10}, {"茶杯", 9}, {"粽子", 8}},
	}
}

// publish lets a graph serve.
func publish(tb testing.TB, s *Store, c Content) Published {
	tb.Helper()
	p, err := s.Publish(tb.Context(), c)
	require.NoError(tb, err)
	return p
}

// keysOf lists all keys under a store's prefix.
func keysOf(tb testing.TB, s *Store) []string {
	tb.Helper()
	var keys []string
	each := func(ctx context.Context, c *redis.Client) error {
		found := c.Scan(ctx, 0, s.config.Prefix+":*", 1000).Iterator()
		for found.Next(ctx) {
			keys = append(keys, found.Val())
		}
		return found.Err()
	}
	switch c := s.client.(type) {
	case *redis.ClusterClient:
		for _, addr := range c.Options().Addrs {
			node := redis.NewClient(&redis.Options{Addr: addr, Password: c.Options().Password})
			require.NoError(tb, each(tb.Context(), node))
			require.NoError(tb, node.Close())
		}
	case *redis.Client:
		require.NoError(tb, each(tb.Context(), c))
	}
	return keys
}
