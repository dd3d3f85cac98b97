package learn_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/when"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// An item is a sentence with its intent.
type item struct {
	learn.Sample
	intent string
}

var said = time.Date(2026, time.January, 7, 10, 0, 0, 0, time.FixedZone("", 8*60*60))

// typed returns the times, amounts and numbers in a sentence.
func typed(s string) []learn.Span {
	var out []learn.Span
	for _, e := range entity.Read(s, said, entity.Times{}, entity.Quantities{}, entity.Numbers{}).Best() {
		kind := e.Kind.String()
		if m, ok := e.Value.(when.Match); ok {
			kind = m.Kind.String()
		}
		start := utf8.RuneCountInString(s[:e.Start])
		out = append(out, learn.Span{Start: start, End: start + utf8.RuneCountInString(e.Text), Kind: kind})
	}
	return out
}

func textOf(s string) learn.Text { return learn.Text{Runes: []rune(s), Spans: typed(s)} }

// items reads practice cases, every so many of them.
func items(t *testing.T, name string, every int) []item {
	var out []item
	lines := practice.Lines(t, name)
	for n := 0; lines.Scan(); n++ {
		if n%every != 0 {
			continue
		}
		var c struct {
			Text, Intent string
			Slots        []learn.Slot
			Acts         [][]string
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		if c.Intent == "" {
			wants := map[string]bool{}
			for _, a := range c.Acts {
				if a[0] == "Request" {
					wants[a[1]+a[2]] = true
				} else if a[0] == "General" {
					wants[a[1]] = true
				}
			}
			if len(wants) == 1 {
				for w := range wants {
					c.Intent = w
				}
			}
		}
		slices.SortFunc(c.Slots, func(a, b learn.Slot) int { return a.Start - b.Start })
		s := item{learn.Sample{Text: textOf(c.Text)}, c.Intent}
		for _, slot := range c.Slots {
			if len(s.Slots) == 0 || slot.Start >= s.Slots[len(s.Slots)-1].End {
				s.Slots = append(s.Slots, slot)
			}
		}
		out = append(out, s)
	}
	return out
}

func train(t *testing.T, from []item) *learn.Model {
	byIntent := map[string][]learn.Sample{}
	for _, it := range from {
		byIntent[it.intent] = append(byIntent[it.intent], it.Sample)
	}
	trainer := learn.NewTrainer()
	for name, samples := range byIntent {
		require.NoError(t, trainer.Put(learn.Tool{Name: name, Samples: samples}))
	}
	m, err := trainer.Train(t.Context())
	require.NoError(t, err)
	return m
}

// foremost returns the likeliest tool, for a caller who knows that it is a command.
func foremost(r *learn.Reading) string {
	g := r.Guesses()
	if g[0].Tool == learn.Background {
		return g[1].Tool
	}
	return g[0].Tool
}

// A result counts what came out.
type result struct {
	n, intent, joint     int
	found, extra, missed int
	outcomes             []calibrate.Outcome
	perIntent            map[string]*[3]int // right, wanted, given
}

func (r *result) add(m *learn.Model, test []item) {
	if r.perIntent == nil {
		r.perIntent = map[string]*[3]int{}
	}
	count := func(name string) *[3]int {
		if r.perIntent[name] == nil {
			r.perIntent[name] = &[3]int{}
		}
		return r.perIntent[name]
	}
	for _, it := range test {
		r.n++
		read := m.Read(it.Text)
		best := foremost(read)
		got := read.Slots(best)
		right := 0
		for _, s := range got {
			if slices.Contains(it.Slots, s) {
				right++
			}
		}
		r.found += right
		r.extra += len(got) - right
		r.missed += len(it.Slots) - right
		count(it.intent)[1]++
		count(best)[2]++
		if best == it.intent {
			r.intent++
			count(best)[0]++
			if right == len(got) && right == len(it.Slots) {
				r.joint++
			}
		}
		r.outcomes = append(r.outcomes, calibrate.Outcome{Probability: read.Confidence(best, learn.Evidence{}), Right: best == it.intent})
		read.Close()
	}
}

func (r *result) accuracy() float64 { return 100 * float64(r.intent) / float64(r.n) }
func (r *result) f1() float64 {
	return 200 * float64(r.found) / float64(2*r.found+r.extra+r.missed)
}

// mean returns the mean confidence.
func (r *result) mean() float64 {
	sum := 0.0
	for _, o := range r.outcomes {
		sum += o.Probability
	}
	return sum / float64(len(r.outcomes))
}

func (r *result) macro() float64 {
	sum, n := 0.0, 0
	for _, c := range r.perIntent {
		if c[1] > 0 {
			n++
			sum += 200 * float64(c[0]) / float64(c[1]+c[2])
		}
	}
	return sum / float64(n)
}

func (r *result) String() string {
	slots := ""
	if r.found+r.missed > 0 {
		slots = fmt.Sprintf(", slots F1 %.1f, both %.1f", r.f1(), 100*float64(r.joint)/float64(r.n))
	}
	return fmt.Sprintf("intent %.1f (macro F1 %.1f)%s, at 80 %% coverage %.1f, calibration error %.3f (mean %.2f), ranking of right ones %.3f",
		r.accuracy(), r.macro(), slots, 100*calibrate.Covered(r.outcomes, 0.8), calibrate.Error(r.outcomes, 10), r.mean(), calibrate.Ranking(r.outcomes))
}

func shuffled(all []item, seed int) []item {
	order := make([]int32, len(all))
	for i := range order {
		order[i] = int32(i)
	}
	random := exact.Source(seed * 7919)
	random.Shuffle(order)
	out := make([]item, len(all))
	for i, k := range order {
		out[i] = all[k]
	}
	return out
}

func fold(all []item, k, of int) (rest, part []item) {
	for i, it := range all {
		if i%of == k {
			part = append(part, it)
		} else {
			rest = append(rest, it)
		}
	}
	return rest, part
}

// long skips a test that takes seconds where tests must be quick.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("long")
	}
}

