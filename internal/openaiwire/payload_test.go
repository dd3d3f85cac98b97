package openaiwire

import (
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPayload(t *testing.T) {
	t.Parallel()
	p := newPayload()
	p.buf = append(p.buf, strings.Repeat("体", 10_000)...)
	want := string(p.buf)

	first := p.open()
	second, err := p.reopen()
	require.NoError(t, err)
	half := make([]byte, 1000)
	_, err = io.ReadFull(first, half)
	require.NoError(t, err)
	p.release() // the readers still hold it

	got, err := io.ReadAll(second)
	require.NoError(t, err)
	require.Equal(t, want, string(got))
	require.NoError(t, second.Close())
	require.NoError(t, second.Close(), "closing twice gives it back once")
	require.EqualValues(t, 1, p.refs.Load())

	rest, err := io.ReadAll(first)
	require.NoError(t, err)
	require.Equal(t, want, string(half)+string(rest))

	// Transports close a body while another goroutine reads it.
	third := p.open()
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(io.Discard, third) })
	both.Go(func() { _ = third.Close() })
	both.Wait()
	_, err = third.Read(half)
	require.ErrorIs(t, err, errClosed)
	require.NoError(t, first.Close())
	require.Zero(t, p.refs.Load())
}
