package skills_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// bare is a tool without the phrases that it brings.
type bare struct{ spec assistant.ToolSpec }

func (b *bare) Spec() *assistant.ToolSpec { return &b.spec }

func (b *bare) Call(context.Context, assistant.ToolCall) ([]assistant.Part, error) { return nil, nil }

// TestFewPhrases gives every tool a few sentences of the set as its only phrases, and measures how
// often the right tool comes first for the rest. With ZHUSHOU_FULL=1 it does so for 5, 10 and 20 phrases
// and takes the mean of five choices of them.
func TestFewPhrases(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	seeds, floors := uint64(1), map[int]float64{5: 0.78}
	if full() {
		seeds, floors = 5, map[int]float64{5: 0.81, 10: 0.87, 20: 0.9}
	}
	teacher := builtIn(t)
	var sentences []sentence
	for _, s := range slices.Concat(readSentences(t, "sentences.jsonl"), readSentences(t, "blind.jsonl")) {
		if len(s.Calls) == 1 && len(s.After) == 0 {
			sentences = append(sentences, s)
		}
	}
	for k, floor := range floors {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			sum := 0.0
			for seed := range seeds {
				sum += fewPhrases(t, teacher, sentences, k, seed)
			}
			t.Logf("%.1f%% with %d phrases for each tool", 100*sum/float64(seeds), k)
			require.GreaterOrEqual(t, sum/float64(seeds), floor)
		})
	}
}

// marked returns the sentence with its arguments as slots, as a developer writes phrases. Where they
// stand is asked of the engine that knows the built-in skills; sentences that it gets wrong stay as they
// are.
func marked(s sentence, in ondevice.Interpretation) string {
	calls, _ := said(in)
	if !sameCalls(calls, s.Calls) {
		return s.Say
	}
	slots := slices.Clone(in.Candidates[0].Slots)
	slices.SortFunc(slots, func(a, b ondevice.Slot) int { return cmp.Compare(b.Start, a.Start) })
	phrase, end := s.Say, len(s.Say)
	for _, slot := range slots {
		if slot.End <= end && slot.Start < slot.End && slot.Start >= 0 && s.Say[slot.Start:slot.End] == slot.Source {
			phrase = phrase[:slot.Start] + "{" + slot.Name + "}" + phrase[slot.End:]
			end = slot.Start
		}
	}
	return phrase
}

func fewPhrases(t *testing.T, teacher *hearer, sentences []sentence, k int, seed uint64) float64 {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 7))
	sentences = slices.Clone(sentences)
	random.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
	phrases := make(map[string][]string)
	var rest []sentence
	for _, s := range sentences {
		tool := s.Calls[0].Tool
		if len(phrases[tool]) < k {
			phrases[tool] = append(phrases[tool], marked(s, teacher.hear(t, s)))
			continue
		}
		rest = append(rest, s)
	}
	var few []ondevice.Skill
	for _, s := range everySkill() {
		b := &bare{*s.Tool.Spec()}
		b.spec.Examples = nil
		few = append(few, ondevice.Skill{Tool: b, Phrases: phrases[b.spec.Name], Names: s.Names})
	}
	h := newHearer(t, few)
	right := 0
	for _, s := range rest {
		if calls, _ := said(h.hear(t, s)); len(calls) > 0 && calls[0].Tool == s.Calls[0].Tool {
			right++
		}
	}
	return float64(right) / float64(len(rest))
}
