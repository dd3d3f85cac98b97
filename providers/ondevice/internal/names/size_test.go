package names

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func (t *table) bytes() int { return 4*cap(t.slots) + 8*cap(t.next) + 8*cap(t.pairs) }

// A name takes some 45 bytes, so that a hundred thousand are 4.5 MB.
func TestSize(t *testing.T) {
	t.Parallel()
	const n = 20_000
	x := Collect(slices.Values(newMishearing(1).names(n)))
	f := &x.forms
	written := cap(x.list.bytes) + 4*cap(x.list.starts) + 4*cap(x.list.listed) + cap(f.shapes) + 4*cap(f.blocks) + 4*cap(f.names) + 4*cap(f.aliases) +
		2*cap(x.codes) + x.exact.bytes()
	s := x.sound()
	heard := 2*cap(s.sounds) + cap(s.postings.bytes) + 4*cap(s.postings.starts) + s.exact.bytes()
	t.Logf("%d bytes a name as it is written, %d as it sounds", written/n, heard/n)
	require.Less(t, written, 25*n)
	require.Less(t, heard, 30*n)
}

// Lists give back what was put in.
func TestNames(t *testing.T) {
	t.Parallel()
	list := []Name{
		{Text: "晴天"}, {Value: "id", Text: "七里香", Aliases: []string{"香", ""}}, {}, {Text: string(make([]byte, 300)), Aliases: make([]string, 200)},
	}
	x := Collect(slices.Values(list))
	require.Equal(t, 4, x.Len())
	for i, n := range list {
		require.Equal(t, n, x.Name(i))
	}
	require.Equal(t, []string{"晴天", "id", ""}, []string{x.Value(0), x.Value(1), x.Value(2)})
}

func BenchmarkCollect(b *testing.B) {
	list := newMishearing(1).names(100_000)
	for b.Loop() {
		Collect(slices.Values(list))
	}
}

func BenchmarkFind(b *testing.B) {
	x := Collect(slices.Values(newMishearing(1).names(100_000)))
	sentence := view.OfString("明天早上八点请你在客厅给我播放周杰伦的那首晴天好不好")
	b.Run("as written", func(b *testing.B) {
		for b.Loop() {
			x.Find(Of(sentence))
		}
	})
	x.sound()
	b.Run("as it sounds", func(b *testing.B) {
		for b.Loop() {
			x.Alike(Of(sentence))
		}
	})
}
