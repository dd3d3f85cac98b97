package servers_test

import (
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
)

func TestRedisCluster(t *testing.T) {
	t.Parallel()
	cluster := servers.RedisCluster(t, 3)
	var addresses []string
	for _, s := range cluster {
		addresses = append(addresses, s.Address)
	}
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: addresses, Password: cluster[0].Password})
	defer client.Close()
	for _, key := range []string{"a", "b", "c", "d", "e", "f"} { // on all three
		require.NoError(t, client.Set(t.Context(), key, key, 0).Err())
	}
	cluster[1].Kill()
	cluster[1].Start()
	for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
		require.EventuallyWithT(t, func(c *assert.CollectT) {
			value, err := client.Get(t.Context(), key).Result()
			require.NoError(c, err)
			require.Equal(c, key, value, "what was kept is there after the restart")
		}, patience, tick)
	}
}
