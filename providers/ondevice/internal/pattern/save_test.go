package pattern

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func saved(t testing.TB) []byte {
	t.Helper()
	set := compile(t, []string{"请"}, "<let>{room}[{*1-3}](灯;<turn on>)[{text}]", "{x:color} && {song}", "买{*3-}米")
	data, err := set.AppendBinary([]byte("before"))
	require.NoError(t, err)
	return data[len("before"):]
}

func TestSaveAndLoad(t *testing.T) {
	t.Parallel()
	data := saved(t)
	require.Equal(t, data, saved(t), "the same phrases give the same bytes")
	set, err := Load(data)
	require.NoError(t, err)
	require.Equal(t, 3, set.Len())
	again, err := set.AppendBinary(nil)
	require.NoError(t, err)
	require.Equal(t, data, again)
	require.Equal(t, "0(room=客厅#0 text=喝茶)", show("把客厅打开灯喝茶", set.Match(view.OfString("把客厅打开灯喝茶"), nil, Options{})))
}

func TestDamagedData(t *testing.T) {
	t.Parallel()
	data := saved(t)
	for n := range data {
		_, err := Load(data[:n])
		require.ErrorContains(t, err, "pattern: ", n)
		broken := slices.Clone(data)
		broken[n] ^= 1
		_, err = Load(broken)
		require.ErrorContains(t, err, "pattern: ", n)
	}
	other := slices.Clone(data)
	other[len(mark)-1] = 9
	_, err := Load(other)
	require.EqualError(t, err, "pattern: a set of version 9 cannot be read: compile the phrases again")
}

// sealed gives data a checksum that is right.
func sealed(data []byte) []byte {
	data = slices.Clone(data)
	copy(data, mark)
	if len(data) >= header {
		binary.LittleEndian.PutUint32(data[len(mark):], crc32.ChecksumIEEE(data[header:]))
	}
	return data
}
