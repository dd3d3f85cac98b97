package pattern

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// The parts of a cost come out as they went in, at the largest they can be.
func TestCost(t *testing.T) {
	t.Parallel()
	for _, slots := range []int{0, 1, MaxRunes} {
		for _, filled := range []int{0, 1, MaxRunes} {
			for _, skipped := range []int{0, 1, MaxRunes} {
				for _, uncovered := range []int{0, 1, MaxRunes * (MaxRunes + 2)} {
					c := cost(slots)*perSlot + cost(filled)*perFilled + cost(skipped)*perSkipped + cost(uncovered)*perUncovered
					require.Equal(t, [4]int{slots, filled, skipped, uncovered}, [4]int{c.slots(), c.filled(), c.skipped(), c.uncovered()})
				}
			}
		}
	}
	require.Less(t, MaxRunes*perUncovered*(MaxRunes+2), cost(1)<<62)
}

// steps returns how many ways were looked at.
func steps(set *Set, sentence string) int {
	w := new(work)
	w.begin(set, view.OfString(sentence), nil, true)
	w.run()
	return len(w.cells)
}

// Sentences of twice the length take about twice the work, however many readings they have.
func TestWorkIsLinear(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"{a}{b}{c}", "{a}{b}{c}{d}{e}{f}", "{*}的{a}的{b}的{*}", "[{a}][{b}][{c}][{d}][{e}]的", "的 && {a} && {b} && {c}", "({a};{b};{c};的)",
		strings.Repeat("[的]", 50) + "的", strings.Repeat("(的|的的|)", 30) + "{a}", "{*1-20}{*1-20}{*1-20}的",
	} {
		set := compile(t, []string{"的", "的的"}, text)
		short, long := steps(set, strings.Repeat("的", 200)), steps(set, strings.Repeat("的", 400))
		require.Less(t, long, short*5/2, text)
		require.Less(t, long, 400*2000, text)
	}
}

// The size of the automaton is in proportion to the phrases, whatever their number of ways.
func TestSizeIsLinear(t *testing.T) {
	t.Parallel()
	size := func(text string) int { return len(compile(t, nil, text).needs) }
	part := "[请|麻烦](打开|开启|开)[一下]"
	require.Less(t, size(strings.Repeat(part, 100)), 100*(size(part)+1))
	begins := many(1000)
	set, err := Compile(append(begins, begins...), nil)
	require.NoError(t, err)
	once, err := Compile(begins, nil)
	require.NoError(t, err)
	require.Equal(t, len(once.needs), len(set.needs), "equal phrases share everything")
}

// Matching allocates for what it returns, and no more for more phrases.
func TestAllocations(t *testing.T) {
	for _, n := range []int{10, 3000} {
		set, err := Compile(many(n), []string{"请"})
		require.NoError(t, err)
		w := new(work)
		sentence := view.OfString("麻烦你帮我打开客厅的灯0")
		var found []Match
		match := func() {
			w.begin(set, sentence, nil, true)
			w.run()
			found = w.appendMatches(nil, 3)
		}
		match() // makes room
		require.NotEmpty(t, found)
		require.LessOrEqual(t, testing.AllocsPerRun(20, match), 3.0)
	}
}

// One set serves many at once.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	set := compile(t, []string{"请"}, "打开{room}[的]灯", "{text}灯", "打开{*}")
	want := set.Match(view.OfString("请打开客厅的灯"), nil, Options{Loose: true})
	require.Len(t, want, 3)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				if got := set.Match(view.OfString("请打开客厅的灯"), nil, Options{Loose: true}); len(got) != len(want) || got[0].Phrase != want[0].Phrase {
					t.Error("another answer")
				}
			}
		})
	}
	wait.Wait()
}
