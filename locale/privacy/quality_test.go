package privacy_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// score counts how often private data of one type was found, missed, and found where there is none.
type score struct{ found, missed, wrong int }

func (s *score) recall() float64    { return float64(s.found) / float64(s.found+s.missed) }
func (s *score) precision() float64 { return float64(s.found) / float64(max(s.found+s.wrong, 1)) }

// measure scores a source with so many texts that have private data and as many that have none.
func measure(t *testing.T, s source, r *rand.Rand, size int) {
	t.Helper()
	var all score
	shown := 0
	show := func(format string, args ...any) {
		if shown++; shown <= 8 {
			t.Logf(format, args...)
		}
	}
	for range size {
		one := s.positive(r)
		hit := false
		for f := range privacy.Find(one.text) {
			if f.Type == s.t && one.text[f.Start:f.End] == one.want {
				hit = true
			} else if f.Type == s.t {
				all.wrong++
			}
		}
		if hit {
			all.found++
		} else {
			all.missed++
			show("missed %q in %q: %s", one.want, one.text, describe(one.text))
		}
	}
	for i := range size {
		text := s.miss(r)
		if i%2 == 1 {
			text = ordinary(r)
		}
		for f := range privacy.Find(text) {
			if f.Type == s.t {
				all.wrong++
				show("wrong %q in %q", text[f.Start:f.End], text)
			}
		}
	}
	t.Logf("recall %.4f precision %.4f", all.recall(), all.precision())
	require.GreaterOrEqual(t, all.recall(), 0.98, "recall")
	require.GreaterOrEqual(t, all.precision(), 0.98, "precision")
}

func describe(text string) string {
	found := ""
	for f := range privacy.Find(text) {
		found += fmt.Sprintf("[%v %q %v]", f.Type, text[f.Start:f.End], f.Check)
	}
	return found
}

// Every type is found where it is, and only there.
func TestRecallAndPrecision(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	first := seed.For(t)
	for i, s := range sources {
		t.Run(fmt.Sprintf("%d %v", i, s.t), func(t *testing.T) {
			t.Parallel()
			measure(t, s, rand.New(rand.NewPCG(first, uint64(i))), 6000)
		})
	}
}
