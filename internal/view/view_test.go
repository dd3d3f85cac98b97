package view_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/internal/view"
)

func Example() {
	fmt.Println(view.Uint16s("\x01\x00\x02\x01"), view.Uint32s("\x01\x00\x02\x00"))
	// Output: [1 258] [131073]
}

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
		require.Equal(t, halves, view.Uint16s((before + string(short))[offset:]))
		require.Equal(t, words, view.Uint32s((before + string(long))[offset:]))
	}
}

func TestNumbersThatAreNotWhole(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "a"} {
		require.Empty(t, view.Uint16s(data))
		require.Empty(t, view.Uint32s(data))
	}
	require.Equal(t, []uint16{0x6261}, view.Uint16s("abc"))
	require.Equal(t, []uint32{0x64636261}, view.Uint32s("abcdefg"))
}
