package redisgraph

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
	"github.com/zhushou-ai/zhushou/recommend"
)

// One of three nodes is killed: every answer is whole, or marked as partial, or an error; after its restart all is as
// it was.
func TestNodeKilled(t *testing.T) {
	t.Parallel()
	cluster := servers.RedisCluster(t, 3)
	client := dial(t, cluster...)
	s := store(t, client, Config{Timeout: 3 * time.Second})

	var list []Row
	for i := range 60 { // on all nodes
		list = append(list, Row{itemName(int32(i)), []Neighbour{{"茶杯", 2}, {"茶壶", 1}}})
	}
	publish(t, s, Content{Rows: rows(list...), Popular: []Neighbour{{"月饼", 1}}})
	var events []recommend.Event
	for u := range 30 {
		for i := range 10 {
			events = append(events, recommend.Event{User: userName(u), Item: itemName(int32(u + i)), Time: day(1 + i)})
		}
	}
	require.NoError(t, s.Record(t.Context(), events...))
	whole := map[int][]recommend.Suggestion{}
	for u := range 30 {
		answer, err := s.Recommend(t.Context(), recommend.Query{User: userName(u)})
		require.NoError(t, err)
		require.Greater(t, len(answer), 2)
		whole[u] = answer
	}

	cluster[1].Kill()
	var partial, failed int
	for u := range 30 {
		answer, err := s.Recommend(t.Context(), recommend.Query{User: userName(u)})
		switch {
		case errors.Is(err, ErrPartial):
			partial++
			require.NotEmpty(t, answer)
			for _, a := range answer {
				require.False(t, slices.ContainsFunc(events, func(e recommend.Event) bool {
					return e.User == userName(u) && e.Item == a.Item
				}), "what %s has seen stays out", userName(u))
			}
		case err != nil:
			failed++
			require.Empty(t, answer)
			require.NotContains(t, err.Error(), cluster[1].Password)
			require.NotContains(t, err.Error(), userName(u))
		default:
			require.Equal(t, whole[u], answer)
		}
	}
	require.Positive(t, partial, "histories on other nodes")
	require.Positive(t, failed, "histories on the node")
	_, err := s.Publish(t.Context(), tea())
	require.Error(t, err)

	cluster[1].Start()
	for u := range 30 {
		require.EventuallyWithT(t, func(c *assert.CollectT) {
			answer, err := s.Recommend(t.Context(), recommend.Query{User: userName(u)})
			require.NoError(c, err)
			require.Equal(c, whole[u], answer)
		}, patience, tick)
	}
	publish(t, s, tea())
}
