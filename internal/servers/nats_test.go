package servers_test

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
)

// How long tests wait for a server that is busy, and how often they look.
const (
	patience = 30 * time.Second
	tick     = 20 * time.Millisecond
)

func TestNATS(t *testing.T) {
	t.Parallel()
	server := servers.NATS(t)
	conn, err := nats.Connect(server.DSN, nats.MaxReconnects(-1), nats.ReconnectWait(tick))
	require.NoError(t, err)
	defer conn.Close()
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	_, err = js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "kept", Subjects: []string{"kept"}})
	require.NoError(t, err)
	_, err = js.Publish(t.Context(), "kept", []byte("7"))
	require.NoError(t, err)

	server.Kill()
	server.Start()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		stream, err := js.Stream(t.Context(), "kept")
		require.NoError(c, err)
		require.EqualValues(c, 1, stream.CachedInfo().State.Msgs, "what was kept is there after the restart")
	}, patience, tick)
}
