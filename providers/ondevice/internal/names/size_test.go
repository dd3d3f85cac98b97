package names

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func (t *table) bytes() int { return 4*cap(t.slots) + 8*cap(t.next) + 8*cap(t.pairs) }

func (d *differing) bytes() int { return 8*cap(d.unlike) + 4*cap(d.places) + 2*cap(d.sounds) }

// A name takes some 35 bytes, so that a hundred thousand are 3.5 MB.
func TestSize(t *testing.T) {
	t.Parallel()
	const n = 20_000
	x := Collect(slices.Values(newMishearing(1).names(n)))
	f := &x.forms
	written := cap(x.list.bytes) + 4*cap(x.list.starts) + 4*cap(x.list.listed) + cap(f.shapes) + 4*cap(f.blocks) + 4*cap(f.firsts) + cap(f.names) + 4*cap(f.aliases) +
		2*cap(x.codes) + x.alone.bytes()
	s := x.sound()
	heard := s.differ.bytes() + cap(s.postings.bytes) + 4*cap(s.postings.starts) + s.other.bytes()
	t.Logf("%d bytes a name as it is written, %d as it sounds", written/n, heard/n)
	require.Less(t, written, 20*n)
	require.Less(t, heard, 25*n)
}

// Names without a form, which nothing finds, leave those behind them where they are.
func TestNamesWithoutForms(t *testing.T) {
	t.Parallel()
	list := make([]Name, 1000)
	for i := range list {
		if i%400 == 0 {
			list[i].Text = "晴天十" + string(rune('一'+i))
		}
	}
	list[999] = Name{Text: "二十一号线"} // which is written in two ways
	x := Collect(slices.Values(list))
	for i, n := range list {
		require.Equal(t, n, x.Name(i))
	}
	for _, said := range []string{"二十一号线", "21号线"} {
		hits := x.Find(Of(view.OfString("坐" + said)))
		require.Len(t, hits, 1)
		require.Equal(t, 999, hits[0].Name)
	}
	require.Equal(t, 400, x.Find(Of(view.OfString(list[400].Text)))[0].Name)
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
