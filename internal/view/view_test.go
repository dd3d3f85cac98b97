package view

import (
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
)

func TestNumbersAtAnyOffset(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(seed.For(t), 1))
	halves, words := make([]uint16, 1000), make([]uint32, 1000)
	var short, long []byte
	for i := range words {
		halves[i], words[i] = uint16(rng.Uint32()), rng.Uint32()
		short, long = binary.LittleEndian.AppendUint16(short, halves[i]), binary.LittleEndian.AppendUint32(long, words[i])
	}
	for offset := range 8 {
		before := strings.Repeat("x", offset)
		s, l := (before + string(short))[offset:], (before + string(long))[offset:]
		require.Equal(t, halves, Uint16s(s))
		require.Equal(t, words, Uint32s(l))
		require.Equal(t, halves, decoded(s, binary.LittleEndian.Uint16))
		require.Equal(t, words, decoded(l, binary.LittleEndian.Uint32))
	}
}

func TestNumbersThatAreNotWhole(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "a"} {
		require.Empty(t, Uint16s(data))
		require.Empty(t, Uint32s(data))
	}
	require.Equal(t, []uint16{0x6261}, Uint16s("abc"))
	require.Equal(t, []uint16{0x6261}, decoded("abc", binary.LittleEndian.Uint16))
	require.Equal(t, []uint32{0x64636261}, Uint32s("abcdefg"))
	require.Equal(t, []uint32{0x64636261}, decoded("abcdefg", binary.LittleEndian.Uint32))
}