// full reports whether there is time for the whole measurement, with ZHUSHOU_FULL=1 in the environment.
func full() bool { return os.Getenv("ZHUSHOU_FULL") != "" }

// TestPracticeFiveFold learns from four of five lines and looks at the fifth.
func TestPracticeFiveFold(t *testing.T) {
	long(t)
	lines := items(t, "suites/nlu/xsid-zh/valid.jsonl", 1)
	foreign := items(t, "suites/nlu/crosswoz/val.jsonl", 40)
	var r result
	var strange []calibrate.Outcome
	for k := range 5 {
		rest, part := fold(shuffled(lines, 1), k, 5)
		m := train(t, rest)
		r.add(m, part)
		for _, it := range foreign {
			read := m.Read(it.Text)
			strange = append(strange, calibrate.Outcome{Probability: read.Confidence(foremost(read), learn.Evidence{})})
			read.Close()
		}
	}
	t.Logf("xsid, five-fold: %v", &r)
	known := slices.Clone(r.outcomes)
	for i := range known {
		known[i].Right = true
	}
	foreignness := calibrate.Ranking(append(known, strange...))
	t.Logf("crosswoz as foreign: AUROC %.3f", foreignness)
	require.Greater(t, r.accuracy(), 94.0)
	require.Greater(t, r.f1(), 74.0)
	require.Greater(t, calibrate.Covered(r.outcomes, 0.8), 0.98)
	require.Less(t, calibrate.Error(r.outcomes, 10), 0.05)
	require.Greater(t, foreignness, 0.99)
}

// own reads the sentences of the built-in skills that call for one tool or for none, every so many of them.
func own(t *testing.T) (calls, others []item) {
	f, err := os.Open("../../skills/testdata/sentences.jsonl")
	require.NoError(t, err)
	defer f.Close()
	for d := json.NewDecoder(f); d.More(); {
		var c struct {
			Say   string
			Calls []struct{ Tool string }
		}
		require.NoError(t, d.Decode(&c))
		switch len(c.Calls) {
		case 0:
			others = append(others, item{Sample: learn.Sample{Text: textOf(c.Say)}})
		case 1:
			calls = append(calls, item{learn.Sample{Text: textOf(c.Say), Unmarked: true}, c.Calls[0].Tool})
		}
	}
	return calls, others
}

// TestPracticeOwn learns from half of the sentences of the built-in skills and looks at the other half, and at those that
// call for no tool.
func TestPracticeOwn(t *testing.T) {
	long(t)
	calls, others := own(t)
	var r result
	var strange []calibrate.Outcome
	for k := range 2 {
		some, rest := fold(shuffled(calls, 1), k, 2)
		m := train(t, some)
		r.add(m, rest)
		for _, it := range others {
			read := m.Read(it.Text)
			strange = append(strange, calibrate.Outcome{Probability: read.Confidence(foremost(read), learn.Evidence{})})
			read.Close()
		}
	}
	known := slices.Clone(r.outcomes)
	for i := range known {
		known[i].Right = true
	}
	t.Logf("%d sentences for tools: %v", len(calls), &r)
	foreignness := calibrate.Ranking(append(known, strange...))
	t.Logf("%d for none: AUROC %.3f", len(others), foreignness)
	require.Greater(t, r.accuracy(), 84.0)
	require.Less(t, calibrate.Error(r.outcomes, 10), 0.07)
	require.Greater(t, foreignness, 0.93)
}

// TestPracticeFewShot learns from 5, 10 and 20 phrases of each intent and looks at the rest. It chooses the phrases five
// times if ZHUSHOU_FULL is set, and otherwise once and only 5 of each.
func TestPracticeFewShot(t *testing.T) {
	long(t)
	for _, set := range []struct {
		name, path string
		every      int
		floors     [3]float64
	}{
		{"xsid", "suites/nlu/xsid-zh/valid.jsonl", 1, [3]float64{90, 93, 96.5}},
		{"home-assistant", "suites/nlu/home-assistant/zh-tw.tests.jsonl", 1, [3]float64{78.5, 82, 85.5}},
		{"crosswoz", "suites/nlu/crosswoz/val.jsonl", 6, [3]float64{78, 87, 93}},
		{"skills", "", 0, [3]float64{75.5, 83, 86.5}},
	} {
		t.Run(set.name, func(t *testing.T) {
			var all []item
			if set.path == "" {
				all, _ = own(t)
			} else {
				all = items(t, set.path, set.every)
			}
			all = slices.DeleteFunc(all, func(it item) bool { return it.intent == "" })
			if !full() {
				r := fewShot(t, all, 5, 1)
				t.Logf("5 phrases, once: %v", r)
				require.Greater(t, r.accuracy(), set.floors[0]-8) // one choice of phrases is a matter of luck
				return
			}
			for k, shots := range []int{5, 10, 20} {
				r := fewShot(t, all, shots, 5)
				t.Logf("%d phrases: %v", shots, r)
				require.Greater(t, r.accuracy(), set.floors[k])
			}
		})
	}
}

// fewShot learns from so many phrases of each intent, chosen so many times, and looks at the rest.
func fewShot(t *testing.T, all []item, shots, times int) *result {
	var r result
	for seed := range times {
		n := map[string]int{}
		var some, rest []item
		for _, it := range shuffled(all, seed) {
			if n[it.intent]++; n[it.intent] <= shots {
				some = append(some, it)
			} else {
				rest = append(rest, it)
			}
		}
		r.add(train(t, some), rest)
	}
	return &r
}
