package ondevice

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// The index of options finds what looking for each option of each tool finds, in the same order.
func TestOptionsOfAllToolsAtOnce(t *testing.T) {
	t.Parallel()
	s := newToolset(tools, new(trained), nil)
	for _, sentence := range []string{
		"打开客厅的灯，把卧室灯关掉", "三乘以五加二等于多少", "5公里是多少英里，是多少km", "推荐两部喜剧和科幻片", "开开开", "km", "千米", "",
	} {
		text := newText(sentence)
		found := s.findOptions(text)
		for i, tool := range s.tools {
			var got []span
			for _, f := range found {
				if int(f.word.tool) == i {
					got = append(got, f.span(s))
				}
			}
			require.Equal(t, findNames(text, tool, make([][]*Names, len(tool.args)), false), got, "%s in %q", tool.spec.Name, sentence)
		}
	}
}

// What a glossary says of a feature is what counting says.
func TestGlossary(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	words := func() []symbol {
		out := make([]symbol, random.IntN(6))
		for i := range out {
			out[i] = symbol(random.IntN(12)) - 3
		}
		return out
	}
	var c counting
	documents := make(map[feature]int)
	phrases := make([]phrase, 60)
	for i := range phrases {
		phrases[i].sentence = &sentence{words: words()}
		if i%3 == 0 { // one that is compared, and does not count
			c.mention(phrases[i].words)
			continue
		}
		c.add(phrases[i].words)
		for _, f := range distinct(phrases[i].words) {
			documents[f]++
		}
	}
	total := float64(c.documents)
	g := newGlossary(&c)
	g.index(phrases)
	for range 500 {
		for _, f := range distinct(words()) {
			require.InDelta(t, exact.Log((total+1)/(float64(documents[f])+0.5))/exact.Log(2*(total+1)), g.rarity(f), 1e-12)
			var having []uint32
			for i := range phrases {
				if slices.Contains(distinct(phrases[i].words), f) {
					having = append(having, uint32(i))
				}
			}
			require.Equal(t, having, slices.Clip(append([]uint32(nil), g.having(f)...)))
		}
	}
	require.InDelta(t, 1, g.rarity(1), 1e-12, "what is nowhere")
	require.Empty(t, newGlossary(&counting{}).features)
}

// The shortlist is what sorting all phrases gives.
func TestShortlist(t *testing.T) {
	t.Parallel()
	s := newToolset(append(slices.Clone(tools), alarm), new(trained), nil)
	random := rand.New(rand.NewPCG(2, 2))
	for range 200 {
		similar := make([]float64, len(s.phrases))
		for i := range similar {
			if len(s.phrases[i].words) > 0 && random.IntN(3) > 0 {
				similar[i] = float64(random.IntN(20)) / 20 // so that many are equally similar
			}
		}
		var r room
		r.reset(newText("提醒我"), s)
		require.Equal(t, shortlistBySorting(s, similar), slices.Clone(s.shortlist(similar, &r)))
	}
}

func shortlistBySorting(s *toolset, similar []float64) []int {
	var order, out []int
	for i, v := range similar {
		if v > 0 || len(s.phrases[i].words) == 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(similar[b], similar[a]) })
	counts := make(map[int]int)
	listed := 0
	for _, i := range order {
		p := &s.phrases[i]
		most := listedPhrases
		if p.tool == background {
			most = listedBackground
		} else if counts[p.tool] == 0 {
			if listed == listedTools {
				continue
			}
			listed++
		}
		if counts[p.tool] < most || len(p.words) == 0 {
			counts[p.tool]++
			out = append(out, i)
		}
	}
	return out
}

// quote is what package json writes.
func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": `""`, "青花瓷": `"青花瓷"`, "<a&b>": `"<a&b>"`, `"\`: `"\"\\"`, "\n\x01": `"\n\u0001"`, "a\u2028b": `"a\u2028b"`, "\xff": `"\ufffd"`, "\x7f": "\"\x7f\"",
	} {
		require.Equal(t, want, string(quote(text)), "%q", text)
	}
}

// A phrase that cannot be read takes no other with it.
func TestPhraseThatCannotBeRead(t *testing.T) {
	t.Parallel()
	odd := *weekday
	odd.Examples = []string{"{date}是星期几", "[{date}礼拜几"}
	p := newPhrasing([]*tool{newTool(&odd, nil, nil), newTool(alarm, nil, nil)})
	require.NotNil(t, p.set)
	require.Equal(t, append([]string{"{date}是星期几"}, alarm.Examples...), p.text)
}
