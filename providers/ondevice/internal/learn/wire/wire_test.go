package wire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	data := wire.AppendInt(nil, 300)
	data = wire.AppendKey(data, math.MaxUint32)
	data = wire.AppendFloat(data, -1.5)
	data = wire.AppendString(data, "助手")
	data = append(data, 7)
	r := wire.NewReader(data)
	require.Equal(t, 300, r.Int(300))
	require.Equal(t, uint32(math.MaxUint32), r.Key())
	require.Equal(t, -1.5, r.Float())
	require.Equal(t, "助手", r.String(6))
	require.Equal(t, byte(7), r.Byte())
	require.NoError(t, r.Err())
	require.Zero(t, r.Left())
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func(*wire.Reader){
		"too large": func(r *wire.Reader) { r.Int(5) },
		"too many":  func(r *wire.Reader) { r.Count(1000) },
		"too long":  func(r *wire.Reader) { _ = r.String(4) },
		"cut off":   func(r *wire.Reader) { r.Float() },
		"not finite": func(r *wire.Reader) {
			wire.NewReader(nil).Float()
			*r = *wire.NewReader(wire.AppendFloat(nil, math.NaN()))
			r.Float()
		},
		"no key": func(r *wire.Reader) { r.Byte(); r.Byte(); r.Key() },
	} {
		r := wire.NewReader([]byte{6, 1})
		read(r)
		require.ErrorIs(t, r.Err(), wire.ErrMalformed, name)
		require.Zero(t, r.Int(10), name)
		require.Zero(t, r.Byte(), name)
	}
}
